//! What is being typed and has not been saved: it outlives a killed browser.
//!
//! A database of its own beside the account's: a key press never queues behind a large sync, and a
//! draft is neither an edit nor part of what the outbox knows. It goes when its field is saved.

use super::StoreError;
use super::cipher::Cipher;
use super::parked::Parking;
use super::rows::Rows;
use crate::platform;
use gloo::timers::callback::Timeout;
use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Of the second the rows are sealed.
const SCHEMA: u8 = 2;
const DRAFT: &str = "draft";
/// A pause in typing after which what stands there is kept.
const IDLE_MS: u32 = 400;
/// Longest text that is kept; the fields' own limits are far below.
const MAX_BYTES: usize = 16_000;

/// Text that stands in a field and has not been saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// As typed: neither cleaned nor checked.
    pub text: String,
    /// When it was typed, in milliseconds since 1970.
    pub at: u64,
    /// What the field is called.
    pub what: String,
    /// The address of the screen it was typed on.
    pub place: String,
}

/// The drafts of one account. Cheap to clone.
#[derive(Clone)]
pub struct Drafts(Rc<Inner>);

struct Inner {
    parking: Parking,
    cipher: Cipher,
    database: Option<Database>,
    kept: RwSignal<BTreeMap<String, Draft>>,
    /// Typed a moment ago; written when the person pauses or the page is left.
    pending: RefCell<BTreeMap<String, (Timeout, Draft)>>,
    /// Whether the last attempt to keep one went wrong.
    failed: RwSignal<bool>,
}

impl Drafts {
    /// Opens the drafts of an account. Without a database the app still works, and says at the field
    /// that what is typed is not kept.
    pub async fn open(account: &str, cipher: Cipher) -> Self {
        let opened = open(account, &cipher).await;
        let failed = opened.is_err();
        let (database, kept) = match opened {
            Ok((database, kept)) => (Some(database), kept),
            Err(_) => (None, BTreeMap::new()),
        };
        let drafts = Self(Rc::new(Inner {
            parking: Parking::new(account, cipher.clone()),
            cipher,
            database,
            kept: RwSignal::new(kept),
            pending: RefCell::default(),
            failed: RwSignal::new(failed),
        }));
        drafts.take_over_parked();
        let window = platform::window();
        let leaving = drafts.clone();
        platform::on(window.as_ref(), "pagehide", move || leaving.flush());
        if let Some(document) = window.document() {
            let hiding = drafts.clone();
            let seen = document.clone();
            platform::on(document.as_ref(), "visibilitychange", move || {
                if seen.hidden() {
                    hiding.flush();
                }
            });
        }
        drafts
    }

    /// All drafts by key. Reading them in a view subscribes to them.
    pub fn kept(&self) -> RwSignal<BTreeMap<String, Draft>> {
        self.0.kept
    }

    /// Whether what is typed could not be kept the last time.
    pub fn failed(&self) -> RwSignal<bool> {
        self.0.failed
    }

    /// The draft of one field, typed a moment ago or long since.
    pub fn get(&self, key: &str) -> Option<Draft> {
        let pending = self.0.pending.borrow();
        pending
            .get(key)
            .map(|(_, draft)| draft.clone())
            .or_else(|| self.0.kept.with_untracked(|kept| kept.get(key).cloned()))
    }

    /// Takes note of what stands in a field; it is kept once the person pauses.
    pub fn typed(&self, key: String, draft: Draft) {
        let drafts = self.clone();
        let due = key.clone();
        let timer = Timeout::new(IDLE_MS, move || drafts.keep_pending(&due));
        self.0.pending.borrow_mut().insert(key, (timer, draft));
    }

    /// Forgets drafts whose text has been saved: those typed on meanwhile stay.
    pub fn settle(&self, saved: Vec<(String, Draft)>) {
        for (key, draft) in saved {
            if self.get(&key).is_some_and(|now| now.text == draft.text) {
                self.forget(&key);
            }
        }
    }

    /// Forgets a draft.
    pub fn forget(&self, key: &str) {
        self.0.pending.borrow_mut().remove(key);
        self.0.parking.unpark(key);
        if !self.0.kept.with_untracked(|kept| kept.contains_key(key)) {
            return;
        }
        self.0.kept.update(|kept| {
            kept.remove(key);
        });
        self.write(key.to_owned(), None);
    }

    /// Forgets every draft whose key begins so.
    pub fn forget_all(&self, prefix: &str) {
        let kept = self.0.kept.with_untracked(|kept| keys_from(kept, prefix));
        let pending = keys_from(&self.0.pending.borrow(), prefix);
        for key in kept.into_iter().chain(pending) {
            self.forget(&key);
        }
    }

    /// Keeps at once what was typed a moment ago: the page may not come back, and a transaction that
    /// is not through when it goes is undone.
    fn flush(&self) {
        let pending = std::mem::take(&mut *self.0.pending.borrow_mut());
        let typed = pending.into_iter().map(|(key, (_, draft))| (key, draft));
        let typed: BTreeMap<_, _> = typed.filter(|(_, draft)| fits(draft)).collect();
        self.0.parking.park(&typed);
        for (key, draft) in typed {
            self.keep(key, draft);
        }
    }

    /// What was parked when a page was left, unless something newer was kept.
    fn take_over_parked(&self) {
        for (key, draft) in self.0.parking.parked() {
            let newer = self.0.kept.with_untracked(|kept| {
                let known = kept.get(&key);
                known.is_none_or(|known| known.at < draft.at)
            });
            if newer {
                self.keep(key, draft);
            } else {
                self.0.parking.unpark(&key);
            }
        }
    }

    fn keep_pending(&self, key: &str) {
        let pending = self.0.pending.borrow_mut().remove(key);
        if let Some((_, draft)) = pending.filter(|(_, draft)| fits(draft)) {
            self.keep(key.to_owned(), draft);
        }
    }

    fn keep(&self, key: String, draft: Draft) {
        self.0.kept.update(|kept| {
            kept.insert(key.clone(), draft.clone());
        });
        self.write(key, Some(draft));
    }

    /// Writes or deletes a row. Transactions are begun in the order they are asked for here, and
    /// IndexedDB runs those of one store in the order they were begun.
    fn write(&self, key: String, draft: Option<Draft>) {
        let drafts = self.clone();
        spawn_local(async move {
            let written = match &drafts.0.database {
                Some(database) => write(database, &drafts.0.cipher, &key, draft).await,
                None => Err(StoreError::Unavailable("drafts".to_owned())),
            };
            let failed = written.is_err();
            if !failed {
                drafts.0.parking.unpark(&key);
            }
            if drafts.0.failed.get_untracked() != failed {
                drafts.0.failed.set(failed);
            }
        });
    }
}

fn fits(draft: &Draft) -> bool {
    draft.text.len() <= MAX_BYTES
}

fn keys_from<T>(map: &BTreeMap<String, T>, prefix: &str) -> Vec<String> {
    map.range(prefix.to_owned()..)
        .map(|(key, _)| key)
        .take_while(|key| key.starts_with(prefix))
        .cloned()
        .collect()
}

async fn open(
    account: &str,
    cipher: &Cipher,
) -> Result<(Database, BTreeMap<String, Draft>), StoreError> {
    let database = Database::open(format!("so-thi-dua.{account}.drafts"))
        .with_version(SCHEMA)
        .with_on_upgrade_needed(|event, database| {
            if event.old_version() < 1.0 {
                database.create_object_store(DRAFT).build()?;
            }
            Ok(())
        })
        .await?;
    seal_what_is_not(&database, cipher).await?;
    let tx = database.transaction([DRAFT]).build()?;
    let kept = Rows::of(&tx, DRAFT, cipher)?.all().await?;
    drop(tx);
    Ok((database, kept.into_iter().collect()))
}

/// Seals what a program before the second schema left open.
async fn seal_what_is_not(database: &Database, cipher: &Cipher) -> Result<(), StoreError> {
    let tx = writing(database)?;
    Rows::of(&tx, DRAFT, cipher)?.seal_what_is_not().await?;
    Ok(tx.commit().await?)
}

async fn write(
    database: &Database,
    cipher: &Cipher,
    key: &str,
    draft: Option<Draft>,
) -> Result<(), StoreError> {
    let tx = writing(database)?;
    let rows = Rows::of(&tx, DRAFT, cipher)?;
    match draft {
        Some(draft) => rows.put(key, &draft).await?,
        None => rows.store.delete(key).primitive()?.await?,
    }
    Ok(tx.commit().await?)
}

fn writing(database: &Database) -> Result<Transaction<'_>, StoreError> {
    let strict = TransactionOptions::new().with_durability(TransactionDurability::Strict);
    Ok(database
        .transaction([DRAFT])
        .with_mode(TransactionMode::Readwrite)
        .with_options(strict)
        .build()?)
}
