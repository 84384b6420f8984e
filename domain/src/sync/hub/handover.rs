//! What somebody wrote about a subject that is no longer theirs: the area has gone to another commune, or
//! they have. It is kept whole, and whoever may edit there takes it over as an edit of their own or declines.

use super::own::OwnIds;
use super::work::Work;
use super::{Loaded, MoreFeeds, Needs, Rules, Writes, named_area, subjects_of};
use crate::access::Principal;
use crate::area::AreaCode;
use crate::record::{MAX_TEXT_BYTES, RecordKey, SubjectId};
use crate::sync::clock::Hlc;
use crate::sync::edit::{DeviceId, Edit, EditId, FieldChange};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// An edit that is kept for a commune to decide about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// The edit, which is kept with those that were not taken.
    pub edit: EditId,
    /// Its record.
    pub record: RecordKey,
    /// Who wrote it.
    pub author: String,
    /// Where its subject lives: who may edit there decides.
    pub commune: AreaCode,
    /// The residential area that the edit says its subject lies in: where that goes, the edit goes too.
    pub residential_area: Option<SubjectId>,
}

impl Handover {
    /// That `edit` waits for whoever may edit in `commune`.
    pub(super) fn of(edit: &Edit, commune: AreaCode) -> Self {
        Self {
            edit: edit.id,
            record: edit.record.clone(),
            author: edit.author.clone(),
            commune,
            residential_area: named_area(edit),
        }
    }
}

/// What has become of a kept edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody has decided.
    Waiting,
    /// It was taken over, as this edit.
    Taken(EditId),
    /// It was declined.
    Declined,
}

/// A kept edit, and what has become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptEdit {
    /// The edit as it was sent.
    pub edit: Edit,
    /// What has become of it.
    pub outcome: Outcome,
}

/// A decision about what one person wrote about one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "decision", deny_unknown_fields)]
pub enum Decision {
    /// To take it over.
    Take,
    /// To decline it; the writer is told why.
    Decline {
        /// Why.
        reason: String,
    },
}

/// A decision about a kept edit, to be noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Who decided.
    pub by: String,
    /// The edit as which it was taken over; `None` if it was declined.
    pub taken_as: Option<EditId>,
    /// What the writer is told.
    pub reason: String,
}

/// Why nothing could be decided.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandoverError {
    /// Nothing waits: somebody else has decided.
    #[error("nothing waits to be taken over")]
    NothingWaits,
    /// The subject lives where the account may not edit.
    #[error("the subject lives in another commune")]
    Elsewhere,
    /// Whoever declines says why.
    #[error("a reason is needed")]
    ReasonMissing,
    /// The reason is too long.
    #[error("the reason is too long")]
    ReasonTooLong,
    /// More feeds have to be loaded.
    #[error(transparent)]
    MoreFeeds(#[from] MoreFeeds),
}

/// What to load for a decision about `edits`, all of them of `record`, that are kept for `commune`.
pub fn needs_of_handover(
    hub: DeviceId,
    record: &RecordKey,
    edits: &[Edit],
    commune: &AreaCode,
) -> Needs {
    let mut subjects: BTreeSet<_> = edits.iter().flat_map(subjects_of).collect();
    subjects.insert(record.subject());
    Needs {
        device: hub,
        subjects,
        communes: BTreeSet::from([commune.clone()]),
        kept: Some(record.clone()),
        ..Needs::default()
    }
}

/// Plans a decision about all that waits of what `author` wrote about one record, and says how many edits it
/// was about.
pub fn plan_handover(
    rules: Rules,
    principal: &Principal,
    hub: DeviceId,
    author: &str,
    decision: &Decision,
    now: Hlc,
    mut loaded: Loaded,
) -> Result<(Writes, usize), HandoverError> {
    let mut ids = OwnIds::after(hub, &loaded);
    let kept = std::mem::take(&mut loaded.kept);
    let mut work = Work::new(rules, loaded);
    let taken = kept.iter().filter_map(|kept| match kept.outcome {
        Outcome::Taken(id) => Some((kept.edit.id, id)),
        Outcome::Waiting | Outcome::Declined => None,
    });
    let mut taken: BTreeMap<EditId, EditId> = taken.collect();
    let mut decided = Vec::new();
    let waiting = kept
        .iter()
        .filter(|kept| kept.outcome == Outcome::Waiting && kept.edit.author == author)
        .map(|kept| &kept.edit);
    for edit in in_order(waiting.collect()) {
        let seat = work.seat(edit);
        if !work.may_edit(principal, &seat.place) {
            return Err(HandoverError::Elsewhere);
        }
        let (taken_as, reason) = match decision {
            Decision::Decline { reason } => (None, reason_of(reason)?),
            Decision::Take => {
                let own = Edit {
                    id: ids.next(),
                    time: now,
                    author: principal.account.clone(),
                    commune: seat.feed.clone(),
                    record: edit.record.clone(),
                    changes: edit.changes.iter().map(|it| rebased(it, &taken)).collect(),
                };
                taken.insert(edit.id, own.id);
                let id = own.id;
                work.append(seat.feed, own);
                (Some(id), String::new())
            }
        };
        let by = principal.account.clone();
        decided.push((
            edit.id,
            Decided {
                by,
                taken_as,
                reason,
            },
        ));
    }
    if decided.is_empty() {
        return Err(HandoverError::NothingWaits);
    }
    let count = decided.len();
    let mut writes = work.finish()?;
    writes.device = Some(ids.row());
    writes.decided = decided;
    Ok((writes, count))
}

/// Edits so that each comes after those it goes on from: a tablet that took on another name may have written
/// the later ones under one that sorts before the first.
fn in_order(mut waiting: Vec<&Edit>) -> Vec<&Edit> {
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let ids: BTreeSet<EditId> = waiting.iter().map(|edit| edit.id).collect();
        let goes_on = |edit: &Edit| {
            let mut bases = edit.changes.iter().flat_map(|change| &change.bases);
            bases.any(|base| ids.contains(base))
        };
        // A circle, which only a forger could write, is taken as it comes.
        let next = waiting.iter().position(|edit| !goes_on(edit)).unwrap_or(0);
        ordered.push(waiting.remove(next));
    }
    ordered
}

fn reason_of(reason: &str) -> Result<String, HandoverError> {
    let reason = crate::text::nfc(reason.trim());
    if reason.is_empty() {
        Err(HandoverError::ReasonMissing)
    } else if reason.len() > MAX_TEXT_BYTES {
        Err(HandoverError::ReasonTooLong)
    } else {
        Ok(reason)
    }
}

/// Kept edits name each other as what they replace, and nobody else has seen them: what was taken over stands
/// under another name. What was declined stands nowhere; whoever went on from it is shown beside what stood
/// there before, for a person to choose.
fn rebased(change: &FieldChange, taken: &BTreeMap<EditId, EditId>) -> FieldChange {
    let bases = change.bases.iter();
    let bases = bases.map(|base| *taken.get(base).unwrap_or(base));
    FieldChange {
        bases: bases.collect(),
        ..change.clone()
    }
}
