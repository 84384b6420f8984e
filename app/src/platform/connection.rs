//! Which kind of network the device is on, where the browser tells.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

/// What the browser says of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Wi-Fi or a cable.
    Unmetered,
    /// A mobile network.
    Mobile,
    /// It does not say: no browser but those on Android does.
    Unknown,
}

/// The network now.
pub fn link() -> Link {
    let kind = network().and_then(|network| Reflect::get(&network, &"type".into()).ok());
    match kind.and_then(|kind| kind.as_string()).as_deref() {
        Some("wifi" | "ethernet") => Link::Unmetered,
        Some("cellular" | "bluetooth" | "wimax") => Link::Mobile,
        _ => Link::Unknown,
    }
}

/// Calls `f` whenever the network changes, where the browser tells.
pub fn on_change(f: impl FnMut() + 'static) {
    if let Some(network) = network().and_then(|it| it.dyn_into::<web_sys::EventTarget>().ok()) {
        super::on(&network, "change", f);
    }
}

fn network() -> Option<JsValue> {
    let network = Reflect::get(&super::window().navigator(), &"connection".into()).ok()?;
    network.is_object().then_some(network)
}
