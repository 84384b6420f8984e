//! `GET /api/outliers`: what may deserve a look within an area, as hints.

use super::body::Asked;
use super::csv::{attachment, head, place, rows};
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::readings;
use super::{AppState, State};
use crate::audit::Deed;
use crate::kept::{Kept, communes_within, year_before};
use crate::report;
use crate::store::Database;
use axum::Json;
use axum::response::{IntoResponse as _, Response};
use thidua_domain::access::Action;
use thidua_domain::api::{OutlierQuery, Outliers};
use thidua_domain::outlier::{self, Counts, Hint};
use thidua_domain::quantity::Hundredths;
use thidua_domain::sync::hub::Rules;
use thidua_domain::text::format_hundredths;

/// Answers from kept counts and from what lists keep of entries.
pub(super) async fn outliers<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<OutlierQuery>,
) -> Result<Json<Outliers>, ApiError> {
    let hints = found(&state, &signed, &query).await?;
    Ok(Json(Outliers { hints }))
}

/// Answers with one row for each hint.
pub(super) async fn table<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<OutlierQuery>,
) -> Result<Response, ApiError> {
    let hints = found(&state, &signed, &query).await?;
    let mut bytes = head(&[
        "Mã địa bàn",
        "Xã, phường, thị trấn",
        "Khu dân cư",
        "Điểm cần xem",
        "Của ai",
        "Số phiếu",
        "Số liệu",
        "So với",
    ]);
    bytes.extend(rows(hints.into_iter().map(|hint| row(state.rules, hint))));
    let name = format!("can-xem-{}.csv", query.area);
    Ok(attachment(&name, bytes).into_response())
}

fn row(rules: Rules, hint: Hint) -> [String; 8] {
    let share = |share| format!("{}%", format_hundredths(Hundredths(share)));
    let none = String::new;
    let (area, residential_area, what, of, [entries, figure, beside]) = match hint {
        Hint::AllMet { area, entries } => {
            let figures = [entries.to_string(), share(10_000), none()];
            (area, none(), "Tất cả đều đạt", none(), figures)
        }
        Hint::FarFromOthers {
            area,
            share: own,
            middle,
        } => {
            let figures = [none(), share(own), share(middle)];
            (area, none(), "Cách xa các xã khác", none(), figures)
        }
        Hint::YearJump {
            area,
            share: own,
            before,
        } => {
            let figures = [none(), share(own), share(before)];
            (area, none(), "Khác hẳn năm trước", none(), figures)
        }
        Hint::SameMinute {
            place,
            entries,
            at_ms,
        } => {
            let day = report::today(at_ms).format_vi();
            let figures = [entries.to_string(), day, none()];
            (
                place.commune,
                place.name,
                "Nhiều phiếu trong một phút",
                none(),
                figures,
            )
        }
        Hint::SamePoints {
            place,
            entries,
            points,
        } => {
            let figures = [entries.to_string(), points.to_string(), none()];
            (
                place.commune,
                place.name,
                "Điểm giống hệt nhau",
                none(),
                figures,
            )
        }
        Hint::VotesDoNotAddUp { place, label, .. } => {
            let figures = [none(), none(), none()];
            (
                place.commune,
                place.name,
                "Số phiếu không khớp",
                label,
                figures,
            )
        }
    };
    let [code, name] = place(rules, &area);
    let what = what.to_owned();
    [
        code,
        name,
        residential_area,
        what,
        of,
        entries,
        figure,
        beside,
    ]
}

async fn found<D: Database>(
    state: &AppState<D>,
    signed: &Signed,
    query: &OutlierQuery,
) -> Result<Vec<Hint>, ApiError> {
    let rules = state.rules;
    guard::check(rules, &signed.principal, Action::Read, &query.area)?;
    let kept = Kept::within(&state.db, rules, &query.area).await?;
    let last_year = year_before(rules);
    let before = Kept::within(&state.db, last_year, &query.area).await?;
    let communes = rules.tree.communes_under(&query.area, rules.season.date);
    let counts: Vec<Counts> = communes
        .into_iter()
        .map(|commune| Counts {
            area: commune.code.clone(),
            tally: kept
                .tally(rules, &commune.code, query.assessment)
                .unwrap_or_default(),
            before: before.tally(last_year, &commune.code, query.assessment),
        })
        .collect();
    let mut hints = outlier::among(&counts);
    let within = communes_within(rules, &query.area);
    hints.extend(state.db.signs(within).await?);
    // Families are named among them.
    readings::note(state, signed, Deed::ListRead, query.area.as_str()).await?;
    Ok(hints)
}
