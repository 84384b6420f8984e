//! Bodies and queries, held to their type and limit.

use super::problem::ApiError;
use axum::body::{Body, HttpBody as _};
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt as _;
use serde::de::DeserializeOwned;

/// Largest JSON body in bytes, after decompression.
const MAX_JSON_BYTES: usize = 64 << 10;
/// A body over its limit is still read up to so many times the limit, and thrown away: a client that is
/// cut off while it sends does not see the answer.
const DRAINED: usize = 4;

/// A JSON body.
pub(super) struct Input<T>(pub(super) T);

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Input<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let bytes = read(request, "application/json", MAX_JSON_BYTES).await?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|_| ApiError::malformed())
    }
}

/// A query.
pub(super) struct Asked<T>(pub(super) T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Query::try_from_uri(&parts.uri)
            .map(|Query(asked)| Self(asked))
            .map_err(|_| ApiError::malformed())
    }
}

/// Reads a body of this content type, at most `limit` bytes, counted after decompression.
pub(super) async fn read(
    request: Request,
    content_type: &str,
    limit: usize,
) -> Result<Vec<u8>, ApiError> {
    let headers = request.headers();
    // An encoding that was understood has been undone and its header taken away.
    if !is_of_type(headers, content_type) || headers.contains_key(header::CONTENT_ENCODING) {
        return Err(ApiError::wrong_content_type(content_type));
    }
    let mut body: Body = request.into_body();
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| ApiError::malformed())?;
        let Some(data) = frame.data_ref() else {
            continue;
        };
        length += data.len();
        if length <= limit {
            bytes.extend_from_slice(data);
        } else if length > limit * DRAINED || body.size_hint().lower() > (limit * DRAINED) as u64 {
            break;
        }
    }
    if length > limit {
        return Err(ApiError::too_large(limit));
    }
    Ok(bytes)
}

fn is_of_type(headers: &HeaderMap, expected: &str) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|value| value.trim().eq_ignore_ascii_case(expected))
}
