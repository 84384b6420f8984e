//! The queue and decisions about many entries at once.

use crate::harness::{
    Client, Server, assert_problem, district, elsewhere, officer, other, province,
};
use thidua_domain::access::Role;
use thidua_domain::api::{
    BulkEntry, BulkOutcome, BulkReviewAnswer, BulkReviewRequest, EntryDetail, MAX_QUEUE,
    ProblemCode, QueuePage, QueueRow,
};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::entry::{ContentDigest, EntryState, field};
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::review::Decision;
use thidua_server::store::contract::{PERIOD, Tablet, commune};

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

fn entry(id: u128) -> RecordKey {
    RecordKey::entry(SubjectId(id), Assessment::CulturalFamily, PERIOD)
}

fn hand_in(tablet: &mut Tablet, home: &AreaCode, id: u128, note: &str) {
    tablet.add_family(home, SubjectId(id), &format!("Lò Văn {id}"), None);
    tablet.write(home, &entry(id), &[(field::NOTE, note.into())]);
    tablet.submit(home, &entry(id));
}

/// Families 1 to 4 of a commune and family 9 of one in another district have been handed in.
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
    let (mut far, far_line) = server.tablet("xa-khac", 2, elsewhere()).await;
    hand_in(&mut far, &commune(elsewhere()), 9, "xa");
    far_line.sync(&mut far).await;
    server.wait(10 * DAY_MS);
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    for id in 1..=4 {
        hand_in(&mut tablet, &commune(0), id, "gần");
    }
    line.sync(&mut tablet).await;
    server.wait(DAY_MS);
    (server, tablet, line)
}

async fn waiting(client: &Client, query: &str) -> Vec<QueueRow> {
    let page: QueuePage = client.read(&format!("/api/queue?{query}")).await;
    page.rows
}

fn ids(rows: &[QueueRow]) -> Vec<u128> {
    rows.iter().map(|row| row.standing.subject.0).collect()
}

fn chosen(rows: &[QueueRow]) -> Vec<BulkEntry> {
    let entry = |row: &QueueRow| BulkEntry {
        record: entry(row.standing.subject.0),
        commune: row.standing.commune.clone(),
        digest: row.digest.clone(),
        instead: false,
    };
    rows.iter().map(entry).collect()
}

fn bulk(decision: Decision, entries: Vec<BulkEntry>) -> BulkReviewRequest {
    BulkReviewRequest::new(decision, entries)
}

async fn decide(client: &Client, request: &BulkReviewRequest) -> Vec<BulkOutcome> {
    let response = client.post("/api/review/bulk", request).await;
    assert_eq!(response.status(), 200);
    response.json::<BulkReviewAnswer>().await.unwrap().outcomes
}

async fn state(client: &Client, id: u128) -> EntryState {
    let detail: EntryDetail = client.read(&format!("/api/entries/{}", entry(id))).await;
    detail.state
}

#[tokio::test]
async fn the_queue_shows_ones_own_areas() {
    let (server, ..) = submitted().await;
    let (own, far) = (district(0), district(elsewhere()));
    for (name, query, expected) in [
        ("so-noi-vu", "area=14".to_owned(), vec![9, 1, 2, 3, 4]),
        ("so-noi-vu", "area=14&days=5".to_owned(), vec![9]),
        ("so-noi-vu", "area=14&days=12".to_owned(), vec![]),
        (
            "so-noi-vu",
            "area=14&assessment=don-vi-an-toan".to_owned(),
            vec![],
        ),
        ("so-noi-vu", "area=14&state=returned".to_owned(), vec![]),
        ("xem", format!("area={far}"), vec![9]),
        ("huyen", format!("area={own}"), vec![1, 2, 3, 4]),
        ("huyen", format!("area={}", commune(1)), vec![]),
        ("ta-hoc", format!("area={}", commune(0)), vec![1, 2, 3, 4]),
    ] {
        let rows = waiting(&server.client(name).await, &query).await;
        assert_eq!(ids(&rows), expected, "{name} {query}");
    }
    for (name, area) in [
        ("huyen", far),
        ("huyen", province()),
        ("ta-hoc", own),
        ("ta-hoc", commune(1)),
        ("huyen-khac", commune(0)),
    ] {
        let path = format!("/api/queue?area={area}");
        let response = server.client(name).await.get(&path).await;
        assert_problem(response, 404, ProblemCode::NotFound, name).await;
    }
    let response = server.stranger().get("/api/queue?area=14").await;
    assert_problem(response, 401, ProblemCode::NotSignedIn, "nobody").await;
    let reviewer = server.client("so-noi-vu").await;
    for query in [
        "",
        "?area=14&state=draft",
        "?area=14&state=x",
        "?area=14&days=-1",
    ] {
        let response = reviewer.get(&format!("/api/queue{query}")).await;
        assert_problem(response, 422, ProblemCode::Malformed, query).await;
    }
}

#[tokio::test]
async fn every_entry_is_told_apart() {
    let (server, mut tablet, line) = submitted().await;
    let district_reviewer = server.client("huyen").await;
    let mut entries = chosen(&waiting(&server.client("so-noi-vu").await, "area=14").await);
    // One of another district, one that is said to be in the own district and is not, one that is not
    // there, one that is edited meanwhile, one that another reviewer is done with.
    let mut disguised = entries[0].clone();
    disguised.commune = commune(0);
    disguised.record = RecordKey::entry(SubjectId(9), Assessment::PovertyReview, PERIOD);
    entries.push(disguised);
    let mut disguised = entries[0].clone();
    disguised.commune = commune(1);
    disguised.record = entry(10);
    entries.push(disguised);
    tablet.write(&commune(0), &entry(2), &[(field::NOTE, "sửa".into())]);
    tablet.submit(&commune(0), &entry(2));
    line.sync(&mut tablet).await;
    let first = bulk(Decision::Accept, vec![entries[3].clone()]);
    let outcomes = decide(&server.client("so-noi-vu").await, &first).await;
    assert_eq!(outcomes, [BulkOutcome::Taken]);

    let outcomes = decide(&district_reviewer, &bulk(Decision::Accept, entries.clone())).await;
    assert_eq!(
        outcomes,
        [
            BulkOutcome::NotFound,
            BulkOutcome::Taken,
            BulkOutcome::ContentChanged,
            BulkOutcome::NotWaiting,
            BulkOutcome::Taken,
            BulkOutcome::NotFound,
            BulkOutcome::NotFound,
        ]
    );
    let province = server.client("so-noi-vu").await;
    for (id, expected) in [
        (9, EntryState::Submitted),
        (1, EntryState::Accepted),
        (2, EntryState::Submitted),
        (3, EntryState::Accepted),
        (4, EntryState::Accepted),
    ] {
        assert_eq!(state(&province, id).await, expected, "{id}");
    }
    // Where an entry is, its record says: naming a commune of one's own for it opens nothing.
    let mut stolen = chosen(&waiting(&province, "area=14").await);
    stolen.retain(|one| one.record == entry(9));
    stolen[0].commune = commune(0);
    let outcomes = decide(&district_reviewer, &bulk(Decision::Accept, stolen)).await;
    assert_eq!(outcomes, [BulkOutcome::NotFound]);
    assert_eq!(state(&province, 9).await, EntryState::Submitted);

    // Taken back, in one go.
    let undone = vec![entries[1].clone(), entries[4].clone(), entries[2].clone()];
    let outcomes = decide(&district_reviewer, &bulk(Decision::Reopen, undone)).await;
    assert_eq!(
        outcomes,
        [
            BulkOutcome::Taken,
            BulkOutcome::Taken,
            BulkOutcome::ContentChanged
        ]
    );
    assert_eq!(state(&province, 1).await, EntryState::Submitted);
    let detail: EntryDetail = province.read(&format!("/api/entries/{}", entry(1))).await;
    let authors: Vec<_> = detail
        .history
        .iter()
        .map(|item| item.edit.author.as_str())
        .collect();
    assert_eq!(authors[..2], ["huyen", "huyen"], "nothing is deleted");
    line.sync(&mut tablet).await;
    let on_tablet = thidua_domain::entry::entry_state(tablet.shown(&entry(1)));
    assert_eq!(on_tablet, EntryState::Submitted);
}

#[tokio::test]
async fn who_may_decide_about_many() {
    let (server, ..) = submitted().await;
    let entries = chosen(
        &waiting(
            &server.client("huyen").await,
            &format!("area={}", district(0)),
        )
        .await,
    );
    let request = bulk(Decision::Accept, entries.clone());
    for (name, outcome) in [
        ("xem", BulkOutcome::NotAllowed),
        ("quan-tri", BulkOutcome::NotAllowed),
        ("ta-hoc", BulkOutcome::NotAllowed),
        ("xa-khac", BulkOutcome::NotFound),
        ("huyen-khac", BulkOutcome::NotFound),
    ] {
        let outcomes = decide(&server.client(name).await, &request).await;
        assert_eq!(outcomes, [outcome; 4], "{name}");
    }
    let response = server.stranger().post("/api/review/bulk", &request).await;
    assert_problem(response, 401, ProblemCode::NotSignedIn, "nobody").await;

    let reviewer = server.client("huyen").await;
    let many: Vec<_> = (0..=MAX_QUEUE as u128)
        .map(|id| BulkEntry {
            record: entry(id),
            commune: commune(0),
            digest: ContentDigest("0".repeat(32)),
            instead: false,
        })
        .collect();
    for (request, status, code, what) in [
        (
            bulk(Decision::Accept, many),
            413,
            ProblemCode::TooLarge,
            "too many",
        ),
        (
            bulk(Decision::Accept, vec![]),
            422,
            ProblemCode::Malformed,
            "none",
        ),
        (
            bulk(
                Decision::Accept,
                vec![entries[0].clone(), entries[0].clone()],
            ),
            422,
            ProblemCode::Malformed,
            "twice the same",
        ),
        (
            bulk(Decision::Return, entries.clone()),
            422,
            ProblemCode::Malformed,
            "returned without a word",
        ),
    ] {
        let response = reviewer.post("/api/review/bulk", &request).await;
        assert_problem(response, status, code, what).await;
    }
    let left = waiting(&reviewer, &format!("area={}", district(0))).await;
    assert_eq!(left.len(), 4);
}

#[tokio::test]
async fn what_is_returned_may_have_to_be_back_by_a_day() {
    let (server, mut tablet, line) = submitted().await;
    let reviewer = server.client("huyen").await;
    let own = format!("/api/queue?area={}", district(0));
    let page: QueuePage = reviewer.read(&own).await;
    let today = page.today.unwrap();
    let day = |ahead| today.plus_days(ahead);
    let returned = |rows: &[QueueRow], due| BulkReviewRequest {
        comment: "Thiếu biên bản".to_owned(),
        due,
        ..bulk(Decision::Return, chosen(rows))
    };
    for due in [day(-1), day(367)] {
        let response = reviewer
            .post("/api/review/bulk", &returned(&page.rows, due))
            .await;
        assert_problem(response, 422, ProblemCode::Malformed, &format!("{due:?}")).await;
    }
    let done = decide(&reviewer, &returned(&page.rows[..2], day(7))).await;
    assert_eq!(done, [BulkOutcome::Taken; 2]);

    let back = format!("{own}&state=returned");
    let page: QueuePage = reviewer.read(&back).await;
    assert_eq!(page.rows.len(), 2);
    assert!(page.rows.iter().all(|row| row.standing.due == day(7)));
    line.sync(&mut tablet).await;
    let due = thidua_domain::entry::correction_due(tablet.shown(&entry(1)).unwrap());
    assert_eq!(due, day(7));

    let overdue = format!("{back}&overdue=true");
    let page: QueuePage = reviewer.read(&overdue).await;
    assert!(page.rows.is_empty());
    server.wait(8 * DAY_MS);
    let page: QueuePage = reviewer.read(&overdue).await;
    assert_eq!(page.rows.len(), 2);
    let response = reviewer.get(&format!("{own}&overdue=true")).await;
    assert_problem(response, 422, ProblemCode::Malformed, "of another state").await;
}
