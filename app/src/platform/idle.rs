//! Whether anybody is using the page.

use gloo::timers::callback::Interval;
use std::cell::Cell;
use std::rc::Rc;

/// How often it is looked at, in milliseconds. A page that is not shown is looked at when it is again.
const LOOK_MS: u32 = 5_000;

/// Calls `left` once nobody has touched the page, typed or turned back to it for so many minutes; `minutes`
/// is asked each time. It goes on for as long as the page lives.
pub fn watch(minutes: impl Fn() -> Option<u32> + 'static, left: impl Fn() + 'static) {
    let last = Rc::new(Cell::new(super::now_ms()));
    let look = {
        let last = last.clone();
        Rc::new(move || {
            let Some(minutes) = minutes() else { return };
            let idle = super::now_ms().saturating_sub(last.get());
            if idle >= u64::from(minutes) * 60_000 {
                left();
            }
        })
    };
    let window = super::window();
    for event in ["pointerdown", "keydown", "wheel", "touchmove"] {
        let (last, look) = (last.clone(), look.clone());
        super::on(window.as_ref(), event, move || {
            // The first touch after a long pause is not yet by who may see the page.
            look();
            last.set(super::now_ms());
        });
    }
    if let Some(document) = window.document() {
        let (shown, look) = (document.clone(), look.clone());
        super::on(document.as_ref(), "visibilitychange", move || {
            if !shown.hidden() {
                look();
            }
        });
    }
    Interval::new(LOOK_MS, move || look()).forget();
}
