//! What entries show of themselves.

use super::fixture::*;
use crate::store::Database;
use thidua_domain::catalogue::Assessment;
use thidua_domain::entry::field;
use thidua_domain::outlier::{FEWEST, Hint, MINUTE_MS};
use thidua_domain::record::{RecordKey, SubjectId, Value};

pub async fn entries_that_stand_out_are_found<D: Database>(database: &D) {
    let home = commune(0);
    let mut tablet = Tablet::new("ta-hoc", 1, std::slice::from_ref(&home));
    let area = SubjectId(1_000);
    tablet.add_area(&home, area, "Bản Mòn");
    let fields = complete_family();
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, v)| (name.as_str(), v.clone()))
        .collect();
    let entry = |number: i64| {
        let id = SubjectId(number.unsigned_abs().into());
        RecordKey::entry(id, Assessment::CulturalFamily, PERIOD)
    };
    // One fewer than says anything.
    for number in 1..FEWEST {
        let id = SubjectId(number.unsigned_abs().into());
        tablet.add_family(&home, id, &format!("Lò Văn {number}"), Some(area));
        tablet.write(&home, &entry(number), &fields);
    }
    tablet.sync(database).await;
    assert_eq!(database.signs(None).await.unwrap(), []);

    let last = SubjectId(FEWEST.unsigned_abs().into());
    tablet.add_family(&home, last, "Lò Văn Cuối", Some(area));
    tablet.write(&home, &entry(FEWEST), &fields);
    tablet.write(&home, &entry(1), &[(field::AGREED, Value::Int(81))]);
    tablet.sync(database).await;
    for communes in [None, Some(vec![home.clone(), commune(1)])] {
        let found = database.signs(communes).await.unwrap();
        let [votes, minute, points] = &found[..] else {
            panic!("{found:?}");
        };
        let Hint::VotesDoNotAddUp {
            place,
            subject,
            label,
        } = votes
        else {
            panic!("{votes:?}");
        };
        assert_eq!(place.commune, home);
        assert_eq!(place.residential_area, Some(area));
        assert_eq!(place.name, "Bản Mòn");
        assert_eq!((*subject, label.as_str()), (SubjectId(1), "Lò Văn 1"));
        let Hint::SameMinute {
            place,
            entries,
            at_ms,
        } = minute
        else {
            panic!("{minute:?}");
        };
        assert_eq!((place.name.as_str(), *entries), ("Bản Mòn", FEWEST));
        assert_eq!(*at_ms, NOW / MINUTE_MS * MINUTE_MS);
        assert!(matches!(points, Hint::SamePoints { entries, .. } if *entries == FEWEST));
    }
    assert_eq!(database.signs(Some(vec![commune(1)])).await.unwrap(), []);
    assert_eq!(database.recount(rules()).await.unwrap(), []);

    // Put right, it is no longer said.
    tablet.write(&home, &entry(1), &[(field::AGREED, Value::Int(80))]);
    tablet.write(&home, &entry(2), &[(field::REGISTERED, Value::Null)]);
    tablet.sync(database).await;
    let found = database.signs(None).await.unwrap();
    assert!(
        !found
            .iter()
            .any(|hint| matches!(hint, Hint::VotesDoNotAddUp { .. }))
    );
}
