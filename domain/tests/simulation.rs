//! Deterministic simulation of whole histories: tablets that crash, are cloned and have wild clocks, a
//! network that loses, repeats, delays and cuts, a server that crashes and is restored from backups.
//!
//! `SIMULATION_HISTORIES=10000 cargo test --release -p thidua-domain --test simulation` for the long
//! run; `SIMULATION_SEED=n` lives one history again.

#[path = "simulation/courier.rs"]
mod courier;
#[path = "simulation/hub/mod.rs"]
mod hub;
#[path = "simulation/ledger.rs"]
mod ledger;
#[path = "simulation/luck.rs"]
mod luck;
#[path = "simulation/mutation.rs"]
mod mutation;
#[path = "simulation/tablet.rs"]
mod tablet;
#[path = "simulation/world.rs"]
mod world;

use ledger::Faults;
use mutation::Mutation;

/// Histories in an ordinary test run.
const HISTORIES: u64 = 300;
/// Most histories until a broken rule has to be noticed.
const MUTANT_HISTORIES: u64 = 600;

/// Seeds of histories that failed once: clones with the same edits waiting delivered them twice, each under
/// a name of its own. They were the first five that failed when a replica ignored the successor the server named,
/// before areas moved in histories. (Other faults that the simulation found are among the mutations.)
const FAILED_ONCE: [u64; 5] = [12, 45, 86, 87, 93];

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn nothing_is_lost_doubled_or_different() {
    let seeds: Vec<u64> = match number("SIMULATION_SEED") {
        Some(seed) => vec![seed],
        None => (0..number("SIMULATION_HISTORIES").unwrap_or(HISTORIES)).collect(),
    };
    let mut sum = Faults::default();
    let mut failed = Vec::new();
    for seed in seeds.iter().copied() {
        let faults = world::live(seed, None);
        if faults != Faults::default() {
            println!("seed={seed} {faults:?}");
            failed.push(seed);
        }
        sum.lost += faults.lost;
        sum.diverged += faults.diverged;
        sum.duplicated += faults.duplicated;
        sum.miscounted += faults.miscounted;
        sum.misjudged += faults.misjudged;
        sum.unsigned += faults.unsigned;
    }
    println!(
        "histories={} lost={} diverged={} duplicated={}",
        seeds.len(),
        sum.lost,
        sum.diverged,
        sum.duplicated
    );
    assert!(
        failed.is_empty(),
        "live again with SIMULATION_SEED={}",
        failed[0]
    );
}

#[test]
fn what_failed_once_holds() {
    for seed in FAILED_ONCE {
        assert_eq!(world::live(seed, None), Faults::default(), "{seed}");
    }
}

#[test]
fn every_broken_rule_is_noticed() {
    let unnoticed: Vec<Mutation> = Mutation::ALL
        .into_iter()
        .filter(|mutation| {
            let noticed = (0..MUTANT_HISTORIES)
                .find(|seed| world::live(*seed, Some(*mutation)) != Faults::default());
            println!("{mutation:?}: noticed at seed {noticed:?}");
            noticed.is_none()
        })
        .collect();
    assert_eq!(unnoticed, []);
}
