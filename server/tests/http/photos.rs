//! Photos: how they arrive, piece by piece, what is refused, and who sees them.

use crate::harness::{
    Client, Server, add_accounts, assert_problem, district, elsewhere, officer, other, province,
};
use reqwest::{Method, Response};
use std::sync::atomic::Ordering;
use thidua_domain::access::Role;
use thidua_domain::api::{EntryDetail, LinesPage, MissingPhotos, ProblemCode};
use thidua_domain::book::{Book, YEAR};
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::photo::upload::Held;
use thidua_domain::photo::{
    CHUNK_BYTES, MAX_IN_ALBUM, NewPhoto, PhotoDigest, Place, field, jpeg, taken_out,
};
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::sync::clock::Hlc;
use thidua_domain::sync::edit::DeviceId;
use thidua_server::areas::{Move, Mover, relocate};
use thidua_server::store::Database as _;
use thidua_server::store::contract::{NOW, PERIOD, Tablet, administrator, commune, rules};

const AREA: SubjectId = SubjectId(0xA0);
const FAMILY: SubjectId = SubjectId(0xF0);
const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// The smallest picture: 16 by 8 pixels of one grey, and segments that say nothing up to this size.
pub fn picture(size: usize, seed: u8) -> Vec<u8> {
    let segment = |marker: u8, body: &[u8]| {
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker][..], &length, body].concat()
    };
    let table = |class: u8| [&[class, 1][..], &[0; 15], &[0]].concat();
    let parts = [
        segment(0xdb, &[&[0][..], &[16; 64]].concat()),
        segment(0xc0, &[8, 0, 8, 0, 16, 1, 1, 0x11, 0]),
        segment(0xc4, &table(0x00)),
        segment(0xc4, &table(0x10)),
        segment(0xda, &[1, 1, 0, 0, 63, 0]),
        // Two blocks without any detail.
        vec![0b0000_1111, 0xff, 0xd9],
    ]
    .concat();
    let mut left = size.saturating_sub(2 + parts.len());
    let mut comments = Vec::new();
    while left > 4 {
        let length = (left - 4).min(60_000);
        comments.extend(segment(0xfe, &vec![seed; length]));
        left -= length + 4;
    }
    [&[0xff, 0xd8][..], &comments, &parts].concat()
}

/// A photo of these bytes, whatever they are.
pub fn named(place: Place, bytes: &[u8]) -> NewPhoto {
    NewPhoto {
        place,
        digest: PhotoDigest::of(bytes),
        bytes: u32::try_from(bytes.len()).unwrap(),
        header: jpeg::Header {
            width: 16,
            height: 8,
        },
        taken_ms: 1_650_000_000_000,
    }
}

fn minutes() -> Place {
    Place::minutes(AREA, PERIOD)
}

fn evidence() -> Place {
    let entry = RecordKey::entry(FAMILY, Assessment::CulturalFamily, PERIOD);
    Place::evidence(&entry).unwrap()
}

struct Scene {
    server: Server,
    tablet: Tablet,
    line: Client,
}

impl Scene {
    /// A commune with a residential area and a family, and people of all kinds.
    async fn start() -> Self {
        let server = Server::start(&[
            officer("ta-hoc", 0),
            officer("noi-khac", elsewhere()),
            other("huyen", Role::DistrictReviewer, &district(0)),
            other("huyen-khac", Role::DistrictReviewer, &district(elsewhere())),
            other("so-noi-vu", Role::ProvinceReviewer, &province()),
            other("xem", Role::Viewer, &commune(0)),
        ])
        .await;
        let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
        tablet.add_area(&commune(0), AREA, "Bản Bó");
        tablet.add_family(&commune(0), FAMILY, "Lò Thị Mẩy", Some(AREA));
        line.sync(&mut tablet).await;
        Self {
            server,
            tablet,
            line,
        }
    }

    /// Enters a photo's record and syncs.
    async fn enter(&mut self, photo: &NewPhoto) -> RecordKey {
        let key = photo.key();
        let fields = photo.fields();
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, it)| (name.as_str(), it.clone()))
            .collect();
        self.tablet.write(&commune(0), &key, &fields);
        self.line.sync(&mut self.tablet).await;
        key
    }

    /// Enters a photo and sends all of it.
    async fn add(&mut self, place: Place, bytes: &[u8]) -> RecordKey {
        let key = self.enter(&named(place, bytes)).await;
        let held = send(&self.line, &key, bytes).await;
        assert!(held.stored);
        key
    }

    async fn see(&self, name: &str, key: &RecordKey) -> Response {
        let client = self.server.client(name).await;
        client.get(&format!("/api/photos/{key}")).await
    }
}

async fn piece(line: &Client, key: &RecordKey, start: usize, bytes: &[u8]) -> Response {
    line.request(Method::PUT, &format!("/api/uploads/{key}?start={start}"))
        .header("Content-Type", "application/octet-stream")
        .body(bytes.to_vec())
        .send()
        .await
        .unwrap()
}

async fn held_after(response: Response) -> Held {
    assert_eq!(response.status(), 200);
    response.json().await.unwrap()
}

/// Sends a photo from what the server holds on, as a tablet does.
async fn send(line: &Client, key: &RecordKey, bytes: &[u8]) -> Held {
    let mut held: Held = line.read(&format!("/api/uploads/{key}")).await;
    while !held.stored {
        let start = held.held as usize;
        let end = (start + CHUNK_BYTES as usize).min(bytes.len());
        let before = held.held;
        held = held_after(piece(line, key, start, &bytes[start..end]).await).await;
        assert!(held.held > before);
    }
    held
}

#[tokio::test]
async fn a_photo_arrives_in_pieces_and_is_seen_by_whoever_may() {
    let mut scene = Scene::start().await;
    let bytes = picture(100_000, 1);
    let key = scene.add(minutes(), &bytes).await;
    for name in ["ta-hoc", "huyen", "so-noi-vu", "xem"] {
        let seen = scene.see(name, &key).await;
        assert_eq!(seen.status(), 200, "{name}");
        let headers = seen.headers().clone();
        let said = |name: &str| headers[name].to_str().unwrap().to_owned();
        assert_eq!(said("content-type"), "image/jpeg");
        assert_eq!(said("x-content-type-options"), "nosniff");
        assert_eq!(said("cache-control"), "private, no-cache");
        assert!(said("content-disposition").starts_with("inline"));
        assert_eq!(seen.bytes().await.unwrap(), bytes, "{name}");
        // What the browser has is not sent again, and only to who may see it.
        let client = scene.server.client(name).await;
        let again = client.request(Method::GET, &format!("/api/photos/{key}"));
        let again = again.header("If-None-Match", said("etag")).send().await;
        assert_eq!(again.unwrap().status(), 304);
    }
    for name in ["noi-khac", "huyen-khac"] {
        let seen = scene.see(name, &key).await;
        assert_problem(seen, 404, ProblemCode::NotFound, name).await;
    }
    let stranger = scene.server.stranger();
    let seen = stranger.get(&format!("/api/photos/{key}")).await;
    assert_problem(seen, 401, ProblemCode::NotSignedIn, "a stranger").await;

    let notes = scene.server.database.notes(0, 1_000).await.unwrap();
    let seen = notes
        .iter()
        .map(|row| &row.note)
        .filter(|note| note.deed == thidua_server::audit::Deed::PhotoRead);
    let seen: Vec<_> = seen.map(|note| (&*note.actor, &*note.about)).collect();
    let about = format!("photos of {AREA}");
    assert_eq!(
        seen,
        [("huyen", &*about), ("so-noi-vu", &about), ("xem", &about)]
    );
}

#[tokio::test]
async fn after_a_cut_a_photo_goes_on_where_it_was() {
    let mut scene = Scene::start().await;
    let bytes = picture(80_000, 1);
    let key = scene.enter(&named(minutes(), &bytes)).await;
    let chunk = CHUNK_BYTES as usize;
    let holds = |held: usize| Held {
        held: u32::try_from(held).unwrap(),
        stored: false,
    };
    // The second piece before the first changes nothing, and is answered with what there is.
    let early = piece(&scene.line, &key, chunk, &bytes[chunk..2 * chunk]).await;
    assert_eq!(held_after(early).await, holds(0));
    let first = piece(&scene.line, &key, 0, &bytes[..chunk]).await;
    assert_eq!(held_after(first).await, holds(chunk));
    // Its answer was lost: said again, it is there once.
    let again = piece(&scene.line, &key, 0, &bytes[..chunk]).await;
    assert_eq!(held_after(again).await, holds(chunk));
    // A colleague's session goes on, days later.
    scene.server.wait(3 * DAY_MS);
    let line = scene.server.client("ta-hoc").await;
    let asked: Held = line.read(&format!("/api/uploads/{key}")).await;
    assert_eq!(asked, holds(chunk));
    let seen = scene.see("huyen", &key).await;
    assert_eq!(seen.status(), 404, "half a photo is none");
    assert!(send(&line, &key, &bytes).await.stored);
    let last = piece(&line, &key, 2 * chunk, &bytes[2 * chunk..]).await;
    assert!(held_after(last).await.stored, "all of it once more");
    assert_eq!(scene.see("huyen", &key).await.bytes().await.unwrap(), bytes);
    // What nobody goes on with is let go.
    let other = picture(80_000, 2);
    let key = scene.enter(&named(minutes(), &other)).await;
    piece(&line, &key, 0, &other[..chunk]).await;
    scene.server.wait(15 * DAY_MS);
    let line = scene.server.client("ta-hoc").await;
    let third = picture(70_000, 3);
    scene.line = line.clone();
    scene.add(minutes(), &third).await;
    let asked: Held = line.read(&format!("/api/uploads/{key}")).await;
    assert_eq!(asked, holds(0));
}

#[tokio::test]
async fn nobody_sends_for_a_record_that_is_not_theirs() {
    let mut scene = Scene::start().await;
    let bytes = picture(500, 1);
    let photo = named(minutes(), &bytes);
    let unknown = piece(&scene.line, &photo.key(), 0, &bytes).await;
    assert_problem(unknown, 404, ProblemCode::NotFound, "before its record").await;
    let key = scene.enter(&photo).await;
    for (name, status, code) in [
        ("noi-khac", 404, ProblemCode::NotFound),
        ("huyen-khac", 404, ProblemCode::NotFound),
        ("huyen", 403, ProblemCode::NotAllowed),
        ("so-noi-vu", 403, ProblemCode::NotAllowed),
        ("xem", 403, ProblemCode::NotAllowed),
    ] {
        let client = scene.server.client(name).await;
        let sent = piece(&client, &key, 0, &bytes).await;
        assert_problem(sent, status, code, name).await;
        let asked = client.get(&format!("/api/uploads/{key}")).await;
        assert_problem(asked, status, code, name).await;
    }
    let stranger = piece(&scene.server.stranger(), &key, 0, &bytes).await;
    assert_problem(stranger, 401, ProblemCode::NotSignedIn, "a stranger").await;
    let foreign = reqwest::Client::new()
        .put(format!("{}/api/uploads/{key}?start=0", scene.server.url))
        .header("Origin", "https://evil.example")
        .header("Cookie", scene.line.cookie.clone().unwrap())
        .header("Content-Type", "application/octet-stream")
        .body(bytes.clone());
    let foreign = foreign.send().await.unwrap();
    assert_problem(foreign, 403, ProblemCode::ForeignOrigin, "another site").await;
    for key in ["family/x", "photo/1", "photo", &format!("{key}/x")] {
        let asked = scene.line.get(&format!("/api/uploads/{key}")).await;
        assert_eq!(asked.status(), 404, "{key}");
    }
    // Naming another commune's photo shows nothing of it.
    assert!(send(&scene.line, &key, &bytes).await.stored);
    let (mut thief, line) = scene.server.tablet("noi-khac", 2, elsewhere()).await;
    let own = named(Place::minutes(SubjectId(0xB0), PERIOD), &bytes);
    let fields = own.fields();
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, it)| (name.as_str(), it.clone()))
        .collect();
    thief.write(&commune(elsewhere()), &own.key(), &fields);
    line.sync(&mut thief).await;
    let seen = line.get(&format!("/api/photos/{}", own.key())).await;
    assert_eq!(seen.status(), 404);
}

#[tokio::test]
async fn what_is_no_photo_is_refused_and_not_kept() {
    let mut scene = Scene::start().await;
    let good = picture(600, 1);
    let page = b"<html><script>alert(1)</script></html>".to_vec();
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    // A header that claims as many pixels as there can be, over a body of three bytes.
    let frame = good.windows(2).position(|it| it == [0xff, 0xc0]).unwrap();
    let mut bomb = good.clone();
    bomb[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    let mut hollow = good.clone();
    hollow[frame + 5..frame + 9].copy_from_slice(&[8, 0, 8, 0]);
    let mut exif = good.clone();
    exif.splice(2..2, [0xff, 0xe1, 0, 8, b'E', b'x', b'i', b'f', 0, 0]);
    let cut = good[..good.len() - 2].to_vec();
    for (what, bytes) in [
        ("a page", page),
        ("a PNG", png),
        ("a bomb", bomb),
        ("a hollow picture", hollow),
        ("a photo that says where it was taken", exif),
        ("a photo that is cut", cut),
    ] {
        let key = scene.enter(&named(minutes(), &bytes)).await;
        let sent = piece(&scene.line, &key, 0, &bytes).await;
        assert_problem(sent, 422, ProblemCode::PhotoRefused, what).await;
        let asked: Held = scene.line.read(&format!("/api/uploads/{key}")).await;
        assert!(!asked.stored && asked.held == 0, "{what}");
        assert_eq!(scene.see("huyen", &key).await.status(), 404, "{what}");
    }

    // Other bytes than the record names, be they a photo.
    let key = scene.enter(&named(minutes(), &good)).await;
    let other = picture(600, 2);
    let sent = piece(&scene.line, &key, 0, &other).await;
    assert_problem(sent, 409, ProblemCode::PhotoDamaged, "other bytes").await;
    // The right ones are taken all the same.
    assert!(send(&scene.line, &key, &good).await.stored);
}

#[tokio::test]
async fn pieces_have_limits() {
    let mut scene = Scene::start().await;
    let bytes = picture(80_000, 1);
    let key = scene.enter(&named(minutes(), &bytes)).await;
    let large = piece(&scene.line, &key, 0, &bytes[..CHUNK_BYTES as usize + 1]).await;
    assert_problem(large, 413, ProblemCode::TooLarge, "a large piece").await;
    for (start, length) in [(0, 0), (80_000, 1), (79_999, 2), (4_294_967_295_usize, 2)] {
        let sent = piece(&scene.line, &key, start, &vec![0; length]).await;
        assert_problem(
            sent,
            422,
            ProblemCode::Malformed,
            &format!("{start} {length}"),
        )
        .await;
    }
    let typed = scene
        .line
        .request(Method::PUT, &format!("/api/uploads/{key}?start=0"));
    let typed = typed.header("Content-Type", "image/jpeg").body("x");
    let typed = typed.send().await.unwrap();
    assert_problem(typed, 415, ProblemCode::WrongContentType, "another type").await;
    // A record that claims more than a photo may have is none.
    let mut huge = named(minutes(), &picture(600, 9));
    huge.bytes = 10_000_000;
    let key = scene.enter(&huge).await;
    let sent = piece(&scene.line, &key, 0, b"x").await;
    assert_eq!(sent.status(), 404);
}

#[tokio::test]
async fn an_album_and_a_day_have_their_measure() {
    let mut scene = Scene::start().await;
    for number in 0..MAX_IN_ALBUM {
        scene.add(minutes(), &picture(400, number as u8)).await;
    }
    let bytes = picture(400, 200);
    let key = scene.enter(&named(minutes(), &bytes)).await;
    let sent = piece(&scene.line, &key, 0, &bytes).await;
    assert_problem(sent, 413, ProblemCode::PhotoQuota, "one too many").await;
    // One that is taken out makes room.
    let first = named(minutes(), &picture(400, 0)).key();
    let (name, value) = taken_out();
    scene.tablet.write(&commune(0), &first, &[(name, value)]);
    scene.line.sync(&mut scene.tablet).await;
    assert!(send(&scene.line, &key, &bytes).await.stored);
    assert_eq!(scene.see("huyen", &first).await.status(), 404, "taken out");

    // So many large ones that a day's measure is full: kept as if they had been sent.
    let large = picture(400_000, 1);
    for number in 0..168_u128 {
        let place = Place::minutes(SubjectId(0xC00 + number), PERIOD);
        let kept = thidua_server::store::KeptPhoto {
            commune: commune(0),
            digest: PhotoDigest::of(&large),
            bytes: large.clone(),
        };
        let arrived = thidua_server::store::ArrivedPhoto {
            record: place.key(kept.digest),
            account: "ta-hoc".to_owned(),
            kept,
        };
        let now_ms = scene.server.now.load(Ordering::SeqCst);
        scene
            .server
            .database
            .keep_photo(arrived, now_ms)
            .await
            .unwrap();
    }
    let key = scene.enter(&named(evidence(), &bytes)).await;
    let sent = piece(&scene.line, &key, 0, &bytes).await;
    assert!(sent.headers().contains_key("retry-after"));
    assert_problem(sent, 429, ProblemCode::TooMany, "too much for a day").await;
    scene.server.wait(DAY_MS + 1);
    assert!(send(&scene.line, &key, &bytes).await.stored);
}

#[tokio::test]
async fn reviewers_find_photos_where_they_belong() {
    let mut scene = Scene::start().await;
    let entry = RecordKey::entry(FAMILY, Assessment::CulturalFamily, PERIOD);
    let signed = scene.add(minutes(), &picture(500, 1)).await;
    let proof = scene.add(evidence(), &picture(500, 2)).await;
    let unsent = scene.enter(&named(evidence(), &picture(500, 3))).await;
    scene
        .tablet
        .write(&commune(0), &proof, &[(field::CAPTION, "Nhà sạch".into())]);
    let models = Book::by_id("dien-hinh").unwrap();
    let model = models.key(SubjectId(0xD0));
    let line = [
        ("name", "Trồng mận".into()),
        ("story", "Cả bản học theo".into()),
        (YEAR, Value::Int(i64::from(PERIOD.0))),
    ];
    scene.tablet.write(&commune(0), &model, &line);
    let place = Place::of_line(models, &model, PERIOD).unwrap();
    let shown = scene.add(place, &picture(500, 4)).await;

    let huyen = scene.server.client("huyen").await;
    let detail: EntryDetail = huyen.read(&format!("/api/entries/{entry}")).await;
    let found: Vec<_> = detail
        .photos
        .iter()
        .map(|it| (&it.key, it.stored, &*it.caption))
        .collect();
    let mut expected = [(&proof, true, "Nhà sạch"), (&unsent, false, "")];
    expected.sort();
    assert_eq!(found, expected);
    let found: Vec<_> = detail
        .minutes
        .iter()
        .map(|it| (&it.key, it.stored))
        .collect();
    assert_eq!(found, [(&signed, true)]);
    // The same minutes stand beside the residential area's own entry.
    let own = RecordKey::entry(AREA, Assessment::SafeResidentialArea, PERIOD);
    let detail: EntryDetail = huyen.read(&format!("/api/entries/{own}")).await;
    assert_eq!((detail.photos.len(), detail.minutes.len()), (0, 1));

    let books = format!("/api/books/dien-hinh?area={}", district(0));
    let page: LinesPage = huyen.read(&books).await;
    let found: Vec<_> = page.lines[0].photos.iter().map(|it| &it.key).collect();
    assert_eq!(found, [&shown]);
    assert_eq!(scene.see("huyen", &shown).await.status(), 200);

    // A family whose record names another commune's area shows none of its minutes.
    let far = elsewhere();
    let (mut tablet, line) = scene.server.tablet("noi-khac", 2, far).await;
    tablet.add_family(
        &commune(far),
        SubjectId(0xF1),
        "Quàng Văn Chung",
        Some(AREA),
    );
    line.sync(&mut tablet).await;
    let entry = RecordKey::entry(SubjectId(0xF1), Assessment::CulturalFamily, PERIOD);
    let detail: EntryDetail = line.read(&format!("/api/entries/{entry}")).await;
    assert!(detail.minutes.is_empty());
}

#[tokio::test]
async fn a_tablet_learns_what_a_restored_server_lacks() {
    let mut scene = Scene::start().await;
    let bytes = picture(500, 1);
    let kept = scene.add(minutes(), &bytes).await;
    let lost = scene.enter(&named(minutes(), &picture(500, 2))).await;
    let asked = MissingPhotos {
        records: vec![kept.clone(), lost.clone()],
    };
    let answer = scene.line.post("/api/uploads", &asked).await;
    assert_eq!(answer.status(), 200);
    let missing: MissingPhotos = answer.json().await.unwrap();
    assert_eq!(missing.records, std::slice::from_ref(&lost));
    // Whoever else may see it is told, too; to others it is as if nobody had it.
    let own = "can-bo-moi";
    let account = officer(own, 0);
    add_accounts(&scene.server.database, &[account]).await;
    for (name, told) in [
        (own, vec![lost.clone()]),
        ("noi-khac", asked.records.clone()),
    ] {
        let client = scene.server.client(name).await;
        let answer = client.post("/api/uploads", &asked).await;
        let missing: MissingPhotos = answer.json().await.unwrap();
        assert_eq!(missing.records, told, "{name}");
    }
    // Who has sent it is told also where its area has gone to another commune: it is not to be sent again.
    let what = Move {
        from: commune(0),
        residential_area: Some(AREA),
        to: commune(elsewhere()),
    };
    let mover = Mover {
        principal: administrator(),
        hub: DeviceId(902),
        time: Hlc::from_millis(NOW),
        now_ms: NOW,
    };
    relocate(&scene.server.database, rules(), &mover, &what)
        .await
        .unwrap();
    for (name, told) in [
        ("ta-hoc", vec![lost.clone()]),
        ("noi-khac", vec![lost]),
        (own, asked.records.clone()),
    ] {
        let client = scene.server.client(name).await;
        let answer = client.post("/api/uploads", &asked).await;
        let missing: MissingPhotos = answer.json().await.unwrap();
        assert_eq!(missing.records, told, "{name}");
    }
    let huyen = scene.server.client("huyen").await;
    let answer = huyen.post("/api/uploads", &asked).await;
    assert_problem(answer, 403, ProblemCode::NotAllowed, "a reviewer").await;

    // A backup has the photos.
    let backup = tempfile::tempdir().unwrap();
    let copy = backup.path().join(thidua_server::store::sqlite::FILE_NAME);
    scene.server.database.backup(copy).await.unwrap();
    let restored = thidua_server::store::Sqlite::open(backup.path()).unwrap();
    assert_eq!(restored.photo(kept).await.unwrap().unwrap().bytes, bytes);
}

#[tokio::test]
async fn a_photo_of_a_commune_is_of_that_commune() {
    let scene = Scene::start().await;
    let foreign = SubjectId::commune(&commune(elsewhere()));
    let entry = RecordKey::entry(foreign, Assessment::NewRuralCommune, PERIOD);
    let photo = named(Place::evidence(&entry).unwrap(), &picture(500, 1));
    let mut tablet = scene.tablet.clone();
    let fields = photo.fields();
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, it)| (name.as_str(), it.clone()))
        .collect();
    tablet.write(&commune(0), &photo.key(), &fields);
    let answer = scene.line.exchange(&tablet.request()).await;
    assert_eq!(answer.rejected.len(), 1);
    let family = RecordKey::subject_record(SubjectKind::Family, FAMILY);
    assert!(tablet.shown(&family).is_some());
}
