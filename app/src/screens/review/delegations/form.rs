//! Giving review to a colleague.

use super::Page;
use crate::app::Current;
use crate::screens::review::area_choice::AreaChoice;
use crate::screens::review::season;
use crate::screens::review::settings::typed_day;
use crate::texts::delegations as say;
use crate::texts::{common, review, words};
use crate::ui::{CheckField, Choice, Refused, SelectField, TextField};
use leptos::prelude::*;
use std::collections::BTreeSet;
use thidua_domain::api::Colleague;
use thidua_domain::area::{Area, AreaCode};
use thidua_domain::catalogue::Assessment;
use thidua_domain::delegation::Terms;

/// The form. It offers the giver's own areas, as far as the colleague reads them.
#[component]
pub(super) fn Give(page: Page) -> impl IntoView {
    let season = season();
    let view = page.remote.value.get_untracked();
    let Some(view) = view else {
        return ().into_any();
    };
    let current = expect_context::<Current>();
    let session = current.0.get_untracked();
    let own = StoredValue::new(session.map(|session| session.areas).unwrap_or_default());
    let colleagues = StoredValue::new(view.colleagues);
    let to = RwSignal::new(String::new());
    let theirs = Memo::new(move |_| {
        let to = to.get();
        colleagues.with_value(|all| {
            let found = all.iter().find(|one| one.account == to);
            found.map(|one| one.areas.clone()).unwrap_or_default()
        })
    });
    let within = move |all: &[AreaCode], code: &AreaCode| {
        let tree = crate::areas::tree();
        all.iter()
            .any(|area| tree.contains(area, code, season.date))
    };
    let is_offered = move |area: &Area| {
        own.with_value(|own| within(own, &area.code))
            && theirs.with(|theirs| within(theirs, &area.code))
    };
    let areas = RwSignal::new(Vec::<AreaCode>::new());
    // Most give all that is theirs, or all of it that the colleague reads.
    let choose = move |account: String| {
        to.set(account);
        let theirs = theirs.get_untracked();
        let own = own.get_value();
        let both = own.iter().chain(&theirs);
        let shared: BTreeSet<_> = both
            .filter(|code| within(&own, code) && within(&theirs, code))
            .cloned()
            .collect();
        areas.set(shared.into_iter().collect());
    };
    let choices: Vec<_> = std::iter::once(Choice::new("", say::choose_colleague()))
        .chain(colleagues.with_value(|all| all.iter().map(choice).collect::<Vec<_>>()))
        .collect();
    let titles = RwSignal::new(BTreeSet::<Assessment>::new());
    let boxes = Assessment::ALL
        .into_iter()
        .map(|title| {
            view! {
                <CheckField
                    label=words::assessment(title)
                    value=Signal::derive(move || titles.with(|all| all.contains(&title)))
                    on_change=move |on| {
                        titles
                            .update(|all| {
                                match on {
                                    true => all.insert(title),
                                    false => all.remove(&title),
                                };
                            });
                    }
                />
            }
        })
        .collect_view();
    let from = RwSignal::new(view.today.format_vi());
    let until = RwSignal::new(String::new());
    let paper = RwSignal::new(String::new());
    let save = move |_| {
        let day = |typed: RwSignal<String>| typed_day(&typed.get_untracked());
        let (from, until) = match (day(from), day(until)) {
            (Ok(from), Ok(until)) => (from, until),
            (Err(words), _) | (_, Err(words)) => return page.problem.set(Some(words)),
        };
        let to = to.get_untracked();
        let (Some(from), Some(until), false) = (from, until, to.is_empty()) else {
            return page.problem.set(Some(say::not_filled().to_owned()));
        };
        let name = colleagues.with_value(|all| {
            let found = all.iter().find(|one| one.account == to);
            found.map_or_else(String::new, |one| one.display_name.clone())
        });
        let terms = Terms {
            to,
            areas: areas.get_untracked(),
            titles: titles.get_untracked(),
            from,
            until,
            paper: paper.get_untracked(),
        };
        page.send("/api/delegations".to_owned(), terms, say::saved(name));
    };
    view! {
        <SelectField
            label=say::colleague()
            choices=Signal::stored(choices)
            value=to
            on_change=choose
        />
        <Show when=move || !to.with(String::is_empty)>
            <p class="field__hint">{say::only_own()}</p>
            <AreaChoice areas is_offered />
        </Show>
        <fieldset class="inspection__choices">
            <legend class="segmented__legend">{say::titles_legend()}</legend>
            {boxes}
        </fieldset>
        <div class="field-row">
            <TextField
                label=say::from()
                value=from
                on_change=move |text| from.set(text)
                max_length=10
                hint=review::day_hint()
            />
            <TextField
                label=say::until()
                value=until
                on_change=move |text| until.set(text)
                max_length=10
                hint=review::day_hint()
            />
        </div>
        <TextField
            label=say::paper()
            value=paper
            on_change=move |text| paper.set(text)
            max_length=100
            hint=say::paper_hint()
        />
        <Refused problem=page.problem />
        <div class="dialog__actions">
            <button class="button" on:click=move |_| page.open.set(false)>
                {common::cancel()}
            </button>
            <button
                class="button button--primary"
                disabled=move || page.busy.get()
                on:click=save
            >
                {common::save()}
            </button>
        </div>
    }
    .into_any()
}

fn choice(colleague: &Colleague) -> Choice {
    let Colleague {
        account,
        display_name,
        role,
        ..
    } = colleague;
    let label = format!("{display_name} ({account}, {})", words::role(*role));
    Choice::new(account.clone(), label)
}
