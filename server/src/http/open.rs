//! `/api/v1`: what other systems read, described in `docs/openapi.json`.
//!
//! A token (`thidua-server token add`) reads some areas and changes nothing. It does not read names of
//! families unless it was made to.

use super::body::Asked;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::readings;
use super::standings::place;
use super::{AppState, State};
use crate::accounts::{TOKEN_CHARS, token_hash};
use crate::audit::Deed;
use crate::kept::{Kept, communes_within};
use crate::store::{Database, StandingFilter};
use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use thidua_domain::access::{Action, Principal, Role};
use thidua_domain::area::{AreaCode, AreaLevel};
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::Outcome;
use thidua_domain::entry::EntryState;
use thidua_domain::progress::Tally;
use thidua_domain::record::SubjectId;

/// The description of these routes.
pub(super) const DESCRIPTION: &str = include_str!("../../../docs/openapi.json");
/// Most entries of a page, and how many where none is said.
const MAX_PAGE: usize = 1_000;

/// Whoever reads: a token, or an account that is signed in.
pub(super) struct Reader {
    principal: Principal,
    names: bool,
}

impl<D: Database> FromRequestParts<AppState<D>> for Reader {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState<D>) -> Result<Self, ApiError> {
        let bearer = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        if let Some(token) = bearer {
            let token = Some(token).filter(|token| token.len() == TOKEN_CHARS);
            let hash = token.map(token_hash).ok_or_else(ApiError::not_signed_in)?;
            let found = state.db.api_token(hash, state.clock.now_ms()).await?;
            let token = found.ok_or_else(ApiError::not_signed_in)?;
            return Ok(Self {
                names: token.names,
                principal: Principal::new(
                    &format!("*token {}*", token.id),
                    Role::Viewer,
                    token.areas,
                ),
            });
        }
        let signed = parts.extensions.get::<Signed>().cloned();
        let signed = signed.ok_or_else(ApiError::not_signed_in)?;
        Ok(Self {
            principal: signed.principal,
            names: true,
        })
    }
}

/// `GET /api/v1/openapi.json`.
pub(super) async fn description() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], DESCRIPTION)
}

/// An area.
#[derive(Serialize)]
pub(super) struct AreaView {
    code: AreaCode,
    name: String,
    level: AreaLevel,
    parent: Option<AreaCode>,
}

/// `GET /api/v1/areas`: the areas that may be read.
pub(super) async fn areas<D: Database>(
    State(state): State<AppState<D>>,
    reader: Reader,
) -> Json<Vec<AreaView>> {
    let rules = state.rules;
    let date = rules.season.date;
    let areas = rules.tree.on(date);
    let readable = areas
        .filter(|area| guard::check(rules, &reader.principal, Action::Read, &area.code).is_ok());
    let views = readable.map(|area| AreaView {
        code: area.code.clone(),
        name: area.name.clone(),
        level: area.level(),
        parent: rules
            .tree
            .ancestors(&area.code, date)
            .last()
            .map(|above| above.code.clone()),
    });
    Json(views.collect())
}

#[derive(Deserialize)]
pub(super) struct CountsQuery {
    area: AreaCode,
}

/// Counts of one assessment in one commune.
#[derive(Serialize)]
pub(super) struct CountView {
    commune: AreaCode,
    commune_name: String,
    period: u16,
    assessment: Assessment,
    #[serde(flatten)]
    tally: Tally,
}

/// `GET /api/v1/counts?area=CODE`: counts of every commune of an area.
pub(super) async fn counts<D: Database>(
    State(state): State<AppState<D>>,
    reader: Reader,
    Asked(query): Asked<CountsQuery>,
) -> Result<Json<Vec<CountView>>, ApiError> {
    let rules = state.rules;
    guard::check(rules, &reader.principal, Action::Read, &query.area)?;
    let kept = Kept::within(&state.db, rules, &query.area).await?;
    let mut views = Vec::new();
    for commune in rules.tree.communes_under(&query.area, rules.season.date) {
        let rows = kept.sum(rules, &commune.code).tallies.into_iter();
        views.extend(rows.map(|row| CountView {
            commune: commune.code.clone(),
            commune_name: commune.name.clone(),
            period: rules.season.period.0,
            assessment: row.assessment,
            tally: row.tally,
        }));
    }
    Ok(Json(views))
}

#[derive(Deserialize)]
pub(super) struct EntriesQuery {
    area: AreaCode,
    assessment: Option<Assessment>,
    state: Option<EntryState>,
    cursor: Option<String>,
    limit: Option<usize>,
}

/// An entry.
#[derive(Serialize)]
pub(super) struct EntryView {
    subject: SubjectId,
    kind: SubjectKind,
    commune: AreaCode,
    residential_area: Option<String>,
    assessment: Assessment,
    state: EntryState,
    outcome: Outcome,
    points: Option<u32>,
    /// Families' names are personal data: left out unless the token was made to read them.
    name: Option<String>,
}

/// A page of entries.
#[derive(Serialize)]
pub(super) struct EntriesPage {
    value: Vec<EntryView>,
    /// What to give as `cursor` for the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
}

/// `GET /api/v1/entries?area=CODE`: entries page by page.
pub(super) async fn entries<D: Database>(
    State(state): State<AppState<D>>,
    reader: Reader,
    Asked(query): Asked<EntriesQuery>,
) -> Result<Json<EntriesPage>, ApiError> {
    let rules = state.rules;
    guard::check(rules, &reader.principal, Action::Read, &query.area)?;
    let limit = query.limit.unwrap_or(MAX_PAGE);
    if !(1..=MAX_PAGE).contains(&limit) {
        return Err(ApiError::malformed());
    }
    let filter = StandingFilter {
        communes: communes_within(rules, &query.area),
        residential_area: None,
        assessment: query.assessment,
        state: query.state,
        after: place(query.cursor)?,
        limit,
    };
    let actor = &reader.principal.account;
    readings::note_as(&state, actor, Deed::ListRead, query.area.as_str()).await?;
    let page = state.db.standings(filter).await?;
    let rows = page.rows.into_iter().map(|row| EntryView {
        name: (reader.names || row.kind != SubjectKind::Family).then_some(row.label),
        subject: row.subject,
        kind: row.kind,
        commune: row.commune,
        residential_area: row.residential_area,
        assessment: row.assessment,
        state: row.state,
        outcome: row.outcome,
        points: row.points,
    });
    Ok(Json(EntriesPage {
        value: rows.collect(),
        cursor: page.next,
    }))
}
