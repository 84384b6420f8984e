//! What bundles and replies look like from outside:
//!
//! `TDGOI`, the kind (1 bundle, 2 reply), the version (1), the length of all (4 bytes, big-endian), the
//! server's mark (8 bytes), the rest, and the first 8 bytes of the SHA-256 of everything before.
//!
//! The checksum tells a file that was damaged from one that was forged; against forgers it is of no use.

use super::{CourierError, MAX_BYTES};
use crate::hex::Hex;
use sha2::{Digest as _, Sha256};

const MAGIC: &[u8; 5] = b"TDGOI";
const VERSION: u8 = 1;
const LENGTH_AT: usize = MAGIC.len() + 2;
const HEAD: usize = LENGTH_AT + 4 + 8;
const CHECK: usize = 8;

/// Which way it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To the server.
    Bundle,
    /// Back to the tablet.
    Reply,
}

impl Kind {
    const fn byte(self) -> u8 {
        match self {
            Self::Bundle => 1,
            Self::Reply => 2,
        }
    }
}

/// The mark by which a server is told from others: 8 bytes of its public key's digest.
pub(super) fn mark(key: &Hex<32>) -> [u8; 8] {
    first_bytes(&Sha256::digest(key.0))
}

/// The checksum of a whole file, by which it is known again.
pub(super) fn check_of(bytes: &[u8]) -> [u8; CHECK] {
    first_bytes(&bytes[bytes.len().saturating_sub(CHECK)..])
}

/// Puts `rest` into an envelope.
pub(super) fn wrap(kind: Kind, mark: [u8; 8], rest: &[u8]) -> Vec<u8> {
    let length = HEAD + rest.len() + CHECK;
    let mut bytes = head(kind, mark, length).to_vec();
    bytes.extend_from_slice(rest);
    let check: [u8; CHECK] = first_bytes(&Sha256::digest(&bytes));
    bytes.extend_from_slice(&check);
    bytes
}

/// The head of an envelope of this length.
pub(super) fn head(kind: Kind, mark: [u8; 8], length: usize) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    head[..MAGIC.len()].copy_from_slice(MAGIC);
    head[MAGIC.len()] = kind.byte();
    head[MAGIC.len() + 1] = VERSION;
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    head[LENGTH_AT..LENGTH_AT + 4].copy_from_slice(&length.to_be_bytes());
    head[LENGTH_AT + 4..].copy_from_slice(&mark);
    head
}

/// The length of an envelope around so many bytes.
pub(super) const fn length_around(rest: usize) -> usize {
    HEAD + rest + CHECK
}

/// Whether bytes begin like one of the two, and which.
pub fn kind_of(bytes: &[u8]) -> Result<Kind, CourierError> {
    if !bytes.starts_with(MAGIC) {
        // What is cut within the first bytes is ours as far as it goes.
        return match !bytes.is_empty() && MAGIC.starts_with(bytes) {
            true => Err(CourierError::Cut),
            false => Err(CourierError::NotOurs),
        };
    }
    match bytes.get(MAGIC.len()) {
        Some(1) => Ok(Kind::Bundle),
        Some(2) => Ok(Kind::Reply),
        Some(_) => Err(CourierError::NotOurs),
        None => Err(CourierError::Cut),
    }
}

/// The mark and what is inside, of a whole and undamaged envelope.
pub(super) fn unwrap(kind: Kind, bytes: &[u8]) -> Result<([u8; 8], &[u8]), CourierError> {
    if kind_of(bytes)? != kind {
        return Err(CourierError::OtherKind);
    }
    match bytes.get(MAGIC.len() + 1) {
        Some(&VERSION) => {}
        Some(other) => return Err(CourierError::Version(*other)),
        None => return Err(CourierError::Cut),
    }
    let Some(length) = bytes.get(LENGTH_AT..LENGTH_AT + 4) else {
        return Err(CourierError::Cut);
    };
    let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]) as usize;
    if length > MAX_BYTES || bytes.len() > MAX_BYTES {
        return Err(CourierError::TooLarge);
    }
    if bytes.len() < length {
        return Err(CourierError::Cut);
    }
    if bytes.len() > length || length < HEAD + CHECK {
        return Err(CourierError::Damaged);
    }
    let (said, check) = bytes.split_at(length - CHECK);
    let counted: [u8; CHECK] = first_bytes(&Sha256::digest(said));
    if counted != check {
        return Err(CourierError::Damaged);
    }
    Ok((first_bytes(&said[HEAD - 8..]), &said[HEAD..]))
}

fn first_bytes<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut first = [0; N];
    let there = N.min(bytes.len());
    first[..there].copy_from_slice(&bytes[..there]);
    first
}

/// Takes fields off the front of what is inside.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], CourierError> {
        let (taken, rest) = self
            .0
            .split_at_checked(count)
            .ok_or(CourierError::Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], CourierError> {
        Ok(first_bytes(self.take(N)?))
    }

    /// A text of at most 255 bytes, after its length.
    pub(super) fn text(&mut self) -> Result<&'a str, CourierError> {
        let [length] = self.array()?;
        let bytes = self.take(usize::from(length))?;
        std::str::from_utf8(bytes).map_err(|_| CourierError::Malformed)
    }
}

/// A text as [`Fields::text`] reads it.
pub(super) fn text(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len()).unwrap_or(u8::MAX);
    let mut bytes = vec![length];
    bytes.extend_from_slice(&text.as_bytes()[..usize::from(length)]);
    bytes
}
