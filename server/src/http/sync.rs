//! `POST /api/sync`: one request carries everything both ways.

use super::body;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::{AppState, Shared};
use crate::store::{Database, FeedQuery};
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::IntoResponse;
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::access::{Principal, Role};
use thidua_domain::area::AreaCode;
use thidua_domain::sync::edit::{DeviceId, Edit};
use thidua_domain::sync::hub::{self, PushReply};
use thidua_domain::sync::wire::{self, Cursor, Page, Response};

/// Most bytes of edits in an answer; pages, cursors and rejections around them have the rest of
/// [`wire::MAX_FRAME_BYTES`].
const MAX_BYTES_DOWN: usize = 3 << 20;

/// Takes the device's edits and answers with what is new for it.
pub(super) async fn sync<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    request: Request,
) -> Result<impl IntoResponse, ApiError> {
    if signed.principal.role != Role::CommuneOfficer {
        return Err(ApiError::not_allowed());
    }
    let frame = body::read(request, wire::CONTENT_TYPE, wire::MAX_FRAME_BYTES).await?;
    let request = wire::decode_request(&frame)?;
    // The hub's own identity and numbers that a database could not hold.
    if request.device != DeviceId::from_random(request.device.0) {
        return Err(ApiError::malformed());
    }
    // Another account's work under this session: two people share the tablet. Nothing is judged; its
    // author has to sign in.
    if request
        .edits
        .iter()
        .any(|edit| edit.author != signed.principal.account)
    {
        return Err(ApiError::not_signed_in());
    }
    let follow = guard::readable_communes(state.rules, &signed.principal);
    let (device, last_seq) = (request.device, request.last_seq);
    let cursors = request.cursors;

    let pushed = (device, last_seq, request.former, request.edits);
    let reply = push(&state, signed.principal, pushed).await?;
    let pages = if reply.pull {
        pages(&state, &follow, cursors, device, last_seq).await?
    } else {
        Vec::new()
    };
    let response = Response {
        held: reply.held,
        rejected: reply.rejected,
        former_held: reply.former_held,
        identity: reply.identity,
        follow,
        pages,
        server_time: state.clock.now_ms(),
    };
    Ok((
        [(header::CONTENT_TYPE, wire::CONTENT_TYPE)],
        wire::encode(&response),
    ))
}

/// Commits what was sent, and tells those who watch. A client that hangs up in between does not stop
/// either: it runs as a task of its own.
async fn push<D: Database>(
    state: &AppState<D>,
    principal: Principal,
    (device, last_seq, former, edits): (DeviceId, u32, Vec<DeviceId>, Vec<Edit>),
) -> Result<PushReply, ApiError> {
    let state = state.clone();
    let pushing = tokio::spawn(async move {
        let Shared {
            db,
            rules,
            clock,
            events,
            ..
        } = &*state;
        let rules = *rules;
        let needs = hub::needs(device, &former, &edits);
        let plan = move |loaded| {
            let (writes, reply) =
                hub::plan_push(rules, &principal, device, last_seq, edits, loaded);
            let changed: BTreeSet<AreaCode> = writes
                .feed
                .iter()
                .map(|row| row.edit.commune.clone())
                .collect();
            Ok::<_, ApiError>((writes, (reply, changed)))
        };
        let (reply, changed) = db.transact(clock.now_ms(), needs, plan).await?;
        events.publish(changed);
        Ok(reply)
    });
    pushing.await.map_err(|_| ApiError::internal())?
}

/// What is new for the device in the feeds it follows.
async fn pages<D: Database>(
    state: &AppState<D>,
    follow: &[AreaCode],
    cursors: Vec<(AreaCode, Cursor)>,
    device: DeviceId,
    last_seq: u32,
) -> Result<Vec<Page>, ApiError> {
    let known: BTreeMap<AreaCode, Cursor> = cursors.into_iter().collect();
    let cursor = |commune: &AreaCode| known.get(commune).copied().unwrap_or_default();
    let query = FeedQuery {
        cursors: follow
            .iter()
            .map(|commune| (commune.clone(), cursor(commune)))
            .collect(),
        except: Some((device, last_seq)),
        max_edits: wire::MAX_EDITS_DOWN,
        max_bytes: MAX_BYTES_DOWN,
    };
    Ok(state.db.feeds(query).await?)
}
