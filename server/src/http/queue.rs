//! `GET /api/queue`: what waits for somebody, page by page, the longest wait first.

use super::body::Asked;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::readings;
use super::standings::place;
use super::{AppState, State};
use crate::audit::Deed;
use crate::kept::communes_within;
use crate::store::{self, Database, QueueFilter};
use axum::Json;
use thidua_domain::access::Action;
use thidua_domain::api::{MAX_QUEUE, QueuePage, QueueQuery};
use thidua_domain::date::Date;
use thidua_domain::entry::EntryState;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Lists what waits in an area.
pub(super) async fn queue<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<QueueQuery>,
) -> Result<Json<QueuePage>, ApiError> {
    let rules = state.rules;
    let area = query.area.ok_or_else(ApiError::malformed)?;
    guard::check(rules, &signed.principal, Action::Read, &area)?;
    let wanted = query.state.unwrap_or(EntryState::Submitted);
    let waits = matches!(
        wanted,
        EntryState::Submitted | EntryState::Returned | EntryState::ChangedSinceAccepted
    );
    if !waits {
        return Err(ApiError::malformed());
    }
    if query.overdue && wanted != EntryState::Returned {
        return Err(ApiError::malformed());
    }
    let now_ms = state.clock.now_ms();
    let today = Date::in_vietnam(now_ms);
    let until_ms = query
        .days
        .map(|days| now_ms.saturating_sub(u64::from(days) * DAY_MS));
    let settings = store::settings(&state.db).await?;
    let first = settings.district_first(rules.tree, rules.season);
    let filter = QueueFilter {
        period: rules.season.period,
        communes: communes_within(rules, &area),
        assessment: query.assessment,
        state: wanted,
        until_ms,
        desk: query.desk.map(|desk| (desk, first.titles().collect())),
        overdue_on: query.overdue.then_some(today),
        after: place(query.after)?,
        limit: MAX_QUEUE,
    };
    let mut page = state.db.queue(filter).await?;
    page.today = Some(today);
    readings::note(&state, &signed, Deed::ListRead, area.as_str()).await?;
    Ok(Json(page))
}
