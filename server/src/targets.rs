//! Own targets of districts and communes beside kept counts, for pages, files and papers.

use crate::kept::Kept;
use crate::store::{Database, StoreResult};
use std::collections::BTreeMap;
use thidua_domain::api::{AreaTarget, IndicatorTargets};
use thidua_domain::area::{Area, AreaLevel};
use thidua_domain::catalogue::Indicator;
use thidua_domain::entry::content_digest;
use thidua_domain::progress::Tally;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::sync::hub::Rules;
use thidua_domain::sync::state::RecordState;
use thidua_domain::target::sum::{Part, Sum};
use thidua_domain::target::{self, OwnTarget};

/// Records read at a time.
const STEP: usize = 1_000;

/// What was set in an area, and what was counted.
pub struct Targets {
    rules: Rules,
    kept: Kept,
    records: BTreeMap<RecordKey, RecordState>,
}

impl Targets {
    /// Reads those of an area and of the areas within it: at most one record for each area and indicator.
    pub async fn within<D: Database>(db: &D, rules: Rules, area: &Area) -> StoreResult<Self> {
        let records = match area.level() {
            AreaLevel::Province => all(db).await?,
            _ => of_area(db, rules, area).await?,
        };
        Ok(Self {
            rules,
            kept: Kept::within(db, rules, &area.code).await?,
            records,
        })
    }

    /// How an area stands on each indicator, and those directly below it.
    pub fn of(&self, area: &Area) -> Vec<IndicatorTargets> {
        target::indicators()
            .map(|indicator| self.indicator(area, indicator))
            .collect()
    }

    /// How an area stands on one indicator, and those directly below it.
    pub fn indicator(&self, area: &Area, indicator: &Indicator) -> IndicatorTargets {
        let Rules { tree, season, .. } = self.rules;
        let own = self.area(area, indicator);
        let below = tree.children(&area.code, season.date).into_iter();
        let parts = below
            .filter(|child| self.most(child, indicator).is_some())
            .map(|child| self.area(child, indicator))
            .collect();
        IndicatorTargets {
            indicator: indicator.id.clone(),
            own,
            parts,
        }
    }

    fn most(&self, area: &Area, indicator: &Indicator) -> Option<i64> {
        let Rules { tree, season, .. } = self.rules;
        target::most(indicator, area, tree, season.date)
    }

    fn area(&self, area: &Area, indicator: &Indicator) -> AreaTarget {
        let tally = self.tally(area, indicator);
        let record = self.record(area, indicator);
        let empty = RecordState::new(area.code.clone());
        let times = record
            .into_iter()
            .flat_map(|record| record.fields.values())
            .filter_map(|field| field.shown());
        AreaTarget {
            area: area.code.clone(),
            target: self.own(area, indicator),
            digest: content_digest(record.unwrap_or(&empty)),
            may_set: false,
            set_ms: times.map(|head| head.time.millis()).max(),
            expected: tally.expected,
            met: tally.accepted.met,
            reported: tally.reported(),
            districts: (area.level() == AreaLevel::Province)
                .then(|| self.sum(area, indicator, AreaLevel::District)),
            communes: (area.level() != AreaLevel::Commune)
                .then(|| self.sum(area, indicator, AreaLevel::Commune)),
        }
    }

    fn record(&self, area: &Area, indicator: &Indicator) -> Option<&RecordState> {
        let key = target::key_of(area, &indicator.id, self.rules.season.period)?;
        self.records.get(&key)
    }

    fn own(&self, area: &Area, indicator: &Indicator) -> OwnTarget {
        let record = self.record(area, indicator);
        let read = record.zip(self.most(area, indicator));
        read.map(|(record, most)| OwnTarget::read(record, indicator, most))
            .unwrap_or_default()
    }

    /// Own targets of all areas of a level at or below an area.
    fn sum(&self, area: &Area, indicator: &Indicator, level: AreaLevel) -> Sum {
        let Rules { tree, season, .. } = self.rules;
        let below = match level {
            AreaLevel::Commune => tree.communes_under(&area.code, season.date),
            _ => tree.children(&area.code, season.date),
        };
        // Since July 2025 there is no level between province and communes.
        let below = below.into_iter().filter(|area| area.level() == level);
        let asked = below.filter_map(|area| {
            self.most(area, indicator)?;
            Some(Part {
                goal: self.own(area, indicator).goal,
                expected: self.tally(area, indicator).expected.unsigned_abs(),
            })
        });
        Sum::of(indicator, asked)
    }

    fn tally(&self, area: &Area, indicator: &Indicator) -> Tally {
        let wanted = target::assessment(indicator);
        let kept = wanted.and_then(|wanted| self.kept.tally(self.rules, &area.code, wanted));
        kept.unwrap_or_default()
    }
}

/// Everything that was set.
async fn all<D: Database>(db: &D) -> StoreResult<BTreeMap<RecordKey, RecordState>> {
    let mut records = BTreeMap::new();
    for kind in [target::KIND, target::DISTRICT_KIND] {
        let mut after = None;
        loop {
            let page = db.records_of_kind(kind.to_owned(), after, STEP).await?;
            let whole = page.len() < STEP;
            after = page.last().map(|(key, _)| key.clone());
            records.extend(page);
            if whole {
                break;
            }
        }
    }
    Ok(records)
}

/// What an area's communes have set, and a district itself.
async fn of_area<D: Database>(
    db: &D,
    rules: Rules,
    area: &Area,
) -> StoreResult<BTreeMap<RecordKey, RecordState>> {
    let communes = rules.tree.communes_under(&area.code, rules.season.date);
    let mut subjects: Vec<_> = communes
        .into_iter()
        .map(|commune| SubjectId::commune(&commune.code))
        .collect();
    if area.level() == AreaLevel::District {
        subjects.push(target::district_subject(&area.code));
    }
    let mut records = BTreeMap::new();
    for subject in subjects {
        records.extend(db.records(subject).await?);
    }
    Ok(records)
}
