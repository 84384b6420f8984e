//! Boundaries over HTTP, and by the command that imports them.

use crate::harness::{Server, assert_problem, district, elsewhere, officer, other, province};
use std::process::Command;
use thidua_domain::access::Role;
use thidua_domain::api::ProblemCode;
use thidua_domain::area::AreaCode;
use thidua_domain::boundary::Boundary;
use thidua_server::store::contract::{commune, rules};
use thidua_server::store::{Database as _, Sqlite};

/// Squares in a row, one for each code.
fn file(codes: &[&str]) -> String {
    let feature = |(place, code): (usize, &&str)| {
        let (west, east) = (103.0 + place as f64 * 0.1, 103.1 + place as f64 * 0.1);
        serde_json::json!({
            "type": "Feature",
            "properties": { "code": code },
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[west, 21.0], [east, 21.0], [east, 21.1], [west, 21.1], [west, 21.0]]],
            },
        })
    };
    let features: Vec<_> = codes.iter().enumerate().map(feature).collect();
    serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string()
}

fn districts() -> Vec<String> {
    let rules = rules();
    let below = rules.tree.children(&province(), rules.season.date);
    below
        .into_iter()
        .map(|area| area.code.to_string())
        .collect()
}

/// Runs the command on a database of its own; whether it went well, what it said, and what is kept.
async fn import(json: &str, options: &[&str]) -> (bool, String, Vec<Boundary>) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("ranh-gioi.geojson");
    std::fs::write(&path, json).unwrap();
    let data = directory.path().join("data");
    let done = Command::new(env!("CARGO_BIN_EXE_thidua-server"))
        .args(["boundaries", "import"])
        .arg(&path)
        .args(options)
        .arg("--data-dir")
        .arg(&data)
        .env_remove("DATABASE_URL")
        .output()
        .unwrap();
    let said = [done.stdout, done.stderr].concat();
    let said = String::from_utf8(said).unwrap();
    let kept = match data.exists() {
        true => Sqlite::open(&data).unwrap().boundaries().await.unwrap(),
        false => Vec::new(),
    };
    (done.status.success(), said, kept)
}

#[tokio::test]
async fn a_file_is_imported_whole_or_not_at_all() {
    let codes = districts();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let (well, said, kept) = import(&file(&codes), &[]).await;
    assert!(well, "{said}");
    assert_eq!(kept.len(), 12);
    assert!(said.contains("12 địa bàn khớp"), "{said}");

    let mut wrong = codes.clone();
    wrong[3] = "99999";
    let (well, said, kept) = import(&file(&wrong), &[]).await;
    assert!(!well && kept.is_empty());
    assert!(said.contains("không có mã 99999"), "{said}");
    let (well, said, kept) = import(&file(&wrong), &["--skip-unknown"]).await;
    assert!(well, "{said}");
    assert_eq!(kept.len(), 11);
    assert!(said.contains("chưa có trong tệp"), "{said}");

    let (well, said, kept) = import("{}", &[]).await;
    assert!(!well && kept.is_empty());
    assert!(said.contains("không phải GeoJSON"), "{said}");
}

#[tokio::test]
async fn areas_of_2025_are_told_by_the_file_or_by_the_day() {
    let rules = rules();
    let later = thidua_domain::date::Date::last_of_year(2025);
    let codes: Vec<String> = rules
        .tree
        .communes(later)
        .into_iter()
        .map(|area| area.code.to_string())
        .collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).take(20).collect();
    let (well, said, kept) = import(&file(&codes), &["--on", "2025-12-31"]).await;
    assert!(well, "{said}");
    assert!(kept.iter().all(|one| one.valid_from.year() == 2025));
}

#[tokio::test]
async fn boundaries_are_drawn_for_those_who_may_read_the_area() {
    let server = Server::start(&[
        officer("ta-hoc", 0),
        officer("xa-khac", elsewhere()),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("xem", Role::Viewer, &province()),
        other("quan-tri", Role::Administrator, &province()),
    ])
    .await;
    let path = |area: &AreaCode| format!("/api/boundaries?area={area}");
    let client = server.client("xem").await;
    let none: Vec<Boundary> = client.read(&path(&province())).await;
    assert_eq!(none, []);

    let codes = districts();
    let rules = rules();
    let features =
        thidua_domain::boundary::read(&file(&codes.iter().map(String::as_str).collect::<Vec<_>>()))
            .unwrap();
    let placed = thidua_domain::boundary::place(rules.tree, rules.season.date, &features);
    let (first, rest) = placed.found.split_first().unwrap();
    server.database.put_boundaries(rest.to_vec()).await.unwrap();
    let some: Vec<Boundary> = client.read(&path(&province())).await;
    assert_eq!(some, [], "one area is missing");
    server
        .database
        .put_boundaries(vec![first.clone()])
        .await
        .unwrap();
    for (name, area, count) in [
        ("xem", province(), Some(12)),
        ("so-noi-vu", province(), Some(12)),
        ("quan-tri", province(), Some(12)),
        ("xem", district(0), Some(0)),
        ("huyen", district(0), Some(0)),
        ("huyen", province(), None),
        ("ta-hoc", commune(0), Some(0)),
        ("ta-hoc", district(0), None),
        ("xa-khac", commune(0), None),
    ] {
        let client = server.client(name).await;
        match count {
            Some(count) => {
                let found: Vec<Boundary> = client.read(&path(&area)).await;
                assert_eq!(found.len(), count, "{name} {area}");
            }
            None => {
                let answer = client.get(&path(&area)).await;
                assert_problem(answer, 404, ProblemCode::NotFound, name).await;
            }
        }
    }
    let answer = server.stranger().get(&path(&province())).await;
    assert_problem(answer, 401, ProblemCode::NotSignedIn, "nobody").await;
}
