//! When two names written by different hands are one.

use thidua_domain::text::fold;

/// A name as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// Lower case, tone marks in one place.
    pub(super) spelling: String,
    /// Without tone marks.
    pub(super) folded: String,
}

impl Name {
    pub(super) fn of(name: &str) -> Self {
        Self {
            spelling: spelling(name),
            folded: fold(name),
        }
    }

    /// Whether it has any mark that typing without Vietnamese letters would lose.
    pub(super) fn is_marked(&self) -> bool {
        self.spelling != self.folded
    }

    /// Whether both can be the same name, one of them typed without marks.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        self.folded == other.folded && !(self.is_marked() && other.is_marked())
    }
}

/// Where a tone mark stands within a syllable is a matter of taste: `Hoà` is `Hòa`.
const PLACEMENTS: [(&str, &str); 15] = [
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("oè", "òe"),
    ("oé", "óe"),
    ("oẻ", "ỏe"),
    ("oẽ", "õe"),
    ("oẹ", "ọe"),
    ("uỳ", "ùy"),
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
];

fn spelling(name: &str) -> String {
    PLACEMENTS
        .iter()
        .fold(name.to_lowercase(), |name, (new, old)| {
            name.replace(new, old)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_by_spelling_or_where_one_lacks_its_marks() {
        for (one, other, alike, may_be) in [
            ("Bản Hòa", "BẢN HOÀ", true, false),
            ("Lò Thị Thúy", "Lò Thị Thuý", true, false),
            ("Bản Nà Ân", "Bản Nà An", false, false),
            ("Bản Nà Ân", "ban na an", false, true),
            ("Đèo Văn Long", "DEO VAN LONG", false, true),
            ("Bản Bó", "Bản Nà", false, false),
        ] {
            let (one_name, other_name) = (Name::of(one), Name::of(other));
            assert_eq!(
                one_name.spelling == other_name.spelling,
                alike,
                "{one}, {other}"
            );
            assert_eq!(one_name.may_be(&other_name), may_be, "{one}, {other}");
        }
    }
}
