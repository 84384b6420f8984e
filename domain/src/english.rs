//! What the catalogues say, in English.
//!
//! The directive, the criteria and the books are Vietnamese texts; papers and exports use them as they are.
//! For screens in English, `data/english.json` has each of them, by the Vietnamese. A translation is for
//! reading: what is legally said is the Vietnamese.

use std::collections::BTreeMap;
use std::sync::OnceLock;

fn glossary() -> &'static BTreeMap<String, String> {
    static GLOSSARY: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    GLOSSARY.get_or_init(|| {
        serde_json::from_str(include_str!("../data/english.json"))
            .expect("the glossary is checked by tests")
    })
}

/// A text of the catalogues in English; `None` for any other text.
pub fn of(vietnamese: &str) -> Option<&'static str> {
    glossary().get(vietnamese).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{Book, Lines};
    use crate::catalogue::Directive;
    use crate::criteria::Pack;
    use std::collections::BTreeSet;

    /// Every text of the catalogues that screens show.
    fn shown() -> BTreeSet<&'static str> {
        let directive = Directive::embedded();
        let mut shown = BTreeSet::from([directive.theme.as_str()]);
        shown.extend(
            directive
                .sections
                .iter()
                .map(|section| section.name.as_str()),
        );
        shown.extend(directive.movements.iter().map(|one| one.name.as_str()));
        for indicator in &directive.indicators {
            shown.extend([indicator.name.as_str(), &indicator.unit_label]);
            shown.extend([indicator.entered_by.as_str(), &indicator.checked_by]);
        }
        for pack in Pack::all() {
            shown.extend([pack.name.as_str(), &pack.legal_basis]);
            shown.extend(pack.standards.iter().map(|standard| standard.name.as_str()));
            shown.extend(pack.criteria().map(|criterion| criterion.text.as_str()));
            shown.extend(pack.exclusions.iter().map(|one| one.text.as_str()));
        }
        for book in Book::all() {
            shown.extend([book.title.as_str(), &book.lead, &book.one]);
            if let Lines::Fixed(lines) = &book.lines {
                shown.extend(lines.iter().map(|(_, name)| name.as_str()));
            }
            for field in &book.fields {
                shown.insert(&field.label);
                shown.extend(field.hint.as_deref());
                shown.extend(field.choices.iter().map(|(_, words)| words.as_str()));
            }
        }
        shown.remove("");
        shown
    }

    #[test]
    fn every_text_of_the_catalogues_has_its_english_and_nothing_else_does() {
        let there: BTreeSet<&str> = glossary().keys().map(String::as_str).collect();
        assert_eq!(there, shown());
        for (vietnamese, english) in glossary() {
            assert_eq!(english.trim(), english, "{vietnamese}");
            assert!(!english.is_empty(), "{vietnamese}");
            assert!(vietnamese == "%" || vietnamese != english, "{vietnamese}");
        }
    }
}
