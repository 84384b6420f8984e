//! Signing in and out.

use super::body::Input;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::{AppState, State};
use crate::accounts::{SESSION_MS, is_account_name, new_token, token_hash, vault_key};
use crate::audit::{Deed, Note};
use crate::store::{Account, Database};
use axum::Json;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use std::net::{IpAddr, SocketAddr};
use thidua_domain::access::{Principal, Role};
use thidua_domain::api::{Session, SignIn, SignedIn};
use thidua_domain::sync::hub::Rules;

/// `POST /api/session`.
pub(super) async fn sign_in<D: Database>(
    State(state): State<AppState<D>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    before: Option<Signed>,
    Input(asked): Input<SignIn>,
) -> Result<impl IntoResponse, ApiError> {
    let name = asked.account.trim().to_lowercase();
    let address = address(&state, peer, &headers);
    let now_ms = state.clock.now_ms();
    state
        .attempts
        .begin(&name, address, now_ms)
        .map_err(ApiError::too_many)?;

    let stored = if is_account_name(&name) {
        state.db.account(name.clone()).await?
    } else {
        None
    };
    let stored = stored.filter(|stored| !stored.account.disabled);
    let known = stored.is_some();
    let hash = stored.as_ref().map(|stored| stored.password_hash.clone());
    let matches = state.passwords.verify(&asked.password, hash).await?;
    let Some(stored) = stored.filter(|_| matches) else {
        // A name that is no account's may be a password in the wrong field: it is not written down.
        if known {
            note(&state, &name, Deed::SignInRefused, address, now_ms).await?;
        }
        return Err(ApiError::wrong_credentials());
    };
    note(&state, &name, Deed::SignedIn, address, now_ms).await?;
    state.attempts.succeeded(&name, address);

    // A browser has one session: the one before would stay open without anybody to close it.
    if let Some(before) = before {
        state.db.close_session(before.token).await?;
    }
    let token = new_token();
    let until = now_ms + SESSION_MS;
    state
        .db
        .open_session(token_hash(&token), name, now_ms, until)
        .await?;
    let cookie = guard::session_cookie(&token, guard::is_secure(&state, &headers));
    // Only who enters data keeps a register on a tablet, and only the password opens it from here.
    let enters = stored.account.role == Role::CommuneOfficer;
    let vault_key = match enters {
        true => Some(vault_key(&state.db, &stored.account.name).await?),
        false => None,
    };
    let trust = enters.then(|| state.keys.trust(&stored));
    let principal = guard::principal_of(&state, &stored.account).await?;
    let signed_in = SignedIn {
        session: describe(state.rules, stored.account, principal),
        vault_key,
        trust,
    };
    Ok(([(header::SET_COOKIE, cookie)], Json(signed_in)))
}

async fn note<D: Database>(
    state: &AppState<D>,
    account: &str,
    deed: Deed,
    address: IpAddr,
    now_ms: u64,
) -> Result<(), ApiError> {
    let note = Note::new(now_ms, account, deed, &address.to_string());
    Ok(state.db.note(note).await?)
}

/// `GET /api/session`. A tablet that signed in with a program that knew of no receipts learns here what it
/// knows the server by.
pub(super) async fn show<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
) -> Result<Json<SignedIn>, ApiError> {
    let trust = match signed.account.role {
        Role::CommuneOfficer => {
            let stored = state.db.account(signed.account.name.clone()).await?;
            stored.map(|stored| state.keys.trust(&stored))
        }
        _ => None,
    };
    Ok(Json(SignedIn {
        session: describe(state.rules, signed.account, signed.principal),
        vault_key: None,
        trust,
    }))
}

/// `DELETE /api/session`. Signing out twice is no error.
pub(super) async fn sign_out<D: Database>(
    State(state): State<AppState<D>>,
    headers: HeaderMap,
    signed: Option<Signed>,
) -> Result<impl IntoResponse, ApiError> {
    if let Some(signed) = signed {
        state.db.close_session(signed.token).await?;
    }
    let cookie = guard::no_cookie(guard::is_secure(&state, &headers));
    Ok(([(header::SET_COOKIE, cookie)], Json(serde_json::json!({}))))
}

fn describe(rules: Rules, account: Account, principal: Principal) -> Session {
    Session {
        account: account.name,
        display_name: account.display_name,
        role: account.role,
        areas: account.areas,
        mandates: principal.mandates,
        season: rules.season,
        area_changes: rules.tree.changes().to_vec(),
    }
}

/// Where the request comes from. A proxy appends the address it saw to what the client claims.
fn address<D>(state: &AppState<D>, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .filter(|_| state.trust_proxy)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .and_then(|value| value.trim().parse().ok());
    forwarded.unwrap_or(peer.ip())
}
