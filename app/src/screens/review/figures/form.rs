//! The form in which a figure is entered.

use super::target_words;
use crate::sync::transport;
use crate::texts::{self, common, faults, figures as say, review};
use crate::ui::{Refused, TextField};
use leptos::prelude::*;
use thidua_domain::api::{FigureInput, FigureView, Figures};
use thidua_domain::catalogue::{Direction, Indicator, Measure};
use thidua_domain::date::Date;
use thidua_domain::figure::{Figure, FigureError};
use thidua_domain::quantity::Hundredths;
use thidua_domain::text::NumberError;

#[derive(Clone, Copy)]
struct Typed {
    value: RwSignal<String>,
    baseline: RwSignal<String>,
    as_of: RwSignal<String>,
    source: RwSignal<String>,
    note: RwSignal<String>,
}

impl Typed {
    fn of(figure: &Figure, indicator: &Indicator) -> Self {
        let number = |number: Option<Hundredths>| {
            RwSignal::new(number.map(texts::hundredths).unwrap_or_default())
        };
        let source = if figure.source.is_empty() {
            indicator.entered_by.clone()
        } else {
            figure.source.clone()
        };
        Self {
            value: number(figure.value),
            baseline: number(figure.baseline),
            as_of: RwSignal::new(figure.as_of.map(Date::format_vi).unwrap_or_default()),
            source: RwSignal::new(source),
            note: RwSignal::new(figure.note.clone()),
        }
    }

    /// What was typed, or what to mend, said in words.
    fn read(self) -> Result<Figure, String> {
        let as_of = self.as_of.get_untracked();
        let as_of = match as_of.trim() {
            "" => None,
            typed => Some(
                Date::parse_vi(typed).ok_or_else(|| review::no_day_example(typed, "30/09/2022"))?,
            ),
        };
        Ok(Figure {
            value: number(&self.value.get_untracked())?,
            baseline: number(&self.baseline.get_untracked())?,
            as_of,
            source: self.source.get_untracked(),
            note: self.note.get_untracked(),
        })
    }
}

fn number(typed: &str) -> Result<Option<Hundredths>, String> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    texts::language()
        .parse_hundredths(typed)
        .map(Some)
        .map_err(|error| match error {
            NumberError::DotAsDecimal { suggestion } => say::unclear(typed, suggestion),
            NumberError::OutOfRange => say::too_large(typed),
            NumberError::Malformed => say::no_number(typed),
        })
}

fn refused(error: FigureError) -> &'static str {
    match error {
        FigureError::SourceMissing => say::source_missing(),
        FigureError::OtherPeriod => say::other_period(),
        FigureError::OutOfRange => say::out_of_range(),
        FigureError::NotReported => say::not_reported(),
    }
}

/// The form. What it sends is bound to the figure that was on the screen.
#[component]
pub fn FigureForm(
    view: FigureView,
    indicator: &'static Indicator,
    on_saved: impl Fn(Figures) + Copy + 'static,
) -> impl IntoView {
    let typed = Typed::of(&view.figure, indicator);
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let narrative = indicator.measure == Measure::Narrative;
    let compares = matches!(
        indicator.direction,
        Direction::Increase | Direction::Decrease
    );
    let seen = StoredValue::new(view.digest);
    let save = move |_| {
        if busy.get_untracked() {
            return;
        }
        let period = super::season().period;
        let checked = typed.read().and_then(|figure| {
            let fields = figure.fields(indicator, period);
            fields.map_err(|error| refused(error).to_owned())?;
            Ok(figure)
        });
        let figure = match checked {
            Ok(figure) => figure,
            Err(words) => return problem.set(Some(say::not_saved(words))),
        };
        busy.set(true);
        problem.set(None);
        let input = FigureInput {
            indicator: indicator.id.clone(),
            seen: seen.get_value(),
            figure,
        };
        leptos::task::spawn_local(async move {
            let answer: Result<Figures, _> =
                transport::json("POST", "/api/figures", Some(&input)).await;
            busy.set(false);
            match answer {
                Ok(all) => on_saved(all),
                Err(error) => problem.set(Some(faults::no_answer(&error))),
            }
        });
    };
    let unit = if indicator.unit_label.is_empty() {
        say::figure().to_owned()
    } else {
        say::figure_in(texts::catalogue(&indicator.unit_label))
    };
    let note_label = if narrative {
        say::report_text()
    } else {
        common::note()
    };
    view! {
        <p>
            <strong>{texts::catalogue(&indicator.name)}</strong>
            {say::goal_suffix(target_words(indicator))}
        </p>
        {(!narrative)
            .then(|| {
                view! {
                    <TextField
                        label=unit
                        value=typed.value
                        on_change=move |text| typed.value.set(text)
                        max_length=24
                        hint=say::number_hint()
                    />
                }
            })}
        {compares
            .then(|| {
                view! {
                    <TextField
                        label=say::baseline_label()
                        value=typed.baseline
                        on_change=move |text| typed.baseline.set(text)
                        max_length=24
                    />
                }
            })}
        <TextField
            label=say::closing_date_of()
            value=typed.as_of
            on_change=move |text| typed.as_of.set(text)
            max_length=10
            hint=review::day_hint()
        />
        <TextField
            label=say::source_label()
            value=typed.source
            on_change=move |text| typed.source.set(text)
            max_length=200
        />
        <TextField
            label=note_label
            value=typed.note
            on_change=move |text| typed.note.set(text)
            max_length=1000
            multiline=true
        />
        <Refused problem />
        <div class="dialog__actions">
            <button
                class="button button--primary"
                disabled=move || busy.get()
                on:click=save
            >
                {common::save()}
            </button>
        </div>
    }
}
