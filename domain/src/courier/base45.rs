//! Base45 (RFC 9285): bytes in the letters that a QR code packs most tightly, and that every reader gives
//! back unchanged, which bytes as they stand are not.

const LETTERS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Bytes as letters.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(2) * 3);
    for pair in bytes.chunks(2) {
        let (mut value, letters) = match pair {
            [high, low] => (u32::from(*high) << 8 | u32::from(*low), 3),
            rest => (u32::from(rest[0]), 2),
        };
        for _ in 0..letters {
            text.push(char::from(LETTERS[(value % 45) as usize]));
            value /= 45;
        }
    }
    text
}

/// Letters back to bytes; `None` if they are not what [`encode`] writes.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let value_of = |letter: &u8| {
        let place = LETTERS.iter().position(|known| known == letter)?;
        u32::try_from(place).ok()
    };
    let mut bytes = Vec::with_capacity(text.len() / 3 * 2 + 1);
    for letters in text.as_bytes().chunks(3) {
        let mut value = 0;
        for letter in letters.iter().rev() {
            value = value * 45 + value_of(letter)?;
        }
        match letters.len() {
            3 => bytes.extend_from_slice(&u16::try_from(value).ok()?.to_be_bytes()),
            2 => bytes.push(u8::try_from(value).ok()?),
            _ => return None,
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_examples_of_the_standard() {
        for (bytes, text) in [
            ("AB", "BB8"),
            ("Hello!!", "%69 VD92EX0"),
            ("base-45", "UJCLQE7W581"),
            ("ietf!", "QED8WEX0"),
            ("", ""),
        ] {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
        }
        for wrong in ["GGW", "::", "A", "bb8", "ề"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_come_back(bytes: Vec<u8>) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let _ = decode(&text);
        }
    }
}
