//! Components that screens are made of. What they look like is in `style/`.

mod bar;
mod chart;
mod correct_by;
pub mod courier;
mod draft;
mod fields;
mod gallery;
mod language;
mod pack_basis;
mod status;
mod typing;

use crate::texts::common as say;
pub use bar::TargetBar;
pub use chart::{Bar, BarChart, Fan, Line, LineChart, LineKind, Spark};
pub use correct_by::CorrectBy;
pub use draft::DraftSlot;
pub use fields::{CheckField, Choice, DateField, NumberField, Segmented, SelectField, TextField};
pub use gallery::Gallery;
pub use language::{InLanguage, LanguageSwitch};
pub use pack_basis::PackBasis;
pub use status::{Banner, Icon, Refused, SaveNote, SaveState, StateBadge, VerdictBadge};

use leptos::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};
use web_sys::HtmlDialogElement;

/// A modal dialog that is open while `open` is true; Escape and the backdrop close it.
#[component]
pub fn Dialog(
    /// Heading.
    #[prop(into)]
    title: String,
    /// Whether it is open.
    open: RwSignal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move |_| {
        let open = open.get();
        if let Some(dialog) = node.get() {
            let dialog: &HtmlDialogElement = &dialog;
            if open && !dialog.open() {
                let _ = dialog.show_modal();
            } else if !open && dialog.open() {
                dialog.close();
            }
        }
    });
    // A page may hold several; each is named by its own heading.
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let id = format!("dialog-title-{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let heading = id.clone();
    view! {
        <dialog
            node_ref=node
            class="dialog"
            aria-labelledby=id
            on:close=move |_| open.set(false)
        >
            <div class="dialog__head">
                <h2 id=heading>{title}</h2>
                <button
                    type="button"
                    class="button button--quiet"
                    aria-label=say::close()
                    on:click=move |_| open.set(false)
                >
                    <Icon name="close" />
                </button>
            </div>
            <Show when=move || open.get()>{children()}</Show>
        </dialog>
    }
}
