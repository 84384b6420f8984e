//! The rows of a version while it is written: criteria in their groups, and the grounds for which a subject is not
//! considered.

use crate::texts::packs as texts;
use crate::ui::{CheckField, Icon, NumberField, TextField};
use leptos::prelude::*;
use thidua_domain::criteria::{CriterionId, ExclusionCode};
use thidua_domain::setting::pack::{Ground, Line, MAX_CRITERIA, MAX_GROUNDS, MAX_POINTS};

/// A criterion or a ground while it is written. Copied freely.
pub(super) struct Row<Code: Send + Sync + 'static> {
    /// Tells rows apart on the screen.
    id: usize,
    code: StoredValue<Option<Code>>,
    text: RwSignal<String>,
    read: RwSignal<bool>,
    /// Place of its group; of a ground, 0.
    group: usize,
    /// Most points; 0 where there are none.
    max: RwSignal<Option<i64>>,
}

impl<Code: Send + Sync + 'static> Clone for Row<Code> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Code: Send + Sync + 'static> Copy for Row<Code> {}

/// Rows, and the next number that tells one apart.
pub(super) struct Rows<Code: Send + Sync + 'static> {
    all: RwSignal<Vec<Row<Code>>>,
    next: StoredValue<usize>,
}

impl<Code: Send + Sync + 'static> Clone for Rows<Code> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Code: Send + Sync + 'static> Copy for Rows<Code> {}

impl<Code: Clone + Send + Sync + 'static> Rows<Code> {
    fn of(rows: impl Iterator<Item = (Option<Code>, String, bool, usize, u16)>) -> Self {
        let rows = rows.enumerate().map(|(id, row)| Self::row(id, row));
        let rows: Vec<_> = rows.collect();
        Self {
            next: StoredValue::new(rows.len()),
            all: RwSignal::new(rows),
        }
    }

    fn row(
        id: usize,
        (code, text, read, group, max): (Option<Code>, String, bool, usize, u16),
    ) -> Row<Code> {
        Row {
            id,
            code: StoredValue::new(code),
            text: RwSignal::new(text),
            read: RwSignal::new(read),
            group,
            max: RwSignal::new(Some(i64::from(max))),
        }
    }

    /// One more, empty, at the end of its group.
    fn add(self, group: usize) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        let row = Self::row(id, (None, String::new(), false, group, 0));
        self.all.update(|all| all.push(row));
    }

    fn drop(self, id: usize) {
        self.all.update(|all| all.retain(|row| row.id != id));
    }

    fn count(self) -> usize {
        self.all.with(Vec::len)
    }
}

impl Rows<CriterionId> {
    /// Criteria.
    pub(super) fn criteria(lines: Vec<Line>) -> Self {
        let rows = lines.into_iter();
        Self::of(rows.map(|it| (it.code, it.text, it.read, it.group, it.max)))
    }

    /// As they are now, group by group.
    pub(super) fn lines(self) -> Vec<Line> {
        let mut rows = self.all.get();
        rows.sort_by_key(|row| row.group);
        let points = |row: &Row<_>| row.max.get().and_then(|max| u16::try_from(max).ok());
        rows.into_iter()
            .map(|row| Line {
                code: row.code.get_value(),
                text: row.text.get(),
                read: row.read.get(),
                group: row.group,
                max: points(&row).unwrap_or_default(),
            })
            .collect()
    }

    /// What they give together.
    pub(super) fn total(self) -> i64 {
        let rows = self.all.get().into_iter();
        rows.filter_map(|row| row.max.get()).sum()
    }
}

impl Rows<ExclusionCode> {
    /// Grounds.
    pub(super) fn grounds(grounds: Vec<Ground>) -> Self {
        let rows = grounds.into_iter();
        Self::of(rows.map(|it| (it.code, it.text, it.read, 0, 0)))
    }

    /// As they are now.
    pub(super) fn all(self) -> Vec<Ground> {
        let rows = self.all.get().into_iter();
        rows.map(|row| Ground {
            code: row.code.get_value(),
            text: row.text.get(),
            read: row.read.get(),
        })
        .collect()
    }
}

/// The criteria, in groups where there is more than one or points to be had.
#[component]
pub(super) fn CriterionRows(
    rows: Rows<CriterionId>,
    /// Names of the groups.
    groups: StoredValue<Vec<RwSignal<String>>>,
    /// Whether each gives points.
    scored: bool,
) -> impl IntoView {
    let names = groups.get_value();
    let named = scored || names.len() > 1;
    let of_group = move |place: usize, name: RwSignal<String>| {
        let own = move || {
            let mut own = rows.all.get();
            own.retain(|row| row.group == place);
            own
        };
        let name = named.then(|| {
            view! {
                <TextField
                    label=texts::group(place + 1)
                    value=name
                    on_change=move |text| name.set(text)
                    max_length=250
                />
            }
        });
        view! {
            <div class="pack-form__group" class:pack-form__group--named=named>
                {name}
                <For each=own key=|row| row.id let:row>
                    <RowFields
                        row
                        label=match row.code.get_value() {
                            Some(code) => texts::criterion(code.0),
                            None => texts::new_criterion().to_owned(),
                        }
                        scored
                        on_drop=move || rows.drop(row.id)
                    />
                </For>
                <Show when=move || rows.count() < MAX_CRITERIA>
                    <button type="button" class="button" on:click=move |_| rows.add(place)>
                        <Icon name="plus" />
                        {texts::add()}
                    </button>
                </Show>
            </div>
        }
    };
    let places = names.into_iter().enumerate();
    places
        .map(|(place, name)| of_group(place, name))
        .collect_view()
}

/// For what a subject is not considered.
#[component]
pub(super) fn GroundRows(rows: Rows<ExclusionCode>) -> impl IntoView {
    view! {
        <h4>{texts::grounds()}</h4>
        <p class="field__hint">{texts::grounds_hint()}</p>
        <For each=move || rows.all.get() key=|row| row.id let:row>
            <RowFields
                row
                label=match row.code.get_value() {
                    // Its code is a word for the program.
                    Some(_) => texts::ground(row.id + 1),
                    None => texts::new_ground().to_owned(),
                }
                scored=false
                on_drop=move || rows.drop(row.id)
            />
        </For>
        <Show when=move || rows.count() < MAX_GROUNDS>
            <button type="button" class="button" on:click=move |_| rows.add(0)>
                <Icon name="plus" />
                {texts::add_ground()}
            </button>
        </Show>
    }
}

#[component]
fn RowFields<Code: Clone + Send + Sync + 'static>(
    row: Row<Code>,
    label: String,
    scored: bool,
    on_drop: impl Fn() + 'static,
) -> impl IntoView {
    let drop = texts::drop(&label);
    let points = scored.then(|| {
        view! {
            <NumberField
                label=texts::most_points()
                value=row.max
                on_change=move |max| row.max.set(max)
                max=i64::from(MAX_POINTS)
            />
        }
    });
    view! {
        <div class="pack-form__row">
            <TextField
                label=label
                value=row.text
                on_change=move |text| row.text.set(text)
                max_length=250
                multiline=true
                rows=2
            />
            <div class="button-row">
                {points}
                <CheckField
                    label=texts::read()
                    value=row.read
                    on_change=move |read| row.read.set(read)
                />
                <button
                    type="button"
                    class="button button--small"
                    aria-label=drop
                    on:click=move |_| on_drop()
                >
                    <Icon name="close" />
                    {texts::drop_short()}
                </button>
            </div>
        </div>
    }
}
