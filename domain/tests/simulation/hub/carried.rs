//! Bundles that somebody brought, and what the server signs for.

use super::{Crash, Hub, rules};
use crate::courier;
use crate::mutation::Mutation;
use std::collections::BTreeMap;
use thidua_domain::receipt::Receipt;
use thidua_domain::sync::carried::CarriedAnswer;
use thidua_domain::sync::edit::{DeviceId, Edit, EditDigest, EditId};
use thidua_domain::sync::hub::{self, PushPlan};
use thidua_domain::sync::memory::MemoryReplica;
use thidua_domain::sync::wire::{Identity, Request, Response};

impl Hub {
    /// Takes a bundle that somebody carried here; the answer to each device.
    pub fn import(
        &mut self,
        account: &str,
        requests: Vec<Request>,
        crash: Crash,
        now: u64,
    ) -> Vec<CarriedAnswer> {
        let principal = self.principal(account);
        let mut answers: BTreeMap<DeviceId, CarriedAnswer> = BTreeMap::new();
        let plan: PushPlan = match self.is(Mutation::LateIsAClone) {
            true => hub::plan_push,
            false => hub::plan_carried,
        };
        for request in requests {
            let device = request.device;
            let loaded = self.load_for(&principal, &request);
            let (writes, reply) =
                plan(rules(), &principal, request, loaded).expect("all feeds were loaded");
            if crash == Crash::BeforeCommit {
                return Vec::new();
            }
            self.apply(writes);
            let before = answers.remove(&device);
            let mut rejected = before.map_or(Vec::new(), |before| before.response.rejected);
            rejected.extend(&reply.rejected);
            let receipt = match reply.identity {
                Identity::Keep => self.receipt(account, device, reply.held, now),
                Identity::Renew { .. } => None,
            };
            let response = Response {
                held: reply.held,
                rejected,
                former_held: reply.former_held,
                identity: reply.identity,
                follow: Vec::new(),
                pages: Vec::new(),
                server_time: now,
            };
            answers.insert(
                device,
                CarriedAnswer {
                    device,
                    response,
                    receipt,
                },
            );
        }
        match crash {
            Crash::AfterCommit => Vec::new(),
            _ => answers.into_values().collect(),
        }
    }

    /// Signs for what a tablet asks about.
    pub fn receipts(&self, account: &str, wanted: &[(DeviceId, u32)], now: u64) -> Vec<Receipt> {
        let wanted = wanted.iter();
        wanted
            .filter_map(|(device, until)| self.receipt(account, *device, *until, now))
            .collect()
    }

    pub(super) fn receipt(
        &self,
        account: &str,
        device: DeviceId,
        until: u32,
        now: u64,
    ) -> Option<Receipt> {
        let row = self.disk.devices.get(&device)?;
        let (mut last, mut check) = (0, EditDigest::default());
        while last < until
            && let Some(held) = self.disk.held.get(&EditId {
                device,
                seq: last + 1,
            })
        {
            last += 1;
            check = check.chain(held.digest);
        }
        let said = (last, check);
        (row.account == account && last > 0)
            .then(|| Receipt::write(&courier::signer(), account, device, said, now))
    }

    /// Whether it holds an edit, with the same content.
    pub fn holds(&self, edit: &Edit) -> bool {
        let held = self.disk.held.get(&edit.id);
        held.is_some_and(|held| held.digest == edit.digest())
    }

    /// How many edits a tablet has a receipt for that are not held, or held with other content.
    pub fn lacks(&self, memory: &MemoryReplica) -> u64 {
        let signed = memory
            .log
            .iter()
            .filter(|(id, _)| memory.replica.is_receipted(**id));
        let lacking = signed.filter(|(_, edit)| !self.holds(edit));
        lacking.count() as u64
    }
}
