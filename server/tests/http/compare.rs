//! Areas side by side, over HTTP.

use crate::harness::{Server, assert_problem, district, elsewhere, officer, other, province};
use thidua_domain::access::Role;
use thidua_domain::api::{Comparison, ProblemCode};
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::{Period, RecordKey, SubjectId};
use thidua_domain::season::Season;
use thidua_domain::sync::hub::Rules;
use thidua_server::store::Database as _;
use thidua_server::store::contract::{PERIOD, commune, rules};

async fn start() -> Server {
    let server = Server::start(&[
        officer("ta-hoc", 0),
        officer("xa-khac", elsewhere()),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("xem", Role::Viewer, &province()),
    ])
    .await;
    for (device, name, place, families) in [(1, "ta-hoc", 0, 3), (2, "xa-khac", elsewhere(), 1)] {
        let (mut tablet, line) = server.tablet(name, device, place).await;
        for number in 0..families {
            let id = SubjectId(u128::from(device * 100 + number));
            tablet.add_family(&commune(place), id, "Lò Văn A", None);
            let last_year = RecordKey::entry(id, Assessment::CulturalFamily, Period(2021));
            tablet.write(&commune(place), &last_year, &[("registered", true.into())]);
            tablet.submit(&commune(place), &last_year);
        }
        line.sync(&mut tablet).await;
    }
    server
}

fn path(areas: &[&str]) -> String {
    format!(
        "/api/compare?areas={}&assessment=gia-dinh-van-hoa",
        areas.join(",")
    )
}

#[tokio::test]
async fn areas_stand_side_by_side_over_the_years_that_are_kept() {
    let server = start().await;
    let (near, far) = (commune(0).to_string(), commune(elsewhere()).to_string());
    let client = server.client("so-noi-vu").await;
    let expected = |found: &Comparison, year: usize| -> Vec<i64> {
        let tallies = found.years[year].tallies.iter();
        tallies
            .map(|tally| tally.unwrap_or_default().expected)
            .collect()
    };
    let found: Comparison = client.read(&path(&[&far, &near, "14"])).await;
    assert_eq!(found.years.len(), 1);
    assert_eq!(found.years[0].period, PERIOD);
    assert_eq!(expected(&found, 0), [1, 3, 4]);

    // As where the server was there while 2021 was open.
    let last_year = Rules {
        season: Season::of(Period(2021)),
        ..rules()
    };
    let database = &server.database;
    database
        .rebuild(last_year, "2021".to_owned())
        .await
        .unwrap();
    database.rebuild(rules(), "2022".to_owned()).await.unwrap();
    let found: Comparison = client.read(&path(&[&near, &far])).await;
    assert_eq!(found.years.len(), 2);
    assert_eq!(found.years[1].period, Period(2021));
    assert_eq!(expected(&found, 1), [3, 1]);
    assert_eq!(found.years[1].tallies[0].unwrap().reported(), 3);
    assert_eq!(found.years[0].tallies[0].unwrap().reported(), 0);

    let csv = path(&[&near, &far]).replace("/compare?", "/compare/csv?");
    let text = client.get(&csv).await.text().await.unwrap();
    assert_eq!(text.lines().count(), 5, "{text}");
    assert!(text.contains(&format!("2021,{near},")), "{text}");
}

#[tokio::test]
async fn nobody_compares_with_what_they_may_not_read() {
    let server = start().await;
    let (near, far) = (commune(0).to_string(), commune(elsewhere()).to_string());
    let own = district(0).to_string();
    for (name, areas, status) in [
        ("ta-hoc", vec![near.as_str()], 200),
        ("ta-hoc", vec![&near, &far], 404),
        ("huyen", vec![&near, &own], 200),
        ("huyen", vec![&own, "14"], 404),
        ("so-noi-vu", vec![&near, &far, "14"], 200),
        ("xem", vec![&far], 200),
        ("xem", vec!["99"], 404),
    ] {
        let client = server.client(name).await;
        for path in [
            path(&areas),
            path(&areas).replace("/compare?", "/compare/csv?"),
        ] {
            assert_eq!(client.get(&path).await.status(), status, "{name} {path}");
        }
    }
    let answer = server.stranger().get(&path(&["14"])).await;
    assert_problem(answer, 401, ProblemCode::NotSignedIn, "nobody").await;
    let client = server.client("xem").await;
    for areas in ["", "x", "14,"] {
        let answer = client.get(&path(&[areas])).await;
        assert_problem(answer, 422, ProblemCode::Malformed, areas).await;
    }
}
