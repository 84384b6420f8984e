//! The log of deeds.

use super::fixture::*;
use crate::audit::{Deed, Note, Verifier};
use crate::store::Database;
use futures_util::future::join_all;

pub async fn deeds_are_noted_in_one_chain<D: Database>(database: &D) {
    assert_eq!(database.notes(0, 10).await.unwrap(), []);
    const MANY: u64 = 40;
    let at_once = (0..MANY).map(|id| {
        let about = format!("03751/{id}");
        database.note(Note::new(NOW, "so-noi-vu", Deed::EntryRead, &about))
    });
    for noted in join_all(at_once).await {
        noted.unwrap();
    }
    let mut verifier = Verifier::default();
    let (first, rest) = (
        database.notes(0, 15).await.unwrap(),
        database.notes(15, 1000).await.unwrap(),
    );
    let all: Vec<_> = first.into_iter().chain(rest).collect();
    assert!(all.iter().map(|row| row.number).eq(1..=MANY));
    assert!(all.iter().all(|row| verifier.follows(row)));
    let mut abouts: Vec<_> = all.iter().map(|row| row.note.about.clone()).collect();
    abouts.sort_by_key(|about| about.len());
    abouts.dedup();
    assert_eq!(abouts.len() as u64, MANY);
    assert_eq!(all[7].note.deed, Deed::EntryRead);
}
