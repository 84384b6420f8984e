//! The decision about one entry, bound to the content on the screen.

use super::super::desks::Desks;
use super::super::return_by::{ReturnBy, ReturnByField};
use super::super::settings::InForce;
use crate::platform;
use crate::sync::transport;
use crate::texts::stored::field_label;
use crate::texts::{delegations, desks, faults, review, review_entry as say};
use crate::ui::{Banner, CheckField, Choice, Icon, SelectField, TextField};
use leptos::prelude::*;
use std::collections::BTreeMap;
use thidua_domain::api::{EntryDetail, ReviewRequest};
use thidua_domain::criteria::Pack;
use thidua_domain::entry::{self, EntryState, field};
use thidua_domain::record::FieldName;
use thidua_domain::review::{Decision, Desk, MAX_FIELD_COMMENTS, Verdict};

/// Accept, or return with a comment; bound to the content on the screen.
#[component]
pub(super) fn Decide(detail: EntryDetail, decided: RwSignal<u32>) -> impl IntoView {
    let comment = RwSignal::new(String::new());
    let said = RwSignal::new(BTreeMap::<FieldName, String>::new());
    let parts = detail.record.entry_parts();
    let packs = InForce::here().settings().packs;
    let pack = parts
        .and_then(|(assessment, period)| packs.judging(detail.entry.as_ref(), assessment, period));
    let redacted = detail.redacted;
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let waits = detail.state == EntryState::Submitted;
    let decided_here = matches!(detail.state, EntryState::Accepted | EntryState::Returned);
    let (Some(digest), true) = (
        detail.digest.clone(),
        detail.may_review && (waits || decided_here),
    ) else {
        let why = match (detail.state, detail.may_review) {
            (EntryState::Submitted, false) => say::waits_for_others(),
            (EntryState::Accepted, _) => say::is_accepted(),
            (EntryState::Returned, _) => say::is_returned(),
            (EntryState::ChangedSinceAccepted, _) => say::changed_since(),
            _ => say::not_submitted(),
        };
        return view! { <p class="result-panel__hint">{why}</p> }.into_any();
    };
    let record = StoredValue::new(detail.record.clone());
    let digest = StoredValue::new(digest);
    let by = ReturnBy::offered(detail.today.unwrap_or_else(platform::today));
    let sits = Desks::here();
    let endorsed = detail.entry.as_ref().is_some_and(entry::is_endorsed);
    let assessment = parts.map(|(assessment, _)| assessment);
    let state = detail.state;
    let desk = Memo::new(move |_| sits.get().of(assessment?, state, endorsed));
    let instead = RwSignal::new(false);
    let at = move || (sits.get().own, desk.get());
    let decide = move |decision: Decision| {
        if busy.get_untracked() {
            return;
        }
        let mut verdict = Verdict {
            comment: comment.get_untracked(),
            instead: decision == Decision::Accept && instead.get_untracked(),
            ..Verdict::new(decision, digest.get_value())
        };
        if decision == Decision::Return {
            verdict.fields = said.get_untracked();
            match by.read() {
                Ok(due) => verdict.due = due,
                Err(words) => return problem.set(Some(words)),
            }
        }
        busy.set(true);
        problem.set(None);
        let request = ReviewRequest {
            record: record.get_value(),
            verdict,
        };
        leptos::task::spawn_local(async move {
            let answer: Result<EntryDetail, _> =
                transport::json("POST", "/api/review", Some(&request)).await;
            busy.set(false);
            if let Err(error) = answer {
                problem.set(Some(faults::no_answer(&error)));
            }
            decided.update(|count| *count += 1);
        });
    };
    let in_name_of = detail.on_behalf_of.clone().map(|by| {
        view! { <p class="result-panel__hint">{delegations::in_name_of(by)}</p> }
    });
    let problem_note = move || {
        problem.get().map(|problem| {
            view! {
                <Banner tone="danger" icon="warning">
                    <p role="alert">{problem}</p>
                </Banner>
            }
        })
    };
    if decided_here {
        let why = match detail.state {
            EntryState::Accepted => say::is_accepted(),
            _ => say::is_returned(),
        };
        return view! {
            <div class="decide">
                <p class="result-panel__hint">{why}</p>
                {in_name_of}
                <button
                    class="button"
                    disabled=move || busy.get()
                    on:click=move |_| decide(Decision::Reopen)
                >
                    <Icon name="return" />
                    {say::reopen()}
                </button>
                {problem_note}
            </div>
        }
        .into_any();
    }
    let comment_label = move || match at() {
        (Desk::District, Some(_)) => desks::comment(),
        _ => say::comment(),
    };
    // What the account says of a sheet that it finds right, as far as it is its turn.
    let approve = move || match at() {
        (Desk::District, Some(Desk::District)) => view! {
            <button
                class="button button--primary"
                disabled=move || busy.get()
                on:click=move |_| decide(Decision::Endorse)
            >
                <Icon name="send" />
                {desks::endorse()}
            </button>
        }
        .into_any(),
        (Desk::District, Some(Desk::Province)) => view! {
            <button
                class="button"
                disabled=move || busy.get()
                on:click=move |_| decide(Decision::Reopen)
            >
                <Icon name="return" />
                {desks::withdraw()}
            </button>
        }
        .into_any(),
        (Desk::Province, desk) => {
            let waits = desk == Some(Desk::District);
            view! {
                <button
                    class="button button--primary"
                    disabled=move || busy.get() || (waits && !instead.get())
                    on:click=move |_| decide(Decision::Accept)
                >
                    <Icon name="check" />
                    {review::accept()}
                </button>
            }
            .into_any()
        }
        (Desk::District, None) => view! {
            <button
                class="button button--primary"
                disabled=move || busy.get()
                on:click=move |_| decide(Decision::Accept)
            >
                <Icon name="check" />
                {review::accept()}
            </button>
        }
        .into_any(),
    };
    let turn = move || match at() {
        (_, Some(Desk::Province)) => {
            Some(view! { <p class="result-panel__hint">{desks::is_endorsed()}</p> }.into_any())
        }
        (Desk::Province, Some(Desk::District)) => Some(
            view! {
                <p class="result-panel__hint">{desks::not_endorsed()}</p>
                <CheckField
                    label=desks::instead()
                    value=instead
                    on_change=move |on| instead.set(on)
                />
            }
            .into_any(),
        ),
        _ => None,
    };
    view! {
        <div class="decide">
            {in_name_of}
            {turn}
            {move || {
                view! {
                    <TextField
                        label=comment_label()
                        value=comment
                        on_change=move |text| comment.set(text)
                        max_length=1000
                        multiline=true
                    />
                }
            }}
            {pack.map(|pack| view! { <FieldRemarks pack redacted said /> })}
            <ReturnByField by />
            <div class="button-row">
                {approve}
                <button
                    class="button"
                    disabled=move || busy.get()
                    on:click=move |_| decide(Decision::Return)
                >
                    <Icon name="return" />
                    {review::return_()}
                </button>
            </div>
            {problem_note}
        </div>
    }
    .into_any()
}

/// Remarks on single fields, which the officer finds at the field itself.
#[component]
fn FieldRemarks(
    pack: &'static Pack,
    /// Whether reasons for not considering a subject are hidden from this reviewer.
    redacted: bool,
    /// What has been said so far.
    said: RwSignal<BTreeMap<FieldName, String>>,
) -> impl IntoView {
    let about = RwSignal::new(String::new());
    let remark = RwSignal::new(String::new());
    let fields = entry::form_fields(pack)
        .into_iter()
        .filter(|name| !(redacted && name.starts_with(field::EXCLUSION)))
        .map(|name| Choice::new(name.clone(), field_label(&name, pack)));
    let choices: Vec<Choice> = std::iter::once(Choice::new("", say::choose_item()))
        .chain(fields)
        .collect();
    let ready = move || {
        !about.with(String::is_empty)
            && !remark.with(String::is_empty)
            && said.with(|said| said.len() < MAX_FIELD_COMMENTS)
    };
    let add = move |_| {
        if let Ok(name) = FieldName::parse(&about.get_untracked()) {
            said.update(|said| {
                said.insert(name, remark.get_untracked());
            });
            about.set(String::new());
            remark.set(String::new());
        }
    };
    let rows = move || {
        said.get()
            .into_iter()
            .map(|(name, comment)| {
                let label = field_label(name.as_str(), pack);
                let drop = say::drop_remark(&label);
                view! {
                    <li class="remarks__item">
                        <span>
                            <strong>{label}</strong>
                            {format!(": {comment}")}
                        </span>
                        <button
                            type="button"
                            class="button button--quiet"
                            aria-label=drop
                            on:click=move |_| {
                                said.update(|said| {
                                    said.remove(&name);
                                });
                            }
                        >
                            <Icon name="close" />
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <details class="remarks">
            <summary>{say::remarks()}</summary>
            <ul class="remarks__list">{rows}</ul>
            <SelectField
                label=say::item_to_correct()
                choices=Signal::stored(choices)
                value=about
                on_change=move |name| about.set(name)
            />
            <TextField
                label=say::remark()
                value=remark
                on_change=move |text| remark.set(text)
                max_length=300
            />
            <button type="button" class="button" disabled=move || !ready() on:click=add>
                <Icon name="plus" />
                {say::add_remark()}
            </button>
        </details>
    }
}
