//! Criteria: the versions there are, and the form for a next one with a preview of what it changes.

use super::sending::Sending;
use super::{Problem, refused, seen, view_of};
use crate::screens::review::remote::Remote;
use crate::screens::review::season;
use crate::texts::packs as texts;
use crate::texts::{common, words};
use crate::ui::{CheckField, Icon, TextField};
use leptos::prelude::*;
use thidua_domain::api::{PackPreview, PreviewCounts, SettingInput, SettingsView};
use thidua_domain::catalogue::Assessment;
use thidua_domain::criteria::{CriterionId, Pack, Packs, Verification};
use thidua_domain::date::Date;
use thidua_domain::record::Period;
use thidua_domain::setting::Setting;
use thidua_domain::setting::pack::{self, Draft, Line, MAX_CRITERIA};

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
    let lines = lines
        .map(|criterion| view! { <li>{criterion.text.clone()}</li> })
        .collect_view();
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
                <ol class="pack-lines">{lines}</ol>
                <span class="table__note">{read}</span>
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

/// A criterion while it is written.
#[derive(Clone, Copy)]
struct Row {
    /// Tells rows apart on the screen.
    id: usize,
    code: StoredValue<Option<CriterionId>>,
    text: RwSignal<String>,
    read: RwSignal<bool>,
}

impl Row {
    fn of(id: usize, line: Line) -> Self {
        Self {
            id,
            code: StoredValue::new(line.code),
            text: RwSignal::new(line.text),
            read: RwSignal::new(line.read),
        }
    }
}

/// What it sends is bound to the version after the one it was written from: another that was adopted meanwhile
/// is not passed over.
#[component]
fn PackForm(
    remote: Remote<SettingsView>,
    assessment: Assessment,
    editing: RwSignal<Option<Assessment>>,
    saved: RwSignal<Option<String>>,
) -> impl IntoView {
    let period = season().period;
    let packs = untrack(|| remote.value.get()).map(|all| all.settings().packs);
    let packs = packs.unwrap_or_default();
    let Some(first) = Draft::from_last(packs, assessment, period) else {
        return ().into_any();
    };
    let number = first.number;
    let from = RwSignal::new(first.from.to_string());
    let to = RwSignal::new(String::new());
    let basis = RwSignal::new(first.basis);
    let paper = RwSignal::new(String::new());
    let next_row = StoredValue::new(first.lines.len());
    let rows = first.lines.into_iter().enumerate();
    let rows = RwSignal::new(rows.map(|(id, line)| Row::of(id, line)).collect::<Vec<_>>());
    let sending = Sending::new(remote, saved);
    let Sending { problem, busy, .. } = sending;
    let previewed = RwSignal::new(None::<(Draft, PackPreview)>);
    let year = |typed: String| match typed.trim() {
        "" => Ok(None),
        typed => match typed.parse() {
            Ok(year) => Ok(Some(Period(year))),
            Err(_) => Err(crate::texts::settings::other_period()),
        },
    };
    let draft = move || -> Result<Draft, &'static str> {
        let lines = rows.get().into_iter().map(|row| Line {
            code: row.code.get_value(),
            text: row.text.get(),
            read: row.read.get(),
        });
        Ok(Draft {
            assessment,
            number,
            from: year(from.get())?.ok_or(crate::texts::settings::incomplete())?,
            to: year(to.get())?,
            basis: basis.get(),
            paper: paper.get(),
            lines: lines.collect(),
        })
    };
    let is_previewed = Memo::new(move |_| {
        let draft = draft().ok();
        previewed.with(|seen| {
            seen.as_ref()
                .is_some_and(|(seen, _)| Some(seen) == draft.as_ref())
        })
    });
    let checked = move || {
        let draft = untrack(draft)?;
        match draft.pack(packs, period) {
            Ok(_) => Ok(draft),
            Err(error) => Err(refused(error)),
        }
    };
    let preview = move |_| {
        let draft = match checked() {
            Ok(draft) => draft,
            Err(words) => return problem.set(Some(words.to_owned())),
        };
        sending.post("/api/settings/preview", draft, move |draft, found| {
            previewed.set(Some((draft, found)));
        });
    };
    let adopt = move |_| {
        if !is_previewed.get_untracked() {
            return;
        }
        let Ok(draft) = checked() else { return };
        let input = SettingInput {
            seen: seen(None),
            setting: Setting::Pack(draft),
        };
        let words = texts::saved(words::assessment(assessment));
        sending.set(input, words, move || editing.set(None));
    };
    let add = move |_| {
        let id = next_row.get_value();
        next_row.set_value(id + 1);
        let line = Line {
            code: None,
            text: String::new(),
            read: false,
        };
        rows.update(|rows| rows.push(Row::of(id, line)));
    };
    view! {
        <section class="pack-form" aria-labelledby="pack-form-title">
            <h3 id="pack-form-title">
                {format!("{} · {}", words::assessment(assessment), texts::version(number))}
            </h3>
            <TextField
                label=texts::basis()
                value=basis
                on_change=move |text| basis.set(text)
                max_length=200
            />
            <TextField
                label=crate::texts::settings::paper()
                value=paper
                on_change=move |text| paper.set(text)
                max_length=200
                hint=crate::texts::settings::paper_hint()
            />
            <div class="pack-form__years">
                <TextField
                    label=texts::from()
                    value=from
                    on_change=move |text| from.set(text)
                    max_length=4
                />
                <TextField
                    label=texts::until()
                    value=to
                    on_change=move |text| to.set(text)
                    max_length=4
                />
            </div>
            <p class="field__hint">{texts::criterion_hint()}</p>
            <For each=move || rows.get() key=|row| row.id let:row>
                <RowFields row rows />
            </For>
            <Show when=move || rows.with(|rows| rows.len() < MAX_CRITERIA)>
                <button class="button" on:click=add>
                    <Icon name="plus" />
                    {texts::add()}
                </button>
            </Show>
            {move || {
                previewed
                    .get()
                    .filter(|_| is_previewed.get())
                    .map(|(_, found)| view! { <Preview found /> })
            }}
            <Problem problem />
            <Show when=move || !is_previewed.get()>
                <p class="field__hint">{texts::preview_first()}</p>
            </Show>
            <div class="dialog__actions">
                <button class="button" on:click=move |_| editing.set(None)>
                    {common::cancel()}
                </button>
                <button class="button" disabled=move || busy.get() on:click=preview>
                    {texts::preview()}
                </button>
                <button
                    class="button button--primary"
                    disabled=move || busy.get() || !is_previewed.get()
                    on:click=adopt
                >
                    {texts::adopt()}
                </button>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn RowFields(row: Row, rows: RwSignal<Vec<Row>>) -> impl IntoView {
    let label = match row.code.get_value() {
        Some(code) => code.0,
        None => texts::new_criterion().to_owned(),
    };
    let drop = move |_| rows.update(|rows| rows.retain(|other| other.id != row.id));
    view! {
        <div class="pack-form__row">
            <TextField
                label=texts::criterion(label.clone())
                value=row.text
                on_change=move |text| row.text.set(text)
                max_length=250
                multiline=true
                rows=2
            />
            <div class="button-row">
                <CheckField
                    label=texts::read()
                    value=row.read
                    on_change=move |read| row.read.set(read)
                />
                <button
                    type="button"
                    class="button button--small"
                    aria-label=texts::drop(label)
                    on:click=drop
                >
                    <Icon name="close" />
                    {texts::drop_short()}
                </button>
            </div>
        </div>
    }
}

/// What the version would change, by district.
#[component]
fn Preview(found: PackPreview) -> impl IntoView {
    let total = found.total();
    let rows = found
        .districts
        .iter()
        .map(|(area, counts)| (words::area_name(area, season()), *counts))
        .chain([(texts::whole_province().to_owned(), total)])
        .map(|(name, counts)| {
            let PreviewCounts {
                entries,
                earned,
                not_earned,
                incomplete,
                sealed,
            } = counts;
            let cells = [entries, earned, not_earned, incomplete, sealed]
                .map(|count| view! { <td class="table__number">{count}</td> });
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    {cells.into_iter().collect_view()}
                </tr>
            }
        })
        .collect_view();
    let none = total.earned + total.not_earned + total.incomplete + total.sealed == 0;
    view! {
        <div role="status" data-preview="">
            <h4>{texts::preview()}</h4>
            {none.then(|| view! { <p>{texts::nothing_changes()}</p> })}
            <p class="field__hint">{texts::preview_note()}</p>
        </div>
        <div class="table-scroll" tabindex="0" role="region" aria-label=texts::preview()>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{texts::area()}</th>
                        <th scope="col" class="table__number">{texts::entries()}</th>
                        <th scope="col" class="table__number">{texts::to_earned()}</th>
                        <th scope="col" class="table__number">{texts::to_not_earned()}</th>
                        <th scope="col" class="table__number">{texts::to_incomplete()}</th>
                        <th scope="col" class="table__number">{texts::sealed()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
