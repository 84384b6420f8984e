//! Arrow keys on the drawing: the focus goes to the next area in that direction.

use leptos::ev::KeyboardEvent;
use wasm_bindgen::JsCast as _;
use web_sys::{DomRect, Element, HtmlElement};

/// Moves the focus from the area that has it. Tab goes on through all areas in the order of the table.
pub(super) fn follow_arrows(event: KeyboardEvent) {
    let (x, y) = match event.key().as_str() {
        "ArrowLeft" => (-1.0, 0.0),
        "ArrowRight" => (1.0, 0.0),
        "ArrowUp" => (0.0, -1.0),
        "ArrowDown" => (0.0, 1.0),
        _ => return,
    };
    let here = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let Some(here) = here.and_then(|it| it.closest("a.tile").ok().flatten()) else {
        return;
    };
    let Some(map) = here.closest(".map").ok().flatten() else {
        return;
    };
    let Ok(all) = map.query_selector_all("a.tile") else {
        return;
    };
    event.prevent_default();
    let (from_x, from_y) = middle(&here.get_bounding_client_rect());
    let mut best: Option<(f64, Element)> = None;
    for index in 0..all.length() {
        let Some(other) = all.item(index).and_then(|it| it.dyn_into::<Element>().ok()) else {
            continue;
        };
        if other == here {
            continue;
        }
        let (to_x, to_y) = middle(&other.get_bounding_client_rect());
        let (dx, dy) = (to_x - from_x, to_y - from_y);
        let along = dx * x + dy * y;
        let aside = (dx * y + dy * x).abs();
        // Within a quarter turn of the direction, and near: what lies aside counts twice.
        if along <= 0.0 || aside > along * 1.5 {
            continue;
        }
        let far = along + 2.0 * aside;
        if best.as_ref().is_none_or(|(least, _)| far < *least) {
            best = Some((far, other));
        }
    }
    if let Some((_, next)) = best {
        // Links of a drawing can be focused like any other; the typed interface speaks of HTML only.
        let _ = next.unchecked_into::<HtmlElement>().focus();
    }
}

fn middle(rect: &DomRect) -> (f64, f64) {
    (
        rect.x() + rect.width() / 2.0,
        rect.y() + rect.height() / 2.0,
    )
}
