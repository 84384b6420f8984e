//! A backlog of entries over a link that is cut again and again: the real server in a process of its
//! own, the tablet's own replica, HTTP between them through a proxy that cuts. The app in a browser would
//! add nothing but time: its transport hands the same bytes to `fetch`, and what a browser makes of a
//! broken connection is tested with it (e2e). Cuts are counted in bytes, not in seconds, so that a run
//! is the same on every machine: what 50 kbit/s carry in 15 seconds.

#![cfg(unix)]

mod proxy;
#[allow(dead_code, reason = "shared with the test that kills servers")]
#[path = "../crash/server.rs"]
mod server;

use proxy::{Cuts, Proxy};
use reqwest::{Client, StatusCode};
use server::{Place, Server};
use thidua_domain::api::SignIn;
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::sync::edit::{DeviceId, Edit};
use thidua_domain::sync::replica::Asked;
use thidua_domain::sync::wire::{self, Cursor, Request, Response};
use thidua_server::store::contract::{PERIOD, Tablet, commune, complete_family};

const ACCOUNT: &str = "can-bo";
const PASSWORD: &str = "một mật khẩu dài";
/// Entries in a run that is not asked for more; `LINK_ENTRIES=5000` takes minutes without optimisation.
const ENTRIES: u128 = 1_000;
/// What 50 kbit/s carry in 15 seconds.
const BETWEEN_CUTS: usize = 15 * 50_000 / 8;
/// Most bytes of a request on such a link, its head not counted. What is sent again is at worst a whole
/// request for every cut.
const CAREFUL: usize = BETWEEN_CUTS / 30;

/// A tablet's session with a server, through a proxy.
struct Line {
    _server: Server,
    place: Place,
    proxy: Proxy,
    http: Client,
    cookie: String,
    /// Requests that were not answered to the end.
    broken: usize,
    /// Bytes that went up with them: what had to be sent again.
    in_vain: usize,
}

impl Line {
    async fn open(cuts: Cuts) -> Self {
        let place = Place::new(None);
        place.add_officer(ACCOUNT, commune(0).as_str(), PASSWORD);
        let server = place.start();
        let http = Client::new();
        let body = SignIn {
            account: ACCOUNT.to_owned(),
            password: PASSWORD.to_owned(),
        };
        let asked = http.post(format!("{}/api/session", server.url));
        let asked = asked.header("Origin", &server.url).json(&body);
        let answer = asked.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let proxy = Proxy::before(&server.url, cuts).await;
        Self {
            _server: server,
            place,
            proxy,
            http,
            cookie,
            broken: 0,
            in_vain: 0,
        }
    }

    /// One request; nothing if the link was cut meanwhile.
    async fn exchange(&mut self, request: &Request) -> Option<Response> {
        let before = self.proxy.link().up;
        let url = &self.proxy.url;
        let sent = self
            .http
            .post(format!("{url}/api/sync"))
            .header("Origin", url)
            .header("Cookie", &self.cookie)
            .header("Content-Type", wire::CONTENT_TYPE)
            .body(wire::encode(request));
        let answered = async {
            let answer = sent.send().await.ok()?;
            assert_eq!(answer.status(), StatusCode::OK);
            answer.bytes().await.ok()
        };
        let Some(frame) = answered.await else {
            self.broken += 1;
            self.in_vain += self.proxy.link().up - before;
            return None;
        };
        Some(wire::decode_response(&frame).unwrap())
    }

    /// Sends everything that waits.
    async fn see_through(&mut self, tablet: &mut Tablet) {
        loop {
            let request = careful(tablet.request());
            let asked = Asked::of(&request);
            if let Some(response) = self.exchange(&request).await {
                assert_eq!(response.rejected, []);
                if !tablet.take(&asked, &response) {
                    return;
                }
            }
        }
    }

    /// Holds the server to have every edit of the tablet, once, and in order.
    async fn assert_all_there(&mut self, tablet: &Tablet) {
        self.proxy.cut(Cuts::Never);
        let mut cursor = Cursor::default();
        let mut feed: Vec<Edit> = Vec::new();
        loop {
            let request = Request {
                device: DeviceId(1 << 40),
                last_seq: 0,
                edits: Vec::new(),
                cursors: vec![(commune(0), cursor)],
                ..tablet.request()
            };
            let answer = self.exchange(&request).await.unwrap();
            let Some(page) = answer.pages.into_iter().next() else {
                break;
            };
            cursor = page.cursor;
            feed.extend(page.edits);
        }
        assert_eq!(feed.len(), tablet.log.len());
        assert!(feed.iter().eq(tablet.log.values()));
        assert_eq!(tablet.replica.waiting(), 0);
        self.place.assert_recount();
    }
}

/// The beginning of a request that a careful tablet sends.
fn careful(mut request: Request) -> Request {
    let edits = std::mem::take(&mut request.edits);
    let mut room = CAREFUL.saturating_sub(wire::encode(&request).len());
    for edit in edits {
        let bytes = serde_json::to_vec(&edit).unwrap().len();
        if bytes > room && !request.edits.is_empty() {
            break;
        }
        room = room.saturating_sub(bytes);
        request.edits.push(edit);
    }
    request
}

/// A tablet with so many families assessed, as the app does it.
fn backlog(entries: u128) -> Tablet {
    let home = commune(0);
    let mut tablet = Tablet::new(ACCOUNT, 1, std::slice::from_ref(&home));
    let fields = complete_family();
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    for number in 1..=entries {
        let entry = RecordKey::entry(SubjectId(number), Assessment::CulturalFamily, PERIOD);
        tablet.write(&home, &entry, &fields);
    }
    assert_eq!(tablet.log.len() as u128, entries);
    tablet
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backlog_goes_up_over_a_link_that_is_cut_every_15_seconds() {
    let entries = std::env::var("LINK_ENTRIES").map_or(ENTRIES, |text| text.parse().unwrap());
    let mut tablet = backlog(entries);
    let mut line = Line::open(Cuts::Every(BETWEEN_CUTS)).await;
    line.see_through(&mut tablet).await;
    let link = line.proxy.link();
    line.assert_all_there(&tablet).await;
    let again = line.in_vain;
    println!(
        "entries={entries} cuts={} broken={} bytes_up={} of which again={again} ({:.1} %) lost=0 doubled=0",
        link.cut,
        line.broken,
        link.up,
        100.0 * again as f64 / link.up as f64,
    );
    assert!(link.cut > 0, "the link was never cut");
    assert!(
        again * 20 <= link.up - again,
        "more than 5 % was sent again"
    );
}

/// The moments at which it is hardest to know what has arrived: everything sent, and the answer lost
/// wholly, in its head, or but for its last bytes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cut_behind_every_request_loses_and_doubles_nothing() {
    let mut tablet = backlog(300);
    let mut line = Line::open(Cuts::Never).await;
    let mut requests = 0;
    while tablet.replica.waiting() > 0 {
        let request = careful(tablet.request());
        let asked = Asked::of(&request);
        let before = line.broken;
        for down in [0, 20, 150] {
            line.proxy.cut(Cuts::Down(down));
            let answer = line.exchange(&request).await;
            assert_eq!(answer, None, "an answer shorter than {down} bytes");
        }
        assert_eq!(line.broken, before + 3);
        let response = line.exchange(&request).await.unwrap();
        tablet.take(&asked, &response);
        requests += 1;
    }
    assert!(requests > 10);
    line.assert_all_there(&tablet).await;
}
