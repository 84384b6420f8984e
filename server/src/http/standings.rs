//! `GET /api/standings`: lists of subjects, page by page.

use super::body::Asked;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::readings;
use super::{AppState, State};
use crate::audit::Deed;
use crate::store::{Database, StandingFilter};
use axum::Json;
use thidua_domain::access::Action;
use thidua_domain::api::{MAX_STANDINGS, StandingPage, StandingQuery};
use thidua_domain::area::AreaCode;
use thidua_domain::sync::hub::Rules;

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

/// The communes of an area, for a filter. The whole province needs no list of its communes; an area of
/// now has no others.
pub(super) fn communes_within(rules: Rules, area: &AreaCode) -> Option<Vec<AreaCode>> {
    (*area != rules.tree.province().code).then(|| {
        let below = rules.tree.communes_under(area, rules.season.date);
        below.into_iter().map(|area| area.code.clone()).collect()
    })
}

/// Where to continue a list, held to its limit.
pub(super) fn place(after: Option<String>) -> Result<Option<String>, ApiError> {
    match after {
        Some(after) if after.len() > MAX_AFTER_BYTES => Err(ApiError::malformed()),
        after => Ok(after),
    }
}
