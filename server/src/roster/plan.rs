//! Rows into edits: which are new, which change what is there.
//!
//! A family is told from others by its residential area, head and house number together. Names match
//! where they are spelled alike (letter case and the place of a tone mark within a syllable aside); a
//! name typed without any tone mark also matches the one name that it can stand for. Rows that still
//! look alike are different families, paired with the register in the order in which it came to know
//! them, so that the same file twice makes nothing twice.

use super::names::Name;
use super::parse::Row;
use crate::accounts;
use crate::office::Office;
use std::collections::{HashMap, HashSet};
use thidua_domain::area::AreaKind;
use thidua_domain::catalogue::SubjectKind;
use thidua_domain::record::{RecordKey, SubjectId, SubjectIds, Value};
use thidua_domain::subject::{self, field};
use thidua_domain::text::fold;

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) areas_added: i64,
    pub(super) families_added: i64,
    pub(super) families_changed: i64,
    pub(super) families_unchanged: i64,
}

/// Plans all rows into the office's outbox. `order` says when the register came to know each record;
/// `commune` decides what a residential area is where its name does not.
pub(super) fn plan(
    office: &mut Office,
    order: &HashMap<RecordKey, usize>,
    commune: AreaKind,
    rows: &[Row],
    now_ms: u64,
) -> Counts {
    let mut register = Register::of(office, order);
    let areas = register.areas_of(rows);
    let families = register.families_of(office, rows, &areas.of_rows);

    let mut counts = Counts::default();
    let mut new_areas = areas.new;
    for ((row, area), known) in rows.iter().zip(areas.of_rows).zip(families) {
        if let Some(name) = new_areas.remove(&area) {
            counts.areas_added += 1;
            register.last_order += 1;
            let kind = area_kind(&name, commune);
            office.edit(
                &RecordKey::subject_record(SubjectKind::ResidentialArea, area),
                [
                    (field::NAME, Value::Text(name)),
                    (field::KIND, Value::from(kind)),
                    (field::ORDER, Value::Int(register.last_order)),
                ],
                now_ms,
            );
        }
        let Some(known) = known else {
            counts.families_added += 1;
            let key = RecordKey::subject_record(SubjectKind::Family, register.new_ids.draw());
            office.edit(&key, new_family(row, area), now_ms);
            continue;
        };
        let before = office.waiting();
        office.edit(&known.key, known.news(row), now_ms);
        if office.waiting() > before {
            counts.families_changed += 1;
        } else {
            counts.families_unchanged += 1;
        }
    }
    counts
}

/// The residential areas of a file's rows.
struct Areas {
    /// Of each row.
    of_rows: Vec<SubjectId>,
    /// Names of those that the register does not have.
    new: HashMap<SubjectId, String>,
}

/// A family in the register.
#[derive(Clone)]
struct Known {
    key: RecordKey,
    head: Name,
}

impl Known {
    /// What the file says that may replace what the register says: an empty cell takes nothing back, and
    /// a name without tone marks does not replace one that has them.
    fn news(&self, row: &Row) -> Vec<(&'static str, Value)> {
        let head = Name::of(&row.head);
        let mut news = facts(row);
        if head.spelling != self.head.spelling && head.is_marked() {
            news.push((field::HEAD, Value::Text(row.head.clone())));
        }
        news
    }

    fn spells(&self, row: &Row) -> bool {
        self.head.spelling == Name::of(&row.head).spelling
    }

    fn agrees(&self, office: &Office, row: &Row) -> bool {
        office.record(&self.key).is_some_and(|state| {
            let news = self.news(row);
            news.iter()
                .all(|(name, value)| state.get(name) == Some(value))
        })
    }
}

/// Whether a known family is the one of a row.
type Likeness<'a> = &'a dyn Fn(&Known, &Row) -> bool;

/// Residential area, head and house number, the last two folded.
type Identity = (SubjectId, String, String);

/// What the commune's register holds, by what identifies it.
struct Register {
    areas: Vec<(SubjectId, Name)>,
    families: HashMap<Identity, Vec<Known>>,
    last_order: i64,
    /// For what the register does not have yet: in the order of the rows, as an office walks its houses.
    new_ids: SubjectIds,
}

impl Register {
    fn of(office: &Office, order: &HashMap<RecordKey, usize>) -> Self {
        let mut subjects: Vec<_> = office.open_subjects().collect();
        subjects.sort_by_key(|(key, _)| order.get(*key).copied().unwrap_or(usize::MAX));
        let mut register = Self {
            areas: Vec::new(),
            families: HashMap::new(),
            last_order: 0,
            new_ids: SubjectIds::starting_at(accounts::random_u128()),
        };
        // Two tablets may each have recorded an area of one name; here they are one.
        let mut first: HashMap<String, SubjectId> = HashMap::new();
        let mut merged: HashMap<SubjectId, SubjectId> = HashMap::new();
        for (key, state) in &subjects {
            if key.subject_kind() == Some(SubjectKind::ResidentialArea) {
                let (id, name) = (key.subject(), Name::of(subject::label(state)));
                let one = *first.entry(name.spelling.clone()).or_insert(id);
                merged.insert(id, one);
                if one == id {
                    register.areas.push((id, name));
                }
                let place = state.int(field::ORDER).unwrap_or(0);
                register.last_order = register.last_order.max(place);
            }
        }
        for (key, state) in subjects {
            if key.subject_kind() == Some(SubjectKind::Family)
                && let Some(area) = subject::residential_area(state)
            {
                let area = merged.get(&area).copied().unwrap_or(area);
                let head = Name::of(subject::label(state));
                let house = fold(state.text(field::HOUSE_NO).unwrap_or_default());
                let identity = (area, head.folded.clone(), house);
                let known = Known {
                    key: key.clone(),
                    head,
                };
                register.families.entry(identity).or_default().push(known);
            }
        }
        register
    }

    /// The area of each row: spelled alike in the register, or written without tone marks on one side
    /// while only one name can be meant, or new.
    fn areas_of(&mut self, rows: &[Row]) -> Areas {
        let mut names: Vec<(Name, &str)> = Vec::new();
        let mut seen = HashSet::new();
        for row in rows {
            let name = Name::of(&row.area);
            if seen.insert(name.spelling.clone()) {
                names.push((name, &row.area));
            }
        }
        // Names with tone marks first: what a name without them can stand for depends on them, and a
        // new area is called by the better one.
        let (marked, bare): (Vec<_>, Vec<_>) =
            names.into_iter().partition(|(name, _)| name.is_marked());
        let mut found: HashMap<String, SubjectId> = HashMap::new();
        let mut new = HashMap::new();
        for (name, written) in marked.iter().chain(&bare) {
            let is_spelled = |own: &Name| own.spelling == name.spelling;
            let spelled = self.areas.iter().find(|(_, own)| is_spelled(own));
            let alike = || {
                let rivals = marked.iter().filter(|(it, _)| it.folded == name.folded);
                let mut own = self.areas.iter().filter(|(_, own)| own.may_be(name));
                match (own.next(), own.next()) {
                    (Some(one), None) if !name.is_marked() || rivals.count() == 1 => Some(one),
                    _ => None,
                }
            };
            let id = spelled.or_else(alike).map(|(id, _)| *id);
            let id = id.unwrap_or_else(|| {
                let id = self.new_ids.draw();
                new.insert(id, (*written).to_owned());
                self.areas.push((id, name.clone()));
                id
            });
            found.insert(name.spelling.clone(), id);
        }
        let of_rows = rows
            .iter()
            .map(|row| found[&Name::of(&row.area).spelling])
            .collect();
        Areas { of_rows, new }
    }

    /// The known family of each row, none twice.
    fn families_of(
        &mut self,
        office: &Office,
        rows: &[Row],
        areas: &[SubjectId],
    ) -> Vec<Option<Known>> {
        let mut alike: HashMap<Identity, Vec<usize>> = HashMap::new();
        for (index, (row, area)) in rows.iter().zip(areas).enumerate() {
            let house = fold(row.house_no.as_deref().unwrap_or_default());
            let identity = (*area, fold(&row.head), house);
            alike.entry(identity).or_default().push(index);
        }
        let mut found: Vec<Option<Known>> = vec![None; rows.len()];
        for (identity, indices) in alike {
            let mut known = self.families.remove(&identity).unwrap_or_default();
            let has_house_no = !identity.2.is_empty();
            // The surest first: nothing to change, then the same spelling, then what may be the same.
            let passes: [Likeness<'_>; 3] = [
                &|known, row| known.spells(row) && known.agrees(office, row),
                &|known, row| known.spells(row),
                &|known, row| has_house_no || known.head.may_be(&Name::of(&row.head)),
            ];
            for pass in passes {
                for index in &indices {
                    let row = &rows[*index];
                    if found[*index].is_none()
                        && let Some(place) = known.iter().position(|known| pass(known, row))
                    {
                        found[*index] = Some(known.remove(place));
                    }
                }
            }
        }
        found
    }
}

/// What the file says about a family besides what identifies it.
fn facts(row: &Row) -> Vec<(&'static str, Value)> {
    let facts = [
        (field::MEMBERS, row.members.map(Value::Int)),
        (
            field::POVERTY,
            row.poverty.map(|it| Value::from(it.as_str())),
        ),
        (field::LAST_RESULT, row.last_result.map(Value::Bool)),
        (field::YEARS_RUNNING, row.years_running.map(Value::Int)),
    ];
    facts
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

fn new_family(row: &Row, area: SubjectId) -> Vec<(&'static str, Value)> {
    let mut values = vec![
        (field::HEAD, Value::Text(row.head.clone())),
        (field::AREA, Value::Text(area.to_string())),
    ];
    let house_no = row.house_no.clone().map(Value::Text);
    values.extend(house_no.map(|value| (field::HOUSE_NO, value)));
    values.extend(facts(row));
    values
}

/// By its name, or else as the commune's areas are called.
fn area_kind(name: &str, commune: AreaKind) -> &'static str {
    let folded = fold(name);
    let by_name = [
        ("ban ", "ban"),
        ("tieu khu ", "tieu-khu"),
        ("to ", "to-dan-pho"),
    ];
    let by_commune = match commune {
        AreaKind::Ward => "to-dan-pho",
        AreaKind::Township => "tieu-khu",
        _ => "ban",
    };
    by_name
        .iter()
        .find(|(start, _)| folded.starts_with(start))
        .map_or(by_commune, |(_, kind)| kind)
}
