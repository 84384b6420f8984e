//! Areas that go to another commune, and what is written about them meanwhile.

use super::fixture::*;
use crate::areas::{Move, Mover, relocate};
use crate::store::plan::{Unplanned, carry_out};
use crate::store::{Database, HandoverFilter, HandoverRow, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::access::{Principal, Role};
use thidua_domain::area::AreaCode;
use thidua_domain::book::{Book, YEAR};
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::entry::EntryState;
use thidua_domain::record::{FieldName, RecordKey, SubjectId};
use thidua_domain::subject;
use thidua_domain::sync::clock::Hlc;
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::hub::{self, Decision, HandoverError};
use thidua_domain::sync::register::Register;
use thidua_domain::sync::wire::RejectReason;

const AREA: SubjectId = SubjectId(900);
const HUB: DeviceId = DeviceId(1 << 40);

fn family(id: u128) -> RecordKey {
    RecordKey::subject_record(SubjectKind::Family, SubjectId(id))
}

fn entry_of(id: u128) -> RecordKey {
    RecordKey::entry(SubjectId(id), Assessment::CulturalFamily, PERIOD)
}

/// A tablet of the officer of some communes.
fn tablet(account: &str, device: u64, places: &[usize]) -> Tablet {
    let communes: Vec<AreaCode> = places.iter().map(|place| commune(*place)).collect();
    Tablet::new(account, device, &communes)
}

/// Moves an area, or all of a commune, from one commune to another.
async fn send<D: Database>(database: &D, area: Option<SubjectId>, from: usize, to: usize) -> usize {
    let mover = Mover {
        principal: Principal::new(
            "quan-tri",
            Role::Administrator,
            vec![rules().tree.province().code.clone()],
        ),
        hub: HUB,
        time: Hlc::from_millis(NOW),
        now_ms: NOW,
    };
    let what = Move {
        from: commune(from),
        residential_area: area,
        to: commune(to),
    };
    relocate(database, rules(), &mover, &what).await.unwrap()
}

/// An area with so many families, each with an entry that was handed in, entered on a tablet in commune 0.
async fn settled<D: Database>(database: &D, families: u128) -> Tablet {
    let home = commune(0);
    let mut tablet = tablet("ta-hoc", 1, &[0]);
    tablet.add_area(&home, AREA, "Bản Sàng");
    for id in 1..=families {
        tablet.add_family(&home, SubjectId(id), &format!("Lò Văn {id}"), Some(AREA));
        let fields = complete_family();
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        tablet.write(&home, &entry_of(id), &fields);
        tablet.submit(&home, &entry_of(id));
    }
    tablet.sync(database).await;
    tablet
}

/// What a tablet shows of a record, whatever commune it takes it for: of a new one that was sent elsewhere, its
/// writer knows that only by where its area lives.
fn fields<'a>(tablet: &'a Tablet, key: &RecordKey) -> Option<&'a BTreeMap<FieldName, Register>> {
    tablet.shown(key).map(|state| &state.fields)
}

async fn expected<D: Database>(database: &D, place: usize) -> i64 {
    let tally = counts(database, &commune(place), Assessment::CulturalFamily).await;
    tally.expected
}

async fn whole<D: Database>(database: &D) {
    assert_eq!(database.recount(rules()).await.unwrap(), []);
}

async fn waiting<D: Database>(database: &D, place: usize) -> Vec<HandoverRow> {
    let here = HandoverFilter::WaitingIn(BTreeSet::from([commune(place)]));
    database.handovers(here, 100).await.unwrap()
}

#[derive(Debug, thiserror::Error)]
enum Undecided {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Handover(#[from] HandoverError),
}

/// The officer of a commune decides about what an author wrote about a record.
async fn decide_about<D: Database>(
    database: &D,
    place: usize,
    author: &str,
    record: &RecordKey,
    decision: Decision,
) -> Result<usize, HandoverError> {
    let rows = database
        .handovers(HandoverFilter::About(record.clone()), 100)
        .await;
    let edits: Vec<_> = rows.unwrap().into_iter().map(|row| row.edit).collect();
    let officer = tablet("can-bo-moi", 99, &[place]).principal;
    let needs = hub::needs_of_handover(HUB, record, &edits, &commune(place));
    let author = author.to_owned();
    let plan = move |loaded| {
        let now = Hlc::from_millis(NOW + 1);
        hub::plan_handover(rules(), &officer, HUB, &author, &decision, now, loaded).map_err(
            |error| match error {
                HandoverError::MoreFeeds(more) => Unplanned::More(more),
                error => Unplanned::Failed(Undecided::from(error)),
            },
        )
    };
    match carry_out(database, NOW + 1, needs, plan).await {
        Ok(count) => Ok(count),
        Err(Undecided::Handover(error)) => Err(error),
        Err(Undecided::Store(error)) => panic!("{error}"),
    }
}

pub async fn an_area_moves_with_everything_in_it<D: Database>(database: &D) {
    let mut old = settled(database, 4).await;
    let verdict = accept(database, &entry_of(1)).await;
    decide(database, HUB, &entry_of(1), verdict).await.unwrap();
    let mut new = tablet("chieng-ngan", 2, &[1]);
    new.add_family(&commune(1), SubjectId(50), "Cà Văn Bình", None);
    new.sync(database).await;
    let before = database.records(SubjectId(1)).await.unwrap();

    assert_eq!(send(database, Some(AREA), 0, 1).await, 5);
    whole(database).await;
    assert_eq!(
        (expected(database, 0).await, expected(database, 1).await),
        (0, 5)
    );
    let tally = counts(database, &commune(1), Assessment::CulturalFamily).await;
    assert_eq!((tally.accepted.met, tally.submitted.met), (1, 3));
    let areas = database
        .residential_area_tallies(PERIOD, commune(1))
        .await
        .unwrap();
    assert_eq!(areas[0].id, Some(AREA));

    // What it says, who said so and what was decided: all of it is as it was.
    let mut after = database.records(SubjectId(1)).await.unwrap();
    after.remove(&thidua_domain::place::record(SubjectId(1)));
    assert_eq!(after, before);

    // The one commune's tablets learn that it has left, the other's get it whole.
    new.sync(database).await;
    for id in 1..=4 {
        let records = database.records(SubjectId(id)).await.unwrap();
        for (key, state) in records {
            assert_eq!(new.shown(&key), Some(&state), "{key}");
        }
    }
    old.sync(database).await;
    let place = old.shown(&thidua_domain::place::record(SubjectId(1)));
    assert_eq!(place.and_then(thidua_domain::place::of), Some(commune(1)));
    // They are not shown what happens to it from then on.
    new.write(
        &commune(1),
        &family(2),
        &[(subject::field::HOUSE_NO, "12".into())],
    );
    new.sync(database).await;
    old.sync(database).await;
    assert_eq!(
        old.shown(&family(2)).unwrap().get(subject::field::HOUSE_NO),
        None
    );
    let fresh = {
        let mut fresh = tablet("ta-hoc", 3, &[0]);
        fresh.sync(database).await;
        fresh
    };
    assert_eq!(fresh.shown(&family(2)), None);

    // Nothing is left to move, and it can go back.
    assert_eq!(send(database, Some(AREA), 0, 1).await, 0);
    assert_eq!(send(database, Some(AREA), 1, 0).await, 5);
    assert_eq!(
        (expected(database, 0).await, expected(database, 1).await),
        (4, 1)
    );
    old.sync(database).await;
    let house = old.shown(&family(2)).unwrap().get(subject::field::HOUSE_NO);
    assert_eq!(house, Some(&"12".into()));
    whole(database).await;
}

pub async fn unsent_edits_go_where_the_area_has_gone<D: Database>(database: &D) {
    settled(database, 2).await;
    // An officer of both communes, without a connection.
    let mut both = tablet("hai-xa", 2, &[0, 1]);
    both.sync(database).await;
    both.write(
        &commune(0),
        &family(1),
        &[(subject::field::HOUSE_NO, "7".into())],
    );
    both.add_family(&commune(0), SubjectId(60), "Giàng A Páo", Some(AREA));
    send(database, Some(AREA), 0, 1).await;

    let response = both.exchange(database, both.request()).await.unwrap();
    assert_eq!((response.held, response.rejected.len()), (2, 0));
    // Known again by what was sent, whatever feed it went into.
    let again = both.exchange(database, both.request()).await.unwrap();
    assert_eq!(again.held, 2);
    both.sync(database).await;
    let record = &database.records(SubjectId(1)).await.unwrap()[&family(1)];
    assert_eq!(record.get(subject::field::HOUSE_NO), Some(&"7".into()));
    assert_eq!(
        (expected(database, 0).await, expected(database, 1).await),
        (0, 3)
    );
    whole(database).await;

    let mut new = tablet("chieng-ngan", 3, &[1]);
    new.sync(database).await;
    for key in [family(1), family(2), family(60)] {
        assert_eq!(fields(&new, &key), fields(&both, &key), "{key}");
    }
}

pub async fn what_is_another_communes_now_is_kept_and_taken_over<D: Database>(database: &D) {
    let mut old = settled(database, 2).await;
    old.write(
        &commune(0),
        &family(1),
        &[(subject::field::HOUSE_NO, "7".into())],
    );
    old.write(
        &commune(0),
        &family(1),
        &[(subject::field::HOUSE_NO, "8".into())],
    );
    old.write(
        &commune(0),
        &family(2),
        &[(subject::field::HEAD, "Lò Thị Hai".into())],
    );
    old.add_family(&commune(0), SubjectId(60), "Giàng A Páo", Some(AREA));
    old.write(
        &commune(0),
        &family(60),
        &[(subject::field::HOUSE_NO, "60".into())],
    );
    send(database, Some(AREA), 0, 1).await;
    let mut new = tablet("chieng-ngan", 2, &[1]);
    new.sync(database).await;

    for _ in 0..2 {
        let response = old.exchange(database, old.request()).await.unwrap();
        assert_eq!(response.held, response.rejected.last().unwrap().seq);
        let reasons = response.rejected.iter().map(|rejection| rejection.reason);
        assert!(reasons.eq([RejectReason::NotYourArea; 5]));
    }
    old.sync(database).await;
    assert_eq!(old.rejected.len(), 5);
    assert_eq!(waiting(database, 0).await, []);
    let kept = waiting(database, 1).await;
    assert_eq!(kept.len(), 5);
    assert!(kept.iter().all(|row| old.log[&row.edit.id] == row.edit));

    // Nobody else's to decide about.
    let elsewhere = decide_about(database, 0, "ta-hoc", &family(1), Decision::Take).await;
    assert_eq!(elsewhere, Err(HandoverError::Elsewhere));
    let silent = Decision::Decline {
        reason: " ".to_owned(),
    };
    let refused = decide_about(database, 1, "ta-hoc", &family(1), silent).await;
    assert_eq!(refused, Err(HandoverError::ReasonMissing));

    let taken = decide_about(database, 1, "ta-hoc", &family(1), Decision::Take).await;
    assert_eq!(taken, Ok(2));
    let twice = decide_about(database, 1, "ta-hoc", &family(1), Decision::Take).await;
    assert_eq!(twice, Err(HandoverError::NothingWaits));
    let declined = Decision::Decline {
        reason: "Hộ này đã đổi chủ hộ khác.".to_owned(),
    };
    assert_eq!(
        decide_about(database, 1, "ta-hoc", &family(2), declined).await,
        Ok(1)
    );
    let taken = decide_about(database, 1, "ta-hoc", &family(60), Decision::Take).await;
    assert_eq!(taken, Ok(2));
    assert_eq!(waiting(database, 1).await, []);

    // The second edit goes on from the first: nothing is in conflict.
    let record = &database.records(SubjectId(1)).await.unwrap()[&family(1)];
    assert_eq!(record.get(subject::field::HOUSE_NO), Some(&"8".into()));
    assert_eq!(record.conflicts().count(), 0);
    new.sync(database).await;
    assert_eq!(new.shown(&family(1)), Some(record));
    assert_eq!(
        new.shown(&family(2)).unwrap().text(subject::field::HEAD),
        Some("Lò Văn 2")
    );
    assert_eq!(
        new.shown(&family(60)).unwrap().text(subject::field::HEAD),
        Some("Giàng A Páo")
    );
    assert_eq!(expected(database, 1).await, 3);
    whole(database).await;

    // The writer can ask what became of it.
    let own = HandoverFilter::WrittenBy("ta-hoc".to_owned());
    let own = database.handovers(own, 100).await.unwrap();
    assert_eq!(own.len(), 5);
    let reasons: Vec<_> = own
        .iter()
        .filter_map(|row| row.decided.as_ref())
        .filter(|(decided, _)| decided.taken_as.is_none())
        .map(|(decided, _)| (decided.by.as_str(), decided.reason.as_str()))
        .collect();
    assert_eq!(reasons, [("can-bo-moi", "Hộ này đã đổi chủ hộ khác.")]);
}

pub async fn what_a_reassigned_officer_had_not_sent_is_kept<D: Database>(database: &D) {
    let mut officer = settled(database, 1).await;
    officer.write(
        &commune(0),
        &family(1),
        &[(subject::field::HOUSE_NO, "7".into())],
    );
    officer.principal.areas = vec![commune(2)];
    officer.sync(database).await;
    assert_eq!(officer.rejected.len(), 1);
    assert_eq!(waiting(database, 0).await.len(), 1);
    // It goes with the area if that goes on.
    send(database, Some(AREA), 0, 1).await;
    assert_eq!(waiting(database, 0).await, []);
    let taken = decide_about(database, 1, "ta-hoc", &family(1), Decision::Take).await;
    assert_eq!(taken, Ok(1));
    whole(database).await;
}

pub async fn a_whole_commune_becomes_part_of_another<D: Database>(database: &D) {
    let mut old = settled(database, 3).await;
    let movements = Book::by_id("phong-trao").unwrap();
    let book = movements.fixed(&commune(0), PERIOD)[0].key.clone();
    let said = [("joined", true.into()), (YEAR, i64::from(PERIOD.0).into())];
    old.write(&commune(0), &book, &said);
    old.sync(database).await;
    old.add_family(&commune(0), SubjectId(61), "Mùa A Chu", None);
    // The commune itself, three families, the area and a line of its books.
    assert_eq!(send(database, None, 0, 1).await, 6);
    assert_eq!(send(database, None, 0, 1).await, 0);
    assert_eq!(
        (expected(database, 0).await, expected(database, 1).await),
        (0, 3)
    );
    whole(database).await;

    // The officer goes with the commune, and with what was not sent.
    old.principal.areas = vec![commune(1)];
    old.sync(database).await;
    assert_eq!(old.rejected.len(), 0);
    assert_eq!(expected(database, 1).await, 4);
    let mut new = tablet("chieng-ngan", 2, &[1]);
    new.sync(database).await;
    for key in [family(1), entry_of(3), family(61), book] {
        assert!(new.shown(&key).is_some(), "{key}");
        assert_eq!(fields(&new, &key), fields(&old, &key), "{key}");
    }
    let filter = crate::store::StandingFilter {
        communes: Some(vec![commune(1)]),
        state: Some(EntryState::Submitted),
        limit: 10,
        ..Default::default()
    };
    assert_eq!(database.standings(filter).await.unwrap().rows.len(), 3);
    whole(database).await;
}

/// Two officers push while the area goes to and fro: nothing is lost, and every count is right.
pub async fn pushes_during_moves_lose_nothing<D: Database>(database: &D) {
    settled(database, 6).await;
    // Of what has never moved, nothing is kept for anybody: whoever writes it where it is not took another's.
    send(database, Some(AREA), 0, 1).await;
    whole(database).await;
    let moving = {
        let database = database.clone();
        tokio::spawn(async move {
            for round in 1..7 {
                send(&database, Some(AREA), round % 2, 1 - round % 2).await;
            }
        })
    };
    let pushing: Vec<_> = [0, 1]
        .map(|place| {
            let database = database.clone();
            tokio::spawn(async move {
                let mut tablet = tablet(&format!("xa-{place}"), 10 + place as u64, &[place]);
                tablet.sync(&database).await;
                for round in 0..12_u128 {
                    let id = 1 + round % 6;
                    let house = format!("{place}.{round}");
                    let fields = [(subject::field::HOUSE_NO, house.as_str().into())];
                    tablet.write(&commune(place), &family(id), &fields);
                    let new = SubjectId(1_000 + 100 * place as u128 + round);
                    tablet.add_family(&commune(place), new, "Vàng A Sử", Some(AREA));
                    tablet.sync(&database).await;
                }
                tablet
            })
        })
        .into_iter()
        .collect();
    let mut written = 0;
    let mut kept = 0;
    for pushing in pushing {
        let tablet = pushing.await.unwrap();
        assert_eq!(tablet.replica.waiting(), 0);
        written += tablet.log.len();
        kept += tablet.rejected.len();
    }
    moving.await.unwrap();
    whole(database).await;
    assert_eq!(
        waiting(database, 0).await.len() + waiting(database, 1).await.len(),
        kept
    );
    let mut feeds = whole_feed(database, &commune(0)).await;
    feeds.extend(whole_feed(database, &commune(1)).await);
    let own = |edit: &&thidua_domain::sync::edit::Edit| edit.author.starts_with("xa-");
    assert_eq!(feeds.iter().filter(own).count() + kept, written);
}
