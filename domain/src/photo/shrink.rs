//! How a photo is made small enough for a poor link, and still readable: signed minutes are photographed.

use super::{MAX_BYTES, MAX_SIDE};

/// Longest side that the app makes, in pixels: a page of handwriting stays readable.
pub const LONGEST_SIDE: u32 = 1_600;
/// What a photo should have at most, in bytes.
pub const TARGET_BYTES: u32 = 300 << 10;
/// Longest side of the small picture in lists, in pixels.
pub const THUMB_SIDE: u32 = 320;
/// Quality of the small picture, as browsers count it.
pub const THUMB_QUALITY: f64 = 0.7;
/// Largest file that is opened, in bytes: more than any phone's camera makes.
pub const MAX_FILE_BYTES: f64 = 60_000_000.0;

const _: () = assert!(LONGEST_SIDE <= MAX_SIDE && TARGET_BYTES <= MAX_BYTES);

/// One way to write a photo: how large, how coarsely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attempt {
    /// Longest side in pixels.
    pub side: u32,
    /// Quality, from 0 to 1, as browsers count it.
    pub quality: f64,
}

/// Ways to write a photo, the best first. The first that has at most [`TARGET_BYTES`] is kept; of the last,
/// [`MAX_BYTES`] will do.
pub const ATTEMPTS: [Attempt; 5] = [
    Attempt {
        side: LONGEST_SIDE,
        quality: 0.82,
    },
    Attempt {
        side: LONGEST_SIDE,
        quality: 0.68,
    },
    Attempt {
        side: 1_400,
        quality: 0.6,
    },
    Attempt {
        side: 1_200,
        quality: 0.55,
    },
    Attempt {
        side: 1_000,
        quality: 0.5,
    },
];

/// Whether what came of an attempt is kept.
pub fn is_kept(attempt: usize, bytes: usize) -> bool {
    let last = attempt + 1 >= ATTEMPTS.len();
    let limit = if last { MAX_BYTES } else { TARGET_BYTES };
    bytes <= limit as usize
}

/// Width and height that fit into a square of this side in the same proportions. Nothing is made larger.
pub fn fitted(width: u32, height: u32, side: u32) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= side {
        return (width.max(1), height.max(1));
    }
    let scale = |length: u32| {
        let scaled = u64::from(length) * u64::from(side) / u64::from(longest);
        u32::try_from(scaled).unwrap_or(side).max(1)
    };
    (scale(width), scale(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photos_are_fitted_and_never_enlarged() {
        for (size, side, expected) in [
            ((4_000, 3_000), 1_600, (1_600, 1_200)),
            ((3_000, 4_000), 1_600, (1_200, 1_600)),
            ((800, 600), 1_600, (800, 600)),
            ((u32::MAX, 1), 1_600, (1_600, 1)),
            ((0, 0), 1_600, (1, 1)),
        ] {
            assert_eq!(fitted(size.0, size.1, side), expected);
        }
    }

    #[test]
    fn each_attempt_is_smaller_than_the_one_before() {
        for pair in ATTEMPTS.windows(2) {
            assert!(pair[1].side <= pair[0].side && pair[1].quality < pair[0].quality);
        }
        let (target, most) = (TARGET_BYTES as usize, MAX_BYTES as usize);
        assert!(is_kept(0, target) && !is_kept(0, target + 1));
        assert!(is_kept(4, most) && !is_kept(4, most + 1));
    }
}
