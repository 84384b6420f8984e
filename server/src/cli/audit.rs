//! `audit`: the log of deeds.

use super::{DataDir, Failure};
use crate::audit::{NotedRow, Verifier};
use crate::report;
use crate::store::{Database, word};
use clap::Subcommand;
use std::process::ExitCode;

/// Rows read at once.
const PAGE: usize = 1_000;

#[derive(Subcommand)]
pub(super) enum AuditCommand {
    /// Xem nhật ký. Prints the log.
    List {
        /// Chỉ các dòng sau số này. Only rows after this number.
        #[arg(long, default_value_t = 0)]
        after: u64,
        #[command(flatten)]
        data: DataDir,
    },
    /// Kiểm tra chuỗi mã băm. Follows the chain of digests; fails at the first row that does not fit.
    Verify {
        #[command(flatten)]
        data: DataDir,
    },
}

pub(super) async fn run(command: AuditCommand) -> Result<ExitCode, Failure> {
    match command {
        AuditCommand::List { after, data } => {
            let database = data.open().await?;
            each(&database, after, |row| {
                let note = &row.note;
                println!(
                    "{:>8}  {}  {:<32} {:<18} {}",
                    row.number,
                    moment(note.at_ms),
                    note.actor,
                    word(&note.deed),
                    note.about
                );
                true
            })
            .await?;
            Ok(ExitCode::SUCCESS)
        }
        AuditCommand::Verify { data } => {
            let database = data.open().await?;
            let mut verifier = Verifier::default();
            let broken = each(&database, 0, |row| verifier.follows(row)).await?;
            if let Some(number) = broken {
                println!("Nhật ký bị sửa tại dòng {number}. The log does not fit at row {number}.");
                return Ok(ExitCode::FAILURE);
            }
            let (number, digest) = verifier.end().unwrap_or_default();
            let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            println!("Nhật ký nguyên vẹn / the log is whole: {number} {digest}");
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Shows every row after `after` to `look`, and stops at the first that it refuses.
async fn each<D: Database>(
    database: &D,
    mut after: u64,
    mut look: impl FnMut(&NotedRow) -> bool,
) -> Result<Option<u64>, Failure> {
    loop {
        let rows = database.notes(after, PAGE).await?;
        for row in &rows {
            if !look(row) {
                return Ok(Some(row.number));
            }
        }
        match rows.last() {
            Some(last) => after = last.number,
            None => return Ok(None),
        }
    }
}

/// Day and time of Vietnam.
fn moment(at_ms: u64) -> String {
    let seconds = (at_ms / 1000 + 7 * 3600) % 86_400;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let day = report::today(at_ms).format_vi();
    format!("{day} {hour:02}:{minute:02}:{second:02}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn moments_are_vietnams() {
        assert_eq!(
            super::moment(1_641_056_399_000),
            "01/01/2022 23:59:59".to_owned()
        );
        assert_eq!(
            super::moment(1_641_056_400_000),
            "02/01/2022 00:00:00".to_owned()
        );
    }
}
