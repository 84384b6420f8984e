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
                format!("Được {points} điểm, còn thiếu {} điểm so với mốc {mark}.", mark.saturating_sub(*points))
            }
            Self::StandardTooLow { standard, points, needed } => {
                let name = pack.standards.get(*standard).map_or("", |s| s.name.as_str());
                let share = pack
                    .standard_min_percent
                    .map_or_else(String::new, |percent| format!(" ({percent}% số điểm)"));
                format!("Tiêu chuẩn “{name}” được {points} điểm, cần ít nhất {needed}{share}.")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Assessment;
    use crate::date::Date;

    #[test]
    fn every_reason_is_a_sentence() {
        let day = Date::last_of_year(2022);
        let pack = Pack::for_assessment(Assessment::CulturalFamily, day).unwrap();
        let missing = |part| Reason::Missing { part, count: 3 };
        for (reason, sentence) in [
            (
                Reason::ReachesPassMark {
                    points: 72,
                    mark: 60,
                },
                "Được 72 điểm, đạt mốc 60 điểm.",
            ),
            (
                Reason::BelowPassMark {
                    points: 53,
                    mark: 60,
                },
                "Được 53 điểm, còn thiếu 7 điểm so với mốc 60.",
            ),
            (
                Reason::StandardTooLow {
                    standard: 1,
                    points: 17,
                    needed: 18,
                },
                "Tiêu chuẩn “Gia đình hòa thuận, hạnh phúc, tiến bộ; tương trợ cộng đồng” được 17 điểm, \
                 cần ít nhất 18 (50% số điểm).",
            ),
            (
                Reason::Excluded { code: None },
                "Thuộc trường hợp không xét.",
            ),
            (
                Reason::Excluded {
                    code: Some("tao-hon".into()),
                },
                "Thuộc trường hợp không xét: Tảo hôn hoặc hôn nhân cận huyết thống.",
            ),
            (
                Reason::CriterionFailed {
                    criterion: "c14".into(),
                },
                "Không đạt tiêu chí “Trẻ em trong độ tuổi được đến trường”.",
            ),
            (
                Reason::AttendanceTooLow {
                    attended: 19,
                    invited: 33,
                    percent: 60,
                },
                "Cuộc họp có 19/33 hộ dự, cần ít nhất 60%.",
            ),
            (
                Reason::VotesTooFew {
                    agreed: 11,
                    attended: 20,
                    percent: 60,
                },
                "Có 11/20 hộ dự họp đồng ý, cần ít nhất 60%.",
            ),
            (missing(MissingPart::Criteria), "Còn 3 tiêu chí chưa chấm."),
            // What another program sent is said as it is, without panic.
            (
                Reason::BelowPassMark {
                    points: 61,
                    mark: 60,
                },
                "Được 61 điểm, còn thiếu 0 điểm so với mốc 60.",
            ),
            (
                Reason::Excluded {
                    code: Some("khac".into()),
                },
                "Thuộc trường hợp không xét: khac.",
            ),
        ] {
            assert_eq!(reason.vi(pack), sentence);
            let sent = serde_json::to_string(&reason).unwrap();
            assert_eq!(serde_json::from_str::<Reason>(&sent).unwrap(), reason);
        }
        for reason in [
            Reason::NotRegistered,
            Reason::AllCriteriaMet,
            Reason::NotProposed,
            Reason::Poor,
            Reason::NearPoor,
            Reason::NotPoor,
            Reason::Impossible,
            missing(MissingPart::Registration),
            missing(MissingPart::Meeting),
            missing(MissingPart::Poverty),
            missing(MissingPart::Proposal),
        ] {
            let sentence = reason.vi(pack);
            assert_eq!(crate::text::clean_line(&sentence), sentence);
            assert!(sentence.ends_with('.'), "{sentence}");
        }
    }
}
