//! Kept counts, added up for an area.

use crate::store::{Database, StoreResult};
use std::collections::BTreeMap;
use thidua_domain::api::{AreaTallies, AssessmentTally};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::progress::{Tally, TallyKey};
use thidua_domain::sync::hub::Rules;

/// Kept counts of all communes.
pub struct Kept {
    tallies: BTreeMap<TallyKey, Tally>,
    last_edits: BTreeMap<AreaCode, u64>,
}

impl Kept {
    /// Reads them: as many rows as there are communes and assessments.
    pub async fn read<D: Database>(db: &D, rules: Rules) -> StoreResult<Self> {
        Ok(Self {
            tallies: db.tallies(rules.season.period).await?,
            last_edits: db.last_edits().await?,
        })
    }

    /// An area's counts: those of its communes, added up.
    pub fn sum(&self, rules: Rules, area: &AreaCode) -> AreaTallies {
        let date = rules.season.date;
        let within = |commune: &AreaCode| rules.tree.contains(area, commune, date);
        let mut sums: BTreeMap<Assessment, Tally> = BTreeMap::new();
        for (key, tally) in &self.tallies {
            if key.assessment != Assessment::NewRuralCommune && within(&key.commune) {
                *sums.entry(key.assessment).or_default() += *tally;
            }
        }
        if let Some(rural) = self.rural(rules, area) {
            sums.insert(Assessment::NewRuralCommune, rural);
        }
        AreaTallies {
            area: area.clone(),
            tallies: sums
                .into_iter()
                .map(|(assessment, tally)| AssessmentTally { assessment, tally })
                .collect(),
            last_edit_ms: self
                .last_edits
                .iter()
                .filter(|(commune, _)| within(commune))
                .map(|(_, last_ms)| *last_ms)
                .max(),
        }
    }

    /// New rural areas: every xã of the catalogue is expected, whether it has entered anything or not;
    /// wards and townships are not, even where one has. `None` where there is no xã.
    fn rural(&self, rules: Rules, area: &AreaCode) -> Option<Tally> {
        let communes = rules.tree.rural_communes_under(area, rules.season.date);
        let mut sum = Tally::default();
        for commune in &communes {
            let key = TallyKey {
                commune: commune.code.clone(),
                assessment: Assessment::NewRuralCommune,
                period: rules.season.period,
            };
            sum += self.tallies.get(&key).copied().unwrap_or_default();
        }
        sum.expected = i64::try_from(communes.len()).unwrap_or(i64::MAX);
        (!communes.is_empty()).then_some(sum)
    }
}
