//! Who is signed in on this tablet.
//!
//! The server's answer to the first sign-in is kept, so that the app opens without a network. What it
//! says decides which screens are shown and nothing else: every request is checked by the server.

use crate::platform;
use crate::sync::transport::{self, TransportError};
use thidua_domain::access::Role;
use thidua_domain::api::{Session, SignIn};
use thidua_domain::area::{AreaCode, AreaTree};

const KEY: &str = "so-thi-dua.session";
const NO_BODY: Option<&()> = None;

/// The session kept on this tablet.
pub fn kept() -> Option<Session> {
    serde_json::from_str(&platform::local_get(KEY)?).ok()
}

fn keep(session: Option<&Session>) {
    let json = session.map(|session| serde_json::to_string(session).expect("plain data"));
    platform::local_set(KEY, json.as_deref());
}

/// Signs in; needs a connection.
pub async fn sign_in(account: &str, password: &str) -> Result<Session, TransportError> {
    let body = SignIn {
        account: account.trim().to_lowercase(),
        password: password.to_owned(),
    };
    let session = transport::json("POST", "/api/session", Some(&body)).await?;
    keep(Some(&session));
    Ok(session)
}

/// Asks the server who is signed in, and keeps the answer.
pub async fn refresh() -> Result<Session, TransportError> {
    let session = transport::json("GET", "/api/session", NO_BODY).await?;
    keep(Some(&session));
    Ok(session)
}

/// Signs out. The local database stays: unsent work goes out when its owner signs in again.
pub async fn sign_out() {
    // Without a connection the server's session ends by itself later; the tablet forgets it now.
    let _: Result<serde_json::Value, _> = transport::json("DELETE", "/api/session", NO_BODY).await;
    keep(None);
}

/// Whether the account enters data on a tablet; all others review.
pub fn enters_data(session: &Session) -> bool {
    session.role == Role::CommuneOfficer
}

/// Communes the account is responsible for.
pub fn communes(session: &Session) -> Vec<AreaCode> {
    let tree = AreaTree::embedded();
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
