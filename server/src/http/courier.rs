//! `POST /api/courier`: edits that somebody carried here for their author. Whoever is signed in may bring
//! them: who they are from is shown by the bundle itself, and what they may change is what their author may.

use super::body::read;
use super::guard::Signed;
use super::problem::ApiError;
use super::{AppState, State, push, receipts};
use crate::accounts::is_account_name;
use crate::audit::{Deed, Note};
use crate::store::{Database, StoredAccount};
use axum::extract::Request;
use axum::http::header;
use axum::response::IntoResponse;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};
use thidua_domain::access::{Principal, Role};
use thidua_domain::courier::{Bundle, CONTENT_TYPE, CourierError, MAX_BYTES, Reply};
use thidua_domain::hex::Hex;
use thidua_domain::sync::carried::CarriedAnswer;
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::hub;
use thidua_domain::sync::wire::{self, Identity, Response};
use thidua_domain::trust::CourierKey;

/// Bundles that one account may bring within [`WINDOW_MS`]: a whole district's officers at a meeting.
const MOST: usize = 60;
const WINDOW_MS: u64 = 60 * 60 * 1000;

/// When each account brought bundles: there are never more than there are accounts.
#[derive(Default)]
pub(super) struct Brought(Mutex<HashMap<String, Vec<u64>>>);

impl Brought {
    /// Notes one more, or says after how many seconds to come again.
    fn one_more(&self, account: &str, now_ms: u64) -> Result<(), u64> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let times = all.entry(account.to_owned()).or_default();
        times.retain(|time| *time + WINDOW_MS > now_ms);
        match times.first() {
            Some(first) if times.len() >= MOST => {
                Err((*first + WINDOW_MS - now_ms).div_ceil(1_000))
            }
            _ => {
                times.push(now_ms);
                Ok(())
            }
        }
    }
}

/// Takes a bundle's edits as their author's device, and answers with what it is to be told.
pub(super) async fn import<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    request: Request,
) -> Result<impl IntoResponse, ApiError> {
    let bytes = read(request, CONTENT_TYPE, MAX_BYTES).await?;
    let bundle = Bundle::read(&bytes)?;
    let carrier = &signed.account.name;
    let now_ms = state.clock.now_ms();
    let counted = state.brought.one_more(carrier, now_ms);
    counted.map_err(ApiError::too_many_bundles)?;

    let author = match is_account_name(&bundle.account) {
        true => state.db.account(bundle.account.clone()).await?,
        false => None,
    };
    let requests = open(&state, &bundle, author.as_ref()).await?;
    // From here on it is known to be the author's.
    let author = author.ok_or(CourierError::NotGenuine)?.account;
    if author.disabled || author.role != Role::CommuneOfficer {
        return Err(ApiError::author_disabled());
    }
    let edits = requests
        .iter()
        .map(|request| request.edits.len())
        .sum::<usize>();
    let about = format!("{} {} {edits}", author.name, bundle.id());
    let note = Note::new(now_ms, carrier, Deed::BundleBrought, &about);
    state.db.note(note).await?;
    let answers = take(&state, &author.principal(), requests).await?;
    let reply = Reply::to(&bundle, answers).write(&state.keys.signer);
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE)], reply))
}

/// Opens it where that does not hold up other requests. An account that is not known is tried with a key
/// that fits nothing, so that nobody learns here which accounts there are.
async fn open<D: Database>(
    state: &AppState<D>,
    bundle: &Bundle,
    author: Option<&StoredAccount>,
) -> Result<Vec<wire::Request>, ApiError> {
    let nobody = CourierKey(Hex([0; 32]));
    let key = author.map_or(nobody, |author| state.keys.courier(author));
    let (state, bundle) = (state.clone(), bundle.clone());
    let opening = tokio::task::spawn_blocking(move || state.keys.opener.open(&bundle, &key));
    let opened = opening.await.map_err(|_| ApiError::internal())?;
    match author {
        Some(_) => Ok(opened?),
        None => Err(CourierError::NotGenuine.into()),
    }
}

/// Takes the requests in order; the answer to each device among them. A device that is not the one known
/// under its number is told so, and the rest of its edits waits until it syncs itself.
async fn take<D: Database>(
    state: &AppState<D>,
    author: &Principal,
    requests: Vec<wire::Request>,
) -> Result<Vec<CarriedAnswer>, ApiError> {
    for request in &requests {
        push::check(author, request).map_err(|_| CourierError::Malformed)?;
    }
    let mut answers: BTreeMap<DeviceId, CarriedAnswer> = BTreeMap::new();
    for request in requests {
        let device = request.device;
        // What follows was written on top of what is in dispute.
        if answers.values().any(is_another) {
            break;
        }
        let before = answers.remove(&device);
        let turn = state.turns.wait(&author.account).await;
        let reply = push::commit(state, author.clone(), request, hub::plan_carried).await?;
        drop(turn);
        let receipt = match reply.identity {
            Identity::Keep => receipts::sign(state, &author.account, device, reply.held).await?,
            Identity::Renew { .. } => None,
        };
        let mut rejected = before.map_or(Vec::new(), |before| before.response.rejected);
        rejected.extend(&reply.rejected);
        let response = Response {
            held: reply.held,
            rejected,
            former_held: reply.former_held,
            identity: reply.identity,
            follow: Vec::new(),
            pages: Vec::new(),
            server_time: state.clock.now_ms(),
        };
        let answer = CarriedAnswer {
            device,
            response,
            receipt,
        };
        answers.insert(device, answer);
    }
    Ok(answers.into_values().collect())
}

fn is_another(answer: &CarriedAnswer) -> bool {
    answer.response.identity != Identity::Keep
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_brings_so_many_in_an_hour() {
        let brought = Brought::default();
        for count in 0..MOST as u64 {
            assert_eq!(brought.one_more("ta-hoc", count), Ok(()));
        }
        assert_eq!(brought.one_more("ta-hoc", 1_000), Err(3_599));
        assert_eq!(brought.one_more("ban-bo", 1_000), Ok(()));
        assert_eq!(brought.one_more("ta-hoc", WINDOW_MS), Ok(()));
        assert!(brought.one_more("ta-hoc", WINDOW_MS).is_err());
    }
}
