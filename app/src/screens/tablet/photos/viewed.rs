//! One photo at full size: from this tablet, or fetched where another one took it.

use super::said;
use crate::platform::picture::PictureUrl;
use crate::store::{Change, StoreError};
use crate::sync::transport::{self, TransportError};
use crate::tablet::Tablet;
use crate::texts::photos as texts;
use crate::ui::{Icon, TextField};
use leptos::prelude::*;
use thidua_domain::photo::{self, MAX_CAPTION_CHARS, Photo, field};

/// What is shown of it.
enum Shown {
    Fetching,
    Here(PictureUrl),
    NotHere(String),
}

/// Why it is not shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotShown {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Transport(#[from] TransportError),
}

/// A photo with its caption, and the button that takes it out.
#[component]
pub(super) fn Viewed(
    photo: Photo,
    /// The place that is open in the gallery.
    at: RwSignal<Option<usize>>,
    /// The photo that was taken out last.
    taken_out: RwSignal<Option<Photo>>,
    /// What went wrong.
    problem: RwSignal<Option<String>>,
) -> impl IntoView {
    let tablet = Tablet::here();
    let shown = RwSignal::new_local(Shown::Fetching);
    let key = photo.key.clone();
    leptos::task::spawn_local(async move {
        let found = match bytes(tablet, &key).await {
            Ok(bytes) => PictureUrl::of(&bytes).map(Shown::Here),
            Err(error) => Some(Shown::NotHere(said::not_shown(&error))),
        };
        shown.try_set(found.unwrap_or_else(|| Shown::NotHere(texts::unreadable().to_owned())));
    });
    let key = photo.key.clone();
    let caption = {
        let (store, key) = (StoredValue::new_local(tablet.store()), photo.key.clone());
        Memo::new(move |_| {
            let record = store.with_value(|store| store.record(&key));
            let caption = record.and_then(|it| it.text(field::CAPTION).map(str::to_owned));
            caption.unwrap_or_default()
        })
    };
    let set_caption = move |typed: String| {
        let change = Change::new(key.clone(), [(field::CAPTION, photo::caption(&typed))]);
        leptos::task::spawn_local(async move {
            let saved = tablet.commit(vec![change]).await;
            problem.try_set(saved.err().map(|error| said::not_saved(&error)));
        });
    };
    let alt = said::name(&photo);
    let (width, height) = (photo.width, photo.height);
    let when = said::when(&photo);
    let remove = move |_| {
        let (photo, commune) = (photo.clone(), tablet.commune.get_untracked());
        let store = tablet.store();
        at.set(None);
        leptos::task::spawn_local(async move {
            match store.take_out_photo(&photo, &commune).await {
                Ok(()) => {
                    taken_out.try_set(Some(photo));
                }
                Err(error) => {
                    problem.try_set(Some(said::not_saved(&error)));
                }
            }
            tablet.sync().soon();
        });
    };
    view! {
        <figure class="gallery__photo">
            {move || {
                shown
                    .with(|shown| match shown {
                        Shown::Fetching => {
                            view! {
                                <p class="gallery__missing" role="status">
                                    {texts::opening()}
                                </p>
                            }
                                .into_any()
                        }
                        Shown::Here(url) => {
                            view! {
                                <img
                                    class="gallery__picture"
                                    src=url.as_str().to_owned()
                                    alt=alt.clone()
                                    width=width.to_string()
                                    height=height.to_string()
                                />
                            }
                                .into_any()
                        }
                        Shown::NotHere(why) => {
                            view! {
                                <p class="gallery__missing" role="status">
                                    {why.clone()}
                                </p>
                            }
                                .into_any()
                        }
                    })
            }}
            <figcaption class="gallery__when">{when}</figcaption>
        </figure>
        <TextField
            label=texts::caption()
            value=caption
            on_change=set_caption
            max_length=MAX_CAPTION_CHARS
            hint=texts::caption_hint()
        />
        <div class="dialog__actions">
            <button type="button" class="button button--danger" on:click=remove>
                <Icon name="close" />
                {texts::take_out()}
            </button>
        </div>
    }
}

/// From this tablet, or from the server.
async fn bytes(
    tablet: Tablet,
    key: &thidua_domain::record::RecordKey,
) -> Result<Vec<u8>, NotShown> {
    if let Some(bytes) = tablet.store().photo_bytes(key).await? {
        return Ok(bytes);
    }
    let url = format!("/api/photos/{key}");
    let file = transport::file("GET", &url, None::<&()>).await?;
    Ok(file.bytes)
}
