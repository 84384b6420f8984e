//! Announcing an inspection to one commune or many.

use super::form::{PlanFields, Problem, Sending, TypedPlan, refused};
use crate::screens::review::season;
use crate::texts::{inspections as say, words};
use crate::ui::CheckField;
use leptos::prelude::*;
use std::collections::BTreeSet;
use thidua_domain::api::InspectionInput;
use thidua_domain::area::AreaCode;
use thidua_domain::inspection::Inspection;

/// The form.
#[component]
pub fn Announce(area: AreaCode, saved: impl Fn(String) + Copy + 'static) -> impl IntoView {
    let season = season();
    let below = crate::areas::tree().communes_under(&area, season.date);
    // Who has chosen a commune on the page means that one.
    let alone = (below.len() == 1).then(|| below[0].code.clone());
    let chosen = RwSignal::new(alone.into_iter().collect::<BTreeSet<_>>());
    let communes = below
        .into_iter()
        .map(|commune| {
            let code = StoredValue::new(commune.code.clone());
            let is = move || code.with_value(|code| chosen.with(|all| all.contains(code)));
            view! {
                <CheckField
                    label=words::area_called(commune)
                    value=Signal::derive(is)
                    on_change=move |on| {
                        chosen
                            .update(|all| {
                                if on {
                                    all.insert(code.get_value());
                                } else {
                                    code.with_value(|code| all.remove(code));
                                }
                            });
                    }
                />
            }
        })
        .collect_view();
    let only = Signal::derive(move || {
        chosen.with(|all| match all.len() {
            1 => all.first().cloned(),
            _ => None,
        })
    });
    let typed = TypedPlan::of(None);
    let sending = Sending::new();
    let Sending { problem, busy } = sending;
    let send = move |_| {
        let communes: Vec<_> = chosen.get_untracked().into_iter().collect();
        if communes.is_empty() {
            return problem.set(Some(say::no_commune().to_owned()));
        }
        let checked = typed.read().and_then(|plan| {
            let fields = Inspection::announced(plan.clone()).fields(None, season.period);
            fields.map_err(|error| refused(error).to_owned())?;
            Ok(plan)
        });
        match checked {
            Ok(plan) => sending.send(InspectionInput::Plan { communes, plan }, move |count| {
                saved(say::sent_to(count));
            }),
            Err(words) => problem.set(Some(words)),
        }
    };
    view! {
        <fieldset class="inspection__choices inspection__choices--many">
            <legend class="segmented__legend">{say::communes()}</legend>
            {communes}
        </fieldset>
        <PlanFields typed commune=only />
        <Problem problem />
        <div class="dialog__actions">
            <button class="button button--primary" disabled=move || busy.get() on:click=send>
                {say::send()}
            </button>
        </div>
    }
}
