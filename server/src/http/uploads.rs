//! `/api/uploads`: how the bytes of photos arrive, in pieces, each a request of its own and apart from sync.
//!
//! A photo's record comes first, by sync; it says whose the photo is, how long, and of which digest. Nothing
//! is taken for a record that is not there or that the account may not edit. What has arrived whole is
//! looked at and decoded before it is kept.

use super::body::{self, Asked, Input};
use super::guard::Signed;
use super::photos::{self, Found};
use super::problem::ApiError;
use super::{AppState, State};
use crate::store::{ArrivedPhoto, Database, KeptPhoto, PhotoChunk};
use axum::Json;
use axum::extract::{Path, Request};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;
use thidua_domain::access::{Action, Role};
use thidua_domain::api::{MAX_ASKED_PHOTOS, MissingPhotos};
use thidua_domain::photo::upload::Held;
use thidua_domain::photo::{CHUNK_BYTES, MAX_IN_ALBUM, MAX_SIDE, Photo, PhotoDigest, jpeg};
use thidua_domain::record::RecordKey;
use tokio::sync::Semaphore;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Type of a piece's body.
const CONTENT_TYPE: &str = "application/octet-stream";
/// Bytes of photos that an account may store: some two thousand.
const MAX_ACCOUNT_BYTES: u64 = 512 << 20;
/// Bytes of photos that an account may store in a day.
const MAX_DAY_BYTES: u64 = 64 << 20;
const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// An unfinished photo is kept so long after its last piece: a tablet may be away for a week.
const UNFINISHED_MS: u64 = 14 * DAY_MS;
/// Unfinished photos of an account: a tablet sends one after the other.
const MAX_UNFINISHED: usize = 8;
/// Photos decoded at the same time: each takes up to 12 MiB.
const DECODERS: usize = 2;
/// Most scans of a progressive photo: each is work over all of its pixels. Browsers write one, cameras ten.
const MAX_SCANS: usize = 16;

/// What the uploads of all accounts share.
pub(super) struct Uploads {
    decoding: Arc<Semaphore>,
}

impl Default for Uploads {
    fn default() -> Self {
        let decoding = Arc::new(Semaphore::new(DECODERS));
        Self { decoding }
    }
}

/// Where a piece belongs.
#[derive(Deserialize)]
pub(super) struct Piece {
    /// How many bytes come before it.
    start: u32,
}

/// Says how much of a photo is here.
pub(super) async fn held<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Path(key): Path<String>,
) -> Result<Json<Held>, ApiError> {
    let key = RecordKey::parse(&key).map_err(|_| ApiError::not_found())?;
    photos::find(&state, &signed.principal, Action::Edit, &key).await?;
    Ok(Json(state.db.photo_held(key).await?))
}

/// Takes a piece, if it follows what is here, and says how much that is now.
pub(super) async fn add<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Path(key): Path<String>,
    Asked(piece): Asked<Piece>,
    request: Request,
) -> Result<Json<Held>, ApiError> {
    let key = RecordKey::parse(&key).map_err(|_| ApiError::not_found())?;
    let found = photos::find(&state, &signed.principal, Action::Edit, &key).await?;
    let bytes = body::read(request, CONTENT_TYPE, CHUNK_BYTES as usize).await?;
    let account = signed.account.name;
    let (uploading, author) = (state.clone(), account.clone());
    // A task of its own: a connection that is cut now does not stop what has arrived from being kept.
    let adding = tokio::spawn(async move {
        // The account's pieces take turns, so that the last one finds all others in their place.
        let _turn = uploading.upload_turns.wait(&author).await;
        take(&uploading, found, author, piece.start, bytes).await
    });
    let held = adding.await.map_err(|_| ApiError::internal())??;
    Ok(Json(held))
}

async fn take<D: Database>(
    state: &AppState<D>,
    Found {
        photo,
        feed,
        commune,
    }: Found,
    account: String,
    start: u32,
    bytes: Vec<u8>,
) -> Result<Held, ApiError> {
    let now_ms = state.clock.now_ms();
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let end = start.checked_add(length).filter(|end| *end <= photo.bytes);
    let end = end.filter(|_| length > 0).ok_or_else(ApiError::malformed)?;
    let known = state.db.photo_held(photo.key.clone()).await?;
    if known.stored || known.held != start {
        return Ok(known);
    }
    if start == 0 {
        admit(state, &photo, &account, now_ms).await?;
    }
    if end < photo.bytes {
        let chunk = PhotoChunk {
            record: photo.key,
            account,
            start,
            bytes,
            expired_before_ms: now_ms.saturating_sub(UNFINISHED_MS),
            most_unfinished: MAX_UNFINISHED,
        };
        return Ok(state.db.add_photo_chunk(chunk, now_ms).await?);
    }
    let mut whole = state.db.arrived_photo(photo.key.clone()).await?;
    whole.extend(bytes);
    let held = Held {
        held: photo.bytes,
        stored: true,
    };
    let kept = match inspect(state, &photo, whole).await {
        Ok(bytes) => KeptPhoto {
            commune: feed,
            digest: photo.digest,
            bytes,
        },
        Err(refused) => {
            state.db.forget_upload(photo.key).await?;
            return Err(refused);
        }
    };
    let arrived = ArrivedPhoto {
        record: photo.key,
        account,
        kept,
    };
    state.db.keep_photo(arrived, now_ms).await?;
    // Reviewers who have the page open see it appear.
    state.events.publish(BTreeSet::from([commune]));
    Ok(held)
}

/// Whether the account may begin another photo here.
async fn admit<D: Database>(
    state: &AppState<D>,
    photo: &Photo,
    account: &str,
    now_ms: u64,
) -> Result<(), ApiError> {
    let records = state.db.records(photo.place.subject).await?;
    if photo.place.photos(&records).len() > MAX_IN_ALBUM {
        return Err(ApiError::album_full(MAX_IN_ALBUM));
    }
    let since = now_ms.saturating_sub(DAY_MS);
    let used = state.db.photo_use(account.to_owned(), since).await?;
    let more = u64::from(photo.bytes);
    if used.bytes + more > MAX_ACCOUNT_BYTES {
        return Err(ApiError::photos_full(MAX_ACCOUNT_BYTES));
    }
    if used.lately + more > MAX_DAY_BYTES {
        return Err(ApiError::photos_for_today());
    }
    Ok(())
}

/// Gives the bytes back if they are the photo that the record names.
async fn inspect<D>(
    state: &AppState<D>,
    photo: &Photo,
    bytes: Vec<u8>,
) -> Result<Vec<u8>, ApiError> {
    if PhotoDigest::of(&bytes) != photo.digest {
        return Err(ApiError::photo_damaged());
    }
    let header = jpeg::check(&bytes).map_err(|_| ApiError::photo_refused())?;
    let decoding = Arc::clone(&state.uploads.decoding);
    let turn = decoding.acquire_owned().await;
    let turn = turn.map_err(|_| ApiError::internal())?;
    let decoding = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        is_decoded(&bytes, header).then_some(bytes)
    });
    let decoded = decoding.await.map_err(|_| ApiError::internal())?;
    decoded.ok_or_else(ApiError::photo_refused)
}

/// Whether a decoder makes a picture of it. The header has said that it is not larger than
/// [`MAX_SIDE`] each way; the decoder is held to that, and to a number of scans.
fn is_decoded(bytes: &[u8], header: jpeg::Header) -> bool {
    let side = MAX_SIDE as usize;
    let options = DecoderOptions::default()
        .set_max_width(side)
        .set_max_height(side)
        .jpeg_set_max_scans(MAX_SCANS)
        .set_strict_mode(true);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    if decoder.decode_headers().is_err() {
        return false;
    }
    let said = (header.width as usize, header.height as usize);
    decoder.dimensions() == Some(said) && decoder.decode().is_ok()
}

/// Says which of the photos that a tablet has sent are not here: so tablets heal a server that was restored
/// from a backup. Of a photo that the account has neither sent nor may see it says what it says of one that
/// nobody has: it is not here.
pub(super) async fn missing<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Input(asked): Input<MissingPhotos>,
) -> Result<Json<MissingPhotos>, ApiError> {
    if signed.principal.role != Role::CommuneOfficer {
        return Err(ApiError::not_allowed());
    }
    if asked.records.len() > MAX_ASKED_PHOTOS {
        return Err(ApiError::malformed());
    }
    let kept = state.db.photos_kept(asked.records.clone()).await?;
    let mut missing = MissingPhotos::default();
    for record in asked.records {
        let sender = kept.get(&record);
        let own = sender == Some(&signed.account.name);
        // Asked whether or not it is here, so that the answer takes as long.
        let here = own
            || photos::find(&state, &signed.principal, Action::Read, &record)
                .await
                .is_ok_and(|_| sender.is_some());
        if !here {
            missing.records.push(record);
        }
    }
    Ok(Json(missing))
}
