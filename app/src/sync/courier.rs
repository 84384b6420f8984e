//! Bundles and replies as the app handles them: sealing one's own, taking in what comes, delivering what is
//! carried for others.

use super::transport::{self, TransportError};
use crate::platform;
use crate::store::{Bytes, Luggage, MAX_PARCELS, Parcel, ParcelState, Store, StoreError};
use crate::texts::{courier as t, faults};
use leptos::prelude::*;
use thidua_domain::courier::{self, Bundle, CourierError, Kind, Reply, Sender};

/// A bundle that was just made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The bundle.
    pub bytes: Vec<u8>,
    /// How many edits are in it.
    pub edits: usize,
    /// When it was made, by this tablet's clock.
    pub at_ms: u64,
    /// What its file is called.
    pub name: String,
}

/// Why no bundle was made.
#[derive(Debug)]
pub enum NotMade {
    /// The tablet does not know the server's key yet.
    NoKey,
    /// There is nothing to send.
    Nothing,
    /// Too much for a bundle.
    TooLarge,
    /// The store could not be read.
    Store(StoreError),
}

/// Seals what a sync would send next: of one identity, as ever.
pub async fn make(store: &Store) -> Result<Made, NotMade> {
    let (replica, edits) = store.to_carry().await.map_err(NotMade::Store)?;
    let trust = replica.trust.as_ref().ok_or(NotMade::NoKey)?;
    if edits.is_empty() {
        return Err(NotMade::Nothing);
    }
    let sender = Sender {
        account: &replica.account,
        trust,
    };
    let count = edits.len();
    let at_ms = platform::now_ms();
    let requests = replica.carried_requests(edits);
    let bytes = sender
        .seal(&requests, at_ms, platform::random_bytes())
        .map_err(|_| NotMade::TooLarge)?;
    Ok(Made {
        bytes,
        edits: count,
        at_ms,
        name: file_name("goi", &replica.account, at_ms),
    })
}

/// What a bundle's or a reply's file is called.
pub fn file_name(what: &str, account: &str, at_ms: u64) -> String {
    let date = js_sys::Date::new(&(at_ms as f64).into());
    format!(
        "{what}-{account}-{:04}{:02}{:02}-{:02}{:02}.{}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes(),
        courier::FILE_EXTENSION,
    )
}

/// Takes in whatever it is; what to say about it, or why it was not taken.
pub async fn take(store: &Store, luggage: &Luggage, bytes: Vec<u8>) -> Result<String, String> {
    let refused = |error: CourierError| t::refused(error).to_owned();
    match courier::kind_of(&bytes).map_err(refused)? {
        Kind::Reply => take_reply(store, &bytes).await,
        Kind::Bundle => carry(store, luggage, bytes).await,
    }
}

async fn take_reply(store: &Store, bytes: &[u8]) -> Result<String, String> {
    let (account, key) = store.replica().with_untracked(|replica| {
        let key = replica.trust.as_ref().map(|trust| trust.sign);
        (replica.account.clone(), key)
    });
    let key = key.ok_or_else(|| t::own_no_key().to_owned())?;
    let reply = Reply::read(bytes, &account, &key).map_err(|error| t::refused(error).to_owned())?;
    let before = known(store);
    for answer in &reply.answers {
        match store.take_carried(answer).await {
            Ok(true) => {}
            Ok(false) => return Err(t::reply_not_believed().to_owned()),
            Err(_) => return Err(t::not_stored().to_owned()),
        }
    }
    let said = match known(store) == before {
        true => t::reply_known(),
        false => t::taken_reply(),
    };
    Ok(said.to_owned())
}

/// What is known of what the server holds.
fn known(store: &Store) -> impl PartialEq + use<> {
    store
        .replica()
        .with_untracked(|replica| (replica.waiting(), replica.receipts.clone()))
}

async fn carry(store: &Store, luggage: &Luggage, bytes: Vec<u8>) -> Result<String, String> {
    let bundle = Bundle::read(&bytes).map_err(|error| t::refused(error).to_owned())?;
    let seal = store
        .replica()
        .with_untracked(|replica| replica.trust.as_ref().map(|trust| trust.seal));
    if seal.is_some_and(|seal| !bundle.is_for(&seal)) {
        return Err(t::refused(CourierError::OtherServer).to_owned());
    }
    let id = bundle.id().to_string();
    let (known, full) = luggage.parcels().with_untracked(|parcels| {
        let known = parcels.iter().any(|parcel| parcel.id == id);
        (known, parcels.len() >= MAX_PARCELS)
    });
    if known {
        return Ok(t::taken_again().to_owned());
    }
    if full {
        return Err(t::luggage_full().to_owned());
    }
    let said = t::taken_bundle(&bundle.account);
    let parcel = Parcel {
        id,
        account: bundle.account,
        edits: bundle.edits,
        made_ms: bundle.made_ms,
        bundle: Bytes(bytes),
        state: ParcelState::Waiting,
    };
    let kept = luggage.keep(parcel).await;
    kept.map(|()| said).map_err(|_| t::not_stored().to_owned())
}

/// Hands over what waits, one after the other; stops where there is no connection. Delivering one twice is
/// one delivery.
pub async fn deliver_all(luggage: &Luggage) -> Result<(), TransportError> {
    let waiting: Vec<Parcel> = luggage.parcels().with_untracked(|parcels| {
        let waiting = parcels
            .iter()
            .filter(|one| one.state == ParcelState::Waiting);
        waiting.cloned().collect()
    });
    for mut parcel in waiting {
        parcel.state = match deliver(&parcel.bundle.0).await {
            Ok(reply) => ParcelState::Delivered(Bytes(reply)),
            Err(Undelivered::Refused(why)) => ParcelState::Refused(why),
            Err(Undelivered::Later(error)) => return Err(error),
        };
        // If it cannot be kept it stays waiting, and is delivered once more.
        let _ = luggage.keep(parcel).await;
    }
    Ok(())
}

/// Why a bundle was not delivered.
pub enum Undelivered {
    /// The server did not take it, in its words.
    Refused(String),
    /// It can be tried again.
    Later(TransportError),
}

impl Undelivered {
    /// In words.
    pub fn words(&self) -> String {
        match self {
            Self::Refused(why) => why.clone(),
            Self::Later(error) => faults::no_answer(error),
        }
    }
}

/// Hands one bundle over; the server's reply.
pub async fn deliver(bundle: &[u8]) -> Result<Vec<u8>, Undelivered> {
    use thidua_domain::api::ProblemCode;
    let reply = transport::bytes("/api/courier", courier::CONTENT_TYPE, bundle).await;
    let reply = reply.map_err(|error| match error {
        TransportError::Refused(problem) if problem.code == ProblemCode::BundleRefused => {
            Undelivered::Refused(problem.message)
        }
        other => Undelivered::Later(other),
    })?;
    match courier::kind_of(&reply) {
        Ok(Kind::Reply) => Ok(reply),
        _ => Err(Undelivered::Later(TransportError::NotTheServer)),
    }
}
