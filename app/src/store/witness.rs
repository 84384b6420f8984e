//! What the tablet remembers of its store outside of it, so that a store the browser lost is noticed.
//!
//! A browser may drop a site's databases: when the disk is full, when it finds one that it cannot read
//! after a power cut, when somebody clears what sites have kept. Without a word of it the officer would see
//! an empty register fill up again from the server and not know that the last day's work is missing.

use crate::platform;
use serde::{Deserialize, Serialize};
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::replica::Replica;

/// The store as it was after its last commit, kept in `localStorage`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Witness {
    device: DeviceId,
    last_seq: u32,
    held: u32,
}

/// What a browser lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// Edits that no server held: at least so many are gone. What the server holds comes back by itself.
    pub unsent: u32,
    /// Edits that no server held and that were taken back from their spare copies.
    #[serde(default)]
    pub regained: u32,
    /// When it was noticed, in milliseconds since 1970.
    pub noticed_ms: u64,
}

impl Witness {
    fn of(replica: &Replica) -> Self {
        Self {
            device: replica.device,
            last_seq: replica.last_seq,
            held: replica.held,
        }
    }

    /// How many unsent edits this store should have and does not; `None` if nothing is amiss. `created`
    /// says that there was no store before now.
    fn misses(&self, replica: &Replica, created: bool) -> Option<u32> {
        if created {
            return Some(self.last_seq.saturating_sub(self.held));
        }
        // The same store, as it was some time ago. (A store that took on another identity wrote so here,
        // or was killed before it could; it lost nothing.)
        let went_back = replica.device == self.device && replica.last_seq < self.last_seq;
        went_back.then(|| self.last_seq - replica.last_seq.max(self.held).min(self.last_seq))
    }
}

fn witness_key(account: &str) -> String {
    format!("so-thi-dua.witness.{account}")
}

fn loss_key(account: &str) -> String {
    format!("so-thi-dua.loss.{account}")
}

fn kept<T: for<'de> Deserialize<'de>>(key: &str) -> Option<T> {
    serde_json::from_str(&platform::local_get(key)?).ok()
}

fn keep<T: Serialize>(key: &str, value: &T) {
    let json = serde_json::to_string(value).expect("plain data");
    platform::local_set(key, Some(&json));
}

/// Notes what was just committed.
pub(super) fn note(replica: &Replica) {
    keep(&witness_key(&replica.account), &Witness::of(replica));
}

/// How many edits of an account's store no server was known to hold after its last commit; `None` if there
/// never was one here.
pub fn unsent_of(account: &str) -> Option<u32> {
    let witness: Witness = kept(&witness_key(account))?;
    Some(witness.last_seq.saturating_sub(witness.held))
}

/// Compares a store that was just opened with what it was, and keeps what is found until it is
/// acknowledged. `regained` of the missing edits were found elsewhere. Several losses add up.
pub(super) fn examine(replica: &Replica, created: bool, regained: usize) -> Option<Loss> {
    let regained = u32::try_from(regained).unwrap_or(u32::MAX);
    let known: Option<Loss> = kept(&loss_key(&replica.account));
    let witness: Option<Witness> = kept(&witness_key(&replica.account));
    let missing = witness.and_then(|witness| witness.misses(replica, created));
    match missing {
        None => known,
        Some(missing) => {
            let missing = missing.saturating_sub(regained);
            let loss = Loss {
                unsent: missing.saturating_add(known.map_or(0, |loss| loss.unsent)),
                regained: regained.saturating_add(known.map_or(0, |loss| loss.regained)),
                noticed_ms: platform::now_ms(),
            };
            keep(&loss_key(&replica.account), &loss);
            Some(loss)
        }
    }
}

/// Somebody has read it.
pub(super) fn acknowledge(account: &str) {
    platform::local_set(&loss_key(account), None);
}
