//! A residential area: its families as a roster, and its own entry.

use super::entry_form::{AnswerField, EntryNotices, NoteField, OpenEntry, PassFields, ResultPanel};
use super::family::subject_in_address;
use super::roster::{MeetingStrip, Roster, RosterView};
use super::subject_forms::{AreaDialog, FamilyDialog};
use crate::model::roster::Filter;
use crate::tablet::Tablet;
use crate::ui::{Icon, SaveState};
use leptos::prelude::*;
use thidua_domain::catalogue::Assessment;
use thidua_domain::entry::field;
use thidua_domain::record::SubjectId;
use thidua_domain::subject;

/// The families of a residential area.
#[component]
pub fn AreaScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let id = subject_in_address();
    let search = RwSignal::new(String::new());
    let filter = RwSignal::new(Filter::All);
    let why = RwSignal::new(None);
    let adding = RwSignal::new(false);
    let editing = RwSignal::new(false);
    let name = move || {
        id.get().and_then(|id| tablet.subject(id)).map_or_else(
            || "Khu dân cư".to_owned(),
            |area| subject::label(&area.record).to_owned(),
        )
    };
    let roster = Roster::new(id.into(), false, search, filter, why);
    view! {
        <section class="page page--roster" aria-labelledby="area-title">
            <nav class="breadcrumb" aria-label="Vị trí">
                <a href="/">"Tổng quan"</a>
            </nav>
            <div class="section-head">
                <h1 id="area-title" class="page__title">{name}</h1>
                <div class="button-row">
                    <a
                        class="button"
                        href=move || id.get().map(|id| format!("/khu/{id}/danh-gia"))
                    >
                        <Icon name="list" />
                        "Đánh giá khu dân cư"
                    </a>
                    <a
                        class="button"
                        href=move || id.get().map(|id| format!("/giay-to/bien-ban/{id}"))
                    >
                        <Icon name="print" />
                        "Biên bản họp"
                    </a>
                    <button class="button" on:click=move |_| editing.set(true)>
                        <Icon name="pencil" />
                        "Sửa"
                    </button>
                </div>
            </div>
            {move || {
                id.get().map(|area| view! { <MeetingStrip area marking=roster.marking() /> })
            }}
            <RosterView roster search filter why>
                <button class="button button--primary" on:click=move |_| adding.set(true)>
                    <Icon name="plus" />
                    "Thêm hộ"
                </button>
            </RosterView>
            <FamilyDialog open=adding area=id family=None />
            {move || id.get().map(|id| view! { <AreaDialog open=editing area=Some(id) /> })}
        </section>
    }
}

/// The residential area's own entry.
#[component]
pub fn AreaEntryScreen() -> impl IntoView {
    let id = subject_in_address();
    move || {
        let id = id.get()?;
        let saving = RwSignal::new(SaveState::default());
        let entry = OpenEntry::open(id, Assessment::SafeResidentialArea, saving)?;
        Some(view! { <AreaEntryForm id entry /> })
    }
}

#[component]
fn AreaEntryForm(id: SubjectId, entry: OpenEntry) -> impl IntoView {
    let tablet = Tablet::here();
    let name = move || {
        tablet
            .subject(id)
            .map(|area| subject::label(&area.record).to_owned())
            .unwrap_or_default()
    };
    view! {
        <article class="page entry">
            <nav class="breadcrumb" aria-label="Vị trí">
                <a href="/">"Tổng quan"</a>
                <a href=format!("/khu/{id}")>{name}</a>
            </nav>
            <header class="entry__head">
                <div>
                    <h1 class="page__title">{name}</h1>
                    <p class="page__lead">{entry.pack.name.clone()}</p>
                </div>
            </header>
            <EntryNotices entry />
            <div class="entry__columns">
                <div class="entry__form">
                    <section class="form-section">
                        <AnswerField
                            entry
                            name=field::REGISTERED
                            legend="Khu dân cư đã đăng ký"
                        />
                    </section>
                    <PassFields entry />
                    <section class="form-section">
                        <NoteField entry />
                    </section>
                </div>
                <ResultPanel entry />
            </div>
        </article>
    }
}
