//! A small province: the same each time, counted right, and looking as it should.

use super::*;
use crate::store::{FeedQuery, Sqlite};
use std::collections::BTreeMap;
use thidua_domain::area::AreaTree;
use thidua_domain::catalogue::Assessment;
use thidua_domain::progress::Tally;
use thidua_domain::season::Season;
use thidua_domain::sync::edit::Edit;
use thidua_domain::sync::wire::{Cursor, Page};

fn rules() -> Rules {
    Rules {
        tree: AreaTree::embedded(),
        season: Season::directive_2022(),
        packs: thidua_domain::criteria::Packs::default(),
    }
}

async fn filled(top: &str, scale: i64, seed: u64) -> (tempfile::TempDir, Sqlite, Counts) {
    let folder = tempfile::tempdir().unwrap();
    let db = Sqlite::open(folder.path()).unwrap();
    let top = AreaCode::parse(top).unwrap();
    let counts = fill(&db, rules(), &top, Scale100(scale), seed)
        .await
        .unwrap();
    (folder, db, counts)
}

/// The feeds of all communes, whole.
async fn feeds(db: &Sqlite) -> Vec<Page> {
    let communes = rules().tree.communes(rules().season.date);
    let from_start = |area: &&Area| (area.code.clone(), Cursor::default());
    let query = FeedQuery {
        cursors: communes.iter().map(from_start).collect(),
        except: None,
        readable: None,
        max_edits: usize::MAX >> 1,
        max_bytes: usize::MAX >> 1,
    };
    let mut pages = db.feeds(query).await.unwrap();
    pages.sort_by(|one, other| one.commune.cmp(&other.commune));
    assert!(pages.iter().all(|page| !page.more));
    pages
}

async fn total(db: &Sqlite, assessment: Assessment) -> Tally {
    let mut total = Tally::default();
    for (key, tally) in db.tallies(rules().season.period, None).await.unwrap() {
        if key.assessment == assessment {
            total += tally;
        }
    }
    total
}

fn percent(part: i64, whole: i64) -> i64 {
    assert!(whole > 0);
    part * 100 / whole
}

#[tokio::test]
async fn the_same_seed_makes_the_same_feeds() {
    let mut digests = Vec::new();
    for seed in [1, 1, 2] {
        let (_folder, db, _) = filled("118", 6, seed).await;
        let ends: Vec<_> = feeds(&db).await.iter().map(|page| page.cursor).collect();
        assert_eq!(ends.len(), 11, "communes of huyện Quỳnh Nhai");
        digests.push(ends);
    }
    assert_eq!(digests[0], digests[1]);
    assert_ne!(digests[0], digests[2]);
}

#[tokio::test]
async fn counts_are_right_and_make_sense() {
    let (_folder, db, counts) = filled(DISTRICT, 50, SEED).await;
    assert_eq!(db.recount(rules()).await.unwrap(), []);
    assert_eq!(counts.communes, 11);

    let families = total(&db, Assessment::CulturalFamily).await;
    let share = percent(families.accepted.met, families.accepted.total());
    // Eleven communes, each with a character of its own.
    assert!((63..=78).contains(&share), "{share} % earn the title");
    let share = percent(families.accepted.total(), families.expected);
    assert!((50..=85).contains(&share), "{share} % are accepted");
    for (what, count) in [
        ("drafts", families.draft.total()),
        ("submitted", families.submitted.total()),
        ("returned", families.returned.total()),
        ("changed", families.changed.total()),
    ] {
        let share = percent(count * 10, families.expected);
        assert!((1..150).contains(&share), "{share} ‰ are {what}");
    }
    let poor = total(&db, Assessment::PovertyReview).await;
    let share = percent(poor.accepted.met, poor.accepted.total());
    assert!((15..=25).contains(&share), "{share} % are poor");
    for assessment in [Assessment::SafeResidentialArea, Assessment::SafeUnit] {
        let safe = total(&db, assessment).await;
        let share = percent(safe.accepted.met, safe.accepted.total());
        // Only 50 residential areas at this scale: chance moves the share by several points.
        assert!((72..=98).contains(&share), "{share} % are safe");
    }

    // The officers of the demonstration find what they are to be shown.
    let tallies = db.tallies(rules().season.period, None).await.unwrap();
    for (code, least, most) in [("03718", 70, 100), ("03682", 0, 0)] {
        let (_, tally) = tallies
            .iter()
            .find(|(key, _)| {
                key.commune.as_str() == code && key.assessment == Assessment::CulturalFamily
            })
            .unwrap();
        let share = percent(tally.accepted.total(), tally.expected);
        assert!((least..=most).contains(&share), "{code}: {share} %");
    }

    // A second run leaves everything as it is.
    let top = AreaCode::parse(DISTRICT).unwrap();
    let again = fill(&db, rules(), &top, Scale100(20), SEED).await.unwrap();
    assert_eq!(again, Counts::default());
    assert_eq!(
        db.tallies(rules().season.period, None).await.unwrap(),
        tallies
    );
}

#[tokio::test]
async fn every_commune_of_the_province_is_filled() {
    let (_folder, db, counts) = filled("14", 1, SEED).await;
    assert_eq!(counts.communes, 204);
    let tallies = db.tallies(rules().season.period, None).await.unwrap();
    let communes: BTreeSet<_> = tallies.keys().map(|key| &key.commune).collect();
    assert_eq!(communes.len(), 204);
    let rural = total(&db, Assessment::NewRuralCommune).await;
    // Those that have an entry: a late commune has none yet.
    assert!(rural.expected <= 188, "{}", rural.expected);
    assert_eq!((rural.accepted.met, rural.submitted.met), (54, 7));
    assert_eq!(db.recount(rules()).await.unwrap(), []);
}

#[tokio::test]
async fn the_year_goes_from_january_to_december() {
    let (_folder, db, _) = filled("118", 6, SEED).await;
    let pages = feeds(&db).await;
    let edits: Vec<&Edit> = pages.iter().flat_map(|page| &page.edits).collect();
    // Tenths of the way from 1 January to 31 December.
    let (first, last) = (calendar::morning((1, 1)), calendar::morning((12, 31)));
    let mut tenths: BTreeMap<u64, usize> = BTreeMap::new();
    for edit in &edits {
        let millis = edit.time.millis();
        assert!((first..last).contains(&millis), "{}", edit.id);
        *tenths
            .entry((millis - first) * 10 / (last - first))
            .or_default() += 1;
    }
    assert!(tenths.len() >= 8, "edits stand together: {tenths:?}");
    assert!(tenths[&0] * 8 > edits.len(), "January is for the register");
    // Nobody's clock stood still: most moments are one edit's own.
    let moments: BTreeSet<u64> = edits.iter().map(|edit| edit.time.millis()).collect();
    assert!(moments.len() * 2 > edits.len());
    // What arrived, arrived after it was done.
    for (commune, arrived) in db.last_edits(None).await.unwrap() {
        // A district's own feed is the office's, not a commune's.
        let Some(page) = pages.iter().find(|page| page.commune == commune) else {
            assert_eq!(commune.as_str(), DISTRICT);
            continue;
        };
        let last = page.edits.last().unwrap().time.millis();
        assert!(last <= arrived && arrived < calendar::morning((12, 31)) + 86_400_000);
    }
}

#[tokio::test]
async fn other_data_is_left_alone() {
    let (_folder, db, _) = filled("118", 1, SEED).await;
    let before = db.last_edits(None).await.unwrap();
    let refused = run(&db, rules(), false).await.unwrap_err().to_string();
    assert!(refused.contains("--data-dir"), "{refused}");
    assert_eq!(db.last_edits(None).await.unwrap(), before);
    assert!(db.accounts().await.unwrap().is_empty());
}
