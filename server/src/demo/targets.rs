//! What a commune sets itself of the directive's indicators.

use super::calendar;
use super::character::{Pace, Rural};
use super::commune::Writer;
use super::tablet::{Act, Tablet};
use thidua_domain::area::AreaTree;
use thidua_domain::catalogue::Assessment;
use thidua_domain::quantity::Hundredths;
use thidua_domain::target::{self, OwnTarget};

impl Writer<'_> {
    /// What the commune sets itself in February: near what it will come to, as one plans who knows the place.
    /// Nothing is drawn for it, so that everything else stays what the seed makes it.
    pub(super) fn own_targets(&mut self, tablet: &mut Tablet) {
        let number: i64 = self.area.code.as_str().parse().unwrap_or(0);
        let (tree, date) = (AreaTree::embedded(), self.season.date);
        let at = calendar::morning((2, 14)) + number.unsigned_abs() % 60 * 3_600_000 / 10;
        for (place, indicator) in (0..).zip(target::indicators()) {
            let left_out = match self.character.pace {
                Pace::Late => true,
                Pace::Halfway => (number.unsigned_abs() + place).is_multiple_of(3),
                Pace::OnTime => false,
            };
            let most = target::most(indicator, self.area, tree, date).filter(|_| !left_out);
            let Some(most) = most else { continue };
            let percent = match target::assessment(indicator) {
                Some(Assessment::PovertyReview) => self.character.poor * 100 - number % 90,
                Some(Assessment::CulturalFamily) => self.character.cultural * 100 + number % 150,
                Some(Assessment::SafeResidentialArea) => self.character.safe_areas * 100,
                Some(Assessment::SafeUnit) => self.character.safe_units * 100 + 50,
                _ if matches!(self.character.rural, Rural::Working) => 0,
                _ => most,
            };
            let own = OwnTarget {
                goal: Some(Hundredths(percent.clamp(0, most))),
                plan: format!("Kế hoạch {:02}/KH-UBND", 1 + number % 30),
            };
            let Ok(fields) = own.fields(indicator, Some(most)) else {
                continue;
            };
            let values = fields.into_iter();
            let values = values.map(|(name, value)| (name.as_str().to_owned(), value));
            let key = target::commune_key(&self.area.code, &indicator.id, self.season.period);
            tablet.will(at, &key, Act::Write(values.collect()));
        }
    }
}
