//! Inspections as reviewers read, plan and close them.

use crate::area::AreaCode;
use crate::entry::ContentDigest;
use crate::inspection::{Inspection, Plan};
use crate::record::RecordKey;
use serde::{Deserialize, Serialize};

/// Answer of `GET /api/inspections`: those of an area's communes, the first day last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspections {
    /// All of them.
    pub inspections: Vec<InspectionView>,
    /// Whether the account may plan and close them here.
    pub may_inspect: bool,
}

/// One inspection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectionView {
    /// Its record.
    pub record: RecordKey,
    /// The commune.
    pub commune: AreaCode,
    /// What the record says.
    pub inspection: Inspection,
    /// Who announced it, as shown.
    pub sent_by: String,
    /// The digest of what the record says.
    pub digest: ContentDigest,
}

/// Body of `POST /api/inspections`. Not told apart by a field inside: what is read that way loses the numbers that
/// follow-ups are filed under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InspectionInput {
    /// Announces an inspection to each of these communes.
    Plan {
        /// To whom.
        communes: Vec<AreaCode>,
        /// What.
        plan: Plan,
    },
    /// Puts an inspection in the place of what was on the screen: results, follow-ups, a cancellation.
    Change {
        /// The commune.
        commune: AreaCode,
        /// Its record.
        record: RecordKey,
        /// What was on the screen.
        seen: ContentDigest,
        /// What is to take its place; the commune's answers stay what they are.
        inspection: Inspection,
    },
}
