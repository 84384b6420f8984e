//! Values, by what kind of thing a text or number is.

use super::WireError;
use super::coder::Coder;
use super::edits::{Near, Place};
use super::model::Column;
use super::stream::{Stream, context};
use crate::entry::{self, field};
use crate::record::{FieldName, SubjectId, Value};
use crate::sync::edit::{DeviceId, EditId};
use std::collections::BTreeMap;

/// Longest content whose digest is left out: a reader makes it anew, and has to be quick about it.
const MAX_DIGESTED_BYTES: usize = 8 << 10;
/// How many digested bytes are as much work as one decision.
const BYTES_A_STEP: usize = 8;

/// What a value is told as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Null,
    No,
    Yes,
    Int,
    Text,
    /// 32 hexadecimal digits.
    Subject,
    /// The digest of what the message has said of the record so far.
    ContentDigest,
    /// An edit's identity.
    EditId,
    /// A text that is a whole number.
    Digits,
}

const TYPES: [Type; 9] = [
    Type::Null,
    Type::No,
    Type::Yes,
    Type::Int,
    Type::Text,
    Type::Subject,
    Type::ContentDigest,
    Type::EditId,
    Type::Digits,
];

impl<C: Coder> Stream<C> {
    /// The value of a field.
    pub(super) fn value(
        &mut self,
        given: Option<&Value>,
        field: u32,
        name: &FieldName,
        place: &Place,
        near: &mut Near,
    ) -> Result<Value, WireError> {
        let told_as = given.map_or(Type::Null, |value| self.type_of(value, name, place));
        let last = self.field_memory(field)?.value_type;
        let contexts = [
            context(&[0x700, field]),
            context(&[0x701, field, last]),
            context(&[0x702, near.field, field]),
        ];
        let number =
            self.model
                .choice(told_as as u32, TYPES.len() as u32, Column::Type, &contexts)?;
        self.lexicon.field[field as usize].value_type = number;
        let text = given.and_then(Value::as_text).unwrap_or_default();
        let value = match TYPES[number as usize] {
            Type::Null => Value::Null,
            Type::No => Value::Bool(false),
            Type::Yes => Value::Bool(true),
            Type::Int => {
                let given = given.and_then(Value::as_int).unwrap_or_default();
                Value::Int(self.int(given, field, near))
            }
            Type::Digits => {
                let given = digits(text).unwrap_or_default();
                Value::Text(self.int(given, field, near).to_string())
            }
            Type::Text => Value::Text(self.text(text, field)?),
            Type::Subject => {
                let given = SubjectId::parse(text).unwrap_or(SubjectId(0));
                let id = self.subject(given, 0x1000 + field, &place.commune)?;
                Value::Text(id.to_string())
            }
            Type::ContentDigest => {
                let digest = self.digest(place).ok_or(WireError::Payload)?;
                let record = self.memory.record.get(place.record as usize);
                self.model
                    .count_work(record.map_or(0, |record| record.bytes) / BYTES_A_STEP);
                Value::Text(digest)
            }
            Type::EditId => {
                let submitted = self.submitted(place);
                let given = edit_id(text);
                let is_it = given.is_some() && given == submitted;
                let contexts = [context(&[0x703, u32::from(submitted.is_some())])];
                let id = if self.model.flag(is_it, Column::Base, &contexts) {
                    submitted.ok_or(WireError::Payload)?
                } else {
                    self.edit_id(given.unwrap_or(EditId {
                        device: DeviceId(0),
                        seq: 0,
                    }))?
                };
                Value::Text(id.to_string())
            }
        };
        self.spend_text(value.as_text().unwrap_or_default())?;
        Ok(value)
    }

    fn field_memory(&self, field: u32) -> Result<&super::tables::FieldMemory, WireError> {
        self.lexicon
            .field
            .get(field as usize)
            .ok_or(WireError::Payload)
    }

    /// The most telling type that gives exactly this value back.
    fn type_of(&self, value: &Value, name: &FieldName, place: &Place) -> Type {
        let text = match value {
            Value::Null => return Type::Null,
            Value::Bool(false) => return Type::No,
            Value::Bool(true) => return Type::Yes,
            Value::Int(_) => return Type::Int,
            Value::Text(text) => text,
        };
        let may_be_digest =
            name.as_str() == field::SUBMITTED || name.as_str() == field::REVIEW_DIGEST;
        if digits(text).is_some() {
            Type::Digits
        } else if may_be_digest && self.digest(place).as_ref() == Some(text) {
            Type::ContentDigest
        } else if SubjectId::parse(text).is_some() {
            Type::Subject
        } else if edit_id(text).is_some() {
            Type::EditId
        } else {
            Type::Text
        }
    }

    /// The digest of a record's content by what the message has said of it.
    fn digest(&self, place: &Place) -> Option<String> {
        let record = self.memory.record.get(place.record as usize)?;
        let names = &self.lexicon.fields;
        let values: BTreeMap<&str, &Value> = record
            .fields
            .iter()
            .filter_map(|(field, (_, value))| Some((names.get(*field)?.as_str(), value)))
            .collect();
        (record.bytes <= MAX_DIGESTED_BYTES).then(|| entry::digest_of(values.into_iter()).0)
    }

    /// The edit of the message that submitted the record last.
    fn submitted(&self, place: &Place) -> Option<EditId> {
        let number = self.lexicon.fields.number(field::SUBMITTED)?;
        let record = self.memory.record.get(place.record as usize)?;
        record.fields.get(&number).map(|(writer, _)| *writer)
    }

    fn text(&mut self, given: &str, field: u32) -> Result<String, WireError> {
        let texts = &self.lexicon.field[field as usize].texts;
        let number = texts
            .number(given)
            .map_or(0, |number| u64::from(number) + 1);
        let contexts = [
            context(&[0x710, field]),
            context(&[0x711, field, texts.last]),
        ];
        let number = self.model.number(number, Column::Known, &contexts, 5);
        let number = match u32::try_from(number).map_err(|_| WireError::Payload)? {
            0 => {
                let text = self.literal(given, 0x2000 + field)?;
                self.lexicon.field[field as usize].texts.add(text)
            }
            number => number - 1,
        };
        let texts = &mut self.lexicon.field[field as usize].texts;
        texts.last = number;
        texts.get(number).cloned().ok_or(WireError::Payload)
    }

    /// A whole number: its distance from the best guess.
    fn int(&mut self, given: i64, field: u32, near: &mut Near) -> i64 {
        let memory = self.lexicon.field[field as usize].ints;
        let group = self.lexicon.field[field as usize].group;
        if near.group != group {
            (near.group, near.sum, near.of) = (group, 0, 0);
        }
        let (best, guess) = if memory.seen {
            let best = memory.best();
            (best as u32, memory.guesses(near.int)[best])
        } else {
            (3, 0)
        };
        // How this group has been doing: an average of 0 to 7 in halves, and that nothing is known.
        let doing = (near.sum * 2)
            .checked_div(near.of)
            .map_or(31, |average| average.min(15));
        let contexts = [
            context(&[0x720, best, doing]),
            context(&[0x721, field]),
            context(&[0x722, group, near.distance, doing]),
            context(&[0x723, field, memory.distance]),
            context(&[0x724, field, near.distance & 0xff]),
            context(&[0x725, field, doing]),
        ];
        let distance = given.wrapping_sub(guess);
        let distance = self.model.signed(distance, Column::Int, &contexts, 4);
        let value = guess.wrapping_add(distance);

        let size = u32::try_from(distance.unsigned_abs().min(255)).unwrap_or(255);
        let ints = &mut self.lexicon.field[field as usize].ints;
        ints.distance = size;
        ints.learn(value, near.int);
        near.int = value;
        near.distance = (near.distance << 8 | size) & 0xffff;
        near.sum += size.min(8);
        near.of += 1;
        value
    }
}

/// A text that is exactly how a number below 10^18 is written.
fn digits(text: &str) -> Option<i64> {
    let well_formed = (1..=18).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    well_formed.then(|| text.parse().ok()).flatten()
}

/// A text that is exactly how an edit's identity is written.
fn edit_id(text: &str) -> Option<EditId> {
    let (device, seq) = text.split_once('.')?;
    let id = EditId {
        device: DeviceId(u64::from_str_radix(device, 16).ok()?),
        seq: seq.parse().ok()?,
    };
    (id.to_string() == text).then_some(id)
}
