//! What stands out in a province's entries and may deserve a look: hints, never verdicts. Every rule here
//! can be met by honest work (a village where all families earned the title, a meeting that voted as
//! one), so none of them changes what is counted or keeps anything from being accepted.

use crate::area::AreaCode;
use crate::entry::{self, field};
use crate::progress::Tally;
use crate::record::SubjectId;
use crate::sync::state::RecordState;
use serde::{Deserialize, Serialize};

/// Fewer entries than this say nothing: of ten families all may well have earned the title.
pub const FEWEST: i64 = 20;
/// Fewer communes than this have no middle to be far from.
const FEWEST_AREAS: usize = 5;
/// A share has to differ by at least so much, in hundredths of a percent: ten points.
pub const FAR: i64 = 1_000;
/// How many times as far from the middle as half of all communes are, in tenths: the usual limit of 3.5
/// for the modified z-score.
const TIMES_TENTHS: i64 = 35;
/// A share that differs from last year's by so much, in hundredths of a percent: twenty points.
pub const JUMP: i64 = 2_000;
/// Most hints of a kind that are shown at once.
pub const MAX_HINTS: usize = 200;
/// Milliseconds in a minute.
pub const MINUTE_MS: u64 = 60_000;

/// What one entry shows of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// The minute in which the last of its answers was given, since 1970, by the tablet's clock.
    pub made_minute: Option<u64>,
    /// More people agreed than attended the meeting, or more attended than were invited.
    pub votes_do_not_add_up: bool,
}

/// Reads an entry.
pub fn signs(entry: Option<&RecordState>) -> Signs {
    let Some(entry) = entry else {
        return Signs::default();
    };
    let [invited, attended, agreed] =
        [field::INVITED, field::ATTENDED, field::AGREED].map(|name| entry.int(name));
    let more = |part: Option<i64>, whole: Option<i64>| {
        part.zip(whole).is_some_and(|(part, whole)| part > whole)
    };
    Signs {
        made_minute: entry::answered_ms(entry).map(|ms| ms / MINUTE_MS),
        votes_do_not_add_up: more(agreed, attended) || more(attended, invited),
    }
}

/// Counts of a commune, this year and where it is known last year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// The commune.
    pub area: AreaCode,
    /// This year.
    pub tally: Tally,
    /// Last year.
    pub before: Option<Tally>,
}

/// Something that stands out. Shares are in hundredths of a percent of the entries handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Hint {
    /// Every entry that a commune handed in meets the rule.
    AllMet {
        /// The commune.
        area: AreaCode,
        /// So many entries.
        entries: i64,
    },
    /// A commune's share is far from the middle of all communes looked at.
    FarFromOthers {
        /// The commune.
        area: AreaCode,
        /// Its share.
        share: i64,
        /// The share in the middle.
        middle: i64,
    },
    /// A commune's share is far from its own of last year.
    YearJump {
        /// The commune.
        area: AreaCode,
        /// Its share this year.
        share: i64,
        /// Its share last year.
        before: i64,
    },
    /// Many entries of one residential area were made within one minute.
    SameMinute {
        /// Where.
        place: Place,
        /// So many entries.
        entries: i64,
        /// When the minute began, in milliseconds since 1970.
        at_ms: u64,
    },
    /// All entries of one residential area have the same points.
    SamePoints {
        /// Where.
        place: Place,
        /// So many entries.
        entries: i64,
        /// The points.
        points: i64,
    },
    /// More people agreed than attended, or more attended than were invited.
    VotesDoNotAddUp {
        /// Where.
        place: Place,
        /// The subject whose entry it is.
        subject: SubjectId,
        /// What it is called.
        label: String,
    },
}

/// A residential area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its commune.
    pub commune: AreaCode,
    /// The residential area; `None` where none is named.
    pub residential_area: Option<SubjectId>,
    /// Its name.
    pub name: String,
}

/// What stands out among counts of an assessment.
pub fn among(counts: &[Counts]) -> Vec<Hint> {
    let mut hints = Vec::new();
    let shares: Vec<(&AreaCode, i64)> = counts
        .iter()
        .filter_map(|counts| Some((&counts.area, share(&counts.tally)?)))
        .collect();
    for counts in counts {
        let (met, unmet) = decided(&counts.tally);
        if unmet == 0 && met >= FEWEST {
            hints.push(Hint::AllMet {
                area: counts.area.clone(),
                entries: met,
            });
        }
    }
    hints.extend(far_from_others(&shares));
    for counts in counts {
        let before = counts.before.as_ref().and_then(share);
        if let Some((share, before)) = share(&counts.tally).zip(before)
            && (share - before).abs() >= JUMP
        {
            hints.push(Hint::YearJump {
                area: counts.area.clone(),
                share,
                before,
            });
        }
    }
    hints
}

fn far_from_others(shares: &[(&AreaCode, i64)]) -> Vec<Hint> {
    if shares.len() < FEWEST_AREAS {
        return Vec::new();
    }
    let middle = median(shares.iter().map(|(_, share)| *share));
    let usual = median(shares.iter().map(|(_, share)| (share - middle).abs()));
    shares
        .iter()
        .filter(|(_, share)| {
            let far = (share - middle).abs();
            // 0.6745 makes the half of all comparable to a standard deviation.
            far >= FAR && far * 6_745 > TIMES_TENTHS * 1_000 * usual
        })
        .map(|(area, share)| Hint::FarFromOthers {
            area: (*area).clone(),
            share: *share,
            middle,
        })
        .collect()
}

/// The one in the middle; of an even number, the lower of the two.
fn median(numbers: impl Iterator<Item = i64>) -> i64 {
    let mut numbers: Vec<i64> = numbers.collect();
    numbers.sort_unstable();
    let middle = numbers.len().saturating_sub(1) / 2;
    numbers.get(middle).copied().unwrap_or_default()
}

/// Entries handed in of which the rule says something: met, and not met.
fn decided(tally: &Tally) -> (i64, i64) {
    let parts = [tally.accepted, tally.submitted, tally.changed];
    let met = parts.iter().map(|part| part.met).sum();
    (met, parts.iter().map(|part| part.unmet).sum())
}

/// The share met of the entries handed in, where there are enough.
fn share(tally: &Tally) -> Option<i64> {
    let (met, unmet) = decided(tally);
    (met + unmet >= FEWEST).then(|| met * 10_000 / (met + unmet))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Assessment;
    use crate::progress::Count;
    use crate::record::FieldName;
    use crate::record::Value;
    use crate::sync::clock::Hlc;
    use crate::sync::edit::{DeviceId, Edit, EditId};

    fn counts(area: &str, met: i64, unmet: i64, before: Option<(i64, i64)>) -> Counts {
        let tally = |(met, unmet)| Tally {
            expected: 200,
            submitted: Count {
                met,
                unmet,
                open: 0,
            },
            ..Tally::default()
        };
        Counts {
            area: AreaCode::parse(area).unwrap(),
            tally: tally((met, unmet)),
            before: before.map(tally),
        }
    }

    fn said(hints: &[Hint]) -> Vec<String> {
        let area = |hint: &Hint| match hint {
            Hint::AllMet { area, entries } => format!("{area} all {entries}"),
            Hint::FarFromOthers {
                area,
                share,
                middle,
            } => format!("{area} {share} of {middle}"),
            Hint::YearJump {
                area,
                share,
                before,
            } => format!("{area} {before} to {share}"),
            other => format!("{other:?}"),
        };
        hints.iter().map(area).collect()
    }

    #[test]
    fn communes_stand_out_by_being_perfect_far_or_other_than_last_year() {
        let mut all: Vec<_> = [70, 71, 72, 69, 70, 73]
            .iter()
            .zip(1..)
            .map(|(met, code)| counts(&format!("0000{code}"), *met, 100 - met, Some((70, 30))))
            .collect();
        assert_eq!(said(&among(&all)), Vec::<String>::new());
        all.push(counts("00007", 100, 0, Some((95, 5))));
        all.push(counts("00008", 40, 60, Some((70, 30))));
        // Too few to say anything.
        all.push(counts("00009", 19, 0, Some((1, 50))));
        assert_eq!(
            said(&among(&all)),
            [
                "00007 all 100",
                "00007 10000 of 7000",
                "00008 4000 of 7000",
                "00008 7000 to 4000"
            ]
        );
        let few = [counts("00001", 90, 10, None), counts("00002", 20, 80, None)];
        assert_eq!(said(&among(&few)), Vec::<String>::new());
    }

    #[test]
    fn communes_that_are_alike_have_no_outliers_within_ten_points() {
        let mut all: Vec<_> = (1..8)
            .map(|code| counts(&format!("0000{code}"), 70, 30, None))
            .collect();
        all.push(counts("00009", 79, 21, None));
        assert_eq!(said(&among(&all)), Vec::<String>::new());
    }

    #[test]
    fn an_entry_tells_when_it_was_made_and_whether_its_votes_add_up() {
        let mut state = RecordState::new(AreaCode::parse("00001").unwrap());
        let mut seq = 0;
        let mut write = |state: &mut RecordState, name: &str, value: Value, ms: u64| {
            seq += 1;
            let name = FieldName::parse(name).unwrap();
            let edit = Edit {
                id: EditId {
                    device: DeviceId(1),
                    seq,
                },
                time: Hlc::from_millis(ms),
                author: "x".to_owned(),
                commune: state.commune.clone(),
                record: crate::record::RecordKey::entry(
                    SubjectId(1),
                    Assessment::CulturalFamily,
                    crate::record::Period(2022),
                ),
                changes: state.changes_to(vec![(name, value)]),
            };
            state.apply(&edit);
        };
        assert_eq!(signs(None), Signs::default());
        write(&mut state, field::INVITED, Value::Int(100), 60_000);
        write(&mut state, field::ATTENDED, Value::Int(80), 120_000);
        write(&mut state, field::AGREED, Value::Int(80), 180_001);
        // Neither handing in nor a review is an answer.
        write(&mut state, field::SUBMITTED, "x".into(), 600_000);
        write(
            &mut state,
            field::REVIEW_DECISION,
            "accepted".into(),
            700_000,
        );
        let found = signs(Some(&state));
        assert_eq!(found.made_minute, Some(3));
        assert!(!found.votes_do_not_add_up);
        write(&mut state, field::AGREED, Value::Int(81), 800_000);
        assert!(signs(Some(&state)).votes_do_not_add_up);
        write(&mut state, field::AGREED, Value::Int(70), 900_000);
        assert!(!signs(Some(&state)).votes_do_not_add_up);
        write(&mut state, field::ATTENDED, Value::Int(101), 900_000);
        assert!(signs(Some(&state)).votes_do_not_add_up);
    }
}
