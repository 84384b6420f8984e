//! The arithmetic coder: turns yes-or-no decisions and the probability expected of them into bytes.
//!
//! A carry-less binary coder over a 32-bit interval. It works on integers alone, so that a tablet's
//! wasm and the server agree to the bit. Reader and writer share one interface: the same description of
//! a message serves both, and cannot say different things to them.

use super::WireError;

/// Bits of a probability.
pub(super) const PROBABILITY_BITS: u32 = 16;

/// One end of the wire.
pub(super) trait Coder {
    /// Whether values come from outside and have to be distrusted.
    const READS: bool;

    /// Codes one decision. A writer writes `bit`; a reader ignores it and returns what it reads.
    /// `probability` of a one is between 1 and 65,535.
    fn code(&mut self, bit: bool, probability: u32) -> bool;
}

/// The interval that both ends narrow down.
struct Interval {
    low: u32,
    high: u32,
}

impl Interval {
    const FULL: Self = Self {
        low: 0,
        high: u32::MAX,
    };

    /// The last number that stands for a one.
    fn middle(&self, probability: u32) -> u32 {
        let range = u64::from(self.high - self.low);
        let below = (range * u64::from(probability)) >> PROBABILITY_BITS;
        // `below` is smaller than `range`, which fits.
        self.low + below as u32
    }

    fn narrow(&mut self, bit: bool, middle: u32) {
        if bit {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
    }

    /// Takes off the first byte if both ends agree on it.
    fn shift(&mut self) -> Option<u8> {
        let settled = (self.low ^ self.high) >> 24 == 0;
        settled.then(|| {
            let byte = (self.high >> 24) as u8;
            self.low <<= 8;
            self.high = (self.high << 8) | 0xff;
            byte
        })
    }
}

/// Writes.
pub(super) struct Writer {
    interval: Interval,
    out: Vec<u8>,
}

impl Writer {
    pub(super) fn new() -> Self {
        Self {
            interval: Interval::FULL,
            out: Vec::new(),
        }
    }

    /// The bytes written, as few as tell the message: a reader takes what is missing for zeros.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let Interval { low, high } = self.interval;
        // The shortest number that, followed by zeros, lies inside the interval.
        let tail = (0..=4_u32)
            .map(|bytes| {
                let mask = u32::MAX.checked_shr(8 * bytes).unwrap_or(0);
                low.checked_add(mask).map_or(u32::MAX, |up| up) & !mask
            })
            .find(|number| (low..=high).contains(number))
            .unwrap_or(low);
        self.out.extend_from_slice(&tail.to_be_bytes());
        while self.out.last() == Some(&0) {
            self.out.pop();
        }
        self.out
    }
}

impl Coder for Writer {
    const READS: bool = false;

    fn code(&mut self, bit: bool, probability: u32) -> bool {
        let middle = self.interval.middle(probability);
        self.interval.narrow(bit, middle);
        while let Some(byte) = self.interval.shift() {
            self.out.push(byte);
        }
        bit
    }
}

/// Reads. Behind the last byte there are zeros without end; whoever drives it counts the steps.
pub(super) struct Reader<'b> {
    interval: Interval,
    window: u32,
    rest: std::slice::Iter<'b, u8>,
}

impl<'b> Reader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        let mut reader = Self {
            interval: Interval::FULL,
            window: 0,
            rest: bytes.iter(),
        };
        for _ in 0..4 {
            reader.window = (reader.window << 8) | reader.next();
        }
        reader
    }

    fn next(&mut self) -> u32 {
        self.rest.next().copied().map_or(0, u32::from)
    }

    /// Refuses bytes that the message had no use for.
    pub(super) fn finish(self) -> Result<(), WireError> {
        match self.rest.as_slice() {
            rest if rest.iter().all(|byte| *byte == 0) => Ok(()),
            _ => Err(WireError::Payload),
        }
    }
}

impl Coder for Reader<'_> {
    const READS: bool = true;

    fn code(&mut self, _: bool, probability: u32) -> bool {
        let middle = self.interval.middle(probability);
        let bit = self.window <= middle;
        self.interval.narrow(bit, middle);
        while self.interval.shift().is_some() {
            self.window = (self.window << 8) | self.next();
        }
        bit
    }
}

/// Writes nowhere: what teaches the models before a message.
pub(super) struct Nowhere;

impl Coder for Nowhere {
    const READS: bool = false;

    fn code(&mut self, bit: bool, _: u32) -> bool {
        bit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(steps: Vec<(bool, u16)>) {
            let mut writer = Writer::new();
            for (bit, probability) in &steps {
                writer.code(*bit, u32::from(*probability).max(1));
            }
            let bytes = writer.finish();
            let mut reader = Reader::new(&bytes);
            for (bit, probability) in &steps {
                prop_assert_eq!(reader.code(false, u32::from(*probability).max(1)), *bit);
            }
            prop_assert_eq!(reader.finish(), Ok(()));
        }
    }
}
