//! The language that is shown now, and numbers and dates in it.

use crate::platform;
use leptos::prelude::*;
use std::cell::Cell;
use std::sync::LazyLock;
use thidua_domain::criteria::{Pack, Reason};
use thidua_domain::date::Date;
use thidua_domain::english;
use thidua_domain::quantity::Hundredths;
use thidua_domain::text::Language;

/// Where the browser keeps the setting. It is the browser's and not the account's: whoever picks up the
/// tablet reads the sign-in screen first.
const KEY: &str = "so-thi-dua.language";

static SHOWN: LazyLock<ArcRwSignal<Language>> =
    LazyLock::new(|| ArcRwSignal::new(Language::default()));

thread_local! {
    /// Whether something is being said that is Vietnamese whatever is shown.
    static OFFICIALLY: Cell<bool> = const { Cell::new(false) };
}

/// The language that texts are read in now. Does not subscribe: who has to follow it is surrounded by
/// `InLanguage`.
pub fn language() -> Language {
    match OFFICIALLY.get() {
        true => Language::Vietnamese,
        false => SHOWN.get_untracked(),
    }
}

/// Says something in Vietnamese whatever is shown: words of a printed paper, and keys made of words.
pub fn officially<T>(say: impl FnOnce() -> T) -> T {
    let outer = OFFICIALLY.replace(true);
    let said = say();
    OFFICIALLY.set(outer);
    said
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

/// A text of the catalogues (the directive, criteria, books) in the shown language. What is no such text, a
/// person's own words for instance, is shown as it is.
pub fn catalogue(text: &str) -> &str {
    match language() {
        Language::Vietnamese => text,
        Language::English => english::of(text).unwrap_or(text),
    }
}

/// A reason of the rules, as a sentence.
pub fn reason(reason: &Reason, pack: &Pack) -> String {
    match language() {
        Language::Vietnamese => reason.vi(pack),
        Language::English => reason.english(pack),
    }
}

/// A moment as people write it: time for today, date and time otherwise.
pub fn moment(millis: u64) -> String {
    let date = js_sys::Date::new(&(millis as f64).into());
    if day_of(&date) == day_of(&js_sys::Date::new_0()) {
        time_of(&date)
    } else {
        date_and_time(millis)
    }
}

/// A moment for paper, which is read on other days too: always with its date.
pub fn date_and_time(millis: u64) -> String {
    let date = js_sys::Date::new(&(millis as f64).into());
    let time = time_of(&date);
    match day_of(&date) {
        Some(written) => format!("{time} {}", day(written)),
        None => time,
    }
}

fn time_of(date: &js_sys::Date) -> String {
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

fn day_of(date: &js_sys::Date) -> Option<Date> {
    let part = |number: u32| u8::try_from(number).ok();
    let year = u16::try_from(date.get_full_year()).ok()?;
    Date::new(year, part(date.get_month() + 1)?, part(date.get_date())?)
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
