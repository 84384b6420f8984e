//! Something read from the server: shown while it is refreshed, with words when it cannot be.

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
    /// Reads `url` now, whenever it changes and whenever `again` does. What is on the screen stays
    /// until the new answer is there.
    pub fn read(url: impl Fn() -> Option<String> + 'static, again: impl Fn() + 'static) -> Self {
        let remote = Self {
            value: RwSignal::new(None),
            problem: RwSignal::new(None),
            generation: RwSignal::new(0),
        };
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
