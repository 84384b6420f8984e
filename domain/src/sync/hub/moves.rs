//! Subjects go to another commune: a residential area with all that lies in it, or a whole commune.

use super::own::OwnIds;
use super::work::Work;
use super::{Loaded, MoreFeeds, Needs, Rules, Writes};
use crate::access::Principal;
use crate::area::AreaCode;
use crate::place;
use crate::record::SubjectId;
use crate::sync::clock::Hlc;
use crate::sync::edit::{DeviceId, Edit};
use crate::sync::state::RecordState;
use std::collections::BTreeSet;

/// Most subjects that move in one transaction. A move of more is made in parts, of which each is whole: its
/// subjects have gone, with all their records and counts, and the others have not.
pub const MOST_MOVED: usize = 250;

/// What to load to move subjects, most of which are in the feed of `from`.
pub fn needs_of_move(hub: DeviceId, subjects: &[SubjectId], from: &AreaCode) -> Needs {
    Needs {
        device: hub,
        subjects: subjects.iter().copied().collect(),
        communes: BTreeSet::from([from.clone()]),
        ..Needs::default()
    }
}

/// Plans that subjects live in `to` from now on, and says how many of them did not before. One of which
/// nothing is known is passed over, unless it stands for the commune `from`, which is in the catalogue.
pub fn plan_move(
    rules: Rules,
    principal: &Principal,
    hub: DeviceId,
    subjects: &[SubjectId],
    (from, to): (&AreaCode, &AreaCode),
    now: Hlc,
    loaded: Loaded,
) -> Result<(Writes, usize), MoreFeeds> {
    let mut ids = OwnIds::after(hub, &loaded);
    let mut work = Work::new(rules, loaded);
    let mut moved = 0;
    for subject in subjects.iter().copied() {
        let home = work.home(subject);
        let home = home.or_else(|| (subject == SubjectId::commune(from)).then(|| from.clone()));
        let Some(home) = home else {
            continue;
        };
        let record = place::record(subject);
        let state = work.state(&record).cloned();
        let lives_in = state.as_ref().and_then(place::of);
        if lives_in.as_ref().unwrap_or(&home) == to {
            continue;
        }
        let state = state.unwrap_or_else(|| RecordState::new(home));
        let edit = Edit {
            id: ids.next(),
            time: now,
            author: principal.account.clone(),
            commune: state.commune.clone(),
            changes: state.changes_to(vec![place::value(to)]),
            record,
        };
        work.append(state.commune, edit);
        moved += 1;
    }
    let mut writes = work.finish()?;
    writes.device = Some(ids.row());
    Ok((writes, moved))
}
