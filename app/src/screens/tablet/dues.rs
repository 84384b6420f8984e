//! What is due next, who says so, and how many days are left.

use super::inspections;
use crate::model::home::{self, Due, What};
use crate::platform;
use crate::tablet::Tablet;
use crate::texts::correction;
use crate::texts::inspections as say;
use crate::texts::settings as texts;
use crate::texts::words;
use crate::ui::Icon;
use leptos::prelude::*;
use thidua_domain::catalogue::SubjectKind;
use thidua_domain::date::Date;
use thidua_domain::due;

/// Rows that are shown at once; the others are one tap away.
const SHOWN: usize = 4;
/// Farther away than this, days are not counted.
const COUNTED_DAYS: i64 = 60;

/// The list on the first screen.
#[component]
pub fn Dues() -> impl IntoView {
    let tablet = Tablet::here();
    let today = platform::today();
    let dues = Memo::new(move |_| {
        let settings = tablet.settings.get();
        let mut dues = tablet
            .book
            .with(|book| home::dues(book.all(), &settings, tablet.season, today));
        dues.extend(inspections::dues(tablet));
        dues.sort_by_key(|due| due.due.last);
        dues
    });
    let rows = move |rest: bool| {
        let dues = dues.get();
        let next = dues.iter().position(|due| due.due.last >= today);
        let shown = dues.into_iter().enumerate();
        shown
            .filter(|(place, _)| (*place >= SHOWN) == rest)
            .map(|(place, due)| view! { <DueItem due next=next == Some(place) today /> })
            .collect_view()
    };
    let more = Memo::new(move |_| dues.with(|dues| dues.len().saturating_sub(SHOWN)));
    let has_more = Memo::new(move |_| more.get() > 0);
    view! {
        <Show when=move || dues.with(|dues| !dues.is_empty())>
            <section class="dues" aria-label=texts::dues()>
                <ul>{move || rows(false)}</ul>
                <Show when=move || has_more.get()>
                    <details class="dues__rest">
                        <summary>{move || texts::more_dues(more.get())}</summary>
                        <ul>{move || rows(true)}</ul>
                    </details>
                </Show>
            </section>
        </Show>
    }
}

#[component]
fn DueItem(due: Due, next: bool, today: Date) -> impl IntoView {
    let left = due.due.last.to_epoch_days() - today.to_epoch_days();
    let late = left < 0;
    let icon = if late { "warning" } else { "calendar" };
    let when = match left {
        0 => texts::today().to_owned(),
        days if (1..=COUNTED_DAYS).contains(&days) => texts::days_left(days),
        days if (-COUNTED_DAYS..0).contains(&days) => texts::days_late(-days),
        days if days < 0 => texts::late().to_owned(),
        _ => String::new(),
    };
    let (what, open, link) = match due.what {
        What::Registration(assessment) => {
            let name = texts::register(words::assessment(assessment));
            match assessment.subject() {
                SubjectKind::Family => {
                    let open = texts::families_not_registered(due.open);
                    (name, Some(open), "/tim?loc=chua-cham")
                }
                _ => (name, Some(texts::not_registered(due.open)), "/"),
            }
        }
        What::Submission(assessment) => (
            texts::hand_in(words::assessment(assessment)),
            Some(texts::not_handed_in(due.open)),
            place_of(assessment),
        ),
        What::Correction => (
            correction::due().to_owned(),
            Some(correction::sheets(due.open)),
            "/tra-lai",
        ),
        What::Inspection => (say::due_inspection().to_owned(), None, "/kiem-tra"),
        What::FollowUp => (
            say::due_follow_up().to_owned(),
            Some(say::to_answer(due.open)),
            "/kiem-tra",
        ),
        What::Term(name) => (texts::report_term(name), None, "/xa/so/bao-cao"),
    };
    view! {
        <li
            class="dues__item"
            class:dues__item--next=next
            class:dues__item--late=late
        >
            <a class="dues__link" href=link>
                <Icon name=icon />
                <span class="dues__what">
                    {what} <span class="dues__source">{source(&due.due)}</span>
                </span>
                <span class="dues__day">
                    {texts::last_day(due.due.last)}
                    {(!when.is_empty()).then(|| view! { <strong>{format!(" · {when}")}</strong> })}
                </span>
                <strong class="dues__open">{open}</strong>
            </a>
        </li>
    }
}

/// Where an assessment that is open is entered.
fn place_of(assessment: thidua_domain::catalogue::Assessment) -> &'static str {
    use thidua_domain::catalogue::Assessment as A;
    match assessment {
        A::CulturalFamily | A::PovertyReview => "/tim?loc=chua-gui",
        A::SafeUnit => "/don-vi",
        A::SafeResidentialArea | A::CulturalResidentialArea => "/",
        A::NewRuralCommune => "/xa",
    }
}

/// Who names the day.
pub fn source(due: &due::Due) -> String {
    match &due.source {
        due::Source::Regulation => texts::by_regulation().to_owned(),
        due::Source::Reviewer => correction::set_by_reviewer().to_owned(),
        due::Source::EndOfPeriod => texts::end_of_period().to_owned(),
        due::Source::Province { paper, .. } => match due.set_on() {
            Some(day) => texts::set_by_province(day, paper),
            None => texts::set_by_province_paper(paper),
        },
    }
}
