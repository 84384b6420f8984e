//! Many entries decided at once: listed page by page, accepted a request at a time, and taken back again, so that
//! the directory is as it was.

use super::{Failure, Timed};
use std::time::Instant;
use thidua_domain::api::{
    BulkEntry, BulkOutcome, BulkReviewAnswer, BulkReviewRequest, MAX_QUEUE, QueuePage,
};
use thidua_domain::area::AreaCode;
use thidua_domain::record::RecordKey;
use thidua_domain::review::Decision;
use thidua_server::store::contract::PERIOD;

/// Entries of one sweep.
const ENTRIES: usize = 10_000;

/// Lists what waits in an area, accepts it and opens it again.
pub async fn sweep(
    client: &reqwest::Client,
    url: &str,
    area: &AreaCode,
) -> Result<Vec<Timed>, Failure> {
    let begun = Instant::now();
    let entries = list(client, url, area).await?;
    let what = format!("{} entries", entries.len());
    let mut rows = vec![Timed::since(&format!("list {what}"), begun)];
    for (word, decision) in [("accept", Decision::Accept), ("reopen", Decision::Reopen)] {
        let begun = Instant::now();
        for part in entries.chunks(MAX_QUEUE) {
            decide(client, url, decision, part).await?;
        }
        rows.push(Timed::since(&format!("{word} {what}"), begun));
    }
    Ok(rows)
}

async fn list(
    client: &reqwest::Client,
    url: &str,
    area: &AreaCode,
) -> Result<Vec<BulkEntry>, Failure> {
    let mut entries = Vec::new();
    let mut after = None::<String>;
    while entries.len() < ENTRIES {
        // A title that goes over one desk alone: what lies on the other is not this account's to accept.
        let mut page = format!("{url}/api/queue?area={area}&assessment=gia-dinh-van-hoa");
        if let Some(after) = &after {
            page.push_str(&format!("&after={}", after.replace('"', "%22")));
        }
        let page = client.get(page).send().await?.error_for_status()?;
        let page: QueuePage = page.json().await?;
        entries.extend(page.rows.into_iter().map(|row| BulkEntry {
            record: RecordKey::entry(row.standing.subject, row.standing.assessment, PERIOD),
            commune: row.standing.commune,
            digest: row.digest,
            instead: false,
        }));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    entries.truncate(ENTRIES);
    Ok(entries)
}

async fn decide(
    client: &reqwest::Client,
    url: &str,
    decision: Decision,
    entries: &[BulkEntry],
) -> Result<(), Failure> {
    let asked = BulkReviewRequest::new(decision, entries.to_vec());
    let request = client.post(format!("{url}/api/review/bulk")).json(&asked);
    let answer = request.header("Origin", url).send().await?;
    let answer: BulkReviewAnswer = answer.error_for_status()?.json().await?;
    match answer.outcomes.iter().all(|it| *it == BulkOutcome::Taken) {
        true => Ok(()),
        false => Err(format!("not all were taken: {:?}", answer.outcomes).into()),
    }
}
