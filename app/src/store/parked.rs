//! What was being typed in the moment the page was left.
//!
//! A page that goes takes its unfinished transactions with it, so drafts of the last half second would be
//! lost to whoever reloads or switches away quickly. `localStorage` is written before the page may go; what
//! is parked there stays until IndexedDB has it.

use super::drafts::Draft;
use crate::platform;
use std::collections::BTreeMap;

fn storage_key(account: &str) -> String {
    format!("so-thi-dua.parked.{account}")
}

/// Drafts that no transaction has taken yet, by key.
pub(super) fn parked(account: &str) -> BTreeMap<String, Draft> {
    platform::local_get(&storage_key(account))
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

/// Adds to what another page of this account may have parked.
pub(super) fn park(account: &str, drafts: &BTreeMap<String, Draft>) {
    if !drafts.is_empty() {
        let mut all = parked(account);
        all.extend(
            drafts
                .iter()
                .map(|(key, draft)| (key.clone(), draft.clone())),
        );
        store(account, &all);
    }
}

/// Forgets one that IndexedDB holds, in this form or a newer one.
pub(super) fn unpark(account: &str, key: &str) {
    let mut all = parked(account);
    if all.remove(key).is_some() {
        store(account, &all);
    }
}

fn store(account: &str, drafts: &BTreeMap<String, Draft>) {
    let json = (!drafts.is_empty()).then(|| serde_json::to_string(drafts).expect("plain data"));
    platform::local_set(&storage_key(account), json.as_deref());
}
