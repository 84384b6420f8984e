//! Tablets against the server.

use crate::harness::{Server, assert_problem, officer, other, province};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use reqwest::Method;
use std::io::Write as _;
use thidua_domain::access::Role;
use thidua_domain::api::ProblemCode;
use thidua_domain::record::SubjectId;
use thidua_domain::setting;
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::replica::{Asked, BODY_EDITS, MESSAGE_EDITS};
use thidua_domain::sync::wire::{self, Identity, MAX_FRAME_BYTES, RejectReason};
use thidua_server::store::Database as _;
use thidua_server::store::contract::{NOW, Tablet, commune};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

#[tokio::test]
async fn two_tablets_of_a_commune_come_to_hold_the_same() {
    let server = Server::start(&[officer("ta-hoc", 0), officer("ta-hoc-2", 0)]).await;
    let (mut one, one_line) = server.tablet("ta-hoc", 1, 0).await;
    let (mut two, two_line) = server.tablet("ta-hoc-2", 2, 0).await;
    for number in 0..30 {
        one.add_family(&commune(0), SubjectId(number + 1), "Lò Văn A", None);
        two.add_family(&commune(0), SubjectId(number + 20), "Lò Văn B", None);
    }
    one_line.sync(&mut one).await;
    two_line.sync(&mut two).await;
    one_line.sync(&mut one).await;
    assert_eq!(one.records.len(), 49);
    assert_eq!(one.all_shown(), two.all_shown());
    let conflicts = one
        .records
        .values()
        .flat_map(|record| record.shown.conflicts());
    assert_eq!(conflicts.count(), 11);
    assert_eq!((one.replica.waiting(), two.replica.waiting()), (0, 0));

    // A new tablet of the same officer gets everything.
    let mut fresh = Tablet::new("ta-hoc", 3, &[]);
    one_line.sync(&mut fresh).await;
    assert_eq!(fresh.all_shown(), one.all_shown());
    assert_eq!(fresh.replica.follow, [commune(0), setting::feed()]);
}

/// On a slow connection each of them would cost more than what an idle sync has to say.
#[tokio::test]
async fn an_answer_has_the_few_headers_it_needs() {
    let server = Server::start(&[officer("ta-hoc", 0)]).await;
    let (tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    let frame = wire::encode_all(&[tablet.request()]);
    let answer = line.send_frame(frame).await;
    let mut names: Vec<_> = answer.headers().keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "content-length",
            "content-type",
            "date",
            "x-content-type-options"
        ]
    );
}

#[tokio::test]
async fn an_answer_that_got_lost_is_asked_for_again() {
    let server = Server::start(&[officer("ta-hoc", 0)]).await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    tablet.add_family(&commune(0), SubjectId(1), "Lò Văn A", None);
    let request = tablet.request();
    for _ in 0..3 {
        let answer = line.exchange(&request).await;
        assert_eq!((answer.held, answer.identity), (1, Identity::Keep));
        assert_eq!(answer.server_time, NOW);
    }
    assert_eq!(
        server.database.feed_check(commune(0), 2).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn an_edit_of_another_commune_is_rejected_and_reaches_no_feed() {
    let server = Server::start(&[officer("ta-hoc", 0), officer("muong-bu", 1)]).await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    tablet.add_family(&commune(1), SubjectId(1), "Lò Văn A", None);
    let answer = line.exchange(&tablet.request()).await;
    assert_eq!(answer.held, 1);
    assert_eq!(answer.rejected[0].reason, RejectReason::NotYourArea);
    assert_eq!(
        server.database.feed_check(commune(1), 1).await.unwrap(),
        None
    );
    assert!(
        server
            .database
            .records(SubjectId(1))
            .await
            .unwrap()
            .is_empty()
    );

    // Nor does one commune's officer get another's feed by asking for it.
    let (mut neighbour, neighbours_line) = server.tablet("muong-bu", 2, 1).await;
    neighbour.add_family(&commune(1), SubjectId(2), "Lò Văn B", None);
    neighbours_line.sync(&mut neighbour).await;
    let mut request = tablet.request();
    request.cursors = vec![(commune(1), Default::default())];
    let answer = line.exchange(&request).await;
    let own = vec![commune(0), setting::feed()];
    assert_eq!((answer.follow, answer.pages), (own, vec![]));
}

#[tokio::test]
async fn only_officers_sync() {
    let accounts = [
        officer("ta-hoc", 0),
        other("xem", Role::Viewer, &province()),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("quan-tri", Role::Administrator, &province()),
    ];
    let server = Server::start(&accounts).await;
    let frame = wire::encode(&Tablet::new("x", 1, &[]).request());
    for name in ["xem", "so-noi-vu", "quan-tri"] {
        let response = server.client(name).await.send_frame(frame.clone()).await;
        assert_problem(response, 403, ProblemCode::NotAllowed, name).await;
    }
    let response = server.stranger().send_frame(frame.clone()).await;
    assert_problem(response, 401, ProblemCode::NotSignedIn, "nobody").await;
    let response = server.client("ta-hoc").await.send_frame(frame).await;
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn frames_that_are_none() {
    let server = Server::start(&[officer("ta-hoc", 0)]).await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    tablet.add_family(&commune(0), SubjectId(1), "Lò Văn A", None);
    let good = wire::encode(&tablet.request());
    let with_device = |device| {
        let mut request = Tablet::new("ta-hoc", 1, &[]).request();
        request.device = DeviceId(device);
        wire::encode(&request)
    };
    let mut other_version = good.clone();
    other_version[6] = 9;
    let html = b"<html>Welcome to our hotel</html>".to_vec();
    let cases = [
        ("empty", vec![], 422, ProblemCode::Malformed),
        ("html", html, 422, ProblemCode::Malformed),
        (
            "cut",
            good[..good.len() - 1].to_vec(),
            422,
            ProblemCode::Malformed,
        ),
        (
            "the hub's identity",
            with_device(0),
            422,
            ProblemCode::Malformed,
        ),
        (
            "an identity of 53 bits",
            with_device(1 << 52),
            422,
            ProblemCode::Malformed,
        ),
        (
            "an identity of 64 bits",
            with_device(u64::MAX),
            422,
            ProblemCode::Malformed,
        ),
        ("version", other_version, 426, ProblemCode::OtherVersion),
        (
            "large",
            vec![0; MAX_FRAME_BYTES + 1],
            413,
            ProblemCode::TooLarge,
        ),
        (
            "far too large",
            vec![0; 5 * MAX_FRAME_BYTES / 2],
            413,
            ProblemCode::TooLarge,
        ),
    ];
    for (what, frame, status, code) in cases {
        assert_problem(line.send_frame(frame).await, status, code, what).await;
    }
    let response = line
        .request(Method::POST, "/api/sync")
        .json(&1)
        .send()
        .await
        .unwrap();
    assert_problem(response, 415, ProblemCode::WrongContentType, "json").await;
    assert_eq!(
        server.database.feed_check(commune(0), 1).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn compressed_frames_are_counted_after_decompression() {
    let server = Server::start(&[officer("ta-hoc", 0)]).await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    tablet.add_family(&commune(0), SubjectId(1), "Lò Văn A", None);
    let frame = wire::encode(&tablet.request());
    let send = async |encoding: &str, body: Vec<u8>| {
        line.request(Method::POST, "/api/sync")
            .header("Content-Type", wire::CONTENT_TYPE)
            .header("Content-Encoding", encoding)
            .body(body)
            .send()
            .await
            .unwrap()
    };
    let gzip = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let bomb = gzip(&vec![0; 200 << 20]);
    assert!(bomb.len() < 1 << 20);
    let response = send("gzip", bomb).await;
    assert_problem(response, 413, ProblemCode::TooLarge, "bomb").await;
    let response = send("gzip", frame.clone()).await;
    assert_problem(response, 422, ProblemCode::Malformed, "not gzip").await;
    let response = send("zstd", frame.clone()).await;
    assert_problem(response, 415, ProblemCode::WrongContentType, "zstd").await;

    assert_eq!(send("gzip", gzip(&frame)).await.status(), 200);
    let mut deflate = flate2::write::ZlibEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(&frame).unwrap();
    assert_eq!(
        send("deflate", deflate.finish().unwrap()).await.status(),
        200
    );
    let mut raw = DeflateEncoder::new(Vec::new(), Compression::best());
    raw.write_all(&frame).unwrap();
    assert_eq!(send("deflate", raw.finish().unwrap()).await.status(), 422);
    assert!(
        server
            .database
            .feed_check(commune(0), 1)
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn a_backlog_is_one_request_of_bounded_messages_each_way() {
    let server = Server::start(&[officer("ta-hoc", 0)]).await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    for number in 0..2_500 {
        tablet.add_family(&commune(0), SubjectId(number + 1), "Lò Văn A", None);
    }
    // One more where the communes it follows are new to the tablet.
    assert!(line.sync(&mut tablet).await <= 2);
    assert_eq!(tablet.replica.held, 2_500);

    let mut fresh = Tablet::new("ta-hoc", 2, &[commune(0)]);
    let answers = line.exchange_all(&[fresh.request()]).await;
    assert!(answers.len() >= 5);
    let edits = |answer: &wire::Response| -> usize {
        answer.pages.iter().map(|page| page.edits.len()).sum()
    };
    assert!(answers.iter().all(|answer| edits(answer) <= 500));
    assert_eq!(answers.iter().map(edits).sum::<usize>(), 2_500);
    assert_eq!(line.sync(&mut fresh).await, 1);
    assert_eq!(fresh.all_shown(), tablet.all_shown());
}

#[tokio::test]
async fn a_tablet_with_the_old_program_is_answered_in_its_words() {
    let server = Server::start(&[officer("ta-hoc", 0)]).await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    tablet.add_family(&commune(0), SubjectId(1), "Lò Văn A", None);
    let response = line.send_frame(wire::encode_plain(&tablet.request())).await;
    assert_eq!(response.status(), 200);
    let body = response.bytes().await.unwrap();
    assert_eq!(&body[..7], b"THIDUA\x01");
    assert_eq!(wire::decode_response(&body).unwrap().held, 1);
}

/// The connection breaks in the middle of a body: what had arrived whole is held, the tablet learns how
/// much that is without sending it again, and goes on from there.
#[tokio::test]
async fn a_cut_costs_one_message() {
    let server = Server::start(&[officer("ta-hoc", 0)]).await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    for number in 0..2_000 {
        tablet.add_family(&commune(0), SubjectId(number + 1), "Lò Văn A", None);
    }
    let edits = tablet.to_send(BODY_EDITS);
    let requests = tablet.replica.requests(edits.clone());
    let whole = requests.len() * 2 / 3;
    let arrived: usize = requests[..whole].iter().map(|one| one.edits.len()).sum();
    let body = wire::encode_all(&requests);
    let cut = wire::encode_all(&requests[..whole + 1]).len() - 1;

    let host = server.url.strip_prefix("http://").unwrap();
    let mut connection = TcpStream::connect(host).await.unwrap();
    let head = format!(
        "POST /api/sync HTTP/1.1\r\nHost: {host}\r\nOrigin: {}\r\nCookie: {}\r\n\
         Content-Type: {}\r\nContent-Length: {}\r\n\r\n",
        server.url,
        line.cookie.as_ref().unwrap(),
        wire::CONTENT_TYPE,
        body.len()
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(&body[..cut]).await.unwrap();
    drop(connection);

    let question = tablet.replica.ask_after(&edits, MESSAGE_EDITS);
    // The server may still be at it.
    let answer = loop {
        let answer = line.exchange(&question).await;
        if answer.held as usize >= arrived {
            break answer;
        }
    };
    assert_eq!(
        (answer.held as usize, answer.identity),
        (arrived, Identity::Keep)
    );
    tablet.take(&Asked::of(&question), &answer);
    assert!(line.sync(&mut tablet).await <= 2);
    assert_eq!((tablet.replica.held, tablet.replica.waiting()), (2_000, 0));
    let feed = server.database.feed_check(commune(0), 2_001).await.unwrap();
    assert_eq!(feed, None);
}
