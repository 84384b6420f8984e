//! How fast the reviewers' pages answer at the full province, while tablets sync:
//! `cargo run --release -p thidua-server --features contract --example province -- DIR OUT.json`
//!
//! DIR keeps the demonstration province between runs; it is filled when it is empty. Each page is asked
//! for one request after the other: of the server itself, from the request's head to the answer's last byte, and
//! over HTTP on loopback, which is what a client waits for. The recount counts the same area again from its
//! records, through the same store and beside the same load. What happens once, and takes seconds, is timed once,
//! without the load: many entries accepted, and everything counted anew, as criteria that are adopted and a new
//! program's first start ask for.

mod ask;
mod bulk;
mod load;
mod preview;
mod recount;

use ask::{Asked, Asker};
use load::Load;
use recount::recount;
use serde::Serialize;
use std::path::PathBuf;
use std::time::Instant;
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::RecordKey;
use thidua_server::store::contract::{PERIOD, rules};
use thidua_server::store::{self, Database, Sqlite, StandingFilter};

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[derive(Serialize)]
struct Row {
    case: String,
    #[serde(flatten)]
    asked: Asked,
    recount_ms: f64,
}

/// Something that is timed once.
#[derive(Serialize)]
struct Timed {
    case: String,
    seconds: f64,
}

impl Timed {
    fn since(case: &str, begun: Instant) -> Self {
        Self {
            case: case.to_owned(),
            seconds: begun.elapsed().as_secs_f64(),
        }
    }
}

/// What is written to OUT.json.
#[derive(Serialize)]
struct Measured {
    pages: Vec<Row>,
    once: Vec<Timed>,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let directory = PathBuf::from(arguments.next().ok_or("DIR")?);
    let out = PathBuf::from(arguments.next().ok_or("OUT.json")?);
    let rules = rules();
    let database = Sqlite::open(&directory)?;
    if database.last_edits(None).await?.len() < rules.tree.communes(rules.season.date).len() {
        println!("filling the province; this takes minutes, once");
        thidua_server::demo::run(&database, rules, true).await?;
    }
    store::prepare(&database, rules).await?;

    let asker = Asker::new(&database).await?;
    let province = rules.tree.province().code.clone();
    let commune = rules.tree.communes(rules.season.date)[0].code.clone();
    let above = rules.tree.ancestors(&commune, rules.season.date);
    let district = above.last().ok_or("a district")?.code.clone();

    let load = Load::start(database.clone());
    println!("recounting each area");
    let recounted = [
        recount(&database, &province, 1).await?,
        recount(&database, &district, 3).await?,
        recount(&database, &commune, 9).await?,
    ];
    let areas = [
        ("province", &province, recounted[0]),
        ("district", &district, recounted[1]),
        ("commune", &commune, recounted[2]),
    ];
    let mut rows = Vec::new();
    for page in [
        "overview?",
        "communes?assessment=don-vi-an-toan&",
        "trend?assessment=gia-dinh-van-hoa&",
        "targets?",
        "outliers?assessment=gia-dinh-van-hoa&",
        "standings?",
        "queue?",
    ] {
        let (name, _) = page.split_once('?').ok_or("a page")?;
        // A map shows communes, and of a commune there is none.
        let levels = if name == "communes" { 2 } else { 3 };
        for (what, area, recount_ms) in &areas[..levels] {
            println!("{name}, {what}");
            rows.push(Row {
                case: format!("{name}, {what}"),
                asked: asker.ask(&format!("/api/{page}area={area}")).await?,
                recount_ms: *recount_ms,
            });
        }
    }
    let family = database.standings(of_families(&commune)).await?;
    let family = family.rows.first().ok_or("a family")?;
    let entry = RecordKey::entry(family.subject, Assessment::CulturalFamily, PERIOD);
    rows.push(Row {
        case: "one entry with its history".to_owned(),
        asked: asker.ask(&format!("/api/entries/{entry}")).await?,
        recount_ms: recounted[2],
    });
    let pushed = load.stop().await?;
    let (client, url) = asker.into_client();
    let mut once = bulk::sweep(&client, &url, &province).await?;
    once.extend(preview::preview(&database, &url).await?);

    let begun = Instant::now();
    store::rebuild(&database, rules).await?;
    once.push(Timed::since("count the province anew", begun));
    let differences = database.recount(rules).await?;
    if !differences.is_empty() {
        return Err(format!("kept counts differ from a recount: {differences:?}").into());
    }

    println!("{pushed} edits synced beside it; kept counts equal a recount");
    println!(
        "{:<28} {:>9} {:>9} {:>9} {:>9} {:>11} {:>7} {:>7}",
        "case", "p50 ms", "p99 ms", "wait p50", "wait p99", "recount ms", "p50 x", "p99 x"
    );
    for Row {
        case,
        asked,
        recount_ms,
    } in &rows
    {
        println!(
            "{case:<28} {:>9.2} {:>9.2} {:>9.2} {:>9.2} {recount_ms:>11.0} {:>7.0} {:>7.0}",
            asked.p50_ms,
            asked.p99_ms,
            asked.waited_p50_ms,
            asked.waited_p99_ms,
            recount_ms / asked.p50_ms,
            recount_ms / asked.p99_ms
        );
    }
    for Timed { case, seconds } in &once {
        println!("{case:<40} {seconds:>9.1} s");
    }
    let measured = Measured { pages: rows, once };
    std::fs::write(&out, serde_json::to_vec_pretty(&measured)?)?;
    Ok(())
}

fn of_families(commune: &AreaCode) -> StandingFilter {
    StandingFilter {
        communes: Some(vec![commune.clone()]),
        assessment: Some(Assessment::CulturalFamily),
        limit: 1,
        ..StandingFilter::default()
    }
}
