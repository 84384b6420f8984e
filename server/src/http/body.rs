//! Bodies and queries, held to their type and limit.

use super::problem::ApiError;
use axum::body::{Body, Bytes, HttpBody as _};
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
    let mut arriving = Arriving::of(request, content_type, limit)?;
    let mut bytes = Vec::new();
    loop {
        match arriving.next().await {
            Ok(Some(data)) => bytes.extend_from_slice(&data),
            Ok(None) => return Ok(bytes),
            Err(error) => return Err(arriving.refuse(error).await),
        }
    }
}

/// A body that is read as it arrives, counted after decompression.
pub(super) struct Arriving {
    body: Body,
    limit: usize,
    length: usize,
}

impl Arriving {
    /// The body of a request, if it is of this content type.
    pub(super) fn of(request: Request, content_type: &str, limit: usize) -> Result<Self, ApiError> {
        let headers = request.headers();
        // An encoding that was understood has been undone and its header taken away.
        if !is_of_type(headers, content_type) || headers.contains_key(header::CONTENT_ENCODING) {
            return Err(ApiError::wrong_content_type(content_type));
        }
        Ok(Self {
            body: request.into_body(),
            limit,
            length: 0,
        })
    }

    /// What arrives next; nothing at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, ApiError> {
        while let Some(frame) = self.body.frame().await {
            let frame = frame.map_err(|_| ApiError::malformed())?;
            if let Ok(data) = frame.into_data() {
                self.length += data.len();
                if self.length > self.limit {
                    return Err(ApiError::too_large(self.limit));
                }
                return Ok(Some(data));
            }
        }
        Ok(None)
    }

    /// Reads on before an answer that needs no more: a client that is cut off while it sends does not
    /// see the answer.
    pub(super) async fn drain(&mut self) {
        let most = self.limit * DRAINED;
        while self.length <= most && self.body.size_hint().lower() <= most as u64 {
            match self.body.frame().await {
                Some(Ok(frame)) => self.length += frame.data_ref().map_or(0, Bytes::len),
                Some(Err(_)) | None => return,
            }
        }
    }

    /// The error to answer with: that a body is too large comes before what else is wrong with it.
    pub(super) async fn refuse(mut self, error: ApiError) -> ApiError {
        let told = self.body.size_hint().lower();
        self.drain().await;
        if self.length > self.limit || told > self.limit as u64 {
            ApiError::too_large(self.limit)
        } else {
            error
        }
    }
}

fn is_of_type(headers: &HeaderMap, expected: &str) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|value| value.trim().eq_ignore_ascii_case(expected))
}
