//! One family of the grid.

use super::Roster;
use super::grid::toggle;
use super::marking::Task;
use crate::model::marks::{Mark, is_open_to_marks};
use crate::model::overview::Subject;
use crate::texts::{common, roster as say, words};
use crate::ui::{Icon, StateBadge};
use leptos::prelude::*;
use std::sync::Arc;
use thidua_domain::catalogue::Assessment;
use thidua_domain::criteria::{Outcome, Poverty};
use thidua_domain::entry::EntryState;
use thidua_domain::record::SubjectId;
use thidua_domain::subject::{self, field};

/// Shown as it was when the row was made: a family that changes is another row.
#[component]
pub fn Row(
    roster: Roster,
    family: Arc<Subject>,
    /// Its place in the list, from 0.
    place: usize,
    /// Where it stands in the body.
    top: Signal<String>,
    /// The family that keys act on.
    active: RwSignal<Option<SubjectId>>,
    /// Called when a person touches it.
    chosen: impl Fn(SubjectId) + Copy + 'static,
) -> impl IntoView {
    let id = family.id;
    let name = subject::label(&family.record).to_owned();
    let state = family.state(Assessment::CulturalFamily);
    let is_selected = move || roster.selected.with(|selected| selected.contains(&id));
    let select_label = say::choose_family(&name);
    view! {
        <div
            class="grid__row"
            class:grid__row--active=move || active.get() == Some(id)
            role="row"
            id=format!("ho-{id}")
            aria-rowindex=(place + 2).to_string()
            aria-selected=move || is_selected().to_string()
            style:inset-block-start=move || top.get()
            on:pointerdown=move |_| active.set(Some(id))
        >
            <span role="gridcell" class="grid__select">
                <label class="grid__box">
                    <input
                        type="checkbox"
                        class="check__box"
                        tabindex="-1"
                        aria-label=select_label
                        prop:checked=is_selected
                        on:change=move |_| {
                            toggle(roster, id);
                            chosen(id);
                        }
                    />
                </label>
            </span>
            <span role="gridcell" class="grid__who">
                <a class="grid__name" href=format!("/ho/{id}") tabindex="-1">
                    <strong>{name.clone()}</strong>
                    <span class="grid__meta">{meta(roster, &family)}</span>
                </a>
            </span>
            <span role="gridcell" class="grid__poverty">
                <PovertyCell roster id name=name.clone() family=family.clone() chosen />
            </span>
            <span role="gridcell" class="grid__result">{result(&family, state)}</span>
            <span role="gridcell" class="grid__marks">
                {if is_open_to_marks(state) {
                    view! { <Marks roster id name family chosen /> }.into_any()
                } else {
                    view! {
                        <a class="button button--quiet grid__open" href=format!("/ho/{id}") tabindex="-1">
                            {say::open_sheet()}
                        </a>
                    }
                        .into_any()
                }}
            </span>
        </div>
    }
}

/// The house number, last year's result, the residential area where there are several.
fn meta(roster: Roster, family: &Subject) -> String {
    let area = roster
        .whole_commune
        .then(|| family.residential_area())
        .flatten()
        .and_then(|area| untrack(|| roster.tablet.subject(area)))
        .map(|area| subject::label(&area.record).to_owned());
    let house = family.record.text(field::HOUSE_NO).map(say::house);
    let last = family.last_year;
    // The year itself is shorter than "last year", and as clear on a page whose head names this one.
    let year = roster.tablet.season.period.0 - 1;
    let last = match (last.earned, last.points) {
        (Some(true), Some(points)) => say::year_points(year, points),
        (Some(true), None) => say::year_earned(year),
        (Some(false), _) => say::year_not_earned(year),
        (None, _) => say::year_unknown(year),
    };
    let parts = [house, Some(last), area];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn result(family: &Subject, state: EntryState) -> impl IntoView + use<> {
    let standing = family.standing(Assessment::CulturalFamily);
    let on_device = !family.on_device.is_empty();
    let conflict = !family.conflicting.is_empty();
    let (outcome, tone) = match standing.map(|standing| standing.outcome) {
        _ if state == EntryState::Empty => (common::families_to_mark(), "empty"),
        Some(Outcome::Earned) => (common::earned(), "earned"),
        Some(Outcome::NotEarned) => (common::not_earned(), "not-earned"),
        _ => (say::incomplete(), "incomplete"),
    };
    let points = standing
        .filter(|_| state != EntryState::Empty)
        .and_then(|standing| standing.points)
        .map(|points| format!("· {points}"));
    // The reason that decides; that it is earned needs none.
    let reason = family
        .reasons
        .first()
        .filter(|_| state != EntryState::Empty && tone != "earned")
        .map(words::reason_short);
    let second = if conflict {
        view! {
            <span class="badge badge--changed">
                <Icon name="conflict" />
                {say::two_values()}
            </span>
        }
        .into_any()
    } else if let Some(reason) = reason {
        view! { <span class="grid__why">{reason}</span> }.into_any()
    } else if state == EntryState::Empty {
        ().into_any()
    } else {
        view! { <StateBadge state /> }.into_any()
    };
    view! {
        <span class="grid__outcome" data-outcome=tone>
            {outcome}
            <span class="grid__points">
                {points.map(|points| view! { {points} <span class="visually-hidden">{say::points()}</span> })}
            </span>
            {on_device
                .then(|| {
                    view! {
                        <span class="grid__device" title=say::device_title()>
                            <Icon name="device" />
                            <span class="visually-hidden">{say::device()}</span>
                        </span>
                    }
                })}
        </span>
        {second}
    }
}

/// The poverty class: a tap goes on to the next one, the first tap says what is most likely.
#[component]
fn PovertyCell(
    roster: Roster,
    id: SubjectId,
    name: String,
    family: Arc<Subject>,
    chosen: impl Fn(SubjectId) + Copy + 'static,
) -> impl IntoView {
    let listed = family
        .record
        .text(field::POVERTY)
        .and_then(Poverty::parse)
        .unwrap_or(Poverty::None);
    let (label, next, tone) = match family.poverty {
        Some(Poverty::None) => (say::not_poor(), Poverty::NearPoor, "said"),
        Some(Poverty::NearPoor) => (say::near_poor(), Poverty::Poor, "said"),
        Some(Poverty::Poor) => (say::poor(), Poverty::None, "said"),
        None => match listed {
            Poverty::None => (common::unknown(), Poverty::None, "open"),
            Poverty::NearPoor => (say::still_near_poor(), Poverty::NearPoor, "ask"),
            Poverty::Poor => (say::still_poor(), Poverty::Poor, "ask"),
        },
    };
    let open = is_open_to_marks(family.state(Assessment::PovertyReview));
    let spoken = say::poverty_of(name, label);
    view! {
        <button
            type="button"
            class="grid__class"
            data-tone=tone
            tabindex="-1"
            disabled=!open
            aria-label=spoken
            on:click=move |_| {
                roster.marking.ask(Task::Poverty(next, id));
                chosen(id);
            }
        >
            {label}
        </button>
    }
}

#[component]
fn Marks(
    roster: Roster,
    id: SubjectId,
    name: String,
    family: Arc<Subject>,
    chosen: impl Fn(SubjectId) + Copy + 'static,
) -> impl IntoView {
    let standing = family.standing(Assessment::CulturalFamily);
    let put_forward = standing.is_some_and(|standing| {
        standing.state != EntryState::Empty && standing.outcome != Outcome::NotEarned
    });
    let refused = standing.is_some_and(|standing| {
        standing.state != EntryState::Empty && standing.outcome == Outcome::NotEarned
    });
    let button = move |mark: Mark, word: &'static str, icon: &'static str, on: bool| {
        let spoken = format!("{name}: {}", words::mark(mark));
        let class = match mark {
            Mark::Earned => "button grid__mark grid__mark--yes",
            _ => "button grid__mark grid__mark--no",
        };
        view! {
            <button
                type="button"
                class=class
                tabindex="-1"
                aria-label=spoken
                aria-pressed=on.to_string()
                on:click=move |_| {
                    roster.marking.ask(Task::Mark(mark, vec![id]));
                    chosen(id);
                }
            >
                <Icon name=icon />
                {word}
            </button>
        }
    };
    view! {
        {button(Mark::Earned, common::earned(), "check", put_forward)}
        {button(Mark::NotProposed, common::no(), "close", refused)}
    }
}
