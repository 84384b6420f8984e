//! Words and signs for how something stands. Never colour alone.

use crate::texts::{desks, fields as say, words};
use leptos::prelude::*;
use thidua_domain::entry::EntryState;
use thidua_domain::progress::Verdict;
use thidua_domain::review::Desk;

/// A drawing of the sprite; decoration beside a word.
#[component]
pub fn Icon(
    /// Its id in `icons/sprite.svg`.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false" width="20" height="20">
            <use href=format!("/icons/sprite.svg#{name}")></use>
        </svg>
    }
}

/// Why something could not be done, where there is something to say.
#[component]
pub fn Refused(
    /// In words.
    problem: RwSignal<Option<String>>,
) -> impl IntoView {
    move || {
        problem.get().map(|problem| {
            view! {
                <Banner tone="danger" icon="warning">
                    <p role="alert">{problem}</p>
                </Banner>
            }
        })
    }
}

/// A message across the page.
#[component]
pub fn Banner(
    /// `info`, `success`, `warning` or `danger`.
    #[prop(into)]
    tone: Signal<&'static str>,
    /// Icon beside it.
    icon: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=move || format!("banner banner--{}", tone.get()) role="status">
            <Icon name=icon />
            <div class="banner__body">{children()}</div>
        </div>
    }
}

/// Where an entry stands.
#[component]
pub fn StateBadge(
    /// The state.
    state: EntryState,
    /// Whether it has edits that the server does not hold.
    #[prop(optional)]
    on_device: bool,
    /// Where it waits, of a title that lies on two desks.
    #[prop(optional_no_strip)]
    desk: Option<Desk>,
) -> impl IntoView {
    let (tone, icon) = match state {
        EntryState::Empty => ("empty", "circle"),
        EntryState::Draft => ("draft", "pencil"),
        EntryState::Submitted => ("submitted", "send"),
        EntryState::Accepted => ("accepted", "check"),
        EntryState::Returned => ("returned", "return"),
        EntryState::ChangedSinceAccepted => ("changed", "warning"),
    };
    view! {
        <span class=format!("badge badge--{tone}")>
            <Icon name=icon />
            {words::state(state)} {desk.map(|desk| format!(" · {}", desks::waits(desk).to_lowercase()))}
        </span>
        {on_device
            .then(|| {
                view! {
                    <span class="badge badge--device">
                        <Icon name="device" />
                        {say::on_device()}
                    </span>
                }
            })}
    }
}

/// What the counts say of a target.
#[component]
pub fn VerdictBadge(
    /// What they say.
    verdict: Verdict,
) -> impl IntoView {
    let (tone, icon) = match verdict {
        Verdict::NotReported => ("empty", "circle"),
        Verdict::Met => ("accepted", "check"),
        Verdict::NotYet => ("submitted", "clock"),
        Verdict::Missed => ("returned", "warning"),
        Verdict::NoTarget => ("draft", "eye"),
    };
    view! {
        <span class=format!("badge badge--{tone}")>
            <Icon name=icon />
            {words::verdict(verdict)}
        </span>
    }
}

/// How the last save of a form went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing was changed yet.
    #[default]
    Untouched,
    /// Transactions are open.
    Saving {
        /// So many.
        writes: u32,
        /// What became of one that was open with them, if it has not committed.
        failed: Option<String>,
    },
    /// All of them have committed with strict durability.
    Saved,
    /// One has not; what happened, what is safe, what to do.
    Failed(String),
}

impl SaveState {
    /// One more transaction was opened.
    pub fn begin(&mut self) {
        *self = match std::mem::take(self) {
            Self::Saving { writes, failed } => Self::Saving {
                writes: writes + 1,
                failed,
            },
            _ => Self::Saving {
                writes: 1,
                failed: None,
            },
        };
    }

    /// One has committed, or has not. "Saved" is not said while another is open, nor over a failure:
    /// whoever reads it takes it to speak of everything that was entered.
    pub fn end(&mut self, outcome: Result<(), String>) {
        let (writes, failed) = match std::mem::take(self) {
            Self::Saving { writes, failed } => (writes.saturating_sub(1), failed),
            _ => (0, None),
        };
        *self = match outcome.err().or(failed) {
            failed if writes > 0 => Self::Saving { writes, failed },
            Some(reason) => Self::Failed(reason),
            None => Self::Saved,
        };
    }

    /// Whether a transaction is open.
    pub fn is_saving(&self) -> bool {
        matches!(self, Self::Saving { .. })
    }
}

/// Says how the last save went, to eyes and screen readers.
#[component]
pub fn SaveNote(
    /// How it went.
    state: RwSignal<SaveState>,
) -> impl IntoView {
    view! {
        <p class="save-note" role="status" aria-live="polite">
            {move || match state.get() {
                SaveState::Untouched => ().into_any(),
                SaveState::Saving { .. } => say::saving().into_any(),
                SaveState::Saved => {
                    view! {
                        <span class="save-note__ok">
                            <Icon name="check" />
                            {say::saved()}
                        </span>
                    }
                        .into_any()
                }
                SaveState::Failed(reason) => {
                    view! {
                        <span class="save-note__failed">
                            <Icon name="warning" />
                            {reason}
                        </span>
                    }
                        .into_any()
                }
            }}
        </p>
    }
}
