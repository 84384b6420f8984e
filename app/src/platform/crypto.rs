//! The browser's own cryptography, for keys that it makes, keeps or derives, and that wrap other keys.

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use thiserror::Error;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

const NONCE_BYTES: usize = 12;

/// The browser has no cryptography here, or refuses.
#[derive(Debug, Error)]
#[error("the browser's cryptography: {0}")]
pub struct CryptoError(String);

impl From<JsValue> for CryptoError {
    fn from(error: JsValue) -> Self {
        Self(format!("{error:?}"))
    }
}

/// A key of AES-256-GCM in the browser's keeping. Its bytes cannot be read by any script.
#[derive(Clone)]
pub struct WrappingKey(CryptoKey);

impl WrappingKey {
    /// A new one of random bits.
    pub async fn generate() -> Result<Self, CryptoError> {
        let algorithm = object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
        Self::made(subtle()?.generate_key_with_object(&algorithm, false, &usages())?).await
    }

    /// The one that follows from what a person types, by PBKDF2 with HMAC-SHA-256.
    pub async fn from_pin(pin: &str, salt: &[u8], rounds: u32) -> Result<Self, CryptoError> {
        let subtle = subtle()?;
        let typed = Uint8Array::from(thidua_domain::text::nfc(pin).as_bytes());
        let base = subtle.import_key_with_str(
            "raw",
            &typed,
            "PBKDF2",
            false,
            &Array::of1(&"deriveKey".into()),
        )?;
        let base: CryptoKey = JsFuture::from(base).await?.unchecked_into();
        let how = object(&[
            ("name", "PBKDF2".into()),
            ("hash", "SHA-256".into()),
            ("salt", Uint8Array::from(salt).into()),
            ("iterations", rounds.into()),
        ]);
        let what = object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
        Self::made(subtle.derive_key_with_object_and_object(
            &how,
            &base,
            &what,
            false,
            &usages(),
        )?)
        .await
    }

    /// The one of these bytes.
    pub async fn from_bytes(bytes: &[u8; 32]) -> Result<Self, CryptoError> {
        let bytes = Uint8Array::from(&bytes[..]);
        Self::made(subtle()?.import_key_with_str("raw", &bytes, "AES-GCM", false, &usages())?).await
    }

    /// As a database gave it back.
    pub fn stored(value: JsValue) -> Option<Self> {
        value.dyn_into().ok().map(Self)
    }

    /// To be put into a database, which keeps it unreadable.
    pub fn to_store(&self) -> JsValue {
        self.0.clone().into()
    }

    /// Seals `plain`.
    pub async fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).expect("every browser that runs wasm has random bytes");
        let plain = Uint8Array::from(plain);
        let sealed = subtle()?.encrypt_with_object_and_buffer_source(
            &with_nonce(&nonce),
            &self.0,
            &plain,
        )?;
        let sealed = Uint8Array::new(&JsFuture::from(sealed).await?).to_vec();
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what [`Self::seal`] sealed; `None` if that was another key or it has changed.
    pub async fn open(&self, sealed: &[u8]) -> Result<Option<Vec<u8>>, CryptoError> {
        let Some((nonce, sealed)) = sealed.split_first_chunk::<NONCE_BYTES>() else {
            return Ok(None);
        };
        let sealed = Uint8Array::from(sealed);
        let opening = subtle()?.decrypt_with_object_and_buffer_source(
            &with_nonce(nonce),
            &self.0,
            &sealed,
        )?;
        // The browser says of a wrong key only that the operation failed.
        let opened = JsFuture::from(opening).await.ok();
        Ok(opened.map(|plain| Uint8Array::new(&plain).to_vec()))
    }

    async fn made(promise: Promise) -> Result<Self, CryptoError> {
        Ok(Self(JsFuture::from(promise).await?.unchecked_into()))
    }
}

fn subtle() -> Result<SubtleCrypto, CryptoError> {
    let crypto = super::window().crypto()?;
    // Undefined where the address is neither HTTPS nor this machine's own.
    let subtle = Reflect::get(&crypto, &"subtle".into())?;
    subtle
        .dyn_into()
        .map_err(|_| CryptoError("there is none at this address".to_owned()))
}

fn usages() -> Array {
    Array::of2(&"encrypt".into(), &"decrypt".into())
}

fn with_nonce(nonce: &[u8; NONCE_BYTES]) -> Object {
    object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(&nonce[..]).into()),
    ])
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value).expect("a plain object takes any field");
    }
    object
}
