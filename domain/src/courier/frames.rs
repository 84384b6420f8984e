//! A bundle or a reply as a series of QR codes, shown one after the other over and over. A camera may see
//! them in any order, some of them twice and some only in the second round.
//!
//! A frame is `TD1` and, in base 45: four bytes of the whole's SHA-256, its place and their number (two bytes
//! each), its part of the whole, and four bytes of the SHA-256 of all this.

use super::MAX_BYTES;
use super::base45;
use sha2::{Digest as _, Sha256};

const MARK: &str = "TD1";
const HEAD: usize = 8;
const CHECK: usize = 4;
/// Bytes of the whole in one frame: with the rest 468 letters, which a code of 77 modules holds at level M:
/// coarse enough for the camera of a cheap tablet, and fifty entries are two codes.
pub const PART_BYTES: usize = 300;
/// Most frames: about 75 kB, some four minutes in front of a camera. What is larger goes as a file.
pub const MAX_FRAMES: usize = 256;

/// The codes that say `bytes`; `None` if it would be more than [`MAX_FRAMES`].
pub fn frames(bytes: &[u8]) -> Option<Vec<String>> {
    // Even parts: the last code is no denser and no emptier than the others.
    let count = bytes.len().div_ceil(PART_BYTES).max(1);
    if count > MAX_FRAMES {
        return None;
    }
    let size = bytes.len().div_ceil(count).max(1);
    let whole = Sha256::digest(bytes);
    let frame = |place: usize, part: &[u8]| {
        let mut frame = whole[..4].to_vec();
        frame.extend_from_slice(&(place as u16).to_be_bytes());
        frame.extend_from_slice(&(count as u16).to_be_bytes());
        frame.extend_from_slice(part);
        let check = Sha256::digest(&frame);
        frame.extend_from_slice(&check[..CHECK]);
        format!("{MARK}{}", base45::encode(&frame))
    };
    let mut parts: Vec<&[u8]> = bytes.chunks(size).collect();
    parts.resize(count, &[]);
    Some(
        parts
            .into_iter()
            .enumerate()
            .map(|(place, part)| frame(place, part))
            .collect(),
    )
}

/// What a camera has seen so far.
#[derive(Clone, Debug, Default)]
pub struct Collector {
    whole: [u8; 4],
    parts: Vec<Option<Vec<u8>>>,
}

/// What a code was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// None of ours: some other code.
    Foreign,
    /// One that was seen before.
    Again,
    /// A new one; there are more.
    New,
    /// The last one that was missing: here is the whole.
    Whole(Vec<u8>),
}

impl Collector {
    /// Takes in the text of a code. A code of another series begins anew: somebody has put another tablet
    /// before the camera.
    pub fn see(&mut self, text: &str) -> Seen {
        let Some((whole, place, count, part)) = read(text) else {
            return Seen::Foreign;
        };
        if self.parts.len() != count || self.whole != whole {
            self.whole = whole;
            self.parts = vec![None; count];
        }
        if self.parts[place].is_some() {
            return Seen::Again;
        }
        self.parts[place] = Some(part);
        if self.seen() < count {
            return Seen::New;
        }
        let bytes = self
            .parts
            .drain(..)
            .flatten()
            .flatten()
            .collect::<Vec<u8>>();
        match Sha256::digest(&bytes)[..4] == self.whole {
            true => Seen::Whole(bytes),
            // Two wholes with the same four bytes: from the start.
            false => Seen::Foreign,
        }
    }

    /// How many codes were seen.
    pub fn seen(&self) -> usize {
        self.parts.iter().flatten().count()
    }

    /// How many there are; 0 before the first.
    pub fn count(&self) -> usize {
        self.parts.len()
    }
}

fn read(text: &str) -> Option<([u8; 4], usize, usize, Vec<u8>)> {
    let bytes = base45::decode(text.strip_prefix(MARK)?)?;
    let (said, check) = bytes.split_at_checked(bytes.len().checked_sub(CHECK)?)?;
    if said.len() < HEAD || Sha256::digest(said)[..CHECK] != *check {
        return None;
    }
    let place = usize::from(u16::from_be_bytes([said[4], said[5]]));
    let count = usize::from(u16::from_be_bytes([said[6], said[7]]));
    let part = said[HEAD..].to_vec();
    let sound = place < count && count <= MAX_FRAMES && part.len() <= MAX_BYTES / MAX_FRAMES;
    let whole = [said[0], said[1], said[2], said[3]];
    sound.then_some((whole, place, count, part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn collect(frames: impl IntoIterator<Item = String>) -> Option<Vec<u8>> {
        let mut collector = Collector::default();
        frames
            .into_iter()
            .find_map(|frame| match collector.see(&frame) {
                Seen::Whole(bytes) => Some(bytes),
                _ => None,
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn codes_in_any_order_some_of_them_twice(
            bytes in proptest::collection::vec(any::<u8>(), 0..5_000),
            order in proptest::collection::vec(any::<prop::sample::Index>(), 0..80),
        ) {
            let codes = frames(&bytes).unwrap();
            let seen: Vec<String> = order.iter().map(|at| codes[at.index(codes.len())].clone()).collect();
            prop_assert!(codes.iter().all(|code| code.len() <= 471), "{}", codes[0].len());
            // After any beginning, one whole round is enough.
            prop_assert_eq!(collect(seen.into_iter().chain(codes)), Some(bytes));
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let mut collector = Collector::default();
            collector.see(&text);
            collector.see(&format!("{MARK}{text}"));
            collector.see(&format!("{MARK}{}", base45::encode(text.as_bytes())));
        }
    }

    #[test]
    fn another_series_begins_anew_and_damage_is_no_code_of_ours() {
        let (one, other) = (frames(&[1; 700]).unwrap(), frames(&[2; 700]).unwrap());
        assert_eq!(one.len(), 3);
        let mut collector = Collector::default();
        assert_eq!(collector.see(&one[0]), Seen::New);
        assert_eq!(collector.see(&one[0]), Seen::Again);
        assert_eq!(collector.see("https://sonla.gov.vn"), Seen::Foreign);
        assert_eq!((collector.seen(), collector.count()), (1, 3));
        assert_eq!(collector.see(&other[2]), Seen::New);
        assert_eq!((collector.seen(), collector.count()), (1, 3));
        assert_eq!(collector.see(&other[1]), Seen::New);
        assert_eq!(collector.see(&other[0]), Seen::Whole(vec![2; 700]));
        for at in 0..one[1].len() {
            let mut letters = one[1].clone().into_bytes();
            letters[at] = if letters[at] == b'7' { b'8' } else { b'7' };
            let changed = String::from_utf8(letters).unwrap();
            assert_eq!(collector.see(&changed), Seen::Foreign, "letter {at}");
        }
        assert_eq!(frames(&vec![0; PART_BYTES * MAX_FRAMES + 1]), None);
    }
}
