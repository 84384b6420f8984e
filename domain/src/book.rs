//! What a commune records of itself beside its entries: own targets, movements joined, exemplary models,
//! activities, reports in words. Which books there are, and what a line of each asks, is data.
//!
//! A line is a record `kind/subject` of the commune's feed with the field `year`. Programs that do not know
//! a kind carry it; a line taken out keeps its record, with `closed` set.

use crate::area::AreaCode;
use crate::catalogue::Directive;
use crate::record::{Period, RecordKey, SubjectId, Value};
use crate::subject;
use crate::sync::state::RecordState;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// The year a line speaks of (number).
pub const YEAR: &str = "year";

/// How a field of a line is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// A line of text.
    Line,
    /// Several lines of text.
    Story,
    /// A whole number.
    Number,
    /// A day (ISO date as text).
    Day,
    /// Yes or no.
    YesNo,
    /// One of [`FieldSpec::choices`] (text).
    Choice,
}

/// What is asked of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldSpec {
    /// Name of the record's field.
    pub name: String,
    /// What people read.
    pub label: String,
    /// How it is filled in.
    pub kind: FieldKind,
    /// Whether the line cannot do without it.
    #[serde(default)]
    pub required: bool,
    /// Help below the field.
    #[serde(default)]
    pub hint: Option<String>,
    /// Words stored, with what people read.
    #[serde(default)]
    pub choices: Vec<(String, String)>,
}

/// Where the lines of a book come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lines {
    /// People add them.
    Free,
    /// One for each movement that the directive names.
    Movements,
    /// One for each of these: short name, and what people read.
    Fixed(Vec<(String, String)>),
}

/// One book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// Short name in addresses.
    pub id: String,
    /// First word of its records' keys.
    pub kind: String,
    /// What people call it.
    pub title: String,
    /// What belongs in it.
    pub lead: String,
    /// What a line is, after "Thêm".
    pub one: String,
    /// The duty of the directive that it answers, if it names one.
    #[serde(default)]
    pub duty: Option<String>,
    /// Where its lines come from.
    pub lines: Lines,
    /// What is asked of each line.
    pub fields: Vec<FieldSpec>,
    /// Whether its lines have photos.
    #[serde(default)]
    pub photos: bool,
}

/// A line that every commune has: its record, and what people read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedLine {
    /// Its short name, the same in every commune.
    pub id: String,
    /// Its record.
    pub key: RecordKey,
    /// What it is about.
    pub name: String,
}

impl Book {
    /// All books, as compiled in.
    pub fn all() -> &'static [Self] {
        static BOOKS: OnceLock<Vec<Book>> = OnceLock::new();
        BOOKS.get_or_init(|| {
            serde_json::from_str(include_str!("../data/commune-books.json"))
                .expect("the catalogue is checked by tests")
        })
    }

    /// The book of an id.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        Self::all().iter().find(|book| book.id == id)
    }

    /// The book that a record is a line of.
    pub fn of(key: &RecordKey) -> Option<&'static Self> {
        let is_line = key.as_str().split('/').count() == 2;
        Self::all()
            .iter()
            .find(|book| is_line && book.kind == key.kind())
    }

    /// The record of a line.
    pub fn key(&self, line: SubjectId) -> RecordKey {
        RecordKey::parse(&format!("{}/{line}", self.kind))
            .expect("kinds are in the alphabet of keys")
    }

    /// The lines that every commune has; none where people add them. Two tablets that fill in the same
    /// one write to one record.
    pub fn fixed(&self, commune: &AreaCode, period: Period) -> Vec<FixedLine> {
        let line = |id: &str, name: &str| {
            let subject = SubjectId::derived(&format!("{}:{commune}:{period}:{id}", self.kind));
            FixedLine {
                id: id.to_owned(),
                key: self.key(subject),
                name: name.to_owned(),
            }
        };
        match &self.lines {
            Lines::Free => Vec::new(),
            Lines::Movements => {
                let movements = Directive::embedded().movements.iter();
                movements.map(|it| line(&it.id, &it.name)).collect()
            }
            Lines::Fixed(lines) => lines.iter().map(|(id, name)| line(id, name)).collect(),
        }
    }

    /// Whether a record that is new may be of a commune: the lines that every commune has are each commune's own, in the
    /// year they name. Otherwise who writes another's first would keep it from writing its own.
    pub fn may_begin(key: &RecordKey, year: Option<i64>, commune: &AreaCode) -> bool {
        let Some(book) = Self::of(key).filter(|book| book.lines != Lines::Free) else {
            return true;
        };
        let year = year.and_then(|year| u16::try_from(year).ok());
        year.is_some_and(|year| {
            let lines = book.fixed(commune, Period(year));
            lines.iter().any(|line| line.key == *key)
        })
    }

    /// Whether a record is a line of this book that is in force in the year.
    pub fn holds(&self, key: &RecordKey, record: &RecordState, period: Period) -> bool {
        Self::of(key) == Some(self)
            && subject::is_open(record)
            && record.int(YEAR) == Some(i64::from(period.0))
    }

    /// What a line answers to what the book asks first: yes or no, or yes once the text is there.
    pub fn answer(&self, value: impl Fn(&str) -> Value) -> Option<bool> {
        let first = self.fields.iter().find(|field| field.required)?;
        match (first.kind, value(&first.name)) {
            (_, Value::Null) => None,
            (FieldKind::YesNo, said) => said.as_bool(),
            (_, _) => Some(true),
        }
    }

    /// The number that is added up over the communes.
    pub fn counted(&self) -> Option<&FieldSpec> {
        let mut fields = self.fields.iter();
        fields.find(|field| field.kind == FieldKind::Number)
    }

    /// What a line still needs before it says anything.
    pub fn missing<'a>(
        &'a self,
        value: impl Fn(&str) -> Value + 'a,
    ) -> impl Iterator<Item = &'a FieldSpec> {
        self.fields
            .iter()
            .filter(move |field| field.required && value(&field.name) == Value::Null)
    }
}

impl FieldSpec {
    /// A value of this field in words.
    pub fn words(&self, value: &Value) -> Option<&str> {
        let word = value.as_text()?;
        let choice = self.choices.iter().find(|(stored, _)| stored == word);
        choice.map(|(_, label)| label.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::FieldName;
    use std::collections::BTreeSet;

    #[test]
    fn the_books_are_well_formed() {
        let directive = Directive::embedded();
        let mut kinds = BTreeSet::new();
        for book in Book::all() {
            assert!(kinds.insert(&book.kind), "{}", book.kind);
            let key = book.key(SubjectId(7));
            assert_eq!(Book::of(&key), Some(book));
            assert_eq!(Book::by_id(&book.id), Some(book));
            assert!(key.entry_parts().is_none());
            if let Some(duty) = &book.duty {
                assert!(directive.duties.iter().any(|it| it.id == *duty), "{duty}");
            }
            let mut names = BTreeSet::from([YEAR, subject::field::CLOSED]);
            for field in &book.fields {
                assert!(FieldName::parse(&field.name).is_ok(), "{}", field.name);
                assert!(names.insert(&field.name), "{} {}", book.id, field.name);
                let chooses = field.kind == FieldKind::Choice;
                assert_eq!(chooses, !field.choices.is_empty(), "{}", field.name);
                for text in [&field.label, &book.title, &book.lead] {
                    assert_eq!(crate::text::clean_line(text), *text);
                }
            }
            assert!(
                book.fields.iter().any(|field| field.required),
                "{}",
                book.id
            );
        }
    }

    #[test]
    fn lines_that_every_commune_has_are_named_alike_on_every_tablet() {
        let [one, other] = ["03751", "03718"].map(|code| AreaCode::parse(code).unwrap());
        let movements = Book::by_id("phong-trao").unwrap();
        let lines = movements.fixed(&one, Period(2022));
        assert_eq!(lines.len(), Directive::embedded().movements.len());
        assert_eq!(lines, movements.fixed(&one, Period(2022)));
        for (year, commune, expected) in [
            (Some(2022), &one, true),
            (Some(2023), &one, false),
            (None, &one, false),
            (Some(2022), &other, false),
        ] {
            let found = Book::may_begin(&lines[0].key, year, commune);
            assert_eq!(found, expected, "{year:?} {commune}");
        }
        let free = Book::by_id("hoat-dong").unwrap().key(SubjectId(7));
        assert!(Book::may_begin(&free, None, &other));
        let keys = |commune, year| -> BTreeSet<RecordKey> {
            let lines = movements.fixed(commune, Period(year)).into_iter();
            lines.map(|line| line.key).collect()
        };
        assert!(keys(&one, 2022).is_disjoint(&keys(&other, 2022)));
        assert!(keys(&one, 2022).is_disjoint(&keys(&one, 2023)));
        assert_eq!(
            Book::by_id("bao-cao")
                .unwrap()
                .fixed(&one, Period(2022))
                .len(),
            4
        );
        assert!(
            Book::by_id("hoat-dong")
                .unwrap()
                .fixed(&one, Period(2022))
                .is_empty()
        );
    }
}
