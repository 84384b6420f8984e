//! Marking many families, and handing many in: what will be written is said before it is.

use super::Roster;
use super::marking::Task;
use crate::model::marks::Mark;
use crate::texts::{common, roster as say, words};
use crate::ui::{Dialog, Icon, SaveNote, SaveState};
use leptos::prelude::*;
use std::collections::BTreeSet;
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::RecordKey;

/// The marks, each with what it writes.
#[component]
pub fn BulkDialog(open: RwSignal<bool>, roster: Roster) -> impl IntoView {
    view! {
        <Dialog title=say::mark_many() open>
            <BulkFields open roster />
        </Dialog>
    }
}

#[component]
fn BulkFields(open: RwSignal<bool>, roster: Roster) -> impl IntoView {
    let families = untrack(|| roster.for_bulk());
    let selected = untrack(|| !roster.selected.with(BTreeSet::is_empty));
    let count = families.len();
    let lead = if selected {
        say::apply_to_chosen(count)
    } else {
        say::apply_to_shown(count)
    };
    let choices = Mark::ALL
        .into_iter()
        .map(|mark| {
            let families = families.clone();
            view! {
                <li>
                    <button
                        type="button"
                        class="choice"
                        on:click=move |_| {
                            roster.marking.ask(Task::Mark(mark, families.clone()));
                            roster.selected.update(BTreeSet::clear);
                            open.set(false);
                        }
                    >
                        <strong>{words::mark(mark)}</strong>
                        <span>{words::mark_writes(mark)}</span>
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <p>{lead}</p>
        <ul class="choices">{choices}</ul>
        <p class="field__hint">
            {say::bulk_note()}
        </p>
    }
}

/// Handing in all entries that are complete.
#[component]
pub fn SubmitDialog(open: RwSignal<bool>, roster: Roster) -> impl IntoView {
    view! {
        <Dialog title=common::submit() open>
            <SubmitFields open roster />
        </Dialog>
    }
}

#[component]
fn SubmitFields(open: RwSignal<bool>, roster: Roster) -> impl IntoView {
    let tablet = roster.tablet;
    let ready = StoredValue::new(untrack(|| roster.ready()));
    let saving = RwSignal::new(SaveState::default());
    Effect::new(move |_| {
        if saving.get() == SaveState::Saved {
            // What was handed in is not taken back by an undo of what came before it.
            roster.marking.done.update(Vec::clear);
            open.set(false);
        }
    });
    let shown = untrack(|| roster.shown.with(Vec::len));
    let lead = ready.with_value(|ready| say::submit_many(ready.len(), shown));
    let submit = move |_| {
        let period = tablet.season.period;
        let records = ready.with_value(|ready| {
            let mut records: Vec<RecordKey> = Vec::with_capacity(ready.len() * 2);
            for family in ready {
                let both = [Assessment::CulturalFamily, Assessment::PovertyReview];
                let open = both.into_iter().filter(|assessment| {
                    family.standing(*assessment).is_some_and(|standing| {
                        crate::model::marks::is_ready(standing.state, standing.outcome)
                    })
                });
                records.extend(open.map(|it| RecordKey::entry(family.id, it, period)));
            }
            records
        });
        tablet.submit(records, saving);
    };
    view! {
        <p>{lead}</p>
        <SaveNote state=saving />
        <div class="dialog__actions">
            <button type="button" class="button" on:click=move |_| open.set(false)>
                {common::cancel()}
            </button>
            <button
                type="button"
                class="button button--primary"
                disabled=move || saving.with(SaveState::is_saving)
                on:click=submit
            >
                <Icon name="send" />
                {common::submit()}
            </button>
        </div>
    }
}
