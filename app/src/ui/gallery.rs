//! One photo after the other over the page, by touch or by the arrow keys.

use super::{Dialog, Icon};
use crate::texts::photos as texts;
use leptos::ev;
use leptos::prelude::*;

/// A dialog that shows the photo of a place among several. Escape closes it.
#[component]
pub fn Gallery(
    /// The place that is shown; `None` while it is closed.
    at: RwSignal<Option<usize>>,
    /// How many there are.
    #[prop(into)]
    count: Signal<usize>,
    /// The photo of a place, with what belongs to it.
    picture: Callback<usize, AnyView>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        let wanted = at.with(Option::is_some);
        if open.get_untracked() != wanted {
            open.set(wanted);
        }
    });
    Effect::new(move |_| {
        if !open.get() && at.with_untracked(Option::is_some) {
            at.set(None);
        }
    });
    let step = move |forward: bool| {
        at.update(|at| {
            let count = count.get_untracked();
            if let Some(place) = at.as_mut().filter(|_| count > 0) {
                let by = if forward { 1 } else { count - 1 };
                *place = (*place + by) % count;
            }
        });
    };
    // Arrows move within a text that is being typed, and between photos otherwise.
    let keys = move |event: ev::KeyboardEvent| {
        let typing = event
            .target()
            .and_then(|target| {
                wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlInputElement>(target).ok()
            })
            .is_some();
        match event.key().as_str() {
            _ if typing => {}
            "ArrowRight" => step(true),
            "ArrowLeft" => step(false),
            _ => {}
        }
    };
    let several = move || count.get() > 1;
    let said = move || {
        at.get()
            .map(|place| texts::place_of(place + 1, count.get()))
    };
    view! {
        // The dialog's own button has the focus at first.
        <div class="gallery-keys" on:keydown=keys>
            <Dialog title=texts::viewing() open>
                <div class="gallery">
                    {move || {
                        let place = at.get().filter(|place| *place < count.get())?;
                        Some(picture.run(place))
                    }}
                    <Show when=several>
                        <div class="gallery__steps">
                            <button
                                type="button"
                                class="button gallery__back"
                                aria-label=texts::before()
                                on:click=move |_| step(false)
                            >
                                <Icon name="chevron" />
                            </button>
                            <p role="status">{said}</p>
                            <button
                                type="button"
                                class="button"
                                aria-label=texts::next()
                                on:click=move |_| step(true)
                            >
                                <Icon name="chevron" />
                            </button>
                        </div>
                    </Show>
                </div>
            </Dialog>
        </div>
    }
}
