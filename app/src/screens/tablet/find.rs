//! Every family of the commune: searched, narrowed, and marked as on the page of its residential area.

use super::roster::{Roster, RosterView};
use crate::model::roster::Filter;
use crate::texts::{common, find as say, words};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The search across the commune. The address may name a filter: the first screen leads here with one.
#[component]
pub fn FindScreen() -> impl IntoView {
    let query = use_query_map();
    let search = RwSignal::new(String::new());
    let filter = RwSignal::new(Filter::All);
    let why = RwSignal::new(None);
    Effect::new(move |_| {
        let asked = query.with(|query| query.get("loc"));
        let asked = asked.and_then(|word| {
            Filter::ALL
                .into_iter()
                .find(|filter| words::filter_key(*filter) == word)
        });
        filter.set(asked.unwrap_or_default());
    });
    let roster = Roster::new(Signal::stored(None), true, search, filter, why);
    view! {
        <section class="page page--roster" aria-labelledby="find-title">
            <nav class="breadcrumb" aria-label=common::trail()>
                <a href="/">{common::overview()}</a>
            </nav>
            <div class="section-head">
                <h1 id="find-title" class="page__title">{say::title()}</h1>
                <a class="button" href="/trung">{say::duplicates()}</a>
            </div>
            <RosterView roster search filter why search_first=true />
        </section>
    }
}
