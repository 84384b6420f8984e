//! How rows are sealed before they reach the disk: AES-256-GCM under the register's key.
//!
//! The rows of a transaction are read, planned on and written while it is open, and IndexedDB closes a
//! transaction that waits for anything else. The browser's own AES answers later; so rows are sealed by
//! code that answers at once, in the format that the browser's reads as well. Keys are wrapped by the
//! browser's ([`crate::platform::crypto`]).

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use std::rc::Rc;
use thiserror::Error;

/// First byte of a sealed row.
const FORMAT: u8 = 1;
const NONCE_BYTES: usize = 12;

/// What lies there was not sealed with this key, or not for this place.
#[derive(Debug, PartialEq, Eq, Error)]
#[error("a row that this key does not open")]
pub struct Foreign;

/// The key of one account's register. Cheap to clone; held in memory while the register is open.
#[derive(Clone)]
pub struct Cipher(Rc<Opened>);

struct Opened {
    key: [u8; 32],
    aes: Aes256Gcm,
}

impl Cipher {
    /// Of this key.
    pub fn new(key: [u8; 32]) -> Self {
        let aes = Aes256Gcm::new(&key.into());
        Self(Rc::new(Opened { key, aes }))
    }

    /// The key itself, to be wrapped.
    pub(super) fn key(&self) -> &[u8; 32] {
        &self.0.key
    }

    /// Seals a row for its place; read from another place, or after a change, it does not open.
    pub(super) fn seal(&self, place: (&str, &str), text: &str) -> Vec<u8> {
        self.seal_bytes(place, text.as_bytes())
    }

    /// The same for a row that is no text.
    pub(super) fn seal_bytes(&self, place: (&str, &str), bytes: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).expect("every browser that runs wasm has random bytes");
        let aad = aad(place);
        let payload = Payload {
            msg: bytes,
            aad: aad.as_bytes(),
        };
        let sealed = self.0.aes.encrypt(&Nonce::from(nonce), payload);
        let sealed = sealed.expect("a row is far from the longest text that AES-GCM seals");
        [&[FORMAT], &nonce[..], &sealed].concat()
    }

    /// Opens what [`Self::seal`] sealed for this place.
    pub(super) fn open(&self, place: (&str, &str), row: &[u8]) -> Result<String, Foreign> {
        String::from_utf8(self.open_bytes(place, row)?).map_err(|_| Foreign)
    }

    /// Opens what [`Self::seal_bytes`] sealed for this place.
    pub(super) fn open_bytes(&self, place: (&str, &str), row: &[u8]) -> Result<Vec<u8>, Foreign> {
        let [FORMAT, rest @ ..] = row else {
            return Err(Foreign);
        };
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(Foreign)?;
        let aad = aad(place);
        let payload = Payload {
            msg: sealed,
            aad: aad.as_bytes(),
        };
        let opened = self.0.aes.decrypt(&Nonce::from(*nonce), payload);
        opened.map_err(|_| Foreign)
    }
}

fn aad((store, key): (&str, &str)) -> String {
    format!("{store}/{key}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    const TEXT: &str = "Lò Văn Hặc";

    #[wasm_bindgen_test]
    fn a_row_opens_with_its_key_at_its_place() {
        let cipher = Cipher::new([7; 32]);
        let place = ("record", "family/1");
        let row = cipher.seal(place, TEXT);
        assert_eq!(cipher.open(place, &row), Ok(TEXT.to_owned()));
        assert_ne!(row, cipher.seal(place, TEXT), "each time another nonce");

        let elsewhere = [("record", "family/2"), ("edit", "family/1")];
        for place in elsewhere {
            assert_eq!(cipher.open(place, &row), Err(Foreign), "{place:?}");
        }
        assert_eq!(Cipher::new([8; 32]).open(place, &row), Err(Foreign));
        for at in 0..row.len() {
            let mut changed = row.clone();
            changed[at] ^= 1;
            assert_eq!(cipher.open(place, &changed), Err(Foreign), "byte {at}");
            assert_eq!(cipher.open(place, &row[..at]), Err(Foreign), "cut at {at}");
        }
    }
}
