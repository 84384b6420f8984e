//! The local store: everything the screens read and write.
//!
//! One IndexedDB database for each account on the tablet, so that a second officer has an outbox and
//! an identity of their own. What is stored is mirrored in memory, because a screen counts and sorts
//! a whole commune; the mirror changes only after the transaction that wrote the same has committed.

mod cipher;
mod database;
mod drafts;
mod luggage;
mod parked;
mod photos;
mod rows;
mod spare;
mod touched;
mod vault;
mod witness;

use crate::platform::{self, tabs::Tabs};
pub use cipher::Cipher;
use database::LocalDatabase;
use database::PhotoWrite;
pub use database::StoreError;
pub use drafts::{Draft, Drafts};
use leptos::prelude::*;
pub use luggage::{Bytes, Luggage, MAX_PARCELS, Parcel, ParcelState};
pub use photos::{PhotoRow, Stage};
use spare::Spare;
use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use thidua_domain::api::Session;
use thidua_domain::area::AreaCode;
use thidua_domain::custody::{self, Uncovered};
use thidua_domain::entry;
use thidua_domain::place;
use thidua_domain::receipt::Receipt;
use thidua_domain::record::{FieldName, RecordKey, Value};
use thidua_domain::setting::{self, Settings};
use thidua_domain::sync::carried::CarriedAnswer;
use thidua_domain::sync::edit::{DeviceId, Edit, FieldChange};
use thidua_domain::sync::replica::{AnswerPlan, Asked, Replica};
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::{RejectReason, Response};
use thidua_domain::trust::Trust;
use touched::Touched;
pub use vault::{Unlock, Vault, VaultError};
pub use witness::{Loss, unsent_of};

/// An edit the server did not take, with its reason.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RejectedEdit {
    /// The edit; its values are on this tablet only.
    pub edit: Edit,
    /// Why.
    pub reason: RejectReason,
}

/// The store of the account that is signed in. Cheap to clone; all clones are the same store.
#[derive(Clone)]
pub struct Store(Rc<Inner>);

struct Inner {
    database: LocalDatabase,
    spare: Spare,
    cipher: Cipher,
    /// As shown, each record in the commune where its subject lives.
    mirror: RefCell<BTreeMap<RecordKey, RecordState>>,
    replica: RwSignal<Replica>,
    revision: RwSignal<u64>,
    touched: RefCell<Touched>,
    rejected: RwSignal<Vec<RejectedEdit>>,
    /// Records with edits that the server does not hold yet.
    unsent: RwSignal<std::collections::BTreeSet<RecordKey>>,
    /// Photos of this tablet.
    photos: RwSignal<BTreeMap<RecordKey, PhotoRow>>,
    /// Writers queue here, so that each sees what the one before wrote.
    turn: tokio::sync::Mutex<()>,
    /// What the browser lost of it, until somebody has read so.
    loss: RwSignal<Option<Loss>>,
    tabs: RefCell<Option<Tabs>>,
}

/// One change a screen asks for.
#[derive(Clone, Debug)]
pub struct Change {
    /// The record.
    pub record: RecordKey,
    /// New values; those that are shown already are passed over.
    pub values: Vec<(FieldName, Value)>,
}

impl Change {
    /// A change of `record`. Field names are constants of the domain.
    pub fn new<'a>(record: RecordKey, values: impl IntoIterator<Item = (&'a str, Value)>) -> Self {
        let values = values
            .into_iter()
            .map(|(name, value)| (FieldName::parse(name).expect("a field of ours"), value))
            .collect();
        Self { record, values }
    }
}

impl Store {
    /// Opens the account's database, creating it on the first sign-in, and reads it into memory.
    pub async fn open(
        session: &Session,
        communes: Vec<AreaCode>,
        cipher: Cipher,
    ) -> Result<Self, StoreError> {
        let database = LocalDatabase::open(&session.account, cipher.clone()).await?;
        let spare = Spare::open(&session.account).await;
        let fresh = Replica::new(
            DeviceId::from_random(platform::random_u128() as u64),
            session.account.clone(),
            communes,
        );
        let fresh_device = fresh.device;
        let mut replica = database.replica_or(fresh).await?;
        let created = replica.device == fresh_device;
        let missing = spare.missing(&cipher, &replica).await;
        let regained = if missing.is_empty() {
            0
        } else {
            database.regain(missing).await?
        };
        let loss = witness::examine(&replica, created, regained);
        if regained > 0 {
            replica = database.replica().await?;
        }
        witness::note(&replica);
        let mut mirror = database.records().await?;
        place::resettle(&mut mirror);
        let rejected = database.rejected().await?;
        let unsent = database.edits(replica.outbox()).await?;
        // Without a second copy everything goes on.
        let _ = if regained > 0 {
            spare.replace(&cipher, &unsent).await
        } else {
            spare.complete(&cipher, &unsent).await
        };
        let photos = database.photo_rows().await?;
        let inner = Rc::new(Inner {
            database,
            spare,
            cipher,
            mirror: RefCell::new(mirror),
            unsent: RwSignal::new(unsent.into_iter().map(|edit| edit.record).collect()),
            replica: RwSignal::new(replica),
            revision: RwSignal::new(0),
            touched: RefCell::default(),
            rejected: RwSignal::new(rejected),
            photos: RwSignal::new(photos),
            turn: tokio::sync::Mutex::default(),
            loss: RwSignal::new(loss),
            tabs: RefCell::new(None),
        });
        let store = Self(inner);
        let other_tab_wrote = store.clone();
        let tabs = Tabs::open(&format!("so-thi-dua.{}", session.account), move |what| {
            let store = other_tab_wrote.clone();
            wasm_bindgen_futures::spawn_local(async move {
                // A failure here leaves the older picture on the screen; nothing stored is affected.
                let _ = match what.as_str() {
                    photos::PHOTOS_CHANGED => store.reload_photos().await,
                    _ => store.reload().await,
                };
            });
        });
        *store.0.tabs.borrow_mut() = Some(tabs);
        store.forget_photos_taken_out().await?;
        Ok(store)
    }

    /// The replica's own bookkeeping; reading it in a view subscribes to it.
    pub fn replica(&self) -> RwSignal<Replica> {
        self.0.replica
    }

    /// The communes whose registers are here; what the province sets for everybody is followed as well and
    /// is no commune.
    pub fn communes(&self) -> Vec<AreaCode> {
        let follow = self
            .0
            .replica
            .with_untracked(|replica| replica.follow.clone());
        let every = setting::feed();
        follow.into_iter().filter(|code| *code != every).collect()
    }

    /// What the browser lost of this store, if that has not been acknowledged.
    pub fn loss(&self) -> RwSignal<Option<Loss>> {
        self.0.loss
    }

    /// Somebody has read what was lost.
    pub fn acknowledge_loss(&self) {
        self.0
            .replica
            .with_untracked(|replica| witness::acknowledge(&replica.account));
        self.0.loss.set(None);
    }

    /// Edits the server did not take.
    pub fn rejected(&self) -> RwSignal<Vec<RejectedEdit>> {
        self.0.rejected
    }

    /// Whether the record has edits that the server does not hold. When that changes, so does the
    /// revision.
    pub fn is_unsent(&self, record: &RecordKey) -> bool {
        self.0
            .unsent
            .with_untracked(|unsent| unsent.contains(record))
    }

    /// A number that grows with every change. Reading it in a view subscribes to every later change.
    pub fn revision(&self) -> u64 {
        self.0.revision.get()
    }

    /// Records that changed after a revision; `None` if any may have.
    pub fn touched_since(&self, revision: u64) -> Option<std::collections::BTreeSet<RecordKey>> {
        self.0.touched.borrow().since(revision)
    }

    /// All records. Reading them in a view subscribes to every later change.
    pub fn records(&self) -> Ref<'_, BTreeMap<RecordKey, RecordState>> {
        self.0.revision.track();
        self.0.mirror.borrow()
    }

    /// One record. Reading it in a view subscribes to every later change.
    pub fn record(&self, key: &RecordKey) -> Option<RecordState> {
        self.0.revision.track();
        self.0.mirror.borrow().get(key).cloned()
    }

    /// Saves changes in one transaction with strict durability: all of them or none. When this
    /// returns, they are on the disk and in the outbox.
    pub async fn save(&self, commune: &AreaCode, changes: Vec<Change>) -> Result<(), StoreError> {
        self.save_with(commune, changes, Vec::new()).await
    }

    /// The same, with photos that belong to the changes.
    async fn save_with(
        &self,
        commune: &AreaCode,
        changes: Vec<Change>,
        photos: Vec<PhotoWrite>,
    ) -> Result<(), StoreError> {
        let plan = |mirror: &BTreeMap<RecordKey, RecordState>, commune: &AreaCode| {
            changes
                .into_iter()
                .map(|change| {
                    let empty = RecordState::new(commune.clone());
                    let shown = mirror.get(&change.record).unwrap_or(&empty);
                    let fields = shown.changes_to(change.values);
                    (change.record, fields)
                })
                .collect()
        };
        self.write_with(commune, plan, photos).await
    }

    /// Hands entries in: what is submitted is what is stored when their turn comes, so a field that
    /// was being saved a moment ago is part of it.
    pub async fn submit(
        &self,
        commune: &AreaCode,
        records: Vec<RecordKey>,
    ) -> Result<(), StoreError> {
        self.write(commune, |mirror, _| {
            records
                .into_iter()
                .filter_map(|record| {
                    let shown = mirror.get(&record)?;
                    let packs = Settings::of(mirror).packs;
                    let pack = record
                        .entry_parts()
                        .and_then(|(of, period)| packs.judging(Some(shown), of, period));
                    let changes = entry::hand_in(shown, pack).into_iter();
                    let changes = changes.map(|change| shown.change_of(change)).collect();
                    Some((record, changes))
                })
                .collect()
        })
        .await
    }

    /// Settles a field's conflict with `value`; what it replaces stays in the history.
    pub async fn settle(
        &self,
        commune: &AreaCode,
        record: RecordKey,
        field: FieldName,
        value: Value,
    ) -> Result<(), StoreError> {
        self.write(commune, |mirror, commune| {
            let empty = RecordState::new(commune.clone());
            let shown = mirror.get(&record).unwrap_or(&empty);
            vec![(record, vec![shown.change_to_settle(field, value)])]
        })
        .await
    }

    async fn write(
        &self,
        commune: &AreaCode,
        plan: impl FnOnce(
            &BTreeMap<RecordKey, RecordState>,
            &AreaCode,
        ) -> Vec<(RecordKey, Vec<FieldChange>)>,
    ) -> Result<(), StoreError> {
        self.write_with(commune, plan, Vec::new()).await
    }

    async fn write_with(
        &self,
        commune: &AreaCode,
        plan: impl FnOnce(
            &BTreeMap<RecordKey, RecordState>,
            &AreaCode,
        ) -> Vec<(RecordKey, Vec<FieldChange>)>,
        photos: Vec<PhotoWrite>,
    ) -> Result<(), StoreError> {
        let inner = &self.0;
        let _turn = inner.turn.lock().await;
        let planned = plan(&inner.mirror.borrow(), commune);
        let written = inner
            .database
            .write_edits(commune, planned, &photos, platform::now_ms())
            .await?;
        let Some(written) = written else {
            return Ok(());
        };
        // Without a second copy it is saved all the same.
        let _ = inner.spare.keep(&inner.cipher, &written.edits).await;
        inner.unsent.update(|unsent| {
            unsent.extend(written.records.keys().cloned());
        });
        let mut touched: Vec<RecordKey> = written.records.keys().cloned().collect();
        {
            let mut mirror = inner.mirror.borrow_mut();
            mirror.extend(written.records);
            touched.extend(place::resettle(&mut mirror));
        }
        witness::note(&written.replica);
        inner.replica.set(written.replica);
        self.took(photos);
        self.changed(touched);
        self.tell_tabs();
        Ok(())
    }

    /// The edits to send next, as stored now, at most so many.
    pub async fn to_send(&self, most: usize) -> Result<(Replica, Vec<Edit>), StoreError> {
        let replica = self.0.database.replica().await?;
        let edits = self.0.database.edits([replica.to_send(most)]).await?;
        Ok((replica, edits))
    }

    /// Takes in a server's answer in one transaction. Returns whether to sync again at once.
    pub async fn take_answer(
        &self,
        asked: &Asked,
        response: &Response,
    ) -> Result<bool, StoreError> {
        let inner = &self.0;
        let _turn = inner.turn.lock().await;
        let fresh = DeviceId::from_random(platform::random_u128() as u64);
        let taken = inner
            .database
            .take_answer(asked, response, fresh, platform::now_ms())
            .await?;
        self.show(taken).await
    }

    /// Takes in the server's answer to edits that somebody carried there, in one transaction; whether it was
    /// believed.
    pub async fn take_carried(&self, answer: &CarriedAnswer) -> Result<bool, StoreError> {
        let inner = &self.0;
        let _turn = inner.turn.lock().await;
        let fresh = DeviceId::from_random(platform::random_u128() as u64);
        let database = &inner.database;
        let taken = database.take_carried(answer, fresh, platform::now_ms());
        match taken.await? {
            None => Ok(false),
            Some(taken) => {
                self.show(taken).await?;
                Ok(true)
            }
        }
    }

    /// What a sync would send next, to be given to somebody else, and the replica that says so.
    pub async fn to_carry(&self) -> Result<(Replica, Vec<Edit>), StoreError> {
        let replica = self.0.database.replica().await?;
        let edits = self.0.database.edits(replica.to_carry()).await?;
        Ok((replica, edits))
    }

    /// Shows what an answer has written.
    async fn show(&self, taken: AnswerPlan) -> Result<bool, StoreError> {
        let inner = &self.0;
        let unsent = inner.database.edits(taken.replica.outbox()).await?;
        if !taken.renewed.is_empty() {
            // They wait under other names now, and so do their spare copies.
            let _ = inner.spare.replace(&inner.cipher, &unsent).await;
        }
        let (spare, replica) = (inner.spare.clone(), taken.replica.clone());
        wasm_bindgen_futures::spawn_local(async move {
            // What stays for now goes after the next answer.
            let _ = spare.release(&replica).await;
        });
        let unsent: std::collections::BTreeSet<_> =
            unsent.into_iter().map(|edit| edit.record).collect();
        let mut touched: Vec<RecordKey> = inner
            .unsent
            .with_untracked(|old| old.symmetric_difference(&unsent).cloned().collect());
        if !touched.is_empty() {
            inner.unsent.set(unsent);
        }
        touched.extend(taken.records.keys().cloned());
        touched.extend(taken.emptied.iter().cloned());
        if !taken.rejected.is_empty() {
            inner.rejected.set(inner.database.rejected().await?);
        }
        let news = !taken.records.is_empty() || !taken.emptied.is_empty();
        {
            let mut mirror = inner.mirror.borrow_mut();
            let shown = taken.records.into_iter();
            mirror.extend(shown.map(|(key, record)| (key, record.shown)));
            mirror.retain(|key, _| !taken.emptied.contains(key));
            if news {
                touched.extend(place::resettle(&mut mirror));
            }
        }
        witness::note(&taken.replica);
        inner.replica.set(taken.replica);
        if !touched.is_empty() {
            self.changed(touched);
        }
        if news {
            self.tell_tabs();
        }
        Ok(taken.again)
    }

    /// Keeps what the tablet knows its server by, as the server said at sign-in; `anew` if the password was
    /// given a moment ago.
    pub async fn note_trust(&self, trust: Trust, anew: bool) -> Result<(), StoreError> {
        let inner = &self.0;
        let _turn = inner.turn.lock().await;
        let replica = inner.database.note_trust(trust, anew).await?;
        inner.replica.set(replica);
        Ok(())
    }

    /// Keeps receipts that the server has written for what was entered here.
    pub async fn take_receipts(&self, receipts: &[Receipt]) -> Result<(), StoreError> {
        let inner = &self.0;
        let _turn = inner.turn.lock().await;
        let replica = inner.database.take_receipts(receipts).await?;
        inner.replica.set(replica);
        Ok(())
    }

    /// Records with edits that no receipt of the server covers.
    pub async fn uncovered(&self) -> Result<Vec<Uncovered>, StoreError> {
        let replica = self.0.database.replica().await?;
        let edits = self.0.database.edits(replica.unreceipted()).await?;
        Ok(custody::uncovered(&replica, &edits))
    }

    /// Edits that wait to be sent, oldest first.
    pub async fn waiting_edits(&self) -> Result<Vec<Edit>, StoreError> {
        let replica = self.0.database.replica().await?;
        self.0.database.edits(replica.outbox()).await
    }

    /// Enters what a rejected edit said once more, on top of what is known now, and takes it off the list.
    pub async fn enter_again(&self, edit: &Edit) -> Result<(), StoreError> {
        let values = edit.changes.iter();
        let change = Change {
            record: edit.record.clone(),
            values: values
                .map(|change| (change.field.clone(), change.value.clone()))
                .collect(),
        };
        self.save(&edit.commune, vec![change]).await?;
        self.dismiss_rejected(edit).await
    }

    /// Sets a rejected edit aside: it stays in the log, and leaves the list.
    pub async fn dismiss_rejected(&self, edit: &Edit) -> Result<(), StoreError> {
        self.0.database.dismiss_rejected(edit).await?;
        self.0.rejected.set(self.0.database.rejected().await?);
        Ok(())
    }

    /// Reads again what another tab may have written.
    async fn reload(&self) -> Result<(), StoreError> {
        let inner = &self.0;
        let _turn = inner.turn.lock().await;
        let replica = inner.database.replica().await?;
        let mut records = inner.database.records().await?;
        place::resettle(&mut records);
        let unsent = inner.database.edits(replica.outbox()).await?;
        inner.photos.set(inner.database.photo_rows().await?);
        inner.rejected.set(inner.database.rejected().await?);
        inner
            .unsent
            .set(unsent.into_iter().map(|edit| edit.record).collect());
        inner.replica.set(replica);
        *inner.mirror.borrow_mut() = records;
        let next = inner.revision.get_untracked() + 1;
        inner.touched.borrow_mut().everything(next);
        inner.revision.set(next);
        Ok(())
    }

    fn changed(&self, touched: Vec<RecordKey>) {
        let next = self.0.revision.get_untracked() + 1;
        self.0.touched.borrow_mut().note(next, touched);
        self.0.revision.set(next);
    }

    fn tell_tabs(&self) {
        self.tell("changed");
    }

    fn tell(&self, what: &str) {
        if let Some(tabs) = &*self.0.tabs.borrow() {
            tabs.tell(what);
        }
    }
}
