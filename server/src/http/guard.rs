//! Who is asking, whether the request comes from our own pages, and whether it may have what it asks.
//!
//! [`check`] is the one place of this crate that calls `thidua_domain::access::may` for records read
//! and decisions written; edits that are pushed are asked about by the planner itself, in the same
//! transaction that takes them.

use super::AppState;
use super::problem::ApiError;
use crate::accounts::{EXTEND_AFTER_MS, SESSION_MS, TOKEN_CHARS, token_hash};
use crate::audit::{Deed, Note};
use crate::store::{Account, Database, TokenHash};
use axum::extract::{FromRequestParts, OptionalFromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use std::collections::BTreeSet;
use std::convert::Infallible;
use thidua_domain::access::{self, Action, Authority, Principal, Role};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::date::Date;
use thidua_domain::delegation;
use thidua_domain::review::Desk;
use thidua_domain::setting;
use thidua_domain::sync::hub::Rules;

const COOKIE: &str = "thidua";

/// Whoever is signed in; a handler that takes it answers nobody else.
#[derive(Clone, Debug)]
pub(super) struct Signed {
    /// The account.
    pub(super) account: Account,
    /// The account as far as access goes.
    pub(super) principal: Principal,
    /// Which session this is.
    pub(super) token: TokenHash,
}

impl Signed {
    /// Writes down what whoever is signed in has done.
    pub(super) async fn did<D: Database>(
        &self,
        state: &AppState<D>,
        deed: Deed,
        about: &str,
    ) -> Result<(), ApiError> {
        let note = Note::new(state.clock.now_ms(), &self.account.name, deed, about);
        Ok(state.db.note(note).await?)
    }
}

impl<S: Sync> FromRequestParts<S> for Signed {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(ApiError::not_signed_in)
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for Signed {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

/// Whether `principal` may do `action` to records of `area`. What it may not even see is not there.
pub(super) fn check(
    rules: Rules,
    principal: &Principal,
    action: Action,
    area: &AreaCode,
) -> Result<(), ApiError> {
    let may = |action| access::may(principal, action, area, rules.tree, rules.season.date);
    if !may(Action::Read) {
        Err(ApiError::not_found())
    } else if !may(action) {
        Err(ApiError::not_allowed())
    } else {
        Ok(())
    }
}

/// In whose right `principal` may decide about submissions of a title in `area`.
pub(super) fn authority(
    rules: Rules,
    principal: &Principal,
    title: Assessment,
    area: &AreaCode,
) -> Result<Authority, ApiError> {
    check(rules, principal, Action::Read, area)?;
    let authority = access::authority(principal, title, area, rules.tree, rules.season.date);
    authority.ok_or_else(ApiError::not_allowed)
}

/// All communes whose records `principal` may read, in the catalogue's order.
pub(super) fn readable_communes(rules: Rules, principal: &Principal) -> Vec<AreaCode> {
    let communes = rules.tree.communes(rules.season.date).into_iter();
    communes
        .map(|area| &area.code)
        .filter(|commune| check(rules, principal, Action::Read, commune).is_ok())
        .cloned()
        .collect()
}

/// All feeds that `principal` may read: those of its communes and districts, the province's own, and what the
/// province sets for everybody.
pub(super) fn readable_feeds(rules: Rules, principal: &Principal) -> BTreeSet<AreaCode> {
    let province = &rules.tree.province().code;
    let mut feeds: BTreeSet<_> = readable_communes(rules, principal).into_iter().collect();
    feeds.insert(setting::feed());
    let districts = rules.tree.children(province, rules.season.date);
    feeds.extend(
        districts
            .into_iter()
            .map(|area| &area.code)
            .filter(|district| check(rules, principal, Action::Read, district).is_ok())
            .cloned(),
    );
    if check(rules, principal, Action::Read, province).is_ok() {
        feeds.insert(province.clone());
    }
    feeds
}

/// Whether the account works with the reasons for which a title is refused: personal matters, which
/// province screens and onlookers do not show. Whoever decides for a district does.
pub(super) fn sees_exclusions(
    rules: Rules,
    principal: &Principal,
    title: Assessment,
    area: &AreaCode,
) -> bool {
    let of_district = |authority: Authority| authority.desk == Desk::District;
    principal.role == Role::CommuneOfficer
        || authority(rules, principal, title, area).is_ok_and(of_district)
}

/// An account as far as access goes, with what it decides in others' names today.
pub(super) async fn principal_of<D: Database>(
    state: &AppState<D>,
    account: &Account,
) -> Result<Principal, ApiError> {
    let own = account.principal();
    if matches!(own.role, Role::CommuneOfficer | Role::Administrator) {
        return Ok(own);
    }
    let (tree, date) = (state.rules.tree, state.rules.season.date);
    let today = Date::in_vietnam(state.clock.now_ms());
    let given = state.db.delegations_to(own.account.clone(), today).await?;
    let given = given.into_iter().map(|(it, giver)| (it, giver.principal()));
    let mandates = delegation::mandates(&own, given.collect(), tree, date, today);
    Ok(Principal { mandates, ..own })
}

/// Middleware: finds out who is signed in, and lets a session that is used go on.
pub(super) async fn identify<D: Database>(
    State(state): State<AppState<D>>,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let Some(token) = cookie(request.headers()).map(str::to_owned) else {
        return Ok(next.run(request).await);
    };
    let hash = token_hash(&token);
    let now_ms = state.clock.now_ms();
    let Some(session) = state.db.session(hash, now_ms).await? else {
        return Ok(next.run(request).await);
    };
    let secure = is_secure(&state, request.headers());
    let state = state.of_request(request.extensions_mut()).await?;
    request.extensions_mut().insert(Signed {
        principal: principal_of(&state, &session.account).await?,
        account: session.account,
        token: hash,
    });
    let until = now_ms + SESSION_MS;
    let extend = session.expires_ms + EXTEND_AFTER_MS < until;
    if extend {
        state.db.extend_session(hash, until).await?;
    }
    let mut response = next.run(request).await;
    // Signing out and signing in set the cookie themselves.
    if extend && !response.headers().contains_key(header::SET_COOKIE) {
        let cookie = session_cookie(&token, secure);
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Middleware: a request that changes something has to come from our own pages. The cookie's
/// `SameSite=Strict` says so too; this holds where a browser does not honour it.
pub(super) async fn same_origin<D: Database>(
    State(state): State<AppState<D>>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD);
    if safe || is_own(request.headers(), state.trust_proxy) {
        Ok(next.run(request).await)
    } else {
        Err(ApiError::foreign_origin())
    }
}

fn is_own(headers: &HeaderMap, trust_proxy: bool) -> bool {
    // Set by the browser itself, whatever a proxy makes of the host; absent on plain HTTP.
    if let Some(site) = text(headers, "sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text(headers, "origin") else {
        return false;
    };
    let Some((_, origin)) = origin.split_once("://") else {
        return false;
    };
    let forwarded = trust_proxy
        .then(|| text(headers, "x-forwarded-host"))
        .flatten();
    forwarded
        .or_else(|| text(headers, "host"))
        .is_some_and(|host| host.eq_ignore_ascii_case(origin))
}

/// Whether the browser came by HTTPS, as far as this can be known.
pub(super) fn is_secure<D>(state: &AppState<D>, headers: &HeaderMap) -> bool {
    state.trust_proxy && text(headers, "x-forwarded-proto") == Some("https")
}

/// The header that hands a browser its session.
pub(super) fn session_cookie(token: &str, secure: bool) -> HeaderValue {
    set_cookie(token, SESSION_MS / 1000, secure)
}

/// The header that takes the session away again.
pub(super) fn no_cookie(secure: bool) -> HeaderValue {
    set_cookie("", 0, secure)
}

fn set_cookie(token: &str, max_age: u64, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    let cookie =
        format!("{COOKIE}={token}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::from_str(&cookie).expect("tokens are hexadecimal")
}

/// The session's token in a request.
fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, token)| token)
        .filter(|token| token.len() == TOKEN_CHARS)
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_and_foreign_origins() {
        let case = |pairs: &[(&'static str, &'static str)], trust_proxy, own| {
            let headers = pairs
                .iter()
                .map(|(name, value)| {
                    let name = axum::http::HeaderName::from_static(name);
                    (name, HeaderValue::from_static(value))
                })
                .collect();
            assert_eq!(is_own(&headers, trust_proxy), own, "{pairs:?}");
        };
        case(
            &[("host", "so.vn"), ("origin", "https://so.vn")],
            false,
            true,
        );
        case(
            &[("host", "so.vn:8080"), ("origin", "http://so.vn:8080")],
            false,
            true,
        );
        case(
            &[("host", "so.vn"), ("origin", "https://so.vn:444")],
            false,
            false,
        );
        case(
            &[("host", "so.vn"), ("origin", "https://so.vn.evil.com")],
            false,
            false,
        );
        case(&[("host", "so.vn"), ("origin", "null")], false, false);
        case(&[("host", "so.vn")], false, false);
        case(
            &[("sec-fetch-site", "same-origin"), ("host", "10.0.0.1")],
            false,
            true,
        );
        case(
            &[
                ("sec-fetch-site", "same-site"),
                ("host", "a"),
                ("origin", "http://a"),
            ],
            false,
            false,
        );
        let proxied = [
            ("host", "127.0.0.1:8080"),
            ("x-forwarded-host", "so.vn"),
            ("origin", "https://so.vn"),
        ];
        case(&proxied, true, true);
        case(&proxied, false, false);
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let token = "a".repeat(TOKEN_CHARS);
        let mut headers = HeaderMap::new();
        let value = format!("x=1; thidua={token}; thidua2=3");
        headers.insert(header::COOKIE, HeaderValue::from_str(&value).unwrap());
        assert_eq!(cookie(&headers), Some(token.as_str()));
        headers.insert(header::COOKIE, HeaderValue::from_static("thidua=short"));
        assert_eq!(cookie(&headers), None);
    }
}
