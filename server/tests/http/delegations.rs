//! Review in colleagues' hands for a term.

use crate::harness::{
    Client, Server, assert_problem, district, elsewhere, officer, other, province,
};
use thidua_domain::access::Role;
use thidua_domain::api::{
    BulkEntry, BulkOutcome, BulkReviewAnswer, BulkReviewRequest, DelegationsView, EntryDetail,
    ProblemCode, ReviewRequest, Session,
};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::date::Date;
use thidua_domain::delegation::{Stage, Terms};
use thidua_domain::entry::{EntryState, field};
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::review::{Decision, Desk, Verdict};
use thidua_server::audit::Deed;
use thidua_server::store::Database as _;
use thidua_server::store::contract::{NOW, PERIOD, Tablet, commune, complete_family};

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;
const FAMILY: Assessment = Assessment::CulturalFamily;
const RURAL: Assessment = Assessment::NewRuralCommune;

fn family(number: u128) -> RecordKey {
    RecordKey::entry(SubjectId(number), FAMILY, PERIOD)
}

fn rural() -> RecordKey {
    RecordKey::entry(SubjectId::commune(&commune(0)), RURAL, PERIOD)
}

fn day(ahead: i64) -> Date {
    Date::in_vietnam(NOW).plus_days(ahead).unwrap()
}

/// For three days, all titles.
fn terms(to: &str, area: &AreaCode) -> Terms {
    Terms {
        to: to.to_owned(),
        areas: vec![area.clone()],
        titles: Default::default(),
        from: day(0),
        until: day(2),
        paper: "12/UQ-SNV".to_owned(),
    }
}

/// A commune has handed in two families, one with a reason against it, and itself as a new rural area.
async fn handed_in() -> (Server, Tablet) {
    let server = Server::start(&[
        officer("ta-hoc", 0),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("huyen-khac", Role::DistrictReviewer, &district(elsewhere())),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("cong-an", Role::Viewer, &province()),
        other("xem-huyen", Role::Viewer, &district(0)),
        other("quan-tri", Role::Administrator, &province()),
    ])
    .await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    let home = commune(0);
    for number in [1, 2] {
        tablet.add_family(&home, SubjectId(number), "Lò Văn A", None);
        for (name, value) in complete_family() {
            tablet.write(&home, &family(number), &[(name.as_str(), value)]);
        }
    }
    tablet.write(&home, &family(2), &[("exclusion.gia-dinh", true.into())]);
    tablet.write(&home, &rural(), &[("proposed", true.into())]);
    for key in [family(1), family(2), rural()] {
        tablet.submit(&home, &key);
    }
    line.sync(&mut tablet).await;
    (server, tablet)
}

async fn detail(client: &Client, key: &RecordKey) -> EntryDetail {
    client.read(&format!("/api/entries/{key}")).await
}

async fn decide(client: &Client, key: &RecordKey, decision: Decision) -> reqwest::Response {
    let digest = detail(client, key).await.digest.unwrap();
    let request = ReviewRequest {
        record: key.clone(),
        verdict: Verdict::new(decision, digest),
    };
    client.post("/api/review", &request).await
}

async fn give(client: &Client, terms: &Terms) -> DelegationsView {
    let response = client.post("/api/delegations", terms).await;
    assert_eq!(response.status(), 200);
    response.json().await.unwrap()
}

async fn seen_by(client: &Client) -> DelegationsView {
    client.read("/api/delegations").await
}

#[tokio::test]
async fn whoever_decides_in_anothers_name_says_so_as_long_as_it_lasts() {
    let (server, _) = handed_in().await;
    let police = server.client("cong-an").await;
    let giver = server.client("so-noi-vu").await;
    assert!(!detail(&police, &family(1)).await.may_review);
    let before = decide(&police, &family(1), Decision::Accept).await;
    assert_problem(before, 403, ProblemCode::NotAllowed, "before").await;

    let of_families = Terms {
        titles: [FAMILY].into(),
        ..terms("cong-an", &district(0))
    };
    let given = give(&giver, &of_families).await;
    assert_eq!(given.delegations[0].to_name, "Tài khoản cong-an");
    let session: Session = police.read("/api/session").await;
    assert_eq!(session.mandates.len(), 1);
    assert_eq!(session.mandates[0].desk, Desk::Province);

    assert!(detail(&police, &family(1)).await.may_review);
    let accepted = decide(&police, &family(1), Decision::Accept).await;
    assert_eq!(accepted.status(), 200);
    let now = detail(&giver, &family(1)).await;
    assert_eq!(now.state, EntryState::Accepted);
    assert_eq!(now.history[0].edit.author, "cong-an");
    let record = now.entry.unwrap();
    assert_eq!(record.text(field::REVIEW_BEHALF), Some("so-noi-vu"));

    // Another title is not in it, alone or among others.
    let other_title = decide(&police, &rural(), Decision::Accept).await;
    assert_problem(other_title, 403, ProblemCode::NotAllowed, "another title").await;
    let mut entries = Vec::new();
    for record in [family(2), rural()] {
        entries.push(BulkEntry {
            digest: detail(&police, &record).await.digest.unwrap(),
            commune: commune(0),
            record,
            instead: false,
        });
    }
    let request = BulkReviewRequest::new(Decision::Accept, entries);
    let answer = police.post("/api/review/bulk", &request).await;
    let answer: BulkReviewAnswer = answer.json().await.unwrap();
    assert_eq!(
        answer.outcomes,
        [BulkOutcome::Taken, BulkOutcome::NotAllowed]
    );

    // In one's own name, nothing is said of another's.
    let reopened = decide(&giver, &family(1), Decision::Reopen).await;
    assert_eq!(reopened.status(), 200);
    let record = detail(&giver, &family(1)).await.entry.unwrap();
    assert_eq!(record.text(field::REVIEW_BEHALF), None);

    server.wait(3 * DAY_MS);
    let session: Session = police.read("/api/session").await;
    assert_eq!(session.mandates, []);
    let over = decide(&police, &family(1), Decision::Accept).await;
    assert_problem(over, 403, ProblemCode::NotAllowed, "its last day is over").await;
    let seen = seen_by(&giver).await;
    let stage = seen.delegations[0].delegation.stage(seen.today);
    assert_eq!((stage, seen.delegations[0].may_end), (Stage::Over, false));
}

#[tokio::test]
async fn a_districts_delegate_appraises_and_sees_what_the_district_sees() {
    let (server, _) = handed_in().await;
    let huyen = server.client("huyen").await;
    let viewer = server.client("xem-huyen").await;
    assert!(detail(&viewer, &family(2)).await.redacted);
    give(&huyen, &terms("xem-huyen", &commune(0))).await;
    assert!(!detail(&viewer, &family(2)).await.redacted);

    let endorsed = decide(&viewer, &rural(), Decision::Endorse).await;
    assert_eq!(endorsed.status(), 200);
    let record = detail(&huyen, &rural()).await.entry.unwrap();
    assert_eq!(record.text(field::REVIEW_ENDORSED_BEHALF), Some("huyen"));
    let theirs = decide(&viewer, &rural(), Decision::Accept).await;
    assert_problem(theirs, 403, ProblemCode::NotAllowed, "the province's").await;

    // Nobody sits at both desks.
    let tinh = server.client("so-noi-vu").await;
    let both = Terms {
        from: day(2),
        until: day(9),
        ..terms("xem-huyen", &commune(0))
    };
    let refused = tinh.post("/api/delegations", &both).await;
    assert_problem(refused, 422, ProblemCode::Malformed, "both desks").await;
}

#[tokio::test]
async fn only_ones_own_is_given_and_only_to_colleagues() {
    let (server, _) = handed_in().await;
    let tinh = server.client("so-noi-vu").await;
    let huyen = server.client("huyen").await;
    let police = server.client("cong-an").await;
    let own = district(0);
    let case = async |client: &Client, terms: Terms, status, code, what: &str| {
        let response = client.post("/api/delegations", &terms).await;
        assert_problem(response, status, code, what).await;
    };
    use ProblemCode::{Malformed, NotAllowed, NotFound};
    let far = district(elsewhere());
    case(
        &huyen,
        terms("cong-an", &far),
        404,
        NotFound,
        "another district",
    )
    .await;
    case(
        &police,
        terms("xem-huyen", &own),
        403,
        NotAllowed,
        "a viewer",
    )
    .await;
    for (to, what) in [
        ("ta-hoc", "an officer"),
        ("quan-tri", "an administrator"),
        ("so-noi-vu", "the other desk"),
        ("huyen-khac", "who cannot read it"),
        ("khong-co", "nobody"),
        ("huyen", "oneself"),
    ] {
        case(&huyen, terms(to, &own), 422, Malformed, what).await;
    }
    let names = |view: DelegationsView| {
        let colleagues = view.colleagues.into_iter();
        colleagues.map(|it| it.account).collect::<Vec<_>>()
    };
    assert_eq!(names(seen_by(&tinh).await), ["cong-an", "xem-huyen"]);
    assert_eq!(names(seen_by(&huyen).await), ["cong-an", "xem-huyen"]);
    assert!(names(seen_by(&police).await).is_empty());

    // It is not passed on.
    give(&tinh, &terms("cong-an", &own)).await;
    case(
        &police,
        terms("xem-huyen", &own),
        403,
        NotAllowed,
        "passed on",
    )
    .await;
    let disabled = server.database.disable_account("xem-huyen".to_owned());
    disabled.await.unwrap();
    case(&huyen, terms("xem-huyen", &own), 422, Malformed, "disabled").await;
}

#[tokio::test]
async fn whom_it_concerns_sees_and_ends_it() {
    let (server, _) = handed_in().await;
    let giver = server.client("huyen").await;
    let taker = server.client("cong-an").await;
    for _ in 0..3 {
        give(&giver, &terms("cong-an", &district(0))).await;
    }
    let ids: Vec<u64> = seen_by(&taker)
        .await
        .delegations
        .iter()
        .map(|it| it.delegation.id)
        .collect();
    assert_eq!(ids.len(), 3);
    let end = async |client: &Client, id: u64| {
        let path = format!("/api/delegations/{id}/end");
        client.post(&path, &()).await
    };
    for name in ["so-noi-vu", "huyen-khac", "xem-huyen", "ta-hoc"] {
        let stranger = server.client(name).await;
        assert!(seen_by(&stranger).await.delegations.is_empty(), "{name}");
        let response = end(&stranger, ids[0]).await;
        assert_problem(response, 404, ProblemCode::NotFound, name).await;
    }
    let administrator = server.client("quan-tri").await;
    for (client, id) in [(&giver, ids[0]), (&administrator, ids[1])] {
        assert!(detail(&taker, &family(1)).await.may_review);
        assert_eq!(end(client, id).await.status(), 200);
        // Once more does no harm.
        assert_eq!(end(client, id).await.status(), 200);
    }
    assert_eq!(end(&taker, ids[2]).await.status(), 200);
    assert!(!detail(&taker, &family(1)).await.may_review);
    let seen = seen_by(&giver).await;
    let mut by: Vec<_> = seen
        .delegations
        .iter()
        .filter_map(|it| it.delegation.ended.as_ref().map(|ended| ended.by.as_str()))
        .collect();
    by.sort_unstable();
    assert_eq!(by, ["cong-an", "huyen", "quan-tri"]);

    let lines = giver.table("/api/delegations/csv").await;
    assert_eq!(lines.len(), 4);
    assert!(
        lines[1].starts_with("huyen,Tài khoản huyen,cong-an,"),
        "{}",
        lines[1]
    );
    let elsewhere = server.client("huyen-khac").await;
    assert_eq!(elsewhere.table("/api/delegations/csv").await.len(), 1);

    let rows = server.database.notes(0, 200).await.unwrap();
    let noted = |deed| rows.iter().filter(|row| row.note.deed == deed).count();
    assert_eq!(noted(Deed::ReviewDelegated), 3);
    assert_eq!(noted(Deed::DelegationEnded), 3);
}
