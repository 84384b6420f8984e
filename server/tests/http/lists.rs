//! Counts and lists over HTTP.

use crate::harness::{Server, assert_problem, district, elsewhere, officer, other, province};
use std::collections::BTreeSet;
use thidua_domain::access::Role;
use thidua_domain::api::{AreaTallies, MAX_STANDINGS, Overview, ProblemCode, StandingPage};
use thidua_domain::area::{AreaCode, AreaKind};
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_server::store::contract::{NOW, PERIOD, Tablet, commune};

async fn filled() -> Server {
    let accounts = [
        officer("ta-hoc", 0),
        officer("xa-khac", elsewhere()),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("xem", Role::Viewer, &province()),
    ];
    let server = Server::start(&accounts).await;
    for (device, name, place, families) in [(1, "ta-hoc", 0, 450), (2, "xa-khac", elsewhere(), 3)] {
        let (mut tablet, line) = server.tablet(name, device, place).await;
        let home = commune(place);
        let id = |number: u128| SubjectId((u128::from(device) << 64) + number);
        tablet.add_area(&home, id(0), "Bản Mòn");
        for number in 1..=families {
            let area = (number % 2 == 0).then(|| id(0));
            tablet.add_family(&home, id(number), &format!("Lò Văn {number}"), area);
        }
        line.sync(&mut tablet).await;
    }
    server
}

fn families(area: &AreaTallies) -> i64 {
    let families = area
        .tallies
        .iter()
        .find(|t| t.assessment == Assessment::CulturalFamily);
    families.map_or(0, |families| families.tally.expected)
}

#[tokio::test]
async fn an_area_is_the_sum_of_those_below() {
    let server = filled().await;
    let viewer = server.client("xem").await;
    for (area, own, children) in [
        (province(), 453, 12),
        (district(0), 450, 0),
        (commune(0), 450, 0),
        (commune(1), 0, 0),
    ] {
        let overview: Overview = viewer.read(&format!("/api/overview?area={area}")).await;
        assert_eq!(families(&overview.own), own, "{area}");
        assert_eq!(
            overview.own.last_edit_ms,
            (own > 0).then_some(NOW),
            "{area}"
        );
        if children > 0 {
            assert_eq!(overview.children.len(), children, "{area}");
        }
        if overview.children.is_empty() {
            let parts = &overview.residential_areas;
            assert_eq!(parts.is_empty(), own == 0);
        } else {
            assert_eq!(
                overview.children.iter().map(families).sum::<i64>(),
                own,
                "{area}"
            );
            assert!(overview.residential_areas.is_empty());
        }
    }
    let overview: Overview = viewer
        .read(&format!("/api/overview?area={}", commune(0)))
        .await;
    let names: Vec<_> = overview
        .residential_areas
        .iter()
        .map(|a| a.name.as_str())
        .collect();
    assert_eq!(names, ["Bản Mòn", ""]);
}

#[tokio::test]
async fn who_follows_changes_is_told_of_areas_that_changed_alone() {
    let server = filled().await;
    let viewer = server.client("xem").await;
    let path = format!("/api/overview?area={}", province());
    let whole: Overview = viewer.read(&path).await;
    let district = district(0);
    for (touched, expected) in [
        (commune(0).to_string(), vec![district.clone()]),
        (format!("{},{}", commune(0), commune(1)), vec![district]),
        // Figures of the province change no area below it.
        (province().to_string(), vec![]),
    ] {
        let path = format!("{path}&touched={touched}");
        let part: Overview = viewer.read(&path).await;
        let told: Vec<_> = part.children.iter().map(|it| it.area.clone()).collect();
        assert_eq!(told, expected, "{touched}");
        let mut held = whole.clone();
        held.take_in(part);
        assert_eq!(held, whole);
    }
    for malformed in ["x", "", "03751,"] {
        let response = viewer.get(&format!("{path}&touched={malformed}")).await;
        assert_problem(response, 422, ProblemCode::Malformed, malformed).await;
    }
}

/// 188 of the 204 communes are xã; whether one has entered anything does not change what is expected.
#[tokio::test]
async fn new_rural_areas_are_counted_over_every_commune_of_the_kind_xa() {
    let server = filled().await;
    let rules = thidua_server::store::contract::rules();
    let place = |kind| {
        let communes = rules.tree.communes(rules.season.date);
        communes.iter().position(|area| area.kind == kind).unwrap()
    };
    let viewer = server.client("xem").await;
    let count = |overview: &Overview| {
        let of = |area: &AreaTallies| {
            let row = area
                .tallies
                .iter()
                .find(|t| t.assessment == Assessment::NewRuralCommune);
            row.map(|row| (row.tally.expected, row.tally.draft.total()))
        };
        let below: Vec<_> = overview.children.iter().map(of).collect();
        (of(&overview.own), below)
    };
    let read = |area: AreaCode| {
        let viewer = &viewer;
        async move {
            let path = format!("/api/overview?area={area}");
            count(&viewer.read::<Overview>(&path).await)
        }
    };
    let (own, below) = read(province()).await;
    assert_eq!(own, Some((188, 0)));
    let sum: i64 = below.iter().flatten().map(|(expected, _)| expected).sum();
    assert_eq!(sum, 188);
    let (rural, ward) = (place(AreaKind::Commune), place(AreaKind::Ward));
    assert_eq!(read(commune(rural)).await.0, Some((1, 0)));
    assert_eq!(read(commune(ward)).await.0, None);

    // An entry of a ward counts nowhere; one of a xã counts as begun, and expected stays what it was.
    for (device, at) in [(5, ward), (6, rural)] {
        let home = commune(at);
        let mut tablet = Tablet::new("moi-noi", device, std::slice::from_ref(&home));
        let id = SubjectId::commune(&home);
        let key = RecordKey::entry(id, Assessment::NewRuralCommune, PERIOD);
        tablet.write(&home, &key, &[("proposed", true.into())]);
        tablet.sync(&server.database).await;
    }
    assert_eq!(read(province()).await.0, Some((188, 1)));
    assert_eq!(read(commune(rural)).await.0, Some((1, 1)));
    assert_eq!(read(commune(ward)).await.0, None);
}

#[tokio::test]
async fn every_commune_of_an_area_is_listed() {
    let server = filled().await;
    for (name, area, assessment, communes) in [
        ("xem", province(), "gia-dinh-van-hoa", Some(204)),
        ("xem", province(), "nong-thon-moi", Some(188)),
        ("huyen", commune(0), "gia-dinh-van-hoa", Some(1)),
        ("huyen", province(), "gia-dinh-van-hoa", None),
        ("ta-hoc", district(0), "gia-dinh-van-hoa", None),
    ] {
        let path = format!("/api/communes?area={area}&assessment={assessment}");
        let client = server.client(name).await;
        let Some(communes) = communes else {
            assert_problem(client.get(&path).await, 404, ProblemCode::NotFound, &path).await;
            continue;
        };
        let listed: Vec<AreaTallies> = client.read(&path).await;
        assert_eq!(listed.len(), communes, "{path}");
        assert!(listed.iter().all(|one| one.tallies.len() <= 1));
    }
    let stranger = server.stranger();
    let response = stranger
        .get("/api/communes?area=14&assessment=nong-thon-moi")
        .await;
    assert_problem(response, 401, ProblemCode::NotSignedIn, "nobody").await;
}

#[tokio::test]
async fn lists_page_through_everything_once() {
    let server = filled().await;
    let viewer = server.client("xem").await;
    for (area, rows) in [(province(), 453), (district(0), 450), (commune(0), 450)] {
        let mut seen = BTreeSet::new();
        let mut after = String::new();
        loop {
            let path = format!(
                "/api/standings?area={area}&assessment=gia-dinh-van-hoa&state=empty{after}"
            );
            let page: StandingPage = viewer.read(&path).await;
            assert!(page.rows.len() <= MAX_STANDINGS);
            seen.extend(page.rows.iter().map(|row| row.subject));
            let Some(next) = page.next else { break };
            after = format!("&after={}", next.replace('"', "%22"));
        }
        assert_eq!(seen.len(), rows, "{area}");
    }
}

#[tokio::test]
async fn areas_that_are_not_ones_own_are_not_found() {
    let server = filled().await;
    for (name, area, sees) in [
        ("huyen", district(0), true),
        ("huyen", commune(0), true),
        ("huyen", commune(elsewhere()), false),
        ("huyen", district(elsewhere()), false),
        ("huyen", province(), false),
        ("ta-hoc", commune(0), true),
        ("ta-hoc", district(0), false),
        ("xem", commune(elsewhere()), true),
    ] {
        let client = server.client(name).await;
        for list in ["overview", "standings"] {
            let path = format!("/api/{list}?area={area}");
            let response = client.get(&path).await;
            if sees {
                assert_eq!(response.status(), 200, "{name} {path}");
            } else {
                assert_problem(response, 404, ProblemCode::NotFound, &path).await;
            }
        }
    }
    let stranger = server.stranger().get("/api/overview?area=14").await;
    assert_problem(stranger, 401, ProblemCode::NotSignedIn, "nobody").await;
}

#[tokio::test]
async fn queries_are_held_to_their_form() {
    let server = filled().await;
    let viewer = server.client("xem").await;
    for path in [
        "/api/overview",
        "/api/overview?area=x",
        "/api/standings",
        "/api/standings?area=14&state=unheard-of",
        "/api/standings?area=14&assessment=x",
        &format!("/api/standings?area=14&after={}", "x".repeat(5_000)),
    ] {
        assert_problem(viewer.get(path).await, 422, ProblemCode::Malformed, path).await;
    }
}
