//! A server on a port of its own, and clients of it.

use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;
use thidua_domain::access::Role;
use thidua_domain::api::{Problem, ProblemCode, SignIn};
use thidua_domain::area::AreaCode;
use thidua_domain::sync::replica::{Asked, BODY_EDITS};
use thidua_domain::sync::wire::{self, Request};
use thidua_server::accounts::Passwords;
use thidua_server::clock::Clock;
use thidua_server::http::{self, Options};
use thidua_server::store::contract::{NOW, Tablet, commune, rules};
use thidua_server::store::{Account, Database, Sqlite};
use tokio::net::TcpListener;
use tokio::sync::{OnceCell, oneshot};
use tokio::task::JoinHandle;

/// The password of all accounts.
pub const PASSWORD: &str = "một mật khẩu dài";

/// A running server.
pub struct Server<D = Sqlite> {
    /// Where it is: `http://127.0.0.1:PORT`.
    pub url: String,
    /// Its database.
    pub database: D,
    /// Its clock.
    pub now: Arc<AtomicU64>,
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<()>>,
    _data: Option<TempDir>,
    dist: TempDir,
}

/// What an account of a test is called and may do.
pub struct Who {
    pub name: &'static str,
    pub role: Role,
    pub areas: Vec<AreaCode>,
}

/// The officer of a commune, by the commune's place in the catalogue.
pub fn officer(name: &'static str, place: usize) -> Who {
    let areas = vec![commune(place)];
    Who {
        name,
        role: Role::CommuneOfficer,
        areas,
    }
}

/// Somebody of another role.
pub fn other(name: &'static str, role: Role, area: &AreaCode) -> Who {
    Who {
        name,
        role,
        areas: vec![area.clone()],
    }
}

/// The district of a commune.
pub fn district(place: usize) -> AreaCode {
    let rules = rules();
    let above = rules.tree.ancestors(&commune(place), rules.season.date);
    above.last().expect("a district").code.clone()
}

/// The province.
pub fn province() -> AreaCode {
    rules().tree.province().code.clone()
}

/// The place in the catalogue of a commune of another district than that of the first.
pub fn elsewhere() -> usize {
    let far = (0..).find(|place| district(*place) != district(0));
    far.expect("another district")
}

impl Server {
    /// Starts a server for these accounts.
    pub async fn start(accounts: &[Who]) -> Self {
        Self::start_with(accounts, false, |_| {}).await
    }

    /// Starts a server whose app `build` puts into a directory.
    pub async fn start_with(
        accounts: &[Who],
        trust_proxy: bool,
        build: impl FnOnce(&Path),
    ) -> Self {
        let data = tempfile::tempdir().unwrap();
        let dist = tempfile::tempdir().unwrap();
        build(dist.path());
        let database = Sqlite::open(data.path()).unwrap();
        add_accounts(&database, accounts).await;
        Self {
            _data: Some(data),
            ..Self::over(database, dist, trust_proxy).await
        }
    }
}

/// Adds these accounts to a database.
pub async fn add_accounts(database: &impl Database, accounts: &[Who]) {
    // Hashed once: it takes its time on purpose.
    static HASH: OnceCell<String> = OnceCell::const_new();
    let hash = HASH
        .get_or_init(|| async { Passwords::new().unwrap().hash(PASSWORD).await.unwrap() })
        .await;
    for who in accounts {
        let account = Account {
            name: who.name.to_owned(),
            display_name: format!("Tài khoản {}", who.name),
            role: who.role,
            areas: who.areas.clone(),
            disabled: false,
        };
        database
            .add_account(account, hash.clone(), NOW)
            .await
            .unwrap();
    }
}

impl<D: Database> Server<D> {
    /// Starts a server, without an app, over a database that others may have open too.
    pub async fn beside(database: D) -> Self {
        Self::over(database, tempfile::tempdir().unwrap(), false).await
    }

    async fn over(database: D, dist: TempDir, trust_proxy: bool) -> Self {
        let now = Arc::new(AtomicU64::new(NOW));
        let shown = Arc::clone(&now);
        let options = Options {
            rules: rules(),
            clock: Clock::from_fn(move || shown.load(Ordering::SeqCst)),
            dist: dist.path().to_owned(),
            trust_proxy,
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let served = database.clone();
        let task = tokio::spawn(async move {
            let stopped = async { stopped.await.unwrap_or(()) };
            http::serve(listener, served, options, stopped)
                .await
                .unwrap();
        });
        Self {
            url,
            database,
            now,
            stop: Some(stop),
            task: Some(task),
            _data: None,
            dist,
        }
    }

    /// Where the app's files are.
    pub fn dist(&self) -> &Path {
        self.dist.path()
    }

    /// Lets time pass.
    pub fn wait(&self, ms: u64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    /// Tells the server to stop, and returns when it has.
    pub async fn stop(&mut self) {
        drop(self.stop.take());
        self.task.take().unwrap().await.unwrap();
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Client {
        Client {
            http: reqwest::Client::new(),
            url: self.url.clone(),
            cookie: None,
        }
    }

    /// Signs somebody in.
    pub async fn client(&self, name: &str) -> Client {
        let mut client = self.stranger();
        let response = client.sign_in(name, PASSWORD).await;
        assert_eq!(response.status(), 200, "{name}");
        client.cookie = cookie_of(&response);
        client
    }

    /// The tablet of an officer, and its connection.
    pub async fn tablet(&self, name: &str, device: u64, place: usize) -> (Tablet, Client) {
        let tablet = Tablet::new(name, device, &[commune(place)]);
        (tablet, self.client(name).await)
    }
}

/// The session's cookie that an answer sets, as it is sent back.
pub fn cookie_of(response: &Response) -> Option<String> {
    let cookie = response.headers().get("set-cookie")?.to_str().ok()?;
    cookie.split(';').next().map(str::to_owned)
}

/// A browser, as far as the server can tell.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    pub cookie: Option<String>,
}

impl Client {
    /// A request from a page of the server's own.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self
            .http
            .request(method, format!("{}{path}", self.url))
            .header("Origin", &self.url);
        match &self.cookie {
            Some(cookie) => request.header("Cookie", cookie),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    /// Reads JSON that has to be there.
    pub async fn read<T: DeserializeOwned>(&self, path: &str) -> T {
        let response = self.get(path).await;
        assert_eq!(response.status(), 200, "{path}");
        response.json().await.unwrap()
    }

    /// Reads a table that has to be there: its lines, without the mark at its head.
    pub async fn table(&self, path: &str) -> Vec<String> {
        let response = self.get(path).await;
        assert_eq!(response.status(), 200, "{path}");
        let kind = response.headers()["content-type"].clone();
        assert_eq!(kind, "text/csv; charset=utf-8; header=present", "{path}");
        // As bytes: reading as text would swallow the mark.
        let bytes = response.bytes().await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let text = text.strip_prefix('\u{feff}').expect("the mark");
        text.split_terminator("\r\n").map(str::to_owned).collect()
    }

    pub async fn post(&self, path: &str, body: &impl Serialize) -> Response {
        self.request(Method::POST, path)
            .json(body)
            .send()
            .await
            .unwrap()
    }

    pub async fn sign_in(&self, name: &str, password: &str) -> Response {
        let body = SignIn {
            account: name.to_owned(),
            password: password.to_owned(),
        };
        self.post("/api/session", &body).await
    }

    /// Sends bytes as a sync request.
    pub async fn send_frame(&self, frame: Vec<u8>) -> Response {
        let request = self.request(Method::POST, "/api/sync");
        let typed = request.header("Content-Type", wire::CONTENT_TYPE);
        typed.body(frame).send().await.unwrap()
    }

    /// One exchange of a tablet: a body with these messages, and the answers in one body.
    pub async fn exchange_all(&self, requests: &[Request]) -> Vec<wire::Response> {
        let response = self.send_frame(wire::encode_all(requests)).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], wire::CONTENT_TYPE);
        wire::decode_responses(&response.bytes().await.unwrap()).unwrap()
    }

    /// One exchange of a tablet that is answered by one message.
    pub async fn exchange(&self, request: &Request) -> wire::Response {
        let mut answers = self.exchange_all(std::slice::from_ref(request)).await;
        assert_eq!(answers.len(), 1);
        answers.remove(0)
    }

    /// Syncs a tablet until there is nothing more on either side; how many requests it took.
    pub async fn sync(&self, tablet: &mut Tablet) -> usize {
        for count in 1.. {
            let requests = tablet.replica.requests(tablet.to_send(BODY_EDITS));
            let mut asked = Asked::of(requests.last().unwrap());
            let mut again = false;
            for answer in self.exchange_all(&requests).await {
                again = tablet.take(&asked, &answer);
                asked.advance(&answer);
            }
            if !again {
                return count;
            }
        }
        unreachable!()
    }
}

/// Holds an answer to be this problem, in the server's own words.
pub async fn assert_problem(response: Response, status: u16, code: ProblemCode, what: &str) {
    assert_eq!(
        response.status(),
        StatusCode::from_u16(status).unwrap(),
        "{what}"
    );
    let content_type = response.headers()["content-type"].clone();
    assert_eq!(content_type, "application/json", "{what}");
    let problem: Problem = response.json().await.unwrap();
    assert_eq!(problem.code, code, "{what}");
    assert!(!problem.message.is_empty(), "{what}");
}
