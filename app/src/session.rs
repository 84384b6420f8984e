//! Who is signed in on this tablet.
//!
//! The server's answer to the first sign-in is kept, so that the app opens without a network. What it
//! says decides which screens are shown and nothing else: every request is checked by the server.

use crate::platform;
use crate::store::Store;
use crate::sync::transport::{self, TransportError};
use thidua_domain::access::Role;
use thidua_domain::api::{Session, SignIn, SignedIn};
use thidua_domain::area::AreaCode;

const KEY: &str = "so-thi-dua.session";
const COOKIE_OF: &str = "so-thi-dua.cookie-of";
const LOCKED_HERE: &str = "so-thi-dua.locked-here";
const NO_BODY: Option<&()> = None;

/// The session kept on this tablet.
pub fn kept() -> Option<Session> {
    let session = serde_json::from_str(&platform::local_get(KEY)?).ok()?;
    crate::areas::begin_with(&session);
    Some(session)
}

fn keep(session: Option<&Session>) {
    if let Some(session) = session {
        crate::areas::follow(session);
    }
    let json = session.map(|session| serde_json::to_string(session).expect("plain data"));
    platform::local_set(KEY, json.as_deref());
}

/// Signs in; needs a connection. What opens the register is in the answer and kept nowhere.
pub async fn sign_in(account: &str, password: &str) -> Result<SignedIn, TransportError> {
    let body = SignIn {
        account: account.trim().to_lowercase(),
        password: password.to_owned(),
    };
    let signed_in: SignedIn = transport::json("POST", "/api/session", Some(&body)).await?;
    keep(Some(&signed_in.session));
    platform::local_set(COOKIE_OF, Some(&signed_in.session.account));
    Ok(signed_in)
}

/// Asks the server who is signed in, and keeps the answer if it is still who uses the tablet.
pub async fn refresh() -> Result<SignedIn, TransportError> {
    let signed_in: SignedIn = transport::json("GET", "/api/session", NO_BODY).await?;
    let session = &signed_in.session;
    if kept().is_some_and(|kept| kept.account == session.account) {
        keep(Some(session));
    }
    Ok(signed_in)
}

/// Officers whose register on this tablet is locked by a PIN: they open it without a network.
pub fn locked_here() -> Vec<Session> {
    platform::local_get(LOCKED_HERE)
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

/// Takes note that the register of this account is locked by a PIN, or no longer is.
pub fn note_locked(session: &Session, locked: bool) {
    let mut all = locked_here();
    all.retain(|known| known.account != session.account);
    if locked {
        all.push(session.clone());
    }
    let json = (!all.is_empty()).then(|| serde_json::to_string(&all).expect("plain data"));
    platform::local_set(LOCKED_HERE, json.as_deref());
}

/// Somebody who has a locked register here takes the tablet; the PIN is asked next.
pub fn choose(session: &Session) {
    keep(Some(session));
}

/// Whoever used the tablet hands it on. Their register is locked, and nothing is told to the server.
pub fn hand_on() {
    if let (None, Some(kept)) = (platform::local_get(COOKIE_OF), kept()) {
        platform::local_set(COOKIE_OF, Some(&kept.account));
    }
    keep(None);
}

/// Signs out. The local database stays: unsent work goes out when its owner signs in again.
pub async fn sign_out() {
    // Without a connection the server's session ends by itself later; the tablet forgets it now.
    let _: Result<serde_json::Value, _> = transport::json("DELETE", "/api/session", NO_BODY).await;
    keep(None);
    platform::local_set(COOKIE_OF, Some(""));
}

/// Whether the browser's cookie is this account's. It is whoever's who signed in last: in another tab, or
/// before somebody else opened their register with a PIN.
pub fn has_cookie(account: &str) -> bool {
    match platform::local_get(COOKIE_OF) {
        Some(owner) => owner == account,
        // Signed in with a program that did not note it.
        None => kept().is_some_and(|kept| kept.account == account),
    }
}

/// Whether the account enters data on a tablet; all others review.
pub fn enters_data(session: &Session) -> bool {
    session.role == Role::CommuneOfficer
}

/// Communes the account is responsible for.
pub fn communes(session: &Session) -> Vec<AreaCode> {
    let tree = crate::areas::tree();
    let mut communes: Vec<AreaCode> = session
        .areas
        .iter()
        .flat_map(|area| tree.communes_under(area, session.season.date))
        .map(|area| area.code.clone())
        .collect();
    communes.sort();
    communes.dedup();
    communes
}

/// The communes that can be opened: of those whose feeds are followed, the account's own. The others are
/// followed for what has come from them.
pub fn communes_to_open(session: &Session, store: &Store) -> Vec<AreaCode> {
    let own = communes(session);
    let mut open = store.communes();
    // Before the account's areas are known again, an officer goes on with what is there.
    if open.iter().any(|commune| own.contains(commune)) {
        open.retain(|commune| own.contains(commune));
    }
    open
}
