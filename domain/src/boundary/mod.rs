//! Real boundaries of areas, as an administrator imports them: read from GeoJSON, checked, matched to the
//! catalogue and simplified so that neighbours stay neighbours.
//!
//! Places are whole numbers, hundred-thousandths of a degree (a metre or so): whether two lines cross is
//! then exact, and a border that two areas share is the same numbers in both.

mod geometry;
mod place;
mod read;
mod simplify;

pub use geometry::label_spot;
pub use place::{Placed, place};
pub use read::{Feature, ReadError, Trouble, read};
pub use simplify::{Simplified, simplify};

use crate::area::AreaCode;
use crate::date::Date;
use serde::{Deserialize, Serialize};

/// Hundred-thousandths to the degree.
pub const PER_DEGREE: f64 = 100_000.0;
/// Largest file, in bytes.
pub const MAX_FILE_BYTES: usize = 32 << 20;
/// Most features in a file.
pub const MAX_FEATURES: usize = 500;
/// Most positions in a file.
pub const MAX_POSITIONS: usize = 500_000;
/// Most positions that are kept of a file: what a page can draw at once on a modest machine.
pub const MAX_KEPT: usize = 12_000;

/// Where the province lies, with some room: longitude and latitude of its corners, in degrees.
pub const PROVINCE: [(f64, f64); 2] = [(102.8, 20.2), (105.5, 22.4)];

/// A place on the map: longitude and latitude in hundred-thousandths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(i32, i32)", into = "(i32, i32)")]
pub struct Spot {
    /// To the east.
    pub x: i32,
    /// To the north.
    pub y: i32,
}

impl From<(i32, i32)> for Spot {
    fn from((x, y): (i32, i32)) -> Self {
        Self { x, y }
    }
}

impl From<Spot> for (i32, i32) {
    fn from(spot: Spot) -> Self {
        (spot.x, spot.y)
    }
}

/// A line that ends where it begins; the first place is not said again at the end.
pub type Ring = Vec<Spot>;

/// The ground an area covers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shape {
    /// Its parts, each an outer line and the lines of what is cut out of it.
    pub parts: Vec<Vec<Ring>>,
}

impl Shape {
    /// All lines.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        self.parts.iter().flatten()
    }

    /// How many places its lines have.
    pub fn positions(&self) -> usize {
        self.rings().map(Vec::len).sum()
    }
}

/// The boundary of an area, which its code and the first day of its validity tell from others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boundary {
    /// The area.
    pub area: AreaCode,
    /// Since when there is such an area.
    pub valid_from: Date,
    /// The ground it covers.
    pub shape: Shape,
}

#[cfg(test)]
mod tests;
