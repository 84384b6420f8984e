//! Figures of the directive, kept exactly.

use serde::{Deserialize, Serialize};

/// A number with two decimals: 70,5 is 7050.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hundredths(pub i64);
