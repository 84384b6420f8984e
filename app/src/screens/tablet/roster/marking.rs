//! Does what marks say: one after the other, each from what is stored when its turn comes, many
//! families in one transaction; and takes it back.

use crate::model::marks::{self, Done, Mark, Stored};
use crate::store::{Change, Store, StoreError};
use crate::tablet::Tablet;
use crate::texts::{faults, roster as say, words};
use crate::ui::SaveState;
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::{Meeting, Packs, Poverty};
use thidua_domain::record::{Period, RecordKey, SubjectId};
use thidua_domain::subject;
use thidua_domain::sync::state::RecordState;

/// Records in one transaction at most; beyond it, several follow one another.
const RECORDS_AT_ONCE: usize = 500;
/// Steps that can be taken back.
const STEPS_BACK: usize = 50;

/// One thing to do.
#[derive(Clone, Debug)]
pub enum Task {
    /// Mark families.
    Mark(Mark, Vec<SubjectId>),
    /// Say a family's poverty class.
    Poverty(Poverty, SubjectId),
    /// Enter the meeting of a residential area.
    Meeting(SubjectId, Meeting),
    /// Take the last step back.
    Undo,
}

/// The marking of one screen. Copied freely.
#[derive(Clone, Copy)]
pub struct Marking {
    tablet: Tablet,
    queue: StoredValue<VecDeque<Task>>,
    busy: StoredValue<bool>,
    /// How the last save went.
    pub saving: RwSignal<SaveState>,
    /// What was done last, in words.
    pub said: RwSignal<String>,
    /// What can be taken back.
    pub done: RwSignal<Vec<Done>>,
    /// Records saved and to be saved, while it takes several transactions.
    pub progress: RwSignal<Option<(usize, usize)>>,
}

impl Marking {
    /// For the screen that is being built.
    pub fn new() -> Self {
        Self {
            tablet: Tablet::here(),
            queue: StoredValue::new(VecDeque::new()),
            busy: StoredValue::new(false),
            saving: RwSignal::new(SaveState::default()),
            said: RwSignal::new(String::new()),
            done: RwSignal::new(Vec::new()),
            progress: RwSignal::new(None),
        }
    }

    /// Does it when what was asked for before is done.
    pub fn ask(self, task: Task) {
        self.queue.update_value(|queue| queue.push_back(task));
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        leptos::task::spawn_local(async move {
            self.saving.update(SaveState::begin);
            let mut outcome = Ok(false);
            let mut wrote = false;
            while let Some(tasks) = self.next_batch() {
                outcome = self.run(tasks).await;
                wrote |= matches!(outcome, Ok(true));
                if outcome.is_err() {
                    // What failed may fail again: the person decides what to repeat.
                    self.queue.update_value(VecDeque::clear);
                }
            }
            self.progress.set(None);
            self.busy.set_value(false);
            self.saving.set(match outcome {
                Ok(_) if wrote => SaveState::Saved,
                Ok(_) => SaveState::Untouched,
                Err(error) => SaveState::Failed(faults::not_saved(&error)),
            });
        });
    }

    /// Marks made while the last ones were being saved go together, as long as no family is twice
    /// among them.
    fn next_batch(self) -> Option<Vec<Task>> {
        let mut batch = Vec::new();
        let mut families = BTreeSet::new();
        self.queue.update_value(|queue| {
            while let Some(task) = queue.front() {
                let Task::Mark(_, ids) = task else {
                    if batch.is_empty() {
                        batch.extend(queue.pop_front());
                    }
                    return;
                };
                if ids.iter().any(|id| families.contains(id)) {
                    return;
                }
                families.extend(ids.iter().copied());
                batch.extend(queue.pop_front());
            }
        });
        (!batch.is_empty()).then_some(batch)
    }

    /// Whether anything was written.
    async fn run(self, tasks: Vec<Task>) -> Result<bool, StoreError> {
        let store = self.tablet.store();
        let undoing = matches!(tasks.as_slice(), [Task::Undo]);
        let mut steps = Vec::new();
        let mut changes = Vec::new();
        let mut said = String::new();
        for task in tasks {
            let (what, planned) = untrack(|| self.plan(&store, task));
            if !undoing && !planned.is_empty() {
                let records = untrack(|| snapshot(&store, &planned));
                let step = Done::new(what.clone(), &planned, |key| records.get(key));
                steps.push(step);
            }
            changes.extend(planned);
            said = what;
        }
        let total = changes.len();
        let mut saved = 0;
        let mut changes = changes.into_iter();
        loop {
            let part: Vec<Change> = changes.by_ref().take(RECORDS_AT_ONCE).collect();
            if part.is_empty() {
                break;
            }
            saved += part.len();
            if let Err(error) = self.tablet.commit(part).await {
                self.remember(steps);
                return Err(error);
            }
            if saved < total {
                self.progress.set(Some((saved, total)));
            }
        }
        self.remember(steps);
        self.said.set(said);
        Ok(total > 0)
    }

    /// Steps whose later part could not be saved are remembered too: taking back looks at what is
    /// stored.
    fn remember(self, steps: Vec<Done>) {
        if steps.is_empty() {
            return;
        }
        self.done.update(|done| {
            done.extend(steps.into_iter().filter(|step| !step.fields.is_empty()));
            let over = done.len().saturating_sub(STEPS_BACK);
            done.drain(..over);
        });
    }

    fn plan(self, store: &Store, task: Task) -> (String, Vec<Change>) {
        match task {
            Task::Mark(mark, ids) => self.plan_mark(store, mark, &ids),
            Task::Poverty(class, id) => {
                let family = Family::load(self.tablet, store, id);
                let changes = marks::poverty_changes(&family.stored(), class, self.tablet.season);
                let word = if changes.is_empty() {
                    words::mark_does_not_apply(Mark::Earned).to_owned()
                } else {
                    words::poverty(class).to_lowercase()
                };
                (format!("{}: {word}", family.name()), changes)
            }
            Task::Meeting(area, meeting) => self.plan_meeting(store, area, meeting),
            Task::Undo => {
                let mut last = None;
                self.done.update(|done| last = done.pop());
                let Some(last) = last else {
                    return (say::nothing_to_undo().to_owned(), Vec::new());
                };
                let records = store.records();
                let changes = last.taken_back(|key| records.get(key));
                (say::undone(last.what), changes)
            }
        }
    }

    fn plan_mark(self, store: &Store, mark: Mark, ids: &[SubjectId]) -> (String, Vec<Change>) {
        let mut changes = Vec::new();
        let mut marked = 0;
        let mut name = String::new();
        for id in ids {
            let family = Family::load(self.tablet, store, *id);
            name = family.name();
            if let Some(more) = marks::changes(mark, &family.stored(), self.tablet.season) {
                marked += 1;
                changes.extend(more);
            }
        }
        let word = words::mark(mark).to_lowercase();
        let what = match (ids.len(), marked) {
            (1, 1) => format!("{name}: {word}"),
            (1, _) => format!("{name}: {}", words::mark_does_not_apply(mark)),
            (all, _) if all == marked => say::marked(all, word),
            (all, _) => say::marked_some(marked, word, all - marked),
        };
        (what, changes)
    }

    fn plan_meeting(
        self,
        store: &Store,
        area: SubjectId,
        meeting: Meeting,
    ) -> (String, Vec<Change>) {
        let season = self.tablet.season;
        let key = RecordKey::subject_record(SubjectKind::ResidentialArea, area);
        let before = store.record(&key).map_or_else(Meeting::default, |record| {
            subject::meeting(&record, season.period)
        });
        let mut changes = vec![marks::area_meeting_change(key, meeting, season.period)];
        let families = self.tablet.book.with_untracked(|book| {
            let families = book.all().iter();
            families
                .filter(|family| {
                    family.kind == SubjectKind::Family && family.residential_area() == Some(area)
                })
                .map(|family| family.id)
                .collect::<Vec<_>>()
        });
        for id in families {
            let mut family = Family::load(self.tablet, store, id);
            family.meeting = meeting;
            changes.extend(marks::meeting_change(&family.stored(), before, season));
        }
        let applied = changes.len() - 1;
        let what = say::meeting_applied(applied);
        (what, changes)
    }
}

/// A family's records, read at the moment they are needed.
struct Family {
    id: SubjectId,
    family: RecordState,
    entry: Option<RecordState>,
    last_entry: Option<RecordState>,
    review: Option<RecordState>,
    meeting: Meeting,
    packs: Packs,
}

impl Family {
    fn load(tablet: Tablet, store: &Store, id: SubjectId) -> Self {
        let period = tablet.season.period;
        let entry = |assessment, period| store.record(&RecordKey::entry(id, assessment, period));
        let family = store
            .record(&RecordKey::subject_record(SubjectKind::Family, id))
            .unwrap_or_else(|| RecordState::new(tablet.commune.get_untracked()));
        let meeting = subject::residential_area(&family)
            .map(|area| RecordKey::subject_record(SubjectKind::ResidentialArea, area))
            .and_then(|key| store.record(&key))
            .map_or_else(Meeting::default, |area| subject::meeting(&area, period));
        Self {
            id,
            family,
            entry: entry(Assessment::CulturalFamily, period),
            last_entry: entry(Assessment::CulturalFamily, Period(period.0 - 1)),
            review: entry(Assessment::PovertyReview, period),
            meeting,
            packs: tablet.settings.with_untracked(|settings| settings.packs),
        }
    }

    fn name(&self) -> String {
        subject::label(&self.family).to_owned()
    }

    fn stored(&self) -> Stored<'_> {
        Stored {
            id: self.id,
            family: &self.family,
            entry: self.entry.as_ref(),
            last_entry: self.last_entry.as_ref(),
            review: self.review.as_ref(),
            meeting: self.meeting,
            packs: self.packs,
        }
    }
}

/// The records that changes speak of, as stored now.
fn snapshot(store: &Store, changes: &[Change]) -> BTreeMap<RecordKey, RecordState> {
    changes
        .iter()
        .filter_map(|change| Some((change.record.clone(), store.record(&change.record)?)))
        .collect()
}
