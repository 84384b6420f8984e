//! Import of lists kept by offices: families with their residential areas, from CSV.
//!
//! The file is read by the `csv` crate, which is well kept and used all over; what it forgives and a
//! register must not (quotes that do not match, cells beyond the headings) is checked beside it.
//! Everything goes the way of a tablet's edits: planned by a replica, pushed in batches, merged by the
//! hub. An import that was cut off half-way is completed by importing again.

mod names;
mod parse;
mod plan;
#[cfg(test)]
mod tests;

use crate::cli::Failure;
use crate::office::Office;
use crate::store::{Database, FeedQuery, StoreError};
use parse::{Row, RowError};
use plan::Counts;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use thidua_domain::access::{Principal, Role};
use thidua_domain::area::{Area, AreaCode, AreaLevel};
use thidua_domain::record::RecordKey;
use thidua_domain::sync::hub::Rules;
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::{Cursor, MAX_EDITS_DOWN, MAX_FRAME_BYTES};
use thidua_domain::text::format_int;

/// The account that imported edits are signed with; not a name an account can have.
const AUTHOR: &str = "*roster*";
/// Faults shown before the rest is only counted.
const SHOWN: usize = 200;

/// Nothing was imported, because of these faults.
#[derive(Debug)]
struct Refused {
    errors: Vec<RowError>,
    /// Whether there are rows without a fault that could be imported alone.
    has_good_rows: bool,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "tệp có lỗi, chưa nhập gì cả:")?;
        write_errors(f, &self.errors)?;
        f.write_str("Hãy sửa tệp rồi nhập lại")?;
        if self.has_good_rows {
            f.write_str(", hoặc thêm --skip-bad-rows để chỉ nhập các dòng không lỗi")?;
        }
        f.write_str(".")
    }
}

impl std::error::Error for Refused {}

fn write_errors(to: &mut impl fmt::Write, errors: &[RowError]) -> fmt::Result {
    for error in errors.iter().take(SHOWN) {
        writeln!(to, "  {error}")?;
    }
    match errors.len().checked_sub(SHOWN) {
        None | Some(0) => Ok(()),
        Some(more) => writeln!(
            to,
            "  và {} lỗi nữa",
            format_int(i64::try_from(more).unwrap_or(i64::MAX))
        ),
    }
}

/// Imports a CSV file into a commune. The same file twice changes nothing.
pub async fn run<D: Database>(
    db: &D,
    rules: Rules,
    file: &Path,
    commune: &AreaCode,
    skip_bad_rows: bool,
) -> Result<(), Failure> {
    let area = commune_of(rules, commune)?;
    let said = import(db, rules, area, &read(file)?, skip_bad_rows).await?;
    print!("{said}");
    Ok(())
}

fn commune_of(rules: Rules, code: &AreaCode) -> Result<&'static Area, Failure> {
    rules
        .tree
        .get(code, rules.season.date)
        .filter(|area| area.level() == AreaLevel::Commune)
        .ok_or_else(|| format!("không có xã, phường, thị trấn nào mang mã {code}").into())
}

/// Reads a file, no further than it takes to see that it is too large.
fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let most = u64::try_from(parse::MAX_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|opened| opened.take(most + 1).read_to_end(&mut bytes))
        .map_err(|error| format!("không đọc được tệp {}: {error}", file.display()))?;
    Ok(bytes)
}

/// Imports what a file holds and says what became of it.
async fn import<D: Database>(
    db: &D,
    rules: Rules,
    area: &Area,
    bytes: &[u8],
    skip_bad_rows: bool,
) -> Result<String, Failure> {
    let parsed = parse::parse(bytes).map_err(|errors| Refused {
        errors,
        has_good_rows: false,
    })?;
    let has_good_rows = !parsed.rows.is_empty();
    if !has_good_rows || (!parsed.errors.is_empty() && !skip_bad_rows) {
        return Err(Refused {
            errors: parsed.errors,
            has_good_rows,
        }
        .into());
    }
    let counts = import_rows(db, rules, area, &parsed.rows).await?;
    let mut said = format!(
        "{}: thêm {} khu dân cư, {} hộ; sửa {} hộ; {} hộ không đổi.\n",
        area.name,
        format_int(counts.areas_added),
        format_int(counts.families_added),
        format_int(counts.families_changed),
        format_int(counts.families_unchanged),
    );
    if !parsed.errors.is_empty() {
        said.push_str("Đã bỏ qua các dòng có lỗi:\n");
        write_errors(&mut said, &parsed.errors)?;
    }
    Ok(said)
}

async fn import_rows<D: Database>(
    db: &D,
    rules: Rules,
    area: &Area,
    rows: &[Row],
) -> Result<Counts, Failure> {
    let principal = Principal::new(AUTHOR, Role::CommuneOfficer, vec![area.code.clone()]);
    let (known, order) = commune_records(db, &area.code).await?;
    let mut office = Office::open(principal, area.code.clone(), Office::fresh_device(), known);
    let now_ms = crate::clock::Clock::system().now_ms();
    let counts = plan::plan(&mut office, &order, area.kind, rows, now_ms);
    office.push(db, rules, now_ms).await?;
    Ok(counts)
}

/// What the commune's feed has made of its records, and which record came when.
async fn commune_records<D: Database>(
    db: &D,
    commune: &AreaCode,
) -> Result<(BTreeMap<RecordKey, RecordState>, HashMap<RecordKey, usize>), StoreError> {
    let mut records = BTreeMap::new();
    let mut order = HashMap::new();
    let here = BTreeSet::from([commune.clone()]);
    let moved = db.feeds_of_moved(here.clone()).await?;
    let moved = moved.into_iter().filter(|feed| feed != commune);
    let mut feeds: Vec<AreaCode> = moved.chain([commune.clone()]).collect();
    let mut cursor = Cursor::default();
    while let Some(feed) = feeds.last() {
        let query = FeedQuery {
            cursors: vec![(feed.clone(), cursor)],
            except: None,
            readable: Some(here.clone()),
            max_edits: MAX_EDITS_DOWN,
            max_bytes: MAX_FRAME_BYTES,
        };
        let Some(page) = db.feeds(query).await?.pop() else {
            feeds.pop();
            cursor = Cursor::default();
            continue;
        };
        for edit in &page.edits {
            let place = order.len();
            order.entry(edit.record.clone()).or_insert(place);
            records
                .entry(edit.record.clone())
                .or_insert_with(|| RecordState::new(commune.clone()))
                .apply(edit);
        }
        if !page.more {
            return Ok((records, order));
        }
        cursor = page.cursor;
    }
    Ok((records, order))
}
