//! Adopted criteria: what is pushed is judged by those that the database holds, in the same transaction.

use super::fixture::*;
use crate::store::{Database, as_set, prepare};
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::Packs;
use thidua_domain::entry::field;
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::setting::Setting;
use thidua_domain::setting::pack::Draft;
use thidua_domain::subject;

const TITLE: Assessment = Assessment::SafeUnit;

/// Adopts a version without the last criterion.
async fn adopt<D: Database>(database: &D) {
    let mut draft = Draft::from_last(Packs::default(), TITLE, PERIOD).unwrap();
    draft.lines.pop();
    draft.paper = "Quyết định 5/QĐ-CAT".to_owned();
    set(database, Setting::Pack(draft)).await;
}

/// A unit that meets every criterion but the last.
fn unit(tablet: &mut Tablet, id: u128) {
    let home = commune(0);
    let record = RecordKey::subject_record(SubjectKind::Unit, SubjectId(id));
    let kind = (subject::field::KIND, Value::from("agency"));
    tablet.write(&home, &record, &[kind]);
    let entry = RecordKey::entry(SubjectId(id), TITLE, PERIOD);
    let passes =
        (1..=5).map(|number| (format!("{}c{number}", field::PASS), Value::Bool(number < 5)));
    let registered = (field::REGISTERED.to_owned(), Value::Bool(true));
    let fields: Vec<_> = passes.chain([registered]).collect();
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, it)| (name.as_str(), it.clone()))
        .collect();
    tablet.write(&home, &entry, &fields);
}

pub async fn what_is_pushed_is_judged_by_the_criteria_in_force<D: Database>(database: &D) {
    prepare(database, rules()).await.unwrap();
    let home = commune(0);
    let mut tablet = Tablet::new("ta-hoc", 1, std::slice::from_ref(&home));
    unit(&mut tablet, 1);
    tablet.sync(database).await;
    let tally = counts(database, &home, TITLE).await;
    assert_eq!((tally.draft.met, tally.draft.unmet), (0, 1));

    adopt(database).await;
    let now = as_set(database, rules()).await.unwrap();
    let pack = now.packs.in_force(TITLE, PERIOD).unwrap();
    assert_eq!(pack.criteria().count(), 4);
    unit(&mut tablet, 2);
    tablet.sync(database).await;
    let tally = counts(database, &home, TITLE).await;
    assert_eq!((tally.draft.met, tally.draft.unmet), (1, 1));
    // What was there before is what a recount finds amiss, until it is counted anew: at the latest when a
    // server starts that had stopped in between.
    assert_ne!(database.recount(rules()).await.unwrap(), []);
    prepare(database, rules()).await.unwrap();
    assert_eq!(database.recount(rules()).await.unwrap(), []);
    let tally = counts(database, &home, TITLE).await;
    assert_eq!((tally.draft.met, tally.draft.unmet), (2, 0));
}
