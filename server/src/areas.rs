//! Areas that go to another commune: in parts, of which each is one transaction.

use crate::store::plan::{Unplanned, carry_out};
use crate::store::{Database, StoreError, Whereabouts};
use thidua_domain::access::Principal;
use thidua_domain::area::{AreaCode, AreaLevel};
use thidua_domain::catalogue::SubjectKind;
use thidua_domain::place;
use thidua_domain::record::{Period, RecordKey, SubjectId};
use thidua_domain::sync::clock::Hlc;
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::hub::{self, Loaded, MOST_MOVED, Rules};

/// What goes where.
#[derive(Clone, Debug)]
pub struct Move {
    /// The commune it is in.
    pub from: AreaCode,
    /// The residential area; all that is in the commune if there is none.
    pub residential_area: Option<SubjectId>,
    /// The commune it goes to.
    pub to: AreaCode,
}

impl Move {
    /// What the log of deeds says of it.
    pub fn about(&self) -> String {
        let area = self.residential_area.map(|id| format!(" {id}"));
        format!("{} -> {}{}", self.from, self.to, area.unwrap_or_default())
    }
}

/// Who moves it, as which of the server's own devices, and when.
#[derive(Clone, Debug)]
pub struct Mover {
    /// Who.
    pub principal: Principal,
    /// As which device.
    pub hub: DeviceId,
    /// The time of the edits that say so.
    pub time: Hlc,
    /// The time at which they arrive, in milliseconds since 1970.
    pub now_ms: u64,
}

/// Why nothing moved, or not everything.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// One of the codes is not that of a commune of this season.
    #[error("không có xã, phường, thị trấn mã {0}. There is no commune of this code.")]
    UnknownCommune(AreaCode),
    /// It is there already.
    #[error("nơi đi và nơi đến là một. It is there already.")]
    SameCommune,
    /// The residential area is not known in the commune.
    #[error("xã không có khu dân cư này. The commune has no such residential area.")]
    UnknownArea,
    /// The database failed. What has moved before has moved; the same command moves the rest.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Moves everything there is to move and says how many subjects went. Each part is whole, and counts agree with
/// the records all the time; what is cut off half-way is completed by moving again.
pub async fn relocate<D: Database>(
    database: &D,
    rules: Rules,
    mover: &Mover,
    what: &Move,
) -> Result<usize, MoveError> {
    let whereabouts = check(database, rules, what).await?;
    let mut moved = 0;
    loop {
        let subjects = database
            .subjects_at(whereabouts.clone(), what.to.clone(), MOST_MOVED)
            .await?;
        let went = part(database, rules, mover, what, subjects).await?;
        if went == 0 {
            return Ok(moved);
        }
        moved += went;
    }
}

async fn check<D: Database>(
    database: &D,
    rules: Rules,
    what: &Move,
) -> Result<Whereabouts, MoveError> {
    for code in [&what.from, &what.to] {
        if !is_commune(rules, code) {
            return Err(MoveError::UnknownCommune(code.clone()));
        }
    }
    if what.from == what.to {
        return Err(MoveError::SameCommune);
    }
    let Some(id) = what.residential_area else {
        return Ok(Whereabouts::Commune(what.from.clone()));
    };
    let records = database.records(id).await?;
    let is_area =
        records.contains_key(&RecordKey::subject_record(SubjectKind::ResidentialArea, id));
    let lives_in = place::lives_in(&records, id);
    // Where an earlier attempt was cut off, the area itself is where it goes, and the rest is to follow.
    let known = [&what.from, &what.to]
        .map(Some)
        .contains(&lives_in.as_ref());
    if is_area && known {
        Ok(Whereabouts::ResidentialArea(id))
    } else {
        Err(MoveError::UnknownArea)
    }
}

fn is_commune(rules: Rules, code: &AreaCode) -> bool {
    let area = rules.tree.get(code, rules.season.date);
    area.is_some_and(|area| area.level() == AreaLevel::Commune)
}

async fn part<D: Database>(
    database: &D,
    rules: Rules,
    mover: &Mover,
    what: &Move,
    subjects: Vec<SubjectId>,
) -> Result<usize, MoveError> {
    if subjects.is_empty() {
        return Ok(0);
    }
    let needs = hub::needs_of_move(mover.hub, &subjects, &what.from);
    let (mover_of_part, what) = (mover.clone(), what.clone());
    let plan = move |loaded: Loaded| {
        // It may have ended since the move began, and what goes there would be left behind in it.
        if !is_commune(rules.as_set(&loaded.settings), &what.to) {
            return Err(Unplanned::Failed(MoveError::UnknownCommune(what.to)));
        }
        let Mover {
            principal,
            hub,
            time,
            ..
        } = &mover_of_part;
        let of = (&what.from, &what.to);
        let planned = hub::plan_move(rules, principal, *hub, &subjects, of, *time, loaded)?;
        Ok(planned)
    };
    carry_out(database, mover.now_ms, needs, plan).await
}

/// The residential areas that live in a commune, by name.
pub async fn residential_areas<D: Database>(
    database: &D,
    period: Period,
    commune: &AreaCode,
) -> Result<Vec<(SubjectId, String)>, StoreError> {
    let tallies = database
        .residential_area_tallies(period, commune.clone())
        .await?;
    let named = tallies.into_iter();
    Ok(named.filter_map(|row| Some((row.id?, row.name))).collect())
}
