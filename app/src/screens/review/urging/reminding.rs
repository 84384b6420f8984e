//! Writing a reminder to the communes that are chosen.

use crate::sync::transport;
use crate::texts::{common, faults, review, urging as say, words};
use crate::ui::{Banner, Dialog, Icon, TextField};
use leptos::prelude::*;
use std::collections::BTreeSet;
use thidua_domain::api::ReminderInput;
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::date::Date;
use thidua_domain::due::Due;
use thidua_domain::reminder::Draft;

/// Says to how many communes the last reminder went.
#[component]
pub fn Said(said: RwSignal<Option<usize>>) -> impl IntoView {
    move || {
        said.get().map(|count| {
            let words = say::sent_to(count);
            view! {
                <Banner tone="success" icon="send">
                    <p>{words}</p>
                </Banner>
            }
        })
    }
}

fn proposal(assessment: Assessment, by: Date) -> String {
    say::proposed_text(words::assessment(assessment), by)
}

/// The bar with the count and the button, and the dialog behind it.
#[component]
pub fn Remind(
    chosen: RwSignal<BTreeSet<AreaCode>>,
    assessment: Memo<Assessment>,
    due: Memo<Due>,
    said: RwSignal<Option<usize>>,
    on_sent: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let message = RwSignal::new(String::new());
    let by = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let number = Memo::new(move |_| chosen.with(BTreeSet::len));
    let begin = move |_| {
        let due = due.get_untracked().last;
        message.set(proposal(assessment.get_untracked(), due));
        by.set(due.format_vi());
        problem.set(None);
        open.set(true);
    };
    let send = move |_| {
        let typed = by.get_untracked();
        let due = match typed.trim() {
            "" => None,
            typed => match Date::parse_vi(typed) {
                Some(date) => Some(date),
                None => {
                    return problem.set(Some(review::no_day(typed)));
                }
            },
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let input = ReminderInput {
            communes: chosen.get_untracked().into_iter().collect(),
            reminder: Draft {
                text: message.get_untracked(),
                assessment: Some(assessment.get_untracked()),
                due,
            },
        };
        leptos::task::spawn_local(async move {
            let answer: Result<usize, _> =
                transport::json("POST", "/api/reminders", Some(&input)).await;
            busy.set(false);
            match answer {
                Ok(count) => {
                    open.set(false);
                    chosen.set(BTreeSet::new());
                    said.set(Some(count));
                    on_sent();
                }
                Err(error) => problem.set(Some(faults::no_answer(&error))),
            }
        });
    };
    view! {
        <div class="choice-bar" role="group" aria-label=say::remind_chosen()>
            <p class="choice-bar__count" role="status">
                {move || match number.get() {
                    0 => say::none_chosen().to_owned(),
                    number => say::chosen_count(number),
                }}
            </p>
            <button
                class="button button--primary"
                disabled=move || number.get() == 0
                on:click=begin
            >
                <Icon name="send" />
                {move || match number.get() {
                    0 => say::send_dots().to_owned(),
                    number => say::send_to_dots(number),
                }}
            </button>
        </div>
        <Dialog title=say::send_reminder() open>
            <p>{move || say::goes_to(number.get())}</p>
            <TextField
                label=say::text()
                value=message
                on_change=move |text| message.set(text)
                max_length=500
                multiline=true
            />
            <TextField
                label=say::due()
                value=by
                on_change=move |text| by.set(text)
                max_length=10
            />
            {move || {
                problem
                    .get()
                    .map(|problem| view! { <p class="field__error" role="alert">{problem}</p> })
            }}
            <div class="dialog__actions">
                <button class="button" on:click=move |_| open.set(false)>
                    {common::cancel()}
                </button>
                <button
                    class="button button--primary"
                    disabled=move || busy.get() || message.with(String::is_empty)
                    on:click=send
                >
                    {say::send()}
                </button>
            </div>
        </Dialog>
    }
}
