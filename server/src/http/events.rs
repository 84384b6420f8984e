//! `GET /api/events`: a word to whoever watches that something arrived.

use super::guard::{self, Signed};
use super::problem::ApiError;
use super::{AppState, State};
use crate::store::Database;
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
use thidua_domain::sync::hub::Rules;
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
            let mut news = News::default();
            match first {
                Ok(changed) => news.communes.extend(changed.iter().cloned()),
                Err(RecvError::Lagged(_)) => news.anything = true,
                Err(RecvError::Closed) => return None,
            }
            self.gather(&mut news);
            // A commune that was made since the stream began may be among its own.
            if self.is_new_to(&news) {
                self.follow_areas().await?;
            }
            if self.readable(&news).is_empty() {
                continue;
            }
            tokio::time::sleep(PACE).await;
            self.gather(&mut news);
            // The session may have ended since the stream began, and the account been disabled.
            let now_ms = self.state.clock.now_ms();
            let session = self.state.db.session(self.signed.token, now_ms).await;
            session.ok().flatten()?;
            self.follow_areas().await?;
            let change = ChangeEvent {
                communes: self.readable(&news).into_iter().collect(),
            };
            return Event::default().event("change").json_data(change).ok();
        }
    }

    /// Adds all that is waiting.
    fn gather(&mut self, news: &mut News) {
        loop {
            match self.changes.try_recv() {
                Ok(changed) => news.communes.extend(changed.iter().cloned()),
                Err(TryRecvError::Lagged(_)) => news.anything = true,
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    fn is_new_to(&self, news: &News) -> bool {
        let Rules { tree, season, .. } = self.state.rules;
        let is_new = |code: &AreaCode| tree.get(code, season.date).is_none();
        let mut others = news.communes.difference(&self.own);
        others.any(is_new)
    }

    /// Goes by the areas as they are now; `None` where the database does not say.
    async fn follow_areas(&mut self) -> Option<()> {
        let now = self.state.now().await.ok()?;
        if !std::ptr::eq(now.rules.tree, self.state.rules.tree) {
            self.own = guard::readable_feeds(now.rules, &self.signed.principal);
            self.state = now;
        }
        Some(())
    }

    fn readable(&self, news: &News) -> BTreeSet<AreaCode> {
        if news.anything {
            return self.own.clone();
        }
        news.communes.intersection(&self.own).cloned().collect()
    }
}

/// What was told since the event before.
#[derive(Default)]
struct News {
    communes: BTreeSet<AreaCode>,
    /// So much was told that some was not heard.
    anything: bool,
}
