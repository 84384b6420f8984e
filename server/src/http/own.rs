//! Writing what is the server's own: figures of the province, reminders.

use super::AppState;
use super::problem::ApiError;
use crate::store::Database;
use crate::store::plan::{Unplanned, carry_out};
use std::collections::BTreeSet;
use thidua_domain::access::Principal;
use thidua_domain::area::AreaCode;
use thidua_domain::record::SubjectId;
use thidua_domain::setting;
use thidua_domain::sync::hub::{self, Loaded, Needs, OwnEdit, Rules};

/// Plans and writes edits of the server's own in one transaction, and tells those who watch. `plan`
/// sees the records of `subjects` and names edits of the feeds of `communes`.
pub(super) async fn write<D: Database>(
    state: &AppState<D>,
    principal: &Principal,
    subjects: BTreeSet<SubjectId>,
    communes: BTreeSet<AreaCode>,
    plan: impl FnOnce(&Loaded) -> Result<Vec<OwnEdit>, ApiError> + Clone + Send + 'static,
) -> Result<(), ApiError> {
    let needs = Needs {
        subjects,
        communes,
        ..Needs::default()
    };
    write_what(state, principal, needs, plan).await
}

/// The same, of a plan that needs more than subjects and feeds.
pub(super) async fn write_what<D: Database>(
    state: &AppState<D>,
    principal: &Principal,
    needs: Needs,
    plan: impl FnOnce(&Loaded) -> Result<Vec<OwnEdit>, ApiError> + Clone + Send + 'static,
) -> Result<(), ApiError> {
    let (rules, own, now) = (state.rules, state.hub, state.tick());
    let communes = needs.communes.clone();
    let needs = Needs {
        device: own,
        ..needs
    };
    let (state, principal) = (state.clone(), principal.clone());
    // A task of its own: whoever closes the page does not stop the telling.
    let writing = tokio::spawn(async move {
        let plan = move |loaded: Loaded| {
            let edits = plan(&loaded).map_err(Unplanned::Failed)?;
            // An area may have ended since it was found.
            let Rules { tree, season, .. } = rules.as_set(&loaded.settings);
            let is_there =
                |feed: &AreaCode| *feed == setting::feed() || tree.get(feed, season.date).is_some();
            if !edits.iter().all(|edit| is_there(&edit.commune)) {
                return Err(Unplanned::Failed(ApiError::not_found()));
            }
            let writes = hub::plan_own(rules, &principal, own, edits, now, loaded)?;
            Ok::<_, Unplanned<ApiError>>((writes, ()))
        };
        carry_out(&state.db, state.clock.now_ms(), needs, plan).await?;
        state.events.publish(communes);
        Ok::<_, ApiError>(())
    });
    writing.await.map_err(|_| ApiError::internal())?
}
