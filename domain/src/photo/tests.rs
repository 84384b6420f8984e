use super::*;
use crate::area::AreaCode;
use crate::sync::clock::Hlc;
use crate::sync::edit::{DeviceId, Edit, EditId};

const YEAR: Period = Period(2022);

fn places() -> [Place; 4] {
    let id = SubjectId(7);
    let evidence =
        |assessment| Place::evidence(&RecordKey::entry(id, assessment, YEAR)).expect("an entry");
    let models = Book::by_id("dien-hinh").unwrap();
    [
        Place::minutes(id, YEAR),
        Place::of_line(models, &models.key(id), YEAR).unwrap(),
        evidence(Assessment::CulturalFamily),
        evidence(Assessment::SafeResidentialArea),
    ]
}

fn new_photo(place: Place, bytes: &[u8], taken_ms: u64) -> NewPhoto {
    NewPhoto {
        place,
        digest: PhotoDigest::of(bytes),
        bytes: 1_000,
        header: jpeg::Header {
            width: 1_600,
            height: 1_200,
        },
        taken_ms,
    }
}

/// Writes fields as one edit.
fn write(record: &mut RecordState, key: &RecordKey, seq: u32, fields: Vec<(FieldName, Value)>) {
    let changes = record.changes_to(fields);
    let edit = Edit {
        id: EditId {
            device: DeviceId(1),
            seq,
        },
        time: Hlc::from_millis(1_000),
        author: "can-bo".to_owned(),
        commune: record.commune.clone(),
        record: key.clone(),
        changes,
    };
    record.apply(&edit);
}

fn stored(new: &NewPhoto) -> (RecordKey, RecordState) {
    let key = new.key();
    let mut record = RecordState::new(AreaCode::parse("03751").unwrap());
    write(&mut record, &key, 1, new.fields());
    (key, record)
}

#[test]
fn keys_say_where_a_photo_belongs() {
    let digest = PhotoDigest::of(b"1");
    for place in places() {
        let key = place.key(digest);
        assert_eq!(place_of(&key), Some(place), "{key}");
        assert_eq!(key.subject(), place.subject);
        assert!(key.entry_parts().is_none() && key.subject_kind().is_none());
        assert_eq!(Book::of(&key), None);
    }
    // The longest there is.
    for assessment in Assessment::ALL {
        let entry = RecordKey::entry(SubjectId(u128::MAX), assessment, Period(u16::MAX));
        Place::evidence(&entry).unwrap().key(digest);
    }
    let key = places()[0].key(digest).to_string();
    for other in [
        key.replace("photo/", "picture/"),
        key.replace("minutes", "portrait"),
        key.replace("2022", "02022"),
        format!("{key}/1"),
        format!("{key}0"),
    ] {
        let key = RecordKey::parse(&other).unwrap();
        assert_eq!(place_of(&key), None, "{other}");
    }
}

#[test]
fn photos_belong_to_a_record() {
    let owners = places().map(|place| place.owner().unwrap().to_string());
    let id = SubjectId(7);
    let expected = [
        format!("residential-area/{id}"),
        format!("exemplary-model/{id}"),
        format!("entry/{id}/{}/2022", Assessment::CulturalFamily.as_str()),
        format!(
            "entry/{id}/{}/2022",
            Assessment::SafeResidentialArea.as_str()
        ),
    ];
    assert_eq!(owners, expected);
    let movements = Book::by_id("phong-trao").unwrap();
    assert_eq!(Place::of_line(movements, &movements.key(id), YEAR), None);
}

#[test]
fn an_album_has_its_own_photos_by_age() {
    let [minutes, model, evidence, _] = places();
    let photos = [
        new_photo(minutes, b"b", 20),
        new_photo(minutes, b"a", 10),
        new_photo(model, b"a", 10),
        new_photo(evidence, b"a", 10),
    ];
    let records: BTreeMap<_, _> = photos.iter().map(stored).collect();
    assert_eq!(records.len(), 4);
    let found = minutes.photos(&records);
    let keys: Vec<_> = found.iter().map(|photo| &photo.key).collect();
    assert_eq!(keys, [&photos[1].key(), &photos[0].key()]);
    assert_eq!(found[0].digest, photos[1].digest);
    assert_eq!((found[0].width, found[0].bytes), (1_600, 1_000));
    assert_eq!(model.photos(&records).len(), 1);
}

#[test]
fn a_photo_is_taken_out_and_put_back() {
    let new = new_photo(places()[0], b"a", 10);
    let (key, mut record) = stored(&new);
    let one = |(name, value): (&str, Value)| vec![(FieldName::parse(name).unwrap(), value)];
    write(
        &mut record,
        &key,
        2,
        one((field::CAPTION, caption("  Họp   bản "))),
    );
    assert_eq!(Photo::read(&key, &record).unwrap().caption, "Họp bản");
    write(&mut record, &key, 3, one(taken_out()));
    assert_eq!(Photo::read(&key, &record), None);
    let mut again = record.clone();
    write(&mut record, &key, 4, one(put_back()));
    assert_eq!(Photo::read(&key, &record).unwrap().caption, "Họp bản");
    // Chosen once more, it is the same photo.
    write(&mut again, &key, 4, new.fields());
    assert_eq!(Photo::read(&key, &again), Photo::read(&key, &record));
}

#[test]
fn what_no_photo_can_be_is_none() {
    let new = new_photo(places()[0], b"a", 10);
    let (key, record) = stored(&new);
    assert!(Photo::read(&key, &record).is_some());
    for (name, value) in [
        (field::BYTES, Value::Int(i64::from(MAX_BYTES) + 1)),
        (field::BYTES, Value::Int(0)),
        (field::BYTES, Value::Int(-1)),
        (field::WIDTH, Value::Int(i64::from(MAX_SIDE) + 1)),
        (field::HEIGHT, Value::Null),
        (field::DIGEST, PhotoDigest::of(b"other").to_string().into()),
        (field::DIGEST, "x".into()),
    ] {
        let mut record = record.clone();
        let said = format!("{name} {value:?}");
        write(
            &mut record,
            &key,
            2,
            vec![(FieldName::parse(name).unwrap(), value)],
        );
        assert_eq!(Photo::read(&key, &record), None, "{said}");
    }
}

#[test]
fn digests_and_captions() {
    let digest = PhotoDigest::of(b"");
    let text = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(digest.to_string(), text);
    assert_eq!(PhotoDigest::parse(text), Some(digest));
    assert_eq!(PhotoDigest::parse(&text.to_uppercase()), None);
    assert_eq!(PhotoDigest::parse(&"ệ".repeat(32)), None);
    assert_eq!(caption("  "), Value::Null);
    let long = caption(&"ố".repeat(300));
    assert_eq!(
        long.as_text().unwrap().chars().count(),
        MAX_CAPTION_CHARS as usize
    );
}
