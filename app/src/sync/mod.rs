//! When to sync, and what to tell the person about it.

pub mod courier;
pub mod receipts;
pub mod transport;

use crate::platform::{self, lock};
use crate::session;
use crate::store::Store;
use crate::texts::faults;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use thidua_domain::api::{Problem, ProblemCode};
use thidua_domain::sync::replica::{Asked, BODY_EDITS, MESSAGE_EDITS, Replica};
use thidua_domain::sync::wire::{self, Request};
use transport::TransportError;
use wasm_bindgen_futures::spawn_local;

/// Edits made within this time travel together.
const DEBOUNCE_MS: u32 = 2_000;
/// How often to ask for news while nothing is written.
const POLL_MS: u32 = 60_000;
/// First and longest pause after a failure.
const RETRY_MS: (u32, u32) = (10_000, 300_000);

/// What sync is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing; the last attempt, if there was one, went well.
    Idle,
    /// Sending and fetching.
    Running,
    /// There is no connection. Everything stays on the tablet and goes out by itself later.
    NoConnection,
    /// Something other than the server answers.
    NotTheServer,
    /// The session has ended: the person has to sign in again; what waits stays.
    SignedOut,
    /// The program and the server speak different versions.
    OtherVersion,
    /// The server refused, and says why.
    Refused(Problem),
    /// The tablet could not store what arrived.
    NotStored(String),
}

/// The sync loop of one tab. Cheap to clone.
#[derive(Clone)]
pub struct Sync(Rc<Inner>);

struct Inner {
    store: Store,
    phase: RwSignal<Phase>,
    last_success: RwSignal<Option<u64>>,
    last_success_key: String,
    clock_error: RwSignal<i64>,
    completed: RwSignal<u32>,
    running: Cell<bool>,
    stopped: Cell<bool>,
    again: Cell<bool>,
    pause_ms: Cell<u32>,
    /// Whether a body was sent of which it is not known how much has arrived.
    cut: Cell<bool>,
    /// Most edits in a body: fewer where long bodies do not arrive.
    most: Cell<usize>,
    next: RefCell<Option<Timeout>>,
}

impl Sync {
    /// Starts the loop: now, when the connection returns, when the page is looked at again, and
    /// whenever something waits.
    pub fn start(store: Store) -> Self {
        let account = store
            .replica()
            .with_untracked(|replica| replica.account.clone());
        let last_success_key = format!("so-thi-dua.last-sync.{account}");
        let last_success = platform::local_get(&last_success_key).and_then(|at| at.parse().ok());
        let sync = Self(Rc::new(Inner {
            store,
            phase: RwSignal::new(Phase::Idle),
            last_success: RwSignal::new(last_success),
            last_success_key,
            clock_error: RwSignal::new(0),
            completed: RwSignal::new(0),
            running: Cell::new(false),
            stopped: Cell::new(false),
            again: Cell::new(false),
            pause_ms: Cell::new(RETRY_MS.0),
            cut: Cell::new(false),
            most: Cell::new(BODY_EDITS),
            next: RefCell::new(None),
        }));
        let window = platform::window();
        let on_online = sync.clone();
        platform::on(window.as_ref(), "online", move || on_online.now());
        let on_offline = sync.clone();
        platform::on(window.as_ref(), "offline", move || {
            on_offline.0.phase.set(Phase::NoConnection);
        });
        if let Some(document) = window.document() {
            let on_visible = sync.clone();
            let visible = document.clone();
            platform::on(document.as_ref(), "visibilitychange", move || {
                if !visible.hidden() {
                    on_visible.now();
                }
            });
        }
        sync.now();
        sync
    }

    /// What sync is doing.
    pub fn phase(&self) -> RwSignal<Phase> {
        self.0.phase
    }

    /// When it last went well, in milliseconds since 1970.
    pub fn last_success(&self) -> RwSignal<Option<u64>> {
        self.0.last_success
    }

    /// By how many milliseconds the tablet's clock was ahead of the server's at the last answer.
    pub fn clock_error(&self) -> RwSignal<i64> {
        self.0.clock_error
    }

    /// How many rounds this tab has brought to a good end since it was opened.
    pub fn completed(&self) -> RwSignal<u32> {
        self.0.completed
    }

    /// Syncs soon: called after an edit.
    pub fn soon(&self) {
        self.schedule(DEBOUNCE_MS);
    }

    /// Stops for good: somebody else is about to use the tablet.
    pub fn stop(&self) {
        self.0.stopped.set(true);
        *self.0.next.borrow_mut() = None;
    }

    /// Syncs now.
    pub fn now(&self) {
        if self.0.stopped.get() {
            return;
        }
        *self.0.next.borrow_mut() = None;
        if self.0.running.replace(true) {
            self.0.again.set(true);
            return;
        }
        let sync = self.clone();
        spawn_local(async move {
            sync.0.phase.set(Phase::Running);
            let phase = sync.clone().round().await;
            sync.0.running.set(false);
            let failed = !matches!(phase, Phase::Idle);
            sync.0.phase.set(phase);
            if sync.0.again.replace(false) && !failed {
                sync.now();
                return;
            }
            let pause = sync.0.pause_ms.get();
            if failed && sync.0.cut.get() && pause == RETRY_MS.0 {
                // The link worked a moment ago.
                sync.0.pause_ms.set(pause * 2);
                sync.schedule(DEBOUNCE_MS);
            } else if failed {
                sync.0.pause_ms.set((pause * 2).min(RETRY_MS.1));
                sync.schedule(pause);
            } else {
                sync.0.pause_ms.set(RETRY_MS.0);
                sync.schedule(POLL_MS);
            }
        });
    }

    fn schedule(&self, after_ms: u32) {
        if self.0.stopped.get() {
            return;
        }
        let sync = self.clone();
        *self.0.next.borrow_mut() = Some(Timeout::new(after_ms, move || sync.now()));
    }

    /// Requests until neither side has more, unless another tab is at it.
    async fn round(self) -> Phase {
        let account = self
            .0
            .store
            .replica()
            .with_untracked(|replica| replica.account.clone());
        let name = format!("so-thi-dua.sync.{account}");
        let sync = self.clone();
        let outcome = lock::if_free(&name, async move {
            loop {
                match sync.once().await {
                    // Something got through: a link that is cut again and again is tried again soon.
                    Ok(true) => sync.0.pause_ms.set(RETRY_MS.0),
                    Ok(false) => break Phase::Idle,
                    Err(phase) => break phase,
                }
            }
        })
        .await;
        match outcome {
            Some(Phase::Idle) => {
                self.ask_for_receipts().await;
                self.0.completed.update(|count| *count += 1);
                Phase::Idle
            }
            Some(phase) => phase,
            // Another tab is syncing for this account; its result arrives over the store.
            None => Phase::Idle,
        }
    }

    /// Asks for receipts if it is time.
    async fn ask_for_receipts(&self) {
        let store = &self.0.store;
        let server_ms =
            platform::now_ms().saturating_add_signed(-self.0.clock_error.get_untracked());
        let due = |replica: &Replica| receipts::are_due(replica, server_ms);
        if store.replica().with_untracked(due) {
            receipts::ask(store).await;
        }
    }

    async fn once(&self) -> Result<bool, Phase> {
        let store = &self.0.store;
        let stored = |error: crate::store::StoreError| Phase::NotStored(faults::not_stored(&error));
        let (replica, edits) = store.to_send(self.0.most.get()).await.map_err(stored)?;
        // One officer's work must not travel under another's name.
        if !session::has_cookie(&replica.account) {
            return Err(Phase::SignedOut);
        }
        let messages = edits.len().div_ceil(MESSAGE_EDITS);
        // Where a body was cut, how much of it has arrived is asked first; of one message it is not
        // worth it.
        let asks = self.0.cut.get() && messages > 1;
        let (body, last) = if asks {
            let request = replica.ask_after(&edits, MESSAGE_EDITS);
            (wire::encode(&request), request)
        } else {
            body_of(replica.requests(edits))
        };
        let answers = match transport::sync(&body).await {
            Ok(answers) => answers,
            Err(error) => {
                self.0.cut.set(self.0.cut.get() || messages > 1);
                return Err(failure(error));
            }
        };
        let mut asked = Asked::of(&last);
        let mut again = false;
        let (held, server_time) = (answers.responses[0].held, answers.responses[0].server_time);
        for response in &answers.responses {
            again = store.take_answer(&asked, response).await.map_err(stored)?;
            asked.advance(response);
        }
        self.0.cut.set(false);
        let most = self.0.most.get();
        if !asks {
            self.0.most.set((most * 2).min(BODY_EDITS));
        } else if held < first_of(&last) {
            // Nothing has arrived: something on the way keeps a body until it is whole. Then less at
            // once has to do.
            self.0
                .most
                .set((most.min(messages * MESSAGE_EDITS) / 2).max(MESSAGE_EDITS));
        }
        self.0.pause_ms.set(RETRY_MS.0);
        if let Some(error) = answers.broken {
            return Err(failure(error));
        }
        let now = platform::now_ms();
        let clock_error = now.cast_signed() - server_time.cast_signed();
        self.0.clock_error.set(clock_error);
        self.0.last_success.set(Some(now));
        platform::local_set(&self.0.last_success_key, Some(&now.to_string()));
        Ok(again)
    }
}

/// As many of the requests as a body has room for, and the last of them.
fn body_of(requests: Vec<Request>) -> (Vec<u8>, Request) {
    let mut requests = requests.into_iter();
    let mut last = requests.next().expect("there is always one");
    let mut writer = wire::Writer::default().with(&last);
    for request in requests {
        if !writer.has_room() {
            break;
        }
        writer = writer.with(&request);
        last = request;
    }
    (writer.finish(), last)
}

/// The number of the first edit that a question is about.
fn first_of(request: &Request) -> u32 {
    request.sent.as_ref().map_or(0, |sent| sent.first)
}

fn failure(error: TransportError) -> Phase {
    match error {
        TransportError::NoConnection => Phase::NoConnection,
        TransportError::NotTheServer => Phase::NotTheServer,
        TransportError::OtherVersion => Phase::OtherVersion,
        TransportError::Refused(problem) if problem.code == ProblemCode::NotSignedIn => {
            Phase::SignedOut
        }
        TransportError::Refused(problem) => Phase::Refused(problem),
    }
}
