//! Changes that leave a tablet through somebody else's hands, and the answer that comes back the same way.
//!
//! - [`bundle`]: edits sealed to the server's key, which whoever carries them can neither read nor change.
//! - [`reply`]: the server's signed answer for the device.
//! - [`frames`]: either of them as a series of QR codes.
//! - [`envelope`]: what both look like from outside.
//!
//! Planning is not here: what is carried are ordinary messages of the protocol ([`crate::sync::wire`]), taken
//! by the same plans as others (`plan_carried` of [`crate::sync::hub`], `believe_carried` of a
//! [`crate::sync::replica::Replica`]). docs/protocol.md describes the bytes.

mod base45;
pub mod bundle;
mod envelope;
pub mod frames;
pub mod reply;
#[cfg(test)]
mod tests;

pub use bundle::{Bundle, Opener, Sender};
pub use envelope::{Kind, kind_of};
pub use reply::Reply;

use thiserror::Error;

/// Content type of bundles and replies.
pub const CONTENT_TYPE: &str = "application/vnd.thidua.courier";
/// What files of either kind end with.
pub const FILE_EXTENSION: &str = "thidua";
/// Largest bundle or reply, in bytes: a season's work is a tenth of it.
pub const MAX_BYTES: usize = 1 << 20;

/// Why bytes are not a bundle or a reply that can be used here. Nothing of them is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CourierError {
    /// Something else altogether.
    #[error("not a courier's file")]
    NotOurs,
    /// A bundle where a reply is wanted, or the other way round.
    #[error("the other kind of courier's file")]
    OtherKind,
    /// Of a version this program does not know.
    #[error("version {0} is not known here")]
    Version(u8),
    /// Its end is missing.
    #[error("cut short")]
    Cut,
    /// Its checksum is not that of what it says: damaged on the way.
    #[error("damaged")]
    Damaged,
    /// Larger than [`MAX_BYTES`], or more edits than a body may have.
    #[error("larger than {MAX_BYTES} bytes")]
    TooLarge,
    /// For, or from, another server.
    #[error("of another server")]
    OtherServer,
    /// For another account.
    #[error("of another account")]
    OtherAccount,
    /// It was not sealed, or signed, by who it says: changed on purpose, or with a key that is no longer
    /// used.
    #[error("not genuine")]
    NotGenuine,
    /// What was sealed makes no sense.
    #[error("malformed")]
    Malformed,
}
