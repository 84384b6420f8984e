//! What is put into a text.

use super::language::{day, int};
use std::fmt::Display;
use thidua_domain::date::Date;
use thidua_domain::record::Period;

/// Something that a text has a place for. Numbers and dates are written as the shown language does, so
/// callers hand them over as they are.
pub trait Argument {
    /// As it stands in the text.
    fn shown(&self) -> impl Display;

    /// Whether English says it of one thing.
    fn is_one(&self) -> bool {
        false
    }
}

macro_rules! counts {
    ($($number:ty),+) => {$(
        impl Argument for $number {
            fn shown(&self) -> impl Display {
                int(i64::try_from(*self).unwrap_or(i64::MAX))
            }

            fn is_one(&self) -> bool {
                *self == 1
            }
        }
    )+};
}

counts!(i64, i32, u64, u32, usize, u8);

macro_rules! words {
    ($($word:ty),+) => {$(
        impl Argument for $word {
            fn shown(&self) -> impl Display {
                self
            }
        }
    )+};
}

// A year is no count and is written without separators.
words!(str, String, Period, u16);

impl<T: Argument + ?Sized> Argument for &T {
    fn shown(&self) -> impl Display {
        (**self).shown()
    }

    fn is_one(&self) -> bool {
        (**self).is_one()
    }
}

impl Argument for Date {
    fn shown(&self) -> impl Display {
        day(*self)
    }
}
