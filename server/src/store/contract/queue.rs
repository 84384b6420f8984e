//! The queue: what waits for somebody, the longest wait first.

use super::fixture::{
    NOW, PERIOD, Tablet, accept, commune, counts, decide, decide_as, decide_at, rules,
};
use crate::store::plan;
use crate::store::{Database, QueueFilter};
use std::collections::BTreeMap;
use thidua_domain::access::Role;
use thidua_domain::api::QueueRow;
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::date::Date;
use thidua_domain::entry::{self, EntryState, field};
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::review::{Decision, Desk, Verdict};
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::hub;

const HUB: DeviceId = DeviceId(900);

fn waiting() -> QueueFilter {
    QueueFilter {
        period: PERIOD,
        communes: None,
        assessment: None,
        state: EntryState::Submitted,
        until_ms: None,
        overdue_on: None,
        desk: None,
        after: None,
        limit: 100,
    }
}

fn entry_of(id: u128) -> RecordKey {
    RecordKey::entry(SubjectId(id), Assessment::CulturalFamily, PERIOD)
}

/// Hands a family's entry in; the server receives it at `now_ms`.
async fn hand_in<D: Database>(
    database: &D,
    tablet: &mut Tablet,
    home: &AreaCode,
    id: u128,
    now_ms: u64,
) {
    let key = entry_of(id);
    if !tablet.records.contains_key(&key) {
        tablet.add_family(home, SubjectId(id), &format!("Lò Văn {id}"), None);
    }
    tablet.write(home, &key, &[(field::NOTE, format!("lúc {now_ms}").into())]);
    tablet.submit(home, &key);
    let request = tablet.request();
    let principal = tablet.principal.clone();
    let pushed = plan::push(
        database,
        now_ms,
        rules(),
        principal,
        request,
        hub::plan_push,
    )
    .await;
    pushed.unwrap();
    tablet.sync(database).await;
}

async fn all<D: Database>(database: &D, filter: &QueueFilter) -> Vec<QueueRow> {
    let (mut filter, mut rows) = (filter.clone(), Vec::new());
    loop {
        let page = database.queue(filter.clone()).await.unwrap();
        assert!(page.rows.len() <= filter.limit);
        rows.extend(page.rows);
        filter.after = page.next;
        if filter.after.is_none() {
            return rows;
        }
    }
}

fn ids(rows: &[QueueRow]) -> Vec<u128> {
    rows.iter().map(|row| row.standing.subject.0).collect()
}

pub async fn the_longest_wait_comes_first<D: Database>(database: &D) {
    let (home, far) = (commune(0), commune(100));
    let mut tablet = Tablet::new("ta-hoc", 1, std::slice::from_ref(&home));
    let mut other = Tablet::new("xa-khac", 2, std::slice::from_ref(&far));
    // The tablets' clocks all say the same; the server knows when it received what.
    for (id, after_ms) in [(1, 50), (2, 20), (3, 20), (4, 90)] {
        hand_in(database, &mut tablet, &home, id, NOW + after_ms).await;
    }
    hand_in(database, &mut other, &far, 5, NOW + 30).await;

    let rows = all(database, &waiting()).await;
    assert_eq!(ids(&rows), [2, 3, 5, 1, 4]);
    assert_eq!(rows[2].since_ms, NOW + 30);
    let records = database.records(SubjectId(5)).await.unwrap();
    assert_eq!(
        rows[2].digest,
        entry::content_digest(&records[&entry_of(5)])
    );

    let own = |communes: &[AreaCode]| QueueFilter {
        communes: Some(communes.to_vec()),
        ..waiting()
    };
    let one_at_a_time = QueueFilter {
        limit: 1,
        ..waiting()
    };
    let two_of_own = QueueFilter {
        limit: 2,
        ..own(std::slice::from_ref(&home))
    };
    let no_longer_than = QueueFilter {
        until_ms: Some(NOW + 30),
        ..waiting()
    };
    let of_another_kind = QueueFilter {
        assessment: Some(Assessment::SafeUnit),
        ..waiting()
    };
    for (filter, expected) in [
        (one_at_a_time, vec![2, 3, 5, 1, 4]),
        (two_of_own, vec![2, 3, 1, 4]),
        (own(&[far.clone(), commune(7)]), vec![5]),
        (no_longer_than, vec![2, 3, 5]),
        (of_another_kind, vec![]),
    ] {
        assert_eq!(ids(&all(database, &filter).await), expected, "{filter:?}");
    }
    let from_nowhere = QueueFilter {
        after: Some("x".to_owned()),
        ..waiting()
    };
    assert!(all(database, &from_nowhere).await.is_empty());
    assert_eq!(database.recount(rules()).await.unwrap(), []);
}

pub async fn a_decision_leaves_the_queue_and_comes_back_reopened<D: Database>(database: &D) {
    let home = commune(0);
    let mut tablet = Tablet::new("ta-hoc", 1, std::slice::from_ref(&home));
    hand_in(database, &mut tablet, &home, 1, NOW + 10).await;
    hand_in(database, &mut tablet, &home, 2, NOW + 20).await;

    let seen = accept(database, &entry_of(1)).await;
    decide(database, HUB, &entry_of(1), seen.clone())
        .await
        .unwrap();
    assert_eq!(ids(&all(database, &waiting()).await), [2]);
    let reopen = Verdict {
        decision: Decision::Reopen,
        ..seen
    };
    decide(database, HUB, &entry_of(1), reopen.clone())
        .await
        .unwrap();
    // It has its old place: it was handed in when it was handed in.
    assert_eq!(ids(&all(database, &waiting()).await), [1, 2]);
    assert!(
        decide(database, HUB, &entry_of(1), reopen).await.is_err(),
        "there is nothing left to take back"
    );

    let seen = accept(database, &entry_of(2)).await;
    let returned = Verdict {
        decision: Decision::Return,
        comment: "Thiếu biên bản".to_owned(),
        fields: BTreeMap::new(),
        ..seen
    };
    decide(database, HUB, &entry_of(2), returned).await.unwrap();
    tablet.sync(database).await;
    let back = QueueFilter {
        state: EntryState::Returned,
        ..waiting()
    };
    assert_eq!(ids(&all(database, &back).await), [2]);
    // Handed in again it waits since then.
    hand_in(database, &mut tablet, &home, 2, NOW + 40).await;
    let rows = all(database, &waiting()).await;
    assert_eq!((ids(&rows), rows[1].since_ms), (vec![1, 2], NOW + 40));
    assert_eq!(database.recount(rules()).await.unwrap(), []);
    database.rebuild(rules(), "anew".to_owned()).await.unwrap();
    assert_eq!(all(database, &waiting()).await, rows);
}

pub async fn what_is_not_corrected_in_time_is_listed<D: Database>(database: &D) {
    let (home, far) = (commune(0), commune(100));
    let mut tablet = Tablet::new("ta-hoc", 1, std::slice::from_ref(&home));
    let mut other = Tablet::new("xa-khac", 2, std::slice::from_ref(&far));
    let today = Date::in_vietnam(NOW);
    // In the order in which they are returned; the last names no day.
    for (id, ahead) in [(1, Some(5)), (2, Some(1)), (3, Some(1)), (4, None)] {
        let (tablet, home) = match id {
            3 => (&mut other, &far),
            _ => (&mut tablet, &home),
        };
        hand_in(database, tablet, home, id, NOW).await;
        let returned = Verdict {
            decision: Decision::Return,
            comment: "Thiếu biên bản".to_owned(),
            due: ahead.and_then(|days| today.plus_days(days)),
            ..accept(database, &entry_of(id)).await
        };
        decide_at(
            database,
            HUB,
            &entry_of(id),
            returned,
            NOW + u64::from(id as u32),
        )
        .await
        .unwrap();
        tablet.sync(database).await;
    }
    let overdue = |ahead, communes: Option<&AreaCode>| QueueFilter {
        overdue_on: today.plus_days(ahead),
        communes: communes.map(|one| vec![one.clone()]),
        limit: 1,
        state: EntryState::Returned,
        ..waiting()
    };
    // On the last day itself it is in time.
    assert!(all(database, &overdue(1, None)).await.is_empty());
    let rows = all(database, &overdue(2, None)).await;
    assert_eq!(ids(&rows), [2, 3]);
    assert_eq!(rows[0].standing.due, today.plus_days(1));
    assert_eq!(ids(&all(database, &overdue(6, None)).await), [1, 2, 3]);
    assert_eq!(ids(&all(database, &overdue(6, Some(&home))).await), [1, 2]);

    // Begun to be corrected and not handed in, it is still late; handed in, it is not.
    tablet.write(&home, &entry_of(2), &[(field::NOTE, "sửa dở".into())]);
    tablet.sync(database).await;
    let rows = all(database, &overdue(2, Some(&home))).await;
    assert_eq!(ids(&rows), [2]);
    assert_eq!(rows[0].standing.state, EntryState::Draft);
    tablet.submit(&home, &entry_of(2));
    tablet.sync(database).await;
    assert!(all(database, &overdue(2, Some(&home))).await.is_empty());
    assert_eq!(database.recount(rules()).await.unwrap(), []);
    let rows = all(database, &overdue(6, None)).await;
    database.rebuild(rules(), "anew".to_owned()).await.unwrap();
    assert_eq!(all(database, &overdue(6, None)).await, rows);
}

/// How many new rural areas wait at the district's desk and at the province's.
async fn at_desks<D: Database>(database: &D, home: &AreaCode) -> [i64; 2] {
    let tally = counts(database, home, Assessment::NewRuralCommune).await;
    [Desk::District, Desk::Province].map(|desk| tally.waiting_at(desk))
}

/// New rural areas are appraised by a district first: each desk has its own list and its own kept count, and a
/// decision moves an entry from one to the other.
pub async fn each_desk_has_its_own_queue<D: Database>(database: &D) {
    const RURAL: Assessment = Assessment::NewRuralCommune;
    let homes = [commune(0), commune(1)];
    let mut tablet = Tablet::new("ta-hoc", 1, &homes);
    let rural = |home| RecordKey::entry(SubjectId::commune(home), RURAL, PERIOD);
    for home in &homes {
        tablet.write(home, &rural(home), &[("proposed", true.into())]);
        tablet.submit(home, &rural(home));
    }
    tablet.sync(database).await;
    hand_in(database, &mut tablet, &homes[0], 7, NOW + 50).await;
    let [first, second] = homes.each_ref().map(|home| SubjectId::commune(home).0);
    let lies_on = |desk| QueueFilter {
        desk: Some((desk, vec![RURAL])),
        limit: 1,
        ..waiting()
    };
    let at = async |desk| {
        let rows = all(database, &lies_on(desk)).await;
        rows.iter()
            .map(|row| row.standing.subject.0)
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(at(Desk::District).await, [first, second, 7].into());
    assert_eq!(at_desks(database, &homes[0]).await, [1, 0]);
    // What no district is asked about lies on both.
    assert_eq!(at(Desk::Province).await, [7].into());

    let record = rural(&homes[0]);
    let seen = accept(database, &record).await;
    let refused = decide(database, HUB, &record, seen.clone()).await;
    assert!(refused.is_err(), "the district comes first");
    let endorse = Verdict {
        decision: Decision::Endorse,
        ..seen.clone()
    };
    let district = Role::DistrictReviewer;
    decide_as(database, district, HUB, &record, endorse, NOW + 100)
        .await
        .unwrap();
    assert_eq!(at(Desk::District).await, [second, 7].into());
    assert_eq!(at(Desk::Province).await, [first, 7].into());
    assert_eq!(at_desks(database, &homes[0]).await, [0, 1]);
    assert_eq!(at_desks(database, &homes[1]).await, [1, 0]);
    let row = all(database, &lies_on(Desk::Province)).await.pop().unwrap();
    assert_eq!((row.standing.endorsed, row.since_ms), (true, NOW + 100));
    let of_one = QueueFilter {
        communes: Some(vec![homes[0].clone()]),
        assessment: Some(RURAL),
        ..lies_on(Desk::Province)
    };
    assert_eq!(ids(&all(database, &of_one).await), [first]);
    assert_eq!(database.recount(rules()).await.unwrap(), []);

    let rows = all(database, &waiting()).await;
    database.rebuild(rules(), "anew".to_owned()).await.unwrap();
    assert_eq!(all(database, &waiting()).await, rows);
    assert_eq!(at_desks(database, &homes[0]).await, [0, 1]);
    // Touched by its officer it is on no desk; handed in again it starts at the district's.
    tablet.sync(database).await;
    tablet.write(&homes[0], &record, &[(field::NOTE, "sửa".into())]);
    tablet.sync(database).await;
    assert_eq!(at_desks(database, &homes[0]).await, [0, 0]);
    tablet.submit(&homes[0], &record);
    tablet.sync(database).await;
    assert_eq!(at_desks(database, &homes[0]).await, [1, 0]);
    let endorse = Verdict {
        decision: Decision::Endorse,
        ..accept(database, &record).await
    };
    decide_as(database, district, HUB, &record, endorse, NOW + 200)
        .await
        .unwrap();
    let seen = accept(database, &record).await;
    decide(database, HUB, &record, seen).await.unwrap();
    assert_eq!(at_desks(database, &homes[0]).await, [0, 0]);
    assert_eq!(at(Desk::Province).await, [7].into());
    assert_eq!(database.recount(rules()).await.unwrap(), []);
}
