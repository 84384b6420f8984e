//! What a person adds to the numbers of a paper.

use crate::texts::{self, documents as say, review};
use leptos::prelude::*;
use thidua_domain::api::{PaperDesk, PaperInput, PaperKind};
use thidua_domain::date::Date;

/// What is typed.
#[derive(Clone, Copy)]
pub struct Sheet {
    pub kind: RwSignal<PaperKind>,
    pub number: RwSignal<String>,
    pub date: RwSignal<String>,
    pub signatory: RwSignal<String>,
    pub summary: RwSignal<String>,
    /// The summary in the program's words.
    drafted: RwSignal<String>,
}

impl Sheet {
    pub fn new() -> Self {
        Self {
            kind: RwSignal::new(PaperKind::Report),
            number: RwSignal::new(String::new()),
            date: RwSignal::new(String::new()),
            signatory: RwSignal::new(String::new()),
            summary: RwSignal::new(String::new()),
            drafted: RwSignal::new(String::new()),
        }
    }

    /// Takes the program's words as the summary, unless a person has written another.
    pub fn begin(self, desk: &PaperDesk) {
        // Untracked: whoever calls this when the desk changes must not be called again by what it sets.
        if !untrack(|| self.is_edited()) {
            self.summary.set(desk.summary.clone());
        }
        self.drafted.set(desk.summary.clone());
    }

    pub fn is_edited(self) -> bool {
        self.summary.get() != self.drafted.get()
    }

    pub fn restore(self) {
        self.summary.set(self.drafted.get_untracked());
    }

    /// What was typed, or what to mend, said in words.
    pub fn read(self) -> Result<PaperInput, String> {
        let number = self.number.get_untracked();
        let number = match number.trim() {
            "" => None,
            typed => {
                let number = texts::language().parse_int(typed).ok();
                let number = number.and_then(|number| u32::try_from(number).ok());
                let number = number.filter(|number| *number > 0);
                Some(number.ok_or_else(|| say::no_paper_number(typed))?)
            }
        };
        let date = self.date.get_untracked();
        let date = match date.trim() {
            "" => None,
            typed => Some(
                Date::parse_vi(typed).ok_or_else(|| review::no_day_example(typed, "20/12/2022"))?,
            ),
        };
        // Untouched, it stays the program's: the server writes it from the figures of that moment.
        let summary = self.summary.get_untracked();
        let edited = summary != self.drafted.get_untracked();
        Ok(PaperInput {
            kind: self.kind.get_untracked(),
            number,
            date,
            signatory: self.signatory.get_untracked(),
            summary: if edited { summary } else { String::new() },
        })
    }
}
