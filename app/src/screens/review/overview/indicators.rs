//! Every indicator of the directive against its target.

use super::tally_of;
use super::weeks::TrendLink;
use crate::texts::{self, province as say, review, targets, words};
use crate::ui::{TargetBar, VerdictBadge};
use leptos::prelude::*;
use thidua_domain::api::{AssessmentTally, FigureView, TargetsView, Trends};
use thidua_domain::area::{AreaCode, AreaLevel};
use thidua_domain::catalogue::{Assessment, Denominator, Direction, Directive, Indicator, Measure};
use thidua_domain::figure::{self, Figure};
use thidua_domain::progress::{self, Tally, Verdict};
use thidua_domain::target::OwnTarget;

/// Every indicator of the directive; those nobody has entered say so.
#[component]
pub(super) fn Indicators(
    area: AreaCode,
    tallies: Vec<AssessmentTally>,
    reported: Vec<FigureView>,
    level: Option<AreaLevel>,
    weeks: RwSignal<Option<Trends>>,
    /// What the area has set itself, once that is read.
    own: RwSignal<Option<TargetsView>>,
) -> impl IntoView {
    let row = |indicator: &'static Indicator| {
        let tally = assessment_of(indicator).map(|assessment| tally_of(&tallies, assessment));
        let figure = reported
            .iter()
            .find(|view| view.indicator == indicator.id)
            .map(|view| view.figure.clone())
            .filter(|figure| figure.is_there(indicator));
        let area = area.clone();
        view! { <IndicatorRow area indicator tally figure level weeks own /> }
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

/// What is assessed to count the indicator, if it is counted.
pub fn assessment_of(indicator: &Indicator) -> Option<Assessment> {
    match indicator.measure {
        Measure::Share(assessment) | Measure::Count(assessment) => Some(assessment),
        _ => None,
    }
}

/// The indicator's target in words, with its direction.
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

/// What is asked of an area of a level, in words: "60 xã" is the province's to reach, and no commune's.
pub fn asked_words(indicator: &Indicator, level: Option<AreaLevel>) -> String {
    let goal = target_words(indicator);
    let is_count = matches!(indicator.measure, Measure::Count(_));
    if is_count && level != Some(AreaLevel::Province) {
        texts::targets::whole_province(goal)
    } else {
        goal
    }
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
    own: RwSignal<Option<TargetsView>>,
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
            <td class="table__number" data-cell="target">
                {target} <OwnTargetNote indicator level own />
            </td>
            <td class="table__number" data-cell="value">{value}</td>
            <td class="table__bar">{bar} <span class="table__note">{needed.or(source)}</span></td>
            <td class="table__verdict">
                <VerdictBadge verdict />
            </td>
            <td class="table__number table__wide" data-cell="reported">
                {reported}
            </td>
            <td class="table__trend">
                <TrendLink area indicator now=counts weeks />
            </td>
        </tr>
    }
}

/// What the area has set itself, below what the province asks.
#[component]
fn OwnTargetNote(
    indicator: &'static Indicator,
    level: Option<AreaLevel>,
    own: RwSignal<Option<TargetsView>>,
) -> impl IntoView {
    move || {
        let target = own.with(|all| {
            let mut all = all.as_ref()?.indicators.iter();
            let found = all.find(|one| one.indicator == indicator.id)?;
            Some(found.own.target.clone())
        });
        let OwnTarget { goal, plan } = target?;
        let goal = match level {
            Some(AreaLevel::Commune) => targets::commune_goal(indicator, goal?),
            _ => targets::goal(indicator, goal?),
        };
        let said = targets::own_goal(goal);
        Some(view! {
            <span class="table__note" data-own-target="" title=plan>
                {said}
            </span>
        })
    }
}
