//! Demonstration data: invented, the same for the same seed, and made as real data is: tablets write
//! edits and push them, reviewers decide, the hub counts. Only passwords differ from run to run.
//!
//! What is drawn, so that it looks like the province and adds up to something:
//!
//! - A commune has 5 to 17 residential areas (11 on average) of 68 to 200 families (134), and 25 to 63
//!   units (44): 204 communes make about 2,250 areas, 300,000 families and 9,000 units. Xã have bản,
//!   townships tiểu khu, wards tổ.
//! - Of a district's communes one in nine is late (a register and hardly an entry), two in nine are
//!   halfway (some residential areas done, others not begun), the rest are on time. On time means 97 of
//!   100 families handed in, of which 97 are accepted, 2 returned and the others wait; 7 of 100
//!   residential areas have been handed in but not reviewed. One accepted entry in a hundred is changed
//!   afterwards, most of them without being handed in again.
//! - The title of a cultural family is earned by 58 to 84 of 100 families, by commune, about 71 on the
//!   whole; by those who earned it last year (69 of 100) more often. Where it is not, 38 of 100 have too
//!   few points, 24 are outvoted at the meeting, 22 had not registered, 10 miss half of one standard,
//!   6 are excluded. Most who earn it have 75 to 95 points.
//! - Poor are 8 to 33 of 100 families in xã and 1 to 6 in towns, by commune, about 20 on the whole, and
//!   three more were a year ago. 82 to 95 of 100 residential areas and 86 to 97 of 100 eligible units
//!   meet all criteria.
//! - 54 xã are recognised as new rural areas and 7 are put forward, as in the directive.
//! - Districts set own targets near the province's in February; communes that are on time set all of theirs,
//!   those halfway all but one or two, late ones none. Districts inspect four communes each.
//! - The year: registers in January, safety registrations until March, families that move or grow in
//!   summer, the poverty review from September, meetings and entries in November, reviews from
//!   5 December, changes until 28 December. Each tablet's clock goes forward through it, so there is one
//!   for each residential area and one in the commune's office; one for a whole commune would have to
//!   do everything in one order of days, which takes several times as many transactions.

mod books;
mod calendar;
mod character;
mod commune;
mod course;
mod district;
mod entries;
mod family;
mod luck;
mod names;
mod people;
mod push;
mod tablet;
mod targets;
mod unit;

use crate::cli::Failure;
use crate::store::Database;
use character::{Character, Pace, Rural};
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use luck::Luck;
use std::collections::BTreeSet;
use std::ops::AddAssign;
use std::time::Instant;
use thidua_domain::area::{Area, AreaCode, AreaLevel};
use thidua_domain::sync::hub::Rules;
use thidua_domain::text::format_int;

/// The seed of the province that is shown unless another is asked for.
pub const SEED: u64 = 1_012_022;
/// Huyện Quỳnh Nhai: the district that is filled without `--full`, in a few seconds.
const DISTRICT: &str = "118";
/// Communes in the works at the same time: one is written to the database while others are made up.
/// Memory is bounded by it.
const AT_ONCE: usize = 3;

/// Size of a demonstration: 100 is life-size.
#[derive(Clone, Copy, Debug)]
struct Scale100(i64);

impl Scale100 {
    fn of(self, count: i64) -> i64 {
        (count * self.0 / 100).max(1)
    }
}

/// What was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    communes: i64,
    areas: i64,
    families: i64,
    units: i64,
    edits: i64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.communes += other.communes;
        self.areas += other.areas;
        self.families += other.families;
        self.units += other.units;
        self.edits += other.edits;
    }
}

/// Fills the database with one district, or with the whole province if `full`, and prints accounts
/// with freshly made passwords. Where the data is present already, only passwords are made anew.
pub async fn run<D: Database>(db: &D, rules: Rules, full: bool) -> Result<(), Failure> {
    run_seeded(db, rules, full, SEED).await
}

/// As [`run`], from another seed. Communes that are filled already stay as they are.
pub async fn run_seeded<D: Database>(
    db: &D,
    rules: Rules,
    full: bool,
    seed: u64,
) -> Result<(), Failure> {
    let has_data = !db.last_edits(None).await?.is_empty();
    if has_data && !people::are_all_there(db).await? {
        return Err(
            "thư mục này có số liệu không phải số liệu minh họa; chưa có gì bị thay đổi. Hãy chọn \
             --data-dir khác. This directory holds data that is not a demonstration's; nothing was \
             changed; choose another --data-dir."
                .into(),
        );
    }
    // Before the data: a fill that is cut off is gone on with by running this again.
    let accounts = people::prepare(db, rules).await?;
    let top = AreaCode::parse(if full { "14" } else { DISTRICT })?;
    fill(db, rules, &top, Scale100(100), seed).await?;
    people::print(&accounts);
    Ok(())
}

/// Fills the communes under `top` that have no edit yet.
async fn fill<D: Database>(
    db: &D,
    rules: Rules,
    top: &AreaCode,
    scale: Scale100,
    seed: u64,
) -> Result<Counts, Failure> {
    let date = rules.season.date;
    let rural = character::rural(seed, rules.tree, date);
    let begun: BTreeSet<AreaCode> = db.last_edits(None).await?.into_keys().collect();
    let start = Instant::now();
    let mut total = Counts::default();
    for district in rules
        .tree
        .on(date)
        .filter(|area| area.level() == AreaLevel::District)
    {
        let communes = rules.tree.communes_under(&district.code, date);
        // Drawn for the whole district, whatever is filled of it already.
        let paces = character::paces(seed, district, &communes);
        let to_fill = communes.into_iter().filter(|commune| {
            rules.tree.contains(top, &commune.code, date) && !begun.contains(&commune.code)
        });
        let filled = stream::iter(to_fill)
            .map(|commune| {
                let pace = paces.get(&commune.code).copied().unwrap_or(Pace::OnTime);
                let rural = rural.get(&commune.code).copied();
                let rural = rural.unwrap_or(Rural::NotAsked);
                fill_commune(db, rules, commune, (pace, rural), scale, seed)
            })
            .buffer_unordered(AT_ONCE)
            .try_fold(Counts::default(), |mut sum, counts| async move {
                sum += counts;
                Ok(sum)
            })
            .await?;
        if filled.communes > 0 {
            district::live(db, rules, district).await?;
            report(&district.name, filled, start);
            total += filled;
        }
    }
    match total.communes {
        0 => eprintln!("  Dữ liệu minh họa đã có, bỏ qua. Demonstration data is present, skipped."),
        _ => report("Tổng cộng / total", total, start),
    }
    Ok(total)
}

fn report(place: &str, counts: Counts, start: Instant) {
    eprintln!(
        "  {place}: {} xã, phường, thị trấn; {} khu dân cư; {} hộ; {} đơn vị; {} lượt ghi; {} giây",
        format_int(counts.communes),
        format_int(counts.areas),
        format_int(counts.families),
        format_int(counts.units),
        format_int(counts.edits),
        format!("{:.1}", start.elapsed().as_secs_f64()).replace('.', ",")
    );
}

async fn fill_commune<D: Database>(
    db: &D,
    rules: Rules,
    area: &'static Area,
    (pace, rural): (Pace, Rural),
    scale: Scale100,
    seed: u64,
) -> Result<Counts, Failure> {
    let stream = area.code.as_str().parse()?;
    let make = move || {
        let mut luck = Luck::new(seed, stream);
        let character = Character::draw(&mut luck, pace, rural);
        commune::live(area, rules.season, character, scale, luck)
    };
    let year = tokio::task::spawn_blocking(make).await?;
    push::push(db, rules, &area.code, year).await
}

#[cfg(test)]
mod tests;
