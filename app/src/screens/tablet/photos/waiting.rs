//! Photos that the server does not have, and when they are sent.

use super::{ThumbPicture, said};
use crate::model::changes::Names;
use crate::photos::Phase;
use crate::platform::connection;
use crate::store::{PhotoRow, Stage};
use crate::tablet::Tablet;
use crate::texts::photos as texts;
use crate::ui::{CheckField, Icon};
use leptos::prelude::*;
use thidua_domain::photo::{self, Photo, Place, place_of};
use thidua_domain::record::RecordKey;

/// A photo on the list.
#[derive(Clone, PartialEq)]
struct Row {
    key: RecordKey,
    place: Place,
    row: PhotoRow,
    /// Whether it is in the register: somebody else may have taken it out.
    open: bool,
}

/// The part of the sync page that speaks of photos; nothing while there are none.
#[component]
pub(in crate::screens::tablet) fn PhotosWaiting() -> impl IntoView {
    let tablet = Tablet::here();
    let photos = StoredValue::new_local(tablet.photos());
    let (phase, wifi_only) = photos.with_value(|photos| (photos.phase(), photos.wifi_only()));
    let rows = tablet.store().photos();
    let listed = Memo::new(move |_| {
        let store = tablet.store();
        let waiting = rows.with(|rows| {
            let waiting = rows.iter().filter(|(_, row)| said::waits(row.stage));
            waiting
                .map(|(key, row)| (key.clone(), *row))
                .collect::<Vec<_>>()
        });
        let mut listed: Vec<Row> = waiting
            .into_iter()
            .filter_map(|(key, row)| {
                let record = store.record(&key)?;
                Some(Row {
                    place: place_of(&key)?,
                    open: Photo::read(&key, &record).is_some(),
                    key,
                    row,
                })
            })
            .collect();
        listed.sort_by_key(|row| row.row.added_ms);
        listed
    });
    let any = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    let count = Memo::new(move |_| listed.with(Vec::len));
    let bytes = move || {
        listed.with(|listed| {
            listed
                .iter()
                .map(|row| u64::from(row.row.bytes))
                .sum::<u64>()
        })
    };
    let said = move || match count.get() {
        0 => texts::all_sent().to_owned(),
        count => texts::waiting(count, said::size(bytes())),
    };
    let doing = move || said::phase(&phase.get(), count.get(), connection::link());
    let sending = move || matches!(phase.get(), Phase::Sending { .. });
    let progress = move || match phase.get() {
        Phase::Sending { held, size, .. } => Some(view! {
            <progress
                class="upload-progress"
                aria-label=texts::in_progress()
                max=size.to_string()
                value=held.to_string()
            ></progress>
        }),
        _ => None,
    };
    view! {
        <Show when=move || any.get()>
            <section class="form-section" aria-labelledby="photos-title">
                <h2 id="photos-title" class="form-section__title">{texts::title()}</h2>
                <p data-fact="photos" data-waiting=move || count.get().to_string()>
                    <strong>{said}</strong>
                </p>
                <p role="status">{doing}</p>
                {progress}
                <CheckField
                    label=texts::wifi_only()
                    value=wifi_only
                    on_change=move |only| photos.with_value(|photos| photos.set_wifi_only(only))
                />
                <p class="field__hint">
                    {move || said::wifi_hint(wifi_only.get(), connection::link())}
                </p>
                <div class="button-row">
                    <button
                        type="button"
                        class="button"
                        disabled=move || count.get() == 0 || sending()
                        on:click=move |_| photos.with_value(|photos| photos.send_now())
                    >
                        <Icon name="send" />
                        {texts::send_now()}
                    </button>
                    <Show when=sending>
                        <button
                            type="button"
                            class="button"
                            on:click=move |_| photos.with_value(|photos| photos.stop())
                        >
                            <Icon name="close" />
                            {texts::stop()}
                        </button>
                    </Show>
                </div>
                <ul class="photo-rows">
                    <For
                        each=move || listed.get()
                        key=|row| (row.key.clone(), row.open)
                        let:row
                    >
                        <WaitingPhoto row />
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn WaitingPhoto(row: Row) -> impl IntoView {
    let tablet = Tablet::here();
    let store = tablet.store();
    let names = Names::new(&store, tablet.season);
    let title = names.photo_title(&row.place);
    let href = names.place(&row.key);
    let album = said::album(row.place.album);
    let size = said::size(u64::from(row.row.bytes));
    let phase = tablet.photos().phase();
    let rows = store.photos();
    let key = StoredValue::new(row.key.clone());
    let stage = Memo::new(move |_| {
        rows.with(|rows| key.with_value(|key| rows.get(key).map(|row| row.stage)))
    });
    let open = row.open;
    let state = move || {
        let phase = phase.get();
        match open {
            true => key.with_value(|key| said::state(stage.get(), key, &phase)),
            false => ("warning", texts::taken_out_elsewhere().to_owned()),
        }
    };
    let problem = RwSignal::new(None::<String>);
    let try_again = move |_| tablet.photos().try_again(key.get_value());
    // Both are its owner's to decide.
    let decide = move |back: bool| {
        let store = tablet.store();
        let commune = tablet.commune.get_untracked();
        leptos::task::spawn_local(async move {
            let key = key.get_value();
            let done = match back {
                true => {
                    let change = crate::store::Change::new(key, [photo::put_back()]);
                    store.save(&commune, vec![change]).await
                }
                false => {
                    let out = Stage::TakenOut { sent: false };
                    store.note_photos(vec![(key, out)]).await
                }
            };
            problem.try_set(done.err().map(|error| said::not_saved(&error)));
            tablet.sync().soon();
        });
    };
    let refused = move || matches!(stage.get(), Some(Stage::Refused(_)));
    view! {
        <li class="photo-row">
            <span class="photo-row__thumb">
                <ThumbPicture key_=row.key />
            </span>
            <div class="photo-row__said">
                <p>
                    <a href=href>{title}</a>
                    " · "
                    {album}
                    " · "
                    {size}
                </p>
                <p class="photo__state">
                    {move || {
                        let (icon, said) = state();
                        view! {
                            <Icon name=icon />
                            <span>{said}</span>
                        }
                    }}
                </p>
                <div class="button-row">
                    <Show when=move || refused() && open>
                        <button type="button" class="button" on:click=try_again>
                            <Icon name="sync" />
                            {texts::try_again()}
                        </button>
                    </Show>
                    <Show when=move || !open>
                        <button type="button" class="button" on:click=move |_| decide(true)>
                            {texts::put_back()}
                        </button>
                        <button type="button" class="button" on:click=move |_| decide(false)>
                            {texts::let_go()}
                        </button>
                    </Show>
                </div>
                <p class="field__error" role="alert">
                    {move || problem.get()}
                </p>
            </div>
        </li>
    }
}
