use super::*;
use crate::catalogue::Assessment;
use crate::date::Date;

const MOUNTAIN: PassMarkZone = PassMarkZone::MountainousIslandOrSpecial;

fn pack(assessment: Assessment) -> &'static Pack {
    Pack::for_assessment(assessment, Date::last_of_year(2022)).unwrap()
}

#[test]
fn every_assessment_has_a_sound_pack() {
    for assessment in Assessment::ALL {
        let pack = pack(assessment);
        assert_eq!(Pack::by_id(&pack.id.0), Some(pack));
        if let Scale::Points { max } = pack.scale {
            let standards: u32 = pack.standards.iter().map(|s| s.max).sum();
            assert_eq!(standards, max);
            for standard in &pack.standards {
                let criteria: u32 = standard.criteria.iter().map(|c| u32::from(c.max)).sum();
                assert_eq!(criteria, standard.max, "{}", standard.name);
            }
        }
    }
    assert_eq!(pack(Assessment::CulturalFamily).criteria().count(), 15);
    assert_eq!(pack(Assessment::CulturalFamily).exclusions.len(), 7);
    assert_eq!(pack(Assessment::SafeResidentialArea).criteria().count(), 5);
    let cultural = pack(Assessment::CulturalResidentialArea);
    assert_eq!(cultural.standards.len(), 5);
    assert_eq!(cultural.certificate_after_years, Some(5));
    assert_eq!(
        pack(Assessment::SafeUnit).verification,
        Verification::Unverified
    );
    assert!(Pack::for_assessment(Assessment::CulturalFamily, Date::last_of_year(2024)).is_none());
}

/// A family that earns the title with all points.
fn family() -> Sheet {
    Sheet {
        registered: Some(true),
        scores: pack(Assessment::CulturalFamily)
            .criteria()
            .map(|criterion| (criterion.id.clone(), criterion.max))
            .collect(),
        meeting: Meeting {
            invited: Some(33),
            attended: Some(20),
            agreed: Some(12),
        },
        poverty: Some(Poverty::None),
        proposed: Some(true),
        ..Sheet::default()
    }
}

fn check(
    change: impl FnOnce(&mut Sheet),
    zone: PassMarkZone,
    outcome: Outcome,
    reason: Option<Reason>,
) {
    let mut sheet = family();
    change(&mut sheet);
    let evaluation = evaluate(pack(Assessment::CulturalFamily), &sheet, zone);
    assert_eq!(evaluation.outcome, outcome, "{evaluation:?}");
    if let Some(reason) = reason {
        assert!(
            evaluation.reasons.contains(&reason),
            "{reason:?} in {evaluation:?}"
        );
    }
}

/// Takes points away from the first criteria of each standard until `total` are left, evenly.
fn with_points(sheet: &mut Sheet, total: u16) {
    let mut left = sheet.scores.values().sum::<u16>() - total;
    while left > 0 {
        for points in sheet.scores.values_mut() {
            if left > 0 && *points > 0 {
                *points -= 1;
                left -= 1;
            }
        }
    }
}

#[test]
fn families_are_judged_by_decree_122() {
    use Outcome::{Earned, Incomplete, NotEarned};
    let other = PassMarkZone::Other;
    check(
        |_| {},
        MOUNTAIN,
        Earned,
        Some(Reason::ReachesPassMark {
            points: 100,
            mark: 60,
        }),
    );
    check(|s| with_points(s, 60), MOUNTAIN, Earned, None);
    check(
        |s| with_points(s, 59),
        MOUNTAIN,
        NotEarned,
        Some(Reason::BelowPassMark {
            points: 59,
            mark: 60,
        }),
    );
    check(
        |s| with_points(s, 84),
        other,
        NotEarned,
        Some(Reason::BelowPassMark {
            points: 84,
            mark: 85,
        }),
    );
    check(|s| with_points(s, 85), other, Earned, None);
    check(
        |s| with_points(s, 89),
        PassMarkZone::CentralCityDistrict,
        NotEarned,
        None,
    );
    check(
        |s| {
            with_points(s, 60);
            s.poverty = Some(Poverty::NearPoor);
        },
        other,
        Earned,
        None,
    );
    // 30 points of the third standard: 14 is less than half.
    check(
        |s| {
            for (id, points) in [("c11", 0), ("c12", 0), ("c13", 2), ("c14", 7), ("c15", 5)] {
                s.scores.insert(id.into(), points);
            }
        },
        MOUNTAIN,
        NotEarned,
        Some(Reason::StandardTooLow {
            standard: 2,
            points: 14,
            needed: 15,
        }),
    );
    check(
        |s| {
            s.exclusions.insert("tao-hon".into());
            s.scores.clear();
        },
        MOUNTAIN,
        NotEarned,
        Some(Reason::Excluded {
            code: Some("tao-hon".into()),
        }),
    );
    check(
        |s| s.registered = Some(false),
        MOUNTAIN,
        NotEarned,
        Some(Reason::NotRegistered),
    );
    check(|s| s.registered = None, MOUNTAIN, Incomplete, None);
    // 60 % of 33 invited is 19,8: 20 attend.
    check(
        |s| s.meeting.attended = Some(19),
        MOUNTAIN,
        NotEarned,
        Some(Reason::AttendanceTooLow {
            attended: 19,
            invited: 33,
            percent: 60,
        }),
    );
    check(
        |s| s.meeting.agreed = Some(11),
        MOUNTAIN,
        NotEarned,
        Some(Reason::VotesTooFew {
            agreed: 11,
            attended: 20,
            percent: 60,
        }),
    );
    check(
        |s| s.meeting.agreed = Some(21),
        MOUNTAIN,
        Incomplete,
        Some(Reason::Impossible),
    );
    check(|s| s.meeting.invited = None, MOUNTAIN, Incomplete, None);
    check(
        |s| s.proposed = Some(false),
        MOUNTAIN,
        NotEarned,
        Some(Reason::NotProposed),
    );
    check(
        |s| {
            s.scores.remove(&CriterionId::from("c03"));
        },
        MOUNTAIN,
        Incomplete,
        Some(Reason::Missing {
            part: MissingPart::Criteria,
            count: 1,
        }),
    );
}

#[test]
fn areas_pass_only_with_every_criterion() {
    let pack = pack(Assessment::SafeResidentialArea);
    let mut sheet = Sheet {
        registered: Some(true),
        passes: pack.criteria().map(|c| (c.id.clone(), true)).collect(),
        ..Sheet::default()
    };
    assert_eq!(evaluate(pack, &sheet, MOUNTAIN).outcome, Outcome::Earned);
    sheet.passes.insert("c3".into(), false);
    let failed = evaluate(pack, &sheet, MOUNTAIN);
    assert_eq!(failed.outcome, Outcome::NotEarned);
    assert_eq!(
        failed.reasons[0].vi(pack),
        "Không đạt tiêu chí “Không để xảy ra các vụ việc thuộc danh mục quy định”."
    );
    sheet.passes.remove(&CriterionId::from("c3"));
    assert_eq!(
        evaluate(pack, &sheet, MOUNTAIN).outcome,
        Outcome::Incomplete
    );
}

#[test]
fn an_incident_of_the_list_refuses_a_safe_area() {
    let pack = pack(Assessment::SafeResidentialArea);
    let incident = pack.exclusions[0].code.clone();
    let sheet = Sheet {
        registered: Some(true),
        passes: pack.criteria().map(|c| (c.id.clone(), true)).collect(),
        exclusions: [incident.clone()].into(),
        ..Sheet::default()
    };
    let judged = evaluate(pack, &sheet, MOUNTAIN);
    assert_eq!(judged.outcome, Outcome::NotEarned);
    assert!(judged.reasons.contains(&Reason::Excluded {
        code: Some(incident)
    }));
}

#[test]
fn a_cultural_area_is_judged_by_points_and_has_no_class_of_poverty() {
    use Outcome::{Earned, Incomplete, NotEarned};
    let pack = pack(Assessment::CulturalResidentialArea);
    let full = Sheet {
        registered: Some(true),
        scores: pack.criteria().map(|c| (c.id.clone(), c.max)).collect(),
        meeting: Meeting {
            invited: Some(80),
            attended: Some(48),
            agreed: Some(29),
        },
        proposed: Some(true),
        ..Sheet::default()
    };
    let check = |change: fn(&mut Sheet), zone, outcome| {
        let mut sheet = full.clone();
        change(&mut sheet);
        let judged = evaluate(pack, &sheet, zone);
        assert_eq!(judged.outcome, outcome, "{judged:?}");
    };
    check(|_| {}, MOUNTAIN, Earned);
    check(|s| with_points(s, 60), MOUNTAIN, Earned);
    check(|s| with_points(s, 60), PassMarkZone::Other, NotEarned);
    check(|s| s.meeting.agreed = Some(28), MOUNTAIN, NotEarned);
    check(|s| s.meeting.invited = None, MOUNTAIN, Incomplete);
    check(
        |s| s.exclusions = [pack_exclusion()].into(),
        MOUNTAIN,
        NotEarned,
    );
}

fn pack_exclusion() -> ExclusionCode {
    pack(Assessment::CulturalResidentialArea).exclusions[0]
        .code
        .clone()
}

#[test]
fn the_poverty_review_counts_the_poor() {
    let pack = pack(Assessment::PovertyReview);
    for (poverty, outcome) in [
        (None, Outcome::Incomplete),
        (Some(Poverty::None), Outcome::NotEarned),
        (Some(Poverty::NearPoor), Outcome::NotEarned),
        (Some(Poverty::Poor), Outcome::Earned),
    ] {
        let sheet = Sheet {
            poverty,
            ..Sheet::default()
        };
        assert_eq!(
            evaluate(pack, &sheet, MOUNTAIN).outcome,
            outcome,
            "{poverty:?}"
        );
    }
}

#[test]
fn what_is_certain_decides_before_the_rest_is_there() {
    use Outcome::{Incomplete, NotEarned};
    let other = PassMarkZone::Other;
    let missing = |part| Some(Reason::Missing { part, count: 1 });
    // Too few came, whatever the vote was.
    check(
        |s| (s.meeting.attended, s.meeting.agreed) = (Some(19), None),
        MOUNTAIN,
        NotEarned,
        Some(Reason::AttendanceTooLow {
            attended: 19,
            invited: 33,
            percent: 60,
        }),
    );
    // Too few of them agreed, however many were invited.
    check(
        |s| (s.meeting.invited, s.meeting.agreed) = (None, Some(11)),
        MOUNTAIN,
        NotEarned,
        missing(MissingPart::Meeting),
    );
    // The third standard is below half, whatever the first gets.
    check(
        |s| {
            s.scores.remove(&CriterionId::from("c01"));
            for id in ["c11", "c12", "c13"] {
                s.scores.insert(id.into(), 0);
            }
        },
        MOUNTAIN,
        NotEarned,
        Some(Reason::StandardTooLow {
            standard: 2,
            points: 12,
            needed: 15,
        }),
    );
    // A standard without all of its points is not judged.
    check(
        |s| {
            for id in ["c11", "c12", "c13"] {
                s.scores.insert(id.into(), 0);
            }
            s.scores.remove(&CriterionId::from("c14"));
        },
        MOUNTAIN,
        Incomplete,
        missing(MissingPart::Criteria),
    );
    // 70 points: enough for a poor household, too few for another. Below 60 is too few for both.
    for (points, outcome) in [(70, Incomplete), (85, Incomplete), (59, NotEarned)] {
        check(
            |s| {
                with_points(s, points);
                s.poverty = None;
            },
            other,
            outcome,
            missing(MissingPart::Poverty),
        );
    }
}

#[test]
fn a_commune_becomes_rural_by_all_criteria_and_the_decision() {
    let pack = pack(Assessment::NewRuralCommune);
    assert_eq!(pack.criteria().count(), 19);
    for (failed, proposed, outcome) in [
        (None, Some(true), Outcome::Earned),
        (None, Some(false), Outcome::NotEarned),
        (None, None, Outcome::Incomplete),
        (Some("c19"), Some(true), Outcome::NotEarned),
        (Some("c19"), None, Outcome::NotEarned),
    ] {
        let sheet = Sheet {
            proposed,
            passes: pack
                .criteria()
                .map(|c| (c.id.clone(), Some(c.id.0.as_str()) != failed))
                .collect(),
            ..Sheet::default()
        };
        let evaluation = evaluate(pack, &sheet, MOUNTAIN);
        assert_eq!(evaluation.outcome, outcome, "{failed:?} {proposed:?}");
    }
}
