//! Rows into edits: which are new, which change what is there.

use super::parse::Row;
use crate::accounts;
use crate::office::Office;
use std::collections::HashMap;
use thidua_domain::catalogue::SubjectKind;
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::subject::{self, field};
use thidua_domain::text::fold;

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) areas_added: i64,
    pub(super) families_added: i64,
    pub(super) families_changed: i64,
    pub(super) families_unchanged: i64,
}

/// What tells a family from others in a list: area, head and house number, folded. A head's name alone
/// never does; rows that agree in all three are told apart by their order.
type Identity = (SubjectId, String, String, usize);

/// Plans all rows.
pub(super) fn plan(office: &mut Office, rows: &[Row], now_ms: u64) -> Counts {
    let mut counts = Counts::default();
    let mut areas = HashMap::new();
    let mut families: HashMap<Identity, RecordKey> = HashMap::new();
    let mut seen: HashMap<(SubjectId, String, String), usize> = HashMap::new();
    for (key, state) in office.open_subjects() {
        match key.subject_kind() {
            Some(SubjectKind::ResidentialArea) => {
                areas.insert(fold(subject::label(state)), key.subject());
            }
            Some(SubjectKind::Family) => {
                if let Some(area) = subject::residential_area(state) {
                    let head = fold(subject::label(state));
                    let house = fold(state.text(field::HOUSE_NO).unwrap_or_default());
                    let count = seen.entry((area, head.clone(), house.clone())).or_insert(0);
                    families.insert((area, head, house, *count), key.clone());
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    seen.clear();

    for row in rows {
        let area = *areas.entry(fold(&row.area)).or_insert_with(|| {
            counts.areas_added += 1;
            let id = fresh_id();
            let key = RecordKey::subject_record(SubjectKind::ResidentialArea, id);
            let kind = residential_area_kind(&row.area);
            office.edit(
                &key,
                [
                    (field::NAME, Value::Text(row.area.clone())),
                    (field::KIND, Value::from(kind)),
                ],
                now_ms,
            );
            id
        });
        let head = fold(&row.head);
        let house = fold(row.house_no.as_deref().unwrap_or_default());
        let count = seen.entry((area, head.clone(), house.clone())).or_insert(0);
        let identity = (area, head, house, *count);
        *count += 1;
        let known = families.get(&identity).cloned();
        let is_new = known.is_none();
        let key =
            known.unwrap_or_else(|| RecordKey::subject_record(SubjectKind::Family, fresh_id()));
        let before = office.waiting();
        office.edit(&key, values(row, area), now_ms);
        match (is_new, office.waiting() > before) {
            (true, _) => counts.families_added += 1,
            (false, true) => counts.families_changed += 1,
            (false, false) => counts.families_unchanged += 1,
        }
    }
    counts
}

/// Only what the file says: an empty cell takes nothing back.
fn values(row: &Row, area: SubjectId) -> Vec<(&'static str, Value)> {
    let optional = [
        (field::HOUSE_NO, row.house_no.clone().map(Value::Text)),
        (field::MEMBERS, row.members.map(Value::Int)),
        (
            field::POVERTY,
            row.poverty.map(|it| Value::from(it.as_str())),
        ),
        (field::LAST_RESULT, row.last_result.map(Value::Bool)),
        (field::YEARS_RUNNING, row.years_running.map(Value::Int)),
    ];
    let required = [
        (field::HEAD, Value::Text(row.head.clone())),
        (field::AREA, Value::Text(area.to_string())),
    ];
    required
        .into_iter()
        .chain(
            optional
                .into_iter()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .collect()
}

fn residential_area_kind(name: &str) -> &'static str {
    let folded = fold(name);
    if folded.starts_with("tieu khu") {
        "tieu-khu"
    } else if folded.starts_with("to ") {
        "to-dan-pho"
    } else {
        "ban"
    }
}

fn fresh_id() -> SubjectId {
    SubjectId(u128::from(accounts::random_u64()) << 64 | u128::from(accounts::random_u64()))
}
