//! Courier bundles on the tablet: one's own, what is taken in, and what is carried for others.

use crate::store::{Luggage, Parcel, ParcelState};
use crate::sync::courier::{self, Made, NotMade};
use crate::tablet::Tablet;
use crate::texts::{self, courier as t, faults};
use crate::ui::courier::{Codes, TakeIn, ToBringBack, save};
use crate::ui::{Banner, Icon};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What this officer carries for others, once it is open; nothing where the browser has no room for it.
#[derive(Clone, Copy)]
pub struct Carried(RwSignal<Option<Luggage>, LocalStorage>);

impl Carried {
    /// Opens it, and delivers what waits whenever a sync has shown that there is a connection.
    pub fn provide(tablet: Tablet) {
        let carried = Self(RwSignal::new_local(None));
        provide_context(carried);
        let account = tablet.session().account;
        let cipher = tablet.keys().cipher;
        spawn_local(async move {
            // Without it everything else works.
            if let Ok(luggage) = Luggage::open(&account, cipher).await {
                let _ = carried.0.try_set(Some(luggage));
            }
        });
        let completed = tablet.sync().completed();
        Effect::new(move |_| {
            completed.track();
            if let Some(luggage) = carried.0.get() {
                spawn_local(async move {
                    // What was not delivered waits for the next sync.
                    let _ = courier::deliver_all(&luggage).await;
                });
            }
        });
    }

    /// Whether there is no bundle at all, delivered or not; reading it in a view subscribes to it.
    fn is_empty(self) -> bool {
        let none = |luggage: Luggage| luggage.parcels().with(Vec::is_empty);
        self.0.get().is_none_or(none)
    }

    /// How many bundles wait to be delivered; reading it in a view subscribes to it.
    pub fn waiting(self) -> usize {
        let count = |parcels: &Vec<Parcel>| {
            let waiting = parcels
                .iter()
                .filter(|one| one.state == ParcelState::Waiting);
            waiting.count()
        };
        self.0
            .get()
            .map_or(0, |luggage| luggage.parcels().with(count))
    }
}

/// The page.
#[component]
pub fn CourierScreen() -> impl IntoView {
    view! {
        <section class="page" aria-labelledby="courier-title">
            <h1 id="courier-title" class="page__title">
                {t::title()}
            </h1>
            <p class="page__lead">{t::lead()}</p>
            <Own />
            <Take />
            <CarriedForOthers />
        </section>
    }
}

/// The officer's own bundle.
#[component]
fn Own() -> impl IntoView {
    let tablet = Tablet::here();
    let replica = tablet.store().replica();
    let waiting = move || replica.with(|replica| replica.waiting());
    let no_key = move || replica.with(|replica| replica.trust.is_none());
    let made = RwSignal::new(None::<Made>);
    let problem = RwSignal::new(None::<String>);
    let saved = RwSignal::new(None::<String>);
    let showing = RwSignal::new(false);
    // What was entered or delivered since is not what is in the bundle.
    let counted = Memo::new(move |_| waiting());
    Effect::new(move |_| {
        counted.track();
        made.set(None);
        showing.set(false);
    });
    let with_bundle = move |then: fn(RwSignal<bool>, RwSignal<Option<String>>, &Made)| {
        if let Some(made) = made.get_untracked() {
            return then(showing, saved, &made);
        }
        spawn_local(async move {
            match courier::make(&tablet.store()).await {
                Ok(fresh) => {
                    then(showing, saved, &fresh);
                    made.set(Some(fresh));
                    problem.set(None);
                }
                Err(why) => problem.set(Some(not_made(&why))),
            }
        });
    };
    let to_file = move |_| {
        with_bundle(|_, saved, made| {
            save(&made.name, &made.bytes);
            saved.set(Some(t::saved(&made.name)));
        });
    };
    let to_codes = move |_| {
        if showing.get_untracked() {
            return showing.set(false);
        }
        with_bundle(|showing, _, _| showing.set(true));
    };
    let codes = move || {
        made.get().filter(|_| showing.get()).map(|made| {
            view! {
                <p>{t::made_at(texts::moment(made.at_ms), made.edits)}</p>
                <Codes bytes=made.bytes />
            }
        })
    };
    view! {
        <section class="form-section" aria-labelledby="own-title">
            <h2 id="own-title" class="form-section__title">
                {t::own_title()}
            </h2>
            <Show
                when=move || waiting() != 0
                fallback=|| view! { <p>{t::own_nothing()}</p> }
            >
                <p>{move || t::own_waiting(waiting())}</p>
                <Show when=move || !no_key() fallback=|| view! { <p>{t::own_no_key()}</p> }>
                    <div class="button-row">
                        <button type="button" class="button button--primary" on:click=to_file>
                            <Icon name="download" />
                            {t::save_file()}
                        </button>
                        <button
                            type="button"
                            class="button"
                            aria-expanded=move || showing.get().to_string()
                            on:click=to_codes
                        >
                            <Icon name="qr" />
                            {move || if showing.get() { t::hide_codes() } else { t::show_codes() }}
                        </button>
                    </div>
                </Show>
                <p role="status">{move || saved.get()}</p>
                {codes}
            </Show>
            <p class="field__error" role="alert">
                {move || problem.get()}
            </p>
        </section>
    }
}

fn not_made(why: &NotMade) -> String {
    match why {
        NotMade::NoKey => t::own_no_key().to_owned(),
        NotMade::Nothing => t::own_nothing().to_owned(),
        NotMade::TooLarge => t::too_large().to_owned(),
        NotMade::Store(error) => faults::not_saved(error),
    }
}

/// Taking in bundles of others and replies of one's own.
#[component]
fn Take() -> impl IntoView {
    let tablet = Tablet::here();
    let carried = expect_context::<Carried>();
    let said = RwSignal::new(None::<Result<String, String>>);
    let on_bytes = Callback::new(move |bytes: Vec<u8>| {
        spawn_local(async move {
            let Some(luggage) = carried.0.get_untracked() else {
                return said.set(Some(Err(t::not_stored().to_owned())));
            };
            let outcome = courier::take(&tablet.store(), &luggage, bytes).await;
            let taken = outcome.is_ok();
            let _ = said.try_set(Some(outcome));
            if taken {
                // A connection, if there is one, delivers it; the next sync does otherwise.
                let _ = courier::deliver_all(&luggage).await;
            }
        });
    });
    let on_problem = Callback::new(move |why: String| said.set(Some(Err(why))));
    view! {
        <section class="form-section" aria-labelledby="take-title">
            <h2 id="take-title" class="form-section__title">
                {t::take_title()}
            </h2>
            <p>{t::take_lead()}</p>
            <TakeIn on_bytes on_problem />
            {move || said.get().map(|said| view! { <Said said /> })}
        </section>
    }
}

/// What became of what was taken in.
#[component]
fn Said(said: Result<String, String>) -> impl IntoView {
    let (tone, icon, words) = match said {
        Ok(words) => ("success", "check", words),
        Err(words) => ("danger", "warning", words),
    };
    view! {
        <div data-taken=tone>
            <Banner tone icon>
                <p>{words}</p>
            </Banner>
        </div>
    }
}

/// What is carried for others.
#[component]
fn CarriedForOthers() -> impl IntoView {
    let carried = expect_context::<Carried>();
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let deliver = move |_| {
        let Some(luggage) = carried.0.get_untracked() else {
            return;
        };
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let outcome = courier::deliver_all(&luggage).await;
            let _ = busy.try_set(false);
            let _ = problem.try_set(outcome.err().map(|error| faults::no_answer(&error)));
        });
    };
    let parcels = move || {
        let luggage = carried.0.get()?;
        let parcels = luggage.parcels().get();
        (!parcels.is_empty()).then(|| {
            let rows = parcels
                .into_iter()
                .rev()
                .map(|parcel| view! { <ParcelRow luggage=luggage.clone() parcel /> })
                .collect_view();
            view! { <ul class="parcels">{rows}</ul> }
        })
    };
    view! {
        <section
            class="form-section"
            aria-labelledby="luggage-title"
            data-carried=move || carried.waiting().to_string()
        >
            <h2 id="luggage-title" class="form-section__title">
                {t::luggage_title()}
            </h2>
            <p>
                {move || match (carried.waiting(), carried.is_empty()) {
                    (0, true) => t::luggage_empty().to_owned(),
                    (0, false) => t::luggage_delivered().to_owned(),
                    (count, _) => t::luggage_count(count),
                }}
            </p>
            <p class="field__hint">{t::luggage_lead()}</p>
            <Show when=move || carried.waiting() != 0>
                <div class="button-row">
                    <button
                        type="button"
                        class="button"
                        disabled=move || busy.get()
                        on:click=deliver
                    >
                        <Icon name="send" />
                        {move || if busy.get() { t::delivering() } else { t::deliver() }}
                    </button>
                </div>
            </Show>
            <p class="field__error" role="alert">
                {move || problem.get()}
            </p>
            {parcels}
        </section>
    }
}

#[component]
fn ParcelRow(luggage: Luggage, parcel: Parcel) -> impl IntoView {
    let id = StoredValue::new(parcel.id.clone());
    let luggage = StoredValue::new_local(luggage);
    let remove = move |_| {
        let (luggage, id) = (luggage.get_value(), id.get_value());
        spawn_local(async move {
            // A failure leaves it in the list.
            let _ = luggage.remove(&id).await;
        });
    };
    let (state, words) = match &parcel.state {
        ParcelState::Waiting => ("waiting", t::parcel_waiting().to_owned()),
        ParcelState::Delivered(_) => ("delivered", t::parcel_sent().to_owned()),
        ParcelState::Refused(why) => ("refused", why.clone()),
    };
    let receipt = match parcel.state {
        ParcelState::Delivered(reply) => Some(reply.0),
        _ => None,
    };
    let done = state != "waiting";
    let name = courier::file_name("bien-nhan", &parcel.account, parcel.made_ms);
    view! {
        <li class="parcel" data-parcel=state>
            <p class="parcel__head">
                <span class="parcel__what">{t::parcel_of(&parcel.account)}</span>
                <span>{t::made_at(texts::moment(parcel.made_ms), parcel.edits)}</span>
            </p>
            <p>{words}</p>
            {receipt.map(|reply| view! { <ToBringBack name reply /> })}
            {done
                .then(|| {
                    view! {
                        <div class="button-row">
                            <button type="button" class="button button--quiet" on:click=remove>
                                {t::remove()}
                            </button>
                        </div>
                    }
                })}
        </li>
    }
}
