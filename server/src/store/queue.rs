//! The reviewers' queue, as far as it is not a database's own.

use super::words::{decode, encode};
use super::{QueueFilter, StoreResult};
use thidua_domain::api::{QueuePage, QueueRow};
use thidua_domain::record::SubjectId;

/// Where a page ended: since when its last row waits, its subject and assessment.
pub(crate) type Place = (u64, SubjectId, String);

/// Where `filter` continues; `Err` with an empty page if that is not a place this program has given:
/// nothing comes after it.
pub(crate) fn place_of(filter: &QueueFilter) -> Result<Option<Place>, QueuePage> {
    let nothing = |_| QueuePage {
        rows: Vec::new(),
        next: None,
        today: None,
    };
    let place = filter.after.as_deref().map(|after| decode(after, "place"));
    place.transpose().map_err(nothing)
}

/// A page of at most `limit` of these rows. One row more than that tells that there is a next page.
pub(crate) fn page_of(
    rows: impl Iterator<Item = StoreResult<QueueRow>>,
    limit: usize,
) -> StoreResult<QueuePage> {
    let mut page = QueuePage {
        rows: Vec::new(),
        next: None,
        today: None,
    };
    let mut last = None;
    for row in rows {
        if page.rows.len() == limit {
            page.next = last;
            break;
        }
        let row = row?;
        let standing = &row.standing;
        last = Some(encode(&(
            row.since_ms,
            standing.subject,
            standing.assessment.as_str(),
        )));
        page.rows.push(row);
    }
    Ok(page)
}
