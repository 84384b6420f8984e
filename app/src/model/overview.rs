//! How the commune stands, from what is on this tablet.

use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::{Outcome, Packs, Poverty, Reason};
use thidua_domain::date::Date;
use thidua_domain::entry::{self, EntryState};
use thidua_domain::progress::{self, Count, Standing, Tally};
use thidua_domain::recognition::{self, Certificate};
use thidua_domain::record::{Period, RecordKey, SubjectId};
use thidua_domain::season::Season;
use thidua_domain::subject::{self, field};
use thidua_domain::sync::state::RecordState;
use thidua_domain::text;

/// A subject of the commune with how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Identity.
    pub id: SubjectId,
    /// What it is.
    pub kind: SubjectKind,
    /// Its record.
    pub record: RecordState,
    /// How it stands in each assessment of its kind.
    pub standings: Vec<(Assessment, Standing)>,
    /// Assessments whose entry has edits that the server does not hold.
    pub on_device: Vec<Assessment>,
    /// Assessments in whose entry two people wrote different things.
    pub conflicting: Vec<Assessment>,
    /// Why the entry of its first assessment is judged as it is.
    pub reasons: Vec<Reason>,
    /// What this year's review says of a family's poverty.
    pub poverty: Option<Poverty>,
    /// What is known of the year before.
    pub last_year: LastYear,
    /// Years in a row with the title up to last year, of a family.
    pub years_before: Option<u32>,
    /// Whether a certificate of merit is due.
    pub certificate: Option<Certificate>,
    /// Entries that were returned and have not been handed in again.
    pub returned: Vec<SentBack>,
    /// What search looks through: folded, each word after a space.
    pub folded: String,
    /// Its place in a list.
    pub order: Vec<u8>,
}

/// An entry that a reviewer returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentBack {
    /// Of what.
    pub assessment: Assessment,
    /// What the reviewer says.
    pub comment: String,
    /// The last day to correct it, if one was named.
    pub due: Option<Date>,
}

/// What is known of the year before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LastYear {
    /// Whether the title was earned.
    pub earned: Option<bool>,
    /// The points, where last year's entry is on this tablet.
    pub points: Option<u32>,
}

impl Subject {
    /// How it stands in one assessment.
    pub fn standing(&self, assessment: Assessment) -> Option<&Standing> {
        self.standings
            .iter()
            .find(|(other, _)| *other == assessment)
            .map(|(_, standing)| standing)
    }

    /// Where its entry of an assessment stands.
    pub fn state(&self, assessment: Assessment) -> EntryState {
        self.standing(assessment)
            .map_or(EntryState::Empty, |standing| standing.state)
    }

    /// The residential area it is counted in.
    pub fn residential_area(&self) -> Option<SubjectId> {
        match self.kind {
            SubjectKind::ResidentialArea => Some(self.id),
            _ => subject::residential_area(&self.record),
        }
    }
}

/// The open subjects of a commune, in the order of their identities, and as of when.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    /// What its entries are judged by.
    packs: Packs,
    commune: AreaCode,
    revision: u64,
    all: Vec<Arc<Subject>>,
}

impl Book {
    /// All of them.
    pub fn all(&self) -> &[Arc<Subject>] {
        &self.all
    }

    /// One of them.
    pub fn get(&self, id: SubjectId) -> Option<&Arc<Subject>> {
        let place = self.all.binary_search_by_key(&id, |subject| subject.id);
        place.ok().map(|place| &self.all[place])
    }

    /// The book as the store has it now: read anew, or `before` with what changed since. Reading it in
    /// a view subscribes to the store.
    pub fn read(
        store: &Store,
        commune: &AreaCode,
        season: Season,
        packs: Packs,
        before: Option<&Self>,
    ) -> Self {
        let revision = store.revision();
        let records = store.records();
        let reader = Reader {
            store,
            records: &records,
            commune,
            season,
            packs,
        };
        let changed = before
            .filter(|before| before.commune == *commune && before.packs == packs)
            .and_then(|before| Some((before, store.touched_since(before.revision)?)));
        let all = match changed {
            Some((before, touched)) => {
                let ids: BTreeSet<SubjectId> = touched.iter().map(RecordKey::subject).collect();
                reader.changed(&before.all, &ids)
            }
            None => reader.everything(),
        };
        Self {
            commune: commune.clone(),
            packs,
            revision,
            all,
        }
    }
}

struct Reader<'a> {
    store: &'a Store,
    records: &'a BTreeMap<RecordKey, RecordState>,
    commune: &'a AreaCode,
    season: Season,
    packs: Packs,
}

impl Reader<'_> {
    fn everything(&self) -> Vec<Arc<Subject>> {
        let kinds = self.records.iter().filter_map(|(key, record)| {
            let here = record.commune == *self.commune && subject::is_open(record);
            Some((key.subject_kind().filter(|_| here)?, key.subject(), record))
        });
        let mut all: Vec<_> = kinds
            .map(|(kind, id, record)| Arc::new(self.subject(kind, id, record)))
            .chain(std::iter::once(self.commune_itself()))
            .collect();
        all.sort_unstable_by_key(|subject| subject.id);
        all.dedup_by_key(|subject| subject.id);
        all
    }

    fn changed(&self, before: &[Arc<Subject>], ids: &BTreeSet<SubjectId>) -> Vec<Arc<Subject>> {
        let mut all: Vec<_> = before
            .iter()
            .filter(|subject| !ids.contains(&subject.id))
            .cloned()
            .collect();
        all.extend(ids.iter().filter_map(|id| self.one(*id)));
        all.sort_unstable_by_key(|subject| subject.id);
        all
    }

    fn one(&self, id: SubjectId) -> Option<Arc<Subject>> {
        if id == SubjectId::commune(self.commune) {
            return Some(self.commune_itself());
        }
        KINDS.into_iter().find_map(|kind| {
            let record = self.records.get(&RecordKey::subject_record(kind, id))?;
            let here = record.commune == *self.commune && subject::is_open(record);
            here.then(|| Arc::new(self.subject(kind, id, record)))
        })
    }

    /// The commune is a subject without a record of its own.
    fn commune_itself(&self) -> Arc<Subject> {
        let id = SubjectId::commune(self.commune);
        let empty = RecordState::new(self.commune.clone());
        Arc::new(self.subject(SubjectKind::Commune, id, &empty))
    }

    fn subject(&self, kind: SubjectKind, id: SubjectId, record: &RecordState) -> Subject {
        let period = self.season.period;
        let zone = crate::areas::tree().zone(self.commune);
        let assessments: Vec<Assessment> = Assessment::ALL
            .into_iter()
            .filter(|assessment| assessment.subject() == kind)
            .collect();
        let mut found = Subject {
            id,
            kind,
            record: record.clone(),
            standings: Vec::new(),
            on_device: Vec::new(),
            conflicting: Vec::new(),
            reasons: Vec::new(),
            poverty: None,
            last_year: LastYear {
                earned: record.flag(field::LAST_RESULT),
                points: None,
            },
            years_before: None,
            certificate: None,
            returned: Vec::new(),
            folded: folded(record),
            order: order(kind, record),
        };
        for assessment in &assessments {
            let key = RecordKey::entry(id, *assessment, period);
            let entry = self.records.get(&key);
            let standing =
                progress::standing(self.packs, kind, record, entry, *assessment, period, zone);
            if self.store.is_unsent(&key) {
                found.on_device.push(*assessment);
            }
            if let Some(entry) = entry {
                if entry::conflicts(entry).next().is_some() {
                    found.conflicting.push(*assessment);
                }
                let sent_back = matches!(standing.state, EntryState::Returned | EntryState::Draft);
                if let Some(comment) = entry::returned_comment(entry).filter(|_| sent_back) {
                    found.returned.push(SentBack {
                        assessment: *assessment,
                        comment: comment.to_owned(),
                        due: standing.due,
                    });
                }
                let class = entry.text(entry::field::POVERTY).and_then(Poverty::parse);
                found.poverty = found.poverty.or(class);
            }
            found.standings.push((*assessment, standing));
        }
        let Some(first) = assessments.first() else {
            return found;
        };
        let entry_of = |assessment: Assessment, period: Period| {
            let entry = self
                .records
                .get(&RecordKey::entry(id, assessment, period))?;
            let pack = self.packs.judging(Some(entry), assessment, period)?;
            Some((entry, entry::evaluate(entry, pack, zone)))
        };
        if let Some((_, judged)) = entry_of(*first, period) {
            found.reasons = judged.reasons;
        }
        if let Some((_, before)) = entry_of(*first, Period(period.0 - 1)) {
            found.last_year = LastYear {
                earned: Some(before.outcome == Outcome::Earned),
                points: before.points,
            };
        }
        // The title of this kind of subject that leads to a certificate of merit, if one does.
        let merited = assessments.iter().find_map(|assessment| {
            let pack = self.packs.in_force(*assessment, period)?;
            pack.certificate_after_years?;
            Some((*assessment, pack))
        });
        if let Some((assessment, pack)) = merited {
            found.years_before = recognition::years_before(record, period, |year| {
                let (entry, judged) = entry_of(assessment, year)?;
                let accepted = entry::entry_state(Some(entry)) == EntryState::Accepted;
                accepted.then_some(judged.outcome == Outcome::Earned)
            });
            found.certificate = found
                .standing(assessment)
                .and_then(|now| recognition::certificate(pack, found.years_before, now));
        }
        found
    }
}

const KINDS: [SubjectKind; 3] = [
    SubjectKind::Family,
    SubjectKind::Unit,
    SubjectKind::ResidentialArea,
];

/// What search looks through: the name, the house number.
fn folded(record: &RecordState) -> String {
    let house_no = record.text(field::HOUSE_NO).unwrap_or_default();
    let words = text::fold(&format!("{} {house_no}", subject::label(record)));
    let mut folded = String::with_capacity(words.len() + 1);
    for word in words.split_whitespace() {
        folded.push(' ');
        folded.push_str(word);
    }
    folded
}

/// Families by given name, everything else by name; then by house number.
fn order(kind: SubjectKind, record: &RecordState) -> Vec<u8> {
    let label = subject::label(record);
    let mut order = match kind {
        SubjectKind::Family => text::person_name_key(label),
        _ => text::collation_key(label),
    };
    let house_no = record.text(field::HOUSE_NO).unwrap_or_default();
    order.push(0);
    order.extend(house_no.len().to_be_bytes());
    order.extend(house_no.as_bytes());
    order
}

/// Counts of one assessment as the tablet sees them: what the server has in its tally, and apart from
/// it what is on this tablet only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LocalTally {
    /// Entries without unsent edits, and everybody expected.
    pub tally: Tally,
    /// Entries with unsent edits.
    pub on_device: Count,
}

impl LocalTally {
    /// Adds one subject.
    pub fn add(&mut self, standing: &Standing, on_device: bool) {
        let mut one = Tally::of(standing);
        if on_device && one.expected > 0 {
            match standing.outcome {
                Outcome::Earned => self.on_device.met += 1,
                Outcome::NotEarned => self.on_device.unmet += 1,
                Outcome::Incomplete => self.on_device.open += 1,
            }
            one = Tally {
                expected: one.expected,
                ..Tally::default()
            };
        }
        self.tally += one;
    }

    /// Entries that have been begun, wherever they are.
    pub fn begun(&self) -> i64 {
        self.tally.reported()
            + self.tally.draft.total()
            + self.tally.returned.total()
            + self.on_device.total()
    }
}

/// Counts of all assessments over some subjects.
pub fn tallies<'a>(
    subjects: impl IntoIterator<Item = &'a Arc<Subject>>,
) -> BTreeMap<Assessment, LocalTally> {
    let mut tallies: BTreeMap<Assessment, LocalTally> = BTreeMap::new();
    for subject in subjects {
        for (assessment, standing) in &subject.standings {
            let on_device = subject.on_device.contains(assessment);
            tallies
                .entry(*assessment)
                .or_default()
                .add(standing, on_device);
        }
    }
    tallies
}
