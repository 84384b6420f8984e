//! `GET` and `POST /api/reminders`: what communes are asked to do, and whether they have read it.

use super::body::{Asked, Input};
use super::csv::{attachment, day, head, place, rows};
use super::guard::{self, Signed};
use super::own;
use super::problem::ApiError;
use super::{AppState, State};
use crate::report;
use crate::store::Database;
use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use std::collections::BTreeSet;
use thidua_domain::access::Action;
use thidua_domain::api::{CommuneReminders, ReminderInput};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::reminder::{self, Draft, Reminder};
use thidua_domain::sync::hub::{Loaded, OwnEdit};

/// The query.
#[derive(Deserialize)]
pub(super) struct RemindersQuery {
    area: AreaCode,
}

/// Lists the reminders to an area's communes.
pub(super) async fn reminders<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<RemindersQuery>,
) -> Result<Json<Vec<CommuneReminders>>, ApiError> {
    listed(&state, &signed, &query.area).await.map(Json)
}

/// Answers with one row for each reminder.
pub(super) async fn table<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Asked(query): Asked<RemindersQuery>,
) -> Result<Response, ApiError> {
    let all = listed(&state, &signed, &query.area).await?;
    let mut bytes = head(&[
        "Mã địa bàn",
        "Xã, phường, thị trấn",
        "Nội dung đánh giá",
        "Nội dung đôn đốc",
        "Hạn",
        "Người gửi",
        "Ngày gửi",
        "Người đọc",
        "Ngày đọc",
    ]);
    bytes.extend(rows(all.into_iter().flat_map(|one| {
        let place = place(state.rules, &one.commune);
        one.reminders
            .into_iter()
            .map(move |reminder| row(&place, reminder))
    })));
    let name = format!("don-doc-{}.csv", query.area);
    Ok(attachment(&name, bytes).into_response())
}

fn row([code, name]: &[String; 2], reminder: Reminder) -> [String; 9] {
    let Draft {
        text,
        assessment,
        due,
    } = reminder.draft;
    let on = |ms| report::today(ms).format_vi();
    let (reader, read) = reminder.read.unzip();
    [
        code.clone(),
        name.clone(),
        assessment.map_or("", Assessment::as_str).to_owned(),
        text,
        day(due),
        reminder.sent_by,
        on(reminder.sent_ms),
        reader.unwrap_or_default(),
        read.map(on).unwrap_or_default(),
    ]
}

async fn listed<D: Database>(
    state: &AppState<D>,
    signed: &Signed,
    area: &AreaCode,
) -> Result<Vec<CommuneReminders>, ApiError> {
    let rules = state.rules;
    guard::check(rules, &signed.principal, Action::Read, area)?;
    let mut listed = Vec::new();
    for commune in rules.tree.communes_under(area, rules.season.date) {
        let records = state.db.records(reminder::subject(&commune.code)).await?;
        let mut reminders: Vec<_> = records
            .iter()
            .filter_map(|(key, record)| reminder::read(key, record))
            .collect();
        reminders.sort_by_key(|reminder| std::cmp::Reverse(reminder.sent_ms));
        if !reminders.is_empty() {
            listed.push(CommuneReminders {
                commune: commune.code.clone(),
                reminders,
            });
        }
    }
    Ok(listed)
}

/// Sends a reminder to communes: to all of them, or to none where one is not the account's to urge.
pub(super) async fn remind<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Input(asked): Input<ReminderInput>,
) -> Result<Json<usize>, ApiError> {
    let rules = state.rules;
    let communes: BTreeSet<_> = asked.communes.into_iter().collect();
    let known: BTreeSet<_> = rules
        .tree
        .communes(rules.season.date)
        .into_iter()
        .map(|area| &area.code)
        .collect();
    for commune in &communes {
        guard::check(rules, &signed.principal, Action::Review, commune)?;
        if !known.contains(commune) {
            return Err(ApiError::malformed());
        }
    }
    let values = asked
        .reminder
        .fields(&signed.account.display_name)
        .filter(|_| !communes.is_empty())
        .ok_or_else(ApiError::malformed)?;
    let (count, targets) = (communes.len(), communes.clone());
    let plan = move |loaded: &Loaded| {
        let edit = |commune: AreaCode| OwnEdit {
            record: reminder::next_key(&commune, &loaded.records),
            values: values.clone(),
            commune,
        };
        Ok(targets.into_iter().map(edit).collect())
    };
    let subjects = communes.iter().map(reminder::subject).collect();
    own::write(&state, &signed.principal, subjects, communes, plan).await?;
    Ok(Json(count))
}
