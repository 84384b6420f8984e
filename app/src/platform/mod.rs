//! What the browser offers, in small typed pieces.

pub mod cache;
pub mod camera;
pub mod connection;
pub mod crypto;
pub mod download;
pub mod idle;
pub mod lock;
pub mod needs;
pub mod persistence;
pub mod picture;
pub mod service_worker;
pub mod tabs;

use thidua_domain::date::Date;

/// The tablet's wall clock, in milliseconds since 1970. It may be wrong.
pub fn now_ms() -> u64 {
    // Negative or absurd clocks are cut off rather than wrapped.
    js_sys::Date::now().clamp(0.0, 8.64e15) as u64
}

/// The day on this device's calendar.
pub fn today() -> Date {
    let now = js_sys::Date::new_0();
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(now.get_full_year()).unwrap_or(u16::MAX);
    Date::new(year, part(now.get_month() + 1), part(now.get_date()))
        .unwrap_or_else(|| Date::last_of_year(year))
}

/// 128 random bits from the browser's cryptographic source.
pub fn random_u128() -> u128 {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).expect("every browser that runs wasm has crypto.getRandomValues");
    u128::from_be_bytes(bytes)
}

/// Random bytes from the browser's cryptographic source, for a key.
pub fn random_bytes() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("every browser that runs wasm has crypto.getRandomValues");
    bytes
}

/// Lets the page live on for so many milliseconds.
pub async fn pause(ms: i32) {
    let waiting = js_sys::Promise::new(&mut |resolve, _| {
        // A page that has no timers any more is going away.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(waiting).await;
}

/// The bytes of a file that somebody has chosen.
pub async fn bytes_of(file: &web_sys::File) -> Option<Vec<u8>> {
    let read = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await;
    Some(js_sys::Uint8Array::new(&read.ok()?).to_vec())
}

/// The window; the app runs nowhere else.
pub fn window() -> web_sys::Window {
    web_sys::window().expect("the app runs in a window")
}

/// A value kept in `localStorage`; `None` too where storage is denied.
pub fn local_get(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Keeps or removes a value in `localStorage`.
pub fn local_set(key: &str, value: Option<&str>) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or denied localStorage stops nobody: entries live in IndexedDB, here are only
        // conveniences, the note by which a lost store is noticed and what was typed in the last half second.
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}

/// Calls `f` whenever `event` happens on `target`, for as long as the page lives.
pub fn on(target: &web_sys::EventTarget, event: &'static str, f: impl FnMut() + 'static) {
    let mut f = f;
    gloo::events::EventListener::new(target, event, move |_| f()).forget();
}
