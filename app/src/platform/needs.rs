//! What the browser has to offer for the app to keep its promises. Looked at once, at the start.

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
    /// A place that outlives the window, as far as its size tells: a private window has little.
    LastingStorage,
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
    if missing.is_empty() && looks_private(&window).await {
        missing.push(Missing::LastingStorage);
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

/// Browsers give a window that forgets a share of the memory, and any other a share of the disk; none
/// says outright which it is. So this is told as a possibility.
async fn looks_private(window: &JsValue) -> bool {
    let Some((_, quota)) = super::persistence::room().await else {
        return false;
    };
    let heap = get(window, "performance")
        .and_then(|performance| get(&performance, "memory"))
        .and_then(|memory| get(&memory, "jsHeapSizeLimit")?.as_f64());
    quota < heap.map_or(LITTLE, |heap| heap * 2.0)
}

/// Less than any disk gives, in bytes.
const LITTLE: f64 = 1_000_000_000.0;
