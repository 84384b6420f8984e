//! The reference shell: a replica in plain memory.

use super::Shell;
use crate::area::AreaCode;
use crate::record::RecordKey;
use crate::sync::edit::{DeviceId, Edit, FieldChange};
use crate::sync::memory::MemoryReplica;
use crate::sync::replica::{Asked, Replica};
use crate::sync::wire::Response;
use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

/// [`MemoryReplica`] as a shell that can be opened several times.
pub struct MemoryShell(Rc<RefCell<MemoryReplica>>);

impl MemoryShell {
    pub fn new(memory: MemoryReplica) -> Self {
        Self(Rc::new(RefCell::new(memory)))
    }
}

impl Shell for MemoryShell {
    type Error = Infallible;

    async fn again(&self) -> Self {
        Self(Rc::clone(&self.0))
    }

    async fn write(
        &self,
        commune: &AreaCode,
        planned: Vec<(RecordKey, Vec<FieldChange>)>,
        now_ms: u64,
    ) -> Result<bool, Infallible> {
        let mut memory = self.0.borrow_mut();
        let written = planned
            .into_iter()
            .filter_map(|(key, changes)| memory.edit(commune, &key, now_ms, |_| changes));
        Ok(written.count() > 0)
    }

    async fn take(
        &self,
        asked: &Asked,
        response: &Response,
        fresh: DeviceId,
        now_ms: u64,
    ) -> Result<bool, Infallible> {
        let mut memory = self.0.borrow_mut();
        Ok(memory.take(asked, response, fresh, now_ms))
    }

    async fn to_send(&self) -> Result<(Replica, Vec<Edit>), Infallible> {
        let memory = self.0.borrow();
        Ok((memory.replica.clone(), memory.request().edits))
    }

    async fn stored(&self) -> MemoryReplica {
        self.0.borrow().clone()
    }
}
