//! What a district's own office does in the demonstration: it sets its targets.

use super::calendar;
use crate::cli::Failure;
use crate::store::plan::{Unplanned, carry_out};
use crate::store::{Database, StoreError};
use std::collections::BTreeSet;
use thidua_domain::access::{Principal, Role};
use thidua_domain::area::{Area, AreaCode};
use thidua_domain::catalogue::{Direction, Indicator, Measure};
use thidua_domain::quantity::Hundredths;
use thidua_domain::record::SubjectId;
use thidua_domain::sync::clock::Hlc;
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::hub::{self, HUB_ACCOUNT, Needs, OwnEdit, Rules};
use thidua_domain::target::{self, ONE, OwnTarget};

/// One indicator in five is left for somebody to try it with.
const LEFT_OPEN: &str = "don-vi-an-toan";

/// Lives a district's year.
pub(super) async fn live<D: Database>(db: &D, rules: Rules, area: &Area) -> Result<(), Failure> {
    let number: u64 = area.code.as_str().parse()?;
    let at = calendar::morning((2, 7)) + number % 9 * 3_600_000;
    let edits = targets(rules, area);
    let subjects = BTreeSet::from([target::district_subject(&area.code)]);
    let feeds = BTreeSet::from([area.code.clone()]);
    write(
        db,
        rules,
        DeviceId::from_random(1 << 50 | number),
        (subjects, feeds),
        edits,
        at,
    )
    .await
}

fn targets(rules: Rules, area: &Area) -> Vec<OwnEdit> {
    let number: i64 = area.code.as_str().parse().unwrap_or(0);
    let edit = |indicator: &'static Indicator| {
        let most = target::most(indicator, area, rules.tree, rules.season.date)?;
        let target = OwnTarget {
            goal: Some(goal(indicator, number, most)?),
            plan: format!("Kế hoạch {}/KH-UBND ngày 07/02/2022", 20 + number % 40),
        };
        Some(OwnEdit {
            commune: area.code.clone(),
            record: target::district_key(&area.code, &indicator.id, rules.season.period),
            values: target.fields(indicator, Some(most)).ok()?,
        })
    };
    target::indicators()
        .filter(|it| it.id.to_string() != LEFT_OPEN)
        .filter_map(edit)
        .collect()
}

/// Near the province's figure, some above and some below it; of new rural communes about a third.
fn goal(indicator: &Indicator, number: i64, most: i64) -> Option<Hundredths> {
    let asked = indicator.target?.0;
    let away = (number * 37) % 300 - 120;
    let goal = match (indicator.measure, indicator.direction) {
        (Measure::Count(_), _) => most / ONE * 32 / 100 * ONE,
        (_, Direction::AtMost) => asked - away,
        _ => asked + away,
    };
    Some(Hundredths(goal.clamp(0, most)))
}

/// Writes edits of the server's own, as a device of its own, so that the same seed makes the same edits.
async fn write<D: Database>(
    db: &D,
    rules: Rules,
    device: DeviceId,
    (subjects, communes): (BTreeSet<SubjectId>, BTreeSet<AreaCode>),
    edits: Vec<OwnEdit>,
    at: u64,
) -> Result<(), Failure> {
    let needs = Needs {
        device,
        subjects,
        communes,
        ..Needs::default()
    };
    let principal = Principal {
        account: HUB_ACCOUNT.to_owned(),
        role: Role::ProvinceReviewer,
        areas: vec![rules.tree.province().code.clone()],
    };
    let time = Hlc::from_millis(at);
    let plan = move |loaded| {
        let writes = hub::plan_own(rules, &principal, device, edits, time, loaded)?;
        Ok::<_, Unplanned<StoreError>>((writes, ()))
    };
    carry_out(db, at, needs, plan).await?;
    Ok(())
}
