//! Who may do what where. The server asks here for every record it reads or writes.

use crate::area::{AreaCode, AreaTree};
use crate::catalogue::Assessment;
use crate::date::Date;
use crate::delegation::Mandate;
use crate::record::{FieldName, RecordKey};
use crate::review::Desk;
use crate::{entry, figure, inspection, place, reminder, setting, target};
use serde::{Deserialize, Serialize};

/// What an account is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Enters families, units and residential areas of a commune.
    CommuneOfficer,
    /// Reviews the communes of a district.
    DistrictReviewer,
    /// Reviews the province.
    ProvinceReviewer,
    /// Reads only.
    Viewer,
    /// Keeps accounts, due dates and what else is set; reads everything else.
    Administrator,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] = [
        Self::CommuneOfficer,
        Self::DistrictReviewer,
        Self::ProvinceReviewer,
        Self::Viewer,
        Self::Administrator,
    ];

    /// The word stored, sent and given on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CommuneOfficer => "commune-officer",
            Self::DistrictReviewer => "district-reviewer",
            Self::ProvinceReviewer => "province-reviewer",
            Self::Viewer => "viewer",
            Self::Administrator => "administrator",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// Something done to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// See it.
    Read,
    /// Change what it says.
    Edit,
    /// Accept or return it, or urge those who enter it.
    Review,
    /// State a figure of the province as a whole, in the name of the body that reports it.
    Report,
    /// Say which commune an area belongs to.
    Arrange,
    /// Set what applies to the whole area: due dates, reporting terms.
    Set,
    /// Keep accounts that are responsible for it.
    Administer,
}

/// An account as far as access goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Principal {
    /// Account name.
    pub account: String,
    /// Its role.
    pub role: Role,
    /// The areas it is responsible for, each with all that lies below.
    pub areas: Vec<AreaCode>,
    /// What it decides in the name of others, today.
    #[serde(default)]
    pub mandates: Vec<Mandate>,
}

impl Principal {
    /// An account with nothing but its own.
    pub fn new(account: &str, role: Role, areas: Vec<AreaCode>) -> Self {
        Self {
            account: account.to_owned(),
            role,
            areas,
            mandates: Vec::new(),
        }
    }

    /// The desk that it sits at; for whoever decides in another's name, the other's.
    pub fn desk(&self) -> Desk {
        match (self.role, self.mandates.first()) {
            (Role::Viewer, Some(mandate)) => mandate.desk,
            (role, _) => Desk::of_role(role),
        }
    }
}

/// In whose right a decision about a submission is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// At which desk.
    pub desk: Desk,
    /// The account in whose name (thừa uỷ quyền); `None` for one's own right.
    pub on_behalf_of: Option<String>,
}

/// In whose right `principal` may decide about submissions of a title in `area`; in its own before another's.
/// `None` if it may not.
pub fn authority(
    principal: &Principal,
    title: Assessment,
    area: &AreaCode,
    tree: &AreaTree,
    date: Date,
) -> Option<Authority> {
    if may(principal, Action::Review, area, tree, date) {
        return Some(Authority {
            desk: Desk::of_role(principal.role),
            on_behalf_of: None,
        });
    }
    let covers = |mandate: &&Mandate| {
        let mut areas = mandate.areas.iter();
        (mandate.titles.is_empty() || mandate.titles.contains(&title))
            && areas.any(|given| tree.contains(given, area, date))
    };
    let reads = may(principal, Action::Read, area, tree, date);
    let mandate = principal.mandates.iter().find(covers).filter(|_| reads)?;
    Some(Authority {
        desk: mandate.desk,
        on_behalf_of: Some(mandate.by.clone()),
    })
}

/// Whether only the server writes this field: what a reviewer decided, a figure of the province, what a
/// district has set itself, what a reminder asks, an inspection but for
/// the commune's answers, where a subject lives, what the province sets.
pub fn is_servers(record: &RecordKey, field: &FieldName) -> bool {
    match record.kind() {
        figure::KIND | place::KIND | target::DISTRICT_KIND => true,
        _ if setting::is_setting(record) => true,
        inspection::KIND => !inspection::is_answer(field),
        reminder::KIND => field.as_str() != reminder::field::READ,
        _ => field.as_str().starts_with(entry::field::REVIEW),
    }
}

/// Whether `principal` may do `action` to a record of the area `area`, by the tree of `date`.
pub fn may(
    principal: &Principal,
    action: Action,
    area: &AreaCode,
    tree: &AreaTree,
    date: Date,
) -> bool {
    let by_role = match action {
        Action::Read => true,
        Action::Edit => principal.role == Role::CommuneOfficer,
        Action::Review => matches!(
            principal.role,
            Role::DistrictReviewer | Role::ProvinceReviewer
        ),
        // The province's own reviewers; not the administrator, who is no body that reports.
        Action::Report => principal.role == Role::ProvinceReviewer,
        Action::Arrange | Action::Administer => principal.role == Role::Administrator,
        Action::Set => matches!(principal.role, Role::ProvinceReviewer | Role::Administrator),
    };
    by_role
        && principal
            .areas
            .iter()
            .any(|own| tree.contains(own, area, date))
}
