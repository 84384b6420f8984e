//! What a tablet is given at sign-in to know its server again without a network, and what of the server
//! only the server has.

use crate::hex::Hex;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a tablet keeps of its server, from the sign-in on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trust {
    /// Ed25519: with it the server signs receipts.
    pub sign: Hex<32>,
    /// X25519: to it bundles are sealed.
    pub seal: Hex<32>,
    /// Shows that a bundle comes from the account.
    pub courier: CourierKey,
}

/// What an account and the server share, so that a bundle that somebody else carries is known to come from
/// the account. The server makes it of a secret of its own, the account's name and what it keeps of the
/// password: another password is another key.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CourierKey(pub Hex<32>);

impl fmt::Debug for CourierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CourierKey(…)")
    }
}

/// The key with which a server signs. Never shown by `Debug`.
#[derive(Clone)]
pub struct ServerSigner(SigningKey);

impl ServerSigner {
    /// The key that follows from a secret of 32 random bytes.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// What tablets check signatures with.
    pub fn public(&self) -> Hex<32> {
        Hex(self.0.verifying_key().to_bytes())
    }

    /// Signs what is said; `about` keeps one kind of statement from being taken for another.
    pub fn sign(&self, about: &str, said: &[u8]) -> Hex<64> {
        Hex(self.0.sign(&statement(about, said)).to_bytes())
    }
}

impl fmt::Debug for ServerSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerSigner(…)")
    }
}

/// Whether the server of this key has said so.
pub fn has_signed(key: &Hex<32>, about: &str, said: &[u8], signature: &Hex<64>) -> bool {
    // Strict: of each statement there is one signature, and none by a key of small order.
    VerifyingKey::from_bytes(&key.0).is_ok_and(|key| {
        let signature = Signature::from_bytes(&signature.0);
        key.verify_strict(&statement(about, said), &signature)
            .is_ok()
    })
}

fn statement(about: &str, said: &[u8]) -> Vec<u8> {
    [b"thidua ", about.as_bytes(), &[0], said].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_of_one_key_for_one_statement() {
        let signer = ServerSigner::new(&[7; 32]);
        let signature = signer.sign("receipt 1", b"so it is");
        let key = signer.public();
        assert!(has_signed(&key, "receipt 1", b"so it is", &signature));
        assert!(!has_signed(&key, "receipt 1", b"so it was", &signature));
        assert!(!has_signed(&key, "bundle 1", b"so it is", &signature));
        let other = ServerSigner::new(&[8; 32]).public();
        assert!(!has_signed(&other, "receipt 1", b"so it is", &signature));
        for at in 0..64 {
            let mut changed = signature;
            changed.0[at] ^= 1;
            assert!(!has_signed(&key, "receipt 1", b"so it is", &changed));
        }
        // A key that is no point, and one of small order that would agree to anything.
        for weak in [
            [0xff; 32],
            [0; 32],
            std::array::from_fn(|at| u8::from(at == 0)),
        ] {
            assert!(!has_signed(&Hex(weak), "receipt 1", b"", &Hex([0; 64])));
        }
        assert!(!format!("{signer:?}{:?}", CourierKey(Hex([7; 32]))).contains("07"));
    }
}
