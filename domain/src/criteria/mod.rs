//! Criteria packs: the rules behind a title as data with legal validity, and the judgement by them.

mod evaluate;
mod pack;
mod packs;
mod reason;
mod reason_english;
mod sheet;
mod unit;

pub use evaluate::{Evaluation, Outcome, evaluate};
pub use pack::{
    Criterion, CriterionId, Exclusion, ExclusionCode, MeetingRule, Pack, PackId, PassMarkZone,
    PassMarks, Scale, Standard, Verification,
};
pub use packs::{Packs, Version};
pub use reason::{MissingPart, Reason};
pub use sheet::{Meeting, Poverty, Sheet, SheetError};
pub use unit::{Eligibility, EnterpriseSize, LeftOut, SchoolLevel, UnitKind, UnitProfile};

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
