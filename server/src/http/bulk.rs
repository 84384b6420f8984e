//! `POST /api/review/bulk`: one decision about several entries, each told apart.

use super::body::Input;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::{AppState, State};
use crate::store::Database;
use crate::store::plan::{Unplanned, carry_out};
use axum::Json;
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::access::Principal;
use thidua_domain::api::{
    BulkEntry, BulkOutcome, BulkReviewAnswer, BulkReviewRequest, MAX_QUEUE, ProblemCode,
};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::date::Date;
use thidua_domain::place;
use thidua_domain::record::RecordKey;
use thidua_domain::review::{self, ReviewError, Verdict};
use thidua_domain::sync::clock::Hlc;
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::hub::{self, Loaded, MoreFeeds, Needs, Rules, Writes};

/// Takes what can be taken, in one transaction, and says of each entry what became of it.
pub(super) async fn review<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Input(asked): Input<BulkReviewRequest>,
) -> Result<Json<BulkReviewAnswer>, ApiError> {
    let (rules, now_ms) = (state.rules, state.clock.now_ms());
    check(&asked, Date::in_vietnam(now_ms))?;
    let plan = Plan {
        rules,
        principal: signed.principal,
        hub: state.hub,
        now: state.tick(),
        permits: BTreeMap::new(),
        asked,
    }
    .with_permits();
    let needs = plan.needs();
    // A task of its own: a reviewer who closes the page does not stop the telling.
    let reviewing = tokio::spawn(async move {
        let plan = move |loaded| Ok::<_, Unplanned<ApiError>>(plan.execute(loaded)?);
        let (answer, communes) = carry_out(&state.db, now_ms, needs, plan).await?;
        state.events.publish(communes);
        Ok::<_, ApiError>(answer)
    });
    let answer = reviewing.await.map_err(|_| ApiError::internal())??;
    Ok(Json(answer))
}

/// What is wrong with the request as a whole.
fn check(asked: &BulkReviewRequest, today: Date) -> Result<(), ApiError> {
    if asked.entries.len() > MAX_QUEUE {
        return Err(ApiError::too_many_entries(MAX_QUEUE));
    }
    let different: BTreeSet<_> = asked.entries.iter().map(|entry| &entry.record).collect();
    if different.is_empty() || different.len() < asked.entries.len() {
        return Err(ApiError::malformed());
    }
    review::comment(asked.decision, &asked.comment)?;
    review::due(asked.decision, asked.due, today)?;
    Ok(())
}

/// Where an entry is said to be, and what it is about.
fn about(entry: &BulkEntry) -> Option<(AreaCode, Assessment)> {
    let (title, _) = entry.record.entry_parts()?;
    Some((entry.commune.clone(), title))
}

/// What a plan writes, what it answers, and the communes it touches.
type Planned = (Writes, (BulkReviewAnswer, BTreeSet<AreaCode>));

#[derive(Clone)]
struct Plan {
    rules: Rules,
    principal: Principal,
    hub: DeviceId,
    now: Hlc,
    /// What the account may do about a title in the communes named; `None` is to decide.
    permits: BTreeMap<(AreaCode, Assessment), Option<BulkOutcome>>,
    asked: BulkReviewRequest,
}

impl Plan {
    fn with_permits(mut self) -> Self {
        for entry in &self.asked.entries {
            // What is no entry is found nowhere.
            let Some(about) = about(entry) else { continue };
            if self.permits.contains_key(&about) {
                continue;
            }
            let (commune, title) = &about;
            let checked = guard::authority(self.rules, &self.principal, *title, commune);
            let refusal = checked.err().map(|error| match error.code() {
                ProblemCode::NotAllowed => BulkOutcome::NotAllowed,
                _ => BulkOutcome::NotFound,
            });
            self.permits.insert(about, refusal);
        }
        self
    }

    fn is_permitted(&self, entry: &BulkEntry) -> bool {
        about(entry).and_then(|about| self.permits.get(&about)) == Some(&None)
    }

    fn needs(&self) -> Needs {
        let permitted = || self.asked.entries.iter().filter(|e| self.is_permitted(e));
        Needs {
            device: self.hub,
            subjects: permitted().map(|entry| entry.record.subject()).collect(),
            communes: permitted().map(|entry| entry.commune.clone()).collect(),
            ..Needs::default()
        }
    }

    /// Why an entry cannot be decided about, before its content is looked at. Where it is, its record
    /// says; what the request says of it was only good for knowing what to load.
    fn refusal(&self, entry: &BulkEntry, loaded: &Loaded) -> Option<BulkOutcome> {
        let permit = about(entry).and_then(|about| self.permits.get(&about).copied());
        if let Some(refusal) = permit.flatten() {
            return Some(refusal);
        }
        let id = entry.record.subject();
        let there = loaded.records.get(&entry.record).is_some_and(|record| {
            let lives_in = place::moved_to(&loaded.records, id);
            lives_in.as_ref().unwrap_or(&record.commune) == &entry.commune
                && entry.record.entry_parts().is_some()
        });
        (!there).then_some(BulkOutcome::NotFound)
    }

    fn execute(self, loaded: Loaded) -> Result<Planned, MoreFeeds> {
        let refusals: Vec<_> = self
            .asked
            .entries
            .iter()
            .map(|entry| self.refusal(entry, &loaded))
            .collect();
        let verdicts = self
            .asked
            .entries
            .iter()
            .zip(&refusals)
            .filter(|(_, refusal)| refusal.is_none())
            .map(|(entry, _)| {
                let verdict = Verdict {
                    decision: self.asked.decision,
                    digest: entry.digest.clone(),
                    comment: self.asked.comment.clone(),
                    fields: BTreeMap::new(),
                    due: self.asked.due,
                    instead: entry.instead,
                };
                (entry.record.clone(), verdict)
            })
            .collect();
        let (writes, refused) = hub::plan_reviews(
            self.rules,
            &self.principal,
            self.hub,
            verdicts,
            self.now,
            loaded,
        )?;
        let refused: BTreeMap<RecordKey, ReviewError> = refused.into_iter().collect();
        let outcomes = self
            .asked
            .entries
            .iter()
            .zip(refusals)
            .map(
                |(entry, refusal)| match (refusal, refused.get(&entry.record)) {
                    (Some(refusal), _) => refusal,
                    (None, None) => BulkOutcome::Taken,
                    (None, Some(ReviewError::ContentChanged)) => BulkOutcome::ContentChanged,
                    (None, Some(ReviewError::NotEndorsed)) => BulkOutcome::NotEndorsed,
                    (None, Some(ReviewError::ForProvince)) => BulkOutcome::ForProvince,
                    (None, Some(ReviewError::NoAppraisal | ReviewError::NotYours)) => {
                        BulkOutcome::NotAllowed
                    }
                    (None, Some(_)) => BulkOutcome::NotWaiting,
                },
            )
            .collect();
        let communes = writes.changed_communes();
        Ok((writes, (BulkReviewAnswer { outcomes }, communes)))
    }
}
