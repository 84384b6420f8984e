//! Something read from the server: shown while it is refreshed, with words when it cannot be.

use super::live::{Changes, Touched};
use crate::sync::transport::{self, TransportError};
use crate::texts::{faults, review as say};
use crate::ui::Banner;
use leptos::prelude::*;
use serde::de::DeserializeOwned;

/// What was read last, and whether reading it again failed.
pub struct Remote<T: Send + Sync + 'static> {
    /// The last answer.
    pub value: RwSignal<Option<T>>,
    problem: RwSignal<Option<String>>,
    generation: RwSignal<u64>,
}

impl<T: Send + Sync + 'static> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Remote<T> {}

impl<T: DeserializeOwned + Clone + Send + Sync + PartialEq + 'static> Remote<T> {
    fn unread() -> Self {
        Self {
            value: RwSignal::new(None),
            problem: RwSignal::new(None),
            generation: RwSignal::new(0),
        }
    }

    /// Reads `url` now, whenever it changes and whenever `again` does. What is on the screen stays
    /// until the new answer is there.
    pub fn read(url: impl Fn() -> Option<String> + 'static, again: impl Fn() + 'static) -> Self {
        let remote = Self::unread();
        let last_url = StoredValue::new(None::<String>);
        Effect::new(move |_| {
            again();
            let Some(url) = url() else { return };
            if last_url.get_value().as_ref() != Some(&url) {
                remote.value.set(None);
                last_url.set_value(Some(url.clone()));
            }
            remote.fetch(url);
        });
        remote
    }

    /// Reads `url` now, and after each change what has changed, named in the query: `take_in` puts it in the
    /// place of what is held. One question is under way at a time, so that answers are taken in their order.
    pub fn follow(url: String, changes: Changes, take_in: fn(&mut T, T)) -> Self {
        let remote = Self::unread();
        let asking = StoredValue::new(false);
        Effect::new(move |_| {
            changes.track();
            if asking.get_value() {
                return;
            }
            asking.set_value(true);
            let url = url.clone();
            leptos::task::spawn_local(async move {
                remote.keep_up(&url, changes, take_in).await;
                asking.try_set_value(false);
            });
        });
        remote
    }

    /// Reads until nothing new is known of, or an answer fails to come.
    async fn keep_up(self, url: &str, changes: Changes, take_in: fn(&mut T, T)) {
        while let Some(touched) = changes.take().filter(|it| *it != Touched::Nowhere) {
            let listed = touched.listed();
            let asked = match &listed {
                Some(communes) => format!("{url}&touched={communes}"),
                None => url.to_owned(),
            };
            match transport::json::<T>("GET", &asked, None::<&()>).await {
                Ok(newer) => {
                    self.problem.try_set(None);
                    let held = self.value.try_get_untracked().flatten();
                    let whole = match (held.clone(), listed) {
                        (Some(mut held), Some(_)) => {
                            take_in(&mut held, newer);
                            held
                        }
                        _ => newer,
                    };
                    if held.as_ref() != Some(&whole) {
                        self.value.try_set(Some(whole));
                    }
                }
                Err(error) => {
                    changes.add(touched);
                    self.problem.try_set(Some(faults::no_answer(&error)));
                    return;
                }
            }
        }
    }

    fn fetch(self, url: String) {
        // An older answer that arrives late must not replace a newer one.
        let generation = self.generation.get_untracked() + 1;
        self.generation.set(generation);
        leptos::task::spawn_local(async move {
            let answer: Result<T, TransportError> = transport::json("GET", &url, None::<&()>).await;
            if self.generation.try_get_untracked() != Some(generation) {
                return;
            }
            match answer {
                Ok(value) => {
                    self.problem.set(None);
                    if self
                        .value
                        .with_untracked(|old| old.as_ref() != Some(&value))
                    {
                        self.value.set(Some(value));
                    }
                }
                Err(error) => self.problem.set(Some(faults::no_answer(&error))),
            }
        });
    }

    /// Says that nothing is there yet, or what went wrong.
    pub fn notice(self) -> impl IntoView {
        move || match (self.problem.get(), self.value.with(Option::is_some)) {
            (Some(problem), _) => view! {
                <Banner tone="warning" icon="cloud-off">
                    <p role="alert">{problem}</p>
                </Banner>
            }
            .into_any(),
            (None, false) => view! {
                <p class="empty" role="status">
                    {say::loading()}
                </p>
            }
            .into_any(),
            (None, true) => ().into_any(),
        }
    }
}
