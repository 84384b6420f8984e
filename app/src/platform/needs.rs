//! What the browser has to offer for the app to keep its promises. Looked at once, at the start.
//!
//! Whether a window is a private one, browsers keep to themselves on purpose (Chromium states the same
//! quota for either); what can be said is that it will not keep data, where it says so.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Something the app does not find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The address is neither HTTPS nor this machine's own.
    SecureAddress,
    /// A database on the device: nothing that is entered could be kept.
    Database,
    /// A service worker: the app would not open without a network.
    OfflineStart,
}

/// What is missing here, the gravest first.
pub async fn missing() -> Vec<Missing> {
    let window = super::window();
    let mut missing = Vec::new();
    if !window.is_secure_context() {
        missing.push(Missing::SecureAddress);
    }
    if !opens_databases(&window).await {
        missing.push(Missing::Database);
    }
    if !is_there(&window.navigator(), "serviceWorker") {
        missing.push(Missing::OfflineStart);
    }
    missing
}

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(object, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

fn is_there(object: &JsValue, name: &str) -> bool {
    get(object, name).is_some()
}

/// Where storage is denied, the factory is absent or its list is refused.
async fn opens_databases(window: &JsValue) -> bool {
    let Some(factory) = get(window, "indexedDB") else {
        return false;
    };
    let Some(list) = get(&factory, "databases") else {
        return true;
    };
    let asked = list
        .dyn_into::<Function>()
        .and_then(|list| list.call0(&factory));
    match asked {
        Ok(promise) => JsFuture::from(Promise::resolve(&promise)).await.is_ok(),
        Err(_) => false,
    }
}
