//! Which of two desks is looked at, and how many wait at each.

use super::BOTH;
use crate::texts::{self, desks as say, queue, words};
use leptos::prelude::*;
use thidua_domain::api::Overview;
use thidua_domain::catalogue::Assessment;
use thidua_domain::review::Desk;

/// How many of these titles wait at a desk of the area that is looked at.
pub(super) fn waiting_at(overview: &Overview, titles: &[Assessment], desk: Desk) -> i64 {
    let tallies = overview.own.tallies.iter();
    let of = tallies.filter(|row| titles.contains(&row.assessment));
    of.map(|row| row.tally.waiting_at(desk)).sum()
}

/// Both desks and the two together, each with its number.
#[component]
pub(super) fn DeskFilter(
    /// The titles that lie on two desks, among those looked at.
    titles: Memo<Vec<Assessment>>,
    /// The one looked at; `None` is both.
    desk: Memo<Option<Desk>>,
    counts: RwSignal<Option<Overview>>,
    /// Whether the list shows fewer than are counted, those that have waited for some days.
    counts_all: Memo<bool>,
    /// Called with the word in addresses.
    on_change: impl Fn(&'static str) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let choices = [Some(Desk::District), Some(Desk::Province), None];
    let choices = choices.map(|which| {
        let word = which.map_or(BOTH, Desk::as_str);
        let number = move || {
            counts.with(|overview| {
                let overview = overview.as_ref()?;
                let desks = which.map_or(vec![Desk::District, Desk::Province], |desk| vec![desk]);
                let of = |desk| titles.with(|titles| waiting_at(overview, titles, desk));
                Some(texts::int(desks.into_iter().map(of).sum()))
            })
        };
        view! {
            <label class="segmented__choice" data-desk=word>
                <input
                    type="radio"
                    class="segmented__input"
                    name="desk"
                    value=word
                    prop:checked=move || desk.get() == which
                    on:change=move |_| on_change(word)
                />
                <span class="segmented__label">
                    {format!("{} ", which.map_or(say::both(), say::waits))}
                    <span class="segmented__count">{number}</span>
                </span>
            </label>
        }
    });
    let about = move || {
        let names = titles.with(|titles| {
            titles
                .iter()
                .map(|title| words::assessment(*title))
                .collect::<Vec<_>>()
        });
        say::of_titles(names.join(", "))
    };
    view! {
        <fieldset class="segmented segmented--desks">
            <legend class="segmented__legend">
                {about}
                {move || counts_all.get().then(|| format!(" ({})", queue::counts_all()))}
            </legend>
            <div class="segmented__choices">{choices.collect_view()}</div>
        </fieldset>
    }
}
