//! The service worker: it makes the app start without a network, and brings updates that wait until
//! they are asked for.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorker, ServiceWorkerRegistration, ServiceWorkerState};

const CHECK_EVERY_MS: i32 = 60 * 60 * 1000;

/// Registers the worker. `ready` becomes true once the app can start without a network, `waiting`
/// holds a newer version that has been fetched and waits to be applied.
pub fn register(ready: RwSignal<bool>, waiting: RwSignal<Option<ServiceWorker>, LocalStorage>) {
    let container = super::window().navigator().service_worker();
    if container.is_undefined() {
        return;
    }
    wasm_bindgen_futures::spawn_local(async move {
        let Ok(registration) = JsFuture::from(container.register("/sw.js")).await else {
            return;
        };
        let registration: ServiceWorkerRegistration = registration.unchecked_into();
        ready.set(registration.active().is_some());
        if let Some(worker) = registration.waiting() {
            waiting.set(Some(worker));
        }
        let found = registration.clone();
        super::on(registration.as_ref(), "updatefound", move || {
            if let Some(worker) = found.installing() {
                watch(worker, ready, waiting);
            }
        });
        if let Some(worker) = registration.installing() {
            watch(worker, ready, waiting);
        }
        let check = Closure::<dyn FnMut()>::new(move || {
            let _ = registration.update();
        });
        let _ = super::window().set_interval_with_callback_and_timeout_and_arguments_0(
            check.as_ref().unchecked_ref(),
            CHECK_EVERY_MS,
        );
        check.forget();
    });
}

fn watch(
    worker: ServiceWorker,
    ready: RwSignal<bool>,
    waiting: RwSignal<Option<ServiceWorker>, LocalStorage>,
) {
    let watched = worker.clone();
    super::on(worker.as_ref(), "statechange", move || {
        match watched.state() {
            ServiceWorkerState::Activated => ready.set(true),
            // Installed beside a running version: an update. Without one it is activated at once.
            ServiceWorkerState::Installed if ready.get_untracked() => {
                waiting.set(Some(watched.clone()));
            }
            _ => {}
        }
    });
}

/// Applies a waiting update and starts the app anew.
pub fn apply(worker: &ServiceWorker) {
    let container = super::window().navigator().service_worker();
    super::on(container.as_ref(), "controllerchange", || {
        let _ = super::window().location().reload();
    });
    let _ = worker.post_message(&"apply-update".into());
}
