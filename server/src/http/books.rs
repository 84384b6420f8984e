//! `GET /api/books/BOOK?area=CODE`: what communes record of themselves, read by those above them; with
//! `/csv` the same lines as a file.

use super::body::Asked;
use super::csv::{attachment, head, rows};
use super::guard::{self, Signed};
use super::photos;
use super::problem::ApiError;
use super::readings;
use super::{AppState, State};
use crate::audit::Deed;
use crate::books::{self, BooksError};
use crate::store::Database;
use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use std::collections::BTreeSet;
use thidua_domain::access::Action;
use thidua_domain::api::{LineCount, LineView, LinesPage, LinesQuery, MAX_LINES};
use thidua_domain::area::{Area, AreaCode};
use thidua_domain::book::Book;
use thidua_domain::photo::Place;
use thidua_domain::text;

/// Longest words searched for, in bytes.
const MAX_WORDS: usize = 200;

/// Shows a page of a book.
pub(super) async fn lines<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Path(id): Path<String>,
    Asked(query): Asked<LinesQuery>,
) -> Result<Json<LinesPage>, ApiError> {
    let found = read(&state, &signed, &id, &query).await?;
    let page = found.lines.iter().skip(query.after).take(MAX_LINES);
    let mut lines: Vec<LineView> = page.cloned().collect();
    for line in &mut lines {
        let place = Place::of_line(found.book, &line.key, state.rules.season.period);
        if let Some(place) = place {
            line.photos = photos::views_at(&state, place).await?;
        }
    }
    Ok(Json(LinesPage {
        total: found.lines.len(),
        lines,
        counts: found.counts,
        wrote: found.wrote,
        communes: found.communes.len(),
        silent: found.silent,
    }))
}

/// Answers with the lines as CSV.
pub(super) async fn table<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
    Path(id): Path<String>,
    Asked(query): Asked<LinesQuery>,
) -> Result<Response, ApiError> {
    let found = read(&state, &signed, &id, &query).await?;
    let asked = || {
        found
            .book
            .fields
            .iter()
            .filter(|field| field.name != books::NAME)
    };
    let fixed = ["Mã", "Xã, phường, thị trấn", "Nội dung"].into_iter();
    let titles: Vec<_> = fixed.chain(asked().map(|it| it.label.as_str())).collect();
    let mut bytes = head(&titles);
    bytes.extend(rows(found.lines.iter().map(|line| {
        let area = found.communes.iter().find(|it| it.code == line.commune);
        let mut cells = vec![
            line.commune.to_string(),
            area.map_or_else(String::new, |area| area.name.clone()),
            line.name.clone(),
        ];
        cells.extend(asked().map(|field| {
            let value = line.values.get(&field.name);
            value.map_or_else(String::new, |value| books::words(field, value))
        }));
        cells
    })));
    let file = format!("{id}-{}.csv", query.area);
    Ok(attachment(&file, bytes).into_response())
}

/// The lines of a book that were asked for.
struct Found {
    book: &'static Book,
    communes: Vec<&'static Area>,
    lines: Vec<LineView>,
    counts: Vec<LineCount>,
    wrote: usize,
    silent: Vec<AreaCode>,
}

async fn read<D: Database>(
    state: &AppState<D>,
    signed: &Signed,
    id: &str,
    query: &LinesQuery,
) -> Result<Found, ApiError> {
    let rules = state.rules;
    let book = Book::by_id(id).ok_or_else(ApiError::not_found)?;
    guard::check(rules, &signed.principal, Action::Read, &query.area)?;
    if query.q.len() > MAX_WORDS {
        return Err(ApiError::malformed());
    }
    let communes = rules.tree.communes_under(&query.area, rules.season.date);
    let mut lines = books::written(&state.db, rules, book, &communes).await?;
    let about = format!("{id} {}", query.area);
    readings::note(state, signed, Deed::ListRead, &about).await?;
    let wanted = text::fold(&text::clean_line(&query.q));
    let counts = books::counts(rules, book, &communes, &lines);
    let wrote: BTreeSet<_> = lines.iter().map(|line| line.place.0).collect();
    let wrote = wrote.len();
    let silent = books::silent(rules, book, &query.line, &communes, &lines);
    lines.retain(|line| {
        (query.line.is_empty() || line.id.as_deref() == Some(&query.line))
            && (wanted.is_empty() || line.says(book, &wanted))
    });
    lines.sort_by_cached_key(|line| (line.place, text::collation_key(&line.view.name)));
    Ok(Found {
        book,
        communes,
        lines: lines.into_iter().map(|line| line.view).collect(),
        counts,
        wrote,
        silent,
    })
}

impl From<BooksError> for ApiError {
    fn from(error: BooksError) -> Self {
        match error {
            BooksError::Store(error) => error.into(),
            BooksError::TooLong(most) => Self::book_too_long(most),
        }
    }
}
