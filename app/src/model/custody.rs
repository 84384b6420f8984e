//! What is told of a tablet that is handed over.

use crate::session;
use crate::store::unsent_of;
use thidua_domain::sync::replica::Replica;

/// What the server has signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// The tablet's identity.
    pub device: String,
    /// How many edits are signed for, under all identities it had.
    pub edits: u32,
    /// When the last receipt was written, by the server's clock.
    pub at_ms: u64,
    /// What the last receipt is told from others by.
    pub code: String,
}

/// The confirmation, if there are receipts.
pub fn confirmation(replica: &Replica) -> Option<Confirmation> {
    let last = replica
        .receipts
        .values()
        .max_by_key(|receipt| receipt.at_ms)?;
    Some(Confirmation {
        device: replica.device.to_string(),
        edits: replica.receipts.values().map(|receipt| receipt.held).sum(),
        at_ms: last.at_ms,
        code: last.code(),
    })
}

/// Another officer's register on this tablet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// What the officer is called.
    pub name: String,
    /// Edits that no server was known to hold when it was open last.
    pub unsent: u32,
}

/// Registers on this tablet other than this account's, as far as is known without their keys.
pub fn neighbours(account: &str) -> Vec<Neighbour> {
    session::locked_here()
        .into_iter()
        .filter(|session| session.account != account)
        .filter_map(|session| {
            Some(Neighbour {
                unsent: unsent_of(&session.account)?,
                name: session.display_name,
            })
        })
        .collect()
}
