//! `POST /api/sync`: one request carries everything both ways. Each message of its body is a transaction
//! of its own, committed as soon as it is there: a connection that is cut costs one message.

use super::body::Arriving;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::{AppState, State, push};
use crate::store::{Database, FeedQuery};
use axum::extract::Request;
use axum::http::header;
use axum::response::IntoResponse;
use futures_util::FutureExt as _;
use std::collections::BTreeMap;
use thidua_domain::access::{Principal, Role};
use thidua_domain::area::AreaCode;
use thidua_domain::setting;
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::hub::{self, PushReply};
use thidua_domain::sync::wire::{self, Cursor, Identity, Page, Rejection, Response, Version};

/// How much of the feeds one message carries: edits, and bytes of edits as they are stored.
#[derive(Clone, Copy)]
struct Portion {
    max_edits: usize,
    max_bytes: usize,
}

/// The only message of an answer of version 1: cursors and rejections have the rest of
/// [`wire::MAX_FRAME_BYTES`].
const WHOLE: Portion = Portion {
    max_edits: wire::MAX_EDITS_DOWN,
    max_bytes: 3 << 20,
};
/// One of several messages: what a cut costs.
const PART: Portion = Portion {
    max_edits: 500,
    max_bytes: 1 << 20,
};
/// Most messages in an answer: five thousand entries, each entered, handed in and decided, and some.
const MAX_PARTS: usize = 40;

/// What the last message of a body asked, and what became of all of them.
struct Asked {
    device: DeviceId,
    last_seq: u32,
    cursors: BTreeMap<AreaCode, Cursor>,
    reply: PushReply,
}

/// Takes the device's edits and answers with what is new for it.
pub(super) async fn sync<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    request: Request,
) -> Result<impl IntoResponse, ApiError> {
    if signed.principal.role != Role::CommuneOfficer {
        return Err(ApiError::not_allowed());
    }
    let mut arriving = Arriving::of(request, wire::CONTENT_TYPE, wire::MAX_FRAME_BYTES)?;
    let (asked, version) = match take(&state, &signed.principal, &mut arriving).await {
        Ok(taken) => taken,
        Err(error) => return Err(arriving.refuse(error).await),
    };
    arriving.drain().await;
    let body = match version {
        Version::Plain => answer_plainly(&state, &signed.principal, asked).await?,
        version => answer(&state, &signed.principal, asked, version).await?,
    };
    Ok(([(header::CONTENT_TYPE, wire::CONTENT_TYPE)], body))
}

/// Takes message after message, up to the end or to one that tells the device to go on as another. (Or
/// until an answer could not say what was not taken; the device then goes on from there.)
async fn take<D: Database>(
    state: &AppState<D>,
    principal: &Principal,
    arriving: &mut Arriving,
) -> Result<(Asked, Version), ApiError> {
    let mut reader = wire::Reader::<wire::Request>::default();
    let mut rejected: Vec<Rejection> = Vec::new();
    let mut last: Option<Asked> = None;
    let mut turn = state.turns.wait(&principal.account).await;
    loop {
        while let Some(request) = next_message(&mut reader).await? {
            push::check(principal, &request)?;
            let (device, last_seq) = (request.device, request.last_seq);
            let cursors = request.cursors.iter().cloned().collect();
            let mut reply = push::commit(state, principal.clone(), request, hub::plan_push).await?;
            rejected.append(&mut reply.rejected);
            let full = rejected.len() + wire::MAX_EDITS_UP > wire::MAX_REJECTED;
            let stop = full || reply.identity != Identity::Keep;
            last = Some(Asked {
                device,
                last_seq,
                cursors,
                reply,
            });
            if stop {
                return finish(last, rejected, &reader);
            }
        }
        let arrived = match arriving.next().now_or_never() {
            Some(arrived) => arrived,
            None => {
                drop(turn);
                let arrived = arriving.next().await;
                turn = state.turns.wait(&principal.account).await;
                arrived
            }
        };
        match arrived? {
            Some(bytes) => reader.feed(&bytes),
            None => {
                reader.finish()?;
                return finish(last, rejected, &reader);
            }
        }
    }
}

fn finish(
    last: Option<Asked>,
    rejected: Vec<Rejection>,
    reader: &wire::Reader<wire::Request>,
) -> Result<(Asked, Version), ApiError> {
    let (mut asked, version) = last.zip(reader.version()).ok_or_else(ApiError::malformed)?;
    asked.reply.rejected = rejected;
    Ok((asked, version))
}

/// Reads a message where it does not hold up other requests: a hostile one takes a while.
async fn next_message(
    reader: &mut wire::Reader<wire::Request>,
) -> Result<Option<wire::Request>, ApiError> {
    if reader.unread() == 0 {
        return Ok(None);
    }
    let mut moved = std::mem::take(reader);
    let reading = tokio::task::spawn_blocking(move || {
        let message = moved.next_message();
        (moved, message)
    });
    let (moved, message) = reading.await.map_err(|_| ApiError::internal())?;
    *reader = moved;
    Ok(message?)
}

/// An answer of version 1.
async fn answer_plainly<D: Database>(
    state: &AppState<D>,
    principal: &Principal,
    asked: Asked,
) -> Result<Vec<u8>, ApiError> {
    let follow = guard::readable_communes(state.rules, principal);
    let pages = pages(state, principal, &follow, &asked, WHOLE).await?;
    Ok(wire::encode_plain(&response(state, &asked, follow, pages)))
}

/// An answer in as many messages as it takes, within limits. A program before version 3 would lose part of
/// what it is shown in pieces, and takes every feed for a commune's: it is told of its own communes' feeds only.
async fn answer<D: Database>(
    state: &AppState<D>,
    principal: &Principal,
    mut asked: Asked,
    version: Version,
) -> Result<Vec<u8>, ApiError> {
    let mut follow = guard::readable_communes(state.rules, principal);
    let mut writer = wire::Writer::for_older();
    if version == Version::Areas {
        writer = wire::Writer::default();
        let readable = follow.iter().cloned().collect();
        let moved = state.db.feeds_of_moved(readable).await?;
        let others = moved.into_iter().filter(|feed| !follow.contains(feed));
        let others: Vec<_> = others.collect();
        follow.extend(others);
        follow.push(setting::feed());
    }
    for _ in 0..MAX_PARTS {
        let pages = pages(state, principal, &follow, &asked, PART).await?;
        let more = pages.iter().any(|page| page.more);
        for page in &pages {
            asked.cursors.insert(page.commune.clone(), page.cursor);
        }
        let response = response(state, &asked, follow.clone(), pages);
        // What was not taken is said once.
        asked.reply.rejected.clear();
        let writing = tokio::task::spawn_blocking(move || writer.with(&response));
        writer = writing.await.map_err(|_| ApiError::internal())?;
        if !more || !writer.has_room() {
            break;
        }
    }
    Ok(writer.finish())
}

fn response<D: Database>(
    state: &AppState<D>,
    asked: &Asked,
    follow: Vec<AreaCode>,
    pages: Vec<Page>,
) -> Response {
    Response {
        held: asked.reply.held,
        rejected: asked.reply.rejected.clone(),
        former_held: asked.reply.former_held.clone(),
        identity: asked.reply.identity,
        follow,
        pages,
        server_time: state.clock.now_ms(),
    }
}

/// What is new for the device in the feeds it follows, if it is to be told.
async fn pages<D: Database>(
    state: &AppState<D>,
    principal: &Principal,
    follow: &[AreaCode],
    asked: &Asked,
    portion: Portion,
) -> Result<Vec<Page>, ApiError> {
    if !asked.reply.pull {
        return Ok(Vec::new());
    }
    let cursor = |commune: &AreaCode| asked.cursors.get(commune).copied().unwrap_or_default();
    let query = FeedQuery {
        cursors: follow
            .iter()
            .map(|commune| (commune.clone(), cursor(commune)))
            .collect(),
        except: Some((asked.device, asked.last_seq)),
        readable: Some(guard::readable_feeds(state.rules, principal)),
        max_edits: portion.max_edits,
        max_bytes: portion.max_bytes,
    };
    Ok(state.db.feeds(query).await?)
}
