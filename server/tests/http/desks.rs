//! Titles that a district appraises before the province recognises them.

use crate::harness::{Client, Server, assert_problem, district, officer, other, province};
use thidua_domain::access::Role;
use thidua_domain::api::{
    BulkEntry, BulkOutcome, BulkReviewAnswer, BulkReviewRequest, EntryDetail, ProblemCode,
    QueuePage, ReviewRequest, SettingInput, SettingsView,
};
use thidua_domain::catalogue::Assessment;
use thidua_domain::entry::{self, ContentDigest, EntryState, content_digest, field};
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::review::{Decision, Verdict};
use thidua_domain::setting::appraisal::SetAppraisal;
use thidua_domain::setting::{self, Setting};
use thidua_domain::sync::state::RecordState;
use thidua_server::store::contract::{PERIOD, Tablet, commune, complete_family, rules};

const RURAL: Assessment = Assessment::NewRuralCommune;
const FAMILY: Assessment = Assessment::CulturalFamily;

fn rural() -> RecordKey {
    RecordKey::entry(SubjectId::commune(&commune(0)), RURAL, PERIOD)
}

fn family() -> RecordKey {
    RecordKey::entry(SubjectId(1), FAMILY, PERIOD)
}

/// A commune has handed in a family's entry, and its own as a new rural area.
async fn handed_in() -> (Server, Tablet, Client) {
    let server = Server::start(&[
        officer("ta-hoc", 0),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
    ])
    .await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    let home = commune(0);
    tablet.add_family(&home, SubjectId(1), "Lò Văn A", None);
    for (name, value) in complete_family() {
        tablet.write(&home, &family(), &[(name.as_str(), value)]);
    }
    tablet.write(&home, &rural(), &[("proposed", true.into())]);
    tablet.submit(&home, &family());
    tablet.submit(&home, &rural());
    line.sync(&mut tablet).await;
    (server, tablet, line)
}

async fn detail(client: &Client, key: &RecordKey) -> EntryDetail {
    client.read(&format!("/api/entries/{key}")).await
}

async fn decide(client: &Client, key: &RecordKey, decision: Decision) -> reqwest::Response {
    let digest = detail(client, key).await.digest.unwrap();
    let request = ReviewRequest {
        record: key.clone(),
        verdict: Verdict {
            comment: "Đã xem.".to_owned(),
            ..Verdict::new(decision, digest)
        },
    };
    client.post("/api/review", &request).await
}

async fn waits_at(client: &Client, desk: &str) -> Vec<Assessment> {
    let area = district(0);
    let page: QueuePage = client
        .read(&format!("/api/queue?area={area}&desk={desk}"))
        .await;
    let rows = page.rows.iter().map(|row| row.standing.assessment);
    rows.collect()
}

#[tokio::test]
async fn the_district_first_then_the_province() {
    let (server, mut tablet, line) = handed_in().await;
    let huyen = server.client("huyen").await;
    let tinh = server.client("so-noi-vu").await;
    assert_eq!(waits_at(&tinh, "district").await, [FAMILY, RURAL]);
    assert_eq!(waits_at(&tinh, "province").await, [FAMILY]);

    let early = decide(&tinh, &rural(), Decision::Accept).await;
    assert_problem(early, 409, ProblemCode::NotEndorsed, "before the district").await;
    let theirs = decide(&huyen, &rural(), Decision::Accept).await;
    assert_problem(theirs, 403, ProblemCode::NotAllowed, "the province's").await;
    for (client, key, what) in [
        (&tinh, rural(), "not the province's"),
        (&huyen, family(), "no stage"),
    ] {
        let response = decide(client, &key, Decision::Endorse).await;
        assert_problem(response, 403, ProblemCode::NotAllowed, what).await;
    }

    assert_eq!(
        decide(&huyen, &rural(), Decision::Endorse).await.status(),
        200
    );
    let now = detail(&tinh, &rural()).await;
    assert_eq!(now.state, EntryState::Submitted);
    assert_eq!(now.history[0].edit.author, "huyen");
    assert_eq!(waits_at(&huyen, "district").await, [FAMILY]);
    line.sync(&mut tablet).await;
    assert!(entry::is_endorsed(tablet.shown(&rural()).unwrap()));

    // Returned by the province, it starts at the district again.
    assert_eq!(
        decide(&tinh, &rural(), Decision::Return).await.status(),
        200
    );
    line.sync(&mut tablet).await;
    tablet.write(&commune(0), &rural(), &[("note", "Đã sửa.".into())]);
    tablet.submit(&commune(0), &rural());
    line.sync(&mut tablet).await;
    let early = decide(&tinh, &rural(), Decision::Accept).await;
    assert_problem(early, 409, ProblemCode::NotEndorsed, "another submission").await;
    assert_eq!(
        decide(&huyen, &rural(), Decision::Endorse).await.status(),
        200
    );
    assert_eq!(
        decide(&tinh, &rural(), Decision::Accept).await.status(),
        200
    );
    assert_eq!(detail(&tinh, &rural()).await.state, EntryState::Accepted);
    // Where no stage is asked for nothing has changed: either decides.
    assert_eq!(
        decide(&huyen, &family(), Decision::Accept).await.status(),
        200
    );
    use thidua_server::store::Database as _;
    assert_eq!(server.database.recount(rules()).await.unwrap(), []);
}

#[tokio::test]
async fn the_province_says_that_it_stands_in_for_the_district() {
    let (server, ..) = handed_in().await;
    let tinh = server.client("so-noi-vu").await;
    let digest = detail(&tinh, &rural()).await.digest.unwrap();
    let request = ReviewRequest {
        record: rural(),
        verdict: Verdict {
            instead: true,
            ..Verdict::new(Decision::Accept, digest)
        },
    };
    assert_eq!(tinh.post("/api/review", &request).await.status(), 200);
    let now = detail(&tinh, &rural()).await;
    assert_eq!(now.state, EntryState::Accepted);
    let record = now.entry.unwrap();
    assert_eq!(record.flag(field::REVIEW_INSTEAD), Some(true));
}

#[tokio::test]
async fn many_are_passed_on_at_once_and_taken_back() {
    let (server, ..) = handed_in().await;
    let huyen = server.client("huyen").await;
    let mut entries = Vec::new();
    for record in [rural(), family()] {
        entries.push(BulkEntry {
            digest: detail(&huyen, &record).await.digest.unwrap(),
            commune: commune(0),
            record,
            instead: false,
        });
    }
    let bulk = async |client: &Client, decision| {
        let request = BulkReviewRequest::new(decision, entries.clone());
        let response = client.post("/api/review/bulk", &request).await;
        assert_eq!(response.status(), 200);
        response.json::<BulkReviewAnswer>().await.unwrap().outcomes
    };
    use BulkOutcome::{ForProvince, NotAllowed, NotEndorsed, NotWaiting, Taken};
    let tinh = server.client("so-noi-vu").await;
    assert_eq!(bulk(&huyen, Decision::Endorse).await, [Taken, NotAllowed]);
    assert_eq!(bulk(&huyen, Decision::Reopen).await, [Taken, NotWaiting]);
    assert_eq!(bulk(&tinh, Decision::Accept).await, [NotEndorsed, Taken]);
    assert_eq!(
        bulk(&huyen, Decision::Accept).await,
        [ForProvince, NotWaiting]
    );
}

#[tokio::test]
async fn the_province_stands_in_for_those_it_names_among_many() {
    let (server, ..) = handed_in().await;
    let (huyen, tinh) = (
        server.client("huyen").await,
        server.client("so-noi-vu").await,
    );
    let mut entries = Vec::new();
    for record in [rural(), family()] {
        entries.push(BulkEntry {
            digest: detail(&tinh, &record).await.digest.unwrap(),
            commune: commune(0),
            record,
            instead: true,
        });
    }
    let bulk = async |client: &Client, decision| {
        let request = BulkReviewRequest::new(decision, entries.clone());
        let response = client.post("/api/review/bulk", &request).await;
        assert_eq!(response.status(), 200);
        response.json::<BulkReviewAnswer>().await.unwrap().outcomes
    };
    let instead = async |record: &RecordKey| {
        let now = detail(&tinh, record).await;
        (now.state, now.entry.unwrap().flag(field::REVIEW_INSTEAD))
    };
    use BulkOutcome::{ForProvince, Taken};
    // A district cannot stand in for itself.
    assert_eq!(bulk(&huyen, Decision::Accept).await, [ForProvince, Taken]);
    assert_eq!(bulk(&huyen, Decision::Reopen).await[1], Taken);
    assert_eq!(bulk(&tinh, Decision::Accept).await, [Taken, Taken]);
    // Kept with the one that waited for a district, as a decision on it alone keeps it; the other asked for none.
    assert_eq!(instead(&rural()).await, (EntryState::Accepted, Some(true)));
    assert_eq!(instead(&family()).await, (EntryState::Accepted, None));
    let history = detail(&huyen, &rural()).await.history;
    assert_eq!(history[0].edit.author, "so-noi-vu");
    let kept = history[0].edit.changes.iter();
    let mut kept = kept.filter(|change| change.field.as_str() == field::REVIEW_INSTEAD);
    assert_eq!(kept.next().map(|change| &change.value), Some(&true.into()));

    assert_eq!(bulk(&tinh, Decision::Reopen).await, [Taken, Taken]);
    assert_eq!(instead(&rural()).await, (EntryState::Submitted, None));
    assert_eq!(waits_at(&tinh, "district").await, [FAMILY, RURAL]);
}

#[tokio::test]
async fn the_province_sets_which_titles_are_appraised_first() {
    let (server, mut tablet, line) = handed_in().await;
    let tinh = server.client("so-noi-vu").await;
    let nothing: ContentDigest = content_digest(&RecordState::new(setting::feed()));
    let set = |assessment, first, seen: &ContentDigest| SettingInput {
        seen: seen.clone(),
        setting: Setting::Appraisal(SetAppraisal {
            assessment,
            district_first: first,
            paper: "Kế hoạch 12/KH-UBND".to_owned(),
            set_ms: 0,
        }),
    };
    let response = server
        .client("huyen")
        .await
        .post("/api/settings", &set(FAMILY, Some(true), &nothing))
        .await;
    assert_problem(response, 404, ProblemCode::NotFound, "a district").await;
    for (assessment, first) in [(FAMILY, true), (RURAL, false)] {
        let response = tinh
            .post("/api/settings", &set(assessment, Some(first), &nothing))
            .await;
        assert_eq!(response.status(), 200);
    }
    let early = decide(&tinh, &family(), Decision::Accept).await;
    assert_problem(early, 409, ProblemCode::NotEndorsed, "set").await;
    assert_eq!(waits_at(&tinh, "province").await, [RURAL]);
    assert_eq!(
        decide(&tinh, &rural(), Decision::Accept).await.status(),
        200
    );

    // Every tablet knows where its entries wait.
    line.sync(&mut tablet).await;
    let titles = [FAMILY, RURAL].map(|title| setting::appraisal::key(title, PERIOD));
    let shown = titles.iter().map(|key| (key, tablet.shown(key).unwrap()));
    let settings = setting::Settings::read(shown);
    let first = settings.district_first(rules().tree, rules().season);
    assert_eq!(first.titles().collect::<Vec<_>>(), [FAMILY]);
    let view: SettingsView = tinh.read("/api/settings").await;
    assert_eq!(view.settings.len(), 2);
}
