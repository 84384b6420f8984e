//! Tablets made of the domain's own replica, and a server without a network.

use crate::store::plan::{self, Unplanned, carry_out};
use crate::store::{Database, FeedQuery, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Deref, DerefMut};
use thidua_domain::access::{Principal, Role};
use thidua_domain::area::{AreaChange, AreaCode, AreaEvent, AreaKind, AreaTree};
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::Pack;
use thidua_domain::date::Date;
use thidua_domain::entry::{self, field};
use thidua_domain::progress::{Tally, TallyKey};
use thidua_domain::record::{FieldName, Period, RecordKey, SubjectId, Value};
use thidua_domain::review::{Decision, ReviewError, Verdict};
use thidua_domain::season::Season;
use thidua_domain::setting::areas::Entered;
use thidua_domain::setting::{self, Setting};
use thidua_domain::subject;
use thidua_domain::sync::clock::Hlc;
use thidua_domain::sync::edit::{DeviceId, Edit};
use thidua_domain::sync::hub::{self, ArrangeError, Loaded, Needs, OwnEdit, PushReply, Rules};
use thidua_domain::sync::memory::MemoryReplica;
use thidua_domain::sync::replica::{Asked, Replica};
use thidua_domain::sync::wire::{MAX_EDITS_DOWN, Request, Response};

/// When everything happens.
pub const NOW: u64 = 1_650_000_000_000;
/// The period of the tests.
pub const PERIOD: Period = Period(2022);

/// The rules of the tests.
pub fn rules() -> Rules {
    Rules {
        tree: AreaTree::embedded(),
        season: Season::directive_2022(),
        packs: thidua_domain::criteria::Packs::default(),
    }
}

/// One of the 204 communes, by its place in the catalogue.
pub fn commune(place: usize) -> AreaCode {
    let rules = rules();
    rules.tree.communes(rules.season.date)[place].code.clone()
}

/// Numbers that are the same at every run (SplitMix64).
pub fn random(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed;
    move |below| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }
}

/// An officer's tablet.
#[derive(Clone)]
pub struct Tablet {
    pub principal: Principal,
    pub memory: MemoryReplica,
}

impl Deref for Tablet {
    type Target = MemoryReplica;

    fn deref(&self) -> &MemoryReplica {
        &self.memory
    }
}

impl DerefMut for Tablet {
    fn deref_mut(&mut self) -> &mut MemoryReplica {
        &mut self.memory
    }
}

/// What a server answers, or a piece of it.
pub type Exchange = Result<Response, StoreError>;

impl Tablet {
    /// A new tablet of the officer of these communes.
    pub fn new(account: &str, device: u64, communes: &[AreaCode]) -> Self {
        Self {
            principal: Principal::new(account, Role::CommuneOfficer, communes.to_vec()),
            memory: MemoryReplica::new(Replica::new(
                DeviceId(device),
                account.to_owned(),
                communes.to_vec(),
            )),
        }
    }

    /// Writes fields of a record, as the app would.
    pub fn write(&mut self, commune: &AreaCode, key: &RecordKey, fields: &[(&str, Value)]) {
        let values = fields
            .iter()
            .map(|(name, value)| (FieldName::parse(name).unwrap(), value.clone()))
            .collect();
        self.memory
            .edit(commune, key, NOW, |state| state.changes_to(values));
    }

    /// Adds a residential area.
    pub fn add_area(&mut self, commune: &AreaCode, id: SubjectId, name: &str) {
        let key = RecordKey::subject_record(SubjectKind::ResidentialArea, id);
        self.write(commune, &key, &[(subject::field::NAME, name.into())]);
    }

    /// Adds a family.
    pub fn add_family(
        &mut self,
        commune: &AreaCode,
        id: SubjectId,
        head: &str,
        area: Option<SubjectId>,
    ) {
        let key = RecordKey::subject_record(SubjectKind::Family, id);
        let area = area.map_or(Value::Null, |area| area.to_string().into());
        let fields = [
            (subject::field::HEAD, head.into()),
            (subject::field::AREA, area),
        ];
        self.write(commune, &key, &fields);
    }

    /// Hands an entry in as it is.
    pub fn submit(&mut self, commune: &AreaCode, key: &RecordKey) {
        let (name, value) = entry::submit(self.shown(key).unwrap());
        self.write(commune, key, &[(name.as_str(), value)]);
    }

    /// The request it would send now.
    pub fn request(&self) -> Request {
        self.memory.request()
    }

    /// Syncs until there is nothing more on either side.
    pub async fn sync<D: Database>(&mut self, database: &D) {
        self.sync_at(database, NOW).await;
    }

    /// The same at another time.
    pub async fn sync_at<D: Database>(&mut self, database: &D, now_ms: u64) {
        self.sync_with(database, rules(), now_ms).await;
    }

    /// The same while another season is open.
    pub async fn sync_with<D: Database>(&mut self, database: &D, rules: Rules, now_ms: u64) {
        loop {
            let request = self.request();
            let asked = Asked::of(&request);
            let exchanged = self.exchange_with(database, request, rules, now_ms).await;
            let response = exchanged.unwrap();
            if !self.take(&asked, &response) {
                return;
            }
        }
    }

    /// Sends a request, and answers as the server does.
    pub async fn exchange<D: Database>(&self, database: &D, request: Request) -> Exchange {
        self.exchange_with(database, request, rules(), NOW).await
    }

    async fn exchange_with<D: Database>(
        &self,
        database: &D,
        request: Request,
        rules: Rules,
        now_ms: u64,
    ) -> Exchange {
        let (device, last_seq) = (request.device, request.last_seq);
        let cursors: BTreeMap<_, _> = request.cursors.iter().cloned().collect();
        let reply = self.push_as(database, request, rules, now_ms).await?;
        let mut follow = self.principal.areas.clone();
        let readable: BTreeSet<AreaCode> = follow.iter().cloned().collect();
        let moved = database.feeds_of_moved(readable.clone()).await?;
        let others = moved.into_iter().filter(|feed| !readable.contains(feed));
        follow.extend(others);
        let query = FeedQuery {
            cursors: follow
                .iter()
                .map(|commune| {
                    (
                        commune.clone(),
                        cursors.get(commune).copied().unwrap_or_default(),
                    )
                })
                .collect(),
            except: Some((device, last_seq)),
            readable: Some(readable),
            max_edits: MAX_EDITS_DOWN,
            max_bytes: 3 << 20,
        };
        Ok(Response {
            held: reply.held,
            rejected: reply.rejected,
            former_held: reply.former_held,
            identity: reply.identity,
            follow,
            pages: if reply.pull {
                database.feeds(query).await?
            } else {
                Vec::new()
            },
            server_time: NOW,
        })
    }

    /// Pushes edits.
    pub async fn push<D: Database>(
        &self,
        database: &D,
        last_seq: u32,
        edits: Vec<Edit>,
    ) -> Result<PushReply, StoreError> {
        let request = Request {
            device: self.replica.device,
            last_seq,
            former: Vec::new(),
            sent: None,
            edits,
            cursors: Vec::new(),
        };
        self.push_as(database, request, rules(), NOW).await
    }

    async fn push_as<D: Database>(
        &self,
        database: &D,
        request: Request,
        rules: Rules,
        now_ms: u64,
    ) -> Result<PushReply, StoreError> {
        let principal = self.principal.clone();
        let (reply, _) =
            plan::push(database, now_ms, rules, principal, request, hub::plan_push).await?;
        Ok(reply)
    }

    /// Takes an answer; whether to sync again at once.
    pub fn take(&mut self, asked: &Asked, response: &Response) -> bool {
        let fresh = DeviceId(self.replica.device.0 + 1_000_000);
        self.memory.take(asked, response, fresh, NOW)
    }
}

/// Fields that earn a family the title: full points, a meeting that agrees.
pub fn complete_family() -> Vec<(String, Value)> {
    let pack = Pack::for_assessment(Assessment::CulturalFamily, rules().season.date).unwrap();
    let mut fields: Vec<(String, Value)> = pack
        .criteria()
        .map(|criterion| {
            let name = format!("{}{}", field::SCORE, criterion.id);
            (name, Value::Int(i64::from(criterion.max)))
        })
        .collect();
    fields.extend(
        [
            (field::REGISTERED, Value::Bool(true)),
            (field::POVERTY, "none".into()),
            (field::INVITED, Value::Int(100)),
            (field::ATTENDED, Value::Int(80)),
            (field::AGREED, Value::Int(80)),
            (field::PROPOSED, Value::Bool(true)),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    );
    fields
}

/// Decides about an entry as a reviewer of the province whose server is `hub`.
pub async fn decide<D: Database>(
    database: &D,
    hub: DeviceId,
    record: &RecordKey,
    verdict: Verdict,
) -> Result<(), Refused> {
    decide_at(database, hub, record, verdict, NOW).await
}

/// The same at another time.
pub async fn decide_at<D: Database>(
    database: &D,
    hub: DeviceId,
    record: &RecordKey,
    verdict: Verdict,
    now_ms: u64,
) -> Result<(), Refused> {
    decide_as(
        database,
        Role::ProvinceReviewer,
        hub,
        record,
        verdict,
        now_ms,
    )
    .await
}

/// The same decided by somebody of this role.
pub async fn decide_as<D: Database>(
    database: &D,
    role: Role,
    hub: DeviceId,
    record: &RecordKey,
    verdict: Verdict,
    now_ms: u64,
) -> Result<(), Refused> {
    let principal = Principal::new(
        role.as_str(),
        role,
        vec![rules().tree.province().code.clone()],
    );
    let records = database.records(record.subject()).await?;
    let commune = records[record].commune.clone();
    let needs = hub::needs_of_review(hub, record, &commune);
    let record = record.clone();
    let plan = move |loaded| {
        let now = Hlc::from_millis(now_ms);
        let planned = hub::plan_review(rules(), &principal, hub, &record, &verdict, now, loaded)?;
        let writes = planned.map_err(|error| Unplanned::Failed(Refused::from(error)))?;
        Ok((writes, ()))
    };
    carry_out(database, now_ms, needs, plan).await
}

/// Why a decision was not taken.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Review(#[from] ReviewError),
}

/// The administrator of the province.
pub fn administrator() -> Principal {
    Principal::new(
        "quan-tri",
        Role::Administrator,
        vec![rules().tree.province().code.clone()],
    )
}

/// Sets something for the whole province, as a server does.
pub async fn set<D: Database>(database: &D, setting: Setting) {
    let set = set_ending(database, setting, BTreeSet::new(), || {}).await;
    set.unwrap();
}

/// The same of a change after which communes are no more. `meanwhile` is called in the middle of its transaction.
pub async fn set_ending<D: Database>(
    database: &D,
    setting: Setting,
    ending: BTreeSet<AreaCode>,
    meanwhile: impl FnOnce() + Clone + Send + 'static,
) -> Result<(), Unarranged> {
    let hub = DeviceId(901);
    let needs = Needs {
        device: hub,
        ..hub::needs_of_arrangement(ending)
    };
    let plan = move |loaded: Loaded| {
        meanwhile();
        if let Setting::Area { number, entered } = &setting {
            hub::check_arrangement(rules(), &loaded, *number, entered.as_ref())
                .map_err(|error| Unplanned::Failed(error.into()))?;
        }
        let own = OwnEdit {
            commune: setting::feed(),
            record: setting.key(PERIOD),
            values: setting.fields(PERIOD, loaded.settings.packs).unwrap(),
        };
        let now = Hlc::from_millis(NOW);
        let writes = hub::plan_own(rules(), &administrator(), hub, vec![own], now, loaded)?;
        Ok::<_, Unplanned<Unarranged>>((writes, ()))
    };
    carry_out(database, NOW, needs, plan).await
}

/// Why areas stayed as they were.
#[derive(Debug, thiserror::Error)]
pub enum Unarranged {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Areas(#[from] ArrangeError),
}

/// A change of an area in July of the season.
pub fn area_change(number: u16, code: &AreaCode, what: AreaEvent) -> Setting {
    let change = AreaChange {
        code: code.clone(),
        from: Date::new(2022, 7, 1).unwrap(),
        what,
    };
    Setting::Area {
        number,
        entered: Some(Entered {
            change,
            paper: "Nghị quyết 12/NQ-HĐND".to_owned(),
            set_ms: 0,
        }),
    }
}

/// A commune is made out of part of another.
pub fn made(number: u16, code: &AreaCode, of: AreaCode) -> Setting {
    let above = rules().tree.ancestors(&of, rules().season.date);
    let what = AreaEvent::Made {
        name: "Xã Mới".to_owned(),
        kind: AreaKind::Commune,
        parent: above.last().expect("a district").code.clone(),
        of: vec![of],
    };
    area_change(number, code, what)
}

/// A commune gets another name.
pub fn renamed(number: u16, code: &AreaCode, name: &str) -> Setting {
    let what = AreaEvent::Renamed {
        name: name.to_owned(),
        kind: AreaKind::Commune,
    };
    area_change(number, code, what)
}

/// The acceptance of an entry as it is now.
pub async fn accept<D: Database>(database: &D, record: &RecordKey) -> Verdict {
    let records = database.records(record.subject()).await.unwrap();
    Verdict::new(Decision::Accept, entry::content_digest(&records[record]))
}

/// The kept counts of an assessment in a commune.
pub async fn counts<D: Database>(
    database: &D,
    commune: &AreaCode,
    assessment: Assessment,
) -> Tally {
    let key = TallyKey {
        commune: commune.clone(),
        assessment,
        period: PERIOD,
    };
    let tallies = database.tallies(PERIOD, None).await.unwrap();
    tallies.get(&key).copied().unwrap_or_default()
}

/// Everything in a commune's feed.
pub async fn whole_feed<D: Database>(database: &D, commune: &AreaCode) -> Vec<Edit> {
    let query = FeedQuery {
        cursors: vec![(commune.clone(), Default::default())],
        except: None,
        readable: None,
        max_edits: usize::MAX,
        max_bytes: usize::MAX,
    };
    let pages = database.feeds(query).await.unwrap();
    pages.into_iter().flat_map(|page| page.edits).collect()
}
