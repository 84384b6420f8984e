//! From kept counts and reported figures to the words of a report.

use super::charts::{self, Value};
use super::compose::NOTHING;
use super::issuer::{Issuer, small, together};
use super::paper::Bar;
use super::{IndicatorLine, Issue, LateLine, PaperError, PartLine, Report, books, inspected, own};
use crate::kept::Kept;
use crate::store::Database;
use crate::targets::Targets;
use std::collections::BTreeMap;
use thidua_domain::api::AreaTallies;
use thidua_domain::area::{Area, AreaLevel};
use thidua_domain::catalogue::{Assessment, Direction, Directive, Indicator, Measure};
use thidua_domain::date::Date;
use thidua_domain::figure::{self, Figure};
use thidua_domain::progress::{self, Tally, Verdict};
use thidua_domain::quantity::Hundredths;
use thidua_domain::record::RecordKey;
use thidua_domain::sync::hub::Rules;
use thidua_domain::sync::state::RecordState;
use thidua_domain::text::{format_hundredths, format_int};

pub(super) const NOT_REPORTED: &str = "Chưa báo cáo";

/// Collects the report of an area as of `today`.
pub async fn collect<D: Database>(
    db: &D,
    rules: Rules,
    area: &Area,
    issue: &Issue,
    today: Date,
) -> Result<Report, PaperError> {
    let kept = Kept::within(db, rules, &area.code).await?;
    let figures = db.records(figure::subject()).await?;
    let date = rules.season.date;
    let directive = Directive::embedded();
    let own = by_assessment(&kept.sum(rules, &area.code));
    let shown: Vec<&Indicator> = directive
        .indicators
        .iter()
        .filter(|indicator| indicator.shown_at.contains(&area.level()))
        .collect();
    let mut bars: Vec<Bar> = Vec::new();
    let judged: Vec<(IndicatorLine, Verdict)> = shown
        .iter()
        .map(|indicator| {
            let (line, verdict, bar) = line(rules, area, indicator, &own, &figures);
            bars.extend(bar);
            (line, verdict)
        })
        .collect();

    let children = rules.tree.children(&area.code, date);
    let counted: Vec<&Indicator> = shown
        .iter()
        .copied()
        .filter(|indicator| assessment(indicator).is_some())
        .collect();
    let mut parts = Vec::new();
    for child in &children {
        let tallies = by_assessment(&kept.sum(rules, &child.code));
        let result = |indicator: &&Indicator| {
            let tally = tally_of(indicator, &tallies);
            if tally.reported() == 0 {
                NOTHING.to_owned()
            } else {
                result(indicator, &tally)
            }
        };
        parts.push(PartLine {
            name: child.name.clone(),
            results: counted.iter().map(result).collect(),
        });
    }

    // The title that most is entered for stands for the others in the chart; the table has all.
    let charted = counted
        .iter()
        .copied()
        .find(|indicator| assessment(indicator) == Some(Assessment::CulturalFamily));
    let part_chart = charted.and_then(|indicator| {
        let parts = children.iter().map(|child| {
            let tallies = by_assessment(&kept.sum(rules, &child.code));
            let tally = tally_of(indicator, &tallies);
            let verdict = progress::verdict(indicator, &tally);
            (child.name.clone(), tally, verdict)
        });
        charts::of_parts(indicator, parts.collect())
    });

    let issuer = Issuer::of(area, rules.tree, date);
    let summary = match issue.summary.is_empty() {
        true => summary(&judged, &own),
        false => issue.summary.clone(),
    };
    Ok(Report {
        superior: issuer.superior,
        issuer: issuer.name,
        number: format!("Số: {}/{}", issue.number_words(), issuer.symbol),
        place_and_date: format!("{}, {}", issuer.place, issue.day_words(today)),
        period: rules.season.period.0,
        day: issue.date.unwrap_or(today),
        subject: format!(
            "Kết quả thực hiện phong trào thi đua năm {} trên địa bàn {}",
            rules.season.period,
            together(&small(&area.name))
        ),
        addressee: issuer.addressee,
        draft: issue.draft,
        preamble: preamble(directive, issue.date.unwrap_or(today)),
        summary,
        indicators: judged.into_iter().map(|(line, _)| line).collect(),
        part_columns: counted.iter().map(|one| one.name.clone()).collect(),
        parts,
        indicator_chart: charts::of_indicators(bars),
        part_chart,
        books: books::collect(db, rules, area).await?,
        late: late(rules, area, &kept),
        inspections: inspected::collect(db, rules, area, today).await?,
        own_targets: own::collect(&Targets::within(db, rules, area).await?, area),
        signatory_post: issuer.post,
        signatory: issue.signatory.clone(),
        receivers: issuer.receivers,
    })
}

fn preamble(directive: &Directive, day: Date) -> Vec<String> {
    vec![
        format!(
            "Thực hiện Chỉ thị số {} ngày {} của Ủy ban nhân dân tỉnh Sơn La về phong trào thi đua năm {}, \
             kết quả tổng hợp đến {} như sau:",
            directive.number,
            directive.issued.format_vi(),
            directive.period,
            day.format_long_vi()
        ),
        "Chỉ hồ sơ đã được duyệt mới tính vào kết quả. Tỷ lệ tính trên toàn bộ đối tượng phải đánh giá và \
         so với chỉ tiêu theo đúng giá trị, không làm tròn lên."
            .to_owned(),
    ]
}

fn summary(judged: &[(IndicatorLine, Verdict)], own: &BTreeMap<Assessment, Tally>) -> Vec<String> {
    let of = |verdicts: &[Verdict]| {
        let those = judged.iter().filter(|(_, own)| verdicts.contains(own));
        those.count()
    };
    let with_target = judged.len() - of(&[Verdict::NoTarget]);
    let mut sentences = vec![format!(
        "Trong {} chỉ tiêu có số để so sánh: {} chỉ tiêu đạt, {} chỉ tiêu chưa đạt, {} chỉ tiêu chưa báo cáo.",
        padded(with_target),
        padded(of(&[Verdict::Met])),
        padded(of(&[Verdict::NotYet, Verdict::Missed])),
        padded(of(&[Verdict::NotReported])),
    )];
    if let Some(families) = own.get(&Assessment::CulturalFamily) {
        sentences.push(format!(
            "Danh hiệu Gia đình văn hóa: {} hộ trong sổ, {} hộ đã nộp hồ sơ, {} hộ đã duyệt, trong đó {} hộ \
             đạt.",
            format_int(families.expected),
            format_int(families.reported()),
            format_int(families.accepted.total()),
            format_int(families.accepted.met)
        ));
    }
    sentences
}

/// Small counts as offices write them: "06".
fn padded(count: usize) -> String {
    match count {
        1..=9 => format!("{count:02}"),
        _ => count.to_string(),
    }
}

fn line(
    rules: Rules,
    area: &Area,
    indicator: &Indicator,
    own: &BTreeMap<Assessment, Tally>,
    figures: &BTreeMap<RecordKey, RecordState>,
) -> (IndicatorLine, Verdict, Option<Bar>) {
    let mut bar = None;
    let (result, coverage, verdict) = if assessment(indicator).is_some() {
        let tally = tally_of(indicator, own);
        let verdict = progress::verdict(indicator, &tally);
        bar = charts::of_indicator(indicator, &Value::Counted(&tally), verdict);
        let coverage = format!(
            "{}/{}",
            format_int(tally.reported()),
            format_int(tally.expected)
        );
        (result(indicator, &tally), coverage, verdict)
    } else if area.level() == AreaLevel::Province {
        let record = figures.get(&figure::key(&indicator.id, rules.season.period));
        let figure = record.map(Figure::read);
        let verdict = figure::verdict(indicator, figure.as_ref());
        let said = figure.unwrap_or_default();
        bar = charts::of_indicator(indicator, &Value::Reported(&said), verdict);
        let result = match (indicator.measure, said.value) {
            (Measure::Narrative, _) => said.note,
            (_, Some(value)) => format_hundredths(value),
            (_, None) => String::new(),
        };
        (result, said.source, verdict)
    } else {
        (String::new(), String::new(), Verdict::NotReported)
    };
    let nothing = verdict == Verdict::NotReported || result.is_empty();
    let line = IndicatorLine {
        section: indicator.section.clone(),
        name: indicator.name.clone(),
        unit: indicator.unit_label.clone(),
        target: target(indicator),
        result: if nothing {
            NOT_REPORTED.to_owned()
        } else {
            result
        },
        coverage,
        verdict: words(verdict).to_owned(),
    };
    (line, verdict, bar)
}

/// The word for a verdict on paper.
pub(super) fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotReported => NOT_REPORTED,
        Verdict::Met => "Đạt",
        Verdict::NotYet => "Chưa đạt",
        Verdict::Missed => "Không đạt",
        Verdict::NoTarget => "Không đặt số",
    }
}

pub(super) fn target(indicator: &Indicator) -> String {
    let figure = indicator.target.map(format_hundredths);
    match (indicator.direction, figure) {
        (Direction::AtLeast, Some(figure)) => format!("Từ {figure}"),
        (Direction::AtMost, Some(figure)) => format!("Không quá {figure}"),
        (Direction::Increase, _) => "Tăng so với năm trước".to_owned(),
        (Direction::Decrease, _) => "Giảm so với năm trước".to_owned(),
        (_, Some(figure)) => figure,
        (_, None) => "Báo cáo bằng lời".to_owned(),
    }
}

fn result(indicator: &Indicator, tally: &Tally) -> String {
    let met = tally.accepted.met.unsigned_abs();
    match indicator.measure {
        // Cut off, not rounded: 70,499 % must not read as the 70,5 % it is not.
        Measure::Share(_) if tally.expected > 0 => {
            let hundredths = u128::from(met) * 10_000 / u128::from(tally.expected.unsigned_abs());
            let hundredths = Hundredths(i64::try_from(hundredths).unwrap_or(i64::MAX));
            format!("{}%", format_hundredths(hundredths))
        }
        Measure::Share(_) => NOT_REPORTED.to_owned(),
        _ => format_int(tally.accepted.met),
    }
}

fn assessment(indicator: &Indicator) -> Option<Assessment> {
    match indicator.measure {
        Measure::Share(assessment) | Measure::Count(assessment) => Some(assessment),
        Measure::Figure | Measure::Narrative => None,
    }
}

fn tally_of(indicator: &Indicator, tallies: &BTreeMap<Assessment, Tally>) -> Tally {
    let tally = assessment(indicator).and_then(|of| tallies.get(&of));
    tally.copied().unwrap_or_default()
}

fn by_assessment(area: &AreaTallies) -> BTreeMap<Assessment, Tally> {
    let rows = area.tallies.iter();
    rows.map(|row| (row.assessment, row.tally)).collect()
}

/// Communes by district that have no register yet, or have handed in less than half of the families'
/// entries.
fn late(rules: Rules, area: &Area, kept: &Kept) -> Vec<LateLine> {
    let date = rules.season.date;
    let districts = match area.level() {
        AreaLevel::Province => rules.tree.children(&area.code, date),
        AreaLevel::District => vec![area],
        AreaLevel::Commune => Vec::new(),
    };
    let line = |district: &Area| {
        let communes = rules.tree.communes_under(&district.code, date);
        let mut line = LateLine {
            district: district.name.clone(),
            communes: communes.len(),
            not_begun: Vec::new(),
            slow: Vec::new(),
        };
        let mut slow = Vec::new();
        for commune in communes {
            let tallies = by_assessment(&kept.sum(rules, &commune.code));
            let families = tallies.get(&Assessment::CulturalFamily);
            let families = families.copied().unwrap_or_default();
            let (reported, expected) = (families.reported(), families.expected);
            if expected == 0 {
                line.not_begun.push(commune.name.clone());
            } else if reported * 2 < expected {
                let said = format!(
                    "{} ({}/{})",
                    commune.name,
                    format_int(reported),
                    format_int(expected)
                );
                slow.push((reported * 1_000 / expected, said));
            }
        }
        slow.sort();
        line.slow = slow.into_iter().map(|(_, said)| said).collect();
        line
    };
    let lines = districts.into_iter().map(line);
    lines
        .filter(|line| !line.not_begun.is_empty() || !line.slow.is_empty())
        .collect()
}
