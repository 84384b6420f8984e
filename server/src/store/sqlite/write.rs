//! What a transaction loads and what it executes.

use super::read::feed_end;
use super::{days, places, tally};
use crate::store::words::{self, bytes, encode, sort_key, value, word};
use crate::store::{StoreError, StoreResult};
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::BTreeMap;
use thidua_domain::date::Date;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::setting::{self, Settings};
use thidua_domain::sync::edit::{DeviceId, Edit, EditDigest};
use thidua_domain::sync::hub::{DeviceRow, FeedRow, HeldEdit, Loaded, Needs, StandingRow, Writes};
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::RejectReason;
use thidua_domain::trend::{DayCounts, day_of};

/// Loads what a plan asks for.
pub(super) fn load(connection: &Connection, needs: &Needs) -> StoreResult<Loaded> {
    let mut loaded = Loaded {
        device: device(connection, needs.device)?,
        ..Loaded::default()
    };
    if let Some((first, last)) = needs.seqs {
        loaded.held = held(connection, needs.device, first, last)?;
    }
    for former in &needs.former {
        let row = device(connection, *former)?;
        loaded.former.extend(row.map(|row| (*former, row)));
    }
    for subject in &needs.subjects {
        load_records(connection, *subject, &mut loaded.records)?;
    }
    loaded.settings = settings(connection)?;
    loaded.waiting = places::waiting(connection, &needs.subjects)?;
    for commune in &needs.communes {
        let end = feed_end(connection, commune)?;
        loaded.feeds.insert(commune.clone(), end);
    }
    if let Some(record) = &needs.kept {
        loaded.kept = places::kept(connection, record)?;
    }
    loaded.inhabited = places::inhabited(connection, &needs.ending)?;
    Ok(loaded)
}

fn device(connection: &Connection, id: DeviceId) -> StoreResult<Option<DeviceRow>> {
    connection
        .prepare_cached("SELECT account, held FROM device WHERE id = ?1")
        .and_then(|mut statement| {
            statement
                .query_row([id.0], |row| {
                    Ok(DeviceRow {
                        account: row.get(0)?,
                        held: row.get(1)?,
                    })
                })
                .optional()
        })
        .map_err(StoreError::backend)
}

fn held(
    connection: &Connection,
    device: DeviceId,
    first: u32,
    last: u32,
) -> StoreResult<BTreeMap<u32, HeldEdit>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT seq, digest, NULL FROM edit WHERE device = ?1 AND seq BETWEEN ?2 AND ?3
             UNION ALL
             SELECT seq, digest, reason FROM rejected_edit WHERE device = ?1 AND seq BETWEEN ?2 AND ?3",
        )
        .map_err(StoreError::backend)?;
    let mut rows = statement
        .query(params![device.0, first, last])
        .map_err(StoreError::backend)?;
    let mut held = BTreeMap::new();
    while let Some(row) = rows.next().map_err(StoreError::backend)? {
        let columns = || -> rusqlite::Result<(u32, u64, Option<String>)> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        };
        let (seq, digest, reason) = columns().map_err(StoreError::backend)?;
        let rejected = reason.map(|reason| value(&reason, "reason")).transpose()?;
        let digest = EditDigest(digest);
        held.insert(seq, HeldEdit { digest, rejected });
    }
    Ok(held)
}

/// What the province sets, as this transaction sees it.
pub(super) fn settings(connection: &Connection) -> StoreResult<Settings> {
    let mut records = BTreeMap::new();
    load_records(connection, setting::subject(), &mut records)?;
    Ok(Settings::of(&records))
}

/// Adds all records of a subject to `records`.
pub(super) fn load_records(
    connection: &Connection,
    subject: SubjectId,
    records: &mut BTreeMap<RecordKey, RecordState>,
) -> StoreResult<()> {
    let mut statement = connection
        .prepare_cached("SELECT key, state FROM record WHERE subject = ?1")
        .map_err(StoreError::backend)?;
    let mut rows = statement
        .query([bytes(subject)])
        .map_err(StoreError::backend)?;
    while let Some(row) = rows.next().map_err(StoreError::backend)? {
        let (key, state) = record(row)?;
        records.insert(key, state);
    }
    Ok(())
}

/// Reads `key, state` from the first two columns.
pub(super) fn record(row: &rusqlite::Row<'_>) -> StoreResult<(RecordKey, RecordState)> {
    let text = |index| row.get_ref(index)?.as_str().map_err(rusqlite::Error::from);
    let key = text(0).map_err(StoreError::backend)?;
    let state = text(1).map_err(StoreError::backend)?;
    words::record(key, state)
}

/// Executes a plan.
pub(super) fn apply(connection: &Connection, now_ms: u64, writes: &Writes) -> StoreResult<()> {
    let written = || -> rusqlite::Result<()> {
        if let Some((id, row)) = &writes.device {
            // A sync that brings nothing new writes nothing, and so costs no wait for the disk.
            connection
                .prepare_cached(
                    "INSERT INTO device (id, account, held) VALUES (?1, ?2, ?3)
                     ON CONFLICT (id) DO UPDATE SET account = excluded.account, held = excluded.held
                     WHERE account <> excluded.account OR held <> excluded.held",
                )?
                .execute(params![id.0, row.account, row.held])?;
        }
        records(connection, &writes.records)?;
        feed(connection, now_ms, &writes.feed)?;
        rejected(connection, now_ms, &writes.rejected)?;
        for (key, change) in &writes.tallies {
            tally::add(connection, key, change)?;
            days::add(connection, key, day_of(now_ms), DayCounts::of(change))?;
        }
        for (key, change) in &writes.parts {
            tally::add_part(connection, key, change)?;
        }
        for row in &writes.standings {
            standing(connection, row)?;
        }
        places::write(connection, now_ms, writes)
    };
    written().map_err(StoreError::backend)
}

fn records(
    connection: &Connection,
    records: &BTreeMap<RecordKey, RecordState>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO record (subject, key, state) VALUES (?1, ?2, ?3)
         ON CONFLICT (subject, key) DO UPDATE SET state = excluded.state",
    )?;
    for (key, state) in records {
        statement.execute(params![bytes(key.subject()), key.as_str(), encode(state)])?;
    }
    Ok(())
}

fn feed(connection: &Connection, now_ms: u64, rows: &[FeedRow]) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO edit (device, seq, digest, commune, number, running, subject, received_ms, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let mut ends = BTreeMap::new();
    for FeedRow {
        commune,
        cursor,
        edit,
    } in rows
    {
        insert.execute(params![
            edit.id.device.0,
            edit.id.seq,
            edit.digest().0,
            commune.as_str(),
            cursor.number,
            cursor.check.0,
            bytes(edit.record.subject()),
            now_ms,
            encode(edit),
        ])?;
        ends.insert(commune, *cursor);
    }
    let mut end = connection.prepare_cached(
        "INSERT INTO feed (commune, number, running, last_ms) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (commune) DO UPDATE
         SET number = excluded.number, running = excluded.running, last_ms = excluded.last_ms",
    )?;
    for (commune, cursor) in ends {
        end.execute(params![
            commune.as_str(),
            cursor.number,
            cursor.check.0,
            now_ms
        ])?;
    }
    Ok(())
}

fn rejected(
    connection: &Connection,
    now_ms: u64,
    edits: &[(Edit, RejectReason)],
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO rejected_edit (device, seq, digest, subject, reason, received_ms, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (edit, reason) in edits {
        statement.execute(params![
            edit.id.device.0,
            edit.id.seq,
            edit.digest().0,
            bytes(edit.record.subject()),
            word(reason),
            now_ms,
            encode(edit),
        ])?;
    }
    Ok(())
}

/// Writes a standing, unless it is there already.
pub(super) fn standing(connection: &Connection, row: &StandingRow) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO standing VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
                 (SELECT received_ms FROM edit WHERE device = ?14 AND seq = ?15), ?16, ?17, ?18, ?19)
             ON CONFLICT (subject, assessment) DO UPDATE SET
                 kind = excluded.kind, commune = excluded.commune,
                 residential_area = excluded.residential_area, label = excluded.label,
                 sort_key = excluded.sort_key, house_no = excluded.house_no,
                 open = excluded.open, expected = excluded.expected, state = excluded.state,
                 outcome = excluded.outcome, points = excluded.points, since_ms = excluded.since_ms,
                 made_minute = excluded.made_minute, votes_amiss = excluded.votes_amiss,
                 due_day = excluded.due_day, endorsed = excluded.endorsed
             WHERE (kind, commune, residential_area, label, house_no, open, expected, state, outcome,
                    points, since_ms, made_minute, votes_amiss, due_day, endorsed)
                IS NOT (excluded.kind, excluded.commune, excluded.residential_area, excluded.label,
                        excluded.house_no, excluded.open, excluded.expected, excluded.state,
                        excluded.outcome, excluded.points, excluded.since_ms, excluded.made_minute,
                        excluded.votes_amiss, excluded.due_day, excluded.endorsed)",
        )?
        .execute(params![
            bytes(row.subject),
            row.assessment.as_str(),
            word(&row.kind),
            row.commune.as_str(),
            row.residential_area.map(bytes),
            row.label,
            sort_key(row),
            row.house_no,
            row.open,
            row.standing.expected,
            row.standing.state.as_str(),
            row.standing.outcome.as_str(),
            row.standing.points,
            row.standing.since.map(|edit| edit.device.0),
            row.standing.since.map(|edit| edit.seq),
            row.signs.made_minute,
            row.signs.votes_do_not_add_up,
            row.standing.due.map(Date::to_epoch_days),
            row.standing.endorsed,
        ])?;
    Ok(())
}
