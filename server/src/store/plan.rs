//! Carrying plans out of which it is not known beforehand which feeds they append to.

use super::{Database, StoreError};
use std::collections::BTreeSet;
use thidua_domain::access::Principal;
use thidua_domain::area::AreaCode;
use thidua_domain::sync::hub::{
    self, Loaded, MoreFeeds, Needs, PushPlan, PushReply, Rules, Writes,
};
use thidua_domain::sync::wire::Request;

/// Most times that a plan is made. A record's feed stays what it is and an area does not move twice in a
/// moment: the second time is the last, but for somebody who moves areas to and fro meanwhile.
const MOST_TRIES: usize = 5;

/// Why a plan wrote nothing.
#[derive(Debug)]
pub enum Unplanned<E> {
    /// It appends to feeds that were not named.
    More(MoreFeeds),
    /// Anything else.
    Failed(E),
}

impl<E> From<MoreFeeds> for Unplanned<E> {
    fn from(more: MoreFeeds) -> Self {
        Self::More(more)
    }
}

impl<E: From<StoreError>> From<StoreError> for Unplanned<E> {
    fn from(error: StoreError) -> Self {
        Self::Failed(E::from(error))
    }
}

/// [`Database::transact`] for a plan that may ask for more feeds: it is then made again with these.
pub async fn carry_out<D, R, E, P>(
    database: &D,
    now_ms: u64,
    mut needs: Needs,
    plan: P,
) -> Result<R, E>
where
    D: Database,
    R: Send + 'static,
    E: From<StoreError> + Send + 'static,
    P: FnOnce(Loaded) -> Result<(Writes, R), Unplanned<E>> + Clone + Send + 'static,
{
    for _ in 0..MOST_TRIES {
        match database.transact(now_ms, needs.clone(), plan.clone()).await {
            Ok(result) => return Ok(result),
            Err(Unplanned::More(MoreFeeds(more))) => needs.communes.extend(more),
            Err(Unplanned::Failed(error)) => return Err(error),
        }
    }
    Err(StoreError::Stopped.into())
}

/// Takes a device's edits as `plan` does, and says besides which communes' records they changed.
pub async fn push<D: Database>(
    database: &D,
    now_ms: u64,
    rules: Rules,
    principal: Principal,
    request: Request,
    plan: PushPlan,
) -> Result<(PushReply, BTreeSet<AreaCode>), StoreError> {
    let needs = hub::needs(&request);
    let plan = move |loaded| {
        let (writes, reply) = plan(rules, &principal, request, loaded)?;
        let changed = writes.changed_communes();
        Ok((writes, (reply, changed)))
    };
    carry_out(database, now_ms, needs, plan).await
}
