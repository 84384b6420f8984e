//! Two desks: a title that a district appraises before the province recognises it lies on one after the other.

use crate::access::{Authority, Role};
use crate::date::Date;
use crate::entry::{self, EntryState};
use crate::sync::state::RecordState;
use serde::{Deserialize, Serialize};

/// Whose turn a submission is, and for whom a reviewer decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Desk {
    /// The district appraises (thẩm định).
    District,
    /// The province recognises (công nhận).
    Province,
}

impl Desk {
    /// The one beside it.
    pub fn other(self) -> Self {
        match self {
            Self::District => Self::Province,
            Self::Province => Self::District,
        }
    }

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Province => "province",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        let all = [Self::District, Self::Province];
        all.into_iter().find(|desk| desk.as_str() == text)
    }

    /// Where an entry of a title that a district appraises first waits; `None` where it does not wait.
    pub fn of(state: EntryState, endorsed: bool) -> Option<Self> {
        (state == EntryState::Submitted).then_some(match endorsed {
            true => Self::Province,
            false => Self::District,
        })
    }

    /// The same of its record.
    pub fn of_entry(record: &RecordState) -> Option<Self> {
        Self::of(entry::entry_state(Some(record)), entry::is_endorsed(record))
    }

    /// The desk that a role sits at.
    pub fn of_role(role: Role) -> Self {
        match role {
            Role::DistrictReviewer => Self::District,
            _ => Self::Province,
        }
    }
}

/// Under what a decision is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// The day it is.
    pub today: Date,
    /// Who decides, and in whose name.
    pub authority: Authority,
    /// Whether a district appraises this title before the province recognises it.
    pub district_first: bool,
}
