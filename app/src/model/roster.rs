//! Lists of residential areas, families and units, sorted and searched as people there do it.

use super::overview::{LocalTally, Subject, tallies};
use std::collections::BTreeMap;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::entry::EntryState;
use thidua_domain::record::SubjectId;
use thidua_domain::subject::{self, field};
use thidua_domain::text;

/// A residential area and the counts of everything in it.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaRow {
    /// Identity.
    pub id: SubjectId,
    /// Its name.
    pub name: String,
    /// The name of its head.
    pub head: Option<String>,
    /// Families in it.
    pub families: usize,
    /// Counts over all of its subjects.
    pub tallies: BTreeMap<Assessment, LocalTally>,
}

impl AreaRow {
    /// Whether no family's entry has been begun.
    pub fn not_begun(&self) -> bool {
        self.tallies
            .get(&Assessment::CulturalFamily)
            .is_none_or(|tally| tally.begun() == 0)
    }
}

/// The residential areas of the commune in its own order.
pub fn areas(subjects: &[Subject]) -> Vec<AreaRow> {
    let mut members: BTreeMap<SubjectId, Vec<&Subject>> = BTreeMap::new();
    for subject in subjects {
        if let Some(area) = subject.residential_area() {
            members.entry(area).or_default().push(subject);
        }
    }
    let mut areas: Vec<_> = subjects
        .iter()
        .filter(|subject| subject.kind == SubjectKind::ResidentialArea)
        .collect();
    areas.sort_by_cached_key(|area| {
        let order = area.record.int(field::ORDER).unwrap_or(i64::MAX);
        (order, text::collation_key(subject::label(&area.record)))
    });
    areas
        .into_iter()
        .map(|area| {
            let members = members.get(&area.id).map(Vec::as_slice).unwrap_or_default();
            AreaRow {
                id: area.id,
                name: subject::label(&area.record).to_owned(),
                head: area.record.text(field::HEAD).map(str::to_owned),
                families: members
                    .iter()
                    .filter(|member| member.kind == SubjectKind::Family)
                    .count(),
                tallies: tallies(members.iter().copied()),
            }
        })
        .collect()
}

/// What a list is narrowed to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// Everything.
    #[default]
    All,
    /// Nothing entered yet.
    NotBegun,
    /// Begun and not handed in.
    Draft,
    /// Handed in, accepted or not.
    HandedIn,
    /// Returned by a reviewer.
    Returned,
    /// Two people wrote different things.
    Conflicting,
}

impl Filter {
    /// Whether a subject is in the narrowed list, by one assessment.
    pub fn takes(self, subject: &Subject, assessment: Assessment, conflicting: bool) -> bool {
        let state = subject
            .standing(assessment)
            .map_or(EntryState::Empty, |standing| standing.state);
        match self {
            Self::All => true,
            Self::NotBegun => state == EntryState::Empty,
            Self::Draft => matches!(state, EntryState::Draft | EntryState::ChangedSinceAccepted),
            Self::HandedIn => matches!(state, EntryState::Submitted | EntryState::Accepted),
            Self::Returned => state == EntryState::Returned,
            Self::Conflicting => conflicting,
        }
    }
}

/// Subjects of a kind in a residential area (or anywhere), in the order people look for them: families
/// by given name, units by name; narrowed to what a search, without tone marks, finds.
pub fn list(
    subjects: &[Subject],
    kind: SubjectKind,
    area: Option<SubjectId>,
    search: &str,
) -> Vec<Subject> {
    let wanted = text::fold(search);
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let mut found: Vec<_> = subjects
        .iter()
        .filter(|subject| subject.kind == kind)
        .filter(|subject| area.is_none() || subject.residential_area() == area)
        .filter(|subject| {
            if words.is_empty() {
                return true;
            }
            let house_no = subject.record.text(field::HOUSE_NO).unwrap_or_default();
            let hay = text::fold(&format!("{} {house_no}", subject::label(&subject.record)));
            words.iter().all(|word| hay.contains(word))
        })
        .cloned()
        .collect();
    found.sort_by_cached_key(|subject| {
        let label = subject::label(&subject.record);
        let name = match kind {
            SubjectKind::Family => text::person_name_key(label),
            _ => text::collation_key(label),
        };
        let house_no = subject.record.text(field::HOUSE_NO).map(str::to_owned);
        (name, house_no, subject.id)
    });
    found
}
