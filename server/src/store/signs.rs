//! What entries show of themselves, as far as it is not a database's own.

use super::StoreResult;
use super::words::{area, subject};
use thidua_domain::outlier::{Hint, MINUTE_MS, Place};

/// A residential area as it is read: commune, id and name.
pub(crate) type PlaceColumns = (String, Option<Vec<u8>>, Option<String>);

/// The residential area of these columns.
pub(crate) fn place((commune, id, name): PlaceColumns) -> StoreResult<Place> {
    Ok(Place {
        commune: area(&commune)?,
        residential_area: id.as_deref().map(subject).transpose()?,
        name: name.unwrap_or_default(),
    })
}

/// Entries that were made in one minute.
pub(crate) fn same_minute(place: Place, minute: i64, entries: i64) -> Hint {
    Hint::SameMinute {
        place,
        entries,
        at_ms: minute.unsigned_abs().saturating_mul(MINUTE_MS),
    }
}
