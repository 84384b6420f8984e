//! What communes write in their books, read together.

use crate::store::{Database, StoreError};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use thidua_domain::api::{LineCount, LineView};
use thidua_domain::area::{Area, AreaCode};
use thidua_domain::book::{Book, FieldKind, FieldSpec, FixedLine, Lines};
use thidua_domain::date::Date;
use thidua_domain::place;
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::sync::hub::Rules;
use thidua_domain::sync::state::RecordState;
use thidua_domain::text;

/// Records read at a time.
const STEP: usize = 1_000;
/// Most records of one kind that are looked through: 500 lines for each commune of the province.
const MOST: usize = 100_000;

/// The field that says what a line is about, where people add lines.
pub const NAME: &str = "name";

/// Why a book could not be read.
#[derive(Debug, thiserror::Error)]
pub enum BooksError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It has more lines than this, which are all that are looked through.
    #[error("the book has more than {0} lines")]
    TooLong(usize),
}

/// A line with its place in the book.
pub struct Line {
    /// The line of every commune that it is.
    pub id: Option<String>,
    /// The commune's place in the catalogue, and the line's in the book.
    pub place: (usize, usize),
    /// What it says.
    pub view: LineView,
}

impl Line {
    /// The value of a field.
    pub fn value(&self, field: &str) -> Value {
        self.view.values.get(field).cloned().unwrap_or(Value::Null)
    }

    /// What it answers to what the book asks first.
    pub fn answer(&self, book: &Book) -> Option<bool> {
        book.answer(|field| self.value(field))
    }

    /// Whether folded words stand anywhere in it.
    pub fn says(&self, book: &Book, wanted: &str) -> bool {
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
///
/// # Errors
/// If the database fails, or there are more records of the kind than are looked through.
pub async fn written<D: Database>(
    db: &D,
    rules: Rules,
    book: &Book,
    communes: &[&Area],
) -> Result<Vec<Line>, BooksError> {
    let period = rules.season.period;
    let places = communes.iter().map(|area| &area.code).zip(0..);
    let places: HashMap<&AreaCode, usize> = places.collect();
    let fixed = communes.iter().flat_map(|area| {
        let lines = book.fixed(&area.code, period).into_iter();
        lines.zip(0..)
    });
    let fixed: HashMap<RecordKey, (FixedLine, usize)> = fixed
        .map(|(line, place)| (line.key.clone(), (line, place)))
        .collect();
    let moved = moved(db).await?;
    let mut lines = Vec::new();
    let mut after: Option<RecordKey> = None;
    for _ in 0..MOST / STEP {
        let kind = book.kind.clone();
        let records = db.records_of_kind(kind, after, STEP).await?;
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
    Err(BooksError::TooLong(MOST))
}

/// Where subjects have gone that moved.
async fn moved<D: Database>(db: &D) -> Result<HashMap<SubjectId, AreaCode>, BooksError> {
    let mut moved = HashMap::new();
    let mut after: Option<RecordKey> = None;
    loop {
        let kind = place::KIND.to_owned();
        let records = db.records_of_kind(kind, after, STEP).await?;
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
pub fn counts(rules: Rules, book: &Book, communes: &[&Area], lines: &[Line]) -> Vec<LineCount> {
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
                match line.answer(book) {
                    Some(true) => yes += 1,
                    Some(false) => no += 1,
                    None => {}
                }
                let number = counted.and_then(|field| line.value(&field.name).as_int());
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

/// The communes that say nothing of a line that each of them has, in the catalogue's order; none where the line is
/// not such a one.
pub fn silent(
    rules: Rules,
    book: &Book,
    line: &str,
    communes: &[&Area],
    lines: &[Line],
) -> Vec<AreaCode> {
    let known = communes.first().is_some_and(|first| {
        let fixed = book.fixed(&first.code, rules.season.period);
        fixed.iter().any(|it| it.id == line)
    });
    if !known {
        return Vec::new();
    }
    let own = lines.iter().filter(|it| it.id.as_deref() == Some(line));
    let spoken = own.filter(|it| it.answer(book).is_some());
    let spoken: BTreeSet<_> = spoken.map(|it| &it.view.commune).collect();
    let communes = communes.iter().map(|area| &area.code);
    communes
        .filter(|code| !spoken.contains(code))
        .cloned()
        .collect()
}

/// A value as people read it in a file.
pub fn words(field: &FieldSpec, value: &Value) -> String {
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
