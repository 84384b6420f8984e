//! What a replica does with receipts: when it asks for one, which it takes, and what they cover.

use super::edit::{DeviceId, Edit, EditDigest, EditId};
use super::replica::Replica;
use crate::receipt::{self, MAX_WANTED, Receipt};
use crate::trust::Trust;
use std::ops::RangeInclusive;

impl Replica {
    /// Receipts to ask for: of each identity of which the server holds more than it has signed for, with the
    /// number up to which it is known to hold it. None before the tablet knows the server's key.
    pub fn receipts_wanted(&self) -> Vec<(DeviceId, u32)> {
        if self.trust.is_none() {
            return Vec::new();
        }
        let former = self.former.iter().map(|(device, own)| (*device, own.held));
        [(self.device, self.held)]
            .into_iter()
            .chain(former)
            .filter(|(device, held)| self.covered_to(*device).0 < *held)
            .take(MAX_WANTED)
            .collect()
    }

    /// Own edits that [`Self::take_receipts`] wants to see for these receipts.
    pub fn edits_under_receipts(
        &self,
        receipts: &[Receipt],
    ) -> Vec<(DeviceId, RangeInclusive<u32>)> {
        receipts
            .iter()
            .filter_map(|receipt| Some((receipt.device, self.under(receipt)?)))
            .collect()
    }

    /// Keeps those receipts that are genuine, speak of what was written here, and reach further than what is
    /// known. `edits` are those of [`Self::edits_under_receipts`].
    pub fn take_receipts(&mut self, receipts: &[Receipt], edits: &[Edit]) {
        let Some(key) = self.trust.as_ref().map(|trust| trust.sign) else {
            return;
        };
        for receipt in receipts {
            let Some(numbers) = self.under(receipt) else {
                continue;
            };
            if self.speaks_of(receipt, numbers, edits) && receipt.is_genuine(&self.account, &key) {
                self.receipts.insert(receipt.device, *receipt);
            }
        }
    }

    /// The numbers that a receipt covers and none before it did. None if it says nothing new, and none if it
    /// covers what the server is no longer known to hold: it was asked before a backup was restored.
    fn under(&self, receipt: &Receipt) -> Option<RangeInclusive<u32>> {
        let first = self.covered_to(receipt.device).0 + 1;
        let held = self.held_of(receipt.device)?;
        (first <= receipt.held && receipt.held <= held).then_some(first..=receipt.held)
    }

    /// Whether what a receipt is for is what was written here.
    fn speaks_of(&self, receipt: &Receipt, numbers: RangeInclusive<u32>, edits: &[Edit]) -> bool {
        let former = self.former.get(&receipt.device);
        if former.is_some_and(|former| former.regained.is_some()) {
            // Of a store that the browser lost only the end is here, and no digest to go on from. The server
            // compared it when it was sent; the signature has to do.
            return true;
        }
        let own: Vec<&Edit> = edits
            .iter()
            .filter(|edit| edit.id.device == receipt.device && numbers.contains(&edit.id.seq))
            .collect();
        let (_, before) = self.covered_to(receipt.device);
        own.len() == numbers.count() && receipt::running(before, own) == receipt.check
    }

    /// Whether the server has signed that it holds an edit of this tablet.
    pub fn is_receipted(&self, id: EditId) -> bool {
        id.seq <= self.covered_to(id.device).0
    }

    /// Own edits without a receipt, by identity.
    pub fn unreceipted(&self) -> Vec<(DeviceId, RangeInclusive<u32>)> {
        let former = self.former.iter().map(|(device, own)| (*device, own.last));
        former
            .chain([(self.device, self.last_seq)])
            .map(|(device, last)| (device, self.covered_to(device).0 + 1..=last))
            .filter(|(_, numbers)| !numbers.is_empty())
            .collect()
    }

    pub(super) fn held_of(&self, device: DeviceId) -> Option<u32> {
        if device == self.device {
            Some(self.held)
        } else {
            self.former.get(&device).map(|own| own.held)
        }
    }

    /// The last number that is covered, and the running digest there.
    pub(super) fn covered_to(&self, device: DeviceId) -> (u32, EditDigest) {
        let known = self.receipts.get(&device);
        known.map_or((0, EditDigest::default()), |known| {
            (known.held, known.check)
        })
    }

    /// Lets go of receipts for what the server no longer holds: it was restored from a backup, and signs
    /// anew once it has been told again.
    pub(super) fn forget_receipts(&mut self) {
        let held = |device| self.held_of(device).unwrap_or(0);
        let gone: Vec<DeviceId> = self
            .receipts
            .iter()
            .filter(|(device, receipt)| receipt.held > held(**device))
            .map(|(device, _)| *device)
            .collect();
        for device in gone {
            self.receipts.remove(&device);
        }
    }

    /// Takes note of the server's keys. Those that are known are kept, unless the person has just signed in
    /// with the password (`anew`): a server that says it has other keys is another one, or one that lost its
    /// secrets, and receipts by the old key are worth nothing any more.
    pub fn note_trust(&mut self, trust: Trust, anew: bool) {
        let known = self.trust.as_ref().map(|trust| trust.sign);
        if known.is_some_and(|known| known != trust.sign) {
            if !anew {
                return;
            }
            self.receipts.clear();
        }
        self.trust = Some(trust);
    }
}
