//! Import of lists kept by offices: families with their residential areas, from CSV.

mod parse;
mod plan;

use crate::cli::Failure;
use crate::office::Office;
use crate::store::{Database, FeedQuery, StoreError};
use parse::RowError;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use thidua_domain::access::{Principal, Role};
use thidua_domain::area::{AreaCode, AreaLevel};
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
struct Refused(Vec<RowError>);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "tệp có lỗi, chưa nhập gì cả:")?;
        for error in self.0.iter().take(SHOWN) {
            writeln!(f, "  {error}")?;
        }
        if self.0.len() > SHOWN {
            writeln!(f, "  và {} lỗi nữa", self.0.len() - SHOWN)?;
        }
        write!(
            f,
            "Hãy sửa tệp rồi nhập lại, hoặc thêm --skip-bad-rows để chỉ nhập các dòng không lỗi."
        )
    }
}

impl std::error::Error for Refused {}

/// Imports a CSV file into a commune. The same file twice changes nothing.
pub async fn run<D: Database>(
    db: &D,
    rules: Rules,
    file: &Path,
    commune: &AreaCode,
    skip_bad_rows: bool,
) -> Result<(), Failure> {
    let area = rules
        .tree
        .get(commune, rules.season.date)
        .filter(|area| area.level() == AreaLevel::Commune)
        .ok_or_else(|| format!("không có xã, phường, thị trấn nào mang mã {commune}"))?;
    let parsed = parse::parse(&std::fs::read(file)?);
    if parsed.rows.is_empty() || (!parsed.errors.is_empty() && !skip_bad_rows) {
        return Err(Refused(parsed.errors).into());
    }
    let principal = Principal {
        account: AUTHOR.to_owned(),
        role: Role::CommuneOfficer,
        areas: vec![commune.clone()],
    };
    let known = commune_records(db, commune).await?;
    let mut office = Office::open(principal, commune.clone(), Office::fresh_device(), known);
    let now_ms = crate::clock::Clock::system().now_ms();
    let counts = plan::plan(&mut office, &parsed.rows, now_ms);
    office.push(db, rules, now_ms).await?;
    println!(
        "{}: thêm {} khu dân cư, {} hộ; sửa {} hộ; {} hộ không đổi; bỏ qua {} lỗi.",
        area.name,
        format_int(counts.areas_added),
        format_int(counts.families_added),
        format_int(counts.families_changed),
        format_int(counts.families_unchanged),
        parsed.errors.len(),
    );
    for error in parsed.errors.iter().take(SHOWN) {
        println!("  {error}");
    }
    Ok(())
}

/// What the commune's feed has made of its records.
async fn commune_records<D: Database>(
    db: &D,
    commune: &AreaCode,
) -> Result<BTreeMap<RecordKey, RecordState>, StoreError> {
    let mut records = BTreeMap::new();
    let mut cursor = Cursor::default();
    loop {
        let query = FeedQuery {
            cursors: vec![(commune.clone(), cursor)],
            except: None,
            max_edits: MAX_EDITS_DOWN,
            max_bytes: MAX_FRAME_BYTES,
        };
        let Some(page) = db.feeds(query).await?.pop() else {
            return Ok(records);
        };
        for edit in &page.edits {
            records
                .entry(edit.record.clone())
                .or_insert_with(|| RecordState::new(commune.clone()))
                .apply(edit);
        }
        if !page.more {
            return Ok(records);
        }
        cursor = page.cursor;
    }
}
