//! Edits sealed to the server's key: HPKE (RFC 9180) in its mode with a key that both ends share, X25519,
//! HKDF-SHA-256 and AES-256-GCM.
//!
//! The shared key is the account's [`CourierKey`]: who has it not cannot make a bundle that opens, so that
//! whoever carries one need not be believed. The account's name stands outside, because the server has to
//! know whose key to open it with; it says no more than the person who hands it over.

use super::envelope::{self, Fields, Kind, mark};
use super::{CourierError, MAX_BYTES};
use crate::hex::Hex;
use crate::sync::replica::BODY_EDITS;
use crate::sync::wire::{self, Reader, Request};
use crate::trust::{CourierKey, Trust};
use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable as _, Kem as _, OpModeR, OpModeS, PskBundle, Serializable as _};
use std::convert::Infallible;

const INFO: &[u8] = b"thidua bundle 1";
const KEY_BYTES: usize = 32;
const TAG_BYTES: usize = 16;

type Kem = X25519HkdfSha256;
type Public = <Kem as hpke::Kem>::PublicKey;
type Private = <Kem as hpke::Kem>::PrivateKey;
type Encapped = <Kem as hpke::Kem>::EncappedKey;

/// Who makes bundles.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// The account.
    pub account: &'a str,
    /// What its tablet knows of the server.
    pub trust: &'a Trust,
}

/// The server's half of the key to which bundles are sealed. Never shown by `Debug`.
pub struct Opener {
    private: Private,
    public: Hex<32>,
}

/// A bundle as whoever carries it sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// Whose it is.
    pub account: String,
    /// How many edits are in it, as its maker says.
    pub edits: u32,
    /// When it was made, by the tablet's clock, in milliseconds since 1970.
    pub made_ms: u64,
    mark: [u8; 8],
    check: [u8; 8],
    length: usize,
    sealed: Vec<u8>,
}

impl Sender<'_> {
    /// Seals requests. `bits` are random and used for nothing else.
    pub fn seal(
        self,
        requests: &[Request],
        made_ms: u64,
        bits: [u8; 32],
    ) -> Result<Vec<u8>, CourierError> {
        let body = wire::encode_all(requests);
        let edits = requests.iter().map(|request| request.edits.len()).sum();
        let edits: usize = edits;
        if edits > BODY_EDITS {
            return Err(CourierError::TooLarge);
        }
        let mut rest = outside(self.account, edits as u32, made_ms);
        let length = envelope::length_around(rest.len() + KEY_BYTES + body.len() + TAG_BYTES);
        if length > MAX_BYTES {
            return Err(CourierError::TooLarge);
        }
        let mark = mark(&self.trust.seal);
        let about = [&envelope::head(Kind::Bundle, mark, length)[..], &rest].concat();
        let public =
            Public::from_bytes(&self.trust.seal.0).map_err(|_| CourierError::OtherServer)?;
        let shared = PskBundle::new(&self.trust.courier.0.0, self.account.as_bytes())
            .map_err(|_| CourierError::Malformed)?;
        let (key, sealed) = hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, Kem>(
            &OpModeS::Psk(shared),
            &public,
            INFO,
            &body,
            &about,
            &mut Drawn(bits),
        )
        .map_err(|_| CourierError::OtherServer)?;
        rest.extend_from_slice(&key.to_bytes());
        rest.extend_from_slice(&sealed);
        Ok(envelope::wrap(Kind::Bundle, mark, &rest))
    }
}

impl Opener {
    /// The key that follows from a secret of 32 random bytes.
    pub fn new(secret: &[u8; 32]) -> Self {
        let (private, public) = Kem::derive_keypair(secret);
        let mut bytes = [0; KEY_BYTES];
        bytes.copy_from_slice(&public.to_bytes());
        Self {
            private,
            public: Hex(bytes),
        }
    }

    /// What tablets seal to.
    pub fn public(&self) -> Hex<32> {
        self.public
    }

    /// Opens a bundle with the key of its account.
    pub fn open(
        &self,
        bundle: &Bundle,
        courier: &CourierKey,
    ) -> Result<Vec<Request>, CourierError> {
        if bundle.mark != mark(&self.public) {
            return Err(CourierError::OtherServer);
        }
        let not_genuine = |_| CourierError::NotGenuine;
        let about = [
            &envelope::head(Kind::Bundle, bundle.mark, bundle.length)[..],
            &outside(&bundle.account, bundle.edits, bundle.made_ms),
        ]
        .concat();
        let mut fields = Fields(&bundle.sealed);
        let key = Encapped::from_bytes(fields.take(KEY_BYTES)?).map_err(not_genuine)?;
        let shared =
            PskBundle::new(&courier.0.0, bundle.account.as_bytes()).map_err(not_genuine)?;
        let body = hpke::single_shot_open::<AesGcm256, HkdfSha256, Kem>(
            &OpModeR::Psk(shared),
            &self.private,
            &key,
            INFO,
            fields.0,
            &about,
        )
        .map_err(not_genuine)?;
        requests_of(&body)
    }
}

impl std::fmt::Debug for Opener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opener(…)")
    }
}

impl Bundle {
    /// Reads what stands outside of a bundle that is whole and undamaged.
    pub fn read(bytes: &[u8]) -> Result<Self, CourierError> {
        let (mark, inside) = envelope::unwrap(Kind::Bundle, bytes)?;
        let mut fields = Fields(inside);
        let account = fields.text()?.to_owned();
        let edits = u32::from_be_bytes(fields.array()?);
        let made_ms = u64::from_be_bytes(fields.array()?);
        if fields.0.len() < KEY_BYTES + TAG_BYTES || account.is_empty() {
            return Err(CourierError::Malformed);
        }
        Ok(Self {
            account,
            edits,
            made_ms,
            mark,
            check: envelope::check_of(bytes),
            length: bytes.len(),
            sealed: fields.0.to_vec(),
        })
    }

    /// Whether it is sealed to the server of this key.
    pub fn is_for(&self, seal: &Hex<32>) -> bool {
        self.mark == mark(seal)
    }

    /// By what it is told from others, and what its reply answers.
    pub fn id(&self) -> Hex<8> {
        Hex(self.check)
    }
}

fn outside(account: &str, edits: u32, made_ms: u64) -> Vec<u8> {
    let mut bytes = envelope::text(account);
    bytes.extend_from_slice(&edits.to_be_bytes());
    bytes.extend_from_slice(&made_ms.to_be_bytes());
    bytes
}

fn requests_of(body: &[u8]) -> Result<Vec<Request>, CourierError> {
    let mut reader = Reader::<Request>::default();
    reader.feed(body);
    let mut requests: Vec<Request> = Vec::new();
    let mut edits = 0;
    while let Some(request) = reader.next_message().map_err(|_| CourierError::Malformed)? {
        edits += request.edits.len();
        if edits > BODY_EDITS {
            return Err(CourierError::TooLarge);
        }
        requests.push(request);
    }
    reader.finish().map_err(|_| CourierError::Malformed)?;
    match requests.is_empty() {
        true => Err(CourierError::Malformed),
        false => Ok(requests),
    }
}

/// Random bits that were drawn before: this crate draws none. HPKE takes 32 bytes for its key, once.
struct Drawn([u8; 32]);

impl TryRng for Drawn {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unreachable!("HPKE draws bytes")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("HPKE draws bytes")
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        assert_eq!(bytes.len(), self.0.len(), "HPKE draws one key");
        bytes.copy_from_slice(&self.0);
        Ok(())
    }
}

impl TryCryptoRng for Drawn {}
