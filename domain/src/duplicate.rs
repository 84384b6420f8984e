//! Families that may stand in the register twice: who is suspected, and what a person's answer writes.
//!
//! Nothing is merged by itself. Names repeat in these communes, so a name alone suggests nothing; a
//! person looks at both and says which one stays, or that they are two.

use crate::record::{SubjectId, Value};
use crate::subject::{self, field};
use crate::sync::state::RecordState;
use crate::text;
use std::collections::{BTreeMap, BTreeSet};

/// Reason in [`field::CLOSED`] of a family that stood in the register twice.
pub const DUPLICATE: &str = "duplicate";

/// Why two families may be one. The stronger reason comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same name and the same house number, in one commune.
    NameAndHouse,
    /// The same house of the same residential area, and names one letter apart.
    HouseAndNearlyName,
    /// The same name in the same residential area, and one of them has no house number.
    NameAndArea,
}

/// Two families of a commune that may be one, the one recorded under the smaller identity first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// Why.
    pub likeness: Likeness,
    /// One of them.
    pub first: SubjectId,
    /// The other.
    pub second: SubjectId,
}

struct Family<'a> {
    id: SubjectId,
    record: &'a RecordState,
    name: String,
    house: String,
    area: Option<SubjectId>,
}

impl Family<'_> {
    fn likeness(&self, other: &Self) -> Option<Likeness> {
        let same_name = self.name == other.name;
        let same_area = self.area.is_some() && self.area == other.area;
        let same_house = !self.house.is_empty() && self.house == other.house;
        if same_name && same_house {
            Some(Likeness::NameAndHouse)
        } else if same_house && same_area && one_letter_apart(&self.name, &other.name) {
            Some(Likeness::HouseAndNearlyName)
        } else if same_name && same_area && (self.house.is_empty() || other.house.is_empty()) {
            Some(Likeness::NameAndArea)
        } else {
            None
        }
    }

    fn told_apart_from(&self, other: SubjectId) -> bool {
        self.record.flag(&field::distinct_from(other)) == Some(true)
    }
}

/// The pairs among the open families of one commune that nobody has told apart, the likeliest first.
/// Takes time in proportion to the families, and to the square of those that share a name or a house.
pub fn pairs<'a>(families: impl IntoIterator<Item = (SubjectId, &'a RecordState)>) -> Vec<Pair> {
    let families: Vec<Family<'_>> = families
        .into_iter()
        .filter(|(_, record)| subject::is_open(record))
        .map(|(id, record)| Family {
            id,
            record,
            name: text::fold(&text::clean_line(subject::label(record))),
            house: text::fold(record.text(field::HOUSE_NO).unwrap_or_default().trim()),
            area: subject::residential_area(record),
        })
        .filter(|family| !family.name.is_empty())
        .collect();
    let mut groups: BTreeMap<(Option<SubjectId>, &str), Vec<&Family<'_>>> = BTreeMap::new();
    for family in &families {
        groups.entry((None, &family.name)).or_default().push(family);
        if family.area.is_some() && !family.house.is_empty() {
            let house = (family.area, family.house.as_str());
            groups.entry(house).or_default().push(family);
        }
    }
    let found: BTreeSet<Pair> = groups
        .values()
        .flat_map(|alike| {
            let others = alike.iter().enumerate();
            others
                .flat_map(|(place, one)| alike[place + 1..].iter().map(move |other| (*one, *other)))
        })
        .filter(|(one, other)| !one.told_apart_from(other.id) && !other.told_apart_from(one.id))
        .filter_map(|(one, other)| {
            Some(Pair {
                likeness: one.likeness(other)?,
                first: one.id.min(other.id),
                second: one.id.max(other.id),
            })
        })
        .collect();
    found.into_iter().collect()
}

/// What is written to the record of the one that goes when it is merged into the one that stays. Its
/// entries and its history remain under it, uncounted, and [`split`] brings it back as it was.
pub fn merge_into(stays: SubjectId) -> [(&'static str, Value); 2] {
    [
        (field::CLOSED, Value::from(DUPLICATE)),
        (field::SAME_AS, Value::Text(stays.to_string())),
    ]
}

/// What is written to the record of a merged family to have it back.
pub fn split() -> [(&'static str, Value); 2] {
    [(field::CLOSED, Value::Null), (field::SAME_AS, Value::Null)]
}

/// The family that a merged one went into; `None` for any other.
pub fn merged_into(record: &RecordState) -> Option<SubjectId> {
    let merged = record.text(field::CLOSED) == Some(DUPLICATE);
    let stays = record.text(field::SAME_AS).and_then(SubjectId::parse);
    stays.filter(|_| merged)
}

/// Whether one letter changed, added or left out makes one text the other. Equal texts are not.
fn one_letter_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[start..], &other[start..]);
    let end = one.iter().rev().zip(other.iter().rev());
    let end = end.take_while(|(a, b)| a == b).count();
    one.len().max(other.len()) - end == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::area::AreaCode;
    use crate::record::{FieldName, RecordKey};
    use crate::sync::clock::Hlc;
    use crate::sync::edit::{DeviceId, Edit, EditId};

    const HERE: SubjectId = SubjectId(100);
    const THERE: SubjectId = SubjectId(101);

    fn write<'a>(
        record: &mut RecordState,
        seq: u32,
        values: impl IntoIterator<Item = (&'a str, Value)>,
    ) {
        let values = values.into_iter();
        let values = values.map(|(name, value)| (FieldName::parse(name).unwrap(), value));
        let edit = Edit {
            id: EditId {
                device: DeviceId(1),
                seq,
            },
            time: Hlc(seq.into()),
            author: String::new(),
            commune: record.commune.clone(),
            record: RecordKey::parse(&format!("family/{}", SubjectId(1))).unwrap(),
            changes: record.changes_to(values.collect()),
        };
        record.apply(&edit);
    }

    fn family(head: &str, house: &str, area: SubjectId) -> RecordState {
        let mut record = RecordState::new(AreaCode::parse("03751").unwrap());
        let house = if house.is_empty() {
            Value::Null
        } else {
            house.into()
        };
        let area = Value::Text(area.to_string());
        write(
            &mut record,
            1,
            [
                (field::HEAD, head.into()),
                (field::HOUSE_NO, house),
                (field::AREA, area),
            ],
        );
        record
    }

    fn found(one: &RecordState, other: &RecordState) -> Option<Likeness> {
        let pairs = pairs([(SubjectId(2), other), (SubjectId(1), one)]);
        assert!(pairs.len() < 2);
        let pair = pairs.first()?;
        assert_eq!((pair.first, pair.second), (SubjectId(1), SubjectId(2)));
        Some(pair.likeness)
    }

    #[test]
    fn a_name_alone_suggests_nothing() {
        use Likeness::{HouseAndNearlyName, NameAndArea, NameAndHouse};
        for (one, other, expected) in [
            (
                ("Lò Văn Pánh", "12", HERE),
                ("Lò Văn Pánh", "12", THERE),
                Some(NameAndHouse),
            ),
            (
                ("Lò Văn Pánh", "12a", HERE),
                ("LÒ VĂN  PANH", "12A", HERE),
                Some(NameAndHouse),
            ),
            (
                ("Lò Văn Pánh", "12", HERE),
                ("Lò Văn Pán", "12", HERE),
                Some(HouseAndNearlyName),
            ),
            (
                ("Lò Văn Pánh", "12", HERE),
                ("Lò Văn Pán", "12", THERE),
                None,
            ),
            (
                ("Lò Văn Pánh", "12", HERE),
                ("Lò Thị Hoa", "12", HERE),
                None,
            ),
            (
                ("Lò Văn Pánh", "", HERE),
                ("Lò Văn Pánh", "12", HERE),
                Some(NameAndArea),
            ),
            (("Lò Văn Pánh", "", HERE), ("Lò Văn Pánh", "", THERE), None),
            (
                ("Lò Văn Pánh", "7", HERE),
                ("Lò Văn Pánh", "12", HERE),
                None,
            ),
            (("", "", HERE), ("", "", HERE), None),
        ] {
            let likeness = found(
                &family(one.0, one.1, one.2),
                &family(other.0, other.1, other.2),
            );
            assert_eq!(likeness, expected, "{one:?} {other:?}");
        }
    }

    #[test]
    fn told_apart_is_not_suggested_again_and_merging_is_undone_by_splitting() {
        let one = family("Lò Văn Pánh", "12", HERE);
        let mut apart = family("Lò Văn Pánh", "12", HERE);
        write(
            &mut apart,
            2,
            [(field::distinct_from(SubjectId(1)).as_str(), true.into())],
        );
        assert_eq!(found(&one, &apart), None);

        let mut goes = family("Lò Văn Pánh", "12", HERE);
        let before = goes.text(field::HEAD).map(str::to_owned);
        write(&mut goes, 2, merge_into(SubjectId(1)));
        assert_eq!(merged_into(&goes), Some(SubjectId(1)));
        assert_eq!(found(&one, &goes), None);
        write(&mut goes, 3, split());
        assert_eq!(merged_into(&goes), None);
        assert!(subject::is_open(&goes));
        assert_eq!(goes.text(field::HEAD).map(str::to_owned), before);
        assert_eq!(found(&one, &goes), Some(Likeness::NameAndHouse));
    }

    #[test]
    fn one_letter() {
        for (one, other, expected) in [
            ("lo van panh", "lo van panh", false),
            ("lo van panh", "lo van pan", true),
            ("lo van panh", "lo van penh", true),
            ("lo van panh", "o van panh", true),
            ("lo van panh", "lo van pnah", false),
            ("", "a", true),
            ("aa", "a", true),
            ("ab", "ba", false),
        ] {
            assert_eq!(one_letter_apart(one, other), expected, "{one} {other}");
            assert_eq!(one_letter_apart(other, one), expected, "{other} {one}");
        }
    }
}
