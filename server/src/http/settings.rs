//! `GET` and `POST /api/settings`: what the province sets for everybody.

use super::AppState;
use super::body::Input;
use super::guard::{self, Signed};
use super::own;
use super::problem::ApiError;
use crate::store::Database;
use axum::Json;
use axum::extract::State;
use std::collections::BTreeSet;
use thidua_domain::access::{Action, Principal};
use thidua_domain::api::{SettingInput, SettingView, SettingsView};
use thidua_domain::entry::content_digest;
use thidua_domain::review::ReviewError;
use thidua_domain::setting;
use thidua_domain::sync::hub::{Loaded, OwnEdit};
use thidua_domain::sync::state::RecordState;

/// Most edits shown, over all settings.
const MAX_HISTORY: usize = 500;

/// Shows what is set; it applies to everybody, so everybody who is signed in may read it.
pub(super) async fn settings<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
) -> Result<Json<SettingsView>, ApiError> {
    list(&state, &signed.principal).await.map(Json)
}

/// Puts a setting in the place of the one that was on the screen.
pub(super) async fn set<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Input(asked): Input<SettingInput>,
) -> Result<Json<SettingsView>, ApiError> {
    let province = &state.rules.tree.province().code;
    guard::check(state.rules, &signed.principal, Action::Set, province)?;
    let period = state.rules.season.period;
    let values = asked.setting.fields(period)?;
    let record = asked.setting.key(period);
    let plan = move |loaded: &Loaded| {
        let empty = RecordState::new(setting::feed());
        let shown = loaded.records.get(&record).unwrap_or(&empty);
        if content_digest(shown) != asked.seen {
            return Err(ReviewError::ContentChanged.into());
        }
        Ok(vec![OwnEdit {
            commune: setting::feed(),
            record,
            values,
        }])
    };
    let subjects = BTreeSet::from([setting::subject()]);
    let feeds = BTreeSet::from([setting::feed()]);
    own::write(&state, &signed.principal, subjects, feeds, plan).await?;
    list(&state, &signed.principal).await.map(Json)
}

async fn list<D: Database>(
    state: &AppState<D>,
    principal: &Principal,
) -> Result<SettingsView, ApiError> {
    let rules = state.rules;
    let records = state.db.records(setting::subject()).await?;
    let may_set = guard::check(rules, principal, Action::Set, &rules.tree.province().code).is_ok();
    // Who set what is shown to those who set.
    let history = match may_set {
        true => {
            let keys = records.keys().cloned().collect();
            state.db.history(keys, MAX_HISTORY).await?
        }
        false => Vec::new(),
    };
    let settings = records
        .into_iter()
        .map(|(record, shown)| SettingView {
            digest: content_digest(&shown),
            history: history
                .iter()
                .filter(|item| item.edit.record == record)
                .cloned()
                .collect(),
            state: shown,
            record,
        })
        .collect();
    Ok(SettingsView { settings, may_set })
}
