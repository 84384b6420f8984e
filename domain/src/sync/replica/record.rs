//! A record as a replica stores it: as shown, and as the server has it.

use crate::area::AreaCode;
use crate::sync::edit::EditId;
use crate::sync::state::RecordState;
use serde::{Deserialize, Serialize};

/// A record as a replica stores it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalRecord {
    /// With everything entered here: what the screens show.
    #[serde(flatten)]
    pub shown: RecordState,
    /// Without the edits of which the server has not yet said what became of them; absent where there
    /// are none. From it the record is made anew when an edit was not taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<RecordState>,
    /// The last edit merged here of each other device. A record stands in one feed for good, and a device's
    /// edits in the order in which it made them: what is told again is known by its number, whatever part of
    /// the feed the tablet is shown and however often it reads it from the start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<EditId>,
}

impl LocalRecord {
    /// A record that is nowhere yet.
    pub fn new(commune: AreaCode) -> Self {
        Self {
            shown: RecordState::new(commune),
            confirmed: None,
            seen: Vec::new(),
        }
    }

    /// The record after an edit was made here.
    #[must_use]
    pub fn edited(self, shown: RecordState) -> Self {
        Self {
            confirmed: self.confirmed.or(Some(self.shown)),
            shown,
            seen: self.seen,
        }
    }

    /// What is certain of it.
    pub(super) fn into_certain(self) -> Self {
        Self {
            shown: self.confirmed.unwrap_or(self.shown),
            confirmed: None,
            seen: self.seen,
        }
    }

    /// Whether an edit of another device has been merged here.
    pub(super) fn has_seen(&self, id: EditId) -> bool {
        let own = self.seen.iter().find(|last| last.device == id.device);
        own.is_some_and(|last| id.seq <= last.seq)
    }

    /// Whether an edit of another device has not been merged here, and notes that it is now.
    pub(super) fn is_news(&mut self, id: EditId) -> bool {
        match self.seen.iter_mut().find(|last| last.device == id.device) {
            Some(last) if id.seq <= last.seq => false,
            Some(last) => {
                last.seq = id.seq;
                true
            }
            None => {
                self.seen.push(id);
                true
            }
        }
    }
}
