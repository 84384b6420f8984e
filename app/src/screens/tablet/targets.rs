//! What the commune sets itself of the directive's indicators, without a network.

use super::books::BookLink;
use super::entry_form::answer_value;
use super::subject_forms::{DialogActions, Unfinished};
use crate::model::targets::{self, CommuneTarget, typed, written};
use crate::screens::review::{asked_words, target_words};
use crate::store::Change;
use crate::tablet::Tablet;
use crate::texts::{self, common, targets as say, words};
use crate::ui::{Choice, Dialog, Icon, Segmented, TextField};
use leptos::prelude::*;
use thidua_domain::area::AreaLevel;
use thidua_domain::catalogue::{Assessment, Indicator, Measure};
use thidua_domain::progress::Tally;
use thidua_domain::quantity::Hundredths;
use thidua_domain::record::SubjectId;
use thidua_domain::target::{ONE, OwnTarget, assessment, field};
use thidua_domain::text;

/// What the open commune sets targets of.
pub fn own_targets(tablet: Tablet) -> Vec<CommuneTarget> {
    let code = tablet.commune.get();
    let area = words::area(&code, tablet.season);
    area.map(|area| targets::of_commune(&tablet.store(), area, tablet.season))
        .unwrap_or_default()
}

/// What the open commune has set of an assessment, in words, for its card.
pub fn own_goal(tablet: Tablet, assessed: Assessment) -> Option<String> {
    let mut all = own_targets(tablet).into_iter();
    let own = all.find(|own| assessment(own.indicator) == Some(assessed))?;
    let goal = say::commune_goal(own.indicator, own.target.goal?);
    Some(say::home_goal(goal))
}

/// The way to the page, among the commune's books.
#[component]
pub fn TargetsLink() -> impl IntoView {
    let tablet = Tablet::here();
    let said = move || {
        let all = own_targets(tablet);
        let set = all.iter().filter(|own| own.target.goal.is_some()).count();
        say::set_count(set, all.len())
    };
    view! {
        <BookLink href="/xa/chi-tieu" title=say::tablet_title() id="chi-tieu" said=Signal::derive(said) />
    }
}

/// The page.
#[component]
pub fn TargetsScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let all = Memo::new(move |_| own_targets(tablet));
    // An indicator's line stays the one it is while it is saved: its open dialog has something left to finish.
    let ids = move || {
        let all = all.get().into_iter();
        all.map(|own| own.indicator.id.to_string())
            .collect::<Vec<_>>()
    };
    view! {
        <section class="page" aria-labelledby="targets-title">
            <nav class="breadcrumb" aria-label=common::trail()>
                <a href="/xa">{common::commune()}</a>
            </nav>
            <h1 id="targets-title" class="page__title">{say::tablet_title()}</h1>
            <p class="page__lead">{say::tablet_lead()}</p>
            <ul class="book">
                <For each=ids key=Clone::clone let:id>
                    {
                        let found = all
                            .with_untracked(|all| {
                                all.iter().find(|own| own.indicator.id.to_string() == id).cloned()
                            });
                        found.map(|own| view! { <Line own all /> })
                    }
                </For>
            </ul>
            <p class="page__lead">
                <a href="/xa/so/chi-tieu-rieng">{say::tablet_others()}</a>
            </p>
        </section>
    }
}

#[component]
fn Line(own: CommuneTarget, all: Memo<Vec<CommuneTarget>>) -> impl IntoView {
    let tablet = Tablet::here();
    let editing = RwSignal::new(false);
    let indicator = own.indicator;
    let key = own.key.clone();
    let now = Memo::new(move |_| {
        let find = |own: &&CommuneTarget| own.key == key;
        all.with(|all| all.iter().find(find).map(|own| own.target.clone()))
            .unwrap_or_default()
    });
    let is_set = Memo::new(move |_| now.with(|own| own.goal.is_some()));
    let name = texts::catalogue(&indicator.name);
    let goal = move || match now.with(|own| own.goal) {
        Some(goal) => say::commune_goal(indicator, goal),
        None => say::none_set().to_owned(),
    };
    let plan = move || {
        let plan = now.with(|own| own.plan.clone());
        (!plan.is_empty()).then(|| fact(say::plan_label(), plan, "plan"))
    };
    let result = move || {
        let tallies = tablet
            .book
            .with(|book| crate::model::overview::tallies(book.all()));
        let assessed = assessment(indicator).expect("counted from entries");
        let tally = tallies.get(&assessed).copied().unwrap_or_default().tally;
        fact(say::now(), standing(indicator, &tally), "now")
    };
    view! {
        <li
            class="book__line"
            data-filled=move || is_set.get().then_some("")
            data-indicator=indicator.id.to_string()
        >
            <div class="section-head">
                <h2 class="book__title">{name}</h2>
                <button
                    class="button"
                    aria-label=say::edit_of(name)
                    on:click=move |_| editing.set(true)
                >
                    <Icon name="pencil" />
                    {move || if is_set.get() { common::edit() } else { say::set_it() }}
                </button>
            </div>
            <dl class="edit-said">
                {move || fact(say::own(), goal(), "own")}
                {fact(say::provinces(), asked_words(indicator, Some(AreaLevel::Commune)), "province")}
                {result}
                {plan}
            </dl>
            <Dialog title=say::edit_of(name) open=editing>
                <Fields own=CommuneTarget { target: now.get_untracked(), ..own.clone() } open=editing />
            </Dialog>
        </li>
    }
}

fn fact(label: &'static str, said: String, name: &'static str) -> impl IntoView {
    view! {
        <div>
            <dt>{label}</dt>
            <dd data-fact=name>{said}</dd>
        </div>
    }
}

/// Where the commune stands, of how many.
fn standing(indicator: &Indicator, tally: &Tally) -> String {
    let met = tally.accepted.met;
    match indicator.measure {
        _ if tally.reported() == 0 => texts::province::not_reported().to_owned(),
        Measure::Share(_) => format!(
            "{} ({}/{})",
            texts::rate(met.unsigned_abs(), tally.expected.unsigned_abs()),
            texts::int(met),
            texts::int(tally.expected)
        ),
        _ if met > 0 => common::earned().to_owned(),
        _ => common::not_earned().to_owned(),
    }
}

#[component]
fn Fields(own: CommuneTarget, open: RwSignal<bool>) -> impl IntoView {
    let commune = Tablet::here().commune.get_untracked();
    let CommuneTarget {
        indicator,
        key,
        most,
        target,
    } = own;
    let subject = Some(SubjectId::commune(&commune));
    let unfinished = Unfinished::of(|| texts::catalogue(&indicator.name), subject, None);
    let written = target.goal.map(|goal| written(indicator, goal));
    let goal = RwSignal::new(written.unwrap_or_default());
    let plan = RwSignal::new(target.plan);
    let counts = matches!(indicator.measure, Measure::Count(_));
    let goal_input = if counts {
        let answer = move || match goal.get().as_str() {
            "" => "",
            "0" => "no",
            _ => "yes",
        };
        view! {
            <Segmented
                legend=say::rural_question()
                name=format!("{key}-goal")
                choices=Choice::yes_no_unknown(common::yes(), common::no())
                value=Signal::derive(move || answer().to_owned())
                on_change=move |answer: String| {
                    let said = answer_value(&answer).as_bool();
                    goal.set(said.map_or("", |yes| if yes { "1" } else { "0" }).to_owned());
                }
            />
        }
        .into_any()
    } else {
        let slot = unfinished.slot(field::GOAL, say::goal_percent());
        if let Some(draft) = slot.kept() {
            goal.set(text::clean_line(&draft.text));
        }
        view! {
            <TextField
                label=say::goal_percent()
                value=goal
                on_change=move |typed| goal.set(typed)
                max_length=12
                hint=say::goal_hint(target_words(indicator))
                draft=slot
            />
        }
        .into_any()
    };
    let slot = unfinished.slot(field::PLAN, say::plan_label());
    if let Some(draft) = slot.kept() {
        plan.set(text::clean_line(&draft.text));
    }
    let save = move || {
        let target = read(
            indicator,
            most,
            counts,
            &goal.get_untracked(),
            plan.get_untracked(),
        )?;
        let fields = target
            .fields(indicator, Some(most))
            .map_err(|_| say::out_of_range().to_owned())?;
        let values = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()));
        Ok::<_, String>(vec![Change::new(key.clone(), values)])
    };
    view! {
        {goal_input}
        <TextField
            label=say::plan_label()
            value=plan
            on_change=move |typed| plan.set(typed)
            max_length=200
            hint=say::plan_hint()
            draft=slot
        />
        <DialogActions open unfinished save />
    }
}

/// What the form says: of an indicator that counts communes, one of two answers.
fn read(
    indicator: &Indicator,
    most: i64,
    counts: bool,
    goal: &str,
    plan: String,
) -> Result<OwnTarget, String> {
    if !counts {
        return typed(indicator, most, goal, plan);
    }
    let goal = match goal {
        "" => None,
        "0" => Some(Hundredths(0)),
        _ => Some(Hundredths(ONE)),
    };
    Ok(OwnTarget { goal, plan })
}
