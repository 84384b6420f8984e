//! `GET /api/overview`: counts of an area and of those directly below it.

use super::body::Asked;
use super::csv::{attachment, head, rows};
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::{AppState, State};
use crate::kept::Kept;
use crate::store::Database;
use axum::Json;
use axum::response::{IntoResponse as _, Response};
use thidua_domain::access::Action;
use thidua_domain::api::{AreaTallies, CommunesQuery, Overview, OverviewQuery, ReformedOverview};
use thidua_domain::area::{Area, AreaCode, AreaLevel};
use thidua_domain::catalogue::Assessment;

/// Answers from kept counts: as many rows as there are communes. Who follows what changes names the communes that
/// have, and is told of no other area below.
pub(super) async fn overview<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<OverviewQuery>,
) -> Result<Json<Overview>, ApiError> {
    let rules = state.rules;
    guard::check(rules, &signed.principal, Action::Read, &query.area)?;
    let date = rules.season.date;
    let area = rules
        .tree
        .get(&query.area, date)
        .ok_or_else(ApiError::not_found)?;
    let touched = query.touched().map_err(|_| ApiError::malformed())?;
    let is_asked = |child: &Area| {
        let within = |code| rules.tree.contains(&child.code, code, date);
        touched
            .as_ref()
            .is_none_or(|codes| codes.iter().any(within))
    };
    let kept = Kept::within(&state.db, rules, &area.code).await?;
    let residential_areas = if area.level() == AreaLevel::Commune {
        let (period, commune) = (rules.season.period, area.code.clone());
        state.db.residential_area_tallies(period, commune).await?
    } else {
        Vec::new()
    };
    let children = rules
        .tree
        .children(&area.code, date)
        .into_iter()
        .filter(|child| is_asked(child))
        .map(|child| kept.sum(rules, &child.code))
        .collect();
    Ok(Json(Overview {
        own: kept.sum(rules, &area.code),
        children,
        residential_areas,
    }))
}

/// Answers the counts of the season by the communes of 2025. Who sees the province sees all of them; the communes
/// of one district are not the whole of any of these.
pub(super) async fn reformed<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
) -> Result<Json<ReformedOverview>, ApiError> {
    by_new_tree(&state, &signed).await.map(Json)
}

/// Answers the same with one row for each commune and assessment.
pub(super) async fn reformed_table<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
) -> Result<Response, ApiError> {
    let tree = state.rules.tree;
    let found = by_new_tree(&state, &signed).await?;
    let mut bytes = head(&[
        "Mã địa bàn",
        "Xã, phường từ 01/7/2025",
        "Gồm",
        "Nội dung đánh giá",
        "Phải đánh giá",
        "Đã duyệt đạt",
        "Đã báo cáo",
    ]);
    let named = |code: &AreaCode, date| {
        let area = tree.get(code, date);
        area.map_or_else(String::new, |area| area.name.clone())
    };
    bytes.extend(rows(found.communes.into_iter().flat_map(|commune| {
        let parts: Vec<_> = tree
            .predecessors(&commune.area)
            .map(|part| named(&part.from, state.rules.season.date))
            .collect();
        let place = [
            commune.area.to_string(),
            named(&commune.area, tree.reformed_on()),
            parts.join(", "),
        ];
        commune.tallies.into_iter().map(move |row| {
            let counts = [
                row.assessment.as_str().to_owned(),
                row.tally.expected.to_string(),
                row.tally.accepted.met.to_string(),
                row.tally.reported().to_string(),
            ];
            place.clone().into_iter().chain(counts)
        })
    })));
    Ok(attachment("dia-gioi-moi.csv", bytes).into_response())
}

async fn by_new_tree<D: Database>(
    state: &AppState<D>,
    signed: &Signed,
) -> Result<ReformedOverview, ApiError> {
    let rules = state.rules;
    let province = &rules.tree.province().code;
    guard::check(rules, &signed.principal, Action::Read, province)?;
    let kept = Kept::read(&state.db, rules).await?;
    let communes = rules.tree.communes(rules.tree.reformed_on()).into_iter();
    Ok(ReformedOverview {
        own: kept.sum(rules, province),
        communes: communes
            .map(|commune| kept.reformed(rules, &commune.code))
            .collect(),
    })
}

/// Answers the counts of one assessment in every commune of an area: who is late, who has not begun.
pub(super) async fn communes<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<CommunesQuery>,
) -> Result<Json<Vec<AreaTallies>>, ApiError> {
    let rules = state.rules;
    guard::check(rules, &signed.principal, Action::Read, &query.area)?;
    let kept = Kept::within(&state.db, rules, &query.area).await?;
    let date = rules.season.date;
    let below = match query.assessment {
        Assessment::NewRuralCommune => rules.tree.rural_communes_under(&query.area, date),
        _ => rules.tree.communes_under(&query.area, date),
    };
    let counts = below.into_iter().map(|commune| {
        let mut counts = kept.sum(rules, &commune.code);
        counts
            .tallies
            .retain(|row| row.assessment == query.assessment);
        counts
    });
    Ok(Json(counts.collect()))
}
