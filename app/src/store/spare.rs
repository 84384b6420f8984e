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

/// Edits of one identity without a gap between their numbers, as the name of their file says.
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

    fn covers(self, id: EditId) -> bool {
        id.device == self.device && (self.first..=self.last).contains(&id.seq)
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

fn stretches(edits: &[Edit]) -> impl Iterator<Item = &[Edit]> {
    edits.chunk_by(|one, next| {
        one.id.device == next.id.device && one.id.seq.checked_add(1) == Some(next.id.seq)
    })
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
        for edits in stretches(edits) {
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

    /// Keeps those of the edits that wait which are not kept yet: the browser may have been killed between a
    /// commit and its second copy.
    pub(super) async fn complete(&self, cipher: &Cipher, waiting: &[Edit]) -> Result<(), JsValue> {
        let kept = self.stretches().await?;
        let lacks = |edit: &&Edit| !kept.iter().any(|(_, kept)| kept.covers(edit.id));
        let lacking: Vec<Edit> = waiting.iter().filter(lacks).cloned().collect();
        self.keep(cipher, &lacking).await
    }

    /// Keeps the edits that wait, and nothing else any more: some have other names since they were taken back.
    pub(super) async fn replace(&self, cipher: &Cipher, waiting: &[Edit]) -> Result<(), JsValue> {
        let Some(shelf) = &self.0 else { return Ok(()) };
        let before = self.stretches().await?;
        self.keep(cipher, waiting).await?;
        let now: Vec<Stretch> = stretches(waiting).filter_map(Stretch::of).collect();
        for (name, stretch) in before {
            if !now.contains(&stretch) {
                shelf.remove(&name).await?;
            }
        }
        Ok(())
    }

    /// What is kept, by the names of the files.
    async fn stretches(&self) -> Result<Vec<(String, Stretch)>, JsValue> {
        let Some(shelf) = &self.0 else {
            return Ok(Vec::new());
        };
        let names = shelf.names().await?.into_iter();
        Ok(names
            .filter_map(|name| {
                let stretch = Stretch::parse(&name)?;
                Some((name, stretch))
            })
            .collect())
    }

    /// Kept edits that are neither in this replica's log nor with the server.
    pub(super) async fn missing(&self, cipher: &Cipher, replica: &Replica) -> Vec<Edit> {
        let Some(shelf) = &self.0 else {
            return Vec::new();
        };
        let mut missing = BTreeMap::new();
        for (name, stretch) in self.stretches().await.unwrap_or_default() {
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
        for (name, kept) in self.stretches().await? {
            if replica.is_held(kept.device, kept.last) {
                shelf.remove(&name).await?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_domain::area::AreaCode;
    use thidua_domain::record::RecordKey;
    use thidua_domain::sync::clock::Hlc;
    use wasm_bindgen_test::wasm_bindgen_test;

    const ACCOUNT: &str = "can-bo";

    fn edit(device: u64, seq: u32) -> Edit {
        Edit {
            id: EditId {
                device: DeviceId(device),
                seq,
            },
            time: Hlc(u64::from(seq)),
            author: ACCOUNT.to_owned(),
            commune: AreaCode::parse("03751").unwrap(),
            record: RecordKey::parse("family/00000000000000000000000000000007").unwrap(),
            changes: Vec::new(),
        }
    }

    fn replica(device: u64, last_seq: u32, held: u32) -> Replica {
        Replica {
            last_seq,
            held,
            ..Replica::new(DeviceId(device), ACCOUNT.to_owned(), Vec::new())
        }
    }

    async fn names(spare: &Spare) -> Vec<String> {
        let stretches = spare.stretches().await.unwrap();
        let mut names: Vec<String> = stretches.into_iter().map(|(name, _)| name).collect();
        names.sort();
        names
    }

    #[wasm_bindgen_test]
    async fn what_waits_is_kept_until_it_is_held() {
        let spare = Spare::open("spare-kept").await;
        let cipher = Cipher::new([7; 32]);
        spare
            .keep(&cipher, &[edit(10, 1), edit(10, 2)])
            .await
            .unwrap();
        // Killed between the commit and its copy: 3 was saved and is not here.
        spare.keep(&cipher, &[edit(10, 4)]).await.unwrap();
        assert_eq!(names(&spare).await, ["a.1.2", "a.4.4"]);
        let waiting: Vec<Edit> = (1..=4).map(|seq| edit(10, seq)).collect();
        spare.complete(&cipher, &waiting).await.unwrap();
        assert_eq!(names(&spare).await, ["a.1.2", "a.3.3", "a.4.4"]);

        // The log has them all: nothing is missing. A new one has none of them.
        assert_eq!(spare.missing(&cipher, &replica(10, 4, 0)).await, []);
        let again = Spare::open("spare-kept").await;
        assert_eq!(again.missing(&cipher, &replica(11, 0, 0)).await, waiting);
        // Another key opens none of it.
        let other = Cipher::new([8; 32]);
        assert_eq!(again.missing(&other, &replica(11, 0, 0)).await, []);

        spare.release(&replica(10, 4, 3)).await.unwrap();
        assert_eq!(names(&spare).await, ["a.4.4"]);
        spare
            .replace(&cipher, &[edit(11, 1), edit(11, 2)])
            .await
            .unwrap();
        assert_eq!(names(&spare).await, ["b.1.2"]);
    }

    #[wasm_bindgen_test]
    async fn accounts_have_shelves_of_their_own() {
        let (one, other) = (Spare::open("spare-a").await, Spare::open("spare-b").await);
        assert_eq!(one.key().await, None);
        one.keep_key("của một người").await.unwrap();
        assert_eq!(one.key().await.as_deref(), Some("của một người"));
        assert_eq!(other.key().await, None);
    }
}
