//! Accounts as administrators see them.

use crate::access::Role;
use crate::area::AreaCode;
use crate::sync::edit::DeviceId;
use serde::{Deserialize, Serialize};

/// Longest name of a person or office, in bytes.
pub const MAX_DISPLAY_NAME_BYTES: usize = 200;
/// Most areas of an account.
pub const MAX_ACCOUNT_AREAS: usize = 24;

/// What an administrator decides of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountFacts {
    /// Name of the person or office, as shown.
    pub display_name: String,
    /// What it is for.
    pub role: Role,
    /// The areas it is responsible for, each with all that lies below.
    pub areas: Vec<AreaCode>,
    /// Whether it may no longer sign in.
    #[serde(default)]
    pub disabled: bool,
}

/// Body of `POST /api/accounts`: an account to add. The answer has its password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAccount {
    /// The name to sign in with.
    pub name: String,
    /// The rest.
    pub facts: AccountFacts,
}

/// Body of `POST /api/accounts/NAME`: facts in the place of those that were on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountChange {
    /// What was on the screen.
    pub seen: AccountFacts,
    /// What it is to be.
    pub facts: AccountFacts,
}

/// A password that was made, to be handed over. It is shown once and kept nowhere.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPassword {
    /// Whose.
    pub account: String,
    /// The password.
    pub password: String,
}

/// One account of `GET /api/accounts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// The name to sign in with.
    pub name: String,
    /// The rest.
    #[serde(flatten)]
    pub facts: AccountFacts,
    /// Browsers in which it is signed in, the one used last first.
    pub sessions: Vec<SessionView>,
    /// Tablets that have sent something under it, the one that sent last first.
    pub devices: Vec<DeviceView>,
}

/// A browser in which somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// What it is told from others by; no secret.
    pub id: String,
    /// When they signed in, in milliseconds since 1970.
    pub opened_ms: u64,
    /// When it was used last, to within a day, in milliseconds since 1970.
    pub used_ms: u64,
    /// Whether it is the one that asks.
    pub own: bool,
}

/// A tablet, by the identity under which it writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceView {
    /// Its identity.
    pub device: DeviceId,
    /// How many edits of it the server holds.
    pub held: u32,
    /// When the last of them arrived, in milliseconds since 1970.
    pub last_ms: Option<u64>,
}
