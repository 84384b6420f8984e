//! What the browser lost of the register on this device, said on every screen until it was read.

use crate::tablet::Tablet;
use crate::texts::{self, loss as say};
use crate::ui::{Banner, Icon};
use leptos::prelude::*;

/// What is missing, what comes back by itself, and what to do.
#[component]
pub fn LossNotice() -> impl IntoView {
    let tablet = Tablet::here();
    let loss = tablet.store().loss();
    let acknowledge = move |_| tablet.store().acknowledge_loss();
    move || {
        loss.get().map(|loss| {
            let said = say::lost(texts::moment(loss.noticed_ms));
            let regained =
                (loss.regained > 0).then(|| view! { <p>{say::regained(loss.regained)}</p> });
            let todo = match (loss.unsent, loss.regained) {
                (0, 0) => Some(say::nothing_unsent().to_owned()),
                (0, _) => None,
                (gone, _) => Some(say::gone(gone)),
            };
            view! {
                <div class="frame-notice" data-notice="loss">
                    <Banner tone="danger" icon="warning">
                        <p>
                            <strong>{said}</strong>
                        </p>
                        {regained}
                        <p>{todo}</p>
                        <button class="button" on:click=acknowledge>
                            <Icon name="check" />
                            {say::acknowledge()}
                        </button>
                    </Banner>
                </div>
            }
        })
    }
}
