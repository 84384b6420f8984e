//! Signing in, staying in, being kept out.

use crate::harness::{PASSWORD, Server, assert_problem, cookie_of, officer, other, province};
use reqwest::Method;
use std::time::Duration;
use thidua_domain::access::Role;
use thidua_domain::api::{ProblemCode, Session, SignedIn};
use thidua_server::accounts::SESSION_MS;
use thidua_server::store::Database as _;

const DAY: u64 = 24 * 60 * 60 * 1000;

#[tokio::test]
async fn who_signs_in_and_who_does_not() {
    let server = Server::start(&[officer("ta-hoc", 0), officer("da-nghi", 1)]).await;
    server
        .database
        .disable_account("da-nghi".to_owned())
        .await
        .unwrap();
    let stranger = server.stranger();
    let long = "x".repeat(2_000);
    for (name, password, enters) in [
        ("ta-hoc", PASSWORD, true),
        // Tablets write a capital at the start of a line, and people add a space.
        (" Ta-hoc ", PASSWORD, true),
        ("ta-hoc", "không phải thế", false),
        ("ta-hoc", "", false),
        ("ta-hoc", long.as_str(), false),
        ("khong-co", PASSWORD, false),
        ("tài khoản lạ", PASSWORD, false),
        ("da-nghi", PASSWORD, false),
    ] {
        let response = stranger.sign_in(name, password).await;
        if enters {
            assert_eq!(response.status(), 200, "{name}");
            let session: Session = response.json().await.unwrap();
            assert_eq!(session.account, "ta-hoc");
            assert_eq!(session.role, Role::CommuneOfficer);
            assert_eq!(session.season.period.0, 2022);
        } else {
            assert!(cookie_of(&response).is_none());
            assert_problem(response, 401, ProblemCode::WrongCredentials, name).await;
        }
    }
}

#[tokio::test]
async fn the_password_releases_the_key_of_the_own_register() {
    let server = Server::start(&[
        officer("ta-hoc", 0),
        officer("ta-khoa", 1),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
    ])
    .await;
    let stranger = server.stranger();
    let key = async |name: &str| {
        let response = stranger.sign_in(name, PASSWORD).await;
        assert_eq!(response.headers()["cache-control"], "no-store");
        response.json::<SignedIn>().await.unwrap().vault_key
    };
    let own = key("ta-hoc").await.expect("officers have one");
    assert_eq!(key("ta-hoc").await, Some(own.clone()));
    assert!(key("ta-khoa").await.is_some_and(|other| other != own));
    assert_eq!(key("so-noi-vu").await, None);

    // A session alone, on a tablet that was left open, does not tell it.
    let client = server.client("ta-hoc").await;
    let shown = client.get("/api/session").await.text().await.unwrap();
    assert!(!shown.contains("vault_key"), "{shown}");
    // With another password the register still opens.
    thidua_server::accounts::set_password(
        &server.database,
        &thidua_server::accounts::Passwords::new().unwrap(),
        "ta-hoc",
        "một mật khẩu khác",
    )
    .await
    .unwrap();
    let response = stranger.sign_in("ta-hoc", "một mật khẩu khác").await;
    let signed_in: SignedIn = response.json().await.unwrap();
    assert_eq!(signed_in.vault_key, Some(own));
}

#[tokio::test]
async fn a_session_lasts_while_it_is_used() {
    let server = Server::start(&[officer("ta-hoc", 0)]).await;
    let client = server.client("ta-hoc").await;
    let unused = server.client("ta-hoc").await;
    assert!(cookie_of(&client.get("/api/session").await).is_none());

    // Weeks without a network, then one sync: the cookie and the session go on for as long again.
    for _ in 0..3 {
        server.wait(60 * DAY);
        let response = client.get("/api/session").await;
        assert_eq!(response.status(), 200);
        assert_eq!(cookie_of(&response), client.cookie);
    }
    assert!(cookie_of(&client.get("/api/session").await).is_none());
    let ended = unused.get("/api/session").await;
    assert_problem(ended, 401, ProblemCode::NotSignedIn, "not used").await;
    server.wait(SESSION_MS);
    let ended = client.get("/api/session").await;
    assert_problem(ended, 401, ProblemCode::NotSignedIn, "expired").await;
}

#[tokio::test]
async fn what_ends_a_session() {
    let server = Server::start(&[officer("ta-hoc", 0), officer("muong-bu", 1)]).await;
    let ends = async |client: &crate::harness::Client, what| {
        let response = client.get("/api/session").await;
        assert_problem(response, 401, ProblemCode::NotSignedIn, what).await;
    };
    let client = server.client("ta-hoc").await;
    let response = client
        .request(Method::DELETE, "/api/session")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    assert!(
        response.headers()["set-cookie"]
            .to_str()
            .unwrap()
            .contains("Max-Age=0")
    );
    ends(&client, "signed out").await;
    let again = client
        .request(Method::DELETE, "/api/session")
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), 200);

    let client = server.client("ta-hoc").await;
    let renewed = client.sign_in("ta-hoc", PASSWORD).await;
    assert_ne!(cookie_of(&renewed), client.cookie);
    ends(&client, "signed in again").await;

    let client = server.client("ta-hoc").await;
    server
        .database
        .set_password("ta-hoc".to_owned(), "other".to_owned())
        .await
        .unwrap();
    ends(&client, "password changed").await;

    let client = server.client("muong-bu").await;
    server
        .database
        .disable_account("muong-bu".to_owned())
        .await
        .unwrap();
    ends(&client, "disabled").await;

    let mut client = server.stranger();
    client.cookie = Some(format!("thidua={}", "0".repeat(64)));
    ends(&client, "made up").await;
}

#[tokio::test]
async fn the_cookie_is_for_this_site_and_for_no_script() {
    for (trust_proxy, forwarded, secure) in [
        (false, None, false),
        (false, Some("https"), false),
        (true, Some("https"), true),
        (true, Some("http"), false),
    ] {
        let server = Server::start_with(&[officer("ta-hoc", 0)], trust_proxy, |_| {}).await;
        let stranger = server.stranger();
        let mut request = stranger.request(Method::POST, "/api/session");
        if let Some(scheme) = forwarded {
            request = request.header("X-Forwarded-Proto", scheme);
        }
        let body = serde_json::json!({ "account": "ta-hoc", "password": PASSWORD });
        let response = request.json(&body).send().await.unwrap();
        let cookie = response.headers()["set-cookie"]
            .to_str()
            .unwrap()
            .to_owned();
        for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=7776000"] {
            assert!(cookie.contains(part), "{part} in {cookie}");
        }
        assert_eq!(cookie.contains("Secure"), secure, "{cookie}");
    }
}

#[tokio::test]
async fn requests_that_other_sites_make_are_refused() {
    let server = Server::start(&[officer("ta-hoc", 0)]).await;
    let cookie = server.client("ta-hoc").await.cookie.unwrap();
    let http = reqwest::Client::new();
    for (headers, own) in [
        (&[("Origin", server.url.as_str())][..], true),
        (&[("Sec-Fetch-Site", "same-origin")], true),
        (&[("Origin", "http://example.org")], false),
        (&[("Origin", "null")], false),
        (
            &[
                ("Sec-Fetch-Site", "cross-site"),
                ("Origin", server.url.as_str()),
            ],
            false,
        ),
        (&[], false),
    ] {
        let mut request = http
            .delete(format!("{}/api/session", server.url))
            .header("Cookie", "thidua=unknown");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.unwrap();
        if own {
            assert_eq!(response.status(), 200, "{headers:?}");
        } else {
            assert_problem(
                response,
                403,
                ProblemCode::ForeignOrigin,
                &format!("{headers:?}"),
            )
            .await;
        }
    }
    // Reading needs no such proof: other sites cannot see the answer.
    let read = http
        .get(format!("{}/api/session", server.url))
        .header("Cookie", cookie);
    assert_eq!(read.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn guessing_makes_an_account_wait_and_not_its_office() {
    let server = Server::start(&[officer("ta-hoc", 0), officer("muong-bu", 1)]).await;
    let stranger = server.stranger();
    for _ in 0..10 {
        let response = stranger.sign_in("ta-hoc", "đoán bừa thôi mà").await;
        assert_eq!(response.status(), 401);
    }
    let response = stranger.sign_in("ta-hoc", PASSWORD).await;
    assert_eq!(response.headers()["retry-after"], "30");
    assert_problem(response, 429, ProblemCode::TooMany, "after ten").await;
    assert_eq!(stranger.sign_in("muong-bu", PASSWORD).await.status(), 200);
    server.wait(30_000);
    assert_eq!(stranger.sign_in("ta-hoc", PASSWORD).await.status(), 200);
}

#[tokio::test]
async fn bodies_are_held_to_type_form_and_limit() {
    let server = Server::start(&[other("xem", Role::Viewer, &province())]).await;
    let stranger = server.stranger();
    let large = format!("{{\"account\":\"{}\"}}", "x".repeat(70_000));
    for (content_type, body, status, code) in [
        ("text/plain", "{}", 415, ProblemCode::WrongContentType),
        ("application/json", "{", 422, ProblemCode::Malformed),
        ("application/json", "{}", 422, ProblemCode::Malformed),
        (
            "application/json; charset=utf-8",
            "[]",
            422,
            ProblemCode::Malformed,
        ),
        (
            "application/json",
            large.as_str(),
            413,
            ProblemCode::TooLarge,
        ),
    ] {
        let response = stranger
            .request(Method::POST, "/api/session")
            .header("Content-Type", content_type)
            .body(body.to_owned())
            .send()
            .await
            .unwrap();
        assert_problem(response, status, code, &format!("{content_type} {status}")).await;
    }
    for path in ["/api/unheard-of", "/api/session/more", "/api"] {
        let response = stranger.get(path).await;
        assert_problem(response, 404, ProblemCode::NotFound, path).await;
    }
    let wrong_method = stranger
        .request(Method::PUT, "/api/sync")
        .send()
        .await
        .unwrap();
    assert_problem(wrong_method, 404, ProblemCode::NotFound, "PUT").await;
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_stops() {
    let mut server = Server::start(&[]).await;
    let health: serde_json::Value = server.stranger().read("/api/health").await;
    assert_eq!(health["status"], "ok");
    let stopping = tokio::time::timeout(Duration::from_secs(5), server.stop());
    stopping.await.expect("it stops soon");
}
