//! What was being typed in the moment the page was left.
//!
//! A page that goes takes its unfinished transactions with it, so drafts of the last half second would be
//! lost to whoever reloads or switches away quickly. `localStorage` is written before the page may go; what
//! is parked there, sealed, stays until IndexedDB has it.

use super::cipher::Cipher;
use super::drafts::Draft;
use crate::platform;
use base64ct::{Base64, Encoding as _};
use std::collections::BTreeMap;

/// What stands for a key where there is only one row.
const ALL: &str = "all";

/// Where one account's drafts are parked.
pub(super) struct Parking {
    name: String,
    cipher: Cipher,
}

impl Parking {
    pub(super) fn new(account: &str, cipher: Cipher) -> Self {
        let name = format!("so-thi-dua.parked.{account}");
        Self { name, cipher }
    }

    /// Drafts that no transaction has taken yet, by key.
    pub(super) fn parked(&self) -> BTreeMap<String, Draft> {
        self.read().unwrap_or_default()
    }

    fn read(&self) -> Option<BTreeMap<String, Draft>> {
        let row = Base64::decode_vec(&platform::local_get(&self.name)?).ok()?;
        let json = self.cipher.open((&self.name, ALL), &row).ok()?;
        serde_json::from_str(&json).ok()
    }

    /// Adds to what another page of this account may have parked.
    pub(super) fn park(&self, drafts: &BTreeMap<String, Draft>) {
        if !drafts.is_empty() {
            let mut all = self.parked();
            let drafts = drafts.iter();
            all.extend(drafts.map(|(key, draft)| (key.clone(), draft.clone())));
            self.store(&all);
        }
    }

    /// Forgets one that IndexedDB holds, in this form or a newer one.
    pub(super) fn unpark(&self, key: &str) {
        let mut all = self.parked();
        if all.remove(key).is_some() {
            self.store(&all);
        }
    }

    fn store(&self, drafts: &BTreeMap<String, Draft>) {
        let row = (!drafts.is_empty()).then(|| {
            let json = serde_json::to_string(drafts).expect("plain data");
            Base64::encode_string(&self.cipher.seal((&self.name, ALL), &json))
        });
        platform::local_set(&self.name, row.as_deref());
    }
}
