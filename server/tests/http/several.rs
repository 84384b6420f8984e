//! Several servers on one database: what one of them is told to change, the others go by at the next request.

use crate::harness::{
    Client, Server, add_accounts, assert_problem, district, officer, other, province,
};
use thidua_domain::access::Role;
use thidua_domain::api::{EntryDetail, Overview, ProblemCode, Session, SettingInput, SettingsView};
use thidua_domain::area::{AreaCode, AreaEvent, AreaTree};
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::Packs;
use thidua_domain::entry::content_digest;
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::setting::pack::Draft;
use thidua_domain::setting::{self, Setting};
use thidua_domain::subject;
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::RejectReason;
use thidua_server::areas::{Move, Mover, relocate};
use thidua_server::store::contract::{
    Cluster, NOW, PERIOD, area_change, commune, made, renamed, rules, set,
};
use thidua_server::store::{Account, Database, Postgres, Sqlite, as_set};

const UNIT: SubjectId = SubjectId(77);

fn input(setting: Setting) -> SettingInput {
    let seen = content_digest(&RecordState::new(setting::feed()));
    SettingInput { seen, setting }
}

/// The communes of a district, as a server counts them.
async fn below(client: &Client) -> Vec<AreaCode> {
    let path = format!("/api/overview?area={}", district(0));
    let overview: Overview = client.read(&path).await;
    let children = overview.children.into_iter();
    children.map(|child| child.area).collect()
}

/// One server renames a commune, makes another of it and ends it; the other one, which has answered by the old
/// areas before, goes by the new ones, for who reads and for what is pushed.
async fn areas_are_the_same_everywhere<D: Database>(one: D, two: D) {
    let accounts = [
        officer("ta-hoc", 0),
        other("xem", Role::Viewer, &province()),
        other("quan-tri", Role::Administrator, &province()),
    ];
    add_accounts(&one, &accounts).await;
    let (one, two) = (Server::beside(one).await, Server::beside(two).await);
    let (old, new) = (commune(0), AreaCode::parse("09001").unwrap());
    let viewer = two.client("xem").await;
    assert!(below(&viewer).await.contains(&old));

    let admin = one.client("quan-tri").await;
    let (mut tablet, line) = two.tablet("ta-hoc", 1, 0).await;
    line.sync(&mut tablet).await;
    let rename = input(renamed(1, &old, "Xã Đổi Tên"));
    assert_eq!(admin.post("/api/settings", &rename).await.status(), 200);
    let session: Session = viewer.read("/api/session").await;
    let tree = AreaTree::with(session.area_changes).unwrap();
    let named = tree.get(&old, rules().season.date).unwrap();
    assert_eq!(named.name, "Xã Đổi Tên");

    let made = input(made(2, &new, commune(0)));
    assert_eq!(admin.post("/api/settings", &made).await.status(), 200);
    // The other one takes accounts and moves to the commune that it was not started with.
    let account = Account {
        name: "ta-hoc".to_owned(),
        display_name: "Tài khoản ta-hoc".to_owned(),
        role: Role::CommuneOfficer,
        areas: vec![new.clone()],
        disabled: false,
    };
    two.database.change_account(account).await.unwrap();
    let own: Overview = two
        .client("ta-hoc")
        .await
        .read(&format!("/api/overview?area={new}"))
        .await;
    assert_eq!(own.own.area, new);
    let ended = AreaEvent::Ended {
        into: vec![new.clone()],
    };
    let ended = input(area_change(3, &old, ended));
    assert_eq!(admin.post("/api/settings", &ended).await.status(), 200);
    let after = below(&viewer).await;
    assert!(after.contains(&new) && !after.contains(&old));
    let gone = viewer.get(&format!("/api/overview?area={old}")).await;
    assert_problem(gone, 404, ProblemCode::NotFound, "it has ended").await;

    // What a tablet still writes for the commune that has ended is not taken; what is of the new one is.
    tablet.add_family(&old, SubjectId(1), "Lò Văn A", None);
    tablet.add_family(&new, SubjectId(2), "Lò Văn B", None);
    let answer = line.exchange(&tablet.request()).await;
    let refused: Vec<_> = answer.rejected.iter().map(|it| it.reason).collect();
    assert_eq!(refused, [RejectReason::NotYourArea]);
    assert!(!one.database.records(SubjectId(2)).await.unwrap().is_empty());
    assert_eq!(two.database.recount(rules()).await.unwrap(), []);
}

/// What one server adopts, the other judges by: what it shows and what is pushed to it.
async fn criteria_are_the_same_everywhere<D: Database>(one: D, two: D) {
    let accounts = [
        officer("ta-hoc", 0),
        other("xem", Role::Viewer, &province()),
        other("quan-tri", Role::Administrator, &province()),
    ];
    add_accounts(&one, &accounts).await;
    let (one, two) = (Server::beside(one).await, Server::beside(two).await);
    let (mut tablet, line) = two.tablet("ta-hoc", 1, 0).await;
    let key = RecordKey::subject_record(SubjectKind::Unit, UNIT);
    let kind = (subject::field::KIND, Value::from("agency"));
    tablet.write(&commune(0), &key, &[kind]);
    let entry = RecordKey::entry(UNIT, Assessment::SafeUnit, PERIOD);
    tablet.write(&commune(0), &entry, &[("registered", Value::Bool(true))]);
    line.sync(&mut tablet).await;
    let path = format!("/api/entries/{entry}");
    let viewer = two.client("xem").await;
    let lines = |detail: EntryDetail| detail.evaluation.unwrap();
    let before = lines(viewer.read(&path).await);

    let mut draft = Draft::from_last(Packs::default(), Assessment::SafeUnit, PERIOD).unwrap();
    draft.lines.pop();
    draft.paper = "Quyết định 5/QĐ-CAT".to_owned();
    let admin = one.client("quan-tri").await;
    let adopt = input(Setting::Pack(draft.clone()));
    assert_eq!(admin.post("/api/settings", &adopt).await.status(), 200);
    let after = lines(viewer.read(&path).await);
    assert_ne!(before, after);
    // The next version starts, at the other server, from the one that this one has adopted.
    let again = two.client("quan-tri").await;
    let stale = again.post("/api/settings/preview", &draft).await;
    assert_eq!(stale.status(), 422);
    let view: SettingsView = again.read("/api/settings").await;
    let packs = view.settings().packs;
    let mut next = Draft::from_last(packs, Assessment::SafeUnit, PERIOD).unwrap();
    next.paper = draft.paper.clone();
    let shown = again.post("/api/settings/preview", &next).await;
    assert_eq!(shown.status(), 200);
    assert_eq!(two.database.recount(rules()).await.unwrap(), []);
}

async fn on_sqlite() -> (Sqlite, Sqlite, tempfile::TempDir) {
    let data = tempfile::tempdir().unwrap();
    let one = Sqlite::open(data.path()).unwrap();
    let two = Sqlite::open(data.path()).unwrap();
    (one, two, data)
}

async fn on_postgres() -> (Postgres, Postgres) {
    let url = Cluster::shared().database().await;
    let one = Postgres::open(&url).await.unwrap();
    (one, Postgres::open(&url).await.unwrap())
}

#[tokio::test]
async fn areas_are_the_same_on_a_file_that_two_have_open() {
    let (one, two, _data) = on_sqlite().await;
    areas_are_the_same_everywhere(one, two).await;
}

#[tokio::test]
async fn areas_are_the_same_on_a_shared_postgres() {
    let (one, two) = on_postgres().await;
    areas_are_the_same_everywhere(one, two).await;
}

#[tokio::test]
async fn criteria_are_the_same_on_a_file_that_two_have_open() {
    let (one, two, _data) = on_sqlite().await;
    criteria_are_the_same_everywhere(one, two).await;
}

#[tokio::test]
async fn criteria_are_the_same_on_a_shared_postgres() {
    let (one, two) = on_postgres().await;
    criteria_are_the_same_everywhere(one, two).await;
}

/// An operator's command line beside a running server: both know the areas as they are, whoever changed them.
#[tokio::test]
async fn a_command_line_beside_a_server_knows_the_same_areas() {
    let (served, beside, _data) = on_sqlite().await;
    let accounts = [
        officer("ta-hoc", 0),
        other("xem", Role::Viewer, &province()),
    ];
    add_accounts(&served, &accounts).await;
    let server = Server::beside(served).await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    tablet.add_family(&commune(0), SubjectId(1), "Lò Văn A", None);
    line.sync(&mut tablet).await;
    let new = AreaCode::parse("09001").unwrap();
    set(&beside, made(1, &new, commune(0))).await;
    let mover = Mover {
        principal: thidua_server::store::contract::administrator(),
        hub: thidua_domain::sync::edit::DeviceId(902),
        time: thidua_domain::sync::clock::Hlc::from_millis(NOW),
        now_ms: NOW,
    };
    let what = Move {
        from: commune(0),
        residential_area: None,
        to: new.clone(),
    };
    let now = as_set(&beside, rules()).await.unwrap();
    assert!(relocate(&beside, now, &mover, &what).await.unwrap() > 0);
    let viewer = server.client("xem").await;
    let overview: Overview = viewer.read(&format!("/api/overview?area={new}")).await;
    let families = overview.own.tallies.iter();
    let families = families.filter(|row| row.assessment == Assessment::CulturalFamily);
    let expected: Vec<_> = families.map(|row| row.tally.expected).collect();
    assert_eq!(expected, [1]);
}
