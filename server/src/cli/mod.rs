//! The command line: `serve`, and what an operator does beside it.

mod account;
mod area;
mod audit;
mod boundaries;
mod report;
mod serve;
mod token;

use crate::accounts::AccountError;
use crate::clock::Clock;
use crate::store::{self, AnyDatabase, Database, Difference, Postgres, Sqlite, StoreError};
use crate::{demo, roster};
use clap::{Args, Parser, Subcommand};
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;
use thidua_domain::area::{AreaCode, AreaTree};
use thidua_domain::season::Season;
use thidua_domain::sync::hub::Rules;

/// Why a command failed, in words for the operator.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Sổ Thi Đua: máy chủ và công cụ quản trị. The register's server and its tools.
#[derive(Parser)]
#[command(name = "thidua-server", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Chạy máy chủ. Runs the server.
    Serve(serve::ServeArgs),
    /// Tài khoản. Accounts.
    Account {
        #[command(subcommand)]
        command: account::AccountCommand,
    },
    /// Địa bàn: chuyển khu dân cư, sáp nhập xã. Areas: residential areas that move, communes that merge.
    Area {
        #[command(subcommand)]
        command: area::AreaCommand,
    },
    /// Nhật ký đăng nhập, quản trị tài khoản và xem dữ liệu. The log of deeds.
    Audit {
        #[command(subcommand)]
        command: audit::AuditCommand,
    },
    /// Mã đọc số liệu cho hệ thống khác. Tokens with which other systems read.
    Token {
        #[command(subcommand)]
        command: token::TokenCommand,
    },
    /// Ranh giới địa bàn cho bản đồ. Boundaries of areas for the map.
    Boundaries {
        #[command(subcommand)]
        command: boundaries::BoundariesCommand,
    },
    /// Danh sách khu dân cư và hộ. Lists of residential areas and families.
    Roster {
        #[command(subcommand)]
        command: RosterCommand,
    },
    /// Nạp dữ liệu minh họa. Fills a database with invented data.
    Demo {
        /// Cả tỉnh trong một năm. A whole year of the whole province.
        #[arg(long)]
        full: bool,
        #[command(flatten)]
        data: DataDir,
    },
    /// Báo cáo tổng hợp và danh sách công nhận: Word, PDF, Excel. Reports and lists of recognition.
    Report(report::ReportArgs),
    /// Sao lưu SQLite khi máy chủ đang chạy. Copies the SQLite database while the server runs.
    Backup {
        /// Tệp sao lưu, chưa tồn tại. The file to write; it must not exist yet.
        #[arg(long)]
        out: PathBuf,
        #[command(flatten)]
        data: DataDir,
    },
    /// Đếm lại từ hồ sơ và so với số đã lưu. Counts again from the records and compares.
    Recount {
        /// Ghi lại số đếm nếu khác. Writes the counts anew where they differ.
        #[arg(long)]
        rebuild: bool,
        #[command(flatten)]
        data: DataDir,
    },
}

#[derive(Subcommand)]
enum RosterCommand {
    /// Nhập danh sách từ tệp CSV. Imports a CSV file.
    Import {
        /// Tệp CSV. The file.
        file: PathBuf,
        /// Mã xã, phường, thị trấn. Code of the commune.
        #[arg(long)]
        commune: AreaCode,
        /// Bỏ qua dòng lỗi thay vì dừng. Skips bad rows instead of importing nothing.
        #[arg(long)]
        skip_bad_rows: bool,
        #[command(flatten)]
        data: DataDir,
    },
}

/// Where the data is.
#[derive(Args)]
struct DataDir {
    /// Thư mục dữ liệu. Directory of the database.
    #[arg(long = "data-dir", value_name = "DIR", default_value = "data")]
    path: PathBuf,
    /// Dùng PostgreSQL thay cho SQLite trong thư mục dữ liệu. Uses PostgreSQL instead of SQLite in the
    /// data directory. In the environment it is not shown to other users of the machine.
    #[arg(
        long,
        value_name = "postgres://USER:PASSWORD@HOST/DATABASE",
        env = "DATABASE_URL",
        hide_env_values = true
    )]
    database: Option<String>,
}

impl DataDir {
    /// Opens the database, with its counts made those of the season.
    async fn open(&self) -> Result<AnyDatabase, StoreError> {
        let database = match self.database.as_deref() {
            None | Some("") => AnyDatabase::Sqlite(Sqlite::open(&self.path)?),
            Some(url) => AnyDatabase::Postgres(Postgres::open(url).await?),
        };
        store::prepare(&database, rules()).await?;
        Ok(database)
    }
}

/// The rules in force, as a database has them.
async fn rules_of<D: Database>(database: &D) -> Result<Rules, StoreError> {
    store::as_set(database, rules()).await
}

/// The rules in force, with the areas as compiled in.
pub fn rules() -> Rules {
    Rules {
        tree: AreaTree::embedded(),
        season: Season::directive_2022(),
        packs: thidua_domain::criteria::Packs::default(),
    }
}

/// Reads the command line and does what it says.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.into()),
    };
    match runtime.block_on(run(cli.command)) {
        Ok(code) => code,
        Err(failure) => fail(&failure),
    }
}

async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Serve(args) => serve::run(args).await?,
        Command::Account { command } => account::run(command).await?,
        Command::Area { command } => area::run(command).await?,
        Command::Audit { command } => return audit::run(command).await,
        Command::Token { command } => token::run(command).await?,
        Command::Boundaries { command } => boundaries::run(command).await?,
        Command::Roster {
            command:
                RosterCommand::Import {
                    file,
                    commune,
                    skip_bad_rows,
                    data,
                },
        } => {
            let database = data.open().await?;
            let rules = rules_of(&database).await?;
            roster::run(&database, rules, &file, &commune, skip_bad_rows).await?;
        }
        Command::Demo { full, data } => demo::run(&data.open().await?, rules(), full).await?,
        Command::Report(args) => report::run(args).await?,
        Command::Backup { out, data } => backup(&data, out).await?,
        Command::Recount { rebuild, data } => return recount(&data, rebuild).await,
    }
    Ok(ExitCode::SUCCESS)
}

async fn backup(data: &DataDir, out: PathBuf) -> Result<(), Failure> {
    let AnyDatabase::Sqlite(database) = data.open().await? else {
        return Err(
            "PostgreSQL có pg_dump để sao lưu. PostgreSQL is backed up with pg_dump."
                .to_owned()
                .into(),
        );
    };
    database.backup(out.clone()).await?;
    println!(
        "Đã sao lưu và kiểm tra / copied and checked: {}",
        out.display()
    );
    Ok(())
}

/// Compares kept counts with a recount. A difference is a fault to be looked at, so the command fails
/// even where it has just written the counts anew.
async fn recount(data: &DataDir, rebuild: bool) -> Result<ExitCode, Failure> {
    let database = data.open().await?;
    let differences = database.recount(rules()).await?;
    for difference in &differences {
        match difference {
            Difference::Tally { key, kept, counted } => println!(
                "{} {} {}: đã lưu/kept {kept:?}, đếm lại/counted {counted:?}",
                key.commune,
                key.assessment.as_str(),
                key.period
            ),
            Difference::Part { key } => println!(
                "{} {} {}: số của một khu dân cư khác đếm lại / counts of a residential area differ",
                key.whole.commune,
                key.whole.assessment.as_str(),
                key.whole.period
            ),
            Difference::Days { key } => println!(
                "{} {} {}: các ngày cộng lại khác số đã lưu / days do not add up to the kept count",
                key.commune,
                key.assessment.as_str(),
                key.period
            ),
            Difference::Standing { subject } => {
                println!("{subject}: danh sách khác hồ sơ / list differs from records");
            }
        }
    }
    if differences.is_empty() {
        println!("Số đã lưu khớp với đếm lại. Kept counts equal a recount.");
        return Ok(ExitCode::SUCCESS);
    }
    println!("Khác nhau/differences: {}", differences.len());
    if rebuild {
        store::rebuild(&database, rules()).await?;
        println!("Đã đếm và ghi lại. The counts have been written anew.");
    }
    Ok(ExitCode::FAILURE)
}

fn fail(failure: &Failure) -> ExitCode {
    eprintln!("Lỗi / error: {}", explained(failure));
    ExitCode::FAILURE
}

/// What went wrong, what is safe, what to do.
fn explained(failure: &Failure) -> String {
    let store = match failure.downcast_ref() {
        Some(AccountError::Store(error)) => Some(error),
        _ => failure.downcast_ref(),
    };
    match store {
        Some(StoreError::NewerSchema { found, known }) => format!(
            "dữ liệu do bản mới hơn tạo (lược đồ {found}, bản này biết đến {known}). Chưa có gì bị \
             thay đổi. Hãy chạy bản máy chủ mới hơn. The data was written by a newer program; nothing \
             was changed; run the newer one."
        ),
        Some(StoreError::AccountExists) => {
            "đã có tài khoản tên này. There is an account of this name already.".to_owned()
        }
        Some(StoreError::UnknownAccount) => {
            "không có tài khoản tên này. There is no account of this name.".to_owned()
        }
        Some(StoreError::UnknownToken) => {
            "không có mã nào có ký hiệu này. There is no token of this id.".to_owned()
        }
        Some(StoreError::Backend(source)) => format!(
            "cơ sở dữ liệu báo lỗi: {}. Dữ liệu đã lưu không bị thay đổi. Nếu dùng PostgreSQL, hãy xem \
             máy chủ PostgreSQL có đang chạy và DATABASE_URL có đúng không. The database reports a failure; \
             what was saved is unchanged. With PostgreSQL, see that it runs and that DATABASE_URL is right.",
            store::causes(source.as_ref())
        ),
        _ => failure.to_string(),
    }
}

/// The time, for commands.
fn now_ms() -> u64 {
    Clock::system().now_ms()
}
