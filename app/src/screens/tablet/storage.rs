//! How much room there is on this device, how safely it keeps what is entered, and what to do.

use super::photos::said;
use super::sync_page::photos_waiting;
use crate::app::Worker;
use crate::model::room::{Room, Tightness};
use crate::platform::persistence::{self, Persistence};
use crate::store::Stage;
use crate::tablet::Tablet;
use crate::texts::{self, common, sync as say};
use crate::ui::{Banner, Icon};
use leptos::prelude::*;

/// Measures the room at the start, after each sync and every so many edits.
pub fn watch_room(tablet: Tablet) {
    let sync = tablet.sync();
    let (completed, replica) = (sync.completed(), tablet.store().replica());
    let edits = Memo::new(move |_| replica.with(|replica| replica.last_seq / MEASURED_EVERY));
    Effect::new(move |_| {
        completed.track();
        edits.track();
        measure(tablet);
    });
}

const MEASURED_EVERY: u32 = 25;

fn measure(tablet: Tablet) {
    leptos::task::spawn_local(async move {
        if let Some((used, quota)) = persistence::room().await {
            tablet.room.try_set(Some(Room { used, quota }));
        }
    });
}

/// Says well before the end that room is running out, on every screen.
#[component]
pub fn RoomWarning() -> impl IntoView {
    let tablet = Tablet::here();
    let tight = Memo::new(move |_| {
        let room = tablet.room.get()?;
        (room.tightness() > Tightness::Ample).then(|| (room.tightness(), room.left_megabytes()))
    });
    move || {
        tight.get().map(|(tightness, left)| {
            let (tone, said) = match tightness {
                Tightness::NearlyFull => ("danger", say::room_almost_gone(left)),
                _ => ("warning", say::room_low(left)),
            };
            view! {
                <div class="frame-notice room-warning">
                    <Banner tone icon="warning">
                        <p>{said}</p>
                        <a class="button" href="/bo-nho">
                            {say::see_what_to_do()}
                        </a>
                    </Banner>
                </div>
            }
        })
    }
}

/// The storage page.
#[component]
pub fn StorageScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let worker = expect_context::<Worker>();
    let replica = tablet.store().replica();
    measure(tablet);
    let kept = move || match tablet.persistence.get() {
        None => say::asking_browser(),
        Some(Persistence::Granted) => say::persistence_granted(),
        Some(Persistence::Denied) => say::persistence_denied(),
        Some(Persistence::Unsupported) => say::persistence_unsupported(),
    };
    let ask = move |_| {
        leptos::task::spawn_local(async move {
            tablet.persistence.set(Some(persistence::ask().await));
        });
    };
    let used = move || {
        tablet.room.get().map(|room| {
            let said = say::room_used(
                room.used_megabytes(),
                room.quota_megabytes(),
                room.left_megabytes(),
            );
            view! {
                <p data-fact="room">
                    <strong>{said}</strong>
                </p>
                <meter
                    class="room-meter"
                    aria-label=say::room_label()
                    min="0"
                    max="100"
                    value=room.percent().to_string()
                ></meter>
            }
        })
    };
    let records = move || texts::int(tablet.store().records().len() as i64);
    let waiting = move || {
        let waiting = replica.with(|replica| replica.waiting());
        match (waiting, photos_waiting(tablet)) {
            (0, 0) => say::all_on_server().to_owned(),
            (0, photos) => texts::photos::only_here(photos),
            (count, 0) => say::only_here(count),
            (count, photos) => {
                texts::photos::changes_and_photos_here(count, texts::photos::left(photos))
            }
        }
    };
    view! {
        <section class="page" aria-labelledby="storage-title">
            <nav class="breadcrumb" aria-label=common::trail()>
                <a href="/dong-bo">{common::sync()}</a>
            </nav>
            <h1 id="storage-title" class="page__title">{say::storage()}</h1>
            {used}
            <dl class="facts facts--wide">
                <div>
                    <dt>{say::keep_data()}</dt>
                    <dd data-fact="persistence">{kept}</dd>
                </div>
                <div>
                    <dt>{say::open_offline()}</dt>
                    <dd data-fact="offline-ready">
                        {move || {
                            if worker.ready.get() { say::ready() } else { say::not_ready() }
                        }}
                    </dd>
                </div>
                <div>
                    <dt>{say::on_this_only()}</dt>
                    <dd>{waiting}</dd>
                </div>
                <div>
                    <dt>{say::records_held()}</dt>
                    <dd>{records}</dd>
                </div>
                <div>
                    <dt>{say::device_code()}</dt>
                    <dd>{move || replica.with(|r| r.device.to_string())}</dd>
                </div>
            </dl>
            <Show when=move || tablet.persistence.get() == Some(Persistence::Denied)>
                <button type="button" class="button" on:click=ask>
                    <Icon name="lock" />
                    {say::ask_to_keep()}
                </button>
            </Show>
            <SentPhotos />
            <section class="form-section" aria-labelledby="storage-advice">
                <h2 id="storage-advice" class="form-section__title">
                    {say::when_full()}
                </h2>
                <ol class="advice">
                    <li>{say::when_full_sync()}</li>
                    <li>
                        {say::when_full_clean()}
                    </li>
                    <li>
                        {say::when_full_never()}
                    </li>
                    <li>
                        {say::when_full_paper()}
                    </li>
                </ol>
            </section>
        </section>
    }
}

/// What photos take that the server has too, and letting go of them here.
#[component]
fn SentPhotos() -> impl IntoView {
    let tablet = Tablet::here();
    let photos = tablet.store().photos();
    let sent = Memo::new(move |_| {
        photos.with(|photos| {
            let sent = photos
                .values()
                .filter(|row| row.stage == Stage::Sent && row.here);
            sent.fold((0_usize, 0_u64), |(count, bytes), row| {
                (count + 1, bytes + u64::from(row.bytes))
            })
        })
    });
    let problem = RwSignal::new(None::<String>);
    let let_go = move |_| {
        let store = tablet.store();
        leptos::task::spawn_local(async move {
            let done = store.drop_sent_photos().await;
            problem.try_set(done.err().map(|error| said::not_saved(&error)));
            measure(tablet);
        });
    };
    let said = move || {
        let (count, bytes) = sent.get();
        texts::photos::copies_lead(count, said::size(bytes))
    };
    view! {
        <Show when=move || { sent.get().0 > 0 }>
            <section class="form-section" aria-labelledby="sent-photos">
                <h2 id="sent-photos" class="form-section__title">{texts::photos::copies()}</h2>
                <p data-fact="sent-photos">{said}</p>
                <button type="button" class="button" on:click=let_go>
                    <Icon name="close" />
                    {texts::photos::drop_copies()}
                </button>
                <p class="field__error" role="alert">
                    {move || problem.get()}
                </p>
            </section>
        </Show>
    }
}
