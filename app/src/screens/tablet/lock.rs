//! The register is locked: by a PIN it opens without a network, by the password with one.

use super::gate::Gate;
use crate::platform::{self, idle, tabs::Tabs};
use crate::session;
use crate::store::{Unlock, Vault};
use crate::sync::transport::TransportError;
use crate::tablet::Tablet;
use crate::texts::{common, faults, gate as say, sign_in};
use crate::ui::{Banner, Icon, InLanguage, LanguageSwitch};
use gloo::timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use thidua_domain::api::ProblemCode;

/// Asks for the PIN.
#[component]
pub(super) fn LockScreen(gate: Gate, vault: Vault) -> impl IntoView {
    let session = gate.session();
    let navigate = StoredValue::new_local(use_navigate());
    let vault = StoredValue::new_local(vault);
    let pin = RwSignal::new(String::new());
    let digits = RwSignal::new(true);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let wait_s = RwSignal::new(0_u64);
    let forgotten = RwSignal::new(false);
    let look = move || {
        spawn_local(async move {
            let vault = vault.get_value();
            if let Ok(wait) = vault.wait_ms(platform::now_ms()).await {
                let _ = wait_s.try_set(wait.div_ceil(1_000));
            }
            if let Ok(Some(only)) = vault.pin().await {
                let _ = digits.try_set(only);
            }
        });
    };
    look();
    let ticking = StoredValue::new_local(Some(Interval::new(1_000, move || {
        wait_s.try_update(|left| *left = left.saturating_sub(1));
    })));
    on_cleanup(move || {
        ticking.try_update_value(Option::take);
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || wait_s.get_untracked() > 0 {
            return;
        }
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let vault = vault.get_value();
            let typed = pin.get_untracked();
            match vault.open_by_pin(&typed, platform::now_ms()).await {
                Ok(Unlock::Open(cipher)) => return gate.enter(vault, cipher, None).await,
                Ok(Unlock::Wrong) => problem.set(Some(say::wrong_pin().to_owned())),
                Ok(Unlock::Wait(wait)) => wait_s.set(wait.div_ceil(1_000)),
                Err(_) => problem.set(Some(say::pin_not_tried().to_owned())),
            }
            pin.set(String::new());
            busy.set(false);
            look();
        });
    };
    let said = move || match wait_s.get() {
        0 => problem.get(),
        left => Some(say::too_many(faults::seconds(left))),
    };
    let account = session.account.clone();
    let who = format!("{} · {account}", session.display_name);
    view! {
        <InLanguage>
        <main class="sign-in">
            <div class="sign-in__card card">
                <img class="sign-in__mark" src="/icons/icon.svg" alt="" width="72" height="72" />
                <h1 class="sign-in__title">{say::locked()}</h1>
                <p class="sign-in__lead">{who.clone()}</p>
                <form class="sign-in__form" on:submit=submit>
                    <label class="field">
                        <span class="field__label">{say::pin()}</span>
                        <input
                            class="field__input field__input--pin"
                            type="password"
                            name="pin"
                            autocomplete="off"
                            inputmode=move || if digits.get() { "numeric" } else { "text" }
                            required=true
                            autofocus=true
                            prop:value=move || pin.get()
                            on:input=move |event| pin.set(event_target_value(&event))
                        />
                    </label>
                    <p class="sign-in__said" role="alert">{said}</p>
                    <button
                        type="submit"
                        class="button button--primary button--wide"
                        disabled=move || busy.get() || wait_s.get() != 0
                    >
                        <Icon name="lock" />
                        {move || if busy.get() { say::opening_register() } else { say::open_register() }}
                    </button>
                </form>
                <Show
                    when=move || forgotten.get()
                    fallback=move || {
                        view! {
                            <button
                                type="button"
                                class="button button--wide"
                                on:click=move |_| forgotten.set(true)
                            >
                                {say::forgotten()}
                            </button>
                        }
                    }
                >
                    <ByPassword gate vault />
                </Show>
                <button
                    type="button"
                    class="button button--wide"
                    on:click=move |_| {
                        // Whoever is next begins at the beginning.
                        navigate.with_value(|navigate| navigate("/", Default::default()));
                        gate.leave();
                    }
                >
                    <Icon name="user" />
                    {say::other_person()}
                </button>
                <LanguageSwitch />
            </div>
        </main>
        </InLanguage>
    }
}

/// Who has forgotten the PIN signs in: the server releases what else opens the register.
#[component]
fn ByPassword(gate: Gate, vault: StoredValue<Vault, LocalStorage>) -> impl IntoView {
    let account = gate.session().account;
    let shown = account.clone();
    let password = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let account = account.clone();
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let said = match session::sign_in(&account, &password.get_untracked()).await {
                Ok(signed_in) => {
                    let vault = vault.get_value();
                    let opened = match &signed_in.vault_key {
                        Some(key) => vault.open_by_server(key).await.ok().flatten(),
                        None => None,
                    };
                    let Some(cipher) = opened else {
                        busy.set(false);
                        problem.set(Some(say::server_cannot_open().to_owned()));
                        return;
                    };
                    // The PIN that was forgotten locks nothing any more; another one is asked for.
                    let _ = vault.remove_pin(&cipher).await;
                    session::note_locked(&signed_in.session, false);
                    return gate.enter(vault, cipher, signed_in.vault_key).await;
                }
                Err(TransportError::Refused(refused))
                    if refused.code == ProblemCode::WrongCredentials =>
                {
                    faults::problem(&refused)
                }
                Err(error) => faults::no_answer(&error),
            };
            password.set(String::new());
            busy.set(false);
            problem.set(Some(said));
        });
    };
    view! {
        <form class="sign-in__form" on:submit=submit>
            <Banner tone="info" icon="info">
                <p>
                    {say::password_opens()}
                </p>
            </Banner>
            <input type="text" name="username" autocomplete="username" value=shown hidden=true />
            <label class="field">
                <span class="field__label">{common::password()}</span>
                <input
                    class="field__input"
                    type="password"
                    autocomplete="current-password"
                    required=true
                    prop:value=move || password.get()
                    on:input=move |event| password.set(event_target_value(&event))
                />
            </label>
            <p class="sign-in__said" role="alert">{move || problem.get()}</p>
            <button type="submit" class="button button--wide" disabled=move || busy.get()>
                {move || if busy.get() { sign_in::signing_in() } else { say::sign_in_and_open() }}
            </button>
        </form>
    }
}

fn channel_name(account: &str) -> String {
    format!("so-thi-dua.lock.{account}")
}

fn idle_key(account: &str) -> String {
    format!("so-thi-dua.idle.{account}")
}

/// Pauses after which a register may lock itself, in minutes; the second unless somebody chose.
pub(super) const IDLE_MINUTES: [u32; 4] = [5, 10, 20, 60];

/// After how many minutes without a touch the register locks itself.
pub(super) fn idle_minutes(account: &str) -> u32 {
    let chosen = platform::local_get(&idle_key(account)).and_then(|text| text.parse().ok());
    chosen
        .filter(|minutes| IDLE_MINUTES.contains(minutes))
        .unwrap_or(IDLE_MINUTES[1])
}

/// Chooses it.
pub(super) fn set_idle_minutes(account: &str, minutes: u32) {
    platform::local_set(&idle_key(account), Some(&minutes.to_string()));
}

/// Locks when nobody uses the tablet, and when another tab was locked by hand.
pub(super) fn watch(tablet: Tablet) {
    let account = tablet.session().account;
    let locked = tablet.locked_by_pin;
    let tabs = Tabs::open(&channel_name(&account), |_| forget_everything());
    drop(tabs);
    idle::watch(
        move || {
            let locked = locked.try_get_untracked() == Some(true);
            locked.then(|| idle_minutes(&account))
        },
        forget_everything,
    );
}

/// Locks now, in every tab.
pub(super) fn lock(tablet: Tablet) {
    Tabs::open(&channel_name(&tablet.session().account), |_| {}).tell("lock");
    forget_everything();
}

/// The page begins anew: nothing that was open stays in memory. What is being typed is kept, sealed, as on
/// every leaving of the page.
fn forget_everything() {
    // The address is kept: who opens the register again goes on where they were.
    let _ = platform::window().location().reload();
}
