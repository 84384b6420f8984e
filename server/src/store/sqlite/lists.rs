//! Counts and lists.

use super::tally;
use crate::store::lists::{Place, in_order, page_of, place_of};
use crate::store::words::{area, assessment, bytes, encode, entry_state, outcome, subject, value};
use crate::store::{StandingFilter, StoreError, StoreResult};
use rusqlite::{Connection, Row, named_params};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use thidua_domain::api::{ResidentialAreaTallies, StandingPage, StandingView};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::date::Date;
use thidua_domain::entry::EntryState;
use thidua_domain::record::{Period, SubjectId};

/// See [`crate::store::Database::last_edits`].
pub(super) fn last_edits(
    connection: &Connection,
    communes: Option<&[AreaCode]>,
) -> StoreResult<BTreeMap<AreaCode, u64>> {
    let within = match communes {
        Some(_) => "commune IN (SELECT value FROM json_each(?1))",
        None => "?1 IS NULL",
    };
    let mut statement = connection
        .prepare_cached(&format!("SELECT commune, last_ms FROM feed WHERE {within}"))
        .map_err(StoreError::backend)?;
    let communes = communes.map(|codes| encode(&codes));
    let rows = statement
        .query_map([communes], |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?))
        })
        .map_err(StoreError::backend)?;
    rows.map(|row| {
        let (commune, last_ms) = row.map_err(StoreError::backend)?;
        Ok((area(&commune)?, last_ms))
    })
    .collect()
}

/// See [`crate::store::Database::residential_area_tallies`].
pub(super) fn residential_area_tallies(
    connection: &Connection,
    period: Period,
    commune: &AreaCode,
) -> StoreResult<Vec<ResidentialAreaTallies>> {
    let parts = tally::parts(connection, period, Some(commune))?;
    in_order(parts, |id| name_of(connection, id))
}

/// Name of a residential area, with its place in the order of names.
fn name_of(connection: &Connection, id: SubjectId) -> StoreResult<(Vec<u8>, String)> {
    let mut statement = connection
        .prepare_cached("SELECT sort_key, label FROM standing WHERE subject = ?1 LIMIT 1")
        .map_err(StoreError::backend)?;
    let mut rows = statement.query([bytes(id)]).map_err(StoreError::backend)?;
    match rows.next().map_err(StoreError::backend)? {
        Some(row) => Ok((
            row.get(0).map_err(StoreError::backend)?,
            row.get(1).map_err(StoreError::backend)?,
        )),
        // Named by a family, and not arrived itself.
        None => Ok((Vec::new(), String::new())),
    }
}

/// See [`crate::store::Database::standings`].
pub(super) fn standings(
    connection: &Connection,
    filter: &StandingFilter,
) -> StoreResult<StandingPage> {
    let after = match place_of(filter) {
        Ok(after) => after,
        Err(nothing) => return Ok(nothing),
    };
    let mut statement = connection
        .prepare_cached(&query(filter, after.is_some()))
        .map_err(StoreError::backend)?;
    let communes = filter.communes.as_deref().map(communes_of);
    bind(&mut statement, filter, communes, after).map_err(StoreError::backend)?;

    let mut rows = statement.raw_query();
    let read = std::iter::from_fn(|| match rows.next() {
        Ok(row) => row.map(|row| {
            let sort_key: Vec<u8> = row.get("sort_key").map_err(StoreError::backend)?;
            Ok((view(row)?, sort_key))
        }),
        Err(error) => Some(Err(StoreError::backend(error))),
    });
    page_of(read, filter.limit)
}

/// Columns of a row of a list.
pub(super) const VIEW: &str =
    "subject, kind, commune, label, house_no, assessment, state, outcome, points,
     due_day, endorsed, (SELECT label FROM standing AS area WHERE area.subject = standing.residential_area
      LIMIT 1) AS area_name";

/// The statement for these filters. Which index is walked is said here and not left to be guessed: each
/// is in the order of the list, so a page costs what it holds and not what the table holds.
pub(super) fn query(filter: &StandingFilter, after: bool) -> String {
    let one_commune = filter
        .communes
        .as_ref()
        .is_some_and(|communes| communes.len() == 1);
    let index = if one_commune {
        "standing_in_commune"
    } else if filter.state.is_some() {
        "standing_in_state"
    } else {
        "standing_in_order"
    };
    let mut sql = format!("SELECT {VIEW}, sort_key FROM standing INDEXED BY {index} WHERE open");
    let mut also = |condition: &str| write!(sql, " AND {condition}").expect("a string takes it");
    match &filter.communes {
        Some(_) if one_commune => also("commune = :communes"),
        Some(_) => also("commune IN (SELECT value FROM json_each(:communes))"),
        None => {}
    }
    if filter.state.is_some() {
        also("state = :state");
    }
    if filter.assessment.is_some() {
        also("assessment = :assessment");
    }
    if filter.residential_area.is_some() {
        also("residential_area = :residential_area");
    }
    if after {
        also("(sort_key, subject, assessment) > (:after_key, :after_subject, :after_assessment)");
    }
    sql.push_str(" ORDER BY sort_key, subject, assessment LIMIT :limit");
    sql
}

/// The parameter `:communes`: a code, or a list of several.
pub(super) fn communes_of(communes: &[AreaCode]) -> String {
    match communes {
        [one] => one.as_str().to_owned(),
        several => encode(&several),
    }
}

fn bind(
    statement: &mut rusqlite::CachedStatement<'_>,
    filter: &StandingFilter,
    communes: Option<String>,
    after: Option<Place>,
) -> rusqlite::Result<()> {
    let (after_key, after_subject, after_assessment) = after.map_or_else(
        || (None, None, None),
        |(key, subject, assessment)| (Some(key), Some(bytes(subject)), Some(assessment)),
    );
    // One more than asked for tells whether there is a next page.
    let limit = filter.limit.saturating_add(1);
    let values = named_params! {
        ":communes": communes,
        ":state": filter.state.map(EntryState::as_str),
        ":assessment": filter.assessment.map(Assessment::as_str),
        ":residential_area": filter.residential_area.map(bytes),
        ":after_key": after_key,
        ":after_subject": after_subject,
        ":after_assessment": after_assessment,
        ":limit": limit,
    };
    for (name, value) in values {
        if let Some(index) = statement.parameter_index(name)? {
            statement.raw_bind_parameter(index, value)?;
        }
    }
    Ok(())
}

/// Reads the columns of [`VIEW`].
pub(super) fn view(row: &Row<'_>) -> StoreResult<StandingView> {
    let text = |name: &str| row.get::<_, String>(name).map_err(StoreError::backend);
    let optional = |name: &str| {
        row.get::<_, Option<String>>(name)
            .map_err(StoreError::backend)
    };
    let id: Vec<u8> = row.get("subject").map_err(StoreError::backend)?;
    let due: Option<i64> = row.get("due_day").map_err(StoreError::backend)?;
    Ok(StandingView {
        subject: subject(&id)?,
        kind: value(&text("kind")?, "kind of subject")?,
        commune: area(&text("commune")?)?,
        residential_area: optional("area_name")?,
        label: text("label")?,
        house_no: optional("house_no")?,
        assessment: assessment(&text("assessment")?)?,
        state: entry_state(&text("state")?)?,
        outcome: outcome(&text("outcome")?)?,
        points: row.get("points").map_err(StoreError::backend)?,
        due: due.and_then(Date::from_epoch_days),
        endorsed: row.get("endorsed").map_err(StoreError::backend)?,
    })
}
