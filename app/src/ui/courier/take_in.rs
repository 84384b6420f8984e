//! Taking in a file, or codes from another screen.

use super::scanner::Scanner;
use crate::platform;
use crate::texts::courier as t;
use crate::ui::Icon;
use leptos::prelude::*;
use thidua_domain::courier::{CourierError, MAX_BYTES};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;

/// Reads bytes in, and hands them on.
#[component]
pub fn TakeIn(
    /// What becomes of them.
    on_bytes: Callback<Vec<u8>>,
    /// What could not be read at all is said here.
    on_problem: Callback<String>,
) -> impl IntoView {
    let scanning = RwSignal::new(false);
    let choose = move |event: leptos::ev::Event| {
        let input: Option<HtmlInputElement> =
            event.target().and_then(|target| target.dyn_into().ok());
        let Some(input) = input else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        // The same file may be chosen again.
        input.set_value("");
        if file.size() > MAX_BYTES as f64 {
            on_problem.run(t::refused(CourierError::TooLarge).to_owned());
            return;
        }
        leptos::task::spawn_local(async move {
            match platform::bytes_of(&file).await {
                Some(bytes) => on_bytes.run(bytes),
                None => on_problem.run(t::refused(CourierError::Cut).to_owned()),
            }
        });
    };
    let seen = Callback::new(move |bytes: Vec<u8>| {
        scanning.set(false);
        on_bytes.run(bytes);
    });
    let no_camera = Callback::new(move |()| {
        scanning.set(false);
        on_problem.run(t::no_camera().to_owned());
    });
    view! {
        <div class="button-row">
            <label class="button file-button">
                <Icon name="folder" />
                {t::choose_file()}
                <input
                    type="file"
                    class="visually-hidden"
                    name="courier-file"
                    accept=".thidua,application/vnd.thidua.courier,application/octet-stream"
                    on:change=choose
                />
            </label>
            <button
                type="button"
                class="button"
                aria-expanded=move || scanning.get().to_string()
                on:click=move |_| scanning.update(|on| *on = !*on)
            >
                <Icon name="camera" />
                {move || if scanning.get() { t::stop_scanning() } else { t::scan() }}
            </button>
        </div>
        <Show when=move || scanning.get()>
            <Scanner on_whole=seen on_no_camera=no_camera />
        </Show>
    }
}
