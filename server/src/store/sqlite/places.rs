//! Subjects that have moved, and edits that are kept for whoever is there to decide about.

use crate::store::words::{area, bytes, decode, subject};
use crate::store::{HandoverFilter, HandoverRow, StoreError, StoreResult, Whereabouts};
use rusqlite::{Connection, Params, Row, params};
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::area::AreaCode;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::setting;
use thidua_domain::sync::edit::{DeviceId, EditId};
use thidua_domain::sync::hub::{Decided, FeedPlaces, KeptEdit, Outcome, Writes};

/// The subjects of a feed that ever moved.
pub(super) fn of_feed(connection: &Connection, feed: &AreaCode) -> StoreResult<FeedPlaces> {
    let mut moved = FeedPlaces::default();
    let sql = "SELECT subject, commune, number FROM place WHERE feed = ?1";
    each(connection, sql, [feed.as_str()], |row| {
        let (id, commune): (Vec<u8>, String) = (column(row, 0)?, column(row, 1)?);
        moved.places.insert(subject(&id)?, area(&commune)?);
        moved.last = moved.last.max(column(row, 2)?);
        Ok(())
    })?;
    Ok(moved)
}

/// See [`crate::store::Database::feeds_of_moved`].
pub(super) fn feeds_of_moved(
    connection: &Connection,
    communes: &BTreeSet<AreaCode>,
) -> StoreResult<Vec<AreaCode>> {
    let mut feeds = Vec::new();
    let sql = "SELECT DISTINCT feed FROM place WHERE commune IN (SELECT value FROM json_each(?1))
               ORDER BY feed";
    each(connection, sql, [codes(communes)], |row| {
        feeds.push(area(&column::<String>(row, 0)?)?);
        Ok(())
    })?;
    Ok(feeds)
}

/// See [`crate::store::Database::subjects_at`].
pub(super) fn subjects_at(
    connection: &Connection,
    whereabouts: &Whereabouts,
    to: &AreaCode,
    limit: usize,
) -> StoreResult<Vec<SubjectId>> {
    let mut found = Vec::new();
    let mut add = |row: &Row<'_>| {
        found.push(subject(&column::<Vec<u8>>(row, 0)?)?);
        Ok(())
    };
    match whereabouts {
        Whereabouts::ResidentialArea(id) => each(
            connection,
            "SELECT DISTINCT subject FROM standing WHERE residential_area = ?1 AND commune <> ?2
             ORDER BY subject <> ?1, subject LIMIT ?3",
            params![bytes(*id), to.as_str(), limit],
            add,
        )?,
        Whereabouts::Commune(commune) => {
            // First what stands for the commune itself: what is new in it goes where it has gone. Then the
            // register, then its own books. What the server writes to a commune stays with it.
            let own = SubjectId::commune(commune);
            let there = "SELECT count(*) FROM place WHERE subject = ?1 AND commune = ?2";
            let gone: i64 = connection
                .query_row(there, params![bytes(own), to.as_str()], |row| row.get(0))
                .map_err(StoreError::backend)?;
            each(
                connection,
                "SELECT DISTINCT subject FROM standing WHERE commune = ?1 AND kind <> 'commune'
                 UNION
                 SELECT record.subject FROM record INDEXED BY record_of_kind
                 LEFT JOIN place ON place.subject = record.subject
                 WHERE key NOT GLOB 'entry/*' AND key NOT GLOB 'family/*' AND key NOT GLOB 'unit/*'
                     AND key NOT GLOB 'place/*' AND key NOT GLOB 'reminder/*'
                     AND key NOT GLOB 'figure/*' AND record.subject <> ?4
                     AND coalesce(place.commune, json_extract(state, '$.commune')) = ?1
                 ORDER BY 1 LIMIT ?3",
                params![commune.as_str(), to.as_str(), limit, bytes(own)],
                &mut add,
            )?;
            if gone == 0 {
                found.insert(0, own);
                found.truncate(limit);
            }
        }
    }
    Ok(found)
}

/// Whether anything is in these communes. The commune itself, as a subject, does not count.
pub(super) fn inhabited(
    connection: &Connection,
    communes: &BTreeSet<AreaCode>,
) -> StoreResult<BTreeMap<AreaCode, bool>> {
    let mut inhabited = BTreeMap::new();
    for commune in communes {
        let here = Whereabouts::Commune(commune.clone());
        let found = subjects_at(connection, &here, &setting::feed(), 2)?;
        let own = SubjectId::commune(commune);
        let anybody = found.into_iter().any(|subject| subject != own);
        inhabited.insert(commune.clone(), anybody);
    }
    Ok(inhabited)
}

/// The communes for which edits about these subjects wait.
pub(super) fn waiting(
    connection: &Connection,
    subjects: &BTreeSet<SubjectId>,
) -> StoreResult<BTreeMap<SubjectId, AreaCode>> {
    let mut found = BTreeMap::new();
    for id in subjects {
        let sql = "SELECT commune FROM handover WHERE subject = ?1 AND decided_by IS NULL
                   ORDER BY received_ms LIMIT 1";
        each(connection, sql, [bytes(*id)], |row| {
            found.insert(*id, area(&column::<String>(row, 0)?)?);
            Ok(())
        })?;
    }
    Ok(found)
}

/// All kept edits of a record, for a plan.
pub(super) fn kept(connection: &Connection, record: &RecordKey) -> StoreResult<Vec<KeptEdit>> {
    let about = HandoverFilter::About(record.clone());
    let rows = handovers(connection, &about, usize::MAX >> 1)?;
    let kept = rows.into_iter().map(|row| KeptEdit {
        edit: row.edit,
        outcome: match row.decided {
            None => Outcome::Waiting,
            Some((decided, _)) => decided.taken_as.map_or(Outcome::Declined, Outcome::Taken),
        },
    });
    Ok(kept.collect())
}

/// See [`crate::store::Database::handovers`].
pub(super) fn handovers(
    connection: &Connection,
    filter: &HandoverFilter,
    limit: usize,
) -> StoreResult<Vec<HandoverRow>> {
    let (condition, argument) = match filter {
        HandoverFilter::WaitingIn(communes) => (
            "decided_by IS NULL AND handover.commune IN (SELECT value FROM json_each(?1))
             ORDER BY handover.received_ms, device, seq",
            codes(communes),
        ),
        HandoverFilter::WrittenBy(account) => (
            "author = ?1 ORDER BY handover.received_ms DESC, device, seq DESC",
            account.clone(),
        ),
        HandoverFilter::About(record) => (
            "handover.record = ?1 AND handover.subject = unhex(substr(?1, instr(?1, '/') + 1, 32))
             ORDER BY device, seq",
            record.as_str().to_owned(),
        ),
    };
    let sql = format!(
        "SELECT body, handover.commune, handover.received_ms, decided_by, decided_ms, decision,
             as_device, as_seq
         FROM handover JOIN rejected_edit USING (device, seq) WHERE {condition} LIMIT ?2"
    );
    let mut found = Vec::new();
    each(connection, &sql, params![argument, limit], |row| {
        found.push(handover(row)?);
        Ok(())
    })?;
    Ok(found)
}

fn handover(row: &Row<'_>) -> StoreResult<HandoverRow> {
    let by: Option<String> = column(row, 3)?;
    let decided = by.map(|by| {
        let (device, seq): (Option<u64>, Option<u32>) = (column(row, 6)?, column(row, 7)?);
        let taken_as = device.zip(seq).map(|(device, seq)| EditId {
            device: DeviceId(device),
            seq,
        });
        let reason = column::<Option<String>>(row, 5)?.unwrap_or_default();
        let decided = Decided {
            by,
            taken_as,
            reason,
        };
        Ok::<_, StoreError>((decided, column(row, 4)?))
    });
    Ok(HandoverRow {
        edit: decode(&column::<String>(row, 0)?, "edit")?,
        commune: area(&column::<String>(row, 1)?)?,
        received_ms: column(row, 2)?,
        decided: decided.transpose()?,
    })
}

/// Writes what a plan says of places and kept edits.
pub(super) fn write(connection: &Connection, now_ms: u64, writes: &Writes) -> rusqlite::Result<()> {
    for (id, row) in &writes.places {
        connection
            .prepare_cached(
                "INSERT INTO place (subject, feed, commune, number) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (subject) DO UPDATE
                 SET feed = excluded.feed, commune = excluded.commune, number = excluded.number",
            )?
            .execute(params![
                bytes(*id),
                row.feed.as_str(),
                row.commune.as_str(),
                row.number
            ])?;
        connection
            .prepare_cached(
                "UPDATE handover SET commune = ?2
                 WHERE decided_by IS NULL AND (subject = ?1 OR residential_area = ?1)",
            )?
            .execute(params![bytes(*id), row.commune.as_str()])?;
    }
    for kept in &writes.handovers {
        connection
            .prepare_cached(
                "INSERT INTO handover (device, seq, record, subject, residential_area, author, commune,
                     received_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                kept.edit.device.0,
                kept.edit.seq,
                kept.record.as_str(),
                bytes(kept.record.subject()),
                kept.residential_area.map(bytes),
                kept.author,
                kept.commune.as_str(),
                now_ms,
            ])?;
    }
    for (id, decided) in &writes.decided {
        connection
            .prepare_cached(
                "UPDATE handover SET decided_by = ?3, decided_ms = ?4, decision = ?5, as_device = ?6,
                     as_seq = ?7 WHERE device = ?1 AND seq = ?2",
            )?
            .execute(params![
                id.device.0,
                id.seq,
                decided.by,
                now_ms,
                decided.reason,
                decided.taken_as.map(|edit| edit.device.0),
                decided.taken_as.map(|edit| edit.seq),
            ])?;
    }
    Ok(())
}

fn codes(communes: &BTreeSet<AreaCode>) -> String {
    crate::store::words::encode(communes)
}

fn column<T: rusqlite::types::FromSql>(row: &Row<'_>, index: usize) -> StoreResult<T> {
    row.get(index).map_err(StoreError::backend)
}

fn each(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
    mut visit: impl FnMut(&Row<'_>) -> StoreResult<()>,
) -> StoreResult<()> {
    let mut statement = connection
        .prepare_cached(sql)
        .map_err(StoreError::backend)?;
    let mut rows = statement.query(parameters).map_err(StoreError::backend)?;
    while let Some(row) = rows.next().map_err(StoreError::backend)? {
        visit(row)?;
    }
    Ok(())
}
