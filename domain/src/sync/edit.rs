//! What a person did to one record at one moment.

use super::clock::Hlc;
use crate::area::AreaCode;
use crate::record::{FieldName, RecordError, RecordKey, Value};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt;

/// Most fields that one edit may change.
pub const MAX_FIELDS_PER_EDIT: usize = 64;
/// Most bases a change may name: the heads its writer saw.
pub const MAX_BASES: usize = 16;

/// An installation of the app for one account: 52 random bits, so that every JSON reader keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeviceId(pub u64);

impl DeviceId {
    /// The server itself, which writes review decisions.
    pub const HUB: Self = Self(0);

    /// Makes an id of random bits.
    pub fn from_random(bits: u64) -> Self {
        Self((bits & ((1 << 52) - 1)).max(1))
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:013x}", self.0)
    }
}

/// The identity of an edit: the device that made it and its place in that device's sequence, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(DeviceId, u32)", into = "(DeviceId, u32)")]
pub struct EditId {
    /// Who made it.
    pub device: DeviceId,
    /// Its number there.
    pub seq: u32,
}

impl From<(DeviceId, u32)> for EditId {
    fn from((device, seq): (DeviceId, u32)) -> Self {
        Self { device, seq }
    }
}

impl From<EditId> for (DeviceId, u32) {
    fn from(id: EditId) -> Self {
        (id.device, id.seq)
    }
}

impl fmt::Display for EditId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.device, self.seq)
    }
}

/// A new value for one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Which field.
    #[serde(rename = "f")]
    pub field: FieldName,
    /// Its new value.
    #[serde(rename = "v")]
    pub value: Value,
    /// The edits whose values for this field the writer saw and means to replace: the one shown, and
    /// the rivals too if the writer settled a conflict. Empty if there was no value.
    #[serde(rename = "b", default, skip_serializing_if = "Vec::is_empty")]
    pub bases: Vec<EditId>,
}

/// Fields of one record that were saved together. It travels and is stored as one; its fields merge
/// one by one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Identity.
    pub id: EditId,
    /// The writer's clock.
    pub time: Hlc,
    /// Account name of the writer.
    pub author: String,
    /// The commune whose feed the record belongs to.
    pub commune: AreaCode,
    /// The record.
    pub record: RecordKey,
    /// The fields, each at most once.
    pub changes: Vec<FieldChange>,
}

impl Edit {
    /// Checks the stated limits; types already checked key and names.
    pub fn check(&self) -> Result<(), RecordError> {
        if self.changes.len() > MAX_FIELDS_PER_EDIT || self.author.len() > 64 {
            return Err(RecordError::TextTooLong);
        }
        for (index, change) in self.changes.iter().enumerate() {
            change.value.check()?;
            let repeated = self.changes[..index]
                .iter()
                .any(|other| other.field == change.field);
            if repeated || change.bases.len() > MAX_BASES {
                return Err(RecordError::MalformedField);
            }
        }
        Ok(())
    }

    /// Gives the edit and those it is based on other names, where `names` has any; whether it had one.
    pub fn rename(&mut self, names: &BTreeMap<EditId, EditId>) -> bool {
        let mut renamed = false;
        let bases = self.changes.iter_mut().flat_map(|change| &mut change.bases);
        for id in std::iter::once(&mut self.id).chain(bases) {
            if let Some(name) = names.get(id) {
                *id = *name;
                renamed = true;
            }
        }
        renamed
    }

    /// A digest of everything the edit says, by which the same identity with other content is told.
    pub fn digest(&self) -> EditDigest {
        let bytes = serde_json::to_vec(self).expect("an edit is plain data");
        let hash = Sha256::digest(&bytes);
        let mut first = [0_u8; 8];
        first.copy_from_slice(&hash[..8]);
        // 53 bits, so that the number survives every JSON reader.
        EditDigest(u64::from_be_bytes(first) >> 11)
    }
}

/// A short digest of an edit's content: told apart by accident, not by an attacker, since a device can
/// only ever dispute its own sequence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EditDigest(pub u64);

impl EditDigest {
    /// The running digest of a feed after one more edit.
    #[must_use]
    pub fn chain(self, next: Self) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(self.0.to_be_bytes());
        hasher.update(next.0.to_be_bytes());
        let hash = hasher.finalize();
        let mut first = [0_u8; 8];
        first.copy_from_slice(&hash[..8]);
        Self(u64::from_be_bytes(first) >> 11)
    }
}
