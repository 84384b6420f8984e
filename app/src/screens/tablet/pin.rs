//! Choosing the PIN that locks the register on this tablet.

use super::gate::{Gate, Opened, say_later};
use super::lock::{IDLE_MINUTES, idle_minutes, lock, set_idle_minutes};
use crate::session;
use crate::tablet::{Keys, Tablet};
use crate::texts::{common, faults, gate as say};
use crate::ui::{Banner, Choice, Icon, Segmented};
use leptos::prelude::*;
use leptos::task::spawn_local;
use thidua_domain::api::Session;
use thidua_domain::vault;

/// After signing in: a PIN, or not now.
#[component]
pub(super) fn FirstPin(gate: Gate, opened: Opened) -> impl IntoView {
    let session = gate.session();
    let keys = opened.keys.clone();
    let opened = StoredValue::new_local(opened);
    let later = {
        let session = session.clone();
        move |_| {
            say_later(&session);
            gate.answered(opened.get_value());
        }
    };
    let chosen = move || {
        let mut opened = opened.get_value();
        opened.locked_by_pin = true;
        gate.answered(opened);
    };
    view! {
        <main class="sign-in">
            <div class="sign-in__card card">
                <img class="sign-in__mark" src="/icons/icon.svg" alt="" width="72" height="72" />
                <h1 class="sign-in__title">{say::set_pin()}</h1>
                <p>{say::why_pin()}</p>
                <PinForm session keys on_done=chosen />
                <button type="button" class="button button--wide" on:click=later>
                    {say::later()}
                </button>
            </div>
        </main>
    }
}

/// The page where the PIN is set, changed or taken away.
#[component]
pub fn PinScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let session = tablet.session();
    let locked = tablet.locked_by_pin;
    let said = RwSignal::new(None::<&'static str>);
    let account = session.account.clone();
    let minutes = RwSignal::new(idle_minutes(&account).to_string());
    let choices = IDLE_MINUTES
        .into_iter()
        .map(|minutes| Choice::new(minutes.to_string(), say::minutes(minutes)))
        .collect::<Vec<_>>();
    let choose = move |value: String| {
        if let Ok(chosen) = value.parse() {
            set_idle_minutes(&account, chosen);
            minutes.set(value);
        }
    };
    let owner = session.clone();
    let remove = move |_| {
        let (keys, owner) = (tablet.keys(), owner.clone());
        spawn_local(async move {
            if keys.vault.remove_pin(&keys.cipher).await.is_ok() {
                session::note_locked(&owner, false);
                say_later(&owner);
                locked.set(false);
                said.set(Some(say::pin_removed()));
            } else {
                said.set(Some(say::pin_not_removed()));
            }
        });
    };
    let done = move || {
        locked.set(true);
        said.set(Some(say::pin_set()));
    };
    let choices = StoredValue::new(choices);
    let choose = StoredValue::new(choose);
    let remove = StoredValue::new(remove);
    view! {
        <section class="page" aria-labelledby="pin-title">
            <nav class="breadcrumb" aria-label=common::trail()>
                <a href="/dong-bo">{common::sync()}</a>
            </nav>
            <h1 id="pin-title" class="page__title">{say::lock_here()}</h1>
            <p class="page__lead">{say::why_pin()}</p>
            <p role="status">
                <strong>
                    {move || match (said.get(), locked.get()) {
                        (Some(said), _) => said,
                        (None, true) => say::is_locked(),
                        (None, false) => say::is_not_locked(),
                    }}
                </strong>
            </p>
            <Show when=move || locked.get()>
                <section class="form-section">
                    <button
                        type="button"
                        class="button button--primary"
                        on:click=move |_| lock(tablet)
                    >
                        <Icon name="lock" />
                        {say::lock_now()}
                    </button>
                    <Segmented
                        legend=say::lock_idle()
                        name="idle"
                        choices=choices.get_value()
                        value=Signal::derive(move || minutes.get())
                        on_change=move |value| choose.with_value(|choose| choose(value))
                    />
                </section>
            </Show>
            <section class="form-section" aria-labelledby="new-pin">
                <h2 id="new-pin" class="form-section__title">
                    {move || if locked.get() { say::change_pin() } else { say::set_pin() }}
                </h2>
                <PinForm session keys=tablet.keys() on_done=done />
            </section>
            <Show when=move || locked.get()>
                <section class="form-section">
                    <h2 class="form-section__title">{say::remove_pin()}</h2>
                    <p>{say::remove_only_if()}</p>
                    <button
                        type="button"
                        class="button"
                        on:click=move |event| remove.with_value(|remove| remove(event))
                    >
                        {say::remove_pin()}
                    </button>
                </section>
            </Show>
        </section>
    }
}

/// Two fields for the same PIN. Where the password does not open the register yet, it is asked for as well,
/// so that a forgotten PIN never locks anything away.
#[component]
fn PinForm(session: Session, keys: Keys, on_done: impl Fn() + Clone + 'static) -> impl IntoView {
    let keys = StoredValue::new_local(keys);
    let (pin, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let password = RwSignal::new(String::new());
    let needs_password = RwSignal::new(false);
    let shown = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    spawn_local(async move {
        let by_server = keys.get_value().vault.opens_by_server().await;
        let _ = needs_password.try_set(matches!(by_server, Ok(false)));
    });
    let owner = session.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Err(weak) = vault::check_pin(&pin.get_untracked()) {
            return problem.set(Some(weak.to_string()));
        }
        if pin.with_untracked(|pin| again.with_untracked(|again| pin != again)) {
            return problem.set(Some(say::not_alike().to_owned()));
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let (owner, on_done) = (owner.clone(), on_done.clone());
        spawn_local(async move {
            let keys = keys.get_value();
            let asked = needs_password.get_untracked();
            let outcome = async {
                if asked {
                    let signed_in = session::sign_in(&owner.account, &password.get_untracked())
                        .await
                        .map_err(|error| faults::no_answer(&error))?;
                    if let Some(key) = signed_in.vault_key {
                        let opens = keys.vault.let_server_open(&keys.cipher, &key);
                        opens.await.map_err(|_| say::pin_not_set().to_owned())?;
                    }
                }
                let chosen = pin.get_untracked();
                let set = keys.vault.set_pin(&keys.cipher, &chosen).await;
                set.map_err(|_| say::pin_not_set().to_owned())
            };
            let outcome: Result<(), String> = outcome.await;
            // The page may have been left meanwhile.
            busy.try_set(false);
            pin.try_set(String::new());
            again.try_set(String::new());
            password.try_set(String::new());
            match outcome {
                Ok(()) => {
                    needs_password.try_set(false);
                    session::note_locked(&owner, true);
                    on_done();
                }
                Err(said) => {
                    problem.try_set(Some(said));
                }
            }
        });
    };
    let kind = move || if shown.get() { "text" } else { "password" };
    let account = session.account;
    view! {
        <form class="sign-in__form pin-form" on:submit=submit>
            <label class="field">
                <span class="field__label">{say::new_pin()}</span>
                <input
                    class="field__input field__input--pin"
                    type=kind
                    autocomplete="off"
                    inputmode="numeric"
                    required=true
                    prop:value=move || pin.get()
                    on:input=move |event| pin.set(event_target_value(&event))
                />
                <span class="field__hint">
                    {say::at_least_digits(vault::PIN_CHARS.start())}
                </span>
            </label>
            <label class="field">
                <span class="field__label">{say::pin_again()}</span>
                <input
                    class="field__input field__input--pin"
                    type=kind
                    autocomplete="off"
                    inputmode="numeric"
                    required=true
                    prop:value=move || again.get()
                    on:input=move |event| again.set(event_target_value(&event))
                />
            </label>
            <label class="check">
                <input
                    type="checkbox"
                    class="check__box"
                    prop:checked=move || shown.get()
                    on:change=move |event| shown.set(event_target_checked(&event))
                />
                <span>{say::show_pin()}</span>
            </label>
            <Show when=move || needs_password.get()>
                <Banner tone="info" icon="info">
                    <p>
                        {say::password_once()}
                    </p>
                </Banner>
                <input
                    type="text"
                    name="username"
                    autocomplete="username"
                    value=account.clone()
                    hidden=true
                />
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
            </Show>
            <p class="sign-in__said" role="alert">{move || problem.get()}</p>
            <button
                type="submit"
                class="button button--primary button--wide"
                disabled=move || busy.get()
            >
                <Icon name="lock" />
                {move || if busy.get() { say::setting_pin() } else { say::set_pin() }}
            </button>
        </form>
    }
}
