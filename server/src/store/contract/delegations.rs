//! Review that is given to colleagues for a term.

use super::fixture::*;
use crate::store::{Account, Database};
use std::collections::BTreeSet;
use thidua_domain::access::Role;
use thidua_domain::catalogue::Assessment;
use thidua_domain::date::Date;
use thidua_domain::delegation::{Delegation, Ended, Terms};

const FIRST: Date = Date::last_of_year(2022);

fn day(ahead: i64) -> Date {
    FIRST.plus_days(ahead).unwrap()
}

fn terms(to: &str) -> Terms {
    Terms {
        to: to.to_owned(),
        areas: vec![commune(0), commune(1)],
        titles: BTreeSet::from([Assessment::SafeUnit]),
        from: day(0),
        until: day(2),
        paper: "12/UQ-SNV".to_owned(),
    }
}

pub async fn delegations_are_kept_and_end<D: Database>(database: &D) {
    for name in ["huyen-1", "huyen-2"] {
        let account = Account {
            name: name.to_owned(),
            display_name: "Phòng Nội vụ".to_owned(),
            role: Role::DistrictReviewer,
            areas: vec![commune(0)],
            disabled: false,
        };
        database
            .add_account(account, "hash".to_owned(), NOW)
            .await
            .unwrap();
    }
    let give = async |by: &str, to: &str| {
        let given = database.add_delegation(by.to_owned(), terms(to), NOW);
        given.await.unwrap();
    };
    give("huyen-1", "cong-an").await;
    give("huyen-2", "cong-an").await;
    give("huyen-1", "khac").await;

    let all = database.delegations(10).await.unwrap();
    let whose = |all: &[Delegation]| {
        let of = |it: &Delegation| (it.by.clone(), it.terms.to.clone());
        all.iter().map(of).collect::<Vec<_>>()
    };
    let pair = |by: &str, to: &str| (by.to_owned(), to.to_owned());
    assert_eq!(
        whose(&all),
        [
            pair("huyen-1", "khac"),
            pair("huyen-2", "cong-an"),
            pair("huyen-1", "cong-an"),
        ]
    );
    assert_eq!(all[2].terms, terms("cong-an"));
    assert_eq!((all[2].made_ms, &all[2].ended), (NOW, &None));
    assert_eq!(database.delegations(1).await.unwrap(), all[..1]);

    let in_force = async |ahead| {
        let found = database
            .delegations_to("cong-an".to_owned(), day(ahead))
            .await
            .unwrap();
        let giver = |(it, giver): (Delegation, Account)| {
            assert_eq!(it.by, giver.name);
            assert_eq!(giver.role, Role::DistrictReviewer);
            it.by
        };
        found.into_iter().map(giver).collect::<Vec<_>>()
    };
    assert!(in_force(-1).await.is_empty());
    assert_eq!(in_force(0).await, ["huyen-1", "huyen-2"]);
    assert_eq!(in_force(2).await, ["huyen-1", "huyen-2"]);
    assert!(in_force(3).await.is_empty());

    let ended = Ended {
        by: "quan-tri".to_owned(),
        at_ms: NOW + 1,
    };
    let id = all[2].id;
    let end = async |id| database.end_delegation(id, ended.clone()).await.unwrap();
    assert!(end(id).await);
    // Once is enough, and what is not there does not end.
    assert!(!end(id).await);
    assert!(!end(u64::MAX).await);
    assert_eq!(in_force(1).await, ["huyen-2"]);
    let kept = database.delegations(10).await.unwrap();
    assert_eq!(kept[2].ended, Some(ended.clone()));

    // Whoever may no longer sign in has nothing to give.
    let disabled = database.disable_account("huyen-2".to_owned());
    disabled.await.unwrap();
    assert!(in_force(1).await.is_empty());
}
