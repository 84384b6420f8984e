//! Versions: what is stored, what is read, and what they judge.

use super::*;
use crate::criteria::{
    Meeting, Outcome, Pack, Packs, PassMarkZone, PassMarks, Poverty, Scale, Sheet, evaluate,
};
use crate::date::Date;
use crate::entry::{self, field as entry_field};
use crate::record::{FieldName, Period, Value};
use crate::setting::{Setting, SettingError, Settings, feed};
use crate::sync::clock::Hlc;
use crate::sync::edit::{DeviceId, Edit, EditId};
use crate::sync::state::RecordState;

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
            group: 0,
            max: 0,
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

/// What the program's pack of a title becomes once a version with these changes is adopted, read from its record.
fn version_of(title: Assessment, change: impl FnOnce(&mut Draft)) -> &'static Pack {
    let packs = Packs::default();
    let mut draft = Draft::from_last(packs, title, PERIOD).unwrap();
    draft.paper = "Quyết định 5/QĐ-UBND".to_owned();
    change(&mut draft);
    let fields = Setting::Pack(draft.clone()).fields(PERIOD, packs).unwrap();
    let key = key(title, draft.number);
    let records = [(key.clone(), written(key, 1, fields))].into();
    let packs = Settings::of(&records).packs;
    let read = packs.in_force(title, PERIOD).unwrap();
    assert_eq!(read, &draft.pack(Packs::default(), PERIOD).unwrap());
    read
}

/// Judges what a family or a residential area was given by a version: all points but those named, the meeting
/// and all else in order.
fn judged(
    pack: &Pack,
    zone: PassMarkZone,
    named: &[(&str, u16)],
    grounds: &[&str],
) -> (Outcome, Option<u32>, Option<u32>) {
    let mut sheet = Sheet {
        registered: Some(true),
        meeting: Meeting {
            invited: Some(30),
            attended: Some(20),
            agreed: Some(14),
        },
        poverty: Some(Poverty::None),
        proposed: Some(true),
        scores: pack.criteria().map(|it| (it.id.clone(), it.max)).collect(),
        exclusions: grounds.iter().map(|code| (*code).into()).collect(),
        ..Sheet::default()
    };
    let named = named.iter().map(|(id, points)| ((*id).into(), *points));
    sheet.scores.extend(named);
    let said = evaluate(pack, &sheet, zone);
    (said.outcome, said.points, said.pass_mark)
}

#[test]
fn points_and_pass_marks_of_a_version_judge_as_worked_out_by_hand() {
    use Outcome::{Earned, Incomplete, NotEarned};
    let mountain = PassMarkZone::MountainousIslandOrSpecial;
    // The first group is 12 + 7 + 7 + 7 + 6 = 39 of 35 before; with a criterion of 6 more the third is 36 of 30,
    // so that the total is 39 + 35 + 36 = 110.
    let pack = version_of(Assessment::CulturalFamily, |draft| {
        draft.lines[0].max = 12;
        draft.lines.push(Line {
            code: None,
            text: "Có người học tập suốt đời".to_owned(),
            read: true,
            group: 2,
            max: 6,
        });
        let thresholds = draft.thresholds.as_mut().unwrap();
        thresholds.pass_marks.mountainous = 70;
        thresholds.pass_marks.other = 100;
        thresholds.agree_percent = 70;
        draft.grounds.as_mut().unwrap().retain(|it| {
            let code = it.code.as_ref().map(|code| code.0.as_str());
            code != Some("tu-tap")
        });
    });
    assert_eq!(pack.scale, Scale::Points { max: 110 });
    let groups: Vec<_> = pack.standards.iter().map(|it| it.max).collect();
    assert_eq!(groups, [39, 35, 36]);
    assert_eq!(codes(pack).last(), Some(&"c16"));
    assert_eq!(
        (pack.exclusions.len(), pack.certificate_after_years),
        (6, Some(3))
    );
    type Case<'a> = (
        PassMarkZone,
        &'a [(&'a str, u16)],
        &'a [&'a str],
        (Outcome, u32, u32),
    );
    let cases: [Case<'_>; 7] = [
        (mountain, &[], &[], (Earned, 110, 70)),
        // 110 - 12 - 8 - 8 - 7 - 5 = 70: enough; in the first group 27 of 39, in the second 19 of 35 and in the
        // third 24 of 36.
        (
            mountain,
            &[("c01", 0), ("c06", 0), ("c07", 0), ("c11", 0), ("c12", 0)],
            &[],
            (Earned, 70, 70),
        ),
        // One less: 69, which the program's own pack would take with its mark of 60.
        (
            mountain,
            &[
                ("c01", 0),
                ("c06", 0),
                ("c07", 0),
                ("c11", 0),
                ("c12", 0),
                ("c02", 6),
            ],
            &[],
            (NotEarned, 69, 70),
        ),
        (
            PassMarkZone::Other,
            &[("c01", 1)],
            &[],
            (NotEarned, 99, 100),
        ),
        // 39 - 12 - 7 - 1 = 19 of 39 in the first group, and half of 39 is 19,5.
        (
            mountain,
            &[("c01", 0), ("c02", 0), ("c03", 6)],
            &[],
            (NotEarned, 90, 70),
        ),
        // More than a criterion gives is looked at again, not counted.
        (mountain, &[("c16", 7)], &[], (Incomplete, 111, 70)),
        (mountain, &[], &["bao-luc"], (NotEarned, 110, 70)),
    ];
    for (zone, scores, grounds, (outcome, points, mark)) in cases {
        let said = judged(pack, zone, scores, grounds);
        assert_eq!(said, (outcome, Some(points), Some(mark)), "{scores:?}");
    }
    // 14 of 20 agreed, which is 70 %: with 71 % asked it is too few.
    let stricter = version_of(Assessment::CulturalFamily, |draft| {
        draft.thresholds.as_mut().unwrap().agree_percent = 71;
    });
    assert_eq!(judged(stricter, mountain, &[], &[]).0, NotEarned);
}

#[test]
fn every_title_but_the_poverty_review_has_versions_that_read_as_they_were_stated() {
    for title in Assessment::ALL {
        let draft = Draft::from_last(Packs::default(), title, PERIOD);
        assert_eq!(draft.is_some(), ASSESSMENTS.contains(&title), "{title:?}");
        if draft.is_none() {
            continue;
        }
        let own = Pack::for_assessment(title, Date::last_of_year(PERIOD.0)).unwrap();
        let same = version_of(title, |_| {});
        assert_eq!(same.id.0, format!("{}-v2", own.id));
        assert_eq!(
            (same.scale, &same.exclusions, same.pass_marks),
            (own.scale, &own.exclusions, own.pass_marks)
        );
        let criteria = |pack: &'static Pack| pack.criteria().collect::<Vec<_>>();
        assert_eq!(criteria(same), criteria(own));

        let in_two = version_of(title, |draft| {
            draft.groups = vec!["Nhóm A".to_owned(), "Nhóm B".to_owned()];
            for (place, line) in draft.lines.iter_mut().enumerate() {
                line.group = usize::from(place >= 2);
            }
        });
        let sizes: Vec<_> = in_two
            .standards
            .iter()
            .map(|it| it.criteria.len())
            .collect();
        assert_eq!(sizes, [2, own.criteria().count() - 2]);
    }
}

#[test]
fn what_programs_before_would_misread_they_do_not_find() {
    let stored = |title, change: fn(&mut Draft)| {
        let mut draft = Draft::from_last(Packs::default(), title, PERIOD).unwrap();
        draft.paper = "Quyết định 5/QĐ-UBND".to_owned();
        change(&mut draft);
        let fields = draft.fields(Packs::default(), PERIOD).unwrap();
        assert!(fields.len() <= crate::sync::edit::MAX_FIELDS_PER_EDIT);
        let has = |name: &str| fields.iter().any(|(field, _)| field == name);
        assert_ne!(has(field::ORDER), has(field::GROUPS));
        has(field::ORDER)
    };
    for (title, change, by_old) in [
        (Assessment::SafeUnit, (|_| {}) as fn(&mut Draft), true),
        (Assessment::NewRuralCommune, |_| {}, true),
        (Assessment::SafeResidentialArea, |_| {}, true),
        (
            Assessment::SafeResidentialArea,
            |draft| _ = draft.grounds.as_mut().unwrap().pop(),
            false,
        ),
        (
            Assessment::SafeUnit,
            |draft| draft.groups[0] = "Tiêu chí của tỉnh".to_owned(),
            false,
        ),
        (Assessment::CulturalFamily, |_| {}, false),
        (Assessment::CulturalResidentialArea, |_| {}, false),
    ] {
        assert_eq!(stored(title, change), by_old, "{title:?}");
    }
}

#[test]
fn what_is_stored_of_a_version_with_points() {
    let mut draft = Draft::from_last(Packs::default(), Assessment::CulturalFamily, PERIOD).unwrap();
    draft.paper = "Quyết định 5/QĐ-UBND".to_owned();
    draft.groups = vec!["Gương mẫu".to_owned(), "Hòa thuận".to_owned()];
    draft.lines.truncate(6);
    draft.lines.drain(1..5);
    draft.lines[1].group = 1;
    draft.lines[1].read = true;
    draft.thresholds.as_mut().unwrap().pass_marks = PassMarks {
        mountainous: 8,
        poor_household: 9,
        central_city: 15,
        other: 14,
    };
    draft.grounds.as_mut().unwrap().truncate(1);
    draft.grounds.as_mut().unwrap().push(Ground {
        code: None,
        text: "Lấn chiếm đất công".to_owned(),
        read: false,
    });
    let fields = draft.fields(Packs::default(), PERIOD).unwrap();
    assert_eq!(
        serde_json::to_string(&fields).unwrap(),
        concat!(
            r#"[["from",2022],["to",null],["basis","Nghị định 122/2018/NĐ-CP"],"#,
            r#"["paper","Quyết định 5/QĐ-UBND"],["groups","c01/c06"],["compared","c06"],"#,
            r#"["grounds","xu-ly x1"],["grounds.compared","xu-ly"],["points","8 8"],"#,
            r#"["least.mountainous",8],["least.poor",9],["least.city",15],["least.other",14],"#,
            r#"["least.share",50],["least.attendance",60],["least.agreement",60],"#,
            r#"["group.1","Gương mẫu"],["group.2","Hòa thuận"],"#,
            r#"["text.c01","Mọi người trong nhà chấp hành tốt chủ trương của Đảng, pháp luật của Nhà nước"],"#,
            r#"["text.c06","Ông bà, cha mẹ được kính trọng, phụng dưỡng; con cháu được chăm sóc, dạy bảo"],"#,
            r#"["ground.xu-ly","Bị xử lý hình sự hoặc vi phạm hành chính bị xử lý"],"#,
            r#"["ground.x1","Lấn chiếm đất công"]]"#,
        )
    );
}

#[test]
fn a_draft_that_cannot_be_judged_by_says_why() {
    type Spoil = fn(&mut Draft);
    let family: [(Spoil, SettingError); 12] = [
        (|it| it.lines[0].max = 0, RuleError::Points.into()),
        (|it| it.lines[0].max = 101, RuleError::Points.into()),
        // The total is 100 - 5 = 95 then.
        (
            |it| {
                it.lines.pop();
                it.thresholds.as_mut().unwrap().pass_marks.other = 96;
            },
            RuleError::PassMark.into(),
        ),
        (
            |it| it.thresholds.as_mut().unwrap().pass_marks.mountainous = 0,
            RuleError::PassMark.into(),
        ),
        (
            |it| it.thresholds.as_mut().unwrap().group_percent = 101,
            RuleError::Percent.into(),
        ),
        (
            |it| it.groups.push("Trống".to_owned()),
            RuleError::EmptyGroup.into(),
        ),
        (|it| it.groups[1].clear(), SettingError::Incomplete),
        (
            |it| it.groups[1] = "x".repeat(601),
            SettingError::OutOfRange,
        ),
        (|it| it.lines[0].group = 3, SettingError::OutOfRange),
        (
            |it| it.grounds.as_mut().unwrap()[0].text.clear(),
            SettingError::Incomplete,
        ),
        (
            |it| it.grounds.as_mut().unwrap()[0].code = Some("c01".into()),
            SettingError::OutOfRange,
        ),
        (
            |it| {
                let line = Line {
                    code: None,
                    ..it.lines[0].clone()
                };
                it.lines.extend(vec![line; 16]);
            },
            RuleError::TooMany.into(),
        ),
    ];
    let unit: [(Spoil, SettingError); 3] = [
        (|it| it.lines[0].max = 1, RuleError::Points.into()),
        (
            |it| {
                it.thresholds =
                    Draft::from_last(Packs::default(), Assessment::CulturalFamily, PERIOD)
                        .unwrap()
                        .thresholds;
            },
            SettingError::OutOfRange,
        ),
        // The unit's form asks for none.
        (
            |it| {
                it.grounds = Some(vec![Ground {
                    code: None,
                    text: "Cháy lớn".to_owned(),
                    read: true,
                }]);
            },
            RuleError::TooMany.into(),
        ),
    ];
    let of = |title, cases: &[(Spoil, SettingError)]| {
        for (place, (spoil, error)) in cases.iter().enumerate() {
            let mut draft = Draft::from_last(Packs::default(), title, PERIOD).unwrap();
            draft.paper = "Quyết định 5/QĐ-UBND".to_owned();
            spoil(&mut draft);
            let said = draft.pack(Packs::default(), PERIOD);
            assert_eq!(said.map(|it| it.id), Err(*error), "{title:?} {place}");
        }
    };
    of(Assessment::CulturalFamily, &family);
    of(Assessment::SafeUnit, &unit);
}

#[test]
fn grounds_that_were_dropped_can_be_brought_back() {
    const FAMILY: Assessment = Assessment::CulturalFamily;
    let without = version_of(FAMILY, |draft| draft.grounds = Some(Vec::new()));
    assert!(without.exclusions.is_empty());
    assert!(takes_grounds(FAMILY));
    // Whose form asks for none has nowhere to have one answered.
    assert!(!takes_grounds(Assessment::SafeUnit));
    assert!(!takes_grounds(Assessment::NewRuralCommune));

    let mut first = Draft::from_last(Packs::default(), FAMILY, PERIOD).unwrap();
    first.paper = "Quyết định 5/QĐ-UBND".to_owned();
    let mut again = first.clone();
    first.grounds = Some(Vec::new());
    let fields = Setting::Pack(first.clone()).fields(PERIOD, Packs::default());
    let key = key(FAMILY, first.number);
    let records = [(key.clone(), written(key, 1, fields.unwrap()))].into();
    let packs = Settings::of(&records).packs;
    assert_eq!(
        Draft::from_last(packs, FAMILY, PERIOD).unwrap().grounds,
        Some(Vec::new())
    );
    // Under the codes they had, which mean what they meant.
    again.number += 1;
    let pack = again.pack(packs, PERIOD).unwrap();
    assert_eq!(pack.exclusions.len(), 7);
}
