//! Communes that end: nothing is in them, whatever is pushed at the same moment.

use super::fixture::*;
use crate::areas::{Move, MoveError, Mover, relocate};
use crate::store::plan::Unplanned;
use crate::store::{Database, StoreError, as_set};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, mpsc};
use thidua_domain::area::{AreaCode, AreaEvent};
use thidua_domain::record::SubjectId;
use thidua_domain::setting::Setting;
use thidua_domain::sync::clock::Hlc;
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::hub::{self, ArrangeError, PushReply};
use thidua_domain::sync::wire::{RejectReason, Request};
use tokio::sync::{Barrier, oneshot};

/// Communes that end while somebody pushes to them.
const ROUNDS: u16 = 24;

fn ended(number: u16, commune: &AreaCode) -> Setting {
    area_change(number, commune, AreaEvent::Ended { into: Vec::new() })
}

/// A request of a tablet that has written a family of this commune.
fn family(place: usize) -> (Tablet, Request) {
    let home = commune(place);
    let id = u64::try_from(place).unwrap();
    let mut tablet = Tablet::new("ta-hoc", 100 + id, std::slice::from_ref(&home));
    tablet.add_family(&home, subject(place), "Lò Văn A", None);
    let request = tablet.request();
    (tablet, request)
}

fn subject(place: usize) -> SubjectId {
    SubjectId(1_000 + place as u128)
}

/// Pushes it; `meanwhile` is called in the middle of the transaction.
async fn push<D: Database>(
    database: &D,
    (tablet, request): (Tablet, Request),
    meanwhile: impl FnOnce() + Send + 'static,
) -> PushReply {
    let needs = hub::needs(&request);
    let plan = move |loaded| {
        meanwhile();
        hub::plan_push(rules(), &tablet.principal, request, loaded).map_err(Unplanned::from)
    };
    let pushed: Result<_, Unplanned<StoreError>> = database.transact(NOW, needs, plan).await;
    pushed.unwrap()
}

async fn is_there<D: Database>(database: &D, place: usize) -> bool {
    let tree = as_set(database, rules()).await.unwrap().tree;
    tree.get(&commune(place), rules().season.date).is_some()
}

pub async fn a_commune_ends_when_it_is_empty<D: Database>(database: &D) {
    push(database, family(0), || {}).await;
    let both = || BTreeSet::from([commune(0), commune(1)]);
    let refused = set_ending(database, ended(1, &commune(0)), both(), || {}).await;
    let in_use = |error: &Unarranged| matches!(error, Unarranged::Areas(ArrangeError::InUse(_)));
    assert!(refused.is_err_and(|error| in_use(&error)));
    // What nobody looked into does not end.
    let blind = set_ending(database, ended(1, &commune(1)), BTreeSet::new(), || {}).await;
    assert!(matches!(
        blind,
        Err(Unarranged::Areas(ArrangeError::Changed))
    ));
    set_ending(database, ended(1, &commune(1)), both(), || {})
        .await
        .unwrap();
    assert!(is_there(database, 0).await && !is_there(database, 1).await);

    // Nothing is pushed to it any more, nor moved, by whoever still takes it for one.
    let reply = push(database, family(1), || {}).await;
    let reasons: Vec<_> = reply.rejected.iter().map(|it| it.reason).collect();
    assert_eq!(reasons, [RejectReason::NotYourArea]);
    let mover = Mover {
        principal: administrator(),
        hub: DeviceId(902),
        time: Hlc::from_millis(NOW),
        now_ms: NOW,
    };
    let what = Move {
        from: commune(0),
        residential_area: None,
        to: commune(1),
    };
    let moved = relocate(database, rules(), &mover, &what).await;
    assert!(matches!(moved, Err(MoveError::UnknownCommune(_))));
    assert!(database.records(subject(1)).await.unwrap().is_empty());
    assert_eq!(database.recount(rules()).await.unwrap(), []);
}

/// Whichever comes first, at two servers at the same moment: a commune that has ended is empty.
pub async fn nothing_is_left_behind_in_a_commune_that_ends<D: Database>(one: &D, two: &D) {
    an_edit_that_comes_later_is_refused(one, two).await;
    an_edit_that_came_before_is_seen(one, two).await;
    let rounds = (2..2 + ROUNDS).map(|number| {
        let (one, two) = (one.clone(), two.clone());
        tokio::spawn(async move {
            let place = usize::from(number);
            let ending = BTreeSet::from([commune(place)]);
            let start = Barrier::new(2);
            let end = async {
                start.wait().await;
                set_ending(&one, ended(number, &commune(place)), ending, || {}).await
            };
            let pushed = async {
                start.wait().await;
                push(&two, family(place), || {}).await
            };
            let (end, pushed) = tokio::join!(end, pushed);
            assert_ne!(
                end.is_ok(),
                pushed.rejected.is_empty(),
                "{end:?} {pushed:?}"
            );
            assert_eq!(is_there(&two, place).await, end.is_err());
            let records = one.records(subject(place)).await.unwrap();
            assert_eq!(records.is_empty(), end.is_ok());
        })
    });
    for round in rounds.collect::<Vec<_>>() {
        round.await.unwrap();
    }
    assert_eq!(two.recount(rules()).await.unwrap(), []);
}

/// Tells that a transaction is in its middle, and goes on once somebody else has begun another.
fn in_the_middle(
    tell: oneshot::Sender<()>,
    told: mpsc::Receiver<()>,
) -> impl FnOnce() + Clone + Send + 'static {
    let once = Arc::new(Mutex::new(Some((tell, told))));
    move || {
        let (tell, told) = once.lock().unwrap().take().expect("planned once");
        tell.send(()).unwrap();
        told.recv().unwrap();
    }
}

/// The commune is found empty; before that is written down somebody begins to push.
async fn an_edit_that_comes_later_is_refused<D: Database>(one: &D, two: &D) {
    let (found_empty, begin) = oneshot::channel();
    let (begun, has_begun) = mpsc::channel();
    let meanwhile = in_the_middle(found_empty, has_begun);
    let two = two.clone();
    let pushing = tokio::spawn(async move {
        begin.await.unwrap();
        begun.send(()).unwrap();
        push(&two, family(0), || {}).await
    });
    let ending = BTreeSet::from([commune(0)]);
    set_ending(one, ended(100, &commune(0)), ending, meanwhile)
        .await
        .unwrap();
    assert_eq!(pushing.await.unwrap().rejected.len(), 1);
}

/// Somebody is pushing; before that is written down the commune is looked into.
async fn an_edit_that_came_before_is_seen<D: Database>(one: &D, two: &D) {
    let (pushing, begin) = oneshot::channel();
    let (begun, has_begun) = mpsc::channel();
    let meanwhile = in_the_middle(pushing, has_begun);
    let two = two.clone();
    let ending = tokio::spawn(async move {
        begin.await.unwrap();
        begun.send(()).unwrap();
        let ending = BTreeSet::from([commune(1)]);
        set_ending(&two, ended(101, &commune(1)), ending, || {}).await
    });
    assert!(push(one, family(1), meanwhile).await.rejected.is_empty());
    assert!(ending.await.unwrap().is_err());
}
