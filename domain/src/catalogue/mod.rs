//! The directive as data: what it asks, in its own key words, and how each figure is measured.

mod indicator;

pub use indicator::{Denominator, Direction, Indicator, IndicatorId, Measure, MeasuredOn};

use crate::area::{AreaKind, AreaLevel};
use crate::date::Date;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// What kind of thing is assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectKind {
    /// A household.
    Family,
    /// An agency, enterprise or school.
    Unit,
    /// A bản, tiểu khu or tổ dân phố.
    ResidentialArea,
    /// A commune itself.
    Commune,
    /// A department or mass organisation.
    Organisation,
    /// An exemplary model.
    ExemplaryModel,
}

/// What is assessed of a subject in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Assessment {
    /// The title Gia đình văn hóa.
    #[serde(rename = "gia-dinh-van-hoa")]
    CulturalFamily,
    /// The yearly poverty review. Its numerator is the poor: "earned" means poor.
    #[serde(rename = "ra-soat-ngheo")]
    PovertyReview,
    /// A residential area "An toàn về an ninh, trật tự".
    #[serde(rename = "khu-dan-cu-an-toan")]
    SafeResidentialArea,
    /// The title Khu dân cư văn hóa: Decree 122/2018. The directive sets no target for it.
    #[serde(rename = "khu-dan-cu-van-hoa")]
    CulturalResidentialArea,
    /// A unit "An toàn về an ninh, trật tự".
    #[serde(rename = "don-vi-an-toan")]
    SafeUnit,
    /// A commune that meets the criteria of a new rural area.
    #[serde(rename = "nong-thon-moi")]
    NewRuralCommune,
}

impl Assessment {
    /// All assessments.
    pub const ALL: [Self; 6] = [
        Self::CulturalFamily,
        Self::PovertyReview,
        Self::SafeResidentialArea,
        Self::CulturalResidentialArea,
        Self::SafeUnit,
        Self::NewRuralCommune,
    ];

    /// The word in keys, addresses and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CulturalFamily => "gia-dinh-van-hoa",
            Self::PovertyReview => "ra-soat-ngheo",
            Self::SafeResidentialArea => "khu-dan-cu-an-toan",
            Self::CulturalResidentialArea => "khu-dan-cu-van-hoa",
            Self::SafeUnit => "don-vi-an-toan",
            Self::NewRuralCommune => "nong-thon-moi",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// What kind of subject is assessed.
    pub fn subject(self) -> SubjectKind {
        match self {
            Self::CulturalFamily | Self::PovertyReview => SubjectKind::Family,
            Self::SafeResidentialArea | Self::CulturalResidentialArea => {
                SubjectKind::ResidentialArea
            }
            Self::SafeUnit => SubjectKind::Unit,
            Self::NewRuralCommune => SubjectKind::Commune,
        }
    }

    /// Whether it is made in a commune-level area of this kind. Only a xã can become a new rural
    /// commune: the national set of criteria is for xã.
    pub fn is_made_in(self, kind: AreaKind) -> bool {
        match self {
            Self::NewRuralCommune => kind == AreaKind::Commune,
            _ => kind.level() == AreaLevel::Commune,
        }
    }

    /// The indicator it measures; the directive need not have one.
    pub fn indicator(self) -> IndicatorId {
        let id = match self {
            Self::PovertyReview => "ho-ngheo",
            other => other.as_str(),
        };
        IndicatorId::new(id)
    }
}

/// A section of the directive. Section 3 has four paragraphs without a number; they are `3a` to `3d`
/// here, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Number, with the letter of the paragraph in section 3.
    pub id: String,
    /// What it is about.
    pub name: String,
    /// Key words, exactly as in the directive.
    pub quote: String,
}

/// An emulation movement that the directive names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// Short name in addresses and files.
    pub id: String,
    /// Section of the directive.
    pub section: String,
    /// Its name there.
    pub name: String,
}

/// Something the directive asks to be done, without a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// Short name in addresses and files.
    pub id: String,
    /// Section of the directive.
    pub section: String,
    /// Key words of the directive.
    pub quote: String,
    /// What is recorded about it.
    pub recorded: String,
    /// Who records it, and which body checks.
    pub entered_by: String,
    /// Who checks.
    pub checked_by: String,
}

/// A directive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directive {
    /// Number and symbol.
    pub number: String,
    /// Date of issue.
    pub issued: Date,
    /// The year it speaks of.
    pub period: u16,
    /// The theme of the year, as quoted in it.
    pub theme: String,
    /// Its sections, in order.
    pub sections: Vec<Section>,
    /// What is measured.
    pub indicators: Vec<Indicator>,
    /// What is joined.
    pub movements: Vec<Movement>,
    /// What is done.
    pub duties: Vec<Duty>,
}

impl Directive {
    /// Directive 01/CT-UBND of 4 January 2022, as compiled in.
    pub fn embedded() -> &'static Self {
        static DIRECTIVE: OnceLock<Directive> = OnceLock::new();
        DIRECTIVE.get_or_init(|| {
            serde_json::from_str(include_str!("../../data/directive-2022.json"))
                .expect("the catalogue is checked by tests")
        })
    }

    /// One indicator.
    pub fn indicator(&self, id: &IndicatorId) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == *id)
    }

    /// The indicators that are a share of a counted set, in order: those a register of accepted entries
    /// gives a rate for.
    pub fn share_indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.indicators
            .iter()
            .filter(|indicator| matches!(indicator.measure, Measure::Share(_)))
    }
}

#[cfg(test)]
mod tests;
