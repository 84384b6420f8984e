//! A family's form: registration, scores, exclusions, the review meeting, proposal; the result is
//! computed as one types.

use super::entry_form::{
    AnswerField, EntryNotices, FieldComment, NoteField, OpenEntry, ResultPanel,
};
use super::photos::Evidence;
use super::sheet_fields::{ExclusionFields, MeetingFields, ScoreFields};
use super::subject_forms::{CloseDialog, FamilyDialog};
use crate::tablet::Tablet;
use crate::texts::{common, family as say, sheet, words};
use crate::ui::{Banner, Choice, Icon, PackBasis, SaveState, Segmented};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use thidua_domain::catalogue::Assessment;
use thidua_domain::criteria::Poverty;
use thidua_domain::entry::field;
use thidua_domain::record::{SubjectId, Value};
use thidua_domain::subject;

/// The subject that the address names.
pub fn subject_in_address() -> Memo<Option<SubjectId>> {
    let params = use_params_map();
    Memo::new(move |_| {
        params
            .with(|params| params.get("id"))
            .and_then(|id| SubjectId::parse(&id))
    })
}

/// The screen of one family.
#[component]
pub fn FamilyScreen() -> impl IntoView {
    let id = subject_in_address();
    move || {
        id.get().map(|id| {
            let saving = RwSignal::new(SaveState::default());
            let cultural = OpenEntry::open(id, Assessment::CulturalFamily, saving);
            let poverty = OpenEntry::open(id, Assessment::PovertyReview, saving);
            match (cultural, poverty) {
                (Some(cultural), Some(poverty)) => {
                    view! { <FamilyForm id cultural poverty /> }.into_any()
                }
                _ => view! {
                    <Banner tone="warning" icon="warning">
                        <p>{say::no_pack()}</p>
                    </Banner>
                }
                .into_any(),
            }
        })
    }
}

#[component]
fn FamilyForm(id: SubjectId, cultural: OpenEntry, poverty: OpenEntry) -> impl IntoView {
    let tablet = Tablet::here();
    let family = Memo::new(move |_| tablet.subject(id));
    let editing = RwSignal::new(false);
    let closing = RwSignal::new(false);
    let area = Memo::new(move |_| {
        family.with(|family| {
            family
                .as_ref()
                .and_then(|f| subject::residential_area(&f.record))
        })
    });
    let area_name = move || {
        area.get()
            .and_then(|area| tablet.subject(area))
            .map(|area| subject::label(&area.record).to_owned())
            .unwrap_or_default()
    };
    let head = move || {
        family.with(|family| {
            family.as_ref().map_or_else(
                || say::gone().to_owned(),
                |f| subject::label(&f.record).to_owned(),
            )
        })
    };
    let facts = move || {
        family.with(|family| {
            let record = &family.as_ref()?.record;
            let house = record.text(subject::field::HOUSE_NO).map(say::house);
            let family = family.as_ref()?;
            let last = family.last_year.earned.map(|earned| {
                let word = if earned {
                    say::word_earned()
                } else {
                    say::word_not_earned()
                };
                say::last_year(word)
            });
            let years = family
                .years_before
                .filter(|years| *years > 0)
                .map(|years| say::years_running(years, (tablet.season.period.0 - 1).to_string()));
            let certificate = family.certificate.map(words::certificate);
            Some(
                [house, last, years, certificate]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" · "),
            )
        })
    };
    // Status on last year's list is offered as the starting point, and entered only when chosen.
    let set_poverty = move |answer: String| {
        let value = Poverty::parse(&answer).map_or(Value::Null, |_| Value::Text(answer));
        let field = || vec![(field::POVERTY.to_owned(), value.clone())];
        tablet.save(
            vec![cultural.change(field()), poverty.change(field())],
            cultural.saving,
        );
    };
    let poverty_choices = [Poverty::None, Poverty::NearPoor, Poverty::Poor]
        .into_iter()
        .map(|status| Choice::new(status.as_str(), words::poverty(status)))
        .collect::<Vec<_>>();
    view! {
        <article class="page entry">
            <nav class="breadcrumb" aria-label=common::trail()>
                <a href="/">{common::overview()}</a>
                {move || {
                    area.get()
                        .map(|area| view! { <a href=format!("/khu/{area}")>{area_name()}</a> })
                }}
            </nav>
            <header class="entry__head">
                <div>
                    <h1 class="page__title">{head}</h1>
                    <p class="page__lead">{facts}</p>
                    <PackBasis pack=cultural.pack />
                </div>
                <div class="button-row">
                    <button class="button" on:click=move |_| editing.set(true)>
                        <Icon name="pencil" />
                        {say::edit_or_move()}
                    </button>
                    <button class="button" on:click=move |_| closing.set(true)>
                        <Icon name="logout" />
                        {common::take_out()}
                    </button>
                </div>
            </header>
            <EntryNotices entry=cultural />
            <div class="entry__columns">
                <div class="entry__form">
                    <section class="form-section">
                        <h2 class="form-section__title">{say::registration_and_review()}</h2>
                        <AnswerField
                            entry=cultural
                            name=field::REGISTERED
                            legend=say::registered()
                        />
                        <Segmented
                            legend=say::poverty_result()
                            name="poverty"
                            choices=poverty_choices
                            value=cultural.text(field::POVERTY)
                            on_change=set_poverty
                        />
                        <FieldComment entry=cultural name=field::POVERTY />
                        <FieldComment entry=poverty name=field::POVERTY />
                    </section>
                    <ScoreFields entry=cultural />
                    <ExclusionFields
                        entry=cultural
                        title=sheet::exclusions()
                        lead=sheet::exclusions_lead()
                    />
                    <MeetingFields entry=cultural proposal=sheet::propose_family()>
                        <NoteField entry=cultural />
                    </MeetingFields>
                    <Evidence entry=cultural />
                </div>
                <ResultPanel entry=cultural along=vec![poverty] />
            </div>
            <FamilyDialog open=editing area=area family=Some(id) />
            <CloseDialog open=closing subject=id />
        </article>
    }
}
