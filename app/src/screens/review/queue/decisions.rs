//! Decisions of this session: taken request by request, told entry by entry, stopped when asked, and taken
//! back as a decision of their own.

use crate::sync::transport::{self, TransportError};
use crate::texts::{common, desks, faults, queue as say};
use crate::ui::{Banner, Icon};
use leptos::prelude::*;
use thidua_domain::api::{BulkEntry, BulkOutcome, BulkReviewAnswer, BulkReviewRequest, MAX_QUEUE};
use thidua_domain::date::Date;
use thidua_domain::review::Decision;

/// An entry as it was chosen: with the content that was on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// What is sent.
    pub entry: BulkEntry,
    /// What the subject is called.
    pub label: String,
    /// What the account says of it if it finds it right.
    pub approval: Decision,
    /// Whether that would be in the stead of a district, which it waits for.
    pub stands_in: bool,
}

impl Chosen {
    /// The same, accepted in the district's stead where it waits for one.
    pub fn instead(mut self) -> Self {
        self.entry.instead = self.stands_in;
        self
    }
}

/// What officers are told with a decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// In words.
    pub comment: String,
    /// The last day for corrections, if it is a return that names one.
    pub due: Option<Date>,
}

/// What became of one decision.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Done {
    decision: Decision,
    taken: Vec<Chosen>,
    left: Vec<(Chosen, BulkOutcome)>,
    /// Entries that were not sent any more: it was stopped, or the connection went.
    unsent: usize,
}

/// How far a decision about many has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Progress {
    sent: usize,
    all: usize,
}

/// The decisions of this session. Kept above the pages, so that going to look at an entry does not
/// take away the way back.
#[derive(Clone, Copy)]
pub struct Decisions {
    done: RwSignal<Vec<Done>>,
    problem: RwSignal<Option<String>>,
    progress: RwSignal<Option<Progress>>,
    stopping: RwSignal<bool>,
    /// Whether a decision is under way.
    pub busy: RwSignal<bool>,
    /// Grows with each answer.
    pub count: RwSignal<u32>,
}

impl Decisions {
    /// None yet.
    pub fn new() -> Self {
        Self {
            done: RwSignal::new(Vec::new()),
            problem: RwSignal::new(None),
            progress: RwSignal::new(None),
            stopping: RwSignal::new(false),
            busy: RwSignal::new(false),
            count: RwSignal::new(0),
        }
    }

    /// Decides about entries, at most [`MAX_QUEUE`] in one transaction of the server; `then` is called when
    /// the last answer is there. What was decided before a stop or a failure stays decided, and is told.
    pub fn decide(
        self,
        decision: Decision,
        word: Word,
        chosen: Vec<Chosen>,
        then: impl FnOnce() + 'static,
    ) {
        if self.busy.get_untracked() || chosen.is_empty() {
            return;
        }
        self.busy.set(true);
        self.stopping.set(false);
        self.problem.set(None);
        leptos::task::spawn_local(async move {
            let mut done = Done {
                decision,
                taken: Vec::new(),
                left: Vec::new(),
                unsent: chosen.len(),
            };
            for part in chosen.chunks(MAX_QUEUE) {
                if self.stopping.get_untracked() {
                    break;
                }
                self.progress
                    .set((chosen.len() > MAX_QUEUE).then(|| Progress {
                        sent: chosen.len() - done.unsent,
                        all: chosen.len(),
                    }));
                match send(decision, word.clone(), part).await {
                    Ok(answer) => {
                        done.unsent -= part.len();
                        done.note(part, answer.outcomes);
                    }
                    Err(error) => {
                        self.problem.set(Some(faults::no_answer(&error)));
                        break;
                    }
                }
            }
            let answered = done.unsent < chosen.len();
            if answered {
                self.done.update(|all| all.push(done));
                then();
            }
            self.progress.set(None);
            self.busy.set(false);
            self.count.update(|count| *count += 1);
        });
    }

    /// Takes the last decision back.
    fn undo(self) {
        let last = self.done.with_untracked(|done| done.last().cloned());
        let Some(last) = last else { return };
        self.decide(Decision::Reopen, Word::default(), last.taken, move || {
            // What was undone is no longer there to be undone; how that went is told by the new last.
            self.done.update(|done| {
                let at = done.len().saturating_sub(2);
                let undone = done[at + 1].taken.len() + done[at + 1].left.len();
                done[at].taken.drain(..undone);
                if done[at].taken.is_empty() {
                    done.remove(at);
                }
            });
        });
    }

    fn forget(self) {
        self.done.update(|done| {
            done.pop();
        });
    }
}

impl Done {
    fn note(&mut self, part: &[Chosen], outcomes: Vec<BulkOutcome>) {
        for (one, outcome) in part.iter().cloned().zip(outcomes) {
            match outcome {
                BulkOutcome::Taken => self.taken.push(one),
                other => self.left.push((one, other)),
            }
        }
    }
}

async fn send(
    decision: Decision,
    word: Word,
    part: &[Chosen],
) -> Result<BulkReviewAnswer, TransportError> {
    let entries = part.iter().map(|one| one.entry.clone()).collect();
    let request = BulkReviewRequest {
        comment: word.comment,
        due: word.due,
        ..BulkReviewRequest::new(decision, entries)
    };
    transport::json("POST", "/api/review/bulk", Some(&request)).await
}

fn taken_words(done: &Done) -> Option<String> {
    let count = done.taken.len();
    let instead = done.taken.iter().filter(|one| one.entry.instead).count();
    (count > 0).then(|| match done.decision {
        Decision::Accept if instead > 0 => desks::accepted_instead(count, instead),
        Decision::Accept => say::accepted(count),
        Decision::Endorse => desks::endorsed(count),
        Decision::Return => say::returned(count),
        Decision::Reopen => say::reopened(count),
    })
}

fn why(outcome: BulkOutcome) -> &'static str {
    match outcome {
        BulkOutcome::Taken => say::decided(),
        BulkOutcome::ContentChanged => say::content_changed(),
        BulkOutcome::NotEndorsed => desks::why_not_endorsed(),
        BulkOutcome::ForProvince => desks::why_for_province(),
        BulkOutcome::NotWaiting => say::not_waiting(),
        BulkOutcome::NotAllowed => say::not_allowed(),
        BulkOutcome::NotFound => say::not_found(),
    }
}

/// How the last decision went, with the way back.
#[component]
pub fn Told(decisions: Decisions) -> impl IntoView {
    let said = move || {
        let done = decisions.done.with(|done| done.last().cloned())?;
        let undo = done.decision != Decision::Reopen && !done.taken.is_empty();
        let (tone, icon) = if done.left.is_empty() && done.unsent == 0 {
            ("success", "check")
        } else {
            ("warning", "warning")
        };
        let unsent = (done.unsent > 0).then(|| {
            view! { <p>{say::stopped(done.unsent)}</p> }
        });
        let left = done
            .left
            .iter()
            .take(MAX_QUEUE)
            .map(|(one, outcome)| {
                view! {
                    <li>
                        <a href=format!("/phieu/{}", one.entry.record)>{one.label.clone()}</a>
                        {format!(": {}.", why(*outcome))}
                    </li>
                }
            })
            .collect_view();
        let left_lead = (!done.left.is_empty()).then(|| {
            view! {
                <p>{say::undecided(done.left.len())}</p>
                <ul>{left}</ul>
            }
        });
        Some(view! {
            <Banner tone icon>
                <p>
                    <strong>{taken_words(&done)}</strong>
                </p>
                {unsent}
                {left_lead}
                <div class="button-row">
                    {undo
                        .then(|| {
                            view! {
                                <button
                                    class="button"
                                    disabled=move || decisions.busy.get()
                                    on:click=move |_| decisions.undo()
                                >
                                    <Icon name="return" />
                                    {common::undo()}
                                </button>
                            }
                        })}
                    <button class="button button--quiet" on:click=move |_| decisions.forget()>
                        {common::close()}
                    </button>
                </div>
            </Banner>
        })
    };
    let problem = move || {
        decisions.problem.get().map(|problem| {
            view! {
                <Banner tone="danger" icon="warning">
                    <p role="alert">{problem}</p>
                </Banner>
            }
        })
    };
    let under_way = move || {
        decisions.progress.get().map(|Progress { sent, all }| {
            view! {
                <Banner tone="info" icon="clock">
                    <p>{say::deciding(sent, all)}</p>
                    <progress
                        class="sweep__progress"
                        aria-label=say::progress()
                        max=all
                        value=sent
                    ></progress>
                    <button
                        class="button"
                        disabled=move || decisions.stopping.get()
                        on:click=move |_| decisions.stopping.set(true)
                    >
                        {say::stop()}
                    </button>
                </Banner>
            }
        })
    };
    view! {
        {under_way}
        <Show when=move || decisions.progress.with(Option::is_none)>{said}</Show>
        {problem}
    }
}
