//! By hand: what sums come to, and what they say.

use super::sum::{Part, Reach, Sum};
use super::*;
use crate::access::is_servers;

fn indicator(id: &str) -> &'static Indicator {
    Directive::embedded()
        .indicator(&IndicatorId::new(id))
        .unwrap()
}

fn sum(id: &str, parts: &[(Option<i64>, u64)]) -> Sum {
    let parts = parts.iter().map(|(goal, expected)| Part {
        goal: goal.map(Hundredths),
        expected: *expected,
    });
    Sum::of(indicator(id), parts)
}

fn reach(id: &str, parts: &[(Option<i64>, u64)]) -> Reach {
    let indicator = indicator(id);
    let goal = indicator.target.unwrap();
    sum(id, parts).reach(indicator, goal).unwrap()
}

const FAMILIES: &str = "gia-dinh-van-hoa";
const POOR: &str = "ho-ngheo";
const RURAL: &str = "nong-thon-moi";

#[test]
fn a_share_is_weighted_and_compared_unrounded() {
    // 100 × 80 % + 900 × 69,4 % = 80 + 624,6 = 704,6 of 1.000: 70,46 %, which shows as 70,5 and is not.
    let parts = [(Some(8_000), 100), (Some(6_940), 900)];
    let found = sum(FAMILIES, &parts);
    assert_eq!(found.shown(indicator(FAMILIES)), Some(Hundredths(7_046)));
    assert_eq!(reach(FAMILIES, &parts), Reach::Short { by: Hundredths(4) });
    // The mean of the two percentages would be 74,7 and hide it.
    assert_eq!(
        reach(FAMILIES, &[(Some(8_000), 100), (Some(6_945), 900)]),
        Reach::Enough
    );
    assert_eq!(reach(FAMILIES, &[(Some(7_050), 1)]), Reach::Enough);
    // 70,4996 %: short by less than a hundredth of a point, and never by nothing.
    let near = [(Some(7_050), 24), (Some(7_049), 1)];
    assert_eq!(reach(FAMILIES, &near), Reach::Short { by: Hundredths(1) });
    assert_eq!(
        sum(FAMILIES, &near).shown(indicator(FAMILIES)),
        Some(Hundredths(7_049))
    );
}

#[test]
fn at_most_turns_everything_round() {
    // 200 × 30 % + 800 × 17,2 % = 60 + 137,6 = 197,6 of 1.000: 19,76 % against at most 19,74 %.
    let parts = [(Some(3_000), 200), (Some(1_720), 800)];
    assert_eq!(reach(POOR, &parts), Reach::Short { by: Hundredths(2) });
    assert_eq!(
        reach(POOR, &[(Some(3_000), 200), (Some(1_717), 800)]),
        Reach::Enough
    );
    // 19,7404 % shows as 19,75 and not as the 19,74 it is not.
    let near = [(Some(1_974), 24), (Some(1_975), 1)];
    assert_eq!(
        sum(POOR, &near).shown(indicator(POOR)),
        Some(Hundredths(1_975))
    );
    assert_eq!(reach(POOR, &near), Reach::Short { by: Hundredths(1) });
}

#[test]
fn while_some_have_set_none_only_what_is_certain_is_said() {
    // 600 × 65 % = 390; the figure is 705 of 1.000, so 315 of the other 400: 78,75 %.
    let parts = [(Some(6_500), 600), (None, 300), (None, 100)];
    let found = sum(FAMILIES, &parts);
    assert_eq!((found.set, found.asked, found.missing()), (1, 3, 2));
    assert_eq!(
        reach(FAMILIES, &parts),
        Reach::Open {
            missing: 2,
            needed: Some(Hundredths(7_875))
        }
    );
    // 900 × 80 % = 720 of 1.000: enough even if the last sets nothing.
    assert_eq!(
        reach(FAMILIES, &[(Some(8_000), 900), (None, 100)]),
        Reach::Enough
    );
    // 900 × 60 % = 540, and all of the last 100 make 640: short by 6,5 points at best.
    assert_eq!(
        reach(FAMILIES, &[(Some(6_000), 900), (None, 100)]),
        Reach::Short {
            by: Hundredths(650)
        }
    );
    // At most 197,4 of 1.000; 500 × 20 % = 100 are taken, so 19,48 % of the other 500.
    assert_eq!(
        reach(POOR, &[(Some(2_000), 500), (None, 500)]),
        Reach::Open {
            missing: 1,
            needed: Some(Hundredths(1_948))
        }
    );
    // Nobody has set one: everybody has to reach the figure itself.
    assert_eq!(
        reach(FAMILIES, &[(None, 10), (None, 30)]),
        Reach::Open {
            missing: 2,
            needed: Some(Hundredths(7_050))
        }
    );
}

#[test]
fn without_a_register_nothing_is_concluded() {
    for parts in [
        &[(Some(9_000), 0), (Some(9_000), 0)][..],
        &[(Some(9_000), 100), (None, 0)],
    ] {
        let Reach::Open { needed, .. } = reach(FAMILIES, parts) else {
            panic!("{parts:?}");
        };
        assert_eq!(needed, None);
    }
    assert_eq!(
        sum(FAMILIES, &[(Some(9_000), 0)]).shown(indicator(FAMILIES)),
        None
    );
    assert_eq!(
        Sum::default().reach(indicator(FAMILIES), Hundredths(1)),
        None
    );
}

#[test]
fn communes_are_counted_and_said_by_the_commune() {
    let parts = |yes: usize, no: usize, open: usize| {
        let yes = std::iter::repeat_n((Some(ONE), 1), yes);
        let no = std::iter::repeat_n((Some(0), 1), no);
        let open = std::iter::repeat_n((None, 1), open);
        yes.chain(no).chain(open).collect::<Vec<_>>()
    };
    assert_eq!(reach(RURAL, &parts(60, 128, 0)), Reach::Enough);
    assert_eq!(
        reach(RURAL, &parts(58, 130, 0)),
        Reach::Short {
            by: Hundredths(200)
        }
    );
    assert_eq!(
        reach(RURAL, &parts(54, 100, 34)),
        Reach::Open {
            missing: 34,
            needed: Some(Hundredths(600))
        }
    );
    assert_eq!(
        reach(RURAL, &parts(54, 131, 3)),
        Reach::Short {
            by: Hundredths(300)
        }
    );
    // Districts say how many of their xã; one that has not said may add all of them.
    assert_eq!(
        reach(RURAL, &[(Some(4_000), 100), (None, 88)]),
        Reach::Open {
            missing: 1,
            needed: Some(Hundredths(2_000))
        }
    );
    assert_eq!(
        sum(RURAL, &[(Some(4_000), 100), (Some(500), 8)]).shown(indicator(RURAL)),
        Some(Hundredths(4_500))
    );
}

#[test]
fn below_an_area_its_own_target_counts_or_else_the_directives() {
    use AreaLevel::{District, Province};
    let (families, rural) = (indicator(FAMILIES), indicator(RURAL));
    let own = Some(Hundredths(7_235));
    for (indicator, level, own, expected) in [
        (families, Province, None, Some(7_050)),
        (families, District, None, Some(7_050)),
        (families, District, own, Some(7_235)),
        (rural, Province, None, Some(6_000)),
        (rural, District, None, None),
        (rural, District, Some(Hundredths(500)), Some(500)),
    ] {
        let found = held_against(indicator, level, own);
        assert_eq!(
            found,
            expected.map(Hundredths),
            "{} {level:?}",
            indicator.id
        );
    }
}

#[test]
fn goals_are_what_an_area_can_reach() {
    let tree = AreaTree::embedded();
    let date = Date::last_of_year(2022);
    let rural = indicator(RURAL);
    let xa = tree.communes(date).into_iter();
    let xa = xa.clone().find(|it| it.kind == AreaKind::Commune).unwrap();
    let ward = tree.communes(date).into_iter();
    let ward = ward.clone().find(|it| it.kind == AreaKind::Ward).unwrap();
    let district = tree.get(xa.parent.as_ref().unwrap(), date).unwrap();
    let below = tree.rural_communes_under(&district.code, date).len();
    let limit = |indicator, area| most(indicator, area, tree, date);
    assert_eq!(limit(rural, xa), Some(ONE));
    assert_eq!(limit(rural, ward), None);
    assert_eq!(
        limit(rural, district),
        Some(i64::try_from(below).unwrap() * ONE)
    );
    assert_eq!(limit(indicator(FAMILIES), ward), Some(WHOLE));
    assert_eq!(limit(indicator(FAMILIES), tree.province()), None);
    assert_eq!(limit(indicator("grdp"), district), None);

    let target = |goal: i64| OwnTarget {
        goal: Some(Hundredths(goal)),
        plan: " Kế hoạch 15/KH-UBND ".to_owned(),
    };
    for (id, goal, most, expected) in [
        (FAMILIES, 7_235, Some(WHOLE), Ok(())),
        (FAMILIES, 0, Some(WHOLE), Ok(())),
        (FAMILIES, 10_001, Some(WHOLE), Err(TargetError::OutOfRange)),
        (FAMILIES, -1, Some(WHOLE), Err(TargetError::OutOfRange)),
        (RURAL, 100, Some(ONE), Ok(())),
        (RURAL, 50, Some(ONE), Err(TargetError::OutOfRange)),
        (RURAL, 200, Some(ONE), Err(TargetError::OutOfRange)),
        (RURAL, 100, None, Err(TargetError::NotSet)),
    ] {
        let found = target(goal).fields(indicator(id), most).map(|_| ());
        assert_eq!(found, expected, "{id} {goal}");
    }
    let long = OwnTarget {
        plan: "x".repeat(MAX_PAPER_BYTES + 1),
        ..target(7_000)
    };
    assert_eq!(
        long.fields(indicator(FAMILIES), Some(WHOLE)),
        Err(TargetError::PlanTooLong)
    );
    let fields = target(7_235).fields(indicator(FAMILIES), Some(WHOLE));
    assert_eq!(fields.unwrap()[1].1, Value::from("Kế hoạch 15/KH-UBND"));
}

#[test]
fn records_are_the_communes_own_and_the_districts_are_the_servers() {
    let period = Period(2022);
    let code = |code| AreaCode::parse(code).unwrap();
    let id = IndicatorId::new(FAMILIES);
    let goal = FieldName::parse(field::GOAL).unwrap();
    let commune = commune_key(&code("03751"), &id, period);
    let district = district_key(&code("118"), &id, period);
    assert_eq!(commune.subject(), SubjectId::commune(&code("03751")));
    assert!(!is_servers(&commune, &goal));
    assert!(is_servers(&district, &goal));
    for key in [&commune, &district] {
        assert_eq!((key.subject_kind(), key.entry_parts()), (None, None));
        assert_eq!(indicator_of(key), Some(indicator(FAMILIES)));
    }
    assert_eq!(indicators().count(), 5);
    // What a tablet of another make wrote is carried, and is no goal.
    let mut state = RecordState::new(code("03751"));
    state.apply(&crate::sync::edit::Edit {
        id: crate::sync::edit::EditId {
            device: crate::sync::edit::DeviceId(1),
            seq: 1,
        },
        time: crate::sync::clock::Hlc::from_millis(7),
        author: "can-bo".to_owned(),
        commune: code("03751"),
        record: commune,
        changes: state.changes_to(vec![(goal, Value::Int(99_999))]),
    });
    assert_eq!(
        OwnTarget::read(&state, indicator(FAMILIES), WHOLE).goal,
        None
    );
}
