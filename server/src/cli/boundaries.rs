//! `boundaries`: real boundaries for the map.

use super::{DataDir, Failure, rules};
use crate::store::Database as _;
use clap::Subcommand;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use thidua_domain::area::AreaTree;
use thidua_domain::boundary::{
    Boundary, MAX_FILE_BYTES, PER_DEGREE, Placed, ReadError, place, read, simplify,
};
use thidua_domain::date::Date;

/// Troubles that are told one by one; more of the same say nothing new.
const MAX_TOLD: usize = 20;
/// Metres to a degree of latitude.
const METRES: f64 = 111_000.0;

#[derive(Subcommand)]
pub(super) enum BoundariesCommand {
    /// Nhập ranh giới từ tệp GeoJSON (RFC 7946): FeatureCollection gồm Polygon hoặc MultiPolygon, thuộc
    /// tính code là mã địa bàn, name (nếu có) là tên. Imports boundaries from GeoJSON.
    Import {
        /// Tệp GeoJSON. The file.
        file: PathBuf,
        /// Danh mục địa bàn của ngày nào, dạng 2022-12-31; không ghi thì chọn danh mục khớp nhất. The day
        /// whose areas are meant; without it, the one that matches best.
        #[arg(long)]
        on: Option<String>,
        /// Nhập những địa bàn khớp, bỏ qua phần còn lại. Imports what matches and leaves the rest.
        #[arg(long)]
        skip_unknown: bool,
        #[command(flatten)]
        data: DataDir,
    },
    /// Bỏ mọi ranh giới; bản đồ trở lại dạng ô. Forgets all boundaries; the map is one of tiles again.
    Clear {
        #[command(flatten)]
        data: DataDir,
    },
}

pub(super) async fn run(command: BoundariesCommand) -> Result<(), Failure> {
    match command {
        BoundariesCommand::Import {
            file,
            on,
            skip_unknown,
            data,
        } => {
            let day = |text: String| {
                Date::parse_iso(&text).ok_or("ngày ghi dạng 2022-12-31 / write the date so")
            };
            let on = on.map(day).transpose()?;
            let boundaries = prepared(&file, on, skip_unknown)?;
            let count = boundaries.len();
            data.open().await?.put_boundaries(boundaries).await?;
            println!(
                "Đã nhập ranh giới của {count} địa bàn. Boundaries of {count} areas are kept."
            );
        }
        BoundariesCommand::Clear { data } => {
            data.open().await?.drop_boundaries().await?;
            println!("Đã bỏ mọi ranh giới. All boundaries are gone.");
        }
    }
    Ok(())
}

fn prepared(file: &Path, on: Option<Date>, skip_unknown: bool) -> Result<Vec<Boundary>, Failure> {
    let size = std::fs::metadata(file)
        .map_err(|error| format!("{}: {error}", file.display()))?
        .len();
    if size > MAX_FILE_BYTES as u64 {
        return Err(told(&ReadError::TooLarge).into());
    }
    let json =
        std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let features = read(&json).map_err(|error| told(&error))?;
    let tree = rules().tree;
    let placed = match on {
        Some(date) => place(tree, date, &features),
        None => days(tree)
            .into_iter()
            .map(|date| place(tree, date, &features))
            .max_by_key(|placed| placed.found.len())
            .ok_or("danh mục trống / an empty catalogue")?,
    };
    print!("{}", report(&placed));
    if placed.found.is_empty() || (!placed.is_whole() && !skip_unknown) {
        return Err(
            "có địa bàn không khớp danh mục; chưa nhập gì. Hãy sửa tệp, hoặc thêm --skip-unknown. Some \
             areas do not match the catalogue; nothing was imported."
                .into(),
        );
    }
    let simple = simplify(&placed.found).ok_or(
        "ranh giới quá chi tiết, không rút gọn được; hãy giản lược trước. Too detailed to simplify.",
    )?;
    let metres = simple.moved as f64 / PER_DEGREE * METRES;
    println!(
        "Số điểm / positions: {} -> {} (lệch nhiều nhất / moved at most: {metres:.0} m)",
        simple.positions.0, simple.positions.1
    );
    Ok(simple.boundaries)
}

/// The days on which the catalogue changes: the open season's, and the first of each later tree.
fn days(tree: &AreaTree) -> Vec<Date> {
    let season = rules().season.date;
    let mut days = vec![season];
    let later = tree
        .all()
        .map(|area| area.valid_from)
        .filter(|from| *from > season);
    days.extend(later);
    days.sort_unstable();
    days.dedup();
    days
}

fn report(placed: &Placed) -> String {
    let mut said = format!(
        "Danh mục ngày / catalogue of {}: {} địa bàn khớp / areas match\n",
        placed.date.format_vi(),
        placed.found.len()
    );
    let mut say = |line: String| {
        let _ = writeln!(said, "  {line}");
    };
    for (number, code) in placed.unknown.iter().take(MAX_TOLD) {
        say(format!("số {number}: không có mã {code} / no such code"));
    }
    for (number, theirs, ours) in placed.misnamed.iter().take(MAX_TOLD) {
        say(format!(
            "số {number}: trong tệp là “{theirs}”, trong danh mục là “{ours}” / another name"
        ));
    }
    for code in placed.twice.iter().take(MAX_TOLD) {
        say(format!("mã {code} có hai lần / stands there twice"));
    }
    let missing = placed.missing.iter().take(MAX_TOLD);
    let missing: Vec<_> = missing.map(|area| area.name.as_str()).collect();
    if !missing.is_empty() {
        let names = missing.join(", ");
        say(format!("chưa có trong tệp / not in the file: {names}"));
    }
    said
}

fn told(error: &ReadError) -> String {
    match error {
        ReadError::TooLarge => format!(
            "tệp quá lớn (tối đa {} MB, 500 địa bàn, 500.000 điểm). The file is too large.",
            MAX_FILE_BYTES >> 20
        ),
        ReadError::NotGeoJson(why) => {
            format!(
                "không phải GeoJSON gồm Polygon hoặc MultiPolygon: {why}. Not GeoJSON polygons."
            )
        }
        ReadError::Invalid(troubles) => {
            let told = troubles.iter().take(MAX_TOLD);
            let told: Vec<_> = told
                .map(|(number, trouble)| format!("số {number}: {trouble}"))
                .collect();
            format!(
                "{} địa bàn không hợp lệ / not valid: {}",
                troubles.len(),
                told.join("; ")
            )
        }
    }
}
