//! The server's side, planned purely. The shell asks [`needs`] what to load, loads it inside one
//! transaction, calls [`plan_push`] or another plan, and executes the [`Writes`] in that same transaction.
//! Which feeds a plan appends to may only be known once it sees the records; then it asks for
//! [`MoreFeeds`], and is made again with these loaded as well.
//!
//! - [`push`](plan_push): what a device's edits do.
//! - [`own`](plan_own): edits of the hub's own: reviews, figures, reminders.
//! - [`moves`](plan_move): subjects go to another commune.
//! - [`arrange`](check_arrangement): areas change, and nothing is left behind in one that ends.
//! - [`handover`](plan_handover): what somebody wrote about what is no longer theirs.
//! - [`view`](View): what of a feed somebody may see.

mod arrange;
mod handover;
mod moves;
mod own;
mod push;
mod standings;
mod view;
mod work;

pub use arrange::{ArrangeError, check_arrangement, ended_by, needs_of_arrangement};
pub use handover::{
    Decided, Decision, Handover, HandoverError, KeptEdit, Outcome, needs_of_handover, plan_handover,
};
pub use moves::{MOST_MOVED, needs_of_move, plan_move};
pub use own::{HUB_ACCOUNT, OwnEdit, plan_own, plan_review, plan_reviews};
pub use push::{PushPlan, plan_carried, plan_push};
pub use standings::standing_rows;
pub use view::{FeedPlaces, View};

use super::edit::{DeviceId, Edit, EditDigest, EditId};
use super::state::RecordState;
use super::wire::{Cursor, Identity, RejectReason, Rejection, Request};
use crate::area::{AreaCode, AreaTree};
use crate::catalogue::{Assessment, SubjectKind};
use crate::criteria::Packs;
use crate::outlier::Signs;
use crate::progress::{PartKey, Standing, Tally, TallyKey};
use crate::record::{Period, RecordKey, SubjectId};
use crate::season::Season;
use crate::setting::Settings;
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
    /// A record of which the edits are needed that were kept for somebody to decide about.
    pub kept: Option<RecordKey>,
    /// Communes that are to be no more: whether anything is in them is looked up, and nobody else writes until
    /// the end of the transaction.
    pub ending: BTreeSet<AreaCode>,
}

impl Default for DeviceId {
    fn default() -> Self {
        Self::HUB
    }
}

/// What was loaded.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// What the province sets: among it the packs in force.
    pub settings: Settings,
    /// The device, if it is known.
    pub device: Option<DeviceRow>,
    /// Those of its edits that are held, by number, among the numbers asked for.
    pub held: BTreeMap<u32, HeldEdit>,
    /// The former identities asked for that are known.
    pub former: BTreeMap<DeviceId, DeviceRow>,
    /// All records of the subjects asked for.
    pub records: BTreeMap<RecordKey, RecordState>,
    /// Ends of all feeds asked for; of one that is empty, [`Cursor::default`].
    pub feeds: BTreeMap<AreaCode, Cursor>,
    /// The communes for which edits of the subjects asked for are kept and wait.
    pub waiting: BTreeMap<SubjectId, AreaCode>,
    /// The kept edits asked for, in the order of their numbers.
    pub kept: Vec<KeptEdit>,
    /// Whether anything is in the communes that are to be no more.
    pub inhabited: BTreeMap<AreaCode, bool>,
}

/// A plan appends to feeds that were neither locked nor loaded. It is to be made again with these as well.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more feeds have to be loaded")]
pub struct MoreFeeds(pub BTreeSet<AreaCode>);

/// An edit with its place in a commune's feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedRow {
    /// The feed: that of the record, which the writer may have taken for another's.
    pub commune: AreaCode,
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
    /// Where it lives.
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

impl StandingRow {
    /// Under which key it counts in a period.
    pub fn part(&self, period: Period) -> PartKey {
        let whole = TallyKey {
            commune: self.commune.clone(),
            assessment: self.assessment,
            period,
        };
        PartKey {
            whole,
            residential_area: self.residential_area,
        }
    }
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
    /// What to add to kept counts of communes.
    pub tallies: BTreeMap<TallyKey, Tally>,
    /// What to add to kept counts of residential areas.
    pub parts: BTreeMap<PartKey, Tally>,
    /// Standings in their new state.
    pub standings: Vec<StandingRow>,
    /// Where subjects live from now on. What is kept about them waits for whoever is there.
    pub places: BTreeMap<SubjectId, PlaceRow>,
    /// Those of the edits not taken that are kept for somebody else to decide about.
    pub handovers: Vec<Handover>,
    /// What was decided about kept edits.
    pub decided: Vec<(EditId, Decided)>,
}

impl Writes {
    /// The communes in whose feeds something was written, and those that subjects went to or left.
    pub fn changed_communes(&self) -> BTreeSet<AreaCode> {
        let feeds = self.feed.iter().map(|row| &row.commune);
        let standings = self.standings.iter().map(|row| &row.commune);
        let counts = self.tallies.keys().map(|key| &key.commune);
        feeds.chain(standings).chain(counts).cloned().collect()
    }
}

/// Where a subject lives, if it ever moved: an index of the records of [`crate::place`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceRow {
    /// The feed its records stand in.
    pub feed: AreaCode,
    /// The commune it lives in.
    pub commune: AreaCode,
    /// The number, in that feed, of the edit that says so.
    pub number: u64,
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
    /// The tree of areas: as compiled in, where what the province has set was not read.
    pub tree: &'static AreaTree,
    /// The season that is open.
    pub season: Season,
    /// What entries are judged by: the program's packs, where those that the province has adopted were not read.
    pub packs: Packs,
}

impl Rules {
    /// The same, with what the province has set: its criteria, and areas as they have changed. Every transaction
    /// that judges reads them itself, so that several servers on one database agree.
    pub fn as_set(self, settings: &Settings) -> Self {
        Self {
            tree: settings.tree_or_embedded(),
            packs: settings.packs,
            ..self
        }
    }
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
        subjects: edits.iter().flat_map(subjects_of).collect(),
        communes: edits.iter().map(|edit| edit.commune.clone()).collect(),
        ..Needs::default()
    }
}

/// The subjects whose records say where an edit belongs: its own; of one that is new, the residential area
/// it is to lie in and the commune.
fn subjects_of(edit: &Edit) -> impl Iterator<Item = SubjectId> {
    [edit.record.subject(), SubjectId::commune(&edit.commune)]
        .into_iter()
        .chain(named_area(edit))
}

/// The residential area that an edit says its subject lies in.
fn named_area(edit: &Edit) -> Option<SubjectId> {
    let of_area = |field: &str| field == subject::field::AREA;
    let change = edit
        .changes
        .iter()
        .find(|change| of_area(change.field.as_str()))?;
    change.value.as_text().and_then(SubjectId::parse)
}

/// What to load for a decision on a record whose feed is that of `commune`.
pub fn needs_of_review(hub: DeviceId, record: &RecordKey, commune: &AreaCode) -> Needs {
    Needs {
        device: hub,
        subjects: BTreeSet::from([record.subject()]),
        communes: BTreeSet::from([commune.clone()]),
        ..Needs::default()
    }
}
