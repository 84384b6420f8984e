//! Drawings of figures as SVG: a name, a description and a table beside each, told apart by dashes,
//! hatchings and words, on paper as on a screen.

mod bars;
mod lines;
mod spark;

pub use bars::{Bar, BarChart};
pub use lines::{Fan, Line, LineChart, LineKind};
pub use spark::Spark;

use std::sync::atomic::{AtomicU32, Ordering};

/// Ids for the title and the description of a drawing.
fn ids() -> (String, String) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    (format!("chart-{number}"), format!("chart-{number}-told"))
}
