//! What people did, written down beside the programs, and what must be true in the end.
//!
//! Every value that is entered is a token of its own, so that an edit is known again under whatever
//! identity it arrives, and so that what must remain of a field can be told without the merge rules:
//! each token that was taken and that nobody replaced who had it before their eyes.

use crate::hub::Hub;
use crate::tablet::Tablet;
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::record::{FieldName, RecordKey, Value};
use thidua_domain::sync::edit::{Edit, EditId};
use thidua_domain::sync::register::Register;
use thidua_domain::sync::state::RecordState;

/// A value that was entered.
pub type Token = u64;

pub fn token(number: Token) -> Value {
    Value::Text(format!("t{number}"))
}

pub fn read(value: &Value) -> Option<Token> {
    value.as_text()?.strip_prefix('t')?.parse().ok()
}

/// What is wrong in the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    pub lost: u64,
    pub diverged: u64,
    pub duplicated: u64,
    pub miscounted: u64,
    /// Reviews of content that the reviewer had not seen, or of one submission twice.
    pub misjudged: u64,
    /// Edits taken from people who may not edit where the subject lives.
    pub trespassed: u64,
    /// Receipts for what the server does not hold, edits without one in the end, and bundles that are held
    /// and are answered without one.
    pub unsigned: u64,
}

#[derive(Default)]
pub struct Ledger {
    next: Token,
    /// What the writer of a token saw and replaced.
    replaced: BTreeMap<Token, Vec<Token>>,
    /// Content a reviewer saw, by the content's tokens as the decision counts it.
    pub misjudged: u64,
    /// See [`Faults::unsigned`].
    pub unsigned: u64,
}

impl Ledger {
    pub fn enter(&mut self, register: Option<&Register>, bases: &[EditId]) -> Value {
        self.next += 1;
        let seen = register
            .into_iter()
            .flat_map(|register| register.shown().into_iter().chain(register.rivals()))
            .filter(|head| bases.contains(&head.edit))
            .filter_map(|head| read(&head.value))
            .collect();
        self.replaced.insert(self.next, seen);
        token(self.next)
    }

    /// Compares what is with what must be. `tablets` are those that still exist; all have synced.
    /// `all_alive` is whether nothing was destroyed that the server would have needed.
    pub fn judge(&self, hub: &Hub, tablets: &[Tablet], all_alive: bool) -> Faults {
        let mut faults = Faults {
            misjudged: self.misjudged + judged_twice(hub),
            trespassed: hub.trespasses,
            lost: u64::from(!hub.keeps_what_it_refuses()),
            unsigned: self.unsigned,
            ..Faults::default()
        };
        let mut taken: BTreeMap<Token, u64> = BTreeMap::new();
        let mut fields: BTreeMap<(&RecordKey, &FieldName), BTreeSet<Token>> = BTreeMap::new();
        for edit in hub.taken() {
            for (field, token) in tokens(edit) {
                *taken.entry(token).or_default() += 1;
                fields
                    .entry((&edit.record, field))
                    .or_default()
                    .insert(token);
            }
        }
        let refused: BTreeSet<Token> = hub
            .rejected()
            .flat_map(|edit| tokens(edit).map(|(_, token)| token))
            .collect();

        for tablet in tablets {
            for (_, token) in tablet.owed.iter().flat_map(tokens) {
                faults.lost += u64::from(!taken.contains_key(&token) && !refused.contains(&token));
            }
            for (id, edit) in &tablet.memory.log {
                for (_, token) in tokens(edit) {
                    let kept = refused.contains(&token) && tablet.memory.rejected.contains_key(id);
                    // Under a former name the edit was written anew, and is judged under the new one.
                    let renamed = tablet.memory.replica.former.get(&id.device);
                    let is_old = renamed.is_some_and(|own| id.seq > own.last);
                    faults.lost += u64::from(!taken.contains_key(&token) && !kept && !is_old);
                }
            }
        }

        faults.miscounted = u64::from(!hub.counts_are_right()) + u64::from(!hub.feeds_are_sound());
        if all_alive {
            faults.duplicated = taken.values().filter(|count| **count > 1).count() as u64;
            faults.lost += self.wrong_heads(hub, &taken, &fields);
            faults.diverged = tablets.iter().map(|tablet| differences(hub, tablet)).sum();
        }
        faults
    }

    /// Fields whose heads are not exactly the values that nobody replaced.
    fn wrong_heads(
        &self,
        hub: &Hub,
        taken: &BTreeMap<Token, u64>,
        fields: &BTreeMap<(&RecordKey, &FieldName), BTreeSet<Token>>,
    ) -> u64 {
        // What was taken over stands under another name than the one by which its writer went on from it: to
        // whom the first is all they know, it is a rival.
        let taken_over: BTreeSet<Token> = hub
            .taken_over()
            .flat_map(|edit| tokens(edit).map(|(_, token)| token))
            .collect();
        let mut names: BTreeMap<Token, EditId> = BTreeMap::new();
        let mut bases: BTreeMap<Token, &[EditId]> = BTreeMap::new();
        for edit in hub.taken() {
            for change in &edit.changes {
                if let Some(token) = read(&change.value) {
                    names.insert(token, edit.id);
                    bases.insert(token, &change.bases);
                }
            }
        }
        let knows = |token: Token, old: Token| {
            let named = || {
                names
                    .get(&old)
                    .is_some_and(|name| bases[&token].contains(name))
            };
            !taken_over.contains(&old) || taken_over.contains(&token) || named()
        };
        let replaced: BTreeSet<Token> = taken
            .keys()
            .filter_map(|token| Some((*token, self.replaced.get(token)?)))
            .flat_map(|(token, replaced)| replaced.iter().map(move |old| (token, *old)))
            .filter(|(token, old)| knows(*token, *old))
            .map(|(_, old)| old)
            .collect();
        let wrong = fields.iter().filter(|((record, field), tokens)| {
            let register = hub
                .record(record)
                .and_then(|state| state.fields.get(*field));
            let heads = register.map(heads).unwrap_or_default();
            heads != tokens.difference(&replaced).copied().collect()
        });
        wrong.count() as u64
    }
}

/// Records that a tablet shows otherwise than the server has them.
fn differences(hub: &Hub, tablet: &Tablet) -> u64 {
    let follows = |commune| tablet.memory.replica.follow.contains(commune);
    let different = hub
        .records_in(hub.areas(tablet.account))
        .filter(|(key, state)| {
            let same = tablet.memory.records.get(key).is_some_and(|local| {
                local.confirmed.is_none() && visible(&local.shown) == visible(state)
            });
            !same
        });
    let unheard_of = tablet
        .memory
        .records
        .iter()
        .filter(|(key, local)| follows(&local.shown.commune) && hub.record(key).is_none());
    (different.count() + unheard_of.count()) as u64
}

fn tokens(edit: &Edit) -> impl Iterator<Item = (&FieldName, Token)> {
    let changes = edit.changes.iter();
    changes.filter_map(|change| Some((&change.field, read(&change.value)?)))
}

fn heads(register: &Register) -> BTreeSet<Token> {
    let all = register.shown().into_iter().chain(register.rivals());
    all.filter_map(|head| read(&head.value)).collect()
}

/// What people see of a record: for each field the value shown, and its rivals.
fn visible(state: &RecordState) -> BTreeMap<&FieldName, Vec<(EditId, &Value)>> {
    let fields = state.fields.iter().map(|(name, register)| {
        let all = register.shown().into_iter().chain(register.rivals());
        (name, all.map(|head| (head.edit, &head.value)).collect())
    });
    fields.collect()
}

/// Submissions about which more than one decision was taken.
fn judged_twice(hub: &Hub) -> u64 {
    let mut decided: BTreeMap<(&RecordKey, &Value), u64> = BTreeMap::new();
    for edit in hub.taken() {
        for change in &edit.changes {
            if change.field.as_str() == thidua_domain::entry::field::REVIEW_SUBMISSION {
                *decided.entry((&edit.record, &change.value)).or_default() += 1;
            }
        }
    }
    decided.values().filter(|count| **count > 1).count() as u64
}
