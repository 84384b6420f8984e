//! `GET /api/standings`: lists of subjects, page by page.

use super::AppState;
use super::body::Asked;
use super::guard::{self, Signed};
use super::problem::ApiError;
use crate::store::{Database, StandingFilter};
use axum::Json;
use axum::extract::State;
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
    if query
        .after
        .as_ref()
        .is_some_and(|after| after.len() > MAX_AFTER_BYTES)
    {
        return Err(ApiError::malformed());
    }
    guard::check(rules, &signed.principal, Action::Read, &area)?;
    // The whole province needs no list of its communes; an area of now has no others.
    let communes = (area != rules.tree.province().code).then(|| {
        let below = rules.tree.communes_under(&area, rules.season.date);
        below.into_iter().map(|area| area.code.clone()).collect()
    });
    let filter = StandingFilter {
        communes,
        residential_area: query.residential_area,
        assessment: query.assessment,
        state: query.state,
        after: query.after,
        limit: MAX_STANDINGS,
    };
    Ok(Json(state.db.standings(filter).await?))
}
