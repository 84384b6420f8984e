//! A plan while edits are applied one after another.

use super::{
    FeedRow, Handover, Loaded, MoreFeeds, PlaceRow, Rules, StandingRow, Writes, named_area,
    standing_rows,
};
use crate::access::{self, Action, Authority, Principal};
use crate::area::AreaCode;
use crate::book::{self, Book};
use crate::catalogue::{Assessment, SubjectKind};
use crate::inspection;
use crate::photo;
use crate::place;
use crate::progress::{self, PartKey, Tally};
use crate::record::{FieldName, RecordKey, SubjectId};
use crate::reminder;
use crate::sync::edit::Edit;
use crate::sync::state::RecordState;
use crate::sync::wire::{Cursor, RejectReason};
use crate::target;
use std::collections::{BTreeMap, BTreeSet};

/// State of a plan while edits are applied.
pub(super) struct Work {
    rules: Rules,
    /// By subject, so that an edit costs what its subject holds and not what the whole push loaded.
    records: BTreeMap<SubjectId, BTreeMap<RecordKey, RecordState>>,
    feeds: BTreeMap<AreaCode, Cursor>,
    /// Where edits about subjects are kept and wait.
    waiting: BTreeMap<SubjectId, AreaCode>,
    touched: BTreeSet<SubjectId>,
    changed: BTreeSet<RecordKey>,
    before: BTreeMap<SubjectId, Vec<StandingRow>>,
    /// Feeds that were not loaded and are appended to.
    missing: BTreeSet<AreaCode>,
    pub(super) writes: Writes,
}

impl Work {
    pub(super) fn new(rules: Rules, loaded: Loaded) -> Self {
        let mut records: BTreeMap<SubjectId, BTreeMap<RecordKey, RecordState>> = BTreeMap::new();
        for (key, state) in loaded.records {
            records.entry(key.subject()).or_default().insert(key, state);
        }
        Self {
            rules: rules.as_set(&loaded.settings),
            records,
            feeds: loaded.feeds,
            waiting: loaded.waiting,
            touched: BTreeSet::new(),
            changed: BTreeSet::new(),
            before: BTreeMap::new(),
            missing: BTreeSet::new(),
            writes: Writes::default(),
        }
    }

    pub(super) fn state(&self, record: &RecordKey) -> Option<&RecordState> {
        self.records.get(&record.subject())?.get(record)
    }

    /// The feed that an edit goes into, or why it is not taken.
    pub(super) fn judge(&self, principal: &Principal, edit: &Edit) -> Result<AreaCode, Refusal> {
        if edit.check().is_err() {
            return Err(RejectReason::TooLarge.into());
        }
        if edit.author != principal.account {
            return Err(RejectReason::NotYourAccount.into());
        }
        let servers = |field: &FieldName| access::is_servers(&edit.record, field);
        if edit.changes.iter().any(|change| servers(&change.field)) {
            return Err(RejectReason::ServerField.into());
        }
        let id = edit.record.subject();
        let speaks_of_commune = edit
            .record
            .entry_parts()
            .is_some_and(|(assessment, _)| assessment.subject() == SubjectKind::Commune)
            || edit.record.subject_kind() == Some(SubjectKind::Commune)
            || edit.record.kind() == target::KIND
            || photo::place_of(&edit.record).is_some_and(|place| place.is_of_commune());
        if speaks_of_commune && id != SubjectId::commune(&edit.commune) {
            return Err(RejectReason::WrongCommune.into());
        }
        let theirs = match edit.record.kind() {
            inspection::KIND => id == inspection::subject(&edit.commune),
            reminder::KIND => id == reminder::subject(&edit.commune),
            _ => self.is_known(edit) || Book::may_begin(&edit.record, year(edit), &edit.commune),
        };
        if !theirs {
            return Err(RejectReason::WrongCommune.into());
        }
        let Seat { feed, place, moved } = self.seat(edit);
        if self.may_edit(principal, &place) {
            return Ok(feed);
        }
        // Nothing ever moved: whoever writes takes another commune's subject for their own.
        if !moved && self.may_edit(principal, &edit.commune) {
            return Err(RejectReason::WrongCommune.into());
        }
        Err(Refusal {
            reason: RejectReason::NotYourArea,
            kept_for: Some(place),
        })
    }

    /// Whether there is a record already that the edit is of.
    fn is_known(&self, edit: &Edit) -> bool {
        let own = self.records.get(&edit.record.subject());
        own.is_some_and(|own| own.contains_key(&edit.record))
    }

    /// In whose right an entry of a subject is decided, where the subject lives.
    pub(super) fn authority(
        &self,
        principal: &Principal,
        title: Assessment,
        subject: SubjectId,
    ) -> Option<Authority> {
        let Rules { tree, season, .. } = self.rules;
        let place = place::lives_in(self.records.get(&subject)?, subject)?;
        access::authority(principal, title, &place, tree, season.date)
    }

    pub(super) fn may_edit(&self, principal: &Principal, place: &AreaCode) -> bool {
        let Rules { tree, season, .. } = self.rules;
        access::may(principal, Action::Edit, place, tree, season.date)
    }

    /// Where an edit belongs, whatever commune its writer took it for.
    pub(super) fn seat(&self, edit: &Edit) -> Seat {
        let id = edit.record.subject();
        if let Some(own) = self.records.get(&id).filter(|own| !own.is_empty()) {
            let state = own.get(&edit.record);
            let home = || place::home(own).expect("there is a record");
            let feed = state.map_or_else(home, |state| state.commune.clone());
            let place = place::moved_to(own, id);
            return Seat {
                feed,
                moved: place.is_some(),
                place: place.unwrap_or_else(home),
            };
        }
        // Of a subject that is new, what comes later goes where the first has gone.
        if let Some(place) = self.waiting.get(&id) {
            return Seat {
                feed: place.clone(),
                place: place.clone(),
                moved: true,
            };
        }
        // A subject that is new lives where the residential area has gone to that it is to lie in, or the
        // whole commune.
        let commune = SubjectId::commune(&edit.commune);
        let moved = |id| place::moved_to(self.records.get(&id)?, id);
        let place = named_area(edit).and_then(moved).or_else(|| moved(commune));
        let moved = place.is_some();
        let place = place.unwrap_or_else(|| edit.commune.clone());
        let feed = place.clone();
        Seat { feed, place, moved }
    }

    /// The feed of a subject's records, if it has any.
    pub(super) fn home(&self, id: SubjectId) -> Option<AreaCode> {
        place::home(self.records.get(&id)?)
    }

    /// Keeps an edit for those of another commune to decide about.
    pub(super) fn keep(&mut self, edit: &Edit, commune: AreaCode) {
        let id = edit.record.subject();
        self.waiting.entry(id).or_insert_with(|| commune.clone());
        self.writes.handovers.push(Handover::of(edit, commune));
    }

    /// Takes an edit into a feed.
    pub(super) fn append(&mut self, feed: AreaCode, edit: Edit) {
        let id = edit.record.subject();
        let own = self.records.entry(id).or_default();
        if self.touched.insert(id) {
            let before = standing_rows(self.rules, own, id);
            self.before.insert(id, before);
        }
        let state = own
            .entry(edit.record.clone())
            .or_insert_with(|| RecordState::new(feed.clone()));
        state.apply(&edit);
        let moved = place::is_place(&edit.record).then(|| place::of(state));
        self.changed.insert(edit.record.clone());

        let Some(end) = self.feeds.get_mut(&feed) else {
            self.missing.insert(feed);
            return;
        };
        end.number += 1;
        end.check = end.check.chain(edit.digest());
        let cursor = *end;
        if let Some(commune) = moved.flatten() {
            let row = PlaceRow {
                feed: feed.clone(),
                commune,
                number: cursor.number,
            };
            self.writes.places.insert(id, row);
        }
        let commune = feed;
        self.writes.feed.push(FeedRow {
            commune,
            cursor,
            edit,
        });
    }

    /// What is to be written.
    pub(super) fn finish(mut self) -> Result<Writes, MoreFeeds> {
        if !self.missing.is_empty() {
            return Err(MoreFeeds(self.missing));
        }
        let period = self.rules.season.period;
        let mut parts: BTreeMap<PartKey, Tally> = BTreeMap::new();
        for id in &self.touched {
            for row in &self.before[id] {
                *parts.entry(row.part(period)).or_default() -= Tally::of(&row.standing);
            }
            for row in standing_rows(self.rules, &self.records[id], *id) {
                *parts.entry(row.part(period)).or_default() += Tally::of(&row.standing);
                self.writes.standings.push(row);
            }
        }
        for own in self.records.into_values() {
            let changed = own
                .into_iter()
                .filter(|(key, _)| self.changed.contains(key));
            self.writes.records.extend(changed);
        }
        parts.retain(|_, delta| *delta != Tally::default());
        self.writes.tallies = progress::wholes(&parts);
        self.writes.parts = parts;
        Ok(self.writes)
    }
}

/// Where an edit belongs.
pub(super) struct Seat {
    /// The feed of its record.
    pub(super) feed: AreaCode,
    /// The commune where its subject lives: who may edit there may edit it.
    pub(super) place: AreaCode,
    /// Whether it has ever moved.
    pub(super) moved: bool,
}

/// Why an edit is not taken.
pub(super) struct Refusal {
    pub(super) reason: RejectReason,
    /// The commune that may take it over, if it is kept for that.
    pub(super) kept_for: Option<AreaCode>,
}

impl From<RejectReason> for Refusal {
    fn from(reason: RejectReason) -> Self {
        Self {
            reason,
            kept_for: None,
        }
    }
}

/// The year that an edit names.
fn year(edit: &Edit) -> Option<i64> {
    let named = edit.changes.iter();
    named
        .filter(|change| change.field.as_str() == book::YEAR)
        .find_map(|change| change.value.as_int())
}
