//! Which record an edit is about, and identities of subjects wherever they are mentioned.

use super::WireError;
use super::coder::Coder;
use super::model::Column;
use super::stream::{Stream, context};
use super::tables::RecordMemory;
use crate::area::AreaCode;
use crate::record::{RecordKey, SubjectId};

impl<C: Coder> Stream<C> {
    /// Which record, and whether the message speaks of it for the first time.
    pub(super) fn record(
        &mut self,
        given: Option<&RecordKey>,
        commune: &AreaCode,
    ) -> Result<(RecordKey, u32, bool), WireError> {
        const SAME: u32 = 0;
        const NEXT: u32 = 1;
        const NEW: u32 = 2;
        const OTHER: u32 = 3;
        let last = self.memory.records.last;
        let number = given.and_then(|key| self.memory.records.number(key.as_str()));
        let way = match number {
            None => NEW,
            Some(number) if number == last => SAME,
            Some(number) if number == last + 1 => NEXT,
            Some(_) => OTHER,
        };
        let shape = self
            .memory
            .record
            .get(last as usize)
            .map_or(0, |record| record.shape + 1);
        let found = self.memory.found;
        let contexts = [
            context(&[0x200, found & 3]),
            context(&[0x201, found]),
            context(&[0x202, shape, found & 15]),
        ];
        let way = self.model.choice(way, 4, Column::Record, &contexts)?;
        self.memory.found = (found << 2 | way) & 0xff;
        let (number, new) = match way {
            SAME => (last, false),
            NEXT => (last + 1, false),
            NEW => self.new_record(given, commune)?,
            _ => {
                let given = u64::from(number.unwrap_or(0));
                let number = self.model.number(given, Column::Record, &[0x203], 3);
                (u32::try_from(number).unwrap_or(u32::MAX), false)
            }
        };
        let text = self.memory.records.get(number).ok_or(WireError::Payload)?;
        let key = RecordKey::parse(text).map_err(|_| WireError::Payload)?;
        self.memory.records.last = number;
        Ok((key, number, new))
    }

    fn new_record(
        &mut self,
        given: Option<&RecordKey>,
        commune: &AreaCode,
    ) -> Result<(u32, bool), WireError> {
        let (before, after) = given.map_or(("", ""), key_parts);
        let shape = (before.to_owned(), after.to_owned());
        let number = self.lexicon.shapes.number(&shape);
        let shape = match self.known(number, self.lexicon.shapes.last, 0x210) {
            Some(number) => number,
            None => {
                let shape = (self.literal(before, 0x211)?, self.literal(after, 0x212)?);
                self.lexicon.shapes.add(shape)
            }
        };
        if shape >= self.lexicon.shapes.len() {
            return Err(WireError::Payload);
        }
        self.lexicon.shapes.last = shape;
        let id = given.map_or(SubjectId(0), RecordKey::subject);
        let id = self.subject(id, shape, commune)?;
        let (before, after) = self.lexicon.shapes.get(shape).ok_or(WireError::Payload)?;
        let key = format!("{before}/{id}{after}");
        self.spend_text(&key)?;
        let number = self.memory.records.add(key);
        let new = number as usize == self.memory.record.len();
        if new {
            self.memory.record.push(RecordMemory {
                shape,
                ..RecordMemory::default()
            });
        }
        Ok((number, new))
    }

    /// A subject's identity, in a place where such are mentioned.
    pub(super) fn subject(
        &mut self,
        given: SubjectId,
        place: u32,
        commune: &AreaCode,
    ) -> Result<SubjectId, WireError> {
        const KNOWN: u32 = 0;
        const NEIGHBOUR: u32 = 1;
        const ANY: u32 = 2;
        const COMMUNE: u32 = 3;
        let subjects = &self.memory.subjects;
        let known = subjects.known.number(&given);
        let run = subjects.run(given);
        let way = match (known, run) {
            (Some(_), _) => KNOWN,
            (None, Some(_)) => NEIGHBOUR,
            (None, None) if !C::READS && given == SubjectId::commune(commune) => COMMUNE,
            (None, None) => ANY,
        };
        let (last, last_run) = (subjects.last.get(&place).copied(), subjects.last_run);
        let contexts = [context(&[0x220]), context(&[0x221, place])];
        let way = self.model.choice(way, 4, Column::Subject, &contexts)?;
        let id = match way {
            KNOWN => {
                let expected = last.map_or(0, |last| i64::from(last) + 1);
                let contexts = [context(&[0x222]), context(&[0x223, place])];
                let given = i64::from(known.unwrap_or(0)) - expected;
                let step = self.model.signed(given, Column::Subject, &contexts, 2);
                let number = u32::try_from(expected.wrapping_add(step));
                let number = number.map_err(|_| WireError::Payload)?;
                let id = self.memory.subjects.known.get(number).copied();
                id.ok_or(WireError::Payload)?
            }
            NEIGHBOUR => {
                let given_run = u64::from(run.unwrap_or(0));
                let contexts = [context(&[0x224]), context(&[0x225, last_run])];
                let run = self.model.number(given_run, Column::Subject, &contexts, 3);
                let runs = &self.memory.subjects.runs;
                let run = usize::try_from(run)
                    .ok()
                    .and_then(|run| runs.get(run))
                    .copied();
                let run = run.ok_or(WireError::Payload)?;
                let expected = i64::from(run.last) + 1;
                let contexts = [context(&[0x226]), context(&[0x227, place])];
                let given = i64::from(given.0 as u32) - expected;
                let step = self.model.signed(given, Column::Subject, &contexts, 2);
                let low = u32::try_from(expected.wrapping_add(step));
                let low = low.map_err(|_| WireError::Payload)?;
                SubjectId(run.prefix << 32 | u128::from(low))
            }
            ANY => SubjectId(self.model.random(given.0, 128)),
            _ => SubjectId::commune(commune),
        };
        let number = self.memory.subjects.add(id);
        self.memory.subjects.last.insert(place, number);
        Ok(id)
    }
}

/// What stands before and after the subject in a key.
fn key_parts(key: &RecordKey) -> (&str, &str) {
    let text = key.as_str();
    let before = text.split('/').next().unwrap_or_default();
    // A slash and the 32 digits of the subject.
    let after = text.get(before.len() + 33..).unwrap_or_default();
    (before, after)
}
