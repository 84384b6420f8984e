//! A reply on its way back.

use super::{Codes, save};
use crate::texts::courier as t;
use crate::ui::Icon;
use leptos::prelude::*;

/// A reply as a file or as codes, for whoever the bundle is from.
#[component]
pub fn ToBringBack(
    /// What its file is called.
    name: String,
    /// The reply.
    reply: Vec<u8>,
) -> impl IntoView {
    let showing = RwSignal::new(false);
    let reply = StoredValue::new(reply);
    let to_file = move |_| reply.with_value(|reply| save(&name, reply));
    view! {
        <div class="button-row">
            <button type="button" class="button button--primary" on:click=to_file>
                <Icon name="download" />
                {t::save_receipt()}
            </button>
            <button
                type="button"
                class="button"
                aria-expanded=move || showing.get().to_string()
                on:click=move |_| showing.update(|on| *on = !*on)
            >
                <Icon name="qr" />
                {move || if showing.get() { t::hide_codes() } else { t::show_codes() }}
            </button>
        </div>
        <Show when=move || showing.get()>
            <Codes bytes=reply.get_value() />
        </Show>
    }
}
