//! What a transaction loads and what it executes: a few statements, however many edits there are.

use super::read::{cursor, records};
use super::{column, counts, days, execute, number, places, rows, standing};
use crate::store::StoreResult;
use crate::store::words::{area, bytes, encode, value, word};
use deadpool_postgres::Transaction;
use std::collections::BTreeMap;
use thidua_domain::area::AreaCode;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::setting::{self, Settings};
use thidua_domain::sync::edit::{DeviceId, Edit, EditDigest};
use thidua_domain::sync::hub::{DeviceRow, FeedRow, HeldEdit, Loaded, Needs, Writes};
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::{Cursor, RejectReason};
use thidua_domain::trend::{DayCounts, day_of};

/// Loads what a plan asks for.
pub(super) async fn load(client: &Transaction<'_>, needs: &Needs) -> StoreResult<Loaded> {
    // Asked for together and answered one after another: one wait for the network.
    let (devices, held, records, settings, feeds, waiting, kept, inhabited) = tokio::try_join!(
        devices(client, needs),
        held(client, needs),
        records(client, needs.subjects.iter().copied()),
        settings(client),
        ends(client, needs),
        places::waiting(client, &needs.subjects),
        places::kept(client, needs.kept.as_ref()),
        places::inhabited(client, &needs.ending),
    )?;
    let former = devices
        .clone()
        .into_iter()
        .filter(|(id, _)| needs.former.contains(id));
    Ok(Loaded {
        settings,
        device: devices.get(&needs.device).cloned(),
        held,
        former: former.collect(),
        records,
        feeds,
        waiting,
        kept,
        inhabited,
    })
}

/// What the province sets, as this transaction sees it.
pub(super) async fn settings(client: &Transaction<'_>) -> StoreResult<Settings> {
    let records = records(client, [setting::subject()]).await?;
    Ok(Settings::of(&records))
}

async fn devices(
    client: &Transaction<'_>,
    needs: &Needs,
) -> StoreResult<BTreeMap<DeviceId, DeviceRow>> {
    let ids = needs.former.iter().chain([&needs.device]);
    let ids: Vec<i64> = ids.map(|id| id.0.cast_signed()).collect();
    let sql = "SELECT id, account, held FROM device WHERE id = ANY($1)";
    let found = rows(client, sql, &[&ids]).await?;
    found
        .iter()
        .map(|row| {
            let id = DeviceId(column::<i64>(row, 0)?.cast_unsigned());
            let account = column(row, 1)?;
            let held = number(row, 2)?;
            Ok((id, DeviceRow { account, held }))
        })
        .collect()
}

async fn held(client: &Transaction<'_>, needs: &Needs) -> StoreResult<BTreeMap<u32, HeldEdit>> {
    let Some((first, last)) = needs.seqs else {
        return Ok(BTreeMap::new());
    };
    let device = needs.device.0.cast_signed();
    let found = rows(
        client,
        "SELECT seq, digest, NULL FROM edit WHERE device = $1 AND seq BETWEEN $2 AND $3
         UNION ALL
         SELECT seq, digest, reason FROM rejected_edit WHERE device = $1 AND seq BETWEEN $2 AND $3",
        &[&device, &i64::from(first), &i64::from(last)],
    )
    .await?;
    found
        .iter()
        .map(|row| {
            let digest = EditDigest(number(row, 1)?);
            let rejected: Option<&str> = column(row, 2)?;
            let rejected = rejected.map(|reason| value(reason, "reason")).transpose()?;
            Ok((number(row, 0)?, HeldEdit { digest, rejected }))
        })
        .collect()
}

async fn ends(client: &Transaction<'_>, needs: &Needs) -> StoreResult<BTreeMap<AreaCode, Cursor>> {
    let communes: Vec<&str> = needs.communes.iter().map(|code| code.as_str()).collect();
    let sql = "SELECT number, running, commune FROM feed WHERE commune = ANY($1)";
    let found = rows(client, sql, &[&communes]).await?;
    let mut ends: BTreeMap<_, _> = needs
        .communes
        .iter()
        .map(|commune| (commune.clone(), Cursor::default()))
        .collect();
    for row in &found {
        ends.insert(area(column(row, 2)?)?, cursor(row)?);
    }
    Ok(ends)
}

/// Executes a plan. `known` is the device as it was loaded: a sync that brings nothing new writes
/// nothing, and so costs no wait for the disk.
pub(super) async fn apply(
    client: &Transaction<'_>,
    now_ms: u64,
    writes: &Writes,
    known: Option<&DeviceRow>,
) -> StoreResult<()> {
    if let Some((id, row)) = &writes.device
        && Some(row) != known
    {
        execute(
            client,
            "INSERT INTO device (id, account, held) VALUES ($1, $2, $3)
             ON CONFLICT (id) DO UPDATE SET account = excluded.account, held = excluded.held",
            &[&id.0.cast_signed(), &row.account, &i64::from(row.held)],
        )
        .await?;
    }
    write_records(client, &writes.records).await?;
    feed(client, now_ms, &writes.feed).await?;
    rejected(client, now_ms, &writes.rejected).await?;
    counts::add(client, &writes.tallies).await?;
    counts::add_parts(client, &writes.parts).await?;
    let added = writes.tallies.iter();
    let added: Vec<_> = added
        .map(|(key, change)| (key, day_of(now_ms), DayCounts::of(change)))
        .collect();
    days::add(client, &added).await?;
    standing::write(client, &writes.standings).await?;
    places::write(client, now_ms, writes).await
}

async fn write_records(
    client: &Transaction<'_>,
    records: &BTreeMap<RecordKey, RecordState>,
) -> StoreResult<()> {
    if records.is_empty() {
        return Ok(());
    }
    let subjects: Vec<_> = records.keys().map(|key| bytes(key.subject())).collect();
    let keys: Vec<&str> = records.keys().map(RecordKey::as_str).collect();
    let states: Vec<String> = records.values().map(encode).collect();
    execute(
        client,
        "INSERT INTO record (subject, key, state)
         SELECT * FROM unnest($1::bytea[], $2::text[], $3::text[])
         ON CONFLICT (subject, key) DO UPDATE SET state = excluded.state",
        &[&slices(&subjects), &keys, &states],
    )
    .await?;
    Ok(())
}

/// Columns that taken and rejected edits share.
struct Edits {
    devices: Vec<i64>,
    seqs: Vec<i64>,
    digests: Vec<i64>,
    subjects: Vec<[u8; 16]>,
    bodies: Vec<String>,
}

impl Edits {
    fn of<'a>(edits: impl Iterator<Item = &'a Edit> + Clone) -> Self {
        let device = |edit: &Edit| edit.id.device.0.cast_signed();
        Self {
            devices: edits.clone().map(device).collect(),
            seqs: edits.clone().map(|edit| i64::from(edit.id.seq)).collect(),
            digests: edits
                .clone()
                .map(|edit| edit.digest().0.cast_signed())
                .collect(),
            subjects: edits
                .clone()
                .map(|edit| bytes(edit.record.subject()))
                .collect(),
            bodies: edits.map(encode).collect(),
        }
    }
}

async fn feed(client: &Transaction<'_>, now_ms: u64, rows: &[FeedRow]) -> StoreResult<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let now_ms = now_ms.cast_signed();
    let edits = Edits::of(rows.iter().map(|row| &row.edit));
    let records: Vec<&str> = rows.iter().map(|row| row.edit.record.as_str()).collect();
    let communes: Vec<&str> = rows.iter().map(|row| row.commune.as_str()).collect();
    let numbers: Vec<i64> = rows
        .iter()
        .map(|row| row.cursor.number.cast_signed())
        .collect();
    let checks: Vec<i64> = rows
        .iter()
        .map(|row| row.cursor.check.0.cast_signed())
        .collect();
    execute(
        client,
        "INSERT INTO edit
             (device, seq, digest, subject, body, record, commune, number, running, received_ms)
         SELECT *, $10::bigint FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[],
             $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[])",
        &[
            &edits.devices,
            &edits.seqs,
            &edits.digests,
            &slices(&edits.subjects),
            &edits.bodies,
            &records,
            &communes,
            &numbers,
            &checks,
            &now_ms,
        ],
    )
    .await?;
    // The last row of each commune, since a statement may touch each row of the table but once.
    let ends: BTreeMap<&str, usize> = communes.iter().copied().zip(0..).collect();
    let communes: Vec<&str> = ends.keys().copied().collect();
    let numbers: Vec<i64> = ends.values().map(|last| numbers[*last]).collect();
    let checks: Vec<i64> = ends.values().map(|last| checks[*last]).collect();
    execute(
        client,
        "INSERT INTO feed (commune, number, running, last_ms)
         SELECT *, $4::bigint FROM unnest($1::text[], $2::bigint[], $3::bigint[])
         ON CONFLICT (commune) DO UPDATE
         SET number = excluded.number, running = excluded.running, last_ms = excluded.last_ms",
        &[&communes, &numbers, &checks, &now_ms],
    )
    .await?;
    Ok(())
}

async fn rejected(
    client: &Transaction<'_>,
    now_ms: u64,
    rejected: &[(Edit, RejectReason)],
) -> StoreResult<()> {
    if rejected.is_empty() {
        return Ok(());
    }
    let edits = Edits::of(rejected.iter().map(|(edit, _)| edit));
    let records: Vec<&str> = rejected
        .iter()
        .map(|(edit, _)| edit.record.as_str())
        .collect();
    let reasons: Vec<String> = rejected.iter().map(|(_, reason)| word(reason)).collect();
    execute(
        client,
        "INSERT INTO rejected_edit
             (device, seq, digest, subject, body, record, reason, received_ms)
         SELECT *, $8::bigint FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[],
             $5::text[], $6::text[], $7::text[])",
        &[
            &edits.devices,
            &edits.seqs,
            &edits.digests,
            &slices(&edits.subjects),
            &edits.bodies,
            &records,
            &reasons,
            &now_ms.cast_signed(),
        ],
    )
    .await?;
    Ok(())
}

/// Ids of subjects as a parameter.
pub(super) fn slices(ids: &[[u8; 16]]) -> Vec<&[u8]> {
    ids.iter().map(<[u8; 16]>::as_slice).collect()
}

/// Ids of subjects as they are stored.
pub(super) fn ids(subjects: impl IntoIterator<Item = SubjectId>) -> Vec<[u8; 16]> {
    subjects.into_iter().map(bytes).collect()
}
