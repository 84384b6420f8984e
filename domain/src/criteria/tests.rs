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
fn circular_124_leaves_units_out() {
    use Eligibility::{Eligible, Unknown};
    let unit = |kind, size, school_level, armed_forces| {
        UnitProfile {
            kind,
            size,
            school_level,
            armed_forces,
        }
        .eligibility()
    };
    let out = Eligibility::LeftOut;
    for (eligibility, expected) in [
        (unit(UnitKind::Agency, None, None, false), Eligible),
        (
            unit(UnitKind::Agency, None, None, true),
            out(LeftOut::ArmedForces),
        ),
        (
            unit(
                UnitKind::Enterprise,
                Some(EnterpriseSize::Micro),
                None,
                false,
            ),
            out(LeftOut::SmallEnterprise),
        ),
        (
            unit(
                UnitKind::Enterprise,
                Some(EnterpriseSize::Small),
                None,
                false,
            ),
            out(LeftOut::SmallEnterprise),
        ),
        (
            unit(
                UnitKind::Enterprise,
                Some(EnterpriseSize::Medium),
                None,
                false,
            ),
            Eligible,
        ),
        (unit(UnitKind::Enterprise, None, None, false), Unknown),
        (
            unit(UnitKind::School, None, Some(SchoolLevel::Nursery), false),
            out(LeftOut::YoungChildrensSchool),
        ),
        (
            unit(UnitKind::School, None, Some(SchoolLevel::Preschool), false),
            out(LeftOut::YoungChildrensSchool),
        ),
        (
            unit(UnitKind::School, None, Some(SchoolLevel::Primary), false),
            out(LeftOut::YoungChildrensSchool),
        ),
        (
            unit(
                UnitKind::School,
                None,
                Some(SchoolLevel::LowerSecondary),
                false,
            ),
            Eligible,
        ),
        (unit(UnitKind::School, None, None, false), Unknown),
    ] {
        assert_eq!(eligibility, expected);
    }
}
