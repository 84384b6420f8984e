//! The tablet of a commune officer.

mod area;
mod area_entry;
mod books;
mod commune;
mod conflicts;
mod courier;
mod custody;
mod dues;
mod duplicates;
mod entry_form;
mod family;
mod find;
mod frame;
mod gate;
mod handovers;
mod help;
mod home;
mod indicator_card;
mod inspections;
mod lock;
mod loss;
mod outbox;
mod papers;
mod photos;
mod pin;
mod reminders;
mod roster;
mod sheet_fields;
mod storage;
mod subject_forms;
mod sync_page;
mod targets;
mod todo;
mod units;

use crate::photos::Photos;
use crate::platform::persistence;
use crate::session;
use crate::sync::Sync;
use crate::tablet::Tablet;
use crate::texts::{common, frame as say};
use crate::ui::{Banner, InLanguage};
pub use dues::source as due_source;
use frame::Frame;
use gate::Opened;
pub use gate::TabletApp;
use leptos::prelude::*;
use leptos_router::components::{Route, Routes};
use leptos_router::path;
use thidua_domain::api::Session;

/// What is behind the gate.
fn screens(session: Session, opened: Opened) -> impl IntoView {
    let Opened {
        keys,
        store,
        drafts,
        locked_by_pin,
    } = opened;
    let communes = session::communes_to_open(&session, &store);
    let Some(commune) = communes.first().cloned() else {
        return view! {
            <main class="page page--center">
                <Banner tone="warning" icon="warning">
                    <p>
                        {say::no_commune()}
                    </p>
                </Banner>
            </main>
        }
        .into_any();
    };
    let sync = Sync::start(store.clone());
    let photos = Photos::start(store.clone(), sync.clone());
    let stopping = StoredValue::new_local((sync.clone(), photos.clone()));
    on_cleanup(move || {
        stopping.with_value(|(sync, photos)| {
            sync.stop();
            photos.end();
        });
    });
    let tablet = Tablet::provide(session, keys, store, drafts, sync, photos, commune);
    tablet.locked_by_pin.set(locked_by_pin);
    handovers::Kept::provide(tablet);
    lock::watch(tablet);
    courier::Carried::provide(tablet);
    storage::watch_room(tablet);
    leptos::task::spawn_local(async move {
        tablet.persistence.set(Some(persistence::ask().await));
    });
    view! {
        <InLanguage>
        <Frame>
            <Routes fallback=|| view! { <NotHere /> }>
                <Route path=path!("/") view=home::HomeScreen />
                <Route path=path!("/khu/:id") view=area::AreaScreen />
                <Route path=path!("/khu/:id/danh-gia") view=area_entry::SafeAreaScreen />
                <Route path=path!("/khu/:id/van-hoa") view=area_entry::CulturalAreaScreen />
                <Route path=path!("/tim") view=find::FindScreen />
                <Route path=path!("/trung") view=duplicates::DuplicatesScreen />
                <Route path=path!("/ho/:id") view=family::FamilyScreen />
                <Route path=path!("/don-vi") view=units::UnitsScreen />
                <Route path=path!("/don-vi/:id") view=units::UnitScreen />
                <Route path=path!("/xa") view=commune::CommuneScreen />
                <Route path=path!("/giay-to") view=papers::PapersScreen />
                <Route path=path!("/giay-to/tong-hop") view=papers::SummaryScreen />
                <Route path=path!("/giay-to/giay-khen") view=papers::MeritScreen />
                <Route path=path!("/giay-to/niem-yet/:id") view=papers::PostingScreen />
                <Route path=path!("/giay-to/bien-ban/:id") view=papers::MinutesScreen />
                <Route path=path!("/kiem-tra") view=inspections::InspectionsScreen />
                <Route path=path!("/xa/chi-tieu") view=targets::TargetsScreen />
                <Route path=path!("/xa/so/:id") view=books::BookScreen />
                <Route path=path!("/khac-nhau") view=conflicts::ConflictsScreen />
                <Route path=path!("/tra-lai") view=todo::ReturnedScreen />
                <Route path=path!("/bo-nho") view=storage::StorageScreen />
                <Route path=path!("/khoa-so") view=pin::PinScreen />
                <Route path=path!("/tro-giup") view=help::HelpScreen />
                <Route path=path!("/dong-bo") view=sync_page::SyncScreen />
                <Route path=path!("/ban-giao") view=handovers::HandoversScreen />
                <Route path=path!("/goi-chuyen-tay") view=courier::CourierScreen />
                <Route path=path!("/giao-may") view=custody::CustodyScreen />
            </Routes>
        </Frame>
        </InLanguage>
    }
    .into_any()
}

/// An address nothing is at.
#[component]
fn NotHere() -> impl IntoView {
    view! {
        <section class="page">
            <h1>{common::not_here()}</h1>
            <p>
                <a class="button" href="/">{common::to_overview()}</a>
            </p>
        </section>
    }
}
