//! Own targets as reviewers read and set them.

use crate::area::AreaCode;
use crate::catalogue::IndicatorId;
use crate::entry::ContentDigest;
use crate::target::OwnTarget;
use crate::target::sum::Sum;
use serde::{Deserialize, Serialize};

/// Answer of `GET` and `POST /api/targets`: own targets of an area and of those directly below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetsView {
    /// The area.
    pub area: AreaCode,
    /// One for each indicator that own targets are set of, in the directive's order.
    pub indicators: Vec<IndicatorTargets>,
}

/// One indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorTargets {
    /// Which.
    pub indicator: IndicatorId,
    /// How the area itself stands.
    pub own: AreaTarget,
    /// The areas directly below that have a part in it.
    pub parts: Vec<AreaTarget>,
}

/// What an area has set itself, beside how it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaTarget {
    /// The area.
    pub area: AreaCode,
    /// What it has set; of the province nothing, whose target is the directive's.
    pub target: OwnTarget,
    /// The digest of that record.
    pub digest: ContentDigest,
    /// Whether the account may set it here: districts' are set by reviewers, communes' by their officers.
    pub may_set: bool,
    /// When it was set last, in milliseconds since 1970 by the clock of whoever set it.
    pub set_ms: Option<u64>,
    /// Expected.
    pub expected: i64,
    /// Accepted and in the numerator.
    pub met: i64,
    /// Handed in.
    pub reported: i64,
    /// The own targets of the districts below, added up.
    pub districts: Option<Sum>,
    /// The own targets of the communes below, added up.
    pub communes: Option<Sum>,
}

/// Body of `POST /api/targets`: a district's own target in the place of the one that was on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetInput {
    /// The district.
    pub area: AreaCode,
    /// Of what.
    pub indicator: IndicatorId,
    /// The one that was on the screen.
    pub seen: ContentDigest,
    /// The one to take its place; without a goal, none is set any more.
    pub target: OwnTarget,
}
