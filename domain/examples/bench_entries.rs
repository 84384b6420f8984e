//! Makes the rows that a tablet's store would hold after these entries were made on it, for `bench/`.
//!
//! Reads `{replica, commune, entries: [{record, at, values}]}` from standard input and writes
//! `{replica, records: [[key, row]], edits: [[key, row]]}`. The edits are planned by
//! [`Replica::plan_edit`], exactly as the app's `write_edits` does.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::error::Error;
use thidua_domain::area::AreaCode;
use thidua_domain::record::{FieldName, RecordKey, Value};
use thidua_domain::sync::replica::{LocalRecord, Replica};

#[derive(Deserialize)]
struct Input {
    replica: Replica,
    commune: AreaCode,
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    record: String,
    at: u64,
    values: BTreeMap<String, Value>,
}

#[derive(Serialize)]
struct Output {
    replica: String,
    records: Vec<(String, String)>,
    edits: Vec<(String, String)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let input: Input = serde_json::from_reader(std::io::stdin().lock())?;
    let mut replica = input.replica;
    let (mut records, mut edits) = (Vec::new(), Vec::new());
    for entry in input.entries {
        let key = RecordKey::parse(&entry.record)?;
        let record = LocalRecord::new(input.commune.clone());
        let values: Result<Vec<_>, _> = entry
            .values
            .into_iter()
            .map(|(name, value)| FieldName::parse(&name).map(|name| (name, value)))
            .collect();
        let changes = record.shown.changes_to(values?);
        let plan = replica
            .plan_edit(&key, &record.shown, changes, entry.at)
            .ok_or("an entry without a change")?;
        let id = plan.edit.id;
        let log_key = format!("{}.{:010}", id.device, id.seq);
        edits.push((log_key, serde_json::to_string(&plan.edit)?));
        let row = serde_json::to_string(&record.edited(plan.state))?;
        records.push((entry.record, row));
        replica = plan.replica;
    }
    let replica = serde_json::to_string(&replica)?;
    let output = Output {
        replica,
        records,
        edits,
    };
    serde_json::to_writer(std::io::stdout().lock(), &output)?;
    Ok(())
}
