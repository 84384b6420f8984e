//! What is done at the server itself: decisions of reviewers, areas that move, what is taken over.

use super::{Hub, rules};
use crate::mutation::Mutation;
use std::collections::BTreeSet;
use thidua_domain::access::{Principal, Role};
use thidua_domain::area::AreaCode;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::review::{ReviewError, Verdict};
use thidua_domain::sync::clock::Hlc;
use thidua_domain::sync::edit::{Edit, EditId};
use thidua_domain::sync::hub::{self, Decision, HandoverError, MoreFeeds};

impl Hub {
    /// Takes a reviewer's decision.
    pub fn review(
        &mut self,
        record: &RecordKey,
        verdict: &Verdict,
        now: u64,
    ) -> Result<(), ReviewError> {
        let Some(state) = self.record(record).cloned() else {
            return Err(ReviewError::NotWaiting);
        };
        let mut verdict = verdict.clone();
        if self.is(Mutation::ReviewIsUnbound) {
            verdict.digest = thidua_domain::entry::content_digest(&state);
        }
        let reviewer = Principal::new(
            "so-noi-vu",
            Role::ProvinceReviewer,
            vec![rules().tree.province().code.clone()],
        );
        let loaded = self.load(&hub::needs_of_review(self.own, record, &state.commune));
        let time = Hlc::from_millis(now);
        let planned =
            hub::plan_review(rules(), &reviewer, self.own, record, &verdict, time, loaded);
        self.apply(planned.expect("the record's feed was loaded")?);
        Ok(())
    }

    /// An administrator sends subjects to another commune.
    pub fn send(&mut self, subjects: &[SubjectId], from: &AreaCode, to: &AreaCode, now: u64) {
        let administrator = Principal::new(
            "quan-tri",
            Role::Administrator,
            vec![rules().tree.province().code.clone()],
        );
        let mut needs = hub::needs_of_move(self.own, subjects, from);
        let now = Hlc::from_millis(now);
        loop {
            let loaded = self.load(&needs);
            let of = (from, to);
            let plan = hub::plan_move(rules(), &administrator, self.own, subjects, of, now, loaded);
            match plan {
                Err(MoreFeeds(more)) => needs.communes.extend(more),
                Ok((mut writes, _)) => {
                    if self.is(Mutation::MovedCountTwice) {
                        writes.tallies.retain(|key, _| key.commune == *to);
                    }
                    return self.apply(writes);
                }
            }
        }
    }

    /// What waits for somebody to decide: by author and record, where it waits.
    pub fn waiting(&self) -> Vec<(String, RecordKey, AreaCode)> {
        let all = self.disk.handovers.values();
        let waiting = all.filter(|(_, decided)| decided.is_none());
        let groups: BTreeSet<_> = waiting
            .map(|(kept, _)| {
                (
                    kept.author.clone(),
                    kept.record.clone(),
                    kept.commune.clone(),
                )
            })
            .collect();
        groups.into_iter().collect()
    }

    /// An officer of `commune` decides about what waits.
    pub fn decide(
        &mut self,
        author: &str,
        record: &RecordKey,
        commune: &AreaCode,
        decision: &Decision,
        now: u64,
    ) {
        let officer = Principal::new("can-bo-moi", Role::CommuneOfficer, vec![commune.clone()]);
        let edits: Vec<Edit> = self
            .kept(record)
            .into_iter()
            .map(|kept| kept.edit)
            .collect();
        let mut needs = hub::needs_of_handover(self.own, record, &edits, commune);
        let now = Hlc::from_millis(now);
        loop {
            let mut loaded = self.load(&needs);
            if self.is(Mutation::HandoverForgetsNames) {
                // As if what was taken over were still known by its first name only.
                let names: BTreeSet<EditId> = loaded.kept.iter().map(|kept| kept.edit.id).collect();
                for kept in &mut loaded.kept {
                    for change in &mut kept.edit.changes {
                        change.bases.retain(|base| !names.contains(base));
                    }
                }
            }
            let planned =
                hub::plan_handover(rules(), &officer, self.own, author, decision, now, loaded);
            match planned {
                Err(HandoverError::MoreFeeds(MoreFeeds(more))) => needs.communes.extend(more),
                // Somebody else was first, or the subject has moved on.
                Err(_) => return,
                Ok((writes, _)) => return self.apply(writes),
            }
        }
    }

    /// Edits that were refused and of which the values were taken over.
    pub fn taken_over(&self) -> impl Iterator<Item = &Edit> {
        let all = self.disk.handovers.iter();
        let taken = all.filter(|(_, (_, decided))| {
            decided
                .as_ref()
                .is_some_and(|decided| decided.taken_as.is_some())
        });
        taken.map(|(id, _)| &self.disk.rejected[id].0)
    }
}
