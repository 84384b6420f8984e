//! When an edit was made and what it replaces.

use super::WireError;
use super::coder::Coder;
use super::edits::{Near, Place};
use super::model::Column;
use super::stream::{Stream, context};
use crate::sync::clock::Hlc;
use crate::sync::edit::{DeviceId, EditId};

/// Most bases of a change that are read at all; the rules allow far fewer.
const MAX_BASES_READ: u64 = 1_024;
/// What a base counts for against [`super::MAX_DECODED_BYTES`].
const BASE_BYTES: usize = 32;

impl<C: Coder> Stream<C> {
    /// The writer's clock.
    pub(super) fn time(
        &mut self,
        given: Hlc,
        device: u32,
        same_record: bool,
    ) -> Result<Hlc, WireError> {
        const TICK: u32 = 0;
        const SECONDS: u32 = 1;
        const MILLISECONDS: u32 = 2;
        const ANY: u32 = 3;
        let own = self.memory.device[device as usize].time;
        let before = if own == Hlc::default() {
            self.memory.time
        } else {
            own
        };
        let ahead = given.millis().checked_sub(before.millis());
        let whole = given == Hlc::from_millis(given.millis());
        let way = match ahead {
            _ if given.0 == before.0.wrapping_add(1) => TICK,
            Some(ahead) if whole && ahead > 0 && ahead % 1_000 == 0 => SECONDS,
            Some(ahead) if whole && ahead > 0 => MILLISECONDS,
            _ => ANY,
        };
        let told = self.memory.told;
        let same = u32::from(same_record);
        let contexts = [
            context(&[0x300, same, told & 3]),
            context(&[0x301, same, told]),
        ];
        let way = self.model.choice(way, 4, Column::Time, &contexts)?;
        self.memory.told = (told << 2 | way) & 0x3f;
        let contexts = [context(&[0x302, way]), context(&[0x303, way, same])];
        let ahead = ahead.unwrap_or(0);
        let millis = |ahead: u64| {
            let millis = before
                .millis()
                .checked_add(ahead)
                .ok_or(WireError::Payload)?;
            Ok::<_, WireError>(Hlc::from_millis(millis))
        };
        let time = match way {
            TICK => Hlc(before.0.wrapping_add(1)),
            SECONDS => {
                let seconds = self.model.number(ahead / 1_000, Column::Time, &contexts, 3);
                millis(seconds.checked_mul(1_000).ok_or(WireError::Payload)?)?
            }
            MILLISECONDS => millis(self.model.number(ahead, Column::Time, &contexts, 3))?,
            _ => {
                let step = given.0.wrapping_sub(before.0).cast_signed();
                let step = self.model.signed(step, Column::Time, &contexts, 2);
                Hlc(before.0.wrapping_add(step.cast_unsigned()))
            }
        };
        self.memory.device[device as usize].time = time;
        self.memory.time = time;
        Ok(time)
    }

    /// The edits a change replaces.
    pub(super) fn bases(
        &mut self,
        given: Option<&[EditId]>,
        field: u32,
        place: &Place,
        near: &mut Near,
    ) -> Result<Vec<EditId>, WireError> {
        const WRITER: u32 = 0;
        const AS_BEFORE: u32 = 1;
        const OTHER: u32 = 2;
        let given = given.unwrap_or_default();
        let record = &self.memory.record[place.record as usize];
        let writer = record.fields.get(&field).map(|(writer, _)| *writer);
        let written = u32::from(writer.is_some());
        let contexts = [
            context(&[0x600, written, near.bases]),
            context(&[0x601, written, field]),
        ];
        let count = self
            .model
            .number(given.len() as u64, Column::Base, &contexts, 3);
        if C::READS && count > MAX_BASES_READ {
            return Err(WireError::TooMany);
        }
        near.bases = u32::try_from(count.min(3)).unwrap_or(3);
        let mut bases = Vec::new();
        for place in 0..count {
            self.spend(BASE_BYTES)?;
            let said = given.get(bases.len()).copied();
            let way = match said {
                Some(base) if Some(base) == writer => WRITER,
                Some(base) if Some(base) == near.base => AS_BEFORE,
                _ => OTHER,
            };
            let first = u32::from(place == 0);
            let contexts = [
                context(&[0x602, written, first]),
                context(&[0x603, u32::from(near.base.is_some()), first]),
            ];
            let base = match self.model.choice(way, 3, Column::Base, &contexts)? {
                WRITER => writer.ok_or(WireError::Payload)?,
                AS_BEFORE => near.base.ok_or(WireError::Payload)?,
                _ => self.edit_id(said.unwrap_or(EditId {
                    device: DeviceId(0),
                    seq: 0,
                }))?,
            };
            near.base = Some(base);
            bases.push(base);
        }
        Ok(bases)
    }

    /// The identity of an edit that is only mentioned.
    pub(super) fn edit_id(&mut self, given: EditId) -> Result<EditId, WireError> {
        let speaker = self.memory.devices.last;
        let device = self.device(given.device)?;
        self.memory.devices.last = speaker;
        let known = &self.memory.device[device as usize];
        let expected = i64::from(if known.base == 0 {
            known.seq
        } else {
            known.base
        }) + 1;
        let step = i64::from(given.seq) - expected;
        let step = self.model.signed(step, Column::Base, &[0x610], 2);
        let seq = u32::try_from(expected.wrapping_add(step)).map_err(|_| WireError::Payload)?;
        self.memory.device[device as usize].base = seq;
        Ok(EditId {
            device: self.device_id(device)?,
            seq,
        })
    }
}
