//! Entries read for what they say.

use super::fixture::*;
use crate::store::{Database, EntriesOf, StandingFilter};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::entry::{EntryState, field};
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::subject;
use thidua_domain::sync::state::RecordState;

const TITLE: Assessment = Assessment::CulturalFamily;

type Read = Vec<(EntryState, RecordState)>;

async fn folded<D: Database>(database: &D, commune: &AreaCode) -> Read {
    let of = EntriesOf {
        commune: commune.clone(),
        assessment: TITLE,
        period: PERIOD,
    };
    let keep = |read: &mut Read, state, entry: &RecordState| read.push((state, entry.clone()));
    let mut read = database.fold_entries(of, Read::new(), keep).await.unwrap();
    read.sort_by_key(|(_, entry)| format!("{entry:?}"));
    read
}

/// The same, subject by subject out of the lists.
async fn one_by_one<D: Database>(database: &D, commune: &AreaCode) -> Read {
    let filter = StandingFilter {
        communes: Some(vec![commune.clone()]),
        assessment: Some(TITLE),
        limit: 1_000,
        ..StandingFilter::default()
    };
    let mut read = Read::new();
    for row in database.standings(filter).await.unwrap().rows {
        let mut records = database.records(row.subject).await.unwrap();
        let entry = records.remove(&RecordKey::entry(row.subject, TITLE, PERIOD));
        if row.state != EntryState::Empty {
            read.push((row.state, entry.unwrap()));
        }
    }
    read.sort_by_key(|(_, entry)| format!("{entry:?}"));
    read
}

pub async fn begun_entries_of_a_title_are_read_each_once<D: Database>(database: &D) {
    let home = commune(0);
    let mut tablet = Tablet::new("ta-hoc", 1, std::slice::from_ref(&home));
    for id in 1..=7 {
        let id = SubjectId(id << 100 | id);
        tablet.add_family(&home, id, "Lò Văn A", None);
    }
    let entry = |id: u128| RecordKey::entry(SubjectId(id << 100 | id), TITLE, PERIOD);
    let complete = complete_family();
    let complete: Vec<_> = complete
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    for id in 1..=5 {
        tablet.write(&home, &entry(id), &complete);
    }
    tablet.submit(&home, &entry(2));
    tablet.submit(&home, &entry(3));
    // Another title of the same family, another year, and one that has left.
    let other = RecordKey::entry(entry(6).subject(), Assessment::PovertyReview, PERIOD);
    let registered = [(field::REGISTERED, Value::Bool(true))];
    tablet.write(&home, &other, &registered);
    let past = RecordKey::entry(
        entry(7).subject(),
        TITLE,
        thidua_domain::record::Period(2021),
    );
    tablet.write(&home, &past, &registered);
    let gone = RecordKey::subject_record(SubjectKind::Family, entry(5).subject());
    let closed = [(subject::field::CLOSED, Value::Bool(true))];
    tablet.write(&home, &gone, &closed);
    tablet.sync(database).await;
    assert!(tablet.rejected.is_empty());
    let verdict = accept(database, &entry(3)).await;
    let hub = thidua_domain::sync::edit::DeviceId(903);
    decide(database, hub, &entry(3), verdict).await.unwrap();

    let read = folded(database, &home).await;
    assert_eq!(read, one_by_one(database, &home).await);
    let states: Vec<_> = read.iter().map(|(state, _)| *state).collect();
    for (state, count) in [
        (EntryState::Draft, 2),
        (EntryState::Submitted, 1),
        (EntryState::Accepted, 1),
    ] {
        assert_eq!(states.iter().filter(|it| **it == state).count(), count);
    }
    assert_eq!(states.len(), 4);
    assert!(folded(database, &commune(1)).await.is_empty());
}
