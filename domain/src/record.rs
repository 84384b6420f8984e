//! What a record is: a key, and fields that hold small scalar values.
//!
//! Records are open: a key of an unknown kind and a field of an unknown name are carried, stored and
//! sent on untouched, so that data made by a newer program survives an older one.

use crate::catalogue::{Assessment, SubjectKind};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use thiserror::Error;

/// Longest key in bytes.
pub const MAX_KEY_BYTES: usize = 96;
/// Longest field name in bytes.
pub const MAX_FIELD_BYTES: usize = 48;
/// Longest text value in bytes (NFC, UTF-8).
pub const MAX_TEXT_BYTES: usize = 4_000;

/// Why a key, field name or value was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RecordError {
    /// The key is empty, too long, or has a character outside `a-z 0-9 / -`.
    #[error("malformed record key")]
    MalformedKey,
    /// The field name is empty, too long, or has a character outside `a-z 0-9 . _ -`.
    #[error("malformed field name")]
    MalformedField,
    /// A text value is longer than [`MAX_TEXT_BYTES`].
    #[error("text longer than {MAX_TEXT_BYTES} bytes")]
    TextTooLong,
}

/// Identity of a subject (family, unit, residential area, commune): 128 bits, drawn by the program that
/// first records it ([`SubjectIds`]). Written as 32 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubjectId(pub u128);

impl SubjectId {
    /// The identity of a subject that every device must name alike without asking, such as a commune.
    pub fn derived(name: &str) -> Self {
        let digest = Sha256::digest(name.as_bytes());
        let mut bytes = [0_u8; 16];
        bytes.copy_from_slice(&digest[..16]);
        Self(u128::from_be_bytes(bytes))
    }

    /// The subject that stands for the commune `code`.
    pub fn commune(code: &crate::area::AreaCode) -> Self {
        Self::derived(&format!("commune:{code}"))
    }

    /// Reads the 32-digit form.
    pub fn parse(text: &str) -> Option<Self> {
        let well_formed = text.len() == 32
            && text
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        well_formed
            .then(|| u128::from_str_radix(text, 16).ok().map(Self))
            .flatten()
    }
}

impl fmt::Display for SubjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl Serialize for SubjectId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SubjectId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("malformed subject id"))
    }
}

/// Draws identities for the subjects that one program records: 96 random bits for all of them, and a
/// running number. Nobody else has the same start, so none has to be asked; and a sync says the start once
/// and most identities in a few bits, where each would take 16 bytes if it were random for itself.
#[derive(Clone, Debug)]
pub struct SubjectIds {
    next: u128,
}

impl SubjectIds {
    /// Begins at the upper 96 of these random bits.
    pub fn starting_at(random: u128) -> Self {
        Self {
            next: random >> 32 << 32,
        }
    }

    /// The next identity.
    pub fn draw(&mut self) -> SubjectId {
        let id = SubjectId(self.next);
        self.next = self.next.wrapping_add(1);
        id
    }
}

/// The year that an entry speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Period(pub u16);

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The key of a record: `kind/subject` for a subject, `entry/subject/assessment/year` for an entry.
///
/// An entry's key follows from what it speaks of, so two tablets that open the same family in the
/// same year write to one record without having met.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RecordKey(String);

const ENTRY: &str = "entry";

impl RecordKey {
    /// The record that describes a subject itself.
    pub fn subject_record(kind: SubjectKind, id: SubjectId) -> Self {
        Self(format!("{}/{id}", subject_slug(kind)))
    }

    /// The assessment of a subject in a period.
    pub fn entry(id: SubjectId, assessment: Assessment, period: Period) -> Self {
        Self(format!("{ENTRY}/{id}/{}/{period}", assessment.as_str()))
    }

    /// Checks length and alphabet; the kind may be one that this program does not know.
    pub fn parse(text: &str) -> Result<Self, RecordError> {
        let allowed =
            |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'/' | b'-');
        let well_formed = !text.is_empty()
            && text.len() <= MAX_KEY_BYTES
            && text.bytes().all(allowed)
            && text.split('/').nth(1).and_then(SubjectId::parse).is_some();
        if well_formed {
            Ok(Self(text.to_owned()))
        } else {
            Err(RecordError::MalformedKey)
        }
    }

    /// The key as stored and sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first word of the key: what kind of record it is.
    pub fn kind(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// The subject the record belongs to, of whatever kind the record is.
    pub fn subject(&self) -> SubjectId {
        self.0
            .split('/')
            .nth(1)
            .and_then(SubjectId::parse)
            .expect("checked when the key was made")
    }

    /// The kind of subject this record describes, if it describes one this program knows.
    pub fn subject_kind(&self) -> Option<SubjectKind> {
        let mut parts = self.0.split('/');
        let slug = parts.next()?;
        parts.next()?;
        if parts.next().is_some() {
            return None;
        }
        SUBJECT_KINDS
            .into_iter()
            .find(|kind| subject_slug(*kind) == slug)
    }

    /// Assessment and period, if this is an entry this program knows.
    pub fn entry_parts(&self) -> Option<(Assessment, Period)> {
        let mut parts = self.0.split('/');
        if parts.next()? != ENTRY {
            return None;
        }
        parts.next()?;
        let assessment = Assessment::parse(parts.next()?)?;
        let year = parts.next()?;
        let period = Period(year.parse().ok()?);
        // One entry has one key: `02022` is not another way to write 2022.
        let canonical = year == period.to_string() && parts.next().is_none();
        canonical.then_some((assessment, period))
    }
}

impl fmt::Display for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for RecordKey {
    type Error = RecordError;
    fn try_from(text: String) -> Result<Self, RecordError> {
        Self::parse(&text)
    }
}

impl From<RecordKey> for String {
    fn from(key: RecordKey) -> Self {
        key.0
    }
}

const SUBJECT_KINDS: [SubjectKind; 6] = [
    SubjectKind::Family,
    SubjectKind::Unit,
    SubjectKind::ResidentialArea,
    SubjectKind::Commune,
    SubjectKind::Organisation,
    SubjectKind::ExemplaryModel,
];

fn subject_slug(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Family => "family",
        SubjectKind::Unit => "unit",
        SubjectKind::ResidentialArea => "residential-area",
        SubjectKind::Commune => "commune",
        SubjectKind::Organisation => "organisation",
        SubjectKind::ExemplaryModel => "exemplary-model",
    }
}

/// The name of a field of a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FieldName(String);

impl FieldName {
    /// Checks length and alphabet.
    pub fn parse(text: &str) -> Result<Self, RecordError> {
        let allowed =
            |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-');
        if !text.is_empty() && text.len() <= MAX_FIELD_BYTES && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(RecordError::MalformedField)
        }
    }

    /// The name as stored and sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for FieldName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for FieldName {
    type Error = RecordError;
    fn try_from(text: String) -> Result<Self, RecordError> {
        Self::parse(&text)
    }
}

impl From<FieldName> for String {
    fn from(name: FieldName) -> Self {
        name.0
    }
}

/// A field's value. `Null` is "not reported", which is neither `false` nor `0`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Not reported, or taken back.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number; decimals are kept in hundredths.
    Int(i64),
    /// Text in NFC, a code, an id or an ISO date.
    Text(String),
}

impl Value {
    /// Checks the stated limit.
    pub fn check(&self) -> Result<(), RecordError> {
        match self {
            Self::Text(text) if text.len() > MAX_TEXT_BYTES => Err(RecordError::TextTooLong),
            _ => Ok(()),
        }
    }

    /// The text, if this is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if this is one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The answer, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(answer) => Some(*answer),
            _ => None,
        }
    }
}

impl From<bool> for Value {
    fn from(answer: bool) -> Self {
        Self::Bool(answer)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_say_what_they_speak_of() {
        let id = SubjectId(7);
        let family = RecordKey::subject_record(SubjectKind::Family, id);
        assert_eq!(family.as_str(), "family/00000000000000000000000000000007");
        assert_eq!(family.subject(), id);
        assert_eq!(family.subject_kind(), Some(SubjectKind::Family));
        assert_eq!(family.entry_parts(), None);

        let entry = RecordKey::entry(id, Assessment::CulturalFamily, Period(2022));
        assert_eq!(entry.subject(), id);
        assert_eq!(entry.subject_kind(), None);
        assert_eq!(
            entry.entry_parts(),
            Some((Assessment::CulturalFamily, Period(2022)))
        );
    }

    #[test]
    fn a_kind_from_a_newer_program_is_carried() {
        let key = RecordKey::parse("levy/00000000000000000000000000000007/2030").unwrap();
        assert_eq!(key.subject(), SubjectId(7));
        assert_eq!(key.subject_kind(), None);
        assert_eq!(key.entry_parts(), None);
    }

    #[test]
    fn malformed_keys_and_fields_are_refused() {
        for key in [
            "",
            "family",
            "family/xyz",
            "Family/00000000000000000000000000000007",
        ] {
            assert_eq!(
                RecordKey::parse(key),
                Err(RecordError::MalformedKey),
                "{key}"
            );
        }
        for field in ["", "điểm", "a b", &"x".repeat(49)] {
            assert_eq!(
                FieldName::parse(field),
                Err(RecordError::MalformedField),
                "{field}"
            );
        }
    }
}
