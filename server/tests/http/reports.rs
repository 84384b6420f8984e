//! Papers: who drafts, who issues, and that an issued one stays as it is.

use crate::harness::{
    Client, Server, assert_problem, district, elsewhere, officer, other, province,
};
use thidua_domain::access::Role;
use thidua_domain::api::{IssuedPaper, PaperDesk, PaperInput, PaperKind, ProblemCode};
use thidua_domain::area::AreaCode;
use thidua_domain::date::Date;
use thidua_server::report::file_digest;
use thidua_server::store::contract::commune;

async fn start() -> Server {
    Server::start(&[
        officer("ta-hoc", 0),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("huyen-khac", Role::DistrictReviewer, &district(elsewhere())),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("xem", Role::Viewer, &district(0)),
        other("quan-tri", Role::Administrator, &province()),
    ])
    .await
}

fn input(number: u32) -> PaperInput {
    PaperInput {
        kind: PaperKind::Report,
        number: Some(number),
        date: Date::new(2022, 12, 20),
        signatory: "Lò Thị Hặc".to_owned(),
        summary: "Phong trào lan rộng.\n=1+1".to_owned(),
    }
}

async fn draft(client: &Client, area: &AreaCode, format: &str) -> reqwest::Response {
    let path = format!("/api/reports/{area}/draft/{format}");
    client.post(&path, &input(1)).await
}

async fn issue(client: &Client, area: &AreaCode, input: &PaperInput) -> reqwest::Response {
    client
        .post(&format!("/api/reports/{area}/final"), input)
        .await
}

/// Every role against its own area, one above, one beside and one below.
#[tokio::test]
async fn who_drafts_and_who_issues() {
    let server = start().await;
    let areas = [
        province(),
        district(0),
        district(elsewhere()),
        commune(0),
        commune(elsewhere()),
    ];
    // For each area: the status of reading and drafting, and that of issuing.
    for (name, expected) in [
        ("so-noi-vu", [(200, 200); 5]),
        ("quan-tri", [(200, 403); 5]),
        (
            "huyen",
            [(404, 404), (200, 200), (404, 404), (200, 200), (404, 404)],
        ),
        (
            "huyen-khac",
            [(404, 404), (404, 404), (200, 200), (404, 404), (200, 200)],
        ),
        (
            "xem",
            [(404, 404), (200, 403), (404, 404), (200, 403), (404, 404)],
        ),
        (
            "ta-hoc",
            [(404, 404), (404, 404), (404, 404), (200, 403), (404, 404)],
        ),
    ] {
        let client = server.client(name).await;
        for (number, (area, (read, write))) in (100..).zip(areas.iter().zip(expected)) {
            let what = format!("{name} {area}");
            let desk = client.get(&format!("/api/reports/{area}")).await;
            assert_eq!(desk.status(), read, "{what}");
            if read == 200 {
                let desk: PaperDesk = desk.json().await.unwrap();
                assert_eq!(desk.may_issue, write == 200, "{what}");
            }
            assert_eq!(draft(&client, area, "docx").await.status(), read, "{what}");
            let number = number + name.len() as u32 * 10;
            let issued = issue(&client, area, &input(number)).await;
            assert_eq!(issued.status(), write, "{what}");
            if write != 200 {
                continue;
            }
            // What was issued can be had by those who read the area, and by nobody else.
            let issued: IssuedPaper = issued.json().await.unwrap();
            for (other, seen) in [("so-noi-vu", true), ("xem", what_xem_sees(area))] {
                let path = format!("/api/papers/{}/pdf", issued.id);
                let response = server.client(other).await.get(&path).await;
                let status = if seen { 200 } else { 404 };
                assert_eq!(response.status(), status, "{other} {what}");
            }
        }
    }
    let stranger = server.stranger();
    for response in [
        stranger.get(&format!("/api/reports/{}", province())).await,
        draft(&stranger, &province(), "pdf").await,
        issue(&stranger, &province(), &input(1)).await,
        stranger.get("/api/papers/1/pdf").await,
    ] {
        assert_problem(response, 401, ProblemCode::NotSignedIn, "nobody").await;
    }
}

fn what_xem_sees(area: &AreaCode) -> bool {
    [district(0), commune(0)].contains(area)
}

#[tokio::test]
async fn drafts_come_in_every_format() {
    let server = start().await;
    let client = server.client("xem").await;
    for (format, begins) in [("docx", &b"PK"[..]), ("xlsx", b"PK"), ("pdf", b"%PDF")] {
        let response = draft(&client, &commune(0), format).await;
        assert_eq!(response.status(), 200, "{format}");
        let name = response.headers()["content-disposition"].to_str().unwrap();
        assert!(
            name.starts_with("attachment") && name.contains("du-thao"),
            "{name}"
        );
        assert!(name.contains(&format!(".{format}\"")), "{name}");
        assert!(response.bytes().await.unwrap().starts_with(begins));
    }
    let unknown = draft(&client, &commune(0), "exe").await;
    assert_problem(unknown, 404, ProblemCode::NotFound, "format").await;
    let desk: PaperDesk = client.read(&format!("/api/reports/{}", district(0))).await;
    assert_eq!(desk.issued, []);
}

#[tokio::test]
async fn an_issued_paper_stays_as_it_is() {
    let server = start().await;
    let client = server.client("huyen").await;
    let area = district(0);
    let issued: IssuedPaper = issue(&client, &area, &input(7)).await.json().await.unwrap();
    assert_eq!((issued.number, issued.account.as_str()), (7, "huyen"));
    assert_eq!(issued.files.len(), 3);

    let again = issue(&client, &area, &input(7)).await;
    assert_problem(again, 409, ProblemCode::NumberTaken, "same number").await;
    let mut list = input(7);
    list.kind = PaperKind::CulturalFamilies;
    assert_eq!(issue(&client, &area, &list).await.status(), 200);

    for file in &issued.files {
        let path = format!("/api/papers/{}/{}", issued.id, file.format);
        for _ in 0..2 {
            let bytes = client.get(&path).await.bytes().await.unwrap();
            assert_eq!(bytes.len() as u64, file.bytes);
            assert_eq!(file_digest(&bytes), file.sha256);
        }
        for method in [reqwest::Method::PUT, reqwest::Method::DELETE] {
            let response = client.request(method, &path).send().await.unwrap();
            assert_eq!(response.status(), 404);
        }
    }
    let desk: PaperDesk = client.read(&format!("/api/reports/{area}")).await;
    assert_eq!(desk.issued.len(), 2);
    assert_eq!(desk.issued[1], issued);
    let missing = client.get("/api/papers/999999/pdf").await;
    assert_problem(missing, 404, ProblemCode::NotFound, "no such paper").await;
}

#[tokio::test]
async fn a_paper_is_issued_complete_and_within_limits() {
    let server = start().await;
    let client = server.client("huyen").await;
    for (what, change) in [
        ("no number", (|i| i.number = None) as fn(&mut PaperInput)),
        ("number 0", |i| i.number = Some(0)),
        ("huge number", |i| i.number = Some(u32::MAX)),
        ("no day", |i| i.date = None),
        ("nobody signs", |i| i.signatory = " \u{200b}".to_owned()),
        ("long name", |i| i.signatory = "x".repeat(101)),
        ("long summary", |i| i.summary = "x".repeat(8_001)),
    ] {
        let mut wrong = input(3);
        change(&mut wrong);
        let response = issue(&client, &district(0), &wrong).await;
        assert_problem(response, 422, ProblemCode::Malformed, what).await;
    }
    let desk: PaperDesk = client.read(&format!("/api/reports/{}", district(0))).await;
    assert_eq!(desk.issued, []);
}
