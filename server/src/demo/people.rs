//! Accounts of the demonstration, with passwords made anew at each run.

use super::character::Pace;
use crate::accounts;
use crate::cli::Failure;
use crate::store::{Account, Database, StoreError};
use thidua_domain::access::Role;
use thidua_domain::area::AreaCode;
use thidua_domain::sync::hub::Rules;

/// A commune whose year is nearly done, to look at.
const ON_TIME: &str = "03718";
/// A commune whose year has hardly begun, to try entering with.
const LATE: &str = "03682";

const ACCOUNTS: [(&str, Role, &str); 6] = [
    ("can-bo-1", Role::CommuneOfficer, ON_TIME),
    ("can-bo-2", Role::CommuneOfficer, LATE),
    ("huyen-1", Role::DistrictReviewer, "118"),
    ("so-noi-vu", Role::ProvinceReviewer, "14"),
    ("nguoi-xem", Role::Viewer, "14"),
    ("quan-tri", Role::Administrator, "14"),
];

/// The pace of a commune that an account is to show.
pub(super) fn pace_of(commune: &AreaCode) -> Option<Pace> {
    match commune.as_str() {
        ON_TIME => Some(Pace::OnTime),
        LATE => Some(Pace::Late),
        _ => None,
    }
}

/// An account with the password it has just been given.
#[derive(Debug)]
pub(super) struct Ready {
    name: &'static str,
    password: String,
    role: Role,
    place: String,
}

/// Whether all accounts of the demonstration are there, as it makes them.
pub(super) async fn are_all_there<D: Database>(db: &D) -> Result<bool, StoreError> {
    for (name, role, code) in ACCOUNTS {
        let account = db.account(name.to_owned()).await?;
        let is_ours = account.is_some_and(|stored| {
            let areas = &stored.account.areas;
            stored.account.role == role && areas.len() == 1 && areas[0].as_str() == code
        });
        if !is_ours {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Adds the accounts that are missing and gives all of them a new password.
pub(super) async fn prepare<D: Database>(db: &D, rules: Rules) -> Result<Vec<Ready>, Failure> {
    let hasher = accounts::Passwords::new()?;
    let mut ready = Vec::new();
    for (name, role, code) in ACCOUNTS {
        let area = AreaCode::parse(code)?;
        let place = rules
            .tree
            .get(&area, rules.season.date)
            .map(|area| area.name.clone())
            .ok_or_else(|| format!("không có địa bàn {code}"))?;
        let password = accounts::generate_password();
        if db.account(name.to_owned()).await?.is_some() {
            accounts::set_password(db, &hasher, name, &password).await?;
        } else {
            let account = Account {
                name: name.to_owned(),
                display_name: format!("{} {place}", office(role)),
                role,
                areas: vec![area],
                disabled: false,
            };
            let now_ms = crate::clock::Clock::system().now_ms();
            accounts::add(db, &hasher, account, &password, now_ms).await?;
        }
        ready.push(Ready {
            name,
            password,
            role,
            place,
        });
    }
    Ok(ready)
}

/// Prints the accounts, the only time their passwords are shown.
pub(super) fn print(accounts: &[Ready]) {
    println!("Tài khoản minh họa, mật khẩu chỉ hiện lần này / demo accounts, shown once:");
    for account in accounts {
        println!(
            "  {:<10}  {:<24}  {:<18}  {}",
            account.name,
            account.password,
            account.role.as_str(),
            account.place
        );
    }
}

fn office(role: Role) -> &'static str {
    match role {
        Role::CommuneOfficer => "Cán bộ",
        Role::DistrictReviewer => "Phòng Nội vụ",
        Role::ProvinceReviewer => "Sở Nội vụ",
        Role::Viewer => "Người xem",
        Role::Administrator => "Quản trị",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Sqlite;
    use thidua_domain::area::AreaTree;
    use thidua_domain::season::Season;

    #[tokio::test]
    async fn each_run_gives_every_account_another_password() {
        let folder = tempfile::tempdir().unwrap();
        let db = Sqlite::open(folder.path()).unwrap();
        let rules = Rules {
            tree: AreaTree::embedded(),
            season: Season::directive_2022(),
            packs: thidua_domain::criteria::Packs::default(),
        };
        assert!(!are_all_there(&db).await.unwrap());
        let first = prepare(&db, rules).await.unwrap();
        assert!(are_all_there(&db).await.unwrap());
        let second = prepare(&db, rules).await.unwrap();
        assert_eq!(db.accounts().await.unwrap().len(), ACCOUNTS.len());
        let hasher = accounts::Passwords::new().unwrap();
        let stored = db.account("can-bo-1".to_owned()).await.unwrap().unwrap();
        for (ready, is_valid) in [(&first[0], false), (&second[0], true)] {
            let hash = Some(stored.password_hash.clone());
            let verified = hasher.verify(&ready.password, hash).await.unwrap();
            assert_eq!(verified, is_valid);
        }
    }
}
