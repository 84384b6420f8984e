//! What locks a commune's register on a shared tablet: rules for PINs, what wrong ones cost, and the key
//! by which the server helps who has forgotten theirs. `docs/security.md` says what all this is good for
//! and where it ends.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use thiserror::Error;

/// Rounds of PBKDF2 with HMAC-SHA-256 between a PIN and its key: what OWASP's password storage guide asks
/// for. A wrapped key carries its own number, so that this one may grow.
pub const ROUNDS: u32 = 600_000;
/// Fewest and most characters of a PIN. Letters may be in it: a longer one is a pass phrase.
pub const PIN_CHARS: std::ops::RangeInclusive<usize> = 6..=64;
/// Wrong PINs that cost nothing but the try.
const FREE: u32 = 4;
/// The pauses after those that follow, in milliseconds; the last one stays.
const PAUSES_MS: [u64; 6] = [15_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000];

/// Why something cannot be a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WeakPin {
    /// Fewer characters than [`PIN_CHARS`].
    #[error("Mã PIN cần ít nhất {} ký tự.", PIN_CHARS.start())]
    Short,
    /// More characters than [`PIN_CHARS`].
    #[error("Mã PIN dài nhất {} ký tự.", PIN_CHARS.end())]
    Long,
    /// One character again and again, or each the neighbour of the one before.
    #[error("Mã này dễ đoán quá (một số lặp lại hoặc các số liền nhau). Hãy chọn mã khác.")]
    Guessable,
}

/// Whether `pin` may lock a register.
pub fn check_pin(pin: &str) -> Result<(), WeakPin> {
    let chars: Vec<char> = pin.chars().collect();
    if chars.len() < *PIN_CHARS.start() {
        return Err(WeakPin::Short);
    }
    if chars.len() > *PIN_CHARS.end() {
        return Err(WeakPin::Long);
    }
    let step = |pair: &[char]| i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0]));
    let first = step(&chars[..2]);
    let steady = chars.windows(2).all(|pair| step(pair) == first);
    if steady && (-1..=1).contains(&first) {
        return Err(WeakPin::Guessable);
    }
    Ok(())
}

/// Wrong PINs so far, kept on the tablet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempts {
    /// Tries since the last right one. A try counts when it begins, so that a program killed meanwhile
    /// has not tried for nothing.
    pub wrong: u32,
    /// When the last of them began, in milliseconds since 1970.
    pub last_ms: u64,
}

impl Attempts {
    /// How long to wait from `now_ms` before the next try, in milliseconds; 0 if none.
    ///
    /// A clock that is set back does not lengthen a pause beyond its own length.
    pub fn wait_ms(self, now_ms: u64) -> u64 {
        let Some(over) = self.wrong.checked_sub(FREE + 1) else {
            return 0;
        };
        let step = (over as usize).min(PAUSES_MS.len() - 1);
        let until = self.last_ms.saturating_add(PAUSES_MS[step]);
        until.saturating_sub(now_ms).min(PAUSES_MS[step])
    }

    /// One more, beginning now.
    #[must_use]
    pub fn tried(self, now_ms: u64) -> Self {
        Self {
            wrong: self.wrong.saturating_add(1),
            last_ms: now_ms,
        }
    }
}

/// The key with which an account's register opens again after signing in with the password. The server
/// releases it to nobody else. Written as 64 hexadecimal digits; never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct VaultKey(pub [u8; 32]);

impl VaultKey {
    /// As [`fmt::LowerHex`] writes it.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 || !digits.is_ascii() {
            return None;
        }
        let mut key = [0; 32];
        for (byte, pair) in key.iter_mut().zip(digits.chunks(2)) {
            let pair = std::str::from_utf8(pair).ok()?;
            *byte = u8::from_str_radix(pair, 16).ok()?;
        }
        Some(Self(key))
    }
}

impl fmt::LowerHex for VaultKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for VaultKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VaultKey(…)")
    }
}

impl Serialize for VaultKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{self:x}"))
    }
}

impl<'de> Deserialize<'de> for VaultKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a key"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pins() {
        #[track_caller]
        fn check(pin: &str, expected: Result<(), WeakPin>) {
            assert_eq!(check_pin(pin), expected, "{pin}");
        }
        check("", Err(WeakPin::Short));
        check("58203", Err(WeakPin::Short));
        check("000000", Err(WeakPin::Guessable));
        check("123456", Err(WeakPin::Guessable));
        check("987654", Err(WeakPin::Guessable));
        check("abcdefgh", Err(WeakPin::Guessable));
        check("582031", Ok(()));
        check("123457", Ok(()));
        check("135790", Ok(()));
        check("mận hậu Bản Bó", Ok(()));
        check(&"5820".repeat(16), Ok(()));
        check(&"5820".repeat(17), Err(WeakPin::Long));
    }

    #[test]
    fn each_wrong_pin_after_the_fifth_costs_more() {
        let mut attempts = Attempts::default();
        let mut waits = Vec::new();
        let mut now = 1_000_000;
        for _ in 0..13 {
            attempts = attempts.tried(now);
            let wait = attempts.wait_ms(now);
            waits.push(wait / 1000);
            assert_eq!(attempts.wait_ms(now + wait), 0);
            now += wait;
        }
        assert_eq!(
            waits,
            [0, 0, 0, 0, 15, 60, 300, 900, 1800, 3600, 3600, 3600, 3600]
        );
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_lock_for_years() {
        let attempts = Attempts {
            wrong: 6,
            last_ms: 4_000_000_000_000,
        };
        assert_eq!(attempts.wait_ms(1_000), 60_000);
    }

    #[test]
    fn keys_are_written_and_read_and_not_shown() {
        let key = VaultKey(std::array::from_fn(|at| at as u8));
        let text = format!("{key:x}");
        assert_eq!(VaultKey::parse(&text), Some(key.clone()));
        assert_eq!(serde_json::to_string(&key).unwrap(), format!("\"{text}\""));
        for wrong in [
            "",
            "00",
            &text[1..],
            &text.replace('0', "g"),
            &"é".repeat(32),
        ] {
            assert_eq!(VaultKey::parse(wrong), None, "{wrong}");
        }
        assert!(!format!("{key:?}").contains("01"));
    }
}
