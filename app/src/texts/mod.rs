//! Every text that people see, in both languages side by side, a file for each group of screens.
//!
//! A text is a function without side effects that is called while a screen is rendered:
//! `texts::home::title()`, `texts::home::short_by(7)`. It answers in the language that is shown now. When
//! that changes, [`InLanguage`] renders again what it surrounds, without reloading the page; what must not
//! begin anew (the session, the open register, sync, drafts) lives outside of it.
//!
//! How to add texts: write them into the file of their subject with [`texts!`](table), each with a name
//! and both languages, and, for a new file, name it in `files!` below. A text without a translation does
//! not compile; `tests.rs` holds the rest: placeholders, forgotten translations, and that no Vietnamese
//! stands in the source outside of this directory.

mod argument;
mod language;
#[macro_use]
mod table;
#[cfg(test)]
mod tests;

pub use argument::Argument;
pub use language::{
    catalogue, date_and_time, day, hundredths, int, language, moment, officially, rate, reason,
    restore, show, shown,
};
#[cfg(test)]
pub use table::Entry;

/// Declares the files of texts, and lists their entries for the tests.
macro_rules! files {
    ($($file:ident),+ $(,)?) => {
        $(pub mod $file;)+

        /// Every entry, with the file it stands in.
        #[cfg(test)]
        pub const FILES: &[(&str, &[&[Entry]])] = &[$((stringify!($file), $file::ENTRIES)),+];
    };
}

files! {
    accounts,
    area_changes,
    area,
    area_entry,
    areas,
    books,
    common,
    commune,
    compare,
    conflicts,
    correction,
    desks,
    courier,
    custody,
    delegations,
    documents,
    entry,
    family,
    faults,
    fields,
    figures,
    find,
    forms,
    frame,
    gate,
    handovers,
    home,
    inspections,
    loss,
    map,
    outliers,
    papers,
    photos,
    province,
    queue,
    reformed,
    review,
    review_books,
    review_entry,
    roster,
    packs,
    settings,
    sheet,
    sign_in,
    stored,
    sync,
    targets,
    trend,
    units,
    urging,
    words,
}
