//! How an indicator came about, in little.

use super::indicators::assessment_of;
use crate::screens::review::season;
use crate::screens::review::settings::InForce;
use crate::texts;
use crate::ui::Spark;
use leptos::prelude::*;
use thidua_domain::api::{Trend, Trends};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::{Indicator, Measure};
use thidua_domain::date::Date;
use thidua_domain::quantity::Hundredths;
use thidua_domain::trend::{DayCounts, Point, counts_on};

/// The way of an indicator in little, and the way to its page.
#[component]
pub(super) fn TrendLink(
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
    let day = |at: Option<&Point>| at.map(|point| point.day.to_epoch_days());
    let first = day(trend.points.first()).unwrap_or_default();
    let days = (day(trend.points.last()).unwrap_or_default() - first).max(1);
    let share = |counts: DayCounts| match counts.expected {
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
fn gained(trend: &Trend, until: Date) -> Option<impl IntoView + use<>> {
    let before = Date::from_epoch_days(until.to_epoch_days() - 28)?;
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
