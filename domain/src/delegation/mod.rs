//! Review in a colleague's hands for a term (uỷ quyền): who may give what to whom, and what follows while the
//! term runs.
//!
//! A delegation gives a right to decide and never one to see: whoever takes it reads the area already. It is
//! never passed on, and it is worth what the giver's own right is worth on the day of the decision. The two
//! desks of a title stay with two people: nobody decides for the district and for the province.

use crate::access::{self, Action, Principal, Role};
use crate::area::{AreaCode, AreaTree};
use crate::catalogue::Assessment;
use crate::date::Date;
use crate::review::Desk;
use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

/// Most areas of a delegation.
pub const MAX_AREAS: usize = 24;
/// Longest term, in days: what lasts longer is given by an administrator, as areas of the account's own.
pub const MAX_DAYS: i64 = 366;
/// Most delegations of one account that have not ended.
pub const MAX_OPEN: usize = 50;
/// Longest number and date of the paper, in bytes.
pub const MAX_PAPER_BYTES: usize = crate::setting::MAX_PAPER_BYTES;

/// What is given, to whom, for how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The account that takes it.
    pub to: String,
    /// Where, each with all that lies below.
    pub areas: Vec<AreaCode>,
    /// Which titles; empty for all.
    #[serde(default)]
    pub titles: BTreeSet<Assessment>,
    /// First day, in Vietnam.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// The paper that says so (văn bản uỷ quyền), by number and date.
    pub paper: String,
}

/// Review given to somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// What it is called by.
    pub id: u64,
    /// The account that gave it.
    pub by: String,
    /// What was given.
    pub terms: Terms,
    /// When, in milliseconds since 1970.
    pub made_ms: u64,
    /// Who ended it before its last day, and when.
    #[serde(default)]
    pub ended: Option<Ended>,
}

/// How a delegation ended before its last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The account that ended it.
    pub by: String,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
}

/// What a delegation is worth today: a right to decide in somebody else's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// The account in whose name.
    pub by: String,
    /// Where that account sits.
    pub desk: Desk,
    /// Where.
    pub areas: Vec<AreaCode>,
    /// Which titles; empty for all.
    #[serde(default)]
    pub titles: BTreeSet<Assessment>,
    /// Last day.
    pub until: Date,
}

/// Where a delegation stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Its first day is to come.
    Ahead,
    /// It is in force.
    InForce,
    /// Its last day is over.
    Over,
    /// It was ended before.
    Ended,
}

/// Why review is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DelegationError {
    /// Whoever gives has no right to decide there.
    #[error("not the giver's own to decide")]
    NotOwn,
    /// The colleague is nobody who may take it: see [`may_take`]; or cannot read one of the areas.
    #[error("the colleague cannot take it")]
    Colleague,
    /// The colleague decides at the other desk in that term.
    #[error("the colleague sits at the other desk")]
    OtherDesk,
    /// The term begins in the past, ends before it begins, or is longer than [`MAX_DAYS`].
    #[error("the term is out of range")]
    Term,
    /// No area is named, or more than [`MAX_AREAS`].
    #[error("no areas, or too many")]
    Areas,
    /// The paper is missing or too long.
    #[error("the paper is missing or too long")]
    Paper,
    /// The giver has [`MAX_OPEN`] that have not ended.
    #[error("too many delegations")]
    TooMany,
}

/// Whether an account of the role `taker` may decide in the name of one of the role `giver`: reviewers of the
/// same desk, and those who only read. Officers would decide about what they wrote, administrators about what
/// they set.
pub fn may_take(giver: Role, taker: Role) -> bool {
    matches!(giver, Role::DistrictReviewer | Role::ProvinceReviewer)
        && (taker == giver || taker == Role::Viewer)
}

impl Terms {
    /// The terms as they are kept, or why they are not given. `open` are the delegations that have not ended,
    /// of the giver and to the colleague, with the desk that each is given from.
    pub fn checked(
        self,
        giver: &Principal,
        taker: &Principal,
        open: &[(Desk, Delegation)],
        tree: &AreaTree,
        (date, today): (Date, Date),
    ) -> Result<Self, DelegationError> {
        let own = Principal {
            mandates: Vec::new(),
            ..giver.clone()
        };
        let areas: BTreeSet<AreaCode> = self.areas.into_iter().collect();
        if areas.is_empty() || areas.len() > MAX_AREAS {
            return Err(DelegationError::Areas);
        }
        let all_may = |who: &Principal, action| {
            let mut areas = areas.iter();
            areas.all(|area| access::may(who, action, area, tree, date))
        };
        if !all_may(&own, Action::Review) {
            return Err(DelegationError::NotOwn);
        }
        if taker.account == giver.account
            || !may_take(giver.role, taker.role)
            || !all_may(taker, Action::Read)
        {
            return Err(DelegationError::Colleague);
        }
        let days = |date: Date| date.to_epoch_days();
        let length = days(self.until) - days(self.from) + 1;
        if self.from < today || !(1..=MAX_DAYS).contains(&length) {
            return Err(DelegationError::Term);
        }
        let paper = text::clean_line(&self.paper);
        if paper.is_empty() || paper.len() > MAX_PAPER_BYTES {
            return Err(DelegationError::Paper);
        }
        let of_giver = |(_, it): &&(Desk, Delegation)| it.by == giver.account;
        let not_over = |(_, it): &&(Desk, Delegation)| it.terms.until >= today;
        if open.iter().filter(of_giver).filter(not_over).count() >= MAX_OPEN {
            return Err(DelegationError::TooMany);
        }
        let desk = Desk::of_role(giver.role);
        let meanwhile = |terms: &Self| terms.from <= self.until && self.from <= terms.until;
        let at_other = |(other, it): &(Desk, Delegation)| {
            *other != desk && it.terms.to == taker.account && meanwhile(&it.terms)
        };
        if open.iter().any(at_other) {
            return Err(DelegationError::OtherDesk);
        }
        Ok(Self {
            to: taker.account.clone(),
            areas: areas.into_iter().collect(),
            paper,
            ..self
        })
    }
}

impl Delegation {
    /// Where it stands.
    pub fn stage(&self, today: Date) -> Stage {
        match &self.ended {
            Some(_) => Stage::Ended,
            None if today < self.terms.from => Stage::Ahead,
            None if today > self.terms.until => Stage::Over,
            None => Stage::InForce,
        }
    }

    /// What it is worth on a day, given the account that gave it as it is on that day.
    fn mandate(
        self,
        giver: &Principal,
        tree: &AreaTree,
        date: Date,
        today: Date,
    ) -> Option<Mandate> {
        if self.stage(today) != Stage::InForce || self.by != giver.account {
            return None;
        }
        let mut areas = self.terms.areas;
        areas.retain(|area| access::may(giver, Action::Review, area, tree, date));
        (!areas.is_empty()).then(|| Mandate {
            by: self.by,
            desk: Desk::of_role(giver.role),
            areas,
            titles: self.terms.titles,
            until: self.terms.until,
        })
    }
}

/// What is in force for `taker`, given the delegations to it, each with its giver as it is today. Of two desks,
/// should an account have changed its role since, only the first's count.
pub fn mandates(
    taker: &Principal,
    given: Vec<(Delegation, Principal)>,
    tree: &AreaTree,
    date: Date,
    today: Date,
) -> Vec<Mandate> {
    let mut mandates: Vec<Mandate> = given
        .into_iter()
        .filter(|(it, giver)| it.terms.to == taker.account && may_take(giver.role, taker.role))
        .filter_map(|(it, giver)| it.mandate(&giver, tree, date, today))
        .collect();
    if let Some(desk) = mandates.first().map(|mandate| mandate.desk) {
        mandates.retain(|mandate| mandate.desk == desk);
    }
    mandates
}

#[cfg(test)]
mod tests;
