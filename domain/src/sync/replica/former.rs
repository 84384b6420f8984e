//! Identities that a replica had before.

use super::Regained;
use serde::{Deserialize, Serialize};

/// An identity a replica had before. Its edits stay in the log: a server that was restored from a
/// backup may ask for them again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// The last number that was this replica's own; what comes after it is another installation's.
    pub last: u32,
    /// The server holds the edits up to this number.
    pub held: u32,
    /// If the store that the edits were made in was lost, which of them are here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regained: Option<Regained>,
}

impl Former {
    /// An identity given up when everything up to `last` was held.
    pub(super) fn given_up(last: u32) -> Self {
        Self {
            last,
            held: last,
            regained: None,
        }
    }

    /// Whether there is something to send. A server that was restored from a backup may lack edits that
    /// went with a lost store, and takes nothing behind them under this name.
    pub(in crate::sync) fn has_more(&self) -> bool {
        let first = self.regained.map_or(0, |regained| regained.after);
        (first..self.last).contains(&self.held)
    }

    /// Whether an edit of this number is merged here without a feed.
    pub(super) fn knows(&self, seq: u32) -> bool {
        let first = self.regained.map_or(0, |regained| regained.after);
        (first + 1..=self.last).contains(&seq)
    }
}
