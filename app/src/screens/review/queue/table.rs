//! The rows of the queue, chosen by box, by key, or all at once.

use super::super::desks::Desks;
use super::super::return_by::{ReturnBy, ReturnByField};
use super::super::rights::Rights;
use super::decisions::{Chosen, Decisions, Word};
use crate::platform;
use crate::texts::{self, common, desks, queue as say, review, words};
use crate::ui::{CheckField, CorrectBy, Dialog, Icon, StateBadge, TextField};
use leptos::prelude::*;
use std::collections::BTreeMap;
use thidua_domain::api::{BulkEntry, QueuePage, QueueRow};
use thidua_domain::date::Date;
use thidua_domain::entry::EntryState;
use thidua_domain::record::RecordKey;
use thidua_domain::review::Decision;
use thidua_domain::season::Season;
use wasm_bindgen::JsCast as _;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

type Selection = RwSignal<BTreeMap<RecordKey, Chosen>>;

fn key_of(row: &QueueRow, season: Season) -> RecordKey {
    RecordKey::entry(row.standing.subject, row.standing.assessment, season.period)
}

fn label_of(row: &QueueRow, season: Season) -> String {
    match row.standing.label.as_str() {
        "" => words::area_name(&row.standing.commune, season),
        label => label.to_owned(),
    }
}

pub(super) fn chosen_of(row: &QueueRow, desks: Desks, season: Season) -> (RecordKey, Chosen) {
    let record = key_of(row, season);
    let standing = &row.standing;
    let desk = desks.of(standing.assessment, standing.state, standing.endorsed);
    let chosen = Chosen {
        approval: desks.approval(desk),
        stands_in: desks.stands_in(desk),
        label: label_of(row, season),
        entry: BulkEntry {
            record: record.clone(),
            commune: row.standing.commune.clone(),
            digest: row.digest.clone(),
            instead: false,
        },
    };
    (record, chosen)
}

/// The table, with what can be done with the rows that are chosen.
#[component]
pub fn QueueTable(
    page: RwSignal<Option<QueuePage>>,
    chosen: Selection,
    state: Memo<EntryState>,
    sits: Memo<Desks>,
    rights: Rights,
    /// Whether it is the district's desk, seen from the province's.
    stands_in: Memo<bool>,
    season: Season,
) -> impl IntoView {
    let rows = move || page.with(|page| page.as_ref().map(|p| p.rows.clone()).unwrap_or_default());
    let today = move || {
        let told = page.with_untracked(|page| page.as_ref().and_then(|page| page.today));
        told.unwrap_or_else(platform::today)
    };
    let count = Memo::new(move |_| page.with(|page| page.as_ref().map(|p| p.rows.len())));
    let may_choose = Memo::new(move |_| state.get() == EntryState::Submitted && rights.any());
    let own = move || {
        let mut rows = rows();
        rows.retain(|row| rights.may(row.standing.assessment, &row.standing.commune));
        rows
    };
    let all = Memo::new(move |_| {
        let own = own();
        !own.is_empty()
            && own
                .iter()
                .all(|row| chosen.with(|chosen| chosen.contains_key(&key_of(row, season))))
    });
    let choose_all = move |on: bool| {
        chosen.set(if on {
            own()
                .iter()
                .map(|row| chosen_of(row, sits.get_untracked(), season))
                .collect()
        } else {
            BTreeMap::new()
        });
    };
    view! {
        <Show when=move || count.get() == Some(0)>
            <p class="empty">
                <Icon name="check" />
                <span class="empty__title">{say::none()}</span>
                <span class="empty__text">
                    {say::none_match()}
                </span>
            </p>
        </Show>
        <Show when=move || count.get().is_some_and(|count| count > 0)>
            <Show when=move || may_choose.get()>
                <Actions chosen page stands_in />
            </Show>
            <div class="table-scroll" tabindex="0" role="region" aria-label=say::table()>
                <table class="table table--queue">
                    <thead>
                        <tr>
                            <Show when=move || may_choose.get()>
                                <th scope="col" class="table__choose">
                                    <input
                                        type="checkbox"
                                        class="check__box"
                                        aria-label=say::choose_all()
                                        prop:checked=move || all.get()
                                        on:change=move |event| {
                                            choose_all(event_target_checked(&event));
                                        }
                                    />
                                </th>
                            </Show>
                            <th scope="col">{review::name()}</th>
                            <th scope="col">{review::title()}</th>
                            <th scope="col">{review::area()}</th>
                            <th scope="col">{review::result()}</th>
                            <th scope="col">{say::since()}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=rows
                            key=move |row| (key_of(row, season), row.digest.0.clone(), row.since_ms)
                            let:row
                        >
                            <Row row chosen may_choose sits rights season today=today() />
                        </For>
                    </tbody>
                </table>
            </div>
        </Show>
    }
}

#[component]
fn Row(
    row: QueueRow,
    chosen: Selection,
    may_choose: Memo<bool>,
    sits: Memo<Desks>,
    rights: Rights,
    season: Season,
    /// The day it is where the server answers.
    today: Date,
) -> impl IntoView {
    let label = label_of(&row, season);
    let key = key_of(&row, season);
    let this = StoredValue::new(row.clone());
    let href = format!("/phieu/{key}");
    let days = crate::platform::now_ms().saturating_sub(row.since_ms) / DAY_MS;
    let days = (days > 0).then(|| say::days(days.cast_signed()));
    let standing = row.standing;
    let correct_by = standing
        .due
        .map(|due| view! { <CorrectBy due today=today /> });
    let area = standing.residential_area.clone();
    let commune = words::area_name(&standing.commune, season);
    let place = area.unwrap_or_else(|| commune.clone());
    let below = (place != commune).then_some(commune);
    let points = standing.points.map(review::points);
    let (assessment, in_state, endorsed) = (standing.assessment, standing.state, standing.endorsed);
    let waits_at = move || {
        let desk = sits.get().of(assessment, in_state, endorsed);
        desk.map(|desk| view! { <span class="table__note">{desks::waits(desk)}</span> })
    };
    let not_waiting = (standing.state != EntryState::Submitted)
        .then(|| view! { <StateBadge state=standing.state /> });
    let name_of_box = say::choose_sheet(&label, words::assessment(standing.assessment));
    let commune = StoredValue::new(standing.commune.clone());
    let is_own = Memo::new(move |_| commune.with_value(|it| rights.may(assessment, it)));
    let key = StoredValue::new(key);
    let name_of_box = StoredValue::new(name_of_box);
    let is_chosen =
        Memo::new(move |_| key.with_value(|key| chosen.with(|chosen| chosen.contains_key(key))));
    let choose = move |on: bool| {
        chosen.update(|chosen| {
            if on {
                let (_, one) = this.with_value(|row| chosen_of(row, sits.get_untracked(), season));
                chosen.insert(key.get_value(), one);
            } else {
                key.with_value(|key| chosen.remove(key));
            }
        });
    };
    view! {
        <tr data-chosen=move || is_chosen.get().to_string()>
            <Show when=move || may_choose.get()>
                <td class="table__choose">
                    <Show when=move || is_own.get()>
                        <input
                            type="checkbox"
                            class="check__box"
                            aria-label=name_of_box.get_value()
                            prop:checked=move || is_chosen.get()
                            on:change=move |event| choose(event_target_checked(&event))
                            on:keydown=move |event| walk(&event)
                        />
                    </Show>
                </td>
            </Show>
            <th scope="row">
                <a href=href>{label}</a>
                <span class="table__note">
                    {standing.house_no.map(review::house)}
                </span>
            </th>
            <td>{words::assessment(standing.assessment)}</td>
            <td>
                {place}
                <span class="table__note">{below}</span>
            </td>
            <td>
                {words::outcome(standing.assessment, standing.outcome)}
                <span class="table__note">{points}</span>
                {not_waiting} {waits_at} {correct_by}
            </td>
            <td class="table__when">
                {texts::moment(row.since_ms)}
                <span class="table__note">{days}</span>
            </td>
        </tr>
    }
}

/// The arrow keys go from box to box; space ticks, as everywhere.
fn walk(event: &web_sys::KeyboardEvent) {
    let down = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    let row = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|element| element.closest("tr").ok().flatten());
    let beside = row.and_then(|row| {
        if down {
            row.next_element_sibling()
        } else {
            row.previous_element_sibling()
        }
    });
    let there = beside
        .and_then(|row| row.query_selector("input").ok().flatten())
        .and_then(|input| input.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(there) = there {
        event.prevent_default();
        let _ = there.focus();
    }
}

/// What is done with the rows that are chosen.
#[component]
fn Actions(
    chosen: Selection,
    page: RwSignal<Option<QueuePage>>,
    stands_in: Memo<bool>,
) -> impl IntoView {
    let decisions = expect_context::<Decisions>();
    let returning = RwSignal::new(false);
    let comment = RwSignal::new(String::new());
    let today = move || page.with_untracked(|page| page.as_ref().and_then(|page| page.today));
    let today = move || today().unwrap_or_else(platform::today);
    let by = ReturnBy::offered(today());
    let problem = RwSignal::new(None::<String>);
    let number = Memo::new(move |_| chosen.with(BTreeMap::len));
    let none = move || number.get() == 0 || decisions.busy.get();
    // Said anew for each decision: what waits for a district is accepted only where somebody says so.
    let instead = RwSignal::new(false);
    Effect::new(move |_| {
        stands_in.track();
        instead.set(false);
    });
    // An approval is of what it may be given to; a return is of all.
    let of = move |decision: Decision| {
        let all = !stands_in.get() || instead.get();
        move |one: &Chosen| match decision {
            Decision::Return => true,
            decision => one.approval == decision && (all || !one.stands_in),
        }
    };
    let count = move |decision: Decision| {
        chosen.with(|chosen| chosen.values().filter(|one| of(decision)(one)).count())
    };
    let accepted = Memo::new(move |_| count(Decision::Accept));
    let endorsed = Memo::new(move |_| count(Decision::Endorse));
    let decide = move |decision: Decision, word: Word| {
        let all = chosen.with_untracked(|chosen| {
            let all = chosen.values().filter(|one| of(decision)(one)).cloned();
            match decision == Decision::Accept && instead.get_untracked() {
                true => all.map(Chosen::instead).collect::<Vec<_>>(),
                false => all.collect(),
            }
        });
        let sent: Vec<RecordKey> = all.iter().map(|one| one.entry.record.clone()).collect();
        decisions.decide(decision, word, all, move || {
            chosen.update(|chosen| chosen.retain(|key, _| !sent.contains(key)));
            instead.set(false);
        });
    };
    let begin = move |_| {
        by.offer(today());
        problem.set(None);
        returning.set(true);
    };
    let send_back = move |_| {
        let due = match by.read() {
            Ok(due) => due,
            Err(words) => return problem.set(Some(words)),
        };
        returning.set(false);
        let word = Word {
            comment: comment.get_untracked(),
            due,
        };
        decide(Decision::Return, word);
        comment.set(String::new());
    };
    view! {
        <div class="choice-bar" role="group" aria-label=say::decide_chosen()>
            <p class="choice-bar__count" role="status">
                {move || match number.get() {
                    0 => say::none_chosen().to_owned(),
                    number => say::chosen(number),
                }}
            </p>
            <Show when=move || stands_in.get()>
                <CheckField
                    label=desks::instead()
                    value=instead
                    on_change=move |on| instead.set(on)
                />
            </Show>
            <Show when=move || endorsed.get() != 0>
                <button
                    class="button button--primary"
                    disabled=none
                    on:click=move |_| decide(Decision::Endorse, Word::default())
                >
                    <Icon name="send" />
                    {move || desks::endorse_count(endorsed.get())}
                </button>
            </Show>
            <Show when=move || endorsed.get() == 0 || accepted.get() != 0>
                <button
                    class="button button--primary"
                    disabled=move || none() || accepted.get() == 0
                    on:click=move |_| decide(Decision::Accept, Word::default())
                >
                    <Icon name="check" />
                    {move || match accepted.get() {
                        0 => review::accept().to_owned(),
                        number => say::accept_count(number),
                    }}
                </button>
            </Show>
            <button class="button" disabled=none on:click=begin>
                <Icon name="return" />
                {move || match number.get() {
                    0 => format!("{}…", review::return_()),
                    number => format!("{}…", say::return_count(number)),
                }}
            </button>
        </div>
        <Dialog title=say::return_sheets() open=returning>
            <p>
                {move || say::returned_with(number.get())}
            </p>
            <TextField
                label=say::what_to_correct()
                value=comment
                on_change=move |text| comment.set(text)
                max_length=1000
                multiline=true
            />
            <ReturnByField by />
            {move || {
                problem
                    .get()
                    .map(|problem| view! { <p class="field__error" role="alert">{problem}</p> })
            }}
            <div class="dialog__actions">
                <button class="button" on:click=move |_| returning.set(false)>
                    {common::cancel()}
                </button>
                <button
                    class="button button--primary"
                    disabled=move || decisions.busy.get() || comment.with(String::is_empty)
                    on:click=send_back
                >
                    {review::return_()}
                </button>
            </div>
        </Dialog>
    }
}
