//! How counts came about, over HTTP.

use crate::harness::{Server, assert_problem, district, elsewhere, officer, other, province};
use thidua_domain::access::Role;
use thidua_domain::api::{ProblemCode, Trends};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::{Period, RecordKey, SubjectId};
use thidua_domain::season::Season;
use thidua_domain::sync::hub::Rules;
use thidua_domain::trend::Point;
use thidua_server::store::Database as _;
use thidua_server::store::contract::{commune, rules};

const DAY: u64 = 24 * 60 * 60 * 1_000;

/// A commune that enters a family on each of three days, and another that does nothing.
async fn start() -> Server {
    let server = Server::start(&[
        officer("ta-hoc", 0),
        officer("xa-khac", elsewhere()),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("xem", Role::Viewer, &province()),
        other("quan-tri", Role::Administrator, &province()),
    ])
    .await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    for number in 1..=3 {
        tablet.add_family(&commune(0), SubjectId(number), "Lò Văn A", None);
        line.sync(&mut tablet).await;
        server.wait(DAY);
    }
    server
}

async fn trend(server: &Server, name: &str, area: &AreaCode, assessment: &str) -> Trends {
    let client = server.client(name).await;
    let path = format!("/api/trend?area={area}{assessment}");
    client.read(&path).await
}

fn expected(points: &[Point]) -> Vec<i64> {
    points.iter().map(|point| point.counts.expected).collect()
}

#[tokio::test]
async fn days_add_up_at_every_level() {
    let server = start().await;
    let families = "&assessment=gia-dinh-van-hoa";
    for area in [province(), district(0), commune(0)] {
        let found = trend(&server, "so-noi-vu", &area, families).await;
        assert_eq!(found.trends.len(), 1);
        assert_eq!(expected(&found.trends[0].points), [1, 2, 3], "{area}");
        let last = found.trends[0].points.last().unwrap().day;
        assert_eq!(found.today.to_epoch_days() - last.to_epoch_days(), 1);
        let weeks = trend(&server, "so-noi-vu", &area, "").await;
        assert_eq!(weeks.trends.len(), Assessment::ALL.len());
        let own = weeks
            .trends
            .iter()
            .find(|one| one.assessment == Assessment::CulturalFamily);
        let own = own.unwrap();
        assert!(own.points.len() < 3);
        assert_eq!(own.points.last().unwrap().counts.expected, 3);
    }
    let nothing = trend(&server, "so-noi-vu", &commune(elsewhere()), families).await;
    assert_eq!(nothing.trends[0].points, []);

    let client = server.client("so-noi-vu").await;
    let path = format!("/api/trend/csv?area={}{families}", commune(0));
    let text = client.get(&path).await.text().await.unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[3].ends_with(",3,0,0,0"), "{text}");
}

#[tokio::test]
async fn each_sees_their_own_area() {
    let server = start().await;
    let (near, far) = (commune(0), commune(elsewhere()));
    for (name, area, status) in [
        ("ta-hoc", &near, 200),
        ("ta-hoc", &far, 404),
        ("ta-hoc", &district(0), 404),
        ("xa-khac", &near, 404),
        ("huyen", &near, 200),
        ("huyen", &far, 404),
        ("huyen", &province(), 404),
        ("so-noi-vu", &far, 200),
        ("xem", &province(), 200),
        ("quan-tri", &province(), 200),
    ] {
        let client = server.client(name).await;
        for path in ["/api/trend", "/api/trend/csv"] {
            let path = format!("{path}?area={area}&assessment=gia-dinh-van-hoa");
            assert_eq!(client.get(&path).await.status(), status, "{name} {path}");
        }
    }
    let stranger = server.stranger();
    for path in [
        "/api/trend?area=14",
        "/api/trend/csv?area=14&assessment=gia-dinh-van-hoa",
    ] {
        let answer = stranger.get(path).await;
        assert_problem(answer, 401, ProblemCode::NotSignedIn, path).await;
    }
    let client = server.client("xem").await;
    for path in [
        "/api/trend",
        "/api/trend?area=14&assessment=x",
        "/api/trend/csv?area=14",
    ] {
        let answer = client.get(path).await;
        assert_problem(answer, 422, ProblemCode::Malformed, path).await;
    }
}

#[tokio::test]
async fn the_year_before_stands_beside_it_where_it_was_kept() {
    let server = start().await;
    let last_year = Rules {
        season: Season::of(Period(2021)),
        ..rules()
    };
    let (mut tablet, line) = server.tablet("ta-hoc", 2, 0).await;
    let entry = RecordKey::entry(SubjectId(1), Assessment::CulturalFamily, Period(2021));
    line.sync(&mut tablet).await;
    tablet.write(&commune(0), &entry, &[("registered", true.into())]);
    tablet.submit(&commune(0), &entry);
    line.sync(&mut tablet).await;
    let families = "&assessment=gia-dinh-van-hoa";
    let found = trend(&server, "xem", &commune(0), families).await;
    assert_eq!(found.trends[0].year_before, None);

    // As where the server was there while 2021 was open.
    let database = &server.database;
    database
        .rebuild(last_year, "2021".to_owned())
        .await
        .unwrap();
    database.rebuild(rules(), "2022".to_owned()).await.unwrap();
    let found = trend(&server, "xem", &commune(0), families).await;
    let before = found.trends[0].year_before.unwrap();
    assert_eq!((before.expected, before.submitted.total()), (3, 1));
}
