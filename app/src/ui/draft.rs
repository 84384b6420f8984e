//! Where a field keeps what is typed into it until it is saved.

use crate::platform;
use crate::store::{Draft, Drafts};
use leptos::prelude::*;

/// The place of one field's draft. Copied freely.
#[derive(Clone, Copy)]
pub struct DraftSlot(StoredValue<Slot, LocalStorage>);

struct Slot {
    drafts: Drafts,
    key: String,
    what: String,
    of_form: bool,
}

impl DraftSlot {
    /// The slot under `key`; `what` is what the field is called.
    pub fn new(drafts: Drafts, key: String, what: String) -> Self {
        Self::make(drafts, key, what, false)
    }

    /// A slot whose form fills its fields from the drafts itself and lets go of them all together.
    pub fn of_form(drafts: Drafts, key: String, what: String) -> Self {
        Self::make(drafts, key, what, true)
    }

    fn make(drafts: Drafts, key: String, what: String, of_form: bool) -> Self {
        Self(StoredValue::new_local(Slot {
            drafts,
            key,
            what,
            of_form,
        }))
    }

    /// Whether the form, and not the field, brings back what stands there.
    pub fn is_of_form(self) -> bool {
        self.0.with_value(|slot| slot.of_form)
    }

    /// What stands there unsaved.
    pub fn kept(self) -> Option<Draft> {
        self.0.with_value(|slot| slot.drafts.get(&slot.key))
    }

    /// Takes note of what was typed.
    pub fn typed(self, text: String) {
        let place = platform::window().location().pathname().unwrap_or_default();
        self.0.with_value(|slot| {
            let draft = Draft {
                text,
                at: platform::now_ms(),
                what: slot.what.clone(),
                place,
            };
            slot.drafts.typed(slot.key.clone(), draft);
        });
    }

    /// Forgets it.
    pub fn forget(self) {
        self.0.with_value(|slot| slot.drafts.forget(&slot.key));
    }

    /// Whether what is typed could not be kept the last time.
    pub fn failed(self) -> bool {
        self.0.with_value(|slot| slot.drafts.failed()).get()
    }
}
