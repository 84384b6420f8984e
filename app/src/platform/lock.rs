//! Web Locks: one sync loop per origin, however many tabs are open.

use js_sys::{Function, Object, Promise, Reflect};
use std::future::Future;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Runs `work` while holding the lock `name`. Returns `None`, without running it, if another tab
/// holds the lock.
pub async fn if_free<T: 'static>(name: &str, work: impl Future<Output = T> + 'static) -> Option<T> {
    let locks = Reflect::get(&super::window().navigator(), &"locks".into()).ok();
    let locks = match locks {
        Some(locks) if locks.is_object() => locks,
        // A browser without Web Locks: IndexedDB transactions still keep tabs from corrupting
        // anything; two of them may merely send the same edits twice, which is harmless.
        _ => return Some(work.await),
    };
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &true.into()).ok()?;

    let outcome = std::rc::Rc::new(std::cell::RefCell::new(None));
    let slot = outcome.clone();
    let callback = Closure::once(move |lock: JsValue| -> Promise {
        if lock.is_null() {
            return Promise::resolve(&JsValue::NULL);
        }
        future_to_promise(async move {
            let result = work.await;
            *slot.borrow_mut() = Some(result);
            Ok(JsValue::NULL)
        })
    });
    let request: Function = Reflect::get(&locks, &"request".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let held = request
        .call3(&locks, &name.into(), &options, callback.as_ref())
        .ok()?;
    JsFuture::from(Promise::resolve(&held)).await.ok()?;
    outcome.borrow_mut().take()
}
