//! A tablet's body, taken message by message as the server does, and what is told in return.

use super::{Crash, Hub, rules};
use crate::mutation::Mutation;
use std::collections::BTreeMap;
use thidua_domain::area::AreaCode;
use thidua_domain::place;
use thidua_domain::sync::edit::{DeviceId, Edit};
use thidua_domain::sync::hub::{self, FeedPlaces, FeedRow, View};
use thidua_domain::sync::wire::{self, Cursor, Identity, Page, Rejection, Request, Response};

/// Most edits in an answer: few, so that feeds come in pages.
const MAX_DOWN: usize = 6;
/// Most answers in a body.
const MAX_ANSWERS: usize = 3;

impl Hub {
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
    pub(super) fn answer_to(
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
        if self.is(Mutation::PartsAreSkipped) && writes.feed.len() > 2 {
            writes.parts.clear();
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

    pub(super) fn pages(
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

    /// The feeds to follow for these communes: their own, and those with what has come from others.
    pub(super) fn follow(&self, areas: &[AreaCode]) -> Vec<AreaCode> {
        let mut follow = areas.to_vec();
        for row in self.disk.places.values() {
            if areas.contains(&row.commune) && !follow.contains(&row.feed) {
                follow.push(row.feed.clone());
            }
        }
        follow
    }

    pub(super) fn view(&self, feed: &AreaCode, areas: &[AreaCode]) -> View {
        let rows = self.disk.places.iter().filter(|(_, row)| row.feed == *feed);
        let places: BTreeMap<_, _> = rows
            .clone()
            .map(|(id, row)| (*id, row.commune.clone()))
            .collect();
        let last = rows.map(|(_, row)| row.number).max().unwrap_or(0);
        let readable = areas.iter().cloned().collect();
        View::of(feed, FeedPlaces { places, last }, &readable)
    }
}
