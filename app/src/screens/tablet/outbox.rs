//! What has not reached the server: edits that wait, and edits the server did not take.

use crate::model::changes::{EditWords, describe};
use crate::tablet::Tablet;
use crate::texts::{faults, handovers, sync as say};
use leptos::prelude::*;
use thidua_domain::sync::edit::Edit;
use thidua_domain::sync::wire::RejectReason;

/// Most waiting edits listed: the rest is counted.
const LISTED: usize = 50;

/// Edits the server did not take, each with what to do about it.
#[component]
pub fn Rejected() -> impl IntoView {
    let tablet = Tablet::here();
    let rejected = tablet.store().rejected();
    let problem = RwSignal::new(None::<String>);
    let rows = move || {
        rejected
            .get()
            .into_iter()
            .map(|row| {
                let said = describe(&tablet.store(), tablet.season, &row.edit);
                let edit = StoredValue::new(row.edit);
                // The server keeps it for those who are responsible now: written again it would be kept twice.
                let elsewhere = row.reason == RejectReason::NotYourArea;
                let act = move |again: bool| {
                    let (store, sync) = (tablet.store(), tablet.sync());
                    leptos::task::spawn_local(async move {
                        let edit = edit.get_value();
                        let done = match again {
                            true => store.enter_again(&edit).await,
                            false => store.dismiss_rejected(&edit).await,
                        };
                        problem.set(done.err().map(|error| faults::not_saved(&error)));
                        sync.soon();
                    });
                };
                view! {
                    <li class="rejected__row">
                        <EditSaid said />
                        <p>{faults::reject_reason(row.reason)}</p>
                        <p class="button-row">
                            {if elsewhere {
                                view! {
                                    <a class="button" href="/ban-giao">
                                        {handovers::see()}
                                    </a>
                                }
                                    .into_any()
                            } else {
                                view! {
                                    <button class="button" on:click=move |_| act(true)>
                                        {say::write_again()}
                                    </button>
                                }
                                    .into_any()
                            }}
                            <button class="button" on:click=move |_| act(false)>
                                {say::drop_from_list()}
                            </button>
                        </p>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || rejected.with(|rejected| !rejected.is_empty())>
            <section class="form-section" aria-labelledby="rejected-title">
                <h2 id="rejected-title" class="form-section__title">
                    {say::not_taken()}
                </h2>
                <p class="field__hint">
                    {say::not_taken_note()}
                </p>
                <ul class="rejected">{rows}</ul>
                <p class="field__error" role="alert">
                    {move || problem.get()}
                </p>
            </section>
        </Show>
    }
}

/// Edits that wait to be sent, oldest first.
#[component]
pub fn Outbox() -> impl IntoView {
    let tablet = Tablet::here();
    let edits = RwSignal::new(Vec::<Edit>::new());
    let outbox = {
        let replica = tablet.store().replica();
        Memo::new(move |_| replica.with(|replica| replica.outbox()))
    };
    Effect::new(move |_| {
        outbox.get();
        let store = tablet.store();
        leptos::task::spawn_local(async move {
            // A failure leaves the older list; the count above is right all the same.
            if let Ok(waiting) = store.waiting_edits().await {
                edits.try_set(waiting);
            }
        });
    });
    let rows = move || {
        edits.with(|edits| {
            let listed = edits.iter().take(LISTED);
            let said = listed.map(|edit| describe(&tablet.store(), tablet.season, edit));
            said.map(|said| view! { <li class="waiting__row"><EditSaid said /></li> })
                .collect_view()
        })
    };
    let more = move || {
        let more = edits.with(Vec::len).saturating_sub(LISTED);
        (more > 0).then(|| say::and_more(more))
    };
    view! {
        <Show when=move || edits.with(|edits| !edits.is_empty())>
            <section class="form-section" aria-labelledby="waiting-title">
                <h2 id="waiting-title" class="form-section__title">
                    {say::to_be_sent()}
                </h2>
                <p class="field__hint">
                    {say::to_be_sent_note()}
                </p>
                <ol class="waiting">{rows}</ol>
                <p>{more}</p>
            </section>
        </Show>
    }
}

/// An edit in words.
#[component]
pub fn EditSaid(said: EditWords) -> impl IntoView {
    let values = said.values.into_iter().map(|(name, value)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    view! {
        <p class="edit-said__head">
            <strong>{said.title}</strong>
            " · "
            {said.about}
            " · "
            <span class="edit-said__when">{said.when}</span>
        </p>
        <dl class="edit-said">{values.collect_view()}</dl>
    }
}
