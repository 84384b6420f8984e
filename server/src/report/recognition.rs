//! The list of those who earned a title, as it goes with the decision that confers it.

use super::issuer::{small, together};
use super::paper::{Block, Column, Grid, Holds, Paper, Row};
use super::{Issue, PaperError, digest};
use crate::store::{Database, StandingFilter};
use serde::Serialize;
use std::collections::BTreeMap;
use thidua_domain::api::StandingView;
use thidua_domain::area::{Area, AreaLevel};
use thidua_domain::catalogue::Assessment;
use thidua_domain::criteria::Outcome;
use thidua_domain::date::Date;
use thidua_domain::entry::EntryState;
use thidua_domain::sync::hub::Rules;
use thidua_domain::text::{collation_key, format_int};

/// Titles that are conferred. Being poor is none.
pub const TITLES: [Assessment; 5] = [
    Assessment::CulturalFamily,
    Assessment::SafeResidentialArea,
    Assessment::CulturalResidentialArea,
    Assessment::SafeUnit,
    Assessment::NewRuralCommune,
];

/// Most names of one list: more than the largest commune has families, and a file that still opens.
pub const MAX_LISTED: usize = 5_000;
const PAGE: usize = 500;

/// The list of an area: accepted in review, and earned.
pub async fn recognition<D: Database>(
    db: &D,
    rules: Rules,
    area: &Area,
    title: Assessment,
    issue: &Issue,
    today: Date,
) -> Result<Paper, PaperError> {
    if !TITLES.contains(&title) {
        return Err(PaperError::NoTitle);
    }
    let rows = earned(db, rules, area, title).await?;
    let listed = rows.len();
    let grid = grid(rules, area, title, rows);
    let year = rules.season.period;
    let committee = format!("Ủy ban nhân dân {}", small(&area.name));
    let (subject, what) = words(title);
    let mut paper = Paper {
        letterhead: None,
        draft: issue.draft,
        kind: "DANH SÁCH".to_owned(),
        subject: format!(
            "{subject} năm {year} trên địa bàn {}",
            together(&small(&area.name))
        ),
        attached_to: Some(format!(
            "(Kèm theo Quyết định số {}/QĐ-UBND {} của Chủ tịch {committee})",
            issue.number_words(),
            issue.day_words(today)
        )),
        addressee: None,
        blocks: vec![Block::Table(grid)],
        signature: None,
        day: issue.date.unwrap_or(today),
        digest: String::new(),
    };
    let count = i64::try_from(listed).unwrap_or(i64::MAX);
    let end = format!("Danh sách này gồm {} {what}./.", format_int(count));
    paper.blocks.push(Block::Prose(end));
    paper.digest = digest(&Content {
        paper: &paper,
        area: area.code.as_str(),
    });
    Ok(paper)
}

/// What the digest is of: two areas of one name have two lists.
#[derive(Serialize)]
struct Content<'a> {
    paper: &'a Paper,
    area: &'a str,
}

fn words(title: Assessment) -> (&'static str, &'static str) {
    match title {
        Assessment::SafeResidentialArea => (
            "Khu dân cư đạt tiêu chuẩn “An toàn về an ninh, trật tự”",
            "khu dân cư",
        ),
        Assessment::CulturalResidentialArea => (
            "Khu dân cư được công nhận danh hiệu “Khu dân cư văn hóa”",
            "khu dân cư",
        ),
        Assessment::SafeUnit => (
            "Cơ quan, doanh nghiệp, cơ sở giáo dục đạt tiêu chuẩn “An toàn về an ninh, trật tự”",
            "đơn vị",
        ),
        Assessment::NewRuralCommune => ("Xã đạt chuẩn nông thôn mới", "xã"),
        Assessment::CulturalFamily | Assessment::PovertyReview => (
            "Hộ gia đình được công nhận danh hiệu “Gia đình văn hóa”",
            "hộ gia đình",
        ),
    }
}

async fn earned<D: Database>(
    db: &D,
    rules: Rules,
    area: &Area,
    title: Assessment,
) -> Result<Vec<StandingView>, PaperError> {
    let communes = rules.tree.communes_under(&area.code, rules.season.date);
    let mut filter = StandingFilter {
        communes: Some(communes.iter().map(|area| area.code.clone()).collect()),
        assessment: Some(title),
        state: Some(EntryState::Accepted),
        limit: PAGE,
        ..StandingFilter::default()
    };
    let mut rows = Vec::new();
    loop {
        let page = db.standings(filter.clone()).await?;
        let earned = page.rows.into_iter();
        rows.extend(earned.filter(|row| row.outcome == Outcome::Earned));
        if rows.len() > MAX_LISTED {
            return Err(PaperError::TooLong);
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(rows),
        }
    }
}

/// The rows under the place they belong to: of a commune its residential areas, of anything larger its
/// communes. Within a place they stay in the order of names.
fn grid(rules: Rules, area: &Area, title: Assessment, rows: Vec<StandingView>) -> Grid {
    let family = title == Assessment::CulturalFamily;
    let place = |row: &StandingView| match (area.level(), &row.residential_area) {
        (AreaLevel::Commune, Some(name)) if family => name.clone(),
        (AreaLevel::Commune, _) => String::new(),
        _ => rules
            .tree
            .get(&row.commune, rules.season.date)
            .map_or_else(String::new, |area| area.name.clone()),
    };
    let mut places: Vec<(String, Vec<StandingView>)> = Vec::new();
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let name = place(&row);
        let index = *at.entry(name.clone()).or_insert_with(|| {
            places.push((name, Vec::new()));
            places.len() - 1
        });
        places[index].1.push(row);
    }
    places.sort_by_cached_key(|(name, _)| collation_key(name));
    let mut number = 0;
    let mut lines = Vec::new();
    for (name, rows) in places {
        if !name.is_empty() {
            let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
            lines.push(Row::Group(format!("{name} ({})", format_int(count))));
        }
        for row in rows {
            number += 1;
            let mut cells = vec![format_int(number), row.label];
            if family {
                cells.push(row.house_no.unwrap_or_default());
                let points = row.points.map(|points| format_int(points.into()));
                cells.push(points.unwrap_or_default());
            } else {
                cells.push(row.residential_area.unwrap_or_default());
            }
            lines.push(Row::Cells(cells));
        }
    }
    let columns = if family {
        vec![
            Column::new("TT", 10, Holds::Numbers),
            Column::new("Họ và tên chủ hộ", 50, Holds::Words),
            Column::new("Số nhà, số sổ", 22, Holds::Marks),
            Column::new("Tổng điểm", 18, Holds::Numbers),
        ]
    } else {
        vec![
            Column::new("TT", 10, Holds::Numbers),
            Column::new("Tên", 55, Holds::Words),
            Column::new("Khu dân cư", 35, Holds::Words),
        ]
    };
    Grid {
        name: "Danh sách".to_owned(),
        columns,
        rows: lines,
        note: None,
    }
}
