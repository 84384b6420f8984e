//! `area`: residential areas that go to another commune, communes that become part of another.

use super::{DataDir, Failure, now_ms, rules, rules_of};
use crate::areas::{self, Move, Mover};
use crate::audit::{self, Deed, Note};
use crate::office::Office;
use crate::store::Database;
use clap::{Args, Subcommand};
use thidua_domain::access::{Principal, Role};
use thidua_domain::area::AreaCode;
use thidua_domain::record::SubjectId;
use thidua_domain::sync::clock::Hlc;
use thidua_domain::text::format_int;

#[derive(Subcommand)]
pub(super) enum AreaCommand {
    /// Liệt kê khu dân cư của một xã với mã của chúng. Lists a commune's residential areas with their ids.
    List {
        /// Mã xã. Code of the commune.
        #[arg(long)]
        commune: AreaCode,
        #[command(flatten)]
        data: DataDir,
    },
    /// Chuyển một khu dân cư cùng các hộ, đơn vị trong đó sang xã khác. Moves a residential area with the
    /// families and units in it to another commune.
    Move {
        /// Tên hoặc mã khu dân cư, như lệnh list in ra. Its name or id, as `list` prints them.
        #[arg(long)]
        residential_area: String,
        #[command(flatten)]
        between: Between,
    },
    /// Nhập toàn bộ một xã vào xã khác. Makes all that is in a commune part of another.
    Merge {
        #[command(flatten)]
        between: Between,
    },
}

#[derive(Args)]
pub(super) struct Between {
    /// Mã xã nơi đi. Code of the commune it leaves.
    #[arg(long)]
    from: AreaCode,
    /// Mã xã nơi đến. Code of the commune it goes to.
    #[arg(long)]
    to: AreaCode,
    #[command(flatten)]
    data: DataDir,
}

pub(super) async fn run(command: AreaCommand) -> Result<(), Failure> {
    match command {
        AreaCommand::List { commune, data } => {
            let database = data.open().await?;
            for (id, name) in
                areas::residential_areas(&database, rules().season.period, &commune).await?
            {
                println!("{id}  {name}");
            }
            Ok(())
        }
        AreaCommand::Move {
            residential_area,
            between,
        } => relocate(between, Some(residential_area)).await,
        AreaCommand::Merge { between } => relocate(between, None).await,
    }
}

async fn relocate(between: Between, named: Option<String>) -> Result<(), Failure> {
    let Between { from, to, data } = between;
    let database = data.open().await?;
    let residential_area = match named {
        None => None,
        Some(named) => Some(find(&database, &from, &to, &named).await?),
    };
    let what = Move {
        from,
        residential_area,
        to,
    };
    let now_ms = now_ms();
    let mover = Mover {
        principal: Principal::new(
            audit::OPERATOR,
            Role::Administrator,
            vec![rules().tree.province().code.clone()],
        ),
        hub: Office::fresh_device(),
        time: Hlc::from_millis(now_ms),
        now_ms,
    };
    let about = what.about();
    let note = Note::new(now_ms, audit::OPERATOR, Deed::AreaMoved, &about);
    database.note(note).await?;
    let moved = areas::relocate(&database, rules_of(&database).await?, &mover, &what).await?;
    println!(
        "Đã chuyển {count} mục trong sổ. Máy tính bảng của hai xã biết khi đồng bộ. {count} subjects \
         have moved; tablets learn of it when they sync.",
        count = format_int(i64::try_from(moved).unwrap_or(i64::MAX))
    );
    Ok(())
}

/// The residential area of this id, or the only one of this name where it is or, after an attempt that was cut
/// off, where it goes.
async fn find<D: Database>(
    database: &D,
    from: &AreaCode,
    to: &AreaCode,
    named: &str,
) -> Result<SubjectId, Failure> {
    if let Some(id) = SubjectId::parse(named) {
        return Ok(id);
    }
    for commune in [from, to] {
        let known = areas::residential_areas(database, rules().season.period, commune).await?;
        let mut found = known.into_iter().filter(|(_, name)| name == named);
        match (found.next(), found.next()) {
            (Some((id, _)), None) => return Ok(id),
            (Some(_), Some(_)) => {
                return Err(
                    "có nhiều khu dân cư cùng tên; hãy dùng mã mà lệnh list in ra. Several \
                            areas have this name; use the id that `list` prints."
                        .to_owned()
                        .into(),
                );
            }
            (None, _) => {}
        }
    }
    Err(areas::MoveError::UnknownArea.into())
}
