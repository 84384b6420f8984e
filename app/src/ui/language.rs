//! Choosing the language, and following it.

use crate::platform;
use crate::texts;
use leptos::either::Either;
use leptos::prelude::*;
use std::cell::Cell;
use thidua_domain::text::Language;

thread_local! {
    /// Whether the switch was just used: the one that takes its place goes on having the focus.
    static JUST_USED: Cell<bool> = const { Cell::new(false) };
}

/// Renders its children anew when another language is shown. What they hold (signals, open dialogs) begins
/// anew with them; what stands around them does not.
#[component]
pub fn InLanguage(children: ChildrenFn) -> impl IntoView {
    let mut first = true;
    move || {
        let language = texts::shown();
        if !std::mem::take(&mut first) {
            stay_where_we_are();
        }
        // Two types, so that nothing of the old language's nodes and routes is used again.
        match language {
            Language::Vietnamese => Either::Left(children()),
            Language::English => Either::Right(children()),
        }
    }
}

/// The page is empty for a moment, and the browser would go to its top.
fn stay_where_we_are() {
    let window = platform::window();
    let top = window.scroll_y().unwrap_or_default();
    request_animation_frame(move || window.scroll_to_with_x_and_y(0.0, top));
}

/// The languages to choose from, each named in itself.
#[component]
pub fn LanguageSwitch(
    /// Only the other one, where there is little room.
    #[prop(optional)]
    compact: bool,
) -> impl IntoView {
    let now = texts::language();
    let buttons = Language::ALL
        .into_iter()
        .filter(|language| !compact || *language != now)
        .map(|language| {
            let node = NodeRef::<leptos::html::Button>::new();
            Effect::new(move |_| {
                if let Some(button) = node.get()
                    && (compact || language == now)
                    && JUST_USED.take()
                {
                    let _ = button.focus();
                }
            });
            let choose = move |_| {
                if language != texts::language() {
                    JUST_USED.set(true);
                    texts::show(language);
                }
            };
            view! {
                <button
                    type="button"
                    class="language__choice"
                    node_ref=node
                    lang=language.tag()
                    aria-pressed=(!compact).then(|| (language == now).to_string())
                    on:click=choose
                >
                    {texts::frame::own_name(language)}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="language" role="group" aria-label=texts::frame::language()>
            {buttons}
        </div>
    }
}
