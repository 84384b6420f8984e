//! Records while an answer is merged.

use super::LocalRecord;
use crate::area::AreaCode;
use crate::record::RecordKey;
use crate::sync::edit::{DeviceId, Edit};
use crate::sync::wire::{Page, Response};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// Records while an answer is merged: everything that is certain first, then what waits on top.
pub(super) struct Merge {
    stored: BTreeMap<RecordKey, LocalRecord>,
    certain: BTreeMap<RecordKey, LocalRecord>,
}

impl Merge {
    pub(super) fn new(stored: BTreeMap<RecordKey, LocalRecord>) -> Self {
        Self {
            stored,
            certain: BTreeMap::new(),
        }
    }

    /// The record, whose feed is that of `commune` if nothing is known of it.
    pub(super) fn touch(&mut self, record: &RecordKey, commune: &AreaCode) -> &mut LocalRecord {
        let stored = &mut self.stored;
        self.certain
            .entry(record.clone())
            .or_insert_with(|| match stored.remove(record) {
                Some(record) => record.into_certain(),
                None => LocalRecord::new(commune.clone()),
            })
    }

    /// Whether an edit of a page has not been merged, and notes that it is now.
    pub(super) fn is_news(&mut self, page: &Page, edit: &Edit) -> bool {
        // A feed that is read again touches nothing that it has nothing new for.
        let stored = self.stored.get(&edit.record);
        if stored.is_some_and(|record| record.has_seen(edit.id)) {
            return false;
        }
        self.touch(&edit.record, &page.commune).is_news(edit.id)
    }

    pub(super) fn apply(&mut self, edit: &Edit) {
        self.touch(&edit.record, &edit.commune).shown.apply(edit);
    }

    /// The server has said what became of these own edits of a device.
    pub(super) fn settle(
        &mut self,
        own: &[Edit],
        device: DeviceId,
        numbers: RangeInclusive<u32>,
        response: &Response,
    ) {
        let refused: BTreeSet<u32> = response.rejected.iter().map(|one| one.seq).collect();
        let settled = |edit: &&Edit| edit.id.device == device && numbers.contains(&edit.id.seq);
        for edit in own.iter().filter(settled) {
            self.touch(&edit.record, &edit.commune);
            if !refused.contains(&edit.id.seq) {
                self.apply(edit);
            }
        }
    }

    /// The records touched, with the edits that wait on top of them.
    pub(super) fn finish<'a>(
        self,
        waiting: impl Iterator<Item = &'a Edit>,
    ) -> BTreeMap<RecordKey, LocalRecord> {
        let mut records = self.certain;
        for edit in waiting {
            if let Some(record) = records.get_mut(&edit.record) {
                if record.confirmed.is_none() {
                    record.confirmed = Some(record.shown.clone());
                }
                record.shown.apply(edit);
            }
        }
        records
    }

    /// As [`Merge::finish`], of all records that were loaded.
    pub(super) fn finish_all<'a>(
        mut self,
        waiting: impl Iterator<Item = &'a Edit>,
    ) -> BTreeMap<RecordKey, LocalRecord> {
        for (key, record) in std::mem::take(&mut self.stored) {
            self.certain.insert(key, record.into_certain());
        }
        self.finish(waiting)
    }
}
