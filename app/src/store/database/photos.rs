//! Photos in the account's database: their bytes, the small pictures of lists, and how far each has come.
//! A photo is written in the transaction that writes the edit about it, and is sealed like every row.

use super::{LocalDatabase, PHOTO_STORES, Rows, StoreError};
use crate::store::cipher::Foreign;
use crate::store::photos::PhotoRow;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::Transaction;
use js_sys::Uint8Array;
use std::collections::BTreeMap;
use thidua_domain::record::RecordKey;
use wasm_bindgen::{JsCast as _, JsValue};

/// Bytes of photos by the keys of their records.
pub(super) const PHOTO: &str = "photo";
/// Their small pictures.
pub(super) const THUMB: &str = "thumb";
/// How far each photo of this tablet has come.
pub(super) const PHOTO_ROW: &str = "photo-row";

/// What changes of one photo of this tablet.
pub(in crate::store) struct PhotoWrite {
    /// Its record.
    pub(in crate::store) key: RecordKey,
    /// How far it has come.
    pub(in crate::store) row: PhotoRow,
    /// The bytes and the small picture, where they are new.
    pub(in crate::store) files: Option<(Vec<u8>, Vec<u8>)>,
}

impl LocalDatabase {
    /// All photos of this tablet.
    pub(in crate::store) async fn photo_rows(
        &self,
    ) -> Result<BTreeMap<RecordKey, PhotoRow>, StoreError> {
        let tx = self.database.transaction(PHOTO_STORES).build()?;
        let rows = Rows::of(&tx, PHOTO_ROW, &self.cipher)?.all().await?;
        let known = rows.into_iter().filter_map(|(key, row)| {
            let key = RecordKey::parse(&key).ok()?;
            Some((key, row))
        });
        Ok(known.collect())
    }

    /// The bytes of a photo, if they are here.
    pub(in crate::store) async fn photo(
        &self,
        key: &RecordKey,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.photo_file(PHOTO, key).await
    }

    /// The small picture of a photo, if it is here.
    pub(in crate::store) async fn thumb(
        &self,
        key: &RecordKey,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.photo_file(THUMB, key).await
    }

    async fn photo_file(
        &self,
        store: &'static str,
        key: &RecordKey,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let tx = self.database.transaction(PHOTO_STORES).build()?;
        let rows = Rows::of(&tx, store, &self.cipher)?;
        let Some(row) = rows.request_get(key.as_str())?.await? else {
            return Ok(None);
        };
        let row: &Uint8Array = row.dyn_ref().ok_or(Foreign)?;
        let bytes = self
            .cipher
            .open_bytes((store, key.as_str()), &row.to_vec())?;
        Ok(Some(bytes))
    }

    /// Notes how far photos have come.
    pub(in crate::store) async fn note_photos(
        &self,
        writes: &[PhotoWrite],
    ) -> Result<(), StoreError> {
        let tx = self.write_photos()?;
        for write in writes {
            self.put_photo(&tx, write).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Lets go of the bytes of photos; `row` too says whether nothing is to be known of them any more.
    pub(in crate::store) async fn drop_photos(
        &self,
        keys: &[RecordKey],
        row: bool,
    ) -> Result<(), StoreError> {
        let tx = self.write_photos()?;
        // The small pictures stay as long as the photo is listed.
        let stores: &[&str] = if row { &PHOTO_STORES } else { &[PHOTO] };
        for store in stores {
            let store = tx.object_store(store)?;
            for key in keys {
                store.delete(key.as_str().to_owned()).primitive()?.await?;
            }
        }
        Ok(tx.commit().await?)
    }

    /// Puts a photo within a transaction that has its stores.
    pub(super) async fn put_photo(
        &self,
        tx: &Transaction<'_>,
        write: &PhotoWrite,
    ) -> Result<(), StoreError> {
        let key = write.key.as_str();
        if let Some((bytes, thumb)) = &write.files {
            for (name, bytes) in [(PHOTO, bytes), (THUMB, thumb)] {
                let sealed = self.cipher.seal_bytes((name, key), bytes);
                let row: JsValue = Uint8Array::from(&sealed[..]).into();
                let store = tx.object_store(name)?;
                store.put(row).with_key(key.to_owned()).primitive()?.await?;
            }
        }
        Rows::of(tx, PHOTO_ROW, &self.cipher)?
            .put(key, &write.row)
            .await
    }

    fn write_photos(&self) -> Result<Transaction<'_>, StoreError> {
        self.write_in(PHOTO_STORES.into())
    }
}
