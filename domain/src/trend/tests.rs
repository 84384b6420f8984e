use super::*;
use crate::catalogue::{Directive, IndicatorId};

fn date(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

/// Counts that grow by `pace` a day from `first` on.
fn steady(first: &str, days: i64, pace: i64, expected: i64) -> Vec<Point> {
    let first = date(first).to_epoch_days();
    series((0..days).map(|day| {
        let added = DayCounts {
            expected: if day == 0 { expected } else { 0 },
            met: pace,
            accepted: pace,
            reported: pace,
        };
        (first + day, added)
    }))
}

#[test]
fn days_are_those_of_vietnam() {
    // 16:59:59 and 17:00 UTC on 31 December 2021.
    let new_year = 1_640_970_000_000;
    let day = |ms| Date::from_epoch_days(day_of(ms)).unwrap().to_string();
    assert_eq!(day(new_year - 1_000), "2021-12-31");
    assert_eq!(day(new_year), "2022-01-01");
}

#[test]
fn days_add_up() {
    let points = steady("2022-11-01", 3, 5, 100);
    let met: Vec<_> = points.iter().map(|point| point.counts.met).collect();
    assert_eq!(met, [5, 10, 15]);
    assert_eq!(counts_on(&points, date("2022-10-31")).met, 0);
    assert_eq!(counts_on(&points, date("2022-11-02")).met, 10);
    assert_eq!(counts_on(&points, date("2022-12-31")).met, 15);
    let long = steady("2020-01-01", 2_000, 1, 10_000);
    assert_eq!(long.len(), MAX_DAYS);
    assert_eq!(long.last().unwrap().counts.met, 2_000);
    // 1 November 2022 is a Tuesday; weeks begin on the day of the week on which 1970 did.
    assert_eq!(weekly(&points).len(), 2);
}

#[test]
fn the_pace_of_four_weeks_is_carried_on() {
    let points = steady("2022-10-01", 40, 5, 1_000);
    let found = projection(&points, Way::Met, date("2022-11-09"), date("2022-12-19")).unwrap();
    assert_eq!(found.gained, 28 * 5);
    // 200 now, 40 days left.
    assert_eq!((found.low, found.likely, found.high), (400, 400, 400));

    // A week without anything: the slowest pace is none, the fastest is the usual one.
    let found = projection(&points, Way::Met, date("2022-11-16"), date("2022-12-19")).unwrap();
    assert_eq!(found.low, 200);
    assert_eq!(found.likely, 200 + 21 * 5 * 33 / 28);
    assert_eq!(found.high, 200 + 5 * 33);
}

#[test]
fn what_began_lately_rests_on_fewer_weeks() {
    let points = steady("2022-12-05", 27, 10, 1_000);
    let found = projection(
        &points,
        Way::Reported,
        date("2022-12-20"),
        date("2022-12-31"),
    )
    .unwrap();
    assert_eq!((found.weeks, found.gained), (2, 140));
    assert_eq!(found.likely, 160 + 110);
}

#[test]
fn nobody_is_counted_twice() {
    let points = steady("2022-10-01", 40, 5, 250);
    let found = projection(&points, Way::Met, date("2022-11-09"), date("2022-12-19")).unwrap();
    assert_eq!(found.likely, 250);
}

#[test]
fn too_little_is_no_ground_for_a_projection() {
    let due = date("2022-12-19");
    let points = steady("2022-10-01", 20, 5, 1_000);
    for (from, expected) in [
        ("2022-09-01", NoProjection::Nobody),
        ("2022-10-14", NoProjection::TooYoung),
        ("2022-12-01", NoProjection::AtRest),
        ("2022-12-19", NoProjection::Over),
        ("2023-01-05", NoProjection::Over),
    ] {
        assert_eq!(
            projection(&points, Way::Met, date(from), due),
            Err(expected),
            "{from}"
        );
    }
    let only_registered = series([(
        date("2022-03-01").to_epoch_days(),
        DayCounts {
            expected: 10,
            ..DayCounts::default()
        },
    )]);
    assert_eq!(
        projection(&only_registered, Way::Reported, date("2022-06-01"), due),
        Err(NoProjection::AtRest)
    );
}

#[test]
fn a_projection_is_held_against_the_target_at_every_pace() {
    let of = |id: &str| {
        Directive::embedded()
            .indicator(&IndicatorId::new(id))
            .unwrap()
    };
    let (families, poor) = (of("gia-dinh-van-hoa"), of("ho-ngheo"));
    for (low, likely, high, expected, expected_poor) in [
        (705, 800, 900, Outlook::Meets, Outlook::FallsShort),
        (704, 705, 900, Outlook::Open, Outlook::FallsShort),
        (100, 300, 704, Outlook::FallsShort, Outlook::Open),
        (100, 150, 197, Outlook::FallsShort, Outlook::Meets),
    ] {
        let found = Projection {
            from: date("2022-11-01"),
            due: date("2022-12-19"),
            weeks: 4,
            gained: 1,
            low,
            likely,
            high,
            expected: 1_000,
        };
        assert_eq!(found.outlook(families), Some(expected), "{likely}");
        assert_eq!(found.outlook(poor), Some(expected_poor), "{likely}");
    }
}
