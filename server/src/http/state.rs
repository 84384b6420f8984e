//! What a request is answered with: what all requests share, and the rules as they are when it comes.
//!
//! Areas and criteria change while servers run, and not only by this process: several may share a database. Each
//! request therefore looks once at where the feed of settings ends, which costs one row, and reads them anew only
//! where it has gone on. What a transaction judges by it reads itself ([`Rules::as_set`]).

use super::Options;
use super::attempts::Attempts;
use super::courier::Brought;
use super::events::Events;
use super::problem::ApiError;
use super::readings::Readings;
use super::turns::Turns;
use super::uploads::Uploads;
use crate::accounts::{AccountError, Passwords, random_u64};
use crate::clock::Clock;
use crate::keys::ServerKeys;
use crate::store::{self, Database, StoreResult};
use axum::extract::FromRequestParts;
use axum::http::Extensions;
use axum::http::request::Parts;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use thidua_domain::setting;
use thidua_domain::sync::clock::Hlc;
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::hub::Rules;
use thidua_domain::sync::wire::Cursor;
use tokio::sync::watch;

/// What a request is answered with.
pub(super) struct AppState<D> {
    shared: Arc<Shared<D>>,
    /// The rules in force. A clone has the same, so that what belongs to one request is judged alike.
    pub(super) rules: Rules,
}

/// What all requests share.
pub(super) struct Shared<D> {
    pub(super) db: D,
    as_set: AsSet,
    pub(super) clock: Clock,
    /// The identity under which this process writes review decisions. Drawn anew at each start: a
    /// server restored from a backup never gives a number twice.
    pub(super) hub: DeviceId,
    hub_clock: Mutex<Hlc>,
    pub(super) passwords: Passwords,
    pub(super) keys: ServerKeys,
    pub(super) attempts: Attempts,
    pub(super) turns: Turns,
    pub(super) uploads: Uploads,
    pub(super) upload_turns: Turns,
    pub(super) brought: Brought,
    pub(super) readings: Readings,
    pub(super) events: Events,
    pub(super) trust_proxy: bool,
}

/// The rules as the province had set them when its feed ended here.
#[derive(Default)]
struct AsSet(RwLock<Option<(Cursor, Rules)>>);

impl AsSet {
    fn at(&self, end: Cursor) -> Option<Rules> {
        let known = *self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.filter(|(at, _)| *at == end).map(|(_, rules)| rules)
    }

    fn keep(&self, end: Cursor, rules: Rules) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some((end, rules));
    }
}

impl<D> Clone for AppState<D> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            rules: self.rules,
        }
    }
}

impl<D> std::ops::Deref for AppState<D> {
    type Target = Shared<D>;
    fn deref(&self) -> &Shared<D> {
        &self.shared
    }
}

impl<D> Shared<D> {
    /// The next reading of the clock by which review decisions are stamped.
    pub(super) fn tick(&self) -> Hlc {
        let mut clock = self
            .hub_clock
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *clock = clock.tick(self.clock.now_ms());
        *clock
    }
}

impl<D: Database> AppState<D> {
    /// The state of a server that starts. Its events end when `stopped` says so.
    pub(super) fn new(
        db: D,
        keys: ServerKeys,
        options: Options,
        stopped: watch::Receiver<bool>,
    ) -> Result<Self, AccountError> {
        let shared = Shared {
            db,
            as_set: AsSet::default(),
            clock: options.clock,
            hub: DeviceId::from_random(random_u64()),
            hub_clock: Mutex::new(Hlc::default()),
            passwords: Passwords::new()?,
            keys,
            attempts: Attempts::default(),
            turns: Turns::default(),
            uploads: Uploads::default(),
            upload_turns: Turns::default(),
            brought: Brought::default(),
            readings: Readings::default(),
            events: Events::new(stopped),
            trust_proxy: options.trust_proxy,
        };
        Ok(Self {
            shared: Arc::new(shared),
            rules: options.rules,
        })
    }

    /// The same, with the rules as they are set by now, whichever process did.
    pub(super) async fn now(&self) -> StoreResult<Self> {
        let end = self.db.feed_end(setting::feed()).await?;
        let rules = match self.as_set.at(end) {
            Some(rules) => rules,
            None => {
                // Read after its end was: it is of that moment or newer. Where it is newer, or an older one
                // is kept over it, whoever asks next finds another end and reads again.
                let rules = store::as_set(&self.db, self.rules).await?;
                self.as_set.keep(end, rules);
                rules
            }
        };
        Ok(self.with(rules))
    }

    /// The same, with the rules as they were set when the request came that has these extensions.
    pub(super) async fn of_request(&self, extensions: &mut Extensions) -> StoreResult<Self> {
        if let Some(OfRequest(rules)) = extensions.get() {
            return Ok(self.with(*rules));
        }
        let now = self.now().await?;
        extensions.insert(OfRequest(now.rules));
        Ok(now)
    }

    fn with(&self, rules: Rules) -> Self {
        Self {
            rules,
            ..self.clone()
        }
    }
}

/// The rules that a request is judged by, from its first step to its last.
#[derive(Clone, Copy)]
struct OfRequest(Rules);

/// The state as handlers take it. axum's own would be that of the server's start.
pub(super) struct State<S>(pub(super) S);

impl<D: Database> FromRequestParts<AppState<D>> for State<AppState<D>> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState<D>) -> Result<Self, ApiError> {
        Ok(Self(state.of_request(&mut parts.extensions).await?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Sqlite;
    use crate::store::contract::{commune, renamed, rules, set};

    /// A request that has begun is judged to its end as it began, whatever is set meanwhile; the next one knows.
    #[tokio::test]
    async fn one_request_is_judged_by_one_set_of_rules() {
        let directory = tempfile::tempdir().unwrap();
        let db = Sqlite::open(directory.path()).unwrap();
        let options = Options {
            rules: rules(),
            clock: Clock::system(),
            dist: directory.path().to_owned(),
            trust_proxy: false,
        };
        let keys = ServerKeys::of(&db).await.unwrap();
        let (_stop, stopped) = watch::channel(false);
        let state = AppState::new(db, keys, options, stopped).unwrap();
        let name = |state: &AppState<Sqlite>| {
            let area = state.rules.tree.get(&commune(0), rules().season.date);
            area.unwrap().name.clone()
        };
        let mut request = Extensions::new();
        let before = name(&state.of_request(&mut request).await.unwrap());

        // Another process, as far as this one can tell.
        let other = Sqlite::open(directory.path()).unwrap();
        set(&other, renamed(1, &commune(0), "Xã Đổi Tên")).await;
        assert_eq!(name(&state.of_request(&mut request).await.unwrap()), before);
        let mut next = Extensions::new();
        let known = state.of_request(&mut next).await.unwrap();
        assert_eq!(name(&known), "Xã Đổi Tên");
        // What has not been set again is not read again, and is one tree.
        let again = state.now().await.unwrap();
        assert!(std::ptr::eq(known.rules.tree, again.rules.tree));
    }
}
