//! What drawings of figures share, on screens and on papers: where lines of the scale lie, which days are
//! named, and how labels keep out of each other's way. Nothing here draws.

use crate::date::Date;

/// Most days named below a drawing.
const MAX_NAMED: usize = 13;

/// Figures at which a scale from 0 to `most` or a little more has its lines: 1, 2, 2.5 or 5 times a power
/// of ten apart, four to six of them. The last one is the end of the scale.
pub fn ticks(most: f64) -> Vec<f64> {
    let most = if most.is_finite() && most > 0.0 {
        most
    } else {
        1.0
    };
    let power = 10_f64.powf((most / 5.0).log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|of| of * power)
        .find(|step| most / step <= 5.000_001)
        .unwrap_or(10.0 * power);
    let lines = (most / step - 1e-9).ceil().max(1.0) as u32;
    (0..=lines).map(|line| f64::from(line) * step).collect()
}

/// First days of months from `from` to `to` that are named below a drawing: each, or every third, sixth
/// or twelfth where there is no room for all.
pub fn months(from: Date, to: Date) -> Vec<Date> {
    for every in [1, 3, 6] {
        let named = firsts(from, to, every);
        if named.len() <= MAX_NAMED {
            return named;
        }
    }
    let mut years = firsts(from, to, 12);
    years.truncate(MAX_NAMED);
    years
}

fn firsts(from: Date, to: Date, every: u8) -> Vec<Date> {
    let years = from.year()..=to.year();
    years
        .flat_map(|year| (1..=12).filter_map(move |month| Date::new(year, month, 1)))
        .filter(|day| (day.month() - 1) % every == 0 && *day >= from && *day <= to)
        .collect()
}

/// Moves places from each other until they are `gap` apart, within `low` to `high` as far as there is room;
/// their order stays. What is given back stands in the order of what was given.
pub fn spread(places: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|one, other| places[*one].total_cmp(&places[*other]));
    let mut moved = places.to_vec();
    let mut free = low;
    for index in &order {
        moved[*index] = moved[*index].max(free);
        free = moved[*index] + gap;
    }
    let mut free = high;
    for index in order.iter().rev() {
        moved[*index] = moved[*index].min(free);
        free = moved[*index] - gap;
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_have_a_few_round_lines() {
        for (most, expected) in [
            (100.0, vec![0.0, 20.0, 40.0, 60.0, 80.0, 100.0]),
            (70.5, vec![0.0, 20.0, 40.0, 60.0, 80.0]),
            (60.0, vec![0.0, 20.0, 40.0, 60.0]),
            (7.2, vec![0.0, 2.0, 4.0, 6.0, 8.0]),
            (12.0, vec![0.0, 2.5, 5.0, 7.5, 10.0, 12.5]),
            (0.0, vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        ] {
            let found = ticks(most);
            assert_eq!(found.len(), expected.len(), "{most}: {found:?}");
            let near = found
                .iter()
                .zip(&expected)
                .all(|(a, b)| (a - b).abs() < 1e-9);
            assert!(near, "{most}: {found:?}");
        }
        assert!(ticks(f64::NAN).len() > 1);
    }

    #[test]
    fn months_are_named_as_far_as_there_is_room() {
        let date = |text| Date::parse_iso(text).unwrap();
        let of = |from, to| months(date(from), date(to));
        assert_eq!(of("2022-01-01", "2022-12-31").len(), 12);
        assert!(of("2022-11-02", "2022-11-30").is_empty());
        assert_eq!(
            of("2022-11-15", "2023-01-02"),
            [date("2022-12-01"), date("2023-01-01")]
        );
        let years = of("2022-01-04", "2026-11-25");
        assert!(years.len() <= MAX_NAMED);
        assert!(years.iter().all(|day| day.day() == 1));
    }

    #[test]
    fn labels_keep_apart_and_in_order() {
        let moved = spread(&[10.0, 12.0, 11.0], 5.0, 0.0, 100.0);
        assert_eq!(moved, [10.0, 20.0, 15.0]);
        let moved = spread(&[98.0, 99.0], 5.0, 0.0, 100.0);
        assert_eq!(moved, [95.0, 100.0]);
        assert!(spread(&[], 5.0, 0.0, 1.0).is_empty());
    }
}
