//! What the first screen says: how far it is to a target, what is due, what was sent back.

use super::overview::{LocalTally, Subject};
use std::collections::BTreeMap;
use std::sync::Arc;
use thidua_domain::catalogue::{Assessment, Direction, Indicator, SubjectKind};
use thidua_domain::criteria::Poverty;
use thidua_domain::date::Date;
use thidua_domain::due::{self, Step};
use thidua_domain::entry::EntryState;
use thidua_domain::progress::Standing;
use thidua_domain::season::Season;
use thidua_domain::setting::Settings;
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

/// What is to be done by a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Subjects are registered for the title.
    Registration(Assessment),
    /// Assessments are handed in.
    Submission(Assessment),
    /// Entries that were returned are corrected.
    Correction,
    /// The commune is inspected.
    Inspection,
    /// What an inspection found is put right.
    FollowUp,
    /// A term is reported.
    Term(String),
}

/// Something with a last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// What.
    pub what: What,
    /// Its last day, and who says so.
    pub due: due::Due,
    /// Subjects that it is still open for.
    pub open: usize,
}

/// What was returned with a last day, day by day.
fn corrections(subjects: &[Arc<Subject>]) -> impl Iterator<Item = Due> {
    let mut by_day = BTreeMap::<Date, usize>::new();
    let sent_back = subjects.iter().flat_map(|subject| &subject.returned);
    for day in sent_back.filter_map(|sent_back| sent_back.due) {
        *by_day.entry(day).or_default() += 1;
    }
    by_day.into_iter().map(|(last, open)| Due {
        what: What::Correction,
        due: due::Due {
            last,
            source: due::Source::Reviewer,
        },
        open,
    })
}

/// What is still open and has a last day, the first of them first; of the terms only the next one, since
/// nothing on the tablet says whether one was reported.
pub fn dues(
    subjects: &[Arc<Subject>],
    settings: &Settings,
    season: Season,
    today: Date,
) -> Vec<Due> {
    let period = season.period;
    let count = |assessment: Assessment, open: fn(EntryState) -> bool| {
        let standings = subjects.iter().filter_map(|it| it.standing(assessment));
        let open = |it: &&Standing| it.expected && open(it.state);
        standings.filter(open).count()
    };
    let entered_here = Assessment::ALL
        .into_iter()
        .filter(|assessment| assessment.subject() != SubjectKind::Commune);
    let registrations = entered_here.clone().filter_map(|assessment| {
        Some(Due {
            what: What::Registration(assessment),
            due: settings.due(assessment, Step::Registration, period)?,
            open: count(assessment, |state| state == EntryState::Empty),
        })
    });
    let submissions = entered_here.map(|assessment| Due {
        what: What::Submission(assessment),
        due: settings.submission(assessment, period),
        open: count(assessment, |state| {
            !matches!(state, EntryState::Submitted | EntryState::Accepted)
        }),
    });
    let mut dues: Vec<Due> = registrations.chain(submissions).collect();
    dues.retain(|due| due.open > 0);
    dues.extend(corrections(subjects));
    let of_year = settings
        .terms
        .iter()
        .filter(|((year, _), _)| *year == period);
    let upcoming = of_year.map(|(_, term)| term).filter(|it| it.due >= today);
    dues.extend(upcoming.min_by_key(|term| term.due).map(|term| Due {
        what: What::Term(term.name.clone()),
        due: due::Due {
            last: term.due,
            source: due::Source::Province {
                paper: term.paper.clone(),
                set_ms: term.set_ms,
            },
        },
        open: 0,
    }));
    dues.sort_by_key(|due| due.due.last);
    dues
}
