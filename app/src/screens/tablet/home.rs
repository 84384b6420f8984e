//! How the commune stands: what waits for this person, each indicator against its target, what is due,
//! and the residential areas. All of it from what is on this tablet.

use super::dues::Dues;
use super::indicator_card::IndicatorCard;
use super::targets::own_goal;
use super::{subject_forms::AreaDialog, todo};
use crate::model::home;
use crate::model::overview::tallies;
use crate::model::roster::{self, AreaRow};
use crate::model::units::UnitCounts;
use crate::screens::tablet::reminders::Reminders;
use crate::tablet::Tablet;
use crate::texts::{common, home as say};
use crate::ui::{Icon, TargetBar};
use leptos::prelude::*;
use thidua_domain::catalogue::{Assessment, Directive};

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
                let own = own_goal(tablet, assessment);
                Some(view! { <IndicatorCard assessment indicator tally before left_out own /> })
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
