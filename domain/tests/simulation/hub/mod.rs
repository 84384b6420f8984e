//! The server's shell over plain memory: transactions that crash, backups that are restored.

mod carried;
mod checks;
mod deeds;
mod exchange;

use crate::luck::Luck;
use crate::mutation::Mutation;
use std::collections::BTreeMap;
use thidua_domain::access::{Principal, Role};
use thidua_domain::area::{AreaCode, AreaTree};
use thidua_domain::place;
use thidua_domain::progress::{PartKey, Tally, TallyKey};
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::season::Season;
use thidua_domain::sync::edit::{DeviceId, Edit, EditId};
use thidua_domain::sync::hub::{
    self, Decided, DeviceRow, FeedRow, Handover, HeldEdit, KeptEdit, Loaded, MoreFeeds, Needs,
    Outcome, PlaceRow, Rules, Writes,
};
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::{RejectReason, Request};

pub fn rules() -> Rules {
    Rules {
        tree: AreaTree::embedded(),
        season: Season::directive_2022(),
        packs: thidua_domain::criteria::Packs::default(),
    }
}

/// What is on the server's disk.
#[derive(Clone, Default)]
struct Disk {
    areas: BTreeMap<String, Vec<AreaCode>>,
    devices: BTreeMap<DeviceId, DeviceRow>,
    records: BTreeMap<SubjectId, BTreeMap<RecordKey, RecordState>>,
    feeds: BTreeMap<AreaCode, Vec<FeedRow>>,
    held: BTreeMap<EditId, HeldEdit>,
    rejected: BTreeMap<EditId, (Edit, RejectReason)>,
    tallies: BTreeMap<TallyKey, Tally>,
    parts: BTreeMap<PartKey, Tally>,
    places: BTreeMap<SubjectId, PlaceRow>,
    handovers: BTreeMap<EditId, (Handover, Option<Decided>)>,
}

/// Where the server crashes while it takes a transaction.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Crash {
    No,
    BeforeCommit,
    AfterCommit,
}

pub struct Hub {
    disk: Disk,
    backup: Disk,
    /// The hub's own identity, another after each start.
    own: DeviceId,
    mutation: Option<Mutation>,
    /// Edits taken from accounts that may not edit where the record's subject lived.
    pub trespasses: u64,
}

impl Hub {
    pub fn new(areas: BTreeMap<String, Vec<AreaCode>>, mutation: Option<Mutation>) -> Self {
        let disk = Disk {
            areas,
            ..Disk::default()
        };
        Self {
            backup: disk.clone(),
            disk,
            own: DeviceId::from_random(1 << 40),
            mutation,
            trespasses: 0,
        }
    }

    pub fn back_up(&mut self) {
        self.backup = self.disk.clone();
    }

    pub fn restore(&mut self) {
        self.disk = self.backup.clone();
        self.own = DeviceId::from_random(self.own.0 + 1);
    }

    pub fn assign(&mut self, account: &str, areas: Vec<AreaCode>) {
        self.disk.areas.insert(account.to_owned(), areas);
    }

    fn is(&self, mutation: Mutation) -> bool {
        self.mutation == Some(mutation)
    }

    /// What the plan of a push needs, with the feeds that it turns out to append to.
    fn load_for(&self, principal: &Principal, request: &Request) -> Loaded {
        let mut needs = hub::needs(request);
        let tried = hub::plan_push(rules(), principal, request.clone(), self.load(&needs));
        if let Err(MoreFeeds(more)) = tried {
            needs.communes.extend(more);
        }
        self.load(&needs)
    }

    fn principal(&self, account: &str) -> Principal {
        Principal::new(
            account,
            Role::CommuneOfficer,
            self.disk.areas[account].clone(),
        )
    }

    /// The commune where a subject lives.
    fn lives_in(&self, subject: SubjectId) -> Option<AreaCode> {
        place::lives_in(self.disk.records.get(&subject)?, subject)
    }

    fn load(&self, needs: &Needs) -> Loaded {
        let disk = &self.disk;
        let device = needs.device;
        let (first, last) = needs.seqs.unwrap_or((1, 0));
        Loaded {
            settings: Default::default(),
            // No area ends in these histories.
            inhabited: Default::default(),
            device: disk.devices.get(&device).cloned(),
            held: (first..=last)
                .filter_map(|seq| Some((seq, *disk.held.get(&EditId { device, seq })?)))
                .collect(),
            former: needs
                .former
                .iter()
                .filter_map(|id| Some((*id, disk.devices.get(id)?.clone())))
                .collect(),
            records: needs
                .subjects
                .iter()
                .filter_map(|id| disk.records.get(id))
                .flat_map(|own| own.iter().map(|(key, state)| (key.clone(), state.clone())))
                .collect(),
            feeds: needs
                .communes
                .iter()
                .map(|code| {
                    let last = disk.feeds.get(code).and_then(|feed| feed.last());
                    (code.clone(), last.map(|row| row.cursor).unwrap_or_default())
                })
                .collect(),
            waiting: disk
                .handovers
                .values()
                .filter(|(_, decided)| decided.is_none())
                .map(|(kept, _)| (kept.record.subject(), kept.commune.clone()))
                .filter(|(subject, _)| needs.subjects.contains(subject))
                .collect(),
            kept: needs
                .kept
                .iter()
                .flat_map(|record| self.kept(record))
                .collect(),
        }
    }

    fn kept(&self, record: &RecordKey) -> Vec<KeptEdit> {
        let all = self.disk.handovers.iter();
        let of = all.filter(|(_, (kept, _))| kept.record == *record);
        of.map(|(id, (_, decided))| KeptEdit {
            edit: self.disk.rejected[id].0.clone(),
            outcome: match decided {
                None => Outcome::Waiting,
                Some(decided) => decided.taken_as.map_or(Outcome::Declined, Outcome::Taken),
            },
        })
        .collect()
    }

    fn apply(&mut self, writes: Writes) {
        let disk = &mut self.disk;
        disk.devices.extend(writes.device);
        for (key, state) in writes.records {
            disk.records
                .entry(key.subject())
                .or_default()
                .insert(key, state);
        }
        for row in writes.feed {
            let digest = row.edit.digest();
            let rejected = None;
            disk.held.insert(row.edit.id, HeldEdit { digest, rejected });
            disk.feeds.entry(row.commune.clone()).or_default().push(row);
        }
        for (edit, reason) in writes.rejected {
            let digest = edit.digest();
            let rejected = Some(reason);
            disk.held.insert(edit.id, HeldEdit { digest, rejected });
            disk.rejected.insert(edit.id, (edit, reason));
        }
        for (key, change) in writes.tallies {
            *disk.tallies.entry(key).or_default() += change;
        }
        for (key, change) in writes.parts {
            *disk.parts.entry(key).or_default() += change;
        }
        for (subject, row) in writes.places {
            for (kept, decided) in disk.handovers.values_mut() {
                let about =
                    kept.record.subject() == subject || kept.residential_area == Some(subject);
                if about && decided.is_none() {
                    kept.commune = row.commune.clone();
                }
            }
            disk.places.insert(subject, row);
        }
        if self.mutation != Some(Mutation::KeptForNobody) {
            for kept in writes.handovers {
                disk.handovers.insert(kept.edit, (kept, None));
            }
        }
        for (id, decided) in writes.decided {
            disk.handovers.get_mut(&id).expect("it waited").1 = Some(decided);
        }
    }

    pub fn record(&self, key: &RecordKey) -> Option<&RecordState> {
        self.disk.records.get(&key.subject())?.get(key)
    }

    pub fn records(&self) -> impl Iterator<Item = (&RecordKey, &RecordState)> {
        self.disk.records.values().flatten()
    }

    /// Records of subjects that live in these communes.
    pub fn records_in(
        &self,
        areas: &[AreaCode],
    ) -> impl Iterator<Item = (&RecordKey, &RecordState)> {
        let records = self.disk.records.iter();
        let there = records.filter(|(id, own)| {
            place::lives_in(own, **id).is_some_and(|place| areas.contains(&place))
        });
        there.flat_map(|(_, own)| own)
    }

    /// The communes of an account.
    pub fn areas(&self, account: &str) -> &[AreaCode] {
        &self.disk.areas[account]
    }
}

/// Where a transaction may crash.
pub fn crash(luck: &mut Luck) -> Crash {
    match luck.below(12) {
        0 => Crash::BeforeCommit,
        1 => Crash::AfterCommit,
        _ => Crash::No,
    }
}
