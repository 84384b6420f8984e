//! `GET` and `POST /api/settings`: what the province sets for everybody.

use super::areas;
use super::body::Input;
use super::guard::{self, Signed, readable_communes};
use super::own;
use super::problem::ApiError;
use super::{AppState, State};
use crate::audit::Deed;
use crate::store::{self, Database};
use axum::Json;
use std::collections::BTreeSet;
use thidua_domain::access::{Action, Principal};
use thidua_domain::api::{SettingInput, SettingView, SettingsView};
use thidua_domain::entry::content_digest;
use thidua_domain::review::ReviewError;
use thidua_domain::setting::{self, Setting};
use thidua_domain::sync::hub::{self, Loaded, OwnEdit};
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
    // Other rules for a title, and other areas, are not a reviewer's to make.
    let adopts = matches!(asked.setting, Setting::Pack(_));
    let action = match &asked.setting {
        Setting::Pack(_) => Action::Administer,
        Setting::Area { .. } => Action::Arrange,
        Setting::Days(_) | Setting::Term { .. } | Setting::Appraisal(_) => Action::Set,
    };
    guard::check(state.rules, &signed.principal, action, province)?;
    let period = state.rules.season.period;
    let record = asked.setting.key(period);
    let about = record.to_string();
    let rearranges = matches!(asked.setting, Setting::Area { .. });
    let ending = match &asked.setting {
        Setting::Area { number, entered } => {
            areas::ending(&state, *number, entered.as_ref()).await?
        }
        _ => BTreeSet::new(),
    };
    let rules = state.rules;
    let plan = move |loaded: &Loaded| {
        let empty = RecordState::new(setting::feed());
        let shown = loaded.records.get(&record).unwrap_or(&empty);
        if content_digest(shown) != asked.seen {
            return Err(ReviewError::ContentChanged.into());
        }
        let values = asked.setting.fields(period, loaded.settings.packs)?;
        if let Setting::Area { number, entered } = &asked.setting {
            hub::check_arrangement(rules, loaded, *number, entered.as_ref())?;
        }
        Ok(vec![OwnEdit {
            commune: setting::feed(),
            record,
            values,
        }])
    };
    let needs = hub::needs_of_arrangement(ending);
    own::write_what(&state, &signed.principal, needs, plan).await?;
    // What follows goes by what has just been set.
    let state = state.now().await?;
    if rearranges {
        signed.did(&state, Deed::AreaChanged, &about).await?;
        let communes = readable_communes(state.rules, &signed.principal);
        state.events.publish(communes.into_iter().collect());
    }
    if adopts {
        signed.did(&state, Deed::CriteriaAdopted, &about).await?;
        // Should the server stop in between, it counts anew when it starts: the mark names the packs.
        store::rebuild(&state.db, state.rules).await?;
        let communes = readable_communes(state.rules, &signed.principal);
        state.events.publish(communes.into_iter().collect());
    }
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
    let administers = Action::Administer;
    Ok(SettingsView {
        settings,
        may_set,
        may_adopt: guard::check(rules, principal, administers, &rules.tree.province().code).is_ok(),
    })
}
