//! Delivering bundles for commune officers: a reviewer is online, so each goes to the server at once.

use crate::sync::courier;
use crate::texts::courier as t;
use crate::ui::Banner;
use crate::ui::courier::{TakeIn, ToBringBack};
use leptos::prelude::*;
use leptos::task::spawn_local;
use thidua_domain::courier::Bundle;

/// A bundle that was delivered here; kept until the page is left.
#[derive(Clone)]
struct Delivered {
    account: String,
    made_ms: u64,
    reply: Vec<u8>,
}

/// The page.
#[component]
pub fn CourierScreen() -> impl IntoView {
    let delivered = RwSignal::new(Vec::<Delivered>::new());
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let on_bytes = Callback::new(move |bytes: Vec<u8>| {
        problem.set(None);
        let bundle = match Bundle::read(&bytes) {
            Ok(bundle) => bundle,
            Err(error) => return problem.set(Some(t::refused(error).to_owned())),
        };
        busy.set(true);
        spawn_local(async move {
            let outcome = courier::deliver(&bytes).await;
            // The page may have been left meanwhile.
            busy.try_set(false);
            match outcome {
                Ok(reply) => {
                    let done = Delivered {
                        account: bundle.account,
                        made_ms: bundle.made_ms,
                        reply,
                    };
                    delivered.try_update(|all| all.insert(0, done));
                }
                Err(why) => {
                    problem.try_set(Some(why.words()));
                }
            }
        });
    });
    let on_problem = Callback::new(move |why: String| problem.set(Some(why)));
    let rows = move || {
        delivered
            .get()
            .into_iter()
            .map(|done| {
                let name = courier::file_name("bien-nhan", &done.account, done.made_ms);
                view! {
                    <li class="parcel" data-parcel="delivered">
                        <p class="parcel__what">{t::parcel_of(&done.account)}</p>
                        <p>{t::parcel_sent()}</p>
                        <ToBringBack name reply=done.reply />
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <section class="page" aria-labelledby="courier-title">
            <h1 id="courier-title" class="page__title">
                {t::review_title()}
            </h1>
            <p class="page__lead">{t::review_lead()}</p>
            <TakeIn on_bytes on_problem />
            <p role="status">{move || busy.get().then(t::delivering)}</p>
            {move || {
                problem
                    .get()
                    .map(|words| {
                        view! {
                            <div data-taken="danger">
                                <Banner tone="danger" icon="warning">
                                    <p>{words}</p>
                                </Banner>
                            </div>
                        }
                    })
            }}
            <ul class="parcels">{rows}</ul>
        </section>
    }
}
