//! `GET /api/boundaries?area=CODE`: the ground covered by each area directly below.

use super::body::Asked;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::{AppState, State};
use crate::store::Database;
use axum::Json;
use serde::Deserialize;
use thidua_domain::access::Action;
use thidua_domain::area::AreaCode;
use thidua_domain::boundary::Boundary;

/// The query.
#[derive(Deserialize)]
pub(super) struct BoundariesQuery {
    area: AreaCode,
}

/// Answers with all of them, or with nothing: a map on which some areas are missing would mislead.
pub(super) async fn boundaries<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<BoundariesQuery>,
) -> Result<Json<Vec<Boundary>>, ApiError> {
    let rules = state.rules;
    guard::check(rules, &signed.principal, Action::Read, &query.area)?;
    let below = rules.tree.children(&query.area, rules.season.date);
    let kept = state.db.boundaries().await?;
    let of = |code: &AreaCode, valid_from| {
        let mut all = kept.iter();
        let found = all.find(|one| one.area == *code && one.valid_from == valid_from);
        found.cloned()
    };
    let found: Option<Vec<Boundary>> = below
        .into_iter()
        .map(|area| of(&area.code, area.valid_from))
        .collect();
    Ok(Json(found.unwrap_or_default()))
}
