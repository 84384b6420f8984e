//! `GET` and `POST /api/figures`: what bodies report for the province as a whole.

use super::body::Input;
use super::csv::{attachment, day, head, rows};
use super::guard::{self, Signed};
use super::own;
use super::problem::ApiError;
use super::{AppState, State};
use crate::store::Database;
use axum::Json;
use axum::response::{IntoResponse as _, Response};
use std::collections::BTreeSet;
use thidua_domain::access::{Action, Principal};
use thidua_domain::api::{FigureInput, FigureView, Figures};
use thidua_domain::catalogue::Directive;
use thidua_domain::entry::content_digest;
use thidua_domain::figure::{self, Figure, FigureError};
use thidua_domain::quantity::Hundredths;
use thidua_domain::review::ReviewError;
use thidua_domain::sync::hub::OwnEdit;
use thidua_domain::sync::state::RecordState;
use thidua_domain::text::format_hundredths;

/// Most edits shown, over all figures.
const MAX_HISTORY: usize = 500;

/// Shows the figures to those who may read the province.
pub(super) async fn figures<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
) -> Result<Json<Figures>, ApiError> {
    list(&state, &signed.principal).await.map(Json)
}

/// Puts a figure in the place of the one that was on the screen.
pub(super) async fn report<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Input(asked): Input<FigureInput>,
) -> Result<Json<Figures>, ApiError> {
    let province = state.rules.tree.province().code.clone();
    guard::check(state.rules, &signed.principal, Action::Report, &province)?;
    let period = state.rules.season.period;
    let indicator = Directive::embedded()
        .indicator(&asked.indicator)
        .ok_or(FigureError::NotReported)?;
    let values = asked.figure.fields(indicator, period)?;
    let record = figure::key(&indicator.id, period);
    let commune = province.clone();
    let plan = move |loaded: &thidua_domain::sync::hub::Loaded| {
        let empty = RecordState::new(commune.clone());
        let shown = loaded.records.get(&record).unwrap_or(&empty);
        if content_digest(shown) != asked.seen {
            return Err(ReviewError::ContentChanged.into());
        }
        Ok(vec![OwnEdit {
            commune,
            record,
            values,
        }])
    };
    let subjects = BTreeSet::from([figure::subject()]);
    let feeds = BTreeSet::from([province]);
    own::write(&state, &signed.principal, subjects, feeds, plan).await?;
    list(&state, &signed.principal).await.map(Json)
}

async fn list<D: Database>(
    state: &AppState<D>,
    principal: &Principal,
) -> Result<Figures, ApiError> {
    let rules = state.rules;
    let province = &rules.tree.province().code;
    guard::check(rules, principal, Action::Read, province)?;
    let records = state.db.records(figure::subject()).await?;
    let keys = records.keys().cloned().collect();
    let history = state.db.history(keys, MAX_HISTORY).await?;
    let empty = RecordState::new(province.clone());
    let figures = Directive::embedded()
        .indicators
        .iter()
        .filter(|indicator| figure::is_reported(indicator))
        .map(|indicator| {
            let key = figure::key(&indicator.id, rules.season.period);
            let record = records.get(&key).unwrap_or(&empty);
            let own = history.iter().filter(|item| item.edit.record == key);
            FigureView {
                indicator: indicator.id.clone(),
                figure: Figure::read(record),
                digest: content_digest(record),
                history: own.cloned().collect(),
            }
        })
        .collect();
    Ok(Figures {
        figures,
        may_report: guard::check(rules, principal, Action::Report, province).is_ok(),
    })
}

/// Answers with one row for each indicator that is reported.
pub(super) async fn table<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
) -> Result<Response, ApiError> {
    let all = list(&state, &signed.principal).await?;
    let mut bytes = head(&[
        "Chỉ tiêu",
        "Đơn vị tính",
        "Mức phấn đấu",
        "Số liệu",
        "Năm trước",
        "Ngày chốt số liệu",
        "Nguồn",
        "Ghi chú",
    ]);
    let number = |number: Option<Hundredths>| number.map(format_hundredths).unwrap_or_default();
    bytes.extend(rows(all.figures.into_iter().filter_map(|view| {
        let indicator = Directive::embedded().indicator(&view.indicator)?;
        let figure = view.figure;
        Some([
            indicator.name.clone(),
            indicator.unit_label.clone(),
            number(indicator.target),
            number(figure.value),
            number(figure.baseline.or(indicator.baseline)),
            day(figure.as_of),
            figure.source,
            figure.note,
        ])
    })));
    let name = format!("so-lieu-{}.csv", state.rules.season.period);
    Ok(attachment(&name, bytes).into_response())
}
