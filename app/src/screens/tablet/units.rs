//! Units of the commune: agencies, enterprises, schools.

use super::entry_form::{AnswerField, EntryNotices, NoteField, OpenEntry, PassFields, ResultPanel};
use super::family::subject_in_address;
use super::photos::Evidence;
use super::subject_forms::{CloseDialog, UnitDialog};
use crate::model::overview::Subject;
use crate::model::roster::{self, Search};
use crate::model::units::UnitCounts;
use crate::tablet::Tablet;
use crate::texts::{common, units as say, words};
use crate::ui::{Banner, Icon, PackBasis, SaveState, StateBadge};
use leptos::prelude::*;
use std::sync::Arc;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::{Eligibility, UnitProfile};
use thidua_domain::entry::{EntryState, field};
use thidua_domain::record::SubjectId;
use thidua_domain::subject;

/// The list of units.
#[component]
pub fn UnitsScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let search = RwSignal::new(String::new());
    let adding = RwSignal::new(false);
    let rows = Memo::new(move |_| {
        let search = search.with(|text| Search::new(text, std::iter::empty()));
        let mut units = tablet
            .book
            .with(|book| roster::list(book.all(), SubjectKind::Unit, None));
        units.retain(|unit| search.finds(unit));
        units
    });
    let counts = Memo::new(move |_| tablet.book.with(|book| UnitCounts::of(book.all())));
    let counted = move || {
        counts.with(|counts| {
            let all = counts.counted + counts.left_out_total() + counts.unknown;
            (all > 0).then(|| {
                let said = counts.said().unwrap_or_default();
                say::counted_in(counts.counted, all, said)
            })
        })
    };
    view! {
        <section class="page" aria-labelledby="units-title">
            <h1 id="units-title" class="page__title">{say::title()}</h1>
            <div class="toolbar">
                <label class="search">
                    <Icon name="search" />
                    <input
                        class="search__input"
                        type="search"
                        placeholder=say::find_placeholder()
                        aria-label=say::find()
                        prop:value=move || search.get()
                        on:input=move |event| search.set(event_target_value(&event))
                    />
                </label>
                <button class="button button--primary" on:click=move |_| adding.set(true)>
                    <Icon name="plus" />
                    {say::add()}
                </button>
            </div>
            <p class="page__lead" data-counted=true>{counted}</p>
            <ul class="roster">
                {move || {
                    rows.get()
                        .into_iter()
                        .map(|unit| view! { <UnitRow unit /> })
                        .collect_view()
                }}
            </ul>
            <Show when=move || rows.with(Vec::is_empty)>
                <p class="empty">{say::none()}</p>
            </Show>
            <UnitDialog open=adding unit=None />
        </section>
    }
}

/// Why a unit is not counted, if it is not.
fn left_out(unit: &Subject) -> Option<String> {
    match subject::unit_profile(&unit.record).map(|profile| profile.eligibility()) {
        Some(Eligibility::Eligible) => None,
        Some(other) => Some(words::eligibility(other).to_owned()),
        None => Some(say::kind_unknown().to_owned()),
    }
}

#[component]
fn UnitRow(unit: Arc<Subject>) -> impl IntoView {
    let standing = unit.standing(Assessment::SafeUnit).cloned();
    let state = standing.as_ref().map_or(EntryState::Empty, |s| s.state);
    let outcome = standing
        .filter(|_| state != EntryState::Empty)
        .map(|s| words::outcome(Assessment::SafeUnit, s.outcome));
    let profile = subject::unit_profile(&unit.record);
    let note = match profile.as_ref().map(UnitProfile::eligibility) {
        Some(Eligibility::Eligible) => None,
        Some(Eligibility::LeftOut(_)) => Some(say::left_out()),
        Some(Eligibility::Unknown) | None => Some(say::missing()),
    };
    let kind = profile.map(|profile| words::unit_profile(&profile));
    let meta = kind.into_iter().chain(note.map(str::to_owned));
    let meta = meta.collect::<Vec<_>>().join(" · ");
    view! {
        <li class="roster__row">
            <a class="roster__link" href=format!("/don-vi/{}", unit.id)>
                <span class="roster__name">{subject::label(&unit.record).to_owned()}</span>
                <span class="roster__meta">{meta}</span>
                <span class="roster__result">{outcome}</span>
                <span class="roster__state">
                    <StateBadge state on_device=!unit.on_device.is_empty() />
                </span>
                <Icon name="chevron" />
            </a>
        </li>
    }
}

/// One unit's entry.
#[component]
pub fn UnitScreen() -> impl IntoView {
    let id = subject_in_address();
    move || {
        let id = id.get()?;
        let saving = RwSignal::new(SaveState::default());
        let entry = OpenEntry::open(id, Assessment::SafeUnit, saving)?;
        Some(view! { <UnitForm id entry /> })
    }
}

#[component]
fn UnitForm(id: SubjectId, entry: OpenEntry) -> impl IntoView {
    let tablet = Tablet::here();
    let unit = Memo::new(move |_| tablet.subject(id));
    let editing = RwSignal::new(false);
    let closing = RwSignal::new(false);
    let name = move || {
        unit.with(|unit| {
            unit.as_ref().map_or_else(
                || say::gone().to_owned(),
                |unit| subject::label(&unit.record).to_owned(),
            )
        })
    };
    let excluded = move || unit.with(|unit| unit.as_deref().and_then(left_out));
    view! {
        <article class="page entry">
            <nav class="breadcrumb" aria-label=common::trail()>
                <a href="/don-vi">{common::unit()}</a>
            </nav>
            <header class="entry__head">
                <div>
                    <h1 class="page__title">{name}</h1>
                    <PackBasis pack=entry.pack />
                </div>
                <div class="button-row">
                    <button class="button" on:click=move |_| editing.set(true)>
                        <Icon name="pencil" />
                        {common::edit()}
                    </button>
                    <button class="button" on:click=move |_| closing.set(true)>
                        <Icon name="logout" />
                        {common::take_out()}
                    </button>
                </div>
            </header>
            {move || {
                excluded()
                    .map(|reason| {
                        view! {
                            <Banner tone="info" icon="eye">
                                <p>{reason}</p>
                            </Banner>
                        }
                    })
            }}
            <EntryNotices entry />
            <div class="entry__columns">
                <div class="entry__form">
                    <section class="form-section">
                        <AnswerField entry name=field::REGISTERED legend=say::registered() />
                    </section>
                    <PassFields entry />
                    <section class="form-section">
                        <NoteField entry />
                    </section>
                    <Evidence entry />
                </div>
                <ResultPanel entry />
            </div>
            <UnitDialog open=editing unit=Some(id) />
            <CloseDialog open=closing subject=id />
        </article>
    }
}
