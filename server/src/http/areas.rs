//! `POST /api/areas/move`: a residential area, or all that is in a commune, goes to another commune.

use super::AppState;
use super::body::Input;
use super::guard::{self, Signed};
use super::problem::ApiError;
use crate::areas::{self, Move, Mover};
use crate::audit::{Deed, Note};
use crate::store::Database;
use axum::Json;
use axum::extract::State;
use std::collections::BTreeSet;
use thidua_domain::access::Action;
use thidua_domain::api::{MoveRequest, Moved};

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
