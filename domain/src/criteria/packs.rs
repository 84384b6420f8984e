//! Which pack applies: those of the program, and the versions that the province has adopted since.

use super::pack::{Pack, PackId};
use crate::catalogue::Assessment;
use crate::date::Date;
use crate::entry::{self, EntryState};
use crate::record::Period;
use crate::sync::state::RecordState;
use std::sync::{Mutex, OnceLock, PoisonError};

/// A version of a pack that the province has adopted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number; the program's own pack is 1.
    pub number: u16,
    /// The rules, with the time they are valid for.
    pub pack: Pack,
    /// The paper by which the province adopted it.
    pub paper: String,
    /// When, in milliseconds since 1970 by the server's clock.
    pub set_ms: u64,
}

/// All packs that are known: the program's own, and adopted versions in order of assessment and number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Packs(&'static [Version]);

impl Packs {
    /// Takes the versions that were read. A set that is equal to an earlier one is the earlier one, so that a
    /// process keeps as many as there were adoptions, and packs can be lent without an end like the program's.
    pub fn of(versions: Vec<Version>) -> Self {
        static KNOWN: OnceLock<Mutex<Vec<&'static [Version]>>> = OnceLock::new();
        if versions.is_empty() {
            return Self::default();
        }
        let known = KNOWN.get_or_init(Mutex::default);
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(same) = known.iter().find(|set| ***set == *versions) {
            return Self(same);
        }
        let kept: &'static [Version] = Vec::leak(versions);
        known.push(kept);
        Self(kept)
    }

    /// The adopted versions of an assessment, oldest first.
    pub fn versions(self, assessment: Assessment) -> impl Iterator<Item = &'static Version> {
        let of = move |version: &&Version| version.pack.assessment == assessment;
        self.0.iter().filter(of)
    }

    /// The pack of an id.
    pub fn by_id(self, id: &str) -> Option<&'static Pack> {
        let mut adopted = self.0.iter().map(|version| &version.pack);
        adopted
            .find(|pack| pack.id.0 == id)
            .or_else(|| Pack::by_id(id))
    }

    /// The pack that applies to what is assessed in a period now: of the adopted versions that are valid on
    /// its last day the latest, else the program's own.
    pub fn in_force(self, assessment: Assessment, period: Period) -> Option<&'static Pack> {
        let day = Date::last_of_year(period.0);
        let valid = |version: &&Version| version.pack.is_valid_on(day);
        match self.versions(assessment).filter(valid).last() {
            Some(version) => Some(&version.pack),
            None => Pack::for_assessment(assessment, day),
        }
    }

    /// The pack that a next version starts from, and that version's number.
    pub fn next(self, assessment: Assessment, period: Period) -> Option<(&'static Pack, u16)> {
        match self.versions(assessment).last() {
            Some(last) => Some((&last.pack, last.number + 1)),
            None => Some((
                Pack::for_assessment(assessment, Date::last_of_year(period.0))?,
                2,
            )),
        }
    }

    /// The pack an entry is judged under. What was handed in or accepted stays judged under the pack that it
    /// notes; everything else follows the one in force.
    pub fn judging(
        self,
        state: Option<&RecordState>,
        assessment: Assessment,
        period: Period,
    ) -> Option<&'static Pack> {
        let in_force = self.in_force(assessment, period);
        let noted = state.and_then(|state| state.text(entry::field::PACK));
        if noted == in_force.map(|pack| pack.id.0.as_str()) {
            return in_force;
        }
        let sealed = matches!(
            entry::entry_state(state),
            EntryState::Submitted | EntryState::Accepted
        );
        if !sealed {
            return in_force;
        }
        match noted {
            Some(id) => self.by_id(id).or(in_force),
            // Programs before versions noted none where nobody had opened the form.
            None => Pack::for_assessment(assessment, Date::last_of_year(period.0)),
        }
    }

    /// Names this set: counts that were kept under another one have to be counted anew.
    pub fn edition(self) -> String {
        let adopted = self.0.iter().map(|version| {
            let PackId(id) = &version.pack.id;
            format!("+{id}")
        });
        std::iter::once(Pack::edition()).chain(adopted).collect()
    }
}
