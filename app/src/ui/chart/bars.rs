//! Bars side by side on one scale, against a target.

use super::ids;
use crate::texts;
use leptos::prelude::*;
use thidua_domain::chart::ticks;
use thidua_domain::quantity::Hundredths;

/// Sizes in units of the drawing.
const WIDTH: f64 = 880.0;
const LEFT: f64 = 230.0;
const RIGHT: f64 = 110.0;
const TOP: f64 = 34.0;
const ROW: f64 = 44.0;
const THICK: f64 = 18.0;
const THIN: f64 = 9.0;

/// A row of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it is of.
    pub name: String,
    /// The figure; `None` is "not reported", which is not 0.
    pub figure: Option<f64>,
    /// The figure as it is written.
    pub words: String,
    /// The year before, where it is known.
    pub before: Option<f64>,
}

/// Bars on one scale. The figures stand in a table beside it.
#[component]
pub fn BarChart(
    /// What is drawn.
    title: String,
    /// What it shows, in a sentence or two.
    description: String,
    /// The rows.
    bars: Vec<Bar>,
    /// The figure to be reached, and its label.
    target: Option<(f64, String)>,
    /// What follows a figure of the scale.
    unit: &'static str,
) -> impl IntoView {
    let largest = bars
        .iter()
        .flat_map(|bar| [bar.figure, bar.before])
        .flatten()
        .chain(target.iter().map(|(figure, _)| *figure))
        .fold(0.0_f64, f64::max);
    let lines = ticks(largest);
    let most = lines.last().copied().unwrap_or(1.0);
    let bottom = TOP + ROW * bars.len() as f64;
    let right = WIDTH - RIGHT;
    let x = move |figure: f64| LEFT + (figure / most).clamp(0.0, 1.0) * (right - LEFT);
    let grid = lines
        .into_iter()
        .map(|figure| {
            let at = x(figure);
            let label = texts::hundredths(Hundredths((figure * 100.0).round() as i64));
            view! {
                <line class="chart__grid" x1=at x2=at y1=TOP y2=bottom></line>
                <text class="chart__tick" x=at y=bottom + 20.0 text-anchor="middle">
                    {format!("{label}{unit}")}
                </text>
            }
        })
        .collect_view();
    let rows = bars
        .into_iter()
        .enumerate()
        .map(|(index, bar)| {
            let middle = TOP + ROW * (index as f64 + 0.5);
            let before = bar.before.map(|figure| {
                view! {
                    <rect
                        class="chart__before"
                        x=LEFT
                        y=middle + THICK / 2.0 - 2.0
                        width=x(figure) - LEFT
                        height=THIN
                    ></rect>
                }
            });
            let end = bar.figure.map_or(LEFT, x).max(bar.before.map_or(LEFT, x));
            let drawn = bar.figure.map(|figure| {
                view! {
                    <rect
                        class="chart__bar"
                        x=LEFT
                        y=middle - THICK / 2.0 - 2.0
                        width=x(figure) - LEFT
                        height=THICK
                    ></rect>
                }
            });
            view! {
                <text class="chart__name" x=LEFT - 12.0 y=middle + 5.0 text-anchor="end">
                    {bar.name}
                </text>
                {drawn}
                {before}
                <text class="chart__value" x=end + 8.0 y=middle + 5.0>
                    {bar.words}
                </text>
            }
        })
        .collect_view();
    let goal = target.map(|(figure, label)| {
        let at = x(figure);
        view! {
            <line class="chart__target" x1=at x2=at y1=TOP - 6.0 y2=bottom></line>
            <text class="chart__label chart__label--target" x=at y=TOP - 14.0 text-anchor="middle">
                {label}
            </text>
        }
    });
    let (title_id, told_id) = ids();
    let both = format!("{title_id} {told_id}");
    view! {
        <svg
            class="chart"
            viewBox=format!("0 0 {WIDTH} {}", bottom + 30.0)
            role="img"
            aria-labelledby=both
        >
            <title id=title_id>{title}</title>
            <desc id=told_id>{description}</desc>
            {grid}
            <line class="chart__axis" x1=LEFT x2=LEFT y1=TOP y2=bottom></line>
            {rows}
            {goal}
        </svg>
    }
}
