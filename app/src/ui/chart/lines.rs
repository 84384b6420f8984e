//! Lines through days, against a target.

use super::ids;
use crate::texts;
use leptos::prelude::*;
use std::fmt::Write as _;
use thidua_domain::chart::{months, spread, ticks};
use thidua_domain::date::Date;

/// Size of the drawing and of what surrounds the lines, in units of the drawing.
const WIDTH: f64 = 880.0;
const HEIGHT: f64 = 340.0;
const LEFT: f64 = 58.0;
const RIGHT: f64 = 170.0;
const TOP: f64 = 18.0;
const BOTTOM: f64 = 40.0;
/// From one label to the next below it.
const LABEL: f64 = 20.0;

/// How a line is drawn, so that lines are told apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Unbroken: what counts.
    Main,
    /// Dashed: what stands beside it.
    Beside,
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is called, at its end.
    pub name: String,
    /// How it is drawn.
    pub kind: LineKind,
    /// Days and figures, the oldest first. Between two days the figure stays that of the first.
    pub points: Vec<(Date, f64)>,
}

/// Where a line may lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    /// What it is called.
    pub name: String,
    /// Where it begins.
    pub from: (Date, f64),
    /// The day it ends.
    pub to: Date,
    /// The figures there: the least, the likely, the most.
    pub ends: [f64; 3],
}

struct Scale {
    first: i64,
    days: f64,
    most: f64,
}

impl Scale {
    fn x(&self, day: Date) -> f64 {
        let share = (day.to_epoch_days() - self.first) as f64 / self.days;
        LEFT + share.clamp(0.0, 1.0) * (WIDTH - LEFT - RIGHT)
    }

    fn y(&self, figure: f64) -> f64 {
        let share = (figure / self.most).clamp(0.0, 1.0);
        HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)
    }

    /// A line that goes on level until the next day that is known, and to `last`.
    fn path(&self, points: &[(Date, f64)], last: Date) -> String {
        let mut path = String::new();
        for (index, (day, figure)) in points.iter().enumerate() {
            let (x, y) = (self.x(*day), self.y(*figure));
            let _ = match index {
                0 => write!(path, "M{x:.1} {y:.1}"),
                _ => write!(path, "H{x:.1}V{y:.1}"),
            };
        }
        if points.last().is_some_and(|(day, _)| *day < last) {
            let _ = write!(path, "H{:.1}", self.x(last));
        }
        path
    }
}

/// Lines through days. The figures stand in a table beside it: this is the same for the eyes.
#[component]
pub fn LineChart(
    /// What is drawn.
    title: String,
    /// What it shows, in a sentence or two.
    description: String,
    /// First and last day of the drawing.
    span: (Date, Date),
    /// The last day that is known.
    known_to: Date,
    /// The lines.
    lines: Vec<Line>,
    /// The figure to be reached, and its label.
    target: Option<(f64, String)>,
    /// Where the first line may lead.
    fan: Option<Fan>,
    /// The largest figure that may come, where it is known, as in shares.
    #[prop(optional)]
    at_most: Option<f64>,
    /// What follows a figure of the scale.
    unit: &'static str,
) -> impl IntoView {
    let figures = lines
        .iter()
        .flat_map(|line| line.points.iter().map(|(_, figure)| *figure))
        .chain(target.iter().map(|(figure, _)| *figure))
        .chain(fan.iter().map(|fan| fan.ends[2]));
    let largest = figures.fold(0.0_f64, f64::max);
    let scale_lines = ticks(at_most.map_or(largest, |most| largest.min(most)));
    let first = span.0.to_epoch_days();
    let scale = Scale {
        first,
        days: ((span.1.to_epoch_days() - first) as f64).max(1.0),
        most: scale_lines.last().copied().unwrap_or(1.0),
    };
    let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
    let grid = scale_lines
        .iter()
        .map(|figure| {
            let y = scale.y(*figure);
            let label = format!("{}{unit}", number(*figure));
            view! {
                <line class="chart__grid" x1=LEFT x2=right y1=y y2=y></line>
                <text class="chart__tick" x=LEFT - 8.0 y=y + 5.0 text-anchor="end">
                    {label}
                </text>
            }
        })
        .collect_view();
    let days = months(span.0, span.1)
        .into_iter()
        .map(|day| {
            let x = scale.x(day);
            view! {
                <line class="chart__mark" x1=x x2=x y1=bottom y2=bottom + 5.0></line>
                <text class="chart__tick" x=x y=bottom + 22.0 text-anchor="middle">
                    {texts::trend::month(day.month())}
                </text>
            }
        })
        .collect_view();
    let fan_drawn = fan.as_ref().map(|fan| {
        let (x, y) = (scale.x(fan.from.0), scale.y(fan.from.1));
        let end = scale.x(fan.to);
        let [low, likely, high] = fan.ends.map(|figure| scale.y(figure));
        view! {
            <path
                class="chart__fan"
                d=format!("M{x:.1} {y:.1}L{end:.1} {high:.1}V{low:.1}Z")
            ></path>
            <path class="chart__likely" d=format!("M{x:.1} {y:.1}L{end:.1} {likely:.1}")></path>
        }
    });
    let target_drawn = target.as_ref().map(|(figure, _)| {
        let y = scale.y(*figure);
        view! { <line class="chart__target" x1=LEFT x2=right y1=y y2=y></line> }
    });
    let drawn = lines
        .iter()
        .map(|line| {
            let class = match line.kind {
                LineKind::Main => "chart__line chart__line--main",
                LineKind::Beside => "chart__line chart__line--beside",
            };
            view! { <path class=class d=scale.path(&line.points, known_to)></path> }
        })
        .collect_view();
    let mut labels: Vec<(f64, &'static str, String)> = lines
        .iter()
        .filter_map(|line| {
            let (_, figure) = line.points.last()?;
            let class = match line.kind {
                LineKind::Main => "chart__label chart__label--main",
                LineKind::Beside => "chart__label chart__label--beside",
            };
            Some((scale.y(*figure), class, line.name.clone()))
        })
        .collect();
    labels.extend(target.iter().map(|(figure, label)| {
        let class = "chart__label chart__label--target";
        (scale.y(*figure), class, label.clone())
    }));
    labels.extend(fan.iter().map(|fan| {
        let class = "chart__label chart__label--likely";
        (scale.y(fan.ends[1]), class, fan.name.clone())
    }));
    let places: Vec<f64> = labels.iter().map(|(y, _, _)| *y).collect();
    let labels = labels
        .into_iter()
        .zip(spread(&places, LABEL, TOP, bottom))
        .map(|((from, class, name), y)| {
            view! {
                <line class="chart__lead" x1=right x2=right + 8.0 y1=from y2=y></line>
                <text class=class x=right + 12.0 y=y + 5.0>
                    {name}
                </text>
            }
        })
        .collect_view();
    let (title_id, told_id) = ids();
    let both = format!("{title_id} {told_id}");
    view! {
        <svg
            class="chart"
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            role="img"
            aria-labelledby=both
        >
            <title id=title_id>{title}</title>
            <desc id=told_id>{description}</desc>
            {grid}
            {days}
            <line class="chart__axis" x1=LEFT x2=right y1=bottom y2=bottom></line>
            {fan_drawn}
            {target_drawn}
            {drawn}
            {labels}
        </svg>
    }
}

/// A figure of the scale as people write it.
fn number(figure: f64) -> String {
    let hundredths = thidua_domain::quantity::Hundredths((figure * 100.0).round() as i64);
    texts::hundredths(hundredths)
}
