//! What has been entered about a subject, ready to be judged.

use super::pack::{CriterionId, ExclusionCode, Pack};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Class of a household in the poverty review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Poverty {
    /// Neither poor nor near-poor.
    None,
    /// Near-poor.
    NearPoor,
    /// Poor.
    Poor,
}

impl Poverty {
    /// The word stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::NearPoor => "near-poor",
            Self::Poor => "poor",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::None, Self::NearPoor, Self::Poor]
            .into_iter()
            .find(|it| it.as_str() == text)
    }
}

/// The review meeting, in households.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Invited.
    pub invited: Option<u32>,
    /// Attended.
    pub attended: Option<u32>,
    /// Agreed, of those attending.
    pub agreed: Option<u32>,
}

/// Everything a judgement needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Registered for the title.
    pub registered: Option<bool>,
    /// Points by criterion.
    pub scores: BTreeMap<CriterionId, u16>,
    /// Met or not by criterion.
    pub passes: BTreeMap<CriterionId, bool>,
    /// Exclusions that apply.
    pub exclusions: BTreeSet<ExclusionCode>,
    /// The meeting.
    pub meeting: Meeting,
    /// Class in the poverty review.
    pub poverty: Option<Poverty>,
    /// Put forward for the title, or recognised by a decision already.
    pub proposed: Option<bool>,
}

/// A value that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetError {
    /// More points than the criterion gives.
    ScoreAboveMax {
        /// Which.
        criterion: CriterionId,
    },
    /// A criterion the pack does not have.
    UnknownCriterion {
        /// Which.
        criterion: CriterionId,
    },
    /// More attended than were invited.
    AttendanceAboveInvited,
    /// More agreed than attended.
    VotesAboveAttendance,
}

impl Sheet {
    /// Values that cannot be, under a pack.
    pub fn check(&self, pack: &Pack) -> Vec<SheetError> {
        let mut errors = Vec::new();
        for (id, points) in &self.scores {
            match pack.criterion(id) {
                None => errors.push(SheetError::UnknownCriterion {
                    criterion: id.clone(),
                }),
                Some(criterion) if *points > criterion.max => {
                    errors.push(SheetError::ScoreAboveMax {
                        criterion: id.clone(),
                    });
                }
                Some(_) => {}
            }
        }
        for id in self.passes.keys() {
            if pack.criterion(id).is_none() {
                errors.push(SheetError::UnknownCriterion {
                    criterion: id.clone(),
                });
            }
        }
        let Meeting {
            invited,
            attended,
            agreed,
        } = self.meeting;
        if invited
            .zip(attended)
            .is_some_and(|(invited, attended)| attended > invited)
        {
            errors.push(SheetError::AttendanceAboveInvited);
        }
        if attended
            .zip(agreed)
            .is_some_and(|(attended, agreed)| agreed > attended)
        {
            errors.push(SheetError::VotesAboveAttendance);
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::SheetError::{
        AttendanceAboveInvited, ScoreAboveMax, UnknownCriterion, VotesAboveAttendance,
    };
    use super::*;

    fn check(change: impl FnOnce(&mut Sheet), expected: &[SheetError]) {
        let pack = Pack::by_id("gdvh-122-2018").unwrap();
        let mut sheet = Sheet {
            scores: pack.criteria().map(|c| (c.id.clone(), c.max)).collect(),
            meeting: Meeting {
                invited: Some(33),
                attended: Some(20),
                agreed: Some(20),
            },
            ..Sheet::default()
        };
        change(&mut sheet);
        assert_eq!(sheet.check(pack), expected);
    }

    #[test]
    fn values_that_cannot_be_are_named() {
        check(|_| {}, &[]);
        check(
            |s| _ = s.scores.insert("c01".into(), 9),
            &[ScoreAboveMax {
                criterion: "c01".into(),
            }],
        );
        check(
            |s| {
                s.scores.insert("c16".into(), 0);
                s.passes.insert("c17".into(), true);
            },
            &[
                UnknownCriterion {
                    criterion: "c16".into(),
                },
                UnknownCriterion {
                    criterion: "c17".into(),
                },
            ],
        );
        check(|s| s.meeting.attended = Some(34), &[AttendanceAboveInvited]);
        check(|s| s.meeting.agreed = Some(21), &[VotesAboveAttendance]);
        // What is not there is not compared.
        check(|s| s.meeting.attended = None, &[]);
    }
}
