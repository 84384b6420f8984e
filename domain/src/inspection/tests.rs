//! What states an inspection goes through, what is taken, and whose the answers are.

use super::*;
use crate::access::is_servers;
use crate::area::AreaCode;
use crate::catalogue::SubjectKind;
use crate::place;
use crate::record::SubjectId;
use crate::subject;
use crate::sync::clock::Hlc;
use crate::sync::edit::{DeviceId, Edit, EditId};

fn day(month: u8, day: u8) -> Date {
    Date::new(2022, month, day).unwrap()
}

fn plan() -> Plan {
    Plan {
        from: day(6, 1),
        until: Some(day(6, 3)),
        subjects: BTreeSet::from([Subject::Documents, Subject::Titles]),
        about: String::new(),
        team: "Phòng Nội vụ huyện".to_owned(),
        place: String::new(),
        inspected: None,
    }
}

fn done(follow_ups: &[(Date, Option<Date>)]) -> Inspection {
    let follow_ups = (1..).zip(follow_ups).map(|(number, (due, done))| {
        let follow_up = FollowUp {
            what: format!("Việc {number}"),
            due: *due,
            done: *done,
            answer: String::new(),
        };
        (number, follow_up)
    });
    Inspection {
        findings: Some(Findings {
            done: day(6, 3),
            outcome: Outcome::Shortcomings,
            text: "Thiếu biên bản họp.".to_owned(),
        }),
        follow_ups: follow_ups.collect(),
        ..Inspection::announced(plan())
    }
}

#[test]
fn states_follow_from_days() {
    let planned = Inspection::announced(plan());
    for (inspection, today, state) in [
        (planned.clone(), day(6, 3), State::Planned),
        (planned.clone(), day(6, 4), State::Overdue),
        (done(&[]), day(12, 1), State::Done),
        (done(&[(day(7, 1), None)]), day(7, 1), State::FollowUpOpen),
        (done(&[(day(7, 1), None)]), day(7, 2), State::FollowUpLate),
        (
            done(&[(day(7, 1), Some(day(6, 20))), (day(8, 1), None)]),
            day(7, 15),
            State::FollowUpOpen,
        ),
        (
            done(&[(day(7, 1), Some(day(7, 20)))]),
            day(8, 1),
            State::Closed,
        ),
        (
            Inspection {
                cancelled: "Mưa lũ".to_owned(),
                ..planned
            },
            day(12, 1),
            State::Cancelled,
        ),
    ] {
        assert_eq!(inspection.state(today), state);
    }
    let words: BTreeSet<_> = State::ALL.iter().map(|it| it.as_str()).collect();
    assert_eq!(words.len(), State::ALL.len());
}

#[test]
fn what_is_written_is_read_and_what_is_wrong_is_refused() {
    let period = Period(2022);
    let commune = AreaCode::parse("03751").unwrap();
    let key = next_key(&commune, &BTreeMap::new()).unwrap();
    let mut state = RecordState::new(commune.clone());
    let whole = done(&[(day(7, 1), Some(day(6, 20))), (day(8, 1), None)]);
    state.apply(&Edit {
        id: EditId {
            device: DeviceId::HUB,
            seq: 1,
        },
        time: Hlc::from_millis(7),
        author: "huyen".to_owned(),
        commune: commune.clone(),
        record: key.clone(),
        changes: state.changes_to(whole.fields(None, period).unwrap()),
    });
    assert_eq!(read(&key, &state), Some(whole.clone()));
    let next = next_key(&commune, &BTreeMap::from([(key.clone(), state)])).unwrap();
    assert_ne!(next, key);
    assert!(next > first_key(&commune) && next.subject() == subject(&commune));

    type Change = fn(&mut Inspection);
    for (change, error) in [
        (
            (|it| it.plan.team.clear()) as Change,
            InspectionError::Incomplete,
        ),
        (|it| it.plan.subjects.clear(), InspectionError::Incomplete),
        (
            |it| it.plan.until = Date::new(2022, 5, 1),
            InspectionError::WrongDay,
        ),
        (
            |it| it.plan.from = Date::new(2021, 5, 1).unwrap(),
            InspectionError::WrongDay,
        ),
        (
            |it| it.cancelled = "Thôi".to_owned(),
            InspectionError::NotDone,
        ),
        (|it| it.findings = None, InspectionError::NotDone),
        (
            |it| it.findings.as_mut().unwrap().text = "  ".to_owned(),
            InspectionError::Incomplete,
        ),
        (
            |it| it.follow_ups.get_mut(&1).unwrap().what.clear(),
            InspectionError::Incomplete,
        ),
        (
            |it| {
                let one = it.follow_ups[&1].clone();
                it.follow_ups.insert(MAX_FOLLOW_UPS + 1, one);
            },
            InspectionError::OutOfRange,
        ),
        (
            |it| it.plan.place = "x".repeat(MAX_LINE_BYTES + 1),
            InspectionError::OutOfRange,
        ),
    ] {
        let mut wrong = whole.clone();
        change(&mut wrong);
        assert_eq!(wrong.fields(Some(&whole), period), Err(error), "{wrong:?}");
    }
    // An answered follow-up keeps its number; one that nobody has answered may go.
    let mut fewer = whole.clone();
    fewer.follow_ups.remove(&2);
    assert!(fewer.fields(Some(&whole), period).is_ok());
    let mut answered = whole;
    answered.follow_ups.get_mut(&2).unwrap().answer = "Đã khắc phục".to_owned();
    assert_eq!(
        fewer.fields(Some(&answered), period),
        Err(InspectionError::Answered)
    );
}

#[test]
fn a_tablet_writes_answers_alone() {
    let commune = AreaCode::parse("03751").unwrap();
    let key = first_key(&commune);
    let name = |name: &str| FieldName::parse(name).unwrap();
    for (number, text) in [(1, " Đã khắc phục "), (5, "")] {
        let (field, _) = answer(number, text);
        assert!(!is_servers(&key, &name(&field)));
    }
    assert_eq!(answer(1, " Đã khắc phục ").1, Value::from("Đã khắc phục"));
    assert_eq!(answer(1, " ").1, Value::Null);
    for server in [field::FROM, field::FINDINGS, "follow.1", "follow-done.1"] {
        assert!(is_servers(&key, &name(server)), "{server}");
    }
    // A key that a tablet made up does not stop the numbers.
    let made_up = RecordKey::parse(&format!("{KIND}/{}/4000000000", subject(&commune))).unwrap();
    let records = BTreeMap::from([(made_up, RecordState::new(commune.clone()))]);
    assert!(next_key(&commune, &records).is_ok());
    let full = RecordKey::parse(&format!("{KIND}/{}/{MAX_INSPECTIONS}", subject(&commune)));
    let records = BTreeMap::from([(full.unwrap(), RecordState::new(commune.clone()))]);
    assert_eq!(
        next_key(&commune, &records),
        Err(InspectionError::OutOfRange)
    );
}

/// A register with one unit, one residential area and one family.
fn register() -> BTreeMap<RecordKey, RecordState> {
    let commune = AreaCode::parse("03751").unwrap();
    let kinds = [
        (SubjectKind::Unit, subject::field::NAME, "Trường Tiểu học"),
        (SubjectKind::ResidentialArea, subject::field::NAME, "Bản Bó"),
        (SubjectKind::Family, subject::field::HEAD, "Lò Văn A"),
    ];
    let record = |(number, (kind, name, value)): (u128, (SubjectKind, &str, &str))| {
        let key = RecordKey::subject_record(kind, SubjectId(number));
        let mut state = RecordState::new(commune.clone());
        write(&mut state, &key, name, Value::from(value));
        (key, state)
    };
    (1..).zip(kinds).map(record).collect()
}

fn write(state: &mut RecordState, key: &RecordKey, name: &str, value: Value) {
    let seq = state.fields.len() as u32 + 1;
    state.apply(&Edit {
        id: EditId {
            device: DeviceId(1),
            seq,
        },
        time: Hlc(1),
        author: "x".to_owned(),
        commune: state.commune.clone(),
        record: key.clone(),
        changes: state.changes_to(vec![(FieldName::parse(name).unwrap(), value)]),
    });
}

#[test]
fn what_is_inspected_is_of_the_commune_s_register() {
    let (here, there) = (
        AreaCode::parse("03751").unwrap(),
        AreaCode::parse("03752").unwrap(),
    );
    let records = register();
    let [unit, area] = KINDS.map(|kind| {
        let mut keys = records.keys();
        keys.find(|key| key.subject_kind() == Some(kind))
            .unwrap()
            .clone()
    });
    let family = RecordKey::subject_record(SubjectKind::Family, SubjectId(3));
    let unknown = RecordKey::subject_record(SubjectKind::Unit, SubjectId(9));
    let of = |inspected: &RecordKey| Plan {
        place: "tên gõ tay".to_owned(),
        inspected: Some(inspected.clone()),
        ..plan()
    };
    let mut closed = records.clone();
    let state = closed.get_mut(&unit).unwrap();
    write(state, &unit, subject::field::CLOSED, "dissolved".into());
    let mut moved = records.clone();
    let place = place::record(unit.subject());
    let mut state = RecordState::new(here.clone());
    write(&mut state, &place, place::COMMUNE, there.as_str().into());
    moved.insert(place, state);
    for (key, commune, records, called) in [
        (&unit, &here, &records, Some("Trường Tiểu học")),
        (&area, &here, &records, Some("Bản Bó")),
        (&unit, &there, &records, None),
        (&family, &here, &records, None),
        (&unknown, &here, &records, None),
        (&unit, &here, &closed, None),
        (&unit, &here, &moved, None),
        (&unit, &there, &moved, Some("Trường Tiểu học")),
    ] {
        let settled = of(key).settled(commune, records, None);
        let called = called
            .map(str::to_owned)
            .ok_or(InspectionError::NotInRegister);
        assert_eq!(settled.map(|plan| plan.place), called, "{key:?} {commune}");
    }
    // What is not in the register stays as it was typed, and a choice stands although the register has changed.
    assert_eq!(plan().settled(&here, &records, None), Ok(plan()));
    let before = of(&unit).settled(&here, &records, None).unwrap();
    let again = of(&unit).settled(&here, &closed, Some(&before));
    assert_eq!(again.as_ref(), Ok(&before));

    // It is written, and read back; a family's key, or none at all, is read as nothing.
    let key = first_key(&here);
    let fields = Inspection::announced(before.clone()).fields(None, Period(2022));
    let mut state = RecordState::new(here.clone());
    for (name, value) in fields.unwrap() {
        write(&mut state, &key, name.as_str(), value);
    }
    assert_eq!(read(&key, &state).unwrap().plan, before);
    for other in [Value::from(family.as_str()), "Bản Bó".into(), Value::Null] {
        write(&mut state, &key, field::INSPECTED, other);
        assert_eq!(read(&key, &state).unwrap().plan.inspected, None);
    }
    let wrong = Inspection::announced(of(&family)).fields(None, Period(2022));
    assert_eq!(wrong, Err(InspectionError::NotInRegister));
    // An earlier program says nothing of it.
    let earlier =
        r#"{"from":"2022-06-01","subjects":["titles"],"team":"Phòng Nội vụ","place":"Bản Bó"}"#;
    let read: Plan = serde_json::from_str(earlier).unwrap();
    assert_eq!((read.place.as_str(), read.inspected), ("Bản Bó", None));
    // Each leads to a page of its own.
    let page = |key| entry(key, Period(2022)).map(|entry| entry.as_str().to_owned());
    assert!(page(&unit).unwrap().ends_with("/don-vi-an-toan/2022"));
    assert!(page(&area).unwrap().ends_with("/khu-dan-cu-an-toan/2022"));
    assert_eq!(page(&family), None);
}
