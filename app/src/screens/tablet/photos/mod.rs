//! Photos of a record: taken or chosen, looked at, described, taken out.

mod adding;
pub(super) mod said;
mod viewed;
mod waiting;

use super::entry_form::OpenEntry;
use crate::platform::picture::PictureUrl;
use crate::store::PhotoRow;
use crate::tablet::Tablet;
use crate::texts::{common, photos as texts};
use crate::ui::{Gallery, Icon};
use adding::AddPhotos;
use leptos::prelude::*;
use thidua_domain::photo::{MAX_IN_ALBUM, Photo, Place};
use thidua_domain::record::RecordKey;
use viewed::Viewed;
pub(super) use waiting::PhotosWaiting;

/// The photos of a place, with the buttons that add more.
#[component]
pub(super) fn Album(
    /// Where they belong.
    place: Place,
    /// Heading.
    title: &'static str,
    /// What is to be on them.
    #[prop(optional)]
    lead: Option<&'static str>,
) -> impl IntoView {
    let tablet = Tablet::here();
    let photos = Memo::new(move |_| {
        let store = tablet.store();
        let records = store.records();
        place.photos(&records)
    });
    let count = Memo::new(move |_| photos.with(Vec::len));
    let at = RwSignal::new(None::<usize>);
    let taken_out = RwSignal::new(None::<Photo>);
    let problem = RwSignal::new(None::<String>);
    let keys = move || {
        photos.with(|photos| {
            photos
                .iter()
                .map(|photo| photo.key.clone())
                .collect::<Vec<_>>()
        })
    };
    let view_of = move |key: &RecordKey| {
        photos.with_untracked(|photos| photos.iter().position(|photo| photo.key == *key))
    };
    let picture = Callback::new(move |place: usize| {
        // Not followed: a caption that is saved must not build the dialog anew under the person's hands.
        let photo = photos.with_untracked(|photos| photos.get(place).cloned());
        match photo {
            Some(photo) => view! { <Viewed photo at taken_out problem /> }.into_any(),
            None => ().into_any(),
        }
    });
    let put_back = move |_| {
        if let Some(photo) = taken_out.get_untracked() {
            let (store, commune) = (tablet.store(), tablet.commune.get_untracked());
            leptos::task::spawn_local(async move {
                let done = store.put_back_photo(&photo, &commune).await;
                problem.try_set(done.err().map(|error| said::not_saved(&error)));
                taken_out.try_set(None);
                tablet.sync().soon();
            });
        }
    };
    let room = Signal::derive(move || MAX_IN_ALBUM.saturating_sub(count.get()));
    view! {
        <section class="album" aria-label=title>
            <div class="album__head">
                <h2 class="form-section__title">{title}</h2>
                <p class="album__count">
                    {move || {
                        let count = count.get();
                        (count > 0).then(|| texts::count_of(count, MAX_IN_ALBUM))
                    }}
                </p>
            </div>
            {lead.map(|lead| view! { <p class="form-section__lead">{lead}</p> })}
            <ul class="photos" hidden=move || count.get() == 0>
                <For each=keys key=Clone::clone let:key>
                    <Thumb key_=key.clone() photos on_open=move || at.set(view_of(&key)) />
                </For>
            </ul>
            <Show when=move || taken_out.with(Option::is_some)>
                <p class="album__undo" role="status">
                    {texts::taken_out()}
                    <button type="button" class="button" on:click=put_back>
                        <Icon name="return" />
                        {common::undo()}
                    </button>
                </p>
            </Show>
            <AddPhotos place room problem />
            <p class="field__error" role="alert">
                {move || problem.get()}
            </p>
            <Gallery at count picture />
        </section>
    }
}

/// The photos of what an entry rests on.
#[component]
pub(super) fn Evidence(entry: OpenEntry) -> impl IntoView {
    let place = Place::evidence(&entry.key())?;
    Some(view! {
        <div class="form-section">
            <Album
                place
                title=texts::evidence()
                lead=texts::evidence_lead()
            />
        </div>
    })
}

/// A small picture that opens the photo; how far the photo has come stands below it.
#[component]
fn Thumb(key_: RecordKey, photos: Memo<Vec<Photo>>, on_open: impl Fn() + 'static) -> impl IntoView {
    let tablet = Tablet::here();
    let rows = tablet.store().photos();
    let phase = tablet.photos().phase();
    let key = StoredValue::new(key_.clone());
    let row = Memo::new(move |_| rows.with(|rows| key.with_value(|key| rows.get(key).copied())));
    let caption = Memo::new(move |_| {
        photos.with(|photos| {
            let photo = photos
                .iter()
                .find(|photo| key.with_value(|key| photo.key == *key));
            photo.map(said::name).unwrap_or_default()
        })
    });
    let state = move || {
        let phase = phase.get();
        key.with_value(|key| said::state(row.get().map(|row: PhotoRow| row.stage), key, &phase))
    };
    let label = move || texts::open(caption.get());
    view! {
        <li class="photo">
            <button type="button" class="photo__open" aria-label=label on:click=move |_| on_open()>
                <ThumbPicture key_ />
            </button>
            <p class="photo__caption">{move || caption.get()}</p>
            <p class="photo__state">
                {move || {
                    let (icon, said) = state();
                    view! {
                        <Icon name=icon />
                        <span>{said}</span>
                    }
                }}
            </p>
        </li>
    }
}

/// The small picture, or a sign where it is not on this tablet. It says nothing that stands beside it.
#[component]
pub(super) fn ThumbPicture(key_: RecordKey) -> impl IntoView {
    let store = Tablet::here().store();
    let url = RwSignal::new_local(None::<PictureUrl>);
    leptos::task::spawn_local(async move {
        if let Ok(Some(bytes)) = store.photo_thumb(&key_).await {
            url.try_set(PictureUrl::of(&bytes));
        }
    });
    move || {
        url.with(|url| match url {
            Some(url) => view! {
                <img class="photo__thumb" src=url.as_str().to_owned() alt="" />
            }
            .into_any(),
            None => view! {
                <span class="photo__thumb photo__thumb--elsewhere">
                    <Icon name="photo" />
                </span>
            }
            .into_any(),
        })
    }
}
