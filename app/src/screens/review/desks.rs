//! At which desk this account sits, and which titles lie on two.

use super::season;
use super::settings::InForce;
use crate::app::Current;
use leptos::prelude::*;
use thidua_domain::api::Session;
use thidua_domain::catalogue::Assessment;
use thidua_domain::entry::EntryState;
use thidua_domain::review::{Decision, Desk};
use thidua_domain::setting::appraisal::DistrictFirst;

/// As it is now. Copied freely.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Desks {
    /// Where this account sits.
    pub own: Desk,
    /// The titles that a district appraises first.
    pub first: DistrictFirst,
}

impl Desks {
    /// Kept up with what the province sets.
    pub fn here() -> Memo<Self> {
        let current = expect_context::<Current>();
        let in_force = InForce::here();
        let season = season();
        Memo::new(move |_| {
            let desk = |session: &Session| session.principal().desk();
            let own = current.0.with(|session| session.as_ref().map(desk));
            let settings = in_force.settings();
            Self {
                own: own.unwrap_or(Desk::Province),
                first: settings.district_first(crate::areas::tree(), season),
            }
        })
    }

    /// Where an entry waits; `None` where its title lies on no two desks, or it does not wait.
    pub fn of(self, assessment: Assessment, state: EntryState, endorsed: bool) -> Option<Desk> {
        let desk = Desk::of(state, endorsed);
        desk.filter(|_| self.first.asks(assessment))
    }

    /// Whether this account could decide about what waits there only in a district's stead.
    pub fn stands_in(self, desk: Option<Desk>) -> bool {
        (desk, self.own) == (Some(Desk::District), Desk::Province)
    }

    /// What this account says of an entry that it finds right.
    pub fn approval(self, desk: Option<Desk>) -> Decision {
        match (desk, self.own) {
            (Some(Desk::District), Desk::District) => Decision::Endorse,
            _ => Decision::Accept,
        }
    }
}
