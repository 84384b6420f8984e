//! Vietnamese text: one normal form, search without tone marks, the order of the alphabet, numbers as
//! people there write them.

mod collation;
mod language;
mod number;

pub use collation::{collation_key, person_name_key};
pub use language::Language;
pub use number::{
    NumberError, format_hundredths, format_int, format_rate_percent, parse_hundredths_vi,
    parse_int_vi,
};

use unicode_normalization::UnicodeNormalization as _;

/// Normal form C: what is stored, sent and compared.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// One line of input: NFC, no control or invisible characters, single spaces, none at the ends. A
/// control character parts words; an invisible one does not.
pub fn clean_line(text: &str) -> String {
    let spaced: String = text
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .nfc()
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What search compares: lower case, without tone marks and with `d` for `đ`, so that `Hoà`, `Hòa` and
/// `hoa` are alike. `Ð` (eth) and `Ɖ` look like `Đ` and stand for it in text from old keyboards.
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| {
            if matches!(c, 'đ' | 'ð' | 'ɖ') {
                'd'
            } else {
                c
            }
        })
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

/// Characters that are pasted along unseen: soft hyphen, zero-width space, marks of writing direction,
/// word joiner, byte order mark. They would make equal names unequal.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00ad}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    )
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
            ("Ðinh Văn Ơn", "dinh van on"),
            ("Ɖinh", "dinh"),
            ("THUỶ Thủy thủY", "thuy thuy thuy"),
            ("Nguyễn Thị Ưởng", "nguyen thi uong"),
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
        // What is invisible goes before composition, or it would keep letter and tone apart.
        assert_eq!(
            clean_line("\u{feff}Lo\u{200b}\u{0300}\u{00a0} A\u{202e}"),
            "Lò A"
        );
        assert_eq!(given_name("  "), "");
        assert_eq!(given_name("Giàng A Páo"), "Páo");
    }

    #[test]
    fn folding_is_stable_for_every_character() {
        for c in '\0'..=char::MAX {
            let folded = fold(&c.to_string());
            assert_eq!(fold(&folded), folded, "{c:?}");
        }
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
