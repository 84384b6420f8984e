//! `GET /api/standings`: lists of subjects, page by page.

use super::body::Asked;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::readings;
use super::{AppState, State};
use crate::audit::Deed;
use crate::kept::communes_within;
use crate::store::{Database, StandingFilter};
use axum::Json;
use thidua_domain::access::Action;
use thidua_domain::api::{MAX_STANDINGS, StandingPage, StandingQuery};

/// Longest place to continue at: the store cuts sort keys short.
const MAX_AFTER_BYTES: usize = 1 << 10;

/// Lists the subjects of an area.
pub(super) async fn standings<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<StandingQuery>,
) -> Result<Json<StandingPage>, ApiError> {
    let rules = state.rules;
    let area = query.area.ok_or_else(ApiError::malformed)?;
    guard::check(rules, &signed.principal, Action::Read, &area)?;
    let filter = StandingFilter {
        communes: communes_within(rules, &area),
        residential_area: query.residential_area,
        assessment: query.assessment,
        state: query.state,
        after: place(query.after)?,
        limit: MAX_STANDINGS,
    };
    let page = state.db.standings(filter).await?;
    readings::note(&state, &signed, Deed::ListRead, area.as_str()).await?;
    Ok(Json(page))
}

/// Where to continue a list, held to its limit.
pub(super) fn place(after: Option<String>) -> Result<Option<String>, ApiError> {
    match after {
        Some(after) if after.len() > MAX_AFTER_BYTES => Err(ApiError::malformed()),
        after => Ok(after),
    }
}
