//! The two messages of a sync, the bodies that carry them, and their limits.
//!
//! A body is the magic `THIDUA`, one byte of version and then messages, each in a chunk of its own that
//! counts as soon as it has arrived: what is cut behind it takes nothing back. A captive portal's page
//! and a stranger's answer fail here, whatever their HTTP status. docs/protocol.md describes both
//! versions for a second implementation.

mod body;
mod coder;
mod edits;
mod history;
mod message;
mod model;
mod primer;
mod records;
mod stream;
mod tables;
#[cfg(test)]
mod tests;
mod values;
mod who;

pub use body::{
    Reader, Version, Writer, decode_request, decode_requests, decode_response, decode_responses,
    encode, encode_all, encode_plain,
};
pub use message::Message;

use super::edit::{DeviceId, Edit, EditDigest};
use crate::area::AreaCode;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Content type of both messages.
pub const CONTENT_TYPE: &str = "application/vnd.thidua.sync";
/// Largest body in bytes.
pub const MAX_FRAME_BYTES: usize = 4 << 20;
/// Most bytes that the messages of a body may need once they are read: 256 for an edit, 192 for a change,
/// 32 for a base, and two for each byte of a text.
pub const MAX_DECODED_BYTES: usize = 48 << 20;
/// Most edits in one message up.
pub const MAX_EDITS_UP: usize = 1_000;
/// Most edits in one message down, over all communes.
pub const MAX_EDITS_DOWN: usize = 2_000;
/// Most communes an account follows.
pub const MAX_COMMUNES: usize = 256;
/// Most former identities a request asks about.
pub const MAX_FORMER: usize = 64;
/// Most stretches in [`Sent`].
pub const MAX_SENT: usize = 1_024;
/// Most edits of which an answer says that they were not taken.
pub const MAX_REJECTED: usize = 65_536;
/// Most edits that [`Sent`] may be about.
pub const MAX_SENT_EDITS: u32 = 65_536;

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
    /// After a request that was cut: what was in it, to learn how much of it has arrived. Then there are
    /// no edits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Sent>,
    /// Edits the server is not known to hold, in order of their numbers, without a gap.
    pub edits: Vec<Edit>,
    /// How far each commune's feed has been read; communes not named are read from the start.
    pub cursors: Vec<(AreaCode, Cursor)>,
}

/// Edits that were sent and not answered, told by digests: a tenth of a percent of what they weigh.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The number of the first.
    pub first: u32,
    /// Stretches from the first on: the number of the last edit, and the running digest up to it.
    pub ends: Vec<(u32, EditDigest)>,
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
    /// Not a body of this protocol at all.
    #[error("not a body of this protocol")]
    NotAFrame,
    /// A body of a version this program does not speak.
    #[error("protocol version {0} is not spoken here")]
    Version(u8),
    /// Larger than [`MAX_FRAME_BYTES`], or than [`MAX_DECODED_BYTES`] once read.
    #[error("body larger than {MAX_FRAME_BYTES} bytes")]
    TooLarge,
    /// Fewer or more bytes than the body says.
    #[error("body cut short or followed by something else")]
    Length,
    /// The payload is not a message.
    #[error("malformed payload")]
    Payload,
    /// More edits or communes than the stated limit.
    #[error("more edits or communes than allowed")]
    TooMany,
}
