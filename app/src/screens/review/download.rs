//! The way to a table as a file.

use crate::texts::common;
use crate::ui::Icon;
use leptos::prelude::*;

/// A link that keeps the page's table as CSV.
#[component]
pub fn Download(
    /// Where the file is; nothing while the table has not been asked for.
    #[prop(into)]
    href: Signal<Option<String>>,
    /// What is in it, where the page has more than one table.
    #[prop(optional)]
    label: Option<&'static str>,
) -> impl IntoView {
    let label = label.unwrap_or_else(common::download_table);
    view! {
        <a class="button" href=href download>
            <Icon name="download" />
            {label}
        </a>
    }
}
