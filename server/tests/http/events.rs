//! Watching.

use crate::harness::{Server, assert_problem, district, elsewhere, officer, other, province};
use reqwest::Response;
use std::time::{Duration, Instant};
use thidua_domain::access::Role;
use thidua_domain::api::{ChangeEvent, ProblemCode};
use thidua_domain::area::AreaCode;
use thidua_domain::record::SubjectId;
use thidua_server::store::Database as _;
use thidua_server::store::contract::{commune, made, set};

/// A stream of events that is open.
struct Watch {
    response: Response,
    text: String,
}

impl Watch {
    async fn open(server: &Server, name: &str) -> Self {
        let response = server.client(name).await.get("/api/events").await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut watch = Self {
            response,
            text: String::new(),
        };
        assert_eq!(watch.block().await.as_deref(), Some(": open"));
        watch
    }

    /// The next block of lines; `None` at the end of the stream.
    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let block = block.to_owned();
                self.text = rest.to_owned();
                return Some(block);
            }
            let bytes = self.response.chunk().await.ok()??;
            self.text += std::str::from_utf8(&bytes).unwrap();
        }
    }

    async fn change(&mut self) -> ChangeEvent {
        let block = self.block().await.unwrap();
        let data = block.strip_prefix("event: change\ndata: ").unwrap();
        serde_json::from_str(data).unwrap()
    }
}

async fn within<T>(limit: Duration, what: impl Future<Output = T>) -> T {
    tokio::time::timeout(limit, what).await.expect("in time")
}

async fn watched() -> Server {
    let accounts = [
        officer("ta-hoc", 0),
        officer("xa-khac", elsewhere()),
        other("huyen", Role::DistrictReviewer, &district(0)),
        other("xem", Role::Viewer, &province()),
    ];
    Server::start(&accounts).await
}

async fn push(server: &Server, name: &str, device: u64, place: usize) {
    let (mut tablet, line) = server.tablet(name, device, place).await;
    tablet.add_family(
        &commune(place),
        SubjectId(u128::from(device)),
        "Lò Văn A",
        None,
    );
    line.sync(&mut tablet).await;
}

#[tokio::test]
async fn a_push_is_told_within_a_second() {
    let server = watched().await;
    let mut watch = Watch::open(&server, "xem").await;
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    tablet.add_family(&commune(0), SubjectId(1), "Lò Văn A", None);
    let begun = Instant::now();
    line.sync(&mut tablet).await;
    let change = within(Duration::from_secs(1), watch.change()).await;
    assert_eq!(change.communes, [commune(0)]);
    assert!(begun.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn only_ones_own_communes_are_told_of() {
    let server = watched().await;
    let mut of_district = Watch::open(&server, "huyen").await;
    let mut of_province = Watch::open(&server, "xem").await;
    push(&server, "xa-khac", 1, elsewhere()).await;
    let limit = Duration::from_secs(5);
    let change = within(limit, of_province.change()).await;
    assert_eq!(change.communes, [commune(elsewhere())]);
    push(&server, "ta-hoc", 2, 0).await;
    // The first the district hears of is its own.
    let change = within(limit, of_district.change()).await;
    assert_eq!(change.communes, [commune(0)]);
}

/// Also where another process has made it: to this server it is news only when something comes from there.
#[tokio::test]
async fn a_commune_made_since_the_stream_began_is_told_of() {
    let server = watched().await;
    let mut of_district = Watch::open(&server, "huyen").await;
    let new = AreaCode::parse("09001").unwrap();
    set(&server.database, made(1, &new, commune(0))).await;
    let mut officer = server.database.accounts().await.unwrap();
    officer.retain(|account| account.name == "ta-hoc");
    let mut officer = officer.remove(0);
    officer.areas = vec![new.clone()];
    server.database.change_account(officer).await.unwrap();
    let (mut tablet, line) = server.tablet("ta-hoc", 1, 0).await;
    tablet.add_family(&new, SubjectId(1), "Lò Văn A", None);
    line.sync(&mut tablet).await;
    let limit = Duration::from_secs(5);
    let change = within(limit, of_district.change()).await;
    assert_eq!(change.communes, [new]);
}

#[tokio::test]
async fn a_stream_ends_with_its_session() {
    let server = watched().await;
    let mut watch = Watch::open(&server, "xem").await;
    server
        .database
        .disable_account("xem".to_owned())
        .await
        .unwrap();
    push(&server, "ta-hoc", 1, 0).await;
    assert_eq!(within(Duration::from_secs(5), watch.block()).await, None);
    let stranger = server.stranger().get("/api/events").await;
    assert_problem(stranger, 401, ProblemCode::NotSignedIn, "nobody").await;
}

#[tokio::test]
async fn streams_do_not_keep_a_server_from_stopping() {
    let mut server = watched().await;
    let mut watch = Watch::open(&server, "xem").await;
    within(Duration::from_secs(5), server.stop()).await;
    assert_eq!(within(Duration::from_secs(5), watch.block()).await, None);
}
