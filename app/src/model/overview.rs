//! How the commune stands, from what is on this tablet.

use crate::store::Store;
use std::collections::BTreeMap;
use thidua_domain::area::{AreaCode, AreaTree};
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::Outcome;
use thidua_domain::progress::{self, Count, Standing, Tally};
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::season::Season;
use thidua_domain::subject;
use thidua_domain::sync::state::RecordState;

/// A subject of the commune with how it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Identity.
    pub id: SubjectId,
    /// What it is.
    pub kind: SubjectKind,
    /// Its record.
    pub record: RecordState,
    /// How it stands in each assessment of its kind.
    pub standings: Vec<(Assessment, Standing)>,
    /// Assessments whose entry has edits that the server does not hold.
    pub on_device: Vec<Assessment>,
}

impl Subject {
    /// How it stands in one assessment.
    pub fn standing(&self, assessment: Assessment) -> Option<&Standing> {
        self.standings
            .iter()
            .find(|(other, _)| *other == assessment)
            .map(|(_, standing)| standing)
    }

    /// The residential area it is counted in.
    pub fn residential_area(&self) -> Option<SubjectId> {
        match self.kind {
            SubjectKind::ResidentialArea => Some(self.id),
            _ => subject::residential_area(&self.record),
        }
    }
}

/// Counts of one assessment as the tablet sees them: what the server has in its tally, and apart from
/// it what is on this tablet only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LocalTally {
    /// Entries without unsent edits, and everybody expected.
    pub tally: Tally,
    /// Entries with unsent edits.
    pub on_device: Count,
}

impl LocalTally {
    /// Adds one subject.
    pub fn add(&mut self, standing: &Standing, on_device: bool) {
        let mut one = Tally::of(standing);
        if on_device && one.expected > 0 {
            match standing.outcome {
                Outcome::Earned => self.on_device.met += 1,
                Outcome::NotEarned => self.on_device.unmet += 1,
                Outcome::Incomplete => self.on_device.open += 1,
            }
            one = Tally {
                expected: one.expected,
                ..Tally::default()
            };
        }
        self.tally += one;
    }

    /// Entries that have been begun, wherever they are.
    pub fn begun(&self) -> i64 {
        self.tally.reported()
            + self.tally.draft.total()
            + self.tally.returned.total()
            + self.on_device.total()
    }
}

/// Every open subject of a commune. Reading it in a view subscribes to the store.
pub fn subjects(store: &Store, commune: &AreaCode, season: Season) -> Vec<Subject> {
    let records = store.records();
    let zone = AreaTree::embedded().zone(commune);
    let own = SubjectId::commune(commune);
    let empty = RecordState::new(commune.clone());
    let commune_itself = std::iter::once((SubjectKind::Commune, own, &empty));
    records
        .iter()
        .filter(|(_, record)| record.commune == *commune && subject::is_open(record))
        .filter_map(|(key, record)| Some((key.subject_kind()?, key.subject(), record)))
        .chain(commune_itself)
        .map(|(kind, id, record)| {
            let standings =
                progress::standings(kind, id, record, season.period, zone, |key: &RecordKey| {
                    records.get(key).cloned()
                });
            let on_device = standings
                .iter()
                .map(|(assessment, _)| *assessment)
                .filter(|assessment| {
                    store.is_unsent(&RecordKey::entry(id, *assessment, season.period))
                })
                .collect();
            Subject {
                id,
                kind,
                record: record.clone(),
                standings,
                on_device,
            }
        })
        .collect()
}

/// Counts of all assessments over some subjects.
pub fn tallies<'a>(
    subjects: impl IntoIterator<Item = &'a Subject>,
) -> BTreeMap<Assessment, LocalTally> {
    let mut tallies: BTreeMap<Assessment, LocalTally> = BTreeMap::new();
    for subject in subjects {
        for (assessment, standing) in &subject.standings {
            let on_device = subject.on_device.contains(assessment);
            tallies
                .entry(*assessment)
                .or_default()
                .add(standing, on_device);
        }
    }
    tallies
}
