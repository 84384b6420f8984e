//! A history: people, tablets, a network and a server, and whatever goes wrong.

use crate::courier::{self, Luggage};
use crate::hub::{self, Crash, Hub};
use crate::ledger::{Faults, Ledger};
use crate::luck::Luck;
use crate::mutation::Mutation;
use crate::tablet::Tablet;
use std::collections::{BTreeMap, BTreeSet};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::entry::{self, EntryState};
use thidua_domain::record::{FieldName, RecordKey, SubjectId, Value};
use thidua_domain::review::{self, ReviewError, Verdict};
use thidua_domain::subject;
use thidua_domain::sync::edit::{DeviceId, FieldChange};
use thidua_domain::sync::hub::Decision;
use thidua_domain::sync::memory::MemoryReplica;
use thidua_domain::sync::register::Register;
use thidua_domain::sync::replica::Replica;
use thidua_domain::sync::state::RecordState;

const ACCOUNTS: [&str; 2] = ["can-bo-1", "can-bo-2"];
/// When histories begin.
const BEGIN: u64 = 1_650_000_000_000;

/// What goes wrong in a history beside what always may. Not everything at once, because some faults
/// together are past help, and what they destroy would hide what must not be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flavour {
    /// The server keeps what it has. Reviewers decide, officers are made responsible for other communes,
    /// subjects and whole communes move, tablets are cloned and set back to images, browsers lose their stores. (A
    /// restored server has forgotten decisions and moves made since: no tablet tells it of them, people make them
    /// again.)
    Office,
    /// The server is restored from backups, and tablets are cloned; but not both at once: clones have
    /// been told apart by a sync before. (Two clones that both went on unseen, and a server that
    /// forgets which of them it believed, may each be believed about the same number.)
    Backup,
    /// Tablets are destroyed and begun again from an image, and the server is restored too. What only a
    /// destroyed tablet could have told again is gone, so replicas may differ from the server, and what
    /// the image and the server's backup knew under different names may arrive under both; but what any
    /// living tablet holds must arrive.
    River,
}

/// A reviewer's decision about what was on the screen a while ago.
struct Opinion {
    record: RecordKey,
    verdict: Verdict,
    seen: BTreeMap<FieldName, Value>,
}

pub struct World {
    luck: Luck,
    mutation: Option<Mutation>,
    flavour: Flavour,
    communes: Vec<AreaCode>,
    /// Families first entered for each commune.
    families: [Vec<SubjectId>; 2],
    hub: Hub,
    tablets: Vec<Tablet>,
    /// Requests that the network delivers late, or again.
    stray: Vec<(&'static str, Vec<u8>)>,
    opinions: Vec<Opinion>,
    ledger: Ledger,
    time: u64,
    /// Where tablets know their server's key, and so ask for receipts and send by courier.
    courier: Option<(Luggage, Luck)>,
}

/// Lives one history and says what was wrong in the end.
pub fn live(seed: u64, mutation: Option<Mutation>) -> Faults {
    let mut world = World::new(seed, mutation);
    let steps = 40 + world.luck.below(160);
    for _ in 0..steps {
        world.time += world.luck.bits() % 3_600_000;
        world.step();
        world.carry();
    }
    world.settle();
    if let Some((luggage, _)) = &world.courier {
        world.ledger.unsigned += luggage.unsigned;
        // Everything has been sent, so everything is signed for when it is asked about.
        for tablet in &mut world.tablets {
            let wanted = tablet.memory.replica.receipts_wanted();
            let receipts = world.hub.receipts(tablet.account, &wanted, world.time);
            tablet.memory.take_receipts(&receipts);
            world.ledger.unsigned += world.hub.lacks(&tablet.memory);
        }
        let open = |tablet: &Tablet| !tablet.memory.replica.unreceipted().is_empty();
        world.ledger.unsigned += world.tablets.iter().filter(|tablet| open(tablet)).count() as u64;
    }
    let all_alive = world.flavour != Flavour::River;
    world.ledger.judge(&world.hub, &world.tablets, all_alive)
}

impl World {
    fn new(seed: u64, mutation: Option<Mutation>) -> Self {
        let mut luck = Luck::new(seed);
        let rules = hub::rules();
        let all = rules.tree.communes(rules.season.date);
        let communes: Vec<AreaCode> = [3, 77].map(|place: usize| all[place].code.clone()).to_vec();
        let areas = ACCOUNTS.map(|account| (account.to_owned(), communes.clone()));
        let mut world = Self {
            flavour: *luck.pick(&[Flavour::Office, Flavour::Backup, Flavour::River]),
            hub: Hub::new(areas.into_iter().collect(), mutation),
            mutation,
            communes,
            families: [0, 10].map(|first| vec![SubjectId(first), SubjectId(first + 1)]),
            tablets: Vec::new(),
            stray: Vec::new(),
            opinions: Vec::new(),
            ledger: Ledger::default(),
            time: BEGIN,
            luck,
            // One in five: signatures take their time.
            courier: (seed % 5 == 4).then(|| (Luggage::default(), Luck::new(!seed))),
        };
        for place in 0..2 + world.luck.below(3) {
            world.add_tablet(ACCOUNTS[place % 2]);
        }
        world
    }

    fn add_tablet(&mut self, account: &'static str) {
        let device = DeviceId::from_random(self.luck.bits());
        let mut replica = Replica::new(device, account.to_owned(), self.communes.clone());
        replica.trust = self.courier.as_ref().map(|_| courier::trust());
        let memory = MemoryReplica::new(replica);
        // One in three has a clock that is off, by up to forty years.
        let clock_error = match self.luck.below(3) {
            0 => (self.luck.bits() % 2_524_608_000_000) as i64 - 1_262_304_000_000,
            _ => 0,
        };
        self.tablets.push(Tablet {
            account,
            image: memory.clone(),
            owed: Vec::new(),
            memory,
            clock_error,
            exchange: None,
            mutation: self.mutation,
            seen: BTreeMap::new(),
        });
    }

    fn step(&mut self) {
        let place = self.luck.below(self.tablets.len());
        match self.luck.below(104) {
            0..34 => self.edit(place),
            34..60 => self.exchange(place),
            60..65 => self.stray(),
            65..76 => self.review(),
            76..83 => self.submit(place),
            83..85 => self.tablets[place].image = self.tablets[place].memory.clone(),
            85..87 => self.clone_tablet(place),
            87..89 => self.set_back(place),
            89..91 => {
                self.tablets[place].clock_error = -((self.luck.bits() % 100_000_000_000) as i64)
            }
            91..93 => self.hub.back_up(),
            93..95 => self.restore(),
            95..97 if self.flavour == Flavour::Office => self.reassign(),
            97..98 if self.tablets.len() < 6 => self.add_tablet(ACCOUNTS[place % 2]),
            98..99 if self.flavour == Flavour::Office => self.tablets[place].lose(&mut self.luck),
            99..102 if self.flavour == Flavour::Office => self.send(),
            102..104 if self.flavour == Flavour::Office => self.take_over(),
            // The tablet's program stops; what is on its disk stays.
            _ => self.tablets[place].exchange = None,
        }
    }

    /// Colleagues come and go.
    fn carry(&mut self) {
        let Some((luggage, luck)) = &mut self.courier else {
            return;
        };
        let place = luck.below(self.tablets.len());
        match luck.below(10) {
            0 | 1 => luggage.pack(&self.tablets[place]),
            2 | 3 => {
                let crash = hub::crash(luck);
                luggage.deliver(&mut self.hub, luck, crash, self.time);
            }
            4 | 5 => luggage.bring_back(&mut self.tablets[place], luck, self.time),
            6 | 7 => luggage.ask(&self.tablets[place], &self.hub, self.time),
            8 => luggage.hear(&mut self.tablets[place], luck),
            _ => {}
        }
    }

    /// Somebody enters something, perhaps with a program newer than the others.
    fn edit(&mut self, place: usize) {
        let (commune, key) = self.record();
        let is_family = key.subject_kind() == Some(SubjectKind::Family);
        let at = self
            .families
            .iter()
            .position(|own| own.contains(&key.subject()));
        let area = at.filter(|_| is_family).map(area_of);
        let (luck, ledger) = (&mut self.luck, &mut self.ledger);
        let tablet = &mut self.tablets[place];
        // No room on the disk: the transaction fails, and nothing is said to be saved.
        if luck.chance(3) {
            return;
        }
        let now = tablet.now(self.time);
        let settle = luck.chance(25);
        let ignore = self.mutation == Some(Mutation::BasesAreIgnored);
        let drop_conflicts = self.mutation == Some(Mutation::ConflictsAreDropped);
        tablet.memory.edit(&commune, &key, now, |shown| {
            let fields = [
                subject::field::HEAD,
                subject::field::HOUSE_NO,
                entry::field::NOTE,
                "future.thing",
            ];
            let mut changes: Vec<FieldChange> = Vec::new();
            for _ in 0..=luck.below(3) {
                let field = FieldName::parse(fields[luck.below(fields.len())]).unwrap();
                if changes.iter().any(|change| change.field == field) {
                    continue;
                }
                let register = shown.fields.get(&field);
                let mut change = if settle {
                    shown.change_to_settle(field, Value::Null)
                } else {
                    FieldChange {
                        bases: register.map(Register::bases_of_shown).unwrap_or_default(),
                        field,
                        value: Value::Null,
                    }
                };
                change.value = ledger.enter(register, &change.bases);
                if ignore {
                    change.bases.clear();
                }
                if drop_conflicts {
                    change.bases = register.map(Register::bases_of_all).unwrap_or_default();
                }
                changes.push(change);
            }
            if let Some(area) = area.filter(|_| luck.chance(50)) {
                let name = FieldName::parse(subject::field::AREA).unwrap();
                changes.extend(shown.changes_to(vec![(name, area.to_string().into())]));
            }
            changes
        });
    }

    fn record(&mut self) -> (AreaCode, RecordKey) {
        let place = self.luck.below(self.communes.len());
        let commune = self.communes[place].clone();
        if self.luck.chance(8) {
            let area = area_of(place);
            return (
                commune,
                RecordKey::subject_record(SubjectKind::ResidentialArea, area),
            );
        }
        if self.luck.chance(6) {
            let number = self.families.iter().map(Vec::len).sum::<usize>();
            self.families[place].push(SubjectId(100 + number as u128));
        }
        let id = *self.luck.pick(&self.families[place]);
        let key = match self.luck.below(5) {
            0 | 1 => RecordKey::subject_record(SubjectKind::Family, id),
            2 | 3 => RecordKey::entry(id, Assessment::CulturalFamily, hub::rules().season.period),
            _ => RecordKey::parse(&format!("future-kind/{id}")).unwrap(),
        };
        // Where an area has moved, tablets name the one commune or the other.
        let named = match self.luck.below(8) {
            0 => self.luck.pick(&self.communes).clone(),
            _ => commune,
        };
        (named, key)
    }

    /// Hands in every entry that the tablet has, and sends them.
    fn submit(&mut self, place: usize) {
        let tablet = &mut self.tablets[place];
        let now = tablet.now(self.time);
        let entries: Vec<(RecordKey, AreaCode)> = tablet
            .memory
            .records
            .iter()
            .filter(|(key, _)| key.entry_parts().is_some())
            .map(|(key, record)| (key.clone(), record.shown.commune.clone()))
            .collect();
        for (key, commune) in entries {
            tablet.memory.edit(&commune, &key, now, |shown| {
                vec![shown.change_of(entry::submit(shown))]
            });
        }
        self.exchange(place);
    }

    /// One exchange, whose request or answer may get lost, be cut or be another's.
    fn exchange(&mut self, place: usize) {
        let luck = &mut self.luck;
        let tablet = &mut self.tablets[place];
        // What is sent again under a former name says nothing of the present one.
        let own = &tablet.memory.replica;
        let direct = own.to_send(1).0 == own.device;
        tablet.begin(luck);
        let exchange = tablet.exchange.as_mut().unwrap();
        let mut frame = exchange.frame.clone();
        let account = tablet.account;
        match luck.below(10) {
            0 => return,
            1 => {
                self.stray.push((account, frame));
                return;
            }
            2 => frame.truncate(luck.below(frame.len())),
            3 => self.stray.push((account, frame.clone())),
            _ => {}
        }
        let crash = hub::crash(luck);
        let mut answer = self.hub.answer(account, &frame, crash, self.time);
        match luck.below(10) {
            0 => answer = None,
            1 => answer = Some(b"<!doctype html><title>Wi-Fi</title>".to_vec()),
            2 => answer
                .iter_mut()
                .for_each(|frame| frame.truncate(luck.below(frame.len()))),
            _ => {}
        }
        exchange.answer = answer;
        // Entering goes on while the answer is under way.
        if self.luck.chance(30) {
            self.edit(place);
        }
        let crashes = self.luck.chance(8);
        let answered = direct && self.tablets[place].is_answered();
        self.tablets[place].finish(&mut self.luck, self.time, crashes);
        if answered && !crashes {
            self.ledger.unsigned += self.hub.lacks(&self.tablets[place].memory);
        }
    }

    /// The network delivers a request late, or once more; nobody waits for the answer.
    fn stray(&mut self) {
        if !self.stray.is_empty() {
            let place = self.luck.below(self.stray.len());
            let (account, frame) = match self.luck.chance(50) {
                true => self.stray.swap_remove(place),
                false => self.stray[place].clone(),
            };
            self.hub.answer(account, &frame, Crash::No, self.time);
        }
    }

    /// A reviewer reads an entry, or decides about one that was read a while ago.
    fn review(&mut self) {
        // A restored server has forgotten decisions of its own, with which no tablet can help it.
        if self.flavour != Flavour::Office {
            return;
        }
        if self.luck.chance(50) {
            let waiting: Vec<_> = self
                .hub
                .records()
                .filter(|(_, state)| entry::entry_state(Some(state)) == EntryState::Submitted)
                .map(|(key, state)| (key.clone(), state.clone()))
                .collect();
            if !waiting.is_empty() {
                let (record, state) = self.luck.pick(&waiting).clone();
                let decision = *self
                    .luck
                    .pick(&[review::Decision::Accept, review::Decision::Return]);
                self.opinions.push(Opinion {
                    record,
                    verdict: Verdict {
                        comment: "Xem lại.".to_owned(),
                        ..Verdict::new(decision, entry::content_digest(&state))
                    },
                    seen: content(&state),
                });
            }
        } else if !self.opinions.is_empty() {
            let place = self.luck.below(self.opinions.len());
            let opinion = self.opinions.swap_remove(place);
            let decided = self
                .hub
                .review(&opinion.record, &opinion.verdict, self.time);
            let is = self.hub.record(&opinion.record).map(content);
            let seen = Some(&opinion.seen) == is.as_ref();
            let right = match decided {
                Ok(()) => seen,
                Err(ReviewError::ContentChanged) => !seen,
                Err(_) => true,
            };
            self.ledger.misjudged += u64::from(!right);
        }
    }

    /// Two installations with one identity: an image of a tablet is put on another.
    fn clone_tablet(&mut self, place: usize) {
        if self.tablets.len() < 6 && self.flavour != Flavour::River {
            let original = &self.tablets[place];
            let copy = Tablet {
                account: original.account,
                memory: original.memory.clone(),
                image: original.image.clone(),
                owed: original.owed.clone(),
                clock_error: original.clock_error,
                exchange: None,
                mutation: original.mutation,
                seen: original.seen.clone(),
            };
            self.tablets.push(copy);
        }
    }

    /// A tablet is set back to an image of itself: what it had not sent since is lost with it, as with a
    /// tablet that falls into a river.
    fn set_back(&mut self, place: usize) {
        if self.flavour != Flavour::Backup {
            let tablet = &mut self.tablets[place];
            tablet.memory = tablet.image.clone();
            tablet.owed.clear();
            tablet.exchange = None;
        }
    }

    /// Yesterday's backup takes the server's place.
    fn restore(&mut self) {
        let devices = self
            .tablets
            .iter()
            .map(|tablet| tablet.memory.replica.device);
        let apart = devices.collect::<BTreeSet<_>>().len() == self.tablets.len();
        if self.flavour == Flavour::River || (self.flavour == Flavour::Backup && apart) {
            self.hub.restore();
            // Connections do not outlive the server.
            self.stray.clear();
            if let Some((luggage, _)) = &mut self.courier {
                luggage.void();
            }
        }
    }

    /// An officer becomes responsible for other communes.
    fn reassign(&mut self) {
        let account = *self.luck.pick(&ACCOUNTS);
        let areas = match self.luck.below(3) {
            0 => vec![self.communes[0].clone()],
            1 => vec![self.communes[1].clone()],
            _ => self.communes.clone(),
        };
        self.hub.assign(account, areas);
    }

    /// Subjects go to another commune, or back: one, or all that are in a commune's feed.
    fn send(&mut self) {
        let place = self.luck.below(2);
        let from = self.communes[place].clone();
        let to = self.luck.pick(&self.communes).clone();
        let mut subjects = self.families[place].clone();
        subjects.push(area_of(place));
        if self.luck.chance(70) {
            let one = *self.luck.pick(&subjects);
            subjects = vec![one];
        } else {
            subjects.push(SubjectId::commune(&from));
        }
        self.hub.send(&subjects, &from, &to, self.time);
    }

    /// Somebody decides about what was written by those who may not edit any more.
    fn take_over(&mut self) {
        let waiting = self.hub.waiting();
        if waiting.is_empty() {
            return;
        }
        let (author, record, commune) = self.luck.pick(&waiting).clone();
        let decision = match self.luck.chance(80) {
            true => Decision::Take,
            false => Decision::Decline {
                reason: "Đã có người ghi.".to_owned(),
            },
        };
        self.hub
            .decide(&author, &record, &commune, &decision, self.time);
    }

    /// The network heals and everybody syncs until there is nothing more to say.
    fn settle(&mut self) {
        // One round may bring a tablet what another then has to hear of.
        for _ in 0..3 {
            for place in 0..self.tablets.len() {
                for _ in 0..200 {
                    let tablet = &mut self.tablets[place];
                    tablet.begin_with_all();
                    let exchange = tablet.exchange.as_mut().unwrap();
                    let frame = exchange.frame.clone();
                    exchange.answer = self
                        .hub
                        .answer(tablet.account, &frame, Crash::No, self.time);
                    if !tablet.finish(&mut self.luck, self.time, false) {
                        break;
                    }
                }
            }
        }
    }
}

fn content(state: &RecordState) -> BTreeMap<FieldName, Value> {
    let shown = |name: &FieldName| Some((name.clone(), state.get(name.as_str())?.clone()));
    let names = state.fields.keys();
    let own = names.filter(|name| entry::is_content(name.as_str()));
    own.filter_map(shown).collect()
}

/// The residential area that families of a commune are entered in.
fn area_of(place: usize) -> SubjectId {
    SubjectId(place as u128 * 10 + 5)
}
