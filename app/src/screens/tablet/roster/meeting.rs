//! The review meeting of a residential area: entered once, written to the families it speaks of.

use super::marking::{Marking, Task};
use crate::tablet::Tablet;
use crate::texts::{self, common, family, roster as say};
use crate::ui::{Dialog, Icon, NumberField, SaveNote};
use leptos::prelude::*;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::Meeting;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::subject::{self, MeetingPart};

/// What is known of the meeting, and the way to enter it.
#[component]
pub fn MeetingStrip(area: SubjectId, marking: Marking) -> impl IntoView {
    let tablet = Tablet::here();
    let editing = RwSignal::new(false);
    let meeting = Memo::new(move |_| {
        tablet.subject(area).map_or_else(Meeting::default, |area| {
            subject::meeting(&area.record, tablet.season.period)
        })
    });
    let percent = |part: u32, whole: u32| texts::rate(part.into(), whole.into());
    let facts = move || {
        let Meeting {
            invited,
            attended,
            agreed,
        } = meeting.get();
        let (Some(invited), Some(attended), Some(agreed)) = (invited, attended, agreed) else {
            return view! {
                <span>
                    <strong>{say::meeting_incomplete()}</strong>
                    {say::meeting_once()}
                </span>
            }
            .into_any();
        };
        view! {
            <span>
                {say::meeting_invited()} <strong>{invited}</strong> {say::meeting_attended()} <strong>{attended}</strong>
                {format!(" ({})", percent(attended, invited))} {say::meeting_agreed()}
                <strong>{agreed}</strong> {format!(" ({})", percent(agreed, attended))}
            </span>
        }
        .into_any()
    };
    let missing = move || {
        let meeting = meeting.get();
        meeting.invited.is_none() || meeting.attended.is_none() || meeting.agreed.is_none()
    };
    view! {
        <div class="meeting" class:meeting--missing=missing>
            <Icon name="family" />
            <p class="meeting__facts">
                <span class="meeting__title">{say::meeting_title()}</span>
                {facts}
            </p>
            <button type="button" class="button" on:click=move |_| editing.set(true)>
                <Icon name="pencil" />
                {move || if missing() { say::enter_meeting() } else { say::edit_meeting() }}
            </button>
            <Dialog title=say::meeting_of_area() open=editing>
                <MeetingFields open=editing area marking before=meeting.get_untracked() />
            </Dialog>
        </div>
    }
}

#[component]
fn MeetingFields(
    open: RwSignal<bool>,
    area: SubjectId,
    marking: Marking,
    before: Meeting,
) -> impl IntoView {
    let tablet = Tablet::here();
    let working = |number: Option<u32>| RwSignal::new(number.map(i64::from));
    let invited = working(before.invited);
    let attended = working(before.attended);
    let agreed = working(before.agreed);
    let key = RecordKey::subject_record(SubjectKind::ResidentialArea, area);
    let families = tablet.book.with_untracked(|book| {
        let families = book.all().iter();
        families
            .filter(|it| it.kind == SubjectKind::Family && it.residential_area() == Some(area))
            .count()
    });
    let rule = tablet
        .packs()
        .in_force(Assessment::CulturalFamily, tablet.season.period)
        .and_then(|pack| pack.meeting);
    let problem = RwSignal::new(None::<&'static str>);
    let asked = RwSignal::new(false);
    Effect::new(move |_| {
        if asked.get() && marking.saving.get() == crate::ui::SaveState::Saved {
            open.set(false);
        }
    });
    let field = |label: &'static str, part: MeetingPart, value: RwSignal<Option<i64>>| {
        let name = part.field(tablet.season.period);
        let draft = tablet.draft_slot(&key, name.as_str(), say::meeting_field(label));
        view! {
            <NumberField label value on_change=move |number| value.set(number) max=9_999 draft />
        }
    };
    let save = move |_| {
        let number = |value: RwSignal<Option<i64>>| {
            let number = value.get_untracked()?;
            u32::try_from(number).ok()
        };
        let meeting = Meeting {
            invited: number(invited),
            attended: number(attended),
            agreed: number(agreed),
        };
        let above = |part: Option<u32>, whole: Option<u32>| {
            part.zip(whole).is_some_and(|(part, whole)| part > whole)
        };
        if above(meeting.attended, meeting.invited) {
            return problem.set(Some(say::attended_too_many()));
        }
        if above(meeting.agreed, meeting.attended) {
            return problem.set(Some(say::agreed_too_many()));
        }
        problem.set(None);
        asked.set(true);
        marking.ask(Task::Meeting(area, meeting));
    };
    let lead =
        rule.map(|rule| say::meeting_rule(rule.attendance_percent, rule.agree_percent, families));
    view! {
        <p>{lead}</p>
        <div class="field-row">
            {field(family::invited(), MeetingPart::Invited, invited)}
            {field(family::attended(), MeetingPart::Attended, attended)}
            {field(family::agreed(), MeetingPart::Agreed, agreed)}
        </div>
        <p class="field__hint">
            {say::meeting_note()}
        </p>
        <Show when=move || problem.get().is_some()>
            <p class="field__error" role="alert">{move || problem.get()}</p>
        </Show>
        <Show when=move || asked.get()>
            <SaveNote state=marking.saving />
        </Show>
        <div class="dialog__actions">
            <button type="button" class="button" on:click=move |_| open.set(false)>
                {common::cancel()}
            </button>
            <button type="button" class="button button--primary" on:click=save>
                {say::meeting_save()}
            </button>
        </div>
    }
}
