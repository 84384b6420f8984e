//! One account's syncs take turns: who asks how much of a body that was cut has arrived is answered when
//! what did arrive has been stored, and not while the server is still at it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

/// Whose turn it is, by account: there are never more than there are accounts.
#[derive(Default)]
pub(super) struct Turns(Mutex<HashMap<String, Arc<Turn<()>>>>);

impl Turns {
    /// Waits for the account's turn; it lasts until the guard is dropped. Nobody waits for the network
    /// while it is their turn.
    pub(super) async fn wait(&self, account: &str) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(turns.entry(account.to_owned()).or_default())
        };
        turn.lock_owned().await
    }
}
