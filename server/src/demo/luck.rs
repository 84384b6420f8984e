//! Chance that is the same for the same seed.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// A stream of chance.
pub(super) struct Luck(ChaCha8Rng);

impl Luck {
    /// The stream of a seed and a purpose: what one commune draws does not move another's.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// A number below `bound`.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        // The bias of at most 2^-50 does not matter to a demonstration.
        self.0.next_u64() % bound.max(1)
    }

    /// A place in a list of `length`.
    pub(super) fn index(&mut self, length: usize) -> usize {
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        usize::try_from(self.below(length)).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high.abs_diff(low) + 1).cast_signed()
    }

    /// Whether something that happens `percent` times in a hundred happens.
    pub(super) fn chance(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }

    /// One of several.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.index(from.len())]
    }

    /// Which of several, the more often the greater its weight.
    pub(super) fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut draw = self.below(weights.iter().sum());
        weights
            .iter()
            .position(|weight| {
                let chosen = draw < *weight;
                draw = draw.saturating_sub(*weight);
                chosen
            })
            .unwrap_or(0)
    }

    /// Puts a list into an order of chance.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.index(last + 1));
        }
    }

    /// 64 bits, for an identity.
    pub(super) fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }
}
