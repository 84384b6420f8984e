//! Two communes with something to hide, and the areas above them.

use crate::harness::{Server, district, elsewhere, province};
use crate::photos::{named, picture};
use serde_json::{Value, json};
use thidua_domain::access::Role;
use thidua_domain::api::{EntryDetail, Figures, IssuedPaper};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::{Assessment, IndicatorId};
use thidua_domain::date::Date;
use thidua_domain::entry::{ContentDigest, field};
use thidua_domain::photo::Place;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_server::store::contract::{PERIOD, commune};

/// The photo of a commune; the smallest there is.
pub const PHOTO_BYTES: usize = 400;

/// An area that is asked about.
pub struct Target {
    pub area: AreaCode,
    /// What lies in it, if it is a commune.
    pub secret: Option<Secret>,
    /// A paper that was issued for it.
    pub paper: u64,
    /// What the province's growth says now.
    pub figure_seen: ContentDigest,
    /// An account of the area's own.
    pub keeper: (&'static str, Role),
}

impl Target {
    /// Whether the area is a district.
    pub fn is_district(&self) -> bool {
        self.keeper.1 == Role::DistrictReviewer
    }
}

/// What nobody else may learn of a commune, or change.
pub struct Secret {
    /// Stands in every name and note of the commune.
    pub word: String,
    /// Its residential area.
    pub residential_area: SubjectId,
    /// The commune that it could be moved to.
    pub beside: AreaCode,
    /// Two entries that wait for review.
    pub entries: [RecordKey; 2],
    /// What they say.
    pub digests: [ContentDigest; 2],
    /// A photo that is stored.
    pub photo: RecordKey,
    /// One that is not.
    pub unsent: RecordKey,
    /// Its bytes.
    pub unsent_bytes: Vec<u8>,
}

/// Fills two communes in two districts, and issues a paper for each area.
pub async fn targets(server: &Server) -> Vec<Target> {
    let far = elsewhere();
    let figures: Figures = server.client("so-noi-vu").await.read("/api/figures").await;
    let growth = IndicatorId::new("grdp");
    let growth = figures.figures.iter().find(|it| it.indicator == growth);
    let figure_seen = &growth.expect("growth is reported").digest;
    let mut targets = Vec::new();
    for (area, place, name, role) in [
        (commune(0), Some(0), "can-bo", Role::CommuneOfficer),
        (
            commune(far),
            Some(far),
            "can-bo-noi-khac",
            Role::CommuneOfficer,
        ),
        (district(0), None, "huyen", Role::DistrictReviewer),
        (district(far), None, "huyen-khac", Role::DistrictReviewer),
        (province(), None, "so-noi-vu", Role::ProvinceReviewer),
    ] {
        let secret = match place {
            Some(place) => Some(secret(server, place, name).await),
            None => None,
        };
        let paper = paper(server, &area, 1 + targets.len()).await;
        targets.push(Target {
            area,
            secret,
            paper,
            figure_seen: figure_seen.clone(),
            keeper: (name, role),
        });
    }
    targets
}

/// What is written when a paper of an area is issued.
pub fn paper_input(number: usize) -> Value {
    json!({
        "kind": "bao-cao",
        "number": number,
        "date": Date::new(2022, 12, 20),
        "signatory": "Lò Thị Hặc",
        "summary": "Phong trào lan rộng.",
    })
}

async fn paper(server: &Server, area: &AreaCode, number: usize) -> u64 {
    let reviewer = server.client("so-noi-vu").await;
    let path = format!("/api/reports/{area}/final");
    let answer = reviewer.post(&path, &paper_input(number)).await;
    assert_eq!(answer.status(), 200, "{area}");
    answer.json::<IssuedPaper>().await.unwrap().id
}

async fn secret(server: &Server, place: usize, name: &str) -> Secret {
    let word = format!("kín-{place}-kín");
    let home = commune(place);
    let id = |number: u128| SubjectId(((place as u128 + 1) << 64) + number);
    let (mut tablet, line) = server.tablet(name, place as u64 + 1, place).await;
    tablet.add_area(&home, id(0), &format!("Bản {word}"));
    let entries = [1, 2].map(|number| {
        let key = RecordKey::entry(id(number), Assessment::CulturalFamily, PERIOD);
        tablet.add_family(&home, id(number), &format!("Lò Văn {word}"), Some(id(0)));
        let note = [(field::NOTE, format!("Ghi chú {word}").as_str().into())];
        tablet.write(&home, &key, &note);
        tablet.submit(&home, &key);
        key
    });
    let album = Place::evidence(&entries[0]).unwrap();
    let bytes = [1, 2].map(|seed| picture(PHOTO_BYTES, seed));
    let photos = [&bytes[0], &bytes[1]].map(|bytes| {
        let photo = named(album, bytes);
        let fields = photo.fields();
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        tablet.write(&home, &photo.key(), &fields);
        photo.key()
    });
    line.sync(&mut tablet).await;
    let [photo, unsent] = photos;
    let [sent, unsent_bytes] = bytes;
    let put = line.request(reqwest::Method::PUT, &upload(&photo));
    let put = put.header("Content-Type", "application/octet-stream");
    assert_eq!(put.body(sent).send().await.unwrap().status(), 200);
    let reviewer = server.client("so-noi-vu").await;
    let mut digests = Vec::new();
    for key in &entries {
        let detail: EntryDetail = reviewer.read(&format!("/api/entries/{key}")).await;
        digests.push(detail.digest.unwrap());
    }
    let beside = (0..).find(|it| *it != place && district(*it) == district(place));
    Secret {
        word,
        residential_area: id(0),
        beside: commune(beside.expect("a commune beside")),
        entries,
        digests: digests.try_into().unwrap(),
        photo,
        unsent,
        unsent_bytes,
    }
}

/// Where the first piece of a photo goes.
pub fn upload(photo: &RecordKey) -> String {
    format!("/api/uploads/{photo}?start=0")
}

/// Everything that requests could have changed, as the province's reviewers see it.
pub async fn all_that_is_there(server: &Server) -> Vec<String> {
    let reviewer = server.client("so-noi-vu").await;
    let administrator = server.client("quan-tri").await;
    let mut seen = Vec::new();
    for path in [
        "/api/overview?area=14".to_owned(),
        "/api/standings?area=14&assessment=gia-dinh-van-hoa".to_owned(),
        "/api/queue?area=14".to_owned(),
        "/api/reminders?area=14".to_owned(),
        "/api/figures".to_owned(),
        "/api/reports/14".to_owned(),
        format!("/api/reports/{}", commune(0)),
        format!("/api/reports/{}", commune(elsewhere())),
        "/api/handovers".to_owned(),
        "/api/tables/ho-so?area=14".to_owned(),
        "/api/settings".to_owned(),
        "/api/targets?area=14".to_owned(),
        "/api/inspections?area=14".to_owned(),
        format!("/api/targets?area={}", district(0)),
    ] {
        for client in [&reviewer, &administrator] {
            let answer = client.get(&path).await;
            assert_eq!(answer.status(), 200, "{path}");
            seen.push(answer.text().await.unwrap());
        }
    }
    let accounts = administrator.get("/api/accounts").await;
    assert_eq!(accounts.status(), 200);
    let mut accounts: Value = accounts.json().await.unwrap();
    for account in accounts.as_array_mut().unwrap() {
        // The two above have signed in for this look.
        account.as_object_mut().unwrap().remove("sessions");
    }
    seen.push(accounts.to_string());
    seen
}
