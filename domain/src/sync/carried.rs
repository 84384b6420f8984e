//! What a replica gives somebody else to carry to the server, and what it believes of the answer that
//! comes back the same way: late, again, out of order, or to a clone of the tablet that it is for.

use super::edit::{DeviceId, Edit};
use super::replica::{Asked, BODY_EDITS, MESSAGE_EDITS, Replica, message_ends};
use super::wire::{Identity, Request, Response};
use crate::receipt::{self, Receipt};
use std::ops::RangeInclusive;

/// What the server answers to the carried edits of one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedAnswer {
    /// The device.
    pub device: DeviceId,
    /// What became of its edits. It tells nothing that is new: no pages, and no feeds to follow.
    pub response: Response,
    /// That the server holds what it says it holds; none while it is not settled whose the sequence is.
    pub receipt: Option<Receipt>,
}

impl Replica {
    /// Edits that the server is not known to hold, by identity: at most [`BODY_EDITS`].
    pub fn to_carry(&self) -> Vec<(DeviceId, RangeInclusive<u32>)> {
        let mut room = u32::try_from(BODY_EDITS).unwrap_or(u32::MAX);
        let former = self.former.iter();
        former
            .filter(|(_, own)| own.has_more())
            .map(|(device, own)| (*device, own.held, own.last))
            .chain([(self.device, self.held, self.last_seq)])
            .map(|(device, held, last)| {
                let until = last.min(held.saturating_add(room));
                room -= until - held;
                (device, held + 1..=until)
            })
            .filter(|(_, numbers)| !numbers.is_empty())
            .collect()
    }

    /// The requests that carry edits loaded by [`Self::to_carry`]. They ask for nothing that is new: a carrier
    /// is no place for other people's records.
    pub fn carried_requests(&self, edits: Vec<Edit>) -> Vec<Request> {
        let mut requests = Vec::new();
        for of_one in edits.chunk_by(|one, next| one.id.device == next.id.device) {
            let device = of_one[0].id.device;
            let mut from = 0;
            for end in message_ends(of_one, MESSAGE_EDITS) {
                let mut request = self.request_as(device, of_one[from..end].to_vec());
                from = end;
                request.cursors.clear();
                requests.push(request);
            }
        }
        requests
    }

    /// Own edits that [`Self::believe_carried`] wants to see.
    pub fn edits_under_carried(&self, answer: &CarriedAnswer) -> RangeInclusive<u32> {
        self.covered_to(answer.device).0 + 1..=answer.response.held
    }

    /// What to take in of a carried answer, by the same way as an answer of the server's own, with the
    /// receipt to take after it: nothing (`None`) unless the server has signed that what it holds is what was
    /// written here. So a forged answer, and one to a clone of this tablet, move nothing. `edits` are those of
    /// [`Self::edits_under_carried`].
    ///
    /// What is known already stays: an answer that is late takes nothing back. And another identity is
    /// taken on only where the server itself asks for it.
    pub fn believe_carried(
        &self,
        answer: &CarriedAnswer,
        edits: &[Edit],
    ) -> Option<(Asked, Response, Receipt)> {
        let CarriedAnswer {
            device, response, ..
        } = answer;
        let key = self.trust.as_ref()?.sign;
        let held = self.held_of(*device)?;
        if !self.is_written_to(*device, response.held) || response.identity != Identity::Keep {
            return None;
        }
        let receipt = answer.receipt.filter(|receipt| {
            receipt.device == *device
                && receipt.held == response.held
                && receipt.is_genuine(&self.account, &key)
        })?;
        let (covered, before) = self.covered_to(*device);
        if response.held > covered {
            let whole = edits.len() == (covered + 1..=response.held).count();
            if !whole || receipt::running(before, edits) != receipt.check {
                return None;
            }
        }
        let news = response.rejected.iter().filter(|one| one.seq > held);
        let former_held = self.former.iter().map(|(device, own)| (*device, own.held));
        let response = Response {
            held: response.held.max(held),
            rejected: news.copied().collect(),
            follow: self.follow.clone(),
            former_held: former_held.collect(),
            identity: Identity::Keep,
            pages: Vec::new(),
            server_time: response.server_time,
        };
        Some((Asked::by_courier(self, *device), response, receipt))
    }

    /// Whether so many edits were written here under an identity.
    fn is_written_to(&self, device: DeviceId, seq: u32) -> bool {
        let last = match device == self.device {
            true => Some(self.last_seq),
            false => self.former.get(&device).map(|own| own.last),
        };
        last.is_some_and(|last| seq <= last)
    }
}
