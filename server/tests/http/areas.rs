//! Areas that move: who may move them, who is shown what, who takes over what was not sent before.

use crate::harness::{
    Client, Server, assert_problem, district, elsewhere, officer, other, province,
};
use reqwest::StatusCode;
use thidua_domain::access::Role;
use thidua_domain::api::{
    AreaTallies, AssessmentTally, EntryDetail, HandoverRequest, Handovers, MoveRequest, Moved,
    ProblemCode, ReformedOverview, StandingPage,
};
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::setting;
use thidua_domain::subject;
use thidua_domain::sync::hub::Decision;
use thidua_domain::sync::wire;
use thidua_server::store::Database as _;
use thidua_server::store::contract::{PERIOD, Tablet, commune, rules};

const AREA: SubjectId = SubjectId(900);

fn family(id: u128) -> RecordKey {
    RecordKey::subject_record(SubjectKind::Family, SubjectId(id))
}

async fn start() -> Server {
    Server::start(&[
        officer("xa-cu", 0),
        officer("xa-moi", 1),
        officer("xa-khac", elsewhere()),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("huyen-khac", Role::DistrictReviewer, &district(elsewhere())),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("xem", Role::Viewer, &province()),
        other("quan-tri", Role::Administrator, &province()),
        other("quan-tri-huyen", Role::Administrator, &district(0)),
    ])
    .await
}

fn to(place: usize) -> MoveRequest {
    MoveRequest {
        from: commune(0),
        residential_area: Some(AREA),
        to: commune(place),
    }
}

/// A residential area with two families, one of them with something that is not sent.
async fn settled(server: &Server) -> (Tablet, Client) {
    let (mut tablet, line) = server.tablet("xa-cu", 1, 0).await;
    tablet.add_area(&commune(0), AREA, "Bản Sàng");
    for id in 1..=2 {
        tablet.add_family(
            &commune(0),
            SubjectId(id),
            &format!("Lò Văn {id}"),
            Some(AREA),
        );
    }
    line.sync(&mut tablet).await;
    let house = [(subject::field::HOUSE_NO, "12".into())];
    tablet.write(&commune(0), &family(1), &house);
    (tablet, line)
}

#[tokio::test]
async fn who_may_move_an_area() {
    let server = start().await;
    settled(&server).await;
    let far = elsewhere();
    for (name, place, status, code) in [
        ("xa-moi", 1, 404, ProblemCode::NotFound),
        ("xa-cu", 1, 403, ProblemCode::NotAllowed),
        ("huyen", 1, 403, ProblemCode::NotAllowed),
        ("so-noi-vu", 1, 403, ProblemCode::NotAllowed),
        ("xem", 1, 403, ProblemCode::NotAllowed),
        ("quan-tri-huyen", far, 404, ProblemCode::NotFound),
        ("quan-tri", 0, 422, ProblemCode::Malformed),
    ] {
        let client = server.client(name).await;
        let answer = client.post("/api/areas/move", &to(place)).await;
        assert_problem(answer, status, code, name).await;
    }
    let stranger = server.stranger().post("/api/areas/move", &to(1)).await;
    assert_eq!(stranger.status(), StatusCode::UNAUTHORIZED);
    let administrator = server.client("quan-tri").await;
    let unknown = MoveRequest {
        residential_area: Some(SubjectId(1)),
        ..to(1)
    };
    let answer = administrator.post("/api/areas/move", &unknown).await;
    assert_problem(answer, 404, ProblemCode::NotFound, "a family is no area").await;

    let own = server.client("quan-tri-huyen").await;
    let answer: Moved = own
        .post("/api/areas/move", &to(1))
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(answer.subjects, 3);
    assert_eq!(server.database.recount(rules()).await.unwrap(), []);
}

#[tokio::test]
async fn what_has_moved_is_shown_where_it_is() {
    let server = start().await;
    let (_, old_line) = settled(&server).await;
    let administrator = server.client("quan-tri").await;
    let far = elsewhere();
    administrator.post("/api/areas/move", &to(far)).await;

    let key = RecordKey::entry(SubjectId(1), Assessment::CulturalFamily, PERIOD);
    let path = format!("/api/entries/{key}");
    for (name, status) in [
        ("xa-cu", 404),
        ("huyen", 404),
        ("xa-khac", 200),
        ("huyen-khac", 200),
        ("so-noi-vu", 200),
    ] {
        let answer = server.client(name).await.get(&path).await;
        assert_eq!(answer.status(), status, "{name}");
    }
    let reviewer = server.client("huyen-khac").await;
    let detail: EntryDetail = reviewer.read(&path).await;
    assert_eq!(detail.residential_area.as_deref(), Some("Bản Sàng"));
    let listed = format!(
        "/api/standings?area={}&assessment=gia-dinh-van-hoa",
        commune(far)
    );
    let listed: StandingPage = reviewer.read(&listed).await;
    assert_eq!(listed.rows.len(), 2);

    // Tablets: the one is told nothing more than that it has left.
    let (mut new, line) = server.tablet("xa-khac", 2, far).await;
    line.sync(&mut new).await;
    let house = [(subject::field::HOUSE_NO, "7".into())];
    new.write(&commune(far), &family(2), &house);
    line.sync(&mut new).await;
    assert!(new.rejected.is_empty());
    let (mut fresh, _) = server.tablet("xa-cu", 3, 0).await;
    old_line.sync(&mut fresh).await;
    assert!(fresh.records.keys().all(|key| key.kind() == "place"));
}

#[tokio::test]
async fn a_tablet_with_an_older_program_goes_on() {
    let server = start().await;
    let (mut tablet, line) = settled(&server).await;
    server
        .client("quan-tri")
        .await
        .post("/api/areas/move", &to(1))
        .await;
    tablet.add_family(&commune(0), SubjectId(3), "Mùa A Chu", None);
    let older = wire::Writer::for_older().with(&tablet.request()).finish();
    let response = line.send_frame(older).await;
    assert_eq!(response.status(), 200);
    let body = response.bytes().await.unwrap();
    assert_eq!(&body[..7], b"THIDUA\x02");
    let answer = wire::decode_responses(&body).unwrap().remove(0);
    assert_eq!(answer.held, 5);
    assert_eq!(answer.rejected.len(), 1);
    assert_eq!(answer.follow, [commune(0)]);

    // It would lose part of what it is shown in pieces: it hears of its own commune's feed only.
    let (newer, line) = server.tablet("xa-moi", 2, 1).await;
    let older = wire::Writer::for_older().with(&newer.request()).finish();
    let body = line.send_frame(older).await.bytes().await.unwrap();
    assert_eq!(
        wire::decode_responses(&body).unwrap()[0].follow,
        [commune(1)]
    );
    assert_eq!(
        line.exchange(&newer.request()).await.follow,
        [commune(1), commune(0), setting::feed()]
    );
}

#[tokio::test]
async fn what_was_not_sent_is_taken_over() {
    let server = start().await;
    let (mut tablet, line) = settled(&server).await;
    server
        .client("quan-tri")
        .await
        .post("/api/areas/move", &to(1))
        .await;
    line.sync(&mut tablet).await;
    assert_eq!(tablet.rejected.len(), 1);

    // Those of the commune see what it says, reviewers that it waits, the writer where it went.
    for (name, waiting, values, decides) in [
        ("xa-moi", 1, 1, true),
        ("huyen", 1, 0, false),
        ("so-noi-vu", 1, 0, false),
        ("xem", 1, 0, false),
        ("xa-cu", 0, 0, false),
        ("xa-khac", 0, 0, false),
        ("huyen-khac", 0, 0, false),
    ] {
        let found: Handovers = server.client(name).await.read("/api/handovers").await;
        assert_eq!(found.waiting.len(), waiting, "{name}");
        for kept in &found.waiting {
            assert_eq!(kept.label, "Lò Văn 1", "{name}");
            assert_eq!(kept.author_name, "Tài khoản xa-cu", "{name}");
            assert_eq!(kept.edits[0].changes.len(), values, "{name}");
            assert_eq!(kept.may_decide, decides, "{name}");
        }
    }
    let own: Handovers = line.read("/api/handovers").await;
    assert_eq!((own.own.len(), own.own[0].commune.clone()), (1, commune(1)));
    assert_eq!(own.own[0].edits.len(), 1);

    let request = HandoverRequest {
        author: "xa-cu".to_owned(),
        record: family(1),
        decision: Decision::Take,
    };
    for (name, status, code) in [
        ("xa-cu", 404, ProblemCode::NotFound),
        ("xa-khac", 404, ProblemCode::NotFound),
        ("huyen", 403, ProblemCode::NotAllowed),
        ("so-noi-vu", 403, ProblemCode::NotAllowed),
        ("quan-tri", 403, ProblemCode::NotAllowed),
    ] {
        let answer = server
            .client(name)
            .await
            .post("/api/handovers", &request)
            .await;
        assert_problem(answer, status, code, name).await;
    }
    let officer = server.client("xa-moi").await;
    let silent = HandoverRequest {
        decision: Decision::Decline {
            reason: String::new(),
        },
        ..request.clone()
    };
    let answer = officer.post("/api/handovers", &silent).await;
    assert_problem(answer, 422, ProblemCode::Malformed, "without a reason").await;
    let answer = officer.post("/api/handovers", &request).await;
    assert_eq!(answer.json::<usize>().await.unwrap(), 1);
    let answer = officer.post("/api/handovers", &request).await;
    assert_problem(answer, 409, ProblemCode::NotWaiting, "twice").await;

    let records = server.database.records(SubjectId(1)).await.unwrap();
    assert_eq!(
        records[&family(1)].text(subject::field::HOUSE_NO),
        Some("12")
    );
    let own: Handovers = line.read("/api/handovers").await;
    let decided = own.own[0].decided.as_ref().unwrap();
    assert!(decided.taken);
    assert_eq!(decided.by_name, "Tài khoản xa-moi");
    // Whoever looks at the history sees whose work it was.
    let history = server.database.history(vec![family(1)], 10).await.unwrap();
    let authors: Vec<_> = history
        .iter()
        .map(|item| item.edit.author.as_str())
        .collect();
    assert_eq!(authors, ["xa-moi", "xa-cu", "xa-cu"]);
    assert_eq!(server.database.recount(rules()).await.unwrap(), []);
}

#[tokio::test]
async fn one_year_is_counted_by_either_tree() {
    let server = start().await;
    settled(&server).await;
    let far = elsewhere();
    let (mut other, line) = server.tablet("xa-khac", 2, far).await;
    other.add_family(&commune(far), SubjectId(50), "Cà Văn Bình", None);
    line.sync(&mut other).await;
    for name in ["xa-cu", "huyen"] {
        let answer = server
            .client(name)
            .await
            .get("/api/overview/reformed")
            .await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{name}");
    }
    let reviewer = server.client("xem").await;
    let found: ReformedOverview = reviewer.read("/api/overview/reformed").await;
    assert_eq!(found.communes.len(), 75);
    let families = |counts: &AreaTallies| {
        let of = |row: &&AssessmentTally| row.assessment == Assessment::CulturalFamily;
        counts
            .tallies
            .iter()
            .find(of)
            .map_or(0, |row| row.tally.expected)
    };
    assert_eq!(families(&found.own), 3);
    assert_eq!(found.communes.iter().map(families).sum::<i64>(), 3);
    let successor = |place: usize| {
        let tree = rules().tree;
        let next = tree.successors(&commune(place)).next().unwrap();
        next.to.clone()
    };
    for (place, expected) in [(0, 2), (far, 1)] {
        let of = |counts: &&AreaTallies| counts.area == successor(place);
        assert_eq!(found.communes.iter().find(of).map(families), Some(expected));
    }
}
