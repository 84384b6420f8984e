//! Values of the domain as databases keep them, and back again. Words are those that are sent, too.

use super::{Account, NewPaper, StoreError, StoreResult};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error, StrDeserializer};
use thidua_domain::access::Role;
use thidua_domain::api::{IssuedFile, IssuedPaper, PaperKind};
use thidua_domain::area::AreaCode;
use thidua_domain::boundary::Boundary;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::Outcome;
use thidua_domain::date::Date;
use thidua_domain::delegation::{Delegation, Ended};
use thidua_domain::entry::EntryState;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::sync::hub::StandingRow;
use thidua_domain::sync::state::RecordState;
use thidua_domain::text;

/// The word for a value that is a word.
pub(crate) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        other => unreachable!("not a word: {other:?}"),
    }
}

/// The value of a word; `what` says what was being read.
pub(crate) fn value<T: DeserializeOwned>(word: &str, what: &'static str) -> StoreResult<T> {
    let word: StrDeserializer<'_, Error> = word.into_deserializer();
    T::deserialize(word).map_err(|_| StoreError::Damaged { what })
}

/// The key of a secret among what a database keeps of itself.
pub(crate) fn secret_key(name: &str) -> String {
    format!("secret.{name}")
}

/// A value that is kept as JSON.
pub(crate) fn encode(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("stored values are plain data")
}

/// A value that was kept as JSON.
pub(crate) fn decode<T: DeserializeOwned>(text: &str, what: &'static str) -> StoreResult<T> {
    serde_json::from_str(text).map_err(|_| StoreError::Damaged { what })
}

/// A stored area code.
pub(crate) fn area(text: &str) -> StoreResult<AreaCode> {
    AreaCode::parse(text).map_err(|_| StoreError::Damaged { what: "area code" })
}

/// A stored boundary: area, the first day of its validity, the ground.
pub(crate) fn boundary(code: &str, since: &str, shape: &str) -> StoreResult<Boundary> {
    let valid_from = Date::parse_iso(since).ok_or(StoreError::Damaged { what: "date" })?;
    Ok(Boundary {
        area: area(code)?,
        valid_from,
        shape: decode(shape, "boundary")?,
    })
}

/// A stored assessment.
pub(crate) fn assessment(text: &str) -> StoreResult<Assessment> {
    Assessment::parse(text).ok_or(StoreError::Damaged { what: "assessment" })
}

/// A stored outcome.
pub(crate) fn outcome(text: &str) -> StoreResult<Outcome> {
    Outcome::parse(text).ok_or(StoreError::Damaged { what: "outcome" })
}

/// A stored state of an entry.
pub(crate) fn entry_state(text: &str) -> StoreResult<EntryState> {
    EntryState::parse(text).ok_or(StoreError::Damaged {
        what: "state of an entry",
    })
}

/// A stored record with its key.
pub(crate) fn record(key: &str, state: &str) -> StoreResult<(RecordKey, RecordState)> {
    let key = RecordKey::parse(key).map_err(|_| StoreError::Damaged { what: "record key" })?;
    Ok((key, decode(state, "record")?))
}

/// A stored key of a photo's record.
pub(crate) fn photo_record(key: &str) -> StoreResult<RecordKey> {
    RecordKey::parse(key).map_err(|_| StoreError::Damaged {
        what: "key of a photo",
    })
}

/// A stored account: name, display name, role, areas, whether it is disabled.
pub(crate) type AccountColumns = (String, String, String, String, bool);

/// The account of these columns.
pub(crate) fn account(columns: AccountColumns) -> StoreResult<Account> {
    let (name, display_name, role, areas, disabled) = columns;
    Ok(Account {
        name,
        display_name,
        role: Role::parse(&role).ok_or(StoreError::Damaged { what: "role" })?,
        areas: decode(&areas, "areas")?,
        disabled,
    })
}

/// A stored delegation: id, giver, terms, when it was made, who ended it and when.
pub(crate) type DelegationColumns = (u64, String, String, u64, Option<String>, Option<u64>);

/// The delegation of these columns.
pub(crate) fn delegation(columns: DelegationColumns) -> StoreResult<Delegation> {
    let (id, by, terms, made_ms, ended_by, ended_ms) = columns;
    let ended = ended_by.zip(ended_ms);
    Ok(Delegation {
        id,
        by,
        terms: decode(&terms, "terms of a delegation")?,
        made_ms,
        ended: ended.map(|(by, at_ms)| Ended { by, at_ms }),
    })
}

/// A subject's id as stored: its bytes sort like the number.
pub(crate) fn bytes(subject: SubjectId) -> [u8; 16] {
    subject.0.to_be_bytes()
}

/// A stored id of a subject.
pub(crate) fn subject(bytes: &[u8]) -> StoreResult<SubjectId> {
    let bytes = bytes
        .try_into()
        .map_err(|_| StoreError::Damaged { what: "subject id" })?;
    Ok(SubjectId(u128::from_be_bytes(bytes)))
}

/// Most bytes of a sort key that are kept: names are told apart long before.
const MAX_SORT_KEY: usize = 160;

/// Where the subject stands in lists: people by their given name, everything else by its name.
pub(crate) fn sort_key(row: &StandingRow) -> Vec<u8> {
    let mut key = match row.kind {
        SubjectKind::Family => text::person_name_key(&row.label),
        _ => text::collation_key(&row.label),
    };
    key.truncate(MAX_SORT_KEY);
    key
}

/// Columns of a paper, in this order: id, area, kind, number, day of issue, signatory, digest, files,
/// account, when.
pub(crate) const PAPER: &str =
    "id, area, kind, number, issued, signatory, digest, files, account, issued_ms";

/// What stands in the columns of [`PAPER`].
pub(crate) struct PaperColumns {
    pub(crate) id: u64,
    pub(crate) area: String,
    pub(crate) kind: String,
    pub(crate) number: u32,
    pub(crate) issued: String,
    pub(crate) signatory: String,
    pub(crate) digest: String,
    pub(crate) files: String,
    pub(crate) account: String,
    pub(crate) issued_ms: u64,
}

/// A stored paper.
pub(crate) fn paper(columns: PaperColumns) -> StoreResult<IssuedPaper> {
    let damaged = |what| StoreError::Damaged { what };
    Ok(IssuedPaper {
        id: columns.id,
        area: area(&columns.area)?,
        kind: PaperKind::parse(&columns.kind).ok_or(damaged("kind of paper"))?,
        number: columns.number,
        date: Date::parse_iso(&columns.issued).ok_or(damaged("day of issue"))?,
        signatory: columns.signatory,
        digest: columns.digest,
        files: decode(&columns.files, "files of a paper")?,
        account: columns.account,
        issued_ms: columns.issued_ms,
    })
}

/// The column `files` of a paper.
pub(crate) fn paper_files(paper: &NewPaper) -> String {
    let files = paper.files.iter().map(|file| IssuedFile {
        format: file.format.clone(),
        bytes: file.bytes.len() as u64,
        sha256: file.sha256.clone(),
    });
    encode(&files.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_domain::sync::wire::RejectReason;

    #[test]
    fn words_are_read_back() {
        assert_eq!(word(&SubjectKind::ResidentialArea), "residential-area");
        let kind: SubjectKind = value("residential-area", "kind").unwrap();
        assert_eq!(kind, SubjectKind::ResidentialArea);
        assert_eq!(word(&RejectReason::NotYourArea), "not-your-area");
        assert!(value::<RejectReason>("unheard-of", "reason").is_err());
    }
}
