//! What a version would change, counted by the server before it is adopted.

use crate::screens::review::season;
use crate::texts::packs as texts;
use crate::texts::words;
use leptos::prelude::*;
use thidua_domain::api::{PackPreview, PreviewCounts};

/// What the version would change, by district.
#[component]
pub(super) fn Preview(found: PackPreview) -> impl IntoView {
    let total = found.total();
    let rows = found
        .districts
        .iter()
        .map(|(area, counts)| (words::area_name(area, season()), *counts))
        .chain([(texts::whole_province().to_owned(), total)])
        .map(|(name, counts)| {
            let PreviewCounts {
                entries,
                earned,
                not_earned,
                incomplete,
                sealed,
            } = counts;
            let cells = [entries, earned, not_earned, incomplete, sealed]
                .map(|count| view! { <td class="table__number">{count}</td> });
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    {cells.into_iter().collect_view()}
                </tr>
            }
        })
        .collect_view();
    let none = total.earned + total.not_earned + total.incomplete + total.sealed == 0;
    view! {
        <div role="status" data-preview="">
            <h4>{texts::preview()}</h4>
            {none.then(|| view! { <p>{texts::nothing_changes()}</p> })}
            <p class="field__hint">{texts::preview_note()}</p>
        </div>
        <div class="table-scroll" tabindex="0" role="region" aria-label=texts::preview()>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{texts::area()}</th>
                        <th scope="col" class="table__number">{texts::entries()}</th>
                        <th scope="col" class="table__number">{texts::to_earned()}</th>
                        <th scope="col" class="table__number">{texts::to_not_earned()}</th>
                        <th scope="col" class="table__number">{texts::to_incomplete()}</th>
                        <th scope="col" class="table__number">{texts::sealed()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
