//! Bundles on their way through colleagues' tablets, and the answers that come back: late, again, out of
//! order, or to a clone of the tablet that they are for.

use crate::hub::{Crash, Hub};
use crate::luck::Luck;
use crate::mutation::Mutation;
use crate::tablet::Tablet;
use thidua_domain::hex::Hex;
use thidua_domain::receipt::Receipt;
use thidua_domain::sync::carried::CarriedAnswer;
use thidua_domain::sync::edit::{DeviceId, Edit, EditId};
use thidua_domain::sync::wire::{self, Request};
use thidua_domain::trust::{CourierKey, ServerSigner, Trust};

/// The server's key in all histories.
pub fn signer() -> ServerSigner {
    ServerSigner::new(&[5; 32])
}

/// What tablets know it by.
pub fn trust() -> Trust {
    Trust {
        sign: signer().public(),
        seal: Hex([0; 32]),
        courier: CourierKey(Hex([0; 32])),
    }
}

/// What is under way with colleagues.
#[derive(Default)]
pub struct Luggage {
    bundles: Vec<(&'static str, Vec<Request>)>,
    replies: Vec<(&'static str, CarriedAnswer)>,
    /// Receipts that were asked for and are under way.
    receipts: Vec<Vec<Receipt>>,
    /// Answers without a receipt to edits that the server holds, every one.
    pub unsigned: u64,
}

impl Luggage {
    /// A tablet gives somebody what it has not sent.
    pub fn pack(&mut self, tablet: &Tablet) {
        let memory = &tablet.memory;
        let numbers = match tablet.mutation {
            Some(Mutation::AllIsCarriedAtOnce) => memory.replica.outbox(),
            _ => memory.replica.to_carry(),
        };
        let edits: Vec<Edit> = numbers
            .into_iter()
            .flat_map(|(device, numbers)| numbers.map(move |seq| EditId { device, seq }))
            .filter_map(|id| memory.log.get(&id).cloned())
            .collect();
        if !edits.is_empty() {
            let requests = memory.replica.carried_requests(edits);
            assert_eq!(
                wire::decode_requests(&wire::encode_all(&requests)).as_ref(),
                Ok(&requests)
            );
            self.bundles.push((tablet.account, requests));
        }
    }

    /// A colleague comes into coverage; perhaps another carries the same.
    pub fn deliver(&mut self, hub: &mut Hub, luck: &mut Luck, crash: Crash, now: u64) {
        if self.bundles.is_empty() {
            return;
        }
        let place = luck.below(self.bundles.len());
        let (account, requests) = match luck.chance(60) {
            true => self.bundles.swap_remove(place),
            false => self.bundles[place].clone(),
        };
        let answers = hub.import(account, requests.clone(), crash, now);
        let unsigned = answers.iter().filter(|answer| {
            let own = requests.iter().filter(|one| one.device == answer.device);
            let held = own.flat_map(|one| &one.edits).all(|edit| hub.holds(edit));
            held && answer.receipt.is_none()
        });
        self.unsigned += unsigned.count() as u64;
        let replies = answers.into_iter();
        self.replies.extend(replies.map(|answer| (account, answer)));
    }

    /// Somebody brings an answer to a tablet that may be the one it is for, or its clone.
    pub fn bring_back(&mut self, tablet: &mut Tablet, luck: &mut Luck, now: u64) {
        let own = |(account, answer): &&(&str, CarriedAnswer)| {
            *account == tablet.account && tablet.memory.replica.is_own(answer.device)
        };
        let own: Vec<_> = self.replies.iter().filter(own).cloned().collect();
        if !own.is_empty() {
            let (_, answer) = luck.pick(&own);
            let fresh = DeviceId::from_random(luck.bits());
            tablet.memory.take_carried(answer, fresh, now);
        }
    }

    /// A tablet asks what the server has signed for.
    pub fn ask(&mut self, tablet: &Tablet, hub: &Hub, now: u64) {
        let wanted = tablet.memory.replica.receipts_wanted();
        if !wanted.is_empty() {
            self.receipts
                .push(hub.receipts(tablet.account, &wanted, now));
        }
    }

    /// Receipts arrive: at once, or after other things have happened; at the tablet that asked, or at another.
    pub fn hear(&mut self, tablet: &mut Tablet, luck: &mut Luck) {
        if !self.receipts.is_empty() {
            let receipts: &Vec<Receipt> = luck.pick(&self.receipts);
            tablet.memory.take_receipts(receipts);
        }
    }

    /// The server was restored: what was packed or answered before is void. An answer from a future that the
    /// server has lost would be believed until the next sync, which finds out. A bundle may hold edits that a
    /// clone or a tablet set back has meanwhile written anew or otherwise, and that nobody knows any more to have
    /// been in dispute: it would be taken at its word, and the edits arrive twice or in the place of others.
    pub fn void(&mut self) {
        self.replies.clear();
        self.bundles.clear();
    }
}
