//! Areas: a tree whose parts are valid for a time and have successors.

mod change;

pub use change::{AreaChange, AreaChangeError, AreaEvent};

use crate::criteria::PassMarkZone;
use crate::date::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

/// A code of the statistics office, kept as text: leading zeros count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AreaCode(String);

/// The text is not two to five digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an area code has two to five digits")]
pub struct AreaCodeError;

impl AreaCode {
    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, AreaCodeError> {
        let well_formed = (2..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if well_formed {
            Ok(Self(text.to_owned()))
        } else {
            Err(AreaCodeError)
        }
    }

    /// The code as stored and sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for AreaCode {
    type Err = AreaCodeError;
    fn from_str(text: &str) -> Result<Self, AreaCodeError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for AreaCode {
    type Error = AreaCodeError;
    fn try_from(text: String) -> Result<Self, AreaCodeError> {
        Self::parse(&text)
    }
}

impl From<AreaCode> for String {
    fn from(code: AreaCode) -> Self {
        code.0
    }
}

/// What an area is in law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AreaKind {
    /// Tỉnh.
    Province,
    /// Thành phố thuộc tỉnh.
    City,
    /// Huyện.
    District,
    /// Xã.
    Commune,
    /// Phường.
    Ward,
    /// Thị trấn.
    Township,
}

/// Where an area stands in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AreaLevel {
    /// The province.
    Province,
    /// Its districts and the city, until 30 June 2025.
    District,
    /// Xã, phường and thị trấn.
    Commune,
}

impl AreaKind {
    /// Its level.
    pub fn level(self) -> AreaLevel {
        match self {
            Self::Province => AreaLevel::Province,
            Self::City | Self::District => AreaLevel::District,
            Self::Commune | Self::Ward | Self::Township => AreaLevel::Commune,
        }
    }

    /// The word for it.
    pub fn vi(self) -> &'static str {
        match self {
            Self::Province => "Tỉnh",
            Self::City => "Thành phố",
            Self::District => "Huyện",
            Self::Commune => "Xã",
            Self::Ward => "Phường",
            Self::Township => "Thị trấn",
        }
    }
}

/// An area in a time. Its key is the code together with `valid_from`: the reform of 2025 gave some
/// codes to other areas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Area {
    /// Code.
    pub code: AreaCode,
    /// Full name with its kind: a township and a commune may share the rest.
    pub name: String,
    /// What it is in law.
    pub kind: AreaKind,
    /// The area above.
    pub parent: Option<AreaCode>,
    /// First day known. For the units of 2022 it is 1 November 2021, the date of the statistics
    /// office's list they were read from; they are older.
    pub valid_from: Date,
    /// Last day, if it has ended.
    pub valid_to: Option<Date>,
}

impl Area {
    /// Where it stands in the tree.
    pub fn level(&self) -> AreaLevel {
        self.kind.level()
    }

    fn is_valid(&self, date: Date) -> bool {
        self.valid_from <= date && self.valid_to.is_none_or(|end| date <= end)
    }
}

/// What a succession rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuccessionBasis {
    /// Resolution 1681/NQ-UBTVQH15.
    #[serde(rename = "resolution-1681")]
    Resolution1681,
    /// The same resolution, which names the commune by what it was called after resolution 1280; the
    /// code was kept across that renaming.
    CodeKept,
    /// Concluded from codes and names; not checked against a legal text.
    Inferred,
}

/// A commune of 2022 and the one it became part of on 1 July 2025.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Succession {
    /// Code until 30 June 2025.
    pub from: AreaCode,
    /// Code since 1 July 2025.
    pub to: AreaCode,
    /// What it rests on.
    pub basis: SuccessionBasis,
}

/// All areas of the province over time.
#[derive(Clone, Debug)]
pub struct AreaTree {
    areas: Vec<Area>,
    by_code: BTreeMap<AreaCode, Vec<usize>>,
    successions: Vec<Succession>,
    reformed_on: Date,
    changes: Vec<AreaChange>,
}

#[derive(Deserialize)]
struct File {
    listed_2022: Listing,
    reform_2025: Listing,
    successions: Vec<(AreaCode, AreaCode, SuccessionBasis)>,
}

#[derive(Deserialize)]
struct Listing {
    valid_from: Date,
    valid_to: Option<Date>,
    areas: Vec<(AreaCode, String, AreaKind, AreaCode)>,
}

const PROVINCE: &str = "14";

impl AreaTree {
    /// The areas of Sơn La, as compiled in.
    pub fn embedded() -> &'static Self {
        static TREE: OnceLock<AreaTree> = OnceLock::new();
        TREE.get_or_init(|| {
            let file = serde_json::from_str(include_str!("../data/areas.json"))
                .expect("the catalogue is checked by tests");
            Self::build(file)
        })
    }

    fn build(file: File) -> Self {
        let province = Area {
            code: AreaCode(PROVINCE.to_owned()),
            name: "Tỉnh Sơn La".to_owned(),
            kind: AreaKind::Province,
            parent: None,
            valid_from: file.listed_2022.valid_from,
            valid_to: None,
        };
        let reformed_on = file.reform_2025.valid_from;
        let listed = [file.listed_2022, file.reform_2025]
            .into_iter()
            .flat_map(|listing| {
                let (valid_from, valid_to) = (listing.valid_from, listing.valid_to);
                listing
                    .areas
                    .into_iter()
                    .map(move |(code, name, kind, parent)| Area {
                        code,
                        name,
                        kind,
                        parent: Some(parent),
                        valid_from,
                        valid_to,
                    })
            });
        let areas: Vec<Area> = std::iter::once(province).chain(listed).collect();
        let successions = file
            .successions
            .into_iter()
            .map(|(from, to, basis)| Succession { from, to, basis })
            .collect();
        let mut tree = Self {
            areas,
            by_code: BTreeMap::new(),
            successions,
            reformed_on,
            changes: Vec::new(),
        };
        tree.index();
        tree
    }

    /// Notes anew which areas each code is of.
    fn index(&mut self) {
        self.by_code.clear();
        for (index, area) in self.areas.iter().enumerate() {
            let of = self.by_code.entry(area.code.clone()).or_default();
            of.push(index);
        }
    }

    /// The province.
    pub fn province(&self) -> &Area {
        &self.areas[0]
    }

    /// The area of a code on a day.
    pub fn get(&self, code: &AreaCode, date: Date) -> Option<&Area> {
        self.by_code
            .get(code)?
            .iter()
            .map(|index| &self.areas[*index])
            .find(|area| area.is_valid(date))
    }

    /// All areas of all times, in the catalogue's order.
    pub fn all(&self) -> impl Iterator<Item = &Area> {
        self.areas.iter()
    }

    /// All areas valid on a day, in the catalogue's order.
    pub fn on(&self, date: Date) -> impl Iterator<Item = &Area> {
        self.areas.iter().filter(move |area| area.is_valid(date))
    }

    /// Areas directly below.
    pub fn children(&self, code: &AreaCode, date: Date) -> Vec<&Area> {
        self.on(date)
            .filter(|area| area.parent.as_ref() == Some(code))
            .collect()
    }

    /// The areas above, the province first.
    pub fn ancestors(&self, code: &AreaCode, date: Date) -> Vec<&Area> {
        let mut above = Vec::new();
        let mut next = self.get(code, date).and_then(|area| area.parent.as_ref());
        while let Some(area) = next.and_then(|code| self.get(code, date)) {
            above.push(area);
            next = area.parent.as_ref();
        }
        above.reverse();
        above
    }

    /// Whether `area` is `ancestor` or lies below it.
    pub fn contains(&self, ancestor: &AreaCode, area: &AreaCode, date: Date) -> bool {
        let mut next = self.get(area, date);
        while let Some(area) = next {
            if area.code == *ancestor {
                return true;
            }
            next = area.parent.as_ref().and_then(|code| self.get(code, date));
        }
        false
    }

    /// All communes on a day.
    pub fn communes(&self, date: Date) -> Vec<&Area> {
        self.on(date)
            .filter(|area| area.level() == AreaLevel::Commune)
            .collect()
    }

    /// Communes at or below an area.
    pub fn communes_under(&self, code: &AreaCode, date: Date) -> Vec<&Area> {
        self.communes(date)
            .into_iter()
            .filter(|area| self.contains(code, &area.code, date))
            .collect()
    }

    /// Communes of the kind xã at or below an area: the only ones that can become a new rural area.
    pub fn rural_communes_under(&self, code: &AreaCode, date: Date) -> Vec<&Area> {
        let mut communes = self.communes_under(code, date);
        communes.retain(|area| area.kind == AreaKind::Commune);
        communes
    }

    /// What a commune of 2022 became.
    pub fn successors(&self, code: &AreaCode) -> impl Iterator<Item = &Succession> {
        self.successions
            .iter()
            .filter(move |succession| succession.from == *code)
    }

    /// What became part of a commune of 2025. Every commune of 2022 is part of exactly one: what is counted of
    /// them adds up to the same whole by either tree.
    pub fn predecessors(&self, code: &AreaCode) -> impl Iterator<Item = &Succession> {
        self.successions
            .iter()
            .filter(move |succession| succession.to == *code)
    }

    /// The first day of the tree that the reform of 2025 made.
    pub fn reformed_on(&self) -> Date {
        self.reformed_on
    }

    /// Which pass mark of Decree 122/2018 applies in a commune. Remembered, not read: the list of
    /// mountainous communes was not at hand, and every commune of this mountain province is taken to be
    /// one. [`evaluate`](crate::criteria::evaluate) takes the zone as an argument, so an administrator's
    /// list can take the place of this default.
    pub fn zone(&self, _commune: &AreaCode) -> PassMarkZone {
        PassMarkZone::MountainousIslandOrSpecial
    }
}

#[cfg(test)]
mod tests;
