//! `POST /api/areas/move`: a residential area, or all that is in a commune, goes to another commune. And what has to
//! hold before an area is renamed, made or ended (`POST /api/settings`).

use super::body::Input;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::{AppState, State};
use crate::areas::{self, Move, Mover};
use crate::audit::{Deed, Note};
use crate::store::{self, Database};
use axum::Json;
use std::collections::BTreeSet;
use thidua_domain::access::Action;
use thidua_domain::api::{MoveRequest, Moved};
use thidua_domain::area::AreaCode;
use thidua_domain::setting::areas::Entered;
use thidua_domain::sync::hub;

/// Moves it, and says how much went. An administrator of both communes may.
pub(super) async fn relocate<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Input(asked): Input<MoveRequest>,
) -> Result<Json<Moved>, ApiError> {
    let MoveRequest {
        from,
        residential_area,
        to,
    } = asked;
    for commune in [&from, &to] {
        guard::check(state.rules, &signed.principal, Action::Arrange, commune)?;
    }
    let what = Move {
        from,
        residential_area,
        to,
    };
    let now_ms = state.clock.now_ms();
    let mover = Mover {
        principal: signed.principal,
        hub: state.hub,
        time: state.tick(),
        now_ms,
    };
    let note = Note::new(now_ms, &signed.account.name, Deed::AreaMoved, &what.about());
    state.db.note(note).await?;
    // A task of its own: whoever closes the page does not stop it half-way.
    let moving = tokio::spawn(async move {
        let moved = areas::relocate(&state.db, state.rules, &mover, &what).await;
        state.events.publish(BTreeSet::from([what.from, what.to]));
        moved
    });
    let subjects = moving.await.map_err(|_| ApiError::internal())??;
    Ok(Json(Moved { subjects }))
}

/// The communes that are no more once a change is entered or withdrawn, if it fits and no account answers for one of
/// them. Whether anything is in them is looked up in the transaction that ends them.
pub(super) async fn ending<D: Database>(
    state: &AppState<D>,
    number: u16,
    entered: Option<&Entered>,
) -> Result<BTreeSet<AreaCode>, ApiError> {
    let settings = store::settings(&state.db).await?;
    let ended = hub::ended_by(state.rules, &settings, number, entered)?;
    let accounts = state.db.accounts().await?;
    for commune in &ended {
        let mut active = accounts.iter().filter(|account| !account.disabled);
        if active.any(|account| account.areas.contains(&commune.code)) {
            return Err(ApiError::area_in_use(&commune.name));
        }
    }
    Ok(ended.into_iter().map(|area| area.code.clone()).collect())
}
