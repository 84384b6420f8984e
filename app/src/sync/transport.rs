//! One request to the server and back.

use gloo::timers::callback::Timeout;
use js_sys::Uint8Array;
use thidua_domain::api::{Problem, ProblemCode};
use thidua_domain::sync::wire::{self, Request, Response, WireError};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit};

/// How long an answer may take: a slow link needs minutes for a large backlog.
const TIMEOUT_MS: u32 = 180_000;

/// Why a request brought no answer that counts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No connection, or it broke.
    #[error("no connection")]
    NoConnection,
    /// Something answered that is not the server: a captive portal, for instance.
    #[error("not the server")]
    NotTheServer,
    /// The server refused, and says why.
    #[error("refused: {:?}", .0.code)]
    Refused(Problem),
    /// The server speaks another version of the protocol.
    #[error("other version")]
    OtherVersion,
}

/// Sends a sync request.
pub async fn sync(request: &Request) -> Result<Response, TransportError> {
    let body = wire::encode(request);
    let answer = send("POST", "/api/sync", Some((wire::CONTENT_TYPE, &body))).await?;
    if answer.content_type != wire::CONTENT_TYPE {
        return Err(TransportError::NotTheServer);
    }
    wire::decode_response(&answer.body).map_err(|error| match error {
        WireError::Version(_) => TransportError::OtherVersion,
        // A body that was cut: the connection, not the server.
        WireError::Length | WireError::Payload => TransportError::NoConnection,
        _ => TransportError::NotTheServer,
    })
}

/// Sends a JSON request and reads a JSON answer.
pub async fn json<T: serde::de::DeserializeOwned>(
    method: &str,
    url: &str,
    body: Option<&impl serde::Serialize>,
) -> Result<T, TransportError> {
    let body = body.map(|body| serde_json::to_vec(body).expect("plain data"));
    let body = body.as_deref().map(|bytes| ("application/json", bytes));
    let answer = send(method, url, body).await?;
    if !answer.content_type.starts_with("application/json") {
        return Err(TransportError::NotTheServer);
    }
    serde_json::from_slice(&answer.body).map_err(|_| TransportError::NotTheServer)
}

/// A file from the server.
pub struct File {
    /// Its media type.
    pub content_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Sends a JSON request and reads a file.
pub async fn file(
    method: &str,
    url: &str,
    body: Option<&impl serde::Serialize>,
) -> Result<File, TransportError> {
    let body = body.map(|body| serde_json::to_vec(body).expect("plain data"));
    let body = body.as_deref().map(|bytes| ("application/json", bytes));
    let answer = send(method, url, body).await?;
    // A portal answers with a page of its own.
    if answer.content_type.starts_with("text/html") {
        return Err(TransportError::NotTheServer);
    }
    Ok(File {
        content_type: answer.content_type,
        bytes: answer.body,
    })
}

struct Answer {
    content_type: String,
    body: Vec<u8>,
}

async fn send(
    method: &str,
    url: &str,
    body: Option<(&str, &[u8])>,
) -> Result<Answer, TransportError> {
    let controller = AbortController::new().map_err(|_| TransportError::NoConnection)?;
    let init = RequestInit::new();
    init.set_method(method);
    init.set_signal(Some(&controller.signal()));
    if let Some((content_type, bytes)) = body {
        init.set_body(&Uint8Array::from(bytes));
        let headers = web_sys::Headers::new().map_err(|_| TransportError::NoConnection)?;
        let _ = headers.set("Content-Type", content_type);
        init.set_headers(&headers);
    }
    let timeout = Timeout::new(TIMEOUT_MS, move || controller.abort());
    let broken = |_| TransportError::NoConnection;
    let response = JsFuture::from(crate::platform::window().fetch_with_str_and_init(url, &init))
        .await
        .map_err(broken)?;
    let response: web_sys::Response = response.unchecked_into();
    let content_type = response
        .headers()
        .get("Content-Type")
        .ok()
        .flatten()
        .unwrap_or_default();
    let buffer = JsFuture::from(response.array_buffer().map_err(broken)?)
        .await
        .map_err(broken)?;
    drop(timeout);
    let body = Uint8Array::new(&buffer).to_vec();
    if response.ok() {
        return Ok(Answer { content_type, body });
    }
    // An error counts only in the server's own words; a portal's or a proxy's page does not.
    match serde_json::from_slice::<Problem>(&body) {
        Ok(problem) if problem.code == ProblemCode::OtherVersion => {
            Err(TransportError::OtherVersion)
        }
        Ok(problem) => Err(TransportError::Refused(problem)),
        Err(_) => Err(TransportError::NotTheServer),
    }
}
