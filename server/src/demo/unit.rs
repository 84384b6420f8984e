//! Agencies, schools, enterprises and cooperatives of a commune.

use super::luck::Luck;
use std::collections::BTreeSet;
use thidua_domain::area::{Area, AreaKind};
use thidua_domain::criteria::{EnterpriseSize, SchoolLevel, UnitKind, UnitProfile};

/// A unit to be entered.
pub(super) struct Unit {
    pub(super) name: String,
    pub(super) profile: UnitProfile,
}

impl Unit {
    fn agency(name: String, armed_forces: bool) -> Self {
        let profile = UnitProfile {
            kind: UnitKind::Agency,
            size: None,
            school_level: None,
            armed_forces,
        };
        Self { name, profile }
    }

    fn school(name: String, level: SchoolLevel) -> Self {
        let profile = UnitProfile {
            kind: UnitKind::School,
            size: None,
            school_level: Some(level),
            armed_forces: false,
        };
        Self { name, profile }
    }
}

const AGENCIES: [(&str, bool); 8] = [
    ("Ủy ban nhân dân", false),
    ("Trạm Y tế", false),
    ("Công an", true),
    ("Ủy ban Mặt trận Tổ quốc", false),
    ("Hội Nông dân", false),
    ("Hội Liên hiệp Phụ nữ", false),
    ("Đoàn Thanh niên", false),
    ("Ban Chỉ huy Quân sự", true),
];

/// In the seat of a district.
const OF_TOWNSHIPS: [&str; 4] = [
    "Kho bạc Nhà nước",
    "Chi cục Thuế khu vực",
    "Bảo hiểm xã hội",
    "Bưu điện",
];

const FORMS: [(&str, bool); 12] = [
    ("Hợp tác xã nông nghiệp", true),
    ("Hợp tác xã cây ăn quả", true),
    ("Hợp tác xã chăn nuôi", true),
    ("Hợp tác xã cà phê", true),
    ("Hợp tác xã dịch vụ", true),
    ("Hợp tác xã vận tải", true),
    ("Công ty TNHH xây dựng", false),
    ("Công ty TNHH thương mại", false),
    ("Công ty CP chè", false),
    ("Công ty CP vật liệu", false),
    ("Doanh nghiệp tư nhân", false),
    ("Công ty TNHH nông sản", false),
];
const WORDS: [&str; 16] = [
    "Thắng Lợi",
    "Đoàn Kết",
    "Sơn Hà",
    "Tây Bắc",
    "Hoa Ban",
    "Quyết Tiến",
    "Mường Thanh",
    "Phương Nam",
    "Hưng Thịnh",
    "Tân Lập",
    "An Phú",
    "Minh Sơn",
    "Bình Minh",
    "Sông Đà",
    "Cao Sơn",
    "Toàn Cầu",
];

/// The units of a commune, the public ones first: `count` of them.
pub(super) fn units(luck: &mut Luck, area: &Area, count: usize) -> Vec<Unit> {
    let kind = area.kind.vi();
    let bare = area.name.strip_prefix(kind).unwrap_or(&area.name).trim();
    let place = format!("{} {bare}", kind.to_lowercase());
    let mut units: Vec<Unit> = AGENCIES
        .iter()
        .map(|(name, armed)| Unit::agency(format!("{name} {place}"), *armed))
        .collect();
    let mut schools = vec![
        ("Trường Mầm non", SchoolLevel::Preschool),
        ("Trường Tiểu học", SchoolLevel::Primary),
    ];
    schools.push(if area.kind == AreaKind::Commune && luck.chance(45) {
        ("Trường PTDTBT THCS", SchoolLevel::LowerSecondary)
    } else {
        ("Trường THCS", SchoolLevel::LowerSecondary)
    });
    let upper_secondary = match area.kind {
        AreaKind::Township => 100,
        AreaKind::Ward => 60,
        _ => 12,
    };
    if luck.chance(upper_secondary) {
        schools.push(("Trường THPT", SchoolLevel::UpperSecondary));
    }
    if luck.chance(35) {
        schools.push(("Nhóm trẻ tư thục", SchoolLevel::Nursery));
    }
    if area.kind == AreaKind::Township {
        schools.push(("Trung tâm GDNN – GDTX", SchoolLevel::Continuing));
        let agencies = OF_TOWNSHIPS.iter();
        units.extend(agencies.map(|name| Unit::agency(format!("{name} {bare}"), false)));
    }
    let schools = schools.into_iter();
    units.extend(schools.map(|(name, level)| Unit::school(format!("{name} {bare}"), level)));
    let mut names = BTreeSet::new();
    while units.len() < count {
        let unit = enterprise(luck);
        if names.insert(unit.name.clone()) {
            units.push(unit);
        }
    }
    units.truncate(count);
    units
}

/// Of a hundred, 62 are micro, 27 small, 7 medium, 2 large; of 2 the size is not known yet.
fn enterprise(luck: &mut Luck) -> Unit {
    let (form, is_cooperative) = *luck.pick(&FORMS);
    let size = match luck.between(0, 99) {
        0..62 => Some(EnterpriseSize::Micro),
        62..89 => Some(EnterpriseSize::Small),
        89..96 => Some(EnterpriseSize::Medium),
        96..98 if is_cooperative => Some(EnterpriseSize::Medium),
        96..98 => Some(EnterpriseSize::Large),
        _ => None,
    };
    Unit {
        name: format!("{form} {}", luck.pick(&WORDS)),
        profile: UnitProfile {
            kind: UnitKind::Enterprise,
            size,
            school_level: None,
            armed_forces: false,
        },
    }
}
