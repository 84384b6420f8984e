//! What the tablet's screens share: the store, the sync loop, the commune that is open.

use crate::model::overview::{Book, Subject};
use crate::model::room::Room;
use crate::photos::Photos;
use crate::platform::persistence::Persistence;
use crate::store::{Change, Cipher, Draft, Drafts, Store, StoreError, Vault};
use crate::sync::Sync;
use crate::texts::faults;
use crate::ui::{DraftSlot, SaveState};
use leptos::prelude::*;
use std::sync::Arc;
use thidua_domain::api::Session;
use thidua_domain::area::AreaCode;
use thidua_domain::criteria::Packs;
use thidua_domain::record::{FieldName, RecordKey, SubjectId, Value};
use thidua_domain::season::Season;
use thidua_domain::setting::Settings;

/// Shared by all screens of the tablet. Copied freely.
#[derive(Clone, Copy)]
pub struct Tablet {
    parts: StoredValue<Parts, LocalStorage>,
    /// The commune that is open.
    pub commune: RwSignal<AreaCode>,
    /// All open subjects of the commune with how they stand.
    pub book: Memo<Book>,
    /// What the province sets: due dates, reporting terms.
    pub settings: Memo<Settings>,
    packs: Memo<Packs>,
    /// The browser's answer to being asked to keep what is stored.
    pub persistence: RwSignal<Option<Persistence>>,
    /// How much room there is for what is stored.
    pub room: RwSignal<Option<Room>>,
    /// Whether a PIN locks what is stored.
    pub locked_by_pin: RwSignal<bool>,
    /// The period that is open.
    pub season: Season,
}

/// What opened the register: the vault, and the key that was in it.
#[derive(Clone)]
pub struct Keys {
    /// The vault.
    pub vault: Vault,
    /// The register's key.
    pub cipher: Cipher,
}

#[derive(Clone)]
struct Parts {
    session: Session,
    keys: Keys,
    store: Store,
    drafts: Drafts,
    sync: Sync,
    photos: Photos,
}

impl Tablet {
    /// Makes it and hands it to the screens below.
    pub fn provide(
        session: Session,
        keys: Keys,
        store: Store,
        drafts: Drafts,
        sync: Sync,
        photos: Photos,
        commune: AreaCode,
    ) -> Self {
        let season = session.season;
        let parts = StoredValue::new_local(Parts {
            session,
            keys,
            store,
            drafts,
            sync,
            photos,
        });
        let commune = RwSignal::new(commune);
        let settings = Memo::new(move |_| {
            let store = parts.with_value(|parts| parts.store.clone());
            let records = store.records();
            let settings = Settings::of(&records);
            // A register that has not been synced yet knows less than the session.
            if !settings.areas.is_empty() {
                crate::areas::follow_settings(&settings);
            }
            settings
        });
        // At once: the names of areas stand on everything that is drawn.
        settings.with_untracked(|_| ());
        let packs = Memo::new(move |_| settings.with(|settings| settings.packs));
        let book = Memo::new(move |before: Option<&Book>| {
            let store = parts.with_value(|parts| parts.store.clone());
            let packs = packs.get();
            Book::read(&store, &commune.get(), season, packs, before)
        });
        let tablet = Self {
            parts,
            commune,
            book,
            settings,
            packs,
            persistence: RwSignal::new(None),
            room: RwSignal::new(None),
            locked_by_pin: RwSignal::new(false),
            season,
        };
        provide_context(tablet);
        tablet
    }

    /// The one handed to this screen.
    pub fn here() -> Self {
        expect_context()
    }

    /// What entries are judged by.
    pub fn packs(self) -> Packs {
        self.packs.get()
    }

    /// What opened the register.
    pub fn keys(self) -> Keys {
        self.parts.with_value(|parts| parts.keys.clone())
    }

    /// The local store.
    pub fn store(self) -> Store {
        self.parts.with_value(|parts| parts.store.clone())
    }

    /// What is being typed and not saved.
    pub fn drafts(self) -> Drafts {
        self.parts.with_value(|parts| parts.drafts.clone())
    }

    /// Where what is typed into a record's field is kept until it is saved.
    pub fn draft_slot(self, record: &RecordKey, field: &str, what: String) -> DraftSlot {
        DraftSlot::new(self.drafts(), draft_key(record, field), what)
    }

    /// The sync loop.
    pub fn sync(self) -> Sync {
        self.parts.with_value(|parts| parts.sync.clone())
    }

    /// The sending of photos.
    pub fn photos(self) -> Photos {
        self.parts.with_value(|parts| parts.photos.clone())
    }

    /// Who is signed in.
    pub fn session(self) -> Session {
        self.parts.with_value(|parts| parts.session.clone())
    }

    /// A subject of the open commune. Reading it in a view subscribes to it.
    pub fn subject(self, id: SubjectId) -> Option<Arc<Subject>> {
        self.book.with(|book| book.get(id).cloned())
    }

    /// Saves changes in one transaction, and lets go of the drafts they contain.
    pub async fn commit(self, changes: Vec<Change>) -> Result<(), StoreError> {
        let (store, drafts) = (self.store(), self.drafts());
        let commune = self.commune.get_untracked();
        let typed = drafts_of(&drafts, &changes);
        store.save(&commune, changes).await?;
        drafts.settle(typed);
        self.sync().soon();
        Ok(())
    }

    /// Saves changes; `state` says how it went. The word "saved" appears after the commit, not before.
    pub fn save(self, changes: Vec<Change>, state: RwSignal<SaveState>) {
        self.finish(state, self.commit(changes));
    }

    /// Hands entries in.
    pub fn submit(self, records: Vec<RecordKey>, state: RwSignal<SaveState>) {
        let store = self.store();
        let commune = self.commune.get_untracked();
        self.finish(state, async move { store.submit(&commune, records).await });
    }

    /// Settles a field's conflict.
    pub fn settle(
        self,
        record: RecordKey,
        field: FieldName,
        value: Value,
        state: RwSignal<SaveState>,
    ) {
        let store = self.store();
        let commune = self.commune.get_untracked();
        self.finish(state, async move {
            store.settle(&commune, record, field, value).await
        });
    }

    fn finish(
        self,
        state: RwSignal<SaveState>,
        write: impl Future<Output = Result<(), StoreError>> + 'static,
    ) {
        state.update(SaveState::begin);
        let sync = self.sync();
        leptos::task::spawn_local(async move {
            let outcome = write.await;
            if outcome.is_ok() {
                sync.soon();
            }
            // The form may have been left meanwhile, and its signals with it.
            let outcome = outcome.map_err(|error| faults::not_saved(&error));
            let _ = state.try_update(|state| state.end(outcome));
        });
    }
}

/// The key of the draft of a record's field.
fn draft_key(record: &RecordKey, field: &str) -> String {
    format!("{record}|{field}")
}

/// What is typed in the fields that are about to be saved.
fn drafts_of(drafts: &Drafts, changes: &[Change]) -> Vec<(String, Draft)> {
    changes
        .iter()
        .flat_map(|change| {
            let keys = change.values.iter();
            keys.map(|(field, _)| draft_key(&change.record, field.as_str()))
        })
        .filter_map(|key| drafts.get(&key).map(|draft| (key, draft)))
        .collect()
}
