//! Families of the commune that may stand in the register twice, and those that were merged.

use super::overview::Subject;
use crate::store::{Change, Store};
use std::sync::Arc;
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::SubjectKind;
use thidua_domain::duplicate::{self, Likeness};
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::subject::{self, field};

/// Two families that may be one.
#[derive(Clone, Debug, PartialEq)]
pub struct Suspects {
    /// Why.
    pub likeness: Likeness,
    /// The two.
    pub both: [Arc<Subject>; 2],
}

/// The pairs of the commune, the likeliest first.
pub fn suspects(subjects: &[Arc<Subject>]) -> Vec<Suspects> {
    let families = subjects.iter().filter(|it| it.kind == SubjectKind::Family);
    let find = |id| {
        let place = subjects
            .binary_search_by_key(&id, |subject| subject.id)
            .ok()?;
        Some(subjects[place].clone())
    };
    duplicate::pairs(families.map(|family| (family.id, &family.record)))
        .into_iter()
        .filter_map(|pair| {
            Some(Suspects {
                likeness: pair.likeness,
                both: [find(pair.first)?, find(pair.second)?],
            })
        })
        .collect()
}

/// A family that went into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The one that went.
    pub id: SubjectId,
    /// Its head.
    pub head: String,
    /// Its house or book number.
    pub house_no: Option<String>,
    /// Who stayed: id and head.
    pub stays: (SubjectId, String),
}

/// The commune's merged families, by name. Reading it in a view subscribes to the store.
pub fn merged(store: &Store, commune: &AreaCode) -> Vec<Merged> {
    let records = store.records();
    let head_of = |id| {
        let record = records.get(&record_key(id))?;
        Some(subject::label(record).to_owned())
    };
    let mut merged: Vec<Merged> = records
        .iter()
        .filter(|(_, record)| record.commune == *commune)
        .filter_map(|(key, record)| {
            let stays = duplicate::merged_into(record)?;
            Some(Merged {
                id: key.subject(),
                head: subject::label(record).to_owned(),
                house_no: record.text(field::HOUSE_NO).map(str::to_owned),
                stays: (stays, head_of(stays)?),
            })
        })
        .collect();
    merged.sort_by_cached_key(|it| (thidua_domain::text::person_name_key(&it.head), it.id));
    merged
}

/// Merges one family into another.
pub fn merge(goes: SubjectId, stays: SubjectId) -> Vec<Change> {
    vec![Change::new(record_key(goes), duplicate::merge_into(stays))]
}

/// Takes a merge back.
pub fn split(goes: SubjectId) -> Vec<Change> {
    vec![Change::new(record_key(goes), duplicate::split())]
}

/// Says that two families are two.
pub fn tell_apart(one: SubjectId, other: SubjectId) -> Vec<Change> {
    let field = field::distinct_from(other);
    vec![Change::new(
        record_key(one),
        [(field.as_str(), Value::Bool(true))],
    )]
}

fn record_key(id: SubjectId) -> RecordKey {
    RecordKey::subject_record(SubjectKind::Family, id)
}
