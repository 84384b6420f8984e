//! The contract, and what only a database server can do wrong.

use super::lists::Query;
use super::{Postgres, schema};
use crate::store::contract::{Cluster, Tablet, commune, connect, counts, rules};
use crate::store::lists::Place;
use crate::store::{Database as _, Difference, StandingFilter, StoreError, prepare};
use thidua_domain::catalogue::Assessment;
use thidua_domain::entry::EntryState;
use thidua_domain::record::SubjectId;
use tokio_postgres::Client;

async fn open() -> (Postgres, String) {
    let url = Cluster::shared().database().await;
    (again(&url).await, url)
}

async fn again(url: &str) -> Postgres {
    Postgres::open(url).await.unwrap()
}

crate::store_contract!(open, again);

async fn raw(url: &str) -> Client {
    let client = connect(url).await;
    client
        .batch_execute("SET search_path = thidua")
        .await
        .unwrap();
    client
}

async fn schema_of(client: &Client) -> String {
    let sql = "SELECT value FROM meta WHERE key = 'schema'";
    client.query_one(sql, &[]).await.unwrap().get(0)
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_left_as_it_is() {
    let (_, url) = open().await;
    let client = raw(&url).await;
    assert_eq!(schema_of(&client).await, schema::KNOWN.to_string());
    client
        .batch_execute(
            "DROP TABLE session; UPDATE meta SET value = value::int + 1 WHERE key = 'schema'",
        )
        .await
        .unwrap();
    let refused = Postgres::open(&url).await.err().unwrap();
    assert!(matches!(
        refused,
        StoreError::NewerSchema { found, known } if found == known + 1 && known == schema::KNOWN
    ));
    let table = "SELECT to_regclass('thidua.session')::text";
    let table: Option<String> = client.query_one(table, &[]).await.unwrap().get(0);
    assert_eq!(table, None);
    assert_eq!(schema_of(&client).await, (schema::KNOWN + 1).to_string());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_may_open_a_new_database_at_once() {
    let url = Cluster::shared().database().await;
    let openings: Vec<_> = (0..6)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move {
                let database = Postgres::open(&url).await.unwrap();
                prepare(&database, rules()).await.unwrap();
            })
        })
        .collect();
    for opening in openings {
        opening.await.unwrap();
    }
    assert_eq!(schema_of(&raw(&url).await).await, schema::KNOWN.to_string());
}

#[tokio::test]
async fn what_was_written_is_there_after_a_restart() {
    let (database, url) = open().await;
    let home = commune(0);
    let mut tablet = Tablet::new("ta-hoc", 1, std::slice::from_ref(&home));
    tablet.add_family(&home, SubjectId(1), "Lò Văn A", None);
    tablet.sync(&database).await;
    drop(database);
    let database = again(&url).await;
    let tally = counts(&database, &home, Assessment::CulturalFamily).await;
    assert_eq!(tally.expected, 1);
    tablet.add_family(&home, SubjectId(2), "Lò Văn B", None);
    tablet.sync(&database).await;
    assert_eq!(tablet.replica.held, 2);
}

#[tokio::test]
async fn wrong_counts_are_found_and_a_new_season_is_counted_anew() {
    let (database, url) = open().await;
    let home = commune(0);
    let mut tablet = Tablet::new("ta-hoc", 1, std::slice::from_ref(&home));
    // More than are read at a time.
    for number in 1..=2_500 {
        tablet.add_family(&home, SubjectId(number), &format!("Lò Văn {number}"), None);
    }
    tablet.sync(&database).await;
    assert_eq!(database.recount(rules()).await.unwrap(), []);
    raw(&url)
        .await
        .batch_execute(
            "UPDATE tally SET expected = 5;
             UPDATE tally_part SET expected = 5;
             UPDATE standing SET label = 'x' WHERE subject = '\\x00000000000000000000000000000001';
             INSERT INTO standing SELECT '\\xffffffffffffffffffffffffffffffff', assessment, kind, commune,
                 residential_area, label, sort_key, house_no, open, expected, state, outcome, points
                 FROM standing LIMIT 1;",
        )
        .await
        .unwrap();
    let differences = database.recount(rules()).await.unwrap();
    let tallies = differences
        .iter()
        .filter(|difference| matches!(difference, Difference::Tally { .. }));
    // Two assessments of all families, in their commune and by residential area; a label, and somebody who has
    // no record.
    assert_eq!((differences.len(), tallies.count()), (6, 2));

    prepare(&database, rules()).await.unwrap();
    assert_eq!(database.recount(rules()).await.unwrap(), []);
    let mut later = rules();
    later.season = thidua_domain::season::Season::of(thidua_domain::record::Period(2023));
    prepare(&database, later).await.unwrap();
    assert_eq!(database.recount(later).await.unwrap(), []);
    let tallies = database.tallies(later.season.period, None).await.unwrap();
    assert_eq!(tallies.len(), 2);
}

#[tokio::test]
async fn a_database_that_could_lose_or_garble_text_is_refused() {
    let cluster = Cluster::shared();
    let latin = "ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'";
    let hasty = cluster.database().await;
    let name = hasty.rsplit('/').next().unwrap();
    let hurry = format!("ALTER DATABASE {name} SET synchronous_commit = off");
    connect(&hasty).await.batch_execute(&hurry).await.unwrap();
    for url in [cluster.database_like(latin).await, hasty] {
        let refused = Postgres::open(&url).await.err().unwrap();
        assert!(matches!(refused, StoreError::Unsuitable(_)), "{refused}");
        let table = "SELECT to_regclass('thidua.meta')::text";
        let table: Option<String> = connect(&url)
            .await
            .query_one(table, &[])
            .await
            .unwrap()
            .get(0);
        assert_eq!(table, None);
    }
}

/// As the operator's notes set it up: an account of its own, with a password, over loopback.
#[tokio::test]
async fn an_account_that_owns_nothing_but_its_database_is_enough() {
    let cluster = Cluster::shared();
    let url = cluster.database().await;
    let (_, name) = url.rsplit_once('/').unwrap();
    connect(&url)
        .await
        .batch_execute(&format!(
            "CREATE ROLE so_thi_dua LOGIN PASSWORD 'mật khẩu'; ALTER DATABASE {name} OWNER TO so_thi_dua"
        ))
        .await
        .unwrap();
    let address = |password: &str| {
        format!(
            "postgres://so_thi_dua:{password}@127.0.0.1:{}/{name}",
            cluster.port()
        )
    };
    let database = Postgres::open(&address("m%E1%BA%ADt%20kh%E1%BA%A9u"))
        .await
        .unwrap();
    let mut tablet = Tablet::new("ta-hoc", 1, &[commune(0)]);
    tablet.add_family(&commune(0), SubjectId(1), "Lò Văn A", None);
    tablet.sync(&database).await;
    assert_eq!(tablet.replica.held, 1);
    assert!(Postgres::open(&address("khac")).await.is_err());
}

/// The database server is restarted under us: what was under way fails, what comes after does not.
#[tokio::test]
async fn lost_connections_are_replaced() {
    let (database, url) = open().await;
    let mut tablet = Tablet::new("ta-hoc", 1, &[commune(0)]);
    let raw = raw(&url).await;
    for number in 1..=3 {
        tablet.add_family(&commune(0), SubjectId(number), "Lò Văn A", None);
        // The one that finds the connection closed may fail; it is not to be the end.
        let mut attempts = 0;
        while let Err(error) = tablet.exchange(&database, tablet.request()).await {
            attempts += 1;
            assert!(attempts <= 3, "{error}");
        }
        tablet.sync(&database).await;
        raw.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
            &[],
        )
        .await
        .unwrap();
    }
    assert_eq!(tablet.replica.held, 3);
}

/// Lists of much are walks along an index: never a sort of all that matches.
#[tokio::test]
async fn long_lists_are_not_sorted() {
    let (_, url) = open().await;
    let raw = raw(&url).await;
    let (home, state) = (commune(0), EntryState::Submitted);
    raw.batch_execute(&format!(
        "INSERT INTO standing
         SELECT decode(lpad(to_hex(n), 32, '0'), 'hex'), 'cultural-family', 'family',
                CASE WHEN n % 4 = 0 THEN '{home}' ELSE lpad((n % 200)::text, 5, '0') END, NULL, 'x',
                decode(md5(n::text), 'hex'), NULL, true, true,
                CASE WHEN n % 3 = 0 THEN '{}' ELSE 'draft' END, 'open', NULL
         FROM generate_series(1, 40000) AS n;
         ANALYZE standing;",
        state.as_str()
    ))
    .await
    .unwrap();
    let place: Place = (vec![8], SubjectId(1), String::new());
    let all = || StandingFilter {
        limit: 200,
        ..StandingFilter::default()
    };
    let communes = Some(vec![home]);
    for filter in [
        all(),
        StandingFilter {
            communes: communes.clone(),
            ..all()
        },
        StandingFilter {
            state: Some(state),
            ..all()
        },
        StandingFilter {
            communes,
            state: Some(state),
            ..all()
        },
    ] {
        for after in [None, Some(place.clone())] {
            let query = Query::of(&filter, after);
            let sql = format!("EXPLAIN {}", query.sql);
            let plan = raw.query_typed(&sql, &query.parameters()).await.unwrap();
            let plan: Vec<String> = plan.iter().map(|row| row.get(0)).collect();
            assert!(plan.iter().any(|step| step.contains("Index")), "{plan:#?}");
            assert!(!plan.iter().any(|step| step.contains("Sort")), "{plan:#?}");
        }
    }
}
