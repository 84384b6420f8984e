//! How an indicator came about, in little.

use super::indicators::assessment_of;
use crate::screens::review::season;
use crate::screens::review::settings::InForce;
use crate::texts;
use crate::ui::Spark;
use leptos::prelude::*;
use thidua_domain::api::{Trend, Trends};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::{Assessment, Indicator, Measure};
use thidua_domain::date::Date;
use thidua_domain::progress::Tally;
use thidua_domain::quantity::Hundredths;
use thidua_domain::trend::{DayCounts, Point, counts_on};

/// The way of an indicator in little, and the way to its page.
#[component]
pub(super) fn TrendLink(
    area: AreaCode,
    indicator: &'static Indicator,
    now: Tally,
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
            let points = up_to_now(trend, all.today, now);
            let due = in_force.settings().submission(assessment, period);
            let until = all.today.min(due.last);
            let is_share = matches!(indicator.measure, Measure::Share(_));
            let gained = is_share.then(|| gained(&points, until)).flatten();
            Some(view! { <Spark points=spark(&points) /> {gained} })
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

/// What was read when the page opened, with what is counted now.
fn up_to_now(trend: &Trend, today: Date, now: Tally) -> Vec<Point> {
    let before = trend.points.iter().filter(|point| point.day < today);
    let mut points: Vec<_> = before.copied().collect();
    let mut counts = DayCounts::of(&now);
    // Days are counted over what has an entry; of communes the overview expects every xã there is.
    if let Some(last) = trend.points.last()
        && trend.assessment == Assessment::NewRuralCommune
    {
        counts.expected = last.counts.expected;
    }
    if points.last().map(|point| point.counts) != Some(counts) {
        points.push(Point { day: today, counts });
    }
    points
}

/// Shares accepted as met, from the first day to the last.
fn spark(points: &[Point]) -> Vec<(f64, f64)> {
    let day = |at: Option<&Point>| at.map(|point| point.day.to_epoch_days());
    let first = day(points.first()).unwrap_or_default();
    let days = (day(points.last()).unwrap_or_default() - first).max(1);
    let share = |counts: DayCounts| match counts.expected {
        0 => 0.0,
        expected => counts.met as f64 * 100.0 / expected as f64,
    };
    points
        .iter()
        .map(|point| {
            let place = (point.day.to_epoch_days() - first) as f64 / days as f64;
            (place, share(point.counts))
        })
        .collect()
}

/// By how much the share grew in the four weeks up to a day.
fn gained(points: &[Point], until: Date) -> Option<impl IntoView + use<>> {
    let before = Date::from_epoch_days(until.to_epoch_days() - 28)?;
    let (now, before) = (counts_on(points, until), counts_on(points, before));
    if now.expected == 0 {
        return None;
    }
    // Both over today's denominator: what is told is what was accepted, not how the register grew.
    let points = Hundredths((now.met - before.met) * 10_000 / now.expected);
    let sign = if points.0 > 0 { "+" } else { "" };
    let words = format!("{sign}{}", texts::hundredths(points));
    Some(view! { <span class="table__note">{texts::trend::four_weeks(words)}</span> })
}
