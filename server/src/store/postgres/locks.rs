//! Who writes waits for whom.
//!
//! A write transaction first locks what its plan will read: its devices, the communes it appends to, the
//! subjects it speaks of; everybody in the same order, so that nobody waits in a circle and nothing has
//! ever to be planned twice. The locks go when the commit is visible: whoever gets the lock of a commune
//! next sees the end of its feed, and so numbers become visible in order, without a gap.
//!
//! They are advisory locks and not rows, since what is locked may have no row yet. For that to hold,
//! every statement after them has to see what was committed meanwhile: read committed, not serializable,
//! whose snapshot would be older than the lock.

use super::rows;
use crate::store::StoreResult;
use deadpool_postgres::Transaction;
use std::collections::BTreeSet;
use thidua_domain::sync::hub::Needs;

/// Held shared by every write, and alone by what touches everything.
const EVERYTHING: i64 = 0;
/// Most locks of one transaction: PostgreSQL keeps them all in one table of limited size. Larger writes
/// lock everything.
const MOST: usize = 128;

/// Locks what `needs` names until the end of the transaction: everything, where a commune is to end, since
/// anybody may be writing something that would be left behind in it.
pub(super) async fn of(transaction: &Transaction<'_>, needs: &Needs) -> StoreResult<()> {
    let keys = keys(needs);
    if keys.len() > MOST || !needs.ending.is_empty() {
        return everything(transaction).await;
    }
    let keys: Vec<i64> = keys.into_iter().collect();
    let shared = "SELECT pg_advisory_xact_lock_shared($1)";
    let own = "SELECT pg_advisory_xact_lock(key) FROM unnest($1::bigint[]) AS key";
    rows(transaction, shared, &[&EVERYTHING]).await?;
    rows(transaction, own, &[&keys]).await?;
    Ok(())
}

/// Keeps everybody else from writing until the end of the transaction.
pub(super) async fn everything(transaction: &Transaction<'_>) -> StoreResult<()> {
    let alone = "SELECT pg_advisory_xact_lock($1)";
    rows(transaction, alone, &[&EVERYTHING]).await?;
    Ok(())
}

/// A key for each device, commune and subject, in the order in which they are locked. Two that share a
/// key wait for each other without need, and that is all.
fn keys(needs: &Needs) -> BTreeSet<i64> {
    const BITS: u32 = 60;
    let key = |kind: u64, id: u64| (kind << BITS | id & ((1 << BITS) - 1)).cast_signed();
    let devices = needs.former.iter().chain([&needs.device]);
    let devices = devices.map(|device| key(1, device.0));
    let communes = needs.communes.iter().map(|commune| {
        let code = commune.as_str().bytes();
        key(
            2,
            code.fold(1, |number, digit| number * 256 + u64::from(digit)),
        )
    });
    let subjects = needs.subjects.iter().map(|subject| {
        let (high, low) = ((subject.0 >> 64) as u64, subject.0 as u64);
        key(3, high ^ low)
    });
    devices.chain(communes).chain(subjects).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_domain::area::AreaCode;
    use thidua_domain::record::SubjectId;
    use thidua_domain::sync::edit::DeviceId;

    #[test]
    fn what_differs_has_keys_that_differ() {
        let needs = Needs {
            device: DeviceId(3_751),
            former: vec![DeviceId(3_752)],
            seqs: None,
            kept: None,
            ending: BTreeSet::new(),
            subjects: [3_751, 1 << 64, u128::MAX].map(SubjectId).into(),
            communes: ["03751", "3751", "14"]
                .map(|code| AreaCode::parse(code).unwrap())
                .into(),
        };
        let keys = keys(&needs);
        assert_eq!(keys.len(), 8);
        assert!(keys.iter().all(|key| *key > EVERYTHING));
    }
}
