//! Photos that were taken out of the register go after a while, with their bytes. Records and their history
//! stay; a tablet that puts such a photo back sends its bytes again, if it still has them.

use crate::store::{Database, StoreResult};
use std::time::Duration;
use thidua_domain::photo::{Photo, place_of};
use thidua_domain::record::RecordKey;
use thidua_domain::subject::field::CLOSED;
use thidua_domain::sync::state::RecordState;

/// How long the bytes of a photo stay after it was taken out.
const KEPT_MS: u64 = 30 * 24 * 60 * 60 * 1000;
/// How often to look.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);
/// Photos looked at together.
const STEP: usize = 200;

/// Lets go of what is due, now and then. A failure is noted and tried again next time.
pub async fn forget_in_time<D: Database>(db: D, now_ms: impl Fn() -> u64) {
    loop {
        match forget_due(&db, now_ms()).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "photos that were taken out are gone"),
            Err(error) => tracing::error!(%error, "photos that were taken out are still there"),
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Removes the bytes of photos that were taken out long enough before; how many there were.
pub async fn forget_due<D: Database>(db: &D, now_ms: u64) -> StoreResult<usize> {
    let (mut after, mut count) = (None, 0);
    loop {
        let records = db.photos_after(after, STEP).await?;
        let Some(last) = records.last().cloned() else {
            return Ok(count);
        };
        let mut due = Vec::new();
        for key in records {
            if is_due(db, &key, now_ms).await? {
                due.push(key);
            }
        }
        count += due.len();
        if !due.is_empty() {
            db.forget_photos(due).await?;
        }
        after = Some(last);
    }
}

async fn is_due<D: Database>(db: &D, key: &RecordKey, now_ms: u64) -> StoreResult<bool> {
    let Some(place) = place_of(key) else {
        return Ok(false);
    };
    let records = db.records(place.subject).await?;
    // A server restored from a backup may have to wait for the record.
    let Some(record) = records.get(key) else {
        return Ok(false);
    };
    let out_ms = taken_out_ms(record).filter(|_| Photo::read(key, record).is_none());
    Ok(out_ms.is_some_and(|out_ms| out_ms.saturating_add(KEPT_MS) < now_ms))
}

/// When it was taken out, by the clock of who did.
fn taken_out_ms(record: &RecordState) -> Option<u64> {
    record.get(CLOSED)?;
    let shown = record.fields.get(CLOSED)?.shown()?;
    Some(shown.time.millis())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::contract::{NOW, PERIOD, Tablet, commune};
    use crate::store::{ArrivedPhoto, KeptPhoto, Sqlite};
    use thidua_domain::photo::{NewPhoto, PhotoDigest, Place, jpeg, taken_out};
    use thidua_domain::record::SubjectId;

    #[tokio::test]
    async fn photos_that_were_taken_out_go_after_a_month() {
        let directory = tempfile::tempdir().unwrap();
        let db = Sqlite::open(directory.path()).unwrap();
        let home = commune(0);
        let mut tablet = Tablet::new("ta-hoc", 1, std::slice::from_ref(&home));
        let mut keys = Vec::new();
        for number in 0..3_u8 {
            let bytes = vec![number];
            let new = NewPhoto {
                place: Place::minutes(SubjectId(7), PERIOD),
                digest: PhotoDigest::of(&bytes),
                bytes: 1,
                header: jpeg::Header {
                    width: 1,
                    height: 1,
                },
                taken_ms: NOW,
            };
            let key = new.key();
            let fields = new.fields();
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.clone()))
                .collect();
            tablet.write(&home, &key, &fields);
            let kept = KeptPhoto {
                commune: home.clone(),
                digest: new.digest,
                bytes,
            };
            let photo = ArrivedPhoto {
                record: key.clone(),
                account: "ta-hoc".to_owned(),
                kept,
            };
            db.keep_photo(photo, NOW).await.unwrap();
            keys.push(key);
        }
        let out = taken_out();
        tablet.write(&home, &keys[0], std::slice::from_ref(&out));
        tablet.sync(&db).await;
        assert_eq!(forget_due(&db, NOW + KEPT_MS).await.unwrap(), 0);
        assert_eq!(forget_due(&db, NOW + KEPT_MS + 10).await.unwrap(), 1);
        assert_eq!(forget_due(&db, NOW + KEPT_MS + 10).await.unwrap(), 0);
        let left = db.photos_kept(keys.clone()).await.unwrap();
        assert!(!left.contains_key(&keys[0]) && left.len() == 2);
        assert!(
            db.records(SubjectId(7))
                .await
                .unwrap()
                .contains_key(&keys[0])
        );
    }
}
