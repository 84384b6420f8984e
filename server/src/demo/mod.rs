//! Demonstration data: invented, the same for the same seed, and made as real data is: a tablet for
//! each commune writes edits and pushes them, reviewers decide, the hub counts.

mod commune;
mod luck;
mod names;
mod people;

use crate::accounts;
use crate::cli::Failure;
use crate::office::Office;
use crate::store::{Database, StoreError};
use commune::{Fate, Pace, Scale100, Year};
use luck::Luck;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;
use thidua_domain::access::{Principal, Role};
use thidua_domain::area::{Area, AreaCode, AreaLevel};
use thidua_domain::entry;
use thidua_domain::record::RecordKey;
use thidua_domain::review::{Decision, Verdict};
use thidua_domain::sync::clock::Hlc;
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::hub::{self, HUB_ACCOUNT, Needs, Rules};
use thidua_domain::text::format_int;

/// The seed of the province that `--demo` shows.
const SEED: u64 = 1_012_022;
/// Huyện Thuận Châu: the district that is filled without `--full`.
const DISTRICT: &str = "119";
/// The account that demonstration edits are signed with; not a name an account can have.
const AUTHOR: &str = "*demo*";
/// Decisions taken in one transaction.
const REVIEWS_AT_ONCE: usize = 500;

/// Fills the database with one district, or with the whole province if `full`, and prints accounts
/// with freshly made passwords. Where the data is present already, only passwords are made anew.
pub async fn run<D: Database>(db: &D, rules: Rules, full: bool) -> Result<(), Failure> {
    let top = AreaCode::parse(if full { "14" } else { DISTRICT })?;
    fill(db, rules, &top, Scale100(100), SEED).await?;
    people::print_accounts(db, rules).await
}

/// Fills the communes under `top` that have no edit yet.
async fn fill<D: Database>(
    db: &D,
    rules: Rules,
    top: &AreaCode,
    scale: Scale100,
    seed: u64,
) -> Result<(), Failure> {
    let date = rules.season.date;
    let begun: BTreeSet<AreaCode> = db.last_edits().await?.into_keys().collect();
    let start = Instant::now();
    let (mut filled, mut edits) = (0, 0);
    for district in rules
        .tree
        .on(date)
        .filter(|area| area.level() == AreaLevel::District)
    {
        let communes: Vec<&Area> = rules
            .tree
            .communes_under(&district.code, date)
            .into_iter()
            .filter(|commune| rules.tree.contains(top, &commune.code, date))
            .filter(|commune| !begun.contains(&commune.code))
            .collect();
        if communes.is_empty() {
            continue;
        }
        for commune in &communes {
            edits += fill_commune(db, rules, commune, scale, seed).await?;
            filled += 1;
        }
        eprintln!(
            "  {}: {} xã, phường, thị trấn; {} lượt ghi; {:.1} s",
            district.name,
            communes.len(),
            format_int(i64::try_from(edits).unwrap_or(i64::MAX)),
            start.elapsed().as_secs_f64()
        );
    }
    if filled == 0 {
        eprintln!("  Dữ liệu minh họa đã có, bỏ qua. Demonstration data is present, skipped.");
    }
    Ok(())
}

async fn fill_commune<D: Database>(
    db: &D,
    rules: Rules,
    area: &Area,
    scale: Scale100,
    seed: u64,
) -> Result<usize, Failure> {
    let stream = area.code.as_str().parse()?;
    let mut luck = Luck::new(seed, stream);
    let pace = if people::LATE.contains(&area.code.as_str()) {
        Pace::Late
    } else {
        Pace::of(&mut luck)
    };
    let principal = Principal {
        account: AUTHOR.to_owned(),
        role: Role::CommuneOfficer,
        areas: vec![area.code.clone()],
    };
    let device = DeviceId::from_random(seed << 20 | stream);
    let mut office = Office::open(principal, area.code.clone(), device, BTreeMap::new());
    let mut year = Year {
        office: &mut office,
        luck: &mut luck,
        area,
        season: rules.season,
        pace,
        scale,
        fates: Vec::new(),
    };
    year.live();
    let fates = year.fates;
    let edits = office.waiting();
    let now_ms = crate::clock::Clock::system().now_ms();
    office.push(db, rules, now_ms).await?;
    for batch in fates.chunks(REVIEWS_AT_ONCE) {
        decide(db, rules, area, &office, batch, now_ms).await?;
    }
    Ok(edits + fates.len())
}

/// Reviews entries as reviewers do: bound to the content that was submitted.
async fn decide<D: Database>(
    db: &D,
    rules: Rules,
    area: &Area,
    office: &Office,
    batch: &[(RecordKey, Fate)],
    now_ms: u64,
) -> Result<(), StoreError> {
    let asked: Vec<(RecordKey, Verdict)> = batch
        .iter()
        .filter_map(|(key, fate)| {
            let digest = entry::content_digest(office.record(key)?);
            let (decision, comment) = match fate {
                Fate::Accept => (Decision::Accept, ""),
                Fate::Return => (
                    Decision::Return,
                    "Đề nghị xem lại số hộ dự họp và đối chiếu biên bản.",
                ),
            };
            let comment = comment.to_owned();
            Some((
                key.clone(),
                Verdict {
                    decision,
                    digest,
                    comment,
                },
            ))
        })
        .collect();
    // A device of the hub's own for each commune, so that the same seed makes the same edits.
    let device = DeviceId::from_random(1 << 51 | area.code.as_str().parse::<u64>().unwrap_or(0));
    let needs = Needs {
        device,
        seqs: None,
        subjects: asked.iter().map(|(key, _)| key.subject()).collect(),
        communes: BTreeSet::from([area.code.clone()]),
    };
    let principal = Principal {
        account: HUB_ACCOUNT.to_owned(),
        role: Role::ProvinceReviewer,
        areas: vec![rules.tree.province().code.clone()],
    };
    let decided_at = Hlc::from_millis(DECEMBER_MS);
    let plan = move |loaded| {
        let (writes, refused) =
            hub::plan_reviews(rules, &principal, device, asked, decided_at, loaded);
        debug_assert!(refused.is_empty());
        Ok::<_, StoreError>((writes, ()))
    };
    db.transact(now_ms, needs, plan).await
}

/// 15 December 2022, when the demonstration's reviews are made.
const DECEMBER_MS: u64 = 1_671_062_400_000;

/// A password nobody has seen.
fn fresh_password() -> String {
    accounts::generate_password()
}

#[cfg(test)]
mod tests;
