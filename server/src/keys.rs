//! The server's own keys: made at its first start, kept in its database, and so in its backups.

use crate::accounts::{courier_key, secret_bytes};
use crate::store::{Database, StoreResult, StoredAccount};
use thidua_domain::courier::Opener;
use thidua_domain::trust::{CourierKey, ServerSigner, Trust};

/// What only this server has.
pub struct ServerKeys {
    /// Signs receipts.
    pub signer: ServerSigner,
    /// Opens bundles.
    pub opener: Opener,
    courier: [u8; 32],
}

impl ServerKeys {
    /// Those of this database, made now if it has none.
    pub async fn of<D: Database>(database: &D) -> StoreResult<Self> {
        Ok(Self {
            signer: ServerSigner::new(&secret_bytes(database, "sign").await?),
            opener: Opener::new(&secret_bytes(database, "seal").await?),
            courier: secret_bytes(database, "courier").await?,
        })
    }

    /// What a tablet of this account knows the server by from its sign-in on.
    pub fn trust(&self, account: &StoredAccount) -> Trust {
        Trust {
            sign: self.signer.public(),
            seal: self.opener.public(),
            courier: self.courier(account),
        }
    }

    /// What this account shares with the server.
    pub fn courier(&self, account: &StoredAccount) -> CourierKey {
        courier_key(&self.courier, account)
    }
}
