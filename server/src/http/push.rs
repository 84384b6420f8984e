//! Edits of a device on their way into the database, whether it syncs itself or somebody carries them here.

use super::AppState;
use super::problem::ApiError;
use crate::store::{Database, plan};
use thidua_domain::access::Principal;
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::hub::{PushPlan, PushReply};
use thidua_domain::sync::wire::Request;

/// Whether a message is this account's.
pub(super) fn check(principal: &Principal, request: &Request) -> Result<(), ApiError> {
    // The hub's own identity and numbers that a database could not hold.
    if request.device != DeviceId::from_random(request.device.0) {
        return Err(ApiError::malformed());
    }
    // Another account's work under this session: two people share the tablet. Nothing is judged; its
    // author has to sign in.
    let own = |author: &str| author == principal.account;
    if request.edits.iter().any(|edit| !own(&edit.author)) {
        return Err(ApiError::not_signed_in());
    }
    Ok(())
}

/// Commits what was sent, and tells those who watch. A client that hangs up in between does not stop
/// either: it runs as a task of its own.
pub(super) async fn commit<D: Database>(
    state: &AppState<D>,
    principal: Principal,
    request: Request,
    plan: PushPlan,
) -> Result<PushReply, ApiError> {
    let state = state.clone();
    let pushing = tokio::spawn(async move {
        let now_ms = state.clock.now_ms();
        let pushed = plan::push(&state.db, now_ms, state.rules, principal, request, plan);
        let (reply, changed) = pushed.await?;
        state.events.publish(changed);
        Ok(reply)
    });
    pushing.await.map_err(|_| ApiError::internal())?
}
