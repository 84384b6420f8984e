//! The form for a next version of a pack.

use super::preview::Preview;
use crate::screens::review::remote::Remote;
use crate::screens::review::season;
use crate::screens::review::settings::sending::Sending;
use crate::screens::review::settings::{Problem, refused, seen};
use crate::texts::packs as texts;
use crate::texts::{common, words};
use crate::ui::{CheckField, Icon, TextField};
use leptos::prelude::*;
use thidua_domain::api::{PackPreview, SettingInput, SettingsView};
use thidua_domain::catalogue::Assessment;
use thidua_domain::criteria::CriterionId;
use thidua_domain::record::Period;
use thidua_domain::setting::Setting;
use thidua_domain::setting::pack::{Draft, Line, MAX_CRITERIA};

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
pub(super) fn PackForm(
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
