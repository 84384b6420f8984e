//! Names as they occur in the province. Drawn at random: no person is meant. What people a name is
//! usual among is neither stored nor derived from anything stored.

use super::luck::Luck;
use std::collections::BTreeSet;

/// Names that go together: family names, middle names of men and women, given names.
struct Custom {
    /// How many in a hundred bản keep to it.
    in_villages: u64,
    /// How many in a hundred families of towns do.
    in_towns: u64,
    family: &'static [&'static str],
    middle: [&'static str; 2],
    given: [&'static [&'static str]; 2],
}

const CUSTOMS: [Custom; 6] = [
    Custom {
        in_villages: 56,
        in_towns: 38,
        family: &[
            "Lò", "Quàng", "Cà", "Tòng", "Lường", "Hoàng", "Cầm", "Bạc", "Vì", "Lèo", "Điêu", "Mè",
        ],
        middle: ["Văn", "Thị"],
        given: [
            &[
                "Hặc", "Chung", "Ún", "Pản", "Inh", "Thoản", "Phanh", "Xuân", "Hợp", "Dũng", "Tâm",
                "Bình", "Thắng", "Lả", "Cương", "Hoan", "Phương", "Thuận", "Biên", "Sương",
            ],
            &[
                "Ón", "Phương", "Hoa", "Nga", "Lả", "Pọm", "Thu", "Xôm", "Hương", "Loan", "Dung",
                "Chiêu", "Hiêng", "Panh",
            ],
        ],
    },
    Custom {
        in_villages: 20,
        in_towns: 4,
        family: &[
            "Giàng", "Vàng", "Mùa", "Sồng", "Thào", "Hạng", "Và", "Lầu", "Tráng", "Phàng", "Sùng",
            "Ly",
        ],
        middle: ["A", "Thị"],
        given: [
            &[
                "Páo", "Chống", "Dơ", "Súa", "Tếnh", "Lử", "Chía", "Dình", "Sếnh", "Vảng", "Nhè",
                "Tủa", "Của", "Chu", "Lầu", "Nủ",
            ],
            &[
                "Mỷ", "Dợ", "Sông", "Say", "Máy", "Chu", "Xua", "Pàng", "Dua", "Mại",
            ],
        ],
    },
    Custom {
        in_villages: 9,
        in_towns: 50,
        family: &["Nguyễn", "Trần", "Phạm", "Lê", "Đỗ", "Vũ", "Bùi", "Đặng"],
        middle: ["Văn", "Thị"],
        given: [
            &[
                "Hùng", "Tuấn", "Sơn", "Hải", "Quân", "Minh", "Thành", "Long", "Đức", "Trung",
                "Khánh", "Hòa",
            ],
            &[
                "Lan", "Hà", "Thảo", "Yến", "Mai", "Huệ", "Thủy", "Ngọc", "Hạnh", "Liên",
            ],
        ],
    },
    Custom {
        in_villages: 8,
        in_towns: 6,
        family: &["Đinh", "Bùi", "Hà", "Hoàng", "Quách", "Xa"],
        middle: ["Văn", "Thị"],
        given: [
            &[
                "Nhượng",
                "Thiện",
                "Hiếu",
                "Luyến",
                "Quyết",
                "Tiến",
                "Bảo",
                "Dậu",
            ],
            &["Nhung", "Hiền", "Thanh", "Lý", "Duyên", "Thơm"],
        ],
    },
    Custom {
        in_villages: 3,
        in_towns: 1,
        family: &["Bàn", "Triệu", "Đặng", "Phùng", "Lý"],
        middle: ["Văn", "Thị"],
        given: [
            &["Tài", "Kim", "Phúc", "Vinh", "Toàn", "Quý"],
            &["Mẩy", "Pham", "Nái", "Liều", "Mùi"],
        ],
    },
    Custom {
        in_villages: 4,
        in_towns: 1,
        family: &["Vì", "Lò", "Cút", "Moong", "Quàng", "Hà"],
        middle: ["Văn", "Thị"],
        given: [
            &["Ôn", "Phanh", "Sơn", "Inh", "Chái", "Thân"],
            &["Ương", "Pâng", "Hiên", "Nọi", "Khăm"],
        ],
    },
];

/// What the families of a place are mostly called.
#[derive(Clone, Copy)]
pub(super) struct Usage {
    usual: Option<usize>,
}

impl Usage {
    /// In towns people of all families live side by side.
    pub(super) const TOWN: Self = Self { usual: None };

    /// What is usual in a commune of villages.
    pub(super) fn of_commune(luck: &mut Luck) -> Self {
        let usual = Some(luck.weighted(&CUSTOMS.map(|custom| custom.in_villages)));
        Self { usual }
    }

    /// What is usual in one of its villages: mostly the same.
    pub(super) fn of_village(self, luck: &mut Luck) -> Self {
        if self.usual.is_none() || luck.chance(70) {
            self
        } else {
            Self::of_commune(luck)
        }
    }
}

/// The name of a household head.
pub(super) fn person(luck: &mut Luck, usage: Usage) -> String {
    let custom = match usage.usual {
        Some(usual) if luck.chance(92) => usual,
        Some(_) => luck.weighted(&CUSTOMS.map(|custom| custom.in_villages)),
        None => luck.weighted(&CUSTOMS.map(|custom| custom.in_towns)),
    };
    let custom = &CUSTOMS[custom];
    // Most heads in the registers are men.
    let woman = usize::from(luck.chance(17));
    format!(
        "{} {} {}",
        luck.pick(custom.family),
        custom.middle[woman],
        luck.pick(custom.given[woman])
    )
}

const VILLAGE_FIRST: &[&str] = &[
    "Nà", "Bó", "Pá", "Co", "Huổi", "Phiêng", "Lọng", "Noong", "Pom", "Tà", "Púng", "Hua", "Nong",
    "Kéo", "Háng", "Suối",
];
const VILLAGE_SECOND: &[&str] = &[
    "Lĩnh", "Mạ", "Hốc", "Cại", "Lếch", "Ban", "Xa", "Nghè", "Phay", "Sàng", "Khoang", "Ten",
    "Hày", "Cang", "Bay", "Ngùa", "Sản", "Chạy", "Luông", "Ít", "Đồng", "Tắm", "Muông", "Khem",
];

/// Names of the residential areas of one commune.
#[derive(Default)]
pub(super) struct AreaNames(BTreeSet<String>);

impl AreaNames {
    /// The name of the `number`th one of a kind; no two of a commune are alike.
    pub(super) fn next(&mut self, luck: &mut Luck, kind: &str, number: i64) -> String {
        match kind {
            "tieu-khu" => return format!("Tiểu khu {number}"),
            "to-dan-pho" => return format!("Tổ {number}"),
            _ => {}
        }
        loop {
            let (first, second) = (luck.pick(VILLAGE_FIRST), luck.pick(VILLAGE_SECOND));
            let name = format!("Bản {first} {second}");
            if self.0.insert(name.clone()) {
                return name;
            }
        }
    }
}
