//! Marks: what one key or one tap on a family writes, and how it is taken back. Pure: changes come out,
//! the caller saves them.

use crate::store::Change;
use thidua_domain::catalogue::Assessment;
use thidua_domain::criteria::{Meeting, Outcome, Pack, Packs, Poverty};
use thidua_domain::entry::{self, EntryState, field};
use thidua_domain::record::{FieldName, Period, RecordKey, SubjectId, Value};
use thidua_domain::season::Season;
use thidua_domain::subject::{self, MeetingPart};
use thidua_domain::sync::state::RecordState;

/// What a person says of a family at one stroke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Registered, all points, put forward.
    Earned,
    /// Registered, not put forward.
    NotProposed,
    /// Not registered in January.
    NotRegistered,
    /// As the year before, where the tablet knows that the title was earned.
    LikeLastYear,
}

impl Mark {
    /// All of them; the place is the key that makes it.
    pub const ALL: [Self; 4] = [
        Self::Earned,
        Self::NotProposed,
        Self::NotRegistered,
        Self::LikeLastYear,
    ];
}

/// A family's records as they are stored at the moment of marking.
#[derive(Clone, Debug)]
pub struct Stored<'a> {
    /// Identity.
    pub id: SubjectId,
    /// The family itself.
    pub family: &'a RecordState,
    /// Its entry for the title.
    pub entry: Option<&'a RecordState>,
    /// Its entry for the title in the year before.
    pub last_entry: Option<&'a RecordState>,
    /// Its entry in the poverty review.
    pub review: Option<&'a RecordState>,
    /// The meeting of its residential area.
    pub meeting: Meeting,
    /// What entries are judged by.
    pub packs: Packs,
}

/// Whether marks may write to an entry: what is with a reviewer, or accepted, is changed in its form.
pub fn is_open_to_marks(state: EntryState) -> bool {
    !matches!(
        state,
        EntryState::Submitted | EntryState::Accepted | EntryState::ChangedSinceAccepted
    )
}

/// What a mark writes; `None` where it does not apply: the entry is with a reviewer, or nothing is
/// known of last year.
pub fn changes(mark: Mark, stored: &Stored<'_>, season: Season) -> Option<Vec<Change>> {
    if !is_open_to_marks(entry::entry_state(stored.entry)) {
        return None;
    }
    let pack = stored
        .packs
        .judging(stored.entry, Assessment::CulturalFamily, season.period)?;
    let mut values = vec![(field::PACK.to_owned(), Value::Text(pack.id.to_string()))];
    match mark {
        Mark::Earned => values.extend(earned(pack)),
        Mark::NotProposed => values.extend(answers(true, Some(false))),
        Mark::NotRegistered => values.extend(answers(false, None)),
        Mark::LikeLastYear => values.extend(like_last_year(stored, pack, season.period)?),
    }
    let registered = values
        .iter()
        .any(|(name, value)| name == field::REGISTERED && *value == Value::Bool(true));
    if registered {
        values.extend(meeting_of_area(stored));
    }
    let class = poverty_to_write(stored);
    if let Some(class) = class {
        values.push((field::POVERTY.to_owned(), Value::from(class.as_str())));
    }
    let mut changes = vec![change(
        stored.id,
        Assessment::CulturalFamily,
        season,
        values,
    )];
    if let Some(class) = class {
        changes.extend(review(stored, class, season));
    }
    Some(changes)
}

/// What saying a family's poverty class writes, in the entries of both titles.
pub fn poverty_changes(stored: &Stored<'_>, class: Poverty, season: Season) -> Vec<Change> {
    let Some(review) = review(stored, class, season) else {
        return Vec::new();
    };
    let mut changes = vec![review];
    if is_open_to_marks(entry::entry_state(stored.entry)) {
        let value = Value::from(class.as_str());
        let pack = stored
            .packs
            .judging(stored.entry, Assessment::CulturalFamily, season.period);
        let pack = pack.map(|pack| (field::PACK.to_owned(), Value::Text(pack.id.to_string())));
        let values = pack.into_iter().chain([(field::POVERTY.to_owned(), value)]);
        changes.push(change(
            stored.id,
            Assessment::CulturalFamily,
            season,
            values.collect(),
        ));
    }
    changes
}

/// What follows for a family when its residential area's meeting is entered or corrected: entries that
/// have no numbers of their own, or exactly those that were the area's, take the new ones.
pub fn meeting_change(stored: &Stored<'_>, before: Meeting, season: Season) -> Option<Change> {
    let entry = stored.entry?;
    let state = entry::entry_state(Some(entry));
    if !matches!(state, EntryState::Draft | EntryState::Returned)
        || entry.flag(field::REGISTERED) != Some(true)
    {
        return None;
    }
    let pack = stored
        .packs
        .judging(Some(entry), Assessment::CulturalFamily, season.period)?;
    let own = entry::sheet(entry, pack).meeting;
    if own != Meeting::default() && own != before {
        return None;
    }
    let values = meeting_values(stored.meeting);
    Some(change(
        stored.id,
        Assessment::CulturalFamily,
        season,
        values,
    ))
}

fn change(
    id: SubjectId,
    assessment: Assessment,
    season: Season,
    values: Vec<(String, Value)>,
) -> Change {
    let values = values
        .into_iter()
        .map(|(name, value)| (FieldName::parse(&name).expect("a field of ours"), value));
    Change {
        record: RecordKey::entry(id, assessment, season.period),
        values: values.collect(),
    }
}

fn answers(registered: bool, proposed: Option<bool>) -> Vec<(String, Value)> {
    let proposed = proposed.map_or(Value::Null, Value::Bool);
    vec![
        (field::REGISTERED.to_owned(), Value::Bool(registered)),
        (field::PROPOSED.to_owned(), proposed),
    ]
}

fn earned(pack: &Pack) -> Vec<(String, Value)> {
    let mut values = answers(true, Some(true));
    values.extend(pack.criteria().map(|criterion| {
        let name = format!("{}{}", field::SCORE, criterion.id);
        (name, Value::Int(i64::from(criterion.max)))
    }));
    values
}

/// Last year's points where its entry is on this tablet and earned the title; where only the result is
/// known, a title earned is repeated with all points. What was not earned is left to a person: why it
/// was not is not known.
fn like_last_year(
    stored: &Stored<'_>,
    pack: &Pack,
    period: Period,
) -> Option<Vec<(String, Value)>> {
    let before = Period(period.0 - 1);
    let entry = stored.last_entry.and_then(|last| {
        let judged_by = stored
            .packs
            .judging(Some(last), Assessment::CulturalFamily, before)?;
        (judged_by.id == pack.id).then_some(last)
    });
    let Some(last) = entry else {
        let earned_before = stored.family.flag(subject::field::LAST_RESULT) == Some(true);
        return earned_before.then(|| earned(pack));
    };
    // The pass mark depends on the commune; what it said then stands in the entry's own answers.
    if last.flag(field::PROPOSED) != Some(true) || last.flag(field::REGISTERED) != Some(true) {
        return None;
    }
    let scores = pack.criteria().map(|criterion| {
        let name = format!("{}{}", field::SCORE, criterion.id);
        let points = last.int(&name);
        points.map(|points| (name, Value::Int(points)))
    });
    let scores: Option<Vec<_>> = scores.collect();
    let mut values = answers(true, Some(true));
    values.extend(scores?);
    Some(values)
}

/// The area's meeting, unless the entry has numbers of its own.
fn meeting_of_area(stored: &Stored<'_>) -> Vec<(String, Value)> {
    let has_own = stored.entry.is_some_and(|entry| {
        [field::INVITED, field::ATTENDED, field::AGREED]
            .iter()
            .any(|name| entry.get(name).is_some())
    });
    if has_own || stored.meeting == Meeting::default() {
        return Vec::new();
    }
    meeting_values(stored.meeting)
}

fn meeting_values(meeting: Meeting) -> Vec<(String, Value)> {
    let number = |number: Option<u32>| number.map_or(Value::Null, |n| Value::Int(n.into()));
    vec![
        (field::INVITED.to_owned(), number(meeting.invited)),
        (field::ATTENDED.to_owned(), number(meeting.attended)),
        (field::AGREED.to_owned(), number(meeting.agreed)),
    ]
}

/// The class that a mark may write without having asked: what this year's review says already, else
/// "not poor" for a family that was not on last year's list. A family that was is left to a person.
fn poverty_to_write(stored: &Stored<'_>) -> Option<Poverty> {
    let said = |record: Option<&RecordState>, name: &str| {
        record.and_then(|r| r.text(name)).and_then(Poverty::parse)
    };
    said(stored.entry, field::POVERTY)
        .or_else(|| said(stored.review, field::POVERTY))
        .or_else(|| {
            let listed = said(Some(stored.family), subject::field::POVERTY);
            let was_poor = matches!(listed, Some(Poverty::Poor | Poverty::NearPoor));
            (!was_poor).then_some(Poverty::None)
        })
}

fn review(stored: &Stored<'_>, class: Poverty, season: Season) -> Option<Change> {
    if !is_open_to_marks(entry::entry_state(stored.review)) {
        return None;
    }
    let pack = stored
        .packs
        .judging(stored.review, Assessment::PovertyReview, season.period)?;
    let values = vec![
        (field::PACK.to_owned(), Value::Text(pack.id.to_string())),
        (field::POVERTY.to_owned(), Value::from(class.as_str())),
    ];
    Some(change(stored.id, Assessment::PovertyReview, season, values))
}

/// The change that enters a residential area's meeting.
pub fn area_meeting_change(area: RecordKey, meeting: Meeting, period: Period) -> Change {
    let numbers = [meeting.invited, meeting.attended, meeting.agreed];
    let values = MeetingPart::ALL.into_iter().zip(numbers);
    Change {
        record: area,
        values: values
            .map(|(part, number)| {
                let value = number.map_or(Value::Null, |n| Value::Int(n.into()));
                (part.field(period), value)
            })
            .collect(),
    }
}

/// Something done that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What was done, for the person.
    pub what: String,
    /// Field by field, what was there before and what was written.
    pub fields: Vec<(RecordKey, Vec<Replaced>)>,
}

/// A field, its value before and its value after.
pub type Replaced = (FieldName, Value, Value);

impl Done {
    /// What `changes` will replace in what is stored now.
    pub fn new<'a>(
        what: String,
        changes: &[Change],
        stored: impl Fn(&RecordKey) -> Option<&'a RecordState>,
    ) -> Self {
        let fields = changes.iter().map(|change| {
            let record = stored(&change.record);
            let replaced = change.values.iter().filter_map(|(name, after)| {
                let before = record.and_then(|r| r.get(name.as_str()));
                let before = before.cloned().unwrap_or(Value::Null);
                (before != *after).then(|| (name.clone(), before, after.clone()))
            });
            (change.record.clone(), replaced.collect::<Vec<_>>())
        });
        Self {
            what,
            fields: fields
                .filter(|(_, replaced)| !replaced.is_empty())
                .collect(),
        }
    }

    /// The changes that take it back: new edits that restore what was there. A field that has been
    /// changed since, and an entry that was handed in since, are left as they are.
    pub fn taken_back<'a>(
        &self,
        stored: impl Fn(&RecordKey) -> Option<&'a RecordState>,
    ) -> Vec<Change> {
        self.fields
            .iter()
            .filter_map(|(key, replaced)| {
                let record = stored(key)?;
                let is_entry = key.entry_parts().is_some();
                if is_entry && !is_open_to_marks(entry::entry_state(Some(record))) {
                    return None;
                }
                let values: Vec<_> = replaced
                    .iter()
                    .filter(|(name, _, after)| {
                        record.get(name.as_str()).unwrap_or(&Value::Null) == after
                    })
                    .map(|(name, before, _)| (name.clone(), before.clone()))
                    .collect();
                (!values.is_empty()).then(|| Change {
                    record: key.clone(),
                    values,
                })
            })
            .collect()
    }
}

/// Whether an entry can be handed in.
pub fn is_ready(state: EntryState, outcome: Outcome) -> bool {
    outcome != Outcome::Incomplete
        && matches!(
            state,
            EntryState::Draft | EntryState::Returned | EntryState::ChangedSinceAccepted
        )
}
