//! The server's answer to a bundle, for the device that made it: what it holds now, what it did not take,
//! and its receipts. Signed, and not sealed: there is nobody's data in it.

use super::CourierError;
use super::bundle::Bundle;
use super::envelope::{self, Fields, Kind, mark};
use crate::hex::Hex;
use crate::receipt::Receipt;
use crate::sync::carried::CarriedAnswer;
use crate::sync::edit::{DeviceId, EditDigest};
use crate::sync::wire::{self, Response};
use crate::trust::{self, ServerSigner};

const ABOUT: &str = "reply 1";
const SIGNATURE_BYTES: usize = 64;

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The account whose bundle it was.
    pub account: String,
    /// The bundle, by [`Bundle::id`].
    pub bundle: Hex<8>,
    /// The answer to each identity that had edits in it.
    pub answers: Vec<CarriedAnswer>,
}

impl Reply {
    /// The answer to a bundle.
    pub fn to(bundle: &Bundle, answers: Vec<CarriedAnswer>) -> Self {
        Self {
            account: bundle.account.clone(),
            bundle: bundle.id(),
            answers,
        }
    }

    /// Writes and signs it.
    pub fn write(&self, signer: &ServerSigner) -> Vec<u8> {
        let mut said = envelope::text(&self.account);
        said.extend_from_slice(&self.bundle.0);
        said.push(u8::try_from(self.answers.len()).unwrap_or(u8::MAX));
        let mut writer = wire::Writer::<Response>::default();
        for answer in self.answers.iter().take(usize::from(u8::MAX)) {
            said.extend_from_slice(&answer.device.0.to_be_bytes());
            said.extend_from_slice(&receipt_bytes(answer.receipt.as_ref()));
            writer = writer.with(&answer.response);
        }
        said.extend_from_slice(&writer.finish());
        let signature = signer.sign(ABOUT, &said);
        said.extend_from_slice(&signature.0);
        envelope::wrap(Kind::Reply, mark(&signer.public()), &said)
    }

    /// Whose bundle it answers and which, before anything is checked but that it is whole: for whoever
    /// brings it back.
    pub fn address(bytes: &[u8]) -> Result<(String, Hex<8>), CourierError> {
        let (_, inside) = envelope::unwrap(Kind::Reply, bytes)?;
        let mut fields = Fields(inside);
        Ok((fields.text()?.to_owned(), Hex(fields.array()?)))
    }

    /// Reads one for this account, signed with this key.
    pub fn read(bytes: &[u8], account: &str, key: &Hex<32>) -> Result<Self, CourierError> {
        let (of, inside) = envelope::unwrap(Kind::Reply, bytes)?;
        if of != mark(key) {
            return Err(CourierError::OtherServer);
        }
        let said = inside.len().checked_sub(SIGNATURE_BYTES);
        let said = said.ok_or(CourierError::Malformed)?;
        let (said, signature) = inside.split_at(said);
        let signature = Hex(Fields(signature).array()?);
        if !trust::has_signed(key, ABOUT, said, &signature) {
            return Err(CourierError::NotGenuine);
        }
        let mut fields = Fields(said);
        if fields.text()? != account {
            return Err(CourierError::OtherAccount);
        }
        let bundle = Hex(fields.array()?);
        let [count] = fields.array()?;
        let mut devices = Vec::new();
        for _ in 0..count {
            let device = DeviceId(u64::from_be_bytes(fields.array()?));
            devices.push((device, receipt_of(device, &mut fields)?));
        }
        let responses = wire::decode_responses(fields.0).map_err(|_| CourierError::Malformed)?;
        if responses.len() != devices.len() {
            return Err(CourierError::Malformed);
        }
        let answers = devices.into_iter().zip(responses);
        let answers = answers
            .map(|((device, receipt), response)| CarriedAnswer {
                device,
                response,
                receipt,
            })
            .collect();
        Ok(Self {
            account: account.to_owned(),
            bundle,
            answers,
        })
    }
}

/// A receipt behind its device: whether there is one, then what it says.
fn receipt_bytes(receipt: Option<&Receipt>) -> Vec<u8> {
    let Some(receipt) = receipt else {
        return vec![0];
    };
    [
        &[1][..],
        &receipt.held.to_be_bytes(),
        &receipt.check.0.to_be_bytes(),
        &receipt.at_ms.to_be_bytes(),
        &receipt.signature.0,
    ]
    .concat()
}

/// As [`receipt_bytes`] wrote it.
fn receipt_of(device: DeviceId, fields: &mut Fields<'_>) -> Result<Option<Receipt>, CourierError> {
    match fields.array()? {
        [0] => Ok(None),
        [1] => Ok(Some(Receipt {
            device,
            held: u32::from_be_bytes(fields.array()?),
            check: EditDigest(u64::from_be_bytes(fields.array()?)),
            at_ms: u64::from_be_bytes(fields.array()?),
            signature: Hex(fields.array()?),
        })),
        _ => Err(CourierError::Malformed),
    }
}
