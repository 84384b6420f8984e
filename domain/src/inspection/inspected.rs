//! The unit or residential area that an inspection looks at, where it is one of the commune's register.
//!
//! The record names it by the key of its own record, which says what it is as well, and goes on calling it in
//! words: programs that know nothing of the register read those.

use super::{InspectionError, Plan};
use crate::area::AreaCode;
use crate::catalogue::{Assessment, SubjectKind};
use crate::place;
use crate::record::{Period, RecordKey};
use crate::subject;
use crate::sync::state::RecordState;
use std::collections::BTreeMap;

/// What of a register can be inspected by itself.
pub const KINDS: [SubjectKind; 2] = [SubjectKind::Unit, SubjectKind::ResidentialArea];

/// The key of something that can be inspected by itself, if it is one.
pub(super) fn read(text: &str) -> Option<RecordKey> {
    let key = RecordKey::parse(text).ok()?;
    is_of_register(&key).then_some(key)
}

/// Whether a key is of something that can be inspected by itself.
pub(super) fn is_of_register(key: &RecordKey) -> bool {
    key.subject_kind().is_some_and(|kind| KINDS.contains(&kind))
}

/// The page of what is inspected: its entry for the safety title, which every unit and residential area has.
pub fn entry(key: &RecordKey, period: Period) -> Option<RecordKey> {
    let title = match key.subject_kind()? {
        SubjectKind::Unit => Assessment::SafeUnit,
        SubjectKind::ResidentialArea => Assessment::SafeResidentialArea,
        _ => return None,
    };
    Some(RecordKey::entry(key.subject(), title, period))
}

impl Plan {
    /// The plan as it is written for a commune: what it names of the register has to be there and live in the
    /// commune, and is called as the register calls it. `records` has the records of what it names; `before` is
    /// the plan that it takes the place of, whose choice stands even if the register has changed since.
    pub fn settled(
        mut self,
        commune: &AreaCode,
        records: &BTreeMap<RecordKey, RecordState>,
        before: Option<&Self>,
    ) -> Result<Self, InspectionError> {
        let Some(key) = &self.inspected else {
            return Ok(self);
        };
        if let Some(before) = before.filter(|before| before.inspected.as_ref() == Some(key)) {
            self.place = before.place.clone();
            return Ok(self);
        }
        let found = records
            .get(key)
            .filter(|_| is_of_register(key))
            .filter(|record| subject::is_open(record))
            .ok_or(InspectionError::NotInRegister)?;
        let lives = place::moved_to(records, key.subject());
        if lives.as_ref().unwrap_or(&found.commune) != commune {
            return Err(InspectionError::NotInRegister);
        }
        self.place = subject::label(found).to_owned();
        Ok(self)
    }
}
