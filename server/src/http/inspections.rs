//! `GET` and `POST /api/inspections`: inspections announced to communes, what was found, and what became of it; with
//! `/csv` as a file.

use super::body::{Asked, Input};
use super::csv::{attachment, head, rows};
use super::guard::{self, Signed};
use super::own;
use super::problem::ApiError;
use super::{AppState, State};
use crate::inspections::read;
use crate::report;
use crate::store::Database;
use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use std::collections::BTreeSet;
use thidua_domain::access::Action;
use thidua_domain::api::{InspectionInput, InspectionView, Inspections};
use thidua_domain::area::AreaCode;
use thidua_domain::date::Date;
use thidua_domain::entry::{ContentDigest, content_digest};
use thidua_domain::inspection::{self, Inspection, Outcome, Plan, State as Stage, Subject};
use thidua_domain::record::{FieldName, RecordKey, Value};
use thidua_domain::review::ReviewError;
use thidua_domain::sync::hub::{Loaded, OwnEdit, Rules};

/// The query.
#[derive(Deserialize)]
pub(super) struct InspectionsQuery {
    area: AreaCode,
}

/// Lists those of an area's communes.
pub(super) async fn inspections<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<InspectionsQuery>,
) -> Result<Json<Inspections>, ApiError> {
    let rules = state.rules;
    Ok(Json(Inspections {
        inspections: listed(&state, &signed, &query.area).await?,
        may_inspect: guard::check(rules, &signed.principal, Action::Review, &query.area).is_ok(),
    }))
}

async fn listed<D: Database>(
    state: &AppState<D>,
    signed: &Signed,
    area: &AreaCode,
) -> Result<Vec<InspectionView>, ApiError> {
    let rules = state.rules;
    guard::check(rules, &signed.principal, Action::Read, area)?;
    let communes = rules.tree.communes_under(area, rules.season.date);
    Ok(read(&state.db, &communes).await?)
}

/// Announces an inspection to communes, or changes one; answers with how many records that is.
pub(super) async fn write<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Input(asked): Input<InspectionInput>,
) -> Result<Json<usize>, ApiError> {
    match asked {
        InspectionInput::Plan { communes, plan } => announce(&state, &signed, communes, plan).await,
        InspectionInput::Change {
            commune,
            record,
            seen,
            inspection,
        } => change(&state, &signed, (commune, record, seen), inspection).await,
    }
}

async fn announce<D: Database>(
    state: &AppState<D>,
    signed: &Signed,
    communes: Vec<AreaCode>,
    plan: Plan,
) -> Result<Json<usize>, ApiError> {
    let rules = state.rules;
    let communes: BTreeSet<_> = communes.into_iter().collect();
    if communes.is_empty() {
        return Err(ApiError::malformed());
    }
    for commune in &communes {
        check(state, signed, commune)?;
    }
    let period = rules.season.period;
    let sent_by = FieldName::parse(inspection::field::SENT_BY).expect("a valid name");
    let sent_by = (sent_by, Value::from(signed.account.display_name.as_str()));
    let (count, targets) = (communes.len(), communes.clone());
    let inspected = plan.inspected.as_ref().map(RecordKey::subject);
    let plan = move |loaded: &Loaded| {
        let edit = |commune: AreaCode| {
            let settled = plan.clone().settled(&commune, &loaded.records, None)?;
            let mut values = Inspection::announced(settled).fields(None, period)?;
            values.push(sent_by.clone());
            Ok(OwnEdit {
                record: inspection::next_key(&commune, &loaded.records)?,
                values,
                commune,
            })
        };
        targets.into_iter().map(edit).collect()
    };
    let subjects = communes.iter().map(inspection::subject);
    let subjects = subjects.chain(inspected).collect();
    own::write(state, &signed.principal, subjects, communes, plan).await?;
    Ok(Json(count))
}

async fn change<D: Database>(
    state: &AppState<D>,
    signed: &Signed,
    (commune, record, seen): (AreaCode, RecordKey, ContentDigest),
    mut asked: Inspection,
) -> Result<Json<usize>, ApiError> {
    check(state, signed, &commune)?;
    if record.kind() != inspection::KIND || record.subject() != inspection::subject(&commune) {
        return Err(ApiError::malformed());
    }
    let period = state.rules.season.period;
    let feeds = BTreeSet::from([commune.clone()]);
    let inspected = asked.plan.inspected.as_ref().map(RecordKey::subject);
    let subjects = std::iter::once(record.subject()).chain(inspected).collect();
    let plan = move |loaded: &Loaded| {
        let shown = loaded.records.get(&record);
        let before = shown.and_then(|state| inspection::read(&record, state));
        let (Some(shown), Some(before)) = (shown, before) else {
            return Err(ApiError::not_found());
        };
        // The commune may have answered meanwhile: who confirms has to have read that.
        if content_digest(shown) != seen {
            return Err(ReviewError::ContentChanged.into());
        }
        asked.plan = asked
            .plan
            .settled(&commune, &loaded.records, Some(&before.plan))?;
        let values = asked.fields(Some(&before), period)?;
        Ok(vec![OwnEdit {
            commune,
            record,
            values,
        }])
    };
    own::write(state, &signed.principal, subjects, feeds, plan).await?;
    Ok(Json(1))
}

/// Whether the account may inspect a commune of this season.
fn check<D: Database>(
    state: &AppState<D>,
    signed: &Signed,
    commune: &AreaCode,
) -> Result<(), ApiError> {
    let rules = state.rules;
    guard::check(rules, &signed.principal, Action::Review, commune)?;
    let mut known = rules.tree.communes(rules.season.date).into_iter();
    if known.any(|area| area.code == *commune) {
        Ok(())
    } else {
        Err(ApiError::malformed())
    }
}

/// Answers with one row for each inspection, and one more for each follow-up after the first.
pub(super) async fn table<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<InspectionsQuery>,
) -> Result<Response, ApiError> {
    let views = listed(&state, &signed, &query.area).await?;
    let today = report::today(state.clock.now_ms());
    let mut bytes = head(&[
        "Mã địa bàn",
        "Xã, phường, thị trấn",
        "Từ ngày",
        "Đến ngày",
        "Nội dung",
        "Đoàn kiểm tra",
        "Nơi kiểm tra",
        "Tình trạng",
        "Ngày kiểm tra",
        "Kết quả",
        "Nhận xét",
        "Yêu cầu khắc phục",
        "Hạn",
        "Xã trả lời",
        "Ngày xác nhận",
    ]);
    let lines = views
        .iter()
        .flat_map(|view| lines(state.rules, view, today));
    bytes.extend(rows(lines));
    let name = format!("kiem-tra-{}.csv", query.area);
    Ok(attachment(&name, bytes).into_response())
}

fn lines(rules: Rules, view: &InspectionView, today: Date) -> Vec<Vec<String>> {
    let Inspection {
        plan,
        findings,
        follow_ups,
        ..
    } = &view.inspection;
    let area = rules.tree.get(&view.commune, rules.season.date);
    let day = |day: Option<Date>| day.map(Date::format_vi).unwrap_or_default();
    let subjects = plan.subjects.iter().map(|it| subject_word(*it).to_owned());
    let about = subjects.chain((!plan.about.is_empty()).then(|| plan.about.clone()));
    let found = findings.as_ref();
    let before = vec![
        view.commune.to_string(),
        area.map_or_else(String::new, |area| area.name.clone()),
        day(Some(plan.from)),
        day(plan.until),
        about.collect::<Vec<_>>().join("; "),
        plan.team.clone(),
        plan.place.clone(),
        stage_word(view.inspection.state(today)).to_owned(),
        day(found.map(|it| it.done)),
        found.map_or("", |it| outcome_word(it.outcome)).to_owned(),
        match found {
            Some(found) => found.text.clone(),
            None => view.inspection.cancelled.clone(),
        },
    ];
    let follow_ups = follow_ups.values().map(|it| {
        let own = [
            it.what.clone(),
            day(Some(it.due)),
            it.answer.clone(),
            day(it.done),
        ];
        before.iter().cloned().chain(own).collect()
    });
    let mut lines: Vec<Vec<String>> = follow_ups.collect();
    if lines.is_empty() {
        let none = std::iter::repeat_n(String::new(), 4);
        lines.push(before.iter().cloned().chain(none).collect());
    }
    lines
}

fn subject_word(subject: Subject) -> &'static str {
    match subject {
        Subject::Titles => "Bình xét danh hiệu",
        Subject::Indicators => "Chỉ tiêu, số liệu",
        Subject::Documents => "Văn bản, hồ sơ",
    }
}

fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Good => "Đạt yêu cầu",
        Outcome::Shortcomings => "Còn thiếu sót",
        Outcome::Breaches => "Có sai phạm",
    }
}

fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::FollowUpLate => "Chậm khắc phục",
        Stage::Overdue => "Quá ngày, chưa có kết quả",
        Stage::FollowUpOpen => "Đang khắc phục",
        Stage::Planned => "Đã báo trước",
        Stage::Done => "Đã kiểm tra",
        Stage::Closed => "Đã khắc phục xong",
        Stage::Cancelled => "Không tiến hành",
    }
}
