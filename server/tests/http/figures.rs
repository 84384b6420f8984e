//! Figures of the province: who reads them, who states them, and how they came to be.

use crate::harness::{Client, Server, assert_problem, district, officer, other, province};
use thidua_domain::access::Role;
use thidua_domain::api::{FigureInput, FigureView, Figures, ProblemCode};
use thidua_domain::catalogue::IndicatorId;
use thidua_domain::date::Date;
use thidua_domain::figure::{self, Figure};
use thidua_domain::quantity::Hundredths;
use thidua_domain::record::Value;
use thidua_server::store::contract::{PERIOD, rules};

async fn start() -> Server {
    Server::start(&[
        officer("ta-hoc", 0),
        other("tinh-nhap", Role::CommuneOfficer, &province()),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("so-nham-huyen", Role::ProvinceReviewer, &district(0)),
        other("xem", Role::Viewer, &province()),
        other("quan-tri", Role::Administrator, &province()),
    ])
    .await
}

async fn grdp(client: &Client) -> FigureView {
    let list: Figures = client.read("/api/figures").await;
    let id = IndicatorId::new("grdp");
    let found = list.figures.into_iter().find(|view| view.indicator == id);
    found.expect("GRDP is reported")
}

fn input(seen: &FigureView, value: i64) -> FigureInput {
    FigureInput {
        indicator: seen.indicator.clone(),
        seen: seen.digest.clone(),
        figure: Figure {
            value: Some(Hundredths(value)),
            as_of: Date::new(2022, 9, 30),
            source: "Cục Thống kê, báo cáo quý III".to_owned(),
            ..Figure::default()
        },
    }
}

#[tokio::test]
async fn who_reads_and_who_states_figures() {
    let server = start().await;
    let seen = grdp(&server.client("so-noi-vu").await).await;
    for (name, read, write) in [
        ("so-noi-vu", 200, 200),
        ("xem", 200, 403),
        ("quan-tri", 200, 403),
        ("tinh-nhap", 200, 403),
        ("huyen", 404, 404),
        ("so-nham-huyen", 404, 404),
        ("ta-hoc", 404, 404),
    ] {
        let client = server.client(name).await;
        assert_eq!(client.get("/api/figures").await.status(), read, "{name}");
        let response = client.post("/api/figures", &input(&seen, 650)).await;
        assert_eq!(response.status(), write, "{name}");
        if read == 200 {
            let list: Figures = client.read("/api/figures").await;
            assert_eq!(list.may_report, write == 200, "{name}");
        }
    }
    let stranger = server.stranger();
    for response in [
        stranger.get("/api/figures").await,
        stranger.post("/api/figures", &input(&seen, 650)).await,
    ] {
        assert_problem(response, 401, ProblemCode::NotSignedIn, "nobody").await;
    }
}

#[tokio::test]
async fn a_figure_takes_the_place_of_the_one_that_was_seen() {
    let server = start().await;
    let client = server.client("so-noi-vu").await;
    let first = grdp(&client).await;
    assert_eq!(first.figure, Figure::default());
    for value in [650, 745] {
        let seen = grdp(&client).await;
        let response = client.post("/api/figures", &input(&seen, value)).await;
        assert_eq!(response.status(), 200);
    }
    let late = client.post("/api/figures", &input(&first, 1)).await;
    assert_problem(late, 409, ProblemCode::ContentChanged, "seen long ago").await;

    let now = grdp(&client).await;
    assert_eq!(now.figure.value, Some(Hundredths(745)));
    let values: Vec<_> = now
        .history
        .iter()
        .flat_map(|item| &item.edit.changes)
        .filter(|change| change.field.as_str() == figure::field::VALUE)
        .map(|change| change.value.clone())
        .collect();
    assert_eq!(values, [Value::Int(745), Value::Int(650)]);
    assert!(
        now.history
            .iter()
            .all(|item| item.edit.author == "so-noi-vu")
    );

    for (what, change) in [
        (
            "no source",
            (|f: &mut FigureInput| f.figure.source.clear()) as fn(&mut FigureInput),
        ),
        ("another year", |f| {
            f.figure.as_of = Date::new(2021, 9, 30);
        }),
        ("counted from entries", |f| {
            f.indicator = IndicatorId::new("gia-dinh-van-hoa");
        }),
        ("unheard of", |f| f.indicator = IndicatorId::new("x")),
    ] {
        let mut wrong = input(&now, 700);
        change(&mut wrong);
        let response = client.post("/api/figures", &wrong).await;
        assert_problem(response, 422, ProblemCode::Malformed, what).await;
    }
    assert_eq!(grdp(&client).await, now);
    use thidua_server::store::Database as _;
    assert_eq!(server.database.recount(rules()).await.unwrap(), []);
}

/// The sync route is no way around: only the server writes figures.
#[tokio::test]
async fn a_tablet_cannot_push_a_figure() {
    use thidua_domain::sync::wire::RejectReason;
    use thidua_server::store::contract::Tablet;
    let server = start().await;
    let line = server.client("tinh-nhap").await;
    let mut tablet = Tablet::new("tinh-nhap", 7, &[province()]);
    let key = figure::key(&IndicatorId::new("grdp"), PERIOD);
    tablet.write(&province(), &key, &[(figure::field::VALUE, Value::Int(1))]);
    let answer = line.exchange(&tablet.request()).await;
    let reasons: Vec<_> = answer.rejected.iter().map(|one| one.reason).collect();
    assert_eq!(reasons, [RejectReason::ServerField]);
    let seen = grdp(&server.client("so-noi-vu").await).await;
    assert_eq!(seen.figure, Figure::default());
}

#[tokio::test]
async fn the_table_has_a_line_for_each() {
    let server = start().await;
    let client = server.client("so-noi-vu").await;
    let stated = input(&grdp(&client).await, 712);
    assert_eq!(client.post("/api/figures", &stated).await.status(), 200);
    let lines = client.table("/api/figures/csv").await;
    let all: Figures = client.read("/api/figures").await;
    assert_eq!(lines.len(), all.figures.len() + 1);
    let own: Vec<_> = lines.iter().filter(|line| line.contains("7,12")).collect();
    assert_eq!(own.len(), 1);
    assert!(own[0].contains("30/09/2022"), "{}", own[0]);
}
