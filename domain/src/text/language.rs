//! The two languages of the screens, and how each writes numbers.
//!
//! Papers, exports and what travels know one form only, the Vietnamese one of [`number`](super::number).

use super::number::{
    NumberError, format_hundredths, format_int, format_rate_percent, parse_hundredths_vi,
    parse_int_vi,
};
use crate::quantity::Hundredths;

/// A language that screens are shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// The language of the people who enter and of the law.
    #[default]
    Vietnamese,
    /// For guests, partners and supporters of the province.
    English,
}

impl Language {
    /// Both, the first one first.
    pub const ALL: [Self; 2] = [Self::Vietnamese, Self::English];

    /// What stands in `lang` attributes and is kept as the setting.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }

    /// The language of a tag; `None` for any other.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// `4.550` or `4,550`.
    pub fn int(self, number: i64) -> String {
        self.written(format_int(number))
    }

    /// `70,5` or `70.5`.
    pub fn hundredths(self, number: Hundredths) -> String {
        self.written(format_hundredths(number))
    }

    /// `70,5%` or `70.5%`, one decimal, rounded half up; a dash where there is no whole.
    pub fn rate_percent(self, numerator: u64, denominator: u64) -> String {
        self.written(format_rate_percent(numerator, denominator))
    }

    /// Reads a number as this language writes it, and strictly: what both languages read, both read alike,
    /// so that something typed in one and looked at in the other is never another number.
    pub fn parse_hundredths(self, text: &str) -> Result<Hundredths, NumberError> {
        parse_hundredths_vi(&self.written(text.to_owned())).map_err(|error| self.hint(error))
    }

    /// Reads a whole number as this language writes it: see [`parse_hundredths`](Self::parse_hundredths).
    pub fn parse_int(self, text: &str) -> Result<i64, NumberError> {
        parse_int_vi(&self.written(text.to_owned())).map_err(|error| self.hint(error))
    }

    fn hint(self, error: NumberError) -> NumberError {
        match error {
            NumberError::DotAsDecimal { suggestion } => NumberError::DotAsDecimal {
                suggestion: self.written(suggestion),
            },
            other => other,
        }
    }

    /// From the Vietnamese form and to it: the two signs change places.
    fn written(self, number: String) -> String {
        match self {
            Self::Vietnamese => number,
            Self::English => number
                .chars()
                .map(|sign| match sign {
                    '.' => ',',
                    ',' => '.',
                    other => other,
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_language_writes_its_own_way() {
        for (language, int, part, rate) in [
            (Language::Vietnamese, "-4.550", "8,55", "70,5%"),
            (Language::English, "-4,550", "8.55", "70.5%"),
        ] {
            assert_eq!(language.int(-4550), int);
            assert_eq!(language.hundredths(Hundredths(855)), part);
            assert_eq!(language.rate_percent(705, 1000), rate);
            assert_eq!(language.rate_percent(0, 0), "—");
            assert_eq!(Language::from_tag(language.tag()), Some(language));
        }
        assert_eq!(Language::from_tag("fr"), None);
    }

    #[test]
    fn english_is_read_strictly_too() {
        let read = |text| Language::English.parse_hundredths(text).map(|n| n.0);
        assert_eq!(read("70.5"), Ok(7050));
        assert_eq!(read("4,550"), Ok(455_000));
        assert_eq!(read("4,550.25"), Ok(455_025));
        assert_eq!(
            read("70,5"),
            Err(NumberError::DotAsDecimal {
                suggestion: "70.5".to_owned()
            })
        );
        assert_eq!(read("4.550"), Err(NumberError::OutOfRange));
        assert_eq!(Language::English.parse_int("1,234"), Ok(1234));
        assert_eq!(
            Language::English.parse_int("1.5"),
            Err(NumberError::Malformed)
        );
    }

    proptest! {
        #[test]
        fn what_both_languages_read_they_read_alike(text in "-?[0-9]{0,4}[.,]?[0-9]{0,3}[.,]?[0-9]{0,3}") {
            let [vietnamese, english] = Language::ALL.map(|language| language.parse_hundredths(&text));
            if let (Ok(vietnamese), Ok(english)) = (vietnamese, english) {
                prop_assert_eq!(vietnamese, english, "{}", text);
            }
        }

        #[test]
        fn what_a_language_writes_it_reads(number in -1_000_000_000_i64..1_000_000_000) {
            for language in Language::ALL {
                let text = language.hundredths(Hundredths(number));
                prop_assert_eq!(language.parse_hundredths(&text), Ok(Hundredths(number)));
                prop_assert_eq!(language.parse_int(&language.int(number)), Ok(number));
            }
        }
    }
}
