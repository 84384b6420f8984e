//! Own targets as they are typed, and what the open commune has set.

use crate::store::Store;
use crate::texts::{self, figures, targets as say};
use thidua_domain::area::Area;
use thidua_domain::catalogue::{Indicator, Measure};
use thidua_domain::date::Date;
use thidua_domain::quantity::Hundredths;
use thidua_domain::record::RecordKey;
use thidua_domain::season::Season;
use thidua_domain::target::{self, ONE, OwnTarget, TargetError};
use thidua_domain::text::NumberError;

/// The largest goal of an area; `None` where it sets none of this.
pub fn most(indicator: &Indicator, area: &Area, date: Date) -> Option<i64> {
    target::most(indicator, area, crate::areas::tree(), date)
}

/// A goal as it is typed: a percentage, or a number of communes.
pub fn written(indicator: &Indicator, goal: Hundredths) -> String {
    match indicator.measure {
        Measure::Count(_) => texts::int(goal.0 / ONE),
        _ => texts::hundredths(goal),
    }
}

/// What was typed, held to what the area can set; or what to mend, in words.
pub fn typed(
    indicator: &Indicator,
    most: i64,
    goal: &str,
    plan: String,
) -> Result<OwnTarget, String> {
    let goal = match goal.trim() {
        "" => None,
        typed => Some(number(typed)?),
    };
    if matches!(indicator.measure, Measure::Count(_)) && goal.is_some_and(|it| it.0 % ONE != 0) {
        return Err(say::not_whole().to_owned());
    }
    let target = OwnTarget { goal, plan };
    match target.fields(indicator, Some(most)) {
        Ok(_) => Ok(target),
        Err(error) => Err(refused(error).to_owned()),
    }
}

fn number(typed: &str) -> Result<Hundredths, String> {
    let read = texts::language().parse_hundredths(typed);
    read.map_err(|error| match error {
        NumberError::DotAsDecimal { suggestion } => figures::unclear(typed, suggestion),
        NumberError::OutOfRange => figures::too_large(typed),
        NumberError::Malformed => figures::no_number(typed),
    })
}

fn refused(error: TargetError) -> &'static str {
    match error {
        TargetError::NotSet => say::not_asked(),
        TargetError::OutOfRange => say::out_of_range(),
        TargetError::PlanTooLong => say::plan_too_long(),
    }
}

/// An indicator that the open commune sets a target of.
#[derive(Clone, PartialEq)]
pub struct CommuneTarget {
    /// Which.
    pub indicator: &'static Indicator,
    /// The record of it.
    pub key: RecordKey,
    /// The largest goal.
    pub most: i64,
    /// What is set.
    pub target: OwnTarget,
}

/// All that a commune sets targets of, as the register has it now.
pub fn of_commune(store: &Store, area: &Area, season: Season) -> Vec<CommuneTarget> {
    let of = |indicator: &'static Indicator| {
        let most = most(indicator, area, season.date)?;
        let key = target::commune_key(&area.code, &indicator.id, season.period);
        let record = store.record(&key);
        let read = |record| OwnTarget::read(&record, indicator, most);
        Some(CommuneTarget {
            indicator,
            key,
            most,
            target: record.map(read).unwrap_or_default(),
        })
    };
    target::indicators().filter_map(of).collect()
}
