//! Review: only the content that was seen counts.

use super::fixture::*;
use crate::store::Database;
use std::collections::BTreeMap;
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::entry::{EntryState, entry_state, field, returned_comment};
use thidua_domain::progress::Tally;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::review::{Decision, ReviewError, Verdict};
use thidua_domain::sync::edit::DeviceId;

const HUB: DeviceId = DeviceId(900);
const FAMILY: SubjectId = SubjectId(1);

/// A family whose complete entry has been handed in.
async fn submitted<D: Database>(database: &D) -> (Tablet, AreaCode, RecordKey) {
    let home = commune(0);
    let entry = RecordKey::entry(FAMILY, Assessment::CulturalFamily, PERIOD);
    let mut tablet = Tablet::new("ta-hoc", 1, std::slice::from_ref(&home));
    tablet.add_family(&home, FAMILY, "Lò Văn A", None);
    let fields = complete_family();
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, v)| (name.as_str(), v.clone()))
        .collect();
    tablet.write(&home, &entry, &fields);
    tablet.submit(&home, &entry);
    tablet.sync(database).await;
    let tally = family_counts(database).await;
    assert_eq!(
        (tally.expected, tally.submitted.met, tally.accepted.met),
        (1, 1, 0)
    );
    (tablet, home, entry)
}

async fn family_counts<D: Database>(database: &D) -> Tally {
    counts(database, &commune(0), Assessment::CulturalFamily).await
}

fn state(tablet: &Tablet, entry: &RecordKey) -> EntryState {
    entry_state(tablet.shown(entry))
}

pub async fn a_review_counts_only_what_was_seen<D: Database>(database: &D) {
    let (mut tablet, home, entry) = submitted(database).await;
    let seen = accept(database, &entry).await;

    // Edited and handed in again while the reviewer was reading.
    tablet.write(&home, &entry, &[(field::NOTE, "bổ sung".into())]);
    tablet.submit(&home, &entry);
    tablet.sync(database).await;
    let stale = decide(database, HUB, &entry, seen).await;
    assert!(matches!(
        stale,
        Err(Refused::Review(ReviewError::ContentChanged))
    ));
    assert_eq!(family_counts(database).await.accepted.met, 0);

    let seen = accept(database, &entry).await;
    decide(database, HUB, &entry, seen).await.unwrap();
    assert_eq!(family_counts(database).await.accepted.met, 1);
    tablet.sync(database).await;
    assert_eq!(state(&tablet, &entry), EntryState::Accepted);

    // Edited after acceptance it does not count until it is looked at again.
    tablet.write(&home, &entry, &[(field::NOTE, "sửa sau".into())]);
    tablet.sync(database).await;
    let tally = family_counts(database).await;
    assert_eq!((tally.accepted.met, tally.changed.met), (0, 1));
    assert_eq!(database.recount(rules()).await.unwrap(), []);
}

pub async fn an_entry_is_returned_and_handed_in_again<D: Database>(database: &D) {
    let (mut tablet, home, entry) = submitted(database).await;
    let seen = accept(database, &entry).await;
    let silent = Verdict {
        decision: Decision::Return,
        ..seen.clone()
    };
    let refused = decide(database, HUB, &entry, silent).await;
    assert!(matches!(
        refused,
        Err(Refused::Review(ReviewError::CommentMissing))
    ));
    let spoken = Verdict {
        decision: Decision::Return,
        comment: "Thiếu biên bản họp".to_owned(),
        fields: BTreeMap::new(),
        ..seen
    };
    decide(database, HUB, &entry, spoken).await.unwrap();
    tablet.sync(database).await;
    assert_eq!(state(&tablet, &entry), EntryState::Returned);
    assert_eq!(
        returned_comment(tablet.shown(&entry).unwrap()),
        Some("Thiếu biên bản họp")
    );
    assert_eq!(family_counts(database).await.returned.met, 1);

    tablet.write(
        &home,
        &entry,
        &[(field::NOTE, "đã bổ sung biên bản".into())],
    );
    tablet.submit(&home, &entry);
    tablet.sync(database).await;
    assert_eq!(family_counts(database).await.submitted.met, 1);
    // Another start of the server writes under another identity.
    let seen = accept(database, &entry).await;
    decide(database, DeviceId(901), &entry, seen).await.unwrap();
    tablet.sync(database).await;
    assert_eq!(state(&tablet, &entry), EntryState::Accepted);
}

pub async fn two_reviewers_at_once_decide_once<D: Database>(database: &D) {
    let (_, _, entry) = submitted(database).await;
    let seen = accept(database, &entry).await;
    let (one, two) = tokio::join!(
        decide(database, HUB, &entry, seen.clone()),
        decide(database, HUB, &entry, seen),
    );
    assert!(one.is_ok() != two.is_ok());
    let refused = one.and(two).unwrap_err();
    assert!(matches!(refused, Refused::Review(ReviewError::NotWaiting)));
    assert_eq!(family_counts(database).await.accepted.met, 1);
}

pub async fn history_is_newest_first<D: Database>(database: &D) {
    let (tablet, _, entry) = submitted(database).await;
    let seen = accept(database, &entry).await;
    decide(database, HUB, &entry, seen).await.unwrap();
    let record = RecordKey::subject_record(SubjectKind::Family, FAMILY);

    let items = database
        .history(vec![entry.clone(), record], 100)
        .await
        .unwrap();
    assert_eq!(items.len(), 4);
    assert!(
        items
            .iter()
            .all(|item| item.received_ms == NOW && item.rejected.is_none())
    );
    // In order of arrival, whatever the writers' clocks say.
    let ids: Vec<_> = items
        .iter()
        .map(|item| (item.edit.id.device.0, item.edit.id.seq))
        .collect();
    assert_eq!(ids, [(HUB.0, 1), (1, 3), (1, 2), (1, 1)]);
    let of_entry = database.history(vec![entry.clone()], 100).await.unwrap();
    assert_eq!(of_entry.len(), 3);
    assert!(of_entry.iter().all(|item| item.edit.record == entry));
    let latest = database.history(vec![entry], 1).await.unwrap();
    assert_eq!(latest, of_entry[..1]);
    assert!(
        tablet
            .log
            .values()
            .all(|edit| items.iter().any(|item| item.edit == *edit))
    );
}
