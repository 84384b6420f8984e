//! The tablet's side, planned purely: the shell loads what a plan asks for, and executes what it
//! returns in the same transaction.
//!
//! - [`send`]: what waits, and the requests that carry it.
//! - [`answer`]: what the server's answer does; [`merge`]: records meanwhile.
//! - [`former`], [`record`]: identities it had, and records as they are stored.
//! - [`regain`]: edits that outlived the store they were made in.

mod answer;
mod former;
mod merge;
mod record;
mod regain;
mod send;

use super::clock::Hlc;
use super::edit::{DeviceId, Edit, EditId, FieldChange};
use super::state::RecordState;
use super::wire::Cursor;
use crate::area::AreaCode;
use crate::receipt::Receipt;
use crate::record::RecordKey;
use crate::trust::Trust;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use answer::{AnswerPlan, Asked, Wanted};
pub use former::Former;
pub use record::LocalRecord;
pub use regain::{RegainPlan, Regained};
pub(super) use send::message_ends;
pub use send::{BODY_EDITS, MESSAGE_EDITS};

/// What a replica knows about itself. One for each account on a tablet, so that a second officer's
/// work has an identity and an outbox of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replica {
    /// Its identity.
    pub device: DeviceId,
    /// Identities it had before, which another installation has too or took over.
    pub former: BTreeMap<DeviceId, Former>,
    /// The account that writes here.
    pub account: String,
    /// The last number given to an edit.
    pub last_seq: u32,
    /// The server holds the edits up to this number; those after it are the outbox. Goes back when the
    /// server was restored from a backup.
    pub held: u32,
    /// The server has once said of the edits up to this number what became of them. Never goes back.
    pub confirmed: u32,
    /// Last reading of the clock.
    pub clock: Hlc,
    /// How far each commune's feed has been read.
    pub cursors: BTreeMap<AreaCode, Cursor>,
    /// Highest number seen of each other device in each feed, as programs noted it that only ever read feeds
    /// from end to end. Never written any more; see [`LocalRecord::seen`].
    pub seen: BTreeMap<AreaCode, BTreeMap<DeviceId, u32>>,
    /// Communes to follow.
    pub follow: Vec<AreaCode>,
    /// The account that writes on each other device, as far as the feeds have told: a conflict says
    /// who wrote the other value.
    #[serde(default)]
    pub authors: BTreeMap<DeviceId, String>,
    /// What it was given at sign-in to know its server by.
    #[serde(default)]
    pub trust: Option<Trust>,
    /// What the server has signed for: the furthest genuine receipt of each identity.
    #[serde(default)]
    pub receipts: BTreeMap<DeviceId, Receipt>,
}

/// What a local edit does.
#[derive(Clone, Debug)]
pub struct EditPlan {
    /// The replica afterwards.
    pub replica: Replica,
    /// The edit, for the outbox.
    pub edit: Edit,
    /// The record as shown afterwards.
    pub state: RecordState,
}

impl Replica {
    /// A new replica. `device` comes from the shell's source of randomness.
    pub fn new(device: DeviceId, account: String, follow: Vec<AreaCode>) -> Self {
        Self {
            device,
            former: BTreeMap::new(),
            account,
            last_seq: 0,
            held: 0,
            confirmed: 0,
            clock: Hlc::default(),
            cursors: BTreeMap::new(),
            seen: BTreeMap::new(),
            follow,
            authors: BTreeMap::new(),
            trust: None,
            receipts: BTreeMap::new(),
        }
    }

    /// Whether edits of a device were made on this tablet, under its present identity or a former one.
    pub fn is_own(&self, device: DeviceId) -> bool {
        device == self.device || self.former.contains_key(&device)
    }

    /// How many edits wait to be sent.
    pub fn waiting(&self) -> u32 {
        let former: u32 = self.former.values().map(|own| own.last - own.held).sum();
        self.last_seq - self.held + former
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
}
