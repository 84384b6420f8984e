//! Photos (ảnh): of a meeting's minutes, of the evidence behind an entry, of an exemplary model.
//!
//! What is known of a photo is an ordinary record, `photo/subject/album/year/digest`, of its commune's feed:
//! it is synced, merged and taken out like any other. The bytes travel apart from it ([`upload`]), so that
//! they never hold an entry back. A photo is a JPEG: the one format that every browser writes, and whose
//! parts ([`jpeg`]) tell whether anything but the picture is in it, such as where it was taken.

pub mod jpeg;
pub mod shrink;
pub mod upload;

use crate::book::{Book, Lines};
use crate::catalogue::{Assessment, SubjectKind};
use crate::record::{FieldName, Period, RecordKey, SubjectId, Value};
use crate::subject;
use crate::sync::state::RecordState;
use crate::text;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt;

/// Most bytes of a photo that is stored or sent.
pub const MAX_BYTES: u32 = 400 << 10;
/// Longest side of a photo in pixels: the app makes them no larger than [`shrink::LONGEST_SIDE`].
pub const MAX_SIDE: u32 = 2_048;
/// Most bytes sent at once: ten seconds of a link of 25 kbit/s, and what a cut costs at most.
pub const CHUNK_BYTES: u32 = 32 << 10;
/// Most photos of one album.
pub const MAX_IN_ALBUM: usize = 12;
/// Longest caption, in characters.
pub const MAX_CAPTION_CHARS: u32 = 200;

/// First word of a photo's key.
pub const KIND: &str = "photo";
/// Hexadecimal digits of the digest that stand in the key; all of them stand in [`field::DIGEST`].
const KEY_DIGITS: usize = 24;

/// Names of a photo's fields.
pub mod field {
    /// SHA-256 of the bytes, 64 hexadecimal digits (text).
    pub const DIGEST: &str = "digest";
    /// How many bytes it has (number).
    pub const BYTES: &str = "bytes";
    /// Its width in pixels (number).
    pub const WIDTH: &str = "width";
    /// Its height in pixels (number).
    pub const HEIGHT: &str = "height";
    /// What is seen on it (text).
    pub const CAPTION: &str = "caption";
    /// When it was taken, by the file's own date, in milliseconds since 1970 (number).
    pub const TAKEN: &str = "taken";
}

/// SHA-256 of a photo's bytes: what it is told from all others by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhotoDigest(pub [u8; 32]);

impl PhotoDigest {
    /// Of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads 64 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        if text.len() != 64 {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for PhotoDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// What photos of a subject show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Album {
    /// The minutes of a residential area's review meeting, signed.
    Minutes,
    /// An exemplary model.
    Model,
    /// What an entry of this assessment rests on.
    Evidence(Assessment),
}

impl Album {
    /// The word in the key.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Model => "model",
            Self::Evidence(assessment) => assessment.as_str(),
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "minutes" => Some(Self::Minutes),
            "model" => Some(Self::Model),
            other => Assessment::parse(other).map(Self::Evidence),
        }
    }
}

/// Where photos belong: an album of a subject in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Whose they are.
    pub subject: SubjectId,
    /// What they show.
    pub album: Album,
    /// Of which year.
    pub period: Period,
}

impl Place {
    /// Of the minutes of a residential area's meeting.
    pub fn minutes(area: SubjectId, period: Period) -> Self {
        let album = Album::Minutes;
        Self {
            subject: area,
            album,
            period,
        }
    }

    /// Of the evidence behind an entry; `None` if the record is none.
    pub fn evidence(entry: &RecordKey) -> Option<Self> {
        let (assessment, period) = entry.entry_parts()?;
        Some(Self {
            subject: entry.subject(),
            album: Album::Evidence(assessment),
            period,
        })
    }

    /// Of a line of a book; `None` where its lines have no photos.
    pub fn of_line(book: &Book, line: &RecordKey, period: Period) -> Option<Self> {
        book.photos.then(|| Self {
            subject: line.subject(),
            album: Album::Model,
            period,
        })
    }

    /// The record that the photos belong to: who may see it sees them.
    pub fn owner(&self) -> Option<RecordKey> {
        match self.album {
            Album::Minutes => Some(RecordKey::subject_record(
                SubjectKind::ResidentialArea,
                self.subject,
            )),
            Album::Evidence(assessment) => {
                Some(RecordKey::entry(self.subject, assessment, self.period))
            }
            Album::Model => {
                let mut books = Book::all().iter();
                let book = books.find(|book| book.photos && book.lines == Lines::Free)?;
                Some(book.key(self.subject))
            }
        }
    }

    /// Whether the subject is a commune itself.
    pub fn is_of_commune(&self) -> bool {
        matches!(self.album, Album::Evidence(assessment)
            if assessment.subject() == SubjectKind::Commune)
    }

    /// The record of the photo of this digest.
    pub fn key(&self, digest: PhotoDigest) -> RecordKey {
        let digest = digest.to_string();
        RecordKey::parse(&format!("{}{}", self.prefix(), &digest[..KEY_DIGITS]))
            .expect("words and digits are in the alphabet of keys")
    }

    /// How the keys of its photos begin.
    fn prefix(&self) -> String {
        let Self {
            subject,
            album,
            period,
        } = self;
        format!("{KIND}/{subject}/{}/{period}/", album.as_str())
    }

    /// The photos that lie here, the oldest first.
    pub fn photos(&self, records: &BTreeMap<RecordKey, RecordState>) -> Vec<Photo> {
        let prefix = self.prefix();
        let first = RecordKey::parse(&prefix).expect("words are in the alphabet of keys");
        let mut photos: Vec<Photo> = records
            .range(first..)
            .take_while(|(key, _)| key.as_str().starts_with(&prefix))
            .filter_map(|(key, record)| Photo::read(key, record))
            .collect();
        photos.sort_by(|a, b| (a.taken_ms, &a.key).cmp(&(b.taken_ms, &b.key)));
        photos
    }
}

/// Where the photo of this record belongs; `None` if it is no photo of a kind that this program knows.
pub fn place_of(key: &RecordKey) -> Option<Place> {
    let mut parts = key.as_str().split('/');
    if parts.next()? != KIND {
        return None;
    }
    let subject = SubjectId::parse(parts.next()?)?;
    let album = Album::parse(parts.next()?)?;
    let year = parts.next()?;
    let period = Period(year.parse().ok()?);
    let digits = parts.next()?;
    // One photo has one key.
    let canonical = year == period.to_string()
        && digits.len() == KEY_DIGITS
        && digits
            .bytes()
            .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        && parts.next().is_none();
    canonical.then_some(Place {
        subject,
        album,
        period,
    })
}

/// A photo that is in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// Its record.
    pub key: RecordKey,
    /// Where it belongs.
    pub place: Place,
    /// Of its bytes.
    pub digest: PhotoDigest,
    /// How many bytes it has.
    pub bytes: u32,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What is seen on it; may be empty.
    pub caption: String,
    /// When it was taken, in milliseconds since 1970.
    pub taken_ms: u64,
}

impl Photo {
    /// Reads a record; `None` if it is no photo, says what no photo can be, or was taken out.
    pub fn read(key: &RecordKey, record: &RecordState) -> Option<Self> {
        let place = place_of(key)?;
        let number = |name| {
            record
                .int(name)
                .and_then(|number| u32::try_from(number).ok())
        };
        let digest = PhotoDigest::parse(record.text(field::DIGEST)?)?;
        let photo = Self {
            key: key.clone(),
            place,
            digest,
            bytes: number(field::BYTES)?,
            width: number(field::WIDTH)?,
            height: number(field::HEIGHT)?,
            caption: record.text(field::CAPTION).unwrap_or_default().to_owned(),
            taken_ms: record
                .int(field::TAKEN)
                .and_then(|ms| u64::try_from(ms).ok())
                .unwrap_or_default(),
        };
        let fits = (1..=MAX_BYTES).contains(&photo.bytes)
            && [photo.width, photo.height]
                .iter()
                .all(|side| (1..=MAX_SIDE).contains(side));
        (fits && place.key(digest) == *key && subject::is_open(record)).then_some(photo)
    }
}

/// A photo that is to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPhoto {
    /// Where it belongs.
    pub place: Place,
    /// Of its bytes.
    pub digest: PhotoDigest,
    /// How many bytes it has.
    pub bytes: u32,
    /// What its header says.
    pub header: jpeg::Header,
    /// When it was taken, in milliseconds since 1970.
    pub taken_ms: u64,
}

impl NewPhoto {
    /// Of the bytes of a JPEG; what they are is looked at here, before anything is stored.
    pub fn of(place: Place, bytes: &[u8], taken_ms: u64) -> Result<Self, jpeg::JpegError> {
        let header = jpeg::check(bytes)?;
        Ok(Self {
            place,
            digest: PhotoDigest::of(bytes),
            bytes: u32::try_from(bytes.len()).map_err(|_| jpeg::JpegError::TooLarge)?,
            header,
            taken_ms,
        })
    }

    /// Its record.
    pub fn key(&self) -> RecordKey {
        self.place.key(self.digest)
    }

    /// The fields of the record; one that was taken out before is in the register again.
    pub fn fields(&self) -> Vec<(FieldName, Value)> {
        [
            (field::DIGEST, Value::Text(self.digest.to_string())),
            (field::BYTES, Value::Int(self.bytes.into())),
            (field::WIDTH, Value::Int(self.header.width.into())),
            (field::HEIGHT, Value::Int(self.header.height.into())),
            (field::TAKEN, Value::Int(self.taken_ms.cast_signed())),
            (subject::field::CLOSED, Value::Null),
        ]
        .map(|(name, value)| (FieldName::parse(name).expect("a valid name"), value))
        .into()
    }
}

/// What was typed as a caption, as it is stored.
pub fn caption(typed: &str) -> Value {
    let clean = text::clean_line(typed);
    let cut: String = clean.chars().take(MAX_CAPTION_CHARS as usize).collect();
    if cut.is_empty() {
        Value::Null
    } else {
        Value::Text(cut)
    }
}

/// The change that takes a photo out of the register: record and history stay.
pub fn taken_out() -> (&'static str, Value) {
    (subject::field::CLOSED, "mistake".into())
}

/// The change that takes that back.
pub fn put_back() -> (&'static str, Value) {
    (subject::field::CLOSED, Value::Null)
}

/// A photo as reviewers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoView {
    /// Its record; the bytes are at `/api/photos/` and this.
    pub key: RecordKey,
    /// What is seen on it; may be empty.
    pub caption: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// When it was taken, in milliseconds since 1970.
    pub taken_ms: u64,
    /// Whether the bytes have arrived at the server.
    pub stored: bool,
}

impl PhotoView {
    /// Of a photo.
    pub fn of(photo: Photo, stored: bool) -> Self {
        let Photo {
            key,
            caption,
            width,
            height,
            taken_ms,
            ..
        } = photo;
        Self {
            key,
            caption,
            width,
            height,
            taken_ms,
            stored,
        }
    }
}

#[cfg(test)]
mod tests;
