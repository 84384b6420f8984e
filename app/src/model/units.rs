//! Which of the commune's units are in the denominator of "An toàn về an ninh, trật tự".

use super::overview::Subject;
use crate::texts::{self, units as say, words};
use std::sync::Arc;
use thidua_domain::catalogue::SubjectKind;
use thidua_domain::criteria::{Eligibility, LeftOut, UnitProfile};
use thidua_domain::subject;

/// Units by whether they are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitCounts {
    /// In the denominator.
    pub counted: usize,
    /// Left out by Circular 124/2021.
    pub left_out: Vec<(LeftOut, usize)>,
    /// Kind, size or level is not known, so that nobody can say.
    pub unknown: usize,
}

impl UnitCounts {
    /// Counts the units among `subjects`.
    pub fn of(subjects: &[Arc<Subject>]) -> Self {
        let units = subjects.iter().filter(|it| it.kind == SubjectKind::Unit);
        let mut counts = Self::default();
        let mut left_out = LeftOut::ALL.map(|why| (why, 0));
        for unit in units {
            let profile = subject::unit_profile(&unit.record);
            match profile.as_ref().map(UnitProfile::eligibility) {
                Some(Eligibility::Eligible) => counts.counted += 1,
                Some(Eligibility::LeftOut(why)) => {
                    let slot = left_out.iter_mut().find(|(other, _)| *other == why);
                    slot.expect("every reason has its place").1 += 1;
                }
                Some(Eligibility::Unknown) | None => counts.unknown += 1,
            }
        }
        counts.left_out = left_out
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .collect();
        counts
    }

    /// Units left out.
    pub fn left_out_total(&self) -> usize {
        self.left_out.iter().map(|(_, count)| count).sum()
    }

    /// The denominator in words; `None` where every unit is counted.
    pub fn said(&self) -> Option<String> {
        let total = self.left_out_total();
        let mut said = Vec::new();
        if total > 0 {
            let why = self.left_out.iter();
            let why: Vec<String> = why
                .map(|(why, count)| {
                    format!("{} {}", texts::int(*count as i64), words::left_out(*why))
                })
                .collect();
            said.push(say::left_out_units(total, why.join(", ")));
        }
        if self.unknown > 0 {
            said.push(say::unknown_units(self.unknown));
        }
        (!said.is_empty()).then(|| said.join(" "))
    }
}
