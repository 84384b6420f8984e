//! By when a returned entry is to be corrected, in words; never by colour alone.

use super::Icon;
use crate::texts::{self, correction as say};
use leptos::prelude::*;
use std::cmp::Ordering;
use thidua_domain::date::Date;

/// Farther away than this, days are not counted.
const COUNTED_DAYS: i64 = 60;

/// The day, and how far it is.
#[component]
pub fn CorrectBy(
    /// The last day on which it is in time.
    due: Date,
    /// The day it is.
    today: Date,
) -> impl IntoView {
    let left = due.to_epoch_days() - today.to_epoch_days();
    let (icon, how_far) = match left.cmp(&0) {
        Ordering::Less if left >= -COUNTED_DAYS => ("warning", say::days_late(-left)),
        Ordering::Less => ("warning", say::late().to_owned()),
        Ordering::Equal => ("clock", say::last_day().to_owned()),
        Ordering::Greater if left <= COUNTED_DAYS => ("calendar", say::days_left(left)),
        Ordering::Greater => ("calendar", String::new()),
    };
    let how_far =
        (!how_far.is_empty()).then(|| view! { <strong>{format!(" · {how_far}")}</strong> });
    view! {
        <span class="correct-by" data-overdue=(left < 0).then_some("")>
            <Icon name=icon />
            <span>{say::by(texts::day(due))} {how_far}</span>
        </span>
    }
}
