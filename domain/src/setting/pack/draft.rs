//! A version while it is written, and whether it is taken.

use super::rules::{self, RuleError, Rules, Thresholds};
use super::{ASSESSMENTS, MAX_CRITERION_BYTES, MAX_VERSIONS};
use crate::catalogue::Assessment;
use crate::criteria::{CriterionId, ExclusionCode, Pack, Packs, Verification};
use crate::record::Period;
use crate::setting::{MAX_PAPER_BYTES, SettingError, line};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A criterion of a version that is to be adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its code; none of a new one, which gets a code that no version had before.
    pub code: Option<CriterionId>,
    /// What it asks.
    pub text: String,
    /// Whether its wording was compared with the legal text.
    pub read: bool,
    /// Place of its group, from 0.
    #[serde(default)]
    pub group: usize,
    /// Most points; 0 where it is met or not.
    #[serde(default)]
    pub max: u16,
}

/// A reason for which a subject is not considered, of a version that is to be adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// Its code; none of a new one, which gets a code that no version had before.
    pub code: Option<ExclusionCode>,
    /// What it says.
    pub text: String,
    /// Whether its wording was compared with the legal text.
    pub read: bool,
}

/// A version that is to be adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Of what.
    pub assessment: Assessment,
    /// Its number: the one after the version that it was written from.
    pub number: u16,
    /// First year it applies to.
    pub from: Period,
    /// Last year, if it ends.
    pub to: Option<Period>,
    /// The legal text.
    pub basis: String,
    /// The paper by which the province adopts it.
    pub paper: String,
    /// Its criteria.
    pub lines: Vec<Line>,
    /// Names of its groups of criteria, in order; none: as in the version before.
    #[serde(default)]
    pub groups: Vec<String>,
    /// For what a subject is not considered; none: as in the version before.
    #[serde(default)]
    pub grounds: Option<Vec<Ground>>,
    /// What has to be reached under a pack with points; none: as in the version before.
    #[serde(default)]
    pub thresholds: Option<Thresholds>,
}

impl Draft {
    /// A next version that says what the last one does.
    pub fn from_last(packs: Packs, assessment: Assessment, period: Period) -> Option<Self> {
        let (pack, number) = packs
            .next(assessment, period)
            .filter(|_| ASSESSMENTS.contains(&assessment))?;
        let groups = pack.standards.iter().enumerate();
        let lines = groups.flat_map(|(group, standard)| {
            standard.criteria.iter().map(move |criterion| Line {
                code: Some(criterion.id.clone()),
                text: criterion.text.clone(),
                read: criterion.verification == Verification::Read,
                group,
                max: criterion.max,
            })
        });
        Some(Self {
            assessment,
            number,
            from: period,
            to: None,
            basis: pack.legal_basis.clone(),
            paper: String::new(),
            lines: lines.collect(),
            groups: names(pack),
            grounds: Some(grounds(pack)),
            thresholds: Thresholds::of(pack),
        })
    }

    /// The rules it states, or why it is not taken. `period` is the open one: what is past is not judged anew.
    pub fn pack(&self, packs: Packs, period: Period) -> Result<Pack, SettingError> {
        let own = rules::own(self.assessment).ok_or(SettingError::OutOfRange)?;
        let (last, number) = packs
            .next(self.assessment, period)
            .ok_or(SettingError::OutOfRange)?;
        if number != self.number || number > MAX_VERSIONS {
            return Err(SettingError::OutOfRange);
        }
        if self.from.0 < period.0
            || self.from.0 > period.0 + 10
            || self.to.is_some_and(|to| to.0 < self.from.0)
        {
            return Err(SettingError::OtherPeriod);
        }
        if line(&self.paper, MAX_PAPER_BYTES)?.is_empty() {
            return Err(SettingError::PaperMissing);
        }
        let basis = line(&self.basis, MAX_PAPER_BYTES)?;
        if basis.is_empty() {
            return Err(SettingError::Incomplete);
        }
        let rules = self.rules(own, last, packs)?;
        rules.check(own)?;
        Ok(rules.pack(own, self.number, (self.from, self.to), basis))
    }

    fn rules(&self, own: &Pack, last: &Pack, packs: Packs) -> Result<Rules, SettingError> {
        let versions = || {
            let adopted = packs.versions(self.assessment).map(|it| &it.pack);
            std::iter::once(own).chain(adopted)
        };
        let known = versions().flat_map(Pack::criteria);
        let known = known.map(|it| it.id.0.as_str()).collect();
        let asked = self.lines.iter().map(|it| it.code.as_ref());
        let codes = codes("c", &known, asked.map(|code| code.map(|it| it.0.as_str())))?;

        let named = match self.groups.is_empty() {
            true => names(last),
            false => self.groups.clone(),
        };
        if self.lines.is_empty() {
            return Err(RuleError::EmptyGroup.into());
        }
        let mut groups = vec![Vec::new(); named.len()];
        for (code, asked) in codes.into_iter().zip(&self.lines) {
            let group = groups
                .get_mut(asked.group)
                .ok_or(SettingError::OutOfRange)?;
            let id = CriterionId(code);
            group.push(rules::criterion(
                own,
                id,
                &asked.text,
                asked.max,
                asked.read,
            )?);
        }
        let groups = named.iter().zip(groups).enumerate();
        let groups = groups.map(|(place, (name, criteria))| {
            let name = line(name, MAX_CRITERION_BYTES)?;
            Ok(rules::group(place, &name, criteria))
        });
        Ok(Rules {
            groups: groups.collect::<Result<_, SettingError>>()?,
            grounds: self.grounds(own, last, versions().collect())?,
            thresholds: self.thresholds.or_else(|| Thresholds::of(last)),
        })
    }

    fn grounds(
        &self,
        own: &Pack,
        last: &Pack,
        versions: Vec<&Pack>,
    ) -> Result<Vec<crate::criteria::Exclusion>, SettingError> {
        let Some(asked) = &self.grounds else {
            return Ok(last.exclusions.clone());
        };
        let known = versions.iter().flat_map(|pack| &pack.exclusions);
        let known = known.map(|it| it.code.0.as_str()).collect();
        let named = asked.iter().map(|it| it.code.as_ref());
        let codes = codes("x", &known, named.map(|code| code.map(|it| it.0.as_str())))?;
        let grounds = codes.into_iter().zip(asked);
        grounds
            .map(|(code, it)| rules::ground(own, ExclusionCode(code), &it.text, it.read))
            .collect()
    }
}

fn names(pack: &Pack) -> Vec<String> {
    let standards = pack.standards.iter();
    standards
        .map(|standard| rules::heading(&standard.name).to_owned())
        .collect()
}

fn grounds(pack: &Pack) -> Vec<Ground> {
    let exclusions = pack.exclusions.iter();
    exclusions
        .map(|exclusion| Ground {
            code: Some(exclusion.code.clone()),
            text: exclusion.text.clone(),
            read: exclusion.verification == Verification::Read,
        })
        .collect()
}

/// The codes of what is asked, of which the new ones have none yet. A code means one thing in all versions: what
/// is new never gets one that stood for another, and none can be named that never was. `letter` begins those
/// that are made here.
fn codes<'a>(
    letter: &str,
    known: &BTreeSet<&str>,
    asked: impl Iterator<Item = Option<&'a str>>,
) -> Result<Vec<String>, SettingError> {
    let number = |code: &&str| code.strip_prefix(letter)?.parse::<u32>().ok();
    let mut last = known.iter().filter_map(number).max().unwrap_or(0);
    let mut taken = BTreeSet::new();
    asked
        .map(|code| {
            let code = match code {
                Some(code) if known.contains(code) => code.to_owned(),
                Some(_) => return Err(SettingError::OutOfRange),
                None => {
                    last += 1;
                    format!("{letter}{last}")
                }
            };
            match taken.insert(code.clone()) {
                true => Ok(code),
                false => Err(SettingError::OutOfRange),
            }
        })
        .collect()
}
