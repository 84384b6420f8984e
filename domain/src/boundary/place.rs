//! Which areas of the catalogue the boundaries of a file belong to.

use super::{Boundary, Feature};
use crate::area::{Area, AreaCode, AreaLevel, AreaTree};
use crate::date::Date;
use crate::text;
use std::collections::BTreeSet;

/// What a file says by the tree of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The day.
    pub date: Date,
    /// Boundaries of areas there are.
    pub found: Vec<Boundary>,
    /// Features whose code is not that of an area on the day: their number and code.
    pub unknown: Vec<(usize, String)>,
    /// Features whose name is another than the area's: number, name in the file, name in the catalogue.
    pub misnamed: Vec<(usize, String, String)>,
    /// Codes that stand in the file more than once.
    pub twice: Vec<AreaCode>,
    /// Areas beside those found, below the same area above, that the file has nothing of.
    pub missing: Vec<Area>,
}

impl Placed {
    /// Whether every feature has its area.
    pub fn is_whole(&self) -> bool {
        self.unknown.is_empty() && self.misnamed.is_empty() && self.twice.is_empty()
    }
}

/// Matches features by code, and by name where the file names them: some codes were given to other areas
/// in 2025.
pub fn place(tree: &AreaTree, date: Date, features: &[Feature]) -> Placed {
    let mut placed = Placed {
        date,
        found: Vec::new(),
        unknown: Vec::new(),
        misnamed: Vec::new(),
        twice: Vec::new(),
        missing: Vec::new(),
    };
    let mut seen = BTreeSet::new();
    let mut parents = BTreeSet::new();
    for feature in features {
        let code = AreaCode::parse(&feature.code).ok();
        let area = code.and_then(|code| tree.get(&code, date));
        let Some(area) = area.filter(|area| area.level() != AreaLevel::Province) else {
            placed.unknown.push((feature.number, feature.code.clone()));
            continue;
        };
        let other_name = |name: &&String| text::fold(name) != text::fold(&area.name);
        if let Some(name) = feature.name.as_ref().filter(other_name) {
            let names = (feature.number, name.clone(), area.name.clone());
            placed.misnamed.push(names);
            continue;
        }
        if !seen.insert(area.code.clone()) {
            placed.twice.push(area.code.clone());
            continue;
        }
        parents.insert(area.parent.clone());
        placed.found.push(Boundary {
            area: area.code.clone(),
            valid_from: area.valid_from,
            shape: feature.shape.clone(),
        });
    }
    let beside = tree.on(date).filter(|area| {
        area.parent.is_some() && parents.contains(&area.parent) && !seen.contains(&area.code)
    });
    placed.missing = beside.cloned().collect();
    placed
}
