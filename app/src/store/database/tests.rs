//! The contract of a replica's shell on IndexedDB, in the browser that runs these tests, and what only
//! IndexedDB can get wrong.

use super::*;
use crate::store::photos::{PhotoRow, Stage};
use thidua_domain::photo::{self, PhotoDigest, Place};
use thidua_domain::record::{FieldName, Period, SubjectId};
use thidua_domain::sync::edit::EditId;
use thidua_domain::sync::memory::MemoryReplica;
use thidua_domain::sync::shell::{self, Shell};
use thidua_domain::sync::wire::MAX_EDITS_UP;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn cipher() -> Cipher {
    Cipher::new([7; 32])
}

/// An account's database, as a tab has it open.
struct Tab {
    account: String,
    database: LocalDatabase,
}

impl Tab {
    async fn open(account: &str) -> Self {
        let database = LocalDatabase::open(account, cipher()).await.unwrap();
        let account = account.to_owned();
        Self { account, database }
    }

    /// The first tab of a new account.
    async fn new(account: &str) -> Self {
        let tab = Self::open(account).await;
        let home = AreaCode::parse("03751").unwrap();
        let fresh = Replica::new(DeviceId(0xA), account.to_owned(), vec![home]);
        tab.database.replica_or(fresh).await.unwrap();
        tab
    }

    /// Puts a row past the program.
    async fn plant(&self, store: &'static str, key: &str, row: &str) {
        let tx = self.database.write().unwrap();
        let rows = Rows::of(&tx, store, &self.database.cipher).unwrap();
        rows.request_put(key, row).unwrap().await.unwrap();
        tx.commit().await.unwrap();
    }

    /// What lies on the disk: every row of every store, as text where it is text.
    async fn raw(&self) -> Vec<(String, JsValue)> {
        let tx = self.database.read().unwrap();
        let mut all = Vec::new();
        for name in STORES {
            let store = tx.object_store(name).unwrap();
            let keys = store.get_all_keys::<String>().primitive().unwrap();
            let keys: Vec<_> = keys.await.unwrap().map(Result::unwrap).collect();
            let rows = store.get_all::<JsValue>().primitive().unwrap();
            let rows = rows.await.unwrap().map(Result::unwrap);
            all.extend(keys.into_iter().zip(rows));
        }
        all
    }
}

impl Shell for Tab {
    type Error = StoreError;

    async fn again(&self) -> Self {
        Self::open(&self.account).await
    }

    async fn write(
        &self,
        commune: &AreaCode,
        planned: Vec<(RecordKey, Vec<FieldChange>)>,
        now_ms: u64,
    ) -> Result<bool, StoreError> {
        let written = self.database.write_edits(commune, planned, &[], now_ms);
        Ok(written.await?.is_some())
    }

    async fn take(
        &self,
        asked: &Asked,
        response: &Response,
        fresh: DeviceId,
        now_ms: u64,
    ) -> Result<bool, StoreError> {
        let taken = self.database.take_answer(asked, response, fresh, now_ms);
        Ok(taken.await?.again)
    }

    async fn to_send(&self) -> Result<(Replica, Vec<Edit>), StoreError> {
        let replica = self.database.replica().await?;
        let edits = self.database.edits([replica.to_send(MAX_EDITS_UP)]).await?;
        Ok((replica, edits))
    }

    async fn stored(&self) -> MemoryReplica {
        let tx = self.database.read().unwrap();
        let rows = |name| Rows::of(&tx, name, &self.database.cipher).unwrap();
        let replica = stored_replica(&rows(META)).await.unwrap();
        let records = all_records(&rows(RECORD)).await.unwrap();
        let log = rows(EDIT).all::<Edit>().await.unwrap().into_iter();
        let log = log.map(|(_, edit)| (edit.id, edit)).collect();
        drop(tx);
        let rejected: BTreeMap<EditId, _> = self
            .database
            .rejected()
            .await
            .unwrap()
            .into_iter()
            .map(|rejected| (rejected.edit.id, rejected.reason))
            .collect();
        MemoryReplica {
            replica,
            records,
            log,
            rejected,
        }
    }
}

macro_rules! on_indexed_db {
    ($($case:ident),+ $(,)?) => {
        $(
            #[wasm_bindgen_test]
            async fn $case() {
                shell::$case(Tab::new(stringify!($case)).await).await;
            }
        )+
    };
}

thidua_domain::each_shell_case!(on_indexed_db);

#[wasm_bindgen_test]
async fn a_newer_database_is_refused_and_left_as_it_is() {
    let account = "newer";
    let tab = Tab::new(account).await;
    let stored = tab.stored().await;
    drop(tab);
    let newer = Database::open(format!("so-thi-dua.{account}"))
        .with_version(SCHEMA + 1)
        .with_on_upgrade_needed(|_, database| {
            database.create_object_store("of-the-future").build()?;
            Ok(())
        })
        .await
        .unwrap();
    let names: Vec<String> = newer.object_store_names().collect();
    assert!(names.contains(&"of-the-future".to_owned()), "{names:?}");
    let refused = LocalDatabase::open(account, cipher()).await;
    assert!(matches!(refused, Err(StoreError::Newer)));
    // Nothing was touched: the newer program reads what was there.
    let kept = Tab {
        account: account.to_owned(),
        database: LocalDatabase {
            database: newer,
            cipher: cipher(),
        },
    };
    assert_eq!(kept.stored().await, stored);
}

/// An answer or a save that stumbles over what it cannot read leaves everything as it was, also what it
/// had changed by then.
#[wasm_bindgen_test]
async fn an_unreadable_row_stops_a_transaction_as_a_whole() {
    let tab = Tab::new("unreadable").await;
    let home = AreaCode::parse("03751").unwrap();
    let change = |field: &str| {
        let field = thidua_domain::record::FieldName::parse(field).unwrap();
        RecordState::new(home.clone()).change_of((field, "Lò Văn Hặc".into()))
    };
    let record = |number: u32| RecordKey::parse(&format!("family/{number:032x}")).unwrap();
    let both = vec![
        (record(1), vec![change("head")]),
        (record(2), vec![change("head")]),
    ];
    assert!(tab.write(&home, both.clone(), 1).await.unwrap());
    let stored = tab.stored().await;
    let row = serde_json::to_string(&stored.records[&record(2)]).unwrap();

    tab.plant(RECORD, record(2).as_str(), "{ cut").await;
    let saved = tab.database.write_edits(&home, both, &[], 2).await;
    assert!(matches!(saved, Err(StoreError::Unreadable(_))));
    let (replica, edits) = tab.to_send().await.unwrap();
    let asked = Asked::of(&replica.request(edits));
    let answer = Response {
        held: 2,
        rejected: Vec::new(),
        former_held: Vec::new(),
        identity: thidua_domain::sync::wire::Identity::Keep,
        follow: vec![home],
        pages: Vec::new(),
        server_time: 3,
    };
    let taken = tab.take(&asked, &answer, DeviceId(7), 3).await;
    assert!(matches!(taken, Err(StoreError::Unreadable(_))));

    tab.plant(RECORD, record(2).as_str(), &row).await;
    assert_eq!(tab.again().await.stored().await, stored);
}

/// One edit of a family with this head.
async fn head_written(tab: &Tab, head: &str) {
    let home = AreaCode::parse("03751").unwrap();
    let field = thidua_domain::record::FieldName::parse("head").unwrap();
    let change = RecordState::new(home.clone()).change_of((field, head.into()));
    let record = RecordKey::parse(&format!("family/{:032x}", 1)).unwrap();
    let written = tab.write(&home, vec![(record, vec![change])], 1).await;
    assert!(written.unwrap());
}

#[wasm_bindgen_test]
async fn nothing_that_is_written_lies_open() {
    let tab = Tab::new("sealed").await;
    head_written(&tab, "Lò Văn Hặc").await;
    let raw = tab.raw().await;
    // The record, the edit, the bookkeeping, and the note that all is sealed.
    assert_eq!(raw.len(), 4);
    for (key, row) in raw {
        let sealed = row.is_instance_of::<js_sys::Uint8Array>();
        assert_eq!(sealed, key != SEALED, "{key}");
    }
}

#[wasm_bindgen_test]
async fn another_key_opens_nothing_and_changes_nothing() {
    let tab = Tab::new("foreign").await;
    head_written(&tab, "Lò Văn Hặc").await;
    let stored = tab.stored().await;
    let other = LocalDatabase::open(&tab.account, Cipher::new([8; 32])).await;
    let other = other.unwrap();
    assert!(matches!(other.records().await, Err(StoreError::Foreign(_))));
    let fresh = stored.replica.clone();
    let replica = other.replica_or(fresh).await;
    assert!(matches!(replica, Err(StoreError::Foreign(_))));
    assert_eq!(tab.stored().await, stored);
}

#[wasm_bindgen_test]
async fn rows_that_change_places_are_noticed() {
    let tab = Tab::new("swapped").await;
    head_written(&tab, "Lò Văn Hặc").await;
    let raw = tab.raw().await;
    let (key, row) = raw
        .iter()
        .find(|(key, _)| key.starts_with("family/"))
        .unwrap();
    let tx = tab.database.write().unwrap();
    let store = tx.object_store(RECORD).unwrap();
    let other = format!("family/{:032x}", 2);
    assert_ne!(*key, other);
    let put = store.put(row.clone()).with_key(other).primitive().unwrap();
    put.await.unwrap();
    tx.commit().await.unwrap();
    let read = tab.database.records().await;
    assert!(matches!(read, Err(StoreError::Foreign(_))));
}

/// What the first schema stored, open, is sealed when this program opens it, and stays what it was.
#[wasm_bindgen_test]
async fn a_store_of_the_first_schema_is_sealed() {
    let tab = Tab::new("first").await;
    head_written(&tab, "Lò Văn Hặc").await;
    let stored = tab.stored().await;
    let old = Database::open("so-thi-dua.first-as-it-was")
        .with_version(1_u8)
        .with_on_upgrade_needed(|_, database| {
            for store in STORES {
                database.create_object_store(store).build()?;
            }
            Ok(())
        })
        .await
        .unwrap();
    let put = async |store: &str, key: &str, row: String| {
        let tx = old.transaction(STORES);
        let tx = tx.with_mode(TransactionMode::Readwrite).build().unwrap();
        let rows = tx.object_store(store).unwrap();
        let put = rows.put(row).with_key(key.to_owned()).primitive().unwrap();
        put.await.unwrap();
        tx.commit().await.unwrap();
    };
    put(
        META,
        REPLICA,
        serde_json::to_string(&stored.replica).unwrap(),
    )
    .await;
    for (key, record) in &stored.records {
        put(RECORD, key.as_str(), serde_json::to_string(record).unwrap()).await;
    }
    for (id, edit) in &stored.log {
        put(EDIT, &log_key(*id), serde_json::to_string(edit).unwrap()).await;
    }
    old.close();

    let again = Tab::open("first-as-it-was").await;
    assert_eq!(again.stored().await, stored);
    let open = again.raw().await.into_iter();
    assert_eq!(open.filter(|(_, row)| row.is_string()).count(), 0);
}

#[wasm_bindgen_test]
async fn a_photo_and_the_edit_about_it_are_stored_together_and_sealed() {
    let tab = Tab::new("photos").await;
    let home = AreaCode::parse("03751").unwrap();
    let place = Place::minutes(SubjectId(7), Period(2022));
    let key = place.key(PhotoDigest::of(b"photo"));
    let write = |stage| PhotoWrite {
        key: key.clone(),
        row: PhotoRow {
            stage,
            added_ms: 1,
            bytes: 5,
            here: true,
        },
        files: Some((b"photo".to_vec(), b"thumb".to_vec())),
    };
    let change = FieldChange {
        field: FieldName::parse(photo::field::CAPTION).unwrap(),
        value: "Họp bản".into(),
        bases: Vec::new(),
    };
    let planned = vec![(key.clone(), vec![change])];
    let waiting = [write(Stage::Waiting)];
    let written = tab.database.write_edits(&home, planned, &waiting, 1).await;
    assert!(written.unwrap().is_some());

    let again = tab.again().await.database;
    assert_eq!(
        again.photo(&key).await.unwrap().as_deref(),
        Some(&b"photo"[..])
    );
    assert_eq!(
        again.thumb(&key).await.unwrap().as_deref(),
        Some(&b"thumb"[..])
    );
    let rows = again.photo_rows().await.unwrap();
    assert_eq!(rows[&key], write(Stage::Waiting).row);
    assert_eq!(again.records().await.unwrap().len(), 1);
    let other = LocalDatabase::open("photos", Cipher::new([8; 32]))
        .await
        .unwrap();
    assert!(matches!(
        other.photo(&key).await,
        Err(StoreError::Foreign(_))
    ));

    // How far it has come is noted without an edit; copies that were sent may go, the row stays.
    again.note_photos(&[write(Stage::Sent)]).await.unwrap();
    again
        .drop_photos(std::slice::from_ref(&key), false)
        .await
        .unwrap();
    assert_eq!(again.photo(&key).await.unwrap(), None);
    assert!(again.thumb(&key).await.unwrap().is_some());
    assert_eq!(again.photo_rows().await.unwrap()[&key].stage, Stage::Sent);
    again
        .drop_photos(std::slice::from_ref(&key), true)
        .await
        .unwrap();
    assert!(again.photo_rows().await.unwrap().is_empty());
}
