//! `POST /api/settings/preview`: what other criteria would change.

use super::body::Input;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::{AppState, State};
use crate::store::{Database, EntriesOf};
use axum::Json;
use std::sync::Arc;
use thidua_domain::access::Action;
use thidua_domain::api::{Change, PackPreview};
use thidua_domain::area::{AreaCode, AreaLevel};
use thidua_domain::entry::{self, EntryState};
use thidua_domain::setting::pack::Draft;
use thidua_domain::sync::hub::Rules;
use thidua_domain::sync::state::RecordState;

/// What a version would change, without adopting it. Only the title's entries are read that somebody has begun:
/// sheets that nobody has show no result that could change, and are by far the most at first. A commune is read at
/// a time, so that memory is bounded, and that it ends soon where whoever asked has gone.
pub(super) async fn preview<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Input(draft): Input<Draft>,
) -> Result<Json<PackPreview>, ApiError> {
    let rules = state.rules;
    let province = &rules.tree.province().code;
    guard::check(rules, &signed.principal, Action::Administer, province)?;
    let (packs, period, title) = (rules.packs, rules.season.period, draft.assessment);
    let pack = Arc::new(draft.pack(packs, period)?);
    let mut preview = PackPreview::default();
    // A version for later years changes nothing that is being assessed.
    if !pack.is_valid_on(rules.season.date) {
        return Ok(Json(preview));
    }
    for commune in rules.tree.communes(rules.season.date) {
        let zone = rules.tree.zone(&commune.code);
        let district = district_of(rules, &commune.code);
        let pack = Arc::clone(&pack);
        let count = move |preview: &mut PackPreview, state: EntryState, entry: &RecordState| {
            let Some(now) = packs.judging(Some(entry), title, period) else {
                return;
            };
            let change = Change {
                sealed: matches!(state, EntryState::Submitted | EntryState::Accepted),
                now: entry::evaluate(entry, now, zone).outcome,
                then: entry::evaluate(entry, &pack, zone).outcome,
            };
            preview.add(&district, change);
        };
        let entries = EntriesOf {
            commune: commune.code.clone(),
            assessment: title,
            period,
        };
        preview = state.db.fold_entries(entries, preview, count).await?;
    }
    Ok(Json(preview))
}

/// The area above a commune that a preview is broken down by.
fn district_of(rules: Rules, commune: &AreaCode) -> AreaCode {
    let above = rules.tree.ancestors(commune, rules.season.date);
    let district = above
        .iter()
        .find(|area| area.level() == AreaLevel::District);
    district.map_or_else(|| commune.clone(), |area| area.code.clone())
}
