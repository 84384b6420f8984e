//! One request to the server and back.

use gloo::timers::callback::Timeout;
use js_sys::Uint8Array;
use thidua_domain::api::{Problem, ProblemCode};
use thidua_domain::sync::wire::{self, Response, WireError};
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

/// What came back of a sync.
pub struct Answers {
    /// The messages that arrived whole, in order.
    pub responses: Vec<Response>,
    /// Why there are no more, if there should be.
    pub broken: Option<TransportError>,
}

/// Sends a sync body. An answer is read as it arrives, so that a connection that breaks takes back
/// nothing of what was whole.
pub async fn sync(body: &[u8]) -> Result<Answers, TransportError> {
    let (response, timeout) = fetch("POST", "/api/sync", Some((wire::CONTENT_TYPE, body))).await?;
    if !response.ok() {
        return Err(refusal(&whole(&response).await?));
    }
    if content_type(&response) != wire::CONTENT_TYPE {
        return Err(TransportError::NotTheServer);
    }
    let mut answers = Answers {
        responses: Vec::new(),
        broken: None,
    };
    let mut reader = wire::Reader::<Response>::default();
    answers.broken = read_messages(&response, &mut reader, &mut answers.responses)
        .await
        .err();
    drop(timeout);
    if answers.responses.is_empty() {
        return Err(answers.broken.unwrap_or(TransportError::NotTheServer));
    }
    Ok(answers)
}

async fn read_messages(
    response: &web_sys::Response,
    reader: &mut wire::Reader<Response>,
    responses: &mut Vec<Response>,
) -> Result<(), TransportError> {
    let broken = |_| TransportError::NoConnection;
    let Some(stream) = response.body() else {
        return Err(TransportError::NotTheServer);
    };
    let chunks: web_sys::ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let chunk = JsFuture::from(chunks.read()).await.map_err(broken)?;
        let value = js_sys::Reflect::get(&chunk, &"value".into()).map_err(broken)?;
        // At the end there is no value.
        if value.is_undefined() {
            return reader.finish().map_err(unreadable);
        }
        reader.feed(&Uint8Array::new(&value).to_vec());
        while let Some(message) = reader.next_message().map_err(unreadable)? {
            responses.push(message);
        }
    }
}

fn unreadable(error: WireError) -> TransportError {
    match error {
        WireError::Version(_) => TransportError::OtherVersion,
        // A body that was cut: the connection, not the server.
        WireError::Length | WireError::Payload => TransportError::NoConnection,
        _ => TransportError::NotTheServer,
    }
}

/// Sends a JSON request and reads a JSON answer.
pub async fn json<T: serde::de::DeserializeOwned>(
    method: &str,
    url: &str,
    body: Option<&impl serde::Serialize>,
) -> Result<T, TransportError> {
    let body = body.map(|body| serde_json::to_vec(body).expect("plain data"));
    let body = body.as_deref().map(|bytes| ("application/json", bytes));
    answered(method, url, body).await
}

/// Sends bytes and reads a JSON answer.
pub async fn put<T: serde::de::DeserializeOwned>(
    url: &str,
    bytes: &[u8],
) -> Result<T, TransportError> {
    answered("PUT", url, Some(("application/octet-stream", bytes))).await
}

async fn answered<T: serde::de::DeserializeOwned>(
    method: &str,
    url: &str,
    body: Option<(&str, &[u8])>,
) -> Result<T, TransportError> {
    let (response, _timeout) = fetch(method, url, body).await?;
    let bytes = whole(&response).await?;
    if !response.ok() {
        return Err(refusal(&bytes));
    }
    if !content_type(&response).starts_with("application/json") {
        return Err(TransportError::NotTheServer);
    }
    serde_json::from_slice(&bytes).map_err(|_| TransportError::NotTheServer)
}

/// Sends bytes of a type of their own and reads bytes of the same type.
pub async fn bytes(url: &str, own_type: &str, body: &[u8]) -> Result<Vec<u8>, TransportError> {
    let (response, _timeout) = fetch("POST", url, Some((own_type, body))).await?;
    let bytes = whole(&response).await?;
    if !response.ok() {
        return Err(refusal(&bytes));
    }
    if content_type(&response) != own_type {
        return Err(TransportError::NotTheServer);
    }
    Ok(bytes)
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
    let (response, _timeout) = fetch(method, url, body).await?;
    let bytes = whole(&response).await?;
    if !response.ok() {
        return Err(refusal(&bytes));
    }
    let content_type = content_type(&response);
    // A portal answers with a page of its own.
    if content_type.starts_with("text/html") {
        return Err(TransportError::NotTheServer);
    }
    Ok(File {
        content_type,
        bytes,
    })
}

/// Sends a request. The answer's body may be read for as long as the timeout is kept.
async fn fetch(
    method: &str,
    url: &str,
    body: Option<(&str, &[u8])>,
) -> Result<(web_sys::Response, Timeout), TransportError> {
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
    let response = JsFuture::from(crate::platform::window().fetch_with_str_and_init(url, &init))
        .await
        .map_err(|_| TransportError::NoConnection)?;
    Ok((response.unchecked_into(), timeout))
}

fn content_type(response: &web_sys::Response) -> String {
    let header = response.headers().get("Content-Type");
    header.ok().flatten().unwrap_or_default()
}

async fn whole(response: &web_sys::Response) -> Result<Vec<u8>, TransportError> {
    let broken = |_| TransportError::NoConnection;
    let buffer = JsFuture::from(response.array_buffer().map_err(broken)?)
        .await
        .map_err(broken)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// An error counts only in the server's own words; a portal's or a proxy's page does not.
fn refusal(body: &[u8]) -> TransportError {
    match serde_json::from_slice::<Problem>(body) {
        Ok(problem) if problem.code == ProblemCode::OtherVersion => TransportError::OtherVersion,
        Ok(problem) => TransportError::Refused(problem),
        Err(_) => TransportError::NotTheServer,
    }
}
