//! What happens to edits that are pushed.

use super::fixture::*;
use crate::store::{Database, StandingFilter, StoreError};
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::receipt::running;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::subject;
use thidua_domain::sync::edit::{DeviceId, EditDigest, EditId};
use thidua_domain::sync::hub::{Needs, Writes};
use thidua_domain::sync::wire::{Identity, RejectReason};

fn with_families(account: &str, device: u64, place: usize, families: u128) -> Tablet {
    let home = commune(place);
    let mut tablet = Tablet::new(account, device, std::slice::from_ref(&home));
    for number in 1..=families {
        let id = SubjectId((u128::from(device) << 64) + number);
        tablet.add_family(&home, id, &format!("Lò Văn {number}"), None);
    }
    tablet
}

pub async fn a_push_is_idempotent<D: Database>(database: &D) {
    let mut tablet = with_families("ta-hoc", 1, 0, 5);
    for _ in 0..3 {
        let response = tablet.exchange(database, tablet.request()).await.unwrap();
        assert_eq!(response.held, 5);
        assert_eq!(response.identity, Identity::Keep);
    }
    assert_eq!(whole_feed(database, &commune(0)).await.len(), 5);
    let tally = counts(database, &commune(0), Assessment::CulturalFamily).await;
    assert_eq!(tally.expected, 5);

    tablet.sync(database).await;
    assert_eq!(tablet.replica.waiting(), 0);
    assert!(
        tablet
            .log
            .values()
            .eq(whole_feed(database, &commune(0)).await.iter())
    );
}

pub async fn edits_after_a_gap_wait_for_those_before<D: Database>(database: &D) {
    let tablet = with_families("ta-hoc", 1, 0, 3);
    let edits: Vec<_> = tablet.log.values().cloned().collect();
    for (sent, held) in [
        (&edits[1..], 0),
        (&edits[..1], 1),
        (&edits[2..], 1),
        (&edits[..], 3),
    ] {
        let reply = tablet.push(database, 3, sent.to_vec()).await.unwrap();
        assert_eq!(reply.held, held);
        assert_eq!(whole_feed(database, &commune(0)).await.len(), held as usize);
    }
}

pub async fn what_is_held_of_a_device_is_told_with_its_digest<D: Database>(database: &D) {
    let mut tablet = with_families("ta-hoc", 1, 0, 3);
    // Not the author's commune: held, and not taken.
    tablet.add_family(&commune(1), SubjectId(99), "Lò Văn 4", None);
    let device = tablet.replica.device;
    assert_eq!(database.held_edits(device, 9).await.unwrap(), None);
    let edits: Vec<_> = tablet.log.values().cloned().collect();
    tablet.push(database, 4, edits.clone()).await.unwrap();
    for until in 0..6 {
        let held = database.held_edits(device, until).await.unwrap().unwrap();
        let last = until.min(4);
        let check = running(EditDigest::default(), &edits[..last as usize]);
        assert_eq!(held.account, "ta-hoc");
        assert_eq!((held.last, held.check), (last, check));
    }
}

pub async fn a_clone_is_told_to_renew_itself_and_loses_nothing<D: Database>(database: &D) {
    let home = commune(0);
    let mut original = with_families("ta-hoc", 1, 0, 2);
    original.sync(database).await;
    let mut image = original.clone();
    original.add_family(&home, SubjectId(100), "Giàng A Páo", None);
    original.sync(database).await;
    image.add_family(&home, SubjectId(200), "Vàng Thị An", None);
    image.add_family(&home, SubjectId(201), "Cà Văn Bình", None);

    let response = image.exchange(database, image.request()).await.unwrap();
    assert_eq!(response.identity, Identity::Renew { common: 2 });
    assert_eq!(whole_feed(database, &home).await.len(), 3);

    image.sync(database).await;
    assert_ne!(image.replica.device, original.replica.device);
    original.sync(database).await;
    assert_eq!(whole_feed(database, &home).await.len(), 5);
    assert_eq!(image.all_shown(), original.all_shown());
    let tally = counts(database, &home, Assessment::CulturalFamily).await;
    assert_eq!(tally.expected, 5);
}

pub async fn rejected_edits_are_kept_with_their_reason<D: Database>(database: &D) {
    let (home, elsewhere) = (commune(0), commune(1));
    let mut tablet = with_families("ta-hoc", 1, 0, 1);
    let stranger = SubjectId(500);
    tablet.add_family(&elsewhere, stranger, "Lò Thị Xa", None);
    let key = RecordKey::subject_record(SubjectKind::Family, stranger);
    tablet.add_family(&home, SubjectId(501), "Lò Thị Gần", None);

    // Said again when the first answer was lost.
    for _ in 0..2 {
        let response = tablet.exchange(database, tablet.request()).await.unwrap();
        assert_eq!(response.held, 3);
        let reasons: Vec<_> = response
            .rejected
            .iter()
            .map(|r| (r.seq, r.reason))
            .collect();
        assert_eq!(reasons, [(2, RejectReason::NotYourArea)]);
    }
    assert_eq!(whole_feed(database, &elsewhere).await, []);
    assert_eq!(whole_feed(database, &home).await.len(), 2);
    assert!(database.records(stranger).await.unwrap().is_empty());
    let stranger_key = key.clone();
    let history = database.history(vec![key], 10).await.unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].rejected, Some(RejectReason::NotYourArea));
    let id = EditId {
        device: DeviceId(1),
        seq: 2,
    };
    assert_eq!(history[0].edit, tablet.log[&id]);

    // The same number with other content is disputed, though it was never in a feed.
    let mut image = tablet.clone();
    image.log.get_mut(&id).unwrap().changes[0].value = "Lò Thị Khác".into();
    let edits = image.log.values().cloned().collect();
    let reply = image.push(database, 3, edits).await.unwrap();
    assert_eq!(reply.identity, Identity::Renew { common: 1 });

    // The tablet no longer shows what was not taken, and keeps it with the reason.
    assert!(tablet.shown(&stranger_key).is_some());
    tablet.sync(database).await;
    assert_eq!(tablet.shown(&stranger_key), None);
    assert_eq!(tablet.rejected[&id], RejectReason::NotYourArea);
    assert!(tablet.log.contains_key(&id));
}

pub async fn a_foreign_device_is_refused<D: Database>(database: &D) {
    let mut own = with_families("ta-hoc", 1, 0, 2);
    own.sync(database).await;
    let other = with_families("chieng-ngan", 1, 1, 2);
    let response = other.exchange(database, other.request()).await.unwrap();
    assert_eq!(response.identity, Identity::Renew { common: 0 });
    assert_eq!(whole_feed(database, &commune(1)).await, []);
}

pub async fn a_failed_plan_writes_nothing<D: Database>(database: &D) {
    let tablet = with_families("ta-hoc", 1, 0, 1);
    let needs = || Needs {
        device: DeviceId(1),
        ..Needs::default()
    };
    let broken: Result<(), StoreError> = database
        .transact(NOW, needs(), |_| -> Result<(Writes, ()), StoreError> {
            panic!("a fault of the planner, made on purpose")
        })
        .await;
    assert!(broken.is_err());
    let refused: Result<(), StoreError> = database
        .transact(NOW, needs(), |_| Err(StoreError::Stopped))
        .await;
    assert!(matches!(refused, Err(StoreError::Stopped)));

    // Neither stands in the way of others, at the same time or later.
    let (one, two) = tokio::join!(
        tablet.push(database, 1, tablet.log.values().cloned().collect()),
        database.transact(NOW, needs(), |_| -> Result<(Writes, ()), StoreError> {
            panic!("another one, beside a push")
        }),
    );
    assert_eq!(one.unwrap().held, 1);
    assert!(two.is_err());
    let records = database.records(SubjectId((1 << 64) + 1)).await.unwrap();
    let state = records.values().next().unwrap();
    assert_eq!(subject::label(state), "Lò Văn 1");
}

/// What people type is text of any kind; what a database does not take must not stand in a tablet's way
/// for ever.
pub async fn any_text_is_kept<D: Database>(database: &D) {
    let home = commune(0);
    let id = SubjectId(1);
    let key = RecordKey::subject_record(SubjectKind::Family, id);
    let texts = [
        "Lò\0Văn A",
        "\u{feff}\u{202e}'\";--",
        "𠀀\u{1f3fd}\r\n\u{7f}\\x00",
        "\0",
    ];
    let mut tablet = Tablet::new("ta-hoc", 1, std::slice::from_ref(&home));
    for text in texts {
        let fields = [
            (subject::field::HEAD, text.into()),
            (subject::field::HOUSE_NO, text.into()),
        ];
        tablet.write(&home, &key, &fields);
        tablet.sync(database).await;
        let stored = database.records(id).await.unwrap();
        assert_eq!(stored.get(&key), tablet.shown(&key));
        let filter = StandingFilter {
            limit: 10,
            ..StandingFilter::default()
        };
        let rows = database.standings(filter).await.unwrap().rows;
        assert!(!rows.is_empty());
        for row in rows {
            assert_eq!(
                (row.label.as_str(), row.house_no.as_deref()),
                (text, Some(text))
            );
        }
        assert_eq!(database.recount(rules()).await.unwrap(), []);
        assert_eq!(database.account(text.to_owned()).await.unwrap(), None);
    }
    let history = database.history(vec![key], 10).await.unwrap();
    assert!(
        history
            .iter()
            .rev()
            .map(|item| &item.edit)
            .eq(tablet.log.values())
    );
}

/// Two officers write about the same subject at once, each in their own commune: one of them is told.
pub async fn a_subject_is_of_one_commune_whoever_comes_first<D: Database>(database: &D) {
    for round in 1..=10 {
        let id = SubjectId(round);
        let pushes = [0, 1].map(|place| {
            let home = commune(place);
            let device = u64::try_from(round).unwrap() * 2 + place as u64;
            let mut tablet = Tablet::new("ta-hoc", device, std::slice::from_ref(&home));
            tablet.add_family(&home, id, "Lò Văn A", None);
            let database = database.clone();
            tokio::spawn(async move { tablet.exchange(&database, tablet.request()).await.unwrap() })
        });
        let mut rejected = 0;
        for push in pushes {
            let answer = push.await.unwrap();
            assert_eq!(answer.held, 1);
            rejected += answer.rejected.len();
            let reasons = answer.rejected.iter().map(|rejection| rejection.reason);
            assert!(reasons.eq(answer.rejected.iter().map(|_| RejectReason::WrongCommune)));
        }
        assert_eq!(rejected, 1, "{round}");
    }
    assert_eq!(database.recount(rules()).await.unwrap(), []);
}

/// A tablet that gave up waiting sends again while the first request is still being worked on.
pub async fn pushes_of_one_device_at_once_are_taken_once<D: Database>(database: &D) {
    let tablet = with_families("ta-hoc", 1, 0, 30);
    let pushes: Vec<_> = (0..8)
        .map(|_| {
            let (database, tablet) = (database.clone(), tablet.clone());
            tokio::spawn(async move { tablet.exchange(&database, tablet.request()).await.unwrap() })
        })
        .collect();
    for push in pushes {
        let answer = push.await.unwrap();
        assert_eq!((answer.held, answer.identity), (30, Identity::Keep));
    }
    assert_eq!(whole_feed(database, &commune(0)).await.len(), 30);
}
