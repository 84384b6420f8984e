//! The rows of one store within a transaction: JSON, sealed for its place.

use super::StoreError;
use super::cipher::{Cipher, Foreign};
use indexed_db_futures::error::Error as IdbError;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::Transaction;
use js_sys::Uint8Array;
use serde::{Serialize, de::DeserializeOwned};
use std::ops::RangeInclusive;
use wasm_bindgen::{JsCast as _, JsValue};

/// A store of an open transaction, and the key of its rows.
pub(super) struct Rows<'a> {
    /// For what does not read or write rows.
    pub(super) store: ObjectStore<'a>,
    name: &'static str,
    cipher: &'a Cipher,
}

impl<'a> Rows<'a> {
    pub(super) fn of(
        tx: &'a Transaction<'_>,
        name: &'static str,
        cipher: &'a Cipher,
    ) -> Result<Self, StoreError> {
        let store = tx.object_store(name)?;
        Ok(Self {
            store,
            name,
            cipher,
        })
    }

    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        key: &str,
    ) -> Result<Option<T>, StoreError> {
        let row = self.request_get(key)?.await?;
        row.map(|row| self.read(key, &row)).transpose()
    }

    /// Asks for a row; the answer is awaited with those of others, and opened by [`Self::read`].
    pub(super) fn request_get(
        &self,
        key: &str,
    ) -> Result<impl Future<Output = Result<Option<JsValue>, IdbError>> + use<>, StoreError> {
        Ok(self.store.get(key.to_owned()).primitive()?)
    }

    /// What a row says.
    pub(super) fn read<T: DeserializeOwned>(
        &self,
        key: &str,
        row: &JsValue,
    ) -> Result<T, StoreError> {
        let row: &Uint8Array = row.dyn_ref().ok_or(Foreign)?;
        let text = self.cipher.open((self.name, key), &row.to_vec())?;
        Ok(serde_json::from_str(&text)?)
    }

    /// All rows with their keys, in the order of these.
    pub(super) async fn all<T: DeserializeOwned>(&self) -> Result<Vec<(String, T)>, StoreError> {
        let keys = self.store.get_all_keys::<String>().primitive()?;
        let rows = self.store.get_all::<JsValue>().primitive()?;
        let (keys, rows) = (keys.await?, rows.await?);
        let read = |(key, row): (Result<String, _>, Result<JsValue, _>)| {
            let key = key?;
            let value = self.read(&key, &row?)?;
            Ok((key, value))
        };
        keys.zip(rows).map(read).collect()
    }

    /// The rows whose keys lie in a range, in their order.
    pub(super) async fn range<T: DeserializeOwned>(
        &self,
        range: RangeInclusive<String>,
    ) -> Result<Vec<T>, StoreError> {
        let keys = self.store.get_all_keys::<String>();
        let keys = keys.with_query(range.clone()).primitive()?;
        let rows = self.store.get_all::<JsValue>();
        let rows = rows.with_query(range).primitive()?;
        let (keys, rows) = (keys.await?, rows.await?);
        keys.zip(rows)
            .map(|(key, row)| self.read(&key?, &row?))
            .collect()
    }

    /// Seals rows that a program left open which knew no better.
    pub(super) async fn seal_what_is_not(&self) -> Result<(), StoreError> {
        let keys = self.store.get_all_keys::<String>().primitive()?.await?;
        let rows = self.store.get_all::<JsValue>().primitive()?.await?;
        for (key, row) in keys.zip(rows) {
            if let Some(text) = row?.as_string() {
                self.request_put(&key?, &text)?.await?;
            }
        }
        Ok(())
    }

    pub(super) async fn put<T: Serialize>(&self, key: &str, value: &T) -> Result<(), StoreError> {
        let text = serde_json::to_string(value)?;
        Ok(self.request_put(key, &text)?.await?)
    }

    /// Asks for a row to be written; the answer is awaited with those of others.
    pub(super) fn request_put(
        &self,
        key: &str,
        text: &str,
    ) -> Result<impl Future<Output = Result<(), IdbError>> + use<>, StoreError> {
        let sealed = self.cipher.seal((self.name, key), text);
        let row: JsValue = Uint8Array::from(&sealed[..]).into();
        let request = self.store.put(row).with_key(key.to_owned()).primitive()?;
        Ok(async move { request.await.map(|_| ()) })
    }
}
