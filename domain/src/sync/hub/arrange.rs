//! Areas change: nothing is left behind in a commune that ends. Whether anything is in it is looked up in the very
//! transaction that ends it, while nobody else writes; what is pushed later is judged by the areas there are then.

use super::{Loaded, Needs, Rules};
use crate::area::{Area, AreaChangeError, AreaCode, AreaTree};
use crate::setting::areas::Entered;
use crate::setting::{self, Settings};
use std::collections::BTreeSet;
use thiserror::Error;

/// Why areas stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ArrangeError {
    /// The change does not fit the areas there are.
    #[error(transparent)]
    Unfit(#[from] AreaChangeError),
    /// Something is in a commune that would be no more, of this name.
    #[error("something is in {0}")]
    InUse(String),
    /// Other changes were entered meanwhile, with which another commune would end.
    #[error("areas have changed meanwhile")]
    Changed,
}

/// The communes that are no more once a change is entered, or withdrawn where there is nothing in its place.
///
/// # Errors
/// If the change does not fit the others.
pub fn ended_by(
    rules: Rules,
    settings: &Settings,
    number: u16,
    entered: Option<&Entered>,
) -> Result<Vec<&'static Area>, AreaChangeError> {
    let others = settings.areas.iter().filter(|(other, _)| **other != number);
    let others = others.map(|(_, it)| it);
    let changes = others.chain(entered).map(|it| it.change.clone());
    let then = AreaTree::tried(changes.collect())?;
    let now = settings.tree_or_embedded();
    Ok(now.communes_without(&then, rules.season.date))
}

/// What to load for a change after which these communes are no more.
pub fn needs_of_arrangement(ending: BTreeSet<AreaCode>) -> Needs {
    Needs {
        subjects: BTreeSet::from([setting::subject()]),
        communes: BTreeSet::from([setting::feed()]),
        ending,
        ..Needs::default()
    }
}

/// Whether a change may be entered or withdrawn, by what was loaded for it.
///
/// # Errors
/// If it does not fit, or something would be left behind.
pub fn check_arrangement(
    rules: Rules,
    loaded: &Loaded,
    number: u16,
    entered: Option<&Entered>,
) -> Result<(), ArrangeError> {
    for commune in ended_by(rules, &loaded.settings, number, entered)? {
        match loaded.inhabited.get(&commune.code) {
            Some(false) => {}
            Some(true) => return Err(ArrangeError::InUse(commune.name.clone())),
            None => return Err(ArrangeError::Changed),
        }
    }
    Ok(())
}
