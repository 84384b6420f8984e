//! How the commune stands: what waits for this person, each indicator against its target, what is due,
//! and the residential areas. All of it from what is on this tablet.

use super::indicator_card::IndicatorCard;
use super::{subject_forms::AreaDialog, todo};
use crate::model::home::{self, Due};
use crate::model::overview::tallies;
use crate::model::roster::{self, AreaRow};
use crate::model::units::UnitCounts;
use crate::platform;
use crate::screens::tablet::reminders::Reminders;
use crate::tablet::Tablet;
use crate::texts::{common, home as say};
use crate::ui::{Icon, TargetBar};
use leptos::prelude::*;
use thidua_domain::catalogue::{Assessment, Directive};
use thidua_domain::date::Date;

/// The first screen.
#[component]
pub fn HomeScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let adding = RwSignal::new(false);
    let cards = move || {
        let tallies = tablet.book.with(|book| tallies(book.all()));
        Assessment::ALL
            .into_iter()
            .filter(|assessment| *assessment != Assessment::NewRuralCommune)
            .filter_map(|assessment| {
                let indicator = Directive::embedded().indicator(&assessment.indicator())?;
                let tally = tallies.get(&assessment).copied().unwrap_or_default();
                let before = tablet
                    .book
                    .with(|book| home::year_before(book.all(), assessment));
                let left_out = (assessment == Assessment::SafeUnit)
                    .then(|| tablet.book.with(|book| UnitCounts::of(book.all()).said()))
                    .flatten();
                Some(view! { <IndicatorCard assessment indicator tally before left_out /> })
            })
            .collect_view()
    };
    let areas = Memo::new(move |_| tablet.book.with(|book| roster::areas(book.all())));
    let not_begun = move || {
        areas.with(|areas| {
            let waiting = areas.iter().filter(|area| area.waits()).count();
            (waiting > 0).then(|| say::not_begun(waiting, areas.len()))
        })
    };
    view! {
        <section class="page" aria-labelledby="home-title">
            <h1 id="home-title" class="page__title">{common::overview()}</h1>
            <Reminders />
            <todo::Unfinished />
            <todo::NeedsYou />
            <Dues />
            <div class="card-grid">{cards}</div>
            <div class="section-head">
                <div>
                    <h2>{common::residential_areas()}</h2>
                    <p class="page__lead">{not_begun}</p>
                </div>
                <div class="button-row">
                    <a class="button" href="/giay-to">
                        <Icon name="print" />
                        {say::papers()}
                    </a>
                    <button class="button" on:click=move |_| adding.set(true)>
                        <Icon name="plus" />
                        {say::add_area()}
                    </button>
                </div>
            </div>
            <Show
                when=move || areas.with(|areas| !areas.is_empty())
                fallback=|| {
                    view! {
                        <p class="empty">
                            {say::no_area()}
                        </p>
                    }
                }
            >
                <ul class="area-list">
                    {move || {
                        areas.get().into_iter().map(|area| view! { <AreaItem area /> }).collect_view()
                    }}
                </ul>
            </Show>
            <AreaDialog open=adding area=None />
        </section>
    }
}

/// The dates that the title's rules set, the next one first in the eye.
#[component]
fn Dues() -> impl IntoView {
    let tablet = Tablet::here();
    let dues = Memo::new(move |_| {
        tablet
            .book
            .with(|book| home::dues(book.all(), tablet.season))
    });
    let today = Date::from_epoch_days((platform::now_ms() / 86_400_000) as i64);
    let rows = move || {
        let dues = dues.get();
        let next = dues
            .iter()
            .position(|due| today.is_none_or(|today| due.day >= today));
        dues.into_iter()
            .enumerate()
            .map(|(place, due)| view! { <DueItem due next=next == Some(place) today /> })
            .collect_view()
    };
    view! {
        <Show when=move || dues.with(|dues| dues.iter().any(|due| due.open > 0))>
            <ul class="dues" aria-label=say::dues_of_family()>{rows}</ul>
        </Show>
    }
}

#[component]
fn DueItem(due: Due, next: bool, today: Option<Date>) -> impl IntoView {
    let left = today.map(|today| due.day.to_epoch_days() - today.to_epoch_days());
    let when = match left {
        Some(0) => say::due_today().to_owned(),
        Some(days @ 1..=60) => say::days_left(days),
        Some(days) if days < 0 => say::overdue().to_owned(),
        _ => String::new(),
    };
    let (what, waits, link) = if due.is_registration {
        (
            say::register_family(),
            say::not_entered(due.open),
            "/tim?loc=chua-cham",
        )
    } else {
        (
            say::review_and_submit(),
            say::not_submitted(due.open),
            "/tim?loc=chua-gui",
        )
    };
    view! {
        <li class="dues__item" class:dues__item--next=next>
            <a class="dues__link" href=link>
                <Icon name="calendar" />
                <span class="dues__what">{what}</span>
                <span class="dues__day">
                    {say::before_day(due.day)}
                    {(!when.is_empty()).then(|| format!(" · {when}"))}
                </span>
                <strong class="dues__open">{waits}</strong>
            </a>
        </li>
    }
}

#[component]
fn AreaItem(area: AreaRow) -> impl IntoView {
    let tally = area
        .tallies
        .get(&Assessment::CulturalFamily)
        .copied()
        .unwrap_or_default();
    let waits = area.waits();
    view! {
        <li class="area-list__item">
            <a class="area-list__link" href=format!("/khu/{}", area.id)>
                <span class="area-list__name">{area.name}</span>
                <span class="area-list__meta">
                    {say::area_meta(area.families, tally.begun())}
                </span>
                {waits
                    .then(|| {
                        view! {
                            <span class="badge badge--empty">
                                <Icon name="circle" />
                                {say::area_not_begun()}
                            </span>
                        }
                    })}
                <TargetBar
                    expected=tally.tally.expected
                    accepted=tally.tally.accepted.met
                    submitted=tally.tally.submitted.met
                    on_device=tally.on_device.met
                />
                <Icon name="chevron" />
            </a>
        </li>
    }
}
