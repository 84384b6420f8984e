//! How subjects stand.

use super::{Rules, StandingRow};
use crate::catalogue::SubjectKind;
use crate::outlier::{self, Signs};
use crate::place;
use crate::progress;
use crate::record::{RecordKey, SubjectId, Value};
use crate::subject;
use crate::sync::state::RecordState;
use crate::target;
use std::collections::BTreeMap;

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
    // A commune is in the catalogue, not in the register: it has entries but no record of its own. What it has
    // set itself is no entry.
    let commune = records_of(records, id)
        .filter(|(key, _)| key.kind() != target::KIND)
        .map(|(_, state)| &state.commune)
        .find(|code| SubjectId::commune(code) == id);
    let moved_to = place::moved_to(records, id);
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
    // A commune that has become part of another is not expected to report any more.
    let ended = kind == SubjectKind::Commune && moved_to.is_some();
    let commune = moved_to
        .filter(|_| !ended)
        .unwrap_or_else(|| record.commune.clone());
    let zone = rules.tree.zone(&commune);
    let entry = |key: &RecordKey| records.get(key).cloned();
    let residential_area = match kind {
        SubjectKind::ResidentialArea => Some(id),
        _ => subject::residential_area(record),
    };
    progress::standings(rules.packs, kind, id, record, season.period, zone, entry)
        .into_iter()
        .map(|(assessment, mut standing)| {
            standing.expected &= !ended;
            (assessment, standing)
        })
        .map(|(assessment, standing)| StandingRow {
            subject: id,
            kind,
            commune: commune.clone(),
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
