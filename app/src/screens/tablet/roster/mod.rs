//! Families as a grid: searched, narrowed, marked by key or tap, many at once, handed in together.

mod bulk;
mod grid;
mod marking;
mod meeting;
mod row;

use crate::texts::{self, common, frame, roster as say, words};
pub use meeting::MeetingStrip;

use crate::model::marks;
use crate::model::overview::Subject;
use crate::model::roster::{self, Filter, Search, Why};
use crate::tablet::Tablet;
use crate::ui::{Icon, SaveNote, SaveState};
use bulk::{BulkDialog, SubmitDialog};
use grid::Grid;
use leptos::prelude::*;
use marking::{Marking, Task};
use std::collections::BTreeSet;
use std::sync::Arc;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::record::SubjectId;
use thidua_domain::subject;

/// What the parts of the roster share. Copied freely.
#[derive(Clone, Copy)]
pub struct Roster {
    tablet: Tablet,
    /// Families of the residential area, or of the commune.
    families: Memo<Vec<Arc<Subject>>>,
    /// Those that search and filter leave.
    shown: Memo<Vec<Arc<Subject>>>,
    /// Whether families of several residential areas are shown.
    whole_commune: bool,
    selected: RwSignal<BTreeSet<SubjectId>>,
    marking: Marking,
}

impl Roster {
    /// The residential area's families, or the commune's.
    pub fn new(
        area: Signal<Option<SubjectId>>,
        whole_commune: bool,
        search: RwSignal<String>,
        filter: RwSignal<Filter>,
        why: RwSignal<Option<Why>>,
    ) -> Self {
        let tablet = Tablet::here();
        let families = Memo::new(move |_| {
            let area = area.get();
            tablet.book.with(|book| {
                if area.is_none() && !whole_commune {
                    return Vec::new();
                }
                roster::list(book.all(), SubjectKind::Family, area)
            })
        });
        let areas = area_names(tablet);
        let shown = Memo::new(move |_| {
            let search = areas.with(|areas| {
                let names = areas.iter().map(|(id, name)| (*id, name.as_str()));
                search.with(|text| Search::new(text, names))
            });
            let (filter, why) = (filter.get(), why.get());
            families.with(|families| {
                families
                    .iter()
                    .filter(|family| filter.takes(family) && search.finds(family))
                    .filter(|family| {
                        filter != Filter::NotEarned || why.is_none_or(|why| why.is_of(family))
                    })
                    .cloned()
                    .collect::<Vec<_>>()
            })
        });
        Self {
            tablet,
            families,
            shown,
            whole_commune,
            selected: RwSignal::new(BTreeSet::new()),
            marking: Marking::new(),
        }
    }

    /// The marking of this roster.
    pub fn marking(self) -> Marking {
        self.marking
    }

    /// The families that are selected, or those shown that nothing has been entered for.
    fn for_bulk(self) -> Vec<SubjectId> {
        let selected = self.selected.get();
        if !selected.is_empty() {
            return selected.into_iter().collect();
        }
        self.shown.with(|shown| {
            let open = shown.iter().filter(|family| Filter::NotBegun.takes(family));
            open.map(|family| family.id).collect()
        })
    }

    /// The families shown whose entry is complete and has not been handed in.
    fn ready(self) -> Vec<Arc<Subject>> {
        self.shown.with(|shown| {
            let ready = shown.iter().filter(|family| {
                family
                    .standing(Assessment::CulturalFamily)
                    .is_some_and(|standing| marks::is_ready(standing.state, standing.outcome))
            });
            ready.cloned().collect()
        })
    }
}

/// Names of the commune's residential areas.
fn area_names(tablet: Tablet) -> Memo<Vec<(SubjectId, String)>> {
    Memo::new(move |_| {
        tablet.book.with(|book| {
            let areas = book.all().iter();
            areas
                .filter(|subject| subject.kind == SubjectKind::ResidentialArea)
                .map(|area| (area.id, subject::label(&area.record).to_owned()))
                .collect()
        })
    })
}

/// Search field, filters with their counts, the bar of actions and the grid.
#[component]
pub fn RosterView(
    /// The families and what is done to them.
    roster: Roster,
    /// The search text.
    search: RwSignal<String>,
    /// The filter.
    filter: RwSignal<Filter>,
    /// The kind of reason, where the filter is "not earned".
    why: RwSignal<Option<Why>>,
    /// Whether the search field takes the focus.
    #[prop(optional)]
    search_first: bool,
    /// Buttons beside the search field.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let input = NodeRef::<leptos::html::Input>::new();
    if search_first {
        Effect::new(move |_| {
            if let Some(input) = input.get() {
                let _ = input.focus();
            }
        });
    }
    let placeholder = if roster.whole_commune {
        say::find_all()
    } else {
        say::find_here()
    };
    let counts = Memo::new(move |_| {
        roster.families.with(|families| {
            Filter::ALL.map(|filter| {
                families
                    .iter()
                    .filter(|family| filter.takes(family))
                    .count()
            })
        })
    });
    let filters = Filter::ALL
        .into_iter()
        .enumerate()
        .map(|(place, value)| {
            let count = move || counts.with(|counts| counts[place]);
            view! {
                <button
                    type="button"
                    class="chip chip--filter"
                    aria-pressed=move || (filter.get() == value).to_string()
                    data-filter=words::filter_key(value)
                    on:click=move |_| {
                        filter.set(value);
                        why.set(None);
                    }
                >
                    {words::filter(value)}
                    <span class="chip__count">{move || texts::int(count() as i64)}</span>
                </button>
            }
        })
        .collect_view();
    let reasons = move || {
        Why::ALL
            .into_iter()
            .map(|value| {
                view! {
                    <button
                        type="button"
                        class="chip chip--filter"
                        aria-pressed=move || (why.get() == Some(value)).to_string()
                        on:click=move |_| {
                            why.update(|why| {
                                *why = if *why == Some(value) { None } else { Some(value) };
                            });
                        }
                    >
                        {words::why(value)}
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <div class="toolbar">
            <label class="search">
                <Icon name="search" />
                <input
                    node_ref=input
                    class="search__input"
                    type="search"
                    autocomplete="off"
                    placeholder=placeholder
                    aria-label=frame::find_family()
                    prop:value=move || search.get()
                    on:input=move |event| search.set(event_target_value(&event))
                />
            </label>
            {children.map(|children| children())}
        </div>
        <div class="chips" role="group" aria-label=say::filter()>{filters}</div>
        <Show when=move || filter.get() == Filter::NotEarned>
            <div class="chips chips--sub" role="group" aria-label=say::why_not()>{reasons}</div>
        </Show>
        <ActionBar roster />
        <Grid roster />
        <Show when=move || roster.shown.with(Vec::is_empty)>
            <p class="empty">{say::no_match()}</p>
        </Show>
    }
}

/// What has been done, how saving went, and what can be done to many at once.
#[component]
fn ActionBar(roster: Roster) -> impl IntoView {
    let marking = roster.marking;
    let bulk = RwSignal::new(false);
    let submitting = RwSignal::new(false);
    let counted = move || {
        let shown = roster.shown.with(Vec::len);
        let chosen = roster.selected.with(BTreeSet::len);
        if chosen > 0 {
            say::chosen(chosen)
        } else {
            common::families(shown)
        }
    };
    let bulk_label = move || {
        let count = roster.for_bulk().len();
        if roster.selected.with(BTreeSet::is_empty) {
            say::mark_unmarked(count)
        } else {
            say::mark_chosen(count)
        }
    };
    let ready = Memo::new(move |_| roster.ready().len());
    let none = move || roster.for_bulk().is_empty();
    let last = move || match marking.saving.get() {
        SaveState::Saved | SaveState::Untouched => marking.said.get(),
        _ => String::new(),
    };
    let progress = move || {
        marking.progress.get().map(|(saved, total)| {
            view! {
                <progress
                    max=total
                    value=saved
                    aria-label=say::saving_many()
                ></progress>
            }
        })
    };
    view! {
        <div class="action-bar">
            <p class="action-bar__count" role="status">{counted}</p>
            <div class="action-bar__buttons">
                <Show when=move || !roster.selected.with(BTreeSet::is_empty)>
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| roster.selected.update(BTreeSet::clear)
                    >
                        {say::unchoose()}
                    </button>
                </Show>
                <button
                    type="button"
                    class="button"
                    disabled=none
                    data-action="bulk"
                    on:click=move |_| bulk.set(true)
                >
                    <Icon name="list" />
                    {bulk_label}
                </button>
                <button
                    type="button"
                    class="button button--primary"
                    disabled=move || ready.get() == 0
                    data-action="submit"
                    on:click=move |_| submitting.set(true)
                >
                    <Icon name="send" />
                    {move || say::submit_families(ready.get())}
                </button>
            </div>
            <div class="action-bar__last">
                <SaveNote state=marking.saving />
                {progress}
                <span class="action-bar__said">{last}</span>
                <button
                    type="button"
                    class="button button--small"
                    disabled=move || marking.done.with(Vec::is_empty)
                    data-action="undo"
                    on:click=move |_| marking.ask(Task::Undo)
                >
                    <Icon name="return" />
                    {common::undo()}
                </button>
            </div>
            <BulkDialog open=bulk roster />
            <SubmitDialog open=submitting roster />
        </div>
    }
}
