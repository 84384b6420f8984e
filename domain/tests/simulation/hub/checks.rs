//! What must hold of the server, counted anew.

use super::{Hub, rules};
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::progress::{self, PartKey, Tally};
use thidua_domain::record::SubjectId;
use thidua_domain::sync::edit::Edit;
use thidua_domain::sync::hub;
use thidua_domain::sync::wire::{Cursor, RejectReason};

impl Hub {
    /// Whether everything that was refused because it was another's is kept for them.
    pub fn keeps_what_it_refuses(&self) -> bool {
        self.disk.rejected.iter().all(|(id, (_, reason))| {
            *reason != RejectReason::NotYourArea || self.disk.handovers.contains_key(id)
        })
    }

    /// All edits in feeds.
    pub fn taken(&self) -> impl Iterator<Item = &Edit> {
        let rows = self.disk.feeds.values().flatten();
        rows.map(|row| &row.edit)
    }

    /// All edits that were not taken.
    pub fn rejected(&self) -> impl Iterator<Item = &Edit> {
        self.disk.rejected.values().map(|(edit, _)| edit)
    }

    /// Whether feeds are numbered without a gap, each with the running digest of what is before it.
    pub fn feeds_are_sound(&self) -> bool {
        self.disk.feeds.values().all(|feed| {
            let mut end = Cursor::default();
            feed.iter().all(|row| {
                end.number += 1;
                end.check = end.check.chain(row.edit.digest());
                row.cursor == end
            })
        })
    }

    /// Whether kept counts are what a recount gives.
    pub fn counts_are_right(&self) -> bool {
        let subjects: BTreeSet<SubjectId> = self.disk.records.keys().copied().collect();
        let period = rules().season.period;
        let mut counted: BTreeMap<PartKey, Tally> = BTreeMap::new();
        for id in subjects {
            for row in hub::standing_rows(rules(), &self.disk.records[&id], id) {
                *counted.entry(row.part(period)).or_default() += Tally::of(&row.standing);
            }
        }
        counted.retain(|_, tally| *tally != Tally::default());
        let mut tallies = self.disk.tallies.clone();
        tallies.retain(|_, tally| *tally != Tally::default());
        let mut parts = self.disk.parts.clone();
        parts.retain(|_, tally| *tally != Tally::default());
        tallies == progress::wholes(&counted) && parts == counted
    }
}
