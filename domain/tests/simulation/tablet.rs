//! A tablet: the reference shell, with crashes and a clock of its own.

use crate::luck::Luck;
use crate::mutation::Mutation;
use std::collections::BTreeMap;
use thidua_domain::area::AreaCode;
use thidua_domain::sync::edit::{DeviceId, Edit, FieldChange};
use thidua_domain::sync::memory::MemoryReplica;
use thidua_domain::sync::replica::Asked;
use thidua_domain::sync::wire::{self, Request, Response};

/// A request under way: what the tablet remembers of it, and its bytes.
#[derive(Clone)]
pub struct Exchange {
    pub asked: Asked,
    pub frame: Vec<u8>,
    /// The answer, once there is one; `None` within is an answer that is no frame.
    pub answer: Option<Vec<u8>>,
}

pub struct Tablet {
    pub account: &'static str,
    pub memory: MemoryReplica,
    /// Its disk as it was once, to be restored from.
    pub image: MemoryReplica,
    /// Edits that waited when the browser lost the store, and that must arrive all the same.
    pub owed: Vec<Edit>,
    /// How far its clock is off, in milliseconds.
    pub clock_error: i64,
    pub exchange: Option<Exchange>,
    pub mutation: Option<Mutation>,
    /// What a tablet has seen that keeps account of feeds and not of records.
    pub seen: BTreeMap<(AreaCode, DeviceId), u32>,
}

impl Tablet {
    fn is(&self, mutation: Mutation) -> bool {
        self.mutation == Some(mutation)
    }

    pub fn now(&self, time: u64) -> u64 {
        time.saturating_add_signed(self.clock_error)
    }

    /// Begins an exchange. A tablet may send any beginning of what waits, but not nothing of it; in one
    /// message or several; or ask how much of what it sent before has arrived.
    pub fn begin(&mut self, luck: &mut Luck) {
        let mut edits = self.memory.to_send(wire::MAX_EDITS_UP);
        if !edits.is_empty() && luck.chance(30) {
            edits.truncate(1 + luck.below(edits.len()));
        }
        let replica = &self.memory.replica;
        let requests = if !edits.is_empty() && luck.chance(20) {
            vec![replica.ask_after(&edits, 1 + luck.below(3))]
        } else {
            let size = 1 + luck.below(4);
            let mut messages = edits.chunks(size).peekable();
            let mut requests = Vec::new();
            while let Some(message) = messages.next() {
                let mut request = replica.request(message.to_vec());
                if messages.peek().is_some() {
                    request.cursors.clear();
                }
                requests.push(request);
            }
            if requests.is_empty() {
                requests.push(replica.request(Vec::new()));
            }
            requests
        };
        self.send(requests);
    }

    /// Begins an exchange with everything that waits.
    pub fn begin_with_all(&mut self) {
        self.send(vec![self.memory.request()]);
    }

    fn send(&mut self, mut requests: Vec<Request>) {
        if self.is(Mutation::FormerNamesAreForgotten) {
            requests.iter_mut().for_each(|one| one.former.clear());
        }
        let last = requests.last().expect("there is at least one");
        self.exchange = Some(Exchange {
            asked: Asked::of(last),
            frame: wire::encode_all(&requests),
            answer: None,
        });
        if self.is(Mutation::SentIsDelivered) {
            self.memory.replica.held = self.memory.replica.last_seq;
        }
    }

    /// The browser loses the store; what no server had confirmed was kept elsewhere.
    pub fn lose(&mut self, luck: &mut Luck) {
        let waiting = self.memory.waiting();
        self.owed.extend(waiting);
        let fresh = DeviceId::from_random(luck.bits());
        let trust = self.memory.replica.trust.take();
        self.memory = self.memory.clone().lost(fresh);
        // The server tells it again.
        self.memory.replica.trust = trust;
        self.exchange = None;
        for own in self.memory.replica.former.values_mut() {
            if self.mutation == Some(Mutation::RegainedIsNotSent) {
                own.held = own.last;
            }
            if self.mutation == Some(Mutation::LostIsNotNews) {
                own.regained = None;
            }
        }
    }

    /// Whether what arrived holds an answer.
    pub fn is_answered(&self) -> bool {
        let answer = self
            .exchange
            .as_ref()
            .and_then(|under_way| under_way.answer.as_ref());
        answer.is_some_and(|frame| {
            let mut reader = wire::Reader::<Response>::default();
            reader.feed(frame);
            matches!(reader.next_message(), Ok(Some(_)))
        })
    }

    /// Takes in what arrived. `crashes` is a crash before the transaction has committed. Returns
    /// whether to sync again at once.
    pub fn finish(&mut self, luck: &mut Luck, time: u64, crashes: bool) -> bool {
        let Some(exchange) = self.exchange.take() else {
            return false;
        };
        let frame = exchange.answer.unwrap_or_default();
        // A portal's page is no answer; of a cut body, what is whole counts.
        let mut reader = wire::Reader::<Response>::default();
        reader.feed(&frame);
        let mut asked = exchange.asked;
        let mut again = false;
        while let Ok(Some(mut response)) = reader.next_message() {
            if self.is(Mutation::SeenIsPerFeed) && !crashes {
                self.drop_what_its_feeds_have_passed(&mut response);
            }
            again = self.take(&asked, &response, luck, time, crashes);
            if crashes {
                return false;
            }
            asked.advance(&response);
        }
        again
    }

    fn drop_what_its_feeds_have_passed(&mut self, response: &mut Response) {
        for page in &mut response.pages {
            page.edits.retain(|edit| {
                let key = (page.commune.clone(), edit.id.device);
                let last = self.seen.entry(key).or_default();
                let news = edit.id.seq > *last;
                *last = edit.id.seq.max(*last);
                news
            });
        }
    }

    fn take(
        &mut self,
        asked: &Asked,
        response: &Response,
        luck: &mut Luck,
        time: u64,
        crashes: bool,
    ) -> bool {
        let fresh = DeviceId::from_random(luck.bits());
        let now = self.now(time);
        if self.is(Mutation::SeenIsForgotten) {
            let records = self.memory.records.values_mut();
            records.for_each(|record| record.seen.clear());
        }
        let before = self.memory.clone();
        let mut plan = self.memory.plan(asked, response, fresh, now);
        if crashes {
            if self.is(Mutation::CursorBeforePage) {
                self.memory.replica = plan.replica;
            }
            return false;
        }
        if self.is(Mutation::RenewalForgetsBases) {
            for (edit, old) in plan
                .renewed
                .iter_mut()
                .zip(unheld(&before, plan.replica.last_seq))
            {
                edit.changes = old;
            }
        }
        if self.is(Mutation::RejectedIsShown) && !plan.rejected.is_empty() {
            plan.emptied.clear();
            for (key, record) in &mut plan.records {
                if let Some(shown) = before.shown(key) {
                    record.shown = shown.clone();
                }
            }
        }
        if self.is(Mutation::FormerNamesAreForgotten) {
            for own in plan.replica.former.values_mut() {
                own.held = own.last;
            }
        }
        if self.is(Mutation::ReceiptsAreKept) {
            for (device, receipt) in before.replica.receipts {
                plan.replica.receipts.entry(device).or_insert(receipt);
            }
        }
        let again = self.memory.execute(plan);
        if self.is(Mutation::LogIsPruned) {
            let (device, held) = (self.memory.replica.device, self.memory.replica.held);
            self.memory
                .log
                .retain(|id, _| id.device != device || id.seq > held);
        }
        again
    }
}

/// The changes of the last `count` edits, as they were before a renewal.
fn unheld(before: &MemoryReplica, count: u32) -> impl Iterator<Item = Vec<FieldChange>> {
    let (device, last) = (before.replica.device, before.replica.last_seq);
    let own = before.log.iter().filter(move |(id, _)| id.device == device);
    let changes = own.filter(move |(id, _)| id.seq > last - count);
    changes.map(|(_, edit)| edit.changes.clone())
}
