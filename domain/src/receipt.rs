//! What a server signs for: that it holds all edits of a device up to a number, with the running digest of
//! what they say. With a receipt over all its edits a tablet may be handed over.
//!
//! The digests are those by which the protocol tells edits apart, of 53 bits: a receipt shows a tablet that
//! nothing it sent was lost or changed on the way. It is no proof between an officer and the office about
//! what was written; the server's history is.

use crate::hex::Hex;
use crate::sync::edit::{DeviceId, Edit, EditDigest};
use crate::sync::wire::MAX_FORMER;
use crate::trust::{self, ServerSigner};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Most receipts that are asked for at a time: of a tablet's present identity and its former ones.
pub const MAX_WANTED: usize = MAX_FORMER + 1;
const ABOUT: &str = "receipt 1";
/// Letters of [`Receipt::code`]: without those that are read for others.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The server holds edits `1..=held` of the device; `check` is their running digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The device.
    pub device: DeviceId,
    /// The number of the last edit.
    pub held: u32,
    /// The running digest from the first edit to this one ([`running`]).
    pub check: EditDigest,
    /// When, by the server's clock, in milliseconds since 1970.
    pub at_ms: u64,
    /// The server's signature over all of it and the account's name.
    pub signature: Hex<64>,
}

impl Receipt {
    /// Writes a receipt for the device of an account.
    pub fn write(
        signer: &ServerSigner,
        account: &str,
        device: DeviceId,
        (held, check): (u32, EditDigest),
        at_ms: u64,
    ) -> Self {
        let mut receipt = Self {
            device,
            held,
            check,
            at_ms,
            signature: Hex([0; 64]),
        };
        receipt.signature = signer.sign(ABOUT, &receipt.said(account));
        receipt
    }

    /// Whether the server of this key has written it, for this account.
    pub fn is_genuine(&self, account: &str, key: &Hex<32>) -> bool {
        trust::has_signed(key, ABOUT, &self.said(account), &self.signature)
    }

    /// Eight letters by which people tell one receipt from another: two groups of four.
    pub fn code(&self) -> String {
        let hash = Sha256::digest(self.signature.0);
        let letter = |at: &u8| char::from(LETTERS[usize::from(at & 31)]);
        let letters: String = hash.iter().take(8).map(letter).collect();
        format!("{}-{}", &letters[..4], &letters[4..])
    }

    fn said(&self, account: &str) -> Vec<u8> {
        [
            &self.device.0.to_be_bytes()[..],
            &self.held.to_be_bytes(),
            &self.check.0.to_be_bytes(),
            &self.at_ms.to_be_bytes(),
            account.as_bytes(),
        ]
        .concat()
    }
}

/// The running digest behind edits that follow what `before` is the digest of.
pub fn running<'a>(before: EditDigest, edits: impl IntoIterator<Item = &'a Edit>) -> EditDigest {
    edits
        .into_iter()
        .fold(before, |check, edit| check.chain(edit.digest()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_for_one_account_and_says_one_thing() {
        let signer = ServerSigner::new(&[1; 32]);
        let key = signer.public();
        let receipt = Receipt::write(&signer, "ta-hoc", DeviceId(5), (7, EditDigest(9)), 1_000);
        assert!(receipt.is_genuine("ta-hoc", &key));
        assert!(!receipt.is_genuine("ban-bo", &key));
        let changed: [fn(&mut Receipt); 5] = [
            |it| it.device.0 += 1,
            |it| it.held += 1,
            |it| it.check.0 += 1,
            |it| it.at_ms += 1,
            |it| it.signature.0[0] ^= 1,
        ];
        for change in changed {
            let mut other = receipt;
            change(&mut other);
            assert!(!other.is_genuine("ta-hoc", &key), "{other:?}");
        }
        assert_eq!(receipt.code().len(), 9);
    }
}
