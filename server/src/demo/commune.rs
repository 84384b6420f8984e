//! One commune's year: its register, its entries, and how far it has come.

use super::books;
use super::calendar::{self, later, moment};
use super::character::{Character, Pace};
use super::course::Course;
use super::family::{self, Meeting};
use super::luck::Luck;
use super::names::{self, AreaNames, Usage};
use super::tablet::{Act, Tablet};
use super::unit::{self, Unit};
use super::{Counts, Scale100};
use thidua_domain::area::{Area, AreaCode, AreaKind};
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::{Eligibility, Pack};
use thidua_domain::entry::field;
use thidua_domain::record::{RecordKey, SubjectId, SubjectIds, Value};
use thidua_domain::season::Season;
use thidua_domain::subject::field as subject;

/// A commune's year as it was lived on its tablets, to be pushed.
pub(super) struct Year {
    pub(super) tablets: Vec<Tablet>,
    pub(super) counts: Counts,
    pub(super) luck: Luck,
}

/// Lives a commune's year.
pub(super) fn live(
    area: &Area,
    season: Season,
    character: Character,
    scale: Scale100,
    luck: Luck,
) -> Year {
    let mut writer = Writer::new(area, season, character, luck);
    let areas = scale.of(writer.luck.between(5, 17));
    let mut places = Vec::new();
    for number in 1..=areas {
        let families = scale.of(writer.luck.between(68, 200));
        places.push(writer.residential_area(number, families));
    }
    let units = scale.of(writer.luck.between(25, 63));
    writer.office(units, &places);
    Year {
        tablets: writer.tablets,
        counts: writer.counts,
        luck: writer.luck,
    }
}

/// Writes a commune's year onto its tablets.
pub(super) struct Writer<'a> {
    pub(super) area: &'a Area,
    pub(super) season: Season,
    pub(super) character: Character,
    pub(super) usage: Usage,
    area_names: AreaNames,
    /// What the identities of a commune's subjects begin with, and how many there are: neighbours in
    /// the register are neighbours in the database, which is filled much faster for it.
    identities: SubjectIds,
    pub(super) luck: Luck,
    tablets: Vec<Tablet>,
    counts: Counts,
}

impl<'a> Writer<'a> {
    fn new(area: &'a Area, season: Season, character: Character, mut luck: Luck) -> Self {
        Self {
            usage: match area.kind {
                AreaKind::Commune => Usage::of_commune(&mut luck),
                _ => Usage::TOWN,
            },
            identities: SubjectIds::starting_at(
                u128::from(luck.bits()) << 64 | u128::from(luck.bits()),
            ),
            area,
            season,
            character,
            area_names: AreaNames::default(),
            luck,
            tablets: Vec::new(),
            counts: Counts::default(),
        }
    }

    /// The commune itself.
    pub(super) fn commune(&self) -> SubjectId {
        SubjectId::commune(&self.area.code)
    }

    /// The commune's code.
    pub(super) fn code(&self) -> &'a AreaCode {
        &self.area.code
    }

    /// The next subject's id.
    pub(super) fn id(&mut self) -> SubjectId {
        self.identities.draw()
    }

    /// A residential area with its families, on a tablet of its own.
    fn residential_area(&mut self, number: i64, families: i64) -> SubjectId {
        let mut tablet = Tablet::new(&mut self.luck, &self.area.code);
        let id = self.id();
        let key = RecordKey::subject_record(SubjectKind::ResidentialArea, id);
        let kind = match self.area.kind {
            AreaKind::Ward => "to-dan-pho",
            AreaKind::Township => "tieu-khu",
            _ => "ban",
        };
        let usage = self.usage.of_village(&mut self.luck);
        let name = self.area_names.next(&mut self.luck, kind, number);
        let head = names::person(&mut self.luck, usage);
        let at = moment(&mut self.luck, (1, 4), (1, 7));
        let facts = vec![
            (subject::NAME.to_owned(), Value::Text(name)),
            (subject::KIND.to_owned(), Value::from(kind)),
            (subject::HEAD.to_owned(), Value::Text(head)),
            (subject::ORDER.to_owned(), Value::Int(number)),
        ];
        tablet.will(at, &key, Act::Write(facts));
        self.counts.areas += 1;

        let course = Course::of_area(&mut self.luck, self.character.pace, number == 1);
        let percent = self.character.safe_areas;
        self.safety(
            &mut tablet,
            id,
            Assessment::SafeResidentialArea,
            percent,
            course,
        );
        let meeting = Meeting::of(&mut self.luck, families);
        let met = moment(&mut self.luck, (11, 1), (11, 21));
        self.cultural_area(&mut tablet, id, (meeting, met), course);
        for house in 1..=families {
            self.family(&mut tablet, (id, usage, house), (meeting, met), course);
        }
        tablet.live(&mut self.luck);
        self.tablets.push(tablet);
        id
    }

    fn family(
        &mut self,
        tablet: &mut Tablet,
        (area, usage, house): (SubjectId, Usage, i64),
        (meeting, met): (Meeting, u64),
        course: Course,
    ) {
        let (poor, near_poor) = (self.character.poor, self.character.near_poor);
        let luck = &mut self.luck;
        let now = family::poverty_now(luck, poor, near_poor);
        let before = family::poverty_before(luck, now);
        let earned_before = luck.chance(69);
        let years = if earned_before {
            luck.between(1, 4) + luck.between(0, 3)
        } else {
            0
        };
        let facts = vec![
            (
                subject::HEAD.to_owned(),
                Value::Text(names::person(luck, usage)),
            ),
            (subject::AREA.to_owned(), Value::Text(area.to_string())),
            (subject::HOUSE_NO.to_owned(), Value::Text(house.to_string())),
            (subject::MEMBERS.to_owned(), Value::Int(members(luck))),
            (subject::POVERTY.to_owned(), Value::from(before.as_str())),
            (subject::LAST_RESULT.to_owned(), Value::Bool(earned_before)),
            (subject::YEARS_RUNNING.to_owned(), Value::Int(years)),
        ];
        let registered = moment(luck, (1, 8), (1, 25));
        // Over spring and summer some families grow or shrink, and a few move away.
        let summer = moment(luck, (3, 1), (8, 20));
        let (changes, leaves) = (luck.chance(2), luck.between(0, 999) < 4);
        let grown = members(luck);
        let id = self.id();
        let key = RecordKey::subject_record(SubjectKind::Family, id);
        tablet.will(registered, &key, Act::Write(facts));
        self.counts.families += 1;
        if leaves {
            let gone = vec![(subject::CLOSED.to_owned(), Value::from("moved"))];
            tablet.will(summer, &key, Act::Write(gone));
            return;
        }
        if changes {
            let members = vec![(subject::MEMBERS.to_owned(), Value::Int(grown))];
            tablet.will(summer, &key, Act::Write(members));
        }

        let reviewed = moment(&mut self.luck, (9, 5), (11, 10));
        let values = vec![(field::POVERTY.to_owned(), Value::from(now.as_str()))];
        self.hand_in(
            tablet,
            (id, Assessment::PovertyReview),
            reviewed,
            values,
            course,
        );
        let assessment = Assessment::CulturalFamily;
        if let Some(pack) = Pack::for_assessment(assessment, self.season.date) {
            let percent = self.character.cultural;
            let facts = (Some(now), earned_before);
            let values = family::cultural(&mut self.luck, pack, facts, meeting, percent);
            let written = later(&mut self.luck, met, 5);
            self.hand_in(tablet, (id, assessment), written, values, course);
        }
    }

    /// What the commune's own office enters: units, and the commune as a new rural area.
    fn office(&mut self, units: i64, places: &[SubjectId]) {
        let mut tablet = Tablet::new(&mut self.luck, &self.area.code);
        let course = Course::of_commune(self.character.pace);
        let units = usize::try_from(units).unwrap_or(0);
        for Unit { name, profile } in unit::units(&mut self.luck, self.area, units) {
            let id = self.id();
            let head = names::person(&mut self.luck, self.usage);
            let place = *self.luck.pick(places);
            let mut facts = vec![
                (subject::NAME.to_owned(), Value::Text(name)),
                (subject::HEAD.to_owned(), Value::Text(head)),
                (subject::AREA.to_owned(), Value::Text(place.to_string())),
                (subject::KIND.to_owned(), Value::from(profile.kind.as_str())),
            ];
            let size = profile.size.map(|size| Value::from(size.as_str()));
            facts.extend(size.map(|size| (subject::SIZE.to_owned(), size)));
            let level = profile.school_level;
            let level = level.map(|level| Value::from(level.as_str()));
            facts.extend(level.map(|level| (subject::SCHOOL_LEVEL.to_owned(), level)));
            if profile.armed_forces {
                facts.push((subject::ARMED_FORCES.to_owned(), Value::Bool(true)));
            }
            let at = moment(&mut self.luck, (1, 10), (1, 28));
            let key = RecordKey::subject_record(SubjectKind::Unit, id);
            tablet.will(at, &key, Act::Write(facts));
            self.counts.units += 1;
            // Nobody assesses a unit that the circular leaves out.
            if profile.eligibility() == Eligibility::Eligible {
                let percent = self.character.safe_units;
                self.safety(&mut tablet, id, Assessment::SafeUnit, percent, course);
            }
        }
        self.new_rural_area(&mut tablet);
        self.own_targets(&mut tablet);
        let percent = match self.character.pace {
            Pace::OnTime => 95,
            Pace::Halfway => 75,
            Pace::Late => 30,
        };
        books::fill(self, &mut tablet, percent);
        tablet.live(&mut self.luck);
        self.tablets.push(tablet);
    }
}

/// Two to nine, mostly four to six.
fn members(luck: &mut Luck) -> i64 {
    luck.between(1, 5) + luck.between(1, 4)
}

/// The first day of reviews, in December.
pub(super) fn review_begins(luck: &mut Luck) -> u64 {
    let day = luck.between(5, 13).unsigned_abs();
    calendar::morning((12, day))
}
