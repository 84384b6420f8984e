//! Own targets: what a district or commune sets itself of the directive's indicators (§7, "cụ thể hóa"), and
//! whether all of them together reach what the province has set ([`sum`]).
//!
//! A commune's is a record of its officers' in the commune's own feed, of the commune itself as its subject:
//! it is set without a network, two tablets that set one write to one record, and it goes where the commune
//! goes. A district has no tablets and no feed that anybody follows, so its record is the server's own, in a
//! feed under the district's code: who may read the district may read it, and no tablet carries it.

pub mod sum;

use crate::area::{Area, AreaCode, AreaKind, AreaLevel, AreaTree};
use crate::catalogue::{Assessment, Direction, Directive, Indicator, IndicatorId, Measure};
use crate::date::Date;
use crate::quantity::Hundredths;
use crate::record::{FieldName, Period, RecordKey, SubjectId, Value};
use crate::setting::MAX_PAPER_BYTES;
use crate::sync::state::RecordState;
use crate::text;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// First word of the key of a commune's own target.
pub const KIND: &str = "target";
/// First word of the key of a district's; only the server writes such records.
pub const DISTRICT_KIND: &str = "district-target";

/// Names of the fields.
pub mod field {
    /// What is to be reached, in hundredths of the indicator's unit (number).
    pub const GOAL: &str = "goal";
    /// Number and symbol of the plan that says so (text).
    pub const PLAN: &str = "plan";
}

/// A share of everybody, in hundredths of a percent.
pub const WHOLE: i64 = 10_000;
/// One commune, in hundredths.
pub const ONE: i64 = 100;

/// What an area has set itself of one indicator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnTarget {
    /// What is to be reached, in hundredths of the indicator's unit; `None` is "none set", which is not 0.
    pub goal: Option<Hundredths>,
    /// The plan that says so; may be empty.
    #[serde(default)]
    pub plan: String,
}

/// Why an own target is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TargetError {
    /// The indicator is not counted from entries, or the area has no part in it.
    #[error("not an indicator this area sets a target of")]
    NotSet,
    /// More than everybody, less than nobody, or part of a commune.
    #[error("the goal is out of range")]
    OutOfRange,
    /// The plan's number is over its limit.
    #[error("the plan's number is too long")]
    PlanTooLong,
}

/// The indicators that districts and communes set own targets of: those counted from entries, for which the
/// directive names a figure.
pub fn indicators() -> impl Iterator<Item = &'static Indicator> {
    let all = Directive::embedded().indicators.iter();
    all.filter(|indicator| {
        assessment(indicator).is_some()
            && indicator.target.is_some()
            && matches!(indicator.direction, Direction::AtLeast | Direction::AtMost)
    })
}

/// What an indicator is counted from.
pub fn assessment(indicator: &Indicator) -> Option<Assessment> {
    match indicator.measure {
        Measure::Share(assessment) | Measure::Count(assessment) => Some(assessment),
        Measure::Figure | Measure::Narrative => None,
    }
}

/// The largest goal that an area may set, in hundredths of the indicator's unit: 100 %, or all its xã; `None`
/// where it has no part in the indicator, as a ward has none in new rural communes.
pub fn most(indicator: &Indicator, area: &Area, tree: &AreaTree, date: Date) -> Option<i64> {
    indicators().find(|it| it.id == indicator.id)?;
    if area.level() == AreaLevel::Province {
        return None;
    }
    match indicator.measure {
        Measure::Share(_) => Some(WHOLE),
        Measure::Count(_) => {
            let count = match area.level() {
                AreaLevel::Commune => usize::from(area.kind == AreaKind::Commune),
                _ => tree.rural_communes_under(&area.code, date).len(),
            };
            let most = i64::try_from(count).ok()? * ONE;
            (most > 0).then_some(most)
        }
        Measure::Figure | Measure::Narrative => None,
    }
}

/// What the own targets below an area are held against: what it has set itself, or else the directive's figure.
/// "60 xã" is asked of the province alone: below it, who has set none has nothing to be held against.
pub fn held_against(
    indicator: &Indicator,
    level: AreaLevel,
    own: Option<Hundredths>,
) -> Option<Hundredths> {
    let is_share = matches!(indicator.measure, Measure::Share(_));
    let directive = indicator
        .target
        .filter(|_| is_share || level == AreaLevel::Province);
    own.or(directive)
}

/// The subject that a district's own targets belong to.
pub fn district_subject(district: &AreaCode) -> SubjectId {
    SubjectId::derived(&format!("targets:{district}"))
}

/// The record of a commune's own target.
pub fn commune_key(commune: &AreaCode, indicator: &IndicatorId, period: Period) -> RecordKey {
    key(KIND, SubjectId::commune(commune), indicator, period)
}

/// The record of a district's own target.
pub fn district_key(district: &AreaCode, indicator: &IndicatorId, period: Period) -> RecordKey {
    key(DISTRICT_KIND, district_subject(district), indicator, period)
}

/// The record of an area's own target; the province's is the directive's own.
pub fn key_of(area: &Area, indicator: &IndicatorId, period: Period) -> Option<RecordKey> {
    match area.level() {
        AreaLevel::Commune => Some(commune_key(&area.code, indicator, period)),
        AreaLevel::District => Some(district_key(&area.code, indicator, period)),
        AreaLevel::Province => None,
    }
}

fn key(kind: &str, subject: SubjectId, indicator: &IndicatorId, period: Period) -> RecordKey {
    RecordKey::parse(&format!("{kind}/{subject}/{indicator}/{period}"))
        .expect("indicators are named in the alphabet of keys")
}

/// The indicator of a record, if it is a commune's or a district's own target of one this program knows.
pub fn indicator_of(record: &RecordKey) -> Option<&'static Indicator> {
    if !matches!(record.kind(), KIND | DISTRICT_KIND) {
        return None;
    }
    let id = IndicatorId::new(record.as_str().split('/').nth(2)?);
    indicators().find(|indicator| indicator.id == id)
}

impl OwnTarget {
    /// Reads a record. A goal that cannot be one (a tablet's values are its own) is none.
    pub fn read(state: &RecordState, indicator: &Indicator, most: i64) -> Self {
        let goal = state.int(field::GOAL).map(Hundredths);
        Self {
            goal: goal.filter(|goal| is_goal(indicator, *goal, most)),
            plan: state.text(field::PLAN).unwrap_or_default().to_owned(),
        }
    }

    /// The fields that say so, or why it is not taken. `most` is what [`most`] says of the area.
    pub fn fields(
        &self,
        indicator: &Indicator,
        most: Option<i64>,
    ) -> Result<Vec<(FieldName, Value)>, TargetError> {
        let most = most.ok_or(TargetError::NotSet)?;
        if self
            .goal
            .is_some_and(|goal| !is_goal(indicator, goal, most))
        {
            return Err(TargetError::OutOfRange);
        }
        let plan = text::clean_line(&self.plan);
        if plan.len() > MAX_PAPER_BYTES {
            return Err(TargetError::PlanTooLong);
        }
        let goal = self.goal.map_or(Value::Null, |goal| Value::Int(goal.0));
        // A plan's number without a target says nothing.
        let plan = match self.goal {
            Some(_) if !plan.is_empty() => Value::Text(plan),
            _ => Value::Null,
        };
        let name = |name| FieldName::parse(name).expect("a valid name");
        Ok(vec![(name(field::GOAL), goal), (name(field::PLAN), plan)])
    }
}

fn is_goal(indicator: &Indicator, goal: Hundredths, most: i64) -> bool {
    let whole = matches!(indicator.measure, Measure::Share(_)) || goal.0 % ONE == 0;
    whole && (0..=most).contains(&goal.0)
}

#[cfg(test)]
mod tests;
