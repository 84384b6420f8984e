//! Who reports to whom, by level.

use thidua_domain::area::{Area, AreaKind, AreaLevel, AreaTree};
use thidua_domain::date::Date;

/// Letterhead, addressee and signature.
pub(super) struct Issuer {
    pub(super) superior: Option<String>,
    pub(super) name: String,
    pub(super) symbol: &'static str,
    pub(super) place: String,
    pub(super) addressee: String,
    pub(super) post: Vec<String>,
    pub(super) receivers: Vec<String>,
}

impl Issuer {
    pub(super) fn of(area: &Area, tree: &AreaTree, date: Date) -> Self {
        let above = tree.ancestors(&area.code, date);
        let above = above.last().map_or("", |area| area.name.as_str());
        let committee = format!("Ủy ban nhân dân {}", small(&area.name));
        let kept = |receiver: String| vec![receiver, "Lưu: VT.".to_owned()];
        match area.level() {
            AreaLevel::Province => Self {
                superior: Some(format!("UBND {}", small(&area.name))),
                name: "Sở Nội vụ".to_owned(),
                symbol: "BC-SNV",
                place: bare(area),
                addressee: format!("Chủ tịch Ủy ban nhân dân {}", small(&area.name)),
                post: vec!["GIÁM ĐỐC".to_owned()],
                receivers: vec![
                    "Như trên;".to_owned(),
                    "Hội đồng Thi đua - Khen thưởng tỉnh;".to_owned(),
                    "Lưu: VT.".to_owned(),
                ],
            },
            AreaLevel::District => Self {
                superior: Some(format!("UBND {}", small(&area.name))),
                name: "Phòng Nội vụ".to_owned(),
                symbol: "BC-PNV",
                place: bare(area),
                addressee: format!("Sở Nội vụ {}", small(above)),
                post: vec!["TRƯỞNG PHÒNG".to_owned()],
                receivers: kept("Như trên;".to_owned()),
            },
            AreaLevel::Commune => Self {
                superior: None,
                name: committee,
                symbol: "BC-UBND",
                place: bare(area),
                addressee: format!("Phòng Nội vụ {}", small(above)),
                post: vec!["TM. ỦY BAN NHÂN DÂN".to_owned(), "CHỦ TỊCH".to_owned()],
                receivers: kept("Như trên;".to_owned()),
            },
        }
    }
}

/// A name as it stands within a sentence: "tỉnh Sơn La".
pub(super) fn small(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// A name that no line's end divides.
pub(super) fn together(name: &str) -> String {
    name.replace(' ', "\u{a0}")
}

/// The name without the kind: "Sơn La".
fn bare(area: &Area) -> String {
    let kind = match area.kind {
        AreaKind::Province => "Tỉnh",
        other => other.vi(),
    };
    let rest = area.name.strip_prefix(kind).unwrap_or(&area.name);
    rest.trim().to_owned()
}
