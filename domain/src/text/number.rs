//! Numbers as people there write them: a dot between thousands, a comma before decimals.

use crate::quantity::Hundredths;
use thiserror::Error;

/// Why a text is not a number.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NumberError {
    /// It has something other than digits and separators in their places.
    #[error("not a number")]
    Malformed,
    /// It has a dot where a decimal comma would stand: `70.5`. Nothing is guessed; this is the hint.
    #[error("a dot for a decimal comma; did you mean {suggestion}?")]
    DotAsDecimal {
        /// The same with a comma.
        suggestion: String,
    },
    /// It has more than two decimals, or is too large.
    #[error("out of range")]
    OutOfRange,
}

/// `4.550`.
pub fn format_int(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    if number < 0 {
        grouped.insert(0, '-');
    }
    grouped
}

/// `70,5`, `47`, `8,55`, `4.550`.
pub fn format_hundredths(number: Hundredths) -> String {
    let whole = format_int((number.0 / 100).abs());
    let sign = if number.0 < 0 { "-" } else { "" };
    match number.0.unsigned_abs() % 100 {
        0 => format!("{sign}{whole}"),
        part if part.is_multiple_of(10) => format!("{sign}{whole},{}", part / 10),
        part => format!("{sign}{whole},{part:02}"),
    }
}

/// A rate in percent with one decimal, rounded half up: `70,5%`. A dash where there is no whole.
pub fn format_rate_percent(numerator: u64, denominator: u64) -> String {
    if denominator == 0 {
        return "—".to_owned();
    }
    let tenths =
        (u128::from(numerator) * 2000 + u128::from(denominator)) / (u128::from(denominator) * 2);
    let tenths = i64::try_from(tenths).unwrap_or(i64::MAX / 10);
    format!("{},{}%", format_int(tenths / 10), tenths % 10)
}

/// Reads a whole number: `4550` or `4.550`. A decimal written with a dot is refused like one written
/// with a comma: its hint would lead to another refusal.
pub fn parse_int_vi(text: &str) -> Result<i64, NumberError> {
    let number = parse_hundredths_vi(text).map_err(|error| match error {
        NumberError::DotAsDecimal { .. } => NumberError::Malformed,
        other => other,
    })?;
    if number.0 % 100 == 0 && !text.contains(',') {
        Ok(number.0 / 100)
    } else {
        Err(NumberError::Malformed)
    }
}

/// Reads `70,5`, `4.550` or `4.550,25`, strictly.
pub fn parse_hundredths_vi(text: &str) -> Result<Hundredths, NumberError> {
    let text = text.trim();
    let (negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text),
    };
    let (whole, decimals) = match body.split_once(',') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (body, None),
    };
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let groups: Vec<&str> = whole.split('.').collect();
    if !groups.iter().all(|group| all_digits(group)) {
        return Err(NumberError::Malformed);
    }
    // A first group of 0 is no group: `0.125` is a decimal written with a dot, not 125.
    let grouped_well = groups.len() == 1
        || (groups[0].len() <= 3
            && !groups[0].starts_with('0')
            && groups[1..].iter().all(|group| group.len() == 3));
    if !grouped_well {
        return Err(if groups.len() == 2 && decimals.is_none() {
            dot_as_decimal(text)
        } else {
            NumberError::Malformed
        });
    }
    let part = match decimals {
        None => 0,
        Some(digits) if !all_digits(digits) => return Err(NumberError::Malformed),
        Some(digits) if digits.len() > 2 => return Err(NumberError::OutOfRange),
        Some(digits) => {
            let number: i64 = digits.parse().map_err(|_| NumberError::Malformed)?;
            if digits.len() == 1 {
                number * 10
            } else {
                number
            }
        }
    };
    let whole: i64 = groups
        .concat()
        .parse()
        .map_err(|_| NumberError::OutOfRange)?;
    let value = whole
        .checked_mul(100)
        .and_then(|value| value.checked_add(part))
        .ok_or(NumberError::OutOfRange)?;
    Ok(Hundredths(if negative { -value } else { value }))
}

/// The hint for `70.5`, where putting a comma gives a number that can be read.
fn dot_as_decimal(text: &str) -> NumberError {
    let suggestion = text.replace('.', ",");
    match parse_hundredths_vi(&suggestion) {
        Ok(_) => NumberError::DotAsDecimal { suggestion },
        Err(error) => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Result<i64, NumberError>) {
        assert_eq!(parse_hundredths_vi(text).map(|n| n.0), expected, "{text}");
    }

    #[test]
    fn numbers_are_read_strictly() {
        let dot = |suggestion: &str| {
            Err(NumberError::DotAsDecimal {
                suggestion: suggestion.to_owned(),
            })
        };
        check("70,5", Ok(7050));
        check("8,55", Ok(855));
        check("4.550", Ok(455_000));
        check("4550", Ok(455_000));
        check("22.000,5", Ok(2_200_050));
        check("-3", Ok(-300));
        check("70.5", dot("70,5"));
        check("4.55", dot("4,55"));
        check("1.2.3", Err(NumberError::Malformed));
        check("", Err(NumberError::Malformed));
        check("12a", Err(NumberError::Malformed));
        check("1,234", Err(NumberError::OutOfRange));
        check("06", Ok(600));
        check(" 70,05 ", Ok(7005));
        check("4.550,25", Ok(455_025));
        check("4550.5", dot("4550,5"));
        check("0.5", dot("0,5"));
        // Not 125, and no hint either: three decimals could not be kept.
        check("0.125", Err(NumberError::OutOfRange));
        check("1.2345", Err(NumberError::OutOfRange));
        check("012.345", Err(NumberError::OutOfRange));
        for text in ["1,234.5", "70,5%", "12.", ",5", "70,", "--3", "1 000", "١٢"] {
            check(text, Err(NumberError::Malformed));
        }
        check("99999999999999999999", Err(NumberError::OutOfRange));
    }

    #[test]
    fn whole_numbers_are_read_strictly() {
        for (text, expected) in [
            ("4.550", Ok(4550)),
            ("4550", Ok(4550)),
            ("06", Ok(6)),
            ("7,0", Err(NumberError::Malformed)),
            ("7.5", Err(NumberError::Malformed)),
            ("7,5", Err(NumberError::Malformed)),
            ("", Err(NumberError::Malformed)),
        ] {
            assert_eq!(parse_int_vi(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_as_people_there_do() {
        assert_eq!(format_int(4550), "4.550");
        assert_eq!(format_int(-1_234_567), "-1.234.567");
        assert_eq!(format_hundredths(Hundredths(7050)), "70,5");
        assert_eq!(format_hundredths(Hundredths(855)), "8,55");
        assert_eq!(format_hundredths(Hundredths(4700)), "47");
        assert_eq!(format_hundredths(Hundredths(455_000)), "4.550");
        assert_eq!(format_hundredths(Hundredths(1905)), "19,05");
        assert_eq!(format_rate_percent(7046, 10_000), "70,5%");
        assert_eq!(format_rate_percent(0, 0), "—");
        assert_eq!(format_rate_percent(61, 98), "62,2%");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[-0-9.,]{0,30}") {
            if let Err(NumberError::DotAsDecimal { suggestion }) = parse_hundredths_vi(&text) {
                prop_assert!(parse_hundredths_vi(&suggestion).is_ok());
            }
        }

        #[test]
        fn what_is_written_is_read_back(number in -1_000_000_000_i64..1_000_000_000) {
            prop_assert_eq!(parse_hundredths_vi(&format_hundredths(Hundredths(number))), Ok(Hundredths(number)));
            prop_assert_eq!(parse_int_vi(&format_int(number)), Ok(number));
        }
    }
}
