//! What two people wrote differently, in words: what stood there, what each wrote, who and when.

use super::changes::Names;
use crate::store::Store;
use crate::texts::{self, conflicts as say, words};
use leptos::prelude::WithUntracked as _;
use thidua_domain::area::AreaCode;
use thidua_domain::entry;
use thidua_domain::place;
use thidua_domain::record::{FieldName, RecordKey, Value};
use thidua_domain::season::Season;
use thidua_domain::sync::register::Head;
use thidua_domain::sync::replica::Replica;
use thidua_domain::sync::state::RecordState;

/// One field that a person has to choose for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictWords {
    /// The record.
    pub record: RecordKey,
    /// Its field.
    pub field: FieldName,
    /// Whose record it is.
    pub title: String,
    /// What of it.
    pub about: &'static str,
    /// Where it is looked at.
    pub place: String,
    /// What the field is called.
    pub label: String,
    /// What stood there before, if that is known here.
    pub base: Option<String>,
    /// What was written, the one shown first.
    pub sides: Vec<Side>,
}

/// What one person wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The value.
    pub value: Value,
    /// The value in words.
    pub said: String,
    /// Who wrote it.
    pub who: String,
    /// Whether it was written on this tablet.
    pub mine: bool,
    /// When, by the writer's clock.
    pub when: String,
}

/// Everything in the commune that a person has to choose for. Reading it in a view subscribes to the
/// store.
pub fn of_commune(store: &Store, commune: &AreaCode, season: Season) -> Vec<ConflictWords> {
    let records = store.records();
    let mut found: Vec<ConflictWords> = records
        .iter()
        .filter(|(key, state)| state.commune == *commune && !place::is_place(key))
        .flat_map(|(key, state)| of_record(store, season, key, state))
        .collect();
    found.sort_by(|a, b| (&a.title, &a.record, &a.field).cmp(&(&b.title, &b.record, &b.field)));
    found
}

/// What has to be chosen for in one record.
pub fn of_record(
    store: &Store,
    season: Season,
    key: &RecordKey,
    state: &RecordState,
) -> Vec<ConflictWords> {
    let names = Names::new(store, season);
    let fields = entry::conflicts(state);
    fields
        .map(|(field, register)| {
            let mut heads: Vec<&Head> = register.shown().into_iter().collect();
            heads.extend(register.rivals());
            let name = field.as_str();
            let sides = store.replica().with_untracked(|replica| {
                heads
                    .iter()
                    .map(|head| side(&names, replica, name, head))
                    .collect()
            });
            ConflictWords {
                record: key.clone(),
                field: field.clone(),
                title: names
                    .subject(key.subject())
                    .unwrap_or_else(|| words::area_name(&state.commune, season)),
                about: Names::about(key),
                place: names.place(key),
                label: names.field(key, name),
                base: register.base().map(|value| names.value(name, value)),
                sides,
            }
        })
        .collect()
}

fn side(names: &Names<'_>, replica: &Replica, name: &str, head: &Head) -> Side {
    let mine = replica.is_own(head.edit.device);
    let who = match replica.authors.get(&head.edit.device) {
        _ if mine => say::you_here().to_owned(),
        Some(author) if *author == replica.account => say::you_elsewhere().to_owned(),
        Some(author) => words::author(author),
        None => say::somebody().to_owned(),
    };
    Side {
        value: head.value.clone(),
        said: names.value(name, &head.value),
        who,
        mine,
        when: texts::moment(head.time.millis()),
    }
}
