//! What waits, when it last worked, what failed and what to do.

use super::outbox::{Outbox, Rejected};
use crate::app::Current;
use crate::session;
use crate::sync::Phase;
use crate::tablet::Tablet;
use crate::ui::{Banner, Icon};
use crate::words;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use thidua_domain::text;

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
            <h1 id="sync-title" class="page__title">"Đồng bộ"</h1>
            <Banner tone icon="sync">
                <p>
                    <strong>{move || words::phase(&phase.get())}</strong>
                </p>
                <p>{move || words::advice(&phase.get())}</p>
                <Show when=move || phase.get() == Phase::SignedOut>
                    <SignInAgain />
                </Show>
            </Banner>
            {move || {
                words::clock_error(clock_error.get())
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
                    <dt>"Thay đổi chờ gửi"</dt>
                    <dd data-fact="waiting">{move || text::format_int(waiting().into())}</dd>
                </div>
                <div>
                    <dt>"Đồng bộ lần cuối"</dt>
                    <dd>
                        {move || {
                            last.get().map_or_else(|| "chưa lần nào".to_owned(), words::moment)
                        }}
                    </dd>
                </div>
                <div>
                    <dt>"Đã nhập trên máy này"</dt>
                    <dd>
                        {move || {
                            let made = replica.with(|replica| replica.last_seq);
                            format!("{} thay đổi", text::format_int(made.into()))
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
                "Đồng bộ ngay"
            </button>
            <Rejected />
            <Outbox />
            <div class="button-row">
                <a class="button" href="/khoa-so">
                    <Icon name="lock" />
                    "Khóa sổ bằng mã PIN"
                </a>
                <a class="button" href="/bo-nho">
                    <Icon name="device" />
                    "Bộ nhớ của máy"
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
                    tablet.sync().now();
                    let keys = tablet.keys();
                    if let Some(key) = signed_in.vault_key {
                        // If it fails, the next sign-in tries again; the PIN opens the register meanwhile.
                        let _ = keys.vault.let_server_open(&keys.cipher, &key).await;
                    }
                }
                Err(error) => problem.set(Some(words::no_answer(&error))),
            }
            password.set(String::new());
        });
    };
    view! {
        <form class="inline-form" on:submit=submit>
            <input type="text" name="username" autocomplete="username" value=shown hidden=true />
            <label class="field">
                <span class="field__label">"Mật khẩu"</span>
                <input
                    class="field__input"
                    type="password"
                    autocomplete="current-password"
                    required=true
                    prop:value=move || password.get()
                    on:input=move |event| password.set(event_target_value(&event))
                />
            </label>
            <button type="submit" class="button button--primary">"Đăng nhập lại"</button>
            <p class="field__error" role="alert">{move || problem.get()}</p>
        </form>
    }
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
            .with_untracked(|replica| replica.waiting() == 0);
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
    let warning = move || {
        let waiting = tablet.store().replica().with(|replica| replica.waiting());
        (waiting > 0).then(|| {
            format!(
                "Còn {} thay đổi chưa gửi. Đăng xuất không xóa; chúng được giữ trên máy và gửi đi khi bạn đăng nhập lại trên máy này.",
                text::format_int(waiting.into())
            )
        })
    };
    view! {
        <section class="form-section">
            <h2 class="form-section__title">"Tài khoản"</h2>
            <p>{format!("{} · {}", session.display_name, words::role(session.role))}</p>
            <p>{warning}</p>
            <button class="button" on:click=leave>
                <Icon name="logout" />
                "Đăng xuất"
            </button>
        </section>
    }
}
