//! What waits for review, the longest wait first; one entry, many, or all shown are decided at once.

mod decisions;
mod desk_filter;
mod sweep;
mod table;

use crate::texts::{correction, queue as say, review, words};
pub use decisions::Decisions;

use super::address::Address;
use super::area_filter::AreaFilter;
use super::desks::Desks;
use super::live::Live;
use super::remote::Remote;
use super::rights::{DelegationsLink, Rights, RightsNote};
use super::season;
use crate::app::Current;
use crate::ui::{Choice, Icon, SelectField};
use decisions::{Chosen, Told};
use desk_filter::{DeskFilter, waiting_at};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use std::collections::BTreeMap;
use sweep::Sweep;
use table::QueueTable;
use thidua_domain::api::{Overview, QueuePage};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::entry::EntryState;
use thidua_domain::record::RecordKey;
use thidua_domain::review::Desk;
use thidua_domain::season::Season;

/// The queue of the area that the account is responsible for.
#[component]
pub fn QueueScreen() -> impl IntoView {
    let current = expect_context::<Current>();
    let own = Memo::new(move |_| {
        current
            .0
            .with(|session| session.as_ref().and_then(|s| s.areas.first().cloned()))
    });
    move || own.get().map(|own| view! { <Queue own /> })
}

/// The state in addresses of what was returned and should have been corrected by now.
pub(super) const OVERDUE: &str = "qua-han";
const FILTERS: [&str; 5] = ["area", "assessment", "state", "days", "desk"];
/// The word in addresses for both desks.
const BOTH: &str = "both";

#[component]
fn Queue(own: AreaCode) -> impl IntoView {
    let season = season();
    let live = expect_context::<Live>();
    let decisions = expect_context::<Decisions>();
    let address = Address::of("/cho-duyet", &FILTERS);
    let top = own.clone();
    let area =
        Memo::new(move |_| AreaCode::parse(&address.get("area")).unwrap_or_else(|_| top.clone()));
    let overdue = Memo::new(move |_| address.get("state") == OVERDUE);
    let state = Memo::new(move |_| match overdue.get() {
        true => EntryState::Returned,
        false => EntryState::parse(&address.get("state")).unwrap_or(EntryState::Submitted),
    });
    let sits = Desks::here();
    let rights = Rights::here();
    // Titles that lie on two desks, among those looked at.
    let staged = Memo::new(move |_| {
        let only = Assessment::parse(&address.get("assessment"));
        let titles = sits.get().first.titles();
        let titles = titles.filter(|title| only.is_none_or(|only| only == *title));
        match state.get() {
            EntryState::Submitted => titles.collect(),
            _ => Vec::new(),
        }
    });
    // One's own desk, unless the address says otherwise.
    let desk = Memo::new(move |_| {
        let chosen = address.get("desk");
        let own = sits.get().own;
        let desk = (chosen != BOTH).then(|| Desk::parse(&chosen).unwrap_or(own));
        desk.filter(|_| !staged.with(Vec::is_empty))
    });
    // The district's desk, seen from the province's: what waits there is decided only in the district's stead.
    let stands_in = Memo::new(move |_| sits.get().stands_in(desk.get()));
    // What lies on one's own desk is decided together; whether that is to pass it on.
    let sweeps = Memo::new(move |_| {
        let Desks { own, first } = sits.get();
        let mine = staged.with(Vec::is_empty) || desk.get() == Some(own) || stands_in.get();
        let title = Assessment::parse(&address.get("assessment"));
        let passes_on = own == Desk::District && title.is_some_and(|title| first.asks(title));
        (state.get() == EntryState::Submitted && mine && rights.any()).then_some(passes_on)
    });
    let url = Memo::new(move |_| {
        let mut url = format!(
            "/api/queue?area={}&state={}",
            area.get(),
            state.get().as_str()
        );
        if overdue.get() {
            url.push_str("&overdue=true");
        }
        if let Some(desk) = desk.get() {
            url.push_str(&format!("&desk={}", desk.as_str()));
        }
        for name in ["assessment", "days", "after"] {
            let value = address.get(name);
            if !value.is_empty() {
                url.push_str(&format!("&{name}={}", super::address::encode(&value)));
            }
        }
        url
    });
    let news = live.news_of(move || Some(area.get()), season);
    let again = move || {
        news.get();
        decisions.count.get();
    };
    let remote = Remote::<QueuePage>::read(move || Some(url.get()), again);
    let counts = Remote::<Overview>::read(
        move || Some(format!("/api/overview?area={}", area.get())),
        again,
    );
    let chosen = RwSignal::new(BTreeMap::<RecordKey, Chosen>::new());
    Effect::new(move |_| {
        url.track();
        chosen.set(BTreeMap::new());
    });
    let lead = move || {
        let only = Assessment::parse(&address.get("assessment"));
        let place = words::area_name(&area.get(), season);
        // How many they are, no kept count tells; the list itself does.
        if overdue.get() {
            return Some(correction::overdue_in(place));
        }
        let waiting = counts.value.with(|overview| {
            let overview = overview.as_ref()?;
            let tallies = &overview.own.tallies;
            let of = |row: &&thidua_domain::api::AssessmentTally| {
                only.is_none_or(|only| only == row.assessment)
            };
            let count = |row: &thidua_domain::api::AssessmentTally| match state.get() {
                EntryState::Returned => row.tally.returned.total(),
                EntryState::ChangedSinceAccepted => row.tally.changed.total(),
                _ => row.tally.submitted.total(),
            };
            // What lies on the other desk alone is not listed.
            let elsewhere = desk.get().map_or(0, |desk| {
                staged.with(|titles| waiting_at(overview, titles, desk.other()))
            });
            Some(tallies.iter().filter(of).map(count).sum::<i64>() - elsewhere)
        })?;
        let what = match state.get() {
            EntryState::Returned => say::what_returned(),
            EntryState::ChangedSinceAccepted => say::what_changed(),
            _ => say::what_waiting(),
        };
        let lead = say::lead(waiting, what, place);
        Some(match address.get("days") {
            days if days.is_empty() => lead,
            days => format!("{lead} {}", say::lead_waited(days)),
        })
    };
    // Kept counts know nothing of how long an entry has waited.
    let counts_all = Memo::new(move |_| !address.get("days").is_empty());
    let navigate = StoredValue::new_local(use_navigate());
    let look_at = move |desk: &'static str| {
        let to = address.with("desk", desk);
        navigate.with_value(|navigate| navigate(&to, Default::default()));
    };
    let next = move || {
        let next = remote.value.with(|page| page.as_ref()?.next.clone())?;
        let href = address.with_after(&next);
        Some(view! {
            <a class="button" href=href>
                {say::more()}
                <Icon name="chevron" />
            </a>
        })
    };
    view! {
        <section class="page page--wide" aria-labelledby="queue-title">
            <div class="section-head">
                <div>
                    <h1 id="queue-title" class="page__title">{review::queue()}</h1>
                    <p class="page__lead" data-waiting-lead="">{lead}</p>
                </div>
                <DelegationsLink rights />
            </div>
            <RightsNote rights />
            <Filters own address area season />
            <Show when=move || !staged.with(Vec::is_empty)>
                <DeskFilter
                    titles=staged
                    desk
                    counts=counts.value
                    counts_all
                    on_change=look_at
                />
            </Show>
            <Told decisions />
            {remote.notice()}
            {move || {
                sweeps.get().map(|passes_on| view! { <Sweep url decisions sits rights passes_on season /> })
            }}
            <QueueTable page=remote.value chosen state sits rights stands_in season />
            <div class="button-row">
                <Show when=move || !address.get("after").is_empty()>
                    <a class="button" href=move || address.without_after()>{review::to_start()}</a>
                </Show>
                {next}
            </div>
        </section>
    }
}

#[component]
fn Filters(own: AreaCode, address: Address, area: Memo<AreaCode>, season: Season) -> impl IntoView {
    let navigate = StoredValue::new_local(use_navigate());
    let go = move |name: &'static str, value: String| {
        let to = address.with(name, &value);
        navigate.with_value(|navigate| navigate(&to, Default::default()));
    };
    let titles = std::iter::once(Choice::new("", review::all_titles()))
        .chain(
            Assessment::ALL
                .into_iter()
                .map(|a| Choice::new(a.as_str(), words::assessment(a))),
        )
        .collect::<Vec<_>>();
    let states = vec![
        Choice::new("", review::queue()),
        Choice::new("changed-since-accepted", say::state_changed()),
        Choice::new("returned", say::state_returned()),
        Choice::new(OVERDUE, correction::state_overdue()),
    ];
    let waits = vec![
        Choice::new("", say::any()),
        Choice::new("3", say::days_3()),
        Choice::new("7", say::days_7()),
        Choice::new("30", say::days_30()),
    ];
    view! {
        <div class="toolbar toolbar--filters" role="group" aria-label=review::filter_list()>
            <AreaFilter own area season on_change=move |value| go("area", value) />
            <SelectField
                label=review::title()
                choices=Signal::stored(titles)
                value=Signal::derive(move || address.get("assessment"))
                on_change=move |value| go("assessment", value)
            />
            <SelectField
                label=review::state()
                choices=Signal::stored(states)
                value=Signal::derive(move || address.get("state"))
                on_change=move |value| go("state", value)
            />
            <SelectField
                label=say::waited()
                choices=Signal::stored(waits)
                value=Signal::derive(move || address.get("days"))
                on_change=move |value| go("days", value)
            />
        </div>
    }
}
