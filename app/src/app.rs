//! The root: who is signed in decides what is shown.

use crate::platform::{needs, service_worker};
use crate::screens::{review::ReviewApp, sign_in::SignInScreen, tablet::TabletApp};
use crate::session;
use crate::texts::{self, faults};
use crate::ui::{Banner, InLanguage};
use leptos::prelude::*;
use leptos_router::components::Router;
use thidua_domain::api::Session;
use thidua_domain::vault::VaultKey;

/// The signed-in session, or nothing; setting it changes the screens.
#[derive(Clone, Copy)]
pub struct Current(pub RwSignal<Option<Session>>);

/// What the server released to who has just signed in with the password. It is taken once, by the screen
/// that opens the register, and never kept.
#[derive(Clone, Copy)]
pub struct Released(pub StoredValue<Option<VaultKey>>);

impl Released {
    /// Takes it.
    pub fn take(self) -> Option<VaultKey> {
        self.0.try_update_value(Option::take).flatten()
    }
}

/// The service worker as screens see it.
#[derive(Clone, Copy)]
pub struct Worker {
    /// Whether the app can start without a network.
    pub ready: RwSignal<bool>,
    /// A newer version that waits to be applied.
    pub waiting: RwSignal<Option<web_sys::ServiceWorker>, LocalStorage>,
}

impl Worker {
    /// Applies the waiting version.
    pub fn apply(self) {
        if let Some(worker) = self.waiting.get_untracked() {
            service_worker::apply(&worker);
        }
    }
}

/// The root component.
#[component]
pub fn App() -> impl IntoView {
    let current = Current(RwSignal::new(session::kept()));
    let worker = Worker {
        ready: RwSignal::new(false),
        waiting: RwSignal::new_local(None),
    };
    service_worker::register(worker.ready, worker.waiting);
    provide_context(current);
    provide_context(worker);
    provide_context(Released(StoredValue::new(None)));

    // Only the account decides: a refreshed session of the same account keeps the screens.
    let account = Memo::new(move |_| {
        current.0.with(|session| {
            session
                .as_ref()
                .map(|session| (session.account.clone(), session::enters_data(session)))
        })
    });
    view! {
        <Router>
            <InLanguage>
                <MissingHere />
                <Show when=move || worker.waiting.with(Option::is_some)>
                    <Banner tone="info" icon="sync">
                        <p>{texts::frame::new_version()}</p>
                        <button class="button button--primary" on:click=move |_| worker.apply()>
                            {texts::frame::update()}
                        </button>
                    </Banner>
                </Show>
            </InLanguage>
            {move || match account.get() {
                None => view! { <SignInScreen /> }.into_any(),
                Some((_, true)) => view! { <TabletApp /> }.into_any(),
                Some((_, false)) => view! { <ReviewApp /> }.into_any(),
            }}
        </Router>
    }
}

/// What this browser lacks, said before anything is entered.
#[component]
fn MissingHere() -> impl IntoView {
    let missing = RwSignal::new(Vec::new());
    leptos::task::spawn_local(async move { missing.set(needs::missing().await) });
    let said = move || {
        missing
            .get()
            .into_iter()
            .map(|missing| view! { <p>{faults::missing_here(missing)}</p> })
            .collect_view()
    };
    view! {
        <Show when=move || missing.with(|missing| !missing.is_empty())>
            <Banner tone="warning" icon="warning">{said}</Banner>
        </Show>
    }
}
