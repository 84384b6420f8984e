//! Import of lists kept by offices.

use crate::cli::Failure;
use crate::store::Database;
use std::path::Path;
use thidua_domain::area::AreaCode;
use thidua_domain::sync::hub::Rules;

/// Imports a CSV file into a commune.
pub async fn run<D: Database>(
    _db: &D,
    _rules: Rules,
    _file: &Path,
    _commune: &AreaCode,
    _skip_bad_rows: bool,
) -> Result<(), Failure> {
    Err("roster: chưa có trong bản này".into())
}
