//! Names as they occur in the province. Drawn at random: no person is meant. No ethnicity is stored.

use super::luck::Luck;

/// Families of names that go together: family names, middle names of men and women, given names.
struct Custom {
    /// How many in a hundred households.
    weight: u64,
    family: &'static [&'static str],
    middle: [&'static str; 2],
    given: [&'static [&'static str]; 2],
}

const CUSTOMS: [Custom; 5] = [
    Custom {
        weight: 54,
        family: &[
            "Lò", "Quàng", "Cà", "Tòng", "Lường", "Hoàng", "Cầm", "Bạc", "Vì", "Lèo", "Điêu", "Mè",
        ],
        middle: ["Văn", "Thị"],
        given: [
            &[
                "Hặc", "Chung", "Ún", "Pản", "Inh", "Thoản", "Phanh", "Xuân", "Hợp", "Dũng", "Tâm",
                "Bình", "Thắng", "Lả", "Cương", "Hoan",
            ],
            &[
                "Ón", "Phương", "Hoa", "Nga", "Lả", "Pọm", "Thu", "Xôm", "Hương", "Loan", "Dung",
                "Chiêu",
            ],
        ],
    },
    Custom {
        weight: 17,
        family: &[
            "Giàng", "Vàng", "Mùa", "Sồng", "Thào", "Hạng", "Và", "Lầu", "Tráng", "Phàng", "Sùng",
            "Ly",
        ],
        middle: ["A", "Thị"],
        given: [
            &[
                "Páo", "Chống", "Dơ", "Súa", "Tếnh", "Lử", "Chía", "Dình", "Sếnh", "Vảng", "Nhè",
                "Tủa", "Của",
            ],
            &["Mỷ", "Dợ", "Sông", "Say", "Máy", "Chu", "Xua", "Pàng"],
        ],
    },
    Custom {
        weight: 16,
        family: &["Nguyễn", "Trần", "Phạm", "Lê", "Đỗ", "Vũ", "Bùi", "Đặng"],
        middle: ["Văn", "Thị"],
        given: [
            &[
                "Hùng", "Tuấn", "Sơn", "Hải", "Quân", "Minh", "Thành", "Long", "Đức", "Trung",
            ],
            &["Lan", "Hà", "Thảo", "Yến", "Mai", "Huệ", "Thủy", "Ngọc"],
        ],
    },
    Custom {
        weight: 8,
        family: &["Đinh", "Bùi", "Hà", "Hoàng", "Quách", "Xa"],
        middle: ["Văn", "Thị"],
        given: [
            &["Nhượng", "Thiện", "Hiếu", "Luyến", "Quyết", "Tiến", "Bảo"],
            &["Nhung", "Hiền", "Thanh", "Lý", "Duyên"],
        ],
    },
    Custom {
        weight: 5,
        family: &["Bàn", "Triệu", "Đặng", "Phùng", "Vì", "Cút", "Moong"],
        middle: ["Văn", "Thị"],
        given: [
            &["Tài", "Kim", "Phúc", "Vinh", "Toàn"],
            &["Mẩy", "Pham", "Nái", "Liều"],
        ],
    },
];

const AREA_FIRST: &[&str] = &[
    "Nà", "Bó", "Pá", "Co", "Huổi", "Phiêng", "Lọng", "Noong", "Pom", "Tà", "Púng", "Hua", "Nong",
    "Kéo",
];
const AREA_SECOND: &[&str] = &[
    "Lĩnh", "Mạ", "Hốc", "Cại", "Lếch", "Ban", "Xa", "Nghè", "Phay", "Sàng", "Khoang", "Ten",
    "Hày", "Cang", "Bay", "Ngùa", "Sản", "Chạy", "Luông", "Ít",
];

/// The name of a household head.
pub(super) fn person(luck: &mut Luck) -> String {
    let mut draw = luck.below(100);
    let custom = CUSTOMS
        .iter()
        .find(|custom| {
            let chosen = draw < custom.weight;
            draw = draw.saturating_sub(custom.weight);
            chosen
        })
        .unwrap_or(&CUSTOMS[0]);
    // Most heads in the registers are men.
    let woman = usize::from(luck.chance(17));
    format!(
        "{} {} {}",
        luck.pick(custom.family),
        custom.middle[woman],
        luck.pick(custom.given[woman])
    )
}

/// The name of the `number`th residential area of a commune; no two of a commune are alike.
pub(super) fn residential_area(luck: &mut Luck, kind: &str, number: usize) -> String {
    match kind {
        "tieu-khu" => format!("Tiểu khu {number}"),
        "to-dan-pho" => format!("Tổ dân phố {number}"),
        _ => {
            let first = AREA_FIRST[(number * 5 + 3) % AREA_FIRST.len()];
            let turn = number / AREA_FIRST.len();
            let second = luck.pick(AREA_SECOND);
            if turn == 0 {
                format!("Bản {first} {second}")
            } else {
                format!("Bản {first} {second} {}", turn + 1)
            }
        }
    }
}
