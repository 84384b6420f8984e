//! How counts came about day by day, and where they lead if things go on as they do.
//!
//! What is kept is what each day added to the counts of a commune, written in the transaction that
//! merges. The days of a commune add up to its counts, and can be made again from its edits
//! ([`replay`]), because each edit says when it arrived.

use crate::area::AreaCode;
use crate::catalogue::{Assessment, Indicator};
use crate::date::Date;
use crate::progress::Tally;
use crate::record::{RecordKey, SubjectId};
use crate::sync::edit::Edit;
use crate::sync::hub::{Rules, standing_rows};
use crate::sync::state::RecordState;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::{AddAssign, SubAssign};

/// Most days of a series; what is older stands in its first day. A season is a year, and what is said
/// of it afterwards another.
pub const MAX_DAYS: usize = 800;
/// A projection rests on whole weeks, of which the slowest and the fastest give the range.
const WEEK: i64 = 7;
/// Most weeks whose pace is carried on, and the fewest that tell one.
const MOST_WEEKS: i64 = 4;
const FEWEST_WEEKS: i64 = 2;

/// The day it is in Vietnam, seven hours ahead of UTC all year, in days since 1970.
pub fn day_of(now_ms: u64) -> i64 {
    Date::in_vietnam(now_ms).to_epoch_days()
}

/// The part of a [`Tally`] whose way through the year is kept, or what a day added to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCounts {
    /// Subjects in the denominator.
    pub expected: i64,
    /// Accepted and in the numerator.
    pub met: i64,
    /// Accepted.
    pub accepted: i64,
    /// Handed in: accepted, waiting, or changed since accepted.
    pub reported: i64,
}

impl DayCounts {
    /// Of counts, or of what is to be added to them.
    pub fn of(tally: &Tally) -> Self {
        Self {
            expected: tally.expected,
            met: tally.accepted.met,
            accepted: tally.accepted.total(),
            reported: tally.reported(),
        }
    }
}

impl AddAssign for DayCounts {
    fn add_assign(&mut self, other: Self) {
        self.expected += other.expected;
        self.met += other.met;
        self.accepted += other.accepted;
        self.reported += other.reported;
    }
}

impl SubAssign for DayCounts {
    fn sub_assign(&mut self, other: Self) {
        self.expected -= other.expected;
        self.met -= other.met;
        self.accepted -= other.accepted;
        self.reported -= other.reported;
    }
}

/// How things stood at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// The day.
    pub day: Date,
    /// Counts at its end.
    pub counts: DayCounts,
}

/// Adds up what days added, the oldest first. Days on which nothing changed have no point.
pub fn series(added: impl IntoIterator<Item = (i64, DayCounts)>) -> Vec<Point> {
    let mut counts = DayCounts::default();
    let mut points = Vec::new();
    for (day, change) in added {
        counts += change;
        let changed = change != DayCounts::default();
        if let Some(day) = Date::from_epoch_days(day).filter(|_| changed) {
            points.push(Point { day, counts });
        }
    }
    points.split_off(points.len().saturating_sub(MAX_DAYS))
}

/// The last point of each week: enough for a small drawing.
pub fn weekly(points: &[Point]) -> Vec<Point> {
    let week = |point: &Point| point.day.to_epoch_days().div_euclid(WEEK);
    points
        .chunk_by(|one, other| week(one) == week(other))
        .filter_map(|week| week.last().copied())
        .collect()
}

/// How things stood at the end of `day`: nothing is known before the first point.
pub fn counts_on(points: &[Point], day: Date) -> DayCounts {
    let later = points.partition_point(|point| point.day <= day);
    later
        .checked_sub(1)
        .map_or_else(DayCounts::default, |last| points[last].counts)
}

/// What each day added to the counts of communes, made again from all edits of the feed of `feed` in the order
/// of their arrival, each with the time at which it came. What has moved counts where it lived on each day.
pub fn replay(
    rules: Rules,
    feed: &AreaCode,
    edits: impl IntoIterator<Item = (u64, Edit)>,
) -> BTreeMap<(AreaCode, Assessment, i64), DayCounts> {
    let mut by_subject: BTreeMap<SubjectId, Vec<(i64, Edit)>> = BTreeMap::new();
    for (received_ms, edit) in edits {
        let own = by_subject.entry(edit.record.subject()).or_default();
        own.push((day_of(received_ms), edit));
    }
    let mut added: BTreeMap<_, DayCounts> = BTreeMap::new();
    for (id, edits) in by_subject {
        let mut records: BTreeMap<RecordKey, RecordState> = BTreeMap::new();
        let mut before: BTreeMap<(AreaCode, Assessment), DayCounts> = BTreeMap::new();
        for of_a_day in edits.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((day, _)) = of_a_day.first() else {
                continue;
            };
            for (_, edit) in of_a_day {
                records
                    .entry(edit.record.clone())
                    .or_insert_with(|| RecordState::new(feed.clone()))
                    .apply(edit);
            }
            let mut now: BTreeMap<(AreaCode, Assessment), DayCounts> = BTreeMap::new();
            for row in standing_rows(rules, &records, id) {
                let key = (row.commune.clone(), row.assessment);
                *now.entry(key).or_default() += DayCounts::of(&Tally::of(&row.standing));
            }
            for ((commune, assessment), counts) in &now {
                *added
                    .entry((commune.clone(), *assessment, *day))
                    .or_default() += *counts;
            }
            for ((commune, assessment), counts) in before {
                *added.entry((commune, assessment, *day)).or_default() -= counts;
            }
            before = now;
        }
    }
    added.retain(|_, counts| *counts != DayCounts::default());
    added
}

/// What is projected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// How many will be accepted as met.
    Met,
    /// How many will be handed in.
    Reported,
}

impl Way {
    fn of(self, counts: &DayCounts) -> i64 {
        match self {
            Self::Met => counts.met,
            Self::Reported => counts.reported,
        }
    }

    /// Whether it has begun.
    fn has_begun(self, counts: &DayCounts) -> bool {
        match self {
            Self::Met => counts.accepted > 0,
            Self::Reported => counts.reported > 0,
        }
    }

    /// As many as there can be: nobody is counted twice.
    fn most(self, counts: &DayCounts) -> i64 {
        match self {
            Self::Met => counts.met + (counts.expected - counts.accepted).max(0),
            Self::Reported => counts.expected,
        }
    }
}

/// Where a count will be on the last day if its pace of the last weeks goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Projection {
    /// The day from which it looks ahead.
    pub from: Date,
    /// The day it speaks of.
    pub due: Date,
    /// The weeks up to `from` that it rests on: two to four.
    pub weeks: i64,
    /// What these weeks added.
    pub gained: i64,
    /// The count if every week is like the slowest of them.
    pub low: i64,
    /// The count at their average pace.
    pub likely: i64,
    /// The count if every week is like the fastest of them.
    pub high: i64,
    /// The denominator, taken to stay as it is.
    pub expected: i64,
}

/// Why there is no projection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoProjection {
    /// The last day has passed, or is this one.
    Over,
    /// Nobody is expected: there is nothing to take a share of.
    Nobody,
    /// It began less than two weeks before: too little to tell a pace.
    TooYoung,
    /// The last weeks added nothing: there is no pace to carry on.
    AtRest,
}

/// Carries the pace of the weeks that end with `from` on to `due`: of the last four, or of as many whole
/// weeks as have passed since it began. Nothing but this is assumed: neither that officers hurry before a
/// day that is due, nor that they tire.
pub fn projection(
    points: &[Point],
    way: Way,
    from: Date,
    due: Date,
) -> Result<Projection, NoProjection> {
    let today = from.to_epoch_days();
    let days_left = due.to_epoch_days() - today;
    if days_left <= 0 {
        return Err(NoProjection::Over);
    }
    let now = counts_on(points, from);
    if now.expected <= 0 {
        return Err(NoProjection::Nobody);
    }
    let begun = points.iter().find(|point| way.has_begun(&point.counts));
    let Some(begun) = begun.filter(|point| point.day <= from) else {
        return Err(NoProjection::AtRest);
    };
    let weeks = ((today - begun.day.to_epoch_days()) / WEEK).min(MOST_WEEKS);
    if weeks < FEWEST_WEEKS {
        return Err(NoProjection::TooYoung);
    }
    let at = |days_ago: i64| {
        let day = Date::from_epoch_days(today - days_ago);
        day.map_or(0, |day| way.of(&counts_on(points, day)))
    };
    let gained = at(0) - at(weeks * WEEK);
    let each = (0..weeks).map(|week| at(week * WEEK) - at((week + 1) * WEEK));
    let (slowest, fastest) = each.fold((i64::MAX, i64::MIN), |(low, high), week| {
        (low.min(week), high.max(week))
    });
    if (slowest, fastest) == (0, 0) {
        return Err(NoProjection::AtRest);
    }
    let carried =
        |gained: i64, days: i64| (at(0) + gained * days_left / days).clamp(0, way.most(&now));
    Ok(Projection {
        from,
        due,
        weeks,
        gained,
        low: carried(slowest, WEEK),
        likely: carried(gained, weeks * WEEK),
        high: carried(fastest, WEEK),
        expected: now.expected,
    })
}

/// What a projection says of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// Met at the slowest, the average and the fastest pace.
    Meets,
    /// Met at some of them.
    Open,
    /// Met at none.
    FallsShort,
}

impl Projection {
    /// Holds the projection against the indicator's target, if it has one.
    pub fn outlook(&self, indicator: &Indicator) -> Option<Outlook> {
        let expected = self.expected.unsigned_abs();
        let mut met = 0;
        for count in [self.low, self.likely, self.high] {
            met += usize::from(indicator.meets(count.unsigned_abs(), expected)?);
        }
        Some(match met {
            3 => Outlook::Meets,
            0 => Outlook::FallsShort,
            _ => Outlook::Open,
        })
    }
}

#[cfg(test)]
mod tests;
