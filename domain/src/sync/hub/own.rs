//! Edits of the hub's own: decisions of reviewers, figures of the province, reminders.

use super::work::Work;
use super::{DeviceRow, Loaded, MoreFeeds, Rules, Writes};
use crate::access::Principal;
use crate::area::AreaCode;
use crate::date::Date;
use crate::record::{FieldName, RecordKey, Value};
use crate::review::{self, ReviewError, Sitting, Verdict};
use crate::setting::appraisal::DistrictFirst;
use crate::sync::clock::Hlc;
use crate::sync::edit::{DeviceId, Edit, EditId, FieldChange};
use crate::sync::state::RecordState;

/// Plans a reviewer's decision: an edit of the hub's own.
pub fn plan_review(
    rules: Rules,
    principal: &Principal,
    hub: DeviceId,
    record: &RecordKey,
    verdict: &Verdict,
    now: Hlc,
    loaded: Loaded,
) -> Result<Result<Writes, ReviewError>, MoreFeeds> {
    let asked = vec![(record.clone(), verdict.clone())];
    let (writes, mut refused) = plan_reviews(rules, principal, hub, asked, now, loaded)?;
    Ok(refused.pop().map_or(Ok(writes), |(_, error)| Err(error)))
}

/// What was decided, and what could not be.
pub type Reviewed = (Writes, Vec<(RecordKey, ReviewError)>);

/// Plans several decisions at once; those that cannot be taken are told apart, with the reason.
pub fn plan_reviews(
    rules: Rules,
    principal: &Principal,
    hub: DeviceId,
    asked: Vec<(RecordKey, Verdict)>,
    now: Hlc,
    loaded: Loaded,
) -> Result<Reviewed, MoreFeeds> {
    let mut ids = OwnIds::after(hub, &loaded);
    let today = Date::in_vietnam(now.millis());
    let rules = rules.as_set(&loaded.settings);
    let first = loaded.settings.district_first(rules.tree, rules.season);
    let mut refused = Vec::new();
    let mut work = Work::new(rules, loaded);
    for (record, verdict) in asked {
        let decided = decided(&work, principal, &record, &verdict, (today, &first));
        match decided {
            Err(error) => refused.push((record, error)),
            Ok((changes, state)) => {
                let edit = Edit {
                    id: ids.next(),
                    time: now,
                    author: principal.account.clone(),
                    commune: state.commune.clone(),
                    record,
                    changes,
                };
                work.append(state.commune, edit);
            }
        }
    }
    let mut writes = work.finish()?;
    writes.device = Some(ids.row());
    Ok((writes, refused))
}

/// The changes that a decision makes, with the record they are made to.
fn decided(
    work: &Work,
    principal: &Principal,
    record: &RecordKey,
    verdict: &Verdict,
    (today, first): (Date, &DistrictFirst),
) -> Result<(Vec<FieldChange>, RecordState), ReviewError> {
    let state = work.state(record).ok_or(ReviewError::NotWaiting)?;
    let (title, _) = record.entry_parts().ok_or(ReviewError::NotWaiting)?;
    let authority = work.authority(principal, title, record.subject());
    let sitting = Sitting {
        today,
        authority: authority.ok_or(ReviewError::NotYours)?,
        district_first: first.asks(title),
    };
    let values = review::decide(state, verdict, &sitting)?;
    Ok((state.changes_to(values), state.clone()))
}

/// Values that the server itself writes into a record: a figure of the province, a reminder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnEdit {
    /// Whose feed the record belongs to.
    pub commune: AreaCode,
    /// The record.
    pub record: RecordKey,
    /// The values it is to show.
    pub values: Vec<(FieldName, Value)>,
}

/// Plans edits of the hub's own; one that changes nothing is left out.
pub fn plan_own(
    rules: Rules,
    principal: &Principal,
    hub: DeviceId,
    edits: Vec<OwnEdit>,
    now: Hlc,
    loaded: Loaded,
) -> Result<Writes, MoreFeeds> {
    let mut ids = OwnIds::after(hub, &loaded);
    let mut work = Work::new(rules, loaded);
    for own in edits {
        let state = work.state(&own.record).cloned();
        let state = state.unwrap_or_else(|| RecordState::new(own.commune.clone()));
        let changes = state.changes_to(own.values);
        if changes.is_empty() {
            continue;
        }
        let edit = Edit {
            id: ids.next(),
            time: now,
            author: principal.account.clone(),
            commune: state.commune.clone(),
            record: own.record,
            changes,
        };
        work.append(state.commune, edit);
    }
    let mut writes = work.finish()?;
    writes.device = Some(ids.row());
    Ok(writes)
}

/// The account that the hub's own devices belong to; not a name an account can have.
pub const HUB_ACCOUNT: &str = "*hub*";

/// Numbers of the hub's own edits.
pub(super) struct OwnIds {
    hub: DeviceId,
    row: DeviceRow,
}

impl OwnIds {
    /// Those after what was loaded of the device.
    pub(super) fn after(hub: DeviceId, loaded: &Loaded) -> Self {
        let row = loaded.device.clone().unwrap_or_else(|| DeviceRow {
            account: HUB_ACCOUNT.to_owned(),
            held: 0,
        });
        Self { hub, row }
    }

    pub(super) fn next(&mut self) -> EditId {
        self.row.held += 1;
        EditId {
            device: self.hub,
            seq: self.row.held,
        }
    }

    /// The device once these edits are held.
    pub(super) fn row(self) -> (DeviceId, DeviceRow) {
        (self.hub, self.row)
    }
}
