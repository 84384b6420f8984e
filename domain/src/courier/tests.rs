//! Bundles and replies from outside: what is sealed opens, and nothing else does.

use super::*;
use crate::area::AreaCode;
use crate::hex::Hex;
use crate::receipt::Receipt;
use crate::record::{FieldName, RecordKey, Value};
use crate::sync::carried::CarriedAnswer;
use crate::sync::clock::Hlc;
use crate::sync::edit::{DeviceId, Edit, EditDigest, EditId, FieldChange};
use crate::sync::wire::{Identity, Request, Response};
use crate::trust::{CourierKey, ServerSigner, Trust};
use proptest::prelude::*;

const DEVICE: DeviceId = DeviceId(0xd1);

fn opener() -> Opener {
    Opener::new(&[3; 32])
}

fn trust() -> Trust {
    Trust {
        sign: ServerSigner::new(&[4; 32]).public(),
        seal: opener().public(),
        courier: CourierKey(Hex([5; 32])),
    }
}

fn requests(edits: u32) -> Vec<Request> {
    let edit = |seq| Edit {
        id: EditId {
            device: DEVICE,
            seq,
        },
        time: Hlc::from_millis(1_667_264_400_000 + u64::from(seq)),
        author: "ta-hoc".to_owned(),
        commune: AreaCode::parse("03751").unwrap(),
        record: RecordKey::parse("family/0123456789abcdef0123456789abcdef").unwrap(),
        changes: vec![FieldChange {
            field: FieldName::parse("head").unwrap(),
            value: Value::from("Lò Văn Hặc"),
            bases: vec![],
        }],
    };
    vec![Request {
        device: DEVICE,
        last_seq: edits,
        former: vec![],
        sent: None,
        edits: (1..=edits).map(edit).collect(),
        cursors: vec![],
    }]
}

fn sealed(edits: u32) -> Vec<u8> {
    let trust = trust();
    let sender = Sender {
        account: "ta-hoc",
        trust: &trust,
    };
    sender
        .seal(&requests(edits), 1_667_264_500_000, [9; 32])
        .unwrap()
}

fn opened(bytes: &[u8]) -> Result<Vec<Request>, CourierError> {
    opener().open(&Bundle::read(bytes)?, &trust().courier)
}

fn reply() -> (Reply, Vec<u8>) {
    let signer = ServerSigner::new(&[4; 32]);
    let said = (3, EditDigest(77));
    let response = Response {
        held: 3,
        rejected: vec![],
        former_held: vec![],
        identity: Identity::Keep,
        follow: vec![AreaCode::parse("03751").unwrap()],
        pages: vec![],
        server_time: 1_667_264_600_000,
    };
    let bundle = Bundle::read(&sealed(3)).unwrap();
    let answer = |device, receipt| CarriedAnswer {
        device,
        response: response.clone(),
        receipt,
    };
    let receipt = Receipt::write(&signer, "ta-hoc", DEVICE, said, 5);
    let answers = vec![answer(DEVICE, Some(receipt)), answer(DeviceId(0xd2), None)];
    let reply = Reply::to(&bundle, answers);
    let bytes = reply.write(&signer);
    (reply, bytes)
}

fn read(bytes: &[u8]) -> Result<Reply, CourierError> {
    Reply::read(bytes, "ta-hoc", &trust().sign)
}

#[test]
fn what_is_sealed_opens_and_hides_what_it_says() {
    let bytes = sealed(3);
    assert_eq!(opened(&bytes), Ok(requests(3)));
    let bundle = Bundle::read(&bytes).unwrap();
    assert_eq!((bundle.account.as_str(), bundle.edits), ("ta-hoc", 3));
    assert!(bundle.is_for(&trust().seal) && !bundle.is_for(&trust().sign));
    assert_eq!(kind_of(&bytes), Ok(Kind::Bundle));
    assert!(!String::from_utf8_lossy(&bytes).contains("Hặc"));
    // Fifty families fit two codes, five hundred some twelve.
    for (edits, codes) in [(50, 2), (500, 12)] {
        let count = frames::frames(&sealed(edits)).unwrap().len();
        assert!(count <= codes, "{edits}: {count}");
    }
}

#[test]
fn a_reply_is_read_by_whom_it_is_for() {
    let (reply, bytes) = reply();
    assert_eq!(read(&bytes), Ok(reply.clone()));
    assert_eq!(
        Reply::address(&bytes),
        Ok(("ta-hoc".to_owned(), reply.bundle))
    );
    assert_eq!(
        Reply::read(&bytes, "ban-bo", &trust().sign),
        Err(CourierError::OtherAccount)
    );
    let other = ServerSigner::new(&[6; 32]);
    assert_eq!(
        Reply::read(&bytes, "ta-hoc", &other.public()),
        Err(CourierError::OtherServer)
    );
}

/// Wherever it ends and whatever is changed: refused, and with the reason.
#[test]
fn cut_and_changed_ones_are_refused() {
    let (_, reply) = reply();
    for bytes in [sealed(3), reply] {
        let refused = |bytes: &[u8]| match kind_of(bytes) {
            Ok(Kind::Bundle) => opened(bytes).map(|_| ()),
            Ok(Kind::Reply) => read(bytes).map(|_| ()),
            Err(error) => Err(error),
        };
        assert_eq!(refused(&bytes), Ok(()));
        for end in 1..bytes.len() {
            assert_eq!(
                refused(&bytes[..end]),
                Err(CourierError::Cut),
                "cut at {end}"
            );
        }
        let longer = [&bytes[..], b"x"].concat();
        assert_eq!(refused(&longer), Err(CourierError::Damaged));
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x40;
            let error = refused(&changed).unwrap_err();
            let expected = match at {
                0..=5 => error == CourierError::NotOurs,
                6 => matches!(error, CourierError::Version(_)),
                7 => error == CourierError::TooLarge,
                8..=10 => matches!(
                    error,
                    CourierError::Cut | CourierError::Damaged | CourierError::TooLarge
                ),
                _ => error == CourierError::Damaged,
            };
            assert!(expected, "byte {at}: {error}");
        }
    }
    assert_eq!(kind_of(b""), Err(CourierError::NotOurs));
    assert_eq!(Bundle::read(b"%PDF-1.7 ..."), Err(CourierError::NotOurs));
    assert_eq!(Bundle::read(&self::reply().1), Err(CourierError::OtherKind));
}

/// Who makes the checksum right again has not made it genuine.
#[test]
fn forged_ones_are_refused() {
    use sha2::{Digest as _, Sha256};
    let (_, reply) = reply();
    for (bytes, from) in [(sealed(1), 11), (reply, 11)] {
        for at in from..bytes.len() - 8 {
            let mut forged = bytes[..bytes.len() - 8].to_vec();
            forged[at] ^= 1;
            let check = Sha256::digest(&forged);
            forged.extend_from_slice(&check[..8]);
            let error = match kind_of(&forged) {
                Ok(Kind::Bundle) => opened(&forged).err(),
                _ => read(&forged).err(),
            };
            let expected = match at {
                11..=18 => error == Some(CourierError::OtherServer),
                _ => matches!(
                    error,
                    Some(CourierError::NotGenuine | CourierError::Malformed)
                ),
            };
            assert!(expected, "byte {at}: {error:?}");
        }
    }
}

#[test]
fn another_server_and_another_key_open_nothing() {
    let bytes = sealed(2);
    let bundle = Bundle::read(&bytes).unwrap();
    let other = Opener::new(&[8; 32]);
    assert_eq!(
        other.open(&bundle, &trust().courier),
        Err(CourierError::OtherServer)
    );
    assert_eq!(
        opener().open(&bundle, &CourierKey(Hex([6; 32]))),
        Err(CourierError::NotGenuine)
    );
    assert_eq!(format!("{:?}", opener()), "Opener(…)");
}

#[test]
fn more_edits_than_a_body_may_have_are_not_sealed() {
    let trust = trust();
    let sender = Sender {
        account: "ta-hoc",
        trust: &trust,
    };
    let mut many = Vec::new();
    for _ in 0..11 {
        many.extend(requests(1_000));
    }
    assert_eq!(sender.seal(&many, 0, [1; 32]), Err(CourierError::TooLarge));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>, kind in 1..=2_u8) {
        let _ = (opened(&bytes), read(&bytes), Reply::address(&bytes));
        let wrapped = [&b"TDGOI"[..], &[kind, 1], &bytes].concat();
        let _ = (opened(&wrapped), read(&wrapped));
        let kind = if kind == 1 { Kind::Bundle } else { Kind::Reply };
        let whole = envelope::wrap(kind, envelope::mark(&trust().seal), &bytes);
        let _ = (opened(&whole), read(&whole), Reply::address(&whole));
    }
}
