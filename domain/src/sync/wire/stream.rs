//! A message on its way: the models, what both ends remember, and what a reader has to hold.
//!
//! One description serves both directions. `given` is what a writer has to say; a reader has nothing to
//! say, and gets back what was said.

use super::coder::Coder;
use super::model::{Column, Model, hash};
use super::tables::{Lexicon, Memory};
use super::{MAX_DECODED_BYTES, WireError};

/// Longest text that is read at all; the rules allow far less.
const MAX_TEXT: usize = 64 << 10;
/// Ends a text: no byte of UTF-8.
const END_OF_TEXT: u8 = 0xff;

/// What a byte of a text counts for: a reader holds it in the message and in its memory of it.
const TEXT_COPIES: usize = 2;

/// A message on its way.
pub(super) struct Stream<C> {
    pub(super) model: Model<C>,
    pub(super) lexicon: Lexicon,
    pub(super) memory: Memory,
    spent: usize,
}

/// A context made of several numbers.
pub(super) fn context(parts: &[u32]) -> u32 {
    parts
        .iter()
        .fold(parts.len() as u32, |c, part| hash(c, *part))
}

impl<C: Coder> Stream<C> {
    pub(super) fn new(model: Model<C>, lexicon: Lexicon) -> Self {
        Self {
            model,
            lexicon,
            memory: Memory::default(),
            spent: 0,
        }
    }

    /// The same stream with another coder, and the one it had.
    pub(super) fn exchange<D: Coder>(self, coder: D) -> (Stream<D>, C) {
        let (model, before) = self.model.exchange(coder);
        let stream = Stream {
            model,
            lexicon: self.lexicon,
            memory: self.memory,
            spent: self.spent,
        };
        (stream, before)
    }

    /// Whether a reader has room for as much again as was said so far.
    pub(super) fn has_room(&self) -> bool {
        self.spent < MAX_DECODED_BYTES / 2
    }

    /// Counts what a reader has to hold in memory.
    pub(super) fn spend(&mut self, bytes: usize) -> Result<(), WireError> {
        self.model.check()?;
        self.spent = self.spent.saturating_add(bytes);
        if C::READS && self.spent > MAX_DECODED_BYTES {
            return Err(WireError::TooLarge);
        }
        Ok(())
    }

    /// Counts a text.
    pub(super) fn spend_text(&mut self, text: &str) -> Result<(), WireError> {
        self.spend(text.len() * TEXT_COPIES)
    }

    /// How many of something there are, at most `most`.
    pub(super) fn count(
        &mut self,
        given: usize,
        most: usize,
        place: u32,
    ) -> Result<usize, WireError> {
        let contexts = [context(&[place])];
        let count = self
            .model
            .number(given as u64, Column::Message, &contexts, 3);
        match usize::try_from(count) {
            Ok(count) if !C::READS || count <= most => Ok(count),
            _ => Err(WireError::TooMany),
        }
    }

    /// A text that was not seen before.
    pub(super) fn literal(&mut self, given: &str, place: u32) -> Result<String, WireError> {
        let mut said = given.bytes();
        let mut bytes: Vec<u8> = Vec::new();
        let mut all = context(&[place]);
        loop {
            let recent = |count: usize| {
                let tail = bytes.iter().rev().take(count);
                tail.fold(count as u32, |c, byte| hash(c, u32::from(*byte)))
            };
            let contexts = [
                context(&[place, recent(1)]),
                recent(2),
                recent(3),
                recent(4),
                recent(6),
                all,
            ];
            let byte = self
                .model
                .byte(said.next().unwrap_or(END_OF_TEXT), &contexts);
            if byte == END_OF_TEXT {
                break;
            }
            if C::READS && bytes.len() == MAX_TEXT {
                return Err(WireError::TooLarge);
            }
            self.spend(TEXT_COPIES)?;
            all = hash(all, u32::from(byte));
            bytes.push(byte);
        }
        String::from_utf8(bytes).map_err(|_| WireError::Payload)
    }
}
