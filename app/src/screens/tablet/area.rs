//! A residential area: its families as a roster, and its own entry.

use super::entry_form::{AnswerField, EntryNotices, NoteField, OpenEntry, PassFields, ResultPanel};
use super::family::subject_in_address;
use super::subject_forms::{AreaDialog, FamilyDialog};
use crate::model::overview::Subject;
use crate::model::roster::{self, Filter};
use crate::tablet::Tablet;
use crate::ui::{Icon, SaveState, StateBadge};
use crate::words;
use leptos::prelude::*;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::entry::{EntryState, field};
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::subject;
use thidua_domain::sync::state::RecordState;
use thidua_domain::text;

const FILTERS: [(Filter, &str); 6] = [
    (Filter::All, "Tất cả"),
    (Filter::NotBegun, "Chưa nhập"),
    (Filter::Draft, "Đang nhập"),
    (Filter::HandedIn, "Đã gửi"),
    (Filter::Returned, "Bị trả lại"),
    (Filter::Conflicting, "Có mâu thuẫn"),
];

/// The families of a residential area.
#[component]
pub fn AreaScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let id = subject_in_address();
    let search = RwSignal::new(String::new());
    let filter = RwSignal::new(Filter::All);
    let adding = RwSignal::new(false);
    let editing = RwSignal::new(false);
    let name = move || {
        id.get().and_then(|id| tablet.subject(id)).map_or_else(
            || "Khu dân cư".to_owned(),
            |area| subject::label(&area.record).to_owned(),
        )
    };
    let in_conflict = move |family: &Subject| {
        let key = RecordKey::entry(family.id, Assessment::CulturalFamily, tablet.season.period);
        tablet
            .store()
            .record(&key)
            .is_some_and(|record: RecordState| record.conflicts().next().is_some())
    };
    let rows = Memo::new(move |_| {
        let area = id.get();
        let found = tablet
            .subjects
            .with(|subjects| roster::list(subjects, SubjectKind::Family, area, &search.get()));
        let filter = filter.get();
        found
            .into_iter()
            .filter(|family| {
                let conflicting = filter == Filter::Conflicting && in_conflict(family);
                filter.takes(family, Assessment::CulturalFamily, conflicting)
            })
            .collect::<Vec<_>>()
    });
    let filters = FILTERS
        .into_iter()
        .map(|(value, label)| {
            view! {
                <button
                    type="button"
                    class="chip chip--filter"
                    aria-pressed=move || (filter.get() == value).to_string()
                    on:click=move |_| filter.set(value)
                >
                    {label}
                </button>
            }
        })
        .collect_view();
    view! {
        <section class="page" aria-labelledby="area-title">
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
                    <button class="button" on:click=move |_| editing.set(true)>
                        <Icon name="pencil" />
                        "Sửa"
                    </button>
                </div>
            </div>
            <div class="toolbar">
                <label class="search">
                    <Icon name="search" />
                    <input
                        class="search__input"
                        type="search"
                        placeholder="Tìm chủ hộ hoặc số nhà, không cần dấu"
                        aria-label="Tìm hộ"
                        prop:value=move || search.get()
                        on:input=move |event| search.set(event_target_value(&event))
                    />
                </label>
                <button class="button button--primary" on:click=move |_| adding.set(true)>
                    <Icon name="plus" />
                    "Thêm hộ"
                </button>
            </div>
            <div class="chips" role="group" aria-label="Lọc">{filters}</div>
            <p class="page__lead" role="status">
                {move || format!("{} hộ", text::format_int(rows.with(Vec::len) as i64))}
            </p>
            <ul class="roster">
                {move || {
                    rows.get().into_iter().map(|family| view! { <FamilyRow family /> }).collect_view()
                }}
            </ul>
            <Show when=move || rows.with(Vec::is_empty)>
                <p class="empty">"Không có hộ nào khớp. Đổi bộ lọc, hoặc bấm “Thêm hộ”."</p>
            </Show>
            <FamilyDialog open=adding area=id family=None />
            {move || id.get().map(|id| view! { <AreaDialog open=editing area=Some(id) /> })}
        </section>
    }
}

#[component]
fn FamilyRow(family: Subject) -> impl IntoView {
    let standing = family.standing(Assessment::CulturalFamily).cloned();
    let state = standing.as_ref().map_or(EntryState::Empty, |s| s.state);
    let outcome = standing
        .as_ref()
        .filter(|_| state != EntryState::Empty)
        .map(|s| words::outcome(Assessment::CulturalFamily, s.outcome));
    let points = standing
        .and_then(|s| s.points)
        .map(|points| format!("{points} điểm"));
    let on_device = !family.on_device.is_empty();
    let last = match family.record.flag(subject::field::LAST_RESULT) {
        Some(true) => "Năm trước: đạt",
        Some(false) => "Năm trước: không đạt",
        None => "Năm trước: chưa rõ",
    };
    let house = family
        .record
        .text(subject::field::HOUSE_NO)
        .map(|no| format!("Số {no}"));
    view! {
        <li class="roster__row">
            <a class="roster__link" href=format!("/ho/{}", family.id)>
                <span class="roster__name">{subject::label(&family.record).to_owned()}</span>
                <span class="roster__meta">{house} " · " {last}</span>
                <span class="roster__result">{outcome} " " {points}</span>
                <span class="roster__state">
                    <StateBadge state on_device />
                </span>
                <Icon name="chevron" />
            </a>
        </li>
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
