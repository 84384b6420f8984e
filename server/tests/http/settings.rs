//! What the province sets, over HTTP: who may, and that it reaches every tablet.

use crate::harness::{Client, Server, assert_problem, district, officer, other, province};
use thidua_domain::access::Role;
use thidua_domain::api::{
    AccountChange, AccountFacts, AccountView, MoveRequest, Moved, Overview, ProblemCode, Session,
    SettingInput, SettingsView,
};
use thidua_domain::area::{AreaChange, AreaCode, AreaEvent, AreaKind, AreaTree};
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::date::Date;
use thidua_domain::entry::{ContentDigest, content_digest};
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::setting::areas::{self as areas_setting, Entered};
use thidua_domain::setting::days::{self, SetDays};
use thidua_domain::setting::term::{Term, TermId};
use thidua_domain::setting::{self, Setting, Settings};
use thidua_domain::subject;
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::{self, RejectReason};
use thidua_server::store::contract::{PERIOD, Tablet, commune, rules};

const TITLE: Assessment = Assessment::CulturalFamily;

async fn start() -> Server {
    Server::start(&[
        officer("ta-hoc", 0),
        officer("muong-bu", 1),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("so-nham-huyen", Role::ProvinceReviewer, &district(0)),
        other("xem", Role::Viewer, &province()),
        other("quan-tri", Role::Administrator, &province()),
        other("quan-tri-huyen", Role::Administrator, &district(0)),
    ])
    .await
}

fn nothing_seen() -> ContentDigest {
    content_digest(&RecordState::new(setting::feed()))
}

fn until(day: u8, seen: ContentDigest) -> SettingInput {
    let setting = Setting::Days(SetDays {
        assessment: TITLE,
        registration: None,
        submission: Date::new(2022, 11, day),
        paper: "Kế hoạch 12/KH-UBND".to_owned(),
        set_ms: 0,
    });
    SettingInput { seen, setting }
}

async fn read(client: &Client) -> SettingsView {
    client.read("/api/settings").await
}

#[tokio::test]
async fn who_reads_and_who_sets() {
    let server = start().await;
    let mut seen = nothing_seen();
    for (name, day, status) in [
        ("so-noi-vu", 10, 200),
        ("quan-tri", 11, 200),
        ("xem", 12, 403),
        ("huyen", 12, 404),
        ("so-nham-huyen", 12, 404),
        ("quan-tri-huyen", 12, 404),
        ("ta-hoc", 12, 404),
    ] {
        let client = server.client(name).await;
        let response = client
            .post("/api/settings", &until(day, seen.clone()))
            .await;
        assert_eq!(response.status(), status, "{name}");
        // What applies to everybody is read by everybody; who set it, by those who set.
        let view = read(&client).await;
        assert_eq!(view.may_set, status == 200, "{name}");
        assert_eq!(view.settings.len(), 1);
        assert_eq!(view.settings[0].history.is_empty(), status != 200, "{name}");
        seen = view.settings[0].digest.clone();
    }
    let now = read(&server.client("xem").await).await.settings();
    let due = now.submission(TITLE, PERIOD);
    assert_eq!(due.last, Date::new(2022, 11, 11).unwrap());
    let stranger = server.stranger();
    for response in [
        stranger.get("/api/settings").await,
        stranger.post("/api/settings", &until(9, seen)).await,
    ] {
        assert_problem(response, 401, ProblemCode::NotSignedIn, "nobody").await;
    }
    use thidua_server::store::Database as _;
    assert_eq!(server.database.recount(rules()).await.unwrap(), []);
}

#[tokio::test]
async fn a_setting_takes_the_place_of_the_one_that_was_seen_and_keeps_its_history() {
    let server = start().await;
    let client = server.client("quan-tri").await;
    for day in [10, 20] {
        let view = read(&client).await;
        let key = days::key(TITLE, PERIOD);
        let seen = view
            .view(&key)
            .map_or_else(nothing_seen, |view| view.digest.clone());
        let response = client.post("/api/settings", &until(day, seen)).await;
        assert_eq!(response.status(), 200);
    }
    let late = client
        .post("/api/settings", &until(1, nothing_seen()))
        .await;
    assert_problem(late, 409, ProblemCode::ContentChanged, "seen long ago").await;
    let view = read(&client).await;
    let set: Vec<_> = view.settings[0]
        .history
        .iter()
        .flat_map(|item| &item.edit.changes)
        .filter(|change| change.field.as_str() == days::field::SUBMISSION)
        .map(|change| change.value.clone())
        .collect();
    assert_eq!(set, [Value::from("2022-11-20"), Value::from("2022-11-10")]);

    let mut wrong = until(1, view.settings[0].digest.clone());
    let Setting::Days(days) = &mut wrong.setting else {
        unreachable!()
    };
    days.submission = Date::new(2021, 11, 1);
    let response = client.post("/api/settings", &wrong).await;
    assert_problem(response, 422, ProblemCode::Malformed, "another year").await;
    assert_eq!(read(&client).await, view);
}

/// Every tablet learns of it at its next sync, in the same one request, and keeps it without a connection.
#[tokio::test]
async fn every_tablet_has_what_is_set_and_none_can_set() {
    let server = start().await;
    let client = server.client("so-noi-vu").await;
    let (mut one, one_line) = server.tablet("ta-hoc", 1, 0).await;
    let (mut two, two_line) = server.tablet("muong-bu", 2, 1).await;
    for (tablet, line) in [(&mut one, &one_line), (&mut two, &two_line)] {
        line.sync(tablet).await;
        let communes = tablet.principal.areas.clone();
        let feeds: Vec<_> = communes.into_iter().chain([setting::feed()]).collect();
        assert_eq!(tablet.replica.follow, feeds);
    }
    let posted = client
        .post("/api/settings", &until(10, nothing_seen()))
        .await;
    assert_eq!(posted.status(), 200);
    let day = |month, day| Date::new(2022, month, day).unwrap();
    let term = Setting::Term {
        id: TermId(1),
        term: Some(Term {
            name: "Quý I".to_owned(),
            from: day(1, 1),
            to: day(3, 31),
            due: day(3, 25),
            paper: "Công văn 100/SNV".to_owned(),
            set_ms: 0,
        }),
    };
    let input = SettingInput {
        seen: nothing_seen(),
        setting: term,
    };
    let posted = client.post("/api/settings", &input).await;
    assert_eq!(posted.status(), 200);
    for (tablet, line) in [(&mut one, &one_line), (&mut two, &two_line)] {
        assert_eq!(line.sync(tablet).await, 1);
        let records = tablet.records.iter().map(|(key, it)| (key, &it.shown));
        let settings = Settings::read(records);
        assert_eq!(settings.submission(TITLE, PERIOD).last, day(11, 10));
        assert_eq!(settings.terms[&(PERIOD, TermId(1))].due, day(3, 25));
    }

    // What an idle sync says more for it, both ways together.
    let (mut request, mut answer) = (one.request(), one_line.exchange(&one.request()).await);
    let sizes = |request: &wire::Request, answer: &wire::Response| {
        let written = wire::Writer::default().with(answer).finish();
        wire::encode_all(std::slice::from_ref(request)).len() + written.len()
    };
    let whole = sizes(&request, &answer);
    assert_eq!(request.cursors.pop().unwrap().0, setting::feed());
    assert_eq!(answer.follow.pop().unwrap(), setting::feed());
    assert!(whole - sizes(&request, &answer) < 20);

    // Neither what the server says alone nor a record of their own gets into that feed from a tablet.
    let due = days::key(TITLE, PERIOD);
    let own = RecordKey::subject_record(SubjectKind::Family, SubjectId(7));
    let day = (days::field::SUBMISSION, Value::from("2022-12-31"));
    let name = (subject::field::NAME, Value::from("Mùa A Chu"));
    for (device, home, key, write, expected) in [
        (9, commune(0), &due, &day, RejectReason::ServerField),
        (10, setting::feed(), &due, &day, RejectReason::ServerField),
        (11, setting::feed(), &own, &name, RejectReason::NotYourArea),
    ] {
        let mut tablet = Tablet::new("ta-hoc", device, &[commune(0)]);
        tablet.write(&home, key, std::slice::from_ref(write));
        let answer = one_line.exchange(&tablet.request()).await;
        let reasons: Vec<_> = answer.rejected.iter().map(|it| it.reason).collect();
        assert_eq!(reasons, [expected]);
    }
}

fn area_change(number: u16, code: &AreaCode, what: AreaEvent) -> SettingInput {
    let entered = Entered {
        change: AreaChange {
            code: code.clone(),
            from: Date::new(2022, 7, 1).unwrap(),
            what,
        },
        paper: "Nghị quyết 12/NQ-HĐND".to_owned(),
        set_ms: 0,
    };
    SettingInput {
        seen: nothing_seen(),
        setting: Setting::Area {
            number,
            entered: Some(entered),
        },
    }
}

/// A commune is renamed, a new one is made of it and takes over what is in it, and the old one ends.
#[tokio::test]
async fn areas_change_while_the_server_runs_and_nothing_is_left_behind() {
    use thidua_server::store::Database as _;
    let server = start().await;
    let admin = server.client("quan-tri").await;
    let old = commune(0);
    let new = AreaCode::parse("09001").unwrap();
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    tablet.add_family(&old, SubjectId(1), "Lò Văn A", None);
    line.sync(&mut tablet).await;

    let renamed = || AreaEvent::Renamed {
        name: "Xã Đổi Tên".to_owned(),
        kind: AreaKind::Commune,
    };
    for name in ["so-noi-vu", "xem", "quan-tri-huyen", "ta-hoc"] {
        let client = server.client(name).await;
        let response = client
            .post("/api/settings", &area_change(1, &old, renamed()))
            .await;
        assert!([403, 404].contains(&response.status().as_u16()), "{name}");
    }
    let response = admin
        .post("/api/settings", &area_change(1, &old, renamed()))
        .await;
    assert_eq!(response.status(), 200);
    // Whoever signs in now knows the name, and counts follow the kind: the ward is a xã now.
    let session: Session = admin.read("/api/session").await;
    let tree = AreaTree::with(session.area_changes).unwrap();
    let date = rules().season.date;
    assert_eq!(tree.get(&old, date).unwrap().name, "Xã Đổi Tên");
    let rural = |overview: &Overview| {
        let row = overview.own.tallies.iter();
        let mut row = row.filter(|row| row.assessment == Assessment::NewRuralCommune);
        row.next().map(|row| row.tally.expected)
    };
    let overview: Overview = admin.read("/api/overview?area=14").await;
    assert_eq!(rural(&overview), Some(189));

    // It cannot end while a family lives in it and an officer answers for it.
    let ended = || AreaEvent::Ended {
        into: vec![commune(1)],
    };
    let end = area_change(2, &old, ended());
    let response = admin.post("/api/settings", &end).await;
    assert_problem(response, 422, ProblemCode::Malformed, "inhabited").await;
    let made = AreaEvent::Made {
        name: "Xã Mới".to_owned(),
        kind: AreaKind::Commune,
        parent: district(0),
        of: vec![old.clone()],
    };
    let response = admin
        .post("/api/settings", &area_change(3, &new, made))
        .await;
    assert_eq!(response.status(), 200);
    let away = MoveRequest {
        from: old.clone(),
        residential_area: None,
        to: new.clone(),
    };
    let moved: Moved = admin
        .post("/api/areas/move", &away)
        .await
        .json()
        .await
        .unwrap();
    assert!(moved.subjects > 0);
    let response = admin.post("/api/settings", &end).await;
    assert_problem(response, 422, ProblemCode::Malformed, "answered for").await;
    let accounts: Vec<AccountView> = admin.read("/api/accounts").await;
    let seen = accounts
        .into_iter()
        .find(|it| it.name == "ta-hoc")
        .unwrap()
        .facts;
    let facts = AccountFacts {
        areas: vec![new.clone()],
        ..seen.clone()
    };
    let change = AccountChange { seen, facts };
    let response = admin.post("/api/accounts/ta-hoc", &change).await;
    assert_eq!(response.status(), 200, "{}", response.text().await.unwrap());
    let response = admin.post("/api/settings", &end).await;
    assert_eq!(response.status(), 200);

    // The family counts in the new commune, and its officer goes on where they were.
    let overview: Overview = admin
        .read(&format!("/api/overview?area={}", district(0)))
        .await;
    let areas: Vec<_> = overview.children.iter().map(|child| &child.area).collect();
    assert!(areas.contains(&&new) && !areas.contains(&&old), "{areas:?}");
    let own: Overview = server
        .client("ta-hoc")
        .await
        .read(&format!("/api/overview?area={new}"))
        .await;
    let families = own.own.tallies.iter().find(|row| row.assessment == TITLE);
    assert_eq!(families.unwrap().tally.expected, 1);
    let entry = RecordKey::entry(SubjectId(1), TITLE, PERIOD);
    tablet.write(&old, &entry, &[("registered", Value::Bool(true))]);
    line.sync(&mut tablet).await;
    let records = server.database.records(SubjectId(1)).await.unwrap();
    assert!(records.contains_key(&entry));
    // What fits no more is not withdrawn: the family lives in it.
    let withdraw = SettingInput {
        seen: read(&admin)
            .await
            .view(&areas_setting::key(3))
            .unwrap()
            .digest
            .clone(),
        setting: Setting::Area {
            number: 3,
            entered: None,
        },
    };
    let response = admin.post("/api/settings", &withdraw).await;
    assert_problem(response, 422, ProblemCode::Malformed, "inhabited").await;
    assert_eq!(server.database.recount(rules()).await.unwrap(), []);
}
