//! What followers of feeds see.

use super::fixture::*;
use crate::store::{Database, FeedQuery};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::SubjectId;
use thidua_domain::sync::edit::{DeviceId, Edit, EditDigest};
use thidua_domain::sync::wire::{Cursor, Page};

fn query(commune: &AreaCode, cursor: Cursor) -> FeedQuery {
    FeedQuery {
        cursors: vec![(commune.clone(), cursor)],
        except: None,
        readable: None,
        max_edits: 1_000,
        max_bytes: 1 << 20,
    }
}

async fn page<D: Database>(database: &D, query: FeedQuery) -> Option<Page> {
    let mut pages = database.feeds(query).await.unwrap();
    assert!(pages.len() <= 1);
    pages.pop()
}

/// A tablet that has added so many families.
fn filled(device: u64, home: &AreaCode, families: u128) -> Tablet {
    let account = format!("officer-{device}");
    let mut tablet = Tablet::new(&account, device, std::slice::from_ref(home));
    for number in 1..=families {
        let id = SubjectId((u128::from(device) << 64) + number);
        tablet.add_family(home, id, &format!("Lò Văn {number}"), None);
    }
    tablet
}

/// Hundreds of transactions at once, through several openings of one database, while followers read.
pub async fn feeds_are_gap_free_under_concurrent_writers<D: Database>(openings: &[D]) {
    const WRITERS: u64 = 24;
    const EDITS: u128 = 20;
    let home = commune(0);
    let done = Arc::new(AtomicBool::new(false));

    let followers: Vec<_> = openings
        .iter()
        .map(|database| tokio::spawn(follow(database.clone(), home.clone(), Arc::clone(&done))))
        .collect();
    let writers: Vec<_> = (1..=WRITERS)
        .zip(openings.iter().cycle())
        .map(|(device, database)| {
            let (database, tablet) = (database.clone(), filled(device, &home, EDITS));
            tokio::spawn(async move {
                for edit in tablet.log.values() {
                    let last_seq = tablet.replica.last_seq;
                    tablet
                        .push(&database, last_seq, vec![edit.clone()])
                        .await
                        .unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    done.store(true, Ordering::Release);
    let whole = whole_feed(&openings[0], &home).await;
    assert_eq!(whole.len() as u128, u128::from(WRITERS) * EDITS);
    let ids: BTreeSet<_> = whole.iter().map(|edit| edit.id).collect();
    assert_eq!(ids.len(), whole.len(), "an edit stands in the feed twice");
    for follower in followers {
        assert_eq!(follower.await.unwrap(), whole);
    }
    let tally = counts(&openings[0], &home, Assessment::CulturalFamily).await;
    assert_eq!(i128::from(tally.expected), whole.len() as i128);
}

/// Reads a feed in small pages until the writers are done and there is nothing more.
async fn follow<D: Database>(database: D, home: AreaCode, done: Arc<AtomicBool>) -> Vec<Edit> {
    let mut cursor = Cursor::default();
    let mut edits = Vec::new();
    loop {
        // Asked before reading: what is read after the last commit is everything.
        let last = done.load(Ordering::Acquire);
        let mut asked = query(&home, cursor);
        asked.max_edits = 7;
        match page(&database, asked).await {
            Some(page) => {
                let read = page.edits.len() as u64;
                assert_eq!(page.cursor.number, cursor.number + read, "a gap");
                let check = page
                    .edits
                    .iter()
                    .fold(cursor.check, |check, edit| check.chain(edit.digest()));
                assert_eq!(page.cursor.check, check, "an edit came in between later");
                cursor = page.cursor;
                edits.extend(page.edits);
            }
            None if last => return edits,
            None => tokio::task::yield_now().await,
        }
    }
}

pub async fn a_device_is_spared_its_own_edits<D: Database>(database: &D) {
    let home = commune(0);
    let mut own = filled(1, &home, 5);
    let mut other = filled(2, &home, 3);
    own.sync(database).await;
    other.sync(database).await;
    let mut asked = query(&home, Cursor::default());
    asked.except = Some((DeviceId(1), 4));
    let page = page(database, asked).await.unwrap();
    // Number 5 was not known to have been given when the request left.
    let ids: Vec<_> = page
        .edits
        .iter()
        .map(|edit| (edit.id.device.0, edit.id.seq))
        .collect();
    assert_eq!(ids, [(1, 5), (2, 1), (2, 2), (2, 3)]);
    assert_eq!(page.cursor.number, 8);
    assert!(!page.more);
}

pub async fn feeds_keep_to_their_limits<D: Database>(database: &D) {
    let communes: Vec<AreaCode> = (0..3).map(commune).collect();
    for (device, home) in (1..).zip(&communes) {
        filled(device, home, 4).sync(database).await;
    }
    let mut cursors: Vec<_> = communes
        .iter()
        .map(|c| (c.clone(), Cursor::default()))
        .collect();
    let mut answers = Vec::new();
    for max_bytes in [1, usize::MAX] {
        for answer in 0.. {
            let query = FeedQuery {
                cursors: cursors.clone(),
                except: None,
                readable: None,
                max_edits: 5,
                max_bytes,
            };
            let pages = database.feeds(query).await.unwrap();
            let edits: usize = pages.iter().map(|page| page.edits.len()).sum();
            let most = if max_bytes == 1 { 1 } else { 5 };
            assert!(edits <= most, "{edits}");
            for page in &pages {
                let slot = cursors
                    .iter_mut()
                    .find(|(c, _)| *c == page.commune)
                    .unwrap();
                slot.1 = page.cursor;
            }
            answers.push(edits);
            if pages.iter().all(|page| !page.more) {
                break;
            }
            assert!(answer < 20, "no progress");
        }
        assert_eq!(answers.iter().sum::<usize>(), 12);
        answers.clear();
        cursors
            .iter_mut()
            .for_each(|slot| slot.1 = Cursor::default());
    }
}

pub async fn an_unknown_cursor_starts_anew<D: Database>(database: &D) {
    let home = commune(0);
    filled(1, &home, 3).sync(database).await;
    let end = page(database, query(&home, Cursor::default()))
        .await
        .unwrap()
        .cursor;
    assert_eq!(
        database.feed_check(home.clone(), 3).await.unwrap(),
        Some(end.check)
    );
    assert_eq!(database.feed_check(home.clone(), 4).await.unwrap(), None);
    assert!(page(database, query(&home, end)).await.is_none());

    // Of a server that was restored from a backup: other content, or a number beyond the end.
    for (number, check) in [(3, EditDigest(1)), (9, end.check), (u64::MAX, end.check)] {
        let page = page(database, query(&home, Cursor { number, check }))
            .await
            .unwrap();
        assert_eq!(page.edits.len(), 3);
        assert_eq!(page.cursor, end);
    }
    // And of one whose feed is empty now.
    let empty = commune(1);
    let page = page(database, query(&empty, end)).await.unwrap();
    assert_eq!((page.cursor, page.edits.len()), (Cursor::default(), 0));
}
