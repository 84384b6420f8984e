//! Every route, asked by everybody, about every area: who is not responsible for an area learns nothing of
//! it and changes nothing in it.
//!
//! What is expected is worked out here from roles and areas alone, without asking the server's own rules. A
//! route that is in no row fails the test, so nobody can add one and forget about it.

mod askers;
mod routes;
mod scene;

use crate::harness::Server;
use askers::{Asker, askers, delegate, people};
use routes::{ELSEWHERE, For, ROUTES, Route};
use scene::{Target, targets};
use std::collections::BTreeSet;
use thidua_domain::access::{Action, Role};
use thidua_server::store::Database as _;
use thidua_server::store::contract::rules;

#[tokio::test]
async fn nobody_learns_or_changes_what_is_not_theirs() {
    let server = Server::start(&people()).await;
    let targets = targets(&server).await;
    let askers = askers(&server).await;
    delegate(&server).await;
    let before = scene::all_that_is_there(&server).await;
    let mut tried = 0;
    for route in ROUTES {
        for target in &targets {
            for asker in &askers {
                tried += usize::from(try_one(route, target, asker, &targets).await);
            }
        }
    }
    assert_eq!(
        scene::all_that_is_there(&server).await,
        before,
        "something was changed"
    );

    // The same requests by those who may: what was refused above was refused for who asked, not for how.
    for route in ROUTES.iter().filter(|route| route.changes) {
        let target = targets.iter().find(|target| (route.ask)(target).is_some());
        let target = target.expect("a route that can be asked for");
        let allowed = askers.iter().find(|it| route.answer(it, target) == 200);
        let asker = allowed.expect("somebody who may");
        let (status, text) = asker.ask((route.ask)(target).unwrap()).await;
        assert_eq!(status, 200, "{} {}: {text}", route.path, asker.name);
    }
    assert_eq!(server.database.recount(rules()).await.unwrap(), []);
    println!("{tried} requests by {} askers", askers.len());
}

/// Whether there was something to try.
async fn try_one(route: &Route, target: &Target, asker: &Asker, targets: &[Target]) -> bool {
    let expected = route.answer(asker, target);
    let Some(ask) = (route.ask)(target) else {
        return false;
    };
    if route.changes && expected == 200 {
        return false;
    }
    let what = format!(
        "{} {} about {} by {}",
        ask.method, ask.path, target.area, asker.name
    );
    let (status, text) = asker.ask(ask).await;
    assert_eq!(status, expected, "{what}: {text}");
    for other in targets {
        let Some(secret) = &other.secret else {
            continue;
        };
        // What was asked may stand in the answer; what was not known before may not.
        if !asker.covers(&other.area) {
            assert!(!text.contains(&secret.word), "{what} shows {}", secret.word);
        }
    }
    true
}

/// The table of routes above is all of the server's.
#[test]
fn every_route_is_in_the_matrix() {
    let source = include_str!("../../../src/http/mod.rs");
    let mut there = BTreeSet::new();
    for route in source.split(".route(").skip(1) {
        let path = route.split('"').nth(1).expect("a path");
        let handlers = route.split(".nest(").next().unwrap();
        for method in ["get", "post", "put", "delete"] {
            if handlers.contains(&format!("{method}(")) {
                there.insert((method, path));
            }
        }
    }
    assert!(there.len() > 40, "the table of routes was not found");
    let rows = ROUTES.iter().map(|route| (route.method, route.path));
    let known: BTreeSet<_> = rows.chain(ELSEWHERE.iter().copied()).collect();
    let missing: Vec<_> = there.difference(&known).collect();
    assert_eq!(missing, Vec::<&(&str, &str)>::new(), "not in the matrix");
    let gone: Vec<_> = known.difference(&there).collect();
    assert_eq!(gone, Vec::<&(&str, &str)>::new(), "no such route");
}

impl Route {
    /// The status that `asker` has to get for `target`.
    fn answer(&self, asker: &Asker, target: &Target) -> u16 {
        let system = asker.role.is_none() && asker.area.is_some();
        let known = match self.needs {
            For::Open | For::OwnOpen => system || asker.role.is_some(),
            For::Area(_) | For::Decide | For::Own | For::OwnOf(_) | For::Keepers => {
                asker.role.is_some()
            }
        };
        if !known {
            return 401;
        }
        match self.needs {
            For::Own | For::OwnOpen => 200,
            For::OwnOf(role) if asker.role == Some(role) => 200,
            For::OwnOf(_) => 403,
            For::Keepers if asker.role != Some(Role::Administrator) => 403,
            For::Keepers if asker.covers(&target.area) => 200,
            For::Keepers => 404,
            For::Open | For::Decide | For::Area(_) if !asker.covers(&target.area) => 404,
            For::Open => 200,
            For::Area(action) if asker.may(action) => 200,
            For::Decide if asker.may(Action::Review) || asker.decides_for(&target.area) => 200,
            For::Area(_) | For::Decide => 403,
        }
    }
}
