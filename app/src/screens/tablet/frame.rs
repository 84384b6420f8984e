//! What surrounds every screen of the tablet: the commune, sync in words, the way around.

use super::loss::LossNotice;
use super::storage::RoomWarning;
use crate::session;
use crate::sync::Phase;
use crate::tablet::Tablet;
use crate::texts::{self, common, faults, frame as say, words};
use crate::ui::{Icon, LanguageSwitch};
use leptos::prelude::*;
use leptos_router::components::A;

/// Header, navigation and, between them, the screen.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let tablet = Tablet::here();
    let season = tablet.season;
    let communes = session::communes_to_open(&tablet.session(), &tablet.store());
    let choose = (communes.len() > 1).then(|| {
        let options = communes
            .into_iter()
            .map(|code| {
                let name = words::area_name(&code, season);
                let selected = {
                    let code = code.clone();
                    move || tablet.commune.get() == code
                };
                view! {
                    <option value=code.to_string() selected=selected>
                        {name}
                    </option>
                }
            })
            .collect_view();
        view! {
            <select
                class="field__input app-header__commune"
                aria-label=say::open_commune()
                on:change=move |event| {
                    if let Ok(code) = event_target_value(&event).parse() {
                        tablet.commune.set(code);
                    }
                }
            >
                {options}
            </select>
        }
    });
    view! {
        <a class="skip-link" href="#noi-dung">{say::skip()}</a>
        <header class="app-header">
            <a class="app-header__brand" href="/">
                <img src="/icons/icon.svg" alt="" width="36" height="36" />
                <span>{say::brand()}</span>
            </a>
            <p class="app-header__place">
                {move || words::area_name(&tablet.commune.get(), season)}
                <span class="app-header__year">{say::year(season.period)}</span>
            </p>
            {choose}
            <a class="app-header__find" href="/tim">
                <Icon name="search" />
                {say::find_family()}
            </a>
            <a
                class="app-header__find app-header__find--small"
                href="/tro-giup"
                title=say::help()
            >
                <Icon name="help" />
                <span>{say::help()}</span>
            </a>
            <LanguageSwitch compact=true />
            <Show when=move || tablet.locked_by_pin.get()>
                <button
                    type="button"
                    class="app-header__find app-header__find--small"
                    title=say::lock_register()
                    on:click=move |_| super::lock::lock(tablet)
                >
                    <Icon name="lock" />
                    <span>{say::lock()}</span>
                </button>
            </Show>
        </header>
        <aside class="sync-place" aria-label=common::sync()>
            <SyncStrip />
        </aside>
        <main id="noi-dung" class="app-main" tabindex="-1">
            <LossNotice />
            <RoomWarning />
            {children()}
        </main>
        <nav class="app-nav" aria-label=say::parts_of_register()>
            <A href="/" exact=true attr:class="app-nav__link">
                <Icon name="home" />
                {common::overview()}
            </A>
            <A href="/don-vi" attr:class="app-nav__link">
                <Icon name="building" />
                {common::unit()}
            </A>
            <A href="/xa" attr:class="app-nav__link">
                <Icon name="star" />
                {common::commune()}
            </A>
            <A href="/dong-bo" attr:class="app-nav__link">
                <Icon name="sync" />
                {common::sync()}
            </A>
        </nav>
    }
}

/// The state of sync in words: what waits, when it last worked, whether there is a connection.
#[component]
fn SyncStrip() -> impl IntoView {
    let tablet = Tablet::here();
    let sync = tablet.sync();
    let (phase, last, replica) = (sync.phase(), sync.last_success(), tablet.store().replica());
    let syncs = sync.completed();
    let tone = move || match phase.get() {
        Phase::Idle | Phase::Running => "calm",
        Phase::NoConnection => "offline",
        _ => "trouble",
    };
    let icon = move || match phase.get() {
        Phase::Idle => "check",
        Phase::Running => "sync",
        Phase::NoConnection => "cloud-off",
        _ => "warning",
    };
    let waiting = move || match replica.with(|replica| replica.waiting()) {
        0 => say::all_sent().to_owned(),
        count => say::waiting(count),
    };
    let last = move || {
        last.get().map_or_else(
            || say::never_synced().to_owned(),
            |at| say::last_synced(texts::moment(at)),
        )
    };
    view! {
        <a
            class=move || format!("sync-strip sync-strip--{}", tone())
            href="/dong-bo"
            aria-label=say::sync_state()
            data-waiting=move || replica.with(|replica| replica.waiting()).to_string()
            data-running=move || (phase.get() == Phase::Running).to_string()
            data-syncs=move || syncs.get().to_string()
        >
            {move || view! { <Icon name=icon() /> }}
            <span class="sync-strip__phase">{move || faults::phase(&phase.get())}</span>
            <span class="sync-strip__waiting">{waiting}</span>
            <span class="sync-strip__last">{last}</span>
        </a>
    }
}
