//! Officers at work: tablets that write and push, whatever becomes of the servers.

use reqwest::{Client, StatusCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use thidua_domain::api::SignIn;
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::sync::replica::Asked;
use thidua_domain::sync::wire::{self, Identity, Request};
use thidua_server::store::contract::{PERIOD, Tablet, commune, complete_family, random};
use tokio::sync::watch;

/// The password of all officers.
pub const PASSWORD: &str = "một mật khẩu dài";
/// How long an answer may take before the test has failed: a server that hangs loses nothing and is of
/// no use either.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// How long a tablet waits after a failure, as short as it can be without being a flood.
const PAUSE: Duration = Duration::from_millis(10);

/// What all tablets and the one who kills know of each other.
pub struct Shared {
    /// The servers there are.
    pub servers: watch::Sender<Vec<String>>,
    /// Requests that were answered.
    pub answered: watch::Sender<u64>,
    /// Whether to write no more, and only see what there is through.
    pub ending: watch::Sender<bool>,
    /// Requests that were not answered, and those of them whose edits were held nevertheless.
    pub cut: AtomicU64,
    pub held_unanswered: AtomicU64,
}

impl Shared {
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            servers: watch::Sender::new(Vec::new()),
            answered: watch::Sender::new(0),
            ending: watch::Sender::new(false),
            cut: AtomicU64::new(0),
            held_unanswered: AtomicU64::new(0),
        })
    }
}

/// An officer with a tablet.
pub struct Officer {
    pub tablet: Tablet,
    place: usize,
    http: Client,
    cookie: String,
    shared: Arc<Shared>,
    below: Box<dyn FnMut(u64) -> u64 + Send>,
}

impl Officer {
    /// Signs the officer of a commune in.
    pub async fn sign_in(
        name: &str,
        device: u64,
        place: usize,
        shared: &Arc<Shared>,
        seed: u64,
    ) -> Self {
        let url = shared.servers.borrow()[0].clone();
        let http = Client::builder().timeout(PATIENCE).build().unwrap();
        let body = SignIn {
            account: name.to_owned(),
            password: PASSWORD.to_owned(),
        };
        let asked = http
            .post(format!("{url}/api/session"))
            .header("Origin", &url);
        let answer = asked.json(&body).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Self {
            tablet: Tablet::new(name, device, &[commune(place)]),
            place,
            http,
            cookie,
            shared: Arc::clone(shared),
            below: Box::new(random(seed ^ device.wrapping_mul(0x9e37_79b9))),
        }
    }

    /// Works until told to end and everything is acknowledged.
    pub async fn work(mut self) -> Self {
        let mut ending = self.shared.ending.subscribe();
        loop {
            let last = *ending.borrow_and_update();
            if !last {
                self.write();
            }
            self.see_through().await;
            if last {
                assert_eq!(self.tablet.replica.waiting(), 0);
                return self;
            }
        }
    }

    /// Does a few families of a residential area.
    fn write(&mut self) {
        let home = commune(self.place);
        let fields = complete_family();
        let fields: Vec<_> = fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.clone()))
            .collect();
        for _ in 0..=(self.below)(8) {
            // Few enough that the tablets of a commune meet.
            let number = u128::from((self.below)(400));
            let id = SubjectId(((self.place as u128 + 1) << 64) + number);
            let head = format!("Lò Văn {}", (self.below)(1_000));
            self.tablet.add_family(&home, id, &head, None);
            let entry = RecordKey::entry(id, Assessment::CulturalFamily, PERIOD);
            match (self.below)(3) {
                0 => {}
                1 => self
                    .tablet
                    .write(&home, &entry, &[("registered", true.into())]),
                _ => {
                    self.tablet.write(&home, &entry, &fields);
                    self.tablet.submit(&home, &entry);
                }
            }
        }
    }

    /// Syncs until there is nothing more on either side, as often as it takes.
    pub async fn see_through(&mut self) {
        let mut unanswered = false;
        loop {
            let mut request = self.tablet.request();
            // Half of those whose answer was lost ask first how far they are held.
            let only_asks = unanswered && (self.below)(2) == 0;
            if only_asks {
                request.edits.clear();
            }
            let asked = Asked::of(&request);
            let held = self.tablet.replica.held;
            let Some(response) = self.exchange(&request).await else {
                unanswered = true;
                self.shared.cut.fetch_add(1, Ordering::Relaxed);
                continue;
            };
            // The heart of it: what was acknowledged once is held for ever, by whichever process.
            assert!(
                response.held >= held,
                "{held} was held, {} is",
                response.held
            );
            assert_eq!(response.identity, Identity::Keep);
            assert_eq!(response.rejected, []);
            if only_asks && response.held > held {
                self.shared.held_unanswered.fetch_add(1, Ordering::Relaxed);
            }
            unanswered = false;
            let again = self.tablet.take(&asked, &response);
            self.shared.answered.send_modify(|answered| *answered += 1);
            if !again && self.tablet.replica.waiting() == 0 {
                return;
            }
        }
    }

    /// One request to one of the servers; nothing if it was not answered to the end.
    pub async fn exchange(&mut self, request: &Request) -> Option<wire::Response> {
        let mut servers = self.shared.servers.subscribe();
        let url = {
            let servers = servers
                .wait_for(|servers| !servers.is_empty())
                .await
                .unwrap();
            let choice = (self.below)(servers.len() as u64);
            servers[usize::try_from(choice).unwrap()].clone()
        };
        let sent = self
            .http
            .post(format!("{url}/api/sync"))
            .header("Origin", &url)
            .header("Cookie", &self.cookie)
            .header("Content-Type", wire::CONTENT_TYPE)
            .body(wire::encode(request));
        let answer = match sent.send().await {
            Ok(answer) if answer.status().is_success() => answer.bytes().await,
            Ok(answer) => {
                let status = answer.status();
                // Its database is away for a moment. Anything else is not to be said to a tablet.
                assert!(status.is_server_error(), "{status}");
                tokio::time::sleep(PAUSE).await;
                return None;
            }
            Err(error) => Err(error),
        };
        match answer {
            // The first message of an answer is one by itself.
            Ok(frame) => Some(wire::decode_responses(&frame).unwrap().swap_remove(0)),
            Err(error) => {
                assert!(!error.is_timeout(), "the server hangs");
                tokio::time::sleep(PAUSE).await;
                None
            }
        }
    }
}
