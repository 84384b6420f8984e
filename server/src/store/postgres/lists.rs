//! Counts and lists.

use super::write::{ids, slices};
use super::{column, counts, number, rows};
use crate::store::lists::{Place, in_order, page_of, place_of};
use crate::store::words::{area, assessment, bytes, entry_state, outcome, subject, value};
use crate::store::{StandingFilter, StoreError, StoreResult};
use deadpool_postgres::Client;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use thidua_domain::api::{ResidentialAreaTallies, StandingPage, StandingView};
use thidua_domain::area::AreaCode;
use thidua_domain::date::Date;
use thidua_domain::record::Period;
use tokio_postgres::Row;
use tokio_postgres::types::{ToSql, Type};

/// See [`crate::store::Database::last_edits`].
pub(super) async fn last_edits(
    client: &Client,
    communes: Option<&[AreaCode]>,
) -> StoreResult<BTreeMap<AreaCode, u64>> {
    let communes: Option<Vec<&str>> =
        communes.map(|codes| codes.iter().map(AreaCode::as_str).collect());
    let sql = "SELECT commune, last_ms FROM feed WHERE $1::text[] IS NULL OR commune = ANY($1)";
    let found = rows(client, sql, &[&communes]).await?;
    found
        .iter()
        .map(|row| Ok((area(column(row, 0)?)?, number(row, 1)?)))
        .collect()
}

/// See [`crate::store::Database::residential_area_tallies`].
pub(super) async fn residential_area_tallies(
    client: &Client,
    period: Period,
    commune: &AreaCode,
) -> StoreResult<Vec<ResidentialAreaTallies>> {
    let parts = counts::parts(client, period, Some(commune)).await?;
    let ids = ids(parts.keys().filter_map(|key| key.residential_area));
    let sql = "SELECT DISTINCT ON (subject) subject, sort_key, label FROM standing
               WHERE subject = ANY($1)";
    let mut names = BTreeMap::new();
    for row in &rows(client, sql, &[&slices(&ids)]).await? {
        let name = (column(row, 1)?, text(column(row, 2)?)?);
        names.insert(subject(column(row, 0)?)?, name);
    }
    // An area that a family names may not have arrived itself.
    in_order(parts, |id| Ok(names.remove(&id).unwrap_or_default()))
}

/// See [`crate::store::Database::standings`].
pub(super) async fn standings(
    client: &Client,
    filter: &StandingFilter,
) -> StoreResult<StandingPage> {
    let after = match place_of(filter) {
        Ok(after) => after,
        Err(nothing) => return Ok(nothing),
    };
    let query = Query::of(filter, after);
    // Planned with its values each time: which index is best to walk depends on them.
    let found = client
        .query_typed(&query.sql, &query.parameters())
        .await
        .map_err(StoreError::backend)?;
    let read = found.iter().map(|row| Ok((view(row)?, column(row, 12)?)));
    page_of(read, filter.limit)
}

/// Columns of a row of a list.
pub(super) const VIEW: &str =
    "subject, kind, commune, label, house_no, assessment, state, outcome, points,
     (SELECT label FROM standing AS area WHERE area.subject = standing.residential_area LIMIT 1),
     due_day, endorsed";

/// A statement with what it takes.
pub(super) struct Query {
    /// The statement.
    pub(super) sql: String,
    values: Vec<(Box<dyn ToSql + Send + Sync>, Type)>,
}

impl Query {
    /// The statement for these filters.
    pub(super) fn of(filter: &StandingFilter, after: Option<Place>) -> Self {
        let mut query = Self::new();
        query.sql = format!("SELECT {VIEW}, sort_key FROM standing WHERE open");
        if let Some(communes) = &filter.communes {
            query.in_communes(communes);
        }
        if let Some(state) = filter.state {
            query.also("state =", state.as_str(), Type::TEXT);
        }
        if let Some(assessment) = filter.assessment {
            query.also("assessment =", assessment.as_str(), Type::TEXT);
        }
        if let Some(id) = filter.residential_area {
            query.also("residential_area =", bytes(id).to_vec(), Type::BYTEA);
        }
        if let Some((sort_key, id, assessment)) = after {
            let sort_key = query.value(sort_key, Type::BYTEA);
            let id = query.value(bytes(id).to_vec(), Type::BYTEA);
            let assessment = query.value(assessment, Type::TEXT);
            write!(
                query.sql,
                " AND (sort_key, subject, assessment) > ({sort_key}, {id}, {assessment})"
            )
            .expect("a string takes it");
        }
        query
            .sql
            .push_str(" ORDER BY sort_key, subject, assessment");
        query.limit(filter.limit);
        query
    }

    /// No statement yet.
    pub(super) fn new() -> Self {
        Self {
            sql: String::new(),
            values: Vec::new(),
        }
    }

    /// Ends the statement: one row more than asked for tells whether there is a next page.
    pub(super) fn limit(&mut self, limit: usize) {
        let limit = i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX);
        let limit = self.value(limit, Type::INT8);
        write!(self.sql, " LIMIT {limit}").expect("a string takes it");
    }

    pub(super) fn in_communes(&mut self, communes: &[AreaCode]) {
        match communes {
            [one] => self.also("commune =", one.as_str().to_owned(), Type::TEXT),
            several => {
                let codes: Vec<String> = several.iter().map(|c| c.as_str().to_owned()).collect();
                self.also("commune = ANY", codes, Type::TEXT_ARRAY);
            }
        }
    }

    /// What the statement takes.
    pub(super) fn parameters(&self) -> Vec<(&(dyn ToSql + Sync), Type)> {
        self.values
            .iter()
            .map(|(value, of)| (&**value as &(dyn ToSql + Sync), of.clone()))
            .collect()
    }

    pub(super) fn also(
        &mut self,
        condition: &str,
        value: impl ToSql + Send + Sync + 'static,
        of: Type,
    ) {
        let value = self.value(value, of);
        write!(self.sql, " AND {condition} ({value})").expect("a string takes it");
    }

    /// Adds a parameter, and says how the statement names it.
    pub(super) fn value(&mut self, value: impl ToSql + Send + Sync + 'static, of: Type) -> String {
        self.values.push((Box::new(value), of));
        format!("${}", self.values.len())
    }
}

/// Reads the columns of [`VIEW`].
pub(super) fn view(row: &Row) -> StoreResult<StandingView> {
    let optional = |index| -> StoreResult<Option<String>> {
        column::<Option<&[u8]>>(row, index)?.map(text).transpose()
    };
    let points: Option<i64> = column(row, 8)?;
    let points = points.map(u32::try_from).transpose();
    Ok(StandingView {
        subject: subject(column(row, 0)?)?,
        kind: value(column(row, 1)?, "kind of subject")?,
        commune: area(column(row, 2)?)?,
        residential_area: optional(9)?,
        label: text(column(row, 3)?)?,
        house_no: optional(4)?,
        assessment: assessment(column(row, 5)?)?,
        state: entry_state(column(row, 6)?)?,
        outcome: outcome(column(row, 7)?)?,
        points: points.map_err(|_| StoreError::Damaged { what: "points" })?,
        due: column::<Option<i64>>(row, 10)?.and_then(Date::from_epoch_days),
        endorsed: column(row, 11)?,
    })
}

/// Text that is kept as bytes.
fn text(bytes: &[u8]) -> StoreResult<String> {
    let text = std::str::from_utf8(bytes);
    let text = text.map_err(|_| StoreError::Damaged { what: "text" })?;
    Ok(text.to_owned())
}
