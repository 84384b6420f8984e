//! The key of an account's register, wrapped, and what unwraps it: this browser alone, a PIN, or the key that
//! the server releases for the password. What each of them is good for, docs/security.md says.
//!
//! Every wrapping is sealed once more with a key that only this browser can use, so that nothing that is
//! copied out of the page's reach as text opens anything.

use super::StoreError;
use super::cipher::Cipher;
use super::spare::Spare;
use crate::platform::crypto::{CryptoError, WrappingKey};
use base64ct::{Base64, Encoding as _};
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{Error as IdbError, OpenDbError};
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use thidua_domain::vault::{Attempts, ROUNDS, VaultKey};
use thiserror::Error;
use wasm_bindgen::JsValue;

const SCHEMA: u8 = 1;
const VAULT: &str = "vault";
/// What wraps the key, as JSON.
const HEADER: &str = "header";
/// The key that this browser keeps.
const DEVICE: &str = "device";

/// Why a vault could not be read or changed.
#[derive(Debug, Error)]
pub enum VaultError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The browser's cryptography.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
    /// What is stored is none, or of a newer program.
    #[error("the vault cannot be read")]
    Unreadable,
}

impl From<IdbError> for VaultError {
    fn from(error: IdbError) -> Self {
        Self::Store(error.into())
    }
}

impl From<OpenDbError> for VaultError {
    fn from(error: OpenDbError) -> Self {
        Self::Store(error.into())
    }
}

/// What came of a PIN.
pub enum Unlock {
    /// It was the right one.
    Open(Cipher),
    /// It was not.
    Wrong,
    /// Too many were wrong: it was not tried. So many milliseconds to wait.
    Wait(u64),
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    /// The key, for this browser without a person's doing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    open: Option<String>,
    /// The key, for who knows the PIN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pin: Option<PinSlot>,
    /// The key, for who has the server's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    server: Option<String>,
    #[serde(default)]
    attempts: Attempts,
}

impl Header {
    /// The same wrappings, taken out of one seal and put under another.
    async fn resealed(
        &self,
        from: Option<&WrappingKey>,
        to: Option<&WrappingKey>,
    ) -> Result<Self, VaultError> {
        let mut header = self.clone();
        let pin = header.pin.as_mut().map(|slot| &mut slot.key);
        let slots = [header.open.as_mut(), pin, header.server.as_mut()];
        for slot in slots.into_iter().flatten() {
            let mut bytes = Base64::decode_vec(slot).map_err(|_| VaultError::Unreadable)?;
            if let Some(seal) = from {
                bytes = seal.open(&bytes).await?.ok_or(VaultError::Unreadable)?;
            }
            if let Some(seal) = to {
                bytes = seal.seal(&bytes).await?;
            }
            *slot = Base64::encode_string(&bytes);
        }
        Ok(header)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct PinSlot {
    salt: String,
    rounds: u32,
    /// Whether it is of digits only, for the keys that the screen offers.
    digits: bool,
    key: String,
}

/// The vault of one account on this tablet. Cheap to clone.
#[derive(Clone)]
pub struct Vault(Rc<Inner>);

struct Inner {
    database: Database,
    device: WrappingKey,
    spare: Spare,
}

impl Vault {
    /// Opens the account's vault. A new one opens for this browser until a PIN is set.
    pub async fn open(account: &str) -> Result<Self, VaultError> {
        let database = Database::open(format!("so-thi-dua.{account}.vault"))
            .with_version(SCHEMA)
            .with_on_upgrade_needed(|event, database| {
                if event.old_version() < 1.0 {
                    database.create_object_store(VAULT).build()?;
                }
                Ok(())
            })
            .await?;
        let spare = Spare::open(account).await;
        let device = match stored_device(&database).await? {
            Some(device) => device,
            None => create(&database, &spare).await?,
        };
        let vault = Self(Rc::new(Inner {
            database,
            device,
            spare,
        }));
        if vault.0.spare.key().await.is_none() {
            vault.keep_spare(&vault.header().await?).await?;
        }
        Ok(vault)
    }

    /// Keeps the wrappings a second time, without this browser's seal, which would be lost with the database.
    async fn keep_spare(&self, header: &Header) -> Result<(), VaultError> {
        let header = header.resealed(Some(&self.0.device), None).await?;
        let json = serde_json::to_string(&header).map_err(StoreError::from)?;
        // Without a second copy the vault works all the same.
        let _ = self.0.spare.keep_key(&json).await;
        Ok(())
    }

    /// The register's key, if it opens without a PIN.
    pub async fn open_freely(&self) -> Result<Option<Cipher>, VaultError> {
        match self.header().await?.open {
            Some(sealed) => self.unwrap(&sealed, None).await,
            None => Ok(None),
        }
    }

    /// The register's key, by what the server released.
    pub async fn open_by_server(&self, key: &VaultKey) -> Result<Option<Cipher>, VaultError> {
        let Some(sealed) = self.header().await?.server else {
            return Ok(None);
        };
        let key = WrappingKey::from_bytes(&key.0).await?;
        let opened = self.unwrap(&sealed, Some(&key)).await?;
        if opened.is_some() {
            self.change(|header| header.attempts = Attempts::default())
                .await?;
        }
        Ok(opened)
    }

    /// Tries a PIN, which counts as wrong until it was right.
    pub async fn open_by_pin(&self, pin: &str, now_ms: u64) -> Result<Unlock, VaultError> {
        let mut wait = 0;
        let header = self
            .change(|header| {
                wait = header.attempts.wait_ms(now_ms);
                if wait == 0 {
                    header.attempts = header.attempts.tried(now_ms);
                }
            })
            .await?;
        if wait > 0 {
            return Ok(Unlock::Wait(wait));
        }
        let slot = header.pin.ok_or(VaultError::Unreadable)?;
        let salt = Base64::decode_vec(&slot.salt).map_err(|_| VaultError::Unreadable)?;
        let key = WrappingKey::from_pin(pin, &salt, slot.rounds).await?;
        match self.unwrap(&slot.key, Some(&key)).await? {
            Some(cipher) => {
                self.change(|header| header.attempts = Attempts::default())
                    .await?;
                Ok(Unlock::Open(cipher))
            }
            None => Ok(Unlock::Wrong),
        }
    }

    /// How long to wait from `now_ms` before another PIN is tried, in milliseconds.
    pub async fn wait_ms(&self, now_ms: u64) -> Result<u64, VaultError> {
        Ok(self.header().await?.attempts.wait_ms(now_ms))
    }

    /// Whether a PIN locks it, and whether that is of digits only.
    pub async fn pin(&self) -> Result<Option<bool>, VaultError> {
        Ok(self.header().await?.pin.map(|slot| slot.digits))
    }

    /// Whether the password opens it, by the server.
    pub async fn opens_by_server(&self) -> Result<bool, VaultError> {
        Ok(self.header().await?.server.is_some())
    }

    /// Lets what the server releases open it from now on.
    pub async fn let_server_open(&self, cipher: &Cipher, key: &VaultKey) -> Result<(), VaultError> {
        let key = WrappingKey::from_bytes(&key.0).await?;
        let sealed = self.wrap(cipher, Some(&key)).await?;
        self.change(|header| header.server = Some(sealed)).await?;
        Ok(())
    }

    /// Locks it by a PIN: from now on it does not open by itself.
    pub async fn set_pin(&self, cipher: &Cipher, pin: &str) -> Result<(), VaultError> {
        let salt = crate::platform::random_u128().to_be_bytes();
        let key = WrappingKey::from_pin(pin, &salt, ROUNDS).await?;
        let slot = PinSlot {
            salt: Base64::encode_string(&salt),
            rounds: ROUNDS,
            digits: pin.chars().all(|char| char.is_ascii_digit()),
            key: self.wrap(cipher, Some(&key)).await?,
        };
        self.change(|header| {
            header.pin = Some(slot);
            header.open = None;
            header.attempts = Attempts::default();
        })
        .await?;
        Ok(())
    }

    /// Lets it open by itself again.
    pub async fn remove_pin(&self, cipher: &Cipher) -> Result<(), VaultError> {
        let sealed = self.wrap(cipher, None).await?;
        self.change(|header| {
            header.open = Some(sealed);
            header.pin = None;
        })
        .await?;
        Ok(())
    }

    /// Lets it open by itself, unless a PIN locks it.
    pub async fn let_open_freely(&self, cipher: &Cipher) -> Result<(), VaultError> {
        let sealed = self.wrap(cipher, None).await?;
        self.change(|header| {
            if header.pin.is_none() {
                header.open = Some(sealed);
            }
        })
        .await?;
        Ok(())
    }

    /// Somebody signs out: without a PIN only the password opens it again, if the server can open it.
    pub async fn close_freely(&self) -> Result<(), VaultError> {
        self.change(|header| {
            if header.server.is_some() {
                header.open = None;
            }
        })
        .await?;
        Ok(())
    }

    async fn wrap(&self, cipher: &Cipher, key: Option<&WrappingKey>) -> Result<String, VaultError> {
        let mut bytes = cipher.key().to_vec();
        if let Some(key) = key {
            bytes = key.seal(&bytes).await?;
        }
        Ok(Base64::encode_string(&self.0.device.seal(&bytes).await?))
    }

    async fn unwrap(
        &self,
        sealed: &str,
        key: Option<&WrappingKey>,
    ) -> Result<Option<Cipher>, VaultError> {
        let sealed = Base64::decode_vec(sealed).map_err(|_| VaultError::Unreadable)?;
        // Sealed by this browser: if that does not open, it is damaged, and not a wrong PIN.
        let opened = self.0.device.open(&sealed).await?;
        let mut bytes = opened.ok_or(VaultError::Unreadable)?;
        if let Some(key) = key {
            match key.open(&bytes).await? {
                Some(opened) => bytes = opened,
                None => return Ok(None),
            }
        }
        let key = bytes.try_into().map_err(|_| VaultError::Unreadable)?;
        Ok(Some(Cipher::new(key)))
    }

    async fn header(&self) -> Result<Header, VaultError> {
        let tx = self.0.database.transaction([VAULT]).build()?;
        let header = stored_header(&tx.object_store(VAULT)?).await?;
        header.ok_or(VaultError::Unreadable)
    }

    /// Changes the header in one transaction; returns it as it is then.
    async fn change(&self, change: impl FnOnce(&mut Header)) -> Result<Header, VaultError> {
        let tx = writing(&self.0.database)?;
        let store = tx.object_store(VAULT)?;
        let mut header = stored_header(&store).await?.ok_or(VaultError::Unreadable)?;
        change(&mut header);
        put_header(&store, &header).await?;
        tx.commit().await?;
        self.keep_spare(&header).await?;
        Ok(header)
    }
}

/// Makes a vault: the one that the browser lost, where its wrappings were kept elsewhere, or a new one whose
/// key opens for this browser. If another tab was first, that one's stays.
async fn create(database: &Database, spare: &Spare) -> Result<WrappingKey, VaultError> {
    let device = WrappingKey::generate().await?;
    let kept = spare.key().await;
    let kept: Option<Header> = kept.and_then(|json| serde_json::from_str(&json).ok());
    let bare = kept.unwrap_or_else(|| {
        let mut key = [0; 32];
        getrandom::fill(&mut key).expect("every browser that runs wasm has random bytes");
        Header {
            open: Some(Base64::encode_string(&key)),
            ..Header::default()
        }
    });
    let header = bare.resealed(None, Some(&device)).await?;
    let tx = writing(database)?;
    let store = tx.object_store(VAULT)?;
    if stored_header(&store).await?.is_none() {
        let row = device.to_store();
        store
            .put(row)
            .with_key(DEVICE.to_owned())
            .primitive()?
            .await?;
        put_header(&store, &header).await?;
    }
    tx.commit().await?;
    stored_device(database).await?.ok_or(VaultError::Unreadable)
}

async fn stored_device(database: &Database) -> Result<Option<WrappingKey>, VaultError> {
    let tx = database.transaction([VAULT]).build()?;
    let store = tx.object_store(VAULT)?;
    let row: Option<JsValue> = store.get(DEVICE.to_owned()).primitive()?.await?;
    match row {
        Some(row) => WrappingKey::stored(row)
            .map(Some)
            .ok_or(VaultError::Unreadable),
        None => Ok(None),
    }
}

fn writing(database: &Database) -> Result<Transaction<'_>, VaultError> {
    let strict = TransactionOptions::new().with_durability(TransactionDurability::Strict);
    Ok(database
        .transaction([VAULT])
        .with_mode(TransactionMode::Readwrite)
        .with_options(strict)
        .build()?)
}

async fn stored_header(store: &ObjectStore<'_>) -> Result<Option<Header>, VaultError> {
    let row: Option<String> = store.get(HEADER.to_owned()).primitive()?.await?;
    row.map(|row| serde_json::from_str(&row).map_err(|_| VaultError::Unreadable))
        .transpose()
}

async fn put_header(store: &ObjectStore<'_>, header: &Header) -> Result<(), VaultError> {
    let row = serde_json::to_string(header).map_err(StoreError::from)?;
    store
        .put(row)
        .with_key(HEADER.to_owned())
        .primitive()?
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    const PIN: &str = "582031";

    async fn key_of(vault: &Vault) -> Option<[u8; 32]> {
        let cipher = vault.open_freely().await.unwrap();
        cipher.map(|cipher| *cipher.key())
    }

    #[wasm_bindgen_test]
    async fn a_new_vault_opens_for_its_browser_and_stays_the_same() {
        let (one, two) = (
            Vault::open("vault-new").await.unwrap(),
            Vault::open("vault-new").await.unwrap(),
        );
        let key = key_of(&one).await;
        assert!(key.is_some());
        assert_eq!(key, key_of(&two).await);
        let other = Vault::open("vault-other").await.unwrap();
        assert_ne!(key, key_of(&other).await);
        assert_eq!(one.pin().await.unwrap(), None);
    }

    #[wasm_bindgen_test]
    async fn a_pin_locks_and_opens() {
        let vault = Vault::open("vault-pin").await.unwrap();
        let cipher = vault.open_freely().await.unwrap().unwrap();
        vault.set_pin(&cipher, PIN).await.unwrap();

        let again = Vault::open("vault-pin").await.unwrap();
        assert_eq!(key_of(&again).await, None);
        assert_eq!(again.pin().await.unwrap(), Some(true));
        let wrong = again.open_by_pin("582032", 1).await.unwrap();
        assert!(matches!(wrong, Unlock::Wrong));
        let Unlock::Open(opened) = again.open_by_pin(PIN, 2).await.unwrap() else {
            panic!("the right PIN opens");
        };
        assert_eq!(opened.key(), cipher.key());

        again.remove_pin(&opened).await.unwrap();
        assert_eq!(key_of(&vault).await.as_ref(), Some(cipher.key()));
    }

    #[wasm_bindgen_test]
    async fn wrong_pins_cost_more_and_more_and_the_right_one_ends_that() {
        let vault = Vault::open("vault-wrong").await.unwrap();
        let cipher = vault.open_freely().await.unwrap().unwrap();
        vault.set_pin(&cipher, PIN).await.unwrap();
        for _ in 0..5 {
            let wrong = vault.open_by_pin("111113", 1_000).await.unwrap();
            assert!(matches!(wrong, Unlock::Wrong));
        }
        // Also for a page that is opened anew, and for the right PIN.
        let again = Vault::open("vault-wrong").await.unwrap();
        let wait = again.open_by_pin(PIN, 2_000).await.unwrap();
        assert!(matches!(wait, Unlock::Wait(14_000)));
        assert_eq!(again.wait_ms(2_000).await.unwrap(), 14_000);
        let right = again.open_by_pin(PIN, 16_000).await.unwrap();
        assert!(matches!(right, Unlock::Open(_)));
        assert_eq!(again.wait_ms(16_000).await.unwrap(), 0);
    }

    #[wasm_bindgen_test]
    async fn who_signs_out_without_a_pin_comes_back_with_the_password() {
        let vault = Vault::open("vault-left").await.unwrap();
        let cipher = vault.open_freely().await.unwrap().unwrap();
        // Nothing else would open it.
        vault.close_freely().await.unwrap();
        assert!(key_of(&vault).await.is_some());
        let key = VaultKey([1; 32]);
        vault.let_server_open(&cipher, &key).await.unwrap();
        vault.close_freely().await.unwrap();
        assert_eq!(key_of(&vault).await, None);
        let opened = vault.open_by_server(&key).await.unwrap().unwrap();
        vault.let_open_freely(&opened).await.unwrap();
        assert_eq!(key_of(&vault).await.as_ref(), Some(cipher.key()));
    }

    #[wasm_bindgen_test]
    async fn what_the_server_releases_opens_after_a_forgotten_pin() {
        let vault = Vault::open("vault-server").await.unwrap();
        let cipher = vault.open_freely().await.unwrap().unwrap();
        let (key, other) = (VaultKey([1; 32]), VaultKey([2; 32]));
        assert!(vault.open_by_server(&key).await.unwrap().is_none());
        vault.let_server_open(&cipher, &key).await.unwrap();
        vault.set_pin(&cipher, PIN).await.unwrap();
        for _ in 0..9 {
            vault.open_by_pin("111113", 1_000).await.unwrap();
        }
        assert!(vault.open_by_server(&other).await.unwrap().is_none());
        let opened = vault.open_by_server(&key).await.unwrap().unwrap();
        assert_eq!(opened.key(), cipher.key());
        assert_eq!(vault.wait_ms(1_001).await.unwrap(), 0);
    }
}
