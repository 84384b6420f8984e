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

pub async fn accounts_are_changed_and_their_sessions_and_devices_listed<D: Database>(database: &D) {
    let own = account("ta-khoa");
    let add = database.add_account(own.clone(), "hash".to_owned(), NOW);
    add.await.unwrap();
    for (token, lasts) in [(1, 100), (2, 300), (3, 50)] {
        let expires = NOW + lasts;
        let open = database.open_session([token; 32], own.name.clone(), NOW, expires);
        open.await.unwrap();
    }
    let open = async |now_ms| -> Vec<(u8, u64)> {
        let sessions = database.sessions(now_ms).await.unwrap().into_iter();
        assert!(
            sessions
                .as_slice()
                .iter()
                .all(|it| it.account == "ta-khoa" && it.created_ms == NOW)
        );
        sessions
            .map(|it| (it.token[0], it.expires_ms - NOW))
            .collect()
    };
    assert_eq!(open(NOW).await, [(2, 300), (1, 100), (3, 50)]);
    assert_eq!(open(NOW + 50).await, [(2, 300), (1, 100)]);

    let mut changed = own.clone();
    changed.display_name = "UBND xã khác".to_owned();
    changed.areas = vec![commune(3)];
    database.change_account(changed.clone()).await.unwrap();
    assert_eq!(database.accounts().await.unwrap(), [changed.clone()]);
    assert_eq!(open(NOW).await.len(), 3);
    changed.disabled = true;
    database.change_account(changed.clone()).await.unwrap();
    assert_eq!(open(NOW).await, []);
    changed.name = "nobody".to_owned();
    let nobody = database.change_account(changed).await;
    assert!(matches!(nobody, Err(StoreError::UnknownAccount)));

    assert_eq!(database.devices().await.unwrap(), []);
    let mut tablet = Tablet::new("ta-khoa", 7, &[commune(0)]);
    let area = thidua_domain::record::SubjectId(1);
    tablet.add_area(&commune(0), area, "Bản Bó");
    tablet.sync(database).await;
    let devices = database.devices().await.unwrap();
    let said: Vec<_> = devices
        .iter()
        .map(|it| (it.device.0, it.account.as_str(), it.held, it.last_ms))
        .collect();
    assert_eq!(said, [(7, "ta-khoa", 1, Some(NOW))]);
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
