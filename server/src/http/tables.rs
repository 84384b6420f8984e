//! `GET /api/tables/TABLE?area=CODE`: every table that a reviewer sees, as CSV.
//!
//! - `chi-tieu`, `dia-ban`, `nop-cham`: the tables of the report;
//! - `dem`: counts of each commune and assessment;
//! - `ho-so`: entries one by one, as filtered by `assessment`, `state` and `residential_area`;
//! - `cho-duyet`: the queue.

use super::body::Asked;
use super::csv::{attachment, head, rows};
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::readings;
use super::{AppState, State};
use crate::audit::Deed;
use crate::kept::{Kept, communes_within};
use crate::report::{self, Issue, Table};
use crate::store::{Database, QueueFilter, StandingFilter, StoreError};
use axum::body::Body;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use thidua_domain::access::Action;
use thidua_domain::api::{MAX_QUEUE, StandingQuery, StandingView};
use thidua_domain::area::AreaCode;
use thidua_domain::entry::EntryState;
use thidua_domain::sync::hub::Rules;

/// Entries read at a time: a province has 300,000.
const PAGE: usize = 1_000;

const ENTRIES: [&str; 10] = [
    "Mã",
    "Xã, phường, thị trấn",
    "Mã địa bàn",
    "Khu dân cư",
    "Tên",
    "Số nhà",
    "Nội dung đánh giá",
    "Tình trạng",
    "Kết quả",
    "Điểm",
];

/// Answers with the table.
pub(super) async fn table<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Path(name): Path<String>,
    Asked(query): Asked<StandingQuery>,
) -> Result<Response, ApiError> {
    let rules = state.rules;
    let code = query.area.clone().ok_or_else(ApiError::malformed)?;
    guard::check(rules, &signed.principal, Action::Read, &code)?;
    let file = format!("{name}-{code}.csv");
    if matches!(name.as_str(), "ho-so" | "cho-duyet") {
        readings::note(&state, &signed, Deed::ListRead, &file).await?;
    }
    let whole = match name.as_str() {
        "ho-so" => {
            let body = entries(state.db.clone(), rules, query);
            return Ok(attachment(&file, body).into_response());
        }
        "dem" => counts(&state, &code).await?,
        "cho-duyet" => queue(&state, query, &code).await?,
        name => {
            let table = Table::parse(name).ok_or_else(ApiError::not_found)?;
            of_report(&state, table, &code).await?
        }
    };
    Ok(attachment(&file, whole).into_response())
}

async fn of_report<D: Database>(
    state: &AppState<D>,
    table: Table,
    code: &AreaCode,
) -> Result<Vec<u8>, ApiError> {
    let rules = state.rules;
    let area = rules.tree.get(code, rules.season.date);
    let area = area.ok_or_else(ApiError::not_found)?;
    let today = report::today(state.clock.now_ms());
    let report = report::collect(&state.db, rules, area, &Issue::default(), today).await?;
    let (titles, cells) = report.table(table);
    let mut bytes = head(&titles);
    bytes.extend(rows(cells));
    Ok(bytes)
}

async fn counts<D: Database>(state: &AppState<D>, code: &AreaCode) -> Result<Vec<u8>, ApiError> {
    let rules = state.rules;
    let kept = Kept::within(&state.db, rules, code).await?;
    let mut bytes = head(&[
        "Mã địa bàn",
        "Tên",
        "Nội dung đánh giá",
        "Phải đánh giá",
        "Đã duyệt đạt",
        "Đã duyệt không đạt",
        "Chờ duyệt",
        "Trả lại",
        "Đang nhập",
        "Sửa sau duyệt",
    ]);
    for commune in rules.tree.communes_under(code, rules.season.date) {
        let sum = kept.sum(rules, &commune.code);
        bytes.extend(rows(sum.tallies.into_iter().map(|row| {
            let tally = row.tally;
            [
                commune.code.to_string(),
                commune.name.clone(),
                row.assessment.as_str().to_owned(),
                tally.expected.to_string(),
                tally.accepted.met.to_string(),
                tally.accepted.unmet.to_string(),
                tally.submitted.total().to_string(),
                tally.returned.total().to_string(),
                tally.draft.total().to_string(),
                tally.changed.total().to_string(),
            ]
        })));
    }
    Ok(bytes)
}

async fn queue<D: Database>(
    state: &AppState<D>,
    query: StandingQuery,
    code: &AreaCode,
) -> Result<Vec<u8>, ApiError> {
    let rules = state.rules;
    let mut filter = QueueFilter {
        period: rules.season.period,
        communes: communes_within(rules, code),
        assessment: query.assessment,
        state: query.state.unwrap_or(EntryState::Submitted),
        until_ms: None,
        overdue_on: None,
        desk: None,
        after: None,
        limit: MAX_QUEUE,
    };
    let mut titles = ENTRIES.to_vec();
    titles.push("Chờ từ ngày");
    let mut bytes = head(&titles);
    // What a person looks through; a longer queue is read as a list of entries.
    for _ in 0..100 {
        let page = state.db.queue(filter.clone()).await?;
        bytes.extend(rows(page.rows.into_iter().map(|row| {
            let mut cells = cells(rules, row.standing);
            cells.push(report::today(row.since_ms).format_vi());
            cells
        })));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => break,
        }
    }
    Ok(bytes)
}

/// Entries as they are read: the file may be longer than memory should hold.
fn entries<D: Database>(db: D, rules: Rules, query: StandingQuery) -> Body {
    let filter = StandingFilter {
        communes: query.area.and_then(|area| communes_within(rules, &area)),
        residential_area: query.residential_area,
        assessment: query.assessment,
        state: query.state,
        after: None,
        limit: PAGE,
    };
    let pages = stream::try_unfold((Some(filter), true), move |(filter, first)| {
        let db = db.clone();
        async move {
            let Some(mut filter) = filter else {
                return Ok::<_, StoreError>(None);
            };
            let page = db.standings(filter.clone()).await?;
            let mut bytes = if first { head(&ENTRIES) } else { Vec::new() };
            bytes.extend(rows(page.rows.into_iter().map(|row| cells(rules, row))));
            filter.after = page.next;
            let next = filter.after.is_some().then_some(filter);
            Ok(Some((bytes, (next, false))))
        }
    });
    Body::from_stream(pages)
}

fn cells(rules: Rules, row: StandingView) -> Vec<String> {
    let commune = rules.tree.get(&row.commune, rules.season.date);
    vec![
        row.subject.to_string(),
        commune.map_or_else(String::new, |area| area.name.clone()),
        row.commune.to_string(),
        row.residential_area.unwrap_or_default(),
        row.label,
        row.house_no.unwrap_or_default(),
        row.assessment.as_str().to_owned(),
        row.state.as_str().to_owned(),
        row.outcome.as_str().to_owned(),
        row.points
            .map_or_else(String::new, |points| points.to_string()),
    ]
}
