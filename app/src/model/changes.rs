//! Edits in words: what was entered, where, and when.

use crate::store::Store;
use crate::words::{self, field_label, value_words};
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::Pack;
use thidua_domain::entry;
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::season::Season;
use thidua_domain::subject;
use thidua_domain::sync::edit::Edit;

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

/// Puts an edit into words, with names as this tablet knows them.
pub fn describe(store: &Store, season: Season, edit: &Edit) -> EditWords {
    let entry = edit.record.entry_parts();
    let kinds = [
        SubjectKind::Family,
        SubjectKind::ResidentialArea,
        SubjectKind::Unit,
    ];
    let id = edit.record.subject();
    let name_of = |id: SubjectId| {
        let keys = kinds.map(|kind| RecordKey::subject_record(kind, id));
        keys.iter().find_map(|key| {
            let record = store.record(key)?;
            let label = subject::label(&record).to_owned();
            (!label.is_empty()).then_some(label)
        })
    };
    // A subject that was not taken is not in the register: its name is in the edit itself.
    let own_name = || {
        let named = edit.changes.iter().find(|change| {
            [subject::field::HEAD, subject::field::NAME].contains(&change.field.as_str())
        })?;
        named.value.as_text().map(str::to_owned)
    };
    let title = name_of(id)
        .or_else(own_name)
        .unwrap_or_else(|| words::area_name(&edit.commune, season));
    let pack = entry
        .and_then(|(assessment, period)| entry::pack_of(None, assessment, period))
        .or_else(|| Pack::for_assessment(Assessment::CulturalFamily, season.date));
    let value = |field: &str, value: &Value| match (field, value.as_text()) {
        (subject::field::AREA, Some(text)) => SubjectId::parse(text).and_then(name_of),
        (entry::field::SUBMITTED, Some(_)) => Some("nội dung hiện có".to_owned()),
        (entry::field::PACK, Some(id)) => Pack::by_id(id).map(|pack| pack.legal_basis.clone()),
        _ => None,
    };
    EditWords {
        title,
        about: entry.map_or("Thông tin trong sổ", |(assessment, _)| {
            words::assessment(assessment)
        }),
        when: words::moment(edit.time.millis()),
        values: edit
            .changes
            .iter()
            .map(|change| {
                let name = change.field.as_str();
                let label = pack.map_or_else(|| name.to_owned(), |pack| field_label(name, pack));
                let said = value(name, &change.value);
                (label, said.unwrap_or_else(|| value_words(&change.value)))
            })
            .collect(),
    }
}
