//! Inspections of the commune: when, what was found, and the commune's answers, without a network.

use super::books::BookLink;
use super::subject_forms::{DialogActions, Unfinished};
use crate::model::home::{Due, What};
use crate::platform;
use crate::screens::review::{InspectionBadge, days_words, subject_words};
use crate::store::Change;
use crate::tablet::Tablet;
use crate::texts::{self, common, inspections as say};
use crate::ui::{Dialog, Icon, TextField};
use leptos::prelude::*;
use thidua_domain::due;
use thidua_domain::inspection::{self, FollowUp, Inspection, State};
use thidua_domain::record::RecordKey;
use thidua_domain::text;

/// The open commune's inspections, the first day last.
pub fn inspections(tablet: Tablet) -> Vec<(RecordKey, Inspection)> {
    let commune = tablet.commune.get();
    let store = tablet.store();
    let id = inspection::subject(&commune);
    let records = store.records();
    let mut found: Vec<_> = records
        .range(inspection::first_key(&commune)..)
        .take_while(|(key, _)| key.kind() == inspection::KIND && key.subject() == id)
        .filter_map(|(key, record)| Some((key.clone(), inspection::read(key, record)?)))
        .collect();
    found.sort_by_key(|(_, one)| std::cmp::Reverse(one.plan.from));
    found
}

/// What of them has a day: those announced, and follow-ups that are open.
pub fn dues(tablet: Tablet) -> Vec<Due> {
    let today = platform::today();
    let due = |what: What, last, open| Due {
        what,
        due: due::Due {
            last,
            source: due::Source::Reviewer,
        },
        open,
    };
    let of = |(_, one): (RecordKey, Inspection)| -> Vec<Due> {
        match one.state(today) {
            State::Planned => vec![due(What::Inspection, one.plan.from, 0)],
            State::FollowUpOpen | State::FollowUpLate => {
                let first = one.open().map(|(_, it)| it.due).min();
                let open = one.open().count();
                first
                    .map(|first| due(What::FollowUp, first, open))
                    .into_iter()
                    .collect()
            }
            _ => Vec::new(),
        }
    };
    inspections(tablet).into_iter().flat_map(of).collect()
}

/// The way to the page, among the commune's books.
#[component]
pub fn InspectionsLink() -> impl IntoView {
    let tablet = Tablet::here();
    let said = move || say::listed(inspections(tablet).len());
    view! {
        <BookLink href="/kiem-tra" title=say::title() id="kiem-tra" said=Signal::derive(said) />
    }
}

/// The page.
#[component]
pub fn InspectionsScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let all = Memo::new(move |_| inspections(tablet));
    // An inspection stays the one it is while an answer is saved: its open dialog has something left to finish.
    let keys = move || {
        let all = all.get().into_iter();
        all.map(|(key, _)| key).collect::<Vec<_>>()
    };
    view! {
        <section class="page" aria-labelledby="inspections-title">
            <nav class="breadcrumb" aria-label=common::trail()>
                <a href="/xa">{common::commune()}</a>
            </nav>
            <h1 id="inspections-title" class="page__title">{say::title()}</h1>
            <p class="page__lead">{say::tablet_lead()}</p>
            <Show when=move || all.with(Vec::is_empty)>
                <p class="empty">{say::tablet_none()}</p>
            </Show>
            <ul class="book">
                <For each=keys key=Clone::clone let:key>
                    <One key_=key all />
                </For>
            </ul>
        </section>
    }
}

#[component]
fn One(key_: RecordKey, all: Memo<Vec<(RecordKey, Inspection)>>) -> impl IntoView {
    let wanted = key_.clone();
    let now = Memo::new(move |_| {
        let found = |(key, _): &&(RecordKey, Inspection)| *key == wanted;
        all.with(|all| all.iter().find(found).map(|(_, one)| one.clone()))
    });
    let head = move || {
        let one = now.get()?;
        let state = one.state(platform::today());
        let about = [one.plan.about.clone(), one.plan.place.clone()];
        let about = about.into_iter().filter(|words| !words.is_empty());
        let about: Vec<_> = std::iter::once(subject_words(&one.plan))
            .filter(|words| !words.is_empty())
            .chain(about)
            .collect();
        let found = one.findings.as_ref().map(|found| {
            view! {
                <p>
                    <strong>{say::outcome_word(found.outcome)}</strong>
                    {format!(" · {}", texts::day(found.done))}
                </p>
                <p class="inspection__findings">{found.text.clone()}</p>
            }
        });
        let cancelled =
            (!one.cancelled.is_empty()).then(|| view! { <p>{say::cancelled(&one.cancelled)}</p> });
        Some(view! {
            <div class="section-head">
                <h2 class="book__title">{days_words(&one.plan)}</h2>
                <InspectionBadge state />
            </div>
            <p>{about.join(" · ")}</p>
            <p class="table__note">{one.plan.team.clone()}</p>
            {found}
            {cancelled}
        })
    };
    let numbers = move || {
        now.with(|one| {
            let one = one.as_ref();
            let numbers = one.map(|one| one.follow_ups.keys().copied().collect::<Vec<_>>());
            numbers.unwrap_or_default()
        })
    };
    view! {
        <li class="book__line" data-filled="">
            {head}
            <ol class="inspection__follow-ups">
                <For each=numbers key=|number| *number let:number>
                    <FollowUpLine key_=key_.clone() number now />
                </For>
            </ol>
        </li>
    }
}

#[component]
fn FollowUpLine(key_: RecordKey, number: u8, now: Memo<Option<Inspection>>) -> impl IntoView {
    let editing = RwSignal::new(false);
    let follow_up =
        Memo::new(move |_| now.with(|one| one.as_ref()?.follow_ups.get(&number).cloned()));
    let said = move || {
        let FollowUp {
            what,
            due,
            done,
            answer,
        } = follow_up.get()?;
        let late = done.is_none() && due < platform::today();
        let when = match done {
            Some(done) => say::confirmed(done),
            None if late => format!("{} · {}", say::due(due), say::late()),
            None => say::due(due),
        };
        let answer = match answer.is_empty() {
            true => say::no_answer().to_owned(),
            false => say::commune_says(answer),
        };
        Some(view! {
            <p>
                <strong>{what}</strong>
            </p>
            <p class="table__note">{when}</p>
            <p data-answer=number.to_string()>{answer}</p>
        })
    };
    let is_open =
        Memo::new(move |_| follow_up.with(|it| it.as_ref().is_some_and(|it| it.done.is_none())));
    let key = StoredValue::new(key_);
    view! {
        <li class="inspection__line">
            {said}
            <Show when=move || is_open.get()>
                <button
                    class="button"
                    aria-label=say::answer_label(number)
                    on:click=move |_| editing.set(true)
                >
                    <Icon name="pencil" />
                    {say::answer()}
                </button>
            </Show>
            <Dialog title=say::answer_label(number) open=editing>
                <Answer
                    key_=key.get_value()
                    number
                    was=follow_up
                        .get_untracked()
                        .map(|it| it.answer)
                        .unwrap_or_default()
                    open=editing
                />
            </Dialog>
        </li>
    }
}

#[component]
fn Answer(key_: RecordKey, number: u8, was: String, open: RwSignal<bool>) -> impl IntoView {
    let unfinished = Unfinished::of(say::title, Some(key_.subject()), None);
    // Answers of several inspections may be half typed at once.
    let slot = unfinished.slot(&format!("{key_}.{number}"), &say::answer_label(number));
    let typed = RwSignal::new(was);
    if let Some(draft) = slot.kept() {
        typed.set(text::nfc(draft.text.trim()));
    }
    let save = move || {
        let (name, value) = inspection::answer(number, &typed.get_untracked());
        Ok::<_, String>(vec![Change::new(key_.clone(), [(name.as_str(), value)])])
    };
    view! {
        <TextField
            label=say::answer_label(number)
            value=typed
            on_change=move |text| typed.set(text)
            max_length=1000
            multiline=true
            hint=say::answer_hint()
            draft=slot
        />
        <DialogActions open unfinished save />
    }
}
