//! Bundles that this officer carries for others, until the server has them and its receipts have been brought
//! back.
//!
//! A database of its own beside the account's: what belongs to others is no part of the register. The rows are
//! sealed like all others, and what is in them is sealed to the server besides.

use super::StoreError;
use super::cipher::Cipher;
use super::rows::Rows;
use base64ct::{Base64, Encoding as _};
use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use leptos::prelude::*;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::rc::Rc;

const SCHEMA: u8 = 1;
const PARCEL: &str = "parcel";
/// Most bundles carried at a time: with the largest there are, twenty megabytes.
pub const MAX_PARCELS: usize = 20;

/// A bundle on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// What it is told from others by.
    pub id: String,
    /// Whose it is.
    pub account: String,
    /// How many edits are in it, as its maker says.
    pub edits: u32,
    /// When it was made, by its maker's clock.
    pub made_ms: u64,
    /// The bundle.
    pub bundle: Bytes,
    /// How far it has come.
    pub state: ParcelState,
}

/// How far a bundle has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParcelState {
    /// It waits for a connection.
    Waiting,
    /// The server has it; this is its reply, to be brought back.
    Delivered(Bytes),
    /// The server did not take it, and said why.
    Refused(String),
}

/// Bytes that are kept as text.
#[derive(Clone, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bytes({})", self.0.len())
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Base64::encode_string(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = Base64::decode_vec(&text).map_err(serde::de::Error::custom)?;
        Ok(Self(bytes))
    }
}

/// What one account carries on this tablet. Cheap to clone.
#[derive(Clone)]
pub struct Luggage(Rc<Inner>);

struct Inner {
    database: Database,
    cipher: Cipher,
    parcels: RwSignal<Vec<Parcel>>,
}

impl Luggage {
    /// Opens what an account carries.
    pub async fn open(account: &str, cipher: Cipher) -> Result<Self, StoreError> {
        let database = Database::open(format!("so-thi-dua.{account}.luggage"))
            .with_version(SCHEMA)
            .with_on_upgrade_needed(|event, database| {
                if event.old_version() < 1.0 {
                    database.create_object_store(PARCEL).build()?;
                }
                Ok(())
            })
            .await?;
        let tx = database.transaction([PARCEL]).build()?;
        let kept: Vec<(String, Parcel)> = Rows::of(&tx, PARCEL, &cipher)?.all().await?;
        drop(tx);
        let parcels = kept.into_iter().map(|(_, parcel)| parcel).collect();
        Ok(Self(Rc::new(Inner {
            database,
            cipher,
            parcels: RwSignal::new(parcels),
        })))
    }

    /// All of them; reading it in a view subscribes to it.
    pub fn parcels(&self) -> RwSignal<Vec<Parcel>> {
        self.0.parcels
    }

    /// Keeps a bundle, or what has become of it.
    pub async fn keep(&self, parcel: Parcel) -> Result<(), StoreError> {
        let tx = self.write()?;
        let rows = Rows::of(&tx, PARCEL, &self.0.cipher)?;
        rows.put(&parcel.id, &parcel).await?;
        tx.commit().await?;
        self.0.parcels.update(|parcels| {
            parcels.retain(|known| known.id != parcel.id);
            parcels.push(parcel);
        });
        Ok(())
    }

    /// Forgets one.
    pub async fn remove(&self, id: &str) -> Result<(), StoreError> {
        let tx = self.write()?;
        let rows = Rows::of(&tx, PARCEL, &self.0.cipher)?;
        rows.store.delete(id.to_owned()).primitive()?.await?;
        tx.commit().await?;
        self.0
            .parcels
            .update(|parcels| parcels.retain(|known| known.id != id));
        Ok(())
    }

    fn write(&self) -> Result<Transaction<'_>, StoreError> {
        let strict = TransactionOptions::new().with_durability(TransactionDurability::Strict);
        Ok(self
            .0
            .database
            .transaction([PARCEL])
            .with_mode(TransactionMode::Readwrite)
            .with_options(strict)
            .build()?)
    }
}
