//! Accounts and sessions.

use super::fixture::*;
use crate::store::{Account, Database, StoreError};
use thidua_domain::access::Role;

fn account(name: &str) -> Account {
    Account {
        name: name.to_owned(),
        display_name: "UBND xã Tạ Khoa".to_owned(),
        role: Role::CommuneOfficer,
        areas: vec![commune(0), commune(1)],
        disabled: false,
    }
}

pub async fn accounts_are_kept<D: Database>(database: &D) {
    let own = account("ta-khoa");
    database
        .add_account(own.clone(), "hash".to_owned(), NOW)
        .await
        .unwrap();
    let again = database
        .add_account(own.clone(), "other".to_owned(), NOW)
        .await;
    assert!(matches!(again, Err(StoreError::AccountExists)));
    database
        .add_account(account("a.b"), "hash".to_owned(), NOW)
        .await
        .unwrap();

    let stored = database
        .account("ta-khoa".to_owned())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (stored.account, stored.password_hash.as_str()),
        (own.clone(), "hash")
    );
    assert_eq!(database.account("ta".to_owned()).await.unwrap(), None);
    assert_eq!(database.accounts().await.unwrap(), [account("a.b"), own]);

    database
        .set_password("ta-khoa".to_owned(), "new".to_owned())
        .await
        .unwrap();
    let stored = database
        .account("ta-khoa".to_owned())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(stored.password_hash, "new");
    let nobody = database
        .set_password("nobody".to_owned(), "new".to_owned())
        .await;
    assert!(matches!(nobody, Err(StoreError::UnknownAccount)));
    let nobody = database.disable_account("nobody".to_owned()).await;
    assert!(matches!(nobody, Err(StoreError::UnknownAccount)));
}

pub async fn sessions_begin_and_end<D: Database>(database: &D) {
    for name in ["ta-khoa", "muong-khoa"] {
        database
            .add_account(account(name), "hash".to_owned(), NOW)
            .await
            .unwrap();
    }
    let whose = async |token: u8, now_ms| {
        let session = database.session([token; 32], now_ms).await.unwrap();
        session.map(|session| (session.account.name, session.expires_ms - NOW))
    };
    let open = async |token: u8, name: &str, lasts: u64| {
        let expires = NOW + lasts;
        database
            .open_session([token; 32], name.to_owned(), NOW, expires)
            .await
            .unwrap();
    };
    let own = |lasts| Some(("ta-khoa".to_owned(), lasts));

    open(1, "ta-khoa", 100).await;
    open(2, "ta-khoa", 200).await;
    open(3, "muong-khoa", 100).await;
    assert_eq!(whose(1, NOW).await, own(100));
    assert_eq!(whose(9, NOW).await, None);
    assert_eq!(whose(1, NOW + 99).await, own(100));
    assert_eq!(whose(1, NOW + 100).await, None);

    database.extend_session([1; 32], NOW + 500).await.unwrap();
    assert_eq!(whose(1, NOW + 100).await, own(500));
    // Extending never shortens.
    database.extend_session([1; 32], NOW + 5).await.unwrap();
    assert_eq!(whose(1, NOW).await, own(500));

    database.close_session([1; 32]).await.unwrap();
    database.close_session([1; 32]).await.unwrap();
    assert_eq!(whose(1, NOW).await, None);
    assert_eq!(whose(2, NOW).await, own(200));

    database
        .set_password("ta-khoa".to_owned(), "new".to_owned())
        .await
        .unwrap();
    assert_eq!(whose(2, NOW).await, None);
    assert!(whose(3, NOW).await.is_some());
    database
        .disable_account("muong-khoa".to_owned())
        .await
        .unwrap();
    assert_eq!(whose(3, NOW).await, None);
    // A sign-in that was under way when the account was disabled.
    open(4, "muong-khoa", 100).await;
    assert_eq!(whose(4, NOW).await, None);
}

pub async fn a_secret_is_the_first_that_was_given<D: Database>(database: &D) {
    let secret = async |name: &str, fresh: &str| {
        let secret = database.secret(name.to_owned(), fresh.to_owned()).await;
        secret.unwrap()
    };
    assert_eq!(secret("vault", "one").await, "one");
    assert_eq!(secret("vault", "two").await, "one");
    assert_eq!(secret("other", "two").await, "two");
    // Its name cannot be that of something else the database keeps.
    assert_eq!(secret("schema", "three").await, "three");
    assert!(database.accounts().await.unwrap().is_empty());
}
