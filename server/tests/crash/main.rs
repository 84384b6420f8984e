//! The real server, killed with `kill -9` again and again while tablets push to it: whatever it has
//! acknowledged is there afterwards, once. `CRASH_KILLS=200` kills more often than the default;
//! `CRASH_SEED` repeats a run as far as processes can be repeated.

#![cfg(unix)]

mod load;
mod server;

use load::{Officer, PASSWORD, PATIENCE, Shared};
use server::{Place, Server};
use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use thidua_domain::record::{FieldName, RecordKey, Value};
use thidua_domain::sync::edit::{DeviceId, Edit, EditDigest, EditId};
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::{Cursor, Request};
use thidua_server::store::contract::{Cluster, commune, random};
use tokio_postgres::NoTls;

/// Communes, and tablets in each: two who write about the same families.
const COMMUNES: usize = 3;
const TABLETS: usize = 2;
/// Kills in a run that is not asked for more.
const KILLS: u64 = 6;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_keeps_what_was_acknowledged() {
    let place = Place::new(None);
    Run::begin("sqlite", place, 1).await.kill_servers().await;
}

/// Two servers on one database: one is killed, the other goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_keeps_what_was_acknowledged() {
    let place = Place::new(Some(Cluster::shared().database().await));
    Run::begin("postgres", place, 2).await.kill_servers().await;
}

/// The database's own processes are killed; the server goes on without being started anew.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_postgres_is_found_again() {
    let cluster = Cluster::start();
    let url = cluster.database().await;
    let place = Place::new(Some(url.clone()));
    let run = Run::begin("postgres, its own processes killed", place, 1);
    run.await.kill_database_processes(&url).await;
}

/// A run: servers, tablets at work, and one who kills.
struct Run {
    name: &'static str,
    seed: u64,
    kills: u64,
    begun: Instant,
    place: Place,
    servers: Vec<Server>,
    shared: Arc<Shared>,
    officers: Vec<tokio::task::JoinHandle<Officer>>,
    below: Box<dyn FnMut(u64) -> u64 + Send>,
}

impl Run {
    async fn begin(name: &'static str, place: Place, servers: usize) -> Self {
        let number = |name| {
            std::env::var(name)
                .ok()
                .map(|text: String| text.parse().unwrap())
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let seed = number("CRASH_SEED").unwrap_or_else(|| u64::from(now.subsec_nanos()));
        let kills = number("CRASH_KILLS").unwrap_or(KILLS);
        println!("{name}: CRASH_SEED={seed} CRASH_KILLS={kills}");

        let who = |tablet: usize| (format!("can-bo-{tablet}"), tablet % COMMUNES);
        for tablet in 0..COMMUNES * TABLETS {
            let (name, at) = who(tablet);
            place.add_officer(&name, commune(at).as_str(), PASSWORD);
        }
        let servers: Vec<Server> = (0..servers).map(|_| place.start()).collect();
        let shared = Shared::new();
        shared.servers.send_replace(urls(&servers));
        let mut officers = Vec::new();
        for tablet in 0..COMMUNES * TABLETS {
            let (name, at) = who(tablet);
            let officer = Officer::sign_in(&name, tablet as u64 + 1, at, &shared, seed).await;
            officers.push(tokio::spawn(officer.work()));
        }
        Self {
            name,
            seed,
            kills,
            begun: Instant::now(),
            place,
            servers,
            shared,
            officers,
            below: Box::new(random(seed)),
        }
    }

    /// Returns at a moment nobody has chosen, with requests under way.
    async fn moment(&mut self) {
        let mut answered = self.shared.answered.subscribe();
        let enough = *answered.borrow_and_update() + (self.below)(30);
        let enough = answered.wait_for(|answered| *answered >= enough);
        let answered = tokio::time::timeout(2 * PATIENCE, enough).await;
        drop(answered.expect("no tablet is answered any more").unwrap());
        // Not a wait for something: without it every kill would follow an answer.
        tokio::time::sleep(Duration::from_micros((self.below)(15_000))).await;
        for officer in &self.officers {
            assert!(
                !officer.is_finished(),
                "a tablet has stopped; its panic is above"
            );
        }
    }

    async fn kill_servers(mut self) {
        for kill in 1..=self.kills {
            self.moment().await;
            let choice = (self.below)(self.servers.len() as u64);
            let victim = self.servers.swap_remove(usize::try_from(choice).unwrap());
            victim.kill();
            self.shared.servers.send_replace(urls(&self.servers));
            // One in eight is killed once more while it starts.
            if (self.below)(8) == 0 {
                let starting = self.place.begin();
                tokio::time::sleep(Duration::from_micros((self.below)(60_000))).await;
                starting.kill();
            }
            self.servers.push(self.place.start());
            self.shared.servers.send_replace(urls(&self.servers));
            if kill <= 3 || kill % 20 == 0 {
                self.place.assert_recount();
            }
        }
        self.end().await;
    }

    async fn kill_database_processes(mut self, url: &str) {
        for _ in 0..self.kills {
            self.moment().await;
            let mut processes = backends(url).await;
            processes.sort_unstable();
            let choice = (self.below)(processes.len() as u64);
            let process = processes[usize::try_from(choice).unwrap()].to_string();
            let killed = Command::new("kill")
                .args(["-9", &process])
                .status()
                .unwrap();
            assert!(killed.success());
            assert!(self.servers[0].is_running());
        }
        self.end().await;
    }

    /// Lets the tablets come to an end, and compares all that they were told with what there is.
    async fn end(mut self) {
        self.shared.ending.send_replace(true);
        let mut officers = Vec::new();
        for officer in std::mem::take(&mut self.officers) {
            officers.push(officer.await.unwrap());
        }
        let mut edits = 0;
        for place in 0..COMMUNES {
            let theirs =
                |officer: &&mut Officer| officer.tablet.principal.areas == [commune(place)];
            let mut written: BTreeMap<EditId, Edit> = BTreeMap::new();
            for officer in officers.iter_mut().filter(theirs) {
                written.extend(officer.tablet.log.clone());
            }
            let reader = officers.iter_mut().find(theirs).unwrap();
            let feed = whole_feed(reader, place).await;
            edits += feed.len();
            let held: BTreeMap<EditId, Edit> =
                feed.iter().map(|edit| (edit.id, edit.clone())).collect();
            assert_eq!(held.len(), feed.len(), "an edit stands in the feed twice");
            assert!(held == written, "the feed is not what was acknowledged");
            let mut merged: BTreeMap<RecordKey, RecordState> = BTreeMap::new();
            for edit in &feed {
                let record = merged.entry(edit.record.clone());
                let record = record.or_insert_with(|| RecordState::new(edit.commune.clone()));
                record.apply(edit);
            }
            for officer in officers.iter_mut().filter(theirs) {
                // The last to write is not the last to read.
                officer.see_through().await;
                let records = officer.tablet.records.iter();
                let shown = records.map(|(key, record)| (key, values(&record.shown)));
                assert!(shown.eq(merged.iter().map(|(key, state)| (key, values(state)))));
            }
        }
        self.place.assert_recount();
        println!(
            "{}: seed={} kills={} edits={edits} answered={} unanswered={} of which held={} lost=0 \
             doubled=0 recount=equal seconds={}",
            self.name,
            self.seed,
            self.kills,
            *self.shared.answered.borrow(),
            self.shared.cut.load(Ordering::Relaxed),
            self.shared.held_unanswered.load(Ordering::Relaxed),
            self.begun.elapsed().as_secs(),
        );
    }
}

fn urls(servers: &[Server]) -> Vec<String> {
    servers.iter().map(|server| server.url.clone()).collect()
}

/// What a record says, field by field: the value shown with the edit that wrote it, and its rivals. A
/// register's notes of what it has heard of depend on the order in which it heard.
fn values(record: &RecordState) -> Vec<(&FieldName, Vec<(&Value, EditId)>)> {
    let fields = record.fields.iter();
    fields
        .map(|(name, register)| {
            let heads = register.shown().into_iter().chain(register.rivals());
            (name, heads.map(|head| (&head.value, head.edit)).collect())
        })
        .collect()
}

/// Everything in a commune's feed, read from the start, each page held to the chain of digests.
async fn whole_feed(reader: &mut Officer, place: usize) -> Vec<Edit> {
    let mut cursor = Cursor::default();
    let mut feed: Vec<Edit> = Vec::new();
    loop {
        let request = Request {
            // A device that has written nothing, so that nothing is left out.
            device: DeviceId((1 << 40) + place as u64),
            last_seq: 0,
            former: Vec::new(),
            sent: None,
            edits: Vec::new(),
            cursors: vec![(commune(place), cursor)],
        };
        let answer = reader
            .exchange(&request)
            .await
            .expect("nobody kills any more");
        let Some(page) = answer.pages.into_iter().next() else {
            return feed;
        };
        assert_eq!(page.cursor.number, cursor.number + page.edits.len() as u64);
        let chain = |check: EditDigest, edit: &Edit| check.chain(edit.digest());
        assert_eq!(
            page.cursor.check,
            page.edits.iter().fold(cursor.check, chain)
        );
        cursor = page.cursor;
        feed.extend(page.edits);
    }
}

/// The database's processes that work for the server. Asked until it answers: it may be getting up.
async fn backends(url: &str) -> Vec<i32> {
    loop {
        if let Ok((client, connection)) = tokio_postgres::connect(url, NoTls).await {
            let connection = tokio::spawn(connection);
            let found = client
                .query(
                    "SELECT pid FROM pg_stat_activity
                     WHERE datname = current_database() AND application_name = 'thidua-server'",
                    &[],
                )
                .await;
            connection.abort();
            let found = found.unwrap_or_default();
            if !found.is_empty() {
                return found.iter().map(|row| row.get(0)).collect();
            }
        }
        tokio::task::yield_now().await;
    }
}
