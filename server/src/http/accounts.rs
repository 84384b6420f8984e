//! `/api/accounts`: who may sign in, in which browsers they are signed in, which tablets they use.
//!
//! An administrator keeps the accounts whose areas all lie within their own.

use super::body::Input;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::{AppState, State};
use crate::accounts::{self, SESSION_MS, generate_password};
use crate::audit::Deed;
use crate::store::{Account, Database, TokenHash};
use axum::Json;
use axum::extract::Path;
use thidua_domain::access::{Action, Principal, Role};
use thidua_domain::api::{
    AccountChange, AccountFacts, AccountView, DeviceView, MAX_ACCOUNT_AREAS,
    MAX_DISPLAY_NAME_BYTES, NewAccount, NewPassword, SessionView,
};
use thidua_domain::area::{AreaCode, AreaLevel};
use thidua_domain::review::ReviewError;
use thidua_domain::sync::hub::Rules;
use thidua_domain::text;

/// Digits by which a session is told from others: too few to be found from, enough to be its own.
const SESSION_ID_DIGITS: usize = 16;

/// Lists the accounts that the administrator keeps.
pub(super) async fn accounts<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
) -> Result<Json<Vec<AccountView>>, ApiError> {
    list(&state, &signed).await.map(Json)
}

/// Adds an account; the answer has its password, which nobody sees again.
pub(super) async fn add<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Input(asked): Input<NewAccount>,
) -> Result<Json<NewPassword>, ApiError> {
    let facts = checked(state.rules, &signed.principal, asked.facts)?;
    if facts.disabled {
        return Err(ApiError::malformed());
    }
    let about = about(&asked.name, &facts);
    let account = of_facts(asked.name.clone(), facts);
    let (password, now_ms) = (generate_password(), state.clock.now_ms());
    accounts::add(&state.db, &state.passwords, account, &password, now_ms).await?;
    signed.did(&state, Deed::AccountAdded, &about).await?;
    Ok(Json(NewPassword {
        account: asked.name,
        password,
    }))
}

/// Puts facts in the place of those that were on the screen.
pub(super) async fn change<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Path(name): Path<String>,
    Input(asked): Input<AccountChange>,
) -> Result<Json<Vec<AccountView>>, ApiError> {
    let account = kept(&state, &signed.principal, &name).await?;
    let facts = checked(state.rules, &signed.principal, asked.facts)?;
    let before = facts_of(&account);
    if before != asked.seen {
        return Err(ReviewError::ContentChanged.into());
    }
    // Whoever takes their own rights away could not give them back.
    let own = account.name == signed.account.name;
    if own && (facts.disabled, facts.role, &facts.areas) != (false, before.role, &before.areas) {
        return Err(ApiError::own_account());
    }
    let deed = match (before.disabled, facts.disabled) {
        (false, true) => Deed::AccountDisabled,
        _ => Deed::AccountChanged,
    };
    let about = match deed {
        Deed::AccountDisabled => name.clone(),
        _ => about(&name, &facts),
    };
    state.db.change_account(of_facts(name, facts)).await?;
    signed.did(&state, deed, &about).await?;
    list(&state, &signed).await.map(Json)
}

/// Gives an account another password and ends its sessions.
pub(super) async fn password<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Path(name): Path<String>,
) -> Result<Json<NewPassword>, ApiError> {
    kept(&state, &signed.principal, &name).await?;
    let password = generate_password();
    accounts::set_password(&state.db, &state.passwords, &name, &password).await?;
    signed.did(&state, Deed::PasswordSet, &name).await?;
    let account = name;
    Ok(Json(NewPassword { account, password }))
}

/// Ends a session: its browser has to sign in again at its next contact. What lies on a tablet stays there.
pub(super) async fn end_session<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Path((name, id)): Path<(String, String)>,
) -> Result<Json<Vec<AccountView>>, ApiError> {
    kept(&state, &signed.principal, &name).await?;
    let sessions = state.db.sessions(state.clock.now_ms()).await?;
    let session = sessions
        .into_iter()
        .find(|it| it.account == name && session_id(&it.token) == id)
        .ok_or_else(ApiError::not_found)?;
    state.db.close_session(session.token).await?;
    signed
        .did(&state, Deed::SessionEnded, &format!("{name} {id}"))
        .await?;
    list(&state, &signed).await.map(Json)
}

/// The account of this name, if it is the administrator's to keep.
async fn kept<D: Database>(
    state: &AppState<D>,
    principal: &Principal,
    name: &str,
) -> Result<Account, ApiError> {
    // Who keeps no accounts at all is told so whatever the name.
    if principal.role != Role::Administrator {
        return Err(ApiError::not_allowed());
    }
    let found = state.db.account(name.to_owned()).await?;
    let account = found.ok_or_else(ApiError::not_found)?.account;
    match may_keep(state.rules, principal, &account.areas) {
        true => Ok(account),
        false => Err(ApiError::not_found()),
    }
}

fn may_keep(rules: Rules, principal: &Principal, areas: &[AreaCode]) -> bool {
    areas
        .iter()
        .all(|area| guard::check(rules, principal, Action::Administer, area).is_ok())
}

/// The facts as they are stored, if the administrator may decide so.
fn checked(
    rules: Rules,
    principal: &Principal,
    facts: AccountFacts,
) -> Result<AccountFacts, ApiError> {
    for area in &facts.areas {
        guard::check(rules, principal, Action::Administer, area)?;
    }
    let display_name = text::clean_line(&facts.display_name);
    let fits = |area: &AreaCode| {
        let area = rules.tree.get(area, rules.season.date);
        area.is_some_and(|area| {
            facts.role != Role::CommuneOfficer || area.level() == AreaLevel::Commune
        })
    };
    let named = (1..=MAX_DISPLAY_NAME_BYTES).contains(&display_name.len());
    let some = (1..=MAX_ACCOUNT_AREAS).contains(&facts.areas.len());
    if principal.role != Role::Administrator {
        return Err(ApiError::not_allowed());
    }
    if !named || !some || !facts.areas.iter().all(fits) {
        return Err(ApiError::account_incomplete());
    }
    Ok(AccountFacts {
        display_name,
        ..facts
    })
}

fn of_facts(name: String, facts: AccountFacts) -> Account {
    Account {
        name,
        display_name: facts.display_name,
        role: facts.role,
        areas: facts.areas,
        disabled: facts.disabled,
    }
}

fn facts_of(account: &Account) -> AccountFacts {
    AccountFacts {
        display_name: account.display_name.clone(),
        role: account.role,
        areas: account.areas.clone(),
        disabled: account.disabled,
    }
}

fn about(name: &str, facts: &AccountFacts) -> String {
    let areas: Vec<_> = facts.areas.iter().map(AreaCode::as_str).collect();
    format!("{name} {} {}", facts.role.as_str(), areas.join(","))
}

fn session_id(token: &TokenHash) -> String {
    let digits = token.iter().map(|byte| format!("{byte:02x}"));
    digits.take(SESSION_ID_DIGITS / 2).collect()
}

async fn list<D: Database>(
    state: &AppState<D>,
    signed: &Signed,
) -> Result<Vec<AccountView>, ApiError> {
    if signed.principal.role != Role::Administrator {
        return Err(ApiError::not_allowed());
    }
    let sessions = state.db.sessions(state.clock.now_ms()).await?;
    let devices = state.db.devices().await?;
    let accounts = state.db.accounts().await?.into_iter();
    Ok(accounts
        .filter(|account| may_keep(state.rules, &signed.principal, &account.areas))
        .map(|account| AccountView {
            sessions: sessions
                .iter()
                .filter(|session| session.account == account.name)
                .map(|session| SessionView {
                    id: session_id(&session.token),
                    opened_ms: session.created_ms,
                    used_ms: session.expires_ms.saturating_sub(SESSION_MS),
                    own: session.token == signed.token,
                })
                .collect(),
            devices: devices
                .iter()
                .filter(|device| device.account == account.name)
                .map(|device| DeviceView {
                    device: device.device,
                    held: device.held,
                    last_ms: device.last_ms,
                })
                .collect(),
            facts: facts_of(&account),
            name: account.name,
        })
        .collect())
}
