//! What the compiler cannot hold of the table.

use super::{Entry, FILES};
use std::collections::BTreeSet;
use thidua_domain::text::{Language, fold};
use wasm_bindgen_test::wasm_bindgen_test;

/// The source of the app, for the test that looks for texts outside of the table.
const SOURCE: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/source.rs"));

/// Texts that are alike in both languages, and have to be.
const ALIKE: &[&str] = &["frame::brand", "frame::own_name", "settings::span"];

/// Vietnamese that English texts have on purpose: names, and terms that English has no word for.
const TERMS: &[&str] = &[
    "Sơn La",
    "Sổ Thi Đua",
    "NĐ-CP",
    "(xã)",
    "(bản)",
    "(tiểu khu)",
    "(tổ dân phố)",
];

fn each(mut check: impl FnMut(String, &Entry)) {
    for (file, entries) in FILES {
        for entry in entries.iter().copied().flatten() {
            check(format!("{file}::{}", entry.name), entry);
        }
    }
}

fn places(text: &str) -> BTreeSet<&str> {
    let pieces = text.split('{').skip(1);
    pieces.filter_map(|piece| piece.split('}').next()).collect()
}

#[wasm_bindgen_test]
fn both_languages_say_something_with_the_same_places() {
    each(|name, entry| {
        let told: BTreeSet<&str> = entry
            .arguments
            .split(',')
            .map(str::trim)
            .filter(|argument| !argument.is_empty())
            .collect();
        for text in entry.english.iter().chain([&entry.vietnamese]) {
            // A pattern for all else may say nothing, in both languages.
            let silent = entry.arguments.is_empty() && entry.vietnamese.is_empty();
            assert_eq!(text.trim().is_empty(), silent, "{name} is empty");
            let blanks = |text: &str| (text.starts_with(' '), text.ends_with(' '));
            assert_eq!(
                blanks(text),
                blanks(entry.vietnamese),
                "{name}: blanks at an end"
            );
            if !entry.arguments.contains(':') && !told.is_empty() {
                assert_eq!(places(text), told, "{name}: {text}");
            }
        }
    });
}

#[wasm_bindgen_test]
fn no_text_was_left_untranslated() {
    let mut alike = BTreeSet::new();
    each(|name, entry| {
        if entry.vietnamese.is_empty() {
            return;
        }
        if entry.english.contains(&entry.vietnamese) {
            alike.insert(name);
            return;
        }
        let text = entry.english.concat();
        let own = TERMS.iter().fold(text, |text, term| text.replace(term, ""));
        assert_eq!(
            fold(&own),
            own.to_lowercase(),
            "{name} has Vietnamese in its English"
        );
    });
    let expected = ALIKE.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(alike, expected);
}

#[wasm_bindgen_test]
fn a_count_decides_between_one_and_several() {
    let said = |count: usize| crate::texts::tests::sample::families(count);
    assert_eq!(said(1), "1 hộ");
    super::show(Language::English);
    assert_eq!(said(1), "1 family");
    assert_eq!(said(0), "0 families");
    assert_eq!(said(4550), "4,550 families");
    super::show(Language::Vietnamese);
    assert_eq!(said(4550), "4.550 hộ");
}

mod sample {
    texts! {
        families(count) => "{count} hộ", "{count} family" | "{count} families";
    }

    #[wasm_bindgen_test::wasm_bindgen_test]
    fn a_table_lists_its_entries() {
        assert_eq!(ENTRIES.len(), 1);
    }
}

/// Where papers are laid out that are printed on the tablet: they are Vietnamese by law, so what they say
/// stands in one language, where it is laid out.
const PAPERS: &[&str] = &[
    "model/papers.rs",
    "screens/tablet/papers/merit.rs",
    "screens/tablet/papers/minutes.rs",
    "screens/tablet/papers/mod.rs",
    "screens/tablet/papers/posting.rs",
    "screens/tablet/papers/summary.rs",
];

#[wasm_bindgen_test]
fn no_vietnamese_text_stands_outside_of_the_table() {
    let mut found = BTreeSet::new();
    for (file, source) in SOURCE {
        if file.starts_with("texts/") || file.ends_with("tests.rs") {
            continue;
        }
        // What a file tests at its end is sample data.
        let source = source.split("#[cfg(test)]\nmod tests {").next();
        for literal in strings(source.unwrap_or_default()) {
            if fold(&literal) != literal.to_lowercase() {
                assert!(
                    PAPERS.contains(file),
                    "{file}: {literal:?} belongs into app/src/texts"
                );
                found.insert(*file);
            }
        }
    }
    let expected: BTreeSet<&str> = PAPERS.iter().copied().collect();
    assert_eq!(
        found, expected,
        "a file that lays out no paper goes off the list"
    );
}

/// The string literals of a Rust source, without comments.
fn strings(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(start) = rest.find(['"', '/', '\'']) {
        let (before, from) = rest.split_at(start);
        if let Some(comment) = from.strip_prefix("//") {
            rest = comment.split_once('\n').map_or("", |(_, rest)| rest);
        } else if let Some(quoted) = from.strip_prefix('"') {
            let hashes = before.len() - before.trim_end_matches('#').len();
            let raw = before.trim_end_matches('#').ends_with('r');
            let end = if raw {
                quoted.find(&format!("\"{}", "#".repeat(hashes)))
            } else {
                end_of_string(quoted)
            };
            let end = end.expect("a string has an end");
            found.push(quoted[..end].to_owned());
            rest = &quoted[end + 1..];
        } else if let Some(after) = from.strip_prefix("'\"'") {
            rest = after;
        } else {
            rest = &from[1..];
        }
    }
    found
}

fn end_of_string(quoted: &str) -> Option<usize> {
    let mut escaped = false;
    quoted.find(|sign| {
        let ends = sign == '"' && !escaped;
        escaped = sign == '\\' && !escaped;
        ends
    })
}

#[wasm_bindgen_test]
fn literals_are_found_and_comments_are_not() {
    let source = r##"// "no"
        let a = "một"; /// "no"
        let b = '"'; let c = "\"hai\\"; let d = r#"b"a"#; fn f<'a>() {}"##;
    assert_eq!(strings(source), ["một", "\\\"hai\\\\", "b\"a"]);
}
