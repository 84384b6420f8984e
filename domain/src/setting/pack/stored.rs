//! How a version is written into its record and read again.
//!
//! Programs that knew versions of Circular 124's packs alone read one group of criteria that are met or not, from
//! [`field::ORDER`], and take all else from the pack compiled in. A version that says no more than that is written
//! so that they follow it. Any other has [`field::GROUPS`] instead: they find no order in it, carry it, and go on
//! judging by the version before, which what they hand in then names.

use super::rules::{self, Rules, Thresholds};
use super::{Draft, MAX_CRITERIA, MAX_GROUNDS, MAX_GROUPS};
use crate::catalogue::Assessment;
use crate::criteria::{
    Criterion, CriterionId, ExclusionCode, Pack, Packs, PassMarks, Scale, Verification, Version,
};
use crate::record::{Period, Value};
use crate::setting::{MAX_PAPER_BYTES, SettingError, line, set_ms, text_value};
use crate::sync::edit::MAX_FIELDS_PER_EDIT;
use crate::sync::state::RecordState;

/// Names of the fields.
pub mod field {
    /// First year it applies to (number).
    pub const FROM: &str = "from";
    /// Last year, if it ends (number).
    pub const TO: &str = "to";
    /// The legal text (text).
    pub const BASIS: &str = "basis";
    /// The paper by which the province adopts it (text).
    pub const PAPER: &str = "paper";
    /// Codes of its criteria in order, with a space between (text), where it has but one group that is met or not.
    pub const ORDER: &str = "order";
    /// What a criterion asks: `text.` and its code (text).
    pub const TEXT: &str = "text.";
    /// Whether its wording was compared with the legal text: `read.` and its code (yes or no), beside [`ORDER`].
    pub const READ: &str = "read.";

    /// In the place of [`ORDER`]: codes of the criteria, with `/` between groups (text).
    pub const GROUPS: &str = "groups";
    /// Name of a group: `group.` and its place, from 1 (text).
    pub const GROUP: &str = "group.";
    /// Most points of the criteria, in order, with a space between (text).
    pub const POINTS: &str = "points";
    /// Codes of the criteria whose wording was compared, beside [`GROUPS`] (text).
    pub const COMPARED: &str = "compared";
    /// Codes of the grounds for which a subject is not considered, in order (text).
    pub const GROUNDS: &str = "grounds";
    /// What a ground says: `ground.` and its code (text).
    pub const GROUND: &str = "ground.";
    /// Codes of the grounds whose wording was compared (text).
    pub const GROUNDS_COMPARED: &str = "grounds.compared";
    /// Points needed in mountainous communes (number).
    pub const MOUNTAINOUS: &str = "least.mountainous";
    /// Points needed by poor and near-poor households (number).
    pub const POOR: &str = "least.poor";
    /// Points needed in districts of centrally-run cities (number).
    pub const CITY: &str = "least.city";
    /// Points needed elsewhere (number).
    pub const OTHER: &str = "least.other";
    /// Least share of each group's points, in percent (number).
    pub const SHARE: &str = "least.share";
    /// Who has to attend of those invited, in percent (number).
    pub const ATTENDANCE: &str = "least.attendance";
    /// Who has to agree of those attending, in percent (number).
    pub const AGREEMENT: &str = "least.agreement";
}

/// Fields beside names of groups and wordings: four of every version, five lists, seven thresholds.
const FIXED: usize = 4 + 5 + 7;
// A version is one edit.
const _: () = assert!(MAX_CRITERIA + MAX_GROUPS + MAX_GROUNDS + FIXED <= MAX_FIELDS_PER_EDIT);
/// Most criteria that are written with [`field::ORDER`], two fields each.
const MAX_ORDERED: usize = 20;
const _: () = assert!(2 * MAX_ORDERED + 5 <= MAX_FIELDS_PER_EDIT);

impl Draft {
    /// The fields that say so.
    pub(in crate::setting) fn fields(
        &self,
        packs: Packs,
        period: Period,
    ) -> Result<Vec<(String, Value)>, SettingError> {
        let pack = self.pack(packs, period)?;
        let own = rules::own(self.assessment).ok_or(SettingError::OutOfRange)?;
        let year = |year: Period| Value::Int(i64::from(year.0));
        let paper = line(&self.paper, MAX_PAPER_BYTES)?;
        let common = [
            (field::FROM, year(self.from)),
            (field::TO, self.to.map_or(Value::Null, year)),
            (field::BASIS, text_value(pack.legal_basis.clone())),
            (field::PAPER, text_value(paper)),
        ];
        let mut fields: Vec<_> = common
            .into_iter()
            .map(|(name, it)| (name.to_owned(), it))
            .collect();
        match says_but_its_criteria(&pack, own) {
            true => fields.extend(ordered(&pack)),
            false => fields.extend(grouped(&pack)),
        }
        Ok(fields)
    }
}

fn says_but_its_criteria(pack: &Pack, own: &Pack) -> bool {
    let [(group, of)] = pack
        .standards
        .iter()
        .zip(&own.standards)
        .collect::<Vec<_>>()[..]
    else {
        return false;
    };
    pack.standards.len() == 1
        && pack.scale == Scale::PassFail
        && group.name == rules::heading(&of.name)
        && group.criteria.len() <= MAX_ORDERED
        && pack.exclusions == own.exclusions
}

fn words<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

fn compared(criterion: &Criterion) -> bool {
    criterion.verification == Verification::Read
}

fn ordered(pack: &Pack) -> Vec<(String, Value)> {
    let codes = words(pack.criteria().map(|it| it.id.0.as_str()));
    let mut fields = vec![(field::ORDER.to_owned(), text_value(codes))];
    for criterion in pack.criteria() {
        let (id, text) = (&criterion.id, criterion.text.clone());
        fields.push((format!("{}{id}", field::TEXT), text_value(text)));
        let read = Value::Bool(compared(criterion));
        fields.push((format!("{}{id}", field::READ), read));
    }
    fields
}

fn grouped(pack: &Pack) -> Vec<(String, Value)> {
    let groups = pack
        .standards
        .iter()
        .map(|group| words(group.criteria.iter().map(|it| it.id.0.as_str())));
    let groups: Vec<_> = groups.collect();
    let read = pack.criteria().filter(|it| compared(it));
    let read = words(read.map(|it| it.id.0.as_str()));
    let grounds = words(pack.exclusions.iter().map(|it| it.code.0.as_str()));
    let grounds_read = pack
        .exclusions
        .iter()
        .filter(|it| it.verification == Verification::Read);
    let grounds_read = words(grounds_read.map(|it| it.code.0.as_str()));
    let lists = [
        (field::GROUPS, groups.join("/")),
        (field::COMPARED, read),
        (field::GROUNDS, grounds),
        (field::GROUNDS_COMPARED, grounds_read),
    ];
    let mut fields: Vec<_> = lists
        .into_iter()
        .map(|(name, list)| (name.to_owned(), text_value(list)))
        .collect();
    if let Some(thresholds) = Thresholds::of(pack) {
        let points: Vec<_> = pack.criteria().map(|it| it.max.to_string()).collect();
        fields.push((field::POINTS.to_owned(), text_value(points.join(" "))));
        let numbers = numbers_of(thresholds).into_iter();
        fields.extend(numbers.map(|(name, it)| (name.to_owned(), Value::Int(i64::from(it)))));
    }
    for (place, group) in (1..).zip(&pack.standards) {
        let name = text_value(group.name.clone());
        fields.push((format!("{}{place}", field::GROUP), name));
    }
    for criterion in pack.criteria() {
        let name = format!("{}{}", field::TEXT, criterion.id);
        fields.push((name, text_value(criterion.text.clone())));
    }
    for ground in &pack.exclusions {
        let name = format!("{}{}", field::GROUND, ground.code);
        fields.push((name, text_value(ground.text.clone())));
    }
    fields
}

fn numbers_of(thresholds: Thresholds) -> [(&'static str, u32); 7] {
    let marks = thresholds.pass_marks;
    [
        (field::MOUNTAINOUS, marks.mountainous),
        (field::POOR, marks.poor_household),
        (field::CITY, marks.central_city),
        (field::OTHER, marks.other),
        (field::SHARE, thresholds.group_percent),
        (field::ATTENDANCE, thresholds.attendance_percent),
        (field::AGREEMENT, thresholds.agree_percent),
    ]
}

/// Reads a version; `None` if it says too little to judge by, or what this program does not know to judge by.
pub(in crate::setting) fn read(
    assessment: Assessment,
    number: u16,
    state: &RecordState,
) -> Option<Version> {
    let year = |name| state.int(name).and_then(|year| u16::try_from(year).ok());
    let (from, to) = (Period(year(field::FROM)?), year(field::TO).map(Period));
    let own = rules::own(assessment)?;
    let rules = match state.text(field::GROUPS) {
        Some(groups) => grouped_rules(own, state, groups)?,
        None => ordered_rules(own, state)?,
    };
    rules.check(own).ok()?;
    let basis = state.text(field::BASIS)?.to_owned();
    Some(Version {
        number,
        pack: rules.pack(own, number, (from, to), basis),
        paper: state.text(field::PAPER).unwrap_or_default().to_owned(),
        set_ms: set_ms(state),
    })
}

fn ordered_rules(own: &Pack, state: &RecordState) -> Option<Rules> {
    let codes = state.text(field::ORDER)?.split(' ');
    let criteria = codes.map(|code| {
        let text = state.text(&format!("{}{code}", field::TEXT))?;
        let read = state.flag(&format!("{}{code}", field::READ)) == Some(true);
        rules::criterion(own, CriterionId::from(code), text, 0, read).ok()
    });
    let criteria = criteria.collect::<Option<Vec<_>>>()?;
    let name = rules::heading(&own.standards.first()?.name);
    Some(Rules {
        groups: vec![rules::group(0, name, criteria)],
        grounds: own.exclusions.clone(),
        thresholds: None,
    })
}

fn grouped_rules(own: &Pack, state: &RecordState, groups: &str) -> Option<Rules> {
    let list = |name| -> Vec<&str> {
        let said = state.text(name).unwrap_or_default();
        said.split_whitespace().collect()
    };
    let scored = matches!(own.scale, Scale::Points { .. });
    let (compared, all_points) = (list(field::COMPARED), list(field::POINTS));
    let mut all_points = all_points.into_iter();
    let mut read_group = |place: usize, codes: &str| {
        let name = state.text(&format!("{}{}", field::GROUP, place + 1))?;
        let criteria = codes.split(' ').map(|code| {
            let max = match scored {
                true => all_points.next()?.parse().ok()?,
                false => 0,
            };
            let text = state.text(&format!("{}{code}", field::TEXT))?;
            let read = compared.contains(&code);
            rules::criterion(own, CriterionId::from(code), text, max, read).ok()
        });
        let criteria = criteria.collect::<Option<Vec<_>>>()?;
        Some(rules::group(place, name, criteria))
    };
    let groups = groups.split('/').enumerate();
    let groups = groups.map(|(place, codes)| read_group(place, codes));
    let groups = groups.collect::<Option<Vec<_>>>()?;
    let compared = list(field::GROUNDS_COMPARED);
    let grounds = list(field::GROUNDS).into_iter().map(|code| {
        let text = state.text(&format!("{}{code}", field::GROUND))?;
        let read = compared.contains(&code);
        rules::ground(own, ExclusionCode::from(code), text, read).ok()
    });
    Some(Rules {
        groups,
        grounds: grounds.collect::<Option<Vec<_>>>()?,
        thresholds: if scored {
            Some(thresholds(state)?)
        } else {
            None
        },
    })
}

fn thresholds(state: &RecordState) -> Option<Thresholds> {
    let number = |name| state.int(name).and_then(|it| u32::try_from(it).ok());
    Some(Thresholds {
        pass_marks: PassMarks {
            mountainous: number(field::MOUNTAINOUS)?,
            poor_household: number(field::POOR)?,
            central_city: number(field::CITY)?,
            other: number(field::OTHER)?,
        },
        group_percent: number(field::SHARE)?,
        attendance_percent: number(field::ATTENDANCE)?,
        agree_percent: number(field::AGREEMENT)?,
    })
}
