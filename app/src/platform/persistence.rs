//! Asking the browser to keep what is stored, and how much room there is.

use js_sys::Reflect;
use wasm_bindgen_futures::JsFuture;

/// The browser's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persistence {
    /// Stored data is deleted only by the user.
    Granted,
    /// The browser may delete it when the disk is full.
    Denied,
    /// The browser has no such question.
    Unsupported,
}

/// Asks, once per start.
pub async fn ask() -> Persistence {
    let storage = super::window().navigator().storage();
    let Ok(promise) = storage.persist() else {
        return Persistence::Unsupported;
    };
    match JsFuture::from(promise).await {
        Ok(answer) if answer.is_truthy() => Persistence::Granted,
        Ok(_) => Persistence::Denied,
        Err(_) => Persistence::Unsupported,
    }
}

/// Bytes used and bytes allowed, where the browser tells.
pub async fn room() -> Option<(f64, f64)> {
    let promise = super::window().navigator().storage().estimate().ok()?;
    let estimate = JsFuture::from(promise).await.ok()?;
    let number = |name: &str| Reflect::get(&estimate, &name.into()).ok()?.as_f64();
    Some((number("usage")?, number("quota")?))
}
