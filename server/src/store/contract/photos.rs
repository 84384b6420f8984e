//! Photos: beginnings that grow, what is kept of them, and what an account has stored.

use super::fixture::*;
use crate::store::{ArrivedPhoto, Database, KeptPhoto, PhotoChunk};
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::photo::upload::Held;
use thidua_domain::photo::{PhotoDigest, Place};
use thidua_domain::record::{RecordKey, SubjectId};

const DAY_MS: u64 = 86_400_000;

fn record(number: u128) -> RecordKey {
    let digest = PhotoDigest::of(&number.to_be_bytes());
    Place::minutes(SubjectId(number), PERIOD).key(digest)
}

fn chunk(number: u128, start: u32, bytes: &[u8]) -> PhotoChunk {
    PhotoChunk {
        record: record(number),
        account: "ta-hoc".to_owned(),
        start,
        bytes: bytes.to_vec(),
        expired_before_ms: NOW - DAY_MS,
        most_unfinished: 2,
    }
}

fn photo(number: u128, account: &str, bytes: &[u8]) -> ArrivedPhoto {
    ArrivedPhoto {
        record: record(number),
        account: account.to_owned(),
        kept: KeptPhoto {
            commune: commune(0),
            digest: PhotoDigest::of(bytes),
            bytes: bytes.to_vec(),
        },
    }
}

fn holds(held: u32) -> Held {
    Held {
        held,
        stored: false,
    }
}

pub async fn a_photo_arrives_in_pieces<D: Database>(database: &D) {
    let add = async |chunk| database.add_photo_chunk(chunk, NOW).await.unwrap();
    assert_eq!(database.photo_held(record(1)).await.unwrap(), holds(0));
    // Nothing is taken that does not follow what is there.
    assert_eq!(add(chunk(1, 3, b"def")).await, holds(0));
    assert_eq!(add(chunk(1, 0, b"abc")).await, holds(3));
    assert_eq!(add(chunk(1, 0, b"abc")).await, holds(3), "said again");
    assert_eq!(add(chunk(1, 6, b"ghi")).await, holds(3));
    assert_eq!(add(chunk(1, 3, b"\0\xff")).await, holds(5));
    assert_eq!(database.photo_held(record(1)).await.unwrap(), holds(5));
    assert_eq!(
        database.arrived_photo(record(1)).await.unwrap(),
        b"abc\0\xff"
    );
    assert!(database.arrived_photo(record(2)).await.unwrap().is_empty());

    database.forget_upload(record(1)).await.unwrap();
    assert_eq!(database.photo_held(record(1)).await.unwrap(), holds(0));
    assert!(database.arrived_photo(record(1)).await.unwrap().is_empty());
}

pub async fn a_kept_photo_stays_as_it_is<D: Database>(database: &D) {
    let bytes = b"abc\0\xff";
    database
        .add_photo_chunk(chunk(1, 0, b"abc"), NOW)
        .await
        .unwrap();
    for account in ["ta-hoc", "again"] {
        database
            .keep_photo(photo(1, account, bytes), NOW)
            .await
            .unwrap();
    }
    let stored = Held {
        held: 5,
        stored: true,
    };
    assert_eq!(database.photo_held(record(1)).await.unwrap(), stored);
    assert!(database.arrived_photo(record(1)).await.unwrap().is_empty());
    let kept = database.photo(record(1)).await.unwrap();
    assert_eq!(kept, Some(photo(1, "", bytes).kept));
    assert_eq!(database.photo(record(2)).await.unwrap(), None);
    let late = database.add_photo_chunk(chunk(1, 0, b"xyz"), NOW).await;
    assert_eq!(late.unwrap(), stored);

    let asked = vec![record(2), record(1)];
    let found = database.photos_kept(asked).await.unwrap();
    assert_eq!(found, BTreeMap::from([(record(1), "ta-hoc".to_owned())]));
}

pub async fn what_an_account_stores_is_added_up<D: Database>(database: &D) {
    let used = async |account: &str, since_ms| {
        let used = database.photo_use(account.to_owned(), since_ms).await;
        used.map(|used| (used.bytes, used.lately)).unwrap()
    };
    assert_eq!(used("ta-hoc", 0).await, (0, 0));
    for (number, at_ms, size) in [(1, NOW - DAY_MS, 100), (2, NOW, 20), (3, NOW + 1, 3)] {
        let photo = photo(number, "ta-hoc", &vec![7; size]);
        database.keep_photo(photo, at_ms).await.unwrap();
    }
    let other = photo(4, "muong-bu", &[7; 9]);
    database.keep_photo(other, NOW).await.unwrap();
    assert_eq!(used("ta-hoc", NOW).await, (123, 23));
    assert_eq!(used("muong-bu", 0).await, (9, 9));

    let keys: BTreeSet<_> = (1..=4).map(record).collect();
    let keys: Vec<_> = keys.into_iter().collect();
    let first = database.photos_after(None, 3).await.unwrap();
    assert_eq!(first, keys[..3]);
    let last = first.last().cloned();
    assert_eq!(database.photos_after(last, 3).await.unwrap(), keys[3..]);
    database.forget_photos(keys[..3].to_vec()).await.unwrap();
    assert_eq!(database.photos_after(None, 9).await.unwrap(), keys[3..]);
}

pub async fn unfinished_photos_expire<D: Database>(database: &D) {
    let begin = async |number, at_ms| {
        let chunk = PhotoChunk {
            expired_before_ms: at_ms - DAY_MS,
            ..chunk(number, 0, b"abc")
        };
        database.add_photo_chunk(chunk, at_ms).await.unwrap();
    };
    let held = async |number| database.photo_held(record(number)).await.unwrap().held;
    begin(1, NOW).await;
    begin(2, NOW + 1).await;
    assert_eq!((held(1).await, held(2).await), (3, 3));
    // An account has two at most: the oldest goes. Somebody else's are left alone.
    let other = PhotoChunk {
        account: "muong-bu".to_owned(),
        ..chunk(9, 0, b"abc")
    };
    database.add_photo_chunk(other, NOW + 1).await.unwrap();
    begin(3, NOW + 2).await;
    assert_eq!((held(1).await, held(2).await, held(3).await), (0, 3, 3));
    assert!(database.arrived_photo(record(1)).await.unwrap().is_empty());
    assert_eq!(held(9).await, 3);
    // After their time all go.
    begin(4, NOW + 2 * DAY_MS).await;
    assert_eq!((held(2).await, held(3).await, held(9).await), (0, 0, 0));
    assert_eq!(held(4).await, 3);
}

pub async fn pieces_sent_at_once_are_taken_once<D: Database>(database: &D) {
    let sending = (0..8).map(|_| database.add_photo_chunk(chunk(1, 0, b"abc"), NOW));
    for answer in futures_util::future::join_all(sending).await {
        assert_eq!(answer.unwrap(), holds(3));
    }
    assert_eq!(database.arrived_photo(record(1)).await.unwrap(), b"abc");
}
