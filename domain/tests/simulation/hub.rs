//! The server's shell over plain memory: transactions that crash, backups that are restored.

use crate::courier;
use crate::luck::Luck;
use crate::mutation::Mutation;
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::access::{Principal, Role};
use thidua_domain::area::{AreaCode, AreaTree};
use thidua_domain::place;
use thidua_domain::progress::{Tally, TallyKey};
use thidua_domain::receipt::Receipt;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::review::{ReviewError, Verdict};
use thidua_domain::season::Season;
use thidua_domain::sync::carried::CarriedAnswer;
use thidua_domain::sync::clock::Hlc;
use thidua_domain::sync::edit::{DeviceId, Edit, EditDigest, EditId};
use thidua_domain::sync::hub::{
    self, Decided, Decision, DeviceRow, FeedPlaces, FeedRow, Handover, HandoverError, HeldEdit,
    KeptEdit, Loaded, MoreFeeds, Needs, Outcome, PlaceRow, PushPlan, Rules, StandingRow, View,
    Writes,
};
use thidua_domain::sync::memory::MemoryReplica;
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::{
    self, Cursor, Identity, Page, RejectReason, Rejection, Request, Response,
};

/// Most edits in an answer: few, so that feeds come in pages.
const MAX_DOWN: usize = 6;
/// Most answers in a body.
const MAX_ANSWERS: usize = 3;

pub fn rules() -> Rules {
    Rules {
        tree: AreaTree::embedded(),
        season: Season::directive_2022(),
    }
}

/// What is on the server's disk.
#[derive(Clone, Default)]
struct Disk {
    areas: BTreeMap<String, Vec<AreaCode>>,
    devices: BTreeMap<DeviceId, DeviceRow>,
    records: BTreeMap<SubjectId, BTreeMap<RecordKey, RecordState>>,
    feeds: BTreeMap<AreaCode, Vec<FeedRow>>,
    held: BTreeMap<EditId, HeldEdit>,
    rejected: BTreeMap<EditId, (Edit, RejectReason)>,
    tallies: BTreeMap<TallyKey, Tally>,
    places: BTreeMap<SubjectId, PlaceRow>,
    handovers: BTreeMap<EditId, (Handover, Option<Decided>)>,
}

/// Where the server crashes while it takes a transaction.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Crash {
    No,
    BeforeCommit,
    AfterCommit,
}

pub struct Hub {
    disk: Disk,
    backup: Disk,
    /// The hub's own identity, another after each start.
    own: DeviceId,
    mutation: Option<Mutation>,
    /// Edits taken from accounts that may not edit where the record's subject lived.
    pub trespasses: u64,
}

impl Hub {
    pub fn new(areas: BTreeMap<String, Vec<AreaCode>>, mutation: Option<Mutation>) -> Self {
        let disk = Disk {
            areas,
            ..Disk::default()
        };
        Self {
            backup: disk.clone(),
            disk,
            own: DeviceId::from_random(1 << 40),
            mutation,
            trespasses: 0,
        }
    }

    pub fn back_up(&mut self) {
        self.backup = self.disk.clone();
    }

    pub fn restore(&mut self) {
        self.disk = self.backup.clone();
        self.own = DeviceId::from_random(self.own.0 + 1);
    }

    pub fn assign(&mut self, account: &str, areas: Vec<AreaCode>) {
        self.disk.areas.insert(account.to_owned(), areas);
    }

    fn is(&self, mutation: Mutation) -> bool {
        self.mutation == Some(mutation)
    }

    /// Answers a body as the server does: each message is a transaction of its own, taken as soon as it is
    /// there. `None` is an error answer or no answer at all.
    pub fn answer(
        &mut self,
        account: &str,
        body: &[u8],
        crash: Crash,
        now: u64,
    ) -> Option<Vec<u8>> {
        let mut reader = wire::Reader::<Request>::default();
        reader.feed(body);
        let mut answers = Vec::new();
        // Which of the messages it is that the server crashes over.
        let mut until_crash = now % 3;
        while let Some(request) = reader.next_message().ok()? {
            if request.edits.iter().any(|edit| edit.author != account) {
                return None;
            }
            let ends = reader.unread() == 0;
            let crash = if ends || until_crash == 0 {
                crash
            } else {
                Crash::No
            };
            until_crash = until_crash.saturating_sub(1);
            let answer = self.answer_to(account, request, crash, now)?;
            let last = answer[0].identity != Identity::Keep;
            let rejected: Vec<Rejection> = answers
                .drain(..)
                .flat_map(|before: Response| before.rejected)
                .collect();
            answers = answer;
            answers[0].rejected.splice(..0, rejected);
            if last {
                break;
            }
        }
        let cut = !answers
            .iter()
            .any(|answer| answer.identity != Identity::Keep);
        if cut && reader.finish().is_err() {
            return None;
        }
        Some(wire::encode_all(&answers))
    }

    /// Takes a bundle that somebody carried here; the answer to each device.
    pub fn import(
        &mut self,
        account: &str,
        requests: Vec<Request>,
        crash: Crash,
        now: u64,
    ) -> Vec<CarriedAnswer> {
        let principal = self.principal(account);
        let mut answers: BTreeMap<DeviceId, CarriedAnswer> = BTreeMap::new();
        let plan: PushPlan = match self.is(Mutation::LateIsAClone) {
            true => hub::plan_push,
            false => hub::plan_carried,
        };
        for request in requests {
            let device = request.device;
            let loaded = self.load_for(&principal, &request);
            let (writes, reply) =
                plan(rules(), &principal, request, loaded).expect("all feeds were loaded");
            if crash == Crash::BeforeCommit {
                return Vec::new();
            }
            self.apply(writes);
            let before = answers.remove(&device);
            let mut rejected = before.map_or(Vec::new(), |before| before.response.rejected);
            rejected.extend(&reply.rejected);
            let receipt = match reply.identity {
                Identity::Keep => self.receipt(account, device, reply.held, now),
                Identity::Renew { .. } => None,
            };
            let response = Response {
                held: reply.held,
                rejected,
                former_held: reply.former_held,
                identity: reply.identity,
                follow: Vec::new(),
                pages: Vec::new(),
                server_time: now,
            };
            answers.insert(
                device,
                CarriedAnswer {
                    device,
                    response,
                    receipt,
                },
            );
        }
        match crash {
            Crash::AfterCommit => Vec::new(),
            _ => answers.into_values().collect(),
        }
    }

    /// What the plan of a push needs, with the feeds that it turns out to append to.
    fn load_for(&self, principal: &Principal, request: &Request) -> Loaded {
        let mut needs = hub::needs(request);
        let tried = hub::plan_push(rules(), principal, request.clone(), self.load(&needs));
        if let Err(MoreFeeds(more)) = tried {
            needs.communes.extend(more);
        }
        self.load(&needs)
    }

    fn principal(&self, account: &str) -> Principal {
        Principal {
            account: account.to_owned(),
            role: Role::CommuneOfficer,
            areas: self.disk.areas[account].clone(),
        }
    }

    /// Signs for what a tablet asks about.
    pub fn receipts(&self, account: &str, wanted: &[(DeviceId, u32)], now: u64) -> Vec<Receipt> {
        let wanted = wanted.iter();
        wanted
            .filter_map(|(device, until)| self.receipt(account, *device, *until, now))
            .collect()
    }

    fn receipt(&self, account: &str, device: DeviceId, until: u32, now: u64) -> Option<Receipt> {
        let row = self.disk.devices.get(&device)?;
        let (mut last, mut check) = (0, EditDigest::default());
        while last < until
            && let Some(held) = self.disk.held.get(&EditId {
                device,
                seq: last + 1,
            })
        {
            last += 1;
            check = check.chain(held.digest);
        }
        let said = (last, check);
        (row.account == account && last > 0)
            .then(|| Receipt::write(&courier::signer(), account, device, said, now))
    }

    /// How many edits a tablet has a receipt for that are not held, or held with other content.
    pub fn lacks(&self, memory: &MemoryReplica) -> u64 {
        let signed = memory
            .log
            .iter()
            .filter(|(id, _)| memory.replica.is_receipted(**id));
        let lacking = signed.filter(|(id, edit)| {
            let held = self.disk.held.get(id);
            held.is_none_or(|held| held.digest != edit.digest())
        });
        lacking.count() as u64
    }

    /// The answers to one message.
    fn answer_to(
        &mut self,
        account: &str,
        request: Request,
        crash: Crash,
        now: u64,
    ) -> Option<Vec<Response>> {
        let principal = self.principal(account);
        let (device, last_seq) = (request.device, request.last_seq);
        let mut cursors: BTreeMap<AreaCode, Cursor> = request.cursors.iter().cloned().collect();
        let mut loaded = self.load_for(&principal, &request);
        if self.is(Mutation::MovesAreOverlooked) {
            loaded.records.retain(|key, _| !place::is_place(key));
        }
        let mut believed = None;
        if self.is(Mutation::SentIsBelieved)
            && let Some(sent) = &request.sent
        {
            // As if every stretch that is held were the one that was sent.
            let ends = sent.ends.iter().map(|(end, _)| *end);
            believed = ends.filter(|end| loaded.held.contains_key(end)).max();
        }
        if self.is(Mutation::RejectionIsSaidOnce) {
            loaded
                .held
                .values_mut()
                .for_each(|held| held.rejected = None);
        }
        if self.is(Mutation::HeldIsForgotten) {
            loaded.device = None;
        }
        if self.is(Mutation::ClonesAreBelieved) {
            loaded.held.clear();
            // Nor does it notice that the device has used fewer numbers than it holds.
            if let Some(row) = &mut loaded.device {
                row.held = row.held.min(last_seq);
            }
        }
        let plan = hub::plan_push(rules(), &principal, request, loaded);
        let (mut writes, mut reply) = plan.expect("all feeds were loaded");
        let trespasses = writes.feed.iter().filter(|row| {
            let lives_in = self.lives_in(row.edit.record.subject());
            lives_in.is_some_and(|place| !principal.areas.contains(&place))
        });
        let trespasses = trespasses.count() as u64;
        if self.is(Mutation::FeedHasGaps) && writes.feed.len() > 2 {
            writes.feed.remove(1);
        }
        if self.is(Mutation::CountsAreSkipped) && writes.feed.len() > 2 {
            writes.tallies.clear();
        }
        if crash == Crash::BeforeCommit {
            if self.is(Mutation::FeedIsNotAtomic) {
                writes.feed.clear();
                self.apply(writes);
            }
            return None;
        }
        self.apply(writes);
        self.trespasses += trespasses;
        if crash == Crash::AfterCommit {
            return None;
        }
        if self.is(Mutation::MoreIsHeldThanSaid) && reply.identity == Identity::Keep {
            reply.held = self.disk.devices[&device].held;
        }
        let pull = self.is(Mutation::TwinsAreNews) && reply.identity == Identity::Keep;
        if let Some(believed) = believed {
            reply.held = believed;
        }
        let mut answers = Vec::new();
        loop {
            let pages = match reply.pull || pull {
                true => self.pages(&principal.areas, &cursors, device, last_seq),
                false => Vec::new(),
            };
            for page in &pages {
                cursors.insert(page.commune.clone(), page.cursor);
            }
            let more = pages.iter().any(|page| page.more);
            answers.push(Response {
                held: reply.held,
                rejected: std::mem::take(&mut reply.rejected),
                former_held: reply.former_held.clone(),
                identity: reply.identity,
                follow: self.follow(&principal.areas),
                pages,
                server_time: now,
            });
            if !more || answers.len() == MAX_ANSWERS {
                return Some(answers);
            }
        }
    }

    /// Takes a reviewer's decision.
    pub fn review(
        &mut self,
        record: &RecordKey,
        verdict: &Verdict,
        now: u64,
    ) -> Result<(), ReviewError> {
        let Some(state) = self.record(record).cloned() else {
            return Err(ReviewError::NotWaiting);
        };
        let mut verdict = verdict.clone();
        if self.is(Mutation::ReviewIsUnbound) {
            verdict.digest = thidua_domain::entry::content_digest(&state);
        }
        let reviewer = Principal {
            account: "so-noi-vu".to_owned(),
            role: Role::ProvinceReviewer,
            areas: vec![rules().tree.province().code.clone()],
        };
        let loaded = self.load(&hub::needs_of_review(self.own, record, &state.commune));
        let time = Hlc::from_millis(now);
        let planned =
            hub::plan_review(rules(), &reviewer, self.own, record, &verdict, time, loaded);
        self.apply(planned.expect("the record's feed was loaded")?);
        Ok(())
    }

    /// An administrator sends subjects to another commune.
    pub fn send(&mut self, subjects: &[SubjectId], from: &AreaCode, to: &AreaCode, now: u64) {
        let administrator = Principal {
            account: "quan-tri".to_owned(),
            role: Role::Administrator,
            areas: vec![rules().tree.province().code.clone()],
        };
        let mut needs = hub::needs_of_move(self.own, subjects, from);
        let now = Hlc::from_millis(now);
        loop {
            let loaded = self.load(&needs);
            let of = (from, to);
            let plan = hub::plan_move(rules(), &administrator, self.own, subjects, of, now, loaded);
            match plan {
                Err(MoreFeeds(more)) => needs.communes.extend(more),
                Ok((mut writes, _)) => {
                    if self.is(Mutation::MovedCountTwice) {
                        writes.tallies.retain(|key, _| key.commune == *to);
                    }
                    return self.apply(writes);
                }
            }
        }
    }

    /// What waits for somebody to decide: by author and record, where it waits.
    pub fn waiting(&self) -> Vec<(String, RecordKey, AreaCode)> {
        let all = self.disk.handovers.values();
        let waiting = all.filter(|(_, decided)| decided.is_none());
        let groups: BTreeSet<_> = waiting
            .map(|(kept, _)| {
                (
                    kept.author.clone(),
                    kept.record.clone(),
                    kept.commune.clone(),
                )
            })
            .collect();
        groups.into_iter().collect()
    }

    /// An officer of `commune` decides about what waits.
    pub fn decide(
        &mut self,
        author: &str,
        record: &RecordKey,
        commune: &AreaCode,
        decision: &Decision,
        now: u64,
    ) {
        let officer = Principal {
            account: "can-bo-moi".to_owned(),
            role: Role::CommuneOfficer,
            areas: vec![commune.clone()],
        };
        let edits: Vec<Edit> = self
            .kept(record)
            .into_iter()
            .map(|kept| kept.edit)
            .collect();
        let mut needs = hub::needs_of_handover(self.own, record, &edits, commune);
        let now = Hlc::from_millis(now);
        loop {
            let mut loaded = self.load(&needs);
            if self.is(Mutation::HandoverForgetsNames) {
                // As if what was taken over were still known by its first name only.
                let names: BTreeSet<EditId> = loaded.kept.iter().map(|kept| kept.edit.id).collect();
                for kept in &mut loaded.kept {
                    for change in &mut kept.edit.changes {
                        change.bases.retain(|base| !names.contains(base));
                    }
                }
            }
            let planned =
                hub::plan_handover(rules(), &officer, self.own, author, decision, now, loaded);
            match planned {
                Err(HandoverError::MoreFeeds(MoreFeeds(more))) => needs.communes.extend(more),
                // Somebody else was first, or the subject has moved on.
                Err(_) => return,
                Ok((writes, _)) => return self.apply(writes),
            }
        }
    }

    /// Edits that were refused and of which the values were taken over.
    pub fn taken_over(&self) -> impl Iterator<Item = &Edit> {
        let all = self.disk.handovers.iter();
        let taken = all.filter(|(_, (_, decided))| {
            decided
                .as_ref()
                .is_some_and(|decided| decided.taken_as.is_some())
        });
        taken.map(|(id, _)| &self.disk.rejected[id].0)
    }

    /// The commune where a subject lives.
    fn lives_in(&self, subject: SubjectId) -> Option<AreaCode> {
        place::lives_in(self.disk.records.get(&subject)?, subject)
    }

    /// The feeds to follow for these communes: their own, and those with what has come from others.
    fn follow(&self, areas: &[AreaCode]) -> Vec<AreaCode> {
        let mut follow = areas.to_vec();
        for row in self.disk.places.values() {
            if areas.contains(&row.commune) && !follow.contains(&row.feed) {
                follow.push(row.feed.clone());
            }
        }
        follow
    }

    fn view(&self, feed: &AreaCode, areas: &[AreaCode]) -> View {
        let rows = self.disk.places.iter().filter(|(_, row)| row.feed == *feed);
        let places: BTreeMap<_, _> = rows
            .clone()
            .map(|(id, row)| (*id, row.commune.clone()))
            .collect();
        let last = rows.map(|(_, row)| row.number).max().unwrap_or(0);
        let readable = areas.iter().cloned().collect();
        View::of(feed, FeedPlaces { places, last }, &readable)
    }

    /// Whether everything that was refused because it was another's is kept for them.
    pub fn keeps_what_it_refuses(&self) -> bool {
        self.disk.rejected.iter().all(|(id, (_, reason))| {
            *reason != RejectReason::NotYourArea || self.disk.handovers.contains_key(id)
        })
    }

    fn load(&self, needs: &Needs) -> Loaded {
        let disk = &self.disk;
        let device = needs.device;
        let (first, last) = needs.seqs.unwrap_or((1, 0));
        Loaded {
            device: disk.devices.get(&device).cloned(),
            held: (first..=last)
                .filter_map(|seq| Some((seq, *disk.held.get(&EditId { device, seq })?)))
                .collect(),
            former: needs
                .former
                .iter()
                .filter_map(|id| Some((*id, disk.devices.get(id)?.clone())))
                .collect(),
            records: needs
                .subjects
                .iter()
                .filter_map(|id| disk.records.get(id))
                .flat_map(|own| own.iter().map(|(key, state)| (key.clone(), state.clone())))
                .collect(),
            feeds: needs
                .communes
                .iter()
                .map(|code| {
                    let last = disk.feeds.get(code).and_then(|feed| feed.last());
                    (code.clone(), last.map(|row| row.cursor).unwrap_or_default())
                })
                .collect(),
            waiting: disk
                .handovers
                .values()
                .filter(|(_, decided)| decided.is_none())
                .map(|(kept, _)| (kept.record.subject(), kept.commune.clone()))
                .filter(|(subject, _)| needs.subjects.contains(subject))
                .collect(),
            kept: needs
                .kept
                .iter()
                .flat_map(|record| self.kept(record))
                .collect(),
        }
    }

    fn kept(&self, record: &RecordKey) -> Vec<KeptEdit> {
        let all = self.disk.handovers.iter();
        let of = all.filter(|(_, (kept, _))| kept.record == *record);
        of.map(|(id, (_, decided))| KeptEdit {
            edit: self.disk.rejected[id].0.clone(),
            outcome: match decided {
                None => Outcome::Waiting,
                Some(decided) => decided.taken_as.map_or(Outcome::Declined, Outcome::Taken),
            },
        })
        .collect()
    }

    fn apply(&mut self, writes: Writes) {
        let disk = &mut self.disk;
        disk.devices.extend(writes.device);
        for (key, state) in writes.records {
            disk.records
                .entry(key.subject())
                .or_default()
                .insert(key, state);
        }
        for row in writes.feed {
            let digest = row.edit.digest();
            let rejected = None;
            disk.held.insert(row.edit.id, HeldEdit { digest, rejected });
            disk.feeds.entry(row.commune.clone()).or_default().push(row);
        }
        for (edit, reason) in writes.rejected {
            let digest = edit.digest();
            let rejected = Some(reason);
            disk.held.insert(edit.id, HeldEdit { digest, rejected });
            disk.rejected.insert(edit.id, (edit, reason));
        }
        for (key, change) in writes.tallies {
            *disk.tallies.entry(key).or_default() += change;
        }
        for (subject, row) in writes.places {
            for (kept, decided) in disk.handovers.values_mut() {
                let about =
                    kept.record.subject() == subject || kept.residential_area == Some(subject);
                if about && decided.is_none() {
                    kept.commune = row.commune.clone();
                }
            }
            disk.places.insert(subject, row);
        }
        if self.mutation != Some(Mutation::KeptForNobody) {
            for kept in writes.handovers {
                disk.handovers.insert(kept.edit, (kept, None));
            }
        }
        for (id, decided) in writes.decided {
            disk.handovers.get_mut(&id).expect("it waited").1 = Some(decided);
        }
    }

    fn pages(
        &self,
        areas: &[AreaCode],
        cursors: &BTreeMap<AreaCode, Cursor>,
        device: DeviceId,
        last_seq: u32,
    ) -> Vec<Page> {
        let mut room = MAX_DOWN;
        let mut pages = Vec::new();
        for commune in &self.follow(areas) {
            let feed = self.disk.feeds.get(commune).map_or(&[][..], Vec::as_slice);
            let view = self.view(commune, areas);
            let told = |cursor| match self.is(Mutation::ViewsAreUnmarked) {
                true => cursor,
                false => view.cursor(cursor),
            };
            let asked = cursors.get(commune).copied().unwrap_or_default();
            let known = asked == Cursor::default()
                || self.is(Mutation::CursorsAreBelieved)
                || feed.iter().any(|row| {
                    let same = row.cursor.number == asked.number;
                    same && view.knows(asked, row.cursor.check)
                });
            let from = if known { asked.number } else { 0 };
            let rest = feed.iter().skip(from as usize);
            let taken: Vec<&FeedRow> = rest.clone().take(room).collect();
            if taken.is_empty() && known {
                continue;
            }
            room -= taken.len();
            let own = |edit: &Edit| edit.id.device == device && edit.id.seq <= last_seq;
            pages.push(Page {
                commune: commune.clone(),
                cursor: taken.last().map(|row| told(row.cursor)).unwrap_or_default(),
                more: rest.count() > taken.len(),
                edits: taken
                    .into_iter()
                    .map(|row| row.edit.clone())
                    .filter(|edit| !own(edit) && view.shows(edit))
                    .collect(),
            });
        }
        pages
    }

    pub fn record(&self, key: &RecordKey) -> Option<&RecordState> {
        self.disk.records.get(&key.subject())?.get(key)
    }

    pub fn records(&self) -> impl Iterator<Item = (&RecordKey, &RecordState)> {
        self.disk.records.values().flatten()
    }

    /// Records of subjects that live in these communes.
    pub fn records_in(
        &self,
        areas: &[AreaCode],
    ) -> impl Iterator<Item = (&RecordKey, &RecordState)> {
        let records = self.disk.records.iter();
        let there = records.filter(|(id, own)| {
            place::lives_in(own, **id).is_some_and(|place| areas.contains(&place))
        });
        there.flat_map(|(_, own)| own)
    }

    /// The communes of an account.
    pub fn areas(&self, account: &str) -> &[AreaCode] {
        &self.disk.areas[account]
    }

    /// All edits in feeds.
    pub fn taken(&self) -> impl Iterator<Item = &Edit> {
        let rows = self.disk.feeds.values().flatten();
        rows.map(|row| &row.edit)
    }

    /// All edits that were not taken.
    pub fn rejected(&self) -> impl Iterator<Item = &Edit> {
        self.disk.rejected.values().map(|(edit, _)| edit)
    }

    /// Whether feeds are numbered without a gap, each with the running digest of what is before it.
    pub fn feeds_are_sound(&self) -> bool {
        self.disk.feeds.values().all(|feed| {
            let mut end = Cursor::default();
            feed.iter().all(|row| {
                end.number += 1;
                end.check = end.check.chain(row.edit.digest());
                row.cursor == end
            })
        })
    }

    /// Whether kept counts are what a recount gives.
    pub fn counts_are_right(&self) -> bool {
        let subjects: BTreeSet<SubjectId> = self.disk.records.keys().copied().collect();
        let mut counted: BTreeMap<TallyKey, Tally> = BTreeMap::new();
        for id in subjects {
            for row in hub::standing_rows(rules(), &self.disk.records[&id], id) {
                let StandingRow {
                    commune,
                    assessment,
                    standing,
                    ..
                } = row;
                let period = rules().season.period;
                let key = TallyKey {
                    commune,
                    assessment,
                    period,
                };
                *counted.entry(key).or_default() += Tally::of(&standing);
            }
        }
        counted.retain(|_, tally| *tally != Tally::default());
        let mut kept = self.disk.tallies.clone();
        kept.retain(|_, tally| *tally != Tally::default());
        kept == counted
    }
}

/// Where a transaction may crash.
pub fn crash(luck: &mut Luck) -> Crash {
    match luck.below(12) {
        0 => Crash::BeforeCommit,
        1 => Crash::AfterCommit,
        _ => Crash::No,
    }
}
