//! Which records changed lately, so that a screen over thousands of them recomputes the few.

use std::collections::{BTreeSet, VecDeque};
use thidua_domain::record::RecordKey;

/// Changes remembered at most; who has missed more reads everything anew.
const MOST: usize = 20_000;

/// Changed records with the revision that changed them.
#[derive(Default)]
pub(super) struct Touched {
    /// Nothing is known of this revision and those before.
    floor: u64,
    log: VecDeque<(u64, RecordKey)>,
}

impl Touched {
    /// Takes note of what `revision` changed.
    pub(super) fn note(&mut self, revision: u64, keys: impl IntoIterator<Item = RecordKey>) {
        self.log.extend(keys.into_iter().map(|key| (revision, key)));
        while self.log.len() > MOST {
            if let Some((revision, _)) = self.log.pop_front() {
                self.floor = revision;
            }
        }
    }

    /// Anything may have changed up to `revision`.
    pub(super) fn everything(&mut self, revision: u64) {
        self.floor = revision;
        self.log.clear();
    }

    /// What changed after `revision`; `None` if anything may have.
    pub(super) fn since(&self, revision: u64) -> Option<BTreeSet<RecordKey>> {
        (revision >= self.floor).then(|| {
            let newer = self.log.iter().rev().take_while(|(at, _)| *at > revision);
            newer.map(|(_, key)| key.clone()).collect()
        })
    }
}
