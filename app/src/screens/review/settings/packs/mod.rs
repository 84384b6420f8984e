//! Criteria: the versions there are; beside this the form for a next one, and the preview of what it changes.

mod criteria;
mod form;
mod preview;
mod thresholds;

use super::view_of;
use crate::screens::review::remote::Remote;
use crate::screens::review::season;
use crate::texts::packs as texts;
use crate::texts::words;
use crate::ui::Icon;
use form::PackForm;
use leptos::prelude::*;
use thidua_domain::api::SettingsView;
use thidua_domain::catalogue::Assessment;
use thidua_domain::criteria::{Pack, Packs, Verification};
use thidua_domain::date::Date;
use thidua_domain::setting::pack::{self, Thresholds};

/// Most criteria that a row of the table shows without being asked.
const SHOWN_AT_ONCE: usize = 8;

/// The table, and the form below it.
#[component]
pub(super) fn PackVersions(
    remote: Remote<SettingsView>,
    saved: RwSignal<Option<String>>,
) -> impl IntoView {
    let editing = RwSignal::new(None::<Assessment>);
    let may_adopt = Memo::new(move |_| {
        let may = |view: &SettingsView| view.may_adopt;
        remote.value.with(|view| view.as_ref().is_some_and(may))
    });
    let packs = Memo::new(move |_| {
        let read = |view: &Option<SettingsView>| view.as_ref().map(|it| it.settings().packs);
        remote.value.with(read).unwrap_or_default()
    });
    let rows = move || {
        let packs = packs.get();
        pack::ASSESSMENTS
            .into_iter()
            .map(|assessment| {
                view! { <PackRow remote assessment packs editing may_adopt /> }
            })
            .collect_view()
    };
    view! {
        <div class="section-head">
            <div>
                <h2>{texts::heading()}</h2>
                <p class="page__lead">{texts::lead()}</p>
            </div>
        </div>
        <div class="table-scroll" tabindex="0" role="region" aria-label=texts::heading()>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{crate::texts::review::title()}</th>
                        <th scope="col">{texts::in_force()}</th>
                        <th scope="col">{texts::criteria()}</th>
                        <th scope="col">{crate::texts::settings::work()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {move || {
            let assessment = editing.get()?;
            Some(view! { <PackForm remote assessment editing saved /> })
        }}
    }
}

#[component]
fn PackRow(
    remote: Remote<SettingsView>,
    assessment: Assessment,
    packs: Packs,
    editing: RwSignal<Option<Assessment>>,
    may_adopt: Memo<bool>,
) -> impl IntoView {
    let name = words::assessment(assessment);
    let pack = packs.in_force(assessment, season().period);
    let adopted = packs
        .versions(assessment)
        .find(|version| pack.is_some_and(|pack| pack.id == version.pack.id));
    let said = match adopted {
        Some(version) => {
            let day = Date::from_epoch_days((version.set_ms / 86_400_000).cast_signed());
            let day = day.map(crate::texts::day).unwrap_or_default();
            texts::adopted(day, &version.paper)
        }
        None => texts::of_program().to_owned(),
    };
    let number = adopted.map_or(1, |version| version.number);
    let read = pack.map(|pack| {
        let all = pack.criteria().count();
        let read = pack
            .criteria()
            .filter(|criterion| criterion.verification == Verification::Read)
            .count();
        texts::verified(read, all)
    });
    let lines = pack.into_iter().flat_map(Pack::criteria);
    let lines: Vec<_> = lines
        .map(|criterion| {
            let points = (criterion.max > 0).then(|| {
                view! { <span class="table__note">{texts::points(criterion.max)}</span> }
            });
            view! { <li>{criterion.text.clone()} " " {points}</li> }
        })
        .collect();
    let many = lines.len() > SHOWN_AT_ONCE;
    let summary = texts::show(lines.len());
    let lines = view! { <ol class="pack-lines">{lines}</ol> };
    let lines = match many {
        true => view! {
            <details class="history">
                <summary class="history__summary">{summary}</summary>
                {lines}
            </details>
        }
        .into_any(),
        false => lines.into_any(),
    };
    let marks = pack.and_then(Thresholds::of).map(|thresholds| {
        let marks = thresholds.pass_marks;
        let total = pack.into_iter().flat_map(Pack::criteria);
        let total: u32 = total.map(|criterion| u32::from(criterion.max)).sum();
        view! {
            <span class="table__note">
                {texts::marks(total, marks.mountainous, marks.other)}
            </span>
        }
    });
    let basis = pack.map(|pack| crate::texts::catalogue(&pack.legal_basis).to_owned());
    let versions: Vec<_> = packs
        .versions(assessment)
        .map(|version| {
            let view = view_of(remote, &pack::key(assessment, version.number));
            let item = view.and_then(|view| view.history.into_iter().next());
            let who = item.map(|item| {
                let when = crate::texts::moment(item.received_ms);
                format!("{when} · {}", item.edit.author)
            });
            let said = format!("{}: {}", texts::version(version.number), version.paper);
            view! {
                <li class="timeline__item">
                    <span class="table__note">{who}</span>
                    {said}
                </li>
            }
        })
        .collect();
    let count = versions.len();
    let history = (count > 0).then(|| {
        view! {
            <details class="history">
                <summary class="history__summary">{crate::texts::settings::history(count)}</summary>
                <ol class="timeline">{versions}</ol>
            </details>
        }
    });
    let write = move || {
        view! {
            <button
                class="button button--small"
                aria-label=texts::new_version_of(name)
                on:click=move |_| editing.set(Some(assessment))
            >
                <Icon name="pencil" />
                {texts::new_version()}
            </button>
        }
    };
    view! {
        <tr data-pack=assessment.as_str()>
            <th scope="row">{name} {history}</th>
            <td data-cell="version">
                {texts::version(number)} <span class="table__note">{said}</span>
                <span class="table__note">{basis}</span>
                <span class="table__note">{pack.map(validity)}</span>
            </td>
            <td>
                {lines} {marks} <span class="table__note">{read}</span>
            </td>
            <td>{move || may_adopt.get().then(write)}</td>
        </tr>
    }
}

fn validity(pack: &'static Pack) -> String {
    let from = pack.valid_from.year();
    match pack.valid_to {
        Some(to) => texts::years_until(from, to.year()),
        None => texts::years(from),
    }
}
