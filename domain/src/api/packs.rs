//! What other criteria would change: what administrators look at before they adopt a version.

use crate::area::AreaCode;
use crate::criteria::Outcome;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How an entry is judged now, and how it would be by the version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// It was handed in or accepted: it stays judged as it is until it is handed in anew.
    pub sealed: bool,
    /// Now.
    pub now: Outcome,
    /// By the version.
    pub then: Outcome,
}

/// Entries of an area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewCounts {
    /// All that have been begun.
    pub entries: u32,
    /// Not handed in, and judged as earned from then on.
    pub earned: u32,
    /// Not handed in, and judged as not earned from then on.
    pub not_earned: u32,
    /// Not handed in, and incomplete from then on: a criterion has no answer yet.
    pub incomplete: u32,
    /// Handed in or accepted, which stay as they are, and would be judged otherwise.
    pub sealed: u32,
}

/// What a version would change: answer of `POST /api/settings/preview`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackPreview {
    /// By district.
    pub districts: BTreeMap<AreaCode, PreviewCounts>,
}

impl PackPreview {
    /// Counts an entry.
    pub fn add(&mut self, district: &AreaCode, change: Change) {
        let counts = self.districts.entry(district.clone()).or_default();
        counts.entries += 1;
        if change.now == change.then {
            return;
        }
        match (change.sealed, change.then) {
            (true, _) => counts.sealed += 1,
            (false, Outcome::Earned) => counts.earned += 1,
            (false, Outcome::NotEarned) => counts.not_earned += 1,
            (false, Outcome::Incomplete) => counts.incomplete += 1,
        }
    }

    /// All districts together.
    pub fn total(&self) -> PreviewCounts {
        let counts = self.districts.values();
        counts.fold(PreviewCounts::default(), |sum, it| PreviewCounts {
            entries: sum.entries + it.entries,
            earned: sum.earned + it.earned,
            not_earned: sum.not_earned + it.not_earned,
            incomplete: sum.incomplete + it.incomplete,
            sealed: sum.sealed + it.sealed,
        })
    }
}
