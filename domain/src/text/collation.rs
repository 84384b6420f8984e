//! The order of the Vietnamese alphabet: `ă â đ ê ô ơ ư` are letters of their own; tones decide last,
//! in the order ngang, huyền, hỏi, ngã, sắc, nặng.

use unicode_normalization::UnicodeNormalization as _;

const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
/// Tone marks in the order of dictionaries, after "no mark".
const TONES: [char; 5] = ['\u{0300}', '\u{0309}', '\u{0303}', '\u{0301}', '\u{0323}'];
/// Marks that make another letter of the one before: circumflex, breve, horn.
const LETTER_MARKS: [char; 3] = ['\u{0302}', '\u{0306}', '\u{031b}'];

/// A key whose byte order is the dictionary's order of `text`: letters first, tones only between words
/// of the same letters.
pub fn collation_key(text: &str) -> Vec<u8> {
    let mut letters = Vec::with_capacity(text.len());
    let mut tones = Vec::new();
    let lower: Vec<char> = text.nfd().flat_map(char::to_lowercase).collect();
    let mut rest = lower.as_slice();
    while let Some((base, after)) = rest.split_first() {
        let marks = after
            .iter()
            .take_while(|c| super::is_mark(**c))
            .copied()
            .collect::<Vec<_>>();
        rest = &after[marks.len()..];
        let mut letter = String::from(*base);
        letter.extend(marks.iter().filter(|mark| LETTER_MARKS.contains(mark)));
        let letter = letter.nfc().next().unwrap_or(*base);
        letters.extend(rank(letter));
        let tone = marks
            .iter()
            .find_map(|mark| TONES.iter().position(|tone| tone == mark));
        tones.push(tone.map_or(1, |position| u8::try_from(position + 2).unwrap_or(1)));
    }
    letters.push(0);
    letters.extend(tones);
    letters
}

/// A key by which people are listed: given name first, then the full name.
pub fn person_name_key(name: &str) -> Vec<u8> {
    let mut key = collation_key(super::given_name(name));
    key.push(0);
    key.extend(collation_key(name));
    key
}

/// Spaces before digits before letters before everything else; never the byte 0.
fn rank(letter: char) -> Vec<u8> {
    if letter.is_whitespace() {
        return vec![1];
    }
    if let Some(digit) = letter.to_digit(10) {
        return vec![2, u8::try_from(digit).unwrap_or(0) + 1];
    }
    if let Some(place) = ALPHABET.chars().position(|other| other == letter) {
        return vec![3, u8::try_from(place).unwrap_or(0) + 1];
    }
    let mut bytes = vec![4];
    let mut buffer = [0; 4];
    bytes.extend(letter.encode_utf8(&mut buffer).bytes().map(|b| b.max(1)));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sorted: &[&str], key: impl Fn(&str) -> Vec<u8>) {
        for pair in sorted.windows(2) {
            assert!(key(pair[0]) < key(pair[1]), "{} < {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn letters_and_tones_sort_as_in_a_dictionary() {
        check(
            &["a", "à", "ả", "ã", "á", "ạ", "an", "ă", "ăn", "â", "b"],
            collation_key,
        );
        check(
            &["da", "đa", "e", "ê", "o", "ô", "ơ", "u", "ư"],
            collation_key,
        );
        check(&["Bản 2", "Bản An", "Bản Ân", "Bản Bó"], collation_key);
        // Tones decide only between words of the same letters.
        check(&["Hà An", "Hà Ban", "Hạ Ban", "Ha Van"], collation_key);
    }

    #[test]
    fn both_normal_forms_and_both_cases_sort_alike() {
        for text in ["Ưởng", "Đặng Thị Hợi", "Quyết Tâm", "BẢN Nà Nghè"] {
            let decomposed: String = text.nfd().collect();
            assert_eq!(collation_key(text), collation_key(&decomposed), "{text}");
            assert_eq!(
                collation_key(text),
                collation_key(&text.to_lowercase()),
                "{text}"
            );
        }
    }

    #[test]
    fn people_sort_by_given_name() {
        check(
            &["Vàng Thị An", "Cà Văn Bình", "Lò Văn Bình", "Giàng A Páo"],
            person_name_key,
        );
    }
}
