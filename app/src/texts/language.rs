//! The language that is shown now, and numbers and dates in it.

use crate::platform;
use leptos::prelude::*;
use std::sync::LazyLock;
use thidua_domain::date::Date;
use thidua_domain::quantity::Hundredths;
use thidua_domain::text::Language;

/// Where the browser keeps the setting. It is the browser's and not the account's: whoever picks up the
/// tablet reads the sign-in screen first.
const KEY: &str = "so-thi-dua.language";

static SHOWN: LazyLock<ArcRwSignal<Language>> =
    LazyLock::new(|| ArcRwSignal::new(Language::default()));

/// The language that texts are read in now. Does not subscribe: who has to follow it is surrounded by
/// `InLanguage`.
pub fn language() -> Language {
    SHOWN.get_untracked()
}

/// The same, followed.
pub fn shown() -> Language {
    SHOWN.get()
}

/// At the start of the program: the language this browser was left in.
pub fn restore() {
    let kept = platform::local_get(KEY).and_then(|tag| Language::from_tag(&tag));
    apply(kept.unwrap_or_default());
}

/// Shows everything in this language from now on.
pub fn show(language: Language) {
    platform::local_set(KEY, Some(language.tag()));
    apply(language);
}

fn apply(language: Language) {
    let root = platform::window()
        .document()
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("lang", language.tag());
    }
    if SHOWN.get_untracked() != language {
        SHOWN.set(language);
    }
}

/// `4.550` or `4,550`.
pub fn int(number: i64) -> String {
    language().int(number)
}

/// `70,5` or `70.5`.
pub fn hundredths(number: Hundredths) -> String {
    language().hundredths(number)
}

/// `70,5%` or `70.5%`.
pub fn rate(numerator: u64, denominator: u64) -> String {
    language().rate_percent(numerator, denominator)
}

/// `30/01/2022` or `30 Jan 2022`.
pub fn day(date: Date) -> String {
    date.format(language())
}
