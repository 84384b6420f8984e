//! The HTTP side: routes, and what surrounds every request.

mod accounts;
mod areas;
mod assets;
mod attempts;
mod body;
mod books;
mod boundaries;
mod bulk;
mod compare;
mod courier;
mod csv;
mod delegations;
mod entries;
mod events;
mod figures;
mod guard;
mod handovers;
mod inspections;
mod listen;
mod open;
mod outliers;
mod overview;
mod own;
mod photos;
mod preview;
mod problem;
mod push;
mod queue;
mod readings;
mod receipts;
mod reminders;
mod reports;
mod review;
mod session;
mod settings;
mod standings;
mod state;
mod sync;
mod tables;
mod targets;
mod trend;
mod turns;
mod uploads;

pub use events::Events;
pub use problem::ApiError;

use crate::accounts::AccountError;
use crate::clock::Clock;
use crate::keys::ServerKeys;
use crate::store::{Database, StoreError};
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router, extract};
use state::{AppState, State};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use thidua_domain::sync::hub::Rules;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use tower_http::decompression::RequestDecompressionLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// How long an answer may take: a slow link needs minutes for a large backlog.
const ANSWER_TIME: Duration = Duration::from_secs(180);
/// How long a body may stand still on its way here.
const BODY_IDLE: Duration = Duration::from_secs(30);
/// How long requests may go on after the server was told to stop.
const STOP_TIME: Duration = Duration::from_secs(10);

/// What a server needs besides a database.
pub struct Options {
    /// Rules in force.
    pub rules: Rules,
    /// The time.
    pub clock: Clock,
    /// Where the app's files lie.
    pub dist: PathBuf,
    /// Whether `X-Forwarded-*` are a proxy's own words.
    pub trust_proxy: bool,
}

/// The app and its API without connections, which [`serve`] brings. Streams of events end when `stopped` says so.
pub async fn service<D: Database>(
    db: D,
    options: Options,
    stopped: watch::Receiver<bool>,
) -> Result<Router, ServeError> {
    let keys = ServerKeys::of(&db).await?;
    router(db, keys, options, stopped)
}

/// Serves until `stop` ends, and returns when what was under way is done.
pub async fn serve<D: Database>(
    listener: TcpListener,
    db: D,
    options: Options,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let (stopping, stopped) = watch::channel(false);
    let app = service(db, options, stopped.clone()).await?;
    tokio::spawn(async move {
        stop.await;
        // Ends the streams of events as well, which would go on for ever.
        let _ = stopping.send(true);
    });
    let serving = listen::serve(listener, app, stopped.clone(), listen::HEAD_TIME);
    let patience = async {
        wait(stopped).await;
        tokio::time::sleep(STOP_TIME).await;
    };
    tokio::select! {
        () = serving => {}
        () = patience => {}
    }
    Ok(())
}

async fn wait(mut stopped: watch::Receiver<bool>) {
    // An error means that the sender has gone, which is a stop too.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

/// Why the server could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Password hashing does not work.
    #[error(transparent)]
    Accounts(#[from] AccountError),
    /// The server's keys could not be read or made.
    #[error(transparent)]
    Keys(#[from] StoreError),
}

fn router<D: Database>(
    db: D,
    keys: ServerKeys,
    options: Options,
    stopped: watch::Receiver<bool>,
) -> Result<Router, ServeError> {
    let assets = assets::Assets::new(&options.dist);
    let policy = assets.content_security_policy();
    let state = AppState::new(db, keys, options, stopped)?;
    let around = ServiceBuilder::new()
        .layer(from_fn(log))
        .layer(from_fn(in_time))
        // What sync says is compressed already, and read before all of it has arrived.
        .layer(
            CompressionLayer::new().compress_when(DefaultPredicate::new().and(
                NotForContentType::const_new(thidua_domain::sync::wire::CONTENT_TYPE),
            )),
        )
        .layer(CatchPanicLayer::custom(|_| {
            ApiError::internal().into_response()
        }))
        .layer(RequestBodyTimeoutLayer::new(BODY_IDLE))
        .layer(
            RequestDecompressionLayer::new()
                .gzip(true)
                .deflate(true)
                .pass_through_unaccepted(true),
        )
        .map_request(|request: axum::http::Request<_>| request.map(axum::body::Body::new))
        .layer(from_fn_with_state(state.clone(), guard::same_origin::<D>))
        .layer(from_fn_with_state(state.clone(), guard::identify::<D>));
    let api = Router::new()
        .route(
            "/session",
            post(session::sign_in::<D>)
                .get(session::show::<D>)
                .delete(session::sign_out::<D>),
        )
        .route(
            "/accounts",
            get(accounts::accounts::<D>).post(accounts::add::<D>),
        )
        .route("/accounts/{name}", post(accounts::change::<D>))
        .route("/accounts/{name}/password", post(accounts::password::<D>))
        .route(
            "/accounts/{name}/sessions/{id}",
            delete(accounts::end_session::<D>),
        )
        .route(
            "/delegations",
            get(delegations::delegations::<D>).post(delegations::give::<D>),
        )
        .route("/delegations/csv", get(delegations::table::<D>))
        .route("/delegations/{id}/end", post(delegations::end::<D>))
        .route("/sync", post(sync::sync::<D>))
        .route("/areas/move", post(areas::relocate::<D>))
        .route(
            "/handovers",
            get(handovers::handovers::<D>).post(handovers::decide::<D>),
        )
        .route("/courier", post(courier::import::<D>))
        .route("/receipts", post(receipts::receipts::<D>))
        .route("/overview", get(overview::overview::<D>))
        .route("/overview/reformed", get(overview::reformed::<D>))
        .route("/overview/reformed/csv", get(overview::reformed_table::<D>))
        .route("/communes", get(overview::communes::<D>))
        .route(
            "/figures",
            get(figures::figures::<D>).post(figures::report::<D>),
        )
        .route("/figures/csv", get(figures::table::<D>))
        .route(
            "/settings",
            get(settings::settings::<D>).post(settings::set::<D>),
        )
        .route("/settings/preview", post(preview::preview::<D>))
        .route(
            "/reminders",
            get(reminders::reminders::<D>).post(reminders::remind::<D>),
        )
        .route("/reminders/csv", get(reminders::table::<D>))
        .route(
            "/inspections",
            get(inspections::inspections::<D>).post(inspections::write::<D>),
        )
        .route("/inspections/csv", get(inspections::table::<D>))
        .route("/reports/{area}", get(reports::desk::<D>))
        .route("/reports/{area}/draft/{format}", post(reports::draft::<D>))
        .route("/reports/{area}/final", post(reports::issue::<D>))
        .route("/papers/{id}/{format}", get(reports::file::<D>))
        .route("/boundaries", get(boundaries::boundaries::<D>))
        .route("/compare", get(compare::compare::<D>))
        .route("/compare/csv", get(compare::table::<D>))
        .route("/outliers", get(outliers::outliers::<D>))
        .route("/outliers/csv", get(outliers::table::<D>))
        .route("/trend", get(trend::trend::<D>))
        .route("/trend/csv", get(trend::table::<D>))
        .route(
            "/targets",
            get(targets::targets::<D>).post(targets::set::<D>),
        )
        .route("/targets/csv", get(targets::table::<D>))
        .route("/tables/{table}", get(tables::table::<D>))
        .route("/books/{book}", get(books::lines::<D>))
        .route("/books/{book}/csv", get(books::table::<D>))
        .route("/v1/openapi.json", get(open::description))
        .route("/v1/areas", get(open::areas::<D>))
        .route("/v1/counts", get(open::counts::<D>))
        .route("/v1/entries", get(open::entries::<D>))
        .route("/standings", get(standings::standings::<D>))
        .route("/entries/{*key}", get(entries::entry::<D>))
        .route("/photos/{*key}", get(photos::photo::<D>))
        .route("/uploads", post(uploads::missing::<D>))
        .route(
            "/uploads/{*key}",
            get(uploads::held::<D>).put(uploads::add::<D>),
        )
        .route("/queue", get(queue::queue::<D>))
        .route("/review", post(review::review::<D>))
        .route("/review/bulk", post(bulk::review::<D>))
        .route("/events", get(events::events::<D>))
        .route("/health", get(health))
        .fallback(nothing_here)
        .method_not_allowed_fallback(nothing_here)
        .layer(around)
        .with_state(state);
    Ok(Router::new()
        .nest("/api", api)
        .fallback_service(assets.into_service())
        .layer(from_fn_with_state(policy, headers)))
}

async fn nothing_here() -> ApiError {
    ApiError::not_found()
}

async fn health() -> Json<serde_json::Value> {
    Json(serde_json::json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
}

/// Middleware: headers that every answer has. A sync has only the one it needs: what it says is for a
/// program, is never shown as a page, and an answer to `POST` without a term is not kept by any cache;
/// on a slow connection the rest would cost more than what there is to say.
async fn headers(
    extract::State(content_security_policy): extract::State<HeaderValue>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    if headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|it| it == thidua_domain::sync::wire::CONTENT_TYPE)
    {
        return response;
    }
    let fixed = [
        (header::REFERRER_POLICY, "no-referrer"),
        (
            header::HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            header::HeaderName::from_static("permissions-policy"),
            // The hints about the browser would be 115 bytes of every request, and nobody here reads them.
            "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), \
             ch-ua=(), ch-ua-mobile=(), ch-ua-platform=()",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, content_security_policy);
    // Files say themselves how long they last; everything else is of this moment.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Middleware: an answer that takes too long is given up.
async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(ANSWER_TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let mut response = ApiError::too_slow().into_response();
            *response.status_mut() = StatusCode::REQUEST_TIMEOUT;
            response
        }
    }
}

/// Middleware: notes route, status and time; never a key, a query, an account or an address.
async fn log(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    tracing::debug!(
        %method,
        route = route.as_ref().map_or("-", MatchedPath::as_str),
        status = response.status().as_u16(),
        ms = begun.elapsed().as_millis(),
        "answered"
    );
    response
}
