//! Which titles a district appraises before the province recognises them.

use super::sending::Sending;
use super::{History, Problem, refused, seen, view_of};
use crate::screens::review::remote::Remote;
use crate::screens::review::season;
use crate::texts::settings as texts;
use crate::texts::{common, desks as say, review, words};
use crate::ui::{Choice, Dialog, Icon, SelectField, TextField};
use leptos::prelude::*;
use thidua_domain::api::{SettingInput, SettingsView};
use thidua_domain::area::AreaLevel;
use thidua_domain::catalogue::Assessment;
use thidua_domain::criteria::Packs;
use thidua_domain::setting::Setting;
use thidua_domain::setting::appraisal::{self, SetAppraisal};

/// The table, and the form behind it; nothing where there are no districts any more.
#[component]
pub(super) fn Appraisals(
    remote: Remote<SettingsView>,
    may_set: Memo<bool>,
    saved: RwSignal<Option<String>>,
) -> impl IntoView {
    let mut areas = crate::areas::tree().on(season().date);
    let districts = areas.any(|area| area.level() == AreaLevel::District);
    districts.then(|| view! { <Titles remote may_set saved /> })
}

#[component]
fn Titles(
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
                let source = match settings.appraisals.get(&(assessment, period)) {
                    Some(set) => texts::set_by_province_paper(&set.paper),
                    None => say::by_catalogue().to_owned(),
                };
                let view = all.view(&appraisal::key(assessment, period));
                let history = view.map(|view| view.history.clone()).unwrap_or_default();
                let name = words::assessment(assessment);
                let change = move || {
                    view! {
                        <button
                            class="button button--small"
                            aria-label=say::change(name)
                            on:click=move |_| {
                                editing.set(Some(assessment));
                                open.set(true);
                            }
                        >
                            <Icon name="pencil" />
                            {common::edit()}
                        </button>
                    }
                };
                view! {
                    <tr data-appraisal=assessment.as_str()>
                        <th scope="row">{name} <History items=history /></th>
                        <td>
                            {say::way(settings.is_district_first(assessment, period))}
                            <span class="table__note">{source}</span>
                        </td>
                        <td>{move || may_set.get().then(change)}</td>
                    </tr>
                }
            })
            .collect_view();
        Some(rows)
    };
    view! {
        <h2>{say::heading()}</h2>
        <p class="page__lead">{say::lead()}</p>
        <div class="table-scroll" tabindex="0" role="region" aria-label=say::heading()>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{review::title()}</th>
                        <th scope="col">{say::column()}</th>
                        <th scope="col">{texts::work()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <Dialog title=say::heading() open>
            {move || {
                let assessment = editing.get().filter(|_| open.get())?;
                Some(view! { <Form remote assessment open saved /> })
            }}
        </Dialog>
    }
}

/// What it sends is bound to what was on the screen when it opened.
#[component]
fn Form(
    remote: Remote<SettingsView>,
    assessment: Assessment,
    open: RwSignal<bool>,
    saved: RwSignal<Option<String>>,
) -> impl IntoView {
    let period = season().period;
    let view = untrack(|| view_of(remote, &appraisal::key(assessment, period)));
    let was = untrack(|| remote.value.get()).and_then(|all| {
        let settings = all.settings();
        settings.appraisals.get(&(assessment, period)).cloned()
    });
    let seen = StoredValue::new(seen(view.as_ref()));
    let way = RwSignal::new(match was.as_ref().and_then(|was| was.district_first) {
        Some(true) => "two".to_owned(),
        Some(false) => "one".to_owned(),
        None => String::new(),
    });
    let paper = RwSignal::new(was.map(|was| was.paper).unwrap_or_default());
    let sending = Sending::new(remote, saved);
    let Sending { problem, busy, .. } = sending;
    let save = move |_| {
        let district_first = match way.get_untracked().as_str() {
            "two" => Some(true),
            "one" => Some(false),
            _ => None,
        };
        let setting = Setting::Appraisal(SetAppraisal {
            assessment,
            district_first,
            paper: paper.get_untracked(),
            set_ms: 0,
        });
        if let Err(error) = setting.fields(period, Packs::default()) {
            return problem.set(Some(refused(error).to_owned()));
        }
        let input = SettingInput {
            seen: seen.get_value(),
            setting,
        };
        let words = say::saved(words::assessment(assessment));
        sending.set(input, words, move || open.set(false));
    };
    let default = say::way(appraisal::by_catalogue(assessment));
    let ways = vec![
        Choice::new("", say::default_way(default)),
        Choice::new("two", say::way(true)),
        Choice::new("one", say::way(false)),
    ];
    view! {
        <p>
            <strong>{words::assessment(assessment)}</strong>
        </p>
        <SelectField
            label=say::column()
            choices=Signal::stored(ways)
            value=way
            on_change=move |value| way.set(value)
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
