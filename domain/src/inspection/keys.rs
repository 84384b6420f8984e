//! Under which keys a commune's inspections are filed.

use super::{InspectionError, KIND, MAX_INSPECTIONS};
use crate::area::AreaCode;
use crate::record::{RecordKey, SubjectId};
use crate::sync::state::RecordState;
use std::collections::BTreeMap;

/// The subject that all inspections of a commune belong to.
pub fn subject(commune: &AreaCode) -> SubjectId {
    SubjectId::derived(&format!("inspections:{commune}"))
}

/// The first key an inspection of a commune can have, in the order of keys.
pub fn first_key(commune: &AreaCode) -> RecordKey {
    key(commune, 0)
}

fn key(commune: &AreaCode, number: u32) -> RecordKey {
    RecordKey::parse(&format!("{KIND}/{}/{number}", subject(commune)))
        .expect("a number is in the alphabet of keys")
}

/// The record of a commune's next inspection, after those in `records`.
pub fn next_key(
    commune: &AreaCode,
    records: &BTreeMap<RecordKey, RecordState>,
) -> Result<RecordKey, InspectionError> {
    let id = subject(commune);
    let number = |key: &RecordKey| key.as_str().rsplit('/').next()?.parse::<u32>().ok();
    let own = records
        .keys()
        .filter(|key| key.subject() == id && key.kind() == KIND);
    // A number that a tablet made up must not use up the others.
    let last = own
        .filter_map(number)
        .filter(|number| *number <= MAX_INSPECTIONS)
        .max();
    match last.unwrap_or(0) {
        last if last < MAX_INSPECTIONS => Ok(key(commune, last + 1)),
        _ => Err(InspectionError::OutOfRange),
    }
}
