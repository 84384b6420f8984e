//! A hybrid logical clock.
//!
//! Its readings only ever break ties between concurrent edits; what came first is told by an edit's
//! bases (see [`super::edit::FieldChange`]). So a tablet with a wrong date can lose or win a tie, but
//! can never hide an edit that was made in knowledge of another.

use serde::{Deserialize, Serialize};

const COUNTER_BITS: u32 = 10;

/// How far ahead of the own clock another device's reading may be and still be adopted. Beyond it the
/// other clock is taken to be wrong.
pub const MAX_ADOPTED_DRIFT_MS: u64 = 24 * 60 * 60 * 1000;

/// A reading: milliseconds since 1970 and, below them, a counter of ten bits. Fits the 53 bits that
/// every JSON reader keeps exactly.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Hlc(pub u64);

impl Hlc {
    /// The first reading of a millisecond.
    pub fn from_millis(millis: u64) -> Self {
        Self(millis.min((1 << (53 - COUNTER_BITS)) - 1) << COUNTER_BITS)
    }

    /// The wall-clock part, in milliseconds since 1970.
    pub fn millis(self) -> u64 {
        self.0 >> COUNTER_BITS
    }

    /// The next reading of a clock whose last one was `self`, at wall-clock time `now_ms`: never
    /// smaller than or equal to the last, even when the wall clock jumps back.
    #[must_use]
    pub fn tick(self, now_ms: u64) -> Self {
        Self::from_millis(now_ms).max(Self(self.0.saturating_add(1)))
    }

    /// Takes note of another device's reading, unless it is absurdly far ahead.
    #[must_use]
    pub fn observe(self, other: Self, now_ms: u64) -> Self {
        if other.millis() <= now_ms.saturating_add(MAX_ADOPTED_DRIFT_MS) {
            self.max(other)
        } else {
            self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumps_back_still_moves_on() {
        let first = Hlc::default().tick(5_000);
        let second = first.tick(1_000);
        assert!(second > first);
        assert_eq!(second.millis(), 5_000);
    }

    #[test]
    fn a_reading_years_ahead_is_not_adopted() {
        let ten_years = 10 * 365 * MAX_ADOPTED_DRIFT_MS;
        let own = Hlc::from_millis(1_000);
        assert_eq!(own.observe(Hlc::from_millis(ten_years), 1_000), own);
        let near = Hlc::from_millis(60_000);
        assert_eq!(own.observe(near, 1_000), near);
    }
}
