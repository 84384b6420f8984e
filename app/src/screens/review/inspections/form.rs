//! What the forms of an inspection share: the plan's fields, and how a form is sent.

use super::inspected::InspectedField;
use crate::sync::transport;
use crate::texts::{faults, inspections as say, review};
use crate::ui::{Banner, CheckField, TextField};
use leptos::prelude::*;
use std::collections::BTreeSet;
use thidua_domain::api::InspectionInput;
use thidua_domain::area::AreaCode;
use thidua_domain::date::Date;
use thidua_domain::inspection::{InspectionError, Plan, Subject};
use thidua_domain::record::RecordKey;

/// A plan as it is typed.
#[derive(Clone, Copy)]
pub struct TypedPlan {
    from: RwSignal<String>,
    until: RwSignal<String>,
    subjects: RwSignal<BTreeSet<Subject>>,
    about: RwSignal<String>,
    team: RwSignal<String>,
    /// Where, in words.
    pub place: RwSignal<String>,
    /// Where, as the register of the commune has it.
    pub inspected: RwSignal<Option<RecordKey>>,
}

/// A day as it is typed.
pub fn written(day: Option<Date>) -> String {
    day.map(Date::format_vi).unwrap_or_default()
}

/// The day that was typed; none where nothing was.
pub fn typed_day(typed: &str) -> Result<Option<Date>, String> {
    match typed.trim() {
        "" => Ok(None),
        typed => match Date::parse_vi(typed) {
            Some(day) => Ok(Some(day)),
            None => Err(review::no_day(typed)),
        },
    }
}

/// Why it is not taken, in words.
pub fn refused(error: InspectionError) -> &'static str {
    match error {
        InspectionError::Incomplete => say::incomplete(),
        InspectionError::WrongDay => say::wrong_day(),
        InspectionError::OutOfRange => say::out_of_range(),
        InspectionError::NotDone => say::needs_findings(),
        InspectionError::NotInRegister => say::not_in_register(),
        InspectionError::Answered => say::is_answered(),
    }
}

impl TypedPlan {
    /// What is planned already, or nothing.
    pub fn of(plan: Option<&Plan>) -> Self {
        let text = |text: Option<&String>| RwSignal::new(text.cloned().unwrap_or_default());
        Self {
            from: RwSignal::new(written(plan.map(|plan| plan.from))),
            until: RwSignal::new(written(plan.and_then(|plan| plan.until))),
            subjects: RwSignal::new(plan.map(|plan| plan.subjects.clone()).unwrap_or_default()),
            about: text(plan.map(|plan| &plan.about)),
            team: text(plan.map(|plan| &plan.team)),
            place: text(plan.map(|plan| &plan.place)),
            inspected: RwSignal::new(plan.and_then(|plan| plan.inspected.clone())),
        }
    }

    /// What was typed, or what to mend.
    pub fn read(self) -> Result<Plan, String> {
        let from = typed_day(&self.from.get_untracked())?;
        Ok(Plan {
            from: from.ok_or_else(|| say::incomplete().to_owned())?,
            until: typed_day(&self.until.get_untracked())?,
            subjects: self.subjects.get_untracked(),
            about: self.about.get_untracked(),
            team: self.team.get_untracked(),
            place: self.place.get_untracked(),
            inspected: self.inspected.get_untracked(),
        })
    }
}

/// The fields of a plan.
#[component]
pub fn PlanFields(
    typed: TypedPlan,
    /// The commune inspected, if it is one.
    #[prop(into)]
    commune: Signal<Option<AreaCode>>,
) -> impl IntoView {
    let subjects = Subject::ALL.map(|subject| {
        let chosen = typed.subjects;
        view! {
            <CheckField
                label=say::subject(subject)
                value=Signal::derive(move || chosen.with(|all| all.contains(&subject)))
                on_change=move |on| {
                    chosen
                        .update(|all| {
                            if on {
                                all.insert(subject);
                            } else {
                                all.remove(&subject);
                            }
                        });
                }
            />
        }
    });
    view! {
        <TextField
            label=say::from()
            value=typed.from
            on_change=move |text| typed.from.set(text)
            max_length=10
            hint=review::day_hint()
        />
        <TextField
            label=say::until()
            value=typed.until
            on_change=move |text| typed.until.set(text)
            max_length=10
        />
        <fieldset class="inspection__choices">
            <legend class="segmented__legend">{say::subjects()}</legend>
            {subjects}
        </fieldset>
        <TextField
            label=say::about()
            value=typed.about
            on_change=move |text| typed.about.set(text)
            max_length=1000
            multiline=true
        />
        <TextField
            label=say::team()
            value=typed.team
            on_change=move |text| typed.team.set(text)
            max_length=200
        />
        <InspectedField typed commune />
    }
}

/// A form that sends one thing at a time.
#[derive(Clone, Copy)]
pub struct Sending {
    /// Why the last attempt failed.
    pub problem: RwSignal<Option<String>>,
    /// Whether it is sending.
    pub busy: RwSignal<bool>,
}

impl Sending {
    /// One that has sent nothing.
    pub fn new() -> Self {
        Self {
            problem: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// Sends it; `done` is told how many records were written.
    pub fn send(self, input: InspectionInput, done: impl FnOnce(usize) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        leptos::task::spawn_local(async move {
            let answer = transport::json("POST", "/api/inspections", Some(&input)).await;
            self.busy.set(false);
            match answer {
                Ok(count) => done(count),
                Err(error) => self.problem.set(Some(faults::no_answer(&error))),
            }
        });
    }
}

/// What a form says when it could not save.
#[component]
pub fn Problem(problem: RwSignal<Option<String>>) -> impl IntoView {
    move || {
        problem.get().map(|problem| {
            view! {
                <Banner tone="danger" icon="warning">
                    <p role="alert">{say::not_saved(problem)}</p>
                </Banner>
            }
        })
    }
}
