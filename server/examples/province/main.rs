//! How fast the reviewers' pages answer at the full province, while tablets sync:
//! `cargo run --release -p thidua-server --features contract --example province -- DIR OUT.json`
//!
//! DIR keeps the demonstration province between runs; it is filled when it is empty. Each page is asked
//! for over HTTP on loopback, one request after the other, so a figure is what a client waits for. The
//! recount beside it counts the same area again from its records, through the same store. What happens once,
//! and takes seconds, is timed once, without the load: many entries accepted, and everything counted anew, as
//! criteria that are adopted and a new program's first start ask for.

mod bulk;
mod load;

use load::Load;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;
use thidua_domain::access::Role;
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::RecordKey;
use thidua_domain::sync::hub::standing_rows;
use thidua_server::accounts::{self, Passwords, generate_password};
use thidua_server::clock::Clock;
use thidua_server::http::{self, Options};
use thidua_server::store::contract::{PERIOD, rules};
use thidua_server::store::{self, Account, Database, Sqlite, StandingFilter};

/// Requests for each page.
const REQUESTS: usize = 400;
const REVIEWER: &str = "bench-so-noi-vu";

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[derive(Serialize)]
struct Row {
    case: String,
    p50_ms: f64,
    p99_ms: f64,
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
    if database.last_edits().await?.len() < rules.tree.communes(rules.season.date).len() {
        println!("filling the province; this takes minutes, once");
        thidua_server::demo::run(&database, rules, true).await?;
    }
    store::prepare(&database, rules).await?;

    let (client, url) = served(&database).await?;
    let province = rules.tree.province().code.clone();
    let commune = rules.tree.communes(rules.season.date)[0].code.clone();
    let above = rules.tree.ancestors(&commune, rules.season.date);
    let district = above.last().ok_or("a district")?.code.clone();

    let load = Load::start(database.clone());
    let mut rows = Vec::new();
    for (what, area) in [
        ("province", &province),
        ("district", &district),
        ("commune", &commune),
    ] {
        let path = format!("{url}/api/overview?area={area}");
        rows.push(row(&client, &format!("overview, {what}"), &path).await?);
    }
    for (what, area) in [("province", &province), ("commune", &commune)] {
        let path = format!("{url}/api/trend?area={area}&assessment=gia-dinh-van-hoa");
        rows.push(row(&client, &format!("trend, {what}"), &path).await?);
    }
    for (what, area) in [("province", &province), ("district", &district)] {
        let path = format!("{url}/api/communes?area={area}&assessment=don-vi-an-toan");
        rows.push(row(&client, &format!("map, {what}"), &path).await?);
        let path = format!("{url}/api/targets?area={area}");
        rows.push(row(&client, &format!("own targets, {what}"), &path).await?);
    }
    let path = format!("{url}/api/outliers?area={province}&assessment=gia-dinh-van-hoa");
    rows.push(row(&client, "hints, province", &path).await?);
    for (what, area) in [("province", &province), ("commune", &commune)] {
        let path = format!("{url}/api/standings?area={area}");
        rows.push(row(&client, &format!("first page of entries, {what}"), &path).await?);
        let path = format!("{url}/api/queue?area={area}");
        rows.push(row(&client, &format!("first page of the queue, {what}"), &path).await?);
    }
    let family = database.standings(of_families(&commune)).await?;
    let family = family.rows.first().ok_or("a family")?;
    let entry = RecordKey::entry(family.subject, Assessment::CulturalFamily, PERIOD);
    let path = format!("{url}/api/entries/{entry}");
    rows.push(row(&client, "one entry with its history, commune", &path).await?);
    let pushed = load.stop().await?;
    let mut once = bulk::sweep(&client, &url, &province).await?;

    println!("recounting");
    let recounts = [
        (&province, recount(&database, &province).await?),
        (&district, recount(&database, &district).await?),
        (&commune, recount(&database, &commune).await?),
    ];
    for row in &mut rows {
        let of = match row.case.as_str() {
            case if case.ends_with("commune") => 2,
            case if case.ends_with("district") => 1,
            _ => 0,
        };
        row.recount_ms = recounts[of].1;
    }
    let begun = Instant::now();
    store::rebuild(&database, rules).await?;
    once.push(Timed::since("count the province anew", begun));
    let differences = database.recount(rules).await?;
    if !differences.is_empty() {
        return Err(format!("kept counts differ from a recount: {differences:?}").into());
    }

    println!("{pushed} edits synced beside it; kept counts equal a recount");
    println!(
        "{:<40} {:>9} {:>9} {:>12} {:>8}",
        "case", "p50 ms", "p99 ms", "recount ms", "times"
    );
    for row in &rows {
        println!(
            "{:<40} {:>9.2} {:>9.2} {:>12.0} {:>8.0}",
            row.case,
            row.p50_ms,
            row.p99_ms,
            row.recount_ms,
            row.recount_ms / row.p99_ms
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

/// A server on a free port, and a client who is signed in as a reviewer of the province.
async fn served(database: &Sqlite) -> Result<(reqwest::Client, String), Failure> {
    let passwords = Passwords::new()?;
    let password = generate_password();
    let account = Account {
        name: REVIEWER.to_owned(),
        display_name: REVIEWER.to_owned(),
        role: Role::ProvinceReviewer,
        areas: vec![rules().tree.province().code.clone()],
        disabled: false,
    };
    match database.account(REVIEWER.to_owned()).await? {
        Some(_) => accounts::set_password(database, &passwords, REVIEWER, &password).await?,
        None => accounts::add(database, &passwords, account, &password, 0).await?,
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let options = Options {
        rules: rules(),
        clock: Clock::system(),
        dist: PathBuf::new(),
        trust_proxy: false,
    };
    tokio::spawn(http::serve(
        listener,
        database.clone(),
        options,
        std::future::pending(),
    ));
    let body = serde_json::json!({ "account": REVIEWER, "password": password });
    let client = reqwest::Client::new();
    let asked = client.post(format!("{url}/api/session")).json(&body);
    let answer = asked
        .header("Origin", &url)
        .send()
        .await?
        .error_for_status()?;
    let cookie = answer.headers().get("set-cookie").ok_or("a cookie")?;
    let cookie = cookie.to_str()?.split(';').next().ok_or("a cookie")?;
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("cookie", cookie.parse()?);
    let client = reqwest::Client::builder().default_headers(headers);
    Ok((client.build()?, url))
}

/// Asks for a page again and again.
async fn row(client: &reqwest::Client, case: &str, url: &str) -> Result<Row, Failure> {
    let mut times = Vec::with_capacity(REQUESTS);
    for _ in 0..REQUESTS {
        let begun = Instant::now();
        let answer = client.get(url).send().await?.error_for_status()?;
        answer.bytes().await?;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    let at = |hundredth: usize| times[(times.len() - 1) * hundredth / 100].as_secs_f64() * 1_000.0;
    Ok(Row {
        case: case.to_owned(),
        p50_ms: at(50),
        p99_ms: at(99),
        recount_ms: 0.0,
    })
}

/// Counts an area again from the records of its subjects, in milliseconds. Which subjects there are is
/// read before and not timed.
async fn recount(database: &Sqlite, area: &AreaCode) -> Result<f64, Failure> {
    let rules = rules();
    let below = rules.tree.communes_under(area, rules.season.date);
    let communes: Vec<_> = below.into_iter().map(|area| area.code.clone()).collect();
    let mut subjects = Vec::new();
    let mut after = None;
    loop {
        let filter = StandingFilter {
            communes: Some(communes.clone()),
            after,
            limit: 1_000,
            ..StandingFilter::default()
        };
        let page = database.standings(filter).await?;
        subjects.extend(page.rows.iter().map(|row| row.subject));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    subjects.sort_unstable();
    subjects.dedup();
    let begun = Instant::now();
    let mut accepted: BTreeMap<Assessment, u64> = BTreeMap::new();
    for id in subjects {
        let records = database.records(id).await?;
        for row in standing_rows(rules, &records, id) {
            *accepted.entry(row.assessment).or_default() += 1;
        }
    }
    std::hint::black_box(accepted);
    Ok(begun.elapsed().as_secs_f64() * 1_000.0)
}
