//! `POST /api/receipts`: the server signs for what it holds of an officer's own devices. Asked for when it
//! matters, and no part of a sync: a signature weighs as much as four entries.

use super::body::Input;
use super::guard::Signed;
use super::problem::ApiError;
use super::{AppState, State};
use crate::store::Database;
use axum::Json;
use thidua_domain::access::Role;
use thidua_domain::api::ReceiptsWanted;
use thidua_domain::receipt::{MAX_WANTED, Receipt};
use thidua_domain::sync::edit::DeviceId;

/// Receipts for the devices asked about that are this account's, as far as their edits are held.
pub(super) async fn receipts<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Input(wanted): Input<ReceiptsWanted>,
) -> Result<Json<Vec<Receipt>>, ApiError> {
    if signed.principal.role != Role::CommuneOfficer {
        return Err(ApiError::not_allowed());
    }
    if wanted.devices.len() > MAX_WANTED {
        return Err(ApiError::malformed());
    }
    let account = &signed.account.name;
    let mut receipts = Vec::new();
    for (device, until) in wanted.devices {
        receipts.extend(sign(&state, account, device, until).await?);
    }
    Ok(Json(receipts))
}

/// A receipt for what is held of a device's edits up to number `until`, if it is this account's and
/// anything is.
pub(super) async fn sign<D: Database>(
    state: &AppState<D>,
    account: &str,
    device: DeviceId,
    until: u32,
) -> Result<Option<Receipt>, ApiError> {
    let held = state.db.held_edits(device, until).await?;
    let own = held.filter(|held| held.account == account && held.last > 0);
    Ok(own.map(|held| {
        let (signer, said) = (&state.keys.signer, (held.last, held.check));
        Receipt::write(signer, account, device, said, state.clock.now_ms())
    }))
}
