//! Reminders (đôn đốc): what a reviewer asks a commune to do, until its officer has read it. A reminder
//! is a record of the server's own in the commune's feed; the tablet adds that it was read.

use crate::area::AreaCode;
use crate::catalogue::Assessment;
use crate::date::Date;
use crate::record::{FieldName, MAX_TEXT_BYTES, RecordKey, SubjectId, Value};
use crate::sync::state::RecordState;
use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Names of a reminder's fields.
pub mod field {
    /// What is asked (text).
    pub const TEXT: &str = "text";
    /// What it is about (text).
    pub const ASSESSMENT: &str = "assessment";
    /// By when (ISO date).
    pub const DUE: &str = "due";
    /// Who asks, as shown (text).
    pub const SENT_BY: &str = "sent_by";
    /// Who has read it, as shown (text). The only field that a tablet writes.
    pub const READ: &str = "read";
}

/// First word of a reminder's key.
pub const KIND: &str = "reminder";

/// A reminder that is to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What is asked.
    pub text: String,
    /// What it is about.
    #[serde(default)]
    pub assessment: Option<Assessment>,
    /// By when.
    #[serde(default)]
    pub due: Option<Date>,
}

/// A reminder that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// What was asked.
    #[serde(flatten)]
    pub draft: Draft,
    /// Who asked.
    pub sent_by: String,
    /// When, in milliseconds since 1970, by the server's clock.
    pub sent_ms: u64,
    /// Who read it, and when by the tablet's clock.
    pub read: Option<(String, u64)>,
}

/// The subject that all reminders to a commune belong to.
pub fn subject(commune: &AreaCode) -> SubjectId {
    SubjectId::derived(&format!("reminders:{commune}"))
}

/// The first key a reminder to a commune can have, in the order of keys.
pub fn first_key(commune: &AreaCode) -> RecordKey {
    RecordKey::parse(&format!("{KIND}/{}/0", subject(commune))).expect("a well-formed key")
}

/// The record of a commune's next reminder, after those in `records`.
pub fn next_key(commune: &AreaCode, records: &BTreeMap<RecordKey, RecordState>) -> RecordKey {
    let id = subject(commune);
    let number = |key: &RecordKey| key.as_str().rsplit('/').next()?.parse::<u32>().ok();
    let last = records
        .keys()
        .filter(|key| key.subject() == id)
        .filter_map(number)
        .max();
    RecordKey::parse(&format!("{KIND}/{id}/{}", last.unwrap_or(0) + 1))
        .expect("a number is in the alphabet of keys")
}

/// The reminder of a record, if it is one.
pub fn read(key: &RecordKey, state: &RecordState) -> Option<Reminder> {
    if key.kind() != KIND {
        return None;
    }
    let head = |name| state.fields.get(name).and_then(|register| register.shown());
    let draft = Draft {
        text: state.text(field::TEXT)?.to_owned(),
        assessment: state.text(field::ASSESSMENT).and_then(Assessment::parse),
        due: state.text(field::DUE).and_then(Date::parse_iso),
    };
    Some(Reminder {
        draft,
        sent_by: state.text(field::SENT_BY).unwrap_or_default().to_owned(),
        sent_ms: head(field::TEXT)?.time.millis(),
        read: state
            .text(field::READ)
            .zip(head(field::READ))
            .map(|(name, head)| (name.to_owned(), head.time.millis())),
    })
}

impl Draft {
    /// The fields of the record; `None` where there is nothing to read, or too much.
    pub fn fields(&self, sent_by: &str) -> Option<Vec<(FieldName, Value)>> {
        let text = text::nfc(self.text.trim());
        if text.is_empty() || text.len() > MAX_TEXT_BYTES / 2 {
            return None;
        }
        let mut fields = vec![
            (field::TEXT, Value::Text(text)),
            (field::SENT_BY, Value::from(sent_by)),
        ];
        fields.extend(
            self.assessment
                .map(|assessment| (field::ASSESSMENT, Value::from(assessment.as_str()))),
        );
        fields.extend(self.due.map(|due| (field::DUE, due.to_string().into())));
        Some(
            fields
                .into_iter()
                .map(|(name, value)| (FieldName::parse(name).expect("a valid name"), value))
                .collect(),
        )
    }
}

/// The change by which a tablet says that it was read.
pub fn read_by(display_name: &str) -> (&'static str, Value) {
    let name = if display_name.is_empty() {
        "cán bộ"
    } else {
        display_name
    };
    (field::READ, Value::from(name))
}
