//! The last day for corrections that a reviewer names with a return.

use super::settings::typed_day;
use crate::texts::{correction as say, review};
use crate::ui::TextField;
use leptos::prelude::*;
use thidua_domain::date::Date;
use thidua_domain::review::{self as rules, Decision, OFFERED_DUE_DAYS};

/// The day as it is typed. Copied freely.
#[derive(Clone, Copy)]
pub struct ReturnBy {
    typed: RwSignal<String>,
    today: RwSignal<Date>,
}

impl ReturnBy {
    /// A week from the day it is where the server answers.
    pub fn offered(today: Date) -> Self {
        let by = Self {
            typed: RwSignal::new(String::new()),
            today: RwSignal::new(today),
        };
        by.offer(today);
        by
    }

    /// Offers a week from this day anew.
    pub fn offer(self, today: Date) {
        let offered = today.plus_days(OFFERED_DUE_DAYS);
        self.today.set(today);
        self.typed
            .set(offered.map(Date::format_vi).unwrap_or_default());
    }

    /// The day that was typed, none where the field was emptied; or what is wrong with it.
    pub fn read(self) -> Result<Option<Date>, String> {
        let day = typed_day(&self.typed.get_untracked())?;
        rules::due(Decision::Return, day, self.today.get_untracked())
            .map_err(|_| say::out_of_range().to_owned())
    }
}

/// Its field.
#[component]
pub fn ReturnByField(by: ReturnBy) -> impl IntoView {
    view! {
        <TextField
            label=say::label()
            value=by.typed
            on_change=move |text| by.typed.set(text)
            max_length=10
            hint=say::hint(review::day_hint())
        />
    }
}
