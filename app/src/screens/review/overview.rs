//! Where an area stands on every indicator, and the areas below it.

use super::live::Live;
use super::reformed::TreeSwitch;
use super::remote::Remote;
use super::season;
use super::settings::InForce;
use crate::app::Current;
use crate::texts::{self, common, province as say, review, words};
use crate::ui::{Icon, Spark, TargetBar, VerdictBadge};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use thidua_domain::api::{
    AreaTallies, AssessmentTally, FigureView, Figures, Overview, ResidentialAreaTallies, Trend,
    Trends,
};
use thidua_domain::area::{AreaCode, AreaLevel, AreaTree};
use thidua_domain::catalogue::{Assessment, Denominator, Direction, Directive, Indicator, Measure};
use thidua_domain::figure::{self, Figure};
use thidua_domain::progress::{self, Tally, Verdict};
use thidua_domain::quantity::Hundredths;
use thidua_domain::season::Season;
use thidua_domain::trend::counts_on;

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
    let watched = code.clone();
    let news = live.news_of(move || Some(watched.clone()), season);
    let url = format!("/api/overview?area={code}");
    let remote = Remote::<Overview>::read(
        move || Some(url.clone()),
        move || {
            news.get();
        },
    );
    let level = words::area(&code, season).map(|area| area.level());
    let name = words::area_name(&code, season);
    let theme = (level == Some(AreaLevel::Province)).then(|| {
        view! { <p class="theme">{format!("“{}”", texts::catalogue(&Directive::embedded().theme))}</p> }
    });
    let figures = Remote::<Figures>::read(
        move || (level == Some(AreaLevel::Province)).then(|| "/api/figures".to_owned()),
        move || {
            news.get();
        },
    );
    let weeks_url = format!("/api/trend?area={code}");
    let weeks = Remote::<Trends>::read(
        move || Some(weeks_url.clone()),
        move || {
            news.get();
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
            <h1 id="overview-title" class="page__title">{name}</h1>
            {theme}
            {(level == Some(AreaLevel::Province)).then(|| view! { <TreeSwitch reformed=false /> })}
            {remote.notice()}
            {body}
        </section>
    }
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
    let ancestors = AreaTree::embedded().ancestors(&code, season.date);
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

pub fn tally_of(tallies: &[AssessmentTally], assessment: Assessment) -> Tally {
    tallies
        .iter()
        .find(|row| row.assessment == assessment)
        .map(|row| row.tally)
        .unwrap_or_default()
}

/// Every indicator of the directive; those nobody has entered say so.
#[component]
fn Indicators(
    area: AreaCode,
    tallies: Vec<AssessmentTally>,
    reported: Vec<FigureView>,
    level: Option<AreaLevel>,
    weeks: RwSignal<Option<Trends>>,
) -> impl IntoView {
    let row = |indicator: &'static Indicator| {
        let tally = assessment_of(indicator).map(|assessment| tally_of(&tallies, assessment));
        let figure = reported
            .iter()
            .find(|view| view.indicator == indicator.id)
            .map(|view| view.figure.clone())
            .filter(|figure| figure.is_there(indicator));
        let area = area.clone();
        view! { <IndicatorRow area indicator tally figure level weeks /> }
    };
    let (entered, given): (Vec<_>, Vec<_>) = Directive::embedded()
        .indicators
        .iter()
        .partition(|indicator| assessment_of(indicator).is_some());
    let entered = entered.into_iter().map(row).collect_view();
    // A district or commune has no figures of the departments.
    let given = (level == Some(AreaLevel::Province)).then(|| {
        view! {
            <tbody>
                <Group words=say::from_bodies() />
                {given.into_iter().map(row).collect_view()}
            </tbody>
        }
    });
    let title = given
        .is_some()
        .then(|| view! { <Group words=say::from_registers() /> });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=say::indicators()>
            <table class="table table--indicators">
                <caption class="table__caption">{say::indicators_of()}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="table__wide">{say::section()}</th>
                        <th scope="col">{review::indicator()}</th>
                        <th scope="col" class="table__number">{say::goal()}</th>
                        <th scope="col" class="table__number">{review::accepted()}</th>
                        <th scope="col">{say::progress()}</th>
                        <th scope="col">{review::verdict()}</th>
                        <th scope="col" class="table__number table__wide">{review::reported_head()}</th>
                        <th scope="col">{texts::trend::nav()}</th>
                    </tr>
                </thead>
                <tbody>{title} {entered}</tbody>
                {given}
            </table>
        </div>
    }
}

#[component]
fn Group(words: &'static str) -> impl IntoView {
    view! {
        <tr>
            <th scope="rowgroup" class="table__group" colspan="8">
                {words}
            </th>
        </tr>
    }
}

pub fn assessment_of(indicator: &Indicator) -> Option<Assessment> {
    match indicator.measure {
        Measure::Share(assessment) | Measure::Count(assessment) => Some(assessment),
        _ => None,
    }
}

pub fn target_words(indicator: &Indicator) -> String {
    let Some(target) = indicator.target else {
        return match indicator.direction {
            Direction::Increase => say::increase().to_owned(),
            Direction::Decrease => say::decrease().to_owned(),
            _ => say::no_number().to_owned(),
        };
    };
    let sign = match indicator.direction {
        Direction::AtLeast => "≥ ",
        Direction::AtMost => "≤ ",
        _ => "",
    };
    let space = if indicator.unit_label == "%" { "" } else { " " };
    format!(
        "{sign}{}{space}{}",
        texts::hundredths(target),
        texts::catalogue(&indicator.unit_label)
    )
}

/// A reported figure with its unit; of one that is told in words, that it is there.
pub fn figure_words(indicator: &Indicator, figure: &Figure) -> String {
    let space = if indicator.unit_label == "%" { "" } else { " " };
    figure.value.map_or_else(
        || say::is_reported().to_owned(),
        |value| {
            let number = texts::hundredths(value);
            format!("{number}{space}{}", texts::catalogue(&indicator.unit_label))
        },
    )
}

#[component]
fn IndicatorRow(
    area: AreaCode,
    indicator: &'static Indicator,
    tally: Option<Tally>,
    figure: Option<Figure>,
    level: Option<AreaLevel>,
    weeks: RwSignal<Option<Trends>>,
) -> impl IntoView {
    let counts = tally.unwrap_or_default();
    let met = counts.accepted.met.unsigned_abs();
    let expected = counts.expected.unsigned_abs();
    let is_count = matches!(indicator.measure, Measure::Count(_));
    // "60 xã" is the province's: a district or commune has no figure of its own to be held against.
    let below_target = is_count && level != Some(AreaLevel::Province);
    let verdict = match tally {
        None => figure::verdict(indicator, figure.as_ref()),
        Some(_) if below_target && counts.reported() > 0 => Verdict::NoTarget,
        Some(_) => progress::verdict(indicator, &counts),
    };
    let value = match (tally, is_count) {
        (None, _) => figure
            .as_ref()
            .map_or_else(|| "—".to_owned(), |figure| figure_words(indicator, figure)),
        (Some(_), true) => format!(
            "{} {}",
            texts::int(counts.accepted.met),
            texts::catalogue(&indicator.unit_label)
        ),
        (Some(_), false) => texts::rate(met, expected),
    };
    let target = if below_target {
        "—".to_owned()
    } else {
        target_words(indicator)
    };
    let needed = (!below_target && verdict == Verdict::NotYet)
        .then(|| indicator.still_needed(met, expected))
        .flatten()
        .filter(|needed| *needed > 0 && indicator.direction == Direction::AtLeast)
        .zip(assessment_of(indicator))
        .map(|(needed, assessment)| {
            say::short_by(
                i64::try_from(needed).unwrap_or(i64::MAX),
                words::counted(assessment),
            )
        });
    let bar = tally.filter(|_| !below_target).map(|counts| {
        let target_percent = indicator
            .target
            .filter(|_| !is_count)
            .map(|t| t.0 as f64 / 100.0);
        view! {
            <TargetBar
                expected=counts.expected
                accepted=counts.accepted.met
                submitted=counts.submitted.met
                target_percent
            />
        }
    });
    let as_of = figure
        .as_ref()
        .and_then(|figure| figure.as_of)
        .map(review::until);
    let source = figure.as_ref().map(|figure| figure.source.clone());
    let reported = tally.map_or_else(
        || as_of.unwrap_or_else(|| "—".to_owned()),
        |counts| {
            format!(
                "{}/{}",
                texts::int(counts.reported()),
                texts::int(counts.expected)
            )
        },
    );
    let coverage = tally.map(|_| {
        let words = review::reported(&reported);
        view! { <span class="table__note table__narrow">{words}</span> }
    });
    // Where the set is not simply everything, it is said beside the name.
    let narrowed = [Denominator::EligibleUnits, Denominator::RuralCommunes];
    let set = indicator
        .denominator
        .filter(|set| narrowed.contains(set))
        .map(|set| view! { <span class="table__note" data-set=true>{words::denominator(set)}</span> });
    view! {
        <tr data-indicator=indicator.id.to_string()>
            <td class="table__wide">{indicator.section.clone()}</td>
            <th scope="row">
                {texts::catalogue(&indicator.name)}
                {set}
                <span class="table__note table__narrow">
                    {say::section_of(&indicator.section)}
                </span>
                {coverage}
            </th>
            <td class="table__number">{target}</td>
            <td class="table__number" data-cell="value">{value}</td>
            <td class="table__bar">{bar} <span class="table__note">{needed.or(source)}</span></td>
            <td class="table__verdict">
                <VerdictBadge verdict />
            </td>
            <td class="table__number table__wide" data-cell="reported">
                {reported}
            </td>
            <td class="table__trend">
                <TrendLink area indicator weeks />
            </td>
        </tr>
    }
}

/// The way of an indicator in little, and the way to its page.
#[component]
fn TrendLink(
    area: AreaCode,
    indicator: &'static Indicator,
    weeks: RwSignal<Option<Trends>>,
) -> impl IntoView {
    if indicator.measure == Measure::Narrative {
        return ().into_any();
    }
    let period = season().period;
    let in_force = InForce::here();
    let drawn = move || {
        let assessment = assessment_of(indicator)?;
        weeks.with(|all| {
            let all = all.as_ref()?;
            let trend = all.trends.iter().find(|one| one.assessment == assessment)?;
            let due = in_force.settings().submission(assessment, period);
            let until = all.today.min(due.last);
            let is_share = matches!(indicator.measure, Measure::Share(_));
            let gained = is_share.then(|| gained(trend, until)).flatten();
            Some(view! { <Spark points=spark(trend) /> {gained} })
        })
    };
    view! {
        <a
            href=format!("/xu-huong/{area}?chi-tieu={}", indicator.id)
            aria-label=texts::trend::see_of(texts::catalogue(&indicator.name))
        >
            {texts::trend::see()}
        </a>
        {drawn}
    }
    .into_any()
}

/// Shares accepted as met, from the first day to the last.
fn spark(trend: &Trend) -> Vec<(f64, f64)> {
    let day = |at: Option<&thidua_domain::trend::Point>| at.map(|point| point.day.to_epoch_days());
    let first = day(trend.points.first()).unwrap_or_default();
    let days = (day(trend.points.last()).unwrap_or_default() - first).max(1);
    let share = |counts: thidua_domain::trend::DayCounts| match counts.expected {
        0 => 0.0,
        expected => counts.met as f64 * 100.0 / expected as f64,
    };
    trend
        .points
        .iter()
        .map(|point| {
            let place = (point.day.to_epoch_days() - first) as f64 / days as f64;
            (place, share(point.counts))
        })
        .collect()
}

/// By how much the share grew in the four weeks up to a day.
fn gained(trend: &Trend, until: thidua_domain::date::Date) -> Option<impl IntoView + use<>> {
    let before = thidua_domain::date::Date::from_epoch_days(until.to_epoch_days() - 28)?;
    let (now, before) = (
        counts_on(&trend.points, until),
        counts_on(&trend.points, before),
    );
    if now.expected == 0 {
        return None;
    }
    // Both over today's denominator: what is told is what was accepted, not how the register grew.
    let points = Hundredths((now.met - before.met) * 10_000 / now.expected);
    let sign = if points.0 > 0 { "+" } else { "" };
    let words = format!("{sign}{}", texts::hundredths(points));
    Some(view! { <span class="table__note">{texts::trend::four_weeks(words)}</span> })
}

const COLUMNS: [Assessment; 4] = [
    Assessment::CulturalFamily,
    Assessment::SafeResidentialArea,
    Assessment::SafeUnit,
    Assessment::PovertyReview,
];

/// Districts of the province, or communes of a district.
#[component]
fn Children(of: AreaCode, areas: Vec<AreaTallies>, season: Season) -> impl IntoView {
    let map = format!("/ban-do/{of}");
    let rows = areas
        .into_iter()
        .map(|area| {
            let last = area
                .last_edit_ms
                .map_or_else(|| review::never_sent().to_owned(), texts::moment);
            view! {
                <tr data-area=area.area.to_string()>
                    <th scope="row">
                        <a href=format!(
                            "/dia-ban/{}",
                            area.area,
                        )>{words::area_name(&area.area, season)}</a>
                    </th>
                    <RateCells tallies=area.tallies />
                    <td class="table__number">{last}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="section-head">
            <h2>{review::areas()}</h2>
            <a class="button" href=map>
                <Icon name="map" />
                {say::on_map()}
            </a>
        </div>
        <div class="table-scroll" tabindex="0" role="region" aria-label=review::areas()>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{review::area()}</th>
                        <RateHeads />
                        <th scope="col" class="table__number">{review::last_sent()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn RateHeads() -> impl IntoView {
    COLUMNS
        .into_iter()
        .map(|assessment| {
            view! {
                <th scope="col" class="table__number">
                    {words::assessment(assessment)}
                </th>
            }
        })
        .collect_view()
}

#[component]
fn RateCells(tallies: Vec<AssessmentTally>) -> impl IntoView {
    COLUMNS
        .into_iter()
        .map(|assessment| {
            let tally = tally_of(&tallies, assessment);
            let rate = if tally.expected == 0 {
                "—".to_owned()
            } else if tally.reported() == 0 {
                say::not_reported().to_owned()
            } else {
                texts::rate(
                    tally.accepted.met.unsigned_abs(),
                    tally.expected.unsigned_abs(),
                )
            };
            let coverage = (tally.expected > 0).then(|| {
                format!(
                    "{}/{}",
                    texts::int(tally.reported()),
                    texts::int(tally.expected)
                )
            });
            view! {
                <td class="table__number" data-assessment=assessment.as_str()>
                    {rate}
                    <span class="table__note">{coverage}</span>
                </td>
            }
        })
        .collect_view()
}

/// Residential areas of a commune.
#[component]
fn ResidentialAreas(commune: AreaCode, areas: Vec<ResidentialAreaTallies>) -> impl IntoView {
    let all = format!("/danh-sach/{commune}");
    let rows = areas
        .into_iter()
        .map(|area| {
            let link = match area.id {
                Some(id) => format!("/danh-sach/{commune}?residential_area={id}"),
                None => format!("/danh-sach/{commune}"),
            };
            let name = if area.name.is_empty() {
                say::no_area_recorded().to_owned()
            } else {
                area.name
            };
            view! {
                <tr>
                    <th scope="row">
                        <a href=link>{name}</a>
                    </th>
                    <RateCells tallies=area.tallies />
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="section-head">
            <h2>{common::residential_areas()}</h2>
            <a class="button" href=all>{say::all_sheets()}</a>
        </div>
        <div class="table-scroll" tabindex="0" role="region" aria-label=common::residential_areas()>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{common::residential_areas()}</th>
                        <RateHeads />
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
