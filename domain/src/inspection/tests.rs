//! What states an inspection goes through, what is taken, and whose the answers are.

use super::*;
use crate::access::is_servers;
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
