//! The tablet's side, planned purely: the shell loads what a plan asks for, and executes what it
//! returns in the same transaction.

mod regain;

use super::clock::Hlc;
use super::edit::{DeviceId, Edit, EditDigest, EditId, FieldChange};
use super::state::RecordState;
use super::wire::{
    Cursor, Identity, MAX_EDITS_UP, MAX_FORMER, MAX_SENT, Page, Rejection, Request, Response, Sent,
};
use crate::area::AreaCode;
use crate::receipt::Receipt;
use crate::record::RecordKey;
use crate::trust::Trust;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

pub use regain::{RegainPlan, Regained};

/// Most edits in one message of a body: about a kilobyte on the wire, which is what a cut costs.
pub const MESSAGE_EDITS: usize = 100;
/// A message ends behind so many bytes of texts.
const MESSAGE_TEXT: usize = 16 << 10;
/// Most edits in one body: five thousand entries and that they are handed in.
pub const BODY_EDITS: usize = 10_000;

/// What a replica knows about itself. One for each account on a tablet, so that a second officer's
/// work has an identity and an outbox of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replica {
    /// Its identity.
    pub device: DeviceId,
    /// Identities it had before, which another installation has too or took over.
    pub former: BTreeMap<DeviceId, Former>,
    /// The account that writes here.
    pub account: String,
    /// The last number given to an edit.
    pub last_seq: u32,
    /// The server holds the edits up to this number; those after it are the outbox. Goes back when the
    /// server was restored from a backup.
    pub held: u32,
    /// The server has once said of the edits up to this number what became of them. Never goes back.
    pub confirmed: u32,
    /// Last reading of the clock.
    pub clock: Hlc,
    /// How far each commune's feed has been read.
    pub cursors: BTreeMap<AreaCode, Cursor>,
    /// Highest number seen of each other device in each feed, as programs noted it that only ever read feeds
    /// from end to end. Never written any more; see [`LocalRecord::seen`].
    pub seen: BTreeMap<AreaCode, BTreeMap<DeviceId, u32>>,
    /// Communes to follow.
    pub follow: Vec<AreaCode>,
    /// The account that writes on each other device, as far as the feeds have told: a conflict says
    /// who wrote the other value.
    #[serde(default)]
    pub authors: BTreeMap<DeviceId, String>,
    /// What it was given at sign-in to know its server by.
    #[serde(default)]
    pub trust: Option<Trust>,
    /// What the server has signed for: the furthest genuine receipt of each identity.
    #[serde(default)]
    pub receipts: BTreeMap<DeviceId, Receipt>,
}

/// An identity a replica had before. Its edits stay in the log: a server that was restored from a
/// backup may ask for them again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// The last number that was this replica's own; what comes after it is another installation's.
    pub last: u32,
    /// The server holds the edits up to this number.
    pub held: u32,
    /// If the store that the edits were made in was lost, which of them are here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regained: Option<Regained>,
}

impl Former {
    /// An identity given up when everything up to `last` was held.
    fn given_up(last: u32) -> Self {
        Self {
            last,
            held: last,
            regained: None,
        }
    }

    /// Whether there is something to send. A server that was restored from a backup may lack edits that
    /// went with a lost store, and takes nothing behind them under this name.
    pub(super) fn has_more(&self) -> bool {
        let first = self.regained.map_or(0, |regained| regained.after);
        (first..self.last).contains(&self.held)
    }

    /// Whether an edit of this number is merged here without a feed.
    fn knows(&self, seq: u32) -> bool {
        let first = self.regained.map_or(0, |regained| regained.after);
        (first + 1..=self.last).contains(&seq)
    }
}

/// A record as a replica stores it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalRecord {
    /// With everything entered here: what the screens show.
    #[serde(flatten)]
    pub shown: RecordState,
    /// Without the edits of which the server has not yet said what became of them; absent where there
    /// are none. From it the record is made anew when an edit was not taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<RecordState>,
    /// The last edit merged here of each other device. A record stands in one feed for good, and a device's
    /// edits in the order in which it made them: what is told again is known by its number, whatever part of
    /// the feed the tablet is shown and however often it reads it from the start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<EditId>,
}

impl LocalRecord {
    /// A record that is nowhere yet.
    pub fn new(commune: AreaCode) -> Self {
        Self {
            shown: RecordState::new(commune),
            confirmed: None,
            seen: Vec::new(),
        }
    }

    /// The record after an edit was made here.
    #[must_use]
    pub fn edited(self, shown: RecordState) -> Self {
        Self {
            confirmed: self.confirmed.or(Some(self.shown)),
            shown,
            seen: self.seen,
        }
    }

    /// What is certain of it.
    fn into_certain(self) -> Self {
        Self {
            shown: self.confirmed.unwrap_or(self.shown),
            confirmed: None,
            seen: self.seen,
        }
    }

    /// Whether an edit of another device has been merged here.
    fn has_seen(&self, id: EditId) -> bool {
        let own = self.seen.iter().find(|last| last.device == id.device);
        own.is_some_and(|last| id.seq <= last.seq)
    }

    /// Whether an edit of another device has not been merged here, and notes that it is now.
    fn is_news(&mut self, id: EditId) -> bool {
        match self.seen.iter_mut().find(|last| last.device == id.device) {
            Some(last) if id.seq <= last.seq => false,
            Some(last) => {
                last.seq = id.seq;
                true
            }
            None => {
                self.seen.push(id);
                true
            }
        }
    }
}

/// What a local edit does.
#[derive(Clone, Debug)]
pub struct EditPlan {
    /// The replica afterwards.
    pub replica: Replica,
    /// The edit, for the outbox.
    pub edit: Edit,
    /// The record as shown afterwards.
    pub state: RecordState,
}

/// The request an answer belongs to, as far as taking the answer in depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    device: DeviceId,
    cursors: BTreeMap<AreaCode, Cursor>,
}

impl Asked {
    /// What to remember of a request.
    pub fn of(request: &Request) -> Self {
        Self {
            device: request.device,
            cursors: request.cursors.iter().cloned().collect(),
        }
    }

    /// As if `replica` had asked for what somebody else carried to the server.
    pub(super) fn by_courier(replica: &Replica, device: DeviceId) -> Self {
        Self {
            device,
            cursors: replica.cursors.clone(),
        }
    }

    /// The first answer of a body was taken in; the next goes on behind it.
    pub fn advance(&mut self, response: &Response) {
        let pages = response.pages.iter();
        self.cursors
            .extend(pages.map(|page| (page.commune.clone(), page.cursor)));
    }
}

/// What [`Replica::plan_answer`] wants loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Own edits, by identity and number.
    pub edits: Vec<(DeviceId, RangeInclusive<u32>)>,
    /// Whether all records are wanted, and not only those that [`Wanted::records`] names.
    pub all_records: bool,
}

impl Wanted {
    /// The records that are wanted, given the edits of [`Wanted::edits`].
    pub fn records(response: &Response, edits: &[Edit]) -> BTreeSet<RecordKey> {
        let pages = response.pages.iter().flat_map(|page| &page.edits);
        pages
            .chain(edits.iter().filter(|edit| edit.id.seq <= response.held))
            .map(|edit| edit.record.clone())
            .collect()
    }
}

/// What a server's answer does.
#[derive(Clone, Debug)]
pub struct AnswerPlan {
    /// The replica afterwards.
    pub replica: Replica,
    /// Records that changed, in their new state.
    pub records: BTreeMap<RecordKey, LocalRecord>,
    /// Records of which nothing is left: all there was of them was not taken.
    pub emptied: BTreeSet<RecordKey>,
    /// Own edits the server did not take, with the identity they were made under.
    pub rejected: Vec<(EditId, Rejection)>,
    /// Edits to write to the log under the replica's present identity.
    pub renewed: Vec<Edit>,
    /// Whether to sync again at once: there is more on either side.
    pub again: bool,
}

impl Replica {
    /// A new replica. `device` comes from the shell's source of randomness.
    pub fn new(device: DeviceId, account: String, follow: Vec<AreaCode>) -> Self {
        Self {
            device,
            former: BTreeMap::new(),
            account,
            last_seq: 0,
            held: 0,
            confirmed: 0,
            clock: Hlc::default(),
            cursors: BTreeMap::new(),
            seen: BTreeMap::new(),
            follow,
            authors: BTreeMap::new(),
            trust: None,
            receipts: BTreeMap::new(),
        }
    }

    /// Whether edits of a device were made on this tablet, under its present identity or a former one.
    pub fn is_own(&self, device: DeviceId) -> bool {
        device == self.device || self.former.contains_key(&device)
    }

    /// How many edits wait to be sent.
    pub fn waiting(&self) -> u32 {
        let former: u32 = self.former.values().map(|own| own.last - own.held).sum();
        self.last_seq - self.held + former
    }

    /// Plans an edit of one record. `None` if nothing would change.
    pub fn plan_edit(
        &self,
        record: &RecordKey,
        state: &RecordState,
        changes: Vec<FieldChange>,
        now_ms: u64,
    ) -> Option<EditPlan> {
        if changes.is_empty() {
            return None;
        }
        let mut replica = self.clone();
        replica.clock = self.clock.tick(now_ms);
        replica.last_seq += 1;
        let edit = Edit {
            id: EditId {
                device: self.device,
                seq: replica.last_seq,
            },
            time: replica.clock,
            author: self.account.clone(),
            commune: state.commune.clone(),
            record: record.clone(),
            changes,
        };
        let mut state = state.clone();
        state.apply(&edit);
        Some(EditPlan {
            replica,
            edit,
            state,
        })
    }

    /// The edits that wait, by the identity they were made under.
    pub fn outbox(&self) -> Vec<(DeviceId, RangeInclusive<u32>)> {
        let former = self.former.iter();
        former
            .map(|(device, own)| (*device, own.held + 1..=own.last))
            .chain([(self.device, self.held + 1..=self.last_seq)])
            .filter(|(_, numbers)| !numbers.is_empty())
            .collect()
    }

    /// Edits to send next, at most so many: the identity they were made under, and their numbers. The
    /// shell loads these from its log; there may be none.
    pub fn to_send(&self, most: usize) -> (DeviceId, RangeInclusive<u32>) {
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        // A restored server is first told again what it was told under a former name: later edits may
        // be based on it.
        let (device, held, last) = self
            .former
            .iter()
            .find(|(_, own)| own.has_more())
            .map_or((self.device, self.held, self.last_seq), |(device, own)| {
                (*device, own.held, own.last)
            });
        (device, held + 1..=last.min(held.saturating_add(most)))
    }

    /// The one request that carries `edits`, loaded by [`Self::to_send`]: no more than
    /// [`MAX_EDITS_UP`].
    pub fn request(&self, edits: Vec<Edit>) -> Request {
        let (device, _) = self.to_send(1);
        self.request_as(device, edits)
    }

    /// The request that carries `edits` of one of this tablet's identities.
    pub(super) fn request_as(&self, device: DeviceId, edits: Vec<Edit>) -> Request {
        debug_assert!(edits.len() <= MAX_EDITS_UP);
        let last_seq = self
            .former
            .get(&device)
            .map_or(self.last_seq, |own| own.last);
        Request {
            device,
            last_seq,
            former: self.former.keys().copied().take(MAX_FORMER).collect(),
            sent: None,
            edits,
            cursors: self
                .follow
                .iter()
                .filter_map(|commune| Some((commune.clone(), *self.cursors.get(commune)?)))
                .collect(),
        }
    }

    /// The requests of one body that carries `edits`, loaded by [`Self::to_send`]. Each is stored by
    /// itself, so that a cut costs one of them; only the last asks for what is new.
    pub fn requests(&self, edits: Vec<Edit>) -> Vec<Request> {
        let ends = message_ends(&edits, MESSAGE_EDITS);
        let mut edits = edits.into_iter();
        let mut requests: Vec<Request> = Vec::new();
        let mut from = 0;
        for end in ends {
            let mut request = self.request(edits.by_ref().take(end - from).collect());
            from = end;
            if let Some(before) = requests.last_mut() {
                request.cursors = std::mem::take(&mut before.cursors);
            }
            requests.push(request);
        }
        if requests.is_empty() {
            requests.push(self.request(Vec::new()));
        }
        requests
    }

    /// After a body that was cut: the request that asks how much of `edits`, which were in it, has
    /// arrived. `message` is the number of edits in each of its messages.
    pub fn ask_after(&self, edits: &[Edit], message: usize) -> Request {
        let mut request = self.request(Vec::new());
        let ends = message_ends(edits, message);
        let mut check = EditDigest::default();
        let mut from = 0;
        request.sent = edits.first().map(|first| Sent {
            first: first.id.seq,
            ends: ends
                .into_iter()
                .take(MAX_SENT)
                .map(|end| {
                    let stretch = &edits[from..end];
                    from = end;
                    check = stretch
                        .iter()
                        .fold(check, |check, edit| check.chain(edit.digest()));
                    (edits[end - 1].id.seq, check)
                })
                .collect(),
        });
        request
    }

    /// What [`Self::plan_answer`] wants loaded for an answer.
    pub fn wanted(&self, asked: &Asked, response: &Response) -> Wanted {
        let renewal = renewal(response);
        let edits = self.unconfirmed().map(|(device, numbers)| {
            let common = renewal.filter(|_| device == asked.device);
            let before = numbers.start() - 1;
            let first = common.map_or(before, |common| common.min(before)) + 1;
            (device, first..=*numbers.end())
        });
        let mut edits: Vec<_> = edits.collect();
        if let Some(common) = renewal.filter(|_| self.confirmed == self.last_seq)
            && asked.device == self.device
        {
            edits.push((self.device, common + 1..=self.last_seq));
        }
        Wanted {
            edits,
            all_records: renewal.is_some(),
        }
    }

    /// Plans what an answer does, given the own edits and the records of [`Self::wanted`] as stored now.
    /// Edits made since the request left are untouched: they have higher numbers. `fresh` is an identity
    /// nobody has, for when the answer asks for another.
    pub fn plan_answer(
        &self,
        asked: &Asked,
        response: &Response,
        own: Vec<Edit>,
        records: BTreeMap<RecordKey, LocalRecord>,
        fresh: DeviceId,
        now_ms: u64,
    ) -> AnswerPlan {
        if let Some(former) = self.former.get(&asked.device) {
            return match former.regained {
                None => self.plan_former(asked.device, *former, response),
                Some(regained) => {
                    let former = (asked.device, *former, regained);
                    self.plan_regained(former, response, own, records)
                }
            };
        }
        if asked.device != self.device {
            // Another tab has changed the identity meanwhile; the next request speaks of the new one.
            return self.unchanged();
        }
        let settled = renewal(response)
            .unwrap_or(response.held)
            .min(self.last_seq);
        let mut plan = self.unchanged();
        plan.rejected = rejected(asked.device, response);
        let replica = &mut plan.replica;
        replica.note_former(response);
        replica.confirmed = self.confirmed.max(settled);
        // A smaller number than before means the server was restored from a backup: what it has
        // forgotten is in the log and goes out again.
        replica.held = settled;
        replica.forget_receipts();

        let mut merged = Merge::new(records);
        merged.settle(&own, self.device, self.confirmed + 1..=settled, response);
        for page in &response.pages {
            // Another tab has read on meanwhile: this page may leave a gap, and comes again.
            if replica.cursors.get(&page.commune) != asked.cursors.get(&page.commune) {
                plan.again = true;
                continue;
            }
            for edit in &page.edits {
                if !replica.has_seen(&page.commune, edit.id) && merged.is_news(page, edit) {
                    replica.clock = replica.clock.observe(edit.time, now_ms);
                    replica.note_author(edit);
                    merged.apply(edit);
                }
            }
            replica.cursors.insert(page.commune.clone(), page.cursor);
            plan.again |= page.more;
        }
        if replica.follow != response.follow {
            plan.again = true;
            replica.follow.clone_from(&response.follow);
        }
        let waiting = own
            .iter()
            .filter(|edit| plan.replica.is_unconfirmed(edit.id));
        match renewal(response) {
            None => plan.records = merged.finish(waiting),
            Some(common) => {
                plan.records = merged.finish_all(waiting);
                let common = common.min(self.last_seq);
                let fresh = successor(self.device, common, &own).unwrap_or(fresh);
                plan.renew(self.device, common, fresh, own);
            }
        }
        plan.empty();
        plan.again |= !plan.replica.outbox().is_empty();
        plan
    }

    /// An answer that leaves everything as it is.
    fn unchanged(&self) -> AnswerPlan {
        AnswerPlan {
            replica: self.clone(),
            records: BTreeMap::new(),
            emptied: BTreeSet::new(),
            rejected: Vec::new(),
            renewed: Vec::new(),
            again: false,
        }
    }

    /// An answer to edits sent again under a former identity. The server has judged them before, and
    /// what it said then is in the records.
    fn plan_former(&self, device: DeviceId, former: Former, response: &Response) -> AnswerPlan {
        let mut plan = self.unchanged();
        plan.rejected = rejected(device, response);
        plan.replica.note_former(response);
        let held = response.held.min(former.last);
        let last = match renewal(response) {
            // The other installation has gone on; nothing is in dispute but what comes after `common`.
            Some(common) => common.min(former.last),
            None => former.last,
        };
        let now = Former {
            held,
            last,
            ..former
        };
        plan.replica.former.insert(device, now);
        plan.replica.forget_receipts();
        plan.again = true;
        plan
    }

    /// An answer to edits taken back from elsewhere: the server judges them now, and the records here are
    /// without them until it has.
    fn plan_regained(
        &self,
        (device, former, regained): (DeviceId, Former, Regained),
        response: &Response,
        mut own: Vec<Edit>,
        records: BTreeMap<RecordKey, LocalRecord>,
    ) -> AnswerPlan {
        let mut plan = self.unchanged();
        plan.rejected = rejected(device, response);
        let replica = &mut plan.replica;
        replica.note_former(response);
        let common = renewal(response).map(|common| common.min(former.last));
        let settled = common.unwrap_or(response.held).min(former.last);
        let mut merged = Merge::new(records);
        merged.settle(&own, device, regained.confirmed + 1..=settled, response);
        if let Some(common) = common {
            // Another installation has gone on under this name: what is not its own is written anew.
            let names = replica.rename_regained(device, common, &own);
            for edit in &mut own {
                if edit.rename(&names) {
                    merged.touch(&edit.record, &edit.commune);
                    plan.renewed.push(edit.clone());
                }
            }
        }
        let now = Former {
            last: common.unwrap_or(former.last),
            held: settled,
            regained: Some(Regained {
                confirmed: regained.confirmed.max(settled),
                ..regained
            }),
        };
        replica.former.insert(device, now);
        let waiting = own
            .iter()
            .filter(|edit| plan.replica.is_unconfirmed(edit.id));
        plan.records = merged.finish(waiting);
        plan.empty();
        // Where the server takes no more of it, asking again would go on for ever.
        plan.again = now != former || plan.replica.to_send(1).0 != device;
        plan
    }

    /// Devices are few, and most edits come from one that is known.
    fn note_author(&mut self, edit: &Edit) {
        let known = self.authors.get(&edit.id.device);
        if known != Some(&edit.author) {
            self.authors.insert(edit.id.device, edit.author.clone());
        }
    }

    fn note_former(&mut self, response: &Response) {
        let known: BTreeMap<DeviceId, u32> = response.former_held.iter().copied().collect();
        for (device, own) in self.former.iter_mut().take(MAX_FORMER) {
            // What was taken back is sent even where the server has it: it then says what it did not take.
            let most = own.regained.map_or(own.last, |it| it.confirmed);
            own.held = known.get(device).copied().unwrap_or(0).min(most);
        }
        self.forget_receipts();
    }

    /// Whether an edit in a feed was made here, or was seen by a program that kept account of whole feeds.
    fn has_seen(&self, feed: &AreaCode, id: EditId) -> bool {
        let own = id.device == self.device && id.seq <= self.last_seq;
        let former = self.former.get(&id.device);
        let known = former.is_some_and(|former| former.knows(id.seq));
        let whole = self.seen.get(feed).and_then(|seen| seen.get(&id.device));
        own || known || whole.is_some_and(|last| id.seq <= *last)
    }
}

/// Records while an answer is merged: everything that is certain first, then what waits on top.
struct Merge {
    stored: BTreeMap<RecordKey, LocalRecord>,
    certain: BTreeMap<RecordKey, LocalRecord>,
}

impl Merge {
    fn new(stored: BTreeMap<RecordKey, LocalRecord>) -> Self {
        Self {
            stored,
            certain: BTreeMap::new(),
        }
    }

    /// The record, whose feed is that of `commune` if nothing is known of it.
    fn touch(&mut self, record: &RecordKey, commune: &AreaCode) -> &mut LocalRecord {
        let stored = &mut self.stored;
        self.certain
            .entry(record.clone())
            .or_insert_with(|| match stored.remove(record) {
                Some(record) => record.into_certain(),
                None => LocalRecord::new(commune.clone()),
            })
    }

    /// Whether an edit of a page has not been merged, and notes that it is now.
    fn is_news(&mut self, page: &Page, edit: &Edit) -> bool {
        // A feed that is read again touches nothing that it has nothing new for.
        let stored = self.stored.get(&edit.record);
        if stored.is_some_and(|record| record.has_seen(edit.id)) {
            return false;
        }
        self.touch(&edit.record, &page.commune).is_news(edit.id)
    }

    fn apply(&mut self, edit: &Edit) {
        self.touch(&edit.record, &edit.commune).shown.apply(edit);
    }

    /// The server has said what became of these own edits of a device.
    fn settle(
        &mut self,
        own: &[Edit],
        device: DeviceId,
        numbers: RangeInclusive<u32>,
        response: &Response,
    ) {
        let refused: BTreeSet<u32> = response.rejected.iter().map(|one| one.seq).collect();
        let settled = |edit: &&Edit| edit.id.device == device && numbers.contains(&edit.id.seq);
        for edit in own.iter().filter(settled) {
            self.touch(&edit.record, &edit.commune);
            if !refused.contains(&edit.id.seq) {
                self.apply(edit);
            }
        }
    }

    /// The records touched, with the edits that wait on top of them.
    fn finish<'a>(
        self,
        waiting: impl Iterator<Item = &'a Edit>,
    ) -> BTreeMap<RecordKey, LocalRecord> {
        let mut records = self.certain;
        for edit in waiting {
            if let Some(record) = records.get_mut(&edit.record) {
                if record.confirmed.is_none() {
                    record.confirmed = Some(record.shown.clone());
                }
                record.shown.apply(edit);
            }
        }
        records
    }

    /// As [`Merge::finish`], of all records that were loaded.
    fn finish_all<'a>(
        mut self,
        waiting: impl Iterator<Item = &'a Edit>,
    ) -> BTreeMap<RecordKey, LocalRecord> {
        for (key, record) in std::mem::take(&mut self.stored) {
            self.certain.insert(key, record.into_certain());
        }
        self.finish(waiting)
    }
}

impl AnswerPlan {
    /// Names the records of which nothing is left.
    fn empty(&mut self) {
        let emptied = |record: &LocalRecord| record.shown.fields.is_empty();
        self.emptied = self
            .records
            .extract_if(.., |_, record| emptied(record))
            .map(|(key, _)| key)
            .collect();
    }

    /// Goes on under the identity `fresh`: edits after `common` are written anew as its own, and every
    /// mention of the old ones with them.
    fn renew(&mut self, old: DeviceId, common: u32, fresh: DeviceId, own: Vec<Edit>) {
        let own = own.into_iter().filter(|edit| edit.id.device == old);
        let mut renewed: Vec<Edit> = own.filter(|edit| edit.id.seq > common).collect();
        let names: BTreeMap<EditId, EditId> = renewed
            .iter()
            .map(|edit| {
                let seq = edit.id.seq - common;
                let device = fresh;
                (edit.id, EditId { device, seq })
            })
            .collect();
        for edit in &mut renewed {
            edit.rename(&names);
        }
        self.renewed = renewed;
        let renamed = |id: EditId| names.get(&id).copied().unwrap_or(id);
        for record in self.records.values_mut() {
            for state in std::iter::once(&mut record.shown).chain(&mut record.confirmed) {
                for register in state.fields.values_mut() {
                    register.rename(renamed);
                }
            }
        }
        let replica = &mut self.replica;
        replica.former.insert(old, Former::given_up(common));
        replica.device = fresh;
        replica.held = 0;
        replica.confirmed = replica.confirmed.saturating_sub(common);
        replica.last_seq -= common;
        // What the other installation writes after `common` is news, and was passed over as our own.
        replica.cursors.clear();
        replica.forget_receipts();
        self.again = true;
    }
}

/// The identity to take on in place of another after `common`. It follows from the first edit that is written
/// anew: two clones with the same edits waiting give them the same names, and so deliver them once.
fn successor(device: DeviceId, common: u32, own: &[Edit]) -> Option<DeviceId> {
    let first = own
        .iter()
        .find(|edit| edit.id.device == device && edit.id.seq > common)?;
    let bits = EditDigest(device.0).chain(first.digest()).0;
    Some(DeviceId::from_random(bits))
}

/// Where messages end: behind `most` edits, or sooner where these have much to say.
pub(super) fn message_ends(edits: &[Edit], most: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let (mut count, mut text) = (0, 0);
    for (index, edit) in edits.iter().enumerate() {
        let texts = edit
            .changes
            .iter()
            .filter_map(|change| change.value.as_text());
        text += texts.map(str::len).sum::<usize>();
        count += 1;
        if count == most || text >= MESSAGE_TEXT || index + 1 == edits.len() {
            ends.push(index + 1);
            (count, text) = (0, 0);
        }
    }
    ends
}

fn rejected(device: DeviceId, response: &Response) -> Vec<(EditId, Rejection)> {
    response
        .rejected
        .iter()
        .map(|rejection| {
            let seq = rejection.seq;
            (EditId { device, seq }, *rejection)
        })
        .collect()
}

/// Whether an answer asks for a new identity, and from which number on.
fn renewal(response: &Response) -> Option<u32> {
    match response.identity {
        Identity::Keep => None,
        Identity::Renew { common } => Some(common),
    }
}
