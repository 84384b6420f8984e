//! `/api/delegations`: review that is given to colleagues for a term. Reviewers give what is their own to
//! decide; giver, taker and the areas' administrators see it, and each of them may end it.

use super::body::Input;
use super::csv::{attachment, day, head, rows};
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::{AppState, State};
use crate::audit::Deed;
use crate::store::{Account, Database};
use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use std::collections::BTreeMap;
use thidua_domain::access::{Action, Principal, Role};
use thidua_domain::api::{Colleague, DelegationView, DelegationsView, MAX_DELEGATIONS};
use thidua_domain::area::AreaCode;
use thidua_domain::date::Date;
use thidua_domain::delegation::{self, Delegation, DelegationError, Ended, Terms};
use thidua_domain::review::Desk;
use thidua_domain::sync::hub::Rules;

/// Lists what concerns the account.
pub(super) async fn delegations<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
) -> Result<Json<DelegationsView>, ApiError> {
    view(&state, &signed.principal).await.map(Json)
}

/// Answers with one row for each.
pub(super) async fn table<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
) -> Result<Response, ApiError> {
    let view = view(&state, &signed.principal).await?;
    let mut bytes = head(&[
        "Tài khoản giao",
        "Người giao",
        "Tài khoản nhận",
        "Người nhận",
        "Mã địa bàn",
        "Nội dung đánh giá",
        "Từ ngày",
        "Đến hết ngày",
        "Văn bản",
        "Kết thúc trước hạn",
    ]);
    bytes.extend(rows(view.delegations.into_iter().map(row)));
    Ok(attachment("uy-quyen.csv", bytes).into_response())
}

fn row(view: DelegationView) -> [String; 10] {
    let Delegation {
        by, terms, ended, ..
    } = view.delegation;
    let areas: Vec<_> = terms.areas.iter().map(AreaCode::as_str).collect();
    let titles: Vec<_> = terms.titles.iter().map(|title| title.as_str()).collect();
    [
        by,
        view.by_name,
        terms.to,
        view.to_name,
        areas.join(" "),
        titles.join(" "),
        terms.from.format_vi(),
        terms.until.format_vi(),
        terms.paper,
        day(ended.map(|ended| Date::in_vietnam(ended.at_ms))),
    ]
}

/// Gives review to a colleague.
pub(super) async fn give<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Input(asked): Input<Terms>,
) -> Result<Json<DelegationsView>, ApiError> {
    let (rules, giver) = (state.rules, &signed.principal);
    for area in &asked.areas {
        guard::check(rules, giver, Action::Review, area)?;
    }
    let taker = state.db.account(asked.to.clone()).await?;
    let taker = taker.filter(|stored| !stored.account.disabled);
    let taker = taker.ok_or(DelegationError::Colleague)?.account;
    let open = open(&state).await?;
    let dates = (rules.season.date, today(&state));
    let terms = asked.checked(giver, &taker.principal(), &open, rules.tree, dates)?;
    let about = about(&terms);
    let now_ms = state.clock.now_ms();
    let by = giver.account.clone();
    state.db.add_delegation(by, terms, now_ms).await?;
    signed.did(&state, Deed::ReviewDelegated, &about).await?;
    view(&state, giver).await.map(Json)
}

/// Ends a delegation before its last day.
pub(super) async fn end<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Path(id): Path<u64>,
) -> Result<Json<DelegationsView>, ApiError> {
    let all = state.db.delegations(MAX_DELEGATIONS).await?;
    let found = all.into_iter().find(|it| it.id == id);
    let found = found.filter(|it| concerns(state.rules, &signed.principal, it));
    let found = found.ok_or_else(ApiError::not_found)?;
    let ended = Ended {
        by: signed.account.name.clone(),
        at_ms: state.clock.now_ms(),
    };
    // Ended twice is ended.
    if state.db.end_delegation(id, ended).await? {
        let about = format!("{} {}", found.by, about(&found.terms));
        signed.did(&state, Deed::DelegationEnded, &about).await?;
    }
    view(&state, &signed.principal).await.map(Json)
}

/// Whether an account is told of a delegation, and may end it.
fn concerns(rules: Rules, principal: &Principal, it: &Delegation) -> bool {
    let keeps = |area: &AreaCode| guard::check(rules, principal, Action::Administer, area).is_ok();
    it.by == principal.account
        || it.terms.to == principal.account
        || it.terms.areas.iter().all(keeps)
}

/// What has not ended, with the desk that each is given from as its giver's role is now.
async fn open<D: Database>(state: &AppState<D>) -> Result<Vec<(Desk, Delegation)>, ApiError> {
    let accounts = state.db.accounts().await?.into_iter();
    let desks: BTreeMap<_, _> = accounts
        .map(|account| (account.name, Desk::of_role(account.role)))
        .collect();
    let all = state.db.delegations(MAX_DELEGATIONS).await?.into_iter();
    Ok(all
        .filter(|it| it.ended.is_none())
        .filter_map(|it| Some((*desks.get(&it.by)?, it)))
        .collect())
}

async fn view<D: Database>(
    state: &AppState<D>,
    principal: &Principal,
) -> Result<DelegationsView, ApiError> {
    let (rules, today) = (state.rules, today(state));
    let accounts = state.db.accounts().await?;
    let name = |account: &str| {
        let found = accounts.iter().find(|it| it.name == account);
        found.map_or_else(String::new, |it| it.display_name.clone())
    };
    let all = state.db.delegations(MAX_DELEGATIONS).await?.into_iter();
    let delegations = all
        .filter(|it| concerns(rules, principal, it))
        .map(|it| DelegationView {
            by_name: name(&it.by),
            to_name: name(&it.terms.to),
            may_end: may_end(&it, today),
            delegation: it,
        })
        .collect();
    let colleagues = accounts
        .iter()
        .filter(|account| is_colleague(rules, principal, account))
        .map(|account| Colleague {
            account: account.name.clone(),
            display_name: account.display_name.clone(),
            role: account.role,
            areas: account.areas.clone(),
        })
        .collect();
    Ok(DelegationsView {
        delegations,
        colleagues,
        today,
    })
}

/// Whoever is told of one may end it, while there is something to end.
fn may_end(it: &Delegation, today: Date) -> bool {
    use delegation::Stage;
    matches!(it.stage(today), Stage::Ahead | Stage::InForce)
}

/// Whether an account could take something of what `principal` decides: it reads a part of it.
fn is_colleague(rules: Rules, principal: &Principal, account: &Account) -> bool {
    let within = |a: &AreaCode, b: &AreaCode| rules.tree.contains(a, b, rules.season.date);
    let shared = |own: &AreaCode| {
        let mut theirs = account.areas.iter();
        theirs.any(|their| within(own, their) || within(their, own))
    };
    matches!(
        principal.role,
        Role::DistrictReviewer | Role::ProvinceReviewer
    ) && delegation::may_take(principal.role, account.role)
        && account.name != principal.account
        && !account.disabled
        && principal.areas.iter().any(shared)
}

fn today<D>(state: &AppState<D>) -> Date {
    Date::in_vietnam(state.clock.now_ms())
}

fn about(terms: &Terms) -> String {
    let areas: Vec<_> = terms.areas.iter().map(AreaCode::as_str).collect();
    let titles: Vec<_> = terms.titles.iter().map(|title| title.as_str()).collect();
    let titles = match titles.is_empty() {
        true => "*".to_owned(),
        false => titles.join(","),
    };
    let (to, areas) = (&terms.to, areas.join(","));
    format!("{to} {areas} {titles} {} {}", terms.from, terms.until)
}
