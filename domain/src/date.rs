//! Calendar dates, without time or zone.

use crate::text::Language;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::RangeInclusive;

/// Days from 1 January of the year 1 to 1 January 1970.
const EPOCH: i64 = 719_162;
const DAY_MS: u64 = 86_400_000;
/// Vietnam has one time, seven hours ahead of UTC, all year.
const VIETNAM_MS: u64 = 7 * 3_600_000;

/// A day of the Gregorian calendar, in the years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A date, if there is such a day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let days = days_in_month(year, month)?;
        ((1..=9999).contains(&year) && (1..=days).contains(&day)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// The day that lies `days` after 1 January 1970 (before it, if negative). `None` outside the years
    /// 1 to 9999.
    pub fn from_epoch_days(days: i64) -> Option<Self> {
        let since_year_1 = days.checked_add(EPOCH)?;
        // No year is shorter than 365 days, so this is at or after the year sought.
        let mut year = since_year_1.div_euclid(365).checked_add(1)?;
        if !(1..=10_010).contains(&year) {
            return None;
        }
        while days_before_year(year) > since_year_1 {
            year -= 1;
        }
        let mut left = since_year_1 - days_before_year(year);
        let year = u16::try_from(year).ok()?;
        for month in 1..=12 {
            let length = i64::from(days_in_month(year, month)?);
            if left < length {
                return Self::new(year, month, u8::try_from(left + 1).ok()?);
            }
            left -= length;
        }
        None
    }

    /// The day it is in Vietnam, seven hours ahead of UTC all year, at a time in milliseconds since 1970.
    pub fn in_vietnam(ms: u64) -> Self {
        let days = ms.saturating_add(VIETNAM_MS) / DAY_MS;
        let day = i64::try_from(days).ok().and_then(Self::from_epoch_days);
        day.unwrap_or(Self::last_of_year(9999))
    }

    /// The day that lies so many days after this one (before it, if negative); `None` outside the years 1
    /// to 9999.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_epoch_days(self.to_epoch_days().checked_add(days)?)
    }

    /// Days since 1 January 1970; negative before it.
    pub fn to_epoch_days(self) -> i64 {
        let in_year: i64 = (1..self.month)
            .filter_map(|month| days_in_month(self.year, month))
            .map(i64::from)
            .sum();
        days_before_year(i64::from(self.year)) + in_year + i64::from(self.day) - 1 - EPOCH
    }

    /// 31 December.
    pub const fn last_of_year(year: u16) -> Self {
        Self {
            year,
            month: 12,
            day: 31,
        }
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Reads `2022-01-30`, and only that form: it is what [`Display`](fmt::Display) writes.
    pub fn parse_iso(text: &str) -> Option<Self> {
        parts(text, '-', [4..=4, 2..=2, 2..=2]).and_then(|[year, month, day]| {
            Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        })
    }

    /// Reads `30/01/2022` or `30/1/2022`, as people there write. A year of two digits is refused: it
    /// would be a guess.
    pub fn parse_vi(text: &str) -> Option<Self> {
        parts(text.trim(), '/', [1..=2, 1..=2, 4..=4]).and_then(|[day, month, year]| {
            Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        })
    }

    /// `30/01/2022`.
    pub fn format_vi(self) -> String {
        format!("{:02}/{:02}/{}", self.day, self.month, self.year)
    }

    /// `30/01/2022` or `30 Jan 2022`: the month as a word, since English has two orders of the numbers.
    pub fn format(self, language: Language) -> String {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        match language {
            Language::Vietnamese => self.format_vi(),
            Language::English => {
                let month = MONTHS[usize::from(self.month) - 1];
                format!("{} {month} {}", self.day, self.year)
            }
        }
    }

    /// `ngày 04 tháng 01 năm 2022`, as in the heading of a report.
    pub fn format_long_vi(self) -> String {
        format!(
            "ngày {:02} tháng {:02} năm {}",
            self.day, self.month, self.year
        )
    }
}

fn days_in_month(year: u16, month: u8) -> Option<u8> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if leap => Some(29),
        2 => Some(28),
        _ => None,
    }
}

/// Days from the start of the year 1 to the start of `year`.
fn days_before_year(year: i64) -> i64 {
    let past = year - 1;
    past * 365 + past / 4 - past / 100 + past / 400
}

fn parts(text: &str, separator: char, digits: [RangeInclusive<usize>; 3]) -> Option<[u16; 3]> {
    let mut numbers = [0; 3];
    let mut pieces = text.split(separator);
    for (number, lengths) in numbers.iter_mut().zip(digits) {
        let piece = pieces.next()?;
        if !lengths.contains(&piece.len()) || !piece.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *number = piece.parse().ok()?;
    }
    pieces.next().is_none().then_some(numbers)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl TryFrom<String> for Date {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse_iso(&text).ok_or("malformed date")
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_written_in_both_ways() {
        let date = Date::new(2022, 1, 4).unwrap();
        for (text, read) in [
            ("2022-01-04", Date::parse_iso("2022-01-04")),
            ("04/01/2022", Date::parse_vi("04/01/2022")),
            ("4/1/2022", Date::parse_vi("4/1/2022")),
        ] {
            assert_eq!(read, Some(date), "{text}");
        }
        assert_eq!(date.to_string(), "2022-01-04");
        assert_eq!(date.format_vi(), "04/01/2022");
        assert_eq!(date.format(Language::Vietnamese), "04/01/2022");
        assert_eq!(date.format(Language::English), "4 Jan 2022");
        assert_eq!(date.format_long_vi(), "ngày 04 tháng 01 năm 2022");
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in [
            "29/02/2022",
            "31/04/2022",
            "00/01/2022",
            "1/13/2022",
            "1/1",
            "1/1/2022/1",
            "a/1/2022",
            "30/01/22",
            "+1/1/2022",
        ] {
            assert_eq!(Date::parse_vi(text), None, "{text}");
        }
        assert!(Date::parse_vi("29/02/2024").is_some());
        for text in ["2022-1-4", "22-01-04", "2022-01-04 ", "2022/01/04"] {
            assert_eq!(Date::parse_iso(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        for (text, days) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2022-01-04", 18_996),
            ("0001-01-01", -719_162),
            ("9999-12-31", 2_932_896),
        ] {
            let date = Date::parse_iso(text).unwrap();
            assert_eq!(date.to_epoch_days(), days, "{text}");
            assert_eq!(Date::from_epoch_days(days), Some(date), "{text}");
        }
        for days in [-719_163, 2_932_897, i64::MIN, i64::MAX] {
            assert_eq!(Date::from_epoch_days(days), None, "{days}");
        }
    }

    #[test]
    fn every_day_of_eight_centuries_follows_the_one_before() {
        let mut before = Date::from_epoch_days(-146_098).unwrap();
        for days in -146_097..146_097 {
            let date = Date::from_epoch_days(days).unwrap();
            assert!(before < date, "{before} {date}");
            assert_eq!(date.to_epoch_days(), days);
            assert_eq!(Date::parse_iso(&date.to_string()), Some(date));
            assert_eq!(Date::parse_vi(&date.format_vi()), Some(date));
            before = date;
        }
    }
}
