//! The format from outside: what goes in comes out, and anything at all may come in.

use super::body::{body_of, payload_of};
use super::*;
use crate::record::{FieldName, RecordKey, SubjectId, Value};
use crate::sync::clock::Hlc;
use crate::sync::edit::{EditId, FieldChange};
use proptest::prelude::*;

fn device() -> impl Strategy<Value = DeviceId> {
    prop_oneof![
        3 => Just(DeviceId(0x000d_1e5e_1e5e_0001)),
        1 => Just(DeviceId::HUB),
        1 => any::<u64>().prop_map(DeviceId)
    ]
}

fn edit_id() -> impl Strategy<Value = EditId> {
    let seq = prop_oneof![4 => 0..40_u32, 1 => any::<u32>()];
    (device(), seq).prop_map(|(device, seq)| EditId { device, seq })
}

fn subject() -> impl Strategy<Value = SubjectId> {
    prop_oneof![
        3 => (0..20_u128).prop_map(|low| SubjectId(0xabcd << 100 | low)),
        1 => Just(SubjectId::derived("commune:03751")),
        1 => any::<u128>().prop_map(SubjectId)
    ]
}

fn record() -> impl Strategy<Value = RecordKey> {
    let shape = prop_oneof![
        Just(("family", "")),
        Just(("entry", "/gia-dinh-van-hoa/2022")),
        Just(("entry", "/gia-dinh-van-hoa/2031")),
        Just(("levy-of-tomorrow", "/a//")),
        Just(("", "/")),
    ];
    (shape, subject()).prop_map(|((before, after), id)| {
        RecordKey::parse(&format!("{before}/{id}{after}")).unwrap()
    })
}

fn field() -> impl Strategy<Value = FieldName> {
    prop_oneof![
        4 => r"(score\.c0[1-9]|pack|note|submitted|review\.digest|review\.submission|area|house_no)",
        1 => "[a-z0-9._-]{1,48}",
    ]
    .prop_map(|name| FieldName::parse(&name).unwrap())
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (0..9_i64).prop_map(Value::Int),
        any::<i64>().prop_map(Value::Int),
        "\\PC{0,40}".prop_map(Value::Text),
        "0?[0-9]{1,20}".prop_map(Value::Text),
        subject().prop_map(|id| Value::Text(id.to_string())),
        edit_id().prop_map(|id| Value::Text(id.to_string())),
        Just(Value::Text("ABCDEF0123456789ABCDEF0123456789".to_owned())),
        Just(Value::Text("đ".repeat(300))),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    let bases = proptest::collection::vec(edit_id(), 0..3);
    let change = (field(), value(), bases).prop_map(|(field, value, bases)| FieldChange {
        field,
        value,
        bases,
    });
    let time = prop_oneof![
        2 => (0..90_u64).prop_map(|s| Hlc::from_millis(1_667_264_400_000 + s * 1_000)),
        2 => (0..90_u64).prop_map(|ms| Hlc(1_667_264_400_000 * 1_024 + ms)),
        1 => any::<u64>().prop_map(Hlc)
    ];
    let commune = prop_oneof![Just("03751"), Just("14"), Just("00001")];
    let author = prop_oneof![3 => Just("can-bo-xa".to_owned()), 1 => "\\PC{0,20}"];
    (
        edit_id(),
        time,
        author,
        commune,
        record(),
        proptest::collection::vec(change, 0..6),
    )
        .prop_map(|(id, time, author, commune, record, changes)| Edit {
            id,
            time,
            author,
            commune: AreaCode::parse(commune).unwrap(),
            record,
            changes,
        })
}

fn cursor() -> impl Strategy<Value = Cursor> {
    (any::<u64>(), any::<u64>(), 0..64_u32).prop_map(|(number, check, bits)| Cursor {
        number: number >> bits,
        check: EditDigest(check >> bits),
    })
}

fn commune() -> impl Strategy<Value = AreaCode> {
    "[0-9]{2,5}".prop_map(|code| AreaCode::parse(&code).unwrap())
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    proptest::collection::vec(edit(), 0..12)
}

fn former() -> impl Strategy<Value = Vec<DeviceId>> {
    proptest::collection::vec(device(), 0..3)
}

fn sent() -> impl Strategy<Value = Sent> {
    let ends = proptest::collection::vec((1..200_u32, any::<u64>(), 0..64_u32), 1..6);
    (1..u32::MAX - 2_000, ends).prop_map(|(first, steps)| {
        let mut end = first - 1;
        let ends = steps.into_iter().map(|(step, digest, bits)| {
            end += step;
            (end, EditDigest(digest >> bits))
        });
        Sent {
            first,
            ends: ends.collect(),
        }
    })
}

fn request() -> impl Strategy<Value = Request> {
    let cursors = proptest::collection::vec((commune(), cursor()), 0..4);
    let first = prop_oneof![3 => 1..50_u32, 1 => 1..u32::MAX - 50];
    let lists = (
        edits(),
        cursors,
        former(),
        proptest::option::weighted(0.2, sent()),
    );
    (device(), first, 0..3_u32, lists).prop_map(
        |(device, first, beyond, (mut edits, cursors, former, sent))| {
            if sent.is_some() {
                edits.clear();
            }
            let mut last_seq = first;
            for (edit, seq) in edits.iter_mut().zip(first..) {
                edit.id = EditId { device, seq };
                last_seq = seq;
            }
            if let Some(sent) = &sent {
                last_seq = sent.ends.last().unwrap().0;
            }
            Request {
                device,
                last_seq: last_seq + beyond,
                former,
                sent,
                edits,
                cursors,
            }
        },
    )
}

fn response() -> impl Strategy<Value = Response> {
    let reason = prop_oneof![
        Just(RejectReason::NotYourArea),
        Just(RejectReason::NotYourAccount),
        Just(RejectReason::WrongCommune),
        Just(RejectReason::ServerField),
        Just(RejectReason::TooLarge),
    ];
    let rejection = (any::<u32>(), reason).prop_map(|(seq, reason)| Rejection { seq, reason });
    let identity = prop_oneof![
        Just(Identity::Keep),
        any::<u32>().prop_map(|common| Identity::Renew { common })
    ];
    let page =
        (commune(), edits(), cursor(), any::<bool>()).prop_map(|(commune, edits, cursor, more)| {
            Page {
                commune,
                edits,
                cursor,
                more,
            }
        });
    let lists = (
        proptest::collection::vec(rejection, 0..4),
        proptest::collection::vec(commune(), 0..4),
        proptest::collection::vec(page, 0..4),
    );
    let former_held = proptest::collection::vec((device(), any::<u32>()), 0..3);
    (any::<u32>(), any::<u64>(), identity, former_held, lists).prop_map(
        |(held, server_time, identity, former_held, (rejected, follow, pages))| Response {
            held,
            rejected,
            former_held,
            identity,
            follow,
            pages,
            server_time,
        },
    )
}

proptest! {
    // Each case clones the models; without optimisation more of them take minutes.
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_request_comes_back(request in request()) {
        prop_assert_eq!(decode_request(&encode_plain(&request)), Ok(request.clone()));
        prop_assert_eq!(decode_request(&encode(&request)), Ok(request));
    }

    #[test]
    fn any_response_comes_back(response in response()) {
        prop_assert_eq!(decode_response(&encode_plain(&response)), Ok(response.clone()));
        prop_assert_eq!(decode_response(&encode(&response)), Ok(response));
    }

    /// However a body is cut into packets, and wherever it ends: what is whole has arrived.
    #[test]
    fn messages_are_read_as_they_arrive(
        requests in proptest::collection::vec(request(), 1..5),
        cut: prop::sample::Index,
        packet in 1..200_usize,
    ) {
        let body = encode_all(&requests);
        let ends: Vec<usize> = (0..=requests.len())
            .map(|count| encode_all(&requests[..count]).len())
            .collect();
        let cut = cut.index(body.len() + 1);
        let mut reader = Reader::<Request>::default();
        let mut read = Vec::new();
        for packet in body[..cut].chunks(packet) {
            reader.feed(packet);
            while let Some(request) = reader.next_message().unwrap() {
                read.push(request);
            }
        }
        let whole = ends[1..].iter().filter(|end| **end <= cut).count();
        prop_assert_eq!(&read[..], &requests[..whole]);
        prop_assert_eq!(reader.finish().is_ok(), ends.contains(&cut));
    }

    #[test]
    fn a_cut_or_changed_body_is_refused(request in request(), at: prop::sample::Index, flip in 1..=255_u8) {
        let body = encode(&request);
        let at = at.index(body.len());
        prop_assert!(decode_request(&body[..at]).is_err());
        let mut changed = body.clone();
        changed[at] ^= flip;
        prop_assert!(decode_request(&changed).is_err());
        let mut longer = body;
        longer.push(flip);
        prop_assert_eq!(decode_request(&longer), Err(WireError::Length));
    }

    #[test]
    fn any_payload_is_read_or_refused(payload: Vec<u8>) {
        let _ = decode_requests(&body_of(&payload));
        let _ = decode_responses(&body_of(&payload));
        let _ = decode_requests(&payload);
        let mut plain = b"THIDUA\x01".to_vec();
        plain.extend_from_slice(&u32::try_from(payload.len()).unwrap().to_be_bytes());
        plain.extend_from_slice(&payload);
        let _ = decode_requests(&plain);
    }

    /// Whatever a payload is changed to, it is refused or a message that can be sent again.
    #[test]
    fn a_changed_payload_is_read_or_refused(
        request in request(),
        response in response(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let changed = |body: Vec<u8>| {
            let mut payload = payload_of(&body);
            for (at, byte) in &changes {
                if !payload.is_empty() {
                    let at = at.index(payload.len());
                    payload[at] = *byte;
                }
            }
            body_of(&payload)
        };
        if let Ok(other) = decode_response(&changed(encode(&response))) {
            prop_assert_eq!(decode_response(&encode(&other)), Ok(other));
        }
        if let Ok(other) = decode_request(&changed(encode(&request))) {
            prop_assert_eq!(decode_request(&encode(&other)), Ok(other));
        }
    }
}

/// What the format looks like today. If this fails, tablets in the field do not understand the server:
/// the version has to go up with it.
#[test]
fn the_bytes_of_a_request() {
    let id = |seq| EditId {
        device: DeviceId(0xd1e5e),
        seq,
    };
    let key =
        RecordKey::parse("entry/0123456789abcdef0123456789abcdef/gia-dinh-van-hoa/2022").unwrap();
    let change = |field: &str, value, bases| FieldChange {
        field: FieldName::parse(field).unwrap(),
        value,
        bases,
    };
    let edit = |seq, changes| Edit {
        id: id(seq),
        time: Hlc::from_millis(1_668_000_000_000 + u64::from(seq) * 60_000),
        author: "can-bo".to_owned(),
        commune: AreaCode::parse("03751").unwrap(),
        record: key.clone(),
        changes,
    };
    let request = Request {
        device: DeviceId(0xd1e5e),
        last_seq: 42,
        former: vec![DeviceId(0xf0)],
        sent: None,
        cursors: vec![(
            AreaCode::parse("03751").unwrap(),
            Cursor {
                number: 1_234,
                check: EditDigest(0x1f_edcb_a987_6543),
            },
        )],
        edits: vec![
            edit(
                41,
                vec![
                    change("score.c01", Value::Int(8), vec![]),
                    change("note", Value::from("Hộ mới chuyển đến"), vec![]),
                ],
            ),
            edit(42, vec![change("score.c01", Value::Int(6), vec![id(41)])]),
        ],
    };
    let asks = Request {
        sent: Some(Sent {
            first: 41,
            ends: vec![(42, EditDigest(0x12_3456))],
        }),
        edits: vec![],
        ..request.clone()
    };
    let plain = encode_plain(&request);
    assert_eq!(decode_request(&plain), Ok(request.clone()));
    insta::assert_snapshot!("a request, version 1", plain[11..].escape_ascii());
    let requests = [request, asks];
    let body = as_version_2(&requests, encode_all(&requests));
    assert_eq!(decode_requests(&body).as_deref(), Ok(&requests[..]));
    insta::assert_snapshot!("two requests, version 2", hex(&body));
}

#[test]
fn the_bytes_of_an_answer() {
    let commune = AreaCode::parse("03751").unwrap();
    let review = Edit {
        id: EditId {
            device: DeviceId(0xb0b),
            seq: 7,
        },
        time: Hlc::from_millis(1_668_000_500_000),
        author: "so-noi-vu".to_owned(),
        commune: commune.clone(),
        record: RecordKey::parse("entry/0123456789abcdef0123456789abcdef/gia-dinh-van-hoa/2022")
            .unwrap(),
        changes: vec![FieldChange {
            field: FieldName::parse("review.decision").unwrap(),
            value: Value::from("accepted"),
            bases: vec![],
        }],
    };
    let response = Response {
        held: 42,
        rejected: vec![Rejection {
            seq: 42,
            reason: RejectReason::NotYourArea,
        }],
        former_held: vec![(DeviceId(0xf0), 3)],
        identity: Identity::Renew { common: 41 },
        follow: vec![commune.clone()],
        pages: vec![Page {
            commune,
            edits: vec![review],
            cursor: Cursor {
                number: 1_235,
                check: EditDigest(0x1f_edcb_a987_6543),
            },
            more: true,
        }],
        server_time: 1_668_000_600_123,
    };
    let plain = encode_plain(&response);
    assert_eq!(decode_response(&plain).as_ref(), Ok(&response));
    insta::assert_snapshot!("an answer, version 1", plain[11..].escape_ascii());
    let body = as_version_2(std::slice::from_ref(&response), encode(&response));
    assert_eq!(decode_response(&body), Ok(response));
    insta::assert_snapshot!("an answer, version 2", hex(&body));
}

/// The body of version 2: that of version 3 but for the byte that says which it is.
fn as_version_2<M: Message>(messages: &[M], body: Vec<u8>) -> Vec<u8> {
    let writer = messages.iter().fold(Writer::for_older(), Writer::with);
    let older = writer.finish();
    assert_eq!((older[6], body[6]), (2, 3));
    assert_eq!(older[7..], body[7..]);
    older
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Little that says much is refused, and quickly: neither memory nor time is out of proportion.
#[test]
fn a_bomb_is_refused() {
    let zeros = vec![0; 64];
    let ones = vec![0xff; 64];
    for payload in [&zeros, &ones] {
        let _ = decode_response(&body_of(payload));
    }
    let edit = |seq, fields: usize| Edit {
        id: EditId {
            device: DeviceId(5),
            seq,
        },
        time: Hlc(0),
        author: String::new(),
        commune: AreaCode::parse("14").unwrap(),
        record: RecordKey::parse("x/00000000000000000000000000000001").unwrap(),
        changes: (0..fields)
            .map(|n| FieldChange {
                field: FieldName::parse(&format!("f{n}")).unwrap(),
                value: Value::Text("a".repeat(4_000)),
                bases: vec![],
            })
            .collect(),
    };
    let request = |fields| Request {
        device: DeviceId(5),
        last_seq: 1_000,
        former: vec![],
        sent: None,
        edits: (1..=1_000).map(|seq| edit(seq, fields)).collect(),
        cursors: vec![],
    };
    // Four megabytes of text in few bytes are read, twenty-eight (with what a reader keeps beside them) not.
    let much = request(1);
    assert!(decode_request(&encode(&much)) == Ok(much));
    assert_eq!(
        decode_request(&encode(&request(7))).err(),
        Some(WireError::TooLarge)
    );
    // Nor may much work hide in few bytes: without the zeros that a writer fills up with, it is refused.
    let mut work = request(1);
    work.edits.truncate(100);
    for edit in &mut work.edits {
        let text = format!("{:04}{}", edit.id.seq, "a".repeat(3_996));
        edit.changes[0].value = Value::Text(text);
    }
    let mut payload = payload_of(&encode(&work));
    let filled = payload.len();
    while payload.last() == Some(&0) {
        payload.pop();
    }
    assert!(payload.len() * 2 < filled, "{} {filled}", payload.len());
    assert_eq!(
        decode_request(&body_of(&payload)).err(),
        Some(WireError::TooLarge)
    );
}

#[test]
fn more_edits_than_allowed_are_refused() {
    let edit = |seq| Edit {
        id: EditId {
            device: DeviceId(5),
            seq,
        },
        time: Hlc(u64::from(seq)),
        author: "a".to_owned(),
        commune: AreaCode::parse("14").unwrap(),
        record: RecordKey::parse("x/00000000000000000000000000000001").unwrap(),
        changes: vec![],
    };
    let most = u32::try_from(MAX_EDITS_UP).unwrap();
    let request = |count| Request {
        device: DeviceId(5),
        last_seq: count,
        former: vec![],
        sent: None,
        edits: (1..=count).map(edit).collect(),
        cursors: vec![],
    };
    assert!(decode_request(&encode(&request(most))).is_ok());
    assert_eq!(
        decode_request(&encode(&request(most + 1))),
        Err(WireError::TooMany)
    );
    let mut foreign = request(3);
    foreign.edits[1].id.device = DeviceId(6);
    assert_eq!(decode_request(&encode(&foreign)), Err(WireError::Payload));
    let mut gap = request(3);
    gap.edits.remove(1);
    assert_eq!(decode_request(&encode(&gap)), Err(WireError::Payload));
}

#[test]
fn what_is_no_frame() {
    assert_eq!(decode_request(b""), Err(WireError::NotAFrame));
    assert_eq!(decode_request(b"<html>"), Err(WireError::NotAFrame));
    assert_eq!(decode_request(b"THIDUA"), Err(WireError::Length));
    assert_eq!(decode_request(b"THIDUA\x09"), Err(WireError::Version(9)));
    for version in [1, 2, 3] {
        let body = [b"THIDUA", &[version][..], &[0xff; 9]].concat();
        assert_eq!(decode_request(&body), Err(WireError::Length));
    }
    // A body without a message is whole, and none.
    assert_eq!(decode_requests(b"THIDUA\x02"), Ok(vec![]));
    assert_eq!(decode_request(b"THIDUA\x02"), Err(WireError::Length));
    assert_eq!(
        decode_request(&vec![0; MAX_FRAME_BYTES + 1]),
        Err(WireError::TooLarge)
    );
}
