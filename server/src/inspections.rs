//! Inspections of an area's communes, for pages, files and papers.

use crate::store::{Database, StoreResult};
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::api::InspectionView;
use thidua_domain::area::{Area, AreaCode};
use thidua_domain::date::Date;
use thidua_domain::entry::content_digest;
use thidua_domain::inspection::{self, Inspection, Outcome, State};
use thidua_domain::record::RecordKey;
use thidua_domain::sync::state::RecordState;

/// Records read at a time.
const STEP: usize = 1_000;

/// The inspections of these communes, the first day last.
pub async fn read<D: Database>(db: &D, communes: &[&Area]) -> StoreResult<Vec<InspectionView>> {
    let own: BTreeMap<_, _> = communes
        .iter()
        .map(|area| (inspection::subject(&area.code), &area.code))
        .collect();
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let kind = inspection::KIND.to_owned();
        let page = db.records_of_kind(kind, after, STEP).await?;
        let whole = page.len() < STEP;
        after = page.last().map(|(key, _)| key.clone());
        found.extend(page.into_iter().filter_map(|(record, state)| {
            let commune = *own.get(&record.subject())?;
            view(commune, record, &state)
        }));
        if whole {
            break;
        }
    }
    sort(&mut found);
    Ok(found)
}

/// The inspections in a commune that looked at one unit or residential area of its register, the first day last.
pub async fn of_subject<D: Database>(
    db: &D,
    commune: &AreaCode,
    subject: &RecordKey,
) -> StoreResult<Vec<InspectionView>> {
    let all = db.records(inspection::subject(commune)).await?.into_iter();
    let mut found: Vec<_> = all
        .filter_map(|(record, state)| view(commune, record, &state))
        .filter(|view| view.inspection.plan.inspected.as_ref() == Some(subject))
        .collect();
    sort(&mut found);
    Ok(found)
}

fn view(commune: &AreaCode, record: RecordKey, state: &RecordState) -> Option<InspectionView> {
    Some(InspectionView {
        inspection: inspection::read(&record, state)?,
        commune: commune.clone(),
        sent_by: state
            .text(inspection::field::SENT_BY)
            .unwrap_or_default()
            .to_owned(),
        digest: content_digest(state),
        record,
    })
}

fn sort(found: &mut [InspectionView]) {
    found.sort_by(|one, other| {
        let day = |view: &InspectionView| view.inspection.plan.from;
        (day(other), &one.commune).cmp(&(day(one), &other.commune))
    });
}

/// What inspections came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Announced and not cancelled.
    pub planned: usize,
    /// Of these, done.
    pub done: usize,
    /// Done with something lacking or against the rules.
    pub with_shortcomings: usize,
    /// Follow-ups put right.
    pub closed: usize,
    /// Follow-ups not yet put right.
    pub open: usize,
    /// Of these, late.
    pub late: usize,
}

impl Counts {
    /// Counts those of some communes.
    pub fn of(views: &[InspectionView], communes: &BTreeSet<&AreaCode>, today: Date) -> Self {
        let own = views.iter().filter(|view| communes.contains(&view.commune));
        let mut counts = Self::default();
        for Inspection {
            findings,
            follow_ups,
            ..
        } in own
            .map(|view| &view.inspection)
            .filter(|it| it.state(today) != State::Cancelled)
        {
            counts.planned += 1;
            counts.done += usize::from(findings.is_some());
            let lacking = |it: &inspection::Findings| it.outcome != Outcome::Good;
            counts.with_shortcomings += usize::from(findings.as_ref().is_some_and(lacking));
            for follow_up in follow_ups.values() {
                counts.closed += usize::from(follow_up.done.is_some());
                counts.open += usize::from(follow_up.done.is_none());
                counts.late += usize::from(follow_up.is_late(today));
            }
        }
        counts
    }
}
