//! Which titles a district appraises before the province recognises them, where the province sets something
//! else than the catalogue says.

use super::{MAX_PAPER_BYTES, SettingError, Settings, line, set_ms, subject, text_value};
use crate::area::{AreaLevel, AreaTree};
use crate::catalogue::{Assessment, Directive};
use crate::record::{Period, RecordKey, Value};
use crate::season::Season;
use crate::sync::state::RecordState;
use serde::{Deserialize, Serialize};

/// First word of the key.
pub const KIND: &str = "appraisal";

/// Names of the fields.
pub mod field {
    /// Whether a district appraises first (yes or no).
    pub const DISTRICT: &str = "district";
    /// The paper by which the province sets it (text).
    pub const PAPER: &str = "paper";
}

/// What is set of a title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAppraisal {
    /// Of what.
    pub assessment: Assessment,
    /// Whether a district appraises first; nothing takes back what was set, and the catalogue applies.
    pub district_first: Option<bool>,
    /// By which paper.
    pub paper: String,
    /// When it was set last, in milliseconds since 1970 by the server's clock; 0 before.
    #[serde(default)]
    pub set_ms: u64,
}

/// The record of a title.
pub fn key(assessment: Assessment, period: Period) -> RecordKey {
    let assessment = assessment.as_str();
    RecordKey::parse(&format!("{KIND}/{}/{assessment}/{period}", subject()))
        .expect("assessments are in the alphabet of keys")
}

/// What the catalogue says.
pub fn by_catalogue(assessment: Assessment) -> bool {
    let indicator = Directive::embedded().indicator(&assessment.indicator());
    indicator.is_some_and(|indicator| indicator.district_first)
}

impl SetAppraisal {
    /// Reads a record; `None` where nothing is set any more.
    pub(super) fn read(assessment: Assessment, state: &RecordState) -> Option<Self> {
        Some(Self {
            assessment,
            district_first: Some(state.flag(field::DISTRICT)?),
            paper: state.text(field::PAPER).unwrap_or_default().to_owned(),
            set_ms: set_ms(state),
        })
    }

    /// The fields that say so.
    pub(super) fn fields(&self) -> Result<Vec<(&'static str, Value)>, SettingError> {
        let paper = line(&self.paper, MAX_PAPER_BYTES)?;
        if self.district_first.is_some() && paper.is_empty() {
            return Err(SettingError::PaperMissing);
        }
        let first = self.district_first.map_or(Value::Null, Value::Bool);
        Ok(vec![
            (field::DISTRICT, first),
            (field::PAPER, text_value(paper)),
        ])
    }
}

/// The titles that a district appraises before the province recognises them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DistrictFirst([bool; Assessment::ALL.len()]);

impl DistrictFirst {
    /// Whether this title is one of them.
    pub fn asks(self, assessment: Assessment) -> bool {
        self.titles().any(|title| title == assessment)
    }

    /// All of them.
    pub fn titles(self) -> impl Iterator<Item = Assessment> {
        let all = Assessment::ALL.into_iter().zip(self.0);
        all.filter(|(_, asked)| *asked).map(|(title, _)| title)
    }
}

impl Settings {
    /// The titles that a district appraises first in a season: none where there are no districts any more.
    pub fn district_first(&self, tree: &AreaTree, season: Season) -> DistrictFirst {
        let is_district = |level| level == AreaLevel::District;
        if !tree.on(season.date).any(|area| is_district(area.level())) {
            return DistrictFirst::default();
        }
        DistrictFirst(Assessment::ALL.map(|title| self.is_district_first(title, season.period)))
    }

    /// Whether a title is appraised by a district first, as far as there are districts.
    pub fn is_district_first(&self, assessment: Assessment, period: Period) -> bool {
        let set = self.appraisals.get(&(assessment, period));
        set.and_then(|set| set.district_first)
            .unwrap_or_else(|| by_catalogue(assessment))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::clock::Hlc;
    use crate::sync::edit::{DeviceId, Edit, EditId};
    use std::collections::BTreeMap;

    fn set(assessment: Assessment, district_first: Option<bool>, paper: &str) -> SetAppraisal {
        SetAppraisal {
            assessment,
            district_first,
            paper: paper.to_owned(),
            set_ms: 0,
        }
    }

    #[test]
    fn the_catalogue_says_it_and_the_province_says_otherwise() {
        let (tree, period) = (AreaTree::embedded(), Period(2022));
        let titles = |settings: &Settings, year| -> Vec<Assessment> {
            let asked = settings.district_first(tree, Season::of(Period(year)));
            asked.titles().collect()
        };
        let law = Settings::default();
        assert_eq!(titles(&law, 2022), [Assessment::NewRuralCommune]);
        // Since 1 July 2025 there are no districts that could appraise.
        assert_eq!(titles(&law, 2025), []);

        let mut records = BTreeMap::new();
        for (assessment, first) in [
            (Assessment::NewRuralCommune, Some(false)),
            (Assessment::SafeResidentialArea, Some(true)),
            (Assessment::CulturalFamily, None),
        ] {
            let setting = super::super::Setting::Appraisal(set(assessment, first, "Kế hoạch 9"));
            let key = setting.key(period);
            let mut state = RecordState::new(super::super::feed());
            state.apply(&Edit {
                id: EditId {
                    device: DeviceId::HUB,
                    seq: 1,
                },
                time: Hlc::from_millis(7),
                author: "so-noi-vu".to_owned(),
                commune: super::super::feed(),
                record: key.clone(),
                changes: state.changes_to(setting.fields(period, Default::default()).unwrap()),
            });
            records.insert(key, state);
        }
        let settings = Settings::of(&records);
        assert_eq!(settings, Settings::read(&records));
        assert_eq!(titles(&settings, 2022), [Assessment::SafeResidentialArea]);
        assert_eq!(titles(&settings, 2023), [Assessment::NewRuralCommune]);
    }

    #[test]
    fn it_rests_on_a_paper() {
        let title = Assessment::SafeUnit;
        for (first, paper, expected) in [
            (Some(true), "Kế hoạch 9", Ok(())),
            (None, "", Ok(())),
            (Some(true), " ", Err(SettingError::PaperMissing)),
            (Some(false), &"x".repeat(301), Err(SettingError::OutOfRange)),
        ] {
            let found = set(title, first, paper).fields().map(|_| ());
            assert_eq!(found, expected, "{first:?} {paper}");
        }
    }
}
