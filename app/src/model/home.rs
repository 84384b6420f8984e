//! What the first screen says: how far it is to a target, what is due, what was sent back.

use super::overview::{LocalTally, Subject};
use std::sync::Arc;
use thidua_domain::catalogue::{Assessment, Direction, Indicator, SubjectKind};
use thidua_domain::criteria::{Pack, Poverty};
use thidua_domain::date::Date;
use thidua_domain::entry::EntryState;
use thidua_domain::season::Season;
use thidua_domain::subject::field;

/// How far the accepted ones are from the target, and what could still be accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// So many more have to be accepted. `waiting` are handed in or on this tablet and would count.
    Missing {
        /// How many.
        needed: u64,
        /// Would count once accepted.
        waiting: u64,
    },
    /// The target is reached by what is accepted.
    Reached,
    /// At most so many: so many more are allowed.
    Room(u64),
    /// At most so many: so many are too many.
    Over(u64),
}

/// The gap of an indicator; `None` where the directive sets no figure or nothing is expected.
pub fn gap(indicator: &Indicator, tally: &LocalTally) -> Option<Gap> {
    let counts = &tally.tally;
    let (met, expected) = (
        counts.accepted.met.unsigned_abs(),
        counts.expected.unsigned_abs(),
    );
    let needed = indicator.still_needed(met, expected)?;
    Some(match (indicator.direction, needed) {
        (Direction::AtMost, 0) => {
            let target = indicator.target?.0.unsigned_abs();
            let most = u128::from(target) * u128::from(expected) / 10_000;
            Gap::Room(u64::try_from(most).unwrap_or(u64::MAX).saturating_sub(met))
        }
        (Direction::AtMost, over) => Gap::Over(over),
        (_, 0) => Gap::Reached,
        (_, needed) => {
            let waiting = counts.submitted.met
                + counts.draft.met
                + counts.returned.met
                + counts.changed.met
                + tally.on_device.met;
            Gap::Missing {
                needed,
                waiting: waiting.unsigned_abs(),
            }
        }
    })
}

/// The year before, as far as the register tells: how many counted, of how many it is known.
pub fn year_before(subjects: &[Arc<Subject>], assessment: Assessment) -> Option<(u64, u64)> {
    let families = subjects
        .iter()
        .filter(|subject| subject.kind == SubjectKind::Family);
    let known: Vec<bool> = match assessment {
        Assessment::CulturalFamily => families
            .filter_map(|family| family.last_year.earned)
            .collect(),
        Assessment::PovertyReview => families
            .filter_map(|family| family.record.text(field::POVERTY).and_then(Poverty::parse))
            .map(|class| class == Poverty::Poor)
            .collect(),
        _ => return None,
    };
    let met = known.iter().filter(|met| **met).count();
    (!known.is_empty()).then_some((met as u64, known.len() as u64))
}

/// Something with a date that the criteria pack sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Whether it is the registration; otherwise the review.
    pub is_registration: bool,
    /// Its last day.
    pub day: Date,
    /// Families that it is still open for.
    pub open: usize,
}

/// What the pack of the title sets, with how many families it is open for.
pub fn dues(subjects: &[Arc<Subject>], season: Season) -> Vec<Due> {
    let Some(pack) = Pack::for_assessment(Assessment::CulturalFamily, season.date) else {
        return Vec::new();
    };
    let day = |month_day: &Option<String>| {
        let text = format!("{}-{}", season.period, month_day.as_deref()?);
        Date::parse_iso(&text)
    };
    let count = |open: fn(EntryState) -> bool| {
        let families = subjects.iter().filter(|it| it.kind == SubjectKind::Family);
        families
            .filter(|family| open(family.state(Assessment::CulturalFamily)))
            .count()
    };
    let registration = day(&pack.register_by).map(|day| Due {
        is_registration: true,
        day,
        open: count(|state| state == EntryState::Empty),
    });
    let review = day(&pack.review_by).map(|day| Due {
        is_registration: false,
        day,
        open: count(|state| !matches!(state, EntryState::Submitted | EntryState::Accepted)),
    });
    registration.into_iter().chain(review).collect()
}
