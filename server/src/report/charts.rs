//! The charts of a report: bars against the target, from the same figures as its tables.

use super::collect::words;
use super::paper::{Bar, Chart, Standing};
use thidua_domain::catalogue::{Direction, Indicator, Measure};
use thidua_domain::figure::Figure;
use thidua_domain::progress::{Tally, Verdict};
use thidua_domain::quantity::Hundredths;
use thidua_domain::text::format_hundredths;

/// A whole, in hundredths of a percent.
const WHOLE: i64 = 10_000;
/// Half as much again as the target has room; what is longer ends at the edge and says so in words.
const SCALE: i64 = 15_000;

const PATTERNS: &str = "Thanh đặc: đạt; thanh gạch chéo: chưa đạt; để trống: chưa báo cáo.";

fn standing(verdict: Verdict) -> Standing {
    match verdict {
        Verdict::NotReported => Standing::NotReported,
        Verdict::Met => Standing::Met,
        Verdict::NotYet | Verdict::Missed => Standing::NotMet,
        Verdict::NoTarget => Standing::NoTarget,
    }
}

/// What an indicator's figure is, for its bar.
pub(super) enum Value<'a> {
    /// Counted from entries.
    Counted(&'a Tally),
    /// As a body has reported it.
    Reported(&'a Figure),
}

impl Value<'_> {
    /// In hundredths of the indicator's unit.
    fn hundredths(&self, indicator: &Indicator) -> Option<i64> {
        match self {
            Self::Reported(figure) => figure.value.map(|value| value.0),
            Self::Counted(tally) if tally.reported() == 0 => None,
            Self::Counted(tally) => match indicator.measure {
                Measure::Count(_) => Some(tally.accepted.met * 100),
                _ => (tally.expected > 0).then(|| tally.accepted.met * WHOLE / tally.expected),
            },
        }
    }
}

/// The bar of an indicator that has a target, as a part of the target.
pub(super) fn of_indicator(
    indicator: &Indicator,
    value: &Value<'_>,
    verdict: Verdict,
) -> Option<Bar> {
    let bounded = matches!(indicator.direction, Direction::AtLeast | Direction::AtMost);
    let target = indicator.target.filter(|target| bounded && target.0 > 0)?;
    let own = value.hundredths(indicator);
    let space = if indicator.unit_label == "%" { "" } else { " " };
    let figure = |number: i64| {
        let number = format_hundredths(Hundredths(number));
        format!("{number}{space}{}", indicator.unit_label)
    };
    let sign = match indicator.direction {
        Direction::AtMost => "không quá",
        _ => "từ",
    };
    Some(Bar {
        label: format!("{} ({sign} {})", indicator.name, figure(target.0)),
        length: own.map(|own| own.saturating_mul(WHOLE) / target.0),
        words: match own {
            Some(own) => format!("{}: {}", words(verdict), figure(own)),
            None => words(verdict).to_owned(),
        },
        standing: standing(verdict),
    })
}

/// All indicators that have a target.
pub(super) fn of_indicators(bars: Vec<Bar>) -> Option<Chart> {
    (!bars.is_empty()).then(|| Chart {
        name: "Biểu đồ chỉ tiêu".to_owned(),
        title: "Kết quả so với chỉ tiêu giao".to_owned(),
        note: format!(
            "Độ dài thanh là kết quả tính theo phần trăm của chỉ tiêu; vạch đứng là đúng bằng chỉ tiêu (100%). \
             Chỉ tiêu “không quá” đạt khi thanh không vượt vạch và phần chưa duyệt không còn có thể làm vượt. {PATTERNS}"
        ),
        scale: SCALE,
        target: Some(WHOLE),
        bars,
    })
}

/// The areas below, by the share of one indicator.
pub(super) fn of_parts(
    indicator: &Indicator,
    parts: Vec<(String, Tally, Verdict)>,
) -> Option<Chart> {
    if parts.is_empty() || !matches!(indicator.measure, Measure::Share(_)) {
        return None;
    }
    let bars = parts.into_iter().map(|(label, tally, verdict)| {
        let length = Value::Counted(&tally).hundredths(indicator);
        Bar {
            label,
            length,
            words: match length {
                Some(share) => {
                    format!(
                        "{}: {}%",
                        words(verdict),
                        format_hundredths(Hundredths(share))
                    )
                }
                None => words(verdict).to_owned(),
            },
            standing: standing(verdict),
        }
    });
    let target = indicator.target.map(|target| target.0);
    let said = target.map_or_else(String::new, |target| {
        let figure = format_hundredths(Hundredths(target));
        format!("Vạch đứng là mức phấn đấu của tỉnh, {figure}%. ")
    });
    Some(Chart {
        name: "Biểu đồ địa bàn".to_owned(),
        title: format!("{} theo địa bàn", indicator.name),
        note: format!("{said}{PATTERNS}"),
        scale: WHOLE,
        target,
        bars: bars.collect(),
    })
}
