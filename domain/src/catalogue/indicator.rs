//! An indicator, its target, and what it takes to meet it.

use super::Assessment;
use crate::area::AreaLevel;
use crate::quantity::Hundredths;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Short name of an indicator.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IndicatorId(String);

impl IndicatorId {
    /// Makes one.
    pub fn new(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl fmt::Display for IndicatorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which way a figure should go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// At least the target.
    AtLeast,
    /// At most the target.
    AtMost,
    /// More than last year; the directive gives no figure.
    Increase,
    /// Less than last year; the directive gives no figure.
    Decrease,
    /// A figure of which the directive does not say what it is a share of: kept as written.
    AsWritten,
    /// Told in words.
    Narrative,
}

/// The named set that a share is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Denominator {
    /// All households in the register.
    Households,
    /// Units that Circular 124/2021 does not leave out.
    EligibleUnits,
    /// All residential areas.
    ResidentialAreas,
    /// Communes of the kind xã.
    RuralCommunes,
}

/// What a figure is read off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeasuredOn {
    /// The province as a whole.
    Province,
    /// Each commune.
    Commune,
    /// Each household.
    Household,
    /// Each unit.
    Unit,
    /// Each residential area.
    ResidentialArea,
    /// Each organisation.
    Organisation,
}

/// How a figure comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Share of the denominator whose accepted entry is in the numerator, in percent.
    Share(Assessment),
    /// Number of subjects whose accepted entry is in the numerator.
    Count(Assessment),
    /// A figure that a body reports.
    Figure,
    /// Words.
    Narrative,
}

/// One thing the directive measures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Short name.
    pub id: IndicatorId,
    /// Section of the directive.
    pub section: String,
    /// Key words, exactly as in the directive.
    pub quote: String,
    /// What people call it.
    pub name: String,
    /// What the figure counts.
    pub unit_label: String,
    /// Which way it should go.
    pub direction: Direction,
    /// The figure to reach, in hundredths of `unit_label`.
    pub target: Option<Hundredths>,
    /// Where it started, in hundredths of `unit_label`.
    #[serde(default)]
    pub baseline: Option<Hundredths>,
    /// How the baseline was read.
    #[serde(default)]
    pub baseline_note: Option<String>,
    /// What a share is taken of.
    #[serde(default)]
    pub denominator: Option<Denominator>,
    /// What it is read off.
    pub measured_on: MeasuredOn,
    /// Levels of areas at which it is shown, from the top down; a default that can be changed.
    pub shown_at: Vec<AreaLevel>,
    /// Who enters it; a default that can be changed.
    pub entered_by: String,
    /// Who checks it; a default that can be changed.
    pub checked_by: String,
    /// Whether a district appraises it before the province recognises it; a default that the province can
    /// change ([`crate::setting::appraisal`]).
    #[serde(default)]
    pub district_first: bool,
    /// How it comes about.
    pub measure: Measure,
}

impl Indicator {
    /// Whether counts meet the target, compared exactly. `None` where there is no target to hold them
    /// against, or nothing to take a share of.
    pub fn meets(&self, numerator: u64, denominator: u64) -> Option<bool> {
        let target = u128::try_from(self.target?.0).ok()?;
        let (value, goal) = match self.measure {
            Measure::Share(_) if denominator > 0 => (
                u128::from(numerator) * 10_000,
                target * u128::from(denominator),
            ),
            Measure::Count(_) => (u128::from(numerator) * 100, target),
            _ => return None,
        };
        match self.direction {
            Direction::AtLeast => Some(value >= goal),
            Direction::AtMost => Some(value <= goal),
            _ => None,
        }
    }

    /// How many more (at least) or fewer (at most) have to be in the numerator for the target to hold.
    pub fn still_needed(&self, numerator: u64, denominator: u64) -> Option<u64> {
        if self.meets(numerator, denominator)? {
            return Some(0);
        }
        let target = u64::try_from(self.target?.0).ok()?;
        let (whole, parts) = match self.measure {
            Measure::Share(_) => (denominator, 10_000),
            _ => (1, 100),
        };
        let goal = u128::from(target) * u128::from(whole);
        let reached = match self.direction {
            Direction::AtLeast => goal.div_ceil(parts),
            _ => goal / parts,
        };
        u64::try_from(reached)
            .ok()
            .map(|reached| reached.abs_diff(numerator))
    }
}
