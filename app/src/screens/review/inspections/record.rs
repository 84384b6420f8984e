//! Recording what an inspection found, and what is to be put right.

use super::form::{PlanFields, Problem, Sending, TypedPlan, refused, typed_day, written};
use super::{days_words, subject_words};
use crate::screens::review::season;
use crate::texts::{common, inspections as say, review, words};
use crate::ui::{Choice, Icon, SelectField, TextField};
use leptos::prelude::*;
use std::collections::BTreeMap;
use thidua_domain::api::{InspectionInput, InspectionView};
use thidua_domain::inspection::{Findings, FollowUp, Inspection, MAX_FOLLOW_UPS, Outcome};

/// A follow-up as it is typed.
#[derive(Clone, Copy)]
struct TypedFollowUp {
    number: u8,
    what: RwSignal<String>,
    due: RwSignal<String>,
    done: RwSignal<String>,
    answer: StoredValue<String>,
}

impl TypedFollowUp {
    fn of(number: u8, was: Option<&FollowUp>) -> Self {
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        Self {
            number,
            what: RwSignal::new(text(was.map(|it| &it.what))),
            due: RwSignal::new(written(was.map(|it| it.due))),
            done: RwSignal::new(written(was.and_then(|it| it.done))),
            answer: StoredValue::new(text(was.map(|it| &it.answer))),
        }
    }

    /// What was typed; nothing where nothing was.
    fn read(self) -> Result<Option<FollowUp>, String> {
        let what = self.what.get_untracked();
        let due = typed_day(&self.due.get_untracked())?;
        let done = typed_day(&self.done.get_untracked())?;
        if what.trim().is_empty() && due.is_none() && done.is_none() {
            return Ok(None);
        }
        Ok(Some(FollowUp {
            what,
            due: due.ok_or_else(|| say::incomplete().to_owned())?,
            done,
            answer: self.answer.get_value(),
        }))
    }
}

/// The form. What it sends is bound to what was on the screen, the commune's answers among it.
#[component]
pub fn Record(view: InspectionView, saved: impl Fn(String) + Copy + 'static) -> impl IntoView {
    let season = season();
    let before = view.inspection.clone();
    let name = words::area_name(&view.commune, season);
    let commune = Some(view.commune.clone());
    let plan = TypedPlan::of(Some(&before.plan));
    let found = before.findings.as_ref();
    let done = RwSignal::new(written(found.map(|it| it.done)));
    let outcome = RwSignal::new(found.map_or("", |it| it.outcome.as_str()).to_owned());
    let findings = RwSignal::new(found.map(|it| it.text.clone()).unwrap_or_default());
    let cancelled = RwSignal::new(before.cancelled.clone());
    let slots: Vec<_> = (1..=MAX_FOLLOW_UPS)
        .map(|number| TypedFollowUp::of(number, before.follow_ups.get(&number)))
        .collect();
    let last = before.follow_ups.keys().copied().max().unwrap_or(0);
    let shown = RwSignal::new(last);
    let sending = Sending::new();
    let Sending { problem, busy } = sending;
    let title = format!("{name} · {}", days_words(&before.plan));
    let about = subject_words(&before.plan);
    let kept = StoredValue::new((view, slots.clone()));
    let read = move || {
        let findings = match Outcome::parse(&outcome.get_untracked()) {
            None => None,
            Some(outcome) => Some(Findings {
                done: typed_day(&done.get_untracked())?
                    .ok_or_else(|| say::incomplete().to_owned())?,
                outcome,
                text: findings.get_untracked(),
            }),
        };
        let mut follow_ups = BTreeMap::new();
        for slot in kept.with_value(|(_, slots)| slots.clone()) {
            follow_ups.extend(slot.read()?.map(|it| (slot.number, it)));
        }
        let inspection = Inspection {
            plan: plan.read()?,
            findings,
            follow_ups,
            cancelled: cancelled.get_untracked(),
        };
        let fields = inspection.fields(Some(&before), season.period);
        match fields {
            Ok(_) => Ok(inspection),
            Err(error) => Err(refused(error).to_owned()),
        }
    };
    let save = move |_| {
        let inspection = match read() {
            Ok(inspection) => inspection,
            Err(words) => return problem.set(Some(words)),
        };
        let input = kept.with_value(|(view, _)| InspectionInput::Change {
            commune: view.commune.clone(),
            record: view.record.clone(),
            seen: view.digest.clone(),
            inspection,
        });
        let name = name.clone();
        sending.send(input, move |_| saved(say::saved(name)));
    };
    let outcomes: Vec<_> = std::iter::once(Choice::new("", say::not_done()))
        .chain(Outcome::ALL.map(|it| Choice::new(it.as_str(), say::outcome_word(it))))
        .collect();
    let follow_ups = move || {
        let slots = kept.with_value(|(_, slots)| slots.clone());
        slots
            .into_iter()
            .filter(|slot| slot.number <= shown.get())
            .map(|slot| view! { <FollowUpFields typed=slot /> })
            .collect_view()
    };
    view! {
        <p>
            <strong>{title}</strong>
            {format!(" · {about}")}
        </p>
        <SelectField
            label=say::outcome()
            choices=Signal::stored(outcomes)
            value=outcome
            on_change=move |word| outcome.set(word)
        />
        <TextField
            label=say::done()
            value=done
            on_change=move |text| done.set(text)
            max_length=10
            hint=review::day_hint()
        />
        <TextField
            label=say::findings()
            value=findings
            on_change=move |text| findings.set(text)
            max_length=1000
            multiline=true
        />
        {follow_ups}
        <Show when=move || shown.get() < MAX_FOLLOW_UPS>
            <button
                type="button"
                class="button"
                on:click=move |_| shown.update(|shown| *shown += 1)
            >
                <Icon name="plus" />
                {say::add_follow_up()}
            </button>
        </Show>
        <details class="inspection__plan">
            <summary>{say::about_head()}</summary>
            <PlanFields typed=plan commune=Signal::stored(commune) />
            <TextField
                label=say::cancel_reason()
                value=cancelled
                on_change=move |text| cancelled.set(text)
                max_length=200
            />
        </details>
        <Problem problem />
        <div class="dialog__actions">
            <button class="button button--primary" disabled=move || busy.get() on:click=save>
                {common::save()}
            </button>
        </div>
    }
}

#[component]
fn FollowUpFields(typed: TypedFollowUp) -> impl IntoView {
    let answer = typed.answer.get_value();
    let answer = match answer.is_empty() {
        true => say::no_answer().to_owned(),
        false => say::commune_says(answer),
    };
    view! {
        <fieldset class="inspection__follow-up" data-follow-up=typed.number.to_string()>
            <legend class="segmented__legend">{say::follow_up(typed.number)}</legend>
            <TextField
                label=say::follow_up_what()
                value=typed.what
                on_change=move |text| typed.what.set(text)
                max_length=1000
                multiline=true
                rows=2
            />
            <TextField
                label=say::follow_up_due()
                value=typed.due
                on_change=move |text| typed.due.set(text)
                max_length=10
                hint=review::day_hint()
            />
            <p class="inspection__answer">{answer}</p>
            <TextField
                label=say::follow_up_done()
                value=typed.done
                on_change=move |text| typed.done.set(text)
                max_length=10
            />
        </fieldset>
    }
}
