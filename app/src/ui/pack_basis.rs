//! What an entry is judged by.

use super::Icon;
use crate::texts::{self, sheet as say};
use leptos::prelude::*;
use thidua_domain::criteria::{Pack, Verification};

/// The legal text behind a pack, and whether its wording has been compared with it.
#[component]
pub fn PackBasis(
    /// The pack.
    pack: &'static Pack,
) -> impl IntoView {
    let doubt = match pack.least_verified() {
        Verification::Read => None,
        Verification::Remembered => Some(say::remembered()),
        Verification::Unverified => Some(say::unverified()),
    };
    view! {
        <p class="page__lead pack-basis">
            {texts::catalogue(&pack.name)} " · " {texts::catalogue(&pack.legal_basis)}
            {doubt
                .map(|doubt| {
                    view! {
                        <span class="pack-basis__doubt">
                            <Icon name="warning" />
                            {doubt}
                        </span>
                    }
                })}
        </p>
    }
}
