//! `POST /api/areas/move`: a residential area, or all that is in a commune, goes to another commune. And what has to
//! hold before an area is renamed, made or ended (`POST /api/settings`).

use super::body::Input;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::{AppState, State};
use crate::areas::{self, Move, Mover};
use crate::audit::{Deed, Note};
use crate::store::{Database, Whereabouts};
use axum::Json;
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::access::Action;
use thidua_domain::api::{MoveRequest, Moved};
use thidua_domain::area::AreaTree;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::setting::areas::Entered;
use thidua_domain::setting::{self, Settings};
use thidua_domain::sync::state::RecordState;

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

/// Whether areas may become what they are to be: a commune that is then no more has nothing in it, and nobody
/// answers for it.
pub(super) async fn arranged<D: Database>(
    state: &AppState<D>,
    number: u16,
    entered: Option<Entered>,
) -> Result<(), ApiError> {
    let records = state.db.records(setting::subject()).await?;
    let tree = with(&records, number, entered)?;
    let date = state.rules.season.date;
    let accounts = state.db.accounts().await?;
    for commune in state.rules.tree.communes_without(&tree, date) {
        let here = Whereabouts::Commune(commune.code.clone());
        let nowhere = setting::feed();
        // The commune itself may be among them, which does not keep it from ending.
        let own = SubjectId::commune(&commune.code);
        let subjects = state.db.subjects_at(here, nowhere, 2).await?;
        let inhabited = subjects.iter().any(|subject| *subject != own);
        let mut active = accounts.iter().filter(|account| !account.disabled);
        if inhabited || active.any(|account| account.areas.contains(&commune.code)) {
            return Err(ApiError::area_in_use(&commune.name));
        }
    }
    Ok(())
}

/// The areas with one change entered or withdrawn.
pub(super) fn with(
    records: &BTreeMap<RecordKey, RecordState>,
    number: u16,
    entered: Option<Entered>,
) -> Result<AreaTree, ApiError> {
    let mut settings = Settings::of(records);
    settings.areas.remove(&number);
    settings.areas.extend(entered.map(|it| (number, it)));
    let changes = settings.areas.into_values().map(|it| it.change);
    Ok(AreaTree::tried(changes.collect())?)
}
