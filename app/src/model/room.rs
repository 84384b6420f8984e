//! How much room is left on the device, and when to say so.

/// Bytes used and bytes allowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Used by the app.
    pub used: f64,
    /// Allowed by the browser.
    pub quota: f64,
}

/// How urgent it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tightness {
    /// Room for seasons.
    Ample,
    /// Room for weeks: time to act while nothing is lost.
    Tight,
    /// The next saves may fail.
    NearlyFull,
}

const MEGABYTE: f64 = 1_048_576.0;
/// A commune's year with all of its history takes about this much; with less left, it is time.
const TIGHT: f64 = 60.0 * MEGABYTE;
/// A few hundred entries.
const NEARLY_FULL: f64 = 10.0 * MEGABYTE;

impl Room {
    /// Bytes left.
    pub fn left(self) -> f64 {
        (self.quota - self.used).max(0.0)
    }

    /// Whole megabytes left.
    pub fn left_megabytes(self) -> i64 {
        (self.left() / MEGABYTE) as i64
    }

    /// Megabytes used, rounded up: something is not nothing.
    pub fn used_megabytes(self) -> i64 {
        (self.used / MEGABYTE).ceil() as i64
    }

    /// Whole megabytes allowed.
    pub fn quota_megabytes(self) -> i64 {
        (self.quota / MEGABYTE) as i64
    }

    /// Share used, in percent.
    pub fn percent(self) -> f64 {
        if self.quota > 0.0 {
            (self.used / self.quota * 100.0).clamp(0.0, 100.0)
        } else {
            100.0
        }
    }

    /// How urgent it is.
    pub fn tightness(self) -> Tightness {
        match self.left() {
            left if left < NEARLY_FULL => Tightness::NearlyFull,
            left if left < TIGHT => Tightness::Tight,
            _ => Tightness::Ample,
        }
    }
}
