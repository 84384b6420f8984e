//! What this account may decide, in its own name or in another's. The server asks again; the pages ask here so
//! that nobody is offered what would be refused.

use super::season;
use crate::app::Current;
use crate::texts::{delegations as say, words};
use crate::ui::{Banner, Icon};
use leptos::prelude::*;
use thidua_domain::access::{self, Principal, Role};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::delegation::Mandate;
use thidua_domain::season::Season;

/// As the session has it. Copied freely.
#[derive(Clone, Copy)]
pub struct Rights {
    principal: Memo<Option<Principal>>,
    season: Season,
}

impl Rights {
    /// Kept up with the session.
    pub fn here() -> Self {
        let current = expect_context::<Current>();
        let of = move |_: Option<&Option<Principal>>| {
            let session = current.0;
            session.with(|session| session.as_ref().map(|session| session.principal()))
        };
        Self {
            principal: Memo::new(of),
            season: season(),
        }
    }

    /// Whether it may decide about entries of a title in a commune.
    pub fn may(self, title: Assessment, commune: &AreaCode) -> bool {
        let (tree, date) = (crate::areas::tree(), self.season.date);
        let authority = |who: &Principal| access::authority(who, title, commune, tree, date);
        self.principal
            .with(|who| who.as_ref().and_then(authority).is_some())
    }

    /// Whether there is anything that it may decide.
    pub fn any(self) -> bool {
        self.principal.with(|who| {
            who.as_ref()
                .is_some_and(|who| gives(who.role) || !who.mandates.is_empty())
        })
    }

    /// Whether review is its own to give.
    pub fn own(self) -> bool {
        self.principal
            .with(|who| who.as_ref().is_some_and(|who| gives(who.role)))
    }

    fn mandates(self) -> Vec<Mandate> {
        let mandates = |who: &Option<Principal>| who.as_ref().map(|who| who.mandates.clone());
        self.principal.with(mandates).unwrap_or_default()
    }
}

fn gives(role: Role) -> bool {
    matches!(role, Role::DistrictReviewer | Role::ProvinceReviewer)
}

/// In whose names the account decides, or that it only reads; nothing for those who decide in their own.
#[component]
pub fn RightsNote(rights: Rights) -> impl IntoView {
    let season = rights.season;
    let one = move |mandate: Mandate| {
        let areas = mandate.areas.iter();
        let areas: Vec<_> = areas.map(|area| words::area_name(area, season)).collect();
        let until = crate::texts::day(mandate.until);
        let titles: Vec<_> = mandate
            .titles
            .iter()
            .copied()
            .map(words::assessment)
            .collect();
        let only = (!titles.is_empty()).then(|| say::here_titles(titles.join(", ")));
        view! { <p>{say::here(mandate.by, areas.join(", "), until)} " " {only}</p> }
    };
    move || {
        let mandates = rights.mandates();
        if !mandates.is_empty() {
            let lines = mandates.into_iter().map(one).collect_view();
            return view! {
                <Banner tone="info" icon="info">
                    {lines}
                </Banner>
            }
            .into_any();
        }
        if rights.any() {
            return ().into_any();
        }
        view! {
            <p class="page__lead" data-read-only="">
                {say::read_only()}
            </p>
        }
        .into_any()
    }
}

/// The way to the page where review is given; shown to whom something of it may concern.
#[component]
pub fn DelegationsLink(rights: Rights) -> impl IntoView {
    view! {
        <Show when=move || rights.any()>
            <a class="button" href="/uy-quyen">
                <Icon name="user" />
                {say::title()}
            </a>
        </Show>
    }
}
