//! One commune's year: its register, its entries, and how far it has come.
//!
//! Distributions, chosen to look like the province and stated here: a commune has 5 to 17 residential
//! areas (11 on average) of 70 to 200 families (135 on average) and 25 to 63 units. A fifth of the
//! families are poor, fewer in wards. In a commune on time about 96 of 100 families have handed in; a
//! little over 70 of 100 earn the title.

use super::luck::Luck;
use super::names;
use crate::office::Office;
use thidua_domain::area::{Area, AreaKind};
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::{Pack, Poverty, Scale};
use thidua_domain::entry::{self, field};
use thidua_domain::record::{FieldName, RecordKey, SubjectId, Value};
use thidua_domain::season::Season;
use thidua_domain::subject::field as subject;

/// How far a commune has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// Nearly everything is handed in and reviewed.
    OnTime,
    /// About half.
    Halfway,
    /// The register is there, and hardly an entry.
    Late,
}

impl Pace {
    /// One in seven communes is late, two in seven are halfway.
    pub(super) fn of(luck: &mut Luck) -> Self {
        match luck.below(7) {
            0 => Self::Late,
            1 | 2 => Self::Halfway,
            _ => Self::OnTime,
        }
    }

    /// Of a hundred subjects, how many have been handed in.
    fn handed_in(self) -> u64 {
        match self {
            Self::OnTime => 96,
            Self::Halfway => 48,
            Self::Late => 3,
        }
    }
}

/// What a reviewer will do with a submitted entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Accept it.
    Accept,
    /// Return it with a comment.
    Return,
}

/// Size of a demonstration: 100 is life-size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale100(pub(super) i64);

impl Scale100 {
    fn of(self, count: i64) -> i64 {
        (count * self.0 / 100).max(1)
    }
}

/// Writes a commune's year into the office's outbox and says which entries wait for which decision.
pub(super) struct Year<'a> {
    pub(super) office: &'a mut Office,
    pub(super) luck: &'a mut Luck,
    pub(super) area: &'a Area,
    pub(super) season: Season,
    pub(super) pace: Pace,
    pub(super) scale: Scale100,
    pub(super) fates: Vec<(RecordKey, Fate)>,
}

const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// 5 January 2022, when registration begins.
const JANUARY_MS: u64 = 1_641_340_800_000;

impl Year<'_> {
    /// The whole year.
    pub(super) fn live(&mut self) {
        let kind = match self.area.kind {
            AreaKind::Ward => "to-dan-pho",
            AreaKind::Township => "tieu-khu",
            _ => "ban",
        };
        let count = self.luck.between(5, 17);
        let areas: Vec<SubjectId> = (1..=self.scale.of(count))
            .map(|number| self.residential_area(kind, number))
            .collect();
        let units = self.luck.between(25, 63);
        for number in 0..self.scale.of(units) {
            let place = areas[usize::try_from(number).unwrap_or(0) % areas.len()];
            self.unit(number, place);
        }
        if self.area.kind == AreaKind::Commune {
            self.commune();
        }
    }

    fn id(&mut self) -> SubjectId {
        SubjectId(self.luck.bits())
    }

    fn moment(&mut self, first_day: i64, last_day: i64) -> u64 {
        let day = self.luck.between(first_day, last_day).unsigned_abs();
        JANUARY_MS + day * DAY_MS + self.luck.below(9 * 60 * 60 * 1000)
    }

    fn residential_area(&mut self, kind: &str, number: i64) -> SubjectId {
        let id = self.id();
        let place = usize::try_from(number).unwrap_or(0);
        let name = names::residential_area(self.luck, kind, place);
        let head = names::person(self.luck);
        let now = self.moment(0, 3);
        self.office.edit(
            &RecordKey::subject_record(SubjectKind::ResidentialArea, id),
            [
                (subject::NAME, Value::Text(name)),
                (subject::KIND, Value::from(kind)),
                (subject::HEAD, Value::Text(head)),
                (subject::ORDER, Value::Int(number)),
            ],
            now,
        );
        self.pass_fail(id, Assessment::SafeResidentialArea, 92);
        let families = self.luck.between(70, 200);
        let families = self.scale.of(families);
        // One meeting of the residential area, the same for all its families.
        let attended = families * self.luck.between(68, 96) / 100;
        for house in 1..=families {
            self.family(id, house, families, attended);
        }
        id
    }

    fn family(&mut self, area: SubjectId, house: i64, invited: i64, attended: i64) {
        let id = self.id();
        let key = RecordKey::subject_record(SubjectKind::Family, id);
        let poor = if self.area.kind == AreaKind::Commune {
            22
        } else {
            4
        };
        let was = self.poverty(poor + 2);
        let earned_before = self.luck.chance(69);
        let years = if earned_before {
            self.luck.between(1, 6)
        } else {
            0
        };
        let head = names::person(self.luck);
        let members = self.luck.between(2, 7);
        let now = self.moment(0, 5);
        self.office.edit(
            &key,
            [
                (subject::HEAD, Value::Text(head)),
                (subject::AREA, Value::Text(area.to_string())),
                (subject::HOUSE_NO, Value::Text(house.to_string())),
                (subject::MEMBERS, Value::Int(members)),
                (subject::POVERTY, Value::from(was.as_str())),
                (subject::LAST_RESULT, Value::Bool(earned_before)),
                (subject::YEARS_RUNNING, Value::Int(years)),
            ],
            now,
        );
        if !self.luck.chance(self.pace.handed_in()) {
            return;
        }
        let poverty = self.poverty(poor);
        self.poverty_review(id, poverty);
        self.cultural_family(id, poverty, invited, attended);
    }

    fn poverty(&mut self, poor: u64) -> Poverty {
        match self.luck.below(100) {
            draw if draw < poor => Poverty::Poor,
            draw if draw < poor + 9 => Poverty::NearPoor,
            _ => Poverty::None,
        }
    }

    fn poverty_review(&mut self, id: SubjectId, poverty: Poverty) {
        let values = vec![(field::POVERTY.to_owned(), Value::from(poverty.as_str()))];
        self.hand_in(id, Assessment::PovertyReview, values);
    }

    fn cultural_family(&mut self, id: SubjectId, poverty: Poverty, invited: i64, attended: i64) {
        let Some(pack) = Pack::for_assessment(Assessment::CulturalFamily, self.season.date) else {
            return;
        };
        let registered = self.luck.chance(93);
        let careful = self.luck.chance(83);
        let mut values = vec![
            (field::REGISTERED.to_owned(), Value::Bool(registered)),
            (field::POVERTY.to_owned(), Value::from(poverty.as_str())),
            (field::INVITED.to_owned(), Value::Int(invited)),
            (field::ATTENDED.to_owned(), Value::Int(attended)),
            (field::PROPOSED.to_owned(), Value::Bool(careful)),
        ];
        for criterion in pack.criteria() {
            let max = i64::from(criterion.max);
            // Most criteria get all points or one less; a family that struggles gets about half.
            let points = if careful {
                max - [0, 0, 0, 1, 1, 2][usize::try_from(self.luck.below(6)).unwrap_or(0)]
            } else {
                self.luck.between(max / 3, max - 1)
            };
            values.push((
                format!("{}{}", field::SCORE, criterion.id),
                Value::Int(points.max(0)),
            ));
        }
        if let (true, Some(exclusion)) = (self.luck.chance(2), pack.exclusions.first()) {
            values.push((
                format!("{}{}", field::EXCLUSION, exclusion.code),
                Value::Bool(true),
            ));
        }
        let percent = if careful {
            self.luck.between(78, 100)
        } else {
            self.luck.between(30, 75)
        };
        values.push((
            field::AGREED.to_owned(),
            Value::Int(attended * percent / 100),
        ));
        if self.luck.chance(30) {
            let note = self.luck.pick(&[
                "Đã đối chiếu với sổ hộ khẩu.",
                "Gia đình có người đi làm xa.",
                "Đã vận động tham gia bảo hiểm y tế.",
                "Cần theo dõi việc học của con.",
                "Gia đình có công với cách mạng.",
            ]);
            values.push((field::NOTE.to_owned(), Value::from(note)));
        }
        self.hand_in(id, Assessment::CulturalFamily, values);
    }

    fn unit(&mut self, number: i64, place: SubjectId) {
        let id = self.id();
        let bare = self.area.name.as_str();
        let head = names::person(self.luck);
        let fixed: [(&str, &[(&str, &str)]); 9] = [
            ("Ủy ban nhân dân", &[(subject::KIND, "agency")]),
            ("Trạm y tế", &[(subject::KIND, "agency")]),
            (
                "Công an",
                &[(subject::KIND, "agency"), (subject::ARMED_FORCES, "yes")],
            ),
            (
                "Trường Mầm non",
                &[
                    (subject::KIND, "school"),
                    (subject::SCHOOL_LEVEL, "preschool"),
                ],
            ),
            (
                "Trường Tiểu học",
                &[
                    (subject::KIND, "school"),
                    (subject::SCHOOL_LEVEL, "primary"),
                ],
            ),
            (
                "Trường THCS",
                &[
                    (subject::KIND, "school"),
                    (subject::SCHOOL_LEVEL, "lower-secondary"),
                ],
            ),
            (
                "Trường PTDTBT THCS",
                &[
                    (subject::KIND, "school"),
                    (subject::SCHOOL_LEVEL, "lower-secondary"),
                ],
            ),
            ("Hội Nông dân", &[(subject::KIND, "agency")]),
            ("Hội Liên hiệp Phụ nữ", &[(subject::KIND, "agency")]),
        ];
        let (name, facts): (String, Vec<(&str, &str)>) =
            match fixed.get(usize::try_from(number).unwrap_or(0)) {
                Some((name, facts)) => (format!("{name} {bare}"), facts.to_vec()),
                None => {
                    let size = match self.luck.below(20) {
                        0..10 => "micro",
                        10..15 => "small",
                        15..19 => "medium",
                        _ => "large",
                    };
                    let form = self.luck.pick(&[
                        "Hợp tác xã nông nghiệp",
                        "Công ty TNHH xây dựng",
                        "Hợp tác xã cây ăn quả",
                        "Công ty CP chè",
                        "Hợp tác xã chăn nuôi",
                        "Công ty TNHH thương mại",
                    ]);
                    let word = self.luck.pick(&[
                        "Thắng Lợi",
                        "Đoàn Kết",
                        "Sơn Hà",
                        "Tây Bắc",
                        "Hoa Ban",
                        "Quyết Tiến",
                    ]);
                    (
                        format!("{form} {word} {number}"),
                        vec![(subject::KIND, "enterprise"), (subject::SIZE, size)],
                    )
                }
            };
        let now = self.moment(0, 5);
        let facts = facts.into_iter().map(|(name, value)| match value {
            "yes" => (name, Value::Bool(true)),
            value => (name, Value::from(value)),
        });
        let named = [
            (subject::NAME, Value::Text(name)),
            (subject::HEAD, Value::Text(head)),
            (subject::AREA, Value::Text(place.to_string())),
        ];
        let key = RecordKey::subject_record(SubjectKind::Unit, id);
        self.office.edit(&key, named.into_iter().chain(facts), now);
        self.pass_fail(id, Assessment::SafeUnit, 98);
    }

    /// The commune itself: 54 of the 188 had been recognised before the year began.
    fn commune(&mut self) {
        let id = SubjectId::commune(&self.area.code);
        let recognised = self.luck.below(188) < 57;
        self.answers(
            id,
            Assessment::NewRuralCommune,
            if recognised { 100 } else { 55 },
            recognised,
        );
    }

    fn pass_fail(&mut self, id: SubjectId, assessment: Assessment, percent: u64) {
        if self.luck.chance(self.pace.handed_in()) {
            let all = self.luck.chance(percent);
            self.answers(id, assessment, if all { 100 } else { 70 }, true);
        }
    }

    fn answers(&mut self, id: SubjectId, assessment: Assessment, percent: u64, positive: bool) {
        let Some(pack) = Pack::for_assessment(assessment, self.season.date) else {
            return;
        };
        debug_assert_eq!(pack.scale, Scale::PassFail);
        let first = match assessment {
            Assessment::NewRuralCommune => field::PROPOSED,
            _ => field::REGISTERED,
        };
        let mut values = vec![(first.to_owned(), Value::Bool(positive))];
        for criterion in pack.criteria() {
            let met = self.luck.chance(percent);
            values.push((format!("{}{}", field::PASS, criterion.id), Value::Bool(met)));
        }
        self.hand_in(id, assessment, values);
    }

    /// Fills an entry in, submits it, and draws what becomes of it.
    fn hand_in(&mut self, id: SubjectId, assessment: Assessment, values: Vec<(String, Value)>) {
        let Some(pack) = Pack::for_assessment(assessment, self.season.date) else {
            return;
        };
        let key = RecordKey::entry(id, assessment, self.season.period);
        let values = std::iter::once((field::PACK.to_owned(), Value::Text(pack.id.to_string())))
            .chain(values)
            .map(|(name, value)| (FieldName::parse(&name).expect("a field of ours"), value))
            .collect();
        let now = self.moment(300, 330);
        self.office.set(&key, values, now);
        // Some are still being filled in.
        if self.luck.chance(3) {
            return;
        }
        if let Some(state) = self.office.record(&key) {
            let submission = entry::submit(state);
            self.office.set(&key, vec![submission], now + 60_000);
        }
        let fate = match (self.luck.below(100), self.pace) {
            (0..2, _) => Some(Fate::Return),
            (2..6, _) | (_, Pace::Late) => None,
            (6..40, Pace::Halfway) => None,
            _ => Some(Fate::Accept),
        };
        if let Some(fate) = fate {
            self.fates.push((key, fate));
        }
    }
}
