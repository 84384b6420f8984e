//! Keeping accounts over HTTP: who may, whom, and what becomes of sessions.

use crate::harness::{
    Client, PASSWORD, Server, assert_problem, district, elsewhere, officer, other, province,
};
use thidua_domain::access::Role;
use thidua_domain::api::{
    AccountChange, AccountFacts, AccountView, NewAccount, NewPassword, ProblemCode,
};
use thidua_domain::area::AreaCode;
use thidua_domain::record::SubjectId;
use thidua_server::audit::Deed;
use thidua_server::store::Database as _;
use thidua_server::store::contract::commune;

async fn start() -> Server {
    Server::start(&[
        officer("ta-hoc", 0),
        officer("xa-xa", elsewhere()),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("xem", Role::Viewer, &province()),
        other("quan-tri", Role::Administrator, &province()),
        other("quan-tri-huyen", Role::Administrator, &district(0)),
    ])
    .await
}

fn facts(role: Role, area: &AreaCode) -> AccountFacts {
    AccountFacts {
        display_name: "UBND xã Mới".to_owned(),
        role,
        areas: vec![area.clone()],
        disabled: false,
    }
}

fn new(name: &str, facts: AccountFacts) -> NewAccount {
    NewAccount {
        name: name.to_owned(),
        facts,
    }
}

async fn listed(client: &Client) -> Vec<AccountView> {
    client.read("/api/accounts").await
}

async fn account(client: &Client, name: &str) -> AccountView {
    let all = listed(client).await.into_iter();
    let mut found = all.filter(|account| account.name == name);
    found.next().expect("an account that is kept")
}

#[tokio::test]
async fn administrators_keep_the_accounts_of_their_areas_and_nobody_else_does() {
    let server = start().await;
    for name in ["ta-hoc", "huyen", "so-noi-vu", "xem"] {
        let client = server.client(name).await;
        let one = new("moi", facts(Role::CommuneOfficer, &commune(0)));
        for status in [
            client.get("/api/accounts").await.status(),
            client
                .post("/api/accounts/ta-hoc/password", &())
                .await
                .status(),
            client
                .post("/api/accounts/khong-co/password", &())
                .await
                .status(),
        ] {
            assert_eq!(status, 403, "{name}");
        }
        let added = client.post("/api/accounts", &one).await.status();
        assert!(added == 403 || added == 404, "{name}");
    }
    let stranger = server.stranger().get("/api/accounts").await;
    assert_problem(stranger, 401, ProblemCode::NotSignedIn, "nobody").await;

    let all = listed(&server.client("quan-tri").await).await;
    assert_eq!(all.len(), 7);
    let local = server.client("quan-tri-huyen").await;
    let names: Vec<_> = listed(&local).await.into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["huyen", "quan-tri-huyen", "ta-hoc"]);
    for path in [
        "/api/accounts/xa-xa/password",
        "/api/accounts/so-noi-vu/password",
    ] {
        assert_eq!(local.post(path, &()).await.status(), 404);
    }
    // Nor may they give anybody what lies outside of their area.
    for (area, status) in [
        (province(), 404),
        (commune(elsewhere()), 404),
        (commune(0), 200),
    ] {
        let asked = new("moi", facts(Role::Viewer, &area));
        assert_eq!(local.post("/api/accounts", &asked).await.status(), status);
    }
}

#[tokio::test]
async fn an_account_is_added_changed_and_disabled() {
    let server = start().await;
    let client = server.client("quan-tri").await;
    for (what, name, wrong) in [
        ("a name", "Mới", facts(Role::Viewer, &province())),
        (
            "no commune",
            "moi",
            facts(Role::CommuneOfficer, &district(0)),
        ),
        (
            "no such area",
            "moi",
            AccountFacts {
                areas: vec![],
                ..facts(Role::Viewer, &province())
            },
        ),
    ] {
        let response = client.post("/api/accounts", &new(name, wrong)).await;
        assert_problem(response, 422, ProblemCode::Malformed, what).await;
    }
    let asked = new("moi", facts(Role::CommuneOfficer, &commune(0)));
    let added: NewPassword = client
        .post("/api/accounts", &asked)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(client.post("/api/accounts", &asked).await.status(), 409);
    let browser = server.stranger();
    assert_eq!(browser.sign_in("moi", &added.password).await.status(), 200);

    let before = account(&client, "moi").await.facts;
    assert_eq!(before, asked.facts);
    let mut change = AccountChange {
        seen: before.clone(),
        facts: AccountFacts {
            areas: vec![commune(0), commune(1)],
            ..before.clone()
        },
    };
    let path = "/api/accounts/moi";
    assert_eq!(client.post(path, &change).await.status(), 200);
    let late = client.post(path, &change).await;
    assert_problem(late, 409, ProblemCode::ContentChanged, "seen long ago").await;
    change.seen = change.facts.clone();
    change.facts.disabled = true;
    assert_eq!(client.post(path, &change).await.status(), 200);
    assert_eq!(account(&client, "moi").await.sessions, []);
    assert_eq!(browser.sign_in("moi", &added.password).await.status(), 401);
    std::mem::swap(&mut change.seen, &mut change.facts);
    assert_eq!(client.post(path, &change).await.status(), 200);
    assert_eq!(browser.sign_in("moi", &added.password).await.status(), 200);

    // Nobody takes their own rights away.
    let own = account(&client, "quan-tri").await.facts;
    let disabled = AccountFacts {
        disabled: true,
        ..own.clone()
    };
    let change = AccountChange {
        seen: own,
        facts: disabled,
    };
    let response = client.post("/api/accounts/quan-tri", &change).await;
    assert_eq!(response.status(), 403);

    let notes = server.database.notes(0, 100).await.unwrap();
    let deeds: Vec<_> = notes
        .iter()
        .filter(|row| row.note.actor == "quan-tri" && row.note.deed != Deed::SignedIn)
        .map(|row| row.note.deed)
        .collect();
    assert_eq!(
        deeds,
        [
            Deed::AccountAdded,
            Deed::AccountChanged,
            Deed::AccountDisabled,
            Deed::AccountChanged
        ]
    );
}

/// A lost tablet: its session ends, it is told at its next contact, and what it has is its own until then.
#[tokio::test]
async fn a_session_that_is_ended_signs_in_again_and_loses_nothing() {
    let server = start().await;
    let client = server.client("quan-tri").await;
    let (mut tablet, line) = server.tablet("ta-hoc", 7, 0).await;
    tablet.add_family(&commune(0), SubjectId(1), "Lò Văn A", None);
    line.sync(&mut tablet).await;
    let seen = account(&client, "ta-hoc").await;
    assert_eq!((seen.sessions.len(), seen.devices.len()), (1, 1));
    assert_eq!(seen.devices[0].held, 1);
    assert!(seen.devices[0].last_ms.is_some());

    tablet.add_family(&commune(0), SubjectId(2), "Lò Văn B", None);
    let id = &seen.sessions[0].id;
    let path = |name: &str| format!("/api/accounts/{name}/sessions/{id}");
    let end = async |path: String| {
        let request = client.request(reqwest::Method::DELETE, &path);
        request.send().await.unwrap().status()
    };
    assert_eq!(end(path("huyen")).await, 404);
    assert_eq!(end(path("ta-hoc")).await, 200);
    assert_eq!(end(path("ta-hoc")).await, 404);
    let frame = thidua_domain::sync::wire::encode_all(&[tablet.request()]);
    let told = line.send_frame(frame).await;
    assert_problem(told, 401, ProblemCode::NotSignedIn, "the tablet").await;
    assert_eq!(tablet.replica.waiting(), 1);

    let again = server.client("ta-hoc").await;
    again.sync(&mut tablet).await;
    assert_eq!(tablet.replica.waiting(), 0);

    // Another password ends all of them.
    let made: NewPassword = client
        .post("/api/accounts/ta-hoc/password", &())
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(account(&client, "ta-hoc").await.sessions, []);
    let browser = server.stranger();
    assert_eq!(browser.sign_in("ta-hoc", PASSWORD).await.status(), 401);
    assert_eq!(
        browser.sign_in("ta-hoc", &made.password).await.status(),
        200
    );
}
