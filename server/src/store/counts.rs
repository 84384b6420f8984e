//! Counts as databases keep them, and what a recount makes of them.

use super::Difference;
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::area::AreaCode;
use thidua_domain::progress::{Count, PartKey, Tally, TallyKey, wholes};
use thidua_domain::sync::hub::{Rules, StandingRow};
use thidua_domain::trend::DayCounts;

/// How many counts a tally has.
pub(crate) const COUNTS: usize = 17;

/// The columns of a tally's counts, in the order in which [`counts`] gives them.
pub(crate) const COLUMNS: [&str; COUNTS] = [
    "expected",
    "accepted_met",
    "accepted_unmet",
    "accepted_open",
    "submitted_met",
    "submitted_unmet",
    "submitted_open",
    "draft_met",
    "draft_unmet",
    "draft_open",
    "returned_met",
    "returned_unmet",
    "returned_open",
    "changed_met",
    "changed_unmet",
    "changed_open",
    "endorsed",
];

/// How counts of a table are added to: `expected = tally.expected + excluded.expected, …`.
pub(crate) fn sums(table: &str) -> String {
    let sum = |column| format!("{column} = {table}.{column} + excluded.{column}");
    COLUMNS.map(sum).join(", ")
}

/// A tally's counts in the order of their columns.
pub(crate) fn counts(tally: &Tally) -> [i64; COUNTS] {
    let [a, b, c, d, e] = [
        tally.accepted,
        tally.submitted,
        tally.draft,
        tally.returned,
        tally.changed,
    ]
    .map(|count| [count.met, count.unmet, count.open]);
    let mut counts = [0; COUNTS];
    counts[0] = tally.expected;
    counts[COUNTS - 1] = tally.endorsed;
    for (slot, count) in counts[1..].iter_mut().zip([a, b, c, d, e].as_flattened()) {
        *slot = *count;
    }
    counts
}

/// The tally of these counts.
pub(crate) fn from_counts(counts: &[i64; COUNTS]) -> Tally {
    let count = |from: usize| Count {
        met: counts[from],
        unmet: counts[from + 1],
        open: counts[from + 2],
    };
    Tally {
        expected: counts[0],
        accepted: count(1),
        submitted: count(4),
        draft: count(7),
        returned: count(10),
        changed: count(13),
        endorsed: counts[16],
    }
}

/// Keys of which the days that are kept do not add up to these counts.
pub(crate) fn days_amiss(
    sums: &BTreeMap<TallyKey, DayCounts>,
    counted: &BTreeMap<TallyKey, Tally>,
) -> Vec<TallyKey> {
    let keys: BTreeSet<&TallyKey> = sums.keys().chain(counted.keys()).collect();
    let differs = |key: &&TallyKey| {
        let days = sums.get(key).copied().unwrap_or_default();
        let counts = counted.get(key).copied().unwrap_or_default();
        days != DayCounts::of(&counts)
    };
    keys.into_iter().filter(differs).cloned().collect()
}

/// The communes of these keys.
pub(crate) fn communes_of(keys: &[TallyKey]) -> BTreeSet<AreaCode> {
    keys.iter().map(|key| key.commune.clone()).collect()
}

/// What a recount has counted so far.
pub(crate) struct Counted {
    rules: Rules,
    parts: BTreeMap<PartKey, Tally>,
}

impl Counted {
    /// Nothing yet.
    pub(crate) fn new(rules: Rules) -> Self {
        Self {
            rules,
            parts: BTreeMap::new(),
        }
    }

    /// Counts a subject's standing.
    pub(crate) fn add(&mut self, row: &StandingRow) {
        let key = row.part(self.rules.season.period);
        *self.parts.entry(key).or_default() += Tally::of(&row.standing);
    }

    /// What was counted of communes and of residential areas; counts of nothing are left out.
    pub(crate) fn finish(mut self) -> (BTreeMap<TallyKey, Tally>, BTreeMap<PartKey, Tally>) {
        self.parts.retain(|_, tally| *tally != Tally::default());
        (wholes(&self.parts), self.parts)
    }
}

/// Where kept counts of communes differ from what was counted.
pub(crate) fn differences(
    kept: &BTreeMap<TallyKey, Tally>,
    counted: &BTreeMap<TallyKey, Tally>,
) -> Vec<Difference> {
    let difference = |(key, kept, counted): (&TallyKey, Tally, Tally)| Difference::Tally {
        key: key.clone(),
        kept: Box::new(kept),
        counted: Box::new(counted),
    };
    differing(kept, counted).map(difference).collect()
}

/// Where kept counts of residential areas differ from what was counted.
pub(crate) fn differences_of_parts(
    kept: &BTreeMap<PartKey, Tally>,
    counted: &BTreeMap<PartKey, Tally>,
) -> Vec<Difference> {
    let difference = |(key, ..): (&PartKey, Tally, Tally)| Difference::Part { key: key.clone() };
    differing(kept, counted).map(difference).collect()
}

fn differing<'a, K: Ord>(
    kept: &'a BTreeMap<K, Tally>,
    counted: &'a BTreeMap<K, Tally>,
) -> impl Iterator<Item = (&'a K, Tally, Tally)> {
    let keys: BTreeSet<&K> = kept.keys().chain(counted.keys()).collect();
    let of = |tallies: &BTreeMap<K, Tally>, key| tallies.get(key).copied().unwrap_or_default();
    keys.into_iter()
        .map(move |key| (key, of(kept, key), of(counted, key)))
        .filter(|(_, kept, counted)| kept != counted)
}
