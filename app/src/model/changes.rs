//! Edits in words: what was entered, where, and when.

use crate::store::Store;
use crate::texts::stored::{field_label, value_words};
use crate::texts::{self, entry as say, words};
use thidua_domain::book::Book;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::Packs;
use thidua_domain::entry;
use thidua_domain::inspection;
use thidua_domain::photo::{self, Album, Place};
use thidua_domain::quantity::Hundredths;
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::season::Season;
use thidua_domain::setting::Settings;
use thidua_domain::subject;
use thidua_domain::sync::edit::Edit;
use thidua_domain::target;

/// An edit as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditWords {
    /// Whose record it changes.
    pub title: String,
    /// What of it.
    pub about: &'static str,
    /// When it was made, by this tablet's clock.
    pub when: String,
    /// Names and values of its fields.
    pub values: Vec<(String, String)>,
}

/// Names and values of records in words, with what this tablet knows.
pub struct Names<'a> {
    store: &'a Store,
    season: Season,
    packs: Packs,
}

impl<'a> Names<'a> {
    /// Names as `store` has them.
    pub fn new(store: &'a Store, season: Season) -> Self {
        let packs = Settings::of(&store.records()).packs;
        Self {
            store,
            season,
            packs,
        }
    }

    /// What kind of subject it is and what it is called, if it has a record here.
    fn found(&self, id: SubjectId) -> Option<(SubjectKind, String)> {
        let kinds = [
            SubjectKind::Family,
            SubjectKind::ResidentialArea,
            SubjectKind::Unit,
        ];
        kinds.into_iter().find_map(|kind| {
            let record = self.store.record(&RecordKey::subject_record(kind, id))?;
            let label = subject::label(&record).to_owned();
            (!label.is_empty()).then_some((kind, label))
        })
    }

    /// What a subject is called.
    pub fn subject(&self, id: SubjectId) -> Option<String> {
        self.found(id).map(|(_, name)| name)
    }

    /// What photos of a place are of.
    pub fn photo_title(&self, place: &Place) -> String {
        let line = || {
            let record = self.store.record(&place.owner()?)?;
            record.text("name").map(str::to_owned)
        };
        let commune = || {
            let owner = self.store.record(&place.owner()?)?;
            Some(words::area_name(&owner.commune, self.season))
        };
        self.subject(place.subject)
            .or_else(line)
            .or_else(commune)
            .unwrap_or_else(|| texts::photos::gone().to_owned())
    }

    /// Where a record is looked at on this tablet; the commune's own page if nowhere else.
    pub fn place(&self, record: &RecordKey) -> String {
        let id = record.subject();
        if let Some(place) = photo::place_of(record) {
            return match place.album {
                Album::Minutes => format!("/giay-to/bien-ban/{id}"),
                _ => place
                    .owner()
                    .map_or_else(|| "/xa".to_owned(), |owner| self.place(&owner)),
            };
        }
        if target::indicator_of(record).is_some() {
            return "/xa/chi-tieu".to_owned();
        }
        if record.kind() == inspection::KIND {
            return "/kiem-tra".to_owned();
        }
        match self.found(id) {
            Some((SubjectKind::Family, _)) => format!("/ho/{id}"),
            Some((SubjectKind::Unit, _)) => format!("/don-vi/{id}"),
            Some((SubjectKind::ResidentialArea, _)) if record.entry_parts().is_some() => {
                format!("/khu/{id}/danh-gia")
            }
            Some((SubjectKind::ResidentialArea, _)) => format!("/khu/{id}"),
            _ => Book::of(record)
                .map_or_else(|| "/xa".to_owned(), |book| format!("/xa/so/{}", book.id)),
        }
    }

    /// What a record speaks of.
    pub fn about(record: &RecordKey) -> &'static str {
        if let Some(book) = Book::of(record) {
            return texts::catalogue(&book.title);
        }
        if photo::place_of(record).is_some() {
            return texts::photos::title();
        }
        if target::indicator_of(record).is_some() {
            return texts::targets::tablet_title();
        }
        if record.kind() == inspection::KIND {
            return texts::inspections::title();
        }
        record
            .entry_parts()
            .map_or(say::in_register(), |(assessment, _)| {
                words::assessment(assessment)
            })
    }

    /// What a field of a record is called.
    pub fn field(&self, record: &RecordKey, name: &str) -> String {
        if photo::place_of(record).is_some() {
            return photo_field(name).to_owned();
        }
        let answered = name.strip_prefix(inspection::field::ANSWER);
        if let Some(number) = answered.filter(|_| record.kind() == inspection::KIND) {
            return texts::inspections::answer_label(number);
        }
        if let Some(indicator) = target::indicator_of(record) {
            return match name {
                target::field::GOAL => texts::catalogue(&indicator.name).to_owned(),
                target::field::PLAN => texts::targets::plan_label().to_owned(),
                other => other.to_owned(),
            };
        }
        let line = Book::of(record).and_then(|book| {
            let field = book.fields.iter().find(|field| field.name == name)?;
            Some(texts::catalogue(&field.label).to_owned())
        });
        if let Some(label) = line {
            return label;
        }
        let of_entry = record
            .entry_parts()
            .and_then(|(assessment, period)| self.packs.in_force(assessment, period));
        let pack = of_entry.or_else(|| {
            self.packs
                .in_force(Assessment::CulturalFamily, self.season.period)
        });
        pack.map_or_else(|| name.to_owned(), |pack| field_label(name, pack))
    }

    /// A field's value.
    pub fn value(&self, name: &str, value: &Value) -> String {
        let said = match (name, value.as_text()) {
            (subject::field::AREA, Some(text)) => {
                SubjectId::parse(text).and_then(|id| self.subject(id))
            }
            (photo::field::TAKEN, _) => {
                let taken_ms = value.as_int().and_then(|ms| u64::try_from(ms).ok());
                taken_ms.map(texts::moment)
            }
            (target::field::GOAL, _) => value
                .as_int()
                .map(|goal| texts::hundredths(Hundredths(goal))),
            (entry::field::SUBMITTED, Some(_)) => Some(say::present_content().to_owned()),
            (entry::field::PACK, Some(id)) => self
                .packs
                .by_id(id)
                .map(|pack| texts::catalogue(&pack.legal_basis).to_owned()),
            _ => None,
        };
        said.unwrap_or_else(|| value_words(value))
    }
}

/// Fields of a photo that say something to people.
const PHOTO_SAID: [&str; 3] = [
    photo::field::CAPTION,
    photo::field::TAKEN,
    subject::field::CLOSED,
];

fn photo_field(name: &str) -> &str {
    match name {
        photo::field::CAPTION => texts::photos::caption(),
        photo::field::TAKEN => texts::photos::field_taken(),
        subject::field::CLOSED => texts::photos::take_out(),
        other => other,
    }
}

/// Puts an edit into words, with names as this tablet knows them.
pub fn describe(store: &Store, season: Season, edit: &Edit) -> EditWords {
    let names = Names::new(store, season);
    // A subject that was not taken is not in the register: its name is in the edit itself.
    let own_name = || {
        let named = edit.changes.iter().find(|change| {
            [subject::field::HEAD, subject::field::NAME].contains(&change.field.as_str())
        })?;
        named.value.as_text().map(str::to_owned)
    };
    EditWords {
        title: names
            .subject(edit.record.subject())
            .or_else(|| photo::place_of(&edit.record).map(|place| names.photo_title(&place)))
            .or_else(own_name)
            .unwrap_or_else(|| words::area_name(&edit.commune, season)),
        about: Names::about(&edit.record),
        when: texts::moment(edit.time.millis()),
        values: edit
            .changes
            .iter()
            // Of a photo, digest and size say nothing to people.
            .filter(|change| {
                let of_photo = photo::place_of(&edit.record).is_some();
                !of_photo || PHOTO_SAID.contains(&change.field.as_str())
            })
            .map(|change| {
                let name = change.field.as_str();
                let label = names.field(&edit.record, name);
                (label, names.value(name, &change.value))
            })
            .collect(),
    }
}
