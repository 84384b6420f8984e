//! A residential area: its families as a roster.

use super::family::subject_in_address;
use super::roster::{MeetingStrip, Roster, RosterView};
use super::subject_forms::{AreaDialog, FamilyDialog};
use crate::model::roster::Filter;
use crate::tablet::Tablet;
use crate::texts::{area as say, common};
use crate::ui::Icon;
use leptos::prelude::*;
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
            || common::residential_area().to_owned(),
            |area| subject::label(&area.record).to_owned(),
        )
    };
    let roster = Roster::new(id.into(), false, search, filter, why);
    view! {
        <section class="page page--roster" aria-labelledby="area-title">
            <nav class="breadcrumb" aria-label=common::trail()>
                <a href="/">{common::overview()}</a>
            </nav>
            <div class="section-head">
                <h1 id="area-title" class="page__title">{name}</h1>
                <div class="button-row">
                    <a
                        class="button"
                        href=move || id.get().map(|id| format!("/khu/{id}/danh-gia"))
                    >
                        <Icon name="list" />
                        {say::assess()}
                    </a>
                    <a
                        class="button"
                        href=move || id.get().map(|id| format!("/giay-to/bien-ban/{id}"))
                    >
                        <Icon name="print" />
                        {common::paper_minutes()}
                    </a>
                    <button class="button" on:click=move |_| editing.set(true)>
                        <Icon name="pencil" />
                        {common::edit()}
                    </button>
                </div>
            </div>
            {move || {
                id.get().map(|area| view! { <MeetingStrip area marking=roster.marking() /> })
            }}
            <RosterView roster search filter why>
                <button class="button button--primary" on:click=move |_| adding.set(true)>
                    <Icon name="plus" />
                    {say::add_family()}
                </button>
            </RosterView>
            <FamilyDialog open=adding area=id family=None />
            {move || id.get().map(|id| view! { <AreaDialog open=editing area=Some(id) /> })}
        </section>
    }
}
