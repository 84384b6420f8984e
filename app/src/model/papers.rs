//! What is printed: the posting list, the minutes, the list for certificates, the commune's summary.
//! All of it from what is on this tablet.

use super::overview::{LocalTally, Subject};
use super::roster::{self, AreaRow};
use std::collections::BTreeMap;
use std::sync::Arc;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::{Outcome, Poverty};
use thidua_domain::entry::EntryState;
use thidua_domain::recognition::Certificate;
use thidua_domain::record::SubjectId;
use thidua_domain::subject::{self, field};

/// A family on a list that everybody reads: its name, and the house number only where two families of
/// the list bear the same name. No points, no reasons, nothing about poverty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedFamily {
    /// Name of the household head.
    pub head: String,
    /// House or book number, where the name alone does not tell.
    pub house_no: Option<String>,
}

/// A residential area's families at the meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Families of the area.
    pub families: usize,
    /// Those that earn the title by what was entered.
    pub proposed: Vec<ListedFamily>,
    /// Those judged not to earn it.
    pub not_proposed: usize,
    /// Those of whom not enough has been entered to say.
    pub open: usize,
}

/// How the families of an area were reviewed.
pub fn review(subjects: &[Arc<Subject>], area: SubjectId) -> Review {
    let families = roster::list(subjects, SubjectKind::Family, Some(area));
    let mut review = Review {
        families: families.len(),
        ..Review::default()
    };
    let mut proposed = Vec::new();
    for family in families {
        let standing = family.standing(Assessment::CulturalFamily);
        let entered = standing.filter(|standing| standing.state != EntryState::Empty);
        match entered.map(|standing| standing.outcome) {
            Some(Outcome::Earned) => proposed.push(family),
            Some(Outcome::NotEarned) => review.not_proposed += 1,
            Some(Outcome::Incomplete) | None => review.open += 1,
        }
    }
    review.proposed = listed(&proposed);
    review
}

fn listed(families: &[Arc<Subject>]) -> Vec<ListedFamily> {
    let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
    for family in families {
        *bearers.entry(subject::label(&family.record)).or_default() += 1;
    }
    families
        .iter()
        .map(|family| {
            let head = subject::label(&family.record);
            let shared = bearers.get(head).is_some_and(|bearers| *bearers > 1);
            let house_no = family.record.text(field::HOUSE_NO);
            ListedFamily {
                head: head.to_owned(),
                house_no: house_no.filter(|_| shared).map(str::to_owned),
            }
        })
        .collect()
}

/// A family that is due a certificate of merit, or will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeritRow {
    /// The family.
    pub family: ListedFamily,
    /// Its residential area.
    pub area: String,
    /// Years running, this one among them.
    pub years: u32,
    /// Whether this year's title has been accepted.
    pub accepted: bool,
}

/// All of them, by residential area.
pub fn merit(subjects: &[Arc<Subject>]) -> Vec<MeritRow> {
    let areas = roster::areas(subjects);
    areas
        .into_iter()
        .flat_map(|area| {
            let mut families = roster::list(subjects, SubjectKind::Family, Some(area.id));
            families.retain(|family| family.certificate.is_some());
            let rows = listed(&families).into_iter().zip(families);
            rows.filter_map(|(listed, family)| {
                let (years, accepted) = match family.certificate? {
                    Certificate::Eligible { years } => (years, true),
                    Certificate::OnceAccepted { years } => (years, false),
                };
                Some(MeritRow {
                    family: listed,
                    area: area.name.clone(),
                    years,
                    accepted,
                })
            })
            .collect::<Vec<_>>()
        })
        .collect()
}

/// One residential area in the commune's summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SummaryRow {
    /// Its name.
    pub name: String,
    /// Families.
    pub families: i64,
    /// Accepted and earning the title.
    pub cultural: i64,
    /// Handed in, not yet accepted.
    pub waiting: i64,
    /// Accepted as poor.
    pub poor: i64,
    /// On last year's list of poor families.
    pub poor_before: i64,
}

/// The commune's residential areas, and their sum.
pub fn summary(subjects: &[Arc<Subject>]) -> (Vec<SummaryRow>, SummaryRow) {
    let rows: Vec<SummaryRow> = roster::areas(subjects)
        .into_iter()
        .map(|area| row(subjects, area))
        .collect();
    let mut sum = SummaryRow {
        name: "Toàn xã".to_owned(),
        ..SummaryRow::default()
    };
    for row in &rows {
        sum.families += row.families;
        sum.cultural += row.cultural;
        sum.waiting += row.waiting;
        sum.poor += row.poor;
        sum.poor_before += row.poor_before;
    }
    (rows, sum)
}

fn row(subjects: &[Arc<Subject>], area: AreaRow) -> SummaryRow {
    let tally =
        |assessment| -> LocalTally { area.tallies.get(&assessment).copied().unwrap_or_default() };
    let cultural = tally(Assessment::CulturalFamily).tally;
    let poor_before = subjects
        .iter()
        .filter(|it| it.kind == SubjectKind::Family && it.residential_area() == Some(area.id))
        .filter(|it| it.record.text(field::POVERTY).and_then(Poverty::parse) == Some(Poverty::Poor))
        .count();
    SummaryRow {
        families: cultural.expected,
        cultural: cultural.accepted.met,
        waiting: cultural.submitted.total(),
        poor: tally(Assessment::PovertyReview).tally.accepted.met,
        poor_before: poor_before as i64,
        name: area.name,
    }
}
