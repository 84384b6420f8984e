//! What holds of every sheet: an answer given later never overturns a judgement.

use super::*;
use crate::catalogue::Assessment;
use crate::date::Date;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn pack(assessment: Assessment) -> &'static Pack {
    Pack::for_assessment(assessment, Date::last_of_year(2022)).unwrap()
}

/// Mostly yes, so that what is asked next decides often enough.
fn mostly() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.9)
}

/// Sheets with every answer, none of them impossible; most criteria get most of their points.
fn full(pack: &'static Pack) -> impl Strategy<Value = Sheet> {
    let points: Vec<_> = pack
        .criteria()
        .map(|criterion| criterion.max / 2..=criterion.max)
        .collect();
    let passes = prop::collection::vec(prop::bool::weighted(0.98), points.len());
    let meeting = (1_u32..60).prop_flat_map(|invited| {
        (invited * 5 / 9..=invited).prop_flat_map(move |attended| {
            (attended * 5 / 9..=attended).prop_map(move |agreed| Meeting {
                invited: Some(invited),
                attended: Some(attended),
                agreed: Some(agreed),
            })
        })
    });
    let poverty = prop::sample::select(vec![Poverty::None, Poverty::NearPoor, Poverty::Poor]);
    (points, passes, meeting, poverty, mostly(), mostly()).prop_map(
        move |(points, passes, meeting, poverty, registered, proposed)| {
            let ids = || pack.criteria().map(|criterion| criterion.id.clone());
            let scored = matches!(pack.scale, Scale::Points { .. });
            Sheet {
                registered: Some(registered),
                scores: ids().zip(points).filter(|_| scored).collect(),
                passes: ids().zip(passes).filter(|_| !scored).collect(),
                meeting,
                poverty: Some(poverty),
                proposed: Some(proposed),
                ..Sheet::default()
            }
        },
    )
}

/// The sheet before some of its answers were given, by their place in it.
fn without(mut sheet: Sheet, places: &BTreeSet<usize>) -> Sheet {
    let mut answers = 0..;
    let mut dropped = || answers.next().is_some_and(|place| places.contains(&place));
    sheet.scores.retain(|_, _| !dropped());
    sheet.passes.retain(|_, _| !dropped());
    let Meeting {
        invited,
        attended,
        agreed,
    } = &mut sheet.meeting;
    for number in [invited, attended, agreed] {
        number.take_if(|_| dropped());
    }
    sheet.poverty.take_if(|_| dropped());
    sheet.registered.take_if(|_| dropped());
    sheet.proposed.take_if(|_| dropped());
    sheet
}

fn zones() -> impl Strategy<Value = PassMarkZone> {
    prop::sample::select(vec![
        PassMarkZone::MountainousIslandOrSpecial,
        PassMarkZone::CentralCityDistrict,
        PassMarkZone::Other,
    ])
}

fn check(assessment: Assessment, full: Sheet, places: &BTreeSet<usize>, zone: PassMarkZone) {
    let pack = pack(assessment);
    let later = evaluate(pack, &full, zone);
    assert_ne!(later.outcome, Outcome::Incomplete, "{later:?}");
    let before = evaluate(pack, &without(full, places), zone);
    if before.outcome != Outcome::Incomplete {
        assert_eq!(before.outcome, later.outcome, "{before:?}, then {later:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_048))]

    #[test]
    fn a_family_once_judged_stays_judged(
        sheet in full(pack(Assessment::CulturalFamily)),
        places in prop::collection::btree_set(0_usize..21, 1..4),
        zone in zones(),
    ) {
        check(Assessment::CulturalFamily, sheet, &places, zone);
    }

    #[test]
    fn a_cultural_area_once_judged_stays_judged(
        sheet in full(pack(Assessment::CulturalResidentialArea)),
        places in prop::collection::btree_set(0_usize..26, 1..4),
        zone in zones(),
    ) {
        check(Assessment::CulturalResidentialArea, sheet, &places, zone);
    }

    #[test]
    fn an_area_once_judged_stays_judged(
        sheet in full(pack(Assessment::SafeResidentialArea)),
        places in prop::collection::btree_set(0_usize..11, 1..4),
        zone in zones(),
    ) {
        check(Assessment::SafeResidentialArea, sheet, &places, zone);
    }
}
