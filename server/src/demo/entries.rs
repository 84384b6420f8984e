//! Entries of a commune's year: what is written in them, and what becomes of them.

use super::calendar::{later, moment};
use super::character::Rural;
use super::commune::Writer;
use super::course::Course;
use super::family::{self, Meeting};
use super::tablet::{Act, Tablet, Values};
use thidua_domain::catalogue::Assessment;
use thidua_domain::criteria::Pack;
use thidua_domain::entry::field;
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::review::Decision;

/// Of a hundred residential areas, how many earn the title Khu dân cư văn hóa.
const CULTURAL_AREAS: i64 = 62;

impl Writer<'_> {
    pub(super) fn new_rural_area(&mut self, tablet: &mut Tablet) {
        let course = match self.character.rural {
            Rural::NotAsked => return,
            // Recognised by decisions of earlier years: there is nothing to wait for.
            Rural::Recognised => Course::of(100, 0, 100, 0),
            Rural::Candidate => Course::of(100, 0, 0, 0),
            Rural::Working => Course::of_commune(self.character.pace),
        };
        let proposed = self.character.rural != Rural::Working;
        let id = self.commune();
        let assessment = Assessment::NewRuralCommune;
        let Some(pack) = Pack::for_assessment(assessment, self.season.date) else {
            return;
        };
        // Of its criteria a commune that is not there yet meets between 9 and 16.
        let all = pack.criteria().count();
        let mut met: Vec<bool> = (0..all).map(|place| proposed || place < 9).collect();
        if !proposed {
            let more = self.luck.index(8);
            met.iter_mut()
                .skip(9)
                .take(more)
                .for_each(|met| *met = true);
            self.luck.shuffle(&mut met);
        }
        let criteria = pack.criteria().zip(met);
        let mut values: Values = criteria
            .map(|(criterion, met)| (format!("{}{}", field::PASS, criterion.id), met.into()))
            .collect();
        values.push((field::PROPOSED.to_owned(), Value::Bool(proposed)));
        let at = moment(&mut self.luck, (10, 3), (11, 18));
        self.hand_in(tablet, (id, assessment), at, values, course);
    }

    /// Registers a residential area or unit in the first quarter and judges it in November: `percent`
    /// meet all criteria, the rest all but one or two.
    pub(super) fn safety(
        &mut self,
        tablet: &mut Tablet,
        id: SubjectId,
        assessment: Assessment,
        percent: i64,
        course: Course,
    ) {
        let Some(pack) = Pack::for_assessment(assessment, self.season.date) else {
            return;
        };
        let luck = &mut self.luck;
        // Those who are late with everything are late with this.
        if course.handed_in > 50 || luck.chance(40) {
            let registered = moment(luck, (2, 14), (3, 30));
            let values = vec![
                (field::PACK.to_owned(), Value::Text(pack.id.to_string())),
                (field::REGISTERED.to_owned(), Value::Bool(true)),
            ];
            let key = RecordKey::entry(id, assessment, self.season.period);
            tablet.will(registered, &key, Act::Write(values));
        }
        let criteria: Vec<_> = pack.criteria().collect();
        let mut met = vec![true; criteria.len()];
        if !luck.chance(percent) {
            for _ in 0..luck.between(1, 2) {
                let place = luck.index(met.len());
                met[place] = false;
            }
        }
        let mut values: Values = vec![(field::REGISTERED.to_owned(), Value::Bool(true))];
        let answers = criteria.iter().zip(met);
        values.extend(
            answers
                .map(|(criterion, met)| (format!("{}{}", field::PASS, criterion.id), met.into())),
        );
        let at = moment(luck, (11, 7), (11, 25));
        self.hand_in(tablet, (id, assessment), at, values, course);
    }

    /// Judges a residential area as Khu dân cư văn hóa, at the meeting that judged its families.
    pub(super) fn cultural_area(
        &mut self,
        tablet: &mut Tablet,
        id: SubjectId,
        (meeting, met): (Meeting, u64),
        course: Course,
    ) {
        let assessment = Assessment::CulturalResidentialArea;
        let Some(pack) = Pack::for_assessment(assessment, self.season.date) else {
            return;
        };
        let earned_before = self.luck.chance(CULTURAL_AREAS);
        let facts = (None, earned_before);
        let values = family::cultural(&mut self.luck, pack, facts, meeting, CULTURAL_AREAS);
        let written = later(&mut self.luck, met, 3);
        self.hand_in(tablet, (id, assessment), written, values, course);
    }

    /// Fills an entry in as far as its course goes, and draws what becomes of it.
    pub(super) fn hand_in(
        &mut self,
        tablet: &mut Tablet,
        (id, assessment): (SubjectId, Assessment),
        at: u64,
        mut values: Values,
        course: Course,
    ) {
        let Some(pack) = Pack::for_assessment(assessment, self.season.date) else {
            return;
        };
        let luck = &mut self.luck;
        let key = RecordKey::entry(id, assessment, self.season.period);
        let draw = luck.between(0, 99);
        if draw >= course.handed_in + course.begun {
            return;
        }
        let drawn_up = (field::PACK.to_owned(), Value::Text(pack.id.to_string()));
        values.insert(0, drawn_up);
        if draw >= course.handed_in {
            let kept = 2 + luck.index(values.len().div_ceil(2));
            values.truncate(kept);
            tablet.will(at, &key, Act::Write(values));
            return;
        }
        if luck.chance(25) {
            let submitted = later(luck, at, 2);
            tablet.will(at, &key, Act::Write(values));
            tablet.will(submitted, &key, Act::Submit);
        } else {
            tablet.will(at, &key, Act::WriteAndSubmit(values));
        }
        let afterwards = moment(luck, (12, 16), (12, 28));
        let note = |text: &str| vec![(field::NOTE.to_owned(), Value::from(text))];
        let draw = luck.between(0, 99);
        if draw < course.accepted {
            tablet.will_be_decided(&key, Decision::Accept, "");
            // The list of the poor is closed by then, and so is a decision of recognition.
            let is_closed = matches!(
                assessment,
                Assessment::PovertyReview | Assessment::NewRuralCommune
            );
            if !is_closed && luck.chance(1) {
                let change = note("Bổ sung sau khi duyệt: chủ hộ hoặc người phụ trách mới thay.");
                let act = if luck.chance(60) {
                    Act::Write(change)
                } else {
                    Act::WriteAndSubmit(change)
                };
                tablet.will_afterwards(afterwards, &key, act);
            }
        } else if draw < course.accepted + course.returned {
            let comment = *luck.pick(comments(assessment));
            tablet.will_be_decided(&key, Decision::Return, comment);
            if luck.chance(40) {
                let change = note("Đã kiểm tra và sửa theo góp ý.");
                tablet.will_afterwards(afterwards, &key, Act::WriteAndSubmit(change));
            }
        }
    }
}

/// What reviewers say who return an entry.
fn comments(assessment: Assessment) -> &'static [&'static str] {
    match assessment {
        Assessment::CulturalFamily => &[
            "Đề nghị đối chiếu lại số hộ dự họp với biên bản.",
            "Điểm của tiêu chuẩn 2 chưa khớp với biên bản họp, đề nghị xem lại.",
            "Đề nghị kiểm tra lại số hộ tán thành.",
        ],
        Assessment::PovertyReview => &["Đề nghị đối chiếu lại với phiếu rà soát của hộ."],
        Assessment::SafeResidentialArea => {
            &["Đề nghị xem lại vụ việc đã xảy ra trong quý III trước khi đánh giá."]
        }
        Assessment::CulturalResidentialArea => {
            &["Đề nghị đối chiếu lại số hộ dự họp với biên bản của khu dân cư."]
        }
        Assessment::SafeUnit => &["Đề nghị đối chiếu với biên bản tự chấm của đơn vị."],
        Assessment::NewRuralCommune => &["Đề nghị bổ sung minh chứng cho các tiêu chí chưa rõ."],
    }
}
