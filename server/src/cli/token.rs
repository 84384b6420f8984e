//! `token`: which other systems may read, and what.

use super::{DataDir, Failure, now_ms, rules_of};
use crate::accounts::{new_token, random_u64, token_hash};
use crate::audit::{self, Deed, Note};
use crate::store::{ApiToken, Database as _};
use clap::{Args, Subcommand};
use thidua_domain::area::AreaCode;
use thidua_domain::text;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

#[derive(Subcommand)]
pub(super) enum TokenCommand {
    /// Cấp mã đọc số liệu cho một hệ thống khác. Makes a token with which another system reads.
    Add(AddArgs),
    /// Liệt kê các mã. Lists tokens.
    List {
        #[command(flatten)]
        data: DataDir,
    },
    /// Thu hồi một mã; có hiệu lực ngay. Takes a token back, at once.
    Revoke {
        /// Ký hiệu của mã, xem ở `list`. Its id, as listed.
        id: String,
        #[command(flatten)]
        data: DataDir,
    },
}

#[derive(Args)]
pub(super) struct AddArgs {
    /// Dùng cho hệ thống nào. Which system it is for.
    label: String,
    /// Mã địa bàn được đọc; lặp lại nếu nhiều. Code of an area it reads; repeat for several.
    #[arg(long = "area", required = true, num_args = 1..)]
    areas: Vec<AreaCode>,
    /// Hết hạn sau bao nhiêu ngày. Days until it ends.
    #[arg(long, default_value_t = 365, value_parser = clap::value_parser!(u16).range(1..=3650))]
    days: u16,
    /// Cho đọc cả tên chủ hộ (dữ liệu cá nhân). Lets it read names of families, which are personal data.
    #[arg(long)]
    with_names: bool,
    #[command(flatten)]
    data: DataDir,
}

pub(super) async fn run(command: TokenCommand) -> Result<(), Failure> {
    match command {
        TokenCommand::Add(args) => add(args).await,
        TokenCommand::List { data } => list(&data).await,
        TokenCommand::Revoke { id, data } => {
            let database = data.open().await?;
            database.revoke_api_token(id.clone()).await?;
            let note = Note::new(now_ms(), audit::OPERATOR, Deed::TokenRevoked, &id);
            database.note(note).await?;
            println!("Đã thu hồi / revoked: {id}");
            Ok(())
        }
    }
}

async fn add(args: AddArgs) -> Result<(), Failure> {
    let database = args.data.open().await?;
    let rules = rules_of(&database).await?;
    for code in &args.areas {
        if rules.tree.get(code, rules.season.date).is_none() {
            return Err(format!("không có địa bàn mã {code} / there is no area {code}").into());
        }
    }
    let now_ms = now_ms();
    let secret = new_token();
    let token = ApiToken {
        id: format!("{:08x}", random_u64() >> 32),
        label: text::clean_line(&args.label),
        areas: args.areas,
        names: args.with_names,
        created_ms: now_ms,
        expires_ms: now_ms + u64::from(args.days) * DAY_MS,
        revoked: false,
    };
    let id = token.id.clone();
    let areas: Vec<_> = token.areas.iter().map(AreaCode::as_str).collect();
    let about = format!("{id} {}", areas.join(","));
    database.add_api_token(token, token_hash(&secret)).await?;
    let note = Note::new(now_ms, audit::OPERATOR, Deed::TokenAdded, &about);
    database.note(note).await?;
    println!("Ký hiệu / id: {id}");
    println!("Mã đọc (chỉ hiện một lần) / token (shown once): {secret}");
    Ok(())
}

async fn list(data: &DataDir) -> Result<(), Failure> {
    let now_ms = now_ms();
    for token in data.open().await?.api_tokens().await? {
        let areas: Vec<_> = token.areas.iter().map(AreaCode::as_str).collect();
        let state = match (token.revoked, token.expires_ms <= now_ms) {
            (true, _) => "  [đã thu hồi / revoked]",
            (false, true) => "  [hết hạn / expired]",
            (false, false) => "",
        };
        let names = if token.names { "  [tên / names]" } else { "" };
        let ends = crate::report::today(token.expires_ms);
        println!(
            "{}  {ends}  {:<24} {}{names}{state}",
            token.id,
            areas.join(","),
            token.label
        );
    }
    Ok(())
}
