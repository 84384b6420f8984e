//! Inspections: who announces and closes them, what reaches the tablet, and what comes back from it.

use crate::harness::{
    Client, Server, assert_problem, district, elsewhere, officer, other, province,
};
use std::collections::BTreeSet;
use thidua_domain::access::Role;
use thidua_domain::api::{EntryDetail, InspectionInput, InspectionView, Inspections, ProblemCode};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::date::Date;
use thidua_domain::inspection::{
    self, Findings, FollowUp, Inspection, Outcome, Plan, State, Subject, field,
};
use thidua_domain::record::{Period, RecordKey, SubjectId, Value};
use thidua_domain::sync::wire::RejectReason;
use thidua_server::store::Database as _;
use thidua_server::store::contract::{Tablet, commune, rules};

async fn start() -> Server {
    Server::start(&[
        officer("ta-hoc", 0),
        officer("xa-khac", elsewhere()),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("huyen-khac", Role::DistrictReviewer, &district(elsewhere())),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("xem", Role::Viewer, &province()),
        other("quan-tri", Role::Administrator, &province()),
    ])
    .await
}

fn day(month: u8, day: u8) -> Date {
    Date::new(2022, month, day).unwrap()
}

fn plan() -> Plan {
    Plan {
        from: day(6, 1),
        until: None,
        subjects: BTreeSet::from([Subject::Titles]),
        about: "=Biên bản họp".to_owned(),
        team: "Phòng Nội vụ".to_owned(),
        place: "Bản Bó".to_owned(),
        inspected: None,
    }
}

fn announce(communes: &[AreaCode]) -> InspectionInput {
    InspectionInput::Plan {
        communes: communes.to_vec(),
        plan: plan(),
    }
}

fn change(view: &InspectionView, inspection: Inspection) -> InspectionInput {
    InspectionInput::Change {
        commune: view.commune.clone(),
        record: view.record.clone(),
        seen: view.digest.clone(),
        inspection,
    }
}

fn with_follow_up(plan: Plan) -> Inspection {
    let follow_up = FollowUp {
        what: "Bổ sung chữ ký".to_owned(),
        due: day(7, 1),
        done: None,
        answer: String::new(),
    };
    Inspection {
        findings: Some(Findings {
            done: day(6, 1),
            outcome: Outcome::Shortcomings,
            text: "Biên bản thiếu chữ ký.".to_owned(),
        }),
        follow_ups: [(1, follow_up)].into(),
        ..Inspection::announced(plan)
    }
}

async fn all(client: &Client, area: &AreaCode) -> Vec<InspectionView> {
    let list: Inspections = client.read(&format!("/api/inspections?area={area}")).await;
    list.inspections
}

#[tokio::test]
async fn who_inspects_whom() {
    let server = start().await;
    let (own, far) = (commune(0), commune(elsewhere()));
    for (name, communes, status) in [
        ("huyen", vec![own.clone()], 200),
        ("huyen", vec![own.clone(), far.clone()], 404),
        ("huyen-khac", vec![own.clone()], 404),
        ("so-noi-vu", vec![own.clone(), far.clone()], 200),
        ("so-noi-vu", vec![district(0)], 422),
        ("so-noi-vu", vec![], 422),
        ("xem", vec![own.clone()], 403),
        ("quan-tri", vec![own.clone()], 403),
        ("ta-hoc", vec![own.clone()], 403),
        ("xa-khac", vec![own.clone()], 404),
    ] {
        let client = server.client(name).await;
        let response = client.post("/api/inspections", &announce(&communes)).await;
        assert_eq!(response.status(), status, "{name} {communes:?}");
    }
    let counts = |listed: Vec<InspectionView>| {
        let of = |code: &AreaCode| listed.iter().filter(|it| it.commune == *code).count();
        (of(&own), of(&far))
    };
    assert_eq!(
        counts(all(&server.client("xem").await, &province()).await),
        (2, 1)
    );
    assert_eq!(
        counts(all(&server.client("huyen").await, &district(0)).await),
        (2, 0)
    );
    for (name, area) in [("huyen", province()), ("huyen", far), ("huyen-khac", own)] {
        let client = server.client(name).await;
        let response = client.get(&format!("/api/inspections?area={area}")).await;
        assert_problem(response, 404, ProblemCode::NotFound, name).await;
    }
    let stranger = server.stranger();
    let response = stranger.get("/api/inspections?area=14").await;
    assert_problem(response, 401, ProblemCode::NotSignedIn, "nobody").await;
}

#[tokio::test]
async fn findings_reach_the_tablet_and_the_answer_comes_back() {
    let server = start().await;
    let reviewer = server.client("huyen").await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    let home = commune(0);
    let ask = announce(std::slice::from_ref(&home));
    assert_eq!(reviewer.post("/api/inspections", &ask).await.status(), 200);
    line.sync(&mut tablet).await;
    let (key, arrived) = on_tablet(&tablet);
    assert_eq!(arrived, Inspection::announced(plan()));

    let seen = all(&reviewer, &home).await.remove(0);
    assert_eq!(
        (&seen.record, seen.sent_by.as_str()),
        (&key, "Tài khoản huyen")
    );
    let done = change(&seen, with_follow_up(plan()));
    assert_eq!(reviewer.post("/api/inspections", &done).await.status(), 200);
    let late = reviewer.post("/api/inspections", &done).await;
    assert_problem(late, 409, ProblemCode::ContentChanged, "seen long ago").await;

    line.sync(&mut tablet).await;
    assert_eq!(on_tablet(&tablet).1, with_follow_up(plan()));
    let before_answer = all(&reviewer, &home).await.remove(0);
    let (name, value) = inspection::answer(1, "Đã khắc phục: ký ngày 20/6.");
    tablet.write(&home, &key, &[(&name, value)]);
    line.sync(&mut tablet).await;

    // Who confirms has to have read the answer; who takes it away cannot.
    let mut closed = with_follow_up(plan());
    closed.follow_ups.get_mut(&1).unwrap().done = Some(day(6, 25));
    let blind = reviewer
        .post("/api/inspections", &change(&before_answer, closed.clone()))
        .await;
    assert_problem(blind, 409, ProblemCode::ContentChanged, "not read").await;
    let answered = all(&reviewer, &home).await.remove(0);
    assert_eq!(
        answered.inspection.follow_ups[&1].answer,
        "Đã khắc phục: ký ngày 20/6."
    );
    let mut gone = answered.inspection.clone();
    gone.follow_ups.clear();
    let refused = reviewer
        .post("/api/inspections", &change(&answered, gone))
        .await;
    assert_problem(refused, 422, ProblemCode::Malformed, "answered").await;
    let ok = reviewer
        .post("/api/inspections", &change(&answered, closed))
        .await;
    assert_eq!(ok.status(), 200);
    let now = all(&reviewer, &home).await.remove(0);
    assert_eq!(now.inspection.state(day(12, 31)), State::Closed);
    assert!(!now.inspection.follow_ups[&1].answer.is_empty());

    let table = reviewer
        .get(&format!("/api/inspections/csv?area={home}"))
        .await;
    let table = table.text().await.unwrap();
    assert!(table.starts_with('\u{feff}'));
    assert!(
        table.contains("Bình xét danh hiệu; =Biên bản họp"),
        "{table}"
    );
    assert!(
        table.contains(",Đã khắc phục: ký ngày 20/6.,25/06/2022"),
        "{table}"
    );
    assert_eq!(server.database.recount(rules()).await.unwrap(), []);
}

#[tokio::test]
async fn a_tablet_writes_answers_of_its_own_commune_alone() {
    let server = start().await;
    let (own, far) = (commune(0), commune(elsewhere()));
    let reviewer = server.client("so-noi-vu").await;
    let ask = announce(&[own.clone(), far.clone()]);
    assert_eq!(reviewer.post("/api/inspections", &ask).await.status(), 200);
    let line = server.client("ta-hoc").await;
    let listed = all(&reviewer, &province()).await;
    let of = |code: &AreaCode| listed.iter().find(|it| it.commune == *code).unwrap();
    for (device, record, name, reason) in [
        (
            7,
            &of(&own).record,
            field::FINDINGS,
            RejectReason::ServerField,
        ),
        (
            8,
            &of(&own).record,
            "follow-done.1",
            RejectReason::ServerField,
        ),
        (9, &of(&far).record, "answer.1", RejectReason::WrongCommune),
    ] {
        let mut tablet = Tablet::new("ta-hoc", device, std::slice::from_ref(&own));
        tablet.write(&own, record, &[(name, Value::from("2022-06-01"))]);
        let answer = line.exchange(&tablet.request()).await;
        let reasons: Vec<_> = answer.rejected.iter().map(|one| one.reason).collect();
        assert_eq!(reasons, [reason], "{name}");
    }
    assert_eq!(all(&reviewer, &province()).await, listed);
    // A record that is no inspection, or another commune's, is not changed under a commune's name.
    for (commune, record) in [(&own, &of(&far).record), (&far, &of(&own).record)] {
        let wrong = InspectionInput::Change {
            commune: commune.clone(),
            record: record.clone(),
            seen: of(&own).digest.clone(),
            inspection: with_follow_up(plan()),
        };
        let response = reviewer.post("/api/inspections", &wrong).await;
        assert_problem(response, 422, ProblemCode::Malformed, "another's").await;
    }
}

fn on_tablet(tablet: &Tablet) -> (RecordKey, Inspection) {
    let mut records = tablet.records.iter();
    let found = records
        .find_map(|(key, record)| Some((key.clone(), inspection::read(key, &record.shown)?)));
    found.expect("an inspection")
}

#[tokio::test]
async fn what_is_inspected_is_chosen_from_the_register_of_the_commune() {
    let server = start().await;
    let reviewer = server.client("so-noi-vu").await;
    let (home, far) = (commune(0), commune(elsewhere()));
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    let area = SubjectId(77);
    let inspected = RecordKey::subject_record(SubjectKind::ResidentialArea, area);
    tablet.add_area(&home, area, "Bản Bó Mới");
    line.sync(&mut tablet).await;
    let chosen = |key: &RecordKey| Plan {
        inspected: Some(key.clone()),
        ..plan()
    };
    let ask = |communes: &[&AreaCode], plan: Plan| InspectionInput::Plan {
        communes: communes.iter().copied().cloned().collect(),
        plan,
    };

    // Only in the commune inspected, only what is in its register, and all of it or nothing.
    let unknown = RecordKey::subject_record(SubjectKind::Unit, SubjectId(78));
    let not_a_subject = RecordKey::parse(&format!("inspection/{area}/1")).unwrap();
    for (communes, key) in [
        (vec![&far], &inspected),
        (vec![&home, &far], &inspected),
        (vec![&home], &unknown),
        (vec![&home], &not_a_subject),
    ] {
        let response = reviewer
            .post("/api/inspections", &ask(&communes, chosen(key)))
            .await;
        assert_problem(response, 422, ProblemCode::Malformed, key.as_str()).await;
    }
    assert_eq!(all(&reviewer, &province()).await, []);

    let response = reviewer
        .post("/api/inspections", &ask(&[&home], chosen(&inspected)))
        .await;
    assert_eq!(response.status(), 200);
    let seen = all(&reviewer, &home).await.remove(0);
    assert_eq!(seen.inspection.plan.inspected, Some(inspected.clone()));
    // It is called as the register calls it, whatever was typed.
    assert_eq!(seen.inspection.plan.place, "Bản Bó Mới");
    line.sync(&mut tablet).await;
    assert_eq!(on_tablet(&tablet).1, seen.inspection);

    // Its page lists the inspection, and no other page does.
    let of = async |client: &Client, id: SubjectId| {
        let entry = RecordKey::entry(id, Assessment::SafeResidentialArea, Period(2022));
        let path = format!("/api/entries/{entry}");
        client.read::<EntryDetail>(&path).await.inspections
    };
    tablet.add_area(&home, SubjectId(79), "Bản khác");
    line.sync(&mut tablet).await;
    assert_eq!(of(&reviewer, area).await, std::slice::from_ref(&seen));
    assert_eq!(of(&reviewer, SubjectId(79)).await, []);

    // Results are recorded although the area has left the register since; nothing else can be chosen there.
    tablet.write(&home, &inspected, &[("closed", "dissolved".into())]);
    line.sync(&mut tablet).await;
    let done = with_follow_up(seen.inspection.plan.clone());
    let recorded = reviewer
        .post("/api/inspections", &change(&seen, done))
        .await;
    assert_eq!(recorded.status(), 200);
    let seen = all(&reviewer, &home).await.remove(0);
    let mut other = seen.inspection.clone();
    other.plan.inspected = Some(unknown);
    let refused = reviewer
        .post("/api/inspections", &change(&seen, other))
        .await;
    assert_problem(refused, 422, ProblemCode::Malformed, "not in the register").await;
    // In words alone again.
    let mut words = seen.inspection.clone();
    words.plan.inspected = None;
    words.plan.place = "Bản Bó cũ".to_owned();
    let said = reviewer
        .post("/api/inspections", &change(&seen, words))
        .await;
    assert_eq!(said.status(), 200);
    let seen = all(&reviewer, &home).await.remove(0);
    let plan = seen.inspection.plan;
    assert_eq!((plan.inspected, plan.place.as_str()), (None, "Bản Bó cũ"));
    assert_eq!(server.database.recount(rules()).await.unwrap(), []);
}
