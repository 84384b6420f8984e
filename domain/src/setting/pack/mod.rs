//! Versions of criteria packs that the province adopts. Each is a record of its own and is never written
//! again: what is judged under it stays explained by it.

use super::{MAX_PAPER_BYTES, SettingError, line, set_ms, subject, text_value};
use crate::catalogue::Assessment;
use crate::criteria::{Criterion, CriterionId, Pack, Packs, Verification, Version};
use crate::date::Date;
use crate::record::{Period, RecordKey, Value};
use crate::sync::state::RecordState;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// First word of the key.
pub const KIND: &str = "criteria";
/// The assessments whose packs can have other versions: those of Circular 124, whose wording was not at hand.
pub const ASSESSMENTS: [Assessment; 2] = [Assessment::SafeUnit, Assessment::SafeResidentialArea];
/// Most criteria of a version.
pub const MAX_CRITERIA: usize = 20;
/// Most versions of a pack.
pub const MAX_VERSIONS: u16 = 99;
/// Longest wording of a criterion, in bytes.
pub const MAX_CRITERION_BYTES: usize = 600;

/// Names of the fields.
pub mod field {
    /// First year it applies to (number).
    pub const FROM: &str = "from";
    /// Last year, if it ends (number).
    pub const TO: &str = "to";
    /// The legal text (text).
    pub const BASIS: &str = "basis";
    /// The paper by which the province adopts it (text).
    pub const PAPER: &str = "paper";
    /// Codes of its criteria in order, with a space between (text).
    pub const ORDER: &str = "order";
    /// What a criterion asks: `text.` and its code (text).
    pub const TEXT: &str = "text.";
    /// Whether its wording was compared with the legal text: `read.` and its code (yes or no).
    pub const READ: &str = "read.";
}

/// A criterion of a version that is to be adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its code; none of a new one, which gets a code that no version had before.
    pub code: Option<CriterionId>,
    /// What it asks.
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
}

/// The record of a version.
pub fn key(assessment: Assessment, number: u16) -> RecordKey {
    let assessment = assessment.as_str();
    RecordKey::parse(&format!("{KIND}/{}/{assessment}/{number}", subject()))
        .expect("assessments are in the alphabet of keys")
}

/// Which version a record is.
pub(super) fn parts(key: &RecordKey) -> Option<(Assessment, u16)> {
    if key.kind() != KIND {
        return None;
    }
    let mut words = key.as_str().split('/').skip(2);
    let assessment = Assessment::parse(words.next()?)?;
    let number = words.next()?.parse().ok()?;
    words.next().is_none().then_some((assessment, number))
}

impl Draft {
    /// A next version that says what the last one does.
    pub fn from_last(packs: Packs, assessment: Assessment, period: Period) -> Option<Self> {
        let (pack, number) = packs.next(assessment, period)?;
        let lines = pack.criteria().map(|criterion| Line {
            code: Some(criterion.id.clone()),
            text: criterion.text.clone(),
            read: criterion.verification == Verification::Read,
        });
        Some(Self {
            assessment,
            number,
            from: period,
            to: None,
            basis: pack.legal_basis.clone(),
            paper: String::new(),
            lines: lines.collect(),
        })
    }

    /// The rules it states, or why it is not taken. `period` is the open one: what is past is not judged anew.
    pub fn pack(&self, packs: Packs, period: Period) -> Result<Pack, SettingError> {
        let known = ASSESSMENTS.contains(&self.assessment);
        let (last, number) = packs
            .next(self.assessment, period)
            .filter(|_| known)
            .ok_or(SettingError::OutOfRange)?;
        if number != self.number || number > MAX_VERSIONS {
            return Err(SettingError::OutOfRange);
        }
        if self.lines.is_empty() || self.lines.len() > MAX_CRITERIA {
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
        let codes = self.codes(packs, period)?;
        let mut criteria = Vec::new();
        for (code, asked) in codes.into_iter().zip(&self.lines) {
            criteria.push(criterion(code, &asked.text, asked.read)?);
        }
        if basis.is_empty() || criteria.iter().any(|criterion| criterion.text.is_empty()) {
            return Err(SettingError::Incomplete);
        }
        Ok(build(
            last,
            self.number,
            (self.from, self.to),
            basis,
            criteria,
        ))
    }

    /// The codes of its criteria. A code means one thing in all versions: a new criterion never gets one that
    /// stood for another, and none can be named that never was.
    fn codes(&self, packs: Packs, period: Period) -> Result<Vec<CriterionId>, SettingError> {
        let own = Pack::for_assessment(self.assessment, Date::last_of_year(period.0));
        let adopted = packs.versions(self.assessment).map(|it| &it.pack);
        let known: BTreeSet<&CriterionId> = own
            .into_iter()
            .chain(adopted)
            .flat_map(Pack::criteria)
            .map(|criterion| &criterion.id)
            .collect();
        let number = |code: &&CriterionId| code.0.strip_prefix('c')?.parse::<u32>().ok();
        let mut last = known.iter().filter_map(number).max().unwrap_or(0);
        let mut taken = BTreeSet::new();
        self.lines
            .iter()
            .map(|line| {
                let code = match &line.code {
                    Some(code) if known.contains(code) => code.clone(),
                    Some(_) => return Err(SettingError::OutOfRange),
                    None => {
                        last += 1;
                        CriterionId(format!("c{last}"))
                    }
                };
                match taken.insert(code.clone()) {
                    true => Ok(code),
                    false => Err(SettingError::OutOfRange),
                }
            })
            .collect()
    }

    /// The fields that say so.
    pub(super) fn fields(
        &self,
        packs: Packs,
        period: Period,
    ) -> Result<Vec<(String, Value)>, SettingError> {
        let pack = self.pack(packs, period)?;
        let year = |year: Period| Value::Int(i64::from(year.0));
        let codes: Vec<_> = pack.criteria().map(|it| it.id.0.as_str()).collect();
        let mut fields = vec![
            (field::FROM.to_owned(), year(self.from)),
            (field::TO.to_owned(), self.to.map_or(Value::Null, year)),
            (
                field::BASIS.to_owned(),
                text_value(pack.legal_basis.clone()),
            ),
            (
                field::PAPER.to_owned(),
                text_value(line(&self.paper, MAX_PAPER_BYTES)?),
            ),
            (field::ORDER.to_owned(), text_value(codes.join(" "))),
        ];
        for criterion in pack.criteria() {
            let id = &criterion.id;
            let read = criterion.verification == Verification::Read;
            fields.push((
                format!("{}{id}", field::TEXT),
                text_value(criterion.text.clone()),
            ));
            fields.push((format!("{}{id}", field::READ), Value::Bool(read)));
        }
        Ok(fields)
    }
}

/// Reads a version; `None` if it says too little to judge by.
pub(super) fn read(assessment: Assessment, number: u16, state: &RecordState) -> Option<Version> {
    let year = |name| state.int(name).and_then(|year| u16::try_from(year).ok());
    let (from, to) = (Period(year(field::FROM)?), year(field::TO).map(Period));
    let own = Pack::all()
        .iter()
        .find(|pack| pack.assessment == assessment && pack.editable)?;
    let codes = state.text(field::ORDER)?.split(' ');
    let criteria = codes.map(|code| {
        let text = state.text(&format!("{}{code}", field::TEXT))?;
        let read = state.flag(&format!("{}{code}", field::READ)) == Some(true);
        criterion(CriterionId::from(code), text, read).ok()
    });
    let criteria = criteria.collect::<Option<Vec<_>>>()?;
    let basis = state.text(field::BASIS)?.to_owned();
    Some(Version {
        number,
        pack: build(own, number, (from, to), basis, criteria),
        paper: state.text(field::PAPER).unwrap_or_default().to_owned(),
        set_ms: set_ms(state),
    })
}

fn criterion(id: CriterionId, text: &str, read: bool) -> Result<Criterion, SettingError> {
    Ok(Criterion {
        id,
        text: line(text, MAX_CRITERION_BYTES)?,
        max: 0,
        verification: match read {
            true => Verification::Read,
            false => Verification::Unverified,
        },
    })
}

/// What a version changes of a pack; scale, exclusions and the rest stay the program's.
fn build(
    of: &Pack,
    number: u16,
    (from, to): (Period, Option<Period>),
    basis: String,
    criteria: Vec<Criterion>,
) -> Pack {
    let own = Pack::all()
        .iter()
        .find(|pack| pack.assessment == of.assessment)
        .unwrap_or(of);
    let least = criteria.iter().map(|criterion| criterion.verification);
    let mut pack = Pack {
        legal_basis: basis,
        valid_from: Date::new(from.0, 1, 1).unwrap_or(own.valid_from),
        valid_to: to.map(|to| Date::last_of_year(to.0)),
        verification: least.fold(Verification::Read, Ord::max),
        ..own.clone()
    };
    pack.id.0 = format!("{}-v{number}", own.id);
    pack.standards.truncate(1);
    if let Some(standard) = pack.standards.first_mut() {
        let named = standard.name.split(" (").next().unwrap_or_default();
        standard.name = named.to_owned();
        standard.criteria = criteria;
    }
    pack
}

#[cfg(test)]
mod tests;
