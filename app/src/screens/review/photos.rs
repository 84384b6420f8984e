//! Photos as reviewers see them: small ones beside what they belong to, each opening at full size.

use crate::texts::{self, photos as say};
use crate::ui::{Gallery, Icon};
use leptos::prelude::*;
use thidua_domain::photo::PhotoView;

/// Photos under a heading; nothing where there are none.
#[component]
pub fn Photos(photos: Vec<PhotoView>, title: &'static str) -> impl IntoView {
    let count = photos.len();
    (count > 0).then(|| {
        view! {
            <section class="form-section" data-photos=count.to_string()>
                <h2 class="form-section__title">{title}</h2>
                <PhotoStrip photos about=title.to_owned() />
            </section>
        }
    })
}

/// Photos in a row; nothing where there are none.
#[component]
pub fn PhotoStrip(
    photos: Vec<PhotoView>,
    /// What they are of, for who does not see them.
    about: String,
) -> impl IntoView {
    if photos.is_empty() {
        return ().into_any();
    }
    let at = RwSignal::new(None::<usize>);
    let count = photos.len();
    let items = photos
        .iter()
        .enumerate()
        .map(|(place, photo)| {
            let name = name(photo);
            let label = say::open_of(place + 1, count, &about, &name);
            let picture = if photo.stored {
                view! {
                    <img
                        class="photo__thumb"
                        src=address(photo)
                        alt=""
                        loading="lazy"
                        decoding="async"
                        width=photo.width.to_string()
                        height=photo.height.to_string()
                    />
                }
                .into_any()
            } else {
                view! {
                    <span class="photo__thumb photo__thumb--elsewhere">
                        <Icon name="photo" />
                    </span>
                }
                .into_any()
            };
            view! {
                <li class="photo">
                    <button
                        type="button"
                        class="photo__open"
                        aria-label=label
                        on:click=move |_| at.set(Some(place))
                    >
                        {picture}
                    </button>
                    <p class="photo__caption">{name}</p>
                    {(!photo.stored)
                        .then(|| {
                            view! {
                                <p class="photo__state">
                                    <Icon name="clock" />
                                    <span>{say::not_arrived()}</span>
                                </p>
                            }
                        })}
                </li>
            }
        })
        .collect_view();
    let photos = StoredValue::new(photos);
    let picture = Callback::new(move |place: usize| {
        let photo = photos.with_value(|photos| photos.get(place).cloned());
        photo.map_or_else(
            || ().into_any(),
            |photo| view! { <Full photo /> }.into_any(),
        )
    });
    view! {
        <ul class="photos">{items}</ul>
        <Gallery at count=Signal::stored(count) picture />
    }
    .into_any()
}

#[component]
fn Full(photo: PhotoView) -> impl IntoView {
    let name = name(&photo);
    let picture = if photo.stored {
        view! {
            <img
                class="gallery__picture"
                src=address(&photo)
                alt=name.clone()
                width=photo.width.to_string()
                height=photo.height.to_string()
            />
        }
        .into_any()
    } else {
        let said = say::not_arrived_long();
        view! { <p class="gallery__missing">{said}</p> }.into_any()
    };
    view! {
        <figure class="gallery__photo">
            {picture}
            <figcaption class="gallery__when">
                <strong>{name}</strong>
                <span>{say::taken(texts::moment(photo.taken_ms))}</span>
            </figcaption>
        </figure>
    }
}

fn address(photo: &PhotoView) -> String {
    format!("/api/photos/{}", photo.key)
}

/// What a photo is called: its caption, or when it was taken.
fn name(photo: &PhotoView) -> String {
    match photo.caption.as_str() {
        "" => say::unnamed(texts::moment(photo.taken_ms)),
        caption => caption.to_owned(),
    }
}
