//! The contract, and what only a file can do wrong.

use super::{FILE_NAME, Sqlite, schema};
use crate::store::contract::{Tablet, commune, counts, rules};
use crate::store::{Database as _, Difference, StoreError, prepare};
use rusqlite::Connection;
use tempfile::TempDir;
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::SubjectId;

async fn open() -> (Sqlite, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let database = Sqlite::open(directory.path()).unwrap();
    (database, directory)
}

async fn again(directory: &TempDir) -> Sqlite {
    Sqlite::open(directory.path()).unwrap()
}

crate::store_contract!(open, again);

fn raw(directory: &TempDir) -> Connection {
    Connection::open(directory.path().join(FILE_NAME)).unwrap()
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_left_as_it_is() {
    let (database, directory) = open().await;
    drop(database);
    raw(&directory)
        .pragma_update(None, "user_version", schema::KNOWN + 1)
        .unwrap();
    let before = std::fs::read(directory.path().join(FILE_NAME)).unwrap();
    let refused = Sqlite::open(directory.path()).err().unwrap();
    assert!(matches!(
        refused,
        StoreError::NewerSchema { found, known } if found == known + 1 && known == schema::KNOWN
    ));
    assert_eq!(
        std::fs::read(directory.path().join(FILE_NAME)).unwrap(),
        before
    );
}

#[tokio::test]
async fn what_was_written_is_there_after_a_restart() {
    let (database, directory) = open().await;
    let home = commune(0);
    let mut tablet = Tablet::new("ta-hoc", 1, std::slice::from_ref(&home));
    tablet.add_family(&home, SubjectId(1), "Lò Văn A", None);
    tablet.sync(&database).await;
    drop(database);
    let database = Sqlite::open(directory.path()).unwrap();
    let tally = counts(&database, &home, Assessment::CulturalFamily).await;
    assert_eq!(tally.expected, 1);
    tablet.add_family(&home, SubjectId(2), "Lò Văn B", None);
    tablet.sync(&database).await;
    assert_eq!(tablet.replica.held, 2);
}

#[tokio::test]
async fn wrong_counts_are_found_and_a_new_season_is_counted_anew() {
    let (database, directory) = open().await;
    let home = commune(0);
    let mut tablet = Tablet::new("ta-hoc", 1, std::slice::from_ref(&home));
    tablet.add_family(&home, SubjectId(1), "Lò Văn A", None);
    tablet.sync(&database).await;
    raw(&directory)
        .execute_batch(
            "UPDATE tally SET expected = 5; UPDATE tally_part SET expected = 5;
             UPDATE standing SET label = 'x';",
        )
        .unwrap();
    let differences = database.recount(rules()).await.unwrap();
    let tallies = differences
        .iter()
        .filter(|difference| matches!(difference, Difference::Tally { .. }));
    // Two assessments of one family, in its commune and by residential area.
    assert_eq!((differences.len(), tallies.count()), (5, 2));

    prepare(&database, rules()).await.unwrap();
    assert_eq!(database.recount(rules()).await.unwrap(), []);
    let mut later = rules();
    later.season = thidua_domain::season::Season::of(thidua_domain::record::Period(2023));
    prepare(&database, later).await.unwrap();
    assert_eq!(database.recount(later).await.unwrap(), []);
    assert_eq!(
        database
            .tallies(later.season.period, None)
            .await
            .unwrap()
            .len(),
        2
    );
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_look_into_the_directory() {
    use std::os::unix::fs::PermissionsExt as _;
    let parent = tempfile::tempdir().unwrap();
    let directory = parent.path().join("data");
    Sqlite::open(&directory).unwrap();
    let mode = std::fs::metadata(&directory).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

/// The lists are walks along an index, whatever is asked: never a sort of all that matches.
#[tokio::test]
async fn lists_are_never_sorted() {
    let (_database, directory) = open().await;
    let connection = raw(&directory);
    let each = [false, true];
    for (commune, state, assessment, after) in each.into_iter().flat_map(|a| {
        each.into_iter().flat_map(move |b| {
            each.into_iter()
                .flat_map(move |c| each.into_iter().map(move |d| (a, b, c, d)))
        })
    }) {
        let filter = crate::store::StandingFilter {
            communes: commune.then(|| vec![commune_code()]),
            state: state.then_some(thidua_domain::entry::EntryState::Submitted),
            assessment: assessment.then_some(Assessment::SafeUnit),
            ..Default::default()
        };
        assert_walks(&connection, &super::lists::query(&filter, after));
        let mut queue = crate::store::QueueFilter {
            period: rules().season.period,
            communes: filter.communes,
            assessment: filter.assessment,
            state: thidua_domain::entry::EntryState::Submitted,
            until_ms: state.then_some(0),
            overdue_on: None,
            desk: None,
            after: None,
            limit: 1,
        };
        assert_walks(&connection, &super::queue::query(&queue, after));
        queue.desk = Some((
            thidua_domain::review::Desk::Province,
            vec![Assessment::NewRuralCommune],
        ));
        assert_walks(&connection, &super::queue::query(&queue, after));
        queue.overdue_on = Some(rules().season.date);
        assert_walks(&connection, &super::queue::query(&queue, after));
    }
}

fn assert_walks(connection: &Connection, sql: &str) {
    let mut plan = connection
        .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
        .unwrap();
    let mut rows = plan.raw_query();
    let mut steps: Vec<String> = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get(3).unwrap());
    }
    assert!(
        !steps.iter().any(|step| step.contains("TEMP B-TREE")),
        "{sql}\n{steps:#?}"
    );
}

fn commune_code() -> thidua_domain::area::AreaCode {
    commune(0)
}

#[tokio::test]
async fn a_backup_is_a_restore() {
    let (database, directory) = open().await;
    let home = commune(0);
    let mut tablet = Tablet::new("ta-hoc", 1, std::slice::from_ref(&home));
    tablet.add_family(&home, SubjectId(1), "Lò Văn A", None);
    tablet.sync(&database).await;
    let restored = tempfile::tempdir().unwrap();
    let file = restored.path().join(FILE_NAME);
    database.backup(file.clone()).await.unwrap();
    // Entered and acknowledged after the backup, before the disk was lost.
    tablet.add_family(&home, SubjectId(2), "Lò Văn B", None);
    tablet.sync(&database).await;
    // A second backup does not write over the first.
    assert!(database.backup(file.clone()).await.is_err());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "for its owner alone");
    }
    assert_eq!(std::fs::read_dir(restored.path()).unwrap().count(), 1);
    drop((database, directory));

    let database = Sqlite::open(restored.path()).unwrap();
    let families = async || {
        let tally = counts(&database, &home, Assessment::CulturalFamily).await;
        tally.expected
    };
    assert_eq!(families().await, 1);
    tablet.sync(&database).await;
    assert_eq!(families().await, 2, "the tablet tells it again");
    assert_eq!(database.recount(rules()).await.unwrap(), []);
}
