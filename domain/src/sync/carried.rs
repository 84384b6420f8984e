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
    /// Edits to give somebody to carry: those that a sync would send next, at most [`BODY_EDITS`], and so of one
    /// identity only. What was written since waits until the server has answered for a former identity: should
    /// another installation have gone on under that, its edits are written anew and every mention of them with
    /// them, and an edit that had gone out with the old mentions would arrive a second time with the new.
    pub fn to_carry(&self) -> Vec<(DeviceId, RangeInclusive<u32>)> {
        let (device, numbers) = self.to_send(BODY_EDITS);
        match numbers.is_empty() {
            true => Vec::new(),
            false => vec![(device, numbers)],
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::area::AreaCode;
    use crate::record::{FieldName, RecordKey, Value};
    use crate::sync::edit::EditId;
    use crate::sync::memory::MemoryReplica;

    const LOST: DeviceId = DeviceId(7);
    const PRESENT: DeviceId = DeviceId(8);

    /// Writes over what it shows, and so mentions it.
    fn write(tablet: &mut MemoryReplica, text: &str) {
        let commune = AreaCode::parse("03751").unwrap();
        let key = RecordKey::parse(&format!("family/{:032x}", 1)).unwrap();
        let head = FieldName::parse("head").unwrap();
        tablet.edit(&commune, &key, 1_000, |shown| {
            shown.changes_to(vec![(head, Value::from(text))])
        });
    }

    /// A tablet that wrote, lost its store, took back what it had written, and went on from that.
    fn tablet() -> MemoryReplica {
        let follow = vec![AreaCode::parse("03751").unwrap()];
        let mut tablet = MemoryReplica::new(Replica::new(LOST, "ta-hoc".to_owned(), follow));
        write(&mut tablet, "Lò Văn A");
        write(&mut tablet, "Lò Văn B");
        let mut tablet = tablet.lost(PRESENT);
        write(&mut tablet, "Lò Văn C");
        tablet
    }

    fn answered(tablet: &mut MemoryReplica, held: u32, identity: Identity) {
        let asked = Asked::of(&tablet.request());
        let former = tablet.replica.former.iter();
        let response = Response {
            held,
            rejected: vec![],
            former_held: former.map(|(device, own)| (*device, own.held)).collect(),
            identity,
            follow: tablet.replica.follow.clone(),
            pages: vec![],
            server_time: 2_000,
        };
        tablet.take(&asked, &response, DeviceId(9), 2_000);
    }

    #[test]
    fn what_is_carried_is_what_a_sync_would_send_next() {
        let mut tablet = tablet();
        assert_eq!(tablet.replica.to_carry(), [(LOST, 1..=2)]);
        answered(&mut tablet, 2, Identity::Keep);
        assert_eq!(tablet.replica.to_carry(), [(PRESENT, 1..=1)]);
        answered(&mut tablet, 1, Identity::Keep);
        assert_eq!(tablet.replica.to_carry(), []);
    }

    /// Why what was written since does not go along.
    #[test]
    fn what_was_written_since_may_have_to_mention_others() {
        let mut tablet = tablet();
        let since = EditId {
            device: PRESENT,
            seq: 1,
        };
        let before = tablet.log[&since].digest();
        answered(&mut tablet, 0, Identity::Renew { common: 0 });
        assert_ne!(tablet.log[&since].digest(), before);
    }
}
