//! What waits to be sent, and the requests that carry it.

use super::Replica;
use crate::sync::edit::{DeviceId, Edit, EditDigest};
use crate::sync::wire::{MAX_EDITS_UP, MAX_FORMER, MAX_SENT, Request, Sent};
use std::ops::RangeInclusive;

/// Most edits in one message of a body: about a kilobyte on the wire, which is what a cut costs.
pub const MESSAGE_EDITS: usize = 100;
/// A message ends behind so many bytes of texts.
const MESSAGE_TEXT: usize = 16 << 10;
/// Most edits in one body: five thousand entries and that they are handed in.
pub const BODY_EDITS: usize = 10_000;

impl Replica {
    /// The edits that wait, by the identity they were made under.
    pub fn outbox(&self) -> Vec<(DeviceId, RangeInclusive<u32>)> {
        let former = self.former.iter();
        former
            .map(|(device, own)| (*device, own.held + 1..=own.last))
            .chain([(self.device, self.held + 1..=self.last_seq)])
            .filter(|(_, numbers)| !numbers.is_empty())
            .collect()
    }

    /// Edits to send next, at most so many: the identity they were made under, and their numbers. The
    /// shell loads these from its log; there may be none.
    pub fn to_send(&self, most: usize) -> (DeviceId, RangeInclusive<u32>) {
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        // A restored server is first told again what it was told under a former name: later edits may
        // be based on it.
        let (device, held, last) = self
            .former
            .iter()
            .find(|(_, own)| own.has_more())
            .map_or((self.device, self.held, self.last_seq), |(device, own)| {
                (*device, own.held, own.last)
            });
        (device, held + 1..=last.min(held.saturating_add(most)))
    }

    /// The one request that carries `edits`, loaded by [`Self::to_send`]: no more than
    /// [`MAX_EDITS_UP`].
    pub fn request(&self, edits: Vec<Edit>) -> Request {
        let (device, _) = self.to_send(1);
        self.request_as(device, edits)
    }

    /// The request that carries `edits` of one of this tablet's identities.
    pub(in crate::sync) fn request_as(&self, device: DeviceId, edits: Vec<Edit>) -> Request {
        debug_assert!(edits.len() <= MAX_EDITS_UP);
        let last_seq = self
            .former
            .get(&device)
            .map_or(self.last_seq, |own| own.last);
        Request {
            device,
            last_seq,
            former: self.former.keys().copied().take(MAX_FORMER).collect(),
            sent: None,
            edits,
            cursors: self
                .follow
                .iter()
                .filter_map(|commune| Some((commune.clone(), *self.cursors.get(commune)?)))
                .collect(),
        }
    }

    /// The requests of one body that carries `edits`, loaded by [`Self::to_send`]. Each is stored by
    /// itself, so that a cut costs one of them; only the last asks for what is new.
    pub fn requests(&self, edits: Vec<Edit>) -> Vec<Request> {
        let ends = message_ends(&edits, MESSAGE_EDITS);
        let mut edits = edits.into_iter();
        let mut requests: Vec<Request> = Vec::new();
        let mut from = 0;
        for end in ends {
            let mut request = self.request(edits.by_ref().take(end - from).collect());
            from = end;
            if let Some(before) = requests.last_mut() {
                request.cursors = std::mem::take(&mut before.cursors);
            }
            requests.push(request);
        }
        if requests.is_empty() {
            requests.push(self.request(Vec::new()));
        }
        requests
    }

    /// After a body that was cut: the request that asks how much of `edits`, which were in it, has
    /// arrived. `message` is the number of edits in each of its messages.
    pub fn ask_after(&self, edits: &[Edit], message: usize) -> Request {
        let mut request = self.request(Vec::new());
        let ends = message_ends(edits, message);
        let mut check = EditDigest::default();
        let mut from = 0;
        request.sent = edits.first().map(|first| Sent {
            first: first.id.seq,
            ends: ends
                .into_iter()
                .take(MAX_SENT)
                .map(|end| {
                    let stretch = &edits[from..end];
                    from = end;
                    check = stretch
                        .iter()
                        .fold(check, |check, edit| check.chain(edit.digest()));
                    (edits[end - 1].id.seq, check)
                })
                .collect(),
        });
        request
    }
}

/// Where messages end: behind `most` edits, or sooner where these have much to say.
pub(in crate::sync) fn message_ends(edits: &[Edit], most: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let (mut count, mut text) = (0, 0);
    for (index, edit) in edits.iter().enumerate() {
        let texts = edit
            .changes
            .iter()
            .filter_map(|change| change.value.as_text());
        text += texts.map(str::len).sum::<usize>();
        count += 1;
        if count == most || text >= MESSAGE_TEXT || index + 1 == edits.len() {
            ends.push(index + 1);
            (count, text) = (0, 0);
        }
    }
    ends
}
