//! How much of the feeds goes into one answer.

use super::words::decode;
use super::{FeedQuery, StoreResult};
use thidua_domain::area::AreaCode;
use thidua_domain::sync::edit::Edit;
use thidua_domain::sync::hub::View;
use thidua_domain::sync::wire::{Cursor, Page};

/// Most rows of feeds looked at for one answer: bounds what a device's own edits, which are passed
/// over, can cost.
const MAX_SCANNED: usize = 50_000;

/// What is left of a query's limits.
pub(crate) struct Budget {
    edits: usize,
    bytes: usize,
    scanned: usize,
    /// Whether no edit has been taken yet: the first one is, however large.
    untouched: bool,
}

impl Budget {
    /// The limits of a query.
    pub(crate) fn of(query: &FeedQuery) -> Self {
        Self {
            edits: query.max_edits,
            bytes: query.max_bytes,
            scanned: MAX_SCANNED,
            untouched: true,
        }
    }

    /// Whether there is room for a row; `length` is that of its edit, unless it is passed over.
    fn take(&mut self, length: Option<usize>) -> bool {
        let fits =
            length.is_none_or(|length| self.edits > 0 && (length <= self.bytes || self.untouched));
        if self.scanned == 0 || !fits {
            // Whoever comes after in the list waits for the next answer, in order of the list.
            self.scanned = 0;
            return false;
        }
        self.scanned -= 1;
        if let Some(length) = length {
            self.edits -= 1;
            self.bytes = self.bytes.saturating_sub(length);
            self.untouched = false;
        }
        true
    }
}

/// A page of one commune's feed while its rows are read.
pub(crate) struct PageWriter<'a> {
    page: Page,
    view: &'a View,
    budget: &'a mut Budget,
}

impl<'a> PageWriter<'a> {
    /// A page that begins after `start`.
    pub(crate) fn new(
        commune: AreaCode,
        start: Cursor,
        view: &'a View,
        budget: &'a mut Budget,
    ) -> Self {
        let page = Page {
            commune,
            edits: Vec::new(),
            cursor: start,
            more: false,
        };
        Self { page, view, budget }
    }

    /// Takes the next row of the feed: where it stands, and its edit, unless that is passed over. Says
    /// whether there was room for it.
    pub(crate) fn take(&mut self, cursor: Cursor, body: Option<&str>) -> StoreResult<bool> {
        let edit: Option<Edit> = body.map(|body| decode(body, "edit")).transpose()?;
        let edit = edit.filter(|edit| self.view.shows(edit));
        let shown = edit.is_some().then_some(body).flatten();
        if !self.budget.take(shown.map(str::len)) {
            self.page.more = true;
            return Ok(false);
        }
        self.page.edits.extend(edit);
        self.page.cursor = self.view.cursor(cursor);
        Ok(true)
    }

    /// The page.
    pub(crate) fn finish(self) -> Page {
        self.page
    }
}
