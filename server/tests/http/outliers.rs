//! Hints over HTTP.

use crate::harness::{Server, assert_problem, district, elsewhere, officer, other, province};
use thidua_domain::access::Role;
use thidua_domain::api::{Outliers, ProblemCode};
use thidua_domain::catalogue::Assessment;
use thidua_domain::entry::field;
use thidua_domain::outlier::{FEWEST, Hint};
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_server::store::contract::{PERIOD, commune, complete_family};

const PATH: &str = "assessment=gia-dinh-van-hoa";

/// A commune whose families all earned the title in one minute, and one more with a vote too many.
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
    let home = commune(0);
    let fields = complete_family();
    let fields: Vec<_> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.clone()))
        .collect();
    for number in 0..=FEWEST.unsigned_abs() {
        let id = SubjectId(u128::from(number) + 1);
        let entry = RecordKey::entry(id, Assessment::CulturalFamily, PERIOD);
        tablet.add_family(&home, id, &format!("Lò Văn {number}"), None);
        tablet.write(&home, &entry, &fields);
        if number == 0 {
            // Not handed in: it is a hint, and no part of what the commune has reported.
            tablet.write(&home, &entry, &[(field::AGREED, Value::Int(99))]);
        } else {
            tablet.submit(&home, &entry);
        }
    }
    line.sync(&mut tablet).await;
    server
}

#[tokio::test]
async fn each_sees_hints_of_their_own_area() {
    let server = start().await;
    let (near, far) = (commune(0), commune(elsewhere()));
    for (name, area, hints) in [
        ("ta-hoc", &near, Some(4)),
        ("ta-hoc", &far, None),
        ("xa-khac", &near, None),
        ("xa-khac", &far, Some(0)),
        ("huyen", &district(0), Some(4)),
        ("huyen", &province(), None),
        ("so-noi-vu", &province(), Some(4)),
        ("so-noi-vu", &far, Some(0)),
        ("xem", &province(), Some(4)),
        ("quan-tri", &near, Some(4)),
    ] {
        let client = server.client(name).await;
        let path = format!("/api/outliers?area={area}&{PATH}");
        let Some(hints) = hints else {
            let answer = client.get(&path).await;
            assert_problem(answer, 404, ProblemCode::NotFound, name).await;
            continue;
        };
        let found: Outliers = client.read(&path).await;
        assert_eq!(found.hints.len(), hints, "{name} {area}: {:?}", found.hints);
    }
    let answer = server
        .stranger()
        .get(&format!("/api/outliers?area=14&{PATH}"))
        .await;
    assert_problem(answer, 401, ProblemCode::NotSignedIn, "nobody").await;
    let client = server.client("xem").await;
    let answer = client.get("/api/outliers?area=14&assessment=x").await;
    assert_problem(answer, 422, ProblemCode::Malformed, "of nothing").await;
}

#[tokio::test]
async fn hints_say_what_they_rest_on_and_change_nothing() {
    let server = start().await;
    let client = server.client("so-noi-vu").await;
    let path = format!("/api/outliers?area={}&{PATH}", province());
    let found: Outliers = client.read(&path).await;
    let all_met = found.hints.iter().find_map(|hint| match hint {
        Hint::AllMet { area, entries } => Some((area.clone(), *entries)),
        _ => None,
    });
    assert_eq!(all_met, Some((commune(0), FEWEST)));
    let vote = found
        .hints
        .iter()
        .any(|hint| matches!(hint, Hint::VotesDoNotAddUp { label, .. } if label == "Lò Văn 0"));
    assert!(vote, "{:?}", found.hints);
}

#[tokio::test]
async fn the_table_has_a_line_for_each_hint() {
    let server = start().await;
    let client = server.client("so-noi-vu").await;
    let lines = client
        .table(&format!("/api/outliers/csv?{PATH}&area={}", province()))
        .await;
    let all: Outliers = client
        .read(&format!("/api/outliers?{PATH}&area={}", province()))
        .await;
    assert_eq!(lines.len(), all.hints.len() + 1);
    for what in [
        "Nhiều phiếu trong một phút",
        "Tất cả đều đạt",
        "Số phiếu không khớp",
    ] {
        let said = lines.iter().filter(|line| line.contains(what)).count();
        assert_eq!(said, 1, "{what}: {lines:?}");
    }
}
