//! Where an area stands on every indicator, and the areas below it.

mod below;
mod indicators;
mod weeks;

pub use indicators::{asked_words, assessment_of, figure_words, target_words};

use super::live::Live;
use super::reformed::TreeSwitch;
use super::remote::Remote;
use super::season;
use crate::app::Current;
use crate::texts::{self, common, words};
use crate::ui::Icon;
use below::{Children, ResidentialAreas};
use indicators::Indicators;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use thidua_domain::api::{AssessmentTally, Figures, Overview, TargetsView, Trends};
use thidua_domain::area::{AreaCode, AreaLevel};
use thidua_domain::catalogue::{Assessment, Directive};
use thidua_domain::progress::Tally;
use thidua_domain::season::Season;

/// The area the account is responsible for.
#[component]
pub fn OwnOverview() -> impl IntoView {
    let current = expect_context::<Current>();
    let area = Memo::new(move |_| {
        current
            .0
            .with(|session| session.as_ref().and_then(|s| s.areas.first().cloned()))
    });
    move || area.get().map(|code| view! { <OverviewOf code /> })
}

/// The area that the address names.
#[component]
pub fn AreaOverview() -> impl IntoView {
    let params = use_params_map();
    let area = Memo::new(move |_| {
        params
            .with(|params| params.get("code"))
            .and_then(|code| AreaCode::parse(&code).ok())
    });
    move || area.get().map(|code| view! { <OverviewOf code /> })
}

#[component]
fn OverviewOf(code: AreaCode) -> impl IntoView {
    let season = season();
    let live = expect_context::<Live>();
    let remote = followed(&code, season);
    let level = words::area(&code, season).map(|area| area.level());
    let name = words::area_name(&code, season);
    let theme = (level == Some(AreaLevel::Province)).then(|| {
        view! { <p class="theme">{format!("“{}”", texts::catalogue(&Directive::embedded().theme))}</p> }
    });
    let title = view! { <h1 id="overview-title" class="page__title">{name}</h1> };
    let head = match level {
        Some(AreaLevel::Province) => title.into_any(),
        // The province's inspections are the page that the frame leads to.
        _ => view! {
            <div class="section-head">
                {title}
                <a class="button" href=format!("/kiem-tra?area={code}")>
                    <Icon name="calendar" />
                    {texts::inspections::here()}
                </a>
            </div>
        }
        .into_any(),
    };
    let stated = live.news_of_feed(crate::areas::tree().province().code.clone());
    let figures = Remote::<Figures>::read(
        move || (level == Some(AreaLevel::Province)).then(|| "/api/figures".to_owned()),
        move || {
            stated.get();
        },
    );
    // What has passed does not change; today's counts are in the overview.
    let weeks_url = format!("/api/trend?area={code}");
    let weeks = Remote::<Trends>::read(move || Some(weeks_url.clone()), || {});
    // The province's own targets are the directive's.
    let targets_url =
        (level != Some(AreaLevel::Province)).then(|| format!("/api/targets?area={code}"));
    let set = live.news_of_feed(code.clone());
    let targets = Remote::<TargetsView>::read(
        move || targets_url.clone(),
        move || {
            set.get();
        },
    );
    let body = move || {
        let reported = figures
            .value
            .get()
            .map(|all| all.figures)
            .unwrap_or_default();
        remote.value.get().map(|overview| {
            view! {
                <Indicators
                    area=overview.own.area.clone()
                    tallies=overview.own.tallies.clone()
                    reported
                    level
                    weeks=weeks.value
                    own=targets.value
                />
                {(!overview.children.is_empty())
                    .then(|| view! { <Children of=overview.own.area.clone() areas=overview.children.clone() season /> })}
                {(level == Some(AreaLevel::Commune))
                    .then(|| {
                        view! {
                            <ResidentialAreas
                                commune=overview.own.area.clone()
                                areas=overview.residential_areas.clone()
                            />
                        }
                    })}
            }
        })
    };
    view! {
        <section class="page page--wide" aria-labelledby="overview-title">
            <Breadcrumb code=code.clone() season />
            {head}
            {theme}
            {(level == Some(AreaLevel::Province)).then(|| view! { <TreeSwitch reformed=false /> })}
            {remote.notice()}
            {body}
        </section>
    }
}

/// The counts of an area and of those below it, kept up with what changes alone.
pub fn followed(code: &AreaCode, season: Season) -> Remote<Overview> {
    let changes = expect_context::<Live>().changes_in(code.clone(), season);
    let url = format!("/api/overview?area={code}");
    Remote::follow(url, changes, Overview::take_in)
}

/// The way from the province down to an area.
#[component]
pub fn Breadcrumb(
    /// The area.
    code: AreaCode,
    /// When.
    season: Season,
    /// The area itself is on the way: the page is about something in it.
    #[prop(optional)]
    itself: bool,
) -> impl IntoView {
    let ancestors = crate::areas::tree().ancestors(&code, season.date);
    let links = ancestors
        .into_iter()
        .map(|area| area.code.clone())
        .chain(itself.then_some(code))
        .map(|code| {
            let name = words::area_name(&code, season);
            view! { <a href=format!("/dia-ban/{code}")>{name}</a> }
        })
        .collect_view();
    view! {
        <nav class="breadcrumb" aria-label=common::trail()>
            {links}
        </nav>
    }
}

/// The counts of one assessment; nothing where none are kept.
pub fn tally_of(tallies: &[AssessmentTally], assessment: Assessment) -> Tally {
    tallies
        .iter()
        .find(|row| row.assessment == assessment)
        .map(|row| row.tally)
        .unwrap_or_default()
}
