//! `account`: who may sign in, and to what.

use super::{DataDir, Failure, now_ms, rules_of};
use crate::accounts::{self, Passwords, generate_password};
use crate::audit::{self, Deed, Note};
use crate::store::{Account, Database};
use clap::{Args, Subcommand};
use std::io::Read as _;
use thidua_domain::access::Role;
use thidua_domain::area::{AreaCode, AreaLevel};
use thidua_domain::text;

#[derive(Subcommand)]
pub(super) enum AccountCommand {
    /// Thêm tài khoản. Adds an account.
    Add(AddArgs),
    /// Liệt kê tài khoản. Lists accounts.
    List {
        #[command(flatten)]
        data: DataDir,
    },
    /// Khóa tài khoản; mọi phiên của nó kết thúc. Disables an account and ends its sessions.
    Disable {
        /// Tên tài khoản. Its name.
        name: String,
        #[command(flatten)]
        data: DataDir,
    },
    /// Đổi mật khẩu; mọi phiên kết thúc. Sets another password and ends the account's sessions.
    Password {
        /// Tên tài khoản. Its name.
        name: String,
        #[command(flatten)]
        password: PasswordArgs,
        #[command(flatten)]
        data: DataDir,
    },
}

#[derive(Args)]
pub(super) struct AddArgs {
    /// Tên đăng nhập: a-z 0-9 . - dài 3 đến 32. Name to sign in with.
    name: String,
    /// Vai trò. Role: commune-officer, district-reviewer, province-reviewer, viewer, administrator.
    #[arg(long, value_parser = role)]
    role: Role,
    /// Mã địa bàn phụ trách; lặp lại nếu nhiều. Code of an area; repeat for several.
    #[arg(long = "area", required = true, num_args = 1..)]
    areas: Vec<AreaCode>,
    /// Tên người hoặc cơ quan, để hiển thị. Name of the person or office.
    #[arg(long)]
    display_name: Option<String>,
    #[command(flatten)]
    password: PasswordArgs,
    #[command(flatten)]
    data: DataDir,
}

#[derive(Args)]
pub(super) struct PasswordArgs {
    /// Đọc mật khẩu từ đầu vào chuẩn thay vì tạo và in ra. Reads the password from standard input
    /// instead of making one and printing it.
    #[arg(long)]
    password_stdin: bool,
}

fn role(word: &str) -> Result<Role, String> {
    Role::parse(word).ok_or_else(|| {
        let roles = Role::ALL.map(Role::as_str).join(", ");
        format!("vai trò phải là một trong / one of: {roles}")
    })
}

pub(super) async fn run(command: AccountCommand) -> Result<(), Failure> {
    match command {
        AccountCommand::Add(args) => add(args).await,
        AccountCommand::List { data } => list(&data.open().await?).await,
        AccountCommand::Disable { name, data } => {
            let database = data.open().await?;
            database.disable_account(name.clone()).await?;
            note(&database, Deed::AccountDisabled, &name).await?;
            println!("Đã khóa / disabled: {name}");
            Ok(())
        }
        AccountCommand::Password {
            name,
            password,
            data,
        } => {
            let (password, generated) = password.get()?;
            let database = data.open().await?;
            accounts::set_password(&database, &Passwords::new()?, &name, &password).await?;
            note(&database, Deed::PasswordSet, &name).await?;
            announce(&name, &password, generated);
            Ok(())
        }
    }
}

async fn add(args: AddArgs) -> Result<(), Failure> {
    let database = args.data.open().await?;
    let rules = rules_of(&database).await?;
    for code in &args.areas {
        let area = rules.tree.get(code, rules.season.date).ok_or_else(|| {
            format!(
                "không có địa bàn mã {code} trong năm {0}. There is no area {code} in {0}.",
                rules.season.period
            )
        })?;
        if args.role == Role::CommuneOfficer && area.level() != AreaLevel::Commune {
            return Err(format!(
                "cán bộ xã phụ trách xã, phường, thị trấn; {} không phải. A commune officer is \
                 responsible for communes.",
                area.name
            )
            .into());
        }
    }
    let (password, generated) = args.password.get()?;
    let display_name = args.display_name.unwrap_or_else(|| args.name.clone());
    let account = Account {
        display_name: text::clean_line(&display_name),
        name: args.name.clone(),
        role: args.role,
        areas: args.areas,
        disabled: false,
    };
    let areas: Vec<_> = account.areas.iter().map(AreaCode::as_str).collect();
    let about = format!(
        "{} {} {}",
        account.name,
        account.role.as_str(),
        areas.join(",")
    );
    accounts::add(&database, &Passwords::new()?, account, &password, now_ms()).await?;
    note(&database, Deed::AccountAdded, &about).await?;
    announce(&args.name, &password, generated);
    Ok(())
}

async fn note<D: Database>(database: &D, deed: Deed, about: &str) -> Result<(), Failure> {
    let note = Note::new(now_ms(), audit::OPERATOR, deed, about);
    Ok(database.note(note).await?)
}

async fn list<D: Database>(database: &D) -> Result<(), Failure> {
    for account in database.accounts().await? {
        let areas: Vec<_> = account.areas.iter().map(AreaCode::as_str).collect();
        let disabled = if account.disabled {
            "  [đã khóa / disabled]"
        } else {
            ""
        };
        println!(
            "{:<32} {:<18} {:<24} {}{disabled}",
            account.name,
            account.role.as_str(),
            areas.join(","),
            account.display_name,
        );
    }
    Ok(())
}

impl PasswordArgs {
    /// The password, and whether it was made here.
    fn get(&self) -> Result<(String, bool), Failure> {
        if !self.password_stdin {
            return Ok((generate_password(), true));
        }
        let mut password = String::new();
        std::io::stdin().take(4096).read_to_string(&mut password)?;
        let password = password.lines().next().unwrap_or_default().to_owned();
        Ok((password, false))
    }
}

fn announce(name: &str, password: &str, generated: bool) {
    println!("Tài khoản / account: {name}");
    if generated {
        println!("Mật khẩu (chỉ hiện một lần) / password (shown once): {password}");
    }
}
