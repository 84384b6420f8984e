//! `GET /api/events`: a word to whoever watches that something arrived.

use super::AppState;
use super::guard::{self, Signed};
use super::problem::ApiError;
use crate::store::Database;
use axum::extract::State;
use axum::http::HeaderName;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use thidua_domain::api::ChangeEvent;
use thidua_domain::area::AreaCode;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, broadcast, watch};

/// Changes a watcher may be behind before it is told that everything may have changed.
const BEHIND: usize = 256;
/// Most watchers.
const MAX_WATCHERS: usize = 1_000;
/// How often a silent stream says that it is alive: proxies cut silent ones.
const ALIVE: Duration = Duration::from_secs(20);
/// Shortest time between two events of a stream; what happens meanwhile is put into one.
const PACE: Duration = Duration::from_millis(250);

type Changed = Arc<BTreeSet<AreaCode>>;

/// Where changes are told and heard.
#[derive(Clone)]
pub struct Events {
    sender: broadcast::Sender<Changed>,
    places: Arc<Semaphore>,
    stopped: watch::Receiver<bool>,
}

impl Events {
    /// Events that end when `stopped` says so.
    pub fn new(stopped: watch::Receiver<bool>) -> Self {
        Self {
            sender: broadcast::channel(BEHIND).0,
            places: Arc::new(Semaphore::new(MAX_WATCHERS)),
            stopped,
        }
    }

    /// Tells that something arrived from these communes. To be called after the commit.
    pub fn publish(&self, communes: BTreeSet<AreaCode>) {
        if !communes.is_empty() {
            // Nobody may be watching.
            let _ = self.sender.send(Arc::new(communes));
        }
    }
}

/// Streams what arrives from communes that the account may read.
pub(super) async fn events<D: Database>(
    State(state): State<AppState<D>>,
    signed: Signed,
) -> Result<impl IntoResponse, ApiError> {
    let place = Arc::clone(&state.events.places)
        .try_acquire_owned()
        .map_err(|_| ApiError::too_many_followers())?;
    let watcher = Watcher {
        changes: state.events.sender.subscribe(),
        stopped: state.events.stopped.clone(),
        own: guard::readable_feeds(state.rules, &signed.principal),
        state,
        signed,
        _place: place,
    };
    let keep_alive = KeepAlive::new().interval(ALIVE);
    // nginx would collect a stream before it passes it on.
    let unbuffered = [(HeaderName::from_static("x-accel-buffering"), "no")];
    Ok((
        unbuffered,
        Sse::new(watcher.stream()).keep_alive(keep_alive),
    ))
}

struct Watcher<D> {
    state: AppState<D>,
    signed: Signed,
    own: BTreeSet<AreaCode>,
    changes: broadcast::Receiver<Changed>,
    stopped: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
}

impl<D: Database> Watcher<D> {
    fn stream(self) -> impl Stream<Item = Result<Event, Infallible>> {
        // The first word tells the page that the stream is open.
        let opened = Event::default().comment("open");
        stream::unfold((self, Some(opened)), |(mut watcher, first)| async move {
            let event = match first {
                Some(event) => event,
                None => watcher.next().await?,
            };
            Some((Ok(event), (watcher, None)))
        })
    }

    /// The next event; `None` when the stream has to end.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let first = tokio::select! {
                first = self.changes.recv() => first,
                _ = self.stopped.wait_for(|stopped| *stopped) => return None,
            };
            let mut communes = match first {
                Ok(changed) => self.readable(&changed),
                Err(RecvError::Lagged(_)) => self.own.clone(),
                Err(RecvError::Closed) => return None,
            };
            self.gather(&mut communes);
            if communes.is_empty() {
                continue;
            }
            tokio::time::sleep(PACE).await;
            self.gather(&mut communes);
            // The session may have ended since the stream began, and the account been disabled.
            let now_ms = self.state.clock.now_ms();
            let session = self.state.db.session(self.signed.token, now_ms).await;
            session.ok().flatten()?;
            let change = ChangeEvent {
                communes: communes.into_iter().collect(),
            };
            return Event::default().event("change").json_data(change).ok();
        }
    }

    /// Adds all that is waiting.
    fn gather(&mut self, communes: &mut BTreeSet<AreaCode>) {
        loop {
            match self.changes.try_recv() {
                Ok(changed) => communes.extend(self.readable(&changed)),
                Err(TryRecvError::Lagged(_)) => communes.extend(self.own.iter().cloned()),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    fn readable(&self, changed: &Changed) -> BTreeSet<AreaCode> {
        changed.intersection(&self.own).cloned().collect()
    }
}
