//! Accounts and sessions: names, passwords, tokens.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use hmac::{Hmac, KeyInit, Mac as _};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use thidua_domain::hex::Hex;
use thidua_domain::text;
use thidua_domain::trust::CourierKey;
use thidua_domain::vault::VaultKey;
use thiserror::Error;
use tokio::sync::Semaphore;

use crate::store::{Account, Database, StoreError, StoredAccount, TokenHash};

/// How long a session lasts after it was last used: tablets are without a network for weeks.
pub const SESSION_MS: u64 = 90 * 24 * 60 * 60 * 1000;
/// A session in use is extended once a day at most: most requests write nothing.
pub const EXTEND_AFTER_MS: u64 = 24 * 60 * 60 * 1000;

/// Shortest password, in characters.
pub const MIN_PASSWORD_CHARS: usize = 10;
/// Longest password, in bytes: hashing is not to be fed without a limit.
pub const MAX_PASSWORD_BYTES: usize = 256;

/// Hashing takes 19 MiB and a good part of a second of a core: this many at the same time.
const HASHES_AT_ONCE: usize = 2;

/// Why an account could not be made or changed.
#[derive(Debug, Error)]
pub enum AccountError {
    /// The name is not of the form that names have.
    #[error(
        "Tên tài khoản chỉ gồm chữ thường không dấu, chữ số, dấu chấm và gạch nối, dài từ 3 đến 32 ký tự."
    )]
    Name,
    /// The password is too short.
    #[error("Mật khẩu phải có ít nhất {MIN_PASSWORD_CHARS} ký tự.")]
    ShortPassword,
    /// The password is too long.
    #[error("Mật khẩu dài quá {MAX_PASSWORD_BYTES} byte.")]
    LongPassword,
    /// An account has to be responsible for something.
    #[error("Tài khoản phải phụ trách ít nhất một địa bàn.")]
    NoArea,
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Hashing failed.
    #[error("password hashing failed")]
    Hashing,
}

/// Whether `name` can be the name of an account: `[a-z0-9.-]{3,32}`.
pub fn is_account_name(name: &str) -> bool {
    (3..=32).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'))
}

/// Makes and checks hashes of passwords (argon2id), off the threads that serve requests and only so
/// many at a time.
#[derive(Clone)]
pub struct Passwords {
    at_once: Arc<Semaphore>,
    /// Checked where there is no account, so that the answer takes as long as where there is one.
    nobody: Arc<str>,
}

impl Passwords {
    /// Prepares hashing.
    pub fn new() -> Result<Self, AccountError> {
        let nobody = hash_now(&random_text(24))?;
        Ok(Self {
            at_once: Arc::new(Semaphore::new(HASHES_AT_ONCE)),
            nobody: nobody.into(),
        })
    }

    /// Hashes a password that a person is to use from now on.
    pub async fn hash(&self, password: &str) -> Result<String, AccountError> {
        let password = normal(password);
        if password.chars().count() < MIN_PASSWORD_CHARS {
            return Err(AccountError::ShortPassword);
        }
        if password.len() > MAX_PASSWORD_BYTES {
            return Err(AccountError::LongPassword);
        }
        self.off_thread(move || hash_now(&password)).await?
    }

    /// Whether `password` is the one of `hash`; takes as long where there is no hash.
    pub async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool, AccountError> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.to_string());
        let mut password = normal(password);
        if password.len() > MAX_PASSWORD_BYTES {
            // No account has such a password; the work is done all the same.
            password.clear();
        }
        let matches = self
            .off_thread(move || {
                let hash = PasswordHash::new(&hash).map_err(|_| AccountError::Hashing)?;
                Ok::<_, AccountError>(
                    Argon2::default()
                        .verify_password(password.as_bytes(), &hash)
                        .is_ok(),
                )
            })
            .await??;
        Ok(known && matches)
    }

    async fn off_thread<R: Send + 'static>(
        &self,
        work: impl FnOnce() -> R + Send + 'static,
    ) -> Result<R, AccountError> {
        let permit = Arc::clone(&self.at_once)
            .acquire_owned()
            .await
            .map_err(|_| AccountError::Hashing)?;
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        })
        .await
        .map_err(|_| AccountError::Hashing)
    }
}

/// Adds an account with this password.
pub async fn add<D: Database>(
    database: &D,
    passwords: &Passwords,
    account: Account,
    password: &str,
    now_ms: u64,
) -> Result<(), AccountError> {
    if !is_account_name(&account.name) {
        return Err(AccountError::Name);
    }
    if account.areas.is_empty() {
        return Err(AccountError::NoArea);
    }
    let hash = passwords.hash(password).await?;
    Ok(database.add_account(account, hash, now_ms).await?)
}

/// Gives an account another password; its sessions end.
pub async fn set_password<D: Database>(
    database: &D,
    passwords: &Passwords,
    name: &str,
    password: &str,
) -> Result<(), AccountError> {
    let hash = passwords.hash(password).await?;
    Ok(database.set_password(name.to_owned(), hash).await?)
}

/// A password that can be read out on the telephone: three groups of four, without letters that look
/// alike; 59 bits.
pub fn generate_password() -> String {
    let text = random_text(12);
    format!("{}-{}-{}", &text[..4], &text[4..8], &text[8..])
}

/// The key with which an account's register opens on a tablet. Made from one secret of the server, so that
/// a backup of any day since the first start brings back the keys of all accounts.
pub async fn vault_key<D: Database>(database: &D, account: &str) -> Result<VaultKey, StoreError> {
    let fresh = hex(&random::<32>());
    let secret = database.secret("vault".to_owned(), fresh).await?;
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes())
        .expect("HMAC takes keys of any length");
    mac.update(account.as_bytes());
    Ok(VaultKey(mac.finalize().into_bytes().into()))
}

/// What an account shares with the server for bundles that somebody else carries. It follows from a secret
/// of the server, the account and what is kept of its password, so that nothing has to be stored for it, and
/// that another password ends what a lost tablet could still send.
pub fn courier_key(secret: &[u8; 32], account: &StoredAccount) -> CourierKey {
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(account.account.name.as_bytes());
    // No name has such a byte.
    mac.update(&[0]);
    mac.update(account.password_hash.as_bytes());
    CourierKey(Hex(mac.finalize().into_bytes().into()))
}

/// Random bytes of a token: 160 bits, far beyond guessing. It goes with every request of a tablet, so that
/// more of them would be paid for over and over on a slow link.
const TOKEN_BYTES: usize = 20;
/// Characters of a token.
pub const TOKEN_CHARS: usize = 2 * TOKEN_BYTES;

/// A new session's token.
pub fn new_token() -> String {
    hex(&random::<TOKEN_BYTES>())
}

/// What is stored of a token.
pub fn token_hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}

/// 64 random bits, for identities of devices.
pub fn random_u64() -> u64 {
    u64::from_be_bytes(random())
}

/// 128 random bits, the start of a series of identities.
pub fn random_u128() -> u128 {
    u128::from_be_bytes(random())
}

/// The operating system's random bytes. Without them no secret can be made: the process ends.
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system has random bytes");
    bytes
}

fn random_text(length: usize) -> String {
    const ALPHABET: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let [byte] = random::<1>();
        // 248 is the largest multiple of 31 in a byte; what is above would favour some letters.
        if byte < 248 {
            text.push(char::from(ALPHABET[usize::from(byte) % ALPHABET.len()]));
        }
    }
    text
}

fn hash_now(password: &str) -> Result<String, AccountError> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|_| AccountError::Hashing)
}

/// Keyboards differ in how they compose Vietnamese letters.
fn normal(password: &str) -> String {
    text::nfc(password)
}

/// A secret of this server, made at its first start. A backup of any day since brings it back.
pub async fn secret_bytes<D: Database>(database: &D, name: &str) -> Result<[u8; 32], StoreError> {
    let fresh = hex(&random::<32>());
    let kept = database.secret(name.to_owned(), fresh).await?;
    let bytes = Hex::parse(&kept).ok_or(StoreError::Damaged { what: "secret" })?;
    Ok(bytes.0)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes it");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_accounts() {
        for (name, good) in [
            ("ta-hoc", true),
            ("a.b-9", true),
            ("abc", true),
            ("ab", false),
            ("Abc", false),
            ("xã", false),
            ("a b c", false),
            ("*hub*", false),
            ("a234567890123456789012345678901234", false),
        ] {
            assert_eq!(is_account_name(name), good, "{name}");
        }
    }

    #[tokio::test]
    async fn a_password_is_recognised_however_its_letters_are_composed() {
        let passwords = Passwords::new().unwrap();
        let hash = passwords.hash("mật khẩu dài").await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        let decomposed = "m\u{61}\u{323}\u{302}t kh\u{61}\u{302}\u{309}u da\u{300}i";
        assert!(
            passwords
                .verify(decomposed, Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(!passwords.verify("mat khau dai", Some(hash)).await.unwrap());
        assert!(!passwords.verify("mật khẩu dài", None).await.unwrap());
    }

    #[tokio::test]
    async fn passwords_have_limits() {
        let passwords = Passwords::new().unwrap();
        assert!(matches!(
            passwords.hash("123456789").await,
            Err(AccountError::ShortPassword)
        ));
        let long = "x".repeat(MAX_PASSWORD_BYTES + 1);
        assert!(matches!(
            passwords.hash(&long).await,
            Err(AccountError::LongPassword)
        ));
        let generated = generate_password();
        assert_eq!(generated.len(), 14, "{generated}");
        assert!(passwords.hash(&generated).await.is_ok());
    }
}
