//! Inspections: announced to communes, recorded with what was found, followed up until it is put right.

mod announce;
mod form;
mod inspected;
mod record;

use super::address::Address;
use super::area_filter::AreaFilter;
use super::download::Download;
use super::live::Live;
use super::remote::Remote;
use super::season;
use crate::app::Current;
use crate::platform;
use crate::texts::{self, inspections as say, review, words};
use crate::ui::{Banner, Choice, Dialog, Icon, SelectField};
use announce::Announce;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use record::Record;
use thidua_domain::api::{InspectionView, Inspections};
use thidua_domain::area::AreaCode;
use thidua_domain::inspection::{self, Outcome, Plan, State};
use thidua_domain::record::Period;

/// The inspections of the account's area.
#[component]
pub fn InspectionsScreen() -> impl IntoView {
    let current = expect_context::<Current>();
    let own = Memo::new(move |_| {
        current
            .0
            .with(|session| session.as_ref().and_then(|s| s.areas.first().cloned()))
    });
    move || own.get().map(|own| view! { <Page own /> })
}

#[component]
fn Page(own: AreaCode) -> impl IntoView {
    let season = season();
    let live = expect_context::<Live>();
    let address = Address::of("/kiem-tra", &["area", "state"]);
    let top = own.clone();
    let area =
        Memo::new(move |_| AreaCode::parse(&address.get("area")).unwrap_or_else(|_| top.clone()));
    let news = live.news_of(move || Some(area.get()), season);
    let saves = RwSignal::new(0_u32);
    let remote = Remote::<Inspections>::read(
        move || Some(format!("/api/inspections?area={}", area.get())),
        move || {
            news.get();
            saves.get();
        },
    );
    let said = RwSignal::new(None::<String>);
    let announcing = RwSignal::new(false);
    let recording = RwSignal::new(false);
    let chosen = RwSignal::new(None::<InspectionView>);
    let may_inspect = Memo::new(move |_| {
        let may = |all: &Inspections| all.may_inspect;
        remote.value.with(|all| all.as_ref().is_some_and(may))
    });
    let saved = move |words: String| {
        announcing.set(false);
        recording.set(false);
        said.set(Some(words));
        saves.update(|saves| *saves += 1);
    };
    let list = move || {
        let all = remote.value.get()?.inspections;
        let wanted = address.get("state");
        let today = platform::today();
        let shown: Vec<_> = all
            .into_iter()
            .filter(|it| wanted.is_empty() || it.inspection.state(today).as_str() == wanted)
            .collect();
        Some(view! { <List shown may_inspect chosen recording /> })
    };
    view! {
        <section class="page page--wide" aria-labelledby="inspections-title">
            <div class="section-head">
                <div>
                    <h1 id="inspections-title" class="page__title">{say::title()}</h1>
                    <p class="page__lead" data-inspections-lead="">
                        {move || remote.value.get().map(|all| lead(&all.inspections))}
                    </p>
                </div>
                <Show when=move || may_inspect.get()>
                    <button
                        class="button button--primary"
                        on:click=move |_| announcing.set(true)
                    >
                        <Icon name="plus" />
                        {say::announce()}
                    </button>
                </Show>
            </div>
            <Filters own address area />
            <Show when=move || said.with(Option::is_some)>
                <Banner tone="success" icon="check">
                    <p>{move || said.get()}</p>
                </Banner>
            </Show>
            {remote.notice()}
            {list}
            <p class="button-row">
                <Download href=Signal::derive(move || {
                    Some(format!("/api/inspections/csv?area={}", area.get()))
                }) />
            </p>
            <Dialog title=say::announce() open=announcing>
                {move || view! { <Announce area=area.get_untracked() saved /> }}
            </Dialog>
            <Dialog title=say::open_one() open=recording>
                {move || chosen.get().map(|view| view! { <Record view saved /> })}
            </Dialog>
        </section>
    }
}

fn lead(all: &[InspectionView]) -> String {
    let today = platform::today();
    let held = all
        .iter()
        .map(|it| &it.inspection)
        .filter(|it| it.state(today) != State::Cancelled);
    let (mut planned, mut done, mut lacking, mut open, mut late) =
        (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    for one in held {
        planned += 1;
        done += usize::from(one.findings.is_some());
        let found = one.findings.as_ref();
        lacking += usize::from(found.is_some_and(|it| it.outcome != Outcome::Good));
        open += one.open().count();
        late += one.open().filter(|(_, it)| it.is_late(today)).count();
    }
    say::lead(planned, done, lacking, open, late)
}

#[component]
fn Filters(own: AreaCode, address: Address, area: Memo<AreaCode>) -> impl IntoView {
    let navigate = StoredValue::new_local(use_navigate());
    let go = move |name: &'static str, value: String| {
        let to = address.with(name, &value);
        navigate.with_value(|navigate| navigate(&to, Default::default()));
    };
    let states: Vec<_> = std::iter::once(Choice::new("", say::all_states()))
        .chain(State::ALL.map(|state| Choice::new(state.as_str(), say::state(state))))
        .collect();
    view! {
        <div class="toolbar toolbar--filters" role="group" aria-label=review::filter_list()>
            <AreaFilter own area season=season() on_change=move |value| go("area", value) />
            <SelectField
                label=say::state_filter()
                choices=Signal::stored(states)
                value=Signal::derive(move || address.get("state"))
                on_change=move |value| go("state", value)
            />
        </div>
    }
}

#[component]
fn List(
    shown: Vec<InspectionView>,
    may_inspect: Memo<bool>,
    chosen: RwSignal<Option<InspectionView>>,
    recording: RwSignal<bool>,
) -> impl IntoView {
    if shown.is_empty() {
        return view! { <p class="empty">{say::none()}</p> }.into_any();
    }
    let rows = shown
        .into_iter()
        .map(|view| view! { <Row view may_inspect chosen recording /> })
        .collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=say::list()>
            <table class="table table--inspections">
                <thead>
                    <tr>
                        <th scope="col">{review::area()}</th>
                        <th scope="col" class="table__wide">{say::days()}</th>
                        <th scope="col">{say::about_head()}</th>
                        <th scope="col">{say::state_filter()}</th>
                        <th scope="col" class="table__wide">{say::follow_ups()}</th>
                        <th scope="col">{say::action()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(
    view: InspectionView,
    may_inspect: Memo<bool>,
    chosen: RwSignal<Option<InspectionView>>,
    recording: RwSignal<bool>,
) -> impl IntoView {
    let season = season();
    let inspection = view.inspection.clone();
    let name = words::area_name(&view.commune, season);
    let above = crate::areas::tree().ancestors(&view.commune, season.date);
    let district = above.last().copied().map(words::area_called);
    let state = inspection.state(platform::today());
    let follow_ups = (!inspection.follow_ups.is_empty()).then(|| {
        let done = inspection.follow_ups.len() - inspection.open().count();
        say::follow_ups_done(done, inspection.follow_ups.len())
    });
    let answers = inspection.open().filter(|(_, it)| !it.answer.is_empty());
    let answers = answers.count();
    let answered = (answers > 0).then(|| say::answered(answers));
    let outcome = inspection
        .findings
        .as_ref()
        .map(|found| say::outcome_word(found.outcome));
    let kept = StoredValue::new(view);
    let label = say::open_of(&name);
    let button = move || {
        let label = label.clone();
        view! {
            <button
                class="button button--small"
                aria-label=label
                on:click=move |_| {
                    chosen.set(Some(kept.get_value()));
                    recording.set(true);
                }
            >
                <Icon name="pencil" />
                {say::open_one()}
            </button>
        }
    };
    let commune = kept.with_value(|view| view.commune.clone());
    let days = days_words(&inspection.plan);
    let place = place_view(&inspection.plan, season.period);
    view! {
        <tr data-area=commune.to_string() data-state=state.as_str()>
            <th scope="row">
                <a href=format!("/dia-ban/{commune}")>{name}</a>
                <span class="table__note">{district}</span>
                <span class="table__note table__narrow">{days.clone()}</span>
            </th>
            <td class="table__wide">{days}</td>
            <td>
                {subject_words(&inspection.plan)}
                <span class="table__note">{inspection.plan.about.clone()}</span>
                <span class="table__note">{inspection.plan.team.clone()}</span>
                <span class="table__note table__note--wrap">{place}</span>
            </td>
            <td>
                <StateBadge state />
                <span class="table__note">{outcome}</span>
                <span class="table__note table__narrow">{follow_ups.clone()}</span>
                <span class="table__note table__narrow">{answered.clone()}</span>
            </td>
            <td class="table__wide" data-cell="follow-ups">
                {follow_ups}
                <span class="table__note">{answered}</span>
            </td>
            <td>{move || may_inspect.get().then(&button)}</td>
        </tr>
    }
}

/// The days of an inspection.
pub fn days_words(plan: &Plan) -> String {
    match plan.until {
        Some(until) => texts::settings::span(plan.from, until),
        None => texts::day(plan.from),
    }
}

/// Where, with the way to its page if it is of the register.
fn place_view(plan: &Plan, period: Period) -> AnyView {
    let place = plan.place.clone();
    let entry = plan.inspected.as_ref();
    match entry.and_then(|key| inspection::entry(key, period)) {
        Some(entry) => view! { <a href=format!("/phieu/{entry}")>{place}</a> }.into_any(),
        None => place.into_any(),
    }
}

/// Inspections of the unit or residential area that is looked at; nothing where there were none.
#[component]
pub fn InspectionsOf(
    /// Those that are known, the first day last.
    all: Vec<InspectionView>,
) -> impl IntoView {
    let today = platform::today();
    let commune = all.first().map(|view| view.commune.clone())?;
    let items = all
        .into_iter()
        .map(|view| {
            let state = view.inspection.state(today);
            let found = view.inspection.findings.as_ref();
            let outcome = found.map(|found| say::outcome_word(found.outcome));
            let text = found.map(|found| found.text.clone());
            view! {
                <li>
                    <p class="inspection__head">
                        <strong>{days_words(&view.inspection.plan)}</strong>
                        <StateBadge state />
                        {outcome}
                    </p>
                    <p class="inspection__findings">{text}</p>
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <section class="form-section">
            <h2 class="form-section__title">{say::title()}</h2>
            <ul class="inspection__list">{items}</ul>
            <p>
                <a href=format!("/kiem-tra?area={commune}")>{say::of_commune()}</a>
            </p>
        </section>
    })
}

/// What is inspected.
pub fn subject_words(plan: &Plan) -> String {
    let all: Vec<_> = plan.subjects.iter().map(|it| say::subject(*it)).collect();
    all.join("; ")
}

/// How an inspection stands; never colour alone.
#[component]
pub fn StateBadge(
    /// How.
    state: State,
) -> impl IntoView {
    let (tone, icon) = match state {
        State::FollowUpLate | State::Overdue => ("returned", "warning"),
        State::FollowUpOpen => ("submitted", "clock"),
        State::Planned => ("draft", "calendar"),
        State::Done | State::Closed => ("accepted", "check"),
        State::Cancelled => ("empty", "close"),
    };
    view! {
        <span class=format!("badge badge--{tone}")>
            <Icon name=icon />
            {say::state(state)}
        </span>
    }
}
