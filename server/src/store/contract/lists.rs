//! Counts and lists.

use super::fixture::*;
use crate::store::{Database, StandingFilter};
use thidua_domain::api::{AssessmentTally, StandingView};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::entry::{EntryState, field};
use thidua_domain::progress::Tally;
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::subject;
use thidua_domain::sync::edit::DeviceId;

const FAMILY: Assessment = Assessment::CulturalFamily;

/// Does something to a subject of a commune, drawn by `below`.
fn act(tablet: &mut Tablet, home: &AreaCode, below: &mut impl FnMut(u64) -> u64) {
    let id = |number: u64| SubjectId(u128::from(number) + 1);
    let family = id(below(12));
    let record = RecordKey::subject_record(SubjectKind::Family, family);
    let entry = RecordKey::entry(family, FAMILY, PERIOD);
    let unit = id(100 + below(3));
    let unit_record = RecordKey::subject_record(SubjectKind::Unit, unit);
    match below(9) {
        0 => tablet.add_area(home, id(200 + below(3)), "Bản Áng"),
        1 | 2 => {
            let area = (below(4) > 0).then(|| id(200 + below(3)));
            tablet.add_family(home, family, &format!("Lò Văn {}", below(50)), area);
        }
        3 => {
            let fields = complete_family();
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, v)| (name.as_str(), v.clone()))
                .collect();
            tablet.write(home, &entry, &fields);
        }
        4 => {
            let proposed = Value::Bool(below(2) == 0);
            tablet.write(home, &entry, &[(field::PROPOSED, proposed)]);
        }
        5 | 6 if tablet.records.contains_key(&entry) => tablet.submit(home, &entry),
        7 => {
            let kind = ["agency", "enterprise", "school"][below(3) as usize];
            let forces = Value::Bool(below(4) == 0);
            let fields = [
                (subject::field::NAME, "Trạm y tế".into()),
                (subject::field::KIND, kind.into()),
                (subject::field::ARMED_FORCES, forces),
            ];
            tablet.write(home, &unit_record, &fields);
        }
        8 => {
            let closed = if below(3) == 0 {
                "moved".into()
            } else {
                Value::Null
            };
            tablet.write(home, &record, &[(subject::field::CLOSED, closed)]);
        }
        _ => {
            let poverty = ["none", "near-poor", "poor"][below(3) as usize];
            let key = RecordKey::entry(family, Assessment::PovertyReview, PERIOD);
            tablet.write(home, &key, &[(field::POVERTY, poverty.into())]);
        }
    }
}

/// Three tablets of two communes, at random; two of them work on the same subjects without meeting.
async fn at_random<D: Database>(database: &D, seed: u64) {
    let mut below = random(seed);
    let homes = [commune(0), commune(0), commune(1)];
    let mut tablets: Vec<Tablet> = (1..)
        .zip(&homes)
        .map(|(device, home)| {
            let account = format!("officer-{device}");
            Tablet::new(&account, device, std::slice::from_ref(home))
        })
        .collect();
    for step in 0..240 {
        let who = below(3) as usize;
        act(&mut tablets[who], &homes[who], &mut below);
        if below(8) == 0 {
            tablets[who].sync(database).await;
        }
        if below(6) == 0 {
            let entry = RecordKey::entry(SubjectId(u128::from(below(12)) + 1), FAMILY, PERIOD);
            let records = database.records(entry.subject()).await.unwrap();
            if records.contains_key(&entry) {
                let verdict = accept(database, &entry).await;
                // Most are not waiting; whatever is refused must not count either.
                let _ = decide(database, DeviceId(99), &entry, verdict).await;
            }
        }
        if step % 60 == 59 {
            assert_eq!(database.recount(rules()).await.unwrap(), [], "step {step}");
        }
    }
    for tablet in &mut tablets {
        tablet.sync(database).await;
    }
}

pub async fn kept_counts_equal_a_recount<D: Database>(database: &D) {
    at_random(database, 7).await;
    assert_eq!(database.recount(rules()).await.unwrap(), []);
    let before = database.tallies(PERIOD, None).await.unwrap();
    assert!(before.len() >= 4, "{before:?}");
    assert!(
        before.values().any(|tally| tally.accepted.met > 0),
        "{before:?}"
    );

    // Counting anew gives the same.
    database
        .rebuild(rules(), "a mark".to_owned())
        .await
        .unwrap();
    assert_eq!(database.tallies(PERIOD, None).await.unwrap(), before);
    assert_eq!(database.recount(rules()).await.unwrap(), []);
    assert_eq!(
        database.rebuild_mark().await.unwrap().as_deref(),
        Some("a mark")
    );
}

pub async fn counts_of_residential_areas_add_up<D: Database>(database: &D) {
    at_random(database, 8).await;
    let home = commune(0);
    let areas = database
        .residential_area_tallies(PERIOD, home.clone())
        .await
        .unwrap();
    assert!(areas.len() > 1);
    for assessment in Assessment::ALL {
        let mut sum = Tally::default();
        let parts = areas.iter().flat_map(|area| &area.tallies);
        for AssessmentTally { tally, .. } in parts.filter(|part| part.assessment == assessment) {
            sum += *tally;
        }
        assert_eq!(
            sum,
            counts(database, &home, assessment).await,
            "{assessment:?}"
        );
    }
    let own = database.tallies(PERIOD, Some(vec![home.clone()])).await;
    let mut all = database.tallies(PERIOD, None).await.unwrap();
    all.retain(|key, _| key.commune == home);
    assert_eq!(own.unwrap(), all);

    let last_edits = database.last_edits(None).await.unwrap();
    let asked = vec![home.clone(), commune(9)];
    let own = database.last_edits(Some(asked)).await.unwrap();
    assert_eq!(own.into_iter().collect::<Vec<_>>(), [(home.clone(), NOW)]);
    assert_eq!(last_edits.get(&home), Some(&NOW));
    assert_eq!(last_edits.get(&commune(9)), None);
}

async fn listed<D: Database>(database: &D, filter: StandingFilter) -> Vec<StandingView> {
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let filter = StandingFilter {
            after,
            ..filter.clone()
        };
        let limit = filter.limit;
        let page = database.standings(filter).await.unwrap();
        assert!(page.rows.len() <= limit);
        rows.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return rows;
        }
    }
}

/// Two communes with families and residential areas.
async fn listable<D: Database>(database: &D) {
    let heads = [
        [
            "Vàng Thị An",
            "Lò Văn Bình",
            "Cà Văn Bình",
            "Giàng A Páo",
            "Lò Văn Ánh",
            "Lò Văn Ảnh",
        ],
        [
            "Lò Thị Ân",
            "Lò Thị Đào",
            "Lò Thị Dao",
            "Lò Thị Ăn",
            "Lò Thị Yên",
            "Lò Thị Ổn",
        ],
    ];
    for (place, heads) in heads.iter().enumerate() {
        let home = commune(place);
        let account = format!("officer-{place}");
        let mut tablet = Tablet::new(&account, place as u64 + 1, std::slice::from_ref(&home));
        let id = |number: usize| SubjectId((place as u128 + 1) * 1_000 + number as u128);
        tablet.add_area(&home, id(0), &format!("Bản {place}"));
        for (number, head) in (1..).zip(heads) {
            let area = (number < 4).then(|| id(0));
            tablet.add_family(&home, id(number), head, area);
        }
        for number in [1, 2] {
            let entry = RecordKey::entry(id(number), FAMILY, PERIOD);
            tablet.write(&home, &entry, &[(field::REGISTERED, true.into())]);
        }
        let entry = RecordKey::entry(id(2), FAMILY, PERIOD);
        tablet.submit(&home, &entry);
        let moved = RecordKey::subject_record(SubjectKind::Family, id(6));
        tablet.write(&home, &moved, &[(subject::field::CLOSED, "moved".into())]);
        tablet.sync(database).await;
    }
}

pub async fn lists_come_in_vietnamese_order_page_by_page<D: Database>(database: &D) {
    listable(database).await;
    // By given name; the sixth of each has moved away.
    let expected = [
        "Vàng Thị An",
        "Lò Văn Ánh",
        "Lò Thị Ăn",
        "Lò Thị Ân",
        "Cà Văn Bình",
        "Lò Văn Bình",
        "Lò Thị Dao",
        "Lò Thị Đào",
        "Giàng A Páo",
        "Lò Thị Yên",
    ];
    for communes in [None, Some(vec![commune(0), commune(1), commune(2)])] {
        for limit in [1, 2, 3, 10, 200] {
            let filter = StandingFilter {
                communes: communes.clone(),
                assessment: Some(FAMILY),
                limit,
                ..StandingFilter::default()
            };
            let rows = listed(database, filter).await;
            let labels: Vec<_> = rows.iter().map(|row| row.label.as_str()).collect();
            assert_eq!(labels, expected, "{limit}");
        }
    }
}

pub async fn lists_are_filtered<D: Database>(database: &D) {
    listable(database).await;
    let check = async |filter: StandingFilter, expected: &[&str]| {
        let filter = StandingFilter { limit: 2, ..filter };
        let rows = listed(database, filter.clone()).await;
        let mut labels: Vec<_> = rows.iter().map(|row| row.label.as_str()).collect();
        labels.dedup();
        assert_eq!(labels, expected, "{filter:?}");
        rows
    };
    let all = StandingFilter::default;
    let rows = check(
        StandingFilter {
            state: Some(EntryState::Submitted),
            ..all()
        },
        &["Lò Văn Bình", "Lò Thị Đào"],
    )
    .await;
    assert_eq!(rows[0].residential_area.as_deref(), Some("Bản 0"));
    assert_eq!(rows[0].commune, commune(0));
    let one = Some(vec![commune(1)]);
    check(
        StandingFilter {
            communes: one.clone(),
            state: Some(EntryState::Submitted),
            ..all()
        },
        &["Lò Thị Đào"],
    )
    .await;
    check(
        StandingFilter {
            communes: Some(vec![commune(1), commune(2)]),
            state: Some(EntryState::Draft),
            ..all()
        },
        &["Lò Thị Ân"],
    )
    .await;
    let residential_area = Some(SubjectId(2_000));
    check(
        StandingFilter {
            communes: one.clone(),
            residential_area,
            assessment: Some(FAMILY),
            ..all()
        },
        &["Lò Thị Ân", "Lò Thị Dao", "Lò Thị Đào"],
    )
    .await;
    let assessment = Some(Assessment::SafeResidentialArea);
    check(
        StandingFilter {
            communes: one,
            assessment,
            ..all()
        },
        &["Bản 1"],
    )
    .await;
    check(
        StandingFilter {
            communes: Some(vec![]),
            ..all()
        },
        &[],
    )
    .await;
    let nowhere = StandingFilter {
        after: Some("x".to_owned()),
        limit: 2,
        ..all()
    };
    assert_eq!(database.standings(nowhere).await.unwrap().rows, []);
}

pub async fn records_of_a_kind_come_in_pages<D: Database>(database: &D) {
    let mut tablet = Tablet::new("ta-khoa", 1, &[commune(0)]);
    tablet.add_family(&commune(0), SubjectId(1), "Lò Văn A", None);
    tablet.add_area(&commune(0), SubjectId(2), "Bản Bó");
    let key =
        |kind: &str, id: u128| RecordKey::parse(&format!("{kind}/{}", SubjectId(id))).unwrap();
    for (kind, id) in [
        ("activity", 3),
        ("activity", 4),
        ("activity", 5),
        ("activity-b", 6),
    ] {
        tablet.write(&commune(0), &key(kind, id), &[("name", "Họp bản".into())]);
    }
    tablet.sync(database).await;
    let read = async |kind: &str, after, limit| {
        let records = database
            .records_of_kind(kind.to_owned(), after, limit)
            .await;
        let records = records.unwrap().into_iter();
        records
            .map(|(key, record)| {
                assert_eq!(record.text("name"), Some("Họp bản"));
                key.subject().0
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(read("activity", None, 9).await, [3, 4, 5]);
    assert_eq!(read("activity", None, 2).await, [3, 4]);
    assert_eq!(read("activity", Some(key("activity", 4)), 2).await, [5]);
    assert_eq!(read("activity-b", None, 9).await, [6]);
    assert!(read("activ", None, 9).await.is_empty());
    assert!(read("movement", None, 9).await.is_empty());
}
