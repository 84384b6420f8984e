//! The judgement. Everything in whole numbers: 60 % of 33 is reached by 20, not by 19,8.

use super::pack::{Pack, PassMarkZone, PassMarks, Scale};
use super::reason::{MissingPart, Reason};
use super::sheet::{Meeting, Poverty, Sheet};
use crate::catalogue::{Assessment, SubjectKind};
use serde::{Deserialize, Serialize};

/// What the rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The title is earned; in the poverty review: the household is poor, and in the numerator.
    Earned,
    /// It is not.
    NotEarned,
    /// Not enough has been entered to say.
    Incomplete,
}

impl Outcome {
    /// The word stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Earned => "earned",
            Self::NotEarned => "not-earned",
            Self::Incomplete => "incomplete",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Earned, Self::NotEarned, Self::Incomplete]
            .into_iter()
            .find(|it| it.as_str() == text)
    }
}

/// What the rule says, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// What it says.
    pub outcome: Outcome,
    /// Points given, where the pack gives points and any are entered.
    pub points: Option<u32>,
    /// Points needed.
    pub pass_mark: Option<u32>,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Judges a sheet. What disqualifies for certain decides at once; otherwise anything that is missing
/// leaves it open.
///
/// Certain is what no later answer can change: a standard is judged when all of its criteria have
/// points, the sum when all criteria have, each half of the meeting when its two numbers are there, and
/// the pass mark when it is the same whatever the missing class of poverty turns out to be.
///
/// For [`Scale::Classification`] (the poverty review) [`Outcome::Earned`] means "counts in the
/// numerator": the household is poor.
pub fn evaluate(pack: &Pack, sheet: &Sheet, zone: PassMarkZone) -> Evaluation {
    let mut verdict = Verdict::default();
    if !sheet.check(pack).is_empty() {
        verdict.open(Reason::Impossible);
    }
    for code in &sheet.exclusions {
        verdict.against.push(Reason::Excluded {
            code: Some(code.clone()),
        });
    }
    match pack.scale {
        Scale::Points { .. } => by_points(pack, sheet, zone, &mut verdict),
        Scale::PassFail => by_criteria(pack, sheet, &mut verdict),
        Scale::Classification => return by_class(sheet),
    }
    verdict.finish()
}

#[derive(Default)]
struct Verdict {
    against: Vec<Reason>,
    open: Vec<Reason>,
    favour: Vec<Reason>,
    points: Option<u32>,
    pass_mark: Option<u32>,
}

impl Verdict {
    fn open(&mut self, reason: Reason) {
        self.open.push(reason);
    }

    fn missing(&mut self, part: MissingPart, count: usize) {
        self.open(Reason::Missing { part, count });
    }

    fn finish(self) -> Evaluation {
        let outcome = match (self.against.is_empty(), self.open.is_empty()) {
            (false, _) => Outcome::NotEarned,
            (true, false) => Outcome::Incomplete,
            (true, true) => Outcome::Earned,
        };
        let favour = if outcome == Outcome::Earned {
            self.favour
        } else {
            Vec::new()
        };
        Evaluation {
            outcome,
            points: self.points,
            pass_mark: self.pass_mark,
            reasons: [self.against, self.open, favour].concat(),
        }
    }
}

/// Decree 122/2018: registration, points, at least half of each standard, no exclusion, a meeting with
/// enough attending and agreeing, and the proposal. Only a household has a class of poverty.
fn by_points(pack: &Pack, sheet: &Sheet, zone: PassMarkZone, verdict: &mut Verdict) {
    registration(sheet, verdict);
    let poverty = match pack.assessment.subject() {
        SubjectKind::Family => sheet.poverty,
        _ => Some(Poverty::None),
    };
    if poverty.is_none() {
        verdict.missing(MissingPart::Poverty, 1);
    }

    let total = pack.criteria().count();
    let scored = pack
        .criteria()
        .filter(|c| sheet.scores.contains_key(&c.id))
        .count();
    let points: u32 = pack
        .criteria()
        .filter_map(|criterion| sheet.scores.get(&criterion.id))
        .map(|points| u32::from(*points))
        .sum();
    verdict.points = (scored > 0).then_some(points);
    // The least and the highest mark that can still apply: the same, once the class of poverty is known.
    let marks = pack.pass_marks.map(|marks| match poverty {
        Some(poverty) => {
            let mark = pass_mark(marks, zone, poverty);
            (mark, mark)
        }
        None => {
            let poor = pass_mark(marks, zone, Poverty::Poor);
            let not_poor = pass_mark(marks, zone, Poverty::None);
            (poor.min(not_poor), poor.max(not_poor))
        }
    });
    verdict.pass_mark = marks
        .filter(|(least, highest)| least == highest)
        .map(|(mark, _)| mark);
    if scored < total {
        verdict.missing(MissingPart::Criteria, total - scored);
    } else if let Some((least, highest)) = marks {
        if points < least {
            verdict.against.push(Reason::BelowPassMark {
                points,
                mark: least,
            });
        } else if points >= highest {
            verdict.favour.push(Reason::ReachesPassMark {
                points,
                mark: highest,
            });
        }
    }
    standards_too_low(pack, sheet, verdict);
    meeting(pack, sheet, verdict);
    proposal(sheet, verdict);
}

/// 60 in mountainous communes and for poor and near-poor households, 90 in districts of centrally-run
/// cities, 85 otherwise: Decree 122/2018.
fn pass_mark(marks: PassMarks, zone: PassMarkZone, poverty: Poverty) -> u32 {
    match (zone, poverty) {
        (PassMarkZone::MountainousIslandOrSpecial, _) => marks.mountainous,
        (_, Poverty::Poor | Poverty::NearPoor) => marks.poor_household,
        (PassMarkZone::CentralCityDistrict, _) => marks.central_city,
        (PassMarkZone::Other, _) => marks.other,
    }
}

fn standards_too_low(pack: &Pack, sheet: &Sheet, verdict: &mut Verdict) {
    let Some(percent) = pack.standard_min_percent else {
        return;
    };
    for (index, standard) in pack.standards.iter().enumerate() {
        let points: Option<u32> = standard
            .criteria
            .iter()
            .map(|criterion| sheet.scores.get(&criterion.id).copied().map(u32::from))
            .sum();
        let Some(points) = points else { continue };
        if points * 100 < standard.max * percent {
            verdict.against.push(Reason::StandardTooLow {
                standard: index,
                points,
                needed: (standard.max * percent).div_ceil(100),
            });
        }
    }
}

fn meeting(pack: &Pack, sheet: &Sheet, verdict: &mut Verdict) {
    let Some(rule) = pack.meeting else { return };
    let Meeting {
        invited,
        attended,
        agreed,
    } = sheet.meeting;
    if [invited, attended, agreed].contains(&None) {
        verdict.missing(MissingPart::Meeting, 1);
    }
    let reaches = |part: u32, whole: u32, percent: u32| {
        whole > 0 && u64::from(part) * 100 >= u64::from(whole) * u64::from(percent)
    };
    if let Some((attended, invited)) = attended.zip(invited)
        && !reaches(attended, invited, rule.attendance_percent)
    {
        verdict.against.push(Reason::AttendanceTooLow {
            attended,
            invited,
            percent: rule.attendance_percent,
        });
    }
    if let Some((agreed, attended)) = agreed.zip(attended)
        && !reaches(agreed, attended, rule.agree_percent)
    {
        verdict.against.push(Reason::VotesTooFew {
            agreed,
            attended,
            percent: rule.agree_percent,
        });
    }
}

/// Circular 124/2021 and the new-rural-area set: every criterion, none left out. The new-rural-area
/// set is recognised by a decision, which stands in for registration.
fn by_criteria(pack: &Pack, sheet: &Sheet, verdict: &mut Verdict) {
    if pack.assessment == Assessment::NewRuralCommune {
        proposal(sheet, verdict);
    } else {
        registration(sheet, verdict);
    }
    let mut missing = 0;
    for criterion in pack.criteria() {
        match sheet.passes.get(&criterion.id) {
            Some(true) => {}
            Some(false) => verdict.against.push(Reason::CriterionFailed {
                criterion: criterion.id.clone(),
            }),
            None => missing += 1,
        }
    }
    if missing > 0 {
        verdict.missing(MissingPart::Criteria, missing);
    } else if verdict.against.is_empty() {
        verdict.favour.push(Reason::AllCriteriaMet);
    }
}

fn registration(sheet: &Sheet, verdict: &mut Verdict) {
    match sheet.registered {
        None => verdict.missing(MissingPart::Registration, 1),
        Some(false) => verdict.against.push(Reason::NotRegistered),
        Some(true) => {}
    }
}

fn proposal(sheet: &Sheet, verdict: &mut Verdict) {
    match sheet.proposed {
        None => verdict.missing(MissingPart::Proposal, 1),
        Some(false) => verdict.against.push(Reason::NotProposed),
        Some(true) => {}
    }
}

fn by_class(sheet: &Sheet) -> Evaluation {
    let (outcome, reason) = match sheet.poverty {
        Some(Poverty::Poor) => (Outcome::Earned, Reason::Poor),
        Some(Poverty::NearPoor) => (Outcome::NotEarned, Reason::NearPoor),
        Some(Poverty::None) => (Outcome::NotEarned, Reason::NotPoor),
        None => (
            Outcome::Incomplete,
            Reason::Missing {
                part: MissingPart::Poverty,
                count: 1,
            },
        ),
    };
    Evaluation {
        outcome,
        points: None,
        pass_mark: None,
        reasons: vec![reason],
    }
}
