//! What is another commune's now: what waits to be taken over here, and what became of what this officer wrote.
//!
//! It is asked of the server: whoever decides has to see what the register says at that moment. What was
//! written stays on the tablet that wrote it and on the server meanwhile.

use super::outbox::EditSaid;
use crate::model::changes::describe;
use crate::sync::transport::{self, TransportError};
use crate::tablet::Tablet;
use crate::texts::{self, faults, handovers as say, words};
use crate::ui::{Banner, Icon, TextField};
use leptos::prelude::*;
use thidua_domain::api::{HandoverRequest, HandoverView, Handovers};
use thidua_domain::sync::hub::Decision;

/// What the server keeps, as far as it was heard of. One for all screens of a tablet.
#[derive(Clone, Copy)]
pub struct Kept {
    found: RwSignal<Option<Handovers>>,
    problem: RwSignal<Option<String>>,
}

impl Kept {
    /// Makes it and hands it to the screens below. Asks when the first sync has ended, and when edits came
    /// back since: an idle tablet does not ask again and again.
    pub fn provide(tablet: Tablet) {
        let kept = Self {
            found: RwSignal::new(None),
            problem: RwSignal::new(None),
        };
        provide_context(kept);
        let (completed, rejected) = (tablet.sync().completed(), tablet.store().rejected());
        let when = Memo::new(move |_| (completed.get() > 0, rejected.with(Vec::len)));
        Effect::new(move |_| {
            if when.get().0 {
                kept.ask();
            }
        });
    }

    /// The one handed to this screen.
    pub fn here() -> Self {
        expect_context()
    }

    /// Asks the server.
    pub fn ask(self) {
        leptos::task::spawn_local(async move {
            match transport::json("GET", "/api/handovers", None::<&()>).await {
                Ok(found) => {
                    self.found.try_set(Some(found));
                    self.problem.try_set(None);
                }
                Err(error) => {
                    self.problem.try_set(Some(faults::no_answer(&error)));
                }
            }
        });
    }

    /// How many records wait to be taken over here.
    pub fn waiting(self) -> usize {
        self.found
            .with(|found| found.as_ref().map_or(0, |found| found.waiting.len()))
    }
}

/// A line that leads to what waits, where something does.
#[component]
pub fn HandoversNote() -> impl IntoView {
    let kept = Kept::here();
    view! {
        <Show when=move || kept.waiting() != 0>
            <a class="todo__note" href="/ban-giao">
                <Icon name="return" />
                {move || say::note(kept.waiting())}
                <Icon name="chevron" />
            </a>
        </Show>
    }
}

/// The page.
#[component]
pub fn HandoversScreen() -> impl IntoView {
    let kept = Kept::here();
    kept.ask();
    let rows = |list: fn(&Handovers) -> &Vec<HandoverView>| {
        move || {
            kept.found
                .with(|found| found.as_ref().map(|found| list(found).clone()))
                .unwrap_or_default()
        }
    };
    let (waiting, own) = (rows(|found| &found.waiting), rows(|found| &found.own));
    let nothing = move || {
        kept.found.with(|found| {
            found
                .as_ref()
                .is_some_and(|found| found.own.is_empty() && found.waiting.is_empty())
        })
    };
    view! {
        <section class="page" aria-labelledby="handovers-title">
            <h1 id="handovers-title" class="page__title">
                {say::title()}
            </h1>
            <p class="field__hint">
                {say::lead()}
            </p>
            {move || {
                kept.problem
                    .get()
                    .map(|problem| {
                        view! {
                            <Banner tone="warning" icon="cloud-off">
                                <p role="alert">{problem}</p>
                                <p>{say::needs_connection()}</p>
                            </Banner>
                        }
                    })
            }}
            <Show when=nothing>
                <p class="empty">{say::nothing()}</p>
            </Show>
            <Listed title=say::waiting_here() rows=waiting />
            <Listed title=say::own() rows=own />
        </section>
    }
}

#[component]
fn Listed(
    title: &'static str,
    rows: impl Fn() -> Vec<HandoverView> + Copy + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <Show when=move || !rows().is_empty()>
            <section class="form-section">
                <h2 class="form-section__title">{title}</h2>
                <ul class="rejected">
                    {move || {
                        rows().into_iter().map(|kept| view! { <Row kept /> }).collect_view()
                    }}
                </ul>
            </section>
        </Show>
    }
}

/// Where something that was kept stands, in words.
fn standing(kept: &HandoverView, commune: &str) -> String {
    match &kept.decided {
        None if kept.may_decide => {
            say::written_by(&kept.author_name, texts::moment(kept.received_ms))
        }
        None => say::waits_at(commune),
        Some(decided) => {
            let (by, when) = (&decided.by_name, texts::moment(decided.at_ms));
            if decided.taken {
                say::taken(commune, by, when)
            } else {
                say::declined(commune, by, when, &decided.reason)
            }
        }
    }
}

#[component]
fn Row(kept: HandoverView) -> impl IntoView {
    let tablet = Tablet::here();
    let commune = words::area_name(&kept.commune, tablet.season);
    let stands = standing(&kept, &commune);
    let edits = kept.edits.iter();
    let said = edits
        .map(|edit| {
            let mut said = describe(&tablet.store(), tablet.season, edit);
            if !kept.label.is_empty() {
                said.title.clone_from(&kept.label);
            }
            view! { <EditSaid said /> }
        })
        .collect_view();
    let decide = kept
        .may_decide
        .then(|| view! { <Decide kept=kept.clone() /> });
    view! {
        <li class="rejected__row" data-handover=kept.record.to_string()>
            {said}
            <p>{stands}</p>
            {decide}
        </li>
    }
}

/// Taking over with one tap; declining asks why.
#[component]
fn Decide(kept: HandoverView) -> impl IntoView {
    let tablet = Tablet::here();
    let all = Kept::here();
    let declining = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let about = StoredValue::new((kept.author, kept.record));
    let decide = move |decision: Decision| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (author, record) = about.get_value();
        let request = HandoverRequest {
            author,
            record,
            decision,
        };
        leptos::task::spawn_local(async move {
            let answer: Result<usize, TransportError> =
                transport::json("POST", "/api/handovers", Some(&request)).await;
            busy.try_set(false);
            match answer {
                Ok(_) => {
                    problem.try_set(None);
                    // What was taken over comes by the feed.
                    tablet.sync().now();
                    all.ask();
                }
                Err(error) => {
                    problem.try_set(Some(faults::no_answer(&error)));
                    all.ask();
                }
            }
        });
    };
    view! {
        <Show
            when=move || declining.get()
            fallback=move || {
                view! {
                    <p class="button-row">
                        <button
                            class="button button--primary"
                            disabled=move || busy.get()
                            on:click=move |_| decide(Decision::Take)
                        >
                            <Icon name="check" />
                            {say::take()}
                        </button>
                        <button class="button" on:click=move |_| declining.set(true)>
                            {say::decline()}
                        </button>
                    </p>
                }
            }
        >
            <TextField
                label=say::why()
                value=reason
                on_change=move |text| reason.set(text)
                max_length=1000
                multiline=true
            />
            <p class="button-row">
                <button
                    class="button button--primary"
                    disabled=move || busy.get() || reason.with(|reason| reason.trim().is_empty())
                    on:click=move |_| decide(Decision::Decline { reason: reason.get_untracked() })
                >
                    {say::send_reason()}
                </button>
                <button class="button" on:click=move |_| declining.set(false)>
                    {say::back()}
                </button>
            </p>
        </Show>
        <p class="field__error" role="alert">
            {move || problem.get()}
        </p>
    }
}
