//! What is expected next: adaptive models of small decisions, mixed.
//!
//! Every decision is looked at in several contexts (the field; the field and what came before it; and
//! so on). Each context keeps the share of ones it has seen; a small mixer, one for each column and
//! degree of experience, learns which contexts to trust. All of it is integer arithmetic over tables of
//! fixed size: memory does not depend on what arrives.

use super::WireError;
use super::coder::{Coder, PROBABILITY_BITS};

/// Most contexts of a decision.
const INPUTS: usize = 6;
/// Slots for contexts; two that collide share one and lose a little.
const SLOT_BITS: u32 = 18;
/// Degrees of experience that select a mixer.
const DEGREES: usize = 4;
/// A slot learns slower with each decision, down to this.
const SLOWEST: u32 = 255;
/// Steps that reading any body may take, and further steps for each byte of its payloads.
const FREE_STEPS: u64 = 1 << 20;
const STEPS_PER_BYTE: u64 = 1 << 10;

/// What a decision is about. Each column has its own mixers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Column {
    /// Counts, flags and numbers of the message itself.
    Message,
    /// Which device, author or commune.
    Who,
    /// Numbers of edits.
    Sequence,
    /// Which record.
    Record,
    /// Identities of subjects.
    Subject,
    /// Clock readings.
    Time,
    /// Which field.
    Field,
    /// Types of values.
    Type,
    /// Whole numbers.
    Int,
    /// Which text, of those seen.
    Known,
    /// Bytes of a text not seen before.
    Byte,
    /// What an edit replaces.
    Base,
}

const COLUMNS: usize = 12;

/// Models and the coder they drive.
#[derive(Clone)]
pub(super) struct Model<C> {
    pub(super) coder: C,
    /// A probability of 22 bits over a count of 10.
    slots: Vec<u32>,
    mixers: Vec<[i32; INPUTS]>,
    /// Work done and, for a reader, work it may do, over the whole body.
    steps: u64,
    most_steps: u64,
}

impl<C: Coder> Model<C> {
    /// Models that have seen nothing.
    pub(super) fn blank(coder: C) -> Self {
        Self {
            coder,
            slots: vec![1 << 31; 1 << SLOT_BITS],
            mixers: vec![[(1 << 16) * 2 / 5; INPUTS]; COLUMNS * DEGREES],
            steps: 0,
            most_steps: FREE_STEPS,
        }
    }

    /// The same models, driving another coder.
    pub(super) fn driving<D: Coder>(&self, coder: D) -> Model<D> {
        Model {
            coder,
            slots: self.slots.clone(),
            mixers: self.mixers.clone(),
            steps: 0,
            most_steps: FREE_STEPS,
        }
    }

    /// The same models with another coder, and the one they had.
    pub(super) fn exchange<D: Coder>(self, coder: D) -> (Model<D>, C) {
        let model = Model {
            coder,
            slots: self.slots,
            mixers: self.mixers,
            steps: self.steps,
            most_steps: self.most_steps,
        };
        (model, self.coder)
    }

    /// A payload of so many bytes allows more work.
    pub(super) fn allow(&mut self, payload: usize) {
        self.most_steps += STEPS_PER_BYTE * payload as u64;
    }

    /// How long the next payload has to be for the steps taken. Much repetition fits into few bytes; a
    /// writer fills up with zeros, so that a reader's work stays in proportion to what it received.
    pub(super) fn least_payload(&self) -> usize {
        let beyond = self.steps.saturating_sub(self.most_steps);
        usize::try_from(beyond.div_ceil(STEPS_PER_BYTE)).unwrap_or(usize::MAX)
    }

    /// Work besides decisions.
    pub(super) fn count_work(&mut self, steps: usize) {
        self.steps += steps as u64;
    }

    /// Fails a reader once the work is out of proportion.
    pub(super) fn check(&self) -> Result<(), WireError> {
        if C::READS && self.steps > self.most_steps {
            Err(WireError::TooLarge)
        } else {
            Ok(())
        }
    }

    /// One decision; the most specific context comes last.
    fn bit(&mut self, bit: bool, column: Column, contexts: &[u32], node: u32) -> bool {
        debug_assert!((1..=INPUTS).contains(&contexts.len()));
        self.steps += 1;
        let mut places = [0_usize; INPUTS];
        let mut inputs = [0_i32; INPUTS];
        let mut sum = 0_i64;
        let mut experience = 0;
        for (index, context) in contexts.iter().enumerate() {
            let place = hash(hash(*context, node), (column as u32) * 8 + index as u32);
            places[index] = (place >> (32 - SLOT_BITS)) as usize;
            let slot = self.slots[places[index]];
            inputs[index] = stretch(slot >> 20);
            experience = slot & 0x3ff;
        }
        let degree = match experience {
            0 => 0,
            1 => 1,
            2..=4 => 2,
            _ => 3,
        };
        let mixer = &mut self.mixers[column as usize * DEGREES + degree];
        for (input, weight) in inputs.iter().zip(mixer.iter()) {
            sum += i64::from(*input) * i64::from(*weight);
        }
        let probability = squash((sum >> 16).clamp(-2047, 2047) as i32);
        let bit = self.coder.code(bit, probability);

        let target = if bit { 1 << PROBABILITY_BITS } else { 0 };
        let error = target - probability as i32;
        for (input, weight) in inputs.iter().zip(mixer.iter_mut()) {
            let step = (i64::from(*input) * i64::from(error) * MIXER_RATE) >> 18;
            *weight = (*weight + step as i32).clamp(-(1 << 20), 1 << 20);
        }
        for place in &places[..contexts.len()] {
            let slot = &mut self.slots[*place];
            let (share, count) = (*slot >> 10, *slot & 0x3ff);
            let goal = if bit { (1 << 22) - 1 } else { 0_i64 };
            let moved = (goal - i64::from(share)) * 2 / (2 * i64::from(count) + 3);
            let share = (i64::from(share) + moved) as u32;
            *slot = (share << 10) | (count + 1).min(SLOWEST);
        }
        bit
    }

    /// A yes or no.
    pub(super) fn flag(&mut self, flag: bool, column: Column, contexts: &[u32]) -> bool {
        self.bit(flag, column, contexts, 0)
    }

    /// A number: how many bits it has, one by one, then the bits below the first. The first `modelled`
    /// of these are predicted, those below them are taken to be even.
    pub(super) fn number(
        &mut self,
        number: u64,
        column: Column,
        contexts: &[u32],
        modelled: u32,
    ) -> u64 {
        let bits = u64::BITS - number.leading_zeros();
        let mut length = 0;
        while length < u64::BITS && self.bit(length < bits, column, contexts, 1 + length) {
            length += 1;
        }
        if length == 0 {
            return 0;
        }
        let mut read = 1_u64;
        for place in (0..length - 1).rev() {
            let bit = number >> place & 1 == 1;
            let depth = length - 2 - place;
            let bit = if depth < modelled {
                // At most `modelled` bits are in `read` here, which fits.
                let node = 0x100 | length << 16 | (read as u32) << 23;
                self.bit(bit, column, contexts, node)
            } else {
                self.even(bit)
            };
            read = read << 1 | u64::from(bit);
        }
        read
    }

    /// A number with a sign.
    pub(super) fn signed(
        &mut self,
        number: i64,
        column: Column,
        contexts: &[u32],
        modelled: u32,
    ) -> i64 {
        let size = self.number(number.unsigned_abs(), column, contexts, modelled);
        let small = u32::try_from(size.min(4)).unwrap_or(4);
        if size == 0 {
            return 0;
        }
        let negative = self.bit(number < 0, column, contexts, 0x80 | small);
        if negative {
            0_i64.wrapping_sub_unsigned(size)
        } else {
            0_i64.wrapping_add_unsigned(size)
        }
    }

    /// One of few: a choice below `of`, which is at most 16.
    pub(super) fn choice(
        &mut self,
        choice: u32,
        of: u32,
        column: Column,
        contexts: &[u32],
    ) -> Result<u32, WireError> {
        let depth = u32::BITS - (of - 1).leading_zeros();
        let mut node = 1;
        for place in (0..depth).rev() {
            let bit = self.bit(choice >> place & 1 == 1, column, contexts, 0x40 | node);
            node = node << 1 | u32::from(bit);
        }
        let read = node - (1 << depth);
        if read < of {
            Ok(read)
        } else {
            Err(WireError::Payload)
        }
    }

    /// A byte of text.
    pub(super) fn byte(&mut self, byte: u8, contexts: &[u32]) -> u8 {
        let mut node = 1_u32;
        for place in (0..8).rev() {
            let bit = self.bit(byte >> place & 1 == 1, Column::Byte, contexts, node);
            node = node << 1 | u32::from(bit);
        }
        node as u8
    }

    /// Bits that nothing predicts.
    pub(super) fn random(&mut self, value: u128, bits: u32) -> u128 {
        let mut read = 0;
        for place in (0..bits).rev() {
            read = read << 1 | u128::from(self.even(value >> place & 1 == 1));
        }
        read
    }

    fn even(&mut self, bit: bool) -> bool {
        self.steps += 1;
        self.coder.code(bit, 1 << (PROBABILITY_BITS - 1))
    }
}

const MIXER_RATE: i64 = 3;

/// Folds a number into a context.
pub(super) fn hash(context: u32, with: u32) -> u32 {
    let mixed = (context ^ with.wrapping_mul(0x9e37_79b1)).wrapping_mul(0x85eb_ca6b);
    mixed ^ mixed >> 15
}

/// The logistic function at steps of one half from -8 to 8, as 16-bit probabilities.
const LOGISTIC: [i32; 33] = [
    22, 36, 60, 98, 162, 267, 439, 720, 1179, 1921, 3108, 4971, 7812, 11955, 17625, 24743, 32768,
    40793, 47911, 53581, 57724, 60565, 62428, 63615, 64357, 64816, 65097, 65269, 65374, 65438,
    65476, 65500, 65514,
];

/// From 256ths of a natural unit to a probability.
const fn squash(x: i32) -> u32 {
    let shifted = x + 2048;
    let (knot, within) = ((shifted >> 7) as usize, shifted & 127);
    (LOGISTIC[knot] + (((LOGISTIC[knot + 1] - LOGISTIC[knot]) * within) >> 7)) as u32
}

/// The inverse, for probabilities of 12 bits.
const STRETCH: [i16; 4096] = {
    let mut table = [0; 4096];
    let mut x = -2047;
    let mut next = 0;
    while x <= 2047 {
        let up_to = (squash(x) >> 4) as usize;
        while next <= up_to {
            table[next] = x as i16;
            next += 1;
        }
        x += 1;
    }
    while next < 4096 {
        table[next] = 2047;
        next += 1;
    }
    table
};

fn stretch(probability: u32) -> i32 {
    i32::from(STRETCH[probability as usize])
}
