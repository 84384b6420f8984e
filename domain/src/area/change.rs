//! Areas that change after the program was made: renamed, newly made of others, or ended.

use super::{Area, AreaCode, AreaKind, AreaLevel, AreaTree, Succession, SuccessionBasis};
use crate::date::Date;
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, OnceLock, PoisonError};
use thiserror::Error;

/// What becomes of an area on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaChange {
    /// The area.
    pub code: AreaCode,
    /// The first day on which it is so; of one that ends, the first on which it is no more.
    pub from: Date,
    /// What.
    pub what: AreaEvent,
}

/// What becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum AreaEvent {
    /// A district or commune gets another name, or becomes another kind of its level: a commune a ward.
    Renamed {
        /// Full name with its kind.
        name: String,
        /// What it is in law.
        kind: AreaKind,
    },
    /// A commune is made of others, or of parts of them.
    Made {
        /// Full name with its kind.
        name: String,
        /// What it is in law.
        kind: AreaKind,
        /// The area above.
        parent: AreaCode,
        /// What it was made of; at least one.
        of: Vec<AreaCode>,
    },
    /// A commune is no more.
    Ended {
        /// What it became part of.
        into: Vec<AreaCode>,
    },
}

/// Why a change does not fit the areas there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AreaChangeError {
    /// There is no such area on the day before, or no such area above.
    #[error("there is no such area on that day")]
    Unknown,
    /// The code is that of another area, of whatever time: records bear it.
    #[error("the code is taken")]
    CodeTaken,
    /// A kind of another level, or an area whose level does not change here.
    #[error("not of this level")]
    OtherLevel,
    /// An area has a name.
    #[error("the name is missing")]
    NameMissing,
    /// It ends on the day before anyway, or is renamed twice on one day.
    #[error("it has changed on that day")]
    Twice,
    /// A new area is made of something.
    #[error("what it is made of is missing")]
    PartsMissing,
}

impl AreaTree {
    /// The areas as compiled in, with changes that are kept. Equal changes give one and the same tree, so that a
    /// process keeps as many as it has seen changes: some 100 KB each, lent without an end like the tree compiled in.
    ///
    /// # Errors
    /// If a change does not fit those of earlier days.
    pub fn with(changes: Vec<AreaChange>) -> Result<&'static Self, AreaChangeError> {
        static KNOWN: OnceLock<Mutex<Vec<&'static AreaTree>>> = OnceLock::new();
        if changes.is_empty() {
            return Ok(Self::embedded());
        }
        let changes = in_order(changes);
        let known = KNOWN.get_or_init(Mutex::default);
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(same) = known.iter().find(|tree| tree.changes == changes) {
            return Ok(same);
        }
        let kept: &'static Self = Box::leak(Box::new(Self::tried(changes)?));
        known.push(kept);
        Ok(kept)
    }

    /// The same, to look at what changes would come to: nothing of it is kept.
    ///
    /// # Errors
    /// As [`AreaTree::with`].
    pub fn tried(changes: Vec<AreaChange>) -> Result<Self, AreaChangeError> {
        let changes = in_order(changes);
        let mut tree = Self::embedded().clone();
        for change in &changes {
            tree.apply(change)?;
        }
        tree.changes = changes;
        Ok(tree)
    }

    /// The communes of a day that are no more in `other`.
    pub fn communes_without(&self, other: &Self, date: Date) -> Vec<&Area> {
        let mut communes = self.communes(date);
        communes.retain(|area| other.get(&area.code, date).is_none());
        communes
    }

    /// The changes in it, by their days.
    pub fn changes(&self) -> &[AreaChange] {
        &self.changes
    }

    fn apply(&mut self, change: &AreaChange) -> Result<(), AreaChangeError> {
        let AreaChange { code, from, what } = change;
        let before = Date::from_epoch_days(from.to_epoch_days() - 1);
        let before = before.ok_or(AreaChangeError::Unknown)?;
        match what {
            AreaEvent::Renamed { name, kind } => {
                let place = self.place(code, before)?;
                let was = &mut self.areas[place];
                if kind.level() != was.level() || was.level() == AreaLevel::Province {
                    return Err(AreaChangeError::OtherLevel);
                }
                if name.is_empty() {
                    return Err(AreaChangeError::NameMissing);
                }
                if was.valid_to == Some(before) {
                    return Err(AreaChangeError::Twice);
                }
                let renamed = Area {
                    name: name.clone(),
                    kind: *kind,
                    valid_from: *from,
                    ..was.clone()
                };
                was.valid_to = Some(before);
                self.areas.insert(place + 1, renamed);
            }
            AreaEvent::Made {
                name,
                kind,
                parent,
                of,
            } => self.make(change, (name, *kind), parent, of)?,
            AreaEvent::Ended { into } => {
                for other in into {
                    self.get(other, *from).ok_or(AreaChangeError::Unknown)?;
                }
                let place = self.place(code, before)?;
                let area = &mut self.areas[place];
                if area.level() != AreaLevel::Commune {
                    return Err(AreaChangeError::OtherLevel);
                }
                area.valid_to = Some(before);
                // Renamed on the day on which it ends: the name was never borne. Codes of 2025 are other areas.
                let reformed_on = self.reformed_on;
                let never = |area: &Area| {
                    area.code == *code && area.valid_from == *from && *from != reformed_on
                };
                self.areas.retain(|area| !never(area));
            }
        }
        self.index();
        Ok(())
    }

    fn make(
        &mut self,
        change: &AreaChange,
        (name, kind): (&str, AreaKind),
        parent: &AreaCode,
        of: &[AreaCode],
    ) -> Result<(), AreaChangeError> {
        let AreaChange { code, from, .. } = change;
        if self.by_code.contains_key(code) {
            return Err(AreaChangeError::CodeTaken);
        }
        if kind.level() != AreaLevel::Commune || code.as_str().len() != 5 {
            return Err(AreaChangeError::OtherLevel);
        }
        if name.is_empty() {
            return Err(AreaChangeError::NameMissing);
        }
        let first = of.first().ok_or(AreaChangeError::PartsMissing)?;
        let before = Date::from_epoch_days(from.to_epoch_days() - 1);
        let before = before.ok_or(AreaChangeError::Unknown)?;
        for part in of {
            let place = self.place(part, before)?;
            if self.areas[place].level() != AreaLevel::Commune {
                return Err(AreaChangeError::OtherLevel);
            }
        }
        let above = self.get(parent, *from).ok_or(AreaChangeError::Unknown)?;
        let holds_communes = self
            .children(parent, *from)
            .iter()
            .any(|child| child.level() == AreaLevel::Commune);
        if !holds_communes {
            return Err(AreaChangeError::OtherLevel);
        }
        let area = Area {
            code: code.clone(),
            name: name.to_owned(),
            kind,
            parent: Some(parent.clone()),
            valid_from: *from,
            valid_to: above.valid_to,
        };
        // What is counted of it goes where the first of its parts goes in 2025, so that sums stay whole.
        let to = self.successors(first).map(|it| it.to.clone()).next();
        self.successions.extend(to.map(|to| Succession {
            from: code.clone(),
            to,
            basis: SuccessionBasis::Inferred,
        }));
        let beside = |area: &Area| area.parent.as_ref() == Some(parent) && area.is_valid(*from);
        let last = self.areas.iter().rposition(beside);
        self.areas
            .insert(last.map_or(self.areas.len(), |last| last + 1), area);
        Ok(())
    }

    /// Where the area of a code on a day stands in the list.
    fn place(&self, code: &AreaCode, date: Date) -> Result<usize, AreaChangeError> {
        let places = self.by_code.get(code).into_iter().flatten().copied();
        let mut valid = places.filter(|place| self.areas[*place].is_valid(date));
        valid.next().ok_or(AreaChangeError::Unknown)
    }
}

/// By their days; of one day, what is made is there before something becomes part of it.
fn in_order(mut changes: Vec<AreaChange>) -> Vec<AreaChange> {
    let turn = |change: &AreaChange| match change.what {
        AreaEvent::Made { .. } => 0,
        AreaEvent::Renamed { .. } => 1,
        AreaEvent::Ended { .. } => 2,
    };
    changes.sort_by(|a, b| (a.from, turn(a), &a.code).cmp(&(b.from, turn(b), &b.code)));
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> AreaCode {
        AreaCode::parse(text).unwrap()
    }

    fn july() -> Date {
        Date::new(2022, 7, 1).unwrap()
    }

    fn change(area: &str, what: AreaEvent) -> AreaChange {
        AreaChange {
            code: code(area),
            from: july(),
            what,
        }
    }

    fn renamed(name: &str, kind: AreaKind) -> AreaEvent {
        AreaEvent::Renamed {
            name: name.to_owned(),
            kind,
        }
    }

    fn made(parent: &str, of: &[&str]) -> AreaEvent {
        AreaEvent::Made {
            name: "Xã Bó Mười Mới".to_owned(),
            kind: AreaKind::Commune,
            parent: code(parent),
            of: of.iter().map(|it| code(it)).collect(),
        }
    }

    #[test]
    fn a_renamed_area_has_its_old_name_before_the_day() {
        let tree = AreaTree::with(vec![change(
            "03751",
            renamed("Thị trấn Chiềng Ly", AreaKind::Township),
        )])
        .unwrap();
        let june = Date::new(2022, 6, 30).unwrap();
        let (before, after) = (
            tree.get(&code("03751"), june).unwrap(),
            tree.get(&code("03751"), july()).unwrap(),
        );
        assert_eq!(before.name, "Xã Chiềng Ly");
        assert_eq!(after.name, "Thị trấn Chiềng Ly");
        assert_eq!(before.parent, after.parent);
        let end = Date::last_of_year(2022);
        assert_eq!(tree.communes(end).len(), 204);
        // One fewer can become a new rural area.
        let rural = tree.rural_communes_under(&tree.province().code, end);
        assert_eq!(rural.len(), 187);
        // It goes with the others in 2025.
        assert!(tree.get(&code("03751"), tree.reformed_on()).is_none());
        let same = AreaTree::with(tree.changes().to_vec()).unwrap();
        assert!(std::ptr::eq(tree, same));
        // Renamed and ended on one day, it has ended.
        let mut changes = tree.changes().to_vec();
        changes.push(change("03751", AreaEvent::Ended { into: Vec::new() }));
        let ended = AreaTree::with(changes).unwrap();
        assert!(ended.get(&code("03751"), end).is_none());
        let mut changes = tree.changes().to_vec();
        changes.push(change("03751", renamed("Xã Khác", AreaKind::Commune)));
        assert_eq!(
            AreaTree::with(changes).map(|_| ()),
            Err(AreaChangeError::Twice)
        );
    }

    #[test]
    fn a_commune_is_made_of_others_which_end() {
        let changes = vec![
            change("09001", made("119", &["03751", "03754"])),
            change(
                "03754",
                AreaEvent::Ended {
                    into: vec![code("09001")],
                },
            ),
        ];
        let tree = AreaTree::with(changes.clone()).unwrap();
        let end = Date::last_of_year(2022);
        let names = |codes: Vec<&Area>| -> Vec<String> {
            codes.iter().map(|area| area.code.to_string()).collect()
        };
        let communes = names(tree.communes_under(&code("119"), end));
        assert!(communes.contains(&"09001".to_owned()) && !communes.contains(&"03754".to_owned()));
        assert_eq!(tree.communes(end).len(), 204);
        assert!(tree.contains(&code("119"), &code("09001"), end));
        let june = Date::new(2022, 6, 30).unwrap();
        assert!(tree.get(&code("09001"), june).is_none());
        assert!(tree.get(&code("03754"), june).is_some());
        // Sums by the tree of 2025 stay whole: every commune goes somewhere.
        let goes = tree.successors(&code("09001")).count();
        assert_eq!(goes, 1);
        // The order in which changes were entered does not matter, that of their days does.
        let backwards = AreaTree::with(changes.into_iter().rev().collect());
        assert_eq!(backwards.unwrap().communes(end).len(), 204);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        use AreaChangeError as Error;
        let nowhere = || AreaEvent::Ended { into: Vec::new() };
        for (area, what, expected) in [
            ("99999", renamed("Xã X", AreaKind::Commune), Error::Unknown),
            ("03751", renamed("", AreaKind::Commune), Error::NameMissing),
            (
                "03751",
                renamed("Huyện X", AreaKind::District),
                Error::OtherLevel,
            ),
            (
                "14",
                renamed("Tỉnh X", AreaKind::Province),
                Error::OtherLevel,
            ),
            ("03754", made("119", &["03751"]), Error::CodeTaken),
            ("091", made("119", &["03751"]), Error::OtherLevel),
            ("09001", made("119", &[]), Error::PartsMissing),
            ("09001", made("14", &["03751"]), Error::OtherLevel),
            ("09001", made("999", &["03751"]), Error::Unknown),
            ("09001", made("119", &["119"]), Error::OtherLevel),
            ("119", nowhere(), Error::OtherLevel),
            ("99999", nowhere(), Error::Unknown),
        ] {
            let found = AreaTree::with(vec![change(area, what.clone())]);
            assert_eq!(found.map(|_| ()), Err(expected), "{area} {what:?}");
        }
    }
}
