//! `GET /api/photos/KEY`: a photo, for those who may read the record that it belongs to; and what other
//! answers say of photos.

use super::guard::{self, Signed};
use super::problem::ApiError;
use super::readings;
use super::{AppState, State};
use crate::audit::Deed;
use crate::store::{Database, StoreResult};
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use thidua_domain::access::{Action, Principal};
use thidua_domain::area::AreaCode;
use thidua_domain::photo::{self, Photo, PhotoView, Place};
use thidua_domain::place;
use thidua_domain::record::RecordKey;
use thidua_domain::sync::state::RecordState;

/// What photos are served as, whatever they were sent as.
const CONTENT_TYPE: HeaderValue = HeaderValue::from_static("image/jpeg");
/// Kept by the browser of who has seen it; whether they still may is asked each time.
const ASK: HeaderValue = HeaderValue::from_static("private, no-cache");

/// Shows a photo.
pub(super) async fn photo<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let key = RecordKey::parse(&key).map_err(|_| ApiError::not_found())?;
    let Found { photo, feed, .. } = find(&state, &signed.principal, Action::Read, &key).await?;
    let kept = state.db.photo(key).await?;
    // Bytes are shown for the record they came for, and for no other that names them.
    let kept = kept.filter(|kept| kept.digest == photo.digest && kept.commune == feed);
    let kept = kept.ok_or_else(ApiError::not_found)?;
    let about = format!("photos of {}", photo.place.subject);
    readings::note(&state, &signed, Deed::PhotoRead, &about).await?;
    let tag = HeaderValue::from_str(&format!("\"{}\"", photo.digest)).expect("digits");
    let known = headers.get(header::IF_NONE_MATCH) == Some(&tag);
    let about = [(header::ETAG, tag), (header::CACHE_CONTROL, ASK)];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    let file = [
        (header::CONTENT_TYPE, CONTENT_TYPE),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("inline; filename=\"anh.jpg\""),
        ),
    ];
    Ok((about, file, kept.bytes).into_response())
}

/// A photo that somebody may do something to.
pub(super) struct Found {
    /// The photo.
    pub(super) photo: Photo,
    /// The commune whose feed its record stands in, which never changes: what its bytes are kept for.
    pub(super) feed: AreaCode,
    /// The commune where its subject lives: who may read or edit there may do so with the photo.
    pub(super) commune: AreaCode,
}

/// The photo of a record, if `principal` may do `action` to it.
pub(super) async fn find<D: Database>(
    state: &AppState<D>,
    principal: &Principal,
    action: Action,
    key: &RecordKey,
) -> Result<Found, ApiError> {
    let at = photo::place_of(key).ok_or_else(ApiError::not_found)?;
    let records = state.db.records(at.subject).await?;
    let record = records.get(key).ok_or_else(ApiError::not_found)?;
    let feed = record.commune.clone();
    // A commune that has become part of another keeps what was said of itself.
    let moved_to = place::moved_to(&records, at.subject).filter(|_| !at.is_of_commune());
    let commune = moved_to
        .or_else(|| place::home(&records))
        .unwrap_or_else(|| feed.clone());
    guard::check(state.rules, principal, action, &commune)?;
    let photo = Photo::read(key, record).ok_or_else(ApiError::not_found)?;
    Ok(Found {
        photo,
        feed,
        commune,
    })
}

/// The photos of a place as reviewers see them, out of the records of its subject.
pub(super) async fn views<D: Database>(
    state: &AppState<D>,
    place: Place,
    records: &BTreeMap<RecordKey, RecordState>,
) -> StoreResult<Vec<PhotoView>> {
    let photos = place.photos(records);
    if photos.is_empty() {
        return Ok(Vec::new());
    }
    let keys = photos.iter().map(|photo| photo.key.clone()).collect();
    let kept = state.db.photos_kept(keys).await?;
    let view = |photo: Photo| {
        let stored = kept.contains_key(&photo.key);
        PhotoView::of(photo, stored)
    };
    Ok(photos.into_iter().map(view).collect())
}

/// The same, where the records have yet to be read.
pub(super) async fn views_at<D: Database>(
    state: &AppState<D>,
    place: Place,
) -> StoreResult<Vec<PhotoView>> {
    let records = state.db.records(place.subject).await?;
    views(state, place, &records).await
}
