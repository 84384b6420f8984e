//! Counts and lists.

use crate::store::counts::times;
use crate::store::lists::{AreaTallies, Place, in_order, page_of, place_of};
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
use thidua_domain::progress::{Standing, Tally};
use thidua_domain::record::SubjectId;

/// See [`crate::store::Database::last_edits`].
pub(super) fn last_edits(connection: &Connection) -> StoreResult<BTreeMap<AreaCode, u64>> {
    let mut statement = connection
        .prepare_cached("SELECT commune, last_ms FROM feed")
        .map_err(StoreError::backend)?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))
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
    commune: &AreaCode,
) -> StoreResult<Vec<ResidentialAreaTallies>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT residential_area, assessment, state, outcome, endorsed, count(*)
             FROM standing WHERE commune = ?1 AND expected
             GROUP BY residential_area, assessment, state, outcome, endorsed",
        )
        .map_err(StoreError::backend)?;
    let mut rows = statement
        .query([commune.as_str()])
        .map_err(StoreError::backend)?;
    let mut areas = AreaTallies::new();
    while let Some(row) = rows.next().map_err(StoreError::backend)? {
        let (id, of, single, subjects) = group(row)?;
        *areas.entry(id).or_default().entry(of).or_default() += times(&single, subjects);
    }

    in_order(areas, |id| name_of(connection, id))
}

/// One group of subjects that stand alike: their residential area, the assessment, the tally of one of
/// them, and how many they are.
fn group(row: &Row<'_>) -> StoreResult<(Option<SubjectId>, Assessment, Tally, i64)> {
    type Columns = (Option<Vec<u8>>, String, String, String, bool, i64);
    let read = || -> rusqlite::Result<Columns> {
        Ok((
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
            row.get(5)?,
        ))
    };
    let (id, of, state, result, endorsed, subjects) = read().map_err(StoreError::backend)?;
    let single = Tally::of(&Standing {
        expected: true,
        state: entry_state(&state)?,
        outcome: outcome(&result)?,
        points: None,
        since: None,
        due: None,
        endorsed,
    });
    let id = id.as_deref().map(subject).transpose()?;
    Ok((id, assessment(&of)?, single, subjects))
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
