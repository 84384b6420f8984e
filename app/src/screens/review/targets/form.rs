//! The form in which a district's own target is set.

use crate::model::targets::{most, typed, written};
use crate::screens::review::overview::target_words;
use crate::screens::review::season;
use crate::sync::transport;
use crate::texts::{self, common, faults, targets as say, words};
use crate::ui::{Banner, TextField};
use leptos::prelude::*;
use thidua_domain::api::{AreaTarget, TargetInput, TargetsView};
use thidua_domain::catalogue::{Indicator, Measure};
use thidua_domain::target::ONE;

/// What it sends is bound to what was on the screen.
#[component]
pub fn TargetForm(
    indicator: &'static Indicator,
    own: AreaTarget,
    on_saved: impl Fn(TargetsView) + Copy + 'static,
) -> impl IntoView {
    let season = season();
    let most = words::area(&own.area, season)
        .and_then(|area| most(indicator, area, season.date))
        .unwrap_or(0);
    let before = own.target.goal.map(|goal| written(indicator, goal));
    let goal = RwSignal::new(before.unwrap_or_default());
    let plan = RwSignal::new(own.target.plan.clone());
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let name = words::area_name(&own.area, season);
    let own = StoredValue::new(own);
    let save = move |_| {
        if busy.get_untracked() {
            return;
        }
        let target = match typed(indicator, most, &goal.get_untracked(), plan.get_untracked()) {
            Ok(target) => target,
            Err(words) => return problem.set(Some(words)),
        };
        busy.set(true);
        problem.set(None);
        let input = own.with_value(|own| TargetInput {
            area: own.area.clone(),
            indicator: indicator.id.clone(),
            seen: own.digest.clone(),
            target,
        });
        leptos::task::spawn_local(async move {
            let answer = transport::json("POST", "/api/targets", Some(&input)).await;
            busy.set(false);
            match answer {
                Ok(all) => on_saved(all),
                Err(error) => problem.set(Some(faults::no_answer(&error))),
            }
        });
    };
    let (label, hint) = match indicator.measure {
        Measure::Count(_) => (say::goal_communes(), say::communes_hint(most / ONE)),
        _ => (say::goal_percent(), say::goal_hint(target_words(indicator))),
    };
    view! {
        <p>
            <strong>{texts::catalogue(&indicator.name)}</strong>
            {format!(" · {name}")}
        </p>
        <TextField label value=goal on_change=move |text| goal.set(text) max_length=12 hint />
        <TextField
            label=say::plan_label()
            value=plan
            on_change=move |text| plan.set(text)
            max_length=200
            hint=say::plan_hint()
        />
        {move || {
            problem
                .get()
                .map(|problem| {
                    view! {
                        <Banner tone="danger" icon="warning">
                            <p role="alert">{say::not_saved(problem)}</p>
                        </Banner>
                    }
                })
        }}
        <div class="dialog__actions">
            <button class="button button--primary" disabled=move || busy.get() on:click=save>
                {common::save()}
            </button>
        </div>
    }
}
