//! Photos of the account that is signed in: those taken on this tablet, with their bytes, and how far each
//! has come on its way to the server.
//!
//! What is known of a photo is a record like any other, and travels by sync. The bytes are only on the
//! tablet that took it until they have been sent; nothing but its owner takes them away before that.

use super::database::PhotoWrite;
use super::{Change, Store, StoreError};
use crate::platform;
use crate::platform::picture::Picture;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thidua_domain::area::AreaCode;
use thidua_domain::photo::upload::Refusal;
use thidua_domain::photo::{self, NewPhoto, Photo};
use thidua_domain::record::RecordKey;

/// What tabs tell each other when only photos have come further.
pub(super) const PHOTOS_CHANGED: &str = "photos";

/// How far a photo of this tablet has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The server does not have it, or not all of it.
    Waiting,
    /// The server has it.
    Sent,
    /// The server will not take it, unless somebody has it tried again.
    Refused(Refusal),
    /// Its owner took it out; whether the server has it. The bytes stay until the app is next opened, so
    /// that it can be put back.
    TakenOut {
        /// Whether the server has it.
        sent: bool,
    },
}

/// A photo of this tablet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoRow {
    /// How far it has come.
    pub stage: Stage,
    /// When it was added, in milliseconds since 1970.
    pub added_ms: u64,
    /// How many bytes it has.
    pub bytes: u32,
    /// Whether the bytes are here: those that were sent may have been let go to make room.
    pub here: bool,
}

impl Store {
    /// All photos of this tablet by their records. Reading them in a view subscribes to them.
    pub fn photos(&self) -> RwSignal<BTreeMap<RecordKey, PhotoRow>> {
        self.0.photos
    }

    /// Adds a photo: its bytes and the edit about it, in one transaction with strict durability.
    pub async fn add_photo(
        &self,
        commune: &AreaCode,
        new: &NewPhoto,
        picture: Picture,
    ) -> Result<(), StoreError> {
        let key = new.key();
        // Chosen once more, a photo that was sent is sent still.
        let known = self.photo_row(&key);
        let sent = matches!(
            known.map(|row| row.stage),
            Some(Stage::Sent | Stage::TakenOut { sent: true })
        );
        let write = PhotoWrite {
            key: key.clone(),
            row: PhotoRow {
                stage: if sent { Stage::Sent } else { Stage::Waiting },
                added_ms: platform::now_ms(),
                bytes: new.bytes,
                here: true,
            },
            files: Some((picture.bytes, picture.thumb)),
        };
        let change = Change {
            record: key,
            values: new.fields(),
        };
        self.save_with(commune, vec![change], vec![write]).await
    }

    /// Takes a photo out of the register. If it is of this tablet and was not sent, it will not be.
    pub async fn take_out_photo(
        &self,
        photo: &Photo,
        commune: &AreaCode,
    ) -> Result<(), StoreError> {
        let stage = |stage| Stage::TakenOut {
            sent: stage == Stage::Sent,
        };
        self.set_photo(photo, commune, photo::taken_out(), stage)
            .await
    }

    /// Puts a photo back that was taken out a moment ago.
    pub async fn put_back_photo(
        &self,
        photo: &Photo,
        commune: &AreaCode,
    ) -> Result<(), StoreError> {
        let stage = |stage| match stage {
            Stage::TakenOut { sent: true } => Stage::Sent,
            Stage::TakenOut { sent: false } => Stage::Waiting,
            other => other,
        };
        self.set_photo(photo, commune, photo::put_back(), stage)
            .await
    }

    async fn set_photo(
        &self,
        photo: &Photo,
        commune: &AreaCode,
        value: (&str, thidua_domain::record::Value),
        stage: impl Fn(Stage) -> Stage,
    ) -> Result<(), StoreError> {
        let own = self.photo_row(&photo.key).map(|row| PhotoWrite {
            key: photo.key.clone(),
            row: PhotoRow {
                stage: stage(row.stage),
                ..row
            },
            files: None,
        });
        let change = Change::new(photo.key.clone(), [value]);
        let own = own.into_iter().collect();
        self.save_with(commune, vec![change], own).await
    }

    /// Notes how far photos have come.
    pub async fn note_photos(&self, stages: Vec<(RecordKey, Stage)>) -> Result<(), StoreError> {
        let writes: Vec<PhotoWrite> = stages
            .into_iter()
            .filter_map(|(key, stage)| {
                let row = self.photo_row(&key)?;
                // Its owner has taken it out meanwhile: that stays, and whether it was sent is noted.
                let stage = match (row.stage, stage) {
                    (Stage::TakenOut { .. }, Stage::Sent) => Stage::TakenOut { sent: true },
                    (Stage::TakenOut { .. }, _) => row.stage,
                    _ => stage,
                };
                let row = PhotoRow { stage, ..row };
                Some(PhotoWrite {
                    key,
                    row,
                    files: None,
                })
            })
            .collect();
        self.0.database.note_photos(&writes).await?;
        self.took(writes);
        self.tell(PHOTOS_CHANGED);
        Ok(())
    }

    /// Lets go of the bytes of all photos that were sent: the server has them.
    pub async fn drop_sent_photos(&self) -> Result<(), StoreError> {
        let sent = self.0.photos.with_untracked(|photos| {
            let sent = photos
                .iter()
                .filter(|(_, row)| row.stage == Stage::Sent && row.here);
            sent.map(|(key, row)| (key.clone(), *row))
                .collect::<Vec<_>>()
        });
        let keys: Vec<_> = sent.iter().map(|(key, _)| key.clone()).collect();
        self.0.database.drop_photos(&keys, false).await?;
        let writes = sent.into_iter().map(|(key, row)| PhotoWrite {
            key,
            row: PhotoRow { here: false, ..row },
            files: None,
        });
        let writes: Vec<_> = writes.collect();
        self.0.database.note_photos(&writes).await?;
        self.took(writes);
        Ok(())
    }

    /// The bytes of a photo, if they are on this tablet.
    pub async fn photo_bytes(&self, key: &RecordKey) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.database.photo(key).await
    }

    /// The small picture of a photo, if it is on this tablet.
    pub async fn photo_thumb(&self, key: &RecordKey) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.database.thumb(key).await
    }

    /// How far a photo of this tablet has come.
    pub fn photo_row(&self, key: &RecordKey) -> Option<PhotoRow> {
        self.0
            .photos
            .with_untracked(|photos| photos.get(key).copied())
    }

    /// Lets go of photos that their owner took out before now and whose taking out has arrived.
    pub(super) async fn forget_photos_taken_out(&self) -> Result<(), StoreError> {
        let gone: Vec<RecordKey> = self.0.photos.with_untracked(|photos| {
            let gone = photos.iter().filter(|(key, row)| {
                let out = matches!(row.stage, Stage::TakenOut { .. });
                let shown = self.0.mirror.borrow();
                let is_shown = shown
                    .get(key)
                    .is_some_and(|record| Photo::read(key, record).is_some());
                out && !is_shown && !self.is_unsent(key)
            });
            gone.map(|(key, _)| key.clone()).collect()
        });
        if gone.is_empty() {
            return Ok(());
        }
        self.0.database.drop_photos(&gone, true).await?;
        self.0
            .photos
            .update(|photos| photos.retain(|key, _| !gone.contains(key)));
        Ok(())
    }

    /// Reads again what another tab noted of photos.
    pub(super) async fn reload_photos(&self) -> Result<(), StoreError> {
        self.0.photos.set(self.0.database.photo_rows().await?);
        Ok(())
    }

    /// Shows what was written.
    pub(super) fn took(&self, writes: Vec<PhotoWrite>) {
        if writes.is_empty() {
            return;
        }
        self.0.photos.update(|photos| {
            photos.extend(writes.into_iter().map(|write| (write.key, write.row)));
        });
    }
}
