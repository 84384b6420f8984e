//! `GET /api/targets?area=CODE`: what districts and communes set themselves of the directive's indicators, added
//! up and beside how they stand; with `/csv` the same as a file. `POST /api/targets`: a district's.

use super::body::{Asked, Input};
use super::csv::{attachment, head, rows};
use super::guard::{self, Signed};
use super::own;
use super::problem::ApiError;
use super::{AppState, State};
use crate::store::Database;
use crate::targets::Targets;
use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use std::collections::BTreeSet;
use thidua_domain::access::{Action, Principal};
use thidua_domain::api::{AreaTarget, TargetInput, TargetsView};
use thidua_domain::area::{Area, AreaCode, AreaLevel};
use thidua_domain::catalogue::{Directive, Indicator, Measure};
use thidua_domain::entry::content_digest;
use thidua_domain::quantity::Hundredths;
use thidua_domain::review::ReviewError;
use thidua_domain::sync::hub::{Loaded, OwnEdit, Rules};
use thidua_domain::sync::state::RecordState;
use thidua_domain::target::{self, TargetError};
use thidua_domain::text::{format_hundredths, format_rate_percent};

/// The query.
#[derive(Deserialize)]
pub(super) struct TargetsQuery {
    area: AreaCode,
}

/// Shows an area's own targets and those directly below it.
pub(super) async fn targets<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<TargetsQuery>,
) -> Result<Json<TargetsView>, ApiError> {
    let area = readable(&state, &signed, &query.area)?;
    view(&state, &signed.principal, area).await.map(Json)
}

/// Puts a district's target in the place of the one that was on the screen.
pub(super) async fn set<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Input(asked): Input<TargetInput>,
) -> Result<Json<TargetsView>, ApiError> {
    let rules = state.rules;
    guard::check(rules, &signed.principal, Action::Review, &asked.area)?;
    let area = readable(&state, &signed, &asked.area)?;
    // A commune's is its officers' to set, and the province's stands in the directive.
    if area.level() != AreaLevel::District {
        return Err(TargetError::NotSet.into());
    }
    let (date, period) = (rules.season.date, rules.season.period);
    let indicator = Directive::embedded()
        .indicator(&asked.indicator)
        .ok_or(TargetError::NotSet)?;
    let most = target::most(indicator, area, rules.tree, date);
    let values = asked.target.fields(indicator, most)?;
    let record = target::district_key(&area.code, &indicator.id, period);
    let district = area.code.clone();
    let plan = move |loaded: &Loaded| {
        let empty = RecordState::new(district.clone());
        let shown = loaded.records.get(&record).unwrap_or(&empty);
        if content_digest(shown) != asked.seen {
            return Err(ReviewError::ContentChanged.into());
        }
        Ok(vec![OwnEdit {
            commune: district,
            record,
            values,
        }])
    };
    let subjects = BTreeSet::from([target::district_subject(&area.code)]);
    let feeds = BTreeSet::from([area.code.clone()]);
    own::write(&state, &signed.principal, subjects, feeds, plan).await?;
    view(&state, &signed.principal, area).await.map(Json)
}

/// Answers with one row for each indicator and area below.
pub(super) async fn table<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<TargetsQuery>,
) -> Result<Response, ApiError> {
    let rules = state.rules;
    let area = readable(&state, &signed, &query.area)?;
    let view = view(&state, &signed.principal, area).await?;
    let mut bytes = head(&[
        "Chỉ tiêu",
        "Đơn vị tính",
        "Chỉ tiêu tỉnh giao",
        "Mã địa bàn",
        "Tên",
        "Chỉ tiêu riêng",
        "Kế hoạch số",
        "Kết quả đã duyệt",
        "Phải đánh giá",
        "Số xã đã đặt",
        "Số xã phải đặt",
        "Cộng chỉ tiêu các xã",
    ]);
    for one in view.indicators {
        let Some(indicator) = Directive::embedded().indicator(&one.indicator) else {
            continue;
        };
        let listed = std::iter::once(one.own).chain(one.parts);
        bytes.extend(rows(listed.map(|own| row(rules, indicator, &own))));
    }
    let name = format!("chi-tieu-rieng-{}.csv", query.area);
    Ok(attachment(&name, bytes).into_response())
}

fn row(rules: Rules, indicator: &Indicator, own: &AreaTarget) -> [String; 12] {
    let number = |number: Option<Hundredths>| number.map(format_hundredths).unwrap_or_default();
    let area = rules.tree.get(&own.area, rules.season.date);
    let met = own.met.unsigned_abs();
    let result = match indicator.measure {
        _ if own.reported == 0 => String::new(),
        Measure::Share(_) => format_rate_percent(met, own.expected.unsigned_abs()),
        _ => met.to_string(),
    };
    let sum = own.communes;
    let count = |count: Option<u32>| count.map(|it| it.to_string()).unwrap_or_default();
    [
        indicator.name.clone(),
        indicator.unit_label.clone(),
        number(indicator.target),
        own.area.to_string(),
        area.map_or_else(String::new, |area| area.name.clone()),
        number(own.target.goal),
        own.target.plan.clone(),
        result,
        own.expected.to_string(),
        count(sum.map(|sum| sum.set)),
        count(sum.map(|sum| sum.asked)),
        number(sum.and_then(|sum| sum.shown(indicator))),
    ]
}

fn readable<D: Database>(
    state: &AppState<D>,
    signed: &Signed,
    code: &AreaCode,
) -> Result<&'static Area, ApiError> {
    let rules = state.rules;
    guard::check(rules, &signed.principal, Action::Read, code)?;
    let area = rules.tree.get(code, rules.season.date);
    area.ok_or_else(ApiError::not_found)
}

async fn view<D: Database>(
    state: &AppState<D>,
    principal: &Principal,
    area: &Area,
) -> Result<TargetsView, ApiError> {
    let rules = state.rules;
    let mut indicators = Targets::within(&state.db, rules, area).await?.of(area);
    let parts = indicators
        .iter_mut()
        .flat_map(|one| std::iter::once(&mut one.own).chain(&mut one.parts));
    for own in parts {
        let level = rules.tree.get(&own.area, rules.season.date);
        let is_district = level.is_some_and(|area| area.level() == AreaLevel::District);
        own.may_set =
            is_district && guard::check(rules, principal, Action::Review, &own.area).is_ok();
    }
    Ok(TargetsView {
        area: area.code.clone(),
        indicators,
    })
}
