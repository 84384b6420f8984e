//! `GET /api/overview`: counts of an area and of those directly below it.

use super::AppState;
use super::body::Asked;
use super::guard::{self, Signed};
use super::problem::ApiError;
use crate::store::Database;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use std::collections::BTreeMap;
use thidua_domain::access::Action;
use thidua_domain::api::{AreaTallies, AssessmentTally, CommunesQuery, Overview};
use thidua_domain::area::{AreaCode, AreaLevel};
use thidua_domain::catalogue::Assessment;
use thidua_domain::progress::{Tally, TallyKey};
use thidua_domain::sync::hub::Rules;

/// The query.
#[derive(Deserialize)]
pub(super) struct OverviewQuery {
    area: AreaCode,
}

/// Answers from kept counts: as many rows as there are communes.
pub(super) async fn overview<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<OverviewQuery>,
) -> Result<Json<Overview>, ApiError> {
    let rules = state.rules;
    guard::check(rules, &signed.principal, Action::Read, &query.area)?;
    let date = rules.season.date;
    let area = rules
        .tree
        .get(&query.area, date)
        .ok_or_else(ApiError::not_found)?;
    let kept = Kept {
        tallies: state.db.tallies(rules.season.period).await?,
        last_edits: state.db.last_edits().await?,
    };
    let residential_areas = if area.level() == AreaLevel::Commune {
        state.db.residential_area_tallies(area.code.clone()).await?
    } else {
        Vec::new()
    };
    let children = rules
        .tree
        .children(&area.code, date)
        .into_iter()
        .map(|child| kept.sum(rules, &child.code))
        .collect();
    Ok(Json(Overview {
        own: kept.sum(rules, &area.code),
        children,
        residential_areas,
    }))
}

/// Answers the counts of one assessment in every commune of an area: who is late, who has not begun.
pub(super) async fn communes<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<CommunesQuery>,
) -> Result<Json<Vec<AreaTallies>>, ApiError> {
    let rules = state.rules;
    guard::check(rules, &signed.principal, Action::Read, &query.area)?;
    let kept = Kept {
        tallies: state.db.tallies(rules.season.period).await?,
        last_edits: state.db.last_edits().await?,
    };
    let date = rules.season.date;
    let below = match query.assessment {
        Assessment::NewRuralCommune => rules.tree.rural_communes_under(&query.area, date),
        _ => rules.tree.communes_under(&query.area, date),
    };
    let counts = below.into_iter().map(|commune| {
        let mut counts = kept.sum(rules, &commune.code);
        counts
            .tallies
            .retain(|row| row.assessment == query.assessment);
        counts
    });
    Ok(Json(counts.collect()))
}

/// Kept counts of all communes.
struct Kept {
    tallies: BTreeMap<TallyKey, Tally>,
    last_edits: BTreeMap<AreaCode, u64>,
}

impl Kept {
    /// An area's counts: those of its communes, added up.
    fn sum(&self, rules: Rules, area: &AreaCode) -> AreaTallies {
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
