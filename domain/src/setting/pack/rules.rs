//! What a version may state of a pack's rules, and the pack that follows from it.

use super::{ASSESSMENTS, MAX_CRITERIA, MAX_CRITERION_BYTES, MAX_GROUNDS, MAX_GROUPS, MAX_POINTS};
use crate::catalogue::Assessment;
use crate::criteria::{
    Criterion, CriterionId, Exclusion, ExclusionCode, MeetingRule, Pack, PassMarks, Scale,
    Standard, Verification,
};
use crate::date::Date;
use crate::record::Period;
use crate::setting::{SettingError, line};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why rules are not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RuleError {
    /// There is no criterion at all, or a group without one.
    #[error("a group has no criterion")]
    EmptyGroup,
    /// Over [`MAX_CRITERIA`], [`MAX_GROUPS`] or [`MAX_GROUNDS`].
    #[error("too many criteria, groups or grounds")]
    TooMany,
    /// Points of a criterion lie outside 1 to [`MAX_POINTS`], or a pack without points states some.
    #[error("points of a criterion are out of range")]
    Points,
    /// A pass mark is 0, or more than all criteria give together.
    #[error("a pass mark cannot be reached or missed")]
    PassMark,
    /// A share is over 100 %.
    #[error("a share is over 100 %")]
    Percent,
}

/// What has to be reached under a pack with points. The pack's total is no statement of its own: it is the sum
/// of its criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thresholds {
    /// Points needed.
    pub pass_marks: PassMarks,
    /// Least share of each group's points, in percent.
    pub group_percent: u32,
    /// Of those invited to the meeting, how many have to attend, in percent.
    pub attendance_percent: u32,
    /// Of those attending, how many have to agree, in percent.
    pub agree_percent: u32,
}

impl Thresholds {
    /// Those of a pack; none of one without points.
    pub fn of(pack: &Pack) -> Option<Self> {
        let meeting = pack.meeting?;
        Some(Self {
            pass_marks: pack.pass_marks?,
            group_percent: pack.standard_min_percent?,
            attendance_percent: meeting.attendance_percent,
            agree_percent: meeting.agree_percent,
        })
    }

    fn check(&self, total: u32) -> Result<(), RuleError> {
        let PassMarks {
            mountainous,
            poor_household,
            central_city,
            other,
        } = self.pass_marks;
        let marks = [mountainous, poor_household, central_city, other];
        if marks.iter().any(|mark| !(1..=total).contains(mark)) {
            return Err(RuleError::PassMark);
        }
        let shares = [
            self.group_percent,
            self.attendance_percent,
            self.agree_percent,
        ];
        match shares.iter().all(|share| *share <= 100) {
            true => Ok(()),
            false => Err(RuleError::Percent),
        }
    }
}

/// The rules of a version; everything else of its pack is the program's.
pub(super) struct Rules {
    pub(super) groups: Vec<Standard>,
    pub(super) grounds: Vec<Exclusion>,
    pub(super) thresholds: Option<Thresholds>,
}

/// The program's pack that versions of an assessment are of.
pub(super) fn own(assessment: Assessment) -> Option<&'static Pack> {
    let of = |pack: &&Pack| pack.assessment == assessment && pack.editable;
    let known = ASSESSMENTS.contains(&assessment);
    Pack::all().iter().find(of).filter(|_| known)
}

/// Whether a title has grounds at all for which a subject is not considered: forms of the others ask for none. A
/// version may have dropped them, and a later one brings them back.
pub fn takes_grounds(assessment: Assessment) -> bool {
    own(assessment).is_some_and(|pack| !pack.exclusions.is_empty())
}

/// What a group is called once its wording was compared: the program's own say where it was not.
pub(super) fn heading(name: &str) -> &str {
    name.trim_end_matches(" (chưa đối chiếu với văn bản)")
}

pub(super) fn group(place: usize, name: &str, criteria: Vec<Criterion>) -> Standard {
    Standard {
        id: format!("s{}", place + 1),
        name: name.to_owned(),
        max: criteria.iter().map(|it| u32::from(it.max)).sum(),
        criteria,
    }
}

pub(super) fn criterion(
    own: &Pack,
    id: CriterionId,
    text: &str,
    max: u16,
    read: bool,
) -> Result<Criterion, SettingError> {
    let text = line(text, MAX_CRITERION_BYTES)?;
    let known = own.criterion(&id).filter(|it| it.text == text);
    Ok(Criterion {
        verification: verification(read, known.map(|it| it.verification)),
        id,
        text,
        max,
    })
}

pub(super) fn ground(
    own: &Pack,
    code: ExclusionCode,
    text: &str,
    read: bool,
) -> Result<Exclusion, SettingError> {
    let text = line(text, MAX_CRITERION_BYTES)?;
    let mut all = own.exclusions.iter();
    let known = all.find(|it| it.code == code && it.text == text);
    Ok(Exclusion {
        verification: verification(read, known.map(|it| it.verification)),
        code,
        text,
    })
}

/// A wording that nobody compared is known as well as the program's, while it is the program's.
fn verification(read: bool, of_program: Option<Verification>) -> Verification {
    match (read, of_program) {
        (true, _) => Verification::Read,
        (false, Some(Verification::Remembered)) => Verification::Remembered,
        (false, _) => Verification::Unverified,
    }
}

impl Rules {
    /// Whether they can be judged by, as versions of `own`.
    pub(super) fn check(&self, own: &Pack) -> Result<(), SettingError> {
        let Self {
            groups,
            grounds,
            thresholds,
        } = self;
        let empty = |group: &Standard| group.criteria.is_empty();
        if groups.is_empty() || groups.iter().any(empty) {
            return Err(RuleError::EmptyGroup.into());
        }
        let criteria = || groups.iter().flat_map(|group| &group.criteria);
        let too_many = criteria().count() > MAX_CRITERIA
            || groups.len() > MAX_GROUPS
            || grounds.len() > MAX_GROUNDS;
        // A form that asks for no grounds would never have one answered.
        let not_asked = own.exclusions.is_empty() && !grounds.is_empty();
        if too_many || not_asked {
            return Err(RuleError::TooMany.into());
        }
        let unnamed = groups.iter().any(|group| group.name.is_empty())
            || criteria().any(|it| it.text.is_empty())
            || grounds.iter().any(|it| it.text.is_empty());
        if unnamed {
            return Err(SettingError::Incomplete);
        }
        let scored = matches!(own.scale, Scale::Points { .. });
        let points = if scored { 1..=MAX_POINTS } else { 0..=0 };
        if criteria().any(|it| !points.contains(&it.max)) {
            return Err(RuleError::Points.into());
        }
        match thresholds {
            Some(thresholds) if scored => {
                let total = groups.iter().map(|group| group.max).sum();
                Ok(thresholds.check(total)?)
            }
            None if !scored => Ok(()),
            _ => Err(SettingError::OutOfRange),
        }
    }

    /// The pack of a version; what it does not state stays the program's.
    pub(super) fn pack(
        self,
        own: &Pack,
        number: u16,
        (from, to): (Period, Option<Period>),
        basis: String,
    ) -> Pack {
        let criteria = self.groups.iter().flat_map(|group| &group.criteria);
        let least = criteria.map(|criterion| criterion.verification);
        let total = self.groups.iter().map(|group| group.max).sum();
        let mut pack = Pack {
            legal_basis: basis,
            valid_from: Date::new(from.0, 1, 1).unwrap_or(own.valid_from),
            valid_to: to.map(|to| Date::last_of_year(to.0)),
            verification: least.fold(Verification::Read, Ord::max),
            standards: self.groups,
            exclusions: self.grounds,
            ..own.clone()
        };
        pack.id.0 = format!("{}-v{number}", own.id);
        if let Scale::Points { max } = &mut pack.scale {
            *max = total;
        }
        if let Some(thresholds) = self.thresholds {
            pack.pass_marks = Some(thresholds.pass_marks);
            pack.standard_min_percent = Some(thresholds.group_percent);
            pack.meeting = Some(MeetingRule {
                attendance_percent: thresholds.attendance_percent,
                agree_percent: thresholds.agree_percent,
            });
        }
        pack
    }
}
