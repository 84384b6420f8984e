//! Own targets added up: what they come to, and whether that reaches the figure above them.
//!
//! A share is weighted, Σ(target × expected) / Σ expected over those who set one; a mean of percentages would
//! count a hamlet as much as a town. A count is a plain sum. Both are compared exactly: 70,46 is not 70,5.

use super::{ONE, WHOLE};
use crate::catalogue::{Direction, Indicator, Measure};
use crate::quantity::Hundredths;
use serde::{Deserialize, Serialize};

/// One area's part in a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its own target, in hundredths of the indicator's unit.
    pub goal: Option<Hundredths>,
    /// How many it counts for: those expected, or its xã of an indicator that counts communes.
    pub expected: u64,
}

/// Own targets of areas side by side, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Areas that set one.
    pub set: u32,
    /// Areas that should.
    pub asked: u32,
    /// Expected of those who set one.
    pub weight: u64,
    /// Expected of those who did not.
    pub open_weight: u64,
    /// Areas that did not, and of which it is not known how much they count for.
    pub unweighed: u32,
    /// Σ target × expected of a share, Σ target of a count; in hundredths.
    pub total: u64,
}

/// What a sum says of the figure above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Reach {
    /// It reaches it, whatever those set who have set none.
    Enough,
    /// It does not, whatever those set who have set none.
    Short {
        /// By how much at best, in hundredths of the unit; never rounded to nothing.
        by: Hundredths,
    },
    /// It depends on those who have set none.
    Open {
        /// How many they are.
        missing: u32,
        /// What they have to set: on average of a share, all together of a count; in hundredths. `None`
        /// while it is not known how much they count for.
        needed: Option<Hundredths>,
    },
}

impl Sum {
    /// Adds parts up.
    pub fn of(indicator: &Indicator, parts: impl IntoIterator<Item = Part>) -> Self {
        let counts = matches!(indicator.measure, Measure::Count(_));
        let mut sum = Self::default();
        for part in parts {
            sum.asked += 1;
            match part.goal {
                Some(goal) => {
                    let goal = u64::try_from(goal.0).unwrap_or(0);
                    sum.set += 1;
                    sum.weight = sum.weight.saturating_add(part.expected);
                    let adds = if counts {
                        goal
                    } else {
                        goal.saturating_mul(part.expected)
                    };
                    sum.total = sum.total.saturating_add(adds);
                }
                None => {
                    sum.open_weight = sum.open_weight.saturating_add(part.expected);
                    sum.unweighed += u32::from(part.expected == 0);
                }
            }
        }
        sum
    }

    /// Areas that have set none.
    pub fn missing(&self) -> u32 {
        self.asked - self.set
    }

    /// What those come to who set one, in hundredths of the unit, towards missing the figure where it is not
    /// a whole number of hundredths: 70,499 must not read as 70,5. `None` where there is nothing to weigh.
    pub fn shown(&self, indicator: &Indicator) -> Option<Hundredths> {
        let (total, whole) = match indicator.measure {
            Measure::Count(_) => (self.total, u64::from(self.set > 0)),
            _ => (self.total, self.weight),
        };
        (whole > 0).then(|| match indicator.direction {
            Direction::AtMost => hundredths(u128::from(total.div_ceil(whole))),
            _ => hundredths(u128::from(total / whole)),
        })
    }

    /// Holds the sum against a figure to reach, in hundredths of the unit; `None` where the indicator has no
    /// direction or nobody is asked.
    pub fn reach(&self, indicator: &Indicator, goal: Hundredths) -> Option<Reach> {
        let at_most = match indicator.direction {
            Direction::AtLeast => false,
            Direction::AtMost => true,
            _ => return None,
        };
        if self.asked == 0 {
            return None;
        }
        let counts = matches!(indicator.measure, Measure::Count(_));
        let goal = u128::try_from(goal.0).unwrap_or(0);
        let total = u128::from(self.total);
        // Everything times the whole, so that nothing is divided before it is compared.
        let (whole, most_open) = if counts {
            (1, u128::from(self.open_weight) * ONE.unsigned_abs() as u128)
        } else {
            let whole = u128::from(self.weight) + u128::from(self.open_weight);
            (
                whole,
                u128::from(self.open_weight) * WHOLE.unsigned_abs() as u128,
            )
        };
        let figure = goal * whole;
        let open = Reach::Open {
            missing: self.missing(),
            needed: None,
        };
        if whole == 0 || self.unweighed > 0 {
            return Some(open);
        }
        let (worst, best) = if at_most {
            (total + most_open, total)
        } else {
            (total, total + most_open)
        };
        let meets = |sum: u128| {
            if at_most {
                sum <= figure
            } else {
                sum >= figure
            }
        };
        if meets(worst) {
            return Some(Reach::Enough);
        }
        if !meets(best) {
            let by = best.abs_diff(figure).div_ceil(whole);
            return Some(Reach::Short {
                by: if counts {
                    hundredths(by.div_ceil(100) * 100)
                } else {
                    hundredths(by)
                },
            });
        }
        let left = figure.saturating_sub(total);
        let needed = match (counts, at_most) {
            (true, _) => left.div_ceil(100) * 100,
            (false, false) => left.div_ceil(u128::from(self.open_weight)),
            (false, true) => left / u128::from(self.open_weight),
        };
        Some(Reach::Open {
            missing: self.missing(),
            needed: Some(hundredths(needed)),
        })
    }
}

fn hundredths(number: u128) -> Hundredths {
    Hundredths(i64::try_from(number).unwrap_or(i64::MAX))
}
