//! Calendar dates, without time or zone.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A day of the Gregorian calendar.
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
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        (year >= 1 && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// 31 December.
    pub fn last_of_year(year: u16) -> Self {
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

    /// Reads `2022-01-30`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        parts(text, '-', [4, 2, 2]).and_then(|[year, month, day]| {
            Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        })
    }

    /// Reads `30/01/2022` or `30/1/2022`, as people there write.
    pub fn parse_vi(text: &str) -> Option<Self> {
        parts(text.trim(), '/', [2, 2, 4]).and_then(|[day, month, year]| {
            Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        })
    }

    /// `30/01/2022`.
    pub fn format_vi(self) -> String {
        format!("{:02}/{:02}/{}", self.day, self.month, self.year)
    }

    /// `ngày 04 tháng 01 năm 2022`, as in the heading of a report.
    pub fn format_long_vi(self) -> String {
        format!(
            "ngày {:02} tháng {:02} năm {}",
            self.day, self.month, self.year
        )
    }
}

fn parts(text: &str, separator: char, most_digits: [usize; 3]) -> Option<[u16; 3]> {
    let mut numbers = [0; 3];
    let mut pieces = text.split(separator);
    for (number, most) in numbers.iter_mut().zip(most_digits) {
        let piece = pieces.next()?;
        let digits = !piece.is_empty() && piece.bytes().all(|b| b.is_ascii_digit());
        if !digits || piece.len() > most {
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
        ] {
            assert_eq!(Date::parse_vi(text), None, "{text}");
        }
        assert!(Date::parse_vi("29/02/2024").is_some());
    }
}
