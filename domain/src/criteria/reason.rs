//! Why a judgement is what it is.

use super::pack::{CriterionId, ExclusionCode, Pack};
use serde::{Deserialize, Serialize};

/// A part of the entry that is not filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissingPart {
    /// Whether registered.
    Registration,
    /// Points or answers of criteria.
    Criteria,
    /// Numbers of the meeting.
    Meeting,
    /// Class of the poverty review.
    Poverty,
    /// Whether put forward.
    Proposal,
}

/// One reason. Ready to be said with [`Reason::vi`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Enough points.
    ReachesPassMark {
        /// Points given.
        points: u32,
        /// Points needed.
        mark: u32,
    },
    /// Too few points.
    BelowPassMark {
        /// Points given.
        points: u32,
        /// Points needed.
        mark: u32,
    },
    /// A standard has less than its least share.
    StandardTooLow {
        /// Place of the standard in the pack, from 0.
        standard: usize,
        /// Points given.
        points: u32,
        /// Points needed.
        needed: u32,
    },
    /// An exclusion applies. The code is absent where the reader's role does not see it.
    Excluded {
        /// Which.
        code: Option<ExclusionCode>,
    },
    /// Not registered.
    NotRegistered,
    /// A criterion is not met.
    CriterionFailed {
        /// Which.
        criterion: CriterionId,
    },
    /// All criteria are met.
    AllCriteriaMet,
    /// Too few attended the meeting.
    AttendanceTooLow {
        /// Attended.
        attended: u32,
        /// Invited.
        invited: u32,
        /// Needed, in percent.
        percent: u32,
    },
    /// Too few agreed.
    VotesTooFew {
        /// Agreed.
        agreed: u32,
        /// Attended.
        attended: u32,
        /// Needed, in percent.
        percent: u32,
    },
    /// Not put forward, or no decision yet.
    NotProposed,
    /// On the list of poor households.
    Poor,
    /// Near-poor.
    NearPoor,
    /// Neither.
    NotPoor,
    /// Something is not filled in.
    Missing {
        /// Which part.
        part: MissingPart,
        /// How many answers of it.
        count: usize,
    },
    /// Numbers that cannot be: more points than there are, more votes than people.
    Impossible,
}

impl Reason {
    /// The reason as a sentence.
    pub fn vi(&self, pack: &Pack) -> String {
        match self {
            Self::ReachesPassMark { points, mark } => {
                format!("Được {points} điểm, đạt mốc {mark} điểm.")
            }
            Self::BelowPassMark { points, mark } => {
                format!("Được {points} điểm, còn thiếu {} điểm so với mốc {mark}.", mark - points)
            }
            Self::StandardTooLow { standard, points, needed } => {
                let name = pack.standards.get(*standard).map_or("", |s| s.name.as_str());
                format!("Tiêu chuẩn “{name}” được {points} điểm, cần ít nhất {needed} (50% số điểm).")
            }
            Self::Excluded { code: None } => "Thuộc trường hợp không xét.".to_owned(),
            Self::Excluded { code: Some(code) } => {
                let text = pack.exclusions.iter().find(|e| e.code == *code);
                let text = text.map_or(code.0.as_str(), |exclusion| exclusion.text.as_str());
                format!("Thuộc trường hợp không xét: {text}.")
            }
            Self::NotRegistered => "Không đăng ký từ đầu năm.".to_owned(),
            Self::CriterionFailed { criterion } => {
                let text = pack.criterion(criterion).map_or("", |c| c.text.as_str());
                format!("Không đạt tiêu chí “{text}”.")
            }
            Self::AllCriteriaMet => "Đạt tất cả các tiêu chí.".to_owned(),
            Self::AttendanceTooLow { attended, invited, percent } => format!(
                "Cuộc họp có {attended}/{invited} hộ dự, cần ít nhất {percent}%."
            ),
            Self::VotesTooFew { agreed, attended, percent } => format!(
                "Có {agreed}/{attended} hộ dự họp đồng ý, cần ít nhất {percent}%."
            ),
            Self::NotProposed => "Chưa được đề nghị hoặc công nhận.".to_owned(),
            Self::Poor => "Thuộc danh sách hộ nghèo.".to_owned(),
            Self::NearPoor => "Thuộc danh sách hộ cận nghèo, không tính là hộ nghèo.".to_owned(),
            Self::NotPoor => "Không thuộc hộ nghèo, hộ cận nghèo.".to_owned(),
            Self::Missing { part, count } => match part {
                MissingPart::Registration => "Chưa ghi có đăng ký hay không.".to_owned(),
                MissingPart::Criteria => format!("Còn {count} tiêu chí chưa chấm."),
                MissingPart::Meeting => "Chưa đủ số liệu cuộc họp bình xét.".to_owned(),
                MissingPart::Poverty => "Chưa ghi kết quả rà soát hộ nghèo.".to_owned(),
                MissingPart::Proposal => "Chưa ghi có đề nghị hay không.".to_owned(),
            },
            Self::Impossible => {
                "Có số không hợp lý: điểm vượt mức tối đa, hoặc số hộ dự họp, đồng ý vượt số hộ có mặt."
                    .to_owned()
            }
        }
    }
}
