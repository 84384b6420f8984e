//! What has to be reached under a pack with points, while it is written.

use crate::texts::packs as texts;
use crate::ui::NumberField;
use leptos::prelude::*;
use thidua_domain::criteria::PassMarks;
use thidua_domain::setting::pack::{MAX_CRITERIA, MAX_POINTS, Thresholds};

/// The numbers as they are typed. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Typed([RwSignal<Option<i64>>; 7]);

impl Typed {
    /// Those of the version before.
    pub(super) fn of(thresholds: Thresholds) -> Self {
        let PassMarks {
            mountainous,
            poor_household,
            central_city,
            other,
        } = thresholds.pass_marks;
        let numbers = [
            mountainous,
            poor_household,
            central_city,
            other,
            thresholds.group_percent,
            thresholds.attendance_percent,
            thresholds.agree_percent,
        ];
        Self(numbers.map(|number| RwSignal::new(Some(i64::from(number)))))
    }

    /// As they are now; none where a field is empty.
    pub(super) fn read(self) -> Option<Thresholds> {
        let number = |place: usize| self.0[place].get().and_then(|it| u32::try_from(it).ok());
        Some(Thresholds {
            pass_marks: PassMarks {
                mountainous: number(0)?,
                poor_household: number(1)?,
                central_city: number(2)?,
                other: number(3)?,
            },
            group_percent: number(4)?,
            attendance_percent: number(5)?,
            agree_percent: number(6)?,
        })
    }
}

/// The fields.
#[component]
pub(super) fn ThresholdFields(
    typed: Typed,
    /// What all criteria give together.
    total: Signal<i64>,
) -> impl IntoView {
    let most = i64::from(MAX_POINTS) * i64::try_from(MAX_CRITERIA).unwrap_or(1);
    let labels = [
        (texts::mark_mountainous(), most),
        (texts::mark_poor(), most),
        (texts::mark_city(), most),
        (texts::mark_other(), most),
        (texts::least_of_group(), 100),
        (texts::least_attending(), 100),
        (texts::least_agreeing(), 100),
    ];
    let fields = labels
        .into_iter()
        .zip(typed.0)
        .map(|((label, max), number)| {
            view! {
                <NumberField label value=number on_change=move |it| number.set(it) max />
            }
        })
        .collect_view();
    view! {
        <h4>{texts::thresholds()}</h4>
        <p role="status" data-total="">
            {move || texts::total(total.get())}
        </p>
        <div class="pack-form__years">{fields}</div>
    }
}
