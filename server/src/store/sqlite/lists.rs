//! Counts and lists.

use super::read::{area, assessment, decode, encode};
use super::tally;
use super::write::{bytes, subject};
use crate::store::words::value;
use crate::store::{StandingFilter, StoreError, StoreResult};
use rusqlite::{Connection, Row, named_params};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use thidua_domain::api::{AssessmentTally, ResidentialAreaTallies, StandingPage, StandingView};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::criteria::Outcome;
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
            "SELECT residential_area, assessment, state, outcome, count(*)
             FROM standing WHERE commune = ?1 AND expected
             GROUP BY residential_area, assessment, state, outcome",
        )
        .map_err(StoreError::backend)?;
    let mut rows = statement
        .query([commune.as_str()])
        .map_err(StoreError::backend)?;
    let mut areas: BTreeMap<Option<SubjectId>, BTreeMap<Assessment, Tally>> = BTreeMap::new();
    while let Some(row) = rows.next().map_err(StoreError::backend)? {
        let (id, of, single, times) = group(row)?;
        *areas.entry(id).or_default().entry(of).or_default() += tally::times(&single, times);
    }

    let mut listed = Vec::new();
    for (id, tallies) in areas {
        let (sort_key, name) = match id {
            Some(id) => name_of(connection, id)?,
            None => (Vec::new(), String::new()),
        };
        let tallies = tallies
            .into_iter()
            .map(|(assessment, tally)| AssessmentTally { assessment, tally })
            .collect();
        listed.push((
            (id.is_none(), sort_key),
            ResidentialAreaTallies { id, name, tallies },
        ));
    }
    listed.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(listed.into_iter().map(|(_, area)| area).collect())
}

/// One group of subjects that stand alike: their residential area, the assessment, the tally of one of
/// them, and how many they are.
fn group(row: &Row<'_>) -> StoreResult<(Option<SubjectId>, Assessment, Tally, i64)> {
    type Columns = (Option<Vec<u8>>, String, String, String, i64);
    let read = || -> rusqlite::Result<Columns> {
        Ok((
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
        ))
    };
    let (id, of, state, outcome, times) = read().map_err(StoreError::backend)?;
    let single = Tally::of(&Standing {
        expected: true,
        state: entry_state(&state)?,
        outcome: outcome_of(&outcome)?,
        points: None,
        since: None,
    });
    let id = id.as_deref().map(subject).transpose()?;
    Ok((id, assessment(&of)?, single, times))
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

/// Where a page of standings ended: sort key, subject and assessment of its last row.
type Place = (Vec<u8>, SubjectId, String);

/// See [`crate::store::Database::standings`].
pub(super) fn standings(
    connection: &Connection,
    filter: &StandingFilter,
) -> StoreResult<StandingPage> {
    let after = match &filter.after {
        Some(after) => match place(after) {
            Some(place) => Some(place),
            // Not a place this program has given: nothing comes after it.
            None => {
                return Ok(StandingPage {
                    rows: Vec::new(),
                    next: None,
                });
            }
        },
        None => None,
    };
    let mut statement = connection
        .prepare_cached(&query(filter, after.is_some()))
        .map_err(StoreError::backend)?;
    let communes = filter.communes.as_deref().map(communes_of);
    bind(&mut statement, filter, communes, after).map_err(StoreError::backend)?;

    let mut rows = statement.raw_query();
    let mut page = StandingPage {
        rows: Vec::new(),
        next: None,
    };
    let mut last = None;
    while let Some(row) = rows.next().map_err(StoreError::backend)? {
        if page.rows.len() == filter.limit {
            page.next = last;
            break;
        }
        let view = view(row)?;
        let sort_key: Vec<u8> = row.get("sort_key").map_err(StoreError::backend)?;
        last = Some(encode(&(
            hex(&sort_key),
            view.subject,
            view.assessment.as_str(),
        )));
        page.rows.push(view);
    }
    Ok(page)
}

/// Columns of a row of a list.
pub(super) const VIEW: &str =
    "subject, kind, commune, label, house_no, assessment, state, outcome, points,
     (SELECT label FROM standing AS area WHERE area.subject = standing.residential_area
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
    Ok(StandingView {
        subject: subject(&id)?,
        kind: value(&text("kind")?, "kind of subject")?,
        commune: area(&text("commune")?)?,
        residential_area: optional("area_name")?,
        label: text("label")?,
        house_no: optional("house_no")?,
        assessment: assessment(&text("assessment")?)?,
        state: entry_state(&text("state")?)?,
        outcome: outcome_of(&text("outcome")?)?,
        points: row.get("points").map_err(StoreError::backend)?,
    })
}

fn outcome_of(text: &str) -> StoreResult<Outcome> {
    Outcome::parse(text).ok_or(StoreError::Damaged { what: "outcome" })
}

fn entry_state(text: &str) -> StoreResult<EntryState> {
    EntryState::parse(text).ok_or(StoreError::Damaged {
        what: "state of an entry",
    })
}

fn place(text: &str) -> Option<Place> {
    let (key, subject, assessment): (String, SubjectId, String) = decode(text, "place").ok()?;
    let digits = key.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16).ok()
    });
    Some((digits.collect::<Option<_>>()?, subject, assessment))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes it");
        text
    })
}
