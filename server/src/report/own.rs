//! What districts and communes set themselves, on the paper.

use super::collect::target;
use super::compose::NOTHING;
use super::{OwnTargetLine, OwnTargets};
use crate::targets::Targets;
use thidua_domain::area::{Area, AreaLevel};
use thidua_domain::catalogue::{Direction, Directive, Indicator, Measure};
use thidua_domain::quantity::Hundredths;
use thidua_domain::target::sum::{Reach, Sum};
use thidua_domain::target::{ONE, held_against};
use thidua_domain::text::format_hundredths;

/// Own targets below an area; none of a commune, which has nothing below it.
pub(super) fn collect(targets: &Targets, area: &Area) -> Option<OwnTargets> {
    let level = area.level();
    if level == AreaLevel::Commune {
        return None;
    }
    let mut set = 0;
    let lines = targets.of(area).into_iter().filter_map(|one| {
        let indicator = Directive::embedded().indicator(&one.indicator)?;
        let (districts, communes) = (one.own.districts, one.own.communes?);
        set += communes.set + districts.map_or(0, |sum| sum.set);
        let goal = held_against(indicator, level, one.own.target.goal);
        let reach = goal.and_then(|goal| communes.reach(indicator, goal));
        Some(OwnTargetLine {
            name: format!("{} ({})", indicator.name, indicator.unit_label),
            asked: target(indicator),
            above: match districts {
                Some(sum) => summed(indicator, &sum),
                None => one
                    .own
                    .target
                    .goal
                    .map_or_else(|| NOTHING.to_owned(), format_hundredths),
            },
            communes: summed(indicator, &communes),
            verdict: reach.map_or_else(|| NOTHING.to_owned(), |it| words(indicator, it)),
        })
    });
    let lines = lines.collect();
    Some(OwnTargets {
        is_set: set > 0,
        of_districts: level == AreaLevel::Province,
        lines,
    })
}

fn summed(indicator: &Indicator, sum: &Sum) -> String {
    let figure = sum.shown(indicator).filter(|_| sum.set > 0);
    let figure = figure.map_or_else(|| NOTHING.to_owned(), format_hundredths);
    format!("{figure} ({}/{} đã đặt)", sum.set, sum.asked)
}

fn words(indicator: &Indicator, reach: Reach) -> String {
    let counts = matches!(indicator.measure, Measure::Count(_));
    let amount = |by: Hundredths| match counts {
        true => format!("{} xã", by.0 / ONE),
        false => format!("{} điểm", format_hundredths(by)),
    };
    match reach {
        Reach::Enough => "Đủ".to_owned(),
        Reach::Short { by } if indicator.direction == Direction::AtMost => {
            format!("Vượt {}", amount(by))
        }
        Reach::Short { by } => format!("Thiếu {}", amount(by)),
        Reach::Open { missing, .. } => format!("Chưa kết luận: {missing} nơi chưa đặt"),
    }
}
