//! How far an area is from a target: what is counted, and what the counts say.

use crate::area::AreaCode;
use crate::catalogue::{Assessment, Direction, Indicator, SubjectKind};
use crate::criteria::{Eligibility, Outcome, Packs, PassMarkZone, UnitProfile};
use crate::date::Date;
use crate::entry::{self, EntryState};
use crate::record::{Period, SubjectId};
use crate::review::Desk;
use crate::subject;
use crate::sync::edit::EditId;
use crate::sync::state::RecordState;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::{AddAssign, SubAssign};

/// How one subject stands in one assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Whether the subject is in the indicator's denominator.
    pub expected: bool,
    /// Where its entry stands.
    pub state: EntryState,
    /// What the pack's rule says of the content shown.
    pub outcome: Outcome,
    /// Points, where the pack gives points.
    pub points: Option<u32>,
    /// The edit since which somebody has to act, see [`entry::waiting_since`].
    pub since: Option<EditId>,
    /// The last day to correct what was returned, see [`entry::correction_due`].
    pub due: Option<Date>,
    /// Whether a district has appraised what waits, see [`entry::is_endorsed`].
    pub endorsed: bool,
}

/// Judges how a subject stands. `record` describes the subject, `entry` is its entry of `period`.
pub fn standing(
    packs: Packs,
    kind: SubjectKind,
    record: &RecordState,
    entry: Option<&RecordState>,
    assessment: Assessment,
    period: Period,
    zone: PassMarkZone,
) -> Standing {
    let expected = subject::is_open(record) && is_eligible(kind, record, assessment);
    let judged = entry.and_then(|state| {
        let pack = packs.judging(Some(state), assessment, period)?;
        Some(entry::evaluate(state, pack, zone))
    });
    Standing {
        expected,
        state: entry::entry_state(entry),
        outcome: judged
            .as_ref()
            .map_or(Outcome::Incomplete, |evaluation| evaluation.outcome),
        points: judged.and_then(|evaluation| evaluation.points),
        since: entry.and_then(entry::waiting_since),
        due: entry.and_then(entry::correction_due),
        endorsed: entry.is_some_and(entry::is_endorsed),
    }
}

fn is_eligible(kind: SubjectKind, record: &RecordState, assessment: Assessment) -> bool {
    match assessment {
        Assessment::SafeUnit => {
            subject::unit_profile(record)
                .as_ref()
                .map(UnitProfile::eligibility)
                == Some(Eligibility::Eligible)
        }
        _ => assessment.subject() == kind,
    }
}

/// Entries in one state, by what the pack's rule says of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// In the numerator.
    pub met: i64,
    /// Not in the numerator.
    pub unmet: i64,
    /// Not complete enough to say.
    pub open: i64,
}

impl Count {
    /// All of them.
    pub fn total(self) -> i64 {
        self.met + self.unmet + self.open
    }
}

/// What is counted of one assessment in one area and period. Tallies of parts add up to the whole's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Subjects in the denominator.
    pub expected: i64,
    /// Accepted: the only ones that count.
    pub accepted: Count,
    /// Waiting for review.
    pub submitted: Count,
    /// Being filled in.
    pub draft: Count,
    /// Returned to the officer.
    pub returned: Count,
    /// Accepted once and edited since.
    pub changed: Count,
    /// Of those waiting for review, what a district has appraised. Whether that is asked for, settings say.
    #[serde(default)]
    pub endorsed: i64,
}

impl Tally {
    /// The tally of a single subject.
    pub fn of(standing: &Standing) -> Self {
        let mut tally = Self::default();
        if !standing.expected {
            return tally;
        }
        tally.expected = 1;
        tally.endorsed =
            i64::from(Desk::of(standing.state, standing.endorsed) == Some(Desk::Province));
        let slot = match standing.state {
            EntryState::Empty => return tally,
            EntryState::Draft => &mut tally.draft,
            EntryState::Submitted => &mut tally.submitted,
            EntryState::Accepted => &mut tally.accepted,
            EntryState::Returned => &mut tally.returned,
            EntryState::ChangedSinceAccepted => &mut tally.changed,
        };
        match standing.outcome {
            Outcome::Earned => slot.met = 1,
            Outcome::NotEarned => slot.unmet = 1,
            Outcome::Incomplete => slot.open = 1,
        }
        tally
    }

    /// Subjects whose entry has been handed in at least once and is not back with the officer.
    pub fn reported(&self) -> i64 {
        self.accepted.total() + self.submitted.total() + self.changed.total()
    }

    /// How many wait at a desk, if a district appraises this title first.
    pub fn waiting_at(&self, desk: Desk) -> i64 {
        match desk {
            Desk::District => self.submitted.total() - self.endorsed,
            Desk::Province => self.endorsed,
        }
    }

    fn zip(&mut self, other: &Self, f: impl Fn(&mut i64, i64)) {
        f(&mut self.expected, other.expected);
        f(&mut self.endorsed, other.endorsed);
        let pairs = [
            (&mut self.accepted, other.accepted),
            (&mut self.submitted, other.submitted),
            (&mut self.draft, other.draft),
            (&mut self.returned, other.returned),
            (&mut self.changed, other.changed),
        ];
        for (mine, theirs) in pairs {
            f(&mut mine.met, theirs.met);
            f(&mut mine.unmet, theirs.unmet);
            f(&mut mine.open, theirs.open);
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.zip(&other, |mine, theirs| *mine += theirs);
    }
}

impl SubAssign for Tally {
    fn sub_assign(&mut self, other: Self) {
        self.zip(&other, |mine, theirs| *mine -= theirs);
    }
}

/// The key a tally is kept under.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TallyKey {
    /// The commune.
    pub commune: AreaCode,
    /// What is assessed.
    pub assessment: Assessment,
    /// The year.
    pub period: Period,
}

/// The key under which that part of a commune's tally is kept which lies in one of its residential areas. The
/// parts of a tally add up to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartKey {
    /// Of which tally it is a part.
    pub whole: TallyKey,
    /// The residential area; `None` for units and families that name none.
    pub residential_area: Option<SubjectId>,
}

/// The tallies that parts add up to; those of nothing are left out.
pub fn wholes(parts: &BTreeMap<PartKey, Tally>) -> BTreeMap<TallyKey, Tally> {
    let mut wholes: BTreeMap<TallyKey, Tally> = BTreeMap::new();
    for (key, tally) in parts {
        *wholes.entry(key.whole.clone()).or_default() += *tally;
    }
    wholes.retain(|_, tally| *tally != Tally::default());
    wholes
}

/// What the counts say of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing has been handed in.
    NotReported,
    /// Met already, whatever the rest turns out to be.
    Met,
    /// Not met yet; the rest decides.
    NotYet,
    /// Cannot be met any more, whatever the rest turns out to be.
    Missed,
    /// The directive sets no figure to hold it against.
    NoTarget,
}

/// Holds a tally against an indicator's target. Rates are taken over everybody expected, so a subject
/// that has not been accepted can still go either way; comparison is exact (70,46 % is not 70,5 %).
pub fn verdict(indicator: &Indicator, tally: &Tally) -> Verdict {
    let certain = tally.accepted.met.unsigned_abs();
    let expected = tally.expected.unsigned_abs();
    let undecided =
        expected.saturating_sub((tally.accepted.met + tally.accepted.unmet).unsigned_abs());
    let (Some(now), Some(with_rest)) = (
        indicator.meets(certain, expected),
        indicator.meets(certain + undecided, expected),
    ) else {
        return if tally.reported() == 0 {
            Verdict::NotReported
        } else {
            Verdict::NoTarget
        };
    };
    if tally.reported() == 0 {
        return Verdict::NotReported;
    }
    let at_most = indicator.direction == Direction::AtMost;
    match (now, with_rest, at_most) {
        (true, _, false) | (true, true, true) => Verdict::Met,
        (false, true, false) | (true, false, true) => Verdict::NotYet,
        (false, _, _) => Verdict::Missed,
    }
}

/// How a subject stands in every assessment that applies to its kind.
pub fn standings(
    packs: Packs,
    kind: SubjectKind,
    id: SubjectId,
    record: &RecordState,
    period: Period,
    zone: PassMarkZone,
    entry: impl Fn(&crate::record::RecordKey) -> Option<RecordState>,
) -> Vec<(Assessment, Standing)> {
    Assessment::ALL
        .into_iter()
        .filter(|assessment| assessment.subject() == kind)
        .map(|assessment| {
            let state = entry(&crate::record::RecordKey::entry(id, assessment, period));
            let standing = standing(
                packs,
                kind,
                record,
                state.as_ref(),
                assessment,
                period,
                zone,
            );
            (assessment, standing)
        })
        .collect()
}
