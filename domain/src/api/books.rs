//! The communes' books as reviewers read them.

use crate::area::AreaCode;
use crate::photo::PhotoView;
use crate::record::{RecordKey, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most lines on a page.
pub const MAX_LINES: usize = 100;

/// Query of `GET /api/books/{book}`: lines of a book in an area's communes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinesQuery {
    /// The area.
    pub area: AreaCode,
    /// Only lines in which these words stand, tone marks or not.
    #[serde(default)]
    pub q: String,
    /// Only this one of the lines that every commune has.
    #[serde(default)]
    pub line: String,
    /// How many lines come before the page.
    #[serde(default)]
    pub after: usize,
}

/// A page of a book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinesPage {
    /// How many lines there are on all pages.
    pub total: usize,
    /// The lines, by commune in the catalogue's order.
    pub lines: Vec<LineView>,
    /// Of the whole area, whatever is searched: each line that every commune has.
    pub counts: Vec<LineCount>,
    /// Communes that say nothing of the line that was asked for, in the catalogue's order; nothing where none
    /// was, or people add the lines themselves.
    #[serde(default)]
    pub silent: Vec<AreaCode>,
    /// Communes of the area that wrote anything in this book.
    pub wrote: usize,
    /// Communes of the area.
    pub communes: usize,
}

/// A line of a book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineView {
    /// Its record.
    pub key: RecordKey,
    /// The commune that wrote it.
    pub commune: AreaCode,
    /// What it is about.
    pub name: String,
    /// Its fields, as far as the book asks for them.
    pub values: BTreeMap<String, Value>,
    /// When it was changed last, by the writer's clock.
    pub changed_ms: u64,
    /// Its photos, where the book has any.
    #[serde(default)]
    pub photos: Vec<PhotoView>,
}

/// What the communes say of a line that each of them has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineCount {
    /// Its short name.
    pub line: String,
    /// What it is about.
    pub name: String,
    /// Communes that say yes, or wrote what is asked.
    pub yes: usize,
    /// Communes that say no.
    pub no: usize,
    /// Communes that say nothing: neither yes nor no.
    pub silent: usize,
    /// The numbers in the line added up, where the book asks for one.
    pub sum: Option<i64>,
}
