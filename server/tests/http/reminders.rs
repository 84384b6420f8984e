//! Reminders: to whom, by whom, and back when they were read.

use crate::harness::{
    Client, Server, assert_problem, district, elsewhere, officer, other, province,
};
use thidua_domain::access::Role;
use thidua_domain::api::{CommuneReminders, ProblemCode, ReminderInput};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::date::Date;
use thidua_domain::record::Value;
use thidua_domain::reminder::{self, Draft, Reminder};
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

fn to(communes: &[AreaCode]) -> ReminderInput {
    ReminderInput {
        communes: communes.to_vec(),
        reminder: Draft {
            text: "Đề nghị nộp trước ngày 10/12.".to_owned(),
            assessment: Some(Assessment::CulturalFamily),
            due: Date::new(2022, 12, 10),
        },
    }
}

async fn sent(client: &Client, area: &AreaCode) -> Vec<CommuneReminders> {
    client.read(&format!("/api/reminders?area={area}")).await
}

fn on_tablet(tablet: &Tablet) -> Vec<Reminder> {
    let records = tablet.records.iter();
    records
        .filter_map(|(key, record)| reminder::read(key, &record.shown))
        .collect()
}

#[tokio::test]
async fn who_may_urge_whom() {
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
        let response = client.post("/api/reminders", &to(&communes)).await;
        assert_eq!(response.status(), status, "{name} {communes:?}");
    }
    let stranger = server.stranger();
    let response = stranger
        .post("/api/reminders", &to(std::slice::from_ref(&own)))
        .await;
    assert_problem(response, 401, ProblemCode::NotSignedIn, "nobody").await;
    let response = stranger.get("/api/reminders?area=14").await;
    assert_problem(response, 401, ProblemCode::NotSignedIn, "nobody").await;
    let mut silent = to(std::slice::from_ref(&own));
    silent.reminder.text = "  ".to_owned();
    let response = server
        .client("huyen")
        .await
        .post("/api/reminders", &silent)
        .await;
    assert_problem(response, 422, ProblemCode::Malformed, "nothing to read").await;

    let counts = |listed: Vec<CommuneReminders>| {
        let one = |of: &CommuneReminders| (of.commune.clone(), of.reminders.len());
        listed.iter().map(one).collect::<Vec<_>>()
    };
    let all = counts(sent(&server.client("xem").await, &province()).await);
    assert_eq!(all, [(own.clone(), 2), (far.clone(), 1)]);
    let below = counts(sent(&server.client("huyen").await, &district(0)).await);
    assert_eq!(below, [(own.clone(), 2)]);
    for (name, area) in [
        ("huyen", province()),
        ("huyen", far),
        ("huyen-khac", own),
        ("ta-hoc", district(0)),
    ] {
        let response = server
            .client(name)
            .await
            .get(&format!("/api/reminders?area={area}"))
            .await;
        assert_problem(response, 404, ProblemCode::NotFound, name).await;
    }
}

#[tokio::test]
async fn a_reminder_reaches_the_tablet_and_comes_back_read() {
    let server = start().await;
    let reviewer = server.client("huyen").await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    let home = commune(0);
    for _ in 0..2 {
        let response = reviewer
            .post("/api/reminders", &to(std::slice::from_ref(&home)))
            .await;
        assert_eq!(response.status(), 200);
    }
    line.sync(&mut tablet).await;
    let arrived = on_tablet(&tablet);
    assert_eq!(arrived.len(), 2);
    assert_eq!(arrived[0].draft, to(&[]).reminder);
    assert_eq!(arrived[0].sent_by, "Tài khoản huyen");
    assert_eq!(arrived[0].read, None);

    let key = tablet
        .records
        .iter()
        .find(|(key, record)| reminder::read(key, &record.shown).is_some())
        .map(|(key, _)| key.clone())
        .unwrap();
    let (name, value) = reminder::read_by("Lò Thị Hoa");
    tablet.write(&home, &key, &[(name, value)]);
    line.sync(&mut tablet).await;
    let listed = sent(&reviewer, &district(0)).await;
    let readers: Vec<_> = listed[0]
        .reminders
        .iter()
        .filter_map(|one| one.read.as_ref())
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(readers, ["Lò Thị Hoa"]);

    // What was asked is the server's; a tablet cannot rewrite it.
    let rewritten = [(reminder::field::TEXT, Value::from("Không cần nộp"))];
    tablet.write(&home, &key, &rewritten);
    let answer = line.exchange(&tablet.request()).await;
    let reasons: Vec<_> = answer.rejected.iter().map(|one| one.reason).collect();
    assert_eq!(reasons, [RejectReason::ServerField]);
    assert_eq!(server.database.recount(rules()).await.unwrap(), []);
}

#[tokio::test]
async fn the_table_says_what_was_asked_and_who_has_read_it() {
    let server = start().await;
    let (home, reviewer) = (commune(0), server.client("so-noi-vu").await);
    let path = format!("/api/reminders/csv?area={home}");
    assert_eq!(reviewer.table(&path).await.len(), 1);
    let asked = ReminderInput {
        reminder: Draft {
            text: "=Nộp, trước hạn".to_owned(),
            ..to(&[]).reminder
        },
        ..to(std::slice::from_ref(&home))
    };
    assert_eq!(reviewer.post("/api/reminders", &asked).await.status(), 200);
    let lines = reviewer.table(&path).await;
    let said = [
        "gia-dinh-van-hoa,\"'=Nộp, trước hạn\",10/12/2022",
        "15/04/2022,,",
    ];
    assert_eq!(lines.len(), 2);
    assert!(lines[1].starts_with(home.as_str()), "{}", lines[1]);
    for part in said {
        assert!(lines[1].contains(part), "{}", lines[1]);
    }
}
