//! The same counts without keeping them.

use super::Failure;
use std::collections::BTreeMap;
use std::time::Instant;
use thidua_domain::area::AreaCode;
use thidua_domain::progress::Tally;
use thidua_domain::sync::hub::standing_rows;
use thidua_server::kept::communes_within;
use thidua_server::store::contract::rules;
use thidua_server::store::{Database, Sqlite, StandingFilter};

/// Counts an area again from the records of its subjects, so many times: the middle one, in milliseconds. Which
/// subjects there are is read before and not timed.
pub async fn recount(database: &Sqlite, area: &AreaCode, times: usize) -> Result<f64, Failure> {
    let rules = rules();
    let mut subjects = Vec::new();
    let mut after = None;
    loop {
        let filter = StandingFilter {
            communes: communes_within(rules, area),
            after,
            limit: 1_000,
            ..StandingFilter::default()
        };
        let page = database.standings(filter).await?;
        subjects.extend(page.rows.iter().map(|row| row.subject));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    subjects.sort_unstable();
    subjects.dedup();
    let mut taken = Vec::with_capacity(times);
    for _ in 0..times {
        let begun = Instant::now();
        let mut counted: BTreeMap<_, Tally> = BTreeMap::new();
        for id in &subjects {
            let records = database.records(*id).await?;
            for row in standing_rows(rules, &records, *id) {
                let key = row.part(rules.season.period);
                *counted.entry(key).or_default() += Tally::of(&row.standing);
            }
        }
        std::hint::black_box(counted);
        taken.push(begun.elapsed());
    }
    taken.sort_unstable();
    Ok(taken[times / 2].as_secs_f64() * 1_000.0)
}
