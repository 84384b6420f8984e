//! Edits: for each part, what it is told by and what it is predicted from.

use super::WireError;
use super::coder::Coder;
use super::model::{Column, hash};
use super::stream::{Stream, context};
use super::tables::FieldMemory;
use crate::area::AreaCode;
use crate::record::FieldName;
use crate::sync::clock::Hlc;
use crate::sync::edit::{DeviceId, Edit, EditId, FieldChange};

/// Most fields of an edit that are read at all; the rules allow far fewer.
const MAX_CHANGES_READ: usize = 1_024;
/// What an edit and a change count for, besides their texts, against [`super::MAX_DECODED_BYTES`].
const EDIT_BYTES: usize = 256;
const CHANGE_BYTES: usize = 192;

impl<C: Coder> Stream<C> {
    /// One edit.
    pub(super) fn edit(&mut self, given: Option<&Edit>) -> Result<Edit, WireError> {
        self.spend(EDIT_BYTES)?;
        let device = self.device(given.map_or(DeviceId(0), |edit| edit.id.device))?;
        let before = self.memory.device[device as usize].clone();
        let expected = i64::from(before.seq) + 1;
        let step = given.map_or(0, |edit| i64::from(edit.id.seq) - expected);
        let contexts = [
            context(&[0x400]),
            context(&[0x401, u32::from(before.seq == 0)]),
        ];
        let step = self.model.signed(step, Column::Sequence, &contexts, 2);
        let seq = u32::try_from(expected.wrapping_add(step)).map_err(|_| WireError::Payload)?;
        let id = EditId {
            device: self.device_id(device)?,
            seq,
        };

        let (author, author_number) = self.author(given.map_or("", |edit| &edit.author), device)?;
        self.memory.communes.last = before.commune;
        let (commune, commune_number) = self.commune(given.map(|edit| &edit.commune))?;
        let last_record = self.memory.records.last;
        let (record, number, new) = self.record(given.map(|edit| &edit.record), &commune)?;
        let same_record = !new && number == last_record;
        let time = self.time(
            given.map_or(Hlc::default(), |edit| edit.time),
            device,
            same_record,
        )?;
        let known = &mut self.memory.device[device as usize];
        (known.seq, known.author, known.commune) = (seq, author_number, commune_number);

        let place = Place {
            id,
            record: number,
            new,
            commune,
        };
        let changes = self.changes(given.map(|edit| edit.changes.as_slice()), &place)?;
        Ok(Edit {
            id,
            time,
            author,
            commune: place.commune,
            record,
            changes,
        })
    }

    fn changes(
        &mut self,
        given: Option<&[FieldChange]>,
        place: &Place,
    ) -> Result<Vec<FieldChange>, WireError> {
        let given = given.unwrap_or_default();
        let mut changes = Vec::new();
        let mut near = Near::default();
        loop {
            let said = given.get(changes.len());
            let Some(field) = self.field(said.map(|change| &change.field), place, near.field)?
            else {
                return Ok(changes);
            };
            if C::READS && changes.len() == MAX_CHANGES_READ {
                return Err(WireError::TooMany);
            }
            let name = self
                .lexicon
                .fields
                .get(field)
                .cloned()
                .ok_or(WireError::Payload)?;
            self.spend(CHANGE_BYTES + name.as_str().len())?;
            let value = self.value(
                said.map(|change| &change.value),
                field,
                &name,
                place,
                &mut near,
            )?;
            let bases = self.bases(
                said.map(|change| change.bases.as_slice()),
                field,
                place,
                &mut near,
            )?;
            near.field = field + 1;
            let record = &mut self.memory.record[place.record as usize];
            record.bytes = record
                .bytes
                .saturating_add(CHANGE_BYTES + value.as_text().map_or(0, str::len));
            record.fields.insert(field, (place.id, value.clone()));
            changes.push(FieldChange {
                field: name,
                value,
                bases,
            });
        }
    }

    /// The next field, or none.
    fn field(
        &mut self,
        given: Option<&FieldName>,
        place: &Place,
        before: u32,
    ) -> Result<Option<u32>, WireError> {
        const NEW: u64 = 1;
        let shape = self.memory.record[place.record as usize].shape;
        let number = given.map(|name| self.lexicon.fields.number(name));
        // 0 ends the list, then come the fields.
        let wanted = match number {
            None => Some(0),
            Some(number) => number.map(|number| number + 1),
        };
        let key = (shape, place.new, before);
        let expected = self.lexicon.next.get(&key).copied().unwrap_or(0);
        let after = context(&[shape, u32::from(place.new), before]);
        let contexts = [
            context(&[0x500, before, expected]),
            context(&[0x501, after, expected]),
        ];
        let hit = self
            .model
            .flag(wanted == Some(expected), Column::Field, &contexts);
        let wanted = if hit {
            expected
        } else {
            let symbol = match wanted {
                None => NEW,
                Some(0) => 0,
                Some(field) => u64::from(field) + 1,
            };
            let contexts = [
                context(&[0x502, shape]),
                context(&[0x503, after]),
                context(&[0x504, after, expected]),
            ];
            match self.model.number(symbol, Column::Field, &contexts, 6) {
                0 => 0,
                NEW => {
                    let text = self.literal(given.map_or("", FieldName::as_str), 0x505)?;
                    let name = FieldName::parse(&text).map_err(|_| WireError::Payload)?;
                    self.add_field(name) + 1
                }
                symbol => u32::try_from(symbol - 1).map_err(|_| WireError::Payload)?,
            }
        };
        self.lexicon.next.insert(key, wanted);
        Ok(wanted.checked_sub(1))
    }

    fn add_field(&mut self, name: FieldName) -> u32 {
        let head = name.as_str().split('.').next().unwrap_or_default();
        let group = head.bytes().fold(0, |c, byte| hash(c, u32::from(byte)));
        let number = self.lexicon.fields.add(name);
        if number as usize == self.lexicon.field.len() {
            self.lexicon.field.push(FieldMemory {
                group,
                ..FieldMemory::default()
            });
        }
        number
    }
}
/// Where a change is.
pub(super) struct Place {
    pub(super) id: EditId,
    pub(super) record: u32,
    pub(super) new: bool,
    pub(super) commune: AreaCode,
}

/// What stands near a change in its edit.
#[derive(Default)]
pub(super) struct Near {
    /// The field before, from 1.
    pub(super) field: u32,
    /// How many bases the change before had, and the last of them.
    pub(super) bases: u32,
    pub(super) base: Option<EditId>,
    /// The number before it.
    pub(super) int: i64,
    /// Distances of the last two numbers, and of all in the group so far.
    pub(super) distance: u32,
    pub(super) group: u32,
    pub(super) sum: u32,
    pub(super) of: u32,
}
