//! What waits, when it last worked, what failed and what to do.

use super::outbox::{Outbox, Rejected};
use super::photos::PhotosWaiting;
use super::photos::said::waits;
use crate::app::Current;
use crate::session;
use crate::sync::Phase;
use crate::tablet::Tablet;
use crate::texts::{self, common, courier as c, custody, faults, handovers, sync as say, words};
use crate::ui::{Banner, Icon};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// The sync page.
#[component]
pub fn SyncScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let sync = tablet.sync();
    let (phase, last, replica) = (sync.phase(), sync.last_success(), tablet.store().replica());
    let clock_error = sync.clock_error();
    let now = StoredValue::new_local(sync);
    let waiting = move || replica.with(|replica| replica.waiting());
    let tone = Signal::derive(move || match phase.get() {
        Phase::Idle | Phase::Running => "success",
        Phase::NoConnection => "info",
        _ => "warning",
    });
    view! {
        <section class="page" aria-labelledby="sync-title">
            <h1 id="sync-title" class="page__title">{common::sync()}</h1>
            <Banner tone icon="sync">
                <p>
                    <strong>{move || faults::phase(&phase.get())}</strong>
                </p>
                <p>{move || faults::advice(&phase.get())}</p>
                <Show when=move || phase.get() == Phase::SignedOut>
                    <SignInAgain />
                </Show>
            </Banner>
            {move || {
                faults::clock_error(clock_error.get())
                    .map(|words| {
                        view! {
                            <Banner tone="warning" icon="clock">
                                <p>{words}</p>
                            </Banner>
                        }
                    })
            }}
            <dl class="facts">
                <div>
                    <dt>{say::changes_to_send()}</dt>
                    <dd data-fact="waiting">{move || texts::int(waiting().into())}</dd>
                </div>
                <div>
                    <dt>{say::last_sync()}</dt>
                    <dd>
                        {move || {
                            last.get().map_or_else(|| say::never().to_owned(), texts::moment)
                        }}
                    </dd>
                </div>
                <div>
                    <dt>{say::entered_here()}</dt>
                    <dd>
                        {move || {
                            let made = replica.with(|replica| replica.last_seq);
                            say::changes(made)
                        }}
                    </dd>
                </div>
            </dl>
            <button
                class="button button--primary"
                disabled=move || phase.get() == Phase::Running
                on:click=move |_| now.with_value(|sync| sync.now())
            >
                <Icon name="sync" />
                {say::sync_now()}
            </button>
            <Rejected />
            <Outbox />
            <PhotosWaiting />
            <div class="button-row">
                <a class="button" href="/ban-giao">
                    <Icon name="return" />
                    {handovers::title()}
                </a>
                <a class="button" href="/giao-may">
                    <Icon name="check" />
                    {custody::title()}
                </a>
                <a class="button" href="/goi-chuyen-tay">
                    <Icon name="send" />
                    {c::title()}
                </a>
                <a class="button" href="/khoa-so">
                    <Icon name="lock" />
                    {say::lock_with_pin()}
                </a>
                <a class="button" href="/bo-nho">
                    <Icon name="device" />
                    {say::storage()}
                </a>
            </div>
            <Leave />
        </section>
    }
}

/// Signing in again without leaving the page: nothing that waits is touched.
#[component]
fn SignInAgain() -> impl IntoView {
    let tablet = Tablet::here();
    let account = tablet.session().account;
    let shown = account.clone();
    let password = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let account = account.clone();
        leptos::task::spawn_local(async move {
            match session::sign_in(&account, &password.get_untracked()).await {
                Ok(signed_in) => {
                    if let Some(trust) = signed_in.trust {
                        // If it fails, the next start tries again; until then there are no receipts.
                        let _ = tablet.store().note_trust(trust, true).await;
                    }
                    tablet.sync().now();
                    let keys = tablet.keys();
                    if let Some(key) = signed_in.vault_key {
                        // If it fails, the next sign-in tries again; the PIN opens the register meanwhile.
                        let _ = keys.vault.let_server_open(&keys.cipher, &key).await;
                    }
                }
                Err(error) => problem.set(Some(faults::no_answer(&error))),
            }
            password.set(String::new());
        });
    };
    view! {
        <form class="inline-form" on:submit=submit>
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
            <button type="submit" class="button button--primary">{say::sign_in_again()}</button>
            <p class="field__error" role="alert">{move || problem.get()}</p>
        </form>
    }
}

/// How many photos only this tablet has. Reading it in a view subscribes to it.
pub(super) fn photos_waiting(tablet: Tablet) -> usize {
    let photos = tablet.store().photos();
    photos.with(|photos| photos.values().filter(|row| waits(row.stage)).count())
}

/// Signing out. Unsent work stays on the tablet and goes out when its owner signs in again.
#[component]
fn Leave() -> impl IntoView {
    let tablet = Tablet::here();
    let current = expect_context::<Current>();
    let session = tablet.session();
    let navigate = StoredValue::new_local(use_navigate());
    let leave = move |_| {
        let vault = tablet.keys().vault;
        let all_sent = tablet
            .store()
            .replica()
            .with_untracked(|replica| replica.waiting() == 0)
            && untrack(|| photos_waiting(tablet)) == 0;
        leptos::task::spawn_local(async move {
            if all_sent {
                // What only this tablet has must open even if the server's key were lost.
                let _ = vault.close_freely().await;
            }
            session::sign_out().await;
            // Whoever signs in next begins at the beginning.
            navigate.with_value(|navigate| navigate("/", Default::default()));
            current.0.set(None);
        });
    };
    let unsent = move || tablet.store().replica().with(|replica| replica.waiting());
    let warning = move || {
        let waiting = unsent();
        match (waiting, photos_waiting(tablet)) {
            (0, 0) => None,
            (count, 0) => Some(say::unsent_kept(count)),
            (0, photos) => Some(texts::photos::unsent_kept(photos)),
            (count, photos) => Some(texts::photos::changes_and_photos_kept(
                count,
                texts::photos::left(photos),
            )),
        }
    };
    view! {
        <section class="form-section">
            <h2 class="form-section__title">{common::account()}</h2>
            <p>{format!("{} · {}", session.display_name, words::role(session.role))}</p>
            <p>{warning}</p>
            <Show when=move || unsent() != 0>
                <p>{c::leave_offer()}</p>
                <p class="button-row">
                    <a class="button" href="/goi-chuyen-tay">
                        <Icon name="send" />
                        {c::title()}
                    </a>
                </p>
            </Show>
            <button class="button" on:click=leave>
                <Icon name="logout" />
                {say::sign_out()}
            </button>
        </section>
    }
}
