//! How many edits per second go through `transact`, in pushes of a thousand:
//! `cargo run --release -p thidua-server --features contract --example throughput -- 20000`
//! With `DATABASE_URL` it is PostgreSQL, in a database that is empty and stays as it then is.

use std::time::{Duration, Instant};
use thidua_domain::catalogue::Assessment;
use thidua_domain::entry::EntryState;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_server::store::contract::{PERIOD, Tablet, commune, complete_family, rules};
use thidua_server::store::{AnyDatabase, Database, Postgres, Sqlite, StandingFilter};

#[tokio::main]
async fn main() {
    let families: u128 = std::env::args()
        .nth(1)
        .and_then(|count| count.parse().ok())
        .unwrap_or(20_000);
    let directory = std::env::temp_dir().join(format!("thidua-throughput-{}", std::process::id()));
    let database = match std::env::var("DATABASE_URL") {
        Ok(url) => AnyDatabase::Postgres(Postgres::open(&url).await.expect("a database")),
        Err(_) => AnyDatabase::Sqlite(Sqlite::open(&directory).expect("a new database")),
    };
    let fields = complete_family();
    let fields: Vec<_> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.clone()))
        .collect();

    let (mut pushing, mut edits) = (Duration::ZERO, 0);
    for start in (0..families).step_by(250) {
        let home = commune((start / 1_500) as usize % 204);
        let device = start as u64 + 1;
        let account = format!("officer-{device}");
        let mut tablet = Tablet::new(&account, device, std::slice::from_ref(&home));
        // Four edits of each family: 1,000 in all.
        for number in start..start + 250 {
            let id = SubjectId(number.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835));
            let entry = RecordKey::entry(id, Assessment::CulturalFamily, PERIOD);
            tablet.add_family(
                &home,
                id,
                &format!("Lò Văn {number}"),
                Some(SubjectId(start)),
            );
            tablet.write(&home, &entry, &[("registered", true.into())]);
            tablet.write(&home, &entry, &fields);
            tablet.submit(&home, &entry);
        }
        let batch: Vec<_> = tablet.log.values().cloned().collect();
        edits += batch.len();
        let begun = Instant::now();
        let last_seq = tablet.replica.last_seq;
        tablet
            .push(&database, last_seq, batch)
            .await
            .expect("a push");
        pushing += begun.elapsed();
    }
    let rate = edits as f64 / pushing.as_secs_f64();
    println!(
        "{edits} edits in {:.1} s: {rate:.0} per second",
        pushing.as_secs_f64()
    );
    read(&database).await;
    drop(database);
    if directory.exists() {
        std::fs::remove_dir_all(directory).expect("it was ours");
    }
}

/// What the lists and a recount cost with all of that in the database.
async fn read(database: &AnyDatabase) {
    async fn timed<T>(what: &str, work: impl Future<Output = T>) -> T {
        let begun = Instant::now();
        let result = work.await;
        println!("{what}: {:.1} ms", begun.elapsed().as_secs_f64() * 1_000.0);
        result
    }
    timed("kept counts", database.tallies(PERIOD, None))
        .await
        .expect("counts");
    let filter = |communes, state| StandingFilter {
        communes,
        state,
        assessment: Some(Assessment::CulturalFamily),
        limit: 200,
        ..StandingFilter::default()
    };
    let several = || Some((0..20).map(commune).collect());
    let submitted = Some(EntryState::Submitted);
    for (what, filter) in [
        ("page of the province", filter(None, None)),
        ("page of a district", filter(several(), None)),
        (
            "page of what waits in a district",
            filter(several(), submitted),
        ),
        ("page of a commune", filter(Some(vec![commune(0)]), None)),
    ] {
        timed(what, database.standings(filter))
            .await
            .expect("a page");
    }
    let areas = database.residential_area_tallies(PERIOD, commune(0));
    timed("residential areas of a commune", areas)
        .await
        .expect("counts");
    let differences = timed("recount", database.recount(rules()))
        .await
        .expect("a recount");
    assert_eq!(differences, []);
    timed("rebuild", database.rebuild(rules(), String::new()))
        .await
        .expect("a rebuild");
}
