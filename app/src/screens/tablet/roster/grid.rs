//! The grid itself. Only the rows near the window are in the document, however many families there
//! are; screen readers are told how many there are and which of them each row is.

use super::Roster;
use super::marking::Task;
use super::row::Row;
use crate::model::marks::Mark;
use crate::model::overview::Subject;
use crate::platform;
use crate::texts::roster as say;
use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use std::sync::Arc;
use thidua_domain::criteria::Poverty;
use thidua_domain::record::SubjectId;

/// Rows kept ready above and below the window.
const SPARE: usize = 6;
/// Until the first measurement.
const ROW_PX: f64 = 64.0;

/// Which rows are in the document, and how high each is.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Window {
    first: usize,
    count: usize,
    row_px: f64,
}

/// Families, one a row.
#[component]
pub fn Grid(roster: Roster) -> impl IntoView {
    let body = NodeRef::<leptos::html::Div>::new();
    let grid = NodeRef::<leptos::html::Div>::new();
    let probe = NodeRef::<leptos::html::Div>::new();
    let active = RwSignal::new(None::<SubjectId>);
    let window = RwSignal::new(Window {
        first: 0,
        count: 30,
        row_px: ROW_PX,
    });
    let measure = move || {
        let (Some(body), Some(probe)) = (body.get_untracked(), probe.get_untracked()) else {
            return;
        };
        let row_px = probe.get_bounding_client_rect().height().max(1.0);
        let above = -body.get_bounding_client_rect().top();
        let tall = inner_height();
        let first = ((above / row_px).floor().max(0.0) as usize).saturating_sub(SPARE);
        let count = (tall / row_px).ceil() as usize + 2 * SPARE;
        let next = Window {
            first,
            count,
            row_px,
        };
        if window.get_untracked() != next {
            window.set(next);
        }
    };
    watch_window(measure);
    Effect::new(move |_| {
        let _ = (body.get(), probe.get(), roster.shown.with(Vec::len));
        measure();
    });
    let rows = Memo::new(move |_| {
        let Window { first, count, .. } = window.get();
        roster.shown.with(|shown| {
            // A list that has become shorter may not reach the window any more.
            let first = first.min(shown.len().saturating_sub(count));
            let rows = shown.iter().enumerate().skip(first).take(count);
            rows.map(|(place, family)| (place, family.clone()))
                .collect::<Vec<_>>()
        })
    });
    let place_of = move |id: Option<SubjectId>| {
        let id = id?;
        roster
            .shown
            .with_untracked(|shown| shown.iter().position(|family| family.id == id))
    };
    let go_to = move |place: usize| {
        let id = roster
            .shown
            .with_untracked(|shown| shown.get(place).map(|family| family.id));
        if let Some(id) = id {
            active.set(Some(id));
            reveal(place, window.get_untracked().row_px, body, grid);
        }
    };
    let navigate = StoredValue::new_local(use_navigate());
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.is_composing() || event.alt_key() {
            return;
        }
        let last = roster.shown.with_untracked(Vec::len).saturating_sub(1);
        let here = place_of(active.get_untracked());
        let page = (inner_height() / window.get_untracked().row_px * 0.7) as usize;
        let command = event.ctrl_key() || event.meta_key();
        let key = event.key();
        let handled = match (key.as_str(), command) {
            ("z" | "Z", true) => {
                roster.marking.ask(Task::Undo);
                true
            }
            ("a" | "A", true) => {
                let all = roster
                    .shown
                    .with_untracked(|shown| shown.iter().map(|family| family.id).collect());
                roster.selected.set(all);
                true
            }
            (_, true) => false,
            ("ArrowDown", _) => {
                go_to(here.map_or(0, |here| (here + 1).min(last)));
                true
            }
            ("ArrowUp", _) => {
                go_to(here.map_or(0, |here| here.saturating_sub(1)));
                true
            }
            ("PageDown", _) => {
                go_to(here.map_or(0, |here| (here + page).min(last)));
                true
            }
            ("PageUp", _) => {
                go_to(here.map_or(0, |here| here.saturating_sub(page)));
                true
            }
            ("Home", _) => {
                go_to(0);
                true
            }
            ("End", _) => {
                go_to(last);
                true
            }
            ("Escape", _) => {
                roster.selected.update(std::collections::BTreeSet::clear);
                true
            }
            _ => false,
        };
        if handled {
            event.prevent_default();
            return;
        }
        let (Some(place), Some(id)) = (here, active.get_untracked()) else {
            return;
        };
        match key.as_str() {
            "1" | "2" | "3" | "4" => {
                let mark = Mark::ALL[usize::from(key.as_bytes()[0] - b'1')];
                roster.marking.ask(Task::Mark(mark, vec![id]));
                go_to((place + 1).min(last));
            }
            "5" | "6" | "7" => {
                let class = match key.as_str() {
                    "5" => Poverty::None,
                    "6" => Poverty::NearPoor,
                    _ => Poverty::Poor,
                };
                roster.marking.ask(Task::Poverty(class, id));
            }
            " " => toggle(roster, id),
            "Enter" => {
                let address = format!("/ho/{id}");
                navigate.with_value(|navigate| navigate(&address, Default::default()));
            }
            _ => return,
        }
        event.prevent_default();
    };
    // Keys work as soon as the grid has the focus.
    let on_focus = move |_| {
        if place_of(active.get_untracked()).is_none() {
            let first = rows.with_untracked(|rows| rows.first().map(|(_, family)| family.id));
            active.set(first);
        }
    };
    let active_place = move || {
        let id = active.get()?;
        let here = rows.with(|rows| rows.iter().any(|(_, family)| family.id == id));
        here.then(|| format!("ho-{id}"))
    };
    let chosen = move |id: SubjectId| {
        active.set(Some(id));
        if let Some(grid) = grid.get_untracked() {
            let quietly = web_sys::FocusOptions::new();
            quietly.set_prevent_scroll(true);
            let _ = grid.focus_with_options(&quietly);
        }
    };
    view! {
        <KeysHelp />
        <div
            node_ref=grid
            class="grid"
            class:grid--commune=roster.whole_commune
            role="grid"
            aria-label=say::list()
            aria-describedby="grid-keys"
            aria-rowcount=move || (roster.shown.with(Vec::len) + 1).to_string()
            aria-colcount="5"
            aria-multiselectable="true"
            aria-activedescendant=active_place
            tabindex="0"
            on:keydown=on_key
            on:focus=on_focus
        >
            <div class="grid__head" role="rowgroup">
                <div class="grid__row grid__row--head" role="row" aria-rowindex="1">
                    <span role="columnheader">
                        <span class="visually-hidden">{say::choose()}</span>
                    </span>
                    <span role="columnheader">{say::family()}</span>
                    <span role="columnheader">{say::poverty_review()}</span>
                    <span role="columnheader">{say::result_points()}</span>
                    <span role="columnheader">{say::mark()}</span>
                </div>
            </div>
            <div
                node_ref=body
                class="grid__body"
                role="rowgroup"
                style:block-size=move || {
                    format!("{}px", roster.shown.with(Vec::len) as f64 * window.get().row_px)
                }
            >
                <div node_ref=probe class="grid__probe" role="presentation"></div>
                <For
                    each=move || rows.get()
                    // A family that has changed is another row: the pointer tells.
                    key=|(place, family)| (*place, Arc::as_ptr(family) as usize)
                    children=move |(place, family): (usize, Arc<Subject>)| {
                        let top = move || format!("{}px", place as f64 * window.get().row_px);
                        view! { <Row roster family place top=Signal::derive(top) active chosen /> }
                    }
                />
            </div>
        </div>
    }
}

/// Puts a family into the selection, or takes it out.
pub fn toggle(roster: Roster, id: SubjectId) {
    roster.selected.update(|selected| {
        if !selected.remove(&id) {
            selected.insert(id);
        }
    });
}

/// What each key does, in view where there is a keyboard.
#[component]
fn KeysHelp() -> impl IntoView {
    let keys = [
        ("↑ ↓", say::key_choose()),
        ("1", say::key_earned()),
        ("2", say::key_not_proposed()),
        ("3", say::key_not_registered()),
        ("4", say::key_like_last_year()),
        ("5 6 7", say::key_poverty()),
        (say::space_key(), say::key_tick()),
        ("Enter", say::key_open()),
        ("Ctrl Z", say::key_undo()),
    ];
    let keys = keys
        .into_iter()
        .map(|(key, what)| {
            view! {
                <span class="keys__one">
                    <kbd>{key}</kbd>
                    {what}
                </span>
            }
        })
        .collect_view();
    view! {
        <p class="keys" id="grid-keys">
            <span class="visually-hidden">{say::keys()}</span>
            {keys}
        </p>
    }
}

fn inner_height() -> f64 {
    let height = platform::window().inner_height().ok();
    height.and_then(|height| height.as_f64()).unwrap_or(800.0)
}

/// Measures again whenever the window scrolls or changes its size, for as long as the grid is shown.
fn watch_window(measure: impl Fn() + Copy + 'static) {
    let window = platform::window();
    let passive = EventListenerOptions::enable_prevent_default();
    let passive = EventListenerOptions {
        passive: true,
        ..passive
    };
    let on_scroll = EventListener::new_with_options(&window, "scroll", passive, move |_| measure());
    let on_resize = EventListener::new(&window, "resize", move |_| measure());
    let listeners = StoredValue::new_local(Some((on_scroll, on_resize)));
    on_cleanup(move || {
        listeners.try_update_value(Option::take);
    });
}

/// Scrolls until a row is between the column heads and the navigation.
fn reveal(
    place: usize,
    row_px: f64,
    body: NodeRef<leptos::html::Div>,
    grid: NodeRef<leptos::html::Div>,
) {
    let (Some(body), Some(grid)) = (body.get_untracked(), grid.get_untracked()) else {
        return;
    };
    let top = body.get_bounding_client_rect().top() + place as f64 * row_px;
    let head = grid
        .first_element_child()
        .map_or(0.0, |head| head.get_bounding_client_rect().bottom());
    let tall = inner_height();
    let navigation = platform::window()
        .document()
        .and_then(|document| document.query_selector(".app-nav").ok().flatten())
        .map(|nav| nav.get_bounding_client_rect().top())
        .filter(|top| *top > tall / 2.0);
    let bottom = navigation.unwrap_or(tall).min(tall);
    let head = head.clamp(0.0, bottom - row_px);
    let by = if top < head {
        top - head
    } else if top + row_px > bottom {
        top + row_px - bottom
    } else {
        return;
    };
    platform::window().scroll_by_with_x_and_y(0.0, by);
}
