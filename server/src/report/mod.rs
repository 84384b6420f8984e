//! The consolidated report (báo cáo tổng hợp) of a province, district or commune.
//!
//! [`collect`] reads kept counts and reported figures into a [`Report`], which holds every sentence and
//! number that is printed; [`recognition`] reads the list of those who earned a title. Either becomes a
//! [`Paper`], which [`docx`], [`pdf`] and [`xlsx`] only lay out. Layout: Decree 30/2020/NĐ-CP.

mod books;
mod charts;
mod collect;
mod compose;
mod docx;
mod inspected;
mod issuer;
mod own;
mod paper;
mod pdf;
mod recognition;
mod xlsx;

pub use collect::collect;
pub use paper::Paper;
pub use recognition::{MAX_LISTED, TITLES, recognition};

use crate::books::BooksError;
use crate::store::{Database, StoreError};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;
use thidua_domain::api::PaperKind;
use thidua_domain::area::Area;
use thidua_domain::date::Date;
use thidua_domain::sync::hub::Rules;

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Word.
    Docx,
    /// PDF.
    Pdf,
    /// Excel.
    Xlsx,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Docx, Self::Pdf, Self::Xlsx];

    /// The media type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
        })
    }
}

impl FromStr for Format {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "docx" => Ok(Self::Docx),
            "pdf" => Ok(Self::Pdf),
            "xlsx" => Ok(Self::Xlsx),
            _ => Err("định dạng là docx, pdf hoặc xlsx / the format is docx, pdf or xlsx"),
        }
    }
}

/// The day it is in Vietnam, seven hours ahead of UTC all year.
pub fn today(now_ms: u64) -> Date {
    Date::in_vietnam(now_ms)
}

/// What a person adds to the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Whether the paper says that it is a draft.
    pub draft: bool,
    /// Number within the year.
    pub number: Option<u32>,
    /// Day of issue.
    pub date: Option<Date>,
    /// Who signs.
    pub signatory: String,
    /// The result in a person's own paragraphs; where there are none, in the program's.
    pub summary: Vec<String>,
}

impl Default for Issue {
    fn default() -> Self {
        Self {
            draft: true,
            number: None,
            date: None,
            signatory: String::new(),
            summary: Vec::new(),
        }
    }
}

impl Issue {
    /// The number, or room to write it into. Below ten it has a zero in front, as numbers of papers do.
    fn number_words(&self) -> String {
        self.number
            .map_or_else(|| "……".to_owned(), |number| format!("{number:02}"))
    }

    /// The day, or room to write it into, in the year of `today`.
    fn day_words(&self, today: Date) -> String {
        self.date.map_or_else(
            || format!("ngày …… tháng …… năm {}", today.year()),
            Date::format_long_vi,
        )
    }
}

/// A report, ready to be laid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The body above the one that reports, where it stands on the letterhead.
    pub superior: Option<String>,
    /// The body that reports.
    pub issuer: String,
    /// Number and symbol.
    pub number: String,
    /// Place and date.
    pub place_and_date: String,
    /// The year.
    pub period: u16,
    /// The day it was issued, or made if it is a draft.
    pub day: Date,
    /// What the report is about.
    pub subject: String,
    /// To whom.
    pub addressee: String,
    /// Whether it is a draft.
    pub draft: bool,
    /// What it rests on and how it was counted.
    pub preamble: Vec<String>,
    /// The result in sentences.
    pub summary: Vec<String>,
    /// One line for each indicator shown at this level, by section.
    pub indicators: Vec<IndicatorLine>,
    /// What the columns of `parts` are.
    pub part_columns: Vec<String>,
    /// One line for each area below.
    pub parts: Vec<PartLine>,
    /// Indicators against their targets.
    pub indicator_chart: Option<paper::Chart>,
    /// The areas below, by one indicator.
    pub part_chart: Option<paper::Chart>,
    /// What the communes wrote in their books.
    pub books: books::Books,
    /// Areas from which little or nothing has come.
    pub late: Vec<LateLine>,
    /// What districts and communes set themselves; a commune has none below it.
    pub own_targets: Option<OwnTargets>,
    /// What inspections came to in the areas below.
    pub inspections: Vec<InspectionLine>,
    /// Post of the signatory.
    pub signatory_post: Vec<String>,
    /// Name of the signatory; empty in a draft.
    pub signatory: String,
    /// Who receives it.
    pub receivers: Vec<String>,
}

/// One indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IndicatorLine {
    /// Section of the directive.
    pub section: String,
    /// Its name.
    pub name: String,
    /// The unit of its figures.
    pub unit: String,
    /// The target.
    pub target: String,
    /// The result.
    pub result: String,
    /// How much of it is reported.
    pub coverage: String,
    /// What the result says of the target.
    pub verdict: String,
}

/// What districts and communes set themselves of the directive's indicators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnTargets {
    /// Whether anybody has set one.
    pub is_set: bool,
    /// Whether districts are added up; in a district it is the district's own that is named.
    pub of_districts: bool,
    /// One for each indicator.
    pub lines: Vec<OwnTargetLine>,
}

/// Inspections in an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InspectionLine {
    /// The area.
    pub name: String,
    /// Announced, done, done with shortcomings; follow-ups put right, not yet, and of these late.
    pub counts: [usize; 6],
}

/// Own targets of one indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnTargetLine {
    /// Its name with the unit.
    pub name: String,
    /// The province's target.
    pub asked: String,
    /// The districts' targets added up, or the district's own.
    pub above: String,
    /// The communes' targets added up.
    pub communes: String,
    /// What the communes' sum says of the figure above it.
    pub verdict: String,
}

/// An area below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartLine {
    /// Its name.
    pub name: String,
    /// A result for each of the columns.
    pub results: Vec<String>,
}

/// A table of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Indicators of the area.
    Indicators,
    /// Areas below.
    Parts,
    /// Communes that are late.
    Late,
}

impl Table {
    /// Reads the word that stands in addresses.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "chi-tieu" => Some(Self::Indicators),
            "dia-ban" => Some(Self::Parts),
            "nop-cham" => Some(Self::Late),
            _ => None,
        }
    }
}

/// Communes of a district that are late.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LateLine {
    /// The district.
    pub district: String,
    /// How many communes it has.
    pub communes: usize,
    /// Communes without a register.
    pub not_begun: Vec<String>,
    /// Communes that have handed in less than half, each with how much; least first.
    pub slow: Vec<String>,
}

impl Report {
    /// SHA-256 over everything the report says, as JSON: 64 hexadecimal digits. The same report has the
    /// same digest in every format.
    pub fn digest(&self) -> String {
        digest(self)
    }

    /// One of its tables: titles and rows.
    pub fn table(&self, table: Table) -> (Vec<String>, Vec<Vec<String>>) {
        compose::table(self, table)
    }

    /// The paper it stands on.
    pub fn paper(&self) -> Paper {
        compose::paper(self)
    }
}

/// Why there is no paper.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A book of the communes could not be read.
    #[error(transparent)]
    Books(#[from] BooksError),
    /// A list would be longer than it may be.
    #[error("more than {MAX_LISTED} names")]
    TooLong,
    /// This is not a title.
    #[error("not a title")]
    NoTitle,
}

/// The paper of this kind of an area, as of `today`.
pub async fn paper<D: Database>(
    db: &D,
    rules: Rules,
    area: &Area,
    kind: PaperKind,
    issue: &Issue,
    today: Date,
) -> Result<Paper, PaperError> {
    match kind.title() {
        None => Ok(collect(db, rules, area, issue, today).await?.paper()),
        Some(title) => recognition(db, rules, area, title, issue, today).await,
    }
}

impl Paper {
    /// Lays it out.
    pub fn render(&self, format: Format) -> Result<Vec<u8>, RenderError> {
        match format {
            Format::Docx => docx::render(self),
            Format::Pdf => pdf::render(self),
            Format::Xlsx => Ok(xlsx::render(self)?),
        }
    }
}

fn digest(content: &impl Serialize) -> String {
    let bytes = serde_json::to_vec(content).expect("it is plain data");
    hex(&Sha256::digest(&bytes))
}

/// SHA-256 of a file, in hexadecimal digits.
pub fn file_digest(file: &[u8]) -> String {
    hex(&Sha256::digest(file))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The Word file.
    #[error("docx: {0}")]
    Docx(String),
    /// The PDF.
    #[error("pdf: {0}")]
    Pdf(String),
    /// The machine has no font to set a PDF in.
    #[error("no font with the metrics of Times New Roman is installed (Debian: fonts-texgyre)")]
    NoFont,
    /// The Excel file.
    #[error("xlsx: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}

#[cfg(test)]
mod tests;
