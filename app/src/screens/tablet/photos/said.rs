//! Which of the texts about photos is said when.

use super::adding::NotAdded;
use super::viewed::NotShown;
use crate::photos::Phase;
use crate::platform::connection::Link;
use crate::platform::picture::PictureError;
use crate::store::{Stage, StoreError};
use crate::sync::transport::TransportError;
use crate::texts::{self, common, faults, photos as said, words};
use thidua_domain::api::ProblemCode;
use thidua_domain::photo::upload::Refusal;
use thidua_domain::photo::{Album, MAX_IN_ALBUM, Photo};
use thidua_domain::record::RecordKey;

/// What a photo is called: its caption, or when it was taken.
pub fn name(photo: &Photo) -> String {
    match photo.caption.as_str() {
        "" => said::unnamed(when(photo)),
        caption => caption.to_owned(),
    }
}

/// When it was taken.
pub fn when(photo: &Photo) -> String {
    match photo.taken_ms {
        0 => said::no_date().to_owned(),
        taken_ms => texts::moment(taken_ms),
    }
}

/// What an album shows.
pub fn album(album: Album) -> &'static str {
    match album {
        Album::Minutes => common::paper_minutes(),
        Album::Model => said::model(),
        Album::Evidence(assessment) => words::assessment(assessment),
    }
}

/// A size in bytes.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_048_576 => format!("{} KB", in_units(bytes, 1_024)),
        _ => format!("{} MB", in_units(bytes, 1_048_576)),
    }
}

fn in_units(bytes: u64, unit: u64) -> String {
    texts::int(i64::try_from(bytes.div_ceil(unit)).unwrap_or(i64::MAX))
}

/// Whether the server still lacks it.
pub fn waits(stage: Stage) -> bool {
    matches!(stage, Stage::Waiting | Stage::Refused(_))
}

/// How far a photo has come, with the sign for it.
pub fn state(stage: Option<Stage>, photo: &RecordKey, phase: &Phase) -> (&'static str, String) {
    let (icon, words) = match (stage, phase) {
        (
            Some(Stage::Waiting),
            Phase::Sending {
                photo: sent,
                held,
                size,
            },
        ) if sent == photo => {
            let percent = u64::from(*held) * 100 / u64::from((*size).max(1));
            return ("send", said::sending(percent));
        }
        (Some(Stage::Waiting), _) => ("clock", said::waits()),
        (Some(Stage::Sent), _) => ("check", said::sent()),
        (Some(Stage::Refused(refusal)), _) => ("warning", refused(refusal)),
        (Some(Stage::TakenOut { .. }), _) => ("close", said::removed()),
        (None, _) => ("device", said::of_another()),
    };
    (icon, words.to_owned())
}

/// Why the server will not take a photo, and what to do.
fn refused(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotAPhoto => said::not_a_photo(),
        Refusal::Damaged => said::damaged(),
        Refusal::Full => said::server_full(),
        Refusal::NotHere => said::not_allowed(),
    }
}

/// What the sending of photos is doing and why.
pub fn phase(phase: &Phase, waiting: usize, link: Link) -> Option<&'static str> {
    Some(match phase {
        Phase::Sending { .. } => said::phase_sending(),
        _ if waiting == 0 => return None,
        Phase::Stopped => said::phase_stopped(),
        Phase::Idle | Phase::AfterEntries => said::phase_after_entries(),
        Phase::Later => said::phase_later(),
        // What hangs on the network is said of the network there is now.
        Phase::WaitsForWifi if link == Link::Unmetered => said::phase_wifi(),
        Phase::WaitsForWifi => said::phase_mobile(),
        Phase::LinkUnknown => said::phase_unknown(),
        Phase::SignedOut => said::phase_signed_out(),
        Phase::NotStored => said::phase_not_stored(),
    })
}

/// What the setting does, honestly, with this browser.
pub fn wifi_hint(wifi_only: bool, link: Link) -> &'static str {
    match (wifi_only, link) {
        (_, Link::Unknown) => said::wifi_unknown(),
        (true, _) => said::wifi_set(),
        (false, _) => said::wifi_not_set(),
    }
}

/// There may be no more photos.
pub fn no_room(room: usize) -> String {
    match room {
        0 => said::full(MAX_IN_ALBUM),
        room => said::only_first(MAX_IN_ALBUM, room),
    }
}

/// Why a file was not added, and what to do.
pub(super) fn not_added(error: &NotAdded) -> String {
    match error {
        NotAdded::Picture(PictureError::NotAPicture) => said::not_a_picture().to_owned(),
        NotAdded::Picture(PictureError::TooLarge) | NotAdded::Jpeg(_) => {
            said::too_large().to_owned()
        }
        NotAdded::Store(error) => not_saved(error),
    }
}

/// Why something about a photo was not saved, and what to do.
pub fn not_saved(error: &StoreError) -> String {
    match error {
        StoreError::Full => said::no_room().to_owned(),
        other => faults::not_saved(other),
    }
}

/// Why a photo is not shown.
pub(super) fn not_shown(error: &NotShown) -> String {
    match error {
        NotShown::Store(_) => said::unreadable().to_owned(),
        NotShown::Transport(TransportError::Refused(problem))
            if problem.code == ProblemCode::NotFound =>
        {
            said::elsewhere().to_owned()
        }
        NotShown::Transport(TransportError::Refused(problem)) => problem.message.clone(),
        NotShown::Transport(_) => said::needs_network().to_owned(),
    }
}
