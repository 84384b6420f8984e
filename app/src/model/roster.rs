//! Lists of residential areas, families and units, sorted and searched as people there do it.

use super::overview::{LocalTally, Subject, tallies};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::{Outcome, Reason};
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
    /// Whether there are families and none of their entries has been begun.
    pub fn waits(&self) -> bool {
        let tally = self.tallies.get(&Assessment::CulturalFamily);
        self.families > 0 && tally.is_none_or(|tally| tally.begun() == 0)
    }
}

/// The residential areas of the commune in its own order.
pub fn areas(subjects: &[Arc<Subject>]) -> Vec<AreaRow> {
    let mut members: BTreeMap<SubjectId, Vec<&Arc<Subject>>> = BTreeMap::new();
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

/// What a list of families is narrowed to.
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
    /// Does not earn the title.
    NotEarned,
}

impl Filter {
    /// All of them, in the order of the screen.
    pub const ALL: [Self; 7] = [
        Self::All,
        Self::NotBegun,
        Self::Draft,
        Self::Returned,
        Self::NotEarned,
        Self::HandedIn,
        Self::Conflicting,
    ];

    /// Whether a family is in the narrowed list.
    pub fn takes(self, family: &Subject) -> bool {
        let state = family.state(Assessment::CulturalFamily);
        match self {
            Self::All => true,
            Self::NotBegun => state == EntryState::Empty,
            Self::Draft => matches!(state, EntryState::Draft | EntryState::ChangedSinceAccepted),
            Self::HandedIn => matches!(state, EntryState::Submitted | EntryState::Accepted),
            Self::Returned => !family.returned.is_empty(),
            Self::Conflicting => !family.conflicting.is_empty(),
            Self::NotEarned => {
                state != EntryState::Empty
                    && family
                        .standing(Assessment::CulturalFamily)
                        .is_some_and(|standing| standing.outcome == Outcome::NotEarned)
            }
        }
    }
}

/// Why a family does not earn the title, in kinds that a list can be narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Below the pass mark, or a standard below its least share.
    Points,
    /// Not registered in January.
    Registration,
    /// Not put forward.
    Proposal,
    /// An exclusion applies.
    Exclusion,
    /// Too few attended or agreed.
    Meeting,
}

impl Why {
    /// All of them, in the order of the screen.
    pub const ALL: [Self; 5] = [
        Self::Points,
        Self::Registration,
        Self::Proposal,
        Self::Exclusion,
        Self::Meeting,
    ];

    /// The kind of a reason, if it stands against the title.
    pub fn of(reason: &Reason) -> Option<Self> {
        Some(match reason {
            Reason::BelowPassMark { .. } | Reason::StandardTooLow { .. } => Self::Points,
            Reason::NotRegistered => Self::Registration,
            Reason::NotProposed => Self::Proposal,
            Reason::Excluded { .. } => Self::Exclusion,
            Reason::AttendanceTooLow { .. } | Reason::VotesTooFew { .. } => Self::Meeting,
            _ => return None,
        })
    }

    /// Whether it is among the reasons of a family.
    pub fn is_of(self, family: &Subject) -> bool {
        family
            .reasons
            .iter()
            .any(|reason| Self::of(reason) == Some(self))
    }
}

/// Subjects of a kind in a residential area (or anywhere), in the order people look for them.
pub fn list(
    subjects: &[Arc<Subject>],
    kind: SubjectKind,
    area: Option<SubjectId>,
) -> Vec<Arc<Subject>> {
    let mut found: Vec<_> = subjects
        .iter()
        .filter(|subject| subject.kind == kind)
        .filter(|subject| area.is_none() || subject.residential_area() == area)
        .cloned()
        .collect();
    found.sort_unstable_by(|a, b| (&a.order, a.id).cmp(&(&b.order, b.id)));
    found
}

/// Whether a word of `text` begins with `word`, which carries the space before it. A number has to be
/// the whole word: who looks for house 7 does not mean 70.
fn holds(text: &str, word: &str) -> bool {
    if !word.ends_with(|c: char| c.is_ascii_digit()) {
        return text.contains(word);
    }
    text.match_indices(word).any(|(place, _)| {
        let after = text[place + word.len()..].chars().next();
        after.is_none_or(|c| c == ' ')
    })
}

/// A search without tone marks: every word has to begin a word of the name, the house number or the
/// residential area.
pub struct Search {
    words: Vec<String>,
    /// Residential areas whose name holds a word, by word.
    areas: Vec<BTreeSet<SubjectId>>,
}

impl Search {
    /// The search for `text`; `areas` are the names of the residential areas to look through as well.
    pub fn new<'a>(text: &str, areas: impl Iterator<Item = (SubjectId, &'a str)> + Clone) -> Self {
        let words: Vec<String> = text::fold(text)
            .split_whitespace()
            .map(|word| format!(" {word}"))
            .collect();
        let named: Vec<(SubjectId, String)> = match words.is_empty() {
            true => Vec::new(),
            false => areas
                .map(|(id, name)| (id, format!(" {}", text::fold(name))))
                .collect(),
        };
        let areas = words
            .iter()
            .map(|word| {
                let found = named.iter().filter(|(_, name)| holds(name, word));
                found.map(|(id, _)| *id).collect()
            })
            .collect();
        Self { words, areas }
    }

    /// Whether a subject is found.
    pub fn finds(&self, subject: &Subject) -> bool {
        self.words.iter().zip(&self.areas).all(|(word, areas)| {
            holds(&subject.folded, word)
                || subject
                    .residential_area()
                    .is_some_and(|area| areas.contains(&area))
        })
    }
}
