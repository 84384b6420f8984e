//! The two messages as streams.

use super::coder::Coder;
use super::model::Column;
use super::stream::Stream;
use super::{
    Cursor, Identity, MAX_COMMUNES, MAX_EDITS_DOWN, MAX_EDITS_UP, MAX_FORMER, MAX_REJECTED,
    MAX_SENT, MAX_SENT_EDITS, Page, RejectReason, Rejection, Request, Response, Sent, WireError,
};
use crate::area::AreaCode;
use crate::sync::clock::Hlc;
use crate::sync::edit::{DeviceId, Edit, EditDigest};
use serde::{Serialize, de::DeserializeOwned};

/// What a message counts for against [`super::MAX_DECODED_BYTES`], and an item of one of its lists.
const MESSAGE_BYTES: usize = 256;
const ITEM_BYTES: usize = 64;

/// A message of the protocol: [`Request`] or [`Response`].
pub trait Message: sealed::Sealed + Serialize + DeserializeOwned {}

impl Message for Request {}
impl Message for Response {}

pub(super) mod sealed {
    use super::{Coder, Stream, WireError};

    /// How a message is told. The version of the frame covers this description.
    pub trait Sealed: Sized {
        /// Tells `given`, or reads what is told.
        #[expect(
            private_interfaces,
            private_bounds,
            reason = "nobody else implements it"
        )]
        fn tell<C: Coder>(stream: &mut Stream<C>, given: Option<&Self>) -> Result<Self, WireError>;

        /// Holds what was read to the limits and to what makes sense.
        fn check(&self) -> Result<(), WireError>;
    }
}

/// The reasons in the order of their numbers on the wire; new ones go to the end.
const REASONS: [RejectReason; 5] = [
    RejectReason::NotYourArea,
    RejectReason::NotYourAccount,
    RejectReason::WrongCommune,
    RejectReason::ServerField,
    RejectReason::TooLarge,
];

impl sealed::Sealed for Request {
    #[expect(
        private_interfaces,
        private_bounds,
        reason = "nobody else implements it"
    )]
    fn tell<C: Coder>(stream: &mut Stream<C>, given: Option<&Self>) -> Result<Self, WireError> {
        stream.spend(MESSAGE_BYTES)?;
        let device = stream.known_device(given.map_or(DeviceId(0), |request| request.device))?;
        let former = given.map_or(&[][..], |request| &request.former);
        let former = stream.list(former, MAX_FORMER, 0x14, |stream, former| {
            stream.known_device(former.copied().unwrap_or(DeviceId(0)))
        })?;
        let cursors = given.map_or(&[][..], |request| &request.cursors);
        let cursors = stream.list(cursors, MAX_COMMUNES, 0x10, |stream, cursor| {
            stream.cursor_of(cursor.map(|(commune, cursor)| (commune, *cursor)))
        })?;
        let last_seq = given.map_or(0, |request| u64::from(request.last_seq));
        let last_seq = stream.small(last_seq, 0x12)?;
        let sent = given.and_then(|request| request.sent.as_ref());
        let sent = match stream.flag(sent.is_some(), 0x15) {
            true => Some(stream.sent(sent)?),
            false => None,
        };
        let edits = given.map_or(&[][..], |request| &request.edits);
        let edits = stream.list(edits, MAX_EDITS_UP, 0x13, Stream::edit)?;
        Ok(Self {
            device,
            last_seq,
            former,
            sent,
            edits,
            cursors,
        })
    }

    fn check(&self) -> Result<(), WireError> {
        if self.edits.len() > MAX_EDITS_UP
            || self.cursors.len() > MAX_COMMUNES
            || self.former.len() > MAX_FORMER
        {
            return Err(WireError::TooMany);
        }
        let foreign = |edit: &Edit| edit.id.device != self.device;
        let gap = |pair: &[Edit]| pair[1].id.seq != pair[0].id.seq.wrapping_add(1);
        let first = self.edits.first().map(|edit| edit.id.seq);
        let last = self.edits.last().map(|edit| edit.id.seq);
        if self.edits.iter().any(foreign)
            || self.edits.windows(2).any(gap)
            || first == Some(0)
            || last.is_some_and(|last| last > self.last_seq)
        {
            return Err(WireError::Payload);
        }
        match &self.sent {
            Some(_) if !self.edits.is_empty() => Err(WireError::Payload),
            Some(sent) => sent.check(self.last_seq),
            None => Ok(()),
        }
    }
}

impl Sent {
    fn check(&self, last_seq: u32) -> Result<(), WireError> {
        let last = self.ends.last().map_or(self.first, |(end, _)| *end);
        if self.ends.len() > MAX_SENT || last.saturating_sub(self.first) >= MAX_SENT_EDITS {
            return Err(WireError::TooMany);
        }
        let starts = self.ends.first().is_some_and(|(end, _)| *end >= self.first);
        let ascends = self.ends.windows(2).all(|pair| pair[0].0 < pair[1].0);
        if self.first == 0 || !starts || !ascends || last > last_seq {
            return Err(WireError::Payload);
        }
        Ok(())
    }
}

impl sealed::Sealed for Response {
    #[expect(
        private_interfaces,
        private_bounds,
        reason = "nobody else implements it"
    )]
    fn tell<C: Coder>(stream: &mut Stream<C>, given: Option<&Self>) -> Result<Self, WireError> {
        stream.spend(MESSAGE_BYTES)?;
        let server_time = given.map_or(0, |response| response.server_time);
        let before = stream.memory.server_time;
        let server_time = if stream.flag(server_time == before, 0x2b) {
            before
        } else {
            stream.number(server_time, 0x20)
        };
        stream.memory.server_time = server_time;
        stream.memory.time = Hlc::from_millis(server_time);
        let held = stream.small(given.map_or(0, |response| u64::from(response.held)), 0x21)?;
        let rejected = given.map_or(&[][..], |response| &response.rejected);
        let mut before = 0;
        let rejected = stream.list(rejected, MAX_REJECTED, 0x22, |stream, given| {
            let step = given.map_or(0, |rejection| rejection.seq.wrapping_sub(before));
            let seq = stream.small(u64::from(step), 0x23)?.wrapping_add(before);
            before = seq;
            let reason = given.map_or(RejectReason::TooLarge, |rejection| rejection.reason);
            let place = REASONS.iter().position(|known| *known == reason);
            let place = stream.number(place.map_or(u64::MAX, |place| place as u64), 0x24);
            let reason = usize::try_from(place)
                .ok()
                .and_then(|place| REASONS.get(place));
            Ok(Rejection {
                seq,
                reason: *reason.ok_or(WireError::Payload)?,
            })
        })?;
        let former_held = given.map_or(&[][..], |response| &response.former_held);
        let former_held = stream.list(former_held, MAX_FORMER, 0x2c, |stream, given| {
            let (device, held) = given.copied().unwrap_or((DeviceId(0), 0));
            let device = stream.known_device(device)?;
            Ok((device, stream.small(u64::from(held), 0x2d)?))
        })?;
        let common = given.and_then(|response| match response.identity {
            Identity::Keep => None,
            Identity::Renew { common } => Some(common),
        });
        let identity = if stream.flag(common.is_some(), 0x25) {
            let common = stream.small(u64::from(common.unwrap_or(0)), 0x26)?;
            Identity::Renew { common }
        } else {
            Identity::Keep
        };
        let follow = given.map_or(&[][..], |response| &response.follow);
        let follow = stream.list(follow, MAX_COMMUNES, 0x27, |stream, commune| {
            stream.next_commune(commune)
        })?;
        let pages = given.map_or(&[][..], |response| &response.pages);
        let mut edits = 0;
        let pages = stream.list(pages, MAX_COMMUNES, 0x28, |stream, page| {
            let page = stream.page(page, MAX_EDITS_DOWN - edits)?;
            edits += page.edits.len().min(MAX_EDITS_DOWN - edits);
            Ok(page)
        })?;
        Ok(Self {
            held,
            rejected,
            former_held,
            identity,
            follow,
            pages,
            server_time,
        })
    }

    fn check(&self) -> Result<(), WireError> {
        let edits: usize = self.pages.iter().map(|page| page.edits.len()).sum();
        if edits > MAX_EDITS_DOWN
            || self.pages.len() > MAX_COMMUNES
            || self.follow.len() > MAX_COMMUNES
            || self.rejected.len() > MAX_REJECTED
            || self.former_held.len() > MAX_FORMER
        {
            return Err(WireError::TooMany);
        }
        Ok(())
    }
}

impl<C: Coder> Stream<C> {
    fn number(&mut self, given: u64, place: u32) -> u64 {
        self.model.number(given, Column::Message, &[place], 2)
    }

    fn small(&mut self, given: u64, place: u32) -> Result<u32, WireError> {
        u32::try_from(self.number(given, place)).map_err(|_| WireError::Payload)
    }

    fn flag(&mut self, given: bool, place: u32) -> bool {
        self.model.flag(given, Column::Message, &[place])
    }

    fn list<T, U>(
        &mut self,
        given: &[T],
        most: usize,
        place: u32,
        mut tell: impl FnMut(&mut Self, Option<&T>) -> Result<U, WireError>,
    ) -> Result<Vec<U>, WireError> {
        let count = self.count(given.len(), most, place)?;
        // Grows as it is read: a count alone reserves nothing.
        let mut list = Vec::new();
        for index in 0..count {
            self.spend(ITEM_BYTES)?;
            list.push(tell(self, given.get(index))?);
        }
        Ok(list)
    }

    /// A commune that most likely follows the last one mentioned.
    fn next_commune(&mut self, given: Option<&AreaCode>) -> Result<AreaCode, WireError> {
        let (commune, _) = self.commune(given)?;
        Ok(commune)
    }

    fn cursor_of(
        &mut self,
        given: Option<(&AreaCode, Cursor)>,
    ) -> Result<(AreaCode, Cursor), WireError> {
        let commune = self.next_commune(given.map(|(commune, _)| commune))?;
        let cursor = given.map_or(Cursor::default(), |(_, cursor)| cursor);
        Ok((commune, self.cursor(cursor)))
    }

    fn cursor(&mut self, given: Cursor) -> Cursor {
        Cursor {
            number: self.number(given.number, 0x30),
            check: self.digest_of_edits(given.check),
        }
    }

    /// A digest, of which nothing can be predicted.
    fn digest_of_edits(&mut self, given: EditDigest) -> EditDigest {
        let wide = self.flag(given.0 >> 53 != 0, 0x31);
        // At the start of a feed there is nothing to digest.
        if self.flag(given.0 == 0, 0x32) {
            return EditDigest(0);
        }
        let bits = if wide { 64 } else { 53 };
        // At most 64 bits were asked for.
        EditDigest(self.model.random(u128::from(given.0), bits) as u64)
    }

    fn known_device(&mut self, given: DeviceId) -> Result<DeviceId, WireError> {
        let number = self.device(given)?;
        self.device_id(number)
    }

    fn sent(&mut self, given: Option<&Sent>) -> Result<Sent, WireError> {
        let first = self.small(given.map_or(0, |sent| u64::from(sent.first)), 0x33)?;
        let ends = given.map_or(&[][..], |sent| &sent.ends);
        let mut before = first;
        let ends = self.list(ends, MAX_SENT, 0x34, |stream, given| {
            let (end, digest) = given.copied().unwrap_or_default();
            let step = stream.small(u64::from(end.wrapping_sub(before)), 0x35)?;
            before = before.wrapping_add(step);
            Ok((before, stream.digest_of_edits(digest)))
        })?;
        Ok(Sent { first, ends })
    }

    fn page(&mut self, given: Option<&Page>, most: usize) -> Result<Page, WireError> {
        let cursor = given.map(|page| (&page.commune, page.cursor));
        let (commune, cursor) = self.cursor_of(cursor)?;
        let more = self.flag(given.is_some_and(|page| page.more), 0x29);
        let edits: &[Edit] = given.map_or(&[], |page| &page.edits);
        let edits = self.list(edits, most, 0x2a, Self::edit)?;
        Ok(Page {
            commune,
            edits,
            cursor,
            more,
        })
    }
}
