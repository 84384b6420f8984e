//! Days of 2022, in the working hours of the place.

use super::luck::Luck;

/// 07:00 on 1 January 2022 in Việt Nam.
const NEW_YEAR_MS: u64 = 1_640_995_200_000;
const HOUR_MS: u64 = 60 * 60 * 1000;
const DAY_MS: u64 = 24 * HOUR_MS;
/// From 07:00 to 16:30.
const WORKING_MS: u64 = 9 * HOUR_MS + HOUR_MS / 2;
const MONTHS: [u64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// A day, as month and day of the month.
pub(super) type Day = (usize, u64);

/// 07:00 on a day.
pub(super) fn morning((month, day): Day) -> u64 {
    let days: u64 = MONTHS[..month - 1].iter().sum();
    NEW_YEAR_MS + (days + day - 1) * DAY_MS
}

/// A moment within working hours of one of these days, both included.
pub(super) fn moment(luck: &mut Luck, first: Day, last: Day) -> u64 {
    let first = morning(first);
    let days = (morning(last) - first) / DAY_MS + 1;
    first + luck.below(days) * DAY_MS + luck.below(WORKING_MS)
}

/// A while after a moment: on the same day or one of the next.
pub(super) fn later(luck: &mut Luck, moment: u64, days: u64) -> u64 {
    moment + luck.below(days) * DAY_MS + HOUR_MS / 4 + luck.below(HOUR_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_the_new_year() {
        assert_eq!(morning((1, 1)), NEW_YEAR_MS);
        // 2022-12-31T00:00:00Z.
        assert_eq!(morning((12, 31)), 1_672_444_800_000);
        let mut luck = Luck::new(1, 1);
        for _ in 0..100 {
            let moment = moment(&mut luck, (2, 10), (3, 31));
            assert!((morning((2, 10))..morning((4, 1))).contains(&moment));
        }
    }
}
