//! Where a subject lives, if no longer in the commune whose feed its records stand in.
//!
//! A record never changes its feed: cursors, the order of edits and the names by which edits mention each
//! other hang on it. When a residential area goes to another commune, each of its subjects is given a record
//! that says so, in the feed in which the subject is. Whoever follows that feed learns by it that the subject
//! has left; whoever may see the commune it went to is shown its records out of that same feed.

use crate::area::AreaCode;
use crate::record::{FieldName, RecordKey, SubjectId, Value};
use crate::subject;
use crate::sync::state::RecordState;
use std::collections::BTreeMap;

/// First word of the key of such a record. Only the server writes it.
pub const KIND: &str = "place";

/// The commune where the subject lives (code as text). Of a subject that stands for a commune: the one it
/// has become part of.
pub const COMMUNE: &str = "commune";

/// The record that says where a subject lives.
pub fn record(subject: SubjectId) -> RecordKey {
    RecordKey::parse(&format!("{KIND}/{subject}")).expect("a well-formed key")
}

/// Whether a record says where its subject lives.
pub fn is_place(record: &RecordKey) -> bool {
    record.kind() == KIND
}

/// The value that such a record is to show.
pub fn value(commune: &AreaCode) -> (FieldName, Value) {
    let name = FieldName::parse(COMMUNE).expect("a valid name");
    (name, Value::Text(commune.as_str().to_owned()))
}

/// The commune that such a record names.
pub fn of(state: &RecordState) -> Option<AreaCode> {
    AreaCode::parse(state.text(COMMUNE)?).ok()
}

/// The commune that a subject has moved to, if it ever has. `records` has the subject's records, and may
/// have others'.
pub fn moved_to(
    records: &BTreeMap<RecordKey, RecordState>,
    subject: SubjectId,
) -> Option<AreaCode> {
    records.get(&record(subject)).and_then(of)
}

/// The commune where the subject of `records` lives: all of them are its own. `None` if there are none.
pub fn lives_in(
    records: &BTreeMap<RecordKey, RecordState>,
    subject: SubjectId,
) -> Option<AreaCode> {
    moved_to(records, subject).or_else(|| home(records))
}

/// The commune whose feed the records of one subject stand in: the one of its own record, else of any.
pub fn home(records: &BTreeMap<RecordKey, RecordState>) -> Option<AreaCode> {
    let own = records.iter().find(|(key, _)| key.subject_kind().is_some());
    own.or_else(|| records.iter().next())
        .map(|(_, state)| state.commune.clone())
}

/// Gives records the commune where their subjects live, in place of the one in whose feed they stand: for a
/// copy of a register from which screens pick a commune's records. Says which it changed.
///
/// A subject that is so new that the server sent it straight to where its residential area, or the whole
/// commune, had gone has no record of its own that says so on the tablet where it was entered.
pub fn resettle(records: &mut BTreeMap<RecordKey, RecordState>) -> Vec<RecordKey> {
    let moved: BTreeMap<SubjectId, (AreaCode, AreaCode)> = records
        .range(record(SubjectId(0))..)
        .take_while(|(key, _)| is_place(key))
        .filter_map(|(key, state)| Some((key.subject(), (state.commune.clone(), of(state)?))))
        .collect();
    if moved.is_empty() {
        return Vec::new();
    }
    let lies_in = |state: &RecordState| {
        let (feed, place) = moved.get(&subject::residential_area(state)?)?;
        (*feed == state.commune).then(|| place.clone())
    };
    let by_area: BTreeMap<SubjectId, AreaCode> = records
        .iter()
        .filter(|(key, _)| key.subject_kind().is_some())
        .filter_map(|(key, state)| Some((key.subject(), lies_in(state)?)))
        .collect();
    let mut changed = Vec::new();
    for (key, state) in records.iter_mut() {
        let (id, whole) = (key.subject(), SubjectId::commune(&state.commune));
        // What is said of a commune as a whole stays with it.
        if is_place(key) || id == whole {
            continue;
        }
        let own = moved.get(&id).map(|(_, place)| place);
        let place = own
            .or_else(|| by_area.get(&id))
            .or_else(|| moved.get(&whole).map(|(_, place)| place));
        if let Some(place) = place.filter(|place| **place != state.commune) {
            state.commune = place.clone();
            changed.push(key.clone());
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::SubjectKind;
    use crate::sync::clock::Hlc;
    use crate::sync::edit::{DeviceId, Edit, EditId};

    fn code(code: &str) -> AreaCode {
        AreaCode::parse(code).unwrap()
    }

    fn name(name: &str) -> FieldName {
        FieldName::parse(name).unwrap()
    }

    fn put(
        records: &mut BTreeMap<RecordKey, RecordState>,
        key: RecordKey,
        (field, value): (FieldName, Value),
    ) {
        let state = records
            .entry(key.clone())
            .or_insert_with(|| RecordState::new(code("03751")));
        let seq = state.fields.len() as u32 + 1;
        state.apply(&Edit {
            id: EditId {
                device: DeviceId(1),
                seq,
            },
            time: Hlc(1),
            author: "x".to_owned(),
            commune: state.commune.clone(),
            record: key,
            changes: state.changes_to(vec![(field, value)]),
        });
    }

    fn family(id: u128) -> RecordKey {
        RecordKey::subject_record(SubjectKind::Family, SubjectId(id))
    }

    #[test]
    fn subjects_are_shown_where_they_live() {
        let (here, there) = (code("03751"), code("03752"));
        let mut records = BTreeMap::new();
        let area = RecordKey::subject_record(SubjectKind::ResidentialArea, SubjectId(5));
        put(
            &mut records,
            area.clone(),
            (name(subject::field::NAME), "Bản Sàng".into()),
        );
        let lies = || (name(subject::field::AREA), SubjectId(5).to_string().into());
        put(&mut records, family(1), lies());
        put(&mut records, family(2), lies());
        put(
            &mut records,
            family(3),
            (name(subject::field::HEAD), "Lò Văn A".into()),
        );
        assert_eq!(resettle(&mut records), []);

        put(&mut records, record(SubjectId(5)), value(&there));
        put(&mut records, record(SubjectId(1)), value(&there));
        // The second family was entered on this tablet, and went straight to where its area had gone.
        assert_eq!(resettle(&mut records), [family(1), family(2), area]);
        assert_eq!(records[&family(2)].commune, there);
        assert_eq!(records[&family(3)].commune, here);
        assert_eq!(resettle(&mut records), []);

        put(
            &mut records,
            record(SubjectId::commune(&here)),
            value(&there),
        );
        assert_eq!(resettle(&mut records), [family(3)]);
    }

    #[test]
    fn a_subject_lives_where_its_feed_is_until_it_moves() {
        let mut records = BTreeMap::new();
        assert_eq!(lives_in(&records, SubjectId(1)), None);
        put(
            &mut records,
            family(1),
            (name(subject::field::HEAD), "Lò Văn A".into()),
        );
        assert_eq!(lives_in(&records, SubjectId(1)), Some(code("03751")));
        put(&mut records, record(SubjectId(1)), value(&code("03752")));
        assert_eq!(lives_in(&records, SubjectId(1)), Some(code("03752")));
        assert_eq!(home(&records), Some(code("03751")));
        let (field, _) = value(&code("03752"));
        assert!(crate::access::is_servers(&record(SubjectId(1)), &field));
    }
}
