//! The server's side, planned purely. The shell asks [`needs`] what to load, loads it inside one
//! transaction, calls [`plan_push`] or [`plan_review`], and executes the [`Writes`] in that same
//! transaction.

use super::clock::Hlc;
use super::edit::{DeviceId, Edit, EditDigest, EditId};
use super::state::RecordState;
use super::wire::{Cursor, Identity, RejectReason, Rejection, Request, Sent};
use crate::access::{self, Action, Principal};
use crate::area::{AreaCode, AreaTree};
use crate::catalogue::{Assessment, SubjectKind};
use crate::outlier::{self, Signs};
use crate::progress::{self, Standing, Tally, TallyKey};
use crate::record::{FieldName, RecordKey, SubjectId, Value};
use crate::review::{self, ReviewError, Verdict};
use crate::season::Season;
use crate::subject;
use std::collections::{BTreeMap, BTreeSet};

/// What the hub knows of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRow {
    /// The account that uses it.
    pub account: String,
    /// Edits held: all up to this number.
    pub held: u32,
}

/// What the hub keeps of an edit it holds, taken or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldEdit {
    /// Digest of its content.
    pub digest: EditDigest,
    /// Why it was not taken; `None` if it was.
    pub rejected: Option<RejectReason>,
}

/// What a plan wants loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The device.
    pub device: DeviceId,
    /// Numbers of the edits sent.
    pub seqs: Option<(u32, u32)>,
    /// Identities the device had before, of which it asks how far they are held.
    pub former: Vec<DeviceId>,
    /// Subjects of which all records are needed.
    pub subjects: BTreeSet<SubjectId>,
    /// Communes whose feed is appended to, to be locked in this order.
    pub communes: BTreeSet<AreaCode>,
}

impl Default for DeviceId {
    fn default() -> Self {
        Self::HUB
    }
}

/// What was loaded.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The device, if it is known.
    pub device: Option<DeviceRow>,
    /// Those of its edits that are held, by number, among the numbers asked for.
    pub held: BTreeMap<u32, HeldEdit>,
    /// The former identities asked for that are known.
    pub former: BTreeMap<DeviceId, DeviceRow>,
    /// All records of the subjects asked for.
    pub records: BTreeMap<RecordKey, RecordState>,
    /// Ends of the feeds asked for; absent where a feed is empty.
    pub feeds: BTreeMap<AreaCode, Cursor>,
}

/// An edit with its place in a commune's feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedRow {
    /// Place and running digest.
    pub cursor: Cursor,
    /// The edit.
    pub edit: Edit,
}

/// How a subject stands, as kept for lists and drill-down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingRow {
    /// The subject.
    pub subject: SubjectId,
    /// What it is.
    pub kind: SubjectKind,
    /// Where it is.
    pub commune: AreaCode,
    /// The residential area it lies in; of a residential area, itself.
    pub residential_area: Option<SubjectId>,
    /// What it is called.
    pub label: String,
    /// House or book number.
    pub house_no: Option<String>,
    /// Whether it is in the register.
    pub open: bool,
    /// What is assessed.
    pub assessment: Assessment,
    /// How it stands.
    pub standing: Standing,
    /// What its entry shows of itself; nothing where it is not expected.
    pub signs: Signs,
}

/// What to write, all of it or nothing.
#[derive(Clone, Debug, Default)]
pub struct Writes {
    /// The device's new state.
    pub device: Option<(DeviceId, DeviceRow)>,
    /// Records in their new state.
    pub records: BTreeMap<RecordKey, RecordState>,
    /// Edits to append to feeds.
    pub feed: Vec<FeedRow>,
    /// Edits kept with the reason for which they were not taken.
    pub rejected: Vec<(Edit, RejectReason)>,
    /// What to add to kept counts.
    pub tallies: BTreeMap<TallyKey, Tally>,
    /// Standings in their new state.
    pub standings: Vec<StandingRow>,
}

/// What the device is told of its push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushReply {
    /// Held up to this number.
    pub held: u32,
    /// Not taken, among those sent, now or before.
    pub rejected: Vec<Rejection>,
    /// Whether it goes on under its identity.
    pub identity: Identity,
    /// How far its former identities are held.
    pub former_held: Vec<(DeviceId, u32)>,
    /// Whether it is told what is new. Not before everything it wrote has been compared: a clone that
    /// does not know yet that it is one would take its twin's edits for others than its own.
    pub pull: bool,
}

/// Rules in force, shared by all plans.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The tree of areas.
    pub tree: &'static AreaTree,
    /// The season that is open.
    pub season: Season,
}

/// What to load for a push.
pub fn needs(request: &Request) -> Needs {
    let edits = &request.edits;
    let sent = request.sent.as_ref();
    let sent = sent.and_then(|sent| Some((sent.first, sent.ends.last()?.0)));
    Needs {
        device: request.device,
        former: request.former.clone(),
        seqs: edits
            .first()
            .zip(edits.last())
            .map(|(first, last)| (first.id.seq, last.id.seq))
            .or(sent),
        subjects: edits.iter().map(|edit| edit.record.subject()).collect(),
        communes: edits.iter().map(|edit| edit.commune.clone()).collect(),
    }
}

/// What to load for a decision on a record.
pub fn needs_of_review(hub: DeviceId, record: &RecordKey, commune: &AreaCode) -> Needs {
    Needs {
        device: hub,
        subjects: BTreeSet::from([record.subject()]),
        communes: BTreeSet::from([commune.clone()]),
        ..Needs::default()
    }
}

/// Plans what a device's edits do.
pub fn plan_push(
    rules: Rules,
    principal: &Principal,
    request: Request,
    mut loaded: Loaded,
) -> (Writes, PushReply) {
    let Request {
        device,
        last_seq,
        sent,
        edits,
        ..
    } = request;
    let row = loaded.device.clone().unwrap_or_else(|| DeviceRow {
        account: principal.account.clone(),
        held: 0,
    });
    let former_held = loaded
        .former
        .iter()
        .filter(|(_, former)| former.account == principal.account)
        .map(|(former, row)| (*former, row.held))
        .collect();
    let known = std::mem::take(&mut loaded.held);
    // What the device has compared: a request without edits says that nothing of its waits.
    let covered = match &sent {
        Some(sent) => arrived(sent, &known),
        None => edits.last().map_or(last_seq, |edit| edit.id.seq),
    };
    if let Some(common) = disputed(principal, &row, last_seq, covered, &edits, &known) {
        let reply = PushReply {
            held: common,
            rejected: rejected_before(&known, common),
            identity: Identity::Renew { common },
            former_held,
            pull: false,
        };
        return (Writes::default(), reply);
    }

    // Sent again because an answer was lost: what was not taken then is said again.
    let mut rejected = rejected_before(&known, row.held.min(covered));
    let mut held = row.held;
    let mut work = Work::new(rules, loaded);
    for edit in edits {
        // Held already, or after a gap: the device learns from `held` where to go on.
        if edit.id.seq != held + 1 {
            continue;
        }
        held = edit.id.seq;
        match work.admit(principal, &edit) {
            Ok(()) => work.append(edit),
            Err(reason) => {
                rejected.push(Rejection {
                    seq: edit.id.seq,
                    reason,
                });
                work.writes.rejected.push((edit, reason));
            }
        }
    }
    let mut writes = work.finish();
    writes.device = Some((
        device,
        DeviceRow {
            account: row.account,
            held,
        },
    ));
    let reply = PushReply {
        // More may be held, but of that the device has not yet heard what became of it.
        held: held.min(covered),
        rejected,
        identity: Identity::Keep,
        former_held,
        pull: covered == last_seq,
    };
    (writes, reply)
}

fn rejected_before(known: &BTreeMap<u32, HeldEdit>, last: u32) -> Vec<Rejection> {
    known
        .range(..=last)
        .filter_map(|(seq, edit)| {
            let reason = edit.rejected?;
            Some(Rejection { seq: *seq, reason })
        })
        .collect()
}

/// If the device's sequence is not the one the hub knows, the last number on which they agree.
fn disputed(
    principal: &Principal,
    row: &DeviceRow,
    last_seq: u32,
    covered: u32,
    edits: &[Edit],
    known: &BTreeMap<u32, HeldEdit>,
) -> Option<u32> {
    if row.account != principal.account {
        return Some(0);
    }
    let differs = edits.iter().find(|edit| {
        known
            .get(&edit.id.seq)
            .is_some_and(|held| held.digest != edit.digest())
    });
    if let Some(edit) = differs {
        return Some(edit.id.seq - 1);
    }
    (covered == last_seq && last_seq < row.held).then_some(last_seq)
}

/// How far what was sent is held: up to the end of the last stretch whose running digest is that of the
/// edits held. A clone's edits have other digests; then the device goes on from where it began, and the
/// edits themselves bring the dispute to light.
fn arrived(sent: &Sent, known: &BTreeMap<u32, HeldEdit>) -> u32 {
    let mut arrived = sent.first.saturating_sub(1);
    let mut check = EditDigest::default();
    let mut next = sent.first;
    for (end, digest) in &sent.ends {
        while next <= *end {
            let Some(held) = known.get(&next) else {
                return arrived;
            };
            check = check.chain(held.digest);
            next += 1;
        }
        if check != *digest {
            return arrived;
        }
        arrived = *end;
    }
    arrived
}

/// Plans a reviewer's decision: an edit of the hub's own.
pub fn plan_review(
    rules: Rules,
    principal: &Principal,
    hub: DeviceId,
    record: &RecordKey,
    verdict: &Verdict,
    now: Hlc,
    loaded: Loaded,
) -> Result<Writes, ReviewError> {
    let asked = vec![(record.clone(), verdict.clone())];
    let (writes, mut refused) = plan_reviews(rules, principal, hub, asked, now, loaded);
    refused.pop().map_or(Ok(writes), |(_, error)| Err(error))
}

/// Plans several decisions at once; those that cannot be taken are told apart, with the reason.
pub fn plan_reviews(
    rules: Rules,
    principal: &Principal,
    hub: DeviceId,
    asked: Vec<(RecordKey, Verdict)>,
    now: Hlc,
    loaded: Loaded,
) -> (Writes, Vec<(RecordKey, ReviewError)>) {
    let row = loaded.device.clone();
    let account = row
        .as_ref()
        .map_or(HUB_ACCOUNT, |row| &row.account)
        .to_owned();
    let mut held = row.map_or(0, |row| row.held);
    let mut refused = Vec::new();
    let mut work = Work::new(rules, loaded);
    for (record, verdict) in asked {
        let state = work.state(&record).cloned();
        let decided = state
            .ok_or(ReviewError::NotWaiting)
            .and_then(|state| Ok((state.changes_to(review::decide(&state, &verdict)?), state)));
        match decided {
            Err(error) => refused.push((record, error)),
            Ok((changes, state)) => {
                held += 1;
                work.append(Edit {
                    id: EditId {
                        device: hub,
                        seq: held,
                    },
                    time: now,
                    author: principal.account.clone(),
                    commune: state.commune,
                    record,
                    changes,
                });
            }
        }
    }
    let mut writes = work.finish();
    writes.device = Some((hub, DeviceRow { account, held }));
    (writes, refused)
}

/// Values that the server itself writes into a record: a figure of the province, a reminder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnEdit {
    /// Whose feed the record belongs to.
    pub commune: AreaCode,
    /// The record.
    pub record: RecordKey,
    /// The values it is to show.
    pub values: Vec<(FieldName, Value)>,
}

/// Plans edits of the hub's own; one that changes nothing is left out.
pub fn plan_own(
    rules: Rules,
    principal: &Principal,
    hub: DeviceId,
    edits: Vec<OwnEdit>,
    now: Hlc,
    loaded: Loaded,
) -> Writes {
    let row = loaded.device.clone();
    let account = row
        .as_ref()
        .map_or(HUB_ACCOUNT, |row| &row.account)
        .to_owned();
    let mut held = row.map_or(0, |row| row.held);
    let mut work = Work::new(rules, loaded);
    for own in edits {
        let state = work.state(&own.record).cloned();
        let state = state.unwrap_or_else(|| RecordState::new(own.commune.clone()));
        let changes = state.changes_to(own.values);
        if changes.is_empty() {
            continue;
        }
        held += 1;
        work.append(Edit {
            id: EditId {
                device: hub,
                seq: held,
            },
            time: now,
            author: principal.account.clone(),
            commune: own.commune,
            record: own.record,
            changes,
        });
    }
    let mut writes = work.finish();
    writes.device = Some((hub, DeviceRow { account, held }));
    writes
}

/// The account that the hub's own devices belong to; not a name an account can have.
pub const HUB_ACCOUNT: &str = "*hub*";

/// State of a plan while edits are applied.
struct Work {
    rules: Rules,
    /// By subject, so that an edit costs what its subject holds and not what the whole push loaded.
    records: BTreeMap<SubjectId, BTreeMap<RecordKey, RecordState>>,
    feeds: BTreeMap<AreaCode, Cursor>,
    touched: BTreeSet<SubjectId>,
    changed: BTreeSet<RecordKey>,
    before: BTreeMap<SubjectId, Vec<StandingRow>>,
    writes: Writes,
}

impl Work {
    fn new(rules: Rules, loaded: Loaded) -> Self {
        let mut records: BTreeMap<SubjectId, BTreeMap<RecordKey, RecordState>> = BTreeMap::new();
        for (key, state) in loaded.records {
            records.entry(key.subject()).or_default().insert(key, state);
        }
        Self {
            rules,
            records,
            feeds: loaded.feeds,
            touched: BTreeSet::new(),
            changed: BTreeSet::new(),
            before: BTreeMap::new(),
            writes: Writes::default(),
        }
    }

    fn state(&self, record: &RecordKey) -> Option<&RecordState> {
        self.records.get(&record.subject())?.get(record)
    }

    /// Whether the edit may be taken.
    fn admit(&self, principal: &Principal, edit: &Edit) -> Result<(), RejectReason> {
        if edit.check().is_err() {
            return Err(RejectReason::TooLarge);
        }
        if edit.author != principal.account {
            return Err(RejectReason::NotYourAccount);
        }
        let date = self.rules.season.date;
        if !access::may(
            principal,
            Action::Edit,
            &edit.commune,
            self.rules.tree,
            date,
        ) {
            return Err(RejectReason::NotYourArea);
        }
        let servers = |field: &FieldName| access::is_servers(&edit.record, field);
        if edit.changes.iter().any(|change| servers(&change.field)) {
            return Err(RejectReason::ServerField);
        }
        let id = edit.record.subject();
        let elsewhere = self
            .records
            .get(&id)
            .is_some_and(|own| own.values().any(|state| state.commune != edit.commune));
        let speaks_of_commune = edit
            .record
            .entry_parts()
            .is_some_and(|(assessment, _)| assessment.subject() == SubjectKind::Commune)
            || edit.record.subject_kind() == Some(SubjectKind::Commune);
        if elsewhere || (speaks_of_commune && id != SubjectId::commune(&edit.commune)) {
            return Err(RejectReason::WrongCommune);
        }
        Ok(())
    }

    fn append(&mut self, edit: Edit) {
        let id = edit.record.subject();
        let own = self.records.entry(id).or_default();
        if self.touched.insert(id) {
            let before = standing_rows(self.rules, own, id);
            self.before.insert(id, before);
        }
        own.entry(edit.record.clone())
            .or_insert_with(|| RecordState::new(edit.commune.clone()))
            .apply(&edit);
        self.changed.insert(edit.record.clone());

        let end = self.feeds.entry(edit.commune.clone()).or_default();
        end.number += 1;
        end.check = end.check.chain(edit.digest());
        self.writes.feed.push(FeedRow { cursor: *end, edit });
    }

    fn finish(mut self) -> Writes {
        let period = self.rules.season.period;
        let key = |row: &StandingRow| TallyKey {
            commune: row.commune.clone(),
            assessment: row.assessment,
            period,
        };
        for id in &self.touched {
            for row in &self.before[id] {
                *self.writes.tallies.entry(key(row)).or_default() -= Tally::of(&row.standing);
            }
            for row in standing_rows(self.rules, &self.records[id], *id) {
                *self.writes.tallies.entry(key(&row)).or_default() += Tally::of(&row.standing);
                self.writes.standings.push(row);
            }
        }
        for own in self.records.into_values() {
            let changed = own
                .into_iter()
                .filter(|(key, _)| self.changed.contains(key));
            self.writes.records.extend(changed);
        }
        self.writes
            .tallies
            .retain(|_, delta| *delta != Tally::default());
        self.writes
    }
}

fn records_of(
    records: &BTreeMap<RecordKey, RecordState>,
    id: SubjectId,
) -> impl Iterator<Item = (&RecordKey, &RecordState)> {
    records.iter().filter(move |(key, _)| key.subject() == id)
}

/// How a subject stands by its records: what is kept for lists, and what a recount counts.
pub fn standing_rows(
    rules: Rules,
    records: &BTreeMap<RecordKey, RecordState>,
    id: SubjectId,
) -> Vec<StandingRow> {
    // A commune is in the catalogue, not in the register: it has entries but no record of its own.
    let commune = records_of(records, id)
        .map(|(_, state)| &state.commune)
        .find(|code| SubjectId::commune(code) == id);
    let empty;
    let (kind, record) =
        match records_of(records, id).find_map(|(key, state)| Some((key.subject_kind()?, state))) {
            Some(found) => found,
            None => match commune {
                Some(code) => {
                    empty = RecordState::new(code.clone());
                    (SubjectKind::Commune, &empty)
                }
                None => return Vec::new(),
            },
        };
    let season = rules.season;
    let zone = rules.tree.zone(&record.commune);
    let entry = |key: &RecordKey| records.get(key).cloned();
    let residential_area = match kind {
        SubjectKind::ResidentialArea => Some(id),
        _ => subject::residential_area(record),
    };
    progress::standings(kind, id, record, season.period, zone, entry)
        .into_iter()
        .map(|(assessment, standing)| StandingRow {
            subject: id,
            kind,
            commune: record.commune.clone(),
            residential_area,
            label: subject::label(record).to_owned(),
            house_no: record
                .get(subject::field::HOUSE_NO)
                .and_then(Value::as_text)
                .map(str::to_owned),
            open: subject::is_open(record),
            assessment,
            signs: if standing.expected {
                outlier::signs(records.get(&RecordKey::entry(id, assessment, season.period)))
            } else {
                Signs::default()
            },
            standing,
        })
        .collect()
}
