//! The tablet's side, planned purely: the shell loads what a plan asks for, and executes what it
//! returns in the same transaction.

use super::clock::Hlc;
use super::edit::{DeviceId, Edit, EditId, FieldChange};
use super::state::RecordState;
use super::wire::{Cursor, Identity, MAX_EDITS_UP, Rejection, Request, Response};
use crate::area::AreaCode;
use crate::record::RecordKey;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a replica knows about itself. One for each account on a tablet, so that a second officer's
/// work has an identity and an outbox of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replica {
    /// Its identity.
    pub device: DeviceId,
    /// The account that writes here.
    pub account: String,
    /// The last number given to an edit.
    pub last_seq: u32,
    /// The server holds the edits up to this number; those after it are the outbox.
    pub held: u32,
    /// Last reading of the clock.
    pub clock: Hlc,
    /// How far each commune's feed has been read.
    pub cursors: BTreeMap<AreaCode, Cursor>,
    /// Highest number seen of each other device in each feed: makes reading a feed again harmless.
    pub seen: BTreeMap<AreaCode, BTreeMap<DeviceId, u32>>,
    /// Communes to follow.
    pub follow: Vec<AreaCode>,
}

/// What a local edit does.
#[derive(Clone, Debug)]
pub struct EditPlan {
    /// The replica afterwards.
    pub replica: Replica,
    /// The edit, for the outbox.
    pub edit: Edit,
    /// The record afterwards.
    pub state: RecordState,
}

/// What a server's answer does.
#[derive(Clone, Debug)]
pub struct AnswerPlan {
    /// The replica afterwards.
    pub replica: Replica,
    /// Records that changed, in their new state.
    pub records: BTreeMap<RecordKey, RecordState>,
    /// Own edits the server did not take.
    pub rejected: Vec<Rejection>,
    /// Edits to write to the log under a new identity, in place of the ones after `held`.
    pub renewed: Option<Vec<Edit>>,
    /// Whether to sync again at once: there is more on either side.
    pub again: bool,
}

impl Replica {
    /// A new replica. `device` comes from the shell's source of randomness.
    pub fn new(device: DeviceId, account: String, follow: Vec<AreaCode>) -> Self {
        Self {
            device,
            account,
            last_seq: 0,
            held: 0,
            clock: Hlc::default(),
            cursors: BTreeMap::new(),
            seen: BTreeMap::new(),
            follow,
        }
    }

    /// How many edits wait to be sent.
    pub fn waiting(&self) -> u32 {
        self.last_seq - self.held
    }

    /// Plans an edit of one record. `None` if nothing would change.
    pub fn plan_edit(
        &self,
        record: &RecordKey,
        state: &RecordState,
        changes: Vec<FieldChange>,
        now_ms: u64,
    ) -> Option<EditPlan> {
        if changes.is_empty() {
            return None;
        }
        let mut replica = self.clone();
        replica.clock = self.clock.tick(now_ms);
        replica.last_seq += 1;
        let edit = Edit {
            id: EditId {
                device: self.device,
                seq: replica.last_seq,
            },
            time: replica.clock,
            author: self.account.clone(),
            commune: state.commune.clone(),
            record: record.clone(),
            changes,
        };
        let mut state = state.clone();
        state.apply(&edit);
        Some(EditPlan {
            replica,
            edit,
            state,
        })
    }

    /// Numbers of the edits to send next: the shell loads these from its log.
    pub fn to_send(&self) -> std::ops::RangeInclusive<u32> {
        let most = u32::try_from(MAX_EDITS_UP).unwrap_or(u32::MAX);
        self.held + 1..=self.last_seq.min(self.held.saturating_add(most))
    }

    /// The request that carries `edits`, loaded by [`Self::to_send`].
    pub fn request(&self, edits: Vec<Edit>) -> Request {
        Request {
            device: self.device,
            last_seq: self.last_seq,
            edits,
            cursors: self
                .follow
                .iter()
                .filter_map(|commune| Some((commune.clone(), *self.cursors.get(commune)?)))
                .collect(),
        }
    }

    /// Records that [`Self::plan_answer`] wants loaded.
    pub fn needs(response: &Response) -> BTreeSet<RecordKey> {
        let edits = response.pages.iter().flat_map(|page| &page.edits);
        edits.map(|edit| edit.record.clone()).collect()
    }

    /// Plans what an answer does, given the records of [`Self::needs`] as stored now. Edits made since
    /// the request left are untouched: they have higher numbers. An answer that renews the identity
    /// goes to [`Self::plan_renewal`] instead.
    pub fn plan_answer(
        &self,
        response: &Response,
        mut records: BTreeMap<RecordKey, RecordState>,
        now_ms: u64,
    ) -> AnswerPlan {
        let mut replica = self.clone();
        let mut changed = BTreeSet::new();
        let mut more = false;
        for page in &response.pages {
            let seen = replica.seen.entry(page.commune.clone()).or_default();
            for edit in &page.edits {
                let last = seen.entry(edit.id.device).or_insert(0);
                let own = edit.id.device == self.device && edit.id.seq <= self.last_seq;
                if edit.id.seq <= *last || own {
                    continue;
                }
                *last = edit.id.seq;
                replica.clock = replica.clock.observe(edit.time, now_ms);
                records
                    .entry(edit.record.clone())
                    .or_insert_with(|| RecordState::new(edit.commune.clone()))
                    .apply(edit);
                changed.insert(edit.record.clone());
            }
            replica.cursors.insert(page.commune.clone(), page.cursor);
            more |= page.more;
        }
        if replica.follow != response.follow {
            more = true;
            replica.follow.clone_from(&response.follow);
        }
        // A smaller number than before means the server was restored from a backup: what it has
        // forgotten is in the log and goes out again.
        replica.held = response.held.min(replica.last_seq);
        records.retain(|key, _| changed.contains(key));
        AnswerPlan {
            again: more || replica.waiting() > 0,
            rejected: response.rejected.clone(),
            renewed: None,
            records,
            replica,
        }
    }

    /// Plans going on under a new identity after [`Identity::Renew`]: edits after `common` are written
    /// anew as `fresh`'s, and every mention of the old ones with them.
    pub fn plan_renewal(
        &self,
        common: u32,
        fresh: DeviceId,
        unheld: Vec<Edit>,
        mut records: BTreeMap<RecordKey, RecordState>,
    ) -> AnswerPlan {
        let renamed = |id: EditId| {
            if id.device == self.device && id.seq > common {
                EditId {
                    device: fresh,
                    seq: id.seq - common,
                }
            } else {
                id
            }
        };
        let edits: Vec<Edit> = unheld
            .into_iter()
            .filter(|edit| edit.id.seq > common)
            .map(|mut edit| {
                edit.id = renamed(edit.id);
                for change in &mut edit.changes {
                    for base in &mut change.bases {
                        *base = renamed(*base);
                    }
                }
                edit
            })
            .collect();
        for state in records.values_mut() {
            for register in state.fields.values_mut() {
                register.rename(renamed);
            }
        }
        let mut replica = self.clone();
        replica.device = fresh;
        replica.held = 0;
        replica.last_seq = u32::try_from(edits.len()).unwrap_or(u32::MAX);
        // The old identity is now another installation's; what it writes after `common` is news.
        for commune in &self.follow {
            let seen = replica.seen.entry(commune.clone()).or_default();
            seen.insert(self.device, common);
            replica.cursors.remove(commune);
        }
        AnswerPlan {
            replica,
            records,
            rejected: Vec::new(),
            renewed: Some(edits),
            again: true,
        }
    }
}

/// Whether an answer asks for a new identity, and from which number on.
pub fn renewal(response: &Response) -> Option<u32> {
    match response.identity {
        Identity::Keep => None,
        Identity::Renew { common } => Some(common),
    }
}
