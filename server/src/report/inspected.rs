//! Inspections, on the paper: district by district, or commune by commune.

use super::InspectionLine;
use crate::inspections::{Counts, read};
use crate::store::{Database, StoreResult};
use thidua_domain::area::{Area, AreaLevel};
use thidua_domain::date::Date;
use thidua_domain::sync::hub::Rules;

/// What inspections came to in each area directly below, where there were any, and in all.
pub(super) async fn collect<D: Database>(
    db: &D,
    rules: Rules,
    area: &Area,
    today: Date,
) -> StoreResult<Vec<InspectionLine>> {
    let date = rules.season.date;
    let communes = match area.level() {
        AreaLevel::Commune => return Ok(Vec::new()),
        _ => rules.tree.communes_under(&area.code, date),
    };
    let views = read(db, &communes).await?;
    let line = |name: &str, communes: Vec<&Area>| {
        let communes = communes.into_iter().map(|area| &area.code).collect();
        let counts = Counts::of(&views, &communes, today);
        (counts.planned > 0).then(|| InspectionLine {
            name: name.to_owned(),
            counts: [
                counts.planned,
                counts.done,
                counts.with_shortcomings,
                counts.closed,
                counts.open,
                counts.late,
            ],
        })
    };
    let below = rules.tree.children(&area.code, date).into_iter();
    let mut lines: Vec<_> = below
        .filter_map(|child| line(&child.name, rules.tree.communes_under(&child.code, date)))
        .collect();
    if lines.len() > 1 {
        lines.extend(line("Cộng", communes.clone()));
    }
    Ok(lines)
}
