//! A replica over plain memory: the reference shell, for tools and tests.
//!
//! It does what every shell has to do around the planner: load what a plan asks for, and execute what
//! it returns in one step. The app's shell does the same over IndexedDB.

use super::carried::CarriedAnswer;
use super::edit::{DeviceId, Edit, EditId, FieldChange};
use super::replica::{AnswerPlan, Asked, LocalRecord, Replica, Wanted};
use super::state::RecordState;
use super::wire::{MAX_EDITS_UP, RejectReason, Request, Response};
use crate::area::AreaCode;
use crate::receipt::Receipt;
use crate::record::RecordKey;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// A replica with its records, its log and what was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryReplica {
    /// The bookkeeping.
    pub replica: Replica,
    /// Records by key.
    pub records: BTreeMap<RecordKey, LocalRecord>,
    /// Every edit made here, under every identity it had.
    pub log: BTreeMap<EditId, Edit>,
    /// Edits the server did not take.
    pub rejected: BTreeMap<EditId, RejectReason>,
}

impl MemoryReplica {
    /// An empty one.
    pub fn new(replica: Replica) -> Self {
        Self {
            replica,
            records: BTreeMap::new(),
            log: BTreeMap::new(),
            rejected: BTreeMap::new(),
        }
    }

    /// A record as shown.
    pub fn shown(&self, key: &RecordKey) -> Option<&RecordState> {
        self.records.get(key).map(|record| &record.shown)
    }

    /// All records as shown: what two replicas have in common that hold the same.
    pub fn all_shown(&self) -> BTreeMap<&RecordKey, &RecordState> {
        let records = self.records.iter();
        records.map(|(key, record)| (key, &record.shown)).collect()
    }

    /// Edits a record, which is made if it is not there. `changes` are told from the record as shown;
    /// without any, nothing happens.
    pub fn edit(
        &mut self,
        commune: &AreaCode,
        key: &RecordKey,
        now_ms: u64,
        changes: impl FnOnce(&RecordState) -> Vec<FieldChange>,
    ) -> Option<EditId> {
        let record = self.records.get(key).cloned();
        let record = record.unwrap_or_else(|| LocalRecord::new(commune.clone()));
        let changes = changes(&record.shown);
        let plan = self
            .replica
            .plan_edit(key, &record.shown, changes, now_ms)?;
        let id = plan.edit.id;
        self.replica = plan.replica;
        self.log.insert(id, plan.edit);
        self.records.insert(key.clone(), record.edited(plan.state));
        Some(id)
    }

    /// The request to send now, if it is to be one message.
    pub fn request(&self) -> Request {
        self.replica.request(self.to_send(MAX_EDITS_UP))
    }

    /// The edits to send now, at most so many.
    pub fn to_send(&self, most: usize) -> Vec<Edit> {
        let (device, numbers) = self.replica.to_send(most);
        let edits = numbers.filter_map(|seq| self.log.get(&EditId { device, seq }));
        edits.cloned().collect()
    }

    /// Edits of the log, by identity and number.
    fn edits(&self, wanted: Vec<(DeviceId, RangeInclusive<u32>)>) -> Vec<Edit> {
        let ids = wanted
            .into_iter()
            .flat_map(|(device, numbers)| numbers.map(move |seq| EditId { device, seq }));
        ids.filter_map(|id| self.log.get(&id).cloned()).collect()
    }

    /// The edits that wait, under every identity.
    pub fn waiting(&self) -> Vec<Edit> {
        self.edits(self.replica.outbox())
    }

    /// The store is lost, with all but the edits that no server had confirmed: a new one begins with these.
    #[must_use]
    pub fn lost(self, fresh: DeviceId) -> Self {
        let Replica {
            account, follow, ..
        } = self.replica.clone();
        let kept = self.waiting();
        let mut anew = Self::new(Replica::new(fresh, account, follow));
        let plan = anew.replica.regain(kept, BTreeMap::new());
        anew.replica = plan.replica;
        anew.records = plan.records;
        anew.log = plan.edits.into_iter().map(|edit| (edit.id, edit)).collect();
        anew
    }

    /// Takes an answer in; whether to sync again at once. `fresh` is an identity nobody has.
    pub fn take(
        &mut self,
        asked: &Asked,
        response: &Response,
        fresh: DeviceId,
        now_ms: u64,
    ) -> bool {
        let plan = self.plan(asked, response, fresh, now_ms);
        self.execute(plan)
    }

    /// What an answer would do: the part of [`MemoryReplica::take`] that changes nothing.
    pub fn plan(
        &self,
        asked: &Asked,
        response: &Response,
        fresh: DeviceId,
        now_ms: u64,
    ) -> AnswerPlan {
        let wanted = self.replica.wanted(asked, response);
        let own: Vec<Edit> = self.edits(wanted.edits);
        let records = if wanted.all_records {
            self.records.clone()
        } else {
            Wanted::records(response, &own)
                .into_iter()
                .filter_map(|key| Some((key.clone(), self.records.get(&key)?.clone())))
                .collect()
        };
        self.replica
            .plan_answer(asked, response, own, records, fresh, now_ms)
    }

    /// Keeps receipts that the server has written.
    pub fn take_receipts(&mut self, receipts: &[Receipt]) {
        let edits = self.edits(self.replica.edits_under_receipts(receipts));
        self.replica.take_receipts(receipts, &edits);
    }

    /// Takes in what the server answered to edits that somebody else carried; whether it was believed.
    pub fn take_carried(&mut self, answer: &CarriedAnswer, fresh: DeviceId, now_ms: u64) -> bool {
        let numbers = self.replica.edits_under_carried(answer);
        let edits = self.edits(vec![(answer.device, numbers)]);
        let believed = self.replica.believe_carried(answer, &edits);
        let Some((asked, response, receipt)) = believed else {
            return false;
        };
        self.take(&asked, &response, fresh, now_ms);
        self.take_receipts(&[receipt]);
        true
    }

    /// Executes a plan.
    pub fn execute(&mut self, plan: AnswerPlan) -> bool {
        self.replica = plan.replica;
        self.records.extend(plan.records);
        self.records.retain(|key, _| !plan.emptied.contains(key));
        for (id, rejection) in plan.rejected {
            // Of an edit that is not here there is nothing to show.
            if self.log.contains_key(&id) {
                self.rejected.insert(id, rejection.reason);
            }
        }
        for edit in plan.renewed {
            self.log.insert(edit.id, edit);
        }
        plan.again
    }
}
