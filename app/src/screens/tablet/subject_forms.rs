//! Dialogs that add, change, move and close subjects.

use crate::platform;
use crate::store::{Change, Drafts};
use crate::tablet::Tablet;
use crate::texts::{self, area, common, forms as say, home, units, words};
use crate::ui::{
    CheckField, Choice, Dialog, DraftSlot, NumberField, SaveNote, SaveState, SelectField, TextField,
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use std::cell::RefCell;
use thidua_domain::area::AreaKind;
use thidua_domain::catalogue::SubjectKind;
use thidua_domain::criteria::{EnterpriseSize, SchoolLevel, UnitKind, UnitProfile};
use thidua_domain::record::{RecordKey, SubjectId, SubjectIds, Value};
use thidua_domain::subject::{self, field};
use thidua_domain::sync::state::RecordState;
use thidua_domain::text;

/// The identity of a subject that is recorded here for the first time.
pub(super) fn fresh_id() -> SubjectId {
    thread_local! {
        static IDS: RefCell<SubjectIds> =
            RefCell::new(SubjectIds::starting_at(platform::random_u128()));
    }
    IDS.with_borrow_mut(SubjectIds::draw)
}

pub(super) fn text_or_null(text: String) -> Value {
    if text.is_empty() {
        Value::Null
    } else {
        Value::Text(text)
    }
}

/// A form's working copy of one field, filled from the store when the dialog opens.
fn working_text(record: &Option<RecordState>, name: &str) -> RwSignal<String> {
    let text = record
        .as_ref()
        .and_then(|r| r.text(name))
        .unwrap_or_default();
    RwSignal::new(text.to_owned())
}

/// What was typed into a dialog that was neither saved nor given up.
#[derive(Clone)]
pub(super) struct Unfinished {
    drafts: Drafts,
    prefix: String,
    title: &'static str,
}

impl Unfinished {
    /// Of the dialog `title` about `subject`, or about a new one in `place`. What is typed is kept under the
    /// Vietnamese title, so that it is found again in either language.
    pub(super) fn of(
        title: impl Fn() -> &'static str,
        subject: Option<SubjectId>,
        place: Option<SubjectId>,
    ) -> Self {
        let name = |id: Option<SubjectId>| id.map(|id| id.to_string()).unwrap_or_default();
        Self {
            drafts: Tablet::here().drafts(),
            prefix: format!(
                "{}|{}|{}|",
                texts::officially(&title),
                name(subject),
                name(place)
            ),
            title: title(),
        }
    }

    /// A working copy of a text, with what was typed before if there is something.
    fn text(
        &self,
        record: &Option<RecordState>,
        name: &str,
        what: &str,
    ) -> (RwSignal<String>, DraftSlot) {
        let working = working_text(record, name);
        let slot = self.slot(name, what);
        if let Some(draft) = slot.kept() {
            working.set(text::clean_line(&draft.text));
        }
        (working, slot)
    }

    /// The same for a number.
    fn number(
        &self,
        record: &Option<RecordState>,
        name: &str,
        what: &str,
    ) -> (RwSignal<Option<i64>>, DraftSlot) {
        let slot = self.slot(name, what);
        let typed = slot
            .kept()
            .and_then(|draft| texts::language().parse_int(draft.text.trim()).ok());
        let stored = record.as_ref().and_then(|r| r.int(name));
        (RwSignal::new(typed.or(stored)), slot)
    }

    pub(super) fn slot(&self, name: &str, what: &str) -> DraftSlot {
        DraftSlot::of_form(
            self.drafts.clone(),
            format!("{}{name}", self.prefix),
            format!("{} · {what}", self.title),
        )
    }

    pub(super) fn let_go(&self) {
        self.drafts.forget_all(&self.prefix);
    }
}

fn stored(kind: SubjectKind, id: Option<SubjectId>) -> Option<RecordState> {
    let store = Tablet::here().store();
    untrack(|| store.record(&RecordKey::subject_record(kind, id?)))
}

/// Save and cancel, with how saving went. `save` returns what is missing, or the changes.
#[component]
pub(super) fn DialogActions<E: Into<String> + 'static>(
    open: RwSignal<bool>,
    #[prop(optional)] unfinished: Option<Unfinished>,
    save: impl Fn() -> Result<Vec<Change>, E> + 'static,
) -> impl IntoView {
    let tablet = Tablet::here();
    let saving = RwSignal::new(SaveState::default());
    let unfinished = StoredValue::new_local(unfinished);
    let let_go = move || {
        unfinished.with_value(|unfinished| {
            if let Some(unfinished) = unfinished {
                unfinished.let_go();
            }
        });
    };
    Effect::new(move |_| {
        if saving.get() == SaveState::Saved {
            let_go();
            open.set(false);
        }
    });
    let on_save = move |_| match save() {
        Ok(changes) => tablet.save(changes, saving),
        Err(missing) => saving.set(SaveState::Failed(missing.into())),
    };
    view! {
        <SaveNote state=saving />
        <div class="dialog__actions">
            <button
                type="button"
                class="button"
                on:click=move |_| {
                    let_go();
                    open.set(false);
                }
            >
                {common::cancel()}
            </button>
            <button type="button" class="button button--primary" on:click=on_save>
                {common::save()}
            </button>
        </div>
    }
}

/// Residential areas of the commune, to choose from.
fn area_choices() -> Signal<Vec<Choice>> {
    let tablet = Tablet::here();
    Signal::derive(move || {
        let areas = tablet
            .book
            .with(|book| crate::model::roster::areas(book.all()));
        std::iter::once(Choice::new("", say::choose_area()))
            .chain(
                areas
                    .into_iter()
                    .map(|area| Choice::new(area.id.to_string(), area.name)),
            )
            .collect()
    })
}

/// Adds a residential area, or changes one.
#[component]
pub fn AreaDialog(open: RwSignal<bool>, area: Option<SubjectId>) -> impl IntoView {
    let title = if area.is_some() {
        say::edit_area()
    } else {
        home::add_area()
    };
    view! {
        <Dialog title open>
            <AreaFields open area />
        </Dialog>
    }
}

#[component]
fn AreaFields(open: RwSignal<bool>, area: Option<SubjectId>) -> impl IntoView {
    let tablet = Tablet::here();
    let record = stored(SubjectKind::ResidentialArea, area);
    let is_there = area.is_some();
    let title = move || match is_there {
        true => say::edit_area(),
        false => home::add_area(),
    };
    let unfinished = Unfinished::of(title, area, None);
    let (name, name_draft) = unfinished.text(&record, field::NAME, say::area_name());
    let (head, head_draft) = unfinished.text(&record, field::HEAD, say::area_head());
    let kind = working_text(&record, field::KIND);
    if kind.get_untracked().is_empty() {
        let commune = words::area(&tablet.commune.get_untracked(), tablet.season);
        let usual = match commune.map(|commune| commune.kind) {
            Some(AreaKind::Ward) => "to-dan-pho",
            Some(AreaKind::Township) => "tieu-khu",
            _ => "ban",
        };
        kind.set(usual.to_owned());
    }
    let kinds = vec![
        Choice::new("ban", say::kind_ban()),
        Choice::new("tieu-khu", say::kind_tieu_khu()),
        Choice::new("to-dan-pho", say::kind_to_dan_pho()),
    ];
    let save = move || {
        let name = name.get_untracked();
        if name.is_empty() {
            return Err(say::need_area_name());
        }
        let key =
            RecordKey::subject_record(SubjectKind::ResidentialArea, area.unwrap_or_else(fresh_id));
        Ok(vec![Change::new(
            key,
            [
                (field::NAME, Value::Text(name)),
                (field::KIND, text_or_null(kind.get_untracked())),
                (field::HEAD, text_or_null(head.get_untracked())),
            ],
        )])
    };
    view! {
        <SelectField label=say::kind() choices=Signal::stored(kinds) value=kind on_change=move |v| kind.set(v) />
        <TextField
            label=say::area_name()
            value=name
            on_change=move |v| name.set(v)
            draft=name_draft
        />
        <TextField
            label=say::area_head()
            value=head
            on_change=move |v| head.set(v)
            draft=head_draft
        />
        <DialogActions open unfinished save />
    }
}

/// Adds a family to a residential area, or changes or moves one.
#[component]
pub fn FamilyDialog(
    open: RwSignal<bool>,
    #[prop(into)] area: Signal<Option<SubjectId>>,
    family: Option<SubjectId>,
) -> impl IntoView {
    let title = if family.is_some() {
        say::edit_family()
    } else {
        area::add_family()
    };
    view! {
        <Dialog title open>
            <FamilyFields open area family />
        </Dialog>
    }
}

#[component]
fn FamilyFields(
    open: RwSignal<bool>,
    area: Signal<Option<SubjectId>>,
    family: Option<SubjectId>,
) -> impl IntoView {
    let record = stored(SubjectKind::Family, family);
    let is_there = family.is_some();
    let title = move || match is_there {
        true => say::edit_family(),
        false => area::add_family(),
    };
    let unfinished = Unfinished::of(title, family, area.get_untracked());
    let (head, head_draft) = unfinished.text(&record, field::HEAD, say::family_head());
    let (house_no, house_draft) = unfinished.text(&record, field::HOUSE_NO, say::house_no());
    let (members, members_draft) = unfinished.number(&record, field::MEMBERS, say::members());
    let chosen = RwSignal::new(
        area.get_untracked()
            .map(|area| area.to_string())
            .unwrap_or_default(),
    );
    let save = move || {
        let head = head.get_untracked();
        let area = chosen.get_untracked();
        if head.is_empty() {
            return Err(say::need_head());
        }
        if area.is_empty() {
            return Err(say::need_area());
        }
        let key = RecordKey::subject_record(SubjectKind::Family, family.unwrap_or_else(fresh_id));
        Ok(vec![Change::new(
            key,
            [
                (field::HEAD, Value::Text(head)),
                (field::AREA, Value::Text(area)),
                (field::HOUSE_NO, text_or_null(house_no.get_untracked())),
                (
                    field::MEMBERS,
                    members.get_untracked().map_or(Value::Null, Value::Int),
                ),
            ],
        )])
    };
    view! {
        <TextField
            label=say::family_head()
            value=head
            on_change=move |v| head.set(v)
            draft=head_draft
        />
        <TextField
            label=say::house_or_book()
            value=house_no
            on_change=move |v| house_no.set(v)
            max_length=40
            draft=house_draft
        />
        <NumberField
            label=say::members()
            value=members
            on_change=move |v| members.set(v)
            max=99
            draft=members_draft
        />
        <SelectField
            label=common::residential_area()
            choices=area_choices()
            value=chosen
            on_change=move |v| chosen.set(v)
        />
        <DialogActions open unfinished save />
    }
}

/// Adds a unit, or changes one.
#[component]
pub fn UnitDialog(open: RwSignal<bool>, unit: Option<SubjectId>) -> impl IntoView {
    let title = if unit.is_some() {
        say::edit_unit()
    } else {
        units::add()
    };
    view! {
        <Dialog title open>
            <UnitFields open unit />
        </Dialog>
    }
}

#[component]
fn UnitFields(open: RwSignal<bool>, unit: Option<SubjectId>) -> impl IntoView {
    let record = stored(SubjectKind::Unit, unit);
    let is_there = unit.is_some();
    let title = move || match is_there {
        true => say::edit_unit(),
        false => units::add(),
    };
    let unfinished = Unfinished::of(title, unit, None);
    let (name, name_draft) = unfinished.text(&record, field::NAME, say::unit_name());
    let (head, head_draft) = unfinished.text(&record, field::HEAD, say::unit_head());
    let kind = working_text(&record, field::KIND);
    let size = working_text(&record, field::SIZE);
    let level = working_text(&record, field::SCHOOL_LEVEL);
    let area = working_text(&record, field::AREA);
    let armed =
        RwSignal::new(record.as_ref().and_then(|r| r.flag(field::ARMED_FORCES)) == Some(true));
    let choices = |list: &[(&'static str, &'static str)]| {
        let list = list
            .iter()
            .map(|(value, label)| Choice::new(*value, *label));
        Signal::stored(
            std::iter::once(Choice::new("", common::choose()))
                .chain(list)
                .collect::<Vec<_>>(),
        )
    };
    let kinds = choices(&[
        (UnitKind::Agency.as_str(), say::agency()),
        (UnitKind::Enterprise.as_str(), say::enterprise()),
        (UnitKind::School.as_str(), say::school()),
    ]);
    let sizes = [
        EnterpriseSize::Micro,
        EnterpriseSize::Small,
        EnterpriseSize::Medium,
        EnterpriseSize::Large,
    ];
    let sizes = choices(&sizes.map(|size| (size.as_str(), words::enterprise_size(size))));
    let levels = [
        SchoolLevel::Nursery,
        SchoolLevel::Preschool,
        SchoolLevel::Primary,
        SchoolLevel::LowerSecondary,
        SchoolLevel::UpperSecondary,
        SchoolLevel::Continuing,
        SchoolLevel::VocationalOrHigher,
    ];
    let levels = choices(&levels.map(|level| (level.as_str(), words::school_level(level))));
    let eligibility = move || {
        let profile = UnitProfile {
            kind: UnitKind::parse(&kind.get())?,
            size: EnterpriseSize::parse(&size.get()),
            school_level: SchoolLevel::parse(&level.get()),
            armed_forces: armed.get(),
        };
        Some(words::eligibility(profile.eligibility()))
    };
    let save = move || {
        let (name, kind) = (name.get_untracked(), kind.get_untracked());
        if name.is_empty() {
            return Err(say::need_unit_name());
        }
        if kind.is_empty() {
            return Err(say::need_unit_kind());
        }
        let is = |other: UnitKind| kind == other.as_str();
        let only = |wanted: bool, text: String| {
            if wanted {
                text_or_null(text)
            } else {
                Value::Null
            }
        };
        let key = RecordKey::subject_record(SubjectKind::Unit, unit.unwrap_or_else(fresh_id));
        Ok(vec![Change::new(
            key,
            [
                (field::NAME, Value::Text(name)),
                (
                    field::SIZE,
                    only(is(UnitKind::Enterprise), size.get_untracked()),
                ),
                (
                    field::SCHOOL_LEVEL,
                    only(is(UnitKind::School), level.get_untracked()),
                ),
                (field::KIND, Value::Text(kind)),
                (field::HEAD, text_or_null(head.get_untracked())),
                (field::AREA, text_or_null(area.get_untracked())),
                (field::ARMED_FORCES, Value::Bool(armed.get_untracked())),
            ],
        )])
    };
    view! {
        <TextField
            label=say::unit_name()
            value=name
            on_change=move |v| name.set(v)
            draft=name_draft
        />
        <SelectField label=say::kind() choices=kinds value=kind on_change=move |v| kind.set(v) />
        <Show when=move || kind.get() == UnitKind::Enterprise.as_str()>
            <SelectField label=say::size() choices=sizes value=size on_change=move |v| size.set(v) />
        </Show>
        <Show when=move || kind.get() == UnitKind::School.as_str()>
            <SelectField label=say::level() choices=levels value=level on_change=move |v| level.set(v) />
        </Show>
        <CheckField
            label=say::armed_forces()
            value=armed
            on_change=move |v| armed.set(v)
        />
        <p class="field__hint" role="status" data-eligibility=true>{eligibility}</p>
        <TextField
            label=say::unit_head()
            value=head
            on_change=move |v| head.set(v)
            draft=head_draft
        />
        <SelectField
            label=common::residential_area()
            choices=area_choices()
            value=area
            on_change=move |v| area.set(v)
        />
        <DialogActions open unfinished save />
    }
}

/// Takes a subject out of the register: a tombstone with a reason; the history stays.
#[component]
pub fn CloseDialog(open: RwSignal<bool>, subject: SubjectId) -> impl IntoView {
    view! {
        <Dialog title=common::take_out() open>
            <CloseFields open id=subject />
        </Dialog>
    }
}

#[component]
fn CloseFields(open: RwSignal<bool>, id: SubjectId) -> impl IntoView {
    let tablet = Tablet::here();
    let reason = RwSignal::new(String::new());
    let reasons = Signal::stored(vec![
        Choice::new("", say::choose_reason()),
        Choice::new("moved", say::moved()),
        Choice::new("dissolved", say::dissolved()),
        Choice::new("duplicate", say::duplicate()),
        Choice::new("mistake", say::mistake()),
    ]);
    let found = untrack(|| tablet.subject(id));
    let name = found
        .as_ref()
        .map(|found| subject::label(&found.record).to_owned())
        .unwrap_or_default();
    let kind = found.map(|found| found.kind);
    let navigate = StoredValue::new_local(use_navigate());
    let save = move || {
        let reason = reason.get_untracked();
        let Some(kind) = kind else {
            return Err(say::not_found());
        };
        if reason.is_empty() {
            return Err(say::need_reason());
        }
        navigate.with_value(|navigate| navigate("/", Default::default()));
        Ok(vec![Change::new(
            RecordKey::subject_record(kind, id),
            [(field::CLOSED, Value::Text(reason))],
        )])
    };
    view! {
        <p>
            {say::taken_out(name)}
        </p>
        <SelectField label=say::reason() choices=reasons value=reason on_change=move |v| reason.set(v) />
        <DialogActions open save />
    }
}
