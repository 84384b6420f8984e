//! Vietnamese text: one normal form, search without tone marks, the order of the alphabet, numbers as
//! people there write them.

mod collation;
mod number;

pub use collation::{collation_key, person_name_key};
pub use number::{
    NumberError, format_hundredths, format_int, format_rate_percent, parse_hundredths_vi,
    parse_int_vi,
};

use unicode_normalization::UnicodeNormalization as _;

/// Normal form C: what is stored, sent and compared.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// One line of input: NFC, no control characters, single spaces, none at the ends.
pub fn clean_line(text: &str) -> String {
    let spaced: String = text
        .nfc()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What search compares: lower case, without tone marks and with `d` for `đ`, so that `Hoà`, `Hòa` and
/// `hoa` are alike.
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// The name a person is called by: the last word.
pub fn given_name(name: &str) -> &str {
    name.split_whitespace().next_back().unwrap_or_default()
}

/// Combining marks of Vietnamese letters in NFD: tones, breve, circumflex, horn, and any other of the
/// block.
fn is_mark(c: char) -> bool {
    ('\u{0300}'..='\u{036f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folding_hides_tones_and_their_placement() {
        for (text, folded) in [
            ("Hoà", "hoa"),
            ("Hòa", "hoa"),
            ("ĐƯỜNG", "duong"),
            ("Lò Văn Hặc", "lo van hac"),
            ("Thị trấn Hát Lót", "thi tran hat lot"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
            let decomposed: String = text.nfd().collect();
            assert_eq!(fold(&decomposed), folded, "{text}, decomposed");
        }
    }

    #[test]
    fn lines_are_cleaned() {
        assert_eq!(clean_line("  Lò \t Văn\u{0000} A \n"), "Lò Văn A");
        assert_eq!(clean_line("Lo\u{0300}"), "Lò");
        assert_eq!(given_name("Giàng A Páo"), "Páo");
    }

    proptest! {
        #[test]
        fn cleaning_and_folding_twice_is_the_same_as_once(text in any::<String>()) {
            let clean = clean_line(&text);
            prop_assert_eq!(clean_line(&clean), clean.clone());
            prop_assert_eq!(nfc(&clean), clean);
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }
    }
}
