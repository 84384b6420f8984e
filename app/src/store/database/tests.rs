//! The contract of a replica's shell on IndexedDB, in the browser that runs these tests, and what only
//! IndexedDB can get wrong.

use super::*;
use thidua_domain::sync::edit::EditId;
use thidua_domain::sync::memory::MemoryReplica;
use thidua_domain::sync::shell::{self, Shell};
use thidua_domain::sync::wire::MAX_EDITS_UP;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// An account's database, as a tab has it open.
struct Tab {
    account: String,
    database: LocalDatabase,
}

impl Tab {
    async fn open(account: &str) -> Self {
        let database = LocalDatabase::open(account).await.unwrap();
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
    async fn plant(&self, store: &str, key: &str, row: &str) {
        let tx = self.database.write().unwrap();
        let rows = tx.object_store(store).unwrap();
        let put = request_put(&rows, key.to_owned(), row.to_owned()).unwrap();
        put.await.unwrap();
        tx.commit().await.unwrap();
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
        let written = self.database.write_edits(commune, planned, now_ms);
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
        let edits = self.database.edits(replica.to_send(MAX_EDITS_UP)).await?;
        Ok((replica, edits))
    }

    async fn stored(&self) -> MemoryReplica {
        let tx = self.database.read().unwrap();
        let meta = tx.object_store(META).unwrap();
        let replica = stored_replica(&meta).await.unwrap();
        let records = tx.object_store(RECORD).unwrap();
        let records = all_records(&records).await.unwrap();
        let edits = tx.object_store(EDIT).unwrap();
        let edits = edits.get_all::<String>().primitive().unwrap();
        let log = edits
            .await
            .unwrap()
            .map(|row| serde_json::from_str::<Edit>(&row.unwrap()).unwrap())
            .map(|edit| (edit.id, edit))
            .collect();
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
    let refused = LocalDatabase::open(account).await;
    assert!(matches!(refused, Err(StoreError::Newer)));
    // Nothing was touched: the newer program reads what was there.
    let kept = Tab {
        account: account.to_owned(),
        database: LocalDatabase(newer),
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
    let saved = tab.database.write_edits(&home, both, 2).await;
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
