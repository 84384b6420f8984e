//! A small province: the same each time, counted right, and looking as it should.

use super::*;
use crate::store::Sqlite;
use thidua_domain::area::AreaTree;
use thidua_domain::catalogue::Assessment;
use thidua_domain::progress::Tally;
use thidua_domain::season::Season;

fn rules() -> Rules {
    Rules {
        tree: AreaTree::embedded(),
        season: Season::directive_2022(),
    }
}

async fn filled(seed: u64) -> (tempfile::TempDir, Sqlite) {
    let folder = tempfile::tempdir().unwrap();
    let db = Sqlite::open(folder.path()).unwrap();
    let top = AreaCode::parse(DISTRICT).unwrap();
    fill(&db, rules(), &top, Scale100(12), seed).await.unwrap();
    (folder, db)
}

async fn total(db: &Sqlite, assessment: Assessment) -> Tally {
    let mut total = Tally::default();
    for (key, tally) in db.tallies(rules().season.period).await.unwrap() {
        if key.assessment == assessment {
            total += tally;
        }
    }
    total
}

#[tokio::test]
async fn the_same_seed_makes_the_same_feeds() {
    let mut digests = Vec::new();
    for seed in [1, 1, 2] {
        let (_folder, db) = filled(seed).await;
        let commune = AreaCode::parse("03751").unwrap();
        let mut last = None;
        let mut number = 1;
        while let Some(check) = db.feed_check(commune.clone(), number).await.unwrap() {
            last = Some((number, check));
            number += 1;
        }
        digests.push(last.expect("the commune has edits"));
    }
    assert_eq!(digests[0], digests[1]);
    assert_ne!(digests[0], digests[2]);
}

#[tokio::test]
async fn counts_are_right_and_make_sense() {
    let (_folder, db) = filled(SEED).await;
    assert_eq!(db.recount(rules()).await.unwrap(), []);
    let families = total(&db, Assessment::CulturalFamily).await;
    let share = families.accepted.met * 100 / families.accepted.total();
    assert!(
        (66..=82).contains(&share),
        "{share} % of accepted families earn the title"
    );
    let poor = total(&db, Assessment::PovertyReview).await;
    let share = poor.accepted.met * 100 / poor.accepted.total();
    assert!((14..=28).contains(&share), "{share} % of families are poor");
    assert!(
        families.reported() < families.expected,
        "some communes are late"
    );
    assert!(families.returned.total() > 0 && families.draft.total() > 0);

    // A second run leaves everything as it is.
    let before = db.tallies(rules().season.period).await.unwrap();
    let top = AreaCode::parse(DISTRICT).unwrap();
    fill(&db, rules(), &top, Scale100(12), SEED).await.unwrap();
    assert_eq!(db.tallies(rules().season.period).await.unwrap(), before);
}
