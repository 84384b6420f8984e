//! Asking the server to sign for what it holds. It is no part of a sync, where it would weigh more than many a
//! day's work: the page for handing the tablet over asks when it is opened, and a sync does once a day.

use super::transport;
use crate::store::Store;
use leptos::prelude::*;
use thidua_domain::api::ReceiptsWanted;
use thidua_domain::receipt::Receipt;
use thidua_domain::sync::replica::Replica;

/// How old receipts become before a sync asks for others: the page is then nearly true without a connection.
const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Asks for receipts for what the server holds and has not signed for, if there is any. Without an answer, or
/// room to keep it, all is as before: nothing is covered that was not, and the next one asks again.
pub async fn ask(store: &Store) {
    let devices = store.replica().with_untracked(Replica::receipts_wanted);
    if devices.is_empty() {
        return;
    }
    let wanted = ReceiptsWanted { devices };
    let answer = transport::json("POST", "/api/receipts", Some(&wanted)).await;
    if let Ok(receipts) = answer {
        let receipts: Vec<Receipt> = receipts;
        let _ = store.take_receipts(&receipts).await;
    }
}

/// Whether a sync that went well should ask: everything is sent, and the last receipt is a day old by the
/// server's clock.
pub(super) fn are_due(replica: &Replica, server_ms: u64) -> bool {
    let times = replica.receipts.values().map(|receipt| receipt.at_ms);
    let last = times.max().unwrap_or(0);
    replica.waiting() == 0 && last + DAY_MS <= server_ms
}
