//! Accounts of the demonstration, with passwords made anew at each run.

use crate::accounts;
use crate::cli::Failure;
use crate::store::{Account, Database};
use thidua_domain::access::Role;
use thidua_domain::area::AreaCode;
use thidua_domain::sync::hub::Rules;

/// Communes whose year has hardly begun, to try entering with.
pub(super) const LATE: [&str; 1] = ["03775"];

const ACCOUNTS: [(&str, Role, &str); 6] = [
    ("can-bo-1", Role::CommuneOfficer, "03751"),
    ("can-bo-2", Role::CommuneOfficer, LATE[0]),
    ("huyen-1", Role::DistrictReviewer, "119"),
    ("so-noi-vu", Role::ProvinceReviewer, "14"),
    ("nguoi-xem", Role::Viewer, "14"),
    ("quan-tri", Role::Administrator, "14"),
];

/// Adds the accounts that are missing, gives all of them a new password and prints them once.
pub(super) async fn print_accounts<D: Database>(db: &D, rules: Rules) -> Result<(), Failure> {
    let hasher = accounts::Passwords::new()?;
    println!("Tài khoản minh họa, mật khẩu chỉ hiện lần này / demo accounts, shown once:");
    for (name, role, code) in ACCOUNTS {
        let area = AreaCode::parse(code)?;
        let place = rules
            .tree
            .get(&area, rules.season.date)
            .map(|area| area.name.clone())
            .ok_or_else(|| format!("không có địa bàn {code}"))?;
        let password = super::fresh_password();
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
            accounts::add(
                db,
                &hasher,
                account,
                &password,
                crate::clock::Clock::system().now_ms(),
            )
            .await?;
        }
        println!(
            "  {name:<10}  {password:<24}  {:<18}  {place}",
            role.as_str()
        );
    }
    Ok(())
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
