//! `GET /api/trend`: how counts of an area came about, day by day.

use super::body::Asked;
use super::csv::{attachment, head, rows};
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::{AppState, State};
use crate::kept::{Kept, communes_within, year_before};
use crate::report;
use crate::store::{Database, DayFilter};
use axum::Json;
use axum::response::{IntoResponse as _, Response};
use thidua_domain::access::Action;
use thidua_domain::api::{Trend, TrendQuery, Trends};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::progress::Tally;
use thidua_domain::sync::hub::Rules;
use thidua_domain::trend::{Point, series, weekly};

/// Answers with the days of one assessment, or with the weeks of all of them.
pub(super) async fn trend<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<TrendQuery>,
) -> Result<Json<Trends>, ApiError> {
    let rules = state.rules;
    guard::check(rules, &signed.principal, Action::Read, &query.area)?;
    let before = Before::read(&state.db, rules, &query.area).await?;
    let asked = query
        .assessment
        .map_or(Assessment::ALL.to_vec(), |one| vec![one]);
    let mut trends = Vec::new();
    for assessment in asked {
        let points = points(&state.db, rules, &query.area, assessment).await?;
        trends.push(Trend {
            assessment,
            points: match query.assessment {
                Some(_) => points,
                None => weekly(&points),
            },
            year_before: before.of(&query.area, assessment),
        });
    }
    Ok(Json(Trends {
        today: report::today(state.clock.now_ms()),
        trends,
    }))
}

/// Answers with the days of one assessment as a table.
pub(super) async fn table<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<TrendQuery>,
) -> Result<Response, ApiError> {
    let assessment = query.assessment.ok_or_else(ApiError::malformed)?;
    guard::check(state.rules, &signed.principal, Action::Read, &query.area)?;
    let points = points(&state.db, state.rules, &query.area, assessment).await?;
    let mut bytes = head(&[
        "Ngày",
        "Phải đánh giá",
        "Đã nộp",
        "Đã duyệt",
        "Đã duyệt đạt",
    ]);
    bytes.extend(rows(points.into_iter().map(|Point { day, counts }| {
        [
            day.format_vi(),
            counts.expected.to_string(),
            counts.reported.to_string(),
            counts.accepted.to_string(),
            counts.met.to_string(),
        ]
    })));
    let name = format!("xu-huong-{}-{}.csv", query.area, assessment.as_str());
    Ok(attachment(&name, bytes).into_response())
}

async fn points<D: Database>(
    db: &D,
    rules: Rules,
    area: &AreaCode,
    assessment: Assessment,
) -> Result<Vec<Point>, ApiError> {
    let filter = DayFilter {
        period: rules.season.period,
        assessment,
        communes: communes_within(rules, area),
    };
    Ok(series(db.days(filter).await?))
}

/// Counts with which the year before ended.
struct Before(Rules, Kept);

impl Before {
    async fn read<D: Database>(db: &D, rules: Rules, area: &AreaCode) -> Result<Self, ApiError> {
        let rules = year_before(rules);
        Ok(Self(rules, Kept::within(db, rules, area).await?))
    }

    fn of(&self, area: &AreaCode, assessment: Assessment) -> Option<Tally> {
        let tally = self.1.tally(self.0, area, assessment);
        tally.filter(|tally| tally.reported() > 0)
    }
}
