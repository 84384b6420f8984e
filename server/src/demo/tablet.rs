//! A simulated tablet: deeds in the order of their days, and what becomes of what it hands in.

use super::calendar;
use super::luck::Luck;
use crate::office::Office;
use std::collections::BTreeMap;
use std::mem;
use thidua_domain::access::{Principal, Role};
use thidua_domain::area::AreaCode;
use thidua_domain::entry;
use thidua_domain::record::{FieldName, RecordKey, Value};
use thidua_domain::review::{Decision, Verdict};
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::replica::Replica;
use thidua_domain::sync::state::RecordState;

/// The account that demonstration edits are signed with; not a name an account can have.
const AUTHOR: &str = "*demo*";

/// Fields by their names.
pub(super) type Values = Vec<(String, Value)>;

/// What an officer does to a record.
#[derive(Clone, Debug)]
pub(super) enum Act {
    /// Writes fields.
    Write(Values),
    /// Hands in what is there.
    Submit,
    /// Writes the last fields and hands in at once.
    WriteAndSubmit(Values),
}

/// Something done at a time.
#[derive(Clone, Debug)]
pub(super) struct Deed {
    pub(super) at: u64,
    pub(super) record: RecordKey,
    pub(super) act: Act,
}

/// A tablet that was used for a year in one place.
pub(super) struct Tablet {
    commune: AreaCode,
    office: Office,
    deeds: Vec<Deed>,
    verdicts: Vec<(RecordKey, Decision, &'static str)>,
    afterwards: Vec<Deed>,
    /// When what it did reaches the server: its clock, then a while until there is a network.
    pub(super) arrival: u64,
}

impl Tablet {
    /// One that nobody has used yet.
    pub(super) fn new(luck: &mut Luck, commune: &AreaCode) -> Self {
        let principal = Principal::new(AUTHOR, Role::CommuneOfficer, vec![commune.clone()]);
        let device = DeviceId::from_random(luck.bits());
        Self {
            commune: commune.clone(),
            office: Office::open(principal, commune.clone(), device, BTreeMap::new()),
            deeds: Vec::new(),
            verdicts: Vec::new(),
            afterwards: Vec::new(),
            arrival: 0,
        }
    }

    /// Plans a deed.
    pub(super) fn will(&mut self, at: u64, record: &RecordKey, act: Act) {
        let record = record.clone();
        self.deeds.push(Deed { at, record, act });
    }

    /// Plans what a reviewer will decide about a record that will have been handed in.
    pub(super) fn will_be_decided(
        &mut self,
        record: &RecordKey,
        decision: Decision,
        comment: &'static str,
    ) {
        self.verdicts.push((record.clone(), decision, comment));
    }

    /// Plans a deed for after the reviewer's decision.
    pub(super) fn will_afterwards(&mut self, at: u64, record: &RecordKey, act: Act) {
        let record = record.clone();
        self.afterwards.push(Deed { at, record, act });
    }

    /// Does all that is planned for before the review, in the order of its time. A tablet's clock only
    /// ever goes forward, so work done out of order would all bear the latest day.
    pub(super) fn live(&mut self, luck: &mut Luck) {
        let deeds = mem::take(&mut self.deeds);
        self.work_off(luck, deeds);
    }

    /// Does all that is planned for after the review; whether there was anything.
    pub(super) fn live_on(&mut self, luck: &mut Luck) -> bool {
        let deeds = mem::take(&mut self.afterwards);
        self.work_off(luck, deeds);
        self.office.waiting() > 0
    }

    fn work_off(&mut self, luck: &mut Luck, mut deeds: Vec<Deed>) {
        deeds.sort_by_key(|deed| deed.at);
        let last = deeds.last().map_or(0, |deed| deed.at);
        for Deed { at, record, act } in deeds {
            let state = self.office.record(&record);
            let values = match act {
                Act::Write(values) => named(values),
                Act::Submit => state.map(entry::submit).into_iter().collect(),
                Act::WriteAndSubmit(values) => {
                    let mut values = named(values);
                    let nothing = RecordState::new(self.commune.clone());
                    values.push(submission(&record, state.unwrap_or(&nothing), &values));
                    values
                }
            };
            self.office.set(&record, values, at);
        }
        self.arrival = calendar::later(luck, last, 3);
    }

    /// The office behind the screen.
    pub(super) fn office(&mut self) -> &mut Office {
        &mut self.office
    }

    /// What reviewers decide, bound to the content that was handed in.
    pub(super) fn verdicts(&mut self) -> Vec<(RecordKey, Verdict)> {
        mem::take(&mut self.verdicts)
            .into_iter()
            .filter_map(|(record, decision, comment)| {
                let digest = entry::content_digest(self.office.record(&record)?);
                let verdict = Verdict {
                    comment: comment.to_owned(),
                    ..Verdict::new(decision, digest)
                };
                Some((record, verdict))
            })
            .collect()
    }
}

fn named(values: Values) -> Vec<(FieldName, Value)> {
    values
        .into_iter()
        .map(|(name, value)| (FieldName::parse(&name).expect("a field of ours"), value))
        .collect()
}

/// The field that hands in the content as it will be with `values` written.
fn submission(
    record: &RecordKey,
    state: &RecordState,
    values: &[(FieldName, Value)],
) -> (FieldName, Value) {
    let scratch = Replica::new(DeviceId::HUB, String::new(), Vec::new());
    let changes = state.changes_to(values.to_vec());
    match scratch.plan_edit(record, state, changes, 0) {
        Some(plan) => entry::submit(&plan.state),
        None => entry::submit(state),
    }
}
