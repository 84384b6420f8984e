//! A record as a set of registers.

use super::edit::{Edit, EditId, FieldChange};
use super::register::{Outcome, Register};
use crate::area::AreaCode;
use crate::record::{FieldName, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The merged state of one record. Fields of names this program does not know are kept like any other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordState {
    /// The commune whose feed the record belongs to.
    pub commune: AreaCode,
    /// Its fields.
    pub fields: BTreeMap<FieldName, Register>,
}

impl RecordState {
    /// A record of which nothing is known yet.
    pub fn new(commune: AreaCode) -> Self {
        Self {
            commune,
            fields: BTreeMap::new(),
        }
    }

    /// The value shown for a field; `None` also where it was taken back (`Null`).
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.fields
            .get(field)
            .and_then(Register::value)
            .filter(|value| **value != Value::Null)
    }

    /// The text shown for a field.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.get(field).and_then(Value::as_text)
    }

    /// The number shown for a field.
    pub fn int(&self, field: &str) -> Option<i64> {
        self.get(field).and_then(Value::as_int)
    }

    /// The answer shown for a field.
    pub fn flag(&self, field: &str) -> Option<bool> {
        self.get(field).and_then(Value::as_bool)
    }

    /// The edit whose value is shown for a field.
    pub fn edit_of(&self, field: &str) -> Option<EditId> {
        self.fields
            .get(field)
            .and_then(Register::shown)
            .map(|head| head.edit)
    }

    /// Fields a person has to choose for.
    pub fn conflicts(&self) -> impl Iterator<Item = (&FieldName, &Register)> {
        self.fields
            .iter()
            .filter(|(_, register)| register.in_conflict())
    }

    /// Merges an edit, field by field, and says what became of each.
    pub fn apply(&mut self, edit: &Edit) -> Vec<Outcome> {
        edit.changes
            .iter()
            .map(|change| {
                self.fields.entry(change.field.clone()).or_default().apply(
                    change.value.clone(),
                    edit.time,
                    edit.id,
                    &change.bases,
                )
            })
            .collect()
    }

    /// The changes that make the shown values equal `values`: only fields that differ, each based on
    /// the value it replaces.
    pub fn changes_to(&self, values: Vec<(FieldName, Value)>) -> Vec<FieldChange> {
        values
            .into_iter()
            .filter_map(|(field, value)| {
                let register = self.fields.get(&field);
                let shown = register.and_then(Register::value).unwrap_or(&Value::Null);
                (*shown != value).then(|| FieldChange {
                    bases: register.map(Register::bases_of_shown).unwrap_or_default(),
                    field,
                    value,
                })
            })
            .collect()
    }

    /// The change that writes a field anew even if its value stays: handing the same content in again
    /// is an act of its own, and takes the place of whatever was handed in before.
    pub fn change_of(&self, (field, value): (FieldName, Value)) -> FieldChange {
        self.change_to_settle(field, value)
    }

    /// The change that settles a field's conflict with `value`.
    pub fn change_to_settle(&self, field: FieldName, value: Value) -> FieldChange {
        let bases = self
            .fields
            .get(&field)
            .map(Register::bases_of_all)
            .unwrap_or_default();
        FieldChange {
            field,
            value,
            bases,
        }
    }
}
