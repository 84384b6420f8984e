//! `GET /api/reports/AREA?format=docx|xlsx`: the draft of the consolidated report.

use super::AppState;
use super::body::Asked;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::readings;
use crate::audit::Deed;
use crate::report::{self, Format};
use crate::store::Database;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use thidua_domain::access::Action;
use thidua_domain::area::AreaCode;

/// The query.
#[derive(Deserialize)]
pub(super) struct ReportQuery {
    format: String,
}

/// Answers with the file.
pub(super) async fn report<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Path(code): Path<String>,
    Asked(query): Asked<ReportQuery>,
) -> Result<impl IntoResponse, ApiError> {
    let code = AreaCode::parse(&code).map_err(|_| ApiError::not_found())?;
    guard::check(state.rules, &signed.principal, Action::Read, &code)?;
    let format: Format = query.format.parse().map_err(|_| ApiError::malformed())?;
    let rules = state.rules;
    let area = rules.tree.get(&code, rules.season.date);
    let area = area.ok_or_else(ApiError::not_found)?;
    let about = format!("{code} {format}");
    readings::note(&state, &signed, Deed::ReportMade, &about).await?;
    let today = report::today(state.clock.now_ms());
    let report = report::collect(&state.db, rules, area, None, today).await?;
    // Layout is work for a processor, and no request is to wait for another's.
    let rendering = tokio::task::spawn_blocking(move || report.render(format));
    let file = rendering.await.map_err(|_| ApiError::internal())?;
    let file = file.map_err(|error| {
        tracing::error!(%error, "a report could not be laid out");
        ApiError::internal()
    })?;
    let name = format!(
        "attachment; filename=\"bao-cao-{code}-{}.{format}\"",
        rules.season.period
    );
    let headers = [
        (header::CONTENT_TYPE, format.content_type().to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, file))
}
