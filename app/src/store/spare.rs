//! A second copy of what no server holds yet, and of what opens it, outside of IndexedDB.
//!
//! Chromium goes on writing behind the torn end that a killed browser leaves in the log of its IndexedDB, finds
//! that log damaged the next time but one, and throws all databases of the site away. That is rare, and it
//! would take a day's work with it. So each save is kept once more in the browser's Cache Storage, sealed as
//! in the database, until the server has said what became of it.

use super::cipher::Cipher;
use crate::platform::cache::Shelf;
use std::collections::BTreeMap;
use thidua_domain::sync::edit::{DeviceId, Edit, EditId};
use thidua_domain::sync::replica::Replica;
use wasm_bindgen::JsValue;

/// The file with what opens the register.
const KEY: &str = "key";
/// What the edits' files are sealed for, beside their names.
const EDITS: &str = "spare";

/// The spare copies of one account. Cheap to clone.
#[derive(Clone)]
pub(super) struct Spare(Option<Shelf>);

/// Edits of one identity that were saved together, as the name of their file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    device: DeviceId,
    first: u32,
    last: u32,
}

impl Stretch {
    fn of(edits: &[Edit]) -> Option<Self> {
        let (first, last) = (edits.first()?.id, edits.last()?.id);
        Some(Self {
            device: first.device,
            first: first.seq,
            last: last.seq,
        })
    }

    fn name(self) -> String {
        format!("{:x}.{}.{}", self.device.0, self.first, self.last)
    }

    fn parse(name: &str) -> Option<Self> {
        let mut parts = name.split('.');
        let device = u64::from_str_radix(parts.next()?, 16).ok()?;
        let (first, last) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self {
            device: DeviceId(device),
            first,
            last,
        })
    }
}

impl Spare {
    /// The shelf of an account. A browser without one has no second copy, and everything else goes on.
    pub(super) async fn open(account: &str) -> Self {
        Self(Shelf::open(&format!("thidua-spare.{account}")).await.ok())
    }

    /// Keeps what opens the register.
    pub(super) async fn keep_key(&self, wrapped: &str) -> Result<(), JsValue> {
        match &self.0 {
            Some(shelf) => shelf.put(KEY, wrapped.as_bytes()).await,
            None => Ok(()),
        }
    }

    /// What opens the register, if it was kept.
    pub(super) async fn key(&self) -> Option<String> {
        let bytes = self.0.as_ref()?.get(KEY).await.ok()??;
        String::from_utf8(bytes).ok()
    }

    /// Keeps edits that were saved together. When this returns, they outlive the loss of the database.
    pub(super) async fn keep(&self, cipher: &Cipher, edits: &[Edit]) -> Result<(), JsValue> {
        let Some(shelf) = &self.0 else { return Ok(()) };
        for edits in edits.chunk_by(|one, next| one.id.device == next.id.device) {
            let Some(stretch) = Stretch::of(edits) else {
                continue;
            };
            let name = stretch.name();
            let json = serde_json::to_string(edits).expect("edits are plain data");
            shelf
                .put(&name, &cipher.seal((EDITS, &name), &json))
                .await?;
        }
        Ok(())
    }

    /// Kept edits that are neither in this replica's log nor with the server.
    pub(super) async fn missing(&self, cipher: &Cipher, replica: &Replica) -> Vec<Edit> {
        let Some(shelf) = &self.0 else {
            return Vec::new();
        };
        let mut missing = BTreeMap::new();
        for name in shelf.names().await.unwrap_or_default() {
            let Some(stretch) = Stretch::parse(&name) else {
                continue;
            };
            let last = EditId {
                device: stretch.device,
                seq: stretch.last,
            };
            if replica.has(last) {
                continue;
            }
            let read = shelf.get(&name).await.ok().flatten().and_then(|sealed| {
                let json = cipher.open((EDITS, &name), &sealed).ok()?;
                serde_json::from_str::<Vec<Edit>>(&json).ok()
            });
            let edits = read.into_iter().flatten();
            missing.extend(edits.map(|edit| (edit.id, edit)));
        }
        missing.into_values().collect()
    }

    /// Throws away what the server holds by now.
    pub(super) async fn release(&self, replica: &Replica) -> Result<(), JsValue> {
        let Some(shelf) = &self.0 else { return Ok(()) };
        for name in shelf.names().await? {
            let kept = Stretch::parse(&name);
            if kept.is_some_and(|kept| replica.is_held(kept.device, kept.last)) {
                shelf.remove(&name).await?;
            }
        }
        Ok(())
    }
}
