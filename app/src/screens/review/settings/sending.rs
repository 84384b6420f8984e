//! How a form's setting gets to the server, and what the form says meanwhile and afterwards.

use crate::screens::review::remote::Remote;
use crate::sync::transport;
use crate::texts::faults;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use thidua_domain::api::{SettingInput, SettingsView};

/// A form that sends one thing at a time.
#[derive(Clone, Copy)]
pub(super) struct Sending {
    remote: Remote<SettingsView>,
    saved: RwSignal<Option<String>>,
    /// Why the last attempt failed.
    pub(super) problem: RwSignal<Option<String>>,
    /// Whether it is sending.
    pub(super) busy: RwSignal<bool>,
}

impl Sending {
    pub(super) fn new(remote: Remote<SettingsView>, saved: RwSignal<Option<String>>) -> Self {
        Self {
            remote,
            saved,
            problem: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// Sets it; then the page says `words`, and `done` closes the form.
    pub(super) fn set(self, input: SettingInput, words: String, done: impl FnOnce() + 'static) {
        self.post("/api/settings", input, move |_, all| {
            self.remote.value.set(Some(all));
            self.saved.set(Some(words));
            done();
        });
    }

    /// Sends anything else, unless something is on its way, and hands on what was sent and the answer.
    pub(super) fn post<T, A>(self, path: &'static str, input: T, then: impl FnOnce(T, A) + 'static)
    where
        T: Serialize + 'static,
        A: DeserializeOwned + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        leptos::task::spawn_local(async move {
            let answer = transport::json("POST", path, Some(&input)).await;
            self.busy.set(false);
            match answer {
                Ok(answer) => then(input, answer),
                Err(error) => self.problem.set(Some(faults::no_answer(&error))),
            }
        });
    }
}
