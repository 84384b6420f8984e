//! Subjects that have moved, and edits that are kept for whoever is there to decide about.

use super::write::{ids, slices};
use super::{column, execute, number, rows};
use crate::store::words::{area, bytes, decode, subject};
use crate::store::{HandoverFilter, HandoverRow, StoreError, StoreResult, Whereabouts};
use deadpool_postgres::{GenericClient, Transaction};
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::area::AreaCode;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::setting;
use thidua_domain::sync::edit::{DeviceId, EditId};
use thidua_domain::sync::hub::{Decided, FeedPlaces, KeptEdit, Outcome, Writes};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

/// The subjects of these feeds that ever moved.
pub(super) async fn of_feeds(
    client: &impl GenericClient,
    feeds: &[&str],
) -> StoreResult<BTreeMap<AreaCode, FeedPlaces>> {
    let sql = "SELECT subject, commune, number, feed FROM place WHERE feed = ANY($1)";
    let mut found: BTreeMap<AreaCode, FeedPlaces> = BTreeMap::new();
    for row in &rows(client, sql, &[&feeds]).await? {
        let moved = found.entry(area(column(row, 3)?)?).or_default();
        let id = subject(column::<&[u8]>(row, 0)?)?;
        moved.places.insert(id, area(column(row, 1)?)?);
        moved.last = moved.last.max(number(row, 2)?);
    }
    Ok(found)
}

/// See [`crate::store::Database::feeds_of_moved`].
pub(super) async fn feeds_of_moved(
    client: &impl GenericClient,
    communes: &BTreeSet<AreaCode>,
) -> StoreResult<Vec<AreaCode>> {
    let sql = "SELECT DISTINCT feed FROM place WHERE commune = ANY($1) ORDER BY feed";
    let found = rows(client, sql, &[&codes(communes)]).await?;
    found.iter().map(|row| area(column(row, 0)?)).collect()
}

/// See [`crate::store::Database::subjects_at`].
pub(super) async fn subjects_at(
    client: &impl GenericClient,
    whereabouts: &Whereabouts,
    to: &AreaCode,
    limit: usize,
) -> StoreResult<Vec<SubjectId>> {
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let read = |found: Vec<Row>| -> StoreResult<Vec<SubjectId>> {
        let ids = found.iter().map(|row| subject(column::<&[u8]>(row, 0)?));
        ids.collect()
    };
    match whereabouts {
        Whereabouts::ResidentialArea(id) => {
            let sql = "SELECT subject FROM standing WHERE residential_area = $1 AND commune <> $2
                       GROUP BY subject ORDER BY subject <> $1, subject LIMIT $3";
            let id = bytes(*id);
            read(rows(client, sql, &[&id.as_slice(), &to.as_str(), &most]).await?)
        }
        Whereabouts::Commune(commune) => {
            // First what stands for the commune itself: what is new in it goes where it has gone. Then the
            // register, then its own books. What the server writes to a commune stays with it.
            let own = SubjectId::commune(commune);
            let id = bytes(own);
            let there = "SELECT FROM place WHERE subject = $1 AND commune = $2";
            let gone = rows(client, there, &[&id.as_slice(), &to.as_str()]).await?;
            let sql = "
                SELECT subject FROM standing WHERE commune = $1 AND kind <> 'commune'
                UNION
                SELECT record.subject FROM record
                LEFT JOIN place ON place.subject = record.subject
                WHERE key NOT LIKE 'entry/%' AND key NOT LIKE 'family/%' AND key NOT LIKE 'unit/%'
                    AND key NOT LIKE 'place/%' AND key NOT LIKE 'reminder/%'
                    AND key NOT LIKE 'figure/%' AND record.subject <> $3
                    AND coalesce(place.commune, state::json ->> 'commune') = $1
                ORDER BY 1 LIMIT $2";
            let parameters: [&(dyn ToSql + Sync); 3] = [&commune.as_str(), &most, &id.as_slice()];
            let mut found = read(rows(client, sql, &parameters).await?)?;
            if gone.is_empty() {
                found.insert(0, own);
                found.truncate(limit);
            }
            Ok(found)
        }
    }
}

/// Whether anything is in these communes. The commune itself, as a subject, does not count.
pub(super) async fn inhabited(
    client: &impl GenericClient,
    communes: &BTreeSet<AreaCode>,
) -> StoreResult<BTreeMap<AreaCode, bool>> {
    let mut inhabited = BTreeMap::new();
    for commune in communes {
        let here = Whereabouts::Commune(commune.clone());
        let found = subjects_at(client, &here, &setting::feed(), 2).await?;
        let own = SubjectId::commune(commune);
        let anybody = found.into_iter().any(|subject| subject != own);
        inhabited.insert(commune.clone(), anybody);
    }
    Ok(inhabited)
}

/// The communes for which edits about these subjects wait.
pub(super) async fn waiting(
    client: &impl GenericClient,
    subjects: &BTreeSet<SubjectId>,
) -> StoreResult<BTreeMap<SubjectId, AreaCode>> {
    let asked = ids(subjects.iter().copied());
    let sql = "SELECT DISTINCT ON (subject) subject, commune FROM handover
               WHERE subject = ANY($1) AND decided_by IS NULL ORDER BY subject, received_ms";
    let found = rows(client, sql, &[&slices(&asked)]).await?;
    found
        .iter()
        .map(|row| Ok((subject(column::<&[u8]>(row, 0)?)?, area(column(row, 1)?)?)))
        .collect()
}

/// All kept edits of a record, for a plan.
pub(super) async fn kept(
    client: &impl GenericClient,
    record: Option<&RecordKey>,
) -> StoreResult<Vec<KeptEdit>> {
    let Some(record) = record else {
        return Ok(Vec::new());
    };
    let about = HandoverFilter::About(record.clone());
    let rows = handovers(client, &about, usize::MAX).await?;
    let kept = rows.into_iter().map(|row| KeptEdit {
        edit: row.edit,
        outcome: match row.decided {
            None => Outcome::Waiting,
            Some((decided, _)) => decided.taken_as.map_or(Outcome::Declined, Outcome::Taken),
        },
    });
    Ok(kept.collect())
}

const HANDOVER: &str =
    "SELECT body, handover.commune, handover.received_ms, decided_by, decided_ms,
     decision, as_device, as_seq FROM handover JOIN rejected_edit USING (device, seq) WHERE ";

/// See [`crate::store::Database::handovers`].
pub(super) async fn handovers(
    client: &impl GenericClient,
    filter: &HandoverFilter,
    limit: usize,
) -> StoreResult<Vec<HandoverRow>> {
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let found = match filter {
        HandoverFilter::WaitingIn(communes) => {
            let sql = format!(
                "{HANDOVER} decided_by IS NULL AND handover.commune = ANY($1)
                 ORDER BY handover.received_ms, device, seq LIMIT $2"
            );
            rows(client, &sql, &[&codes(communes), &most]).await?
        }
        HandoverFilter::WrittenBy(account) => {
            let sql = format!(
                "{HANDOVER} author = $1 ORDER BY handover.received_ms DESC, device, seq DESC LIMIT $2"
            );
            rows(client, &sql, &[account, &most]).await?
        }
        HandoverFilter::About(record) => {
            let sql = format!(
                "{HANDOVER} handover.record = $1 AND handover.subject = $3
                 ORDER BY device, seq LIMIT $2"
            );
            let id = bytes(record.subject());
            rows(client, &sql, &[&record.as_str(), &most, &id.as_slice()]).await?
        }
    };
    found.iter().map(handover).collect()
}

fn handover(row: &Row) -> StoreResult<HandoverRow> {
    let by: Option<String> = column(row, 3)?;
    let decided = by.map(|by| {
        let (device, seq): (Option<i64>, Option<i64>) = (column(row, 6)?, column(row, 7)?);
        let taken_as = device.zip(seq).map(|(device, seq)| {
            let seq = u32::try_from(seq).map_err(|_| StoreError::Damaged { what: "number" })?;
            Ok::<_, StoreError>(EditId {
                device: DeviceId(device.cast_unsigned()),
                seq,
            })
        });
        // Kept as bytes: what people type may hold U+0000, which `text` does not take.
        let reason = column::<Option<Vec<u8>>>(row, 5)?.unwrap_or_default();
        let decided = Decided {
            by,
            taken_as: taken_as.transpose()?,
            reason: String::from_utf8(reason)
                .map_err(|_| StoreError::Damaged { what: "reason" })?,
        };
        Ok::<_, StoreError>((decided, number(row, 4)?))
    });
    Ok(HandoverRow {
        edit: decode(column(row, 0)?, "edit")?,
        commune: area(column(row, 1)?)?,
        received_ms: number(row, 2)?,
        decided: decided.transpose()?,
    })
}

/// Writes what a plan says of places and kept edits.
pub(super) async fn write(
    client: &Transaction<'_>,
    now_ms: u64,
    writes: &Writes,
) -> StoreResult<()> {
    places(client, writes).await?;
    let now_ms = now_ms.cast_signed();
    for kept in &writes.handovers {
        let area = kept.residential_area.map(bytes);
        let sql = "INSERT INTO handover (device, seq, record, subject, residential_area, author,
                       commune, received_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let parameters: [&(dyn ToSql + Sync); 8] = [
            &kept.edit.device.0.cast_signed(),
            &i64::from(kept.edit.seq),
            &kept.record.as_str(),
            &bytes(kept.record.subject()).to_vec(),
            &area.map(|area| area.to_vec()),
            &kept.author,
            &kept.commune.as_str(),
            &now_ms,
        ];
        execute(client, sql, &parameters).await?;
    }
    for (id, decided) in &writes.decided {
        let sql = "UPDATE handover SET decided_by = $3, decided_ms = $4, decision = $5,
                       as_device = $6, as_seq = $7 WHERE device = $1 AND seq = $2";
        let parameters: [&(dyn ToSql + Sync); 7] = [
            &id.device.0.cast_signed(),
            &i64::from(id.seq),
            &decided.by,
            &now_ms,
            &decided.reason.as_bytes(),
            &decided.taken_as.map(|edit| edit.device.0.cast_signed()),
            &decided.taken_as.map(|edit| i64::from(edit.seq)),
        ];
        execute(client, sql, &parameters).await?;
    }
    Ok(())
}

async fn places(client: &Transaction<'_>, writes: &Writes) -> StoreResult<()> {
    if writes.places.is_empty() {
        return Ok(());
    }
    let subjects = ids(writes.places.keys().copied());
    let rows = || writes.places.values();
    let feeds: Vec<&str> = rows().map(|row| row.feed.as_str()).collect();
    let communes: Vec<&str> = rows().map(|row| row.commune.as_str()).collect();
    let numbers: Vec<i64> = rows().map(|row| row.number.cast_signed()).collect();
    execute(
        client,
        "INSERT INTO place (subject, feed, commune, number)
         SELECT * FROM unnest($1::bytea[], $2::text[], $3::text[], $4::bigint[])
         ON CONFLICT (subject) DO UPDATE
         SET feed = excluded.feed, commune = excluded.commune, number = excluded.number",
        &[&slices(&subjects), &feeds, &communes, &numbers],
    )
    .await?;
    execute(
        client,
        "UPDATE handover SET commune = moved.commune
         FROM unnest($1::bytea[], $2::text[]) AS moved (subject, commune)
         WHERE decided_by IS NULL
             AND moved.subject IN (handover.subject, handover.residential_area)",
        &[&slices(&subjects), &communes],
    )
    .await?;
    Ok(())
}

fn codes(communes: &BTreeSet<AreaCode>) -> Vec<&str> {
    communes.iter().map(AreaCode::as_str).collect()
}
