//! `GET` and `POST /api/handovers`: what was written about subjects that have gone to another commune, or by
//! officers who have, and is kept for whoever is responsible now.

use super::body::Input;
use super::guard::{self, Signed};
use super::problem::ApiError;
use super::readings;
use super::{AppState, State};
use crate::audit::{Deed, Note};
use crate::store::plan::{Unplanned, carry_out};
use crate::store::{Database, HandoverFilter, HandoverRow};
use axum::Json;
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::access::{Action, Role};
use thidua_domain::api::{DecidedView, HandoverRequest, HandoverView, Handovers, MAX_HANDOVERS};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::SubjectKind;
use thidua_domain::record::RecordKey;
use thidua_domain::subject;
use thidua_domain::sync::edit::Edit;
use thidua_domain::sync::hub::{self, Loaded};

/// Most kept edits that are read for a list: many are of few records.
const MOST_READ: usize = 5_000;

/// What waits for the account's communes, and what the account itself wrote.
pub(super) async fn handovers<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
) -> Result<Json<Handovers>, ApiError> {
    let communes = guard::readable_communes(state.rules, &signed.principal);
    let here = HandoverFilter::WaitingIn(communes.into_iter().collect());
    let own = HandoverFilter::WrittenBy(signed.account.name.clone());
    let waiting = state.db.handovers(here, MOST_READ).await?;
    let own = state.db.handovers(own, MOST_READ).await?;
    let mut names = Names::default();
    let mut found = Handovers::default();
    for rows in grouped(waiting) {
        found
            .waiting
            .push(view(&state, &signed, &mut names, rows).await?);
    }
    for rows in grouped(own) {
        found
            .own
            .push(view(&state, &signed, &mut names, rows).await?);
    }
    if !found.waiting.is_empty() {
        readings::note(&state, &signed, Deed::ListRead, "handovers").await?;
    }
    Ok(Json(found))
}

/// Decides about everything that waits of one person about one record.
pub(super) async fn decide<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Input(asked): Input<HandoverRequest>,
) -> Result<Json<usize>, ApiError> {
    let HandoverRequest {
        author,
        record,
        decision,
    } = asked;
    let about = HandoverFilter::About(record.clone());
    let rows = state.db.handovers(about, MOST_READ).await?;
    let waits = |row: &&HandoverRow| row.decided.is_none() && row.edit.author == author;
    let commune = rows.iter().find(waits).map(|row| row.commune.clone());
    let commune = commune.ok_or_else(ApiError::nothing_waits)?;
    guard::check(state.rules, &signed.principal, Action::Edit, &commune)?;

    let edits: Vec<Edit> = rows.into_iter().map(|row| row.edit).collect();
    let (rules, own, now) = (state.rules, state.hub, state.tick());
    let needs = hub::needs_of_handover(own, &record, &edits, &commune);
    let now_ms = state.clock.now_ms();
    let about = format!("{record} {author}");
    let note = Note::new(now_ms, &signed.account.name, Deed::HandoverDecided, &about);
    let principal = signed.principal;
    // A task of its own: whoever closes the page does not stop the telling.
    let deciding = tokio::spawn(async move {
        let plan = move |loaded: Loaded| {
            let planned =
                hub::plan_handover(rules, &principal, own, &author, &decision, now, loaded);
            let (writes, count) = planned.map_err(|error| match error {
                hub::HandoverError::MoreFeeds(more) => Unplanned::More(more),
                error => Unplanned::Failed(ApiError::from(error)),
            })?;
            let changed: BTreeSet<AreaCode> = writes.changed_communes();
            Ok((writes, (count, changed)))
        };
        let (count, changed) = carry_out(&state.db, now_ms, needs, plan).await?;
        state.db.note(note).await?;
        state.events.publish(changed);
        Ok::<_, ApiError>(count)
    });
    let count = deciding.await.map_err(|_| ApiError::internal())??;
    Ok(Json(count))
}

/// Rows of one writer about one record together, in the order in which the first of each came.
fn grouped(rows: Vec<HandoverRow>) -> Vec<Vec<HandoverRow>> {
    let mut groups: Vec<Vec<HandoverRow>> = Vec::new();
    let mut places: BTreeMap<(String, RecordKey, bool), usize> = BTreeMap::new();
    for row in rows {
        let key = (
            row.edit.author.clone(),
            row.edit.record.clone(),
            row.decided.is_none(),
        );
        match places.get(&key) {
            Some(place) => groups[*place].push(row),
            None if groups.len() == MAX_HANDOVERS => {}
            None => {
                places.insert(key, groups.len());
                groups.push(vec![row]);
            }
        }
    }
    for group in &mut groups {
        group.sort_by_key(|row| row.edit.id);
    }
    groups
}

/// Names of accounts that were looked up.
type Names = BTreeMap<String, String>;

async fn name<D: Database>(
    state: &AppState<D>,
    names: &mut Names,
    account: &str,
) -> Result<String, ApiError> {
    if let Some(name) = names.get(account) {
        return Ok(name.clone());
    }
    let found = state.db.account(account.to_owned()).await?;
    let name = found.map_or_else(|| account.to_owned(), |it| it.account.display_name);
    names.insert(account.to_owned(), name.clone());
    Ok(name)
}

async fn view<D: Database>(
    state: &AppState<D>,
    signed: &Signed,
    names: &mut Names,
    rows: Vec<HandoverRow>,
) -> Result<HandoverView, ApiError> {
    let first = &rows[0];
    let record = first.edit.record.clone();
    let may = |action| guard::check(state.rules, &signed.principal, action, &first.commune).is_ok();
    let own = first.edit.author == signed.account.name;
    let decided = match &first.decided {
        None => None,
        Some((decided, at_ms)) => Some(DecidedView {
            by_name: name(state, names, &decided.by).await?,
            at_ms: *at_ms,
            taken: decided.taken_as.is_some(),
            reason: decided.reason.clone(),
        }),
    };
    let may_decide = decided.is_none() && may(Action::Edit);
    // Whoever neither wrote it nor is to decide is told that it waits, and not what it says.
    let shows_values = own || signed.principal.role == Role::CommuneOfficer;
    Ok(HandoverView {
        label: label(state, &record, &rows, may(Action::Read)).await?,
        author: first.edit.author.clone(),
        author_name: name(state, names, &first.edit.author).await?,
        commune: first.commune.clone(),
        received_ms: rows.iter().map(|row| row.received_ms).max().unwrap_or(0),
        decided,
        may_decide,
        edits: rows
            .into_iter()
            .map(|row| row.edit)
            .map(|mut edit| {
                if !shows_values {
                    edit.changes.clear();
                }
                edit
            })
            .collect(),
        record,
    })
}

/// What the subject is called: by what was written, or else by its record, which not everybody may see who
/// once wrote about it.
async fn label<D: Database>(
    state: &AppState<D>,
    record: &RecordKey,
    rows: &[HandoverRow],
    may_read: bool,
) -> Result<String, ApiError> {
    let named = |edit: &Edit| {
        let name = edit.changes.iter().rev().find(|change| {
            [subject::field::HEAD, subject::field::NAME].contains(&change.field.as_str())
        })?;
        name.value.as_text().map(str::to_owned)
    };
    if let Some(name) = rows.iter().rev().find_map(|row| named(&row.edit)) {
        return Ok(name);
    }
    if !may_read {
        return Ok(String::new());
    }
    let records = state.db.records(record.subject()).await?;
    let kinds = [
        SubjectKind::Family,
        SubjectKind::Unit,
        SubjectKind::ResidentialArea,
    ];
    let found = kinds.into_iter().find_map(|kind| {
        let key = RecordKey::subject_record(kind, record.subject());
        Some(subject::label(records.get(&key)?).to_owned())
    });
    Ok(found.unwrap_or_default())
}
