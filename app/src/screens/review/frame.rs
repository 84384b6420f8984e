//! What surrounds the reviewers' pages.

use super::live::Live;
use crate::app::Current;
use crate::session;
use crate::texts::{self, areas, common, frame, review as say, sync, words};
use crate::ui::{Icon, LanguageSwitch};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;
use thidua_domain::access::Role;
use thidua_domain::api::Session;

/// Header with the way around and the live state; below it the page.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let current = expect_context::<Current>();
    let live = expect_context::<Live>();
    let who = move || {
        current.0.with(|session| {
            session.as_ref().map(|session| {
                view! {
                    <strong>{session.display_name.clone()}</strong>
                    <span class="app-header__role">{words::role(session.role)}</span>
                }
            })
        })
    };
    let of_province = Memo::new(move |_| {
        let province = &crate::areas::tree().province().code;
        current.0.with(|session| {
            session
                .as_ref()
                .is_some_and(|session| session.areas.contains(province))
        })
    });
    let administers = Memo::new(move |_| {
        let administers = |session: &Session| session.role == Role::Administrator;
        current
            .0
            .with(|session| session.as_ref().is_some_and(administers))
    });
    let navigate = StoredValue::new_local(use_navigate());
    let leave = move |_| {
        leptos::task::spawn_local(async move {
            session::sign_out().await;
            navigate.with_value(|navigate| navigate("/", Default::default()));
            current.0.set(None);
        });
    };
    view! {
        <a class="skip-link" href="#noi-dung">{frame::skip()}</a>
        <header class="app-header app-header--review">
            <a class="app-header__brand" href="/">
                <img src="/icons/icon.svg" alt="" width="36" height="36" />
                <span>{frame::brand()}</span>
            </a>
            <nav class="app-header__nav" aria-label=say::parts()>
                <A href="/" exact=true attr:class="app-header__link">{common::overview()}</A>
                <A href="/ban-do" attr:class="app-header__link">{say::map()}</A>
                <A href="/cho-duyet" attr:class="app-header__link">{say::queue()}</A>
                <A href="/so-sanh" attr:class="app-header__link">{texts::compare::nav()}</A>
                <A href="/chi-tieu" attr:class="app-header__link">{texts::targets::nav()}</A>
                <A href="/can-xem" attr:class="app-header__link">{texts::outliers::nav()}</A>
                <A href="/don-doc" attr:class="app-header__link">{say::urging()}</A>
                <A href="/kiem-tra" attr:class="app-header__link">{texts::inspections::nav()}</A>
                <A href="/so-xa" attr:class="app-header__link">{say::books()}</A>
                <A href="/bao-cao" attr:class="app-header__link">{say::papers()}</A>
                <Show when=move || of_province.get()>
                    <A href="/so-lieu" attr:class="app-header__link">{say::figures()}</A>
                    <A href="/dia-gioi" attr:class="app-header__link">{areas::nav()}</A>
                    <A href="/thiet-lap" attr:class="app-header__link">
                        {texts::settings::title()}
                    </A>
                </Show>
                <Show when=move || administers.get()>
                    <A href="/tai-khoan" attr:class="app-header__link">
                        {texts::accounts::nav()}
                    </A>
                </Show>
            </nav>
            <p class="live" data-live=move || live.connected.get().to_string() role="status">
                {move || {
                    if live.connected.get() {
                        view! {
                            <Icon name="check" />
                            {say::live()}
                        }
                            .into_any()
                    } else {
                        view! {
                            <Icon name="cloud-off" />
                            {say::reconnecting()}
                        }
                            .into_any()
                    }
                }}
            </p>
            <p class="app-header__who">{who}</p>
            <LanguageSwitch compact=true />
            <button class="button button--quiet" on:click=leave>
                <Icon name="logout" />
                {sync::sign_out()}
            </button>
        </header>
        <main id="noi-dung" class="app-main app-main--wide" tabindex="-1">
            {children()}
        </main>
    }
}
