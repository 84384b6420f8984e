//! What each day added to counts.

use super::fixture::*;
use crate::store::{Database, DayFilter, Difference};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::Period;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::season::Season;
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::hub::Rules;
use thidua_domain::trend::{DayCounts, day_of, series};

const FAMILY: Assessment = Assessment::CulturalFamily;
const DAY: u64 = 24 * 60 * 60 * 1_000;

async fn met<D: Database>(database: &D, communes: Option<Vec<AreaCode>>) -> Vec<(i64, i64, i64)> {
    let filter = DayFilter {
        period: PERIOD,
        assessment: FAMILY,
        communes,
    };
    let days = database.days(filter).await.unwrap();
    let first = day_of(NOW);
    days.into_iter()
        .map(|(day, added)| (day - first, added.expected, added.met))
        .collect()
}

/// Two communes: each enters a family on the first day; a reviewer accepts one on the third, the officer
/// changes it on the fourth.
async fn four_days<D: Database>(database: &D) {
    let fields = complete_family();
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, v)| (name.as_str(), v.clone()))
        .collect();
    let mut tablets = Vec::new();
    for place in 0..2_u64 {
        let home = commune(place as usize);
        let account = format!("officer-{place}");
        let mut tablet = Tablet::new(&account, place + 1, std::slice::from_ref(&home));
        let id = SubjectId(u128::from(place) + 1);
        let entry = RecordKey::entry(id, FAMILY, PERIOD);
        tablet.add_family(&home, id, "Lò Văn A", None);
        tablet.write(&home, &entry, &fields);
        tablet.submit(&home, &entry);
        tablet.sync_at(database, NOW).await;
        tablets.push((tablet, home, entry));
    }
    let (mut tablet, home, entry) = tablets.swap_remove(0);
    let verdict = accept(database, &entry).await;
    decide_at(database, DeviceId(900), &entry, verdict, NOW + 2 * DAY)
        .await
        .unwrap();
    tablet.sync_at(database, NOW + 2 * DAY).await;
    tablet.write(&home, &entry, &[("note", "sửa".into())]);
    tablet.sync_at(database, NOW + 3 * DAY).await;
}

pub async fn days_are_kept_and_add_up<D: Database>(database: &D) {
    four_days(database).await;
    assert_eq!(
        met(database, None).await,
        [(0, 2, 0), (2, 0, 1), (3, 0, -1)]
    );
    let first = Some(vec![commune(0)]);
    assert_eq!(
        met(database, first).await,
        [(0, 1, 0), (2, 0, 1), (3, 0, -1)]
    );
    assert_eq!(met(database, Some(vec![commune(1)])).await, [(0, 1, 0)]);
    assert_eq!(met(database, Some(vec![])).await, []);
    let filter = DayFilter {
        period: PERIOD,
        assessment: FAMILY,
        communes: None,
    };
    let points = series(database.days(filter).await.unwrap());
    let last = points.last().unwrap().counts;
    assert_eq!(
        last,
        DayCounts {
            expected: 2,
            met: 0,
            accepted: 0,
            reported: 2,
        }
    );
    assert_eq!(database.recount(rules()).await.unwrap(), []);
}

/// A database whose counts were kept before its days were, or under another season.
pub async fn days_are_made_again_from_edits<D: Database>(database: &D) {
    four_days(database).await;
    let kept = met(database, None).await;
    // The entries are of 2022: another season expects the families and has nothing of theirs.
    let other = Rules {
        season: Season::of(Period(2023)),
        ..rules()
    };
    database.rebuild(other, "another".to_owned()).await.unwrap();
    let filter = DayFilter {
        period: Period(2023),
        assessment: FAMILY,
        communes: None,
    };
    let days = database.days(filter).await.unwrap();
    let added: Vec<_> = days
        .iter()
        .map(|(_, added)| (added.expected, added.reported))
        .collect();
    assert_eq!(added, [(2, 0)]);
    assert_eq!(database.recount(other).await.unwrap(), []);

    // Edits that come while another season is open are not counted in this one; going back finds them.
    let home = commune(1);
    let mut tablet = Tablet::new("officer-9", 9, std::slice::from_ref(&home));
    tablet.add_family(&home, SubjectId(77), "Lò Văn B", None);
    tablet.sync_with(database, other, NOW + 4 * DAY).await;
    let differences = database.recount(rules()).await.unwrap();
    assert!(
        differences
            .iter()
            .any(|one| matches!(one, Difference::Tally { .. }))
    );
    database.rebuild(rules(), "back".to_owned()).await.unwrap();
    let mut expected = kept;
    expected.push((4, 1, 0));
    assert_eq!(met(database, None).await, expected);
    assert_eq!(database.recount(rules()).await.unwrap(), []);
}
