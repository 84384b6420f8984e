//! Bodies: versions, chunks, and reading them as they arrive.

use super::message::Message;
use super::stream::Stream;
use super::{MAX_FRAME_BYTES, Request, Response, WireError};
use super::{coder, primer};
use sha2::{Digest as _, Sha256};
use std::marker::PhantomData;

const MAGIC: &[u8; 6] = b"THIDUA";
const HEAD: usize = MAGIC.len() + 1;
const CHECK_BYTES: usize = 4;
/// Bytes of a chunk's length: seven bits each, the lower ones first.
const MAX_LENGTH_BYTES: usize = 4;

/// How messages are written. A server speaks every version that was ever in the field, and answers in the
/// one it was asked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 1: one message, as JSON. For other programs, and for tablets that have not been updated.
    Plain,
    /// 2: any number of messages, each a chunk of one arithmetic code.
    Columns,
    /// 3: written as version 2. The tablet keeps account of what it has seen record by record, and so can be
    /// shown parts of feeds: those of what came to its communes from others.
    Areas,
}

impl Version {
    const fn byte(self) -> u8 {
        match self {
            Self::Plain => 1,
            Self::Columns => 2,
            Self::Areas => 3,
        }
    }
}

/// Writes a body of version 3, or of version 2, message by message.
pub struct Writer<M> {
    stream: Stream<coder::Nowhere>,
    body: Vec<u8>,
    messages: PhantomData<M>,
}

impl<M: Message> Default for Writer<M> {
    fn default() -> Self {
        Self::begin(Version::Areas)
    }
}

impl<M: Message> Writer<M> {
    /// A body of version 2, for a tablet whose program does not know version 3.
    pub fn for_older() -> Self {
        Self::begin(Version::Columns)
    }

    fn begin(version: Version) -> Self {
        let mut body = MAGIC.to_vec();
        body.push(version.byte());
        Self {
            stream: primer::stream(coder::Nowhere),
            body,
            messages: PhantomData,
        }
    }

    /// Adds a message.
    #[must_use]
    pub fn with(mut self, message: &M) -> Self {
        let (mut stream, _) = self.stream.exchange(coder::Writer::new());
        M::tell(&mut stream, Some(message)).expect("a writer has nothing to refuse");
        let (mut stream, coder) = stream.exchange(coder::Nowhere);
        let mut payload = coder.finish();
        payload.resize(payload.len().max(stream.model.least_payload()), 0);
        stream.model.allow(payload.len());
        self.stream = stream;
        put_chunk(&mut self.body, &payload);
        self
    }

    /// Whether the limits leave room for as much again.
    pub fn has_room(&self) -> bool {
        self.stream.has_room() && self.body.len() < MAX_FRAME_BYTES / 2
    }

    /// The body.
    pub fn finish(self) -> Vec<u8> {
        self.body
    }
}

/// One message as a body of version 3.
pub fn encode<M: Message>(message: &M) -> Vec<u8> {
    Writer::default().with(message).finish()
}

/// Messages as a body of version 3.
pub fn encode_all<M: Message>(messages: &[M]) -> Vec<u8> {
    messages
        .iter()
        .fold(Writer::default(), Writer::with)
        .finish()
}

/// One message as a body of version 1.
pub fn encode_plain<M: Message>(message: &M) -> Vec<u8> {
    let payload = serde_json::to_vec(message).expect("a message is plain data");
    let mut body = MAGIC.to_vec();
    body.push(Version::Plain.byte());
    let length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
    body.extend_from_slice(&length.to_be_bytes());
    body.extend_from_slice(&payload);
    body
}

fn put_chunk(body: &mut Vec<u8>, payload: &[u8]) {
    let mut length = payload.len();
    while length >= 0x80 {
        body.push(length as u8 | 0x80);
        length >>= 7;
    }
    body.push(length as u8);
    body.extend_from_slice(&check(payload));
    body.extend_from_slice(payload);
}

fn check(payload: &[u8]) -> [u8; CHECK_BYTES] {
    let hash = Sha256::digest(payload);
    std::array::from_fn(|place| hash[place])
}

/// Reads a body as it arrives.
pub struct Reader<M> {
    arrived: Vec<u8>,
    /// How much of that has been read.
    read: usize,
    /// How much has arrived in all.
    length: usize,
    state: State,
    messages: PhantomData<M>,
}

enum State {
    Head,
    Plain,
    /// The only message of a body of version 1 has been read.
    PlainRead,
    Columns(Version, Box<Stream<coder::Nowhere>>),
    Failed(WireError),
}

impl<M> Default for Reader<M> {
    fn default() -> Self {
        Self {
            arrived: Vec::new(),
            read: 0,
            length: 0,
            state: State::Head,
            messages: PhantomData,
        }
    }
}

impl<M: Message> Reader<M> {
    /// Takes in what arrived.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.length = self.length.saturating_add(bytes.len());
        if self.length > MAX_FRAME_BYTES {
            self.arrived = Vec::new();
            self.read = 0;
            self.state = State::Failed(WireError::TooLarge);
            return;
        }
        // What was read makes room once it is the larger part, so that all moving is linear.
        if self.read > self.arrived.len() / 2 {
            self.arrived.drain(..self.read);
            self.read = 0;
        }
        self.arrived.extend_from_slice(bytes);
    }

    /// The version, once it has arrived.
    pub fn version(&self) -> Option<Version> {
        match self.state {
            State::Head | State::Failed(_) => None,
            State::Plain | State::PlainRead => Some(Version::Plain),
            State::Columns(version, _) => Some(version),
        }
    }

    /// How many bytes have arrived that are no whole message yet.
    pub fn unread(&self) -> usize {
        self.arrived.len() - self.read
    }

    /// The next message, if all of it has arrived. After an error there are no more.
    pub fn next_message(&mut self) -> Result<Option<M>, WireError> {
        match self.step() {
            Err(error) => {
                self.state = State::Failed(error);
                Err(error)
            }
            outcome => outcome,
        }
    }

    fn step(&mut self) -> Result<Option<M>, WireError> {
        if matches!(self.state, State::Head) && !self.head()? {
            return Ok(None);
        }
        let rest = &self.arrived[self.read..];
        match &self.state {
            State::Failed(error) => return Err(*error),
            State::PlainRead if rest.is_empty() => return Ok(None),
            State::PlainRead => return Err(WireError::Length),
            State::Head | State::Plain | State::Columns(..) => {}
        }
        let plain = matches!(self.state, State::Plain);
        let chunk = if plain {
            plain_chunk(rest)?
        } else {
            column_chunk(rest)?
        };
        let Some((payload, taken)) = chunk else {
            return Ok(None);
        };
        let payload = payload.to_vec();
        self.read += taken;
        let message = if plain {
            self.state = State::PlainRead;
            serde_json::from_slice(&payload).map_err(|_| WireError::Payload)?
        } else {
            self.columns(&payload)?
        };
        M::check(&message)?;
        Ok(Some(message))
    }

    /// Reads the head; whether it is there.
    fn head(&mut self) -> Result<bool, WireError> {
        let there = self.arrived.len().min(MAGIC.len());
        if self.arrived[..there] != MAGIC[..there] {
            return Err(WireError::NotAFrame);
        }
        let Some(version) = self.arrived.get(MAGIC.len()) else {
            return Ok(false);
        };
        self.state = match *version {
            1 => State::Plain,
            2 => State::Columns(Version::Columns, Box::new(primer::stream(coder::Nowhere))),
            3 => State::Columns(Version::Areas, Box::new(primer::stream(coder::Nowhere))),
            other => return Err(WireError::Version(other)),
        };
        self.read = HEAD;
        Ok(true)
    }

    fn columns(&mut self, payload: &[u8]) -> Result<M, WireError> {
        let failed = State::Failed(WireError::Payload);
        let State::Columns(version, stream) = std::mem::replace(&mut self.state, failed) else {
            return Err(WireError::Payload);
        };
        let (mut stream, _) = stream.exchange(coder::Reader::new(payload));
        stream.model.allow(payload.len());
        let message = M::tell(&mut stream, None)?;
        stream.model.check()?;
        let (stream, coder) = stream.exchange(coder::Nowhere);
        coder.finish()?;
        self.state = State::Columns(version, Box::new(stream));
        Ok(message)
    }

    /// Says whether the body ends where a message ends.
    pub fn finish(&self) -> Result<(), WireError> {
        match &self.state {
            State::Failed(error) => Err(*error),
            State::Head if self.arrived.is_empty() => Err(WireError::NotAFrame),
            State::Head | State::Plain => Err(WireError::Length),
            State::PlainRead | State::Columns(..) if self.unread() > 0 => Err(WireError::Length),
            State::PlainRead | State::Columns(..) => Ok(()),
        }
    }
}

/// The payload of version 1 and how many bytes it takes up, once it is there.
fn plain_chunk(rest: &[u8]) -> Result<Option<(&[u8], usize)>, WireError> {
    let Some((length, rest)) = rest.split_first_chunk::<4>() else {
        return Ok(None);
    };
    let length = u32::from_be_bytes(*length) as usize;
    if length > MAX_FRAME_BYTES {
        return Err(WireError::Length);
    }
    Ok(rest.get(..length).map(|payload| (payload, length + 4)))
}

/// The payload of the next chunk and how many bytes it takes up, once it is there.
fn column_chunk(rest: &[u8]) -> Result<Option<(&[u8], usize)>, WireError> {
    let mut length = 0_usize;
    for place in 0..MAX_LENGTH_BYTES {
        let Some(byte) = rest.get(place) else {
            return Ok(None);
        };
        length |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            if length > MAX_FRAME_BYTES {
                return Err(WireError::Length);
            }
            let from = place + 1 + CHECK_BYTES;
            let Some(payload) = rest.get(from..from + length) else {
                return Ok(None);
            };
            return if rest[place + 1..from] == check(payload) {
                Ok(Some((payload, from + length)))
            } else {
                Err(WireError::Payload)
            };
        }
    }
    Err(WireError::Length)
}

/// All messages of a body.
fn decode_all<M: Message>(body: &[u8]) -> Result<Vec<M>, WireError> {
    let mut reader = Reader::default();
    reader.feed(body);
    let mut messages = Vec::new();
    while let Some(message) = reader.next_message()? {
        messages.push(message);
    }
    reader.finish()?;
    Ok(messages)
}

fn decode_one<M: Message>(body: &[u8]) -> Result<M, WireError> {
    let mut messages = decode_all(body)?;
    match (messages.pop(), messages.is_empty()) {
        (Some(message), true) => Ok(message),
        _ => Err(WireError::Length),
    }
}

/// The only request of a body.
pub fn decode_request(body: &[u8]) -> Result<Request, WireError> {
    decode_one(body)
}

/// The requests of a body.
pub fn decode_requests(body: &[u8]) -> Result<Vec<Request>, WireError> {
    decode_all(body)
}

/// The only answer of a body.
pub fn decode_response(body: &[u8]) -> Result<Response, WireError> {
    decode_one(body)
}

/// The answers of a body.
pub fn decode_responses(body: &[u8]) -> Result<Vec<Response>, WireError> {
    decode_all(body)
}

#[cfg(test)]
pub(super) fn body_of(payload: &[u8]) -> Vec<u8> {
    let mut body = MAGIC.to_vec();
    body.push(Version::Columns.byte());
    put_chunk(&mut body, payload);
    body
}

#[cfg(test)]
pub(super) fn payload_of(body: &[u8]) -> Vec<u8> {
    let chunk = column_chunk(&body[HEAD..]).unwrap();
    chunk.unwrap().0.to_vec()
}
