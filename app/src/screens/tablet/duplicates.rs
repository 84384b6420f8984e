//! Families that may stand in the register twice: side by side, one tap for each answer, all of it undone
//! as easily.

use crate::model::duplicates::{self, Merged, Suspects};
use crate::model::overview::Subject;
use crate::store::Change;
use crate::tablet::Tablet;
use crate::texts::{common, find as say, words};
use crate::ui::{Icon, SaveNote, SaveState};
use leptos::prelude::*;
use thidua_domain::catalogue::Assessment;
use thidua_domain::duplicate::Likeness;
use thidua_domain::subject::{self, field};

/// The pairs to decide on, then what was merged.
#[component]
pub fn DuplicatesScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let saving = RwSignal::new(SaveState::default());
    let said = RwSignal::new(None::<String>);
    let suspects = Memo::new(move |_| tablet.book.with(|book| duplicates::suspects(book.all())));
    let merged = Memo::new(move |_| duplicates::merged(&tablet.store(), &tablet.commune.get()));
    let answer = move |changes: Vec<Change>, what: String| {
        said.set(Some(what));
        tablet.save(changes, saving);
    };
    let lead = move || match suspects.with(Vec::len) {
        0 => say::no_duplicates().to_owned(),
        count => say::duplicates_lead(count),
    };
    let pairs = move || {
        let suspects = suspects.get().into_iter().take(AT_ONCE);
        suspects
            .map(|pair| view! { <Pair pair answer /> })
            .collect_view()
    };
    let rows = move || {
        let merged = merged.get().into_iter();
        merged
            .map(|merged| view! { <MergedRow merged answer /> })
            .collect_view()
    };
    view! {
        <section class="page" aria-labelledby="duplicates-title">
            <nav class="breadcrumb" aria-label=common::trail()>
                <a href="/tim">{say::title()}</a>
            </nav>
            <h1 id="duplicates-title" class="page__title">{say::duplicates()}</h1>
            <p class="page__lead">{lead}</p>
            <div class="pair__said" role="status">
                <p>{move || said.get()}</p>
                <SaveNote state=saving />
            </div>
            <ul class="conflict-list">{pairs}</ul>
            <Show when=move || merged.with(|merged| !merged.is_empty())>
                <section class="todo" aria-labelledby="merged-title">
                    <h2 id="merged-title">{say::merged()}</h2>
                    <ul class="merged">{rows}</ul>
                </section>
            </Show>
        </section>
    }
}

/// Pairs on the page; the next ones come as these are answered.
const AT_ONCE: usize = 50;

#[component]
fn Pair(pair: Suspects, answer: impl Fn(Vec<Change>, String) + Copy + 'static) -> impl IntoView {
    let Suspects { likeness, both } = pair;
    let title = subject::label(&both[0].record).to_owned();
    let [first, second] = both.each_ref().map(|it| it.id);
    let tell_apart = move |_| {
        answer(
            duplicates::tell_apart(first, second),
            say::noted_distinct().to_owned(),
        );
    };
    let sides = [(0, 1), (1, 0)].map(|(stays, goes)| {
        let (stays, goes) = (both[stays].clone(), both[goes].id);
        let head = subject::label(&stays.record).to_owned();
        let facts = facts(&stays);
        let href = format!("/ho/{}", stays.id);
        let keep = move |_| {
            answer(
                duplicates::merge(goes, stays.id),
                say::merge_done().to_owned(),
            );
        };
        view! {
            <li class="conflict__side">
                <p class="conflict__value">
                    <a href=href>{head}</a>
                </p>
                {facts.into_iter().map(|fact| view! { <p>{fact}</p> }).collect_view()}
                <button type="button" class="button" on:click=keep>
                    {say::keep_this()}
                </button>
            </li>
        }
    });
    view! {
        <li class="conflict-list__item">
            <h2 class="conflict-list__title">
                {title} <span class="conflict-list__about">{why(likeness)}</span>
            </h2>
            <div class="conflict">
                <ul class="conflict__sides">{sides.into_iter().collect_view()}</ul>
                <button type="button" class="button pair__apart" on:click=tell_apart>
                    {say::are_two()}
                </button>
            </div>
        </li>
    }
}

fn why(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::NameAndHouse => say::like_name_house(),
        Likeness::HouseAndNearlyName => say::like_house(),
        Likeness::NameAndArea => say::like_name_area(),
    }
}

/// What tells two families apart, or does not.
fn facts(family: &Subject) -> Vec<String> {
    let tablet = Tablet::here();
    let area = family.residential_area();
    let area = area.and_then(|area| untrack(|| tablet.subject(area)));
    let house = family.record.text(field::HOUSE_NO);
    let members = family.record.int(field::MEMBERS);
    let mut facts = vec![
        area.map_or_else(
            || say::area_unknown().to_owned(),
            |area| subject::label(&area.record).to_owned(),
        ),
        house.map_or_else(|| say::no_house_number().to_owned(), say::house),
    ];
    facts.extend(members.map(say::members));
    let state = family.state(Assessment::CulturalFamily);
    facts.push(say::this_year(words::state(state).to_lowercase()));
    facts
}

#[component]
fn MergedRow(
    merged: Merged,
    answer: impl Fn(Vec<Change>, String) + Copy + 'static,
) -> impl IntoView {
    let Merged {
        id,
        head,
        house_no,
        stays,
    } = merged;
    let house = house_no.map(say::house_in_brackets);
    let back = say::parted(&head);
    view! {
        <li class="merged__row">
            <p>
                {head} {house} {say::merged_into()}
                <a href=format!("/ho/{}", stays.0)>{stays.1}</a>
            </p>
            <button
                type="button"
                class="button"
                on:click=move |_| answer(duplicates::split(id), back.clone())
            >
                <Icon name="return" />
                {say::part()}
            </button>
        </li>
    }
}
