//! Taking a photo or choosing some.

use super::said;
use crate::platform::picture::{self, PictureError};
use crate::store::StoreError;
use crate::tablet::Tablet;
use crate::texts::photos as texts;
use crate::ui::Icon;
use leptos::ev;
use leptos::prelude::*;
use thidua_domain::photo::jpeg::JpegError;
use thidua_domain::photo::{NewPhoto, Place};
use wasm_bindgen::JsCast as _;
use web_sys::{File, HtmlInputElement};

/// Why a file was not added.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotAdded {
    /// The browser made no photo of it.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// What the browser made is none that the server would take.
    #[error(transparent)]
    Jpeg(#[from] JpegError),
    /// It could not be stored.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of a file.
enum Added {
    /// It is another photo of the place.
    New,
    /// The place has this photo: there is one of it, as there was.
    HereBefore,
}

/// The buttons that add photos to a place. They are the browser's own file fields: one asks for the camera.
#[component]
pub(super) fn AddPhotos(
    place: Place,
    /// How many more there may be.
    #[prop(into)]
    room: Signal<usize>,
    /// What went wrong the last time.
    problem: RwSignal<Option<String>>,
) -> impl IntoView {
    let tablet = Tablet::here();
    let under_way = RwSignal::new(0_usize);
    // Of those chosen last, how many were here before.
    let again = RwSignal::new(0_usize);
    let add = move |event: ev::Event| {
        let Some(input) = event
            .target()
            .and_then(|it| it.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        let files: Vec<File> = input
            .files()
            .map(|files| {
                (0..files.length())
                    .filter_map(|place| files.get(place))
                    .collect()
            })
            .unwrap_or_default();
        // The same file chosen again is a change again.
        input.set_value("");
        let room = room.get_untracked();
        again.set(0);
        problem.set((files.len() > room).then(|| said::no_room(room)));
        let files: Vec<File> = files.into_iter().take(room).collect();
        under_way.update(|count| *count += files.len());
        leptos::task::spawn_local(async move {
            // One after the other: each holds all pixels of a camera in memory.
            for file in files {
                match add_one(tablet, place, &file).await {
                    Ok(Added::New) => {}
                    Ok(Added::HereBefore) => {
                        again.try_update(|count| *count += 1);
                    }
                    Err(error) => {
                        problem.try_set(Some(said::not_added(&error)));
                    }
                }
                under_way.try_update(|count| *count -= 1);
            }
        });
    };
    let full = move || room.get() == 0;
    let busy = move || match (under_way.get(), again.get()) {
        (0, 0) => None,
        (0, again) => Some(texts::here_before(again)),
        (count, _) => Some(texts::adding(count)),
    };
    view! {
        <div class="button-row album__add" data-busy=move || (under_way.get() > 0).then_some("")>
            <label class="button file-button">
                <Icon name="camera" />
                {texts::take()}
                <input
                    type="file"
                    class="file-button__input"
                    accept="image/*"
                    capture="environment"
                    disabled=full
                    on:change=add
                />
            </label>
            <label class="button file-button">
                <Icon name="photo" />
                {texts::choose()}
                <input
                    type="file"
                    class="file-button__input"
                    accept="image/*"
                    multiple=true
                    disabled=full
                    on:change=add
                />
            </label>
            <p class="album__busy" role="status">{busy}</p>
        </div>
    }
}

async fn add_one(tablet: Tablet, place: Place, file: &File) -> Result<Added, NotAdded> {
    let picture = picture::shrunk(file).await?;
    let new = NewPhoto::of(place, &picture.bytes, picture.taken_ms)?;
    let (store, key) = (tablet.store(), new.key());
    let there = untrack(|| place.photos(&store.records()));
    if there.iter().any(|photo| photo.key == key) {
        return Ok(Added::HereBefore);
    }
    let commune = tablet.commune.get_untracked();
    store.add_photo(&commune, &new, picture).await?;
    tablet.sync().soon();
    Ok(Added::New)
}
