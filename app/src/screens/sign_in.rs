//! Signing in: once, with a connection.

use crate::app::{Current, Released};
use crate::session;
use crate::sync::transport::TransportError;
use crate::texts::{faults, frame, sign_in as say};
use crate::ui::{Banner, Icon, InLanguage, LanguageSwitch};
use leptos::prelude::*;
use thidua_domain::api::ProblemCode;

/// The form. After it the app opens without a network.
#[component]
pub fn SignInScreen() -> impl IntoView {
    let current = expect_context::<Current>();
    let released = expect_context::<Released>();
    let account = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let shown = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);

    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        leptos::task::spawn_local(async move {
            let outcome =
                session::sign_in(&account.get_untracked(), &password.get_untracked()).await;
            busy.set(false);
            match outcome {
                Ok(signed_in) => {
                    released.0.set_value(signed_in.vault_key);
                    current.0.set(Some(signed_in.session));
                }
                Err(TransportError::Refused(refused))
                    if refused.code == ProblemCode::WrongCredentials =>
                {
                    password.set(String::new());
                    problem.set(Some(faults::problem(&refused)));
                }
                Err(error) => problem.set(Some(faults::no_answer(&error))),
            }
        });
    };

    // What is typed stands outside of what is rendered again in another language.
    view! {
        <InLanguage>
        <main class="sign-in">
            <form class="sign-in__card card" on:submit=submit>
                <img class="sign-in__mark" src="/icons/icon.svg" alt="" width="72" height="72" />
                <h1 class="sign-in__title">{frame::brand()}</h1>
                <p class="sign-in__lead">
                    {say::lead()}
                </p>
                <LockedHere />
                <Show when=move || problem.with(Option::is_some)>
                    <Banner tone="danger" icon="warning">
                        <p role="alert">{move || problem.get()}</p>
                    </Banner>
                </Show>
                <label class="field">
                    <span class="field__label">{say::account()}</span>
                    <input
                        class="field__input"
                        type="text"
                        name="username"
                        autocomplete="username"
                        autocapitalize="none"
                        spellcheck="false"
                        required=true
                        prop:value=move || account.get()
                        on:input=move |event| account.set(event_target_value(&event))
                    />
                </label>
                <label class="field">
                    <span class="field__label">{say::password()}</span>
                    <input
                        class="field__input"
                        type=move || if shown.get() { "text" } else { "password" }
                        name="password"
                        autocomplete="current-password"
                        required=true
                        prop:value=move || password.get()
                        on:input=move |event| password.set(event_target_value(&event))
                    />
                </label>
                <label class="check">
                    <input
                        type="checkbox"
                        class="check__box"
                        prop:checked=move || shown.get()
                        on:change=move |event| shown.set(event_target_checked(&event))
                    />
                    <span>{say::show_password()}</span>
                </label>
                <button
                    type="submit"
                    class="button button--primary button--wide"
                    disabled=move || busy.get()
                >
                    <Icon name="lock" />
                    {move || if busy.get() { say::signing_in() } else { say::sign_in() }}
                </button>
                <p class="sign-in__note">
                    {say::note()}
                </p>
                <LanguageSwitch />
            </form>
        </main>
        </InLanguage>
    }
}

/// Registers on this tablet that open with a PIN, without a network.
#[component]
fn LockedHere() -> impl IntoView {
    let current = expect_context::<Current>();
    let known = session::locked_here();
    (!known.is_empty()).then(|| {
        let rows = known
            .into_iter()
            .map(|session| {
                let name = session.display_name.clone();
                let account = session.account.clone();
                let open = move |_| {
                    session::choose(&session);
                    current.0.set(Some(session.clone()));
                };
                view! {
                    <li>
                        <button type="button" class="button button--wide who" on:click=open>
                            <Icon name="lock" />
                            <span class="who__name">{name}</span>
                            <span class="who__account">{account}</span>
                        </button>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="sign-in__known" aria-labelledby="known-title">
                <h2 id="known-title" class="sign-in__subtitle">
                    {say::open_with_pin()}
                </h2>
                <ul>{rows}</ul>
                <h2 class="sign-in__subtitle">{say::other_account()}</h2>
            </section>
        }
    })
}
