//! Pages asked for by a reviewer of the province.

use super::Failure;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use serde::Serialize;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use thidua_domain::access::Role;
use thidua_server::accounts::{self, Passwords, generate_password};
use thidua_server::clock::Clock;
use thidua_server::http::{self, Options};
use thidua_server::store::contract::rules;
use thidua_server::store::{Account, Database, Sqlite};
use tokio::sync::watch;
use tower::ServiceExt as _;

/// Requests for each page, each way.
const REQUESTS: usize = 400;
const REVIEWER: &str = "bench-so-noi-vu";

/// How long a page took, in milliseconds.
#[derive(Serialize)]
pub struct Asked {
    /// On the server, half of the requests at most.
    pub p50_ms: f64,
    /// On the server, all but one in a hundred.
    pub p99_ms: f64,
    /// What a client waited over HTTP on loopback.
    pub waited_p50_ms: f64,
    /// The same, all but one in a hundred.
    pub waited_p99_ms: f64,
}

/// A reviewer who is signed in, with a server of their own.
pub struct Asker {
    service: Router,
    cookie: String,
    client: reqwest::Client,
    url: String,
    /// Streams of events go on until this goes.
    _going_on: watch::Sender<bool>,
}

impl Asker {
    pub async fn new(database: &Sqlite) -> Result<Self, Failure> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (going_on, stopped) = watch::channel(false);
        let service = http::service(database.clone(), options(), stopped).await?;
        let never = std::future::pending();
        tokio::spawn(http::serve(listener, database.clone(), options(), never));

        let cookie = signed_in(database, &url, REVIEWER, Role::ProvinceReviewer).await?;
        let mut headers = reqwest::header::HeaderMap::new();
        headers.insert("cookie", cookie.parse()?);
        Ok(Self {
            service,
            cookie,
            client: reqwest::Client::builder()
                .default_headers(headers)
                .build()?,
            url,
            _going_on: going_on,
        })
    }

    /// Asks for a page again and again.
    pub async fn ask(&self, path: &str) -> Result<Asked, Failure> {
        let mut answered = Vec::with_capacity(REQUESTS);
        for _ in 0..REQUESTS {
            let request = Request::get(path)
                .header(header::COOKIE, &self.cookie)
                .header(header::ACCEPT_ENCODING, "gzip");
            let request = request.body(Body::empty())?;
            let begun = Instant::now();
            let answer = self.service.clone().oneshot(request).await?;
            if !answer.status().is_success() {
                return Err(format!("{path}: {}", answer.status()).into());
            }
            to_bytes(answer.into_body(), usize::MAX).await?;
            answered.push(begun.elapsed());
        }
        let mut waited = Vec::with_capacity(REQUESTS);
        for _ in 0..REQUESTS {
            let begun = Instant::now();
            let answer = self.client.get(format!("{}{path}", self.url)).send();
            answer.await?.error_for_status()?.bytes().await?;
            waited.push(begun.elapsed());
        }
        let [p50_ms, p99_ms] = percentiles(answered);
        let [waited_p50_ms, waited_p99_ms] = percentiles(waited);
        Ok(Asked {
            p50_ms,
            p99_ms,
            waited_p50_ms,
            waited_p99_ms,
        })
    }

    /// The client, and where the server is.
    pub fn into_client(self) -> (reqwest::Client, String) {
        (self.client, self.url)
    }
}

fn percentiles(mut times: Vec<Duration>) -> [f64; 2] {
    times.sort_unstable();
    [50, 99].map(|hundredth| times[(times.len() - 1) * hundredth / 100].as_secs_f64() * 1_000.0)
}

fn options() -> Options {
    Options {
        rules: rules(),
        clock: Clock::system(),
        dist: PathBuf::new(),
        trust_proxy: false,
    }
}

/// The session's cookie of an account for the whole province, which is there from then on.
pub async fn signed_in(
    database: &Sqlite,
    url: &str,
    name: &str,
    role: Role,
) -> Result<String, Failure> {
    let passwords = Passwords::new()?;
    let password = generate_password();
    let account = Account {
        name: name.to_owned(),
        display_name: name.to_owned(),
        role,
        areas: vec![rules().tree.province().code.clone()],
        disabled: false,
    };
    match database.account(name.to_owned()).await? {
        Some(_) => accounts::set_password(database, &passwords, name, &password).await?,
        None => accounts::add(database, &passwords, account, &password, 0).await?,
    }
    let body = serde_json::json!({ "account": name, "password": password });
    let asked = reqwest::Client::new().post(format!("{url}/api/session"));
    let answer = asked.header("Origin", url).json(&body).send().await?;
    let answer = answer.error_for_status()?;
    let cookie = answer.headers().get("set-cookie").ok_or("a cookie")?;
    let cookie = cookie.to_str()?.split(';').next().ok_or("a cookie")?;
    Ok(cookie.to_owned())
}
