//! Kept counts, added up for an area.

use crate::store::{Database, StoreResult};
use std::collections::BTreeMap;
use thidua_domain::api::{AreaTallies, AssessmentTally};
use thidua_domain::area::{Area, AreaCode, AreaKind, AreaLevel};
use thidua_domain::catalogue::Assessment;
use thidua_domain::progress::Tally;
use thidua_domain::record::Period;
use thidua_domain::season::Season;
use thidua_domain::sync::hub::Rules;

/// The rules of the year before, for counts that were kept while it was open.
pub fn year_before(rules: Rules) -> Rules {
    Rules {
        season: Season::of(Period(rules.season.period.0.saturating_sub(1))),
        ..rules
    }
}

/// The communes of an area, for a filter. The whole province needs no list of its communes; an area of
/// now has no others.
pub fn communes_within(rules: Rules, area: &AreaCode) -> Option<Vec<AreaCode>> {
    (*area != rules.tree.province().code).then(|| {
        let below = rules.tree.communes_under(area, rules.season.date);
        below.into_iter().map(|area| area.code.clone()).collect()
    })
}

/// The communes of an area. Of a commune it is asked for each of them, so that one is not looked for among all.
fn communes_of(rules: Rules, area: &AreaCode) -> Vec<&'static Area> {
    let date = rules.season.date;
    match rules.tree.get(area, date) {
        Some(own) if own.level() == AreaLevel::Commune => vec![own],
        _ => rules.tree.communes_under(area, date),
    }
}

/// Kept counts by commune, so that a list of all communes looks each up once.
pub struct Kept(BTreeMap<AreaCode, Counts>);

#[derive(Default)]
struct Counts {
    tallies: BTreeMap<Assessment, Tally>,
    last_edit_ms: Option<u64>,
}

impl Kept {
    /// Reads them: as many rows as there are communes and assessments.
    pub async fn read<D: Database>(db: &D, rules: Rules) -> StoreResult<Self> {
        Self::of_communes(db, rules, None).await
    }

    /// Reads those of an area's communes alone: of other areas it knows nothing to add up.
    pub async fn within<D: Database>(db: &D, rules: Rules, area: &AreaCode) -> StoreResult<Self> {
        Self::of_communes(db, rules, communes_within(rules, area)).await
    }

    async fn of_communes<D: Database>(
        db: &D,
        rules: Rules,
        asked: Option<Vec<AreaCode>>,
    ) -> StoreResult<Self> {
        let mut communes: BTreeMap<AreaCode, Counts> = BTreeMap::new();
        let tallies = db.tallies(rules.season.period, asked.clone()).await?;
        for (key, tally) in tallies {
            let counts = communes.entry(key.commune).or_default();
            counts.tallies.insert(key.assessment, tally);
        }
        for (commune, last_ms) in db.last_edits(asked).await? {
            communes.entry(commune).or_default().last_edit_ms = Some(last_ms);
        }
        Ok(Self(communes))
    }

    /// An area's counts: those of its communes, added up.
    pub fn sum(&self, rules: Rules, area: &AreaCode) -> AreaTallies {
        self.add(area, &communes_of(rules, area))
    }

    /// An area's count of one assessment; `None` if nothing of it is counted there.
    pub fn tally(&self, rules: Rules, area: &AreaCode, assessment: Assessment) -> Option<Tally> {
        let communes = communes_of(rules, area);
        let all = communes.iter().flat_map(|commune| self.of(commune));
        let mut own = all.filter(|(of, _)| *of == assessment).map(|(_, it)| it);
        let first = own.next()?;
        Some(own.fold(first, |mut sum, tally| {
            sum += tally;
            sum
        }))
    }

    /// The counts of a commune of 2025: those of the communes that became part of it, as they are in the season.
    pub fn reformed(&self, rules: Rules, commune: &AreaCode) -> AreaTallies {
        let parts = rules.tree.predecessors(commune);
        let parts = parts.filter_map(|part| rules.tree.get(&part.from, rules.season.date));
        self.add(commune, &parts.collect::<Vec<_>>())
    }

    fn add(&self, area: &AreaCode, communes: &[&Area]) -> AreaTallies {
        let mut sums: BTreeMap<Assessment, Tally> = BTreeMap::new();
        for (assessment, tally) in communes.iter().flat_map(|commune| self.of(commune)) {
            *sums.entry(assessment).or_default() += tally;
        }
        AreaTallies {
            area: area.clone(),
            tallies: sums
                .into_iter()
                .map(|(assessment, tally)| AssessmentTally { assessment, tally })
                .collect(),
            last_edit_ms: communes
                .iter()
                .filter_map(|commune| self.0.get(&commune.code)?.last_edit_ms)
                .max(),
        }
    }

    fn of(&self, commune: &Area) -> impl Iterator<Item = (Assessment, Tally)> {
        const RURAL: Assessment = Assessment::NewRuralCommune;
        let tallies = self.0.get(&commune.code).map(|counts| &counts.tallies);
        let entered = tallies
            .into_iter()
            .flatten()
            .map(|(assessment, tally)| (*assessment, *tally));
        // New rural areas: every xã of the catalogue is expected, whether it has entered anything or not;
        // wards and townships are not, even where one has.
        let rural = (commune.kind == AreaKind::Commune).then(|| {
            let tally = tallies.and_then(|tallies| tallies.get(&RURAL));
            let tally = Tally {
                expected: 1,
                ..tally.copied().unwrap_or_default()
            };
            (RURAL, tally)
        });
        entered
            .filter(|(assessment, _)| *assessment != RURAL)
            .chain(rural)
    }
}
