//! A residential area's own entries: "An toàn về an ninh, trật tự" and Khu dân cư văn hóa.

use super::entry_form::{AnswerField, EntryNotices, NoteField, OpenEntry, PassFields, ResultPanel};
use super::family::subject_in_address;
use super::photos::Evidence;
use super::sheet_fields::{ExclusionFields, MeetingFields, ScoreFields};
use crate::tablet::Tablet;
use crate::texts::{area_entry as say, common, sheet, words};
use crate::ui::{PackBasis, SaveState};
use leptos::prelude::*;
use thidua_domain::catalogue::Assessment;
use thidua_domain::entry::field;
use thidua_domain::record::SubjectId;
use thidua_domain::subject;

/// Pages of a residential area's entries: what is assessed, and the end of the address.
const PAGES: [(Assessment, &str); 2] = [
    (Assessment::SafeResidentialArea, "danh-gia"),
    (Assessment::CulturalResidentialArea, "van-hoa"),
];

/// Circular 124/2021: registration, five criteria, incidents.
#[component]
pub fn SafeAreaScreen() -> impl IntoView {
    opened(Assessment::SafeResidentialArea, |entry| {
        view! {
            <PassFields entry />
            <ExclusionFields
                entry
                title=say::incidents()
                lead=say::incidents_lead()
            />
            <section class="form-section">
                <NoteField entry />
            </section>
        }
        .into_any()
    })
}

/// Decree 122/2018: registration, points, what rules it out, the meeting.
#[component]
pub fn CulturalAreaScreen() -> impl IntoView {
    opened(Assessment::CulturalResidentialArea, |entry| {
        view! {
            <ScoreFields entry />
            <ExclusionFields
                entry
                title=sheet::exclusions()
                lead=say::exclusions_lead()
            />
            <MeetingFields entry proposal=say::proposed()>
                <NoteField entry />
            </MeetingFields>
        }
        .into_any()
    })
}

fn opened(assessment: Assessment, fields: fn(OpenEntry) -> AnyView) -> impl IntoView {
    let id = subject_in_address();
    move || {
        let id = id.get()?;
        let saving = RwSignal::new(SaveState::default());
        let entry = OpenEntry::open(id, assessment, saving)?;
        Some(view! { <AreaEntryForm id entry fields=fields(entry) /> })
    }
}

#[component]
fn AreaEntryForm(id: SubjectId, entry: OpenEntry, fields: AnyView) -> impl IntoView {
    let tablet = Tablet::here();
    let area = Memo::new(move |_| tablet.subject(id));
    let name = move || {
        area.with(|area| {
            area.as_ref()
                .map(|area| subject::label(&area.record).to_owned())
        })
        .unwrap_or_default()
    };
    let certificate = move || {
        let shown = entry.assessment == Assessment::CulturalResidentialArea;
        area.with(|area| area.as_ref()?.certificate.filter(|_| shown))
            .map(
                |certificate| view! { <p class="page__lead">{words::certificate(certificate)}</p> },
            )
    };
    let tabs = PAGES
        .into_iter()
        .map(|(assessment, page)| {
            let here = assessment == entry.assessment;
            view! {
                <a class="tabs__link" href=format!("/khu/{id}/{page}") aria-current=here.then_some("page")>
                    {say::page(assessment)}
                </a>
            }
        })
        .collect_view();
    view! {
        <article class="page entry">
            <nav class="breadcrumb" aria-label=common::trail()>
                <a href="/">{common::overview()}</a>
                <a href=format!("/khu/{id}")>{name}</a>
            </nav>
            <header class="entry__head">
                <div>
                    <h1 class="page__title">{name}</h1>
                    {certificate}
                    <PackBasis pack=entry.pack />
                </div>
            </header>
            <nav class="tabs" aria-label=say::pages()>{tabs}</nav>
            <EntryNotices entry />
            <div class="entry__columns">
                <div class="entry__form">
                    <section class="form-section">
                        <AnswerField
                            entry
                            name=field::REGISTERED
                            legend=say::registered()
                        />
                    </section>
                    {fields}
                    <Evidence entry />
                </div>
                <ResultPanel entry />
            </div>
        </article>
    }
}
