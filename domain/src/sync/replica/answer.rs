//! What the server's answer does.

use super::merge::Merge;
use super::{Former, LocalRecord, Regained, Replica};
use crate::area::AreaCode;
use crate::record::RecordKey;
use crate::sync::edit::{DeviceId, Edit, EditDigest, EditId};
use crate::sync::wire::{Cursor, Identity, MAX_FORMER, Rejection, Request, Response};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// The request an answer belongs to, as far as taking the answer in depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    device: DeviceId,
    cursors: BTreeMap<AreaCode, Cursor>,
}

impl Asked {
    /// What to remember of a request.
    pub fn of(request: &Request) -> Self {
        Self {
            device: request.device,
            cursors: request.cursors.iter().cloned().collect(),
        }
    }

    /// As if `replica` had asked for what somebody else carried to the server.
    pub(in crate::sync) fn by_courier(replica: &Replica, device: DeviceId) -> Self {
        Self {
            device,
            cursors: replica.cursors.clone(),
        }
    }

    /// The first answer of a body was taken in; the next goes on behind it.
    pub fn advance(&mut self, response: &Response) {
        let pages = response.pages.iter();
        self.cursors
            .extend(pages.map(|page| (page.commune.clone(), page.cursor)));
    }
}

/// What [`Replica::plan_answer`] wants loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Own edits, by identity and number.
    pub edits: Vec<(DeviceId, RangeInclusive<u32>)>,
    /// Whether all records are wanted, and not only those that [`Wanted::records`] names.
    pub all_records: bool,
}

impl Wanted {
    /// The records that are wanted, given the edits of [`Wanted::edits`].
    pub fn records(response: &Response, edits: &[Edit]) -> BTreeSet<RecordKey> {
        let pages = response.pages.iter().flat_map(|page| &page.edits);
        pages
            .chain(edits.iter().filter(|edit| edit.id.seq <= response.held))
            .map(|edit| edit.record.clone())
            .collect()
    }
}

/// What a server's answer does.
#[derive(Clone, Debug)]
pub struct AnswerPlan {
    /// The replica afterwards.
    pub replica: Replica,
    /// Records that changed, in their new state.
    pub records: BTreeMap<RecordKey, LocalRecord>,
    /// Records of which nothing is left: all there was of them was not taken.
    pub emptied: BTreeSet<RecordKey>,
    /// Own edits the server did not take, with the identity they were made under.
    pub rejected: Vec<(EditId, Rejection)>,
    /// Edits to write to the log under the replica's present identity.
    pub renewed: Vec<Edit>,
    /// Whether to sync again at once: there is more on either side.
    pub again: bool,
}

impl Replica {
    /// What [`Self::plan_answer`] wants loaded for an answer.
    pub fn wanted(&self, asked: &Asked, response: &Response) -> Wanted {
        let renewal = renewal(response);
        let edits = self.unconfirmed().map(|(device, numbers)| {
            let common = renewal.filter(|_| device == asked.device);
            let before = numbers.start() - 1;
            let first = common.map_or(before, |common| common.min(before)) + 1;
            (device, first..=*numbers.end())
        });
        let mut edits: Vec<_> = edits.collect();
        if let Some(common) = renewal.filter(|_| self.confirmed == self.last_seq)
            && asked.device == self.device
        {
            edits.push((self.device, common + 1..=self.last_seq));
        }
        Wanted {
            edits,
            all_records: renewal.is_some(),
        }
    }

    /// Plans what an answer does, given the own edits and the records of [`Self::wanted`] as stored now.
    /// Edits made since the request left are untouched: they have higher numbers. `fresh` is an identity
    /// nobody has, for when the answer asks for another.
    pub fn plan_answer(
        &self,
        asked: &Asked,
        response: &Response,
        own: Vec<Edit>,
        records: BTreeMap<RecordKey, LocalRecord>,
        fresh: DeviceId,
        now_ms: u64,
    ) -> AnswerPlan {
        if let Some(former) = self.former.get(&asked.device) {
            return match former.regained {
                None => self.plan_former(asked.device, *former, response),
                Some(regained) => {
                    let former = (asked.device, *former, regained);
                    self.plan_regained(former, response, own, records)
                }
            };
        }
        if asked.device != self.device {
            // Another tab has changed the identity meanwhile; the next request speaks of the new one.
            return self.unchanged();
        }
        let settled = renewal(response)
            .unwrap_or(response.held)
            .min(self.last_seq);
        let mut plan = self.unchanged();
        plan.rejected = rejected(asked.device, response);
        let replica = &mut plan.replica;
        replica.note_former(response);
        replica.confirmed = self.confirmed.max(settled);
        // A smaller number than before means the server was restored from a backup: what it has
        // forgotten is in the log and goes out again.
        replica.held = settled;
        replica.forget_receipts();

        let mut merged = Merge::new(records);
        merged.settle(&own, self.device, self.confirmed + 1..=settled, response);
        for page in &response.pages {
            // Another tab has read on meanwhile: this page may leave a gap, and comes again.
            if replica.cursors.get(&page.commune) != asked.cursors.get(&page.commune) {
                plan.again = true;
                continue;
            }
            for edit in &page.edits {
                if !replica.has_seen(&page.commune, edit.id) && merged.is_news(page, edit) {
                    replica.clock = replica.clock.observe(edit.time, now_ms);
                    replica.note_author(edit);
                    merged.apply(edit);
                }
            }
            replica.cursors.insert(page.commune.clone(), page.cursor);
            plan.again |= page.more;
        }
        if replica.follow != response.follow {
            plan.again = true;
            replica.follow.clone_from(&response.follow);
        }
        let waiting = own
            .iter()
            .filter(|edit| plan.replica.is_unconfirmed(edit.id));
        match renewal(response) {
            None => plan.records = merged.finish(waiting),
            Some(common) => {
                plan.records = merged.finish_all(waiting);
                let common = common.min(self.last_seq);
                let fresh = successor(self.device, common, &own).unwrap_or(fresh);
                plan.renew(self.device, common, fresh, own);
            }
        }
        plan.empty();
        plan.again |= !plan.replica.outbox().is_empty();
        plan
    }

    /// An answer that leaves everything as it is.
    fn unchanged(&self) -> AnswerPlan {
        AnswerPlan {
            replica: self.clone(),
            records: BTreeMap::new(),
            emptied: BTreeSet::new(),
            rejected: Vec::new(),
            renewed: Vec::new(),
            again: false,
        }
    }

    /// An answer to edits sent again under a former identity. The server has judged them before, and
    /// what it said then is in the records.
    fn plan_former(&self, device: DeviceId, former: Former, response: &Response) -> AnswerPlan {
        let mut plan = self.unchanged();
        plan.rejected = rejected(device, response);
        plan.replica.note_former(response);
        let held = response.held.min(former.last);
        let last = match renewal(response) {
            // The other installation has gone on; nothing is in dispute but what comes after `common`.
            Some(common) => common.min(former.last),
            None => former.last,
        };
        let now = Former {
            held,
            last,
            ..former
        };
        plan.replica.former.insert(device, now);
        plan.replica.forget_receipts();
        plan.again = true;
        plan
    }

    /// An answer to edits taken back from elsewhere: the server judges them now, and the records here are
    /// without them until it has.
    fn plan_regained(
        &self,
        (device, former, regained): (DeviceId, Former, Regained),
        response: &Response,
        mut own: Vec<Edit>,
        records: BTreeMap<RecordKey, LocalRecord>,
    ) -> AnswerPlan {
        let mut plan = self.unchanged();
        plan.rejected = rejected(device, response);
        let replica = &mut plan.replica;
        replica.note_former(response);
        let common = renewal(response).map(|common| common.min(former.last));
        let settled = common.unwrap_or(response.held).min(former.last);
        let mut merged = Merge::new(records);
        merged.settle(&own, device, regained.confirmed + 1..=settled, response);
        if let Some(common) = common {
            // Another installation has gone on under this name: what is not its own is written anew.
            let names = replica.rename_regained(device, common, &own);
            for edit in &mut own {
                if edit.rename(&names) {
                    merged.touch(&edit.record, &edit.commune);
                    plan.renewed.push(edit.clone());
                }
            }
        }
        let now = Former {
            last: common.unwrap_or(former.last),
            held: settled,
            regained: Some(Regained {
                confirmed: regained.confirmed.max(settled),
                ..regained
            }),
        };
        replica.former.insert(device, now);
        let waiting = own
            .iter()
            .filter(|edit| plan.replica.is_unconfirmed(edit.id));
        plan.records = merged.finish(waiting);
        plan.empty();
        // Where the server takes no more of it, asking again would go on for ever.
        plan.again = now != former || plan.replica.to_send(1).0 != device;
        plan
    }

    /// Devices are few, and most edits come from one that is known.
    fn note_author(&mut self, edit: &Edit) {
        let known = self.authors.get(&edit.id.device);
        if known != Some(&edit.author) {
            self.authors.insert(edit.id.device, edit.author.clone());
        }
    }

    fn note_former(&mut self, response: &Response) {
        let known: BTreeMap<DeviceId, u32> = response.former_held.iter().copied().collect();
        for (device, own) in self.former.iter_mut().take(MAX_FORMER) {
            // What was taken back is sent even where the server has it: it then says what it did not take.
            let most = own.regained.map_or(own.last, |it| it.confirmed);
            own.held = known.get(device).copied().unwrap_or(0).min(most);
        }
        self.forget_receipts();
    }

    /// Whether an edit in a feed was made here, or was seen by a program that kept account of whole feeds.
    fn has_seen(&self, feed: &AreaCode, id: EditId) -> bool {
        let own = id.device == self.device && id.seq <= self.last_seq;
        let former = self.former.get(&id.device);
        let known = former.is_some_and(|former| former.knows(id.seq));
        let whole = self.seen.get(feed).and_then(|seen| seen.get(&id.device));
        own || known || whole.is_some_and(|last| id.seq <= *last)
    }
}

impl AnswerPlan {
    /// Names the records of which nothing is left.
    fn empty(&mut self) {
        let emptied = |record: &LocalRecord| record.shown.fields.is_empty();
        self.emptied = self
            .records
            .extract_if(.., |_, record| emptied(record))
            .map(|(key, _)| key)
            .collect();
    }

    /// Goes on under the identity `fresh`: edits after `common` are written anew as its own, and every
    /// mention of the old ones with them.
    fn renew(&mut self, old: DeviceId, common: u32, fresh: DeviceId, own: Vec<Edit>) {
        let own = own.into_iter().filter(|edit| edit.id.device == old);
        let mut renewed: Vec<Edit> = own.filter(|edit| edit.id.seq > common).collect();
        let names: BTreeMap<EditId, EditId> = renewed
            .iter()
            .map(|edit| {
                let seq = edit.id.seq - common;
                let device = fresh;
                (edit.id, EditId { device, seq })
            })
            .collect();
        for edit in &mut renewed {
            edit.rename(&names);
        }
        self.renewed = renewed;
        let renamed = |id: EditId| names.get(&id).copied().unwrap_or(id);
        for record in self.records.values_mut() {
            for state in std::iter::once(&mut record.shown).chain(&mut record.confirmed) {
                for register in state.fields.values_mut() {
                    register.rename(renamed);
                }
            }
        }
        let replica = &mut self.replica;
        replica.former.insert(old, Former::given_up(common));
        replica.device = fresh;
        replica.held = 0;
        replica.confirmed = replica.confirmed.saturating_sub(common);
        replica.last_seq -= common;
        // What the other installation writes after `common` is news, and was passed over as our own.
        replica.cursors.clear();
        replica.forget_receipts();
        self.again = true;
    }
}

/// The identity to take on in place of another after `common`. It follows from the first edit that is written
/// anew: two clones with the same edits waiting give them the same names, and so deliver them once.
pub(super) fn successor(device: DeviceId, common: u32, own: &[Edit]) -> Option<DeviceId> {
    let first = own
        .iter()
        .find(|edit| edit.id.device == device && edit.id.seq > common)?;
    let bits = EditDigest(device.0).chain(first.digest()).0;
    Some(DeviceId::from_random(bits))
}

fn rejected(device: DeviceId, response: &Response) -> Vec<(EditId, Rejection)> {
    response
        .rejected
        .iter()
        .map(|rejection| {
            let seq = rejection.seq;
            (EditId { device, seq }, *rejection)
        })
        .collect()
}

/// Whether an answer asks for a new identity, and from which number on.
fn renewal(response: &Response) -> Option<u32> {
    match response.identity {
        Identity::Keep => None,
        Identity::Renew { common } => Some(common),
    }
}
