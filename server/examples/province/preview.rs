//! What other criteria for families would change, over all that have been begun: asked over HTTP, and made beside it
//! entry by entry out of the lists, which has to come to the same.

use super::ask::signed_in;
use super::{Failure, Timed};
use std::time::Instant;
use thidua_domain::access::Role;
use thidua_domain::api::{Change, PackPreview};
use thidua_domain::area::AreaLevel;
use thidua_domain::catalogue::Assessment;
use thidua_domain::entry::{self, EntryState};
use thidua_domain::record::RecordKey;
use thidua_domain::setting::pack::Draft;
use thidua_domain::sync::hub::Rules;
use thidua_server::store::contract::{PERIOD, rules};
use thidua_server::store::{Database, Sqlite, StandingFilter, as_set};

const ADMINISTRATOR: &str = "bench-quan-tri";
const TITLE: Assessment = Assessment::CulturalFamily;

/// Asks for a preview of the last version without its last criterion.
pub async fn preview(database: &Sqlite, url: &str) -> Result<Vec<Timed>, Failure> {
    let rules = as_set(database, rules()).await?;
    let mut draft = Draft::from_last(rules.packs, TITLE, PERIOD).ok_or("a pack")?;
    draft.lines.pop();
    draft.paper = "Quyết định 1/QĐ-UBND".to_owned();
    let cookie = signed_in(database, url, ADMINISTRATOR, Role::Administrator).await?;
    let client = reqwest::Client::new();
    let mut timed = Vec::new();
    let mut shown = PackPreview::default();
    for turn in ["first", "again"] {
        let begun = Instant::now();
        let asked = client.post(format!("{url}/api/settings/preview"));
        let asked = asked.header("Origin", url).header("Cookie", &cookie);
        let answer = asked.json(&draft).send().await?.error_for_status()?;
        shown = answer.json().await?;
        let what = format!("preview over {} families, {turn}", shown.total().entries);
        timed.push(Timed::since(&what, begun));
    }
    let begun = Instant::now();
    let same = one_by_one(database, rules, &draft).await?;
    timed.push(Timed::since("the same, entry by entry", begun));
    if same != shown {
        return Err("the preview differs from one made entry by entry".into());
    }
    Ok(timed)
}

async fn one_by_one(
    database: &Sqlite,
    rules: Rules,
    draft: &Draft,
) -> Result<PackPreview, Failure> {
    let pack = draft.pack(rules.packs, PERIOD)?;
    let mut preview = PackPreview::default();
    let begun = EntryState::ALL.into_iter();
    for state in begun.filter(|it| *it != EntryState::Empty) {
        let mut filter = StandingFilter {
            assessment: Some(TITLE),
            state: Some(state),
            limit: 500,
            ..StandingFilter::default()
        };
        loop {
            let page = database.standings(filter.clone()).await?;
            for row in page.rows {
                let records = database.records(row.subject).await?;
                let entry = &records[&RecordKey::entry(row.subject, TITLE, PERIOD)];
                let now = rules.packs.judging(Some(entry), TITLE, PERIOD);
                let zone = rules.tree.zone(&row.commune);
                let change = Change {
                    sealed: matches!(state, EntryState::Submitted | EntryState::Accepted),
                    now: entry::evaluate(entry, now.ok_or("a pack")?, zone).outcome,
                    then: entry::evaluate(entry, &pack, zone).outcome,
                };
                let above = rules.tree.ancestors(&row.commune, rules.season.date);
                let mut districts = above.iter().filter(|it| it.level() == AreaLevel::District);
                preview.add(&districts.next().ok_or("a district")?.code, change);
            }
            match page.next {
                Some(next) => filter.after = Some(next),
                None => break,
            }
        }
    }
    Ok(preview)
}
