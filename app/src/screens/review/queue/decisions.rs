//! Decisions of this session: taken in one request, told entry by entry, and taken back as a decision
//! of their own.

use crate::sync::transport::{self, TransportError};
use crate::ui::{Banner, Icon};
use crate::words;
use leptos::prelude::*;
use thidua_domain::api::{BulkEntry, BulkOutcome, BulkReviewAnswer, BulkReviewRequest};
use thidua_domain::review::Decision;
use thidua_domain::text;

/// An entry as it was chosen: with the content that was on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// What is sent.
    pub entry: BulkEntry,
    /// What the subject is called.
    pub label: String,
}

/// What became of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Done {
    decision: Decision,
    taken: Vec<Chosen>,
    left: Vec<(Chosen, BulkOutcome)>,
}

/// The decisions of this session. Kept above the pages, so that going to look at an entry does not
/// take away the way back.
#[derive(Clone, Copy)]
pub struct Decisions {
    done: RwSignal<Vec<Done>>,
    problem: RwSignal<Option<String>>,
    /// Whether a request is under way.
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
            busy: RwSignal::new(false),
            count: RwSignal::new(0),
        }
    }

    /// Decides about entries; `then` is called when an answer is there.
    pub fn decide(
        self,
        decision: Decision,
        comment: String,
        chosen: Vec<Chosen>,
        then: impl FnOnce() + 'static,
    ) {
        if self.busy.get_untracked() || chosen.is_empty() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        let request = BulkReviewRequest {
            decision,
            comment,
            entries: chosen.iter().map(|one| one.entry.clone()).collect(),
        };
        leptos::task::spawn_local(async move {
            let answer: Result<BulkReviewAnswer, TransportError> =
                transport::json("POST", "/api/review/bulk", Some(&request)).await;
            self.busy.set(false);
            match answer {
                Ok(answer) => {
                    self.note(decision, chosen, answer.outcomes);
                    then();
                }
                Err(error) => self.problem.set(Some(words::no_answer(&error))),
            }
            self.count.update(|count| *count += 1);
        });
    }

    fn note(self, decision: Decision, chosen: Vec<Chosen>, outcomes: Vec<BulkOutcome>) {
        let (mut taken, mut left) = (Vec::new(), Vec::new());
        for (one, outcome) in chosen.into_iter().zip(outcomes) {
            match outcome {
                BulkOutcome::Taken => taken.push(one),
                other => left.push((one, other)),
            }
        }
        self.done.update(|done| {
            done.push(Done {
                decision,
                taken,
                left,
            });
        });
    }

    /// Takes the last decision back.
    fn undo(self) {
        let last = self.done.with_untracked(|done| done.last().cloned());
        let Some(last) = last else { return };
        self.decide(Decision::Reopen, String::new(), last.taken, move || {
            // What was undone is no longer there to be undone; how that went is told by the new last.
            self.done.update(|done| {
                let at = done.len().saturating_sub(2);
                done.remove(at);
            });
        });
    }

    fn forget(self) {
        self.done.update(|done| {
            done.pop();
        });
    }
}

fn taken_words(done: &Done) -> Option<String> {
    let count = done.taken.len();
    let number = text::format_int(i64::try_from(count).unwrap_or(i64::MAX));
    (count > 0).then(|| match done.decision {
        Decision::Accept => format!("Đã duyệt {number} phiếu."),
        Decision::Return => format!("Đã trả lại {number} phiếu."),
        Decision::Reopen => format!("Đã hoàn tác: {number} phiếu chờ duyệt như trước."),
    })
}

fn why(outcome: BulkOutcome) -> &'static str {
    match outcome {
        BulkOutcome::Taken => "đã ghi quyết định",
        BulkOutcome::ContentChanged => "nội dung đã thay đổi sau khi hiện trên màn hình",
        BulkOutcome::NotWaiting => "không còn ở trạng thái đó, người khác đã quyết định trước",
        BulkOutcome::NotAllowed => "tài khoản không có quyền duyệt phiếu này",
        BulkOutcome::NotFound => "không có phiếu này trong địa bàn của bạn",
    }
}

/// How the last decision went, with the way back.
#[component]
pub fn Told(decisions: Decisions) -> impl IntoView {
    let said = move || {
        let done = decisions.done.with(|done| done.last().cloned())?;
        let undo = done.decision != Decision::Reopen && !done.taken.is_empty();
        let tone = if done.left.is_empty() {
            "success"
        } else {
            "warning"
        };
        let icon = if done.left.is_empty() {
            "check"
        } else {
            "warning"
        };
        let left = done
            .left
            .iter()
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
            let count = i64::try_from(done.left.len()).unwrap_or(i64::MAX);
            view! {
                <p>{format!("{} phiếu chưa có quyết định:", text::format_int(count))}</p>
                <ul>{left}</ul>
            }
        });
        Some(view! {
            <Banner tone icon>
                <p>
                    <strong>{taken_words(&done)}</strong>
                </p>
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
                                    "Hoàn tác"
                                </button>
                            }
                        })}
                    <button class="button button--quiet" on:click=move |_| decisions.forget()>
                        "Đóng"
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
    view! {
        {said}
        {problem}
    }
}
