//! Demonstration data.

use crate::cli::Failure;
use crate::store::Database;
use thidua_domain::sync::hub::Rules;

/// Fills the database with a school year's worth of invented data, or with a whole year if `full`.
pub async fn run<D: Database>(_db: &D, _rules: Rules, _full: bool) -> Result<(), Failure> {
    Err("demo: chưa có trong bản này".into())
}
