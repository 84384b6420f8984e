//! Reviewers: what they see, what they decide.

use crate::harness::{
    Client, Server, assert_problem, district, elsewhere, officer, other, province,
};
use thidua_domain::access::Role;
use thidua_domain::api::{EntryDetail, ProblemCode, ReviewRequest};
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::{Outcome, Reason};
use thidua_domain::entry::{EntryState, field};
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::review::{Decision, Verdict};
use thidua_server::store::contract::{PERIOD, Tablet, commune, complete_family};

const FAMILY: SubjectId = SubjectId(1);

fn entry() -> RecordKey {
    RecordKey::entry(FAMILY, Assessment::CulturalFamily, PERIOD)
}

fn path(key: &RecordKey) -> String {
    format!("/api/entries/{key}")
}

/// A server with a family's entry that was handed in, excluded for a reason.
async fn submitted() -> (Server, Tablet, Client) {
    let accounts = [
        officer("ta-hoc", 0),
        officer("xa-khac", elsewhere()),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("huyen-khac", Role::DistrictReviewer, &district(elsewhere())),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("xem", Role::Viewer, &province()),
        other("quan-tri", Role::Administrator, &province()),
    ];
    let server = Server::start(&accounts).await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    let home = commune(0);
    tablet.add_area(&home, SubjectId(50), "Bản Mòn");
    tablet.add_family(&home, FAMILY, "Lò Văn A", Some(SubjectId(50)));
    let fields = complete_family();
    let fields: Vec<_> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.clone()))
        .collect();
    tablet.write(&home, &entry(), &fields);
    tablet.write(&home, &entry(), &[("exclusion.gia-dinh", true.into())]);
    let code = thidua_domain::criteria::Pack::for_assessment(
        Assessment::CulturalFamily,
        thidua_domain::date::Date::last_of_year(PERIOD.0),
    )
    .and_then(|pack| pack.exclusions.first())
    .map(|exclusion| format!("{}{}", field::EXCLUSION, exclusion.code))
    .unwrap();
    tablet.write(&home, &entry(), &[(code.as_str(), true.into())]);
    tablet.submit(&home, &entry());
    line.sync(&mut tablet).await;
    (server, tablet, line)
}

fn verdict(detail: &EntryDetail, decision: Decision, comment: &str) -> ReviewRequest {
    ReviewRequest {
        record: detail.record.clone(),
        verdict: Verdict {
            comment: comment.to_owned(),
            ..Verdict::new(decision, detail.digest.clone().unwrap())
        },
    }
}

#[tokio::test]
async fn who_sees_an_entry_and_how_much_of_it() {
    let (server, _, _) = submitted().await;
    // Account, sees it, sees why a title is refused, may decide.
    for (name, sees, reasons, decides) in [
        ("ta-hoc", true, true, false),
        ("huyen", true, true, true),
        ("so-noi-vu", true, false, true),
        ("xem", true, false, false),
        ("quan-tri", true, false, false),
        ("xa-khac", false, false, false),
        ("huyen-khac", false, false, false),
    ] {
        let response = server.client(name).await.get(&path(&entry())).await;
        if !sees {
            assert_problem(response, 404, ProblemCode::NotFound, name).await;
            continue;
        }
        let text = response.text().await.unwrap();
        assert_eq!(text.contains("exclusion."), reasons, "{name}");
        let detail: EntryDetail = serde_json::from_str(&text).unwrap();
        assert_eq!(detail.redacted, !reasons, "{name}");
        assert_eq!(detail.may_review, decides, "{name}");
        assert_eq!(detail.state, EntryState::Submitted);
        assert_eq!(detail.residential_area.as_deref(), Some("Bản Mòn"));
        assert_eq!(detail.kind, SubjectKind::Family);
        // Five edits of the officer's; two of them say nothing but reasons.
        assert_eq!(detail.history.len(), if reasons { 5 } else { 3 }, "{name}");
        let evaluation = detail.evaluation.unwrap();
        assert_eq!(evaluation.outcome, Outcome::NotEarned);
        let excluded: Vec<_> = evaluation
            .reasons
            .iter()
            .filter_map(|reason| match reason {
                Reason::Excluded { code } => Some(code.is_some()),
                _ => None,
            })
            .collect();
        assert_eq!(excluded, [reasons], "{name}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let (server, _, _) = submitted().await;
    let client = server.client("so-noi-vu").await;
    let unknown = RecordKey::entry(SubjectId(99), Assessment::CulturalFamily, PERIOD);
    let other_kind = RecordKey::entry(FAMILY, Assessment::SafeUnit, PERIOD);
    for key in [
        unknown.as_str(),
        other_kind.as_str(),
        &format!("family/{FAMILY}"),
        &format!("entry/{FAMILY}/gia-dinh-van-hoa/02022"),
        "x",
    ] {
        let response = client.get(&format!("/api/entries/{key}")).await;
        assert_problem(response, 404, ProblemCode::NotFound, key).await;
    }
    // A subject without an entry, and a commune, which has no record of its own, are there.
    let poverty = RecordKey::entry(FAMILY, Assessment::PovertyReview, PERIOD);
    let rural = RecordKey::entry(
        SubjectId::commune(&commune(0)),
        Assessment::NewRuralCommune,
        PERIOD,
    );
    for key in [poverty, rural] {
        let detail: EntryDetail = client.read(&path(&key)).await;
        assert_eq!(
            (detail.state, detail.entry),
            (EntryState::Empty, None),
            "{key}"
        );
    }
}

#[tokio::test]
async fn who_may_decide() {
    let (server, _, _) = submitted().await;
    let detail: EntryDetail = server.client("huyen").await.read(&path(&entry())).await;
    let accept = verdict(&detail, Decision::Accept, "");
    for (name, status, code) in [
        ("xem", 403, ProblemCode::NotAllowed),
        ("quan-tri", 403, ProblemCode::NotAllowed),
        ("ta-hoc", 403, ProblemCode::NotAllowed),
        ("xa-khac", 404, ProblemCode::NotFound),
        ("huyen-khac", 404, ProblemCode::NotFound),
    ] {
        let response = server.client(name).await.post("/api/review", &accept).await;
        assert_problem(response, status, code, name).await;
    }
    let response = server.stranger().post("/api/review", &accept).await;
    assert_problem(response, 401, ProblemCode::NotSignedIn, "nobody").await;
    let detail: EntryDetail = server.client("huyen").await.read(&path(&entry())).await;
    assert_eq!(detail.state, EntryState::Submitted);
}

#[tokio::test]
async fn a_decision_is_about_one_content_and_taken_once() {
    let (server, mut tablet, line) = submitted().await;
    let reviewer = server.client("huyen").await;
    let seen: EntryDetail = reviewer.read(&path(&entry())).await;

    let silent = verdict(&seen, Decision::Return, "  ");
    let response = reviewer.post("/api/review", &silent).await;
    assert_problem(response, 422, ProblemCode::Malformed, "no comment").await;

    tablet.write(&commune(0), &entry(), &[(field::NOTE, "sửa".into())]);
    tablet.submit(&commune(0), &entry());
    line.sync(&mut tablet).await;
    let stale = verdict(&seen, Decision::Accept, "");
    let response = reviewer.post("/api/review", &stale).await;
    assert_problem(response, 409, ProblemCode::ContentChanged, "stale").await;

    let seen: EntryDetail = reviewer.read(&path(&entry())).await;
    let comment = verdict(&seen, Decision::Return, "Thiếu biên bản");
    let response = reviewer.post("/api/review", &comment).await;
    assert_eq!(response.status(), 200);
    let decided: EntryDetail = response.json().await.unwrap();
    assert_eq!(decided.state, EntryState::Returned);
    assert_eq!(decided.history[0].edit.author, "huyen");
    let response = reviewer
        .post("/api/review", &verdict(&seen, Decision::Accept, ""))
        .await;
    assert_problem(response, 409, ProblemCode::NotWaiting, "twice").await;

    line.sync(&mut tablet).await;
    let state = tablet.shown(&entry()).unwrap();
    assert_eq!(
        thidua_domain::entry::returned_comment(state),
        Some("Thiếu biên bản")
    );
}

#[tokio::test]
async fn a_remark_on_one_field_reaches_the_tablet_and_hides_what_is_hidden() {
    let (server, mut tablet, line) = submitted().await;
    let reviewer = server.client("huyen").await;
    let seen: EntryDetail = reviewer.read(&path(&entry())).await;
    let reason = "exclusion.gia-dinh";
    let mut returned = verdict(&seen, Decision::Return, "Xem từng mục.");
    for (about, remark) in [(field::ATTENDED, "Ghi 26 hộ."), (reason, "Ghi nhầm.")] {
        let about = thidua_domain::record::FieldName::parse(about).unwrap();
        returned.verdict.fields.insert(about, remark.to_owned());
    }
    let mut accepted = returned.clone();
    accepted.verdict.decision = Decision::Accept;
    let response = reviewer.post("/api/review", &accepted).await;
    assert_problem(
        response,
        422,
        ProblemCode::Malformed,
        "remarks on acceptance",
    )
    .await;
    let response = reviewer.post("/api/review", &returned).await;
    assert_eq!(response.status(), 200);

    line.sync(&mut tablet).await;
    let state = tablet.shown(&entry()).unwrap();
    let at = |name| thidua_domain::entry::returned_comment_at(state, name);
    assert_eq!(at(field::ATTENDED), Some("Ghi 26 hộ."));
    assert_eq!(at(reason), Some("Ghi nhầm."));
    let response = server.client("so-noi-vu").await.get(&path(&entry())).await;
    let text = response.text().await.unwrap();
    assert!(text.contains("Ghi 26 hộ."));
    assert!(
        !text.contains("Ghi nhầm.") && !text.contains("exclusion."),
        "{text}"
    );
}
