//! A replica without a screen: it makes edits as a tablet does and pushes them as a tablet does. Lists
//! that an office imports and demonstration data go this way, so they obey the same rules.

use crate::accounts;
use crate::store::plan;
use crate::store::{Database, StoreError};
use std::collections::BTreeMap;
use thidua_domain::access::Principal;
use thidua_domain::area::AreaCode;
use thidua_domain::record::{FieldName, RecordKey, Value};
use thidua_domain::subject;
use thidua_domain::sync::edit::{DeviceId, Edit};
use thidua_domain::sync::hub::{self, Rules};
use thidua_domain::sync::replica::Replica;
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::MAX_EDITS_UP;

/// An office that writes into one commune.
pub struct Office {
    principal: Principal,
    commune: AreaCode,
    replica: Replica,
    records: BTreeMap<RecordKey, RecordState>,
    outbox: Vec<Edit>,
}

impl Office {
    /// Opens it under a device identity of its own. `known` are the records it has seen.
    pub fn open(
        principal: Principal,
        commune: AreaCode,
        device: DeviceId,
        known: BTreeMap<RecordKey, RecordState>,
    ) -> Self {
        let replica = Replica::new(device, principal.account.clone(), vec![commune.clone()]);
        Self {
            principal,
            commune,
            replica,
            records: known,
            outbox: Vec::new(),
        }
    }

    /// A device identity nobody has.
    pub fn fresh_device() -> DeviceId {
        DeviceId::from_random(accounts::random_u64())
    }

    /// A record as this office sees it.
    pub fn record(&self, key: &RecordKey) -> Option<&RecordState> {
        self.records.get(key)
    }

    /// Subjects that are in the register, as this office sees them.
    pub fn open_subjects(&self) -> impl Iterator<Item = (&RecordKey, &RecordState)> {
        self.records
            .iter()
            .filter(|(key, state)| key.subject_kind().is_some() && subject::is_open(state))
    }

    /// Edits that wait to be pushed.
    pub fn waiting(&self) -> usize {
        self.outbox.len()
    }

    /// Sets fields of a record; values that are there already make no edit.
    pub fn edit<'a>(
        &mut self,
        key: &RecordKey,
        values: impl IntoIterator<Item = (&'a str, Value)>,
        now_ms: u64,
    ) {
        let values = values
            .into_iter()
            .map(|(name, value)| (FieldName::parse(name).expect("a field of ours"), value))
            .collect();
        self.set(key, values, now_ms);
    }

    /// As [`Office::edit`], with names made at run time.
    pub fn set(&mut self, key: &RecordKey, values: Vec<(FieldName, Value)>, now_ms: u64) {
        let state = match self.records.get(key) {
            Some(state) => state.clone(),
            None => RecordState::new(self.commune.clone()),
        };
        let changes = state.changes_to(values);
        if let Some(plan) = self.replica.plan_edit(key, &state, changes, now_ms) {
            self.replica = plan.replica;
            self.records.insert(key.clone(), plan.state);
            self.outbox.push(plan.edit);
        }
    }

    /// Pushes what waits, in batches a tablet could send. Stops at the first edit that is not taken.
    pub async fn push<D: Database>(
        &mut self,
        db: &D,
        rules: Rules,
        now_ms: u64,
    ) -> Result<(), PushError> {
        let outbox = std::mem::take(&mut self.outbox);
        for batch in outbox.chunks(MAX_EDITS_UP) {
            let principal = self.principal.clone();
            let request = self.replica.request(batch.to_vec());
            let (reply, _) =
                plan::push(db, now_ms, rules, principal, request, hub::plan_push).await?;
            if let Some(rejection) = reply.rejected.first() {
                return Err(PushError::Rejected(format!("{:?}", rejection.reason)));
            }
        }
        Ok(())
    }
}

/// Why a push failed.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    /// The database did.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The rules did not take an edit.
    #[error("không được nhận / not taken: {0}")]
    Rejected(String),
}
