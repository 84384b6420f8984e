//! Own targets: who sets a district's, what communes set on their tablets, and what they come to.

use crate::harness::{
    Client, Server, assert_problem, district, elsewhere, officer, other, province,
};
use thidua_domain::access::Role;
use thidua_domain::api::{IndicatorTargets, ProblemCode, TargetInput, TargetsView};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::IndicatorId;
use thidua_domain::quantity::Hundredths;
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::sync::wire::RejectReason;
use thidua_domain::target::sum::Reach;
use thidua_domain::target::{self, OwnTarget, field};
use thidua_server::store::Database as _;
use thidua_server::store::contract::{PERIOD, Tablet, commune, rules};

const FAMILIES: &str = "gia-dinh-van-hoa";
const RURAL: &str = "nong-thon-moi";

async fn start() -> Server {
    Server::start(&[
        officer("ta-hoc", 0),
        officer("xa-khac", elsewhere()),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("huyen-khac", Role::DistrictReviewer, &district(elsewhere())),
        other("so-noi-vu", Role::ProvinceReviewer, &province()),
        other("xem", Role::Viewer, &province()),
        other("quan-tri", Role::Administrator, &province()),
    ])
    .await
}

async fn of(client: &Client, area: &AreaCode, indicator: &str) -> IndicatorTargets {
    let view: TargetsView = client.read(&format!("/api/targets?area={area}")).await;
    assert_eq!(view.indicators.len(), 5);
    let id = IndicatorId::new(indicator);
    let mut found = view.indicators.into_iter();
    found.find(|it| it.indicator == id).expect("an own target")
}

fn input(area: &AreaCode, seen: &IndicatorTargets, goal: i64) -> TargetInput {
    TargetInput {
        area: area.clone(),
        indicator: seen.indicator.clone(),
        seen: seen.own.digest.clone(),
        target: OwnTarget {
            goal: Some(Hundredths(goal)),
            plan: "Kế hoạch 15/KH-UBND".to_owned(),
        },
    }
}

#[tokio::test]
async fn who_sets_a_districts_target() {
    let server = start().await;
    let own = district(0);
    for (name, status) in [
        ("huyen", 200),
        ("so-noi-vu", 200),
        ("huyen-khac", 404),
        ("xem", 403),
        ("quan-tri", 403),
        ("ta-hoc", 404),
    ] {
        let seen = of(&server.client("so-noi-vu").await, &own, FAMILIES).await;
        let client = server.client(name).await;
        let response = client
            .post("/api/targets", &input(&own, &seen, 7_200))
            .await;
        assert_eq!(response.status(), status, "{name}");
    }
    // Of a commune and of the province, nobody sets one here.
    let reviewer = server.client("so-noi-vu").await;
    for area in [commune(0), province()] {
        let seen = of(&reviewer, &area, FAMILIES).await;
        assert!(!seen.own.may_set);
        let response = reviewer
            .post("/api/targets", &input(&area, &seen, 7_200))
            .await;
        assert_problem(response, 422, ProblemCode::Malformed, area.as_str()).await;
    }
    let stranger = server.stranger();
    let response = stranger.get("/api/targets?area=14").await;
    assert_problem(response, 401, ProblemCode::NotSignedIn, "nobody").await;
    for (name, area) in [("huyen", province()), ("huyen-khac", own)] {
        let client = server.client(name).await;
        let response = client.get(&format!("/api/targets?area={area}")).await;
        assert_problem(response, 404, ProblemCode::NotFound, name).await;
    }
}

#[tokio::test]
async fn a_districts_target_takes_the_place_of_the_one_that_was_seen() {
    let server = start().await;
    let client = server.client("huyen").await;
    let own = district(0);
    let first = of(&client, &own, FAMILIES).await;
    assert_eq!(
        (&first.own.target, first.own.may_set),
        (&OwnTarget::default(), true)
    );
    let response = client
        .post("/api/targets", &input(&own, &first, 7_235))
        .await;
    assert_eq!(response.status(), 200);
    let late = client
        .post("/api/targets", &input(&own, &first, 7_300))
        .await;
    assert_problem(late, 409, ProblemCode::ContentChanged, "seen long ago").await;
    let now = of(&client, &own, FAMILIES).await;
    assert_eq!(now.own.target, input(&own, &first, 7_235).target);
    assert!(now.own.set_ms.is_some());

    for (indicator, goal) in [
        (FAMILIES, 10_001),
        (FAMILIES, -1),
        (RURAL, 150),
        (RURAL, 9_900),
        ("grdp", 700),
        ("khong-co", 700),
    ] {
        let mut wrong = input(&own, &now, goal);
        wrong.indicator = IndicatorId::new(indicator);
        if indicator == RURAL {
            wrong.seen = of(&client, &own, RURAL).await.own.digest;
        }
        let response = client.post("/api/targets", &wrong).await;
        assert_problem(response, 422, ProblemCode::Malformed, indicator).await;
    }
    assert_eq!(of(&client, &own, FAMILIES).await, now);
    assert_eq!(server.database.recount(rules()).await.unwrap(), []);

    let table = client.get(&format!("/api/targets/csv?area={own}")).await;
    let table = table.text().await.unwrap();
    assert!(table.starts_with('\u{feff}'));
    let line = format!("Gia đình văn hóa,%,\"70,5\",{own},");
    let line = table.lines().find(|it| it.starts_with(&line)).unwrap();
    assert!(line.contains(",\"72,35\",Kế hoạch 15/KH-UBND,"), "{line}");
}

#[tokio::test]
async fn communes_set_theirs_on_tablets_and_the_province_sees_what_they_come_to() {
    let server = start().await;
    let reviewer = server.client("so-noi-vu").await;
    let far = elsewhere();
    for (name, device, place, families, goal) in [
        ("ta-hoc", 1, 0, 1_u128, 8_000),
        ("xa-khac", 2, far, 9, 6_940),
    ] {
        let (mut tablet, line) = server.tablet(name, device, place).await;
        let home = commune(place);
        let id = |number: u128| SubjectId((u128::from(device) << 64) + number);
        tablet.add_area(&home, id(0), "Bản Bó");
        for number in 1..=families {
            tablet.add_family(&home, id(number), "Lò Văn Hặc", Some(id(0)));
        }
        let key = target::commune_key(&home, &IndicatorId::new(FAMILIES), PERIOD);
        let plan = Value::from("=15/KH-UBND");
        tablet.write(
            &home,
            &key,
            &[(field::GOAL, Value::Int(goal)), (field::PLAN, plan)],
        );
        let rural = target::commune_key(&home, &IndicatorId::new(RURAL), PERIOD);
        tablet.write(&home, &rural, &[(field::GOAL, Value::Int(target::ONE))]);
        line.sync(&mut tablet).await;
    }
    let seen = of(&reviewer, &province(), FAMILIES).await;
    let sum = seen.own.communes.unwrap();
    assert_eq!(
        (sum.set, sum.asked, sum.weight, sum.total),
        (2, 204, 10, 8_000 + 9 * 6_940)
    );
    let indicator = target::indicators()
        .find(|it| it.id == seen.indicator)
        .unwrap();
    // 70,46 %, which shows as 70,46 and not as 70,5; the others have no register to be weighed by.
    assert_eq!(sum.shown(indicator), Some(Hundredths(7_046)));
    let open = Reach::Open {
        missing: 202,
        needed: None,
    };
    assert_eq!(sum.reach(indicator, indicator.target.unwrap()), Some(open));
    let districts = seen.own.districts.unwrap();
    assert_eq!((districts.set, districts.asked), (0, 12));
    let part = seen.parts.iter().find(|it| it.area == district(0)).unwrap();
    assert_eq!(part.communes.unwrap().set, 1);

    let rural = of(&reviewer, &province(), RURAL).await;
    let sum = rural.own.communes.unwrap();
    // The first commune is a ward, which has no part in it whatever its tablet wrote.
    assert_eq!((sum.set, sum.asked, sum.total), (1, 188, 100));
    let below = of(&reviewer, &district(0), RURAL).await;
    assert!(below.parts.iter().all(|it| it.expected == 1));

    let home = of(&server.client("ta-hoc").await, &commune(0), FAMILIES).await;
    assert_eq!(home.own.target.goal, Some(Hundredths(8_000)));
    assert_eq!(home.own.target.plan, "=15/KH-UBND");
    assert_eq!(home.parts, []);
    let table = reviewer
        .get(&format!("/api/targets/csv?area={}", district(0)))
        .await;
    assert!(table.text().await.unwrap().contains(",'=15/KH-UBND,"));
    assert_eq!(server.database.recount(rules()).await.unwrap(), []);
}

/// The sync route is no way around, neither into a district's record nor into another commune's.
#[tokio::test]
async fn a_tablet_sets_only_its_communes_own() {
    let server = start().await;
    let id = IndicatorId::new(FAMILIES);
    for (device, key, reason) in [
        (
            7,
            target::district_key(&district(0), &id, PERIOD),
            RejectReason::ServerField,
        ),
        (
            8,
            target::commune_key(&commune(elsewhere()), &id, PERIOD),
            RejectReason::WrongCommune,
        ),
    ] {
        assert_eq!(refused(&server, device, &key).await, [reason], "{key}");
    }
    // Nothing stands in the way of those whose it is.
    let (mut tablet, line) = server.tablet("xa-khac", 3, elsewhere()).await;
    let home = commune(elsewhere());
    let key = target::commune_key(&home, &id, PERIOD);
    tablet.write(&home, &key, &[(field::GOAL, Value::Int(7_100))]);
    line.sync(&mut tablet).await;
    let seen = of(&server.client("xem").await, &home, FAMILIES).await;
    assert_eq!(seen.own.target.goal, Some(Hundredths(7_100)));
}

async fn refused(server: &Server, device: u64, key: &RecordKey) -> Vec<RejectReason> {
    let line = server.client("ta-hoc").await;
    let mut tablet = Tablet::new("ta-hoc", device, &[commune(0)]);
    tablet.write(&commune(0), key, &[(field::GOAL, Value::Int(1))]);
    let answer = line.exchange(&tablet.request()).await;
    answer.rejected.iter().map(|one| one.reason).collect()
}
