//! A line as small as a word. What it shows stands beside it in words, so it is hidden from screen readers.

use leptos::prelude::*;
use std::fmt::Write as _;

/// Units of the drawing.
const WIDTH: f64 = 100.0;
const HEIGHT: f64 = 28.0;

/// Shares of a hundred at places from 0 to 1.
#[component]
pub fn Spark(
    /// Place and share, from left to right.
    points: Vec<(f64, f64)>,
) -> impl IntoView {
    let mut path = String::new();
    for (index, (place, share)) in points.iter().enumerate() {
        let (x, y) = (
            place * WIDTH,
            HEIGHT - share.clamp(0.0, 100.0) * HEIGHT / 100.0,
        );
        let _ = match index {
            0 => write!(path, "M{x:.1} {y:.1}"),
            _ => write!(path, "H{x:.1}V{y:.1}"),
        };
    }
    path.push_str("H100");
    view! {
        <svg
            class="spark"
            viewBox=format!("-2 -2 {} {}", WIDTH + 4.0, HEIGHT + 4.0)
            preserveAspectRatio="none"
            aria-hidden="true"
            focusable="false"
        >
            <path class="spark__line" d=path></path>
        </svg>
    }
}
