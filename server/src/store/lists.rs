//! Lists of subjects, as far as they are not a database's own.

use super::words::{decode, encode};
use super::{StandingFilter, StoreResult};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use thidua_domain::api::{AssessmentTally, ResidentialAreaTallies, StandingPage, StandingView};
use thidua_domain::progress::{PartKey, Tally};
use thidua_domain::record::SubjectId;

/// Where a page of standings ended: sort key, subject and assessment of its last row.
pub(crate) type Place = (Vec<u8>, SubjectId, String);

/// Where `filter` continues; `Err` with an empty page if that is not a place this program has given:
/// nothing comes after it.
pub(crate) fn place_of(filter: &StandingFilter) -> Result<Option<Place>, StandingPage> {
    let nothing = || StandingPage {
        rows: Vec::new(),
        next: None,
    };
    let place = filter.after.as_deref().map(place);
    place.map(|place| place.ok_or_else(nothing)).transpose()
}

fn place(text: &str) -> Option<Place> {
    let (key, subject, assessment): (String, SubjectId, String) = decode(text, "place").ok()?;
    let digits = key.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16).ok()
    });
    Some((digits.collect::<Option<_>>()?, subject, assessment))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes it");
        text
    })
}

/// A page of at most `limit` of these rows, each with its sort key. One row more than that tells that
/// there is a next page.
pub(crate) fn page_of(
    rows: impl Iterator<Item = StoreResult<(StandingView, Vec<u8>)>>,
    limit: usize,
) -> StoreResult<StandingPage> {
    let mut page = StandingPage {
        rows: Vec::new(),
        next: None,
    };
    let mut last = None;
    for row in rows {
        if page.rows.len() == limit {
            page.next = last;
            break;
        }
        let (view, sort_key) = row?;
        last = Some(encode(&(
            hex(&sort_key),
            view.subject,
            view.assessment.as_str(),
        )));
        page.rows.push(view);
    }
    Ok(page)
}

/// Counts of a commune's residential areas in the order of their names, those in none at the end. `name_of`
/// gives an area's place in that order, and its name.
pub(crate) fn in_order(
    parts: BTreeMap<PartKey, Tally>,
    mut name_of: impl FnMut(SubjectId) -> StoreResult<(Vec<u8>, String)>,
) -> StoreResult<Vec<ResidentialAreaTallies>> {
    let mut areas: BTreeMap<Option<SubjectId>, Vec<AssessmentTally>> = BTreeMap::new();
    for (key, tally) in parts {
        let assessment = key.whole.assessment;
        let own = areas.entry(key.residential_area).or_default();
        own.push(AssessmentTally { assessment, tally });
    }
    let mut listed = Vec::new();
    for (id, tallies) in areas {
        let (sort_key, name) = match id {
            Some(id) => name_of(id)?,
            None => (Vec::new(), String::new()),
        };
        listed.push((
            (id.is_none(), sort_key),
            ResidentialAreaTallies { id, name, tallies },
        ));
    }
    listed.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(listed.into_iter().map(|(_, area)| area).collect())
}
