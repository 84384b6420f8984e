//! `GET /api/outliers`: what may deserve a look within an area, as hints.

use super::AppState;
use super::body::Asked;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::readings;
use super::standings::communes_within;
use crate::audit::Deed;
use crate::kept::{Kept, year_before};
use crate::store::Database;
use axum::Json;
use axum::extract::State;
use thidua_domain::access::Action;
use thidua_domain::api::{AreaTallies, OutlierQuery, Outliers};
use thidua_domain::catalogue::Assessment;
use thidua_domain::outlier::{self, Counts};
use thidua_domain::progress::Tally;

/// Answers from kept counts and from what lists keep of entries.
pub(super) async fn outliers<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<OutlierQuery>,
) -> Result<Json<Outliers>, ApiError> {
    let rules = state.rules;
    guard::check(rules, &signed.principal, Action::Read, &query.area)?;
    let kept = Kept::read(&state.db, rules).await?;
    let last_year = year_before(rules);
    let before = Kept::read(&state.db, last_year).await?;
    let communes = rules.tree.communes_under(&query.area, rules.season.date);
    let counts: Vec<Counts> = communes
        .into_iter()
        .map(|commune| Counts {
            area: commune.code.clone(),
            tally: tally(kept.sum(rules, &commune.code), query.assessment).unwrap_or_default(),
            before: tally(before.sum(last_year, &commune.code), query.assessment),
        })
        .collect();
    let mut hints = outlier::among(&counts);
    let within = communes_within(rules, &query.area);
    hints.extend(state.db.signs(within).await?);
    // Families are named among them.
    readings::note(&state, &signed, Deed::ListRead, query.area.as_str()).await?;
    Ok(Json(Outliers { hints }))
}

fn tally(area: AreaTallies, assessment: Assessment) -> Option<Tally> {
    let mut rows = area.tallies.into_iter();
    let found = rows.find(|row| row.assessment == assessment);
    found.map(|row| row.tally)
}
