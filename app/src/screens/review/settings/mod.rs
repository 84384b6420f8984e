//! What the province sets for everybody: due dates, reporting terms, criteria.

mod appraisal;
mod areas;
mod days;
mod packs;
mod sending;
mod term;

use super::live::Live;
use super::remote::Remote;
use crate::texts::settings as texts;
use crate::ui::Banner;
use leptos::prelude::*;
use thidua_domain::api::{HistoryItem, SettingView, SettingsView};
use thidua_domain::date::Date;
use thidua_domain::entry::{ContentDigest, content_digest};
use thidua_domain::record::{RecordKey, Value};
use thidua_domain::setting::{self, SettingError, Settings};
use thidua_domain::sync::state::RecordState;

/// What is set, read once for all pages and again when it changes.
#[derive(Clone, Copy)]
pub struct InForce(Remote<SettingsView>);

impl InForce {
    /// Reads it and hands it to the pages below.
    pub fn provide(live: Live) {
        let news = live.news_of_feed(thidua_domain::setting::feed());
        let remote = Remote::<SettingsView>::read(
            || Some("/api/settings".to_owned()),
            move || {
                news.get();
            },
        );
        // Names and kinds of areas are looked up while pages are drawn.
        Effect::new(move |_| {
            if let Some(settings) = Self(remote).read() {
                crate::areas::follow_settings(&settings);
            }
        });
        provide_context(Self(remote));
    }

    /// The one handed to this page.
    pub fn here() -> Self {
        expect_context()
    }

    /// What is set as far as it has been read; before that, what the law says.
    pub fn settings(self) -> Settings {
        self.read().unwrap_or_default()
    }

    fn read(self) -> Option<Settings> {
        let read = |view: &Option<SettingsView>| view.as_ref().map(SettingsView::settings);
        self.0.value.with(read)
    }
}

/// The page.
#[component]
pub fn SettingsScreen() -> impl IntoView {
    let InForce(remote) = InForce::here();
    let saved = RwSignal::new(None::<String>);
    let may_set = Memo::new(move |_| {
        let may = |view: &SettingsView| view.may_set;
        remote.value.with(|view| view.as_ref().is_some_and(may))
    });
    view! {
        <section class="page page--wide" aria-labelledby="settings-title">
            <h1 id="settings-title" class="page__title">{texts::title()}</h1>
            <p class="page__lead">{texts::lead()}</p>
            <Show when=move || saved.with(Option::is_some)>
                <Banner tone="success" icon="check">
                    <p>{move || saved.get()}</p>
                </Banner>
            </Show>
            {remote.notice()}
            <Show when=move || remote.value.with(Option::is_some)>
                <days::Days remote may_set saved />
                <appraisal::Appraisals remote may_set saved />
                <term::Terms remote may_set saved />
                <packs::PackVersions remote saved />
                <areas::AreaChanges remote saved />
            </Show>
        </section>
    }
}

/// The digest of what a record says now: what a setting in its place has to name.
fn seen(view: Option<&SettingView>) -> ContentDigest {
    view.map_or_else(
        || content_digest(&RecordState::new(setting::feed())),
        |view| view.digest.clone(),
    )
}

/// The setting of a record, as it was read last.
fn view_of(remote: Remote<SettingsView>, record: &RecordKey) -> Option<SettingView> {
    let find = |all: &SettingsView| all.view(record).cloned();
    remote.value.with(|all| all.as_ref().and_then(find))
}

fn refused(error: SettingError) -> &'static str {
    match error {
        SettingError::PaperMissing => texts::paper_missing(),
        SettingError::Incomplete => texts::incomplete(),
        SettingError::OtherPeriod => texts::other_period(),
        SettingError::OutOfOrder => texts::out_of_order(),
        SettingError::NoRegistration => texts::no_registration(),
        SettingError::OutOfRange => texts::out_of_range(),
        SettingError::Rule(error) => crate::texts::packs::rule(error),
    }
}

/// A day that was typed; none where nothing was.
pub(super) fn typed_day(typed: &str) -> Result<Option<Date>, String> {
    match typed.trim() {
        "" => Ok(None),
        typed => match Date::parse_vi(typed) {
            Some(day) => Ok(Some(day)),
            None => Err(crate::texts::review::no_day(typed)),
        },
    }
}

/// Who set what, newest first.
#[component]
fn History(items: Vec<HistoryItem>) -> impl IntoView {
    let count = items.len();
    let lines = items
        .into_iter()
        .map(|item| {
            let said: Vec<_> = item
                .edit
                .changes
                .iter()
                .map(|change| shown(&change.value))
                .collect();
            let head = format!(
                "{} · {}",
                crate::texts::moment(item.received_ms),
                item.edit.author
            );
            view! {
                <li class="timeline__item">
                    <span class="table__note">{head}</span>
                    {said.join("; ")}
                </li>
            }
        })
        .collect_view();
    (count > 0).then(|| {
        view! {
            <details class="history">
                <summary class="history__summary">{texts::history(count)}</summary>
                <ol class="timeline">{lines}</ol>
            </details>
        }
    })
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => Date::parse_iso(text).map_or_else(|| text.clone(), crate::texts::day),
        Value::Bool(first) => crate::texts::desks::way(*first).to_owned(),
        _ => texts::empty().to_owned(),
    }
}

/// What a form says when it could not save.
#[component]
fn Problem(problem: RwSignal<Option<String>>) -> impl IntoView {
    move || {
        problem.get().map(|problem| {
            view! {
                <Banner tone="danger" icon="warning">
                    <p role="alert">{texts::not_saved(problem)}</p>
                </Banner>
            }
        })
    }
}
