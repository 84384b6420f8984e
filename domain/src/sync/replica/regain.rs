//! Edits that outlived the store they were made in.
//!
//! A browser may lose a site's databases as a whole. What no server had confirmed by then was kept a second
//! time elsewhere, and is taken back into a replica that begins anew: under the identity it was made under, so
//! that a server that had some of it after all takes nothing twice.

use super::answer::successor;
use super::{Former, LocalRecord, Replica};
use crate::record::RecordKey;
use crate::sync::edit::{DeviceId, Edit, EditId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Of an identity whose store the browser lost: which of its edits are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Regained {
    /// Edits up to this number went with the store. They are read back from the feeds.
    pub after: u32,
    /// The server has said of the edits up to this number what became of them.
    pub confirmed: u32,
}

/// What taking edits back does.
#[derive(Clone, Debug)]
pub struct RegainPlan {
    /// The replica afterwards.
    pub replica: Replica,
    /// The edits, for the log.
    pub edits: Vec<Edit>,
    /// Records that changed, in their new state.
    pub records: BTreeMap<RecordKey, LocalRecord>,
}

impl Replica {
    /// Plans taking back `kept`; what is in the log already is passed over. Where a stretch of an identity's
    /// numbers is missing, what comes behind it is written anew under the present one. `records` are those
    /// that the edits speak of, as far as they are here.
    pub fn regain(
        &self,
        kept: Vec<Edit>,
        mut records: BTreeMap<RecordKey, LocalRecord>,
    ) -> RegainPlan {
        let mut replica = self.clone();
        let mut edits: Vec<Edit> = kept
            .into_iter()
            .filter(|edit| edit.author == self.account && !self.has(edit.id))
            .collect();
        edits.sort_by_key(|edit| edit.id);
        edits.dedup_by_key(|edit| edit.id);
        let names: BTreeMap<EditId, EditId> = edits
            .iter()
            .map(|edit| (edit.id, replica.name_regained(edit.id)))
            .collect();
        let mut changed = BTreeMap::new();
        for edit in &mut edits {
            edit.rename(&names);
            replica.clock = replica.clock.max(edit.time);
            let record = changed
                .remove(&edit.record)
                .or_else(|| records.remove(&edit.record))
                .unwrap_or_else(|| LocalRecord::new(edit.commune.clone()));
            let mut shown = record.shown.clone();
            shown.apply(edit);
            changed.insert(edit.record.clone(), record.edited(shown));
        }
        RegainPlan {
            replica,
            edits,
            records: changed,
        }
    }

    /// Whether an edit of this name is in the log, or was and went with a lost store.
    pub fn has(&self, id: EditId) -> bool {
        if id.device == self.device {
            return id.seq <= self.last_seq;
        }
        let former = self.former.get(&id.device);
        former.is_some_and(|former| id.seq <= former.last)
    }

    /// Whether the server has said of a device's edits up to this number what became of them.
    pub fn is_held(&self, device: DeviceId, seq: u32) -> bool {
        let held = match self.former.get(&device) {
            Some(former) => former.held,
            None if device == self.device => self.held,
            None => return false,
        };
        seq <= held
    }

    /// The name under which an edit is taken back: its own, where the numbers before it are there.
    fn name_regained(&mut self, id: EditId) -> EditId {
        if id.device == self.device && id.seq == self.last_seq + 1 {
            self.last_seq += 1;
            return id;
        }
        if id.device != self.device {
            let before = id.seq - 1;
            let former = self.former.entry(id.device).or_insert(Former {
                last: before,
                held: before,
                regained: Some(Regained {
                    after: before,
                    confirmed: before,
                }),
            });
            if former.regained.is_some() && former.last == before {
                former.last = id.seq;
                return id;
            }
        }
        self.next_name()
    }

    /// Names for the edits of a lost identity that come after `common`, since another installation has gone on
    /// under it: those of the identity that a clone with the same edits takes on too.
    pub(super) fn rename_regained(
        &mut self,
        device: DeviceId,
        common: u32,
        own: &[Edit],
    ) -> BTreeMap<EditId, EditId> {
        let Some(heir) = successor(device, common, own) else {
            return BTreeMap::new();
        };
        let is_known = heir == self.device || self.former.contains_key(&heir);
        let lost = own
            .iter()
            .filter(|edit| edit.id.device == device && edit.id.seq > common);
        lost.map(|edit| {
            let name = if is_known {
                self.next_name()
            } else {
                self.name_regained(EditId {
                    device: heir,
                    seq: edit.id.seq - common,
                })
            };
            (edit.id, name)
        })
        .collect()
    }

    /// Takes the next number of the present identity.
    fn next_name(&mut self) -> EditId {
        self.last_seq += 1;
        EditId {
            device: self.device,
            seq: self.last_seq,
        }
    }

    /// Edits in the log of which no server has said what became of them, by identity.
    pub(super) fn unconfirmed(&self) -> impl Iterator<Item = (DeviceId, RangeInclusive<u32>)> {
        let former = self.former.iter().filter_map(|(device, former)| {
            let regained = former.regained?;
            Some((*device, regained.confirmed + 1..=former.last))
        });
        former
            .chain([(self.device, self.confirmed + 1..=self.last_seq)])
            .filter(|(_, numbers)| !numbers.is_empty())
    }

    /// Whether it is one of [`Self::unconfirmed`].
    pub(super) fn is_unconfirmed(&self, id: EditId) -> bool {
        self.unconfirmed()
            .any(|(device, numbers)| device == id.device && numbers.contains(&id.seq))
    }
}
