//! Reasons as English sentences, for screens. What is printed and kept is Vietnamese: see [`Reason::vi`].

use super::{MissingPart, Pack, Reason};
use crate::english;

impl Reason {
    /// The reason as an English sentence.
    pub fn english(&self, pack: &Pack) -> String {
        let fixed = match self {
            Self::ReachesPassMark { points, mark } => {
                return format!("{points} points, the pass mark is {mark}.");
            }
            Self::BelowPassMark { points, mark } => {
                let short = mark.saturating_sub(*points);
                return format!("{points} points, {short} short of the pass mark of {mark}.");
            }
            Self::StandardTooLow {
                standard,
                points,
                needed,
            } => {
                let name = pack
                    .standards
                    .get(*standard)
                    .map_or("", |s| s.name.as_str());
                let name = english::of(name).unwrap_or(name);
                let share = pack
                    .standard_min_percent
                    .map_or_else(String::new, |percent| {
                        format!(" ({percent}% of its points)")
                    });
                return format!("“{name}” has {points} points and needs at least {needed}{share}.");
            }
            Self::Excluded { code: Some(code) } => {
                let text = pack.exclusions.iter().find(|e| e.code == *code);
                let text = text.map_or(code.0.as_str(), |exclusion| exclusion.text.as_str());
                let text = english::of(text).unwrap_or(text);
                return format!("There are grounds for exclusion: {text}.");
            }
            Self::CriterionFailed { criterion } => {
                let text = pack.criterion(criterion).map_or("", |c| c.text.as_str());
                let text = english::of(text).unwrap_or(text);
                return format!("The criterion “{text}” is not met.");
            }
            Self::AttendanceTooLow {
                attended,
                invited,
                percent,
            } => {
                return format!(
                    "{attended} of {invited} families attended the meeting; at least {percent}% are needed."
                );
            }
            Self::VotesTooFew {
                agreed,
                attended,
                percent,
            } => {
                return format!(
                    "{agreed} of {attended} families attending agreed; at least {percent}% are needed."
                );
            }
            Self::Missing {
                part: MissingPart::Criteria,
                count,
            } => {
                let criteria = if *count == 1 {
                    "criterion has"
                } else {
                    "criteria have"
                };
                return format!("{count} {criteria} not been marked.");
            }
            Self::Excluded { code: None } => "There are grounds for exclusion.",
            Self::NotRegistered => "Not registered at the start of the year.",
            Self::AllCriteriaMet => "All criteria are met.",
            Self::NotProposed => "Not proposed or recognised so far.",
            Self::Poor => "On the list of poor families.",
            Self::NearPoor => "On the list of near-poor families, which do not count as poor.",
            Self::NotPoor => "Neither poor nor near-poor.",
            Self::Missing { part, .. } => match part {
                MissingPart::Registration => "Whether the family registered is not entered.",
                MissingPart::Criteria => "Criteria have not been marked.",
                MissingPart::Meeting => "The figures of the review meeting are incomplete.",
                MissingPart::Poverty => "The result of the poverty review is not entered.",
                MissingPart::Proposal => "Whether it is proposed is not entered.",
            },
            Self::Impossible => {
                "There are impossible numbers: more points than there are, or more families attending or agreeing than present."
            }
        };
        fixed.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Assessment;
    use crate::date::Date;

    #[test]
    fn reasons_are_english_sentences() {
        let day = Date::last_of_year(2022);
        let pack = Pack::for_assessment(Assessment::CulturalFamily, day).unwrap();
        for (reason, sentence) in [
            (
                Reason::BelowPassMark {
                    points: 53,
                    mark: 60,
                },
                "53 points, 7 short of the pass mark of 60.",
            ),
            (
                Reason::CriterionFailed {
                    criterion: "c14".into(),
                },
                "The criterion “Children of school age go to school” is not met.",
            ),
            (
                Reason::Excluded {
                    code: Some("tao-hon".into()),
                },
                "There are grounds for exclusion: Child marriage or marriage between close relatives.",
            ),
            (
                Reason::Missing {
                    part: MissingPart::Criteria,
                    count: 1,
                },
                "1 criterion has not been marked.",
            ),
        ] {
            assert_eq!(reason.english(pack), sentence);
        }
    }
}
