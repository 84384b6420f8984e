//! Papers: reports and lists of recognition, as drafts and as they were issued.

use crate::area::AreaCode;
use crate::catalogue::Assessment;
use crate::date::Date;
use serde::{Deserialize, Serialize};

/// What kind of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PaperKind {
    /// The consolidated report.
    #[serde(rename = "bao-cao")]
    Report,
    /// Those recognised as Gia đình văn hóa.
    #[serde(rename = "gia-dinh-van-hoa")]
    CulturalFamilies,
    /// Residential areas "An toàn về an ninh, trật tự".
    #[serde(rename = "khu-dan-cu-an-toan")]
    SafeResidentialAreas,
    /// Residential areas recognised as Khu dân cư văn hóa.
    #[serde(rename = "khu-dan-cu-van-hoa")]
    CulturalResidentialAreas,
    /// Units "An toàn về an ninh, trật tự".
    #[serde(rename = "don-vi-an-toan")]
    SafeUnits,
    /// Communes that are new rural areas.
    #[serde(rename = "nong-thon-moi")]
    NewRuralCommunes,
}

impl PaperKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Report,
        Self::CulturalFamilies,
        Self::SafeResidentialAreas,
        Self::CulturalResidentialAreas,
        Self::SafeUnits,
        Self::NewRuralCommunes,
    ];

    /// The title of which it is a list; `None` for the report.
    pub fn title(self) -> Option<Assessment> {
        match self {
            Self::Report => None,
            Self::CulturalFamilies => Some(Assessment::CulturalFamily),
            Self::SafeResidentialAreas => Some(Assessment::SafeResidentialArea),
            Self::CulturalResidentialAreas => Some(Assessment::CulturalResidentialArea),
            Self::SafeUnits => Some(Assessment::SafeUnit),
            Self::NewRuralCommunes => Some(Assessment::NewRuralCommune),
        }
    }

    /// The word stored and sent.
    pub fn as_str(self) -> &'static str {
        self.title().map_or("bao-cao", Assessment::as_str)
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Longest summary that a person writes, in characters.
pub const MAX_SUMMARY_CHARS: usize = 8_000;
/// Longest name of a signatory, in characters.
pub const MAX_SIGNATORY_CHARS: usize = 100;
/// Most papers that one list of issued papers names.
pub const MAX_ISSUED: usize = 200;

/// Body of `POST /api/reports/AREA/draft/FORMAT` and `POST /api/reports/AREA/final`: what a person adds
/// to the numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperInput {
    /// What kind of paper.
    pub kind: PaperKind,
    /// Number within the year; a draft may lack it.
    pub number: Option<u32>,
    /// Day of issue; a draft may lack it.
    pub date: Option<Date>,
    /// Who signs; a draft may lack it.
    #[serde(default)]
    pub signatory: String,
    /// The result in a person's words, a paragraph to the line; empty: in the program's.
    #[serde(default)]
    pub summary: String,
}

/// Answer of `GET /api/reports/AREA`: what to begin a paper with, and those issued before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperDesk {
    /// The area.
    pub area: AreaCode,
    /// The result in the program's words, a paragraph to the line.
    pub summary: String,
    /// Whether the account may issue papers of this area.
    pub may_issue: bool,
    /// Papers issued, the newest first, at most [`MAX_ISSUED`].
    pub issued: Vec<IssuedPaper>,
}

/// A paper as it was issued. It stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedPaper {
    /// What it is asked for by.
    pub id: u64,
    /// Its area.
    pub area: AreaCode,
    /// What kind of paper.
    pub kind: PaperKind,
    /// Number within the year.
    pub number: u32,
    /// Day of issue.
    pub date: Date,
    /// Who signs.
    pub signatory: String,
    /// SHA-256 of what it says; it is printed on every page.
    pub digest: String,
    /// Its files.
    pub files: Vec<IssuedFile>,
    /// The account that issued it.
    pub account: String,
    /// When, in milliseconds since 1970.
    pub issued_ms: u64,
}

/// A file of an issued paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedFile {
    /// docx, pdf or xlsx.
    pub format: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of the file.
    pub sha256: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_kinds_are_those_that_are_sent() {
        for kind in PaperKind::ALL {
            assert_eq!(PaperKind::parse(kind.as_str()), Some(kind));
            let sent = serde_json::to_value(kind).unwrap();
            assert_eq!(sent, kind.as_str());
        }
    }
}
