//! `POST /api/review`: a reviewer's decision.

use super::body::Input;
use super::entries;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::{AppState, State};
use crate::store::Database;
use crate::store::plan::{Unplanned, carry_out};
use axum::Json;
use std::collections::BTreeSet;
use thidua_domain::api::{EntryDetail, ReviewRequest};
use thidua_domain::sync::hub::{self, Loaded};

/// Takes the decision, or says why it cannot be taken, and answers with the entry as it is then.
pub(super) async fn review<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Input(asked): Input<ReviewRequest>,
) -> Result<Json<EntryDetail>, ApiError> {
    let ReviewRequest { record, verdict } = asked;
    let found = entries::find(&state, &record).await?;
    let commune = found.commune;
    guard::authority(state.rules, &signed.principal, found.assessment, &commune)?;

    let needs = hub::needs_of_review(state.hub, &record, &commune);
    let (rules, own, now) = (state.rules, state.hub, state.tick());
    let reviewing = {
        let (state, record) = (state.clone(), record.clone());
        let principal = signed.principal.clone();
        // A task of its own: a reviewer who closes the page does not stop the telling.
        tokio::spawn(async move {
            let plan = move |loaded: Loaded| {
                let planned =
                    hub::plan_review(rules, &principal, own, &record, &verdict, now, loaded)?;
                let writes = planned.map_err(|error| Unplanned::Failed(error.into()))?;
                Ok::<_, Unplanned<ApiError>>((writes, ()))
            };
            carry_out(&state.db, state.clock.now_ms(), needs, plan).await?;
            state.events.publish(BTreeSet::from([commune]));
            Ok::<_, ApiError>(())
        })
    };
    reviewing.await.map_err(|_| ApiError::internal())??;
    entries::detail(&state, &signed.principal, &record)
        .await
        .map(Json)
}
