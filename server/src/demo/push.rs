//! A commune's year into the database, the way of real data: tablets push, reviewers decide, tablets
//! push what was changed afterwards.

use super::commune::{self, Year};
use super::{Counts, tablet::Tablet};
use crate::cli::Failure;
use crate::store::plan::{Unplanned, carry_out};
use crate::store::{self, Database, StoreError};
use std::collections::BTreeSet;
use thidua_domain::access::{Principal, Role};
use thidua_domain::area::AreaCode;
use thidua_domain::date::Date;
use thidua_domain::record::RecordKey;
use thidua_domain::review::{Decision, OFFERED_DUE_DAYS, Verdict};
use thidua_domain::sync::clock::Hlc;
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::hub::{self, HUB_ACCOUNT, Needs, Rules};

/// Decisions taken in one transaction.
const REVIEWS_AT_ONCE: usize = 500;
/// A reviewer takes as long over a residential area.
const REVIEW_MS: u64 = 35 * 60 * 1000;

/// Pushes a commune's year and says what it held.
pub(super) async fn push<D: Database>(
    db: &D,
    rules: Rules,
    commune: &AreaCode,
    year: Year,
) -> Result<Counts, Failure> {
    let Year {
        mut tablets,
        mut counts,
        mut luck,
    } = year;
    counts.communes += 1;
    push_tablets(db, rules, &mut tablets, &mut counts).await?;
    let mut decided_at = commune::review_begins(&mut luck);
    for tablet in &mut tablets {
        let verdicts = tablet.verdicts();
        let first = store::settings(db).await?;
        let first = first.district_first(rules.tree, rules.season);
        let by_district = |key: &RecordKey| key.entry_parts().is_some_and(|(it, _)| first.asks(it));
        for batch in verdicts.chunks(REVIEWS_AT_ONCE) {
            // What a district appraises first it has passed on, where the province accepts it.
            let passed_on = batch
                .iter()
                .filter(|(key, verdict)| verdict.decision == Decision::Accept && by_district(key));
            let passed_on: Vec<_> = passed_on
                .map(|(key, verdict)| {
                    let digest = verdict.digest.clone();
                    (key.clone(), Verdict::new(Decision::Endorse, digest))
                })
                .collect();
            let district = Role::DistrictReviewer;
            decide(db, rules, commune, district, passed_on, decided_at).await?;
            let asked = batch.to_vec();
            let province = Role::ProvinceReviewer;
            decide(db, rules, commune, province, asked, decided_at).await?;
            decided_at += REVIEW_MS;
            counts.edits += i64::try_from(batch.len()).unwrap_or(i64::MAX);
        }
    }
    tablets.retain_mut(|tablet| tablet.live_on(&mut luck));
    push_tablets(db, rules, &mut tablets, &mut counts).await?;
    Ok(counts)
}

/// Pushes what waits on tablets, in the order in which they find a network.
async fn push_tablets<D: Database>(
    db: &D,
    rules: Rules,
    tablets: &mut [Tablet],
    counts: &mut Counts,
) -> Result<(), Failure> {
    tablets.sort_by_key(|tablet| tablet.arrival);
    for tablet in tablets {
        let arrival = tablet.arrival;
        let office = tablet.office();
        counts.edits += i64::try_from(office.waiting()).unwrap_or(i64::MAX);
        office.push(db, rules, arrival).await?;
    }
    Ok(())
}

/// Reviews entries as reviewers do: bound to the content that was submitted.
async fn decide<D: Database>(
    db: &D,
    rules: Rules,
    commune: &AreaCode,
    role: Role,
    mut asked: Vec<(RecordKey, Verdict)>,
    decided_at: u64,
) -> Result<(), Failure> {
    if asked.is_empty() {
        return Ok(());
    }
    let offered = Date::in_vietnam(decided_at).plus_days(OFFERED_DUE_DAYS);
    for (_, verdict) in &mut asked {
        verdict.due = offered.filter(|_| verdict.decision == Decision::Return);
    }
    // A device of the hub's own for each commune, so that the same seed makes the same edits.
    let device = DeviceId::from_random(1 << 51 | commune.as_str().parse::<u64>().unwrap_or(0));
    let needs = Needs {
        device,
        subjects: asked.iter().map(|(key, _)| key.subject()).collect(),
        communes: BTreeSet::from([commune.clone()]),
        ..Needs::default()
    };
    let principal = Principal::new(HUB_ACCOUNT, role, vec![rules.tree.province().code.clone()]);
    let time = Hlc::from_millis(decided_at);
    let plan = move |loaded| {
        let decided = hub::plan_reviews(rules, &principal, device, asked, time, loaded)?;
        Ok::<_, Unplanned<StoreError>>(decided)
    };
    let refused = carry_out(db, decided_at, needs, plan).await?;
    match refused.first() {
        None => Ok(()),
        Some((record, error)) => Err(format!(
            "không duyệt được {record}: {error} ({} hồ sơ)",
            refused.len()
        )
        .into()),
    }
}
