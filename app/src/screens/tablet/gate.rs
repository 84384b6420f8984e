//! The way into the register: its key, from this browser, a PIN or the password; then what it opens.

use super::lock::LockScreen;
use super::pin::FirstPin;
use super::screens;
use crate::app::{Current, Released};
use crate::session;
use crate::store::{Cipher, Drafts, Store, Vault, VaultError};
use crate::tablet::Keys;
use crate::texts::{faults, gate as say};
use crate::ui::Banner;
use leptos::prelude::*;
use leptos::task::spawn_local;
use thidua_domain::api::Session;
use thidua_domain::setting;
use thidua_domain::vault::VaultKey;

/// A register that is open.
#[derive(Clone)]
pub(super) struct Opened {
    pub(super) keys: Keys,
    pub(super) store: Store,
    pub(super) drafts: Drafts,
    /// Whether a PIN locks it.
    pub(super) locked_by_pin: bool,
}

#[derive(Clone)]
enum Stage {
    Opening,
    Failed(String),
    Locked(Vault),
    /// It is open, and its officer is asked for a PIN first.
    FirstPin(Opened),
    Open(Opened),
}

/// Where the way in has come to. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Gate {
    session: StoredValue<Session>,
    current: Current,
    stage: RwSignal<Stage, LocalStorage>,
}

impl Gate {
    /// Whose register it is.
    pub(super) fn session(self) -> Session {
        self.session.get_value()
    }

    async fn begin(self, released: Option<VaultKey>) {
        let opened = self.key(released.as_ref()).await;
        match opened {
            Ok((vault, Some(cipher))) => self.enter(vault, cipher, released).await,
            Ok((vault, None)) => self.stage.set(Stage::Locked(vault)),
            Err(error) => self.stage.set(Stage::Failed(no_key(&error))),
        }
    }

    async fn key(self, released: Option<&VaultKey>) -> Result<(Vault, Option<Cipher>), VaultError> {
        let account = self.session.with_value(|session| session.account.clone());
        let vault = Vault::open(&account).await?;
        if let Some(key) = released
            && let Some(cipher) = vault.open_by_server(key).await?
        {
            vault.let_open_freely(&cipher).await?;
            return Ok((vault, Some(cipher)));
        }
        let cipher = vault.open_freely().await?;
        Ok((vault, cipher))
    }

    /// Opens the register with its key. `released` is what the server gave for the password, if that was
    /// asked a moment ago.
    pub(super) async fn enter(self, vault: Vault, cipher: Cipher, released: Option<VaultKey>) {
        self.stage.set(Stage::Opening);
        let signed_in = released.is_some();
        let opened = self.open(vault, cipher, released).await;
        let store = opened.as_ref().ok().map(|opened| opened.store.clone());
        match opened {
            Ok(opened) if signed_in && !opened.locked_by_pin && !said_later(&self.session()) => {
                self.stage.set(Stage::FirstPin(opened));
            }
            Ok(opened) => self.stage.set(Stage::Open(opened)),
            Err(error) => self.stage.set(Stage::Failed(no_key(&error))),
        }
        // Areas and name may have changed since; without a connection the kept session stays.
        let account = self.session.with_value(|session| session.account.clone());
        if let Ok(fresh) = session::refresh().await
            && fresh.session.account == account
        {
            self.current.0.set(Some(fresh.session));
            if let (Some(store), Some(trust)) = (store, fresh.trust) {
                // If it fails, the next start tries again; until then there are no receipts.
                let _ = store.note_trust(trust, signed_in).await;
            }
        }
    }

    async fn open(
        self,
        vault: Vault,
        cipher: Cipher,
        released: Option<VaultKey>,
    ) -> Result<Opened, VaultError> {
        if let Some(key) = released
            && vault.open_by_server(&key).await?.is_none()
        {
            vault.let_server_open(&cipher, &key).await?;
        }
        let session = self.session();
        let mut follow = session::communes(&session);
        follow.push(setting::feed());
        let store = Store::open(&session, follow, cipher.clone()).await?;
        let drafts = Drafts::open(&session.account, cipher.clone()).await;
        let locked_by_pin = vault.pin().await?.is_some();
        Ok(Opened {
            keys: Keys { vault, cipher },
            store,
            drafts,
            locked_by_pin,
        })
    }

    /// The question for a PIN has been answered.
    pub(super) fn answered(self, opened: Opened) {
        self.stage.set(Stage::Open(opened));
    }

    /// Somebody else uses the tablet.
    pub(super) fn leave(self) {
        session::hand_on();
        self.current.0.set(None);
    }
}

fn later_key(session: &Session) -> String {
    format!("so-thi-dua.pin-later.{}", session.account)
}

fn said_later(session: &Session) -> bool {
    crate::platform::local_get(&later_key(session)).is_some()
}

/// The officer wants no PIN for now and is not asked at each sign-in.
pub(super) fn say_later(session: &Session) {
    crate::platform::local_set(&later_key(session), Some("1"));
}

/// Opens the local store, then shows the screens.
#[component]
pub fn TabletApp() -> impl IntoView {
    let current = expect_context::<Current>();
    let session = current.0.get_untracked();
    let session = session.expect("shown only while somebody is signed in");
    let gate = Gate {
        session: StoredValue::new(session),
        current,
        stage: RwSignal::new_local(Stage::Opening),
    };
    let released = expect_context::<Released>().take();
    spawn_local(gate.begin(released));
    move || match gate.stage.get() {
        Stage::Opening => view! {
            <main class="page page--center">
                <p role="status">{say::opening_dots()}</p>
                <progress aria-label=say::opening()></progress>
            </main>
        }
        .into_any(),
        Stage::Failed(reason) => view! {
            <main class="page page--center">
                <Banner tone="danger" icon="warning">
                    <p role="alert">{reason}</p>
                </Banner>
            </main>
        }
        .into_any(),
        Stage::Locked(vault) => view! { <LockScreen gate vault /> }.into_any(),
        Stage::FirstPin(opened) => view! { <FirstPin gate opened /> }.into_any(),
        Stage::Open(opened) => screens(gate.session(), opened).into_any(),
    }
}

fn no_key(error: &VaultError) -> String {
    match error {
        VaultError::Store(error) => faults::not_opened(error),
        VaultError::Crypto(_) | VaultError::Unreadable => say::no_key().to_owned(),
    }
}
