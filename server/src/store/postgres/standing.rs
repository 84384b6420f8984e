//! Standings: how they are written, and whether they are what they ought to be.

use super::write::{ids, slices};
use super::{column, execute, rows};
use crate::store::StoreResult;
use crate::store::words::{assessment, bytes, sort_key, subject, word};
use deadpool_postgres::Transaction;
use std::collections::BTreeMap;
use thidua_domain::catalogue::Assessment;
use thidua_domain::date::Date;
use thidua_domain::record::SubjectId;
use thidua_domain::sync::hub::StandingRow;
use tokio_postgres::Row;

/// A standing as it is kept, without its key.
#[derive(PartialEq, Eq)]
pub(super) struct Kept {
    kind: String,
    commune: String,
    residential_area: Option<Vec<u8>>,
    label: Vec<u8>,
    sort_key: Vec<u8>,
    house_no: Option<Vec<u8>>,
    open: bool,
    expected: bool,
    state: String,
    outcome: String,
    points: Option<i64>,
    /// Device and number of the edit that somebody has to act on.
    since: (Option<i64>, Option<i64>),
    made_minute: Option<i64>,
    votes_amiss: bool,
    due_day: Option<i64>,
    endorsed: bool,
}

impl Kept {
    /// As it ought to be.
    pub(super) fn of(row: &StandingRow) -> Self {
        let since = row.standing.since;
        Self {
            kind: word(&row.kind),
            commune: row.commune.as_str().to_owned(),
            residential_area: row.residential_area.map(|id| bytes(id).to_vec()),
            label: row.label.clone().into_bytes(),
            sort_key: sort_key(row),
            house_no: row.house_no.clone().map(String::into_bytes),
            open: row.open,
            expected: row.standing.expected,
            state: row.standing.state.as_str().to_owned(),
            outcome: row.standing.outcome.as_str().to_owned(),
            points: row.standing.points.map(i64::from),
            since: (
                since.map(|edit| edit.device.0.cast_signed()),
                since.map(|edit| i64::from(edit.seq)),
            ),
            made_minute: row.signs.made_minute.map(u64::cast_signed),
            votes_amiss: row.signs.votes_do_not_add_up,
            due_day: row.standing.due.map(Date::to_epoch_days),
            endorsed: row.standing.endorsed,
        }
    }

    /// Reads it from the columns after the key.
    fn read(row: &Row) -> StoreResult<Self> {
        Ok(Self {
            kind: column(row, 2)?,
            commune: column(row, 3)?,
            residential_area: column(row, 4)?,
            label: column(row, 5)?,
            sort_key: column(row, 6)?,
            house_no: column(row, 7)?,
            open: column(row, 8)?,
            expected: column(row, 9)?,
            state: column(row, 10)?,
            outcome: column(row, 11)?,
            points: column(row, 12)?,
            since: (column(row, 13)?, column(row, 14)?),
            made_minute: column(row, 15)?,
            votes_amiss: column(row, 16)?,
            due_day: column(row, 17)?,
            endorsed: column(row, 18)?,
        })
    }
}

/// Writes standings, each unless it is there already.
pub(super) async fn write(client: &Transaction<'_>, standings: &[StandingRow]) -> StoreResult<()> {
    if standings.is_empty() {
        return Ok(());
    }
    let subjects = ids(standings.iter().map(|row| row.subject));
    let assessments: Vec<&str> = standings
        .iter()
        .map(|row| row.assessment.as_str())
        .collect();
    let kept: Vec<Kept> = standings.iter().map(Kept::of).collect();
    let kinds: Vec<&str> = kept.iter().map(|row| row.kind.as_str()).collect();
    let communes: Vec<&str> = kept.iter().map(|row| row.commune.as_str()).collect();
    let areas: Vec<_> = kept
        .iter()
        .map(|row| row.residential_area.as_deref())
        .collect();
    let labels: Vec<&[u8]> = kept.iter().map(|row| row.label.as_slice()).collect();
    let sort_keys: Vec<&[u8]> = kept.iter().map(|row| row.sort_key.as_slice()).collect();
    let house_nos: Vec<_> = kept.iter().map(|row| row.house_no.as_deref()).collect();
    let open: Vec<bool> = kept.iter().map(|row| row.open).collect();
    let expected: Vec<bool> = kept.iter().map(|row| row.expected).collect();
    let states: Vec<&str> = kept.iter().map(|row| row.state.as_str()).collect();
    let outcomes: Vec<&str> = kept.iter().map(|row| row.outcome.as_str()).collect();
    let points: Vec<Option<i64>> = kept.iter().map(|row| row.points).collect();
    let (devices, seqs): (Vec<_>, Vec<_>) = kept.iter().map(|row| row.since).unzip();
    let made: Vec<Option<i64>> = kept.iter().map(|row| row.made_minute).collect();
    let amiss: Vec<bool> = kept.iter().map(|row| row.votes_amiss).collect();
    let due: Vec<Option<i64>> = kept.iter().map(|row| row.due_day).collect();
    let endorsed: Vec<bool> = kept.iter().map(|row| row.endorsed).collect();
    execute(
        client,
        "INSERT INTO standing
             (subject, assessment, kind, commune, residential_area, label, sort_key, house_no, open,
              expected, state, outcome, points, since_device, since_seq, made_minute, votes_amiss,
              due_day, endorsed, since_ms)
         SELECT new.*, (SELECT received_ms FROM edit
                        WHERE device = new.since_device AND seq = new.since_seq)
         FROM unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::bytea[],
             $7::bytea[], $8::bytea[], $9::boolean[], $10::boolean[], $11::text[], $12::text[],
             $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[], $17::boolean[], $18::bigint[],
             $19::boolean[])
             AS new (subject, assessment, kind, commune, residential_area, label, sort_key, house_no,
                     open, expected, state, outcome, points, since_device, since_seq, made_minute,
                     votes_amiss, due_day, endorsed)
         ON CONFLICT (subject, assessment) DO UPDATE SET
             kind = excluded.kind, commune = excluded.commune,
             residential_area = excluded.residential_area, label = excluded.label,
             sort_key = excluded.sort_key, house_no = excluded.house_no, open = excluded.open,
             expected = excluded.expected, state = excluded.state, outcome = excluded.outcome,
             points = excluded.points, since_device = excluded.since_device,
             since_seq = excluded.since_seq, since_ms = excluded.since_ms,
             made_minute = excluded.made_minute, votes_amiss = excluded.votes_amiss,
             due_day = excluded.due_day, endorsed = excluded.endorsed
         WHERE (standing.*) IS DISTINCT FROM (excluded.*)",
        &[
            &slices(&subjects),
            &assessments,
            &kinds,
            &communes,
            &areas,
            &labels,
            &sort_keys,
            &house_nos,
            &open,
            &expected,
            &states,
            &outcomes,
            &points,
            &devices,
            &seqs,
            &made,
            &amiss,
            &due,
            &endorsed,
        ],
    )
    .await?;
    Ok(())
}

/// The standings kept of these subjects.
pub(super) async fn kept(
    client: &Transaction<'_>,
    subjects: impl IntoIterator<Item = SubjectId>,
) -> StoreResult<BTreeMap<(SubjectId, Assessment), Kept>> {
    let subjects = ids(subjects);
    let found = rows(
        client,
        "SELECT subject, assessment, kind, commune, residential_area, label, sort_key, house_no, open,
                expected, state, outcome, points, since_device, since_seq, made_minute, votes_amiss,
                due_day, endorsed
         FROM standing WHERE subject = ANY($1)",
        &[&slices(&subjects)],
    )
    .await?;
    found
        .iter()
        .map(|row| {
            let key = (subject(column(row, 0)?)?, assessment(column(row, 1)?)?);
            Ok((key, Kept::read(row)?))
        })
        .collect()
}
