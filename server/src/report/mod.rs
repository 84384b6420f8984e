//! The consolidated report (báo cáo tổng hợp) of a province, district or commune.
//!
//! [`collect`] reads kept counts and reported figures into a [`Report`], which holds every sentence and
//! number that is printed; [`docx`] and [`xlsx`] only lay it out. Layout: Decree 30/2020/NĐ-CP.

mod collect;
mod docx;
mod issuer;
mod xlsx;

pub use collect::collect;

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;
use thidua_domain::date::Date;

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Word.
    Docx,
    /// Excel.
    Xlsx,
}

impl Format {
    /// The media type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        })
    }
}

impl FromStr for Format {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "docx" => Ok(Self::Docx),
            "xlsx" => Ok(Self::Xlsx),
            _ => Err("định dạng là docx hoặc xlsx / the format is docx or xlsx"),
        }
    }
}

/// The day it is in Vietnam, seven hours ahead of UTC all year.
pub fn today(now_ms: u64) -> Date {
    let days = (now_ms / 1000 + 7 * 3600) / 86_400;
    let date = i64::try_from(days).ok().and_then(Date::from_epoch_days);
    date.unwrap_or_else(|| Date::last_of_year(9999))
}

/// What makes a draft a final report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Number within the year.
    pub number: u32,
    /// Day of issue.
    pub date: Date,
    /// Who signs.
    pub signatory: String,
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
    /// Areas from which little or nothing has come.
    pub late: Vec<String>,
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

/// An area below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartLine {
    /// Its name.
    pub name: String,
    /// A result for each of the columns.
    pub results: Vec<String>,
}

impl Report {
    /// SHA-256 over everything the report says, as JSON: 64 hexadecimal digits. The same report has the
    /// same digest in every format.
    pub fn digest(&self) -> String {
        let bytes = serde_json::to_vec(self).expect("a report is plain data");
        let hash = Sha256::digest(&bytes);
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Lays it out.
    pub fn render(&self, format: Format) -> Result<Vec<u8>, RenderError> {
        match format {
            Format::Docx => docx::render(self),
            Format::Xlsx => xlsx::render(self),
        }
    }
}

/// A file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The Word file.
    #[error("docx: {0}")]
    Docx(String),
    /// The Excel file.
    #[error("xlsx: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}

#[cfg(test)]
mod tests;
