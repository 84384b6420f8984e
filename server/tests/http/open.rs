//! What other systems read: by token, within its areas, as the description says; and tables as CSV.

use crate::harness::{
    Client, Server, assert_problem, district, elsewhere, officer, other, province,
};
use reqwest::Method;
use serde_json::Value;
use thidua_domain::access::Role;
use thidua_domain::api::ProblemCode;
use thidua_domain::area::AreaCode;
use thidua_domain::record::SubjectId;
use thidua_server::accounts::{TOKEN_CHARS, new_token, token_hash};
use thidua_server::store::contract::{NOW, commune};
use thidua_server::store::{ApiToken, Database as _};

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

async fn start() -> Server {
    let server = Server::start(&[
        officer("ta-hoc", 0),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("huyen-khac", Role::DistrictReviewer, &district(elsewhere())),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
    ])
    .await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    for (id, name) in [(1, "=HYPERLINK(\"x\")"), (2, "Lò Văn B"), (3, "Lò Văn C")] {
        tablet.add_family(&commune(0), SubjectId(id), name, None);
    }
    line.sync(&mut tablet).await;
    server
}

pub async fn token(server: &Server, id: &str, area: &AreaCode, names: bool) -> String {
    let secret = new_token();
    let token = ApiToken {
        id: id.to_owned(),
        label: "Kho dữ liệu".to_owned(),
        areas: vec![area.clone()],
        names,
        created_ms: NOW,
        expires_ms: NOW + DAY_MS,
        revoked: false,
    };
    let added = server
        .database
        .add_api_token(token, token_hash(&secret))
        .await;
    added.unwrap();
    secret
}

async fn read(server: &Server, token: &str, path: &str) -> reqwest::Response {
    let request = server.stranger().request(Method::GET, path);
    request.bearer_auth(token).send().await.unwrap()
}

async fn json(server: &Server, token: &str, path: &str) -> Value {
    let response = read(server, token, path).await;
    assert_eq!(response.status(), 200, "{path}");
    response.json().await.unwrap()
}

#[tokio::test]
async fn a_token_reads_its_areas_and_changes_nothing() {
    let server = start().await;
    let own = token(&server, "a", &district(0), false).await;
    for (area, status) in [
        (district(0), 200),
        (commune(0), 200),
        (province(), 404),
        (district(elsewhere()), 404),
        (commune(elsewhere()), 404),
    ] {
        for path in ["counts", "entries"] {
            let response = read(&server, &own, &format!("/api/v1/{path}?area={area}")).await;
            assert_eq!(response.status(), status, "{path} {area}");
        }
    }
    let areas = json(&server, &own, "/api/v1/areas").await;
    let codes = areas.as_array().unwrap().iter().map(|area| &area["code"]);
    assert!(codes.clone().any(|code| code == commune(0).as_str()));
    assert!(!codes.clone().any(|code| code == province().as_str()));
    assert!(
        !codes
            .clone()
            .any(|code| code == commune(elsewhere()).as_str())
    );

    // It opens none of the routes of people.
    for path in [
        "/api/overview?area=14".to_owned(),
        format!("/api/reports/{}", district(0)),
        format!("/api/tables/ho-so?area={}", commune(0)),
        "/api/session".to_owned(),
    ] {
        let response = read(&server, &own, &path).await;
        assert_problem(response, 401, ProblemCode::NotSignedIn, &path).await;
    }
    let path = format!("/api/v1/entries?area={}", commune(0));
    let post = server.stranger().request(Method::POST, &path);
    assert_eq!(post.bearer_auth(&own).send().await.unwrap().status(), 404);
    for wrong in ["", "short", &"0".repeat(TOKEN_CHARS)] {
        let response = read(&server, wrong, &path).await;
        assert_problem(response, 401, ProblemCode::NotSignedIn, wrong).await;
    }

    server
        .database
        .revoke_api_token("a".to_owned())
        .await
        .unwrap();
    assert_eq!(read(&server, &own, &path).await.status(), 401);
    let other = token(&server, "b", &commune(0), false).await;
    assert_eq!(read(&server, &other, &path).await.status(), 200);
    server.wait(DAY_MS);
    assert_eq!(read(&server, &other, &path).await.status(), 401);
}

#[tokio::test]
async fn entries_come_page_by_page_without_names() {
    let server = start().await;
    let plain = token(&server, "a", &province(), false).await;
    let named = token(&server, "b", &province(), true).await;
    let path = format!(
        "/api/v1/entries?area={}&assessment=gia-dinh-van-hoa&limit=2",
        commune(0)
    );
    let first = json(&server, &plain, &path).await;
    assert_eq!(first["value"].as_array().unwrap().len(), 2);
    assert!(first["value"][0]["name"].is_null());
    let cursor = first["cursor"].as_str().unwrap();
    let cursor: String = cursor.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let second = json(&server, &named, &format!("{path}&cursor={cursor}")).await;
    assert_eq!(second["value"].as_array().unwrap().len(), 1);
    assert_eq!(second["cursor"], Value::Null);
    assert!(second["value"][0]["name"].is_string());
    for limit in ["0", "1001", "x"] {
        let path = format!("/api/v1/entries?area={}&limit={limit}", commune(0));
        let response = read(&server, &plain, &path).await;
        assert_problem(response, 422, ProblemCode::Malformed, limit).await;
    }
}

/// Every property of every answer is in the description, and every required one in the answer.
#[tokio::test]
async fn answers_are_as_described() {
    let server = start().await;
    let own = token(&server, "a", &province(), true).await;
    let described = json(&server, &own, "/api/v1/openapi.json").await;
    for (path, _) in described["paths"].as_object().unwrap() {
        let address = format!("/api/v1{path}?area={}", commune(0));
        let answer = json(&server, &own, &address).await;
        let schema = &described["paths"][path]["get"]["responses"]["200"]["content"];
        let schema = &schema["application/json"]["schema"];
        if !schema.is_null() {
            conforms(&described, schema, &answer, path);
        }
    }
}

fn conforms(described: &Value, schema: &Value, value: &Value, place: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let pointer = name.trim_start_matches('#');
        let target = described.pointer(pointer).expect(name);
        return conforms(described, target, value, name);
    }
    if let Some(words) = schema["enum"].as_array() {
        assert!(words.contains(value), "{place}: {value}");
    }
    if let Some(items) = schema.get("items") {
        let values = value.as_array().unwrap();
        assert!(!values.is_empty(), "{place}");
        for value in values {
            conforms(described, items, value, place);
        }
    }
    if let Some(properties) = schema["properties"].as_object() {
        let object = value
            .as_object()
            .unwrap_or_else(|| panic!("{place}: {value}"));
        for (name, value) in object {
            let schema = properties.get(name);
            let schema = schema.unwrap_or_else(|| panic!("{place}: {name} is not described"));
            conforms(described, schema, value, &format!("{place}.{name}"));
        }
        for name in schema["required"].as_array().unwrap() {
            assert!(
                object.contains_key(name.as_str().unwrap()),
                "{place}: {name}"
            );
        }
    }
}

#[tokio::test]
async fn tables_are_csv_within_an_area_and_without_formulas() {
    let server = start().await;
    let tables = [
        "chi-tieu",
        "dia-ban",
        "nop-cham",
        "dem",
        "ho-so",
        "cho-duyet",
    ];
    let far: Client = server.client("huyen-khac").await;
    for (name, status) in [("huyen", 200), ("so-noi-vu", 200), ("huyen-khac", 404)] {
        let client = server.client(name).await;
        for table in tables {
            let path = format!("/api/tables/{table}?area={}", district(0));
            let response = client.get(&path).await;
            assert_eq!(response.status(), status, "{name} {table}");
            if status == 200 {
                let kind = response.headers()["content-type"].to_str().unwrap();
                assert!(kind.starts_with("text/csv; charset=utf-8"));
                let text = response.bytes().await.unwrap();
                assert!(text.starts_with("\u{feff}".as_bytes()), "{table}");
            }
        }
    }
    let client = server.client("huyen").await;
    let unknown = client
        .get(&format!("/api/tables/x?area={}", district(0)))
        .await;
    assert_problem(unknown, 404, ProblemCode::NotFound, "table").await;
    let nowhere = far.get("/api/tables/ho-so").await;
    assert_problem(nowhere, 422, ProblemCode::Malformed, "no area").await;

    let path = format!(
        "/api/tables/ho-so?area={}&assessment=gia-dinh-van-hoa",
        commune(0)
    );
    let text = client.get(&path).await.text().await.unwrap();
    assert_eq!(text.lines().count(), 4, "{text}");
    assert!(text.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{text}");
}
