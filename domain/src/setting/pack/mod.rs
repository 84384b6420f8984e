//! Versions of criteria packs that the province adopts. Each is a record of its own and is never written
//! again: what is judged under it stays explained by it.

mod draft;
mod rules;
mod stored;
#[cfg(test)]
mod tests;

pub use draft::{Draft, Ground, Line};
pub use rules::{RuleError, Thresholds, takes_grounds};
pub use stored::field;
pub(super) use stored::read;

use super::subject;
use crate::catalogue::Assessment;
use crate::record::RecordKey;

/// First word of the key.
pub const KIND: &str = "criteria";
/// The assessments whose packs can have other versions. Not the poverty review: its classes come from the
/// scoring of Decision 24/2021/QĐ-TTg, which is done elsewhere, so there is neither a criterion nor a point to
/// state.
pub const ASSESSMENTS: [Assessment; 5] = [
    Assessment::CulturalFamily,
    Assessment::CulturalResidentialArea,
    Assessment::SafeUnit,
    Assessment::SafeResidentialArea,
    Assessment::NewRuralCommune,
];
/// Most criteria of a version, over all groups.
pub const MAX_CRITERIA: usize = 30;
/// Most groups of criteria.
pub const MAX_GROUPS: usize = 6;
/// Most grounds for which a subject is not considered.
pub const MAX_GROUNDS: usize = 10;
/// Most points of one criterion.
pub const MAX_POINTS: u16 = 100;
/// Most versions of a pack.
pub const MAX_VERSIONS: u16 = 99;
/// Longest wording of a criterion, a ground or a group, in bytes.
pub const MAX_CRITERION_BYTES: usize = 600;

/// The record of a version.
pub fn key(assessment: Assessment, number: u16) -> RecordKey {
    let assessment = assessment.as_str();
    RecordKey::parse(&format!("{KIND}/{}/{assessment}/{number}", subject()))
        .expect("assessments are in the alphabet of keys")
}

/// Which version a record is.
pub(super) fn parts(key: &RecordKey) -> Option<(Assessment, u16)> {
    if key.kind() != KIND {
        return None;
    }
    let mut words = key.as_str().split('/').skip(2);
    let assessment = Assessment::parse(words.next()?)?;
    let number = words.next()?.parse().ok()?;
    words.next().is_none().then_some((assessment, number))
}
