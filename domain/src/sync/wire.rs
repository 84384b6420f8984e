//! The two messages of a sync, their frame and their limits.
//!
//! A frame is the magic `THIDUA`, one byte of version, the payload's length as four bytes (big-endian)
//! and the payload, JSON for now. A captive portal's page, a cut body and a stranger's answer all fail
//! here, whatever their HTTP status.

use super::edit::{DeviceId, Edit, EditDigest};
use crate::area::AreaCode;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use thiserror::Error;

/// Version of frame and payload.
pub const VERSION: u8 = 1;
/// Content type of both messages.
pub const CONTENT_TYPE: &str = "application/vnd.thidua.sync";
/// Largest frame in bytes, after decompression.
pub const MAX_FRAME_BYTES: usize = 4 << 20;
/// Most edits in one request.
pub const MAX_EDITS_UP: usize = 1_000;
/// Most edits in one answer, over all communes.
pub const MAX_EDITS_DOWN: usize = 2_000;
/// Most communes an account follows.
pub const MAX_COMMUNES: usize = 256;
/// Most former identities a request asks about.
pub const MAX_FORMER: usize = 64;

const MAGIC: &[u8; 6] = b"THIDUA";
const HEADER: usize = MAGIC.len() + 1 + 4;

/// How far a replica has read a commune's feed. `check` is the running digest of the feed up to
/// `number`: a server that was restored from a backup does not recognise a cursor beyond it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Number of the last edit read; 0 before the first.
    pub number: u64,
    /// Running digest up to it.
    pub check: EditDigest,
}

/// What a tablet says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The installation that speaks.
    pub device: DeviceId,
    /// The last number it has given to an edit.
    pub last_seq: u32,
    /// Identities it had before: it asks how far they are held.
    pub former: Vec<DeviceId>,
    /// Edits the server is not known to hold, in order of their numbers, without a gap.
    pub edits: Vec<Edit>,
    /// How far each commune's feed has been read; communes not named are read from the start.
    pub cursors: Vec<(AreaCode, Cursor)>,
}

/// Why the server does not take an edit. The tablet keeps the edit and shows the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RejectReason {
    /// The account is not responsible for the commune.
    NotYourArea,
    /// The edit was made under another account.
    NotYourAccount,
    /// The record belongs to another commune.
    WrongCommune,
    /// The field is written by the server only.
    ServerField,
    /// A limit is exceeded.
    TooLarge,
}

/// One edit that was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// Its number on the device.
    pub seq: u32,
    /// Why.
    pub reason: RejectReason,
}

/// Whether the device may go on under its identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identity {
    /// Yes.
    Keep,
    /// No: another installation (a clone, or this one before it was restored from an image) has used
    /// it. Edits after `common` take a new identity; up to it both sides agree.
    Renew {
        /// Last number on which both sides agree.
        common: u32,
    },
}

/// A stretch of one commune's feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// The commune.
    pub commune: AreaCode,
    /// Edits in feed order; the asking device's own are left out.
    pub edits: Vec<Edit>,
    /// Where the stretch ends.
    pub cursor: Cursor,
    /// Whether there is more behind it.
    pub more: bool,
}

/// What the server says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// The server holds the device's edits up to this number.
    pub held: u32,
    /// Edits among those sent that were not taken, now or when they were sent before.
    pub rejected: Vec<Rejection>,
    /// How far those former identities that the server knows are held.
    pub former_held: Vec<(DeviceId, u32)>,
    /// Whether the device goes on under its identity.
    pub identity: Identity,
    /// Communes the account is responsible for now.
    pub follow: Vec<AreaCode>,
    /// What is new in them.
    pub pages: Vec<Page>,
    /// The server's clock, in milliseconds since 1970; shown where the tablet's is far off.
    pub server_time: u64,
}

/// Why bytes are not a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WireError {
    /// Not a frame of this protocol at all.
    #[error("not a frame of this protocol")]
    NotAFrame,
    /// A frame of a version this program does not speak.
    #[error("protocol version {0} is not spoken here")]
    Version(u8),
    /// Larger than [`MAX_FRAME_BYTES`].
    #[error("frame larger than {MAX_FRAME_BYTES} bytes")]
    TooLarge,
    /// Fewer or more bytes than the frame says.
    #[error("frame cut short or followed by something else")]
    Length,
    /// The payload is not a message.
    #[error("malformed payload")]
    Payload,
    /// More edits or communes than the stated limit.
    #[error("more edits or communes than allowed")]
    TooMany,
}

/// Puts a message into a frame.
pub fn encode<M: Serialize>(message: &M) -> Vec<u8> {
    let payload = serde_json::to_vec(message).expect("a message is plain data");
    let mut frame = Vec::with_capacity(HEADER + payload.len());
    frame.extend_from_slice(MAGIC);
    frame.push(VERSION);
    frame.extend_from_slice(
        &u32::try_from(payload.len())
            .unwrap_or(u32::MAX)
            .to_be_bytes(),
    );
    frame.extend_from_slice(&payload);
    frame
}

fn decode<M: DeserializeOwned>(frame: &[u8]) -> Result<M, WireError> {
    if frame.len() > MAX_FRAME_BYTES {
        return Err(WireError::TooLarge);
    }
    let body = frame.strip_prefix(MAGIC).ok_or(WireError::NotAFrame)?;
    let (version, body) = body.split_first().ok_or(WireError::Length)?;
    if *version != VERSION {
        return Err(WireError::Version(*version));
    }
    let (length, payload) = body.split_first_chunk::<4>().ok_or(WireError::Length)?;
    if u32::from_be_bytes(*length) as usize != payload.len() {
        return Err(WireError::Length);
    }
    serde_json::from_slice(payload).map_err(|_| WireError::Payload)
}

/// Reads a request and holds it to the limits.
pub fn decode_request(frame: &[u8]) -> Result<Request, WireError> {
    let request: Request = decode(frame)?;
    if request.edits.len() > MAX_EDITS_UP
        || request.cursors.len() > MAX_COMMUNES
        || request.former.len() > MAX_FORMER
    {
        return Err(WireError::TooMany);
    }
    let foreign = |edit: &Edit| edit.id.device != request.device;
    let gap = |pair: &[Edit]| pair[1].id.seq != pair[0].id.seq.wrapping_add(1);
    if request.edits.iter().any(foreign)
        || request.edits.windows(2).any(gap)
        || request.edits.first().is_some_and(|edit| edit.id.seq == 0)
        || request
            .edits
            .last()
            .is_some_and(|edit| edit.id.seq > request.last_seq)
    {
        return Err(WireError::Payload);
    }
    Ok(request)
}

/// Reads an answer and holds it to the limits.
pub fn decode_response(frame: &[u8]) -> Result<Response, WireError> {
    let response: Response = decode(frame)?;
    let edits: usize = response.pages.iter().map(|page| page.edits.len()).sum();
    if edits > MAX_EDITS_DOWN || response.pages.len() > MAX_COMMUNES {
        return Err(WireError::TooMany);
    }
    Ok(response)
}
