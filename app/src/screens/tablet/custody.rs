//! Whether this tablet may be handed over: everything signed for by the server, or what is not, and what to
//! do. It asks the server for receipts where it can, and says what this tablet knows where it cannot.

use super::sync_page::photos_waiting;
use super::todo::Unfinished;
use crate::model::changes::Names;
use crate::model::custody::{self, Confirmation, Neighbour};
use crate::platform;
use crate::sync::{Phase, receipts};
use crate::tablet::Tablet;
use crate::texts::{self, custody as t, faults, words};
use crate::ui::{Banner, Icon};
use leptos::prelude::*;
use thidua_domain::custody::Uncovered;
use thidua_domain::sync::replica::Replica;

/// Most records listed: the rest is counted.
const LISTED: usize = 100;

/// What was found on this tablet.
#[derive(Clone, PartialEq)]
enum Found {
    Looking,
    Unreadable,
    Open(Vec<Uncovered>),
}

/// The page.
#[component]
pub fn CustodyScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let replica = tablet.store().replica();
    let drafts = tablet.drafts().kept();
    let found = RwSignal::new(Found::Looking);
    let bookkeeping = Memo::new(move |_| {
        replica.with(|own| (own.device, own.last_seq, own.held, own.receipts.clone()))
    });
    let wanted = Memo::new(move |_| replica.with(Replica::receipts_wanted));
    let completed = tablet.sync().completed();
    Effect::new(move |_| {
        completed.track();
        if !wanted.with(Vec::is_empty) {
            let store = tablet.store();
            leptos::task::spawn_local(async move { receipts::ask(&store).await });
        }
    });
    Effect::new(move |_| {
        bookkeeping.track();
        let store = tablet.store();
        leptos::task::spawn_local(async move {
            let open = store.uncovered().await;
            // The page may have been left meanwhile.
            let _ = found.try_set(open.map_or(Found::Unreadable, Found::Open));
        });
    });
    let verdict = move || match found.get() {
        Found::Looking => view! { <p role="status">{t::looking()}</p> }.into_any(),
        Found::Unreadable => view! {
            <Banner tone="danger" icon="warning">
                <p>{t::unreadable()}</p>
            </Banner>
        }
        .into_any(),
        Found::Open(open)
            if open.is_empty()
                && photos_waiting(tablet) == 0
                && drafts.with(|drafts| drafts.is_empty()) =>
        {
            view! { <Safe /> }.into_any()
        }
        Found::Open(open) => view! { <NotYet open /> }.into_any(),
    };
    view! {
        <section class="page custody" aria-labelledby="custody-title">
            <h1 id="custody-title" class="page__title">
                {t::title()}
            </h1>
            <p class="page__lead">{t::lead()}</p>
            {verdict}
            <Unfinished />
            <NotTaken />
            <Neighbours />
        </section>
    }
}

/// Everything is signed for.
#[component]
fn Safe() -> impl IntoView {
    let tablet = Tablet::here();
    let replica = tablet.store().replica();
    let confirmation = move || replica.with(custody::confirmation);
    let said = move || match confirmation() {
        Some(confirmation) => t::safe_all(confirmation.edits),
        None => t::safe_empty().to_owned(),
    };
    view! {
        <div data-custody="safe">
            <Banner tone="success" icon="check">
                <p>
                    <strong>{t::safe()}</strong>
                </p>
                <p>{said}</p>
            </Banner>
        </div>
        {move || confirmation().map(|confirmation| view! { <Confirmed confirmation /> })}
    }
}

/// What the server has signed, to be printed and kept with the tablet.
#[component]
fn Confirmed(confirmation: Confirmation) -> impl IntoView {
    let session = Tablet::here().session();
    let print = move |_| {
        // A browser without printing leaves the page as it is.
        let _ = platform::window().print();
    };
    let until = texts::date_and_time(confirmation.at_ms);
    let rows = [
        (t::officer(), session.display_name),
        (t::account(), session.account),
        (t::device(), confirmation.device),
        (
            t::count(),
            texts::int(confirmation.edits.into()).to_string(),
        ),
        (t::until(), until),
        (t::code(), confirmation.code),
    ]
    .map(|(name, value)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    })
    .collect_view();
    view! {
        <article class="form-section confirmation" aria-labelledby="confirmation-title">
            <h2 id="confirmation-title" class="form-section__title">
                {t::confirmation()}
            </h2>
            <p class="confirmation__title" aria-hidden="true">
                {t::confirmation_title()}
            </p>
            <dl class="facts">{rows}</dl>
            <div class="confirmation__signatures" aria-hidden="true">
                <p>{t::signed_by()}</p>
                <p>{t::taken_by()}</p>
            </div>
            <div class="button-row">
                <button type="button" class="button" on:click=print>
                    <Icon name="print" />
                    {t::print()}
                </button>
            </div>
        </article>
    }
}

/// What is not signed for, and what to do about it.
#[component]
fn NotYet(open: Vec<Uncovered>) -> impl IntoView {
    let tablet = Tablet::here();
    let sync = tablet.sync();
    let phase = sync.phase();
    let now = StoredValue::new_local(sync);
    let drafts = tablet.drafts().kept();
    let replica = tablet.store().replica();
    let no_key = move || replica.with(|replica| replica.trust.is_none());
    let records = open.len();
    let photos = move || photos_waiting(tablet);
    let half_typed = move || drafts.with(|drafts| drafts.len());
    view! {
        <div data-custody="not-yet">
            <Banner tone="warning" icon="warning">
                <p>
                    <strong>{t::not_yet()}</strong>
                </p>
                {(records > 0).then(|| view! { <p>{t::records_open(records)}</p> })}
                {move || {
                    (photos() > 0).then(|| view! { <p>{t::photos_open(photos())}</p> })
                }}
                {move || {
                    (half_typed() > 0).then(|| view! { <p>{t::drafts_open(half_typed())}</p> })
                }} {move || no_key().then(|| view! { <p>{t::no_key()}</p> })}
            </Banner>
        </div>
        <section class="form-section" aria-labelledby="to-do-title">
            <h2 id="to-do-title" class="form-section__title">
                {t::what_to_do()}
            </h2>
            <ul class="plain-list">
                {(records > 0)
                    .then(|| {
                        view! {
                            <li>{t::do_sync()}</li>
                            <li>{t::do_courier()}</li>
                        }
                    })}
                {move || (photos() > 0).then(|| view! { <li>{t::do_photos()}</li> })}
                {move || (half_typed() > 0).then(|| view! { <li>{t::do_drafts()}</li> })}
            </ul>
            <div class="button-row">
                <button
                    type="button"
                    class="button button--primary"
                    disabled=move || phase.get() == Phase::Running
                    on:click=move |_| now.with_value(|sync| sync.now())
                >
                    <Icon name="sync" />
                    {move || match phase.get() {
                        Phase::Running => t::syncing(),
                        _ => t::sync_now(),
                    }}
                </button>
                <a class="button" href="/goi-chuyen-tay">
                    <Icon name="send" />
                    {t::to_courier()}
                </a>
            </div>
            <p class="field__hint" role="status">
                {move || faults::advice(&phase.get())}
            </p>
        </section>
        <OpenRecords open />
    }
}

/// The records without a receipt, each with the way to it.
#[component]
fn OpenRecords(open: Vec<Uncovered>) -> impl IntoView {
    let tablet = Tablet::here();
    let (store, season) = (tablet.store(), tablet.season);
    let more = open.len().saturating_sub(LISTED);
    let rows = open
        .iter()
        .take(LISTED)
        .map(|one| {
            let names = Names::new(&store, season);
            let name = names
                .subject(one.record.subject())
                .unwrap_or_else(|| words::area_name(&one.commune, season));
            let about = Names::about(&one.record);
            let place = names.place(&one.record);
            let state = t::held(one.held);
            view! {
                <li class="todo__item">
                    <a class="todo__link" href=place>
                        <Icon name="device" />
                        <span class="todo__what">{format!("{name} · {about}")}</span>
                        <span class="todo__said">
                            {format!("{}, {state}", t::changes(one.edits))}
                        </span>
                        <span class="todo__when">{texts::moment(one.last.millis())}</span>
                        <Icon name="chevron" />
                    </a>
                </li>
            }
        })
        .collect_view();
    (!open.is_empty()).then(|| {
        view! {
            <section class="todo" aria-labelledby="open-title">
                <h2 id="open-title">{t::open_title()}</h2>
                <ul class="todo__list" data-list="uncovered">
                    {rows}
                </ul>
                {(more > 0).then(|| view! { <p>{t::more(more)}</p> })}
            </section>
        }
    })
}

/// What the server keeps and did not take into the register: nothing is lost by it.
#[component]
fn NotTaken() -> impl IntoView {
    let rejected = Tablet::here().store().rejected();
    let count = move || rejected.with(Vec::len);
    view! {
        <Show when=move || count() != 0>
            <Banner tone="info" icon="return">
                <p>{move || t::rejected(count())}</p>
                <a class="button" href="/dong-bo">
                    {t::see_rejected()}
                </a>
            </Banner>
        </Show>
    }
}

/// Other officers' registers on this tablet: nobody can look into them but their owners.
#[component]
fn Neighbours() -> impl IntoView {
    let others = custody::neighbours(&Tablet::here().session().account);
    let rows = others
        .iter()
        .map(|Neighbour { name, unsent }| {
            let said = match *unsent {
                0 => t::other_sent(name),
                count => t::other_unsent(name, count),
            };
            view! { <li>{said}</li> }
        })
        .collect_view();
    (!others.is_empty()).then(|| {
        view! {
            <section class="form-section" aria-labelledby="others-title">
                <h2 id="others-title" class="form-section__title">
                    {t::others_title()}
                </h2>
                <p class="field__hint">{t::others_lead()}</p>
                <ul class="plain-list">{rows}</ul>
            </section>
        }
    })
}
