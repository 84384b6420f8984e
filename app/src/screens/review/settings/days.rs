//! The due dates of each title.

use super::sending::Sending;
use super::{History, Problem, refused, seen, typed_day, view_of};
use crate::screens::review::remote::Remote;
use crate::screens::review::season;
use crate::screens::tablet::due_source;
use crate::texts::settings as texts;
use crate::texts::words;
use crate::texts::{common, review};
use crate::ui::{Dialog, Icon, TextField};
use leptos::prelude::*;
use thidua_domain::api::{SettingInput, SettingsView};
use thidua_domain::catalogue::Assessment;
use thidua_domain::criteria::Packs;
use thidua_domain::date::Date;
use thidua_domain::due::{self, Step};
use thidua_domain::setting::Setting;
use thidua_domain::setting::days::{self, SetDays};

/// The table, and the form behind it.
#[component]
pub(super) fn Days(
    remote: Remote<SettingsView>,
    may_set: Memo<bool>,
    saved: RwSignal<Option<String>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let editing = RwSignal::new(None::<Assessment>);
    let rows = move || {
        let all = remote.value.get()?;
        let settings = all.settings();
        let period = season().period;
        let rows = Assessment::ALL
            .into_iter()
            .map(|assessment| {
                let day = |step| {
                    settings.due(assessment, step, period).map(|due| {
                        view! {
                            {crate::texts::day(due.last)}
                            <span class="table__note">{due_source(&due)}</span>
                        }
                    })
                };
                let registration = day(Step::Registration);
                let none = registration
                    .is_none()
                    .then(|| view! { <span class="table__note">{texts::no_registration()}</span> });
                let history = all.view(&days::key(assessment, period));
                let history = history.map(|view| view.history.clone()).unwrap_or_default();
                let name = words::assessment(assessment);
                let change = move || {
                    view! {
                        <button
                            class="button button--small"
                            aria-label=texts::change_days(name)
                            on:click=move |_| {
                                editing.set(Some(assessment));
                                open.set(true);
                            }
                        >
                            <Icon name="pencil" />
                            {texts::change()}
                        </button>
                    }
                };
                view! {
                    <tr data-assessment=assessment.as_str()>
                        <th scope="row">{name} <History items=history /></th>
                        <td data-cell="registration">{registration} {none}</td>
                        <td data-cell="submission">{day(Step::Submission)}</td>
                        <td>{move || may_set.get().then(change)}</td>
                    </tr>
                }
            })
            .collect_view();
        Some(rows)
    };
    view! {
        <h2>{texts::days_heading()}</h2>
        <div class="table-scroll" tabindex="0" role="region" aria-label=texts::days_heading()>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{review::title()}</th>
                        <th scope="col">{texts::registration()}</th>
                        <th scope="col">{texts::submission()}</th>
                        <th scope="col">{texts::work()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <Dialog title=texts::days_heading() open>
            {move || {
                let assessment = editing.get().filter(|_| open.get())?;
                Some(view! { <DaysForm remote assessment open saved /> })
            }}
        </Dialog>
    }
}

/// What it sends is bound to what was on the screen when it opened.
#[component]
fn DaysForm(
    remote: Remote<SettingsView>,
    assessment: Assessment,
    open: RwSignal<bool>,
    saved: RwSignal<Option<String>>,
) -> impl IntoView {
    let period = season().period;
    let view = untrack(|| view_of(remote, &days::key(assessment, period)));
    let was = untrack(|| remote.value.get()).and_then(|all| {
        let settings = all.settings();
        settings.days.get(&(assessment, period)).cloned()
    });
    let seen = StoredValue::new(seen(view.as_ref()));
    let day = |day: Option<Date>| RwSignal::new(day.map(Date::format_vi).unwrap_or_default());
    let registration = day(was.as_ref().and_then(|was| was.registration));
    let submission = day(was.as_ref().and_then(|was| was.submission));
    let paper = RwSignal::new(was.map(|was| was.paper).unwrap_or_default());
    let sending = Sending::new(remote, saved);
    let Sending { problem, busy, .. } = sending;
    let read = move || {
        let setting = Setting::Days(SetDays {
            assessment,
            registration: typed_day(&registration.get_untracked())?,
            submission: typed_day(&submission.get_untracked())?,
            paper: paper.get_untracked(),
            set_ms: 0,
        });
        match setting.fields(period, Packs::default()) {
            Ok(_) => Ok(setting),
            Err(error) => Err(refused(error).to_owned()),
        }
    };
    let save = move |_| {
        let setting = match read() {
            Ok(setting) => setting,
            Err(words) => return problem.set(Some(words)),
        };
        let input = SettingInput {
            seen: seen.get_value(),
            setting,
        };
        let words = texts::saved_days(words::assessment(assessment));
        sending.set(input, words, move || open.set(false));
    };
    let by_law = |step| due::by_law(assessment, step, period);
    let first = by_law(Step::Registration).map(|law| {
        view! {
            <TextField
                label=texts::registration_day()
                value=registration
                on_change=move |text| registration.set(text)
                max_length=10
                hint=texts::day_default(law)
            />
        }
    });
    let last = by_law(Step::Submission).unwrap_or_else(|| Date::last_of_year(period.0));
    view! {
        <p>
            <strong>{words::assessment(assessment)}</strong>
        </p>
        {first}
        <TextField
            label=texts::submission_day()
            value=submission
            on_change=move |text| submission.set(text)
            max_length=10
            hint=texts::day_default(last)
        />
        <TextField
            label=texts::paper()
            value=paper
            on_change=move |text| paper.set(text)
            max_length=200
            hint=texts::paper_hint()
        />
        <Problem problem />
        <div class="dialog__actions">
            <button class="button" on:click=move |_| open.set(false)>
                {common::cancel()}
            </button>
            <button class="button button--primary" disabled=move || busy.get() on:click=save>
                {common::save()}
            </button>
        </div>
    }
}
