//! When photos are sent, and what to tell the person about it: after all entries, in pieces, on Wi-Fi only
//! if so set.

use crate::platform::connection::{self, Link};
use crate::platform::{self, lock};
use crate::session;
use crate::store::{Stage, Store};
use crate::sync::Sync;
use crate::sync::transport::{self, TransportError};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use thidua_domain::api::{MAX_ASKED_PHOTOS, MissingPhotos};
use thidua_domain::photo::Photo;
use thidua_domain::photo::upload::{Failure, Held, Step, Upload};
use thidua_domain::record::RecordKey;
use wasm_bindgen_futures::spawn_local;

/// What the sending of photos is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing waits, or it has not been its turn yet.
    Idle,
    /// One is on its way.
    Sending {
        /// Its record.
        photo: RecordKey,
        /// Bytes that the server holds.
        held: u32,
        /// Bytes that it has.
        size: u32,
    },
    /// Entries go first.
    AfterEntries,
    /// There is no connection, or the server cannot now; it goes on by itself.
    Later,
    /// The device is on a mobile network, and photos are to wait for Wi-Fi.
    WaitsForWifi,
    /// Photos are to wait for Wi-Fi, and the browser does not say what the device is on.
    LinkUnknown,
    /// The session has ended.
    SignedOut,
    /// A person has stopped it.
    Stopped,
    /// The tablet could not read a photo, or not note that it was sent.
    NotStored,
}

/// Why a round ended before all was sent.
enum End {
    Phase(Phase),
    /// Go on after so many milliseconds.
    Pause(u32),
}

/// The sending of photos of one tab. Cheap to clone.
#[derive(Clone)]
pub struct Photos(Rc<Inner>);

struct Inner {
    store: Store,
    sync: Sync,
    phase: RwSignal<Phase>,
    wifi_only: RwSignal<bool>,
    wifi_only_key: String,
    /// A person wants all that waits now to be sent whatever the network.
    anyway: Cell<bool>,
    stopped: Cell<bool>,
    running: Cell<bool>,
    again: Cell<bool>,
    /// Whether the server was asked which of the photos that were sent it has.
    compared: Cell<bool>,
    ended: Cell<bool>,
    next: RefCell<Option<Timeout>>,
    /// The photo that was on its way when a round ended.
    under_way: RefCell<Option<(RecordKey, Upload)>>,
}

impl Photos {
    /// Starts it: after each sync that went well, and when the network changes.
    pub fn start(store: Store, sync: Sync) -> Self {
        let account = store
            .replica()
            .with_untracked(|replica| replica.account.clone());
        let wifi_only_key = format!("so-thi-dua.photos-on-wifi.{account}");
        let wifi_only = platform::local_get(&wifi_only_key).is_some();
        let completed = sync.completed();
        let photos = Self(Rc::new(Inner {
            store,
            sync,
            phase: RwSignal::new(Phase::Idle),
            wifi_only: RwSignal::new(wifi_only),
            wifi_only_key,
            anyway: Cell::new(false),
            stopped: Cell::new(false),
            running: Cell::new(false),
            again: Cell::new(false),
            compared: Cell::new(false),
            ended: Cell::new(false),
            next: RefCell::new(None),
            under_way: RefCell::new(None),
        }));
        let synced = photos.clone();
        Effect::new(move |_| {
            if completed.get() > 0 {
                synced.go_on();
            }
        });
        let changed = photos.clone();
        connection::on_change(move || changed.go_on());
        photos
    }

    /// What it is doing.
    pub fn phase(&self) -> RwSignal<Phase> {
        self.0.phase
    }

    /// Whether photos wait for Wi-Fi. Reading it in a view subscribes to it.
    pub fn wifi_only(&self) -> RwSignal<bool> {
        self.0.wifi_only
    }

    /// Sets whether photos wait for Wi-Fi.
    pub fn set_wifi_only(&self, wifi_only: bool) {
        self.0.wifi_only.set(wifi_only);
        platform::local_set(&self.0.wifi_only_key, wifi_only.then_some("1"));
        self.0.anyway.set(false);
        self.go_on();
    }

    /// Sends what waits now, whatever the network.
    pub fn send_now(&self) {
        self.0.anyway.set(true);
        self.0.stopped.set(false);
        // Records first; when they have arrived, so does this.
        self.0.sync.now();
        self.go_on();
    }

    /// Stops sending until somebody wants it to go on; what the server holds by then it keeps.
    pub fn stop(&self) {
        self.0.stopped.set(true);
        *self.0.next.borrow_mut() = None;
        self.0.phase.set(Phase::Stopped);
    }

    /// Has photos tried again that the server would not take.
    pub fn try_again(&self, photo: RecordKey) {
        let photos = self.clone();
        spawn_local(async move {
            let noted = photos
                .0
                .store
                .note_photos(vec![(photo, Stage::Waiting)])
                .await;
            if noted.is_ok() {
                photos.send_now();
            }
        });
    }

    /// Ends for good: somebody else is about to use the tablet.
    pub fn end(&self) {
        self.0.ended.set(true);
        *self.0.next.borrow_mut() = None;
    }

    /// Sends what waits, if this is the time for it.
    pub fn go_on(&self) {
        let inner = &self.0;
        *inner.next.borrow_mut() = None;
        if inner.ended.get() || inner.stopped.get() {
            return;
        }
        if inner.running.replace(true) {
            inner.again.set(true);
            return;
        }
        let photos = self.clone();
        spawn_local(async move {
            let end = photos.clone().round().await;
            let inner = &photos.0;
            inner.running.set(false);
            let phase = match end {
                _ if inner.stopped.get() => Phase::Stopped,
                End::Phase(phase) => phase,
                End::Pause(ms) => {
                    photos.schedule(ms);
                    Phase::Later
                }
            };
            if phase == Phase::Idle {
                inner.anyway.set(false);
            }
            inner.phase.set(phase);
            if inner.again.replace(false) {
                photos.go_on();
            }
        });
    }

    fn schedule(&self, after_ms: u32) {
        if self.0.ended.get() {
            return;
        }
        let photos = self.clone();
        *self.0.next.borrow_mut() = Some(Timeout::new(after_ms, move || photos.go_on()));
    }

    /// One photo after the other, unless another tab is at it.
    async fn round(self) -> End {
        let account = self
            .0
            .store
            .replica()
            .with_untracked(|replica| replica.account.clone());
        if !session::has_cookie(&account) {
            return End::Phase(Phase::SignedOut);
        }
        let name = format!("so-thi-dua.photos.{account}");
        let photos = self.clone();
        let outcome = lock::if_free(&name, async move {
            if let Err(end) = photos.compare().await {
                return end;
            }
            let mut tried = BTreeSet::new();
            while let Some((photo, size)) = photos.next_waiting(&tried) {
                tried.insert(photo.clone());
                if let Err(end) = photos.send(photo, size).await {
                    return end;
                }
            }
            End::Phase(Phase::Idle)
        });
        outcome.await.unwrap_or(End::Phase(Phase::Idle))
    }

    /// The photo that has waited longest, of those that can be sent.
    fn next_waiting(&self, tried: &BTreeSet<RecordKey>) -> Option<(RecordKey, u32)> {
        let store = &self.0.store;
        let rows = store.photos().get_untracked();
        let waiting = rows.into_iter().filter(|(key, row)| {
            // Somebody else may have taken it out: then the bytes stay here, and are not sent.
            let shown = || untrack(|| store.record(key));
            row.stage == Stage::Waiting
                && !tried.contains(key)
                && shown().is_some_and(|record| Photo::read(key, &record).is_some())
        });
        let oldest = waiting.min_by_key(|(key, row)| (row.added_ms, key.clone()));
        oldest.map(|(key, row)| (key, row.bytes))
    }

    /// Whether this is the time for the next piece.
    fn may_send(&self, photo: &RecordKey) -> Result<(), End> {
        let inner = &self.0;
        let waiting = inner
            .store
            .replica()
            .with_untracked(|replica| replica.waiting());
        if inner.stopped.get() || inner.ended.get() {
            Err(End::Phase(Phase::Stopped))
        } else if waiting > 0 || inner.store.is_unsent(photo) {
            // The sync that sends them calls again.
            inner.sync.soon();
            Err(End::Phase(Phase::AfterEntries))
        } else if !inner.wifi_only.get_untracked() || inner.anyway.get() {
            Ok(())
        } else {
            match connection::link() {
                Link::Unmetered => Ok(()),
                Link::Mobile => Err(End::Phase(Phase::WaitsForWifi)),
                Link::Unknown => Err(End::Phase(Phase::LinkUnknown)),
            }
        }
    }

    async fn send(&self, photo: RecordKey, size: u32) -> Result<(), End> {
        self.may_send(&photo)?;
        let store = &self.0.store;
        let read = store.photo_bytes(&photo).await;
        let bytes = match read {
            Ok(Some(bytes)) => bytes,
            // Nothing that could be sent: it stays on the list, where the person sees it.
            Ok(None) => return Ok(()),
            Err(_) => return Err(End::Phase(Phase::NotStored)),
        };
        let url = format!("/api/uploads/{photo}");
        let mut upload = self.begin(&photo, size);
        loop {
            self.may_send(&photo)?;
            let answer: Result<Held, TransportError> = match upload.next() {
                Step::Ask => transport::json("GET", &url, None::<&()>).await,
                Step::Send(range) => {
                    let start = range.start;
                    let piece = bytes.get(range.start as usize..range.end as usize);
                    let piece = piece.unwrap_or_default();
                    transport::put(&format!("{url}?start={start}"), piece).await
                }
                Step::Done => return self.note(photo, Stage::Sent).await,
                Step::Refused(refusal) => {
                    return self.note(photo, Stage::Refused(refusal)).await;
                }
                Step::Wait(ms) => return Err(End::Pause(ms)),
                // The next sync calls again.
                Step::AfterSync => return Ok(()),
                Step::SignIn => return Err(End::Phase(Phase::SignedOut)),
            };
            match answer {
                Ok(held) => upload.answered(held),
                Err(error) => upload.failed(failure(error)),
            }
            *self.0.under_way.borrow_mut() = Some((photo.clone(), upload.clone()));
            self.0.phase.set(Phase::Sending {
                photo: photo.clone(),
                held: upload.held(),
                size,
            });
        }
    }

    /// Begins a photo, or goes on with the one that was on its way: pauses grow as long as nothing moves.
    fn begin(&self, photo: &RecordKey, size: u32) -> Upload {
        let before = self.0.under_way.borrow_mut().take();
        match before {
            Some((before, mut upload)) if before == *photo => {
                upload.again();
                upload
            }
            _ => Upload::new(size),
        }
    }

    async fn note(&self, photo: RecordKey, stage: Stage) -> Result<(), End> {
        let noted = self.0.store.note_photos(vec![(photo, stage)]).await;
        noted.map_err(|_| End::Phase(Phase::NotStored))
    }

    /// Asks once which of the photos that were sent the server has: one that was restored from a backup may
    /// have lost some, and gets them again.
    async fn compare(&self) -> Result<(), End> {
        if self.0.compared.get() {
            return Ok(());
        }
        let sent: Vec<RecordKey> = self.0.store.photos().with_untracked(|photos| {
            let sent = photos
                .iter()
                .filter(|(_, row)| row.stage == Stage::Sent && row.here);
            sent.map(|(key, _)| key.clone()).collect()
        });
        for records in sent.chunks(MAX_ASKED_PHOTOS) {
            let asked = MissingPhotos {
                records: records.to_vec(),
            };
            let answer: Result<MissingPhotos, _> =
                transport::json("POST", "/api/uploads", Some(&asked)).await;
            let missing = match answer {
                Ok(missing) => missing.records,
                // Nothing hangs on it: after the next sync again.
                Err(_) => return Ok(()),
            };
            let missing = missing.into_iter().map(|key| (key, Stage::Waiting));
            let noted = self.0.store.note_photos(missing.collect()).await;
            noted.map_err(|_| End::Phase(Phase::NotStored))?;
        }
        self.0.compared.set(true);
        Ok(())
    }
}

fn failure(error: TransportError) -> Failure {
    match error {
        TransportError::NoConnection
        | TransportError::NotTheServer
        | TransportError::OtherVersion => Failure::NoConnection,
        TransportError::Refused(problem) => Failure::Refused(problem.code),
    }
}
