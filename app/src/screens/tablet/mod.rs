//! The tablet of a commune officer.

mod area;
mod books;
mod commune;
mod conflicts;
mod duplicates;
mod entry_form;
mod family;
mod find;
mod frame;
mod help;
mod home;
mod indicator_card;
mod loss;
mod outbox;
mod papers;
mod reminders;
mod roster;
mod storage;
mod subject_forms;
mod sync_page;
mod todo;
mod units;

use crate::app::Current;
use crate::platform::persistence;
use crate::session;
use crate::store::{Drafts, Store, StoreError};
use crate::sync::Sync;
use crate::tablet::Tablet;
use crate::ui::Banner;
use crate::words;
use frame::Frame;
use leptos::prelude::*;
use leptos_router::components::{Route, Routes};
use leptos_router::path;
use std::cell::RefCell;
use std::rc::Rc;
use thidua_domain::api::Session;

/// Opens the local store, then shows the screens.
#[component]
pub fn TabletApp() -> impl IntoView {
    let current = expect_context::<Current>();
    let session = current
        .0
        .get_untracked()
        .expect("shown only while somebody is signed in");
    let opened: Rc<RefCell<Option<(Store, Drafts)>>> = Rc::default();
    let slot = StoredValue::new_local(opened);
    let state = RwSignal::new(None::<Result<(), String>>);
    let opening = session.clone();
    leptos::task::spawn_local(async move {
        let communes = session::communes(&opening);
        let outcome = Store::open(&opening, communes).await;
        match outcome {
            Ok(store) => {
                let drafts = Drafts::open(&opening.account).await;
                slot.with_value(|slot| *slot.borrow_mut() = Some((store, drafts)));
                state.set(Some(Ok(())));
            }
            Err(error) => state.set(Some(Err(cannot_open(&error)))),
        }
        // Areas and name may have changed since; without a connection the kept session stays.
        if let Ok(fresh) = session::refresh().await
            && fresh.account == opening.account
        {
            current.0.set(Some(fresh));
        }
    });
    move || match state.get() {
        None => view! {
            <main class="page page--center">
                <p role="status">"Đang mở dữ liệu trên máy…"</p>
                <progress aria-label="Đang mở dữ liệu trên máy"></progress>
            </main>
        }
        .into_any(),
        Some(Err(reason)) => view! {
            <main class="page page--center">
                <Banner tone="danger" icon="warning">
                    <p role="alert">{reason}</p>
                </Banner>
            </main>
        }
        .into_any(),
        Some(Ok(())) => {
            let opened = slot.with_value(|slot| slot.borrow().clone());
            match opened {
                Some((store, drafts)) => screens(session.clone(), store, drafts).into_any(),
                None => ().into_any(),
            }
        }
    }
}

fn cannot_open(error: &StoreError) -> String {
    words::not_saved(error).replacen("Chưa lưu được", "Chưa mở được sổ trên máy", 1)
}

fn screens(session: Session, store: Store, drafts: Drafts) -> impl IntoView {
    let communes = store
        .replica()
        .with_untracked(|replica| replica.follow.clone());
    let Some(commune) = communes.first().cloned() else {
        return view! {
            <main class="page page--center">
                <Banner tone="warning" icon="warning">
                    <p>
                        "Tài khoản chưa được giao xã nào. Hãy báo quản trị viên giao địa bàn rồi đăng nhập lại."
                    </p>
                </Banner>
            </main>
        }
        .into_any();
    };
    let sync = Sync::start(store.clone());
    let stopping = StoredValue::new_local(sync.clone());
    on_cleanup(move || stopping.with_value(Sync::stop));
    let tablet = Tablet::provide(session, store, drafts, sync, commune);
    storage::watch_room(tablet);
    leptos::task::spawn_local(async move {
        tablet.persistence.set(Some(persistence::ask().await));
    });
    view! {
        <Frame>
            <Routes fallback=|| view! { <NotHere /> }>
                <Route path=path!("/") view=home::HomeScreen />
                <Route path=path!("/khu/:id") view=area::AreaScreen />
                <Route path=path!("/khu/:id/danh-gia") view=area::AreaEntryScreen />
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
                <Route path=path!("/xa/so/:id") view=books::BookScreen />
                <Route path=path!("/khac-nhau") view=conflicts::ConflictsScreen />
                <Route path=path!("/tra-lai") view=todo::ReturnedScreen />
                <Route path=path!("/bo-nho") view=storage::StorageScreen />
                <Route path=path!("/tro-giup") view=help::HelpScreen />
                <Route path=path!("/dong-bo") view=sync_page::SyncScreen />
            </Routes>
        </Frame>
    }
    .into_any()
}

/// An address nothing is at.
#[component]
fn NotHere() -> impl IntoView {
    view! {
        <section class="page">
            <h1>"Không có trang này"</h1>
            <p>
                <a class="button" href="/">"Về trang tổng quan"</a>
            </p>
        </section>
    }
}
