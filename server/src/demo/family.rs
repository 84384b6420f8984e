//! An entry for a title that points decide, so that the rule says of it what was drawn for it.

use super::luck::Luck;
use super::tablet::Values;
use thidua_domain::criteria::{Pack, Poverty};
use thidua_domain::entry::field;
use thidua_domain::record::Value;

/// The meeting of a residential area, the same for all its families.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meeting {
    pub(super) invited: i64,
    pub(super) attended: i64,
}

impl Meeting {
    /// Between 64 and 95 of 100 families come.
    pub(super) fn of(luck: &mut Luck, families: i64) -> Self {
        Self {
            invited: families,
            attended: share(families, luck.between(64, 95)),
        }
    }
}

/// So many percent of a whole, rounded up: what has to be reached is reached.
fn share(whole: i64, percent: i64) -> i64 {
    (whole * percent + 99) / 100
}

/// Why a family does not earn the title, if it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Earned,
    NotRegistered,
    FewPoints,
    OneStandardTooLow,
    Excluded,
    OutvotedAtTheMeeting,
}

/// Of a hundred families that do not earn the title, how many for which reason.
const REASONS: [(Fate, u64); 5] = [
    (Fate::NotRegistered, 22),
    (Fate::FewPoints, 38),
    (Fate::OneStandardTooLow, 10),
    (Fate::Excluded, 6),
    (Fate::OutvotedAtTheMeeting, 24),
];

const NOTES: [&str; 6] = [
    "Đã đối chiếu với sổ của bản.",
    "Gia đình có người đi làm xa.",
    "Đã vận động tham gia bảo hiểm y tế.",
    "Cần theo dõi việc học của con.",
    "Gia đình có công với cách mạng.",
    "Mới sửa lại nhà, vệ sinh sạch sẽ.",
];

/// The fields of an entry for the title, in the order in which they are filled in. `percent` of the
/// families earn it; those that did so last year more often. A residential area has no class of poverty.
pub(super) fn cultural(
    luck: &mut Luck,
    pack: &Pack,
    (poverty, earned_before): (Option<Poverty>, bool),
    meeting: Meeting,
    percent: i64,
) -> Values {
    // About 69 of 100 families earned it before: the two cases make `percent` on the whole.
    let percent = if earned_before {
        percent + 8
    } else {
        percent - 18
    };
    let fate = if luck.chance(percent) {
        Fate::Earned
    } else {
        REASONS[luck.weighted(&REASONS.map(|(_, weight)| weight))].0
    };
    let mut values: Values = vec![(
        field::REGISTERED.to_owned(),
        Value::Bool(fate != Fate::NotRegistered),
    )];
    if let Some(poverty) = poverty {
        values.push((field::POVERTY.to_owned(), Value::from(poverty.as_str())));
    }
    if fate != Fate::NotRegistered {
        values.extend(scores(luck, pack, fate));
        let agreed = match fate {
            Fate::Earned => luck.between(74, 100),
            Fate::Excluded => luck.between(60, 90),
            _ => luck.between(18, 57),
        };
        let agreed = match fate {
            Fate::Earned | Fate::Excluded => share(meeting.attended, agreed),
            _ => meeting.attended * agreed / 100,
        };
        values.push((field::INVITED.to_owned(), Value::Int(meeting.invited)));
        values.push((field::ATTENDED.to_owned(), Value::Int(meeting.attended)));
        values.push((field::AGREED.to_owned(), Value::Int(agreed)));
    }
    if fate == Fate::Excluded && !pack.exclusions.is_empty() {
        let code = &luck.pick(&pack.exclusions).code;
        values.push((format!("{}{code}", field::EXCLUSION), Value::Bool(true)));
    }
    values.push((
        field::PROPOSED.to_owned(),
        Value::Bool(fate == Fate::Earned),
    ));
    if luck.chance(12) {
        values.push((field::NOTE.to_owned(), Value::from(*luck.pick(&NOTES))));
    }
    values
}

/// Points near a level of the family's own, a point more or less here and there.
fn scores(luck: &mut Luck, pack: &Pack, fate: Fate) -> Values {
    let level = match fate {
        Fate::FewPoints => luck.between(36, 54),
        Fate::OutvotedAtTheMeeting => luck.between(60, 78),
        // Most of those who earn it have between 75 and 95 points.
        _ => luck.between(35, 49) + luck.between(35, 48),
    };
    let low = (fate == Fate::OneStandardTooLow).then(|| luck.index(pack.standards.len()));
    let mut scores = Values::new();
    for (place, standard) in pack.standards.iter().enumerate() {
        let level = if low == Some(place) {
            luck.between(28, 40)
        } else {
            level
        };
        for criterion in &standard.criteria {
            let most = i64::from(criterion.max);
            let near = (most * level + 50) / 100 + *luck.pick(&[-1, 0, 0, 1]);
            scores.push((
                format!("{}{}", field::SCORE, criterion.id),
                Value::Int(near.clamp(0, most)),
            ));
        }
    }
    scores
}

/// This year's class in the poverty review, of which `poor` and `near_poor` percent are.
pub(super) fn poverty_now(luck: &mut Luck, poor: i64, near_poor: i64) -> Poverty {
    match luck.between(0, 99) {
        draw if draw < poor => Poverty::Poor,
        draw if draw < poor + near_poor => Poverty::NearPoor,
        _ => Poverty::None,
    }
}

/// Last year's class of a family: most of the poor were poor, and some of those who are not any more.
/// On the whole about three points more were, as the directive has it.
pub(super) fn poverty_before(luck: &mut Luck, now: Poverty) -> Poverty {
    let weights = match now {
        Poverty::Poor => [92, 5, 3],
        Poverty::NearPoor => [38, 54, 8],
        Poverty::None => [1, 4, 95],
    };
    [Poverty::Poor, Poverty::NearPoor, Poverty::None][luck.weighted(&weights)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use thidua_domain::catalogue::Assessment;
    use thidua_domain::criteria::{Outcome, PassMarkZone, Sheet, evaluate};
    use thidua_domain::date::Date;

    #[test]
    fn sheets_are_possible_and_shares_come_out_as_asked() {
        let date = Date::last_of_year(2022);
        let pack = Pack::for_assessment(Assessment::CulturalFamily, date).unwrap();
        let mut luck = Luck::new(7, 7);
        let (mut earned, mut excluded, all) = (0, 0, 4_000);
        for _ in 0..all {
            let before = luck.chance(69);
            let families = luck.between(1, 200);
            let meeting = Meeting::of(&mut luck, families);
            let values = cultural(&mut luck, pack, (Some(Poverty::None), before), meeting, 71);
            let values: BTreeMap<_, _> = values.into_iter().collect();
            let number = |name: &str| {
                let number = values.get(name).and_then(Value::as_int);
                number.and_then(|number| u32::try_from(number).ok())
            };
            let mut sheet = Sheet {
                registered: values[field::REGISTERED].as_bool(),
                proposed: values[field::PROPOSED].as_bool(),
                poverty: Some(Poverty::None),
                ..Sheet::default()
            };
            sheet.meeting.invited = number(field::INVITED);
            sheet.meeting.attended = number(field::ATTENDED);
            sheet.meeting.agreed = number(field::AGREED);
            for (name, _) in values.iter() {
                if let Some(id) = name.strip_prefix(field::SCORE) {
                    let points = number(name).unwrap();
                    sheet.scores.insert(id.into(), points.try_into().unwrap());
                }
                if let Some(code) = name.strip_prefix(field::EXCLUSION) {
                    sheet.exclusions.insert(code.into());
                }
            }
            assert_eq!(sheet.check(pack), []);
            excluded += i32::from(!sheet.exclusions.is_empty());
            let said = evaluate(pack, &sheet, PassMarkZone::MountainousIslandOrSpecial);
            assert_ne!(said.outcome, Outcome::Incomplete, "{said:?}");
            earned += i32::from(said.outcome == Outcome::Earned);
        }
        let share = f64::from(earned) / f64::from(all);
        assert!((0.68..0.74).contains(&share), "{share} earn the title");
        let share = f64::from(excluded) / f64::from(all);
        assert!((0.005..0.03).contains(&share), "{share} are excluded");
    }
}
