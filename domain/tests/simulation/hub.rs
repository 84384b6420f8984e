//! The server's shell over plain memory: transactions that crash, backups that are restored.

use crate::luck::Luck;
use crate::mutation::Mutation;
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::access::{Principal, Role};
use thidua_domain::area::{AreaCode, AreaTree};
use thidua_domain::progress::{Tally, TallyKey};
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::review::{ReviewError, Verdict};
use thidua_domain::season::Season;
use thidua_domain::sync::clock::Hlc;
use thidua_domain::sync::edit::{DeviceId, Edit, EditId};
use thidua_domain::sync::hub::{
    self, DeviceRow, FeedRow, HeldEdit, Loaded, Needs, Rules, StandingRow, Writes,
};
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

    /// The answers to one message.
    fn answer_to(
        &mut self,
        account: &str,
        request: Request,
        crash: Crash,
        now: u64,
    ) -> Option<Vec<Response>> {
        let principal = Principal {
            account: account.to_owned(),
            role: Role::CommuneOfficer,
            areas: self.disk.areas[account].clone(),
        };
        let (device, last_seq) = (request.device, request.last_seq);
        let mut cursors: BTreeMap<AreaCode, Cursor> = request.cursors.iter().cloned().collect();
        let mut loaded = self.load(&hub::needs(&request));
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
        let (mut writes, mut reply) = plan;
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
                follow: principal.areas.clone(),
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
        let writes =
            hub::plan_review(rules(), &reviewer, self.own, record, &verdict, time, loaded)?;
        self.apply(writes);
        Ok(())
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
                .filter_map(|code| Some((code.clone(), disk.feeds.get(code)?.last()?.cursor)))
                .collect(),
        }
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
            disk.feeds
                .entry(row.edit.commune.clone())
                .or_default()
                .push(row);
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
    }

    fn pages(
        &self,
        follow: &[AreaCode],
        cursors: &BTreeMap<AreaCode, Cursor>,
        device: DeviceId,
        last_seq: u32,
    ) -> Vec<Page> {
        let mut room = MAX_DOWN;
        let mut pages = Vec::new();
        for commune in follow {
            let feed = self.disk.feeds.get(commune).map_or(&[][..], Vec::as_slice);
            let asked = cursors.get(commune).copied().unwrap_or_default();
            let known = asked == Cursor::default()
                || self.is(Mutation::CursorsAreBelieved)
                || feed.iter().any(|row| row.cursor == asked);
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
                cursor: taken.last().map(|row| row.cursor).unwrap_or_default(),
                more: rest.count() > taken.len(),
                edits: taken
                    .into_iter()
                    .map(|row| row.edit.clone())
                    .filter(|edit| !own(edit))
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
