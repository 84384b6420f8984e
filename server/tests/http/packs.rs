//! Criteria that the province adopts: who may, what a preview says, and what follows for entries and counts.

use crate::harness::{Client, Server, assert_problem, district, officer, other, province};
use thidua_domain::access::Role;
use thidua_domain::api::{
    EntryDetail, PackPreview, PreviewCounts, ProblemCode, SettingInput, SettingsView,
};
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::criteria::{Outcome, Packs};
use thidua_domain::entry::{ContentDigest, content_digest, field};
use thidua_domain::record::{Period, RecordKey, SubjectId, Value};
use thidua_domain::setting::pack::{Draft, Line};
use thidua_domain::setting::{self, Setting, Settings};
use thidua_domain::subject;
use thidua_domain::sync::state::RecordState;
use thidua_server::store::Database as _;
use thidua_server::store::contract::{PERIOD, Tablet, commune, complete_family, rules};

const TITLE: Assessment = Assessment::SafeUnit;

async fn start() -> Server {
    Server::start(&[
        officer("ta-hoc", 0),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("xem", Role::Viewer, &province()),
        other("quan-tri", Role::Administrator, &province()),
        other("quan-tri-huyen", Role::Administrator, &district(0)),
    ])
    .await
}

fn nothing_seen() -> ContentDigest {
    content_digest(&RecordState::new(setting::feed()))
}

/// The next version: without the last criterion of the one before.
fn shorter(packs: Packs) -> Draft {
    let mut draft = Draft::from_last(packs, TITLE, PERIOD).unwrap();
    draft.lines.pop();
    draft.paper = "Quyết định 5/QĐ-CAT".to_owned();
    draft
}

fn adoption(draft: Draft) -> SettingInput {
    SettingInput {
        seen: nothing_seen(),
        setting: Setting::Pack(draft),
    }
}

/// A unit whose sheet has all criteria but `failed` met.
fn unit(tablet: &mut Tablet, id: u128, failed: Option<&str>) -> RecordKey {
    let home = commune(0);
    let key = RecordKey::subject_record(SubjectKind::Unit, SubjectId(id));
    let fields = [
        (subject::field::NAME, Value::from("Trạm y tế")),
        (subject::field::KIND, Value::from("agency")),
    ];
    tablet.write(&home, &key, &fields);
    let entry = RecordKey::entry(SubjectId(id), TITLE, PERIOD);
    let pack = Packs::default().in_force(TITLE, PERIOD).unwrap();
    let mut fields = vec![
        (field::REGISTERED.to_owned(), Value::Bool(true)),
        (field::PACK.to_owned(), Value::from(pack.id.0.as_str())),
    ];
    for criterion in pack.criteria() {
        let met = failed != Some(criterion.id.0.as_str());
        let name = format!("{}{}", field::PASS, criterion.id);
        fields.push((name, Value::Bool(met)));
    }
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    tablet.write(&home, &entry, &fields);
    entry
}

async fn outcome(client: &Client, entry: &RecordKey) -> Outcome {
    let detail: EntryDetail = client.read(&format!("/api/entries/{entry}")).await;
    detail.evaluation.unwrap().outcome
}

async fn preview(client: &Client, draft: &Draft) -> PreviewCounts {
    let answer = client.post("/api/settings/preview", draft).await;
    assert_eq!(answer.status(), 200);
    let preview: PackPreview = answer.json().await.unwrap();
    assert_eq!(preview.districts.keys().collect::<Vec<_>>(), [&district(0)]);
    preview.total()
}

#[tokio::test]
async fn an_adopted_version_judges_what_is_not_handed_in_and_leaves_the_rest() {
    let server = start().await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    let failed = unit(&mut tablet, 1, Some("c5"));
    let met = unit(&mut tablet, 2, None);
    let handed_in = unit(&mut tablet, 3, Some("c5"));
    tablet.submit(&commune(0), &handed_in);
    line.sync(&mut tablet).await;
    assert!(tablet.rejected.is_empty());

    let client = server.client("quan-tri").await;
    let draft = shorter(Packs::default());
    let mut longer = draft.clone();
    longer.lines.push(Line {
        code: None,
        text: "Không để lộ, mất bí mật nhà nước".to_owned(),
        read: true,
        group: 0,
        max: 0,
    });
    let counts = PreviewCounts {
        entries: 3,
        ..PreviewCounts::default()
    };
    let expected = PreviewCounts {
        earned: 1,
        sealed: 1,
        ..counts
    };
    assert_eq!(preview(&client, &draft).await, expected);
    let expected = PreviewCounts {
        incomplete: 2,
        sealed: 1,
        ..counts
    };
    assert_eq!(preview(&client, &longer).await, expected);
    let mut later = longer.clone();
    later.from = Period(PERIOD.0 + 1);
    let answer = client.post("/api/settings/preview", &later).await;
    let nothing: PackPreview = answer.json().await.unwrap();
    assert_eq!(nothing, PackPreview::default());
    // A preview changes nothing.
    assert_eq!(outcome(&client, &failed).await, Outcome::NotEarned);

    let posted = client.post("/api/settings", &adoption(draft.clone())).await;
    assert_eq!(posted.status(), 200);
    assert_eq!(outcome(&client, &failed).await, Outcome::Earned);
    assert_eq!(outcome(&client, &met).await, Outcome::Earned);
    assert_eq!(outcome(&client, &handed_in).await, Outcome::NotEarned);
    assert_eq!(server.database.recount(rules()).await.unwrap(), []);

    // The tablet has it at its next sync, and what it writes then is counted by it.
    line.sync(&mut tablet).await;
    let records = tablet.records.iter().map(|(key, it)| (key, &it.shown));
    let packs = Settings::read(records).packs;
    let pack = packs.in_force(TITLE, PERIOD).unwrap();
    assert_eq!(pack.id.0, "dv-antt-124-2021-v2");
    let codes: Vec<_> = pack.criteria().map(|it| it.id.0.as_str()).collect();
    assert_eq!(codes, ["c1", "c2", "c3", "c4"]);
    let another = unit(&mut tablet, 4, Some("c5"));
    line.sync(&mut tablet).await;
    assert_eq!(outcome(&client, &another).await, Outcome::Earned);
    assert_eq!(server.database.recount(rules()).await.unwrap(), []);

    // The code that was taken out stands for nothing else in the version after.
    let mut third = Draft::from_last(packs, TITLE, PERIOD).unwrap();
    third.paper = "Quyết định 6/QĐ-CAT".to_owned();
    third.lines.push(longer.lines.pop().unwrap());
    let posted = client.post("/api/settings", &adoption(third)).await;
    assert_eq!(posted.status(), 200);
    let view: SettingsView = client.read("/api/settings").await;
    let packs = view.settings().packs;
    let pack = packs.in_force(TITLE, PERIOD).unwrap();
    assert_eq!(pack.criteria().last().unwrap().id.0, "c6");
    assert_eq!(outcome(&client, &another).await, Outcome::Incomplete);
    assert_eq!(outcome(&client, &handed_in).await, Outcome::NotEarned);
}

#[tokio::test]
async fn who_adopts_and_what_is_not_taken() {
    let server = start().await;
    let draft = shorter(Packs::default());
    for (name, status) in [
        ("so-noi-vu", 403),
        ("xem", 403),
        ("quan-tri-huyen", 404),
        ("ta-hoc", 404),
    ] {
        let client = server.client(name).await;
        let posted = client.post("/api/settings", &adoption(draft.clone())).await;
        assert_eq!(posted.status(), status, "{name}");
        let asked = client.post("/api/settings/preview", &draft).await;
        assert_eq!(asked.status(), status, "{name}");
        let view: SettingsView = client.read("/api/settings").await;
        assert!(!view.may_adopt, "{name}");
    }
    let client = server.client("quan-tri").await;
    let wrong: [fn(&mut Draft); 9] = [
        |draft| draft.paper.clear(),
        |draft| draft.basis = " ".to_owned(),
        |draft| draft.lines.clear(),
        |draft| draft.lines[0].text.clear(),
        |draft| draft.lines[0].text = "x".repeat(601),
        |draft| draft.lines[0].code = Some("c9".into()),
        |draft| draft.lines[0].code = draft.lines[1].code.clone(),
        |draft| draft.from = Period(PERIOD.0 - 1),
        |draft| draft.assessment = Assessment::PovertyReview,
    ];
    for (place, spoil) in wrong.into_iter().enumerate() {
        let mut draft = draft.clone();
        spoil(&mut draft);
        for (path, body) in [
            (
                "/api/settings",
                serde_json::to_value(adoption(draft.clone())),
            ),
            ("/api/settings/preview", serde_json::to_value(&draft)),
        ] {
            let answer = client.post(path, &body.unwrap()).await;
            assert_problem(
                answer,
                422,
                ProblemCode::Malformed,
                &format!("{place} {path}"),
            )
            .await;
        }
    }
    let posted = client.post("/api/settings", &adoption(draft.clone())).await;
    assert_eq!(posted.status(), 200);
    let again = client.post("/api/settings", &adoption(draft)).await;
    assert_problem(again, 409, ProblemCode::ContentChanged, "adopted meanwhile").await;
}

/// A family's sheet with all points but `less` of the first criterion.
fn family(tablet: &mut Tablet, id: u128, less: i64) -> RecordKey {
    let home = commune(0);
    let entry = RecordKey::entry(SubjectId(id), Assessment::CulturalFamily, PERIOD);
    tablet.add_family(&home, SubjectId(id), &format!("Lò Văn {id}"), None);
    let first = format!("{}c01", field::SCORE);
    for (name, value) in complete_family() {
        let value = match value {
            Value::Int(points) if name == first => Value::Int(points - less),
            value => value,
        };
        tablet.write(&home, &entry, &[(name.as_str(), value)]);
    }
    entry
}

#[tokio::test]
async fn points_and_marks_are_adopted_like_criteria() {
    let server = start().await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    // Of 100 points: all, one less, one less and handed in.
    let [all, less, handed_in] =
        [(1, 0), (2, 1), (3, 1)].map(|(id, less)| family(&mut tablet, id, less));
    tablet.submit(&commune(0), &handed_in);
    line.sync(&mut tablet).await;
    let client = server.client("quan-tri").await;
    for entry in [&all, &less, &handed_in] {
        assert_eq!(outcome(&client, entry).await, Outcome::Earned);
    }

    let title = Assessment::CulturalFamily;
    let mut draft = Draft::from_last(Packs::default(), title, PERIOD).unwrap();
    draft.paper = "Quyết định 7/QĐ-UBND".to_owned();
    let mut beyond = draft.clone();
    for (draft, mark) in [(&mut draft, 100), (&mut beyond, 101)] {
        draft.thresholds.as_mut().unwrap().pass_marks.mountainous = mark;
    }
    let answer = client.post("/api/settings/preview", &beyond).await;
    assert_problem(answer, 422, ProblemCode::Malformed, "more than there is").await;
    let expected = PreviewCounts {
        entries: 3,
        not_earned: 1,
        sealed: 1,
        ..PreviewCounts::default()
    };
    assert_eq!(preview(&client, &draft).await, expected);
    let posted = client.post("/api/settings", &adoption(draft)).await;
    assert_eq!(posted.status(), 200);
    for (entry, expected) in [
        (&all, Outcome::Earned),
        (&less, Outcome::NotEarned),
        (&handed_in, Outcome::Earned),
    ] {
        assert_eq!(outcome(&client, entry).await, expected);
    }
    assert_eq!(server.database.recount(rules()).await.unwrap(), []);

    line.sync(&mut tablet).await;
    let records = tablet.records.iter().map(|(key, it)| (key, &it.shown));
    let packs = Settings::read(records).packs;
    let marks = packs.in_force(title, PERIOD).unwrap().pass_marks.unwrap();
    assert_eq!((marks.mountainous, marks.other), (100, 85));
}
