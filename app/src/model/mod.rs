//! What the tablet's screens show, computed from the local store. No markup here.

pub mod changes;
pub mod conflicts;
pub mod custody;
pub mod duplicates;
pub mod home;
pub mod marks;
pub mod overview;
pub mod papers;
pub mod room;
pub mod roster;
pub mod targets;
pub mod units;
