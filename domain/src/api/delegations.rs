//! Review in colleagues' hands, as screens read and give it.

use crate::access::Role;
use crate::area::AreaCode;
use crate::date::Date;
use crate::delegation::Delegation;
use serde::{Deserialize, Serialize};

/// Most delegations of a [`DelegationsView`], the ones given last first.
pub const MAX_DELEGATIONS: usize = 2_000;

/// Answer of `GET` and `POST /api/delegations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegationsView {
    /// Those that concern the account: given by it, to it, or in the areas it administers.
    pub delegations: Vec<DelegationView>,
    /// Who could take what the account decides; empty for accounts that give nothing.
    pub colleagues: Vec<Colleague>,
    /// The day it is where the server answers.
    pub today: Date,
}

/// A delegation, and whose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegationView {
    /// What was given.
    #[serde(flatten)]
    pub delegation: Delegation,
    /// Name of the account that gave it, as shown.
    pub by_name: String,
    /// Name of the account that takes it, as shown.
    pub to_name: String,
    /// Whether the account may end it.
    pub may_end: bool,
}

/// Somebody who could decide in the account's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Account name.
    pub account: String,
    /// The person's or office's name, as shown.
    pub display_name: String,
    /// What the account is for.
    pub role: Role,
    /// Areas it is responsible for: what it takes lies within.
    pub areas: Vec<AreaCode>,
}
