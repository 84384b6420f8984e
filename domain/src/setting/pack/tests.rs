//! Versions: what is stored, what is read, and what they judge.

use super::*;
use crate::entry::{self, field as entry_field};
use crate::record::FieldName;
use crate::setting::{Setting, Settings, feed};
use crate::sync::clock::Hlc;
use crate::sync::edit::{DeviceId, Edit, EditId};

const PERIOD: Period = Period(2022);
const TITLE: Assessment = Assessment::SafeUnit;

fn draft(packs: Packs) -> Draft {
    let mut draft = Draft::from_last(packs, TITLE, PERIOD).unwrap();
    draft.paper = "Quyết định 5/QĐ-CAT".to_owned();
    draft
}

fn written(record: RecordKey, seq: u32, values: Vec<(FieldName, Value)>) -> RecordState {
    let mut state = RecordState::new(feed());
    let edit = Edit {
        id: EditId {
            device: DeviceId::HUB,
            seq,
        },
        time: Hlc::from_millis(1_000),
        author: "quan-tri".to_owned(),
        commune: feed(),
        record,
        changes: state.changes_to(values),
    };
    state.apply(&edit);
    state
}

/// The packs once these drafts are adopted, one after another.
fn adopted(change: &[fn(&mut Draft)]) -> Packs {
    let mut records = std::collections::BTreeMap::new();
    let mut packs = Packs::default();
    for (change, seq) in change.iter().zip(1..) {
        let mut draft = draft(packs);
        change(&mut draft);
        let setting = Setting::Pack(draft);
        let fields = setting.fields(PERIOD, packs).unwrap();
        let key = setting.key(PERIOD);
        records.insert(key.clone(), written(key, seq, fields));
        packs = Settings::of(&records).packs;
    }
    packs
}

fn codes(pack: &Pack) -> Vec<&str> {
    pack.criteria().map(|it| it.id.0.as_str()).collect()
}

#[test]
fn what_is_stored_of_a_version() {
    let mut draft = draft(Packs::default());
    draft.lines.truncate(1);
    draft.to = Some(Period(2023));
    let fields = draft.fields(Packs::default(), PERIOD).unwrap();
    let said = serde_json::to_string(&fields).unwrap();
    assert_eq!(
        said,
        concat!(
            r#"[["from",2022],["to",2023],["basis","Thông tư 124/2021/TT-BCA (tiêu chí của đơn vị chưa "#,
            r#"đối chiếu với văn bản)"],["paper","Quyết định 5/QĐ-CAT"],["order","c1"],["text.c1","#,
            r#""Có kế hoạch và đăng ký xây dựng đơn vị an toàn từ đầu năm"],["read.c1",false]]"#,
        )
    );
    assert_eq!(
        key(TITLE, 2)
            .as_str()
            .split('/')
            .skip(2)
            .collect::<Vec<_>>(),
        ["don-vi-an-toan", "2"]
    );
    let sent = serde_json::to_string(&Setting::Pack(draft.clone())).unwrap();
    assert!(sent.starts_with(
        r#"{"what":"pack","assessment":"don-vi-an-toan","number":2,"from":2022,"to":2023,"#
    ));
    assert_eq!(
        serde_json::from_str::<Setting>(&sent).unwrap(),
        Setting::Pack(draft)
    );
}

#[test]
fn a_code_stands_for_one_thing_in_all_versions() {
    let new = |draft: &mut Draft| {
        draft.lines.push(Line {
            code: None,
            text: "Tiêu chí thêm".to_owned(),
            read: true,
        });
    };
    let packs = adopted(&[|draft| _ = draft.lines.pop(), new]);
    assert_eq!(
        codes(packs.in_force(TITLE, PERIOD).unwrap()),
        ["c1", "c2", "c3", "c4", "c6"]
    );
    // One that was taken out may come back as what it was.
    let mut back = draft(packs);
    back.lines[0].code = Some("c5".into());
    assert!(back.pack(packs, PERIOD).is_ok());
}

#[test]
fn the_year_decides_and_the_latest_version_of_it() {
    let packs = adopted(&[
        |draft| _ = draft.lines.pop(),
        |draft| draft.from = Period(2023),
        |draft| draft.to = Some(Period(2022)),
    ]);
    for (year, id) in [
        (2022, "dv-antt-124-2021-v4"),
        (2023, "dv-antt-124-2021-v3"),
        (2024, "dv-antt-124-2021-v3"),
    ] {
        assert_eq!(packs.in_force(TITLE, Period(year)).unwrap().id.0, id);
    }
    let other = packs.in_force(Assessment::SafeResidentialArea, PERIOD);
    assert_eq!(other.unwrap().id.0, "kdc-antt-124-2021");
    assert_ne!(packs.edition(), Packs::default().edition());
}

#[test]
fn what_was_handed_in_stays_judged_as_it_was() {
    let packs = adopted(&[|draft| _ = draft.lines.pop()]);
    let old = Packs::default().in_force(TITLE, PERIOD).unwrap();
    let new = packs.in_force(TITLE, PERIOD).unwrap();
    let record = RecordKey::parse(&format!("entry/{}/don-vi-an-toan/2022", subject())).unwrap();
    let values = vec![(
        FieldName::parse(entry_field::REGISTERED).unwrap(),
        Value::Bool(true),
    )];
    let begun = written(record.clone(), 1, values.clone());
    assert_eq!(packs.judging(Some(&begun), TITLE, PERIOD), Some(new));
    assert_eq!(packs.judging(None, TITLE, PERIOD), Some(new));
    for (pack, expected) in [(Some(old), old), (Some(new), new), (None, old)] {
        let mut values = values.clone();
        values.extend(entry::hand_in(&begun, pack));
        let handed_in = written(record.clone(), 2, values);
        assert_eq!(
            entry::entry_state(Some(&handed_in)),
            entry::EntryState::Submitted
        );
        assert_eq!(
            packs.judging(Some(&handed_in), TITLE, PERIOD),
            Some(expected)
        );
    }
}
