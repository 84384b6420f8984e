//! `GET /api/compare`: areas side by side, in this year and in those before that were kept.

use super::body::Asked;
use super::csv::{attachment, head, rows};
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::{AppState, State};
use crate::kept::Kept;
use crate::store::Database;
use axum::Json;
use axum::response::{IntoResponse as _, Response};
use thidua_domain::access::Action;
use thidua_domain::api::{CompareQuery, ComparedYear, Comparison, YEARS_BACK};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::Period;
use thidua_domain::season::Season;
use thidua_domain::sync::hub::Rules;
use thidua_domain::text::format_rate_percent;

/// Answers with counts of each area and year.
pub(super) async fn compare<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<CompareQuery>,
) -> Result<Json<Comparison>, ApiError> {
    let areas = checked(&state, &signed, &query)?;
    let years = years(&state.db, state.rules, &areas, query.assessment).await?;
    Ok(Json(Comparison { years }))
}

/// Answers with the same as a table.
pub(super) async fn table<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<CompareQuery>,
) -> Result<Response, ApiError> {
    let areas = checked(&state, &signed, &query)?;
    let rules = state.rules;
    let years = years(&state.db, rules, &areas, query.assessment).await?;
    let mut bytes = head(&[
        "Năm",
        "Mã địa bàn",
        "Tên",
        "Phải đánh giá",
        "Đã nộp",
        "Đã duyệt",
        "Đã duyệt đạt",
        "Tỷ lệ đạt",
    ]);
    for year in years {
        let date = Season::of(year.period).date;
        bytes.extend(rows(areas.iter().zip(year.tallies).filter_map(
            |(code, tally)| {
                let tally = tally?;
                let name = rules.tree.get(code, date).map(|area| area.name.clone());
                let share = match tally.reported() {
                    0 => String::new(),
                    _ => format_rate_percent(
                        tally.accepted.met.unsigned_abs(),
                        tally.expected.unsigned_abs(),
                    ),
                };
                Some([
                    year.period.to_string(),
                    code.to_string(),
                    name.unwrap_or_default(),
                    tally.expected.to_string(),
                    tally.reported().to_string(),
                    tally.accepted.total().to_string(),
                    tally.accepted.met.to_string(),
                    share,
                ])
            },
        )));
    }
    let name = format!("so-sanh-{}.csv", query.assessment.as_str());
    Ok(attachment(&name, bytes).into_response())
}

fn checked<D: Database>(
    state: &AppState<D>,
    signed: &Signed,
    query: &CompareQuery,
) -> Result<Vec<AreaCode>, ApiError> {
    let areas = query.areas().ok_or_else(ApiError::malformed)?;
    for area in &areas {
        guard::check(state.rules, &signed.principal, Action::Read, area)?;
    }
    Ok(areas)
}

async fn years<D: Database>(
    db: &D,
    rules: Rules,
    areas: &[AreaCode],
    assessment: Assessment,
) -> Result<Vec<ComparedYear>, ApiError> {
    let open = rules.season.period;
    let mut years = Vec::new();
    for back in 0..=YEARS_BACK {
        let period = Period(open.0.saturating_sub(back));
        let rules = Rules {
            season: Season::of(period),
            ..rules
        };
        let kept = Kept::read(db, rules).await?;
        let tallies = areas.iter().map(|area| {
            rules.tree.get(area, rules.season.date)?;
            Some(kept.tally(rules, area, assessment).unwrap_or_default())
        });
        let tallies: Vec<_> = tallies.collect();
        let kept = tallies.iter().flatten().any(|tally| tally.reported() > 0);
        if kept || period == open {
            years.push(ComparedYear { period, tallies });
        }
    }
    Ok(years)
}
