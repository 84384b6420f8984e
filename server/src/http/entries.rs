//! `GET /api/entries/KEY`: one entry, what the rule says of it, and how it came to be.

use super::guard::{self, Signed};
use super::photos;
use super::problem::ApiError;
use super::readings;
use super::{AppState, State};
use crate::audit::Deed;
use crate::inspections;
use crate::store::Database;
use axum::Json;
use axum::extract::Path;
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::access::{Action, Principal};
use thidua_domain::api::{EntryDetail, HistoryItem};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::{Evaluation, Reason};
use thidua_domain::date::Date;
use thidua_domain::entry::{self, field};
use thidua_domain::inspection;
use thidua_domain::photo::{PhotoView, Place};
use thidua_domain::place;
use thidua_domain::record::{Period, RecordKey, SubjectId, Value};
use thidua_domain::subject;
use thidua_domain::sync::state::RecordState;

/// Most edits in a history.
const MAX_HISTORY: usize = 500;
/// Most residential areas whose names an entry's history is shown with.
const MAX_AREA_NAMES: usize = 32;

/// Shows an entry to an account that may read its commune.
pub(super) async fn entry<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Path(key): Path<String>,
) -> Result<Json<EntryDetail>, ApiError> {
    let record = RecordKey::parse(&key).map_err(|_| ApiError::not_found())?;
    let detail = detail(&state, &signed.principal, &record).await?;
    readings::note(&state, &signed, Deed::EntryRead, &record.to_string()).await?;
    Ok(Json(detail))
}

/// An entry's records.
pub(super) struct Found {
    /// Where it belongs.
    pub(super) commune: AreaCode,
    kind: SubjectKind,
    subject_key: RecordKey,
    subject: RecordState,
    entry: Option<RecordState>,
    /// All records of the subject but those two.
    others: BTreeMap<RecordKey, RecordState>,
    /// What it is about.
    pub(super) assessment: Assessment,
    period: Period,
}

/// Looks an entry up. It is there as soon as its subject is, even if nothing was entered yet.
pub(super) async fn find<D: Database>(
    state: &AppState<D>,
    record: &RecordKey,
) -> Result<Found, ApiError> {
    let (assessment, period) = record.entry_parts().ok_or_else(ApiError::not_found)?;
    let id = record.subject();
    if *record != RecordKey::entry(id, assessment, period) {
        return Err(ApiError::not_found());
    }
    let mut records = state.db.records(id).await?;
    let kind = assessment.subject();
    let moved_to = place::moved_to(&records, id).filter(|_| kind != SubjectKind::Commune);
    let subject_key = RecordKey::subject_record(kind, id);
    let entry = records.remove(record);
    let subject = match records.remove(&subject_key) {
        Some(subject) => subject,
        None => {
            let by_entry = entry.as_ref().map(|entry| entry.commune.clone());
            let commune = by_entry
                .or_else(|| commune_of(state, kind, id))
                .ok_or_else(ApiError::not_found)?;
            RecordState::new(commune)
        }
    };
    Ok(Found {
        commune: moved_to.unwrap_or_else(|| subject.commune.clone()),
        kind,
        subject_key,
        subject,
        entry,
        others: records,
        assessment,
        period,
    })
}

impl Found {
    /// The residential area whose meeting an entry goes back to, if it goes back to one.
    fn meeting_of(&self) -> Option<SubjectId> {
        match self.assessment {
            Assessment::CulturalFamily | Assessment::PovertyReview => {
                subject::residential_area(&self.subject)
            }
            Assessment::SafeResidentialArea | Assessment::CulturalResidentialArea => {
                Some(self.subject_key.subject())
            }
            Assessment::SafeUnit | Assessment::NewRuralCommune => None,
        }
    }
}

/// The photos of the minutes of a residential area's meeting. Another commune's are none of this entry's,
/// whatever its record says.
async fn minutes_of<D: Database>(
    state: &AppState<D>,
    commune: &AreaCode,
    at: Place,
) -> Result<Vec<PhotoView>, ApiError> {
    let records = state.db.records(at.subject).await?;
    if place::lives_in(&records, at.subject).as_ref() != Some(commune) {
        return Ok(Vec::new());
    }
    Ok(photos::views(state, at, &records).await?)
}

/// The commune that a subject stands for: it is in the catalogue and has no record of its own.
fn commune_of<D>(state: &AppState<D>, kind: SubjectKind, id: SubjectId) -> Option<AreaCode> {
    let rules = state.rules;
    let communes = rules.tree.communes(rules.season.date).into_iter();
    communes
        .filter(|_| kind == SubjectKind::Commune)
        .map(|area| area.code.clone())
        .find(|code| SubjectId::commune(code) == id)
}

/// An entry as `principal` may see it.
pub(super) async fn detail<D: Database>(
    state: &AppState<D>,
    principal: &Principal,
    record: &RecordKey,
) -> Result<EntryDetail, ApiError> {
    let found = find(state, record).await?;
    guard::check(state.rules, principal, Action::Read, &found.commune)?;
    let keys = vec![record.clone(), found.subject_key.clone()];
    let history = state.db.history(keys, MAX_HISTORY).await?;
    let area_names = area_names(state, &found, &history).await?;
    let residential_area =
        subject::residential_area(&found.subject).and_then(|id| area_names.get(&id).cloned());
    let photos = match Place::evidence(record) {
        Some(place) => photos::views(state, place, &found.others).await?,
        None => Vec::new(),
    };
    let minutes = match found.meeting_of() {
        Some(area) => {
            let place = Place::minutes(area, found.period);
            minutes_of(state, &found.commune, place).await?
        }
        None => Vec::new(),
    };
    let inspections = match found.kind {
        kind if inspection::KINDS.contains(&kind) => {
            inspections::of_subject(&state.db, &found.commune, &found.subject_key).await?
        }
        _ => Vec::new(),
    };
    let shown = found.entry.as_ref();
    let zone = state.rules.tree.zone(&found.commune);
    let packs = state.rules.packs;
    let evaluation = shown.and_then(|shown| {
        let pack = packs.judging(Some(shown), found.assessment, found.period)?;
        Some(entry::evaluate(shown, pack, zone))
    });
    let (title, commune) = (found.assessment, &found.commune);
    let authority = guard::authority(state.rules, principal, title, commune);
    let sees_exclusions = guard::sees_exclusions(state.rules, principal, title, commune);
    let mut detail = EntryDetail {
        record: record.clone(),
        kind: found.kind,
        residential_area,
        state: entry::entry_state(shown),
        evaluation,
        digest: shown.map(entry::content_digest),
        may_review: authority.is_ok(),
        on_behalf_of: authority.ok().and_then(|authority| authority.on_behalf_of),
        today: Some(Date::in_vietnam(state.clock.now_ms())),
        redacted: false,
        history,
        area_names,
        photos,
        minutes,
        inspections,
        subject: found.subject,
        entry: found.entry,
    };
    if !sees_exclusions {
        redact(&mut detail);
    }
    Ok(detail)
}

/// Names of the residential areas that a family or unit belongs to or once did. Only those of its own
/// commune: an edit may name any other, and its name is nothing the account asked for.
async fn area_names<D: Database>(
    state: &AppState<D>,
    found: &Found,
    history: &[HistoryItem],
) -> Result<BTreeMap<SubjectId, String>, ApiError> {
    let said = history.iter().flat_map(|item| &item.edit.changes);
    let said = said
        .filter(|change| change.field.as_str() == subject::field::AREA)
        .filter_map(|change| match &change.value {
            Value::Text(id) => SubjectId::parse(id),
            _ => None,
        });
    let ids: BTreeSet<_> = subject::residential_area(&found.subject)
        .into_iter()
        .chain(said)
        .take(MAX_AREA_NAMES)
        .collect();
    let mut names = BTreeMap::new();
    for id in ids {
        let key = RecordKey::subject_record(SubjectKind::ResidentialArea, id);
        let mut records = state.db.records(id).await?;
        let here = place::lives_in(&records, id).as_ref() == Some(&found.commune);
        if let Some(record) = records.remove(&key).filter(|_| here) {
            names.insert(id, subject::label(&record).to_owned());
        }
    }
    Ok(names)
}

/// Takes out why a title is refused: that it is, stays.
fn redact(detail: &mut EntryDetail) {
    // What a reviewer said about a reason names it too.
    let is_reason = |name: &str| {
        let name = name.strip_prefix(field::REVIEW_AT).unwrap_or(name);
        name.starts_with(field::EXCLUSION)
    };
    if let Some(entry) = &mut detail.entry {
        entry.fields.retain(|name, _| !is_reason(name.as_str()));
    }
    for HistoryItem { edit, .. } in &mut detail.history {
        edit.changes
            .retain(|change| !is_reason(change.field.as_str()));
    }
    detail.history.retain(|item| !item.edit.changes.is_empty());
    if let Some(Evaluation { reasons, .. }) = &mut detail.evaluation {
        for reason in reasons.iter_mut() {
            if let Reason::Excluded { code } = reason {
                *code = None;
            }
        }
        // How many reasons there are says something about them too.
        reasons.dedup();
    }
    detail.redacted = true;
}
