//! Choosing the PIN that locks the register on this tablet.

use super::gate::{Gate, Opened, say_later};
use super::lock::{IDLE_MINUTES, idle_minutes, lock, set_idle_minutes};
use crate::session;
use crate::tablet::{Keys, Tablet};
use crate::ui::{Banner, Choice, Icon, Segmented};
use crate::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use thidua_domain::api::Session;
use thidua_domain::vault;

const WHY: &str = "Mã PIN khóa sổ trên máy này: người khác cầm máy không xem được. Mở khóa không cần mạng. \
                   Quên mã PIN thì đăng nhập bằng mật khẩu khi có mạng, không mất gì.";

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
                <h1 class="sign-in__title">"Đặt mã PIN"</h1>
                <p>{WHY}</p>
                <PinForm session keys on_done=chosen />
                <button type="button" class="button button--wide" on:click=later>
                    "Để sau"
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
        .map(|minutes| Choice::new(minutes.to_string(), format!("{minutes} phút")))
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
                said.set(Some("Đã bỏ mã PIN. Sổ mở ngay khi mở máy."));
            } else {
                said.set(Some("Chưa bỏ được mã PIN. Hãy thử lại."));
            }
        });
    };
    let done = move || {
        locked.set(true);
        said.set(Some("Đã đặt mã PIN. Lần sau mở sổ phải nhập mã này."));
    };
    let choices = StoredValue::new(choices);
    let choose = StoredValue::new(choose);
    let remove = StoredValue::new(remove);
    view! {
        <section class="page" aria-labelledby="pin-title">
            <nav class="breadcrumb" aria-label="Vị trí">
                <a href="/dong-bo">"Đồng bộ"</a>
            </nav>
            <h1 id="pin-title" class="page__title">"Khóa sổ trên máy này"</h1>
            <p class="page__lead">{WHY}</p>
            <p role="status">
                <strong>
                    {move || match (said.get(), locked.get()) {
                        (Some(said), _) => said,
                        (None, true) => "Sổ đang được khóa bằng mã PIN.",
                        (None, false) => "Chưa có mã PIN: ai cầm máy cũng mở được sổ.",
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
                        "Khóa ngay"
                    </button>
                    <Segmented
                        legend="Tự khóa khi không ai dùng"
                        name="idle"
                        choices=choices.get_value()
                        value=Signal::derive(move || minutes.get())
                        on_change=move |value| choose.with_value(|choose| choose(value))
                    />
                </section>
            </Show>
            <section class="form-section" aria-labelledby="new-pin">
                <h2 id="new-pin" class="form-section__title">
                    {move || if locked.get() { "Đổi mã PIN" } else { "Đặt mã PIN" }}
                </h2>
                <PinForm session keys=tablet.keys() on_done=done />
            </section>
            <Show when=move || locked.get()>
                <section class="form-section">
                    <h2 class="form-section__title">"Bỏ mã PIN"</h2>
                    <p>"Chỉ nên bỏ khi máy này chỉ một mình bạn dùng và có khóa màn hình."</p>
                    <button
                        type="button"
                        class="button"
                        on:click=move |event| remove.with_value(|remove| remove(event))
                    >
                        "Bỏ mã PIN"
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
            return problem.set(Some("Hai lần nhập chưa giống nhau.".to_owned()));
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
                        .map_err(|error| words::no_answer(&error))?;
                    if let Some(key) = signed_in.vault_key {
                        let opens = keys.vault.let_server_open(&keys.cipher, &key);
                        opens.await.map_err(|_| NOT_SET.to_owned())?;
                    }
                }
                let chosen = pin.get_untracked();
                let set = keys.vault.set_pin(&keys.cipher, &chosen).await;
                set.map_err(|_| NOT_SET.to_owned())
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
                <span class="field__label">"Mã PIN mới"</span>
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
                    {format!(
                        "Ít nhất {} số. Dài hơn, hoặc có cả chữ, thì khó đoán hơn.",
                        vault::PIN_CHARS.start(),
                    )}
                </span>
            </label>
            <label class="field">
                <span class="field__label">"Nhập lại mã PIN"</span>
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
                <span>"Hiện mã PIN"</span>
            </label>
            <Show when=move || needs_password.get()>
                <Banner tone="info" icon="info">
                    <p>
                        "Cần mạng một lần: nhập mật khẩu để sau này quên mã PIN vẫn mở được sổ."
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
            </Show>
            <p class="sign-in__said" role="alert">{move || problem.get()}</p>
            <button
                type="submit"
                class="button button--primary button--wide"
                disabled=move || busy.get()
            >
                <Icon name="lock" />
                {move || if busy.get() { "Đang đặt…" } else { "Đặt mã PIN" }}
            </button>
        </form>
    }
}

const NOT_SET: &str = "Chưa đặt được mã PIN. Dữ liệu còn nguyên; hãy thử lại.";
