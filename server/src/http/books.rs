//! `GET /api/books/BOOK?area=CODE`: what communes record of themselves, read by those above them; with
//! `/csv` the same lines as a file.

use super::AppState;
use super::body::Asked;
use super::csv::{attachment, head, rows};
use super::guard::{self, Signed};
use super::photos;
use super::problem::ApiError;
use super::readings;
use crate::audit::Deed;
use crate::store::Database;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use thidua_domain::access::Action;
use thidua_domain::api::{LineCount, LineView, LinesPage, LinesQuery, MAX_LINES};
use thidua_domain::area::{Area, AreaCode};
use thidua_domain::book::{Book, FieldKind, FieldSpec, FixedLine, Lines};
use thidua_domain::date::Date;
use thidua_domain::photo::Place;
use thidua_domain::place;
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::sync::hub::Rules;
use thidua_domain::sync::state::RecordState;
use thidua_domain::text;

/// Records read at a time.
const STEP: usize = 1_000;
/// Most records of one kind that are looked through: 500 lines for each commune of the province.
const MOST: usize = 100_000;
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
    let asked = || found.book.fields.iter().filter(|field| field.name != NAME);
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
            value.map_or_else(String::new, |value| words(field, value))
        }));
        cells
    })));
    let file = format!("{id}-{}.csv", query.area);
    Ok(attachment(&file, bytes).into_response())
}

/// The field that says what a line is about, where people add lines.
const NAME: &str = "name";

/// The lines of a book that were asked for.
struct Found {
    book: &'static Book,
    communes: Vec<&'static Area>,
    lines: Vec<LineView>,
    counts: Vec<LineCount>,
    wrote: usize,
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
    let mut lines = written(state, book, &communes).await?;
    let about = format!("{id} {}", query.area);
    readings::note(state, signed, Deed::ListRead, &about).await?;
    let wanted = text::fold(&text::clean_line(&query.q));
    let counts = counts(state.rules, book, &communes, &lines);
    let wrote: BTreeSet<_> = lines.iter().map(|line| line.place.0).collect();
    let wrote = wrote.len();
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
    })
}

/// A line with its place in the book.
struct Line {
    /// The line of every commune that it is.
    id: Option<String>,
    /// The commune's place in the catalogue, and the line's in the book.
    place: (usize, usize),
    view: LineView,
}

impl Line {
    /// Whether folded words stand anywhere in it.
    fn says(&self, book: &Book, wanted: &str) -> bool {
        let said = book.fields.iter().filter_map(|field| {
            let value = self.view.values.get(&field.name)?;
            Some(words(field, value))
        });
        std::iter::once(self.view.name.clone())
            .chain(said)
            .any(|said| text::fold(&said).contains(wanted))
    }
}

/// Everything that some communes wrote in a book.
async fn written<D: Database>(
    state: &AppState<D>,
    book: &'static Book,
    communes: &[&'static Area],
) -> Result<Vec<Line>, ApiError> {
    let period = state.rules.season.period;
    let places = communes.iter().map(|area| &area.code).zip(0..);
    let places: HashMap<&AreaCode, usize> = places.collect();
    let fixed = communes.iter().flat_map(|area| {
        let lines = book.fixed(&area.code, period).into_iter();
        lines.zip(0..)
    });
    let fixed: HashMap<RecordKey, (FixedLine, usize)> = fixed
        .map(|(line, place)| (line.key.clone(), (line, place)))
        .collect();
    let moved = moved(state).await?;
    let mut lines = Vec::new();
    let mut after: Option<RecordKey> = None;
    for _ in 0..MOST / STEP {
        let kind = book.kind.clone();
        let records = state.db.records_of_kind(kind, after, STEP).await?;
        let whole = records.len() < STEP;
        after = records.last().map(|(key, _)| key.clone());
        for (key, record) in records {
            let known = fixed.get(&key);
            // A line that every commune has is none under another key: no tablet shows it either.
            let is_line = known.is_some() || book.lines == Lines::Free;
            let lives_in = moved.get(&key.subject()).unwrap_or(&record.commune);
            let Some(commune) = places.get(lives_in) else {
                continue;
            };
            if !is_line || !book.holds(&key, &record, period) {
                continue;
            }
            lines.push(Line {
                id: known.map(|(line, _)| line.id.clone()),
                place: (*commune, known.map_or(0, |(_, place)| *place)),
                view: view(book, key, &record, lives_in, known.map(|(line, _)| line)),
            });
        }
        if whole {
            return Ok(lines);
        }
    }
    Err(ApiError::book_too_long(MOST))
}

/// Where subjects have gone that moved.
async fn moved<D: Database>(state: &AppState<D>) -> Result<HashMap<SubjectId, AreaCode>, ApiError> {
    let mut moved = HashMap::new();
    let mut after: Option<RecordKey> = None;
    loop {
        let kind = place::KIND.to_owned();
        let records = state.db.records_of_kind(kind, after, STEP).await?;
        let whole = records.len() < STEP;
        after = records.last().map(|(key, _)| key.clone());
        let places = records.iter();
        moved.extend(places.filter_map(|(key, state)| Some((key.subject(), place::of(state)?))));
        if whole {
            return Ok(moved);
        }
    }
}

fn view(
    book: &Book,
    key: RecordKey,
    record: &RecordState,
    lives_in: &AreaCode,
    fixed: Option<&FixedLine>,
) -> LineView {
    let entered = || record.text(NAME).unwrap_or_default().to_owned();
    let fields = book.fields.iter();
    let values: BTreeMap<_, _> = fields
        .filter_map(|field| Some((field.name.clone(), record.get(&field.name)?.clone())))
        .collect();
    let times = record
        .fields
        .values()
        .filter_map(|register| register.shown());
    LineView {
        key,
        commune: lives_in.clone(),
        name: fixed.map_or_else(entered, |line| line.name.clone()),
        values,
        photos: Vec::new(),
        changed_ms: times.map(|head| head.time.millis()).max().unwrap_or(0),
    }
}

/// What communes say of each line that all of them have.
fn counts(rules: Rules, book: &Book, communes: &[&Area], lines: &[Line]) -> Vec<LineCount> {
    let Some(first) = communes.first() else {
        return Vec::new();
    };
    let counted = book.counted();
    // Ids and names are the same in all communes.
    book.fixed(&first.code, rules.season.period)
        .into_iter()
        .map(|fixed| {
            let own = lines
                .iter()
                .filter(|line| line.id.as_ref() == Some(&fixed.id));
            let (mut yes, mut no, mut sum) = (0, 0, 0_i64);
            for line in own {
                let value = |name: &str| line.view.values.get(name).cloned().unwrap_or(Value::Null);
                match book.answer(value) {
                    Some(true) => yes += 1,
                    Some(false) => no += 1,
                    None => {}
                }
                let number = counted.and_then(|field| value(&field.name).as_int());
                sum = sum.saturating_add(number.unwrap_or(0));
            }
            LineCount {
                line: fixed.id,
                name: fixed.name,
                yes,
                no,
                silent: communes.len().saturating_sub(yes + no),
                sum: counted.map(|_| sum),
            }
        })
        .collect()
}

/// A value as people read it in a file.
fn words(field: &FieldSpec, value: &Value) -> String {
    let day = || {
        let date = value.as_text().and_then(Date::parse_iso);
        date.map(Date::format_vi)
    };
    let known = match field.kind {
        FieldKind::Day => day(),
        _ => field.words(value).map(str::to_owned),
    };
    known.unwrap_or_else(|| match value {
        Value::Null => String::new(),
        Value::Bool(true) => "Có".to_owned(),
        Value::Bool(false) => "Không".to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Text(text) => text.clone(),
    })
}
