//! Figures that a body reports for the province as a whole: GRDP, income, doctors, insurance. Each is
//! a record of the province's own, so that its history is kept like any other's.

use crate::area::AreaTree;
use crate::catalogue::{Direction, Indicator, IndicatorId, Measure};
use crate::date::Date;
use crate::progress::Verdict;
use crate::quantity::Hundredths;
use crate::record::{FieldName, Period, RecordKey, SubjectId, Value};
use crate::sync::edit::Edit;
use crate::sync::state::RecordState;
use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// Names of a figure's fields.
pub mod field {
    /// The figure, in hundredths of the indicator's unit (number).
    pub const VALUE: &str = "value";
    /// Last year's, in hundredths, where the directive only says up or down (number).
    pub const BASELINE: &str = "baseline";
    /// The day it stands for (ISO date).
    pub const AS_OF: &str = "as_of";
    /// The body and paper it is taken from (text).
    pub const SOURCE: &str = "source";
    /// A remark; of an indicator that is told in words, these words (text).
    pub const NOTE: &str = "note";
}

/// First word of a figure's key. Only the server writes such records.
pub const KIND: &str = "figure";

/// Largest figure, either way.
const MAX_HUNDREDTHS: i64 = 100_000_000_000_000;
/// Longest source, in bytes.
const MAX_SOURCE_BYTES: usize = 300;
/// Longest note, in bytes.
const MAX_NOTE_BYTES: usize = 2_000;

/// A figure as it was reported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The figure; `None` is "not reported", which is not 0.
    pub value: Option<Hundredths>,
    /// Last year's.
    pub baseline: Option<Hundredths>,
    /// The day it stands for.
    pub as_of: Option<Date>,
    /// Where it is taken from.
    pub source: String,
    /// A remark, or the words of an indicator that is told in words.
    pub note: String,
}

/// Why a figure is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FigureError {
    /// The indicator is counted from entries, or is not of this directive.
    #[error("not an indicator that is reported")]
    NotReported,
    /// A figure needs a day and a source, words need a source.
    #[error("day or source is missing")]
    SourceMissing,
    /// The day is not in the year of the directive.
    #[error("the day is not of this period")]
    OtherPeriod,
    /// A number or text is over its limit, or there is a figure where words are asked for.
    #[error("out of range")]
    OutOfRange,
}

/// The subject that all figures of the province belong to.
pub fn subject() -> SubjectId {
    SubjectId::derived(&format!("figures:{}", AreaTree::embedded().province().code))
}

/// The record of an indicator's figure in a period.
pub fn key(indicator: &IndicatorId, period: Period) -> RecordKey {
    RecordKey::parse(&format!("{KIND}/{}/{indicator}/{period}", subject()))
        .expect("indicators are named in the alphabet of keys")
}

/// Whether a body reports the indicator, as a number or in words.
pub fn is_reported(indicator: &Indicator) -> bool {
    matches!(indicator.measure, Measure::Figure | Measure::Narrative)
}

impl Figure {
    /// Reads a record.
    pub fn read(state: &RecordState) -> Self {
        let words = |name| state.text(name).unwrap_or_default().to_owned();
        Self {
            value: state.int(field::VALUE).map(Hundredths),
            baseline: state.int(field::BASELINE).map(Hundredths),
            as_of: state.text(field::AS_OF).and_then(Date::parse_iso),
            source: words(field::SOURCE),
            note: words(field::NOTE),
        }
    }

    /// Whether anything was reported.
    pub fn is_there(&self, indicator: &Indicator) -> bool {
        match indicator.measure {
            Measure::Narrative => !self.note.is_empty(),
            _ => self.value.is_some(),
        }
    }

    /// The fields that say so, or why it is not taken.
    pub fn fields(
        &self,
        indicator: &Indicator,
        period: Period,
    ) -> Result<Vec<(FieldName, Value)>, FigureError> {
        if !is_reported(indicator) {
            return Err(FigureError::NotReported);
        }
        let source = text::clean_line(&self.source);
        let note = text::nfc(self.note.trim());
        let narrative = indicator.measure == Measure::Narrative;
        let numbers = [self.value, self.baseline];
        let in_range = numbers
            .into_iter()
            .flatten()
            .all(|number| !narrative && number.0.abs() <= MAX_HUNDREDTHS);
        if !in_range || source.len() > MAX_SOURCE_BYTES || note.len() > MAX_NOTE_BYTES {
            return Err(FigureError::OutOfRange);
        }
        if self.as_of.is_some_and(|date| date.year() != period.0) {
            return Err(FigureError::OtherPeriod);
        }
        let said = if narrative {
            !note.is_empty()
        } else {
            self.value.is_some()
        };
        if said && (source.is_empty() || self.as_of.is_none()) {
            return Err(FigureError::SourceMissing);
        }
        let number = |number: Option<Hundredths>| number.map_or(Value::Null, |n| Value::Int(n.0));
        let words = |text: String| {
            if text.is_empty() {
                Value::Null
            } else {
                Value::Text(text)
            }
        };
        let fields = [
            (field::VALUE, number(self.value)),
            (field::BASELINE, number(self.baseline)),
            (
                field::AS_OF,
                words(self.as_of.map(|date| date.to_string()).unwrap_or_default()),
            ),
            (field::SOURCE, words(source)),
            (field::NOTE, words(note)),
        ];
        Ok(fields
            .into_iter()
            .map(|(name, value)| (FieldName::parse(name).expect("a valid name"), value))
            .collect())
    }
}

/// The figures that were reported in the course of the period, by the days they stand for: of each day
/// what was said of it last. `edits` are those of the figure's record, the oldest first.
pub fn reported<'a>(edits: impl IntoIterator<Item = &'a Edit>) -> Vec<(Date, Hundredths)> {
    let mut state: Option<RecordState> = None;
    let mut by_day = BTreeMap::new();
    for edit in edits {
        let state = state.get_or_insert_with(|| RecordState::new(edit.commune.clone()));
        state.apply(edit);
        let now = Figure::read(state);
        by_day.extend(now.as_of.zip(now.value));
    }
    by_day.into_iter().collect()
}

/// Holds a figure against the indicator's target; where the directive only says up or down, against
/// last year's. A figure can still change until the period ends, so none is ever "missed".
pub fn verdict(indicator: &Indicator, figure: Option<&Figure>) -> Verdict {
    let Some(figure) = figure.filter(|figure| figure.is_there(indicator)) else {
        return Verdict::NotReported;
    };
    let baseline = figure.baseline.or(indicator.baseline);
    let met = match (indicator.direction, figure.value) {
        (Direction::AtLeast, Some(value)) => indicator.target.map(|target| value >= target),
        (Direction::AtMost, Some(value)) => indicator.target.map(|target| value <= target),
        (Direction::Increase, Some(value)) => baseline.map(|before| value > before),
        (Direction::Decrease, Some(value)) => baseline.map(|before| value < before),
        (Direction::AsWritten | Direction::Narrative, _) | (_, None) => None,
    };
    match met {
        Some(true) => Verdict::Met,
        Some(false) => Verdict::NotYet,
        None => Verdict::NoTarget,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Directive;

    fn indicator(id: &str) -> &'static Indicator {
        Directive::embedded()
            .indicator(&IndicatorId::new(id))
            .unwrap()
    }

    fn figure(value: i64, baseline: Option<i64>) -> Figure {
        Figure {
            value: Some(Hundredths(value)),
            baseline: baseline.map(Hundredths),
            as_of: Date::new(2022, 12, 31),
            source: "Cục Thống kê".to_owned(),
            note: String::new(),
        }
    }

    #[test]
    fn figures_are_held_against_target_direction_and_baseline() {
        for (id, value, baseline, expected) in [
            ("grdp", 719, None, Verdict::NotYet),
            ("grdp", 720, None, Verdict::Met),
            ("tai-nan-giao-thong", 9_000, None, Verdict::NoTarget),
            ("tai-nan-giao-thong", 9_000, Some(10_000), Verdict::Met),
            ("tai-nan-giao-thong", 10_000, Some(10_000), Verdict::NotYet),
            ("bao-hiem-y-te", 9_520, Some(9_510), Verdict::Met),
            ("nong-lam-thuy-san", 9_900, None, Verdict::NoTarget),
        ] {
            let found = verdict(indicator(id), Some(&figure(value, baseline)));
            assert_eq!(found, expected, "{id} {value} {baseline:?}");
        }
        assert_eq!(verdict(indicator("grdp"), None), Verdict::NotReported);
        let empty = Figure::default();
        assert_eq!(
            verdict(indicator("grdp"), Some(&empty)),
            Verdict::NotReported
        );
        let told = Figure {
            note: "Không có ổ dịch lớn".to_owned(),
            ..empty
        };
        assert_eq!(
            verdict(indicator("dich-benh"), Some(&told)),
            Verdict::NoTarget
        );
    }

    #[test]
    fn of_each_day_the_last_word_counts() {
        use crate::area::AreaTree;
        use crate::sync::clock::Hlc;
        use crate::sync::edit::{DeviceId, EditId};
        let grdp = indicator("grdp");
        let mut state = RecordState::new(AreaTree::embedded().province().code.clone());
        let mut edits = Vec::new();
        for (seq, value, month) in [(1, 650, 9), (2, 660, 9), (3, 745, 12)] {
            let mut said = figure(value, None);
            said.as_of = Date::new(2022, month, 30);
            let fields = said.fields(grdp, Period(2022)).unwrap();
            let edit = Edit {
                id: EditId {
                    device: DeviceId(1),
                    seq,
                },
                time: Hlc::from_millis(u64::from(seq)),
                author: "so-noi-vu".to_owned(),
                commune: state.commune.clone(),
                record: key(&grdp.id, Period(2022)),
                changes: state.changes_to(fields),
            };
            state.apply(&edit);
            edits.push(edit);
        }
        let days: Vec<_> = reported(&edits)
            .into_iter()
            .map(|(day, value)| (day.month(), value.0))
            .collect();
        assert_eq!(days, [(9, 660), (12, 745)]);
    }

    #[test]
    fn a_figure_names_its_day_and_source() {
        let period = Period(2022);
        let whole = figure(720, None);
        let without = |change: fn(&mut Figure)| {
            let mut figure = whole.clone();
            change(&mut figure);
            figure.fields(indicator("grdp"), period).map(|_| ())
        };
        assert_eq!(without(|_| ()), Ok(()));
        for (found, expected) in [
            (without(|f| f.as_of = None), FigureError::SourceMissing),
            (
                without(|f| f.source = " ".to_owned()),
                FigureError::SourceMissing,
            ),
            (
                without(|f| f.as_of = Date::new(2021, 12, 31)),
                FigureError::OtherPeriod,
            ),
            (
                without(|f| f.value = Some(Hundredths(i64::MAX))),
                FigureError::OutOfRange,
            ),
            (
                without(|f| f.note = "x".repeat(3_000)),
                FigureError::OutOfRange,
            ),
        ] {
            assert_eq!(found, Err(expected));
        }
        // Taken back entirely, it needs no source.
        assert_eq!(without(|f| *f = Figure::default()), Ok(()));
        let counted = whole.fields(indicator("gia-dinh-van-hoa"), period);
        assert_eq!(counted, Err(FigureError::NotReported));
        let number_for_words = whole.fields(indicator("dich-benh"), period);
        assert_eq!(number_for_words, Err(FigureError::OutOfRange));
    }

    #[test]
    fn every_indicator_that_is_reported_has_a_key() {
        for indicator in &Directive::embedded().indicators {
            let key = key(&indicator.id, Period(2022));
            assert_eq!(key.subject(), subject(), "{key}");
            assert_eq!((key.subject_kind(), key.entry_parts()), (None, None));
        }
    }
}
