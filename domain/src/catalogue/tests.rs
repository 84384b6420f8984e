use super::*;
use crate::quantity::Hundredths;
use proptest::prelude::*;

fn indicator(id: &str) -> &'static Indicator {
    Directive::embedded()
        .indicator(&IndicatorId::new(id))
        .unwrap_or_else(|| panic!("no indicator {id}"))
}

#[test]
fn the_directive_is_whole() {
    let directive = Directive::embedded();
    assert_eq!(directive.number, "01/CT-UBND");
    assert_eq!(directive.issued.format_vi(), "04/01/2022");
    assert_eq!(directive.indicators.len(), 21);
    assert_eq!(directive.movements.len(), 15);
    let sections: Vec<_> = directive
        .duties
        .iter()
        .map(|duty| duty.section.as_str())
        .collect();
    assert_eq!(sections, ["1", "4", "5", "6", "7", "8"]);
    for assessment in Assessment::ALL {
        // Khu dân cư văn hóa is conferred by the decree, without a target of the directive's.
        let measured = directive.indicator(&assessment.indicator()).is_some();
        let asked = assessment != Assessment::CulturalResidentialArea;
        assert_eq!(measured, asked, "{assessment:?}");
        assert_eq!(Assessment::parse(assessment.as_str()), Some(assessment));
    }
}

#[test]
fn targets_are_those_of_the_directive() {
    for (id, target, direction) in [
        ("grdp", 720, Direction::AtLeast),
        ("thu-nhap-binh-quan", 4_700, Direction::AtLeast),
        ("thu-ngan-sach", 455_000, Direction::AtLeast),
        ("von-dau-tu", 2_200_000, Direction::AtLeast),
        ("xuat-khau", 17_400, Direction::AtLeast),
        ("nong-lam-thuy-san", 2_500, Direction::AsWritten),
        ("nong-thon-moi", 6_000, Direction::AtLeast),
        ("bac-sy", 855, Direction::AtLeast),
        ("giuong-benh", 2_960, Direction::AtLeast),
        ("ho-ngheo", 1_974, Direction::AtMost),
        ("gia-dinh-van-hoa", 7_050, Direction::AtLeast),
        ("don-vi-an-toan", 9_440, Direction::AtLeast),
        ("khu-dan-cu-an-toan", 8_880, Direction::AtLeast),
    ] {
        let indicator = indicator(id);
        assert_eq!(indicator.target, Some(Hundredths(target)), "{id}");
        assert_eq!(indicator.direction, direction, "{id}");
        // The figure stands in the quoted words as people there write it.
        let figure = crate::text::format_hundredths(Hundredths(target));
        assert!(
            indicator.quote.contains(&figure),
            "{id}: {figure} in {}",
            indicator.quote
        );
    }
}

#[test]
fn rates_are_compared_unrounded() {
    let family = indicator("gia-dinh-van-hoa");
    assert_eq!(crate::text::format_rate_percent(7046, 10_000), "70,5%");
    for (id, numerator, denominator, meets, needed) in [
        ("gia-dinh-van-hoa", 7046, 10_000, Some(false), Some(4)),
        ("gia-dinh-van-hoa", 7050, 10_000, Some(true), Some(0)),
        ("gia-dinh-van-hoa", 63, 98, Some(false), Some(7)),
        ("gia-dinh-van-hoa", 0, 0, None, None),
        ("ho-ngheo", 1974, 10_000, Some(true), Some(0)),
        ("ho-ngheo", 1975, 10_000, Some(false), Some(1)),
        ("nong-thon-moi", 54, 188, Some(false), Some(6)),
        ("nong-thon-moi", 60, 188, Some(true), Some(0)),
        ("grdp", 1, 1, None, None),
    ] {
        let indicator = indicator(id);
        assert_eq!(
            indicator.meets(numerator, denominator),
            meets,
            "{id} {numerator}/{denominator}"
        );
        assert_eq!(
            indicator.still_needed(numerator, denominator),
            needed,
            "{id} {numerator}/{denominator}"
        );
    }
    assert_eq!(family.denominator, Some(Denominator::Households));
}

/// Compared word by word with the directive's text when they were written; nothing may drift since.
#[test]
fn quotes_are_the_words_of_the_directive() {
    let directive = Directive::embedded();
    let sections = directive
        .sections
        .iter()
        .map(|it| format!("{}: {}", it.id, it.quote));
    let indicators = directive
        .indicators
        .iter()
        .map(|it| format!("{} {}: {}", it.section, it.id, it.quote));
    let duties = directive
        .duties
        .iter()
        .map(|it| format!("{} {}: {}", it.section, it.id, it.quote));
    let quotes: Vec<String> = sections.chain(indicators).chain(duties).collect();
    insta::assert_snapshot!(quotes.join("\n"), @r"
    1: Tiếp tục tuyên truyền, quán triệt sâu sắc tư tưởng Thi đua ái quốc
    2: Tổ chức triển khai và thực hiện có hiệu quả các phong trào thi đua yêu nước
    3a: Phấn đấu hoàn thành các chỉ tiêu về phát triển kinh tế
    3b: Đẩy mạnh phong trào thi đua trong các lĩnh vực văn hóa - xã hội, y tế, giáo dục
    3c: Thi đua thực hiện tốt các nhiệm vụ quốc phòng - an ninh
    3d: phong trào thi đua trong lĩnh vực xây dựng Đảng, xây dựng hệ thống chính trị
    4: phát hiện, bồi dưỡng và nhân rộng các điển hình tiên tiến
    5: Kịp thời rà soát, điều chỉnh, ban hành các văn bản quy định về thi đua, khen thưởng
    6: Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội các cấp
    7: có trách nhiệm cụ thể hóa để thực hiện Chỉ thị này
    8: kiểm tra, đôn đốc, tổng hợp báo cáo
    3a grdp: Tổng sản phẩm GRDP trên địa bàn tỉnh tăng 7,2%
    3a thu-nhap-binh-quan: Thu nhập bình quân đạt 47 triệu đồng/người/năm
    3a thu-ngan-sach: thu ngân sách trên địa bàn đạt 4.550 tỷ đồng
    3a von-dau-tu: tổng vốn đầu tư phát triển toàn xã hội 22.000 tỷ đồng
    3a xuat-khau: giá trị hàng hóa xuất khẩu 174 triệu USD
    3a nong-lam-thuy-san: Phát triển nông, lâm nghiệp, thủy sản đạt 25,0%
    3a nong-thon-moi: xã đạt chuẩn nông thôn mới là 60 xã
    3b bac-sy: Số bác sỹ/10.000 dân đạt 8,55 bác sỹ
    3b giuong-benh: số giường bệnh/10.000 dân đạt 29,6 giường
    3b bao-hiem-y-te: nâng cao tỷ lệ tham gia bảo hiểm y tế toàn dân
    3b ho-ngheo: Tỷ lệ hộ nghèo theo chuẩn nghèo giai đoạn 2021-2025 là 19,74%
    3b dich-benh: không để dịch lớn xảy ra
    3b an-sinh: triển khai đầy đủ kịp thời các chính sách hỗ trợ
    3b bao-luc-gia-dinh: phòng chống bạo lực gia đình
    3b gia-dinh-van-hoa: tỷ lệ gia đình đạt danh hiệu “Gia đình văn hóa” đạt 70,5%
    3c khieu-nai-to-cao: giải quyết, xử lý kịp thời đơn thư khiếu nại, tố cáo
    3c tai-nan-giao-thong: kiềm chế tai nạn giao thông
    3c don-vi-an-toan: các cơ quan, doanh nghiệp, trường học đạt tiêu chuẩn “An toàn về an ninh, trật tự” đạt 94,4%
    3c khu-dan-cu-an-toan: khu dân cư xã, phường, thị trấn đạt tiêu chuẩn “An toàn về an ninh, trật tự” đạt 88,8%
    3d cai-cach-hanh-chinh: Nâng cao công tác cải cách hành chính
    3d dich-vu-cong: tăng tỷ lệ cung cấp dịch vụ công trực tuyến mức độ 3,4
    1 tuyen-truyen: Tiếp tục tuyên truyền, quán triệt sâu sắc tư tưởng Thi đua ái quốc của Chủ tịch Hồ Chí Minh
    4 dien-hinh-tien-tien: phát hiện, bồi dưỡng và nhân rộng các điển hình tiên tiến, các mô hình mới, nhân tố mới
    5 ra-soat-van-ban: Kịp thời rà soát, điều chỉnh, ban hành các văn bản quy định về thi đua, khen thưởng
    6 mat-tran-to-quoc: tăng cường tuyên truyền vận động
    7 cu-the-hoa: có trách nhiệm cụ thể hóa để thực hiện Chỉ thị này
    8 kiem-tra-don-doc-bao-cao: kiểm tra, đôn đốc, tổng hợp báo cáo Chủ tịch UBND tỉnh
    ");
}

#[test]
fn everything_stands_in_a_section_and_has_a_name_of_its_own() {
    let directive = Directive::embedded();
    let has_section = |id: &str| directive.sections.iter().any(|it| it.id == id);
    let mut ids = Vec::new();
    for it in &directive.indicators {
        assert!(has_section(&it.section), "{}", it.id);
        assert!(
            it.shown_at.is_sorted() && !it.shown_at.is_empty(),
            "{}",
            it.id
        );
        ids.push(it.id.to_string());
    }
    for it in &directive.movements {
        assert!(has_section(&it.section), "{}", it.id);
        ids.push(format!("movement {}", it.id));
    }
    for it in &directive.duties {
        assert!(has_section(&it.section), "{}", it.id);
        ids.push(format!("duty {}", it.id));
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
    let shares: Vec<_> = directive
        .share_indicators()
        .map(|it| it.id.to_string())
        .collect();
    assert_eq!(
        shares,
        [
            "ho-ngheo",
            "gia-dinh-van-hoa",
            "don-vi-an-toan",
            "khu-dan-cu-an-toan"
        ]
    );
}

#[test]
fn the_catalogue_is_in_normal_form_c() {
    for file in [
        include_str!("../../data/areas.json"),
        include_str!("../../data/directive-2022.json"),
        include_str!("../../data/packs/gdvh-122-2018.json"),
        include_str!("../../data/packs/kdc-antt-124-2021.json"),
        include_str!("../../data/packs/dv-antt-124-2021.json"),
        include_str!("../../data/packs/ngheo-24-2021.json"),
        include_str!("../../data/packs/ntm-2021-2025.json"),
    ] {
        assert_eq!(crate::text::nfc(file), file);
    }
}

#[test]
fn only_a_xa_becomes_a_new_rural_commune() {
    use crate::area::{AreaKind, AreaTree};
    let made = |assessment: Assessment| {
        AreaTree::embedded()
            .communes(Date::last_of_year(2022))
            .into_iter()
            .filter(|area| assessment.is_made_in(area.kind))
            .count()
    };
    assert_eq!(made(Assessment::NewRuralCommune), 188);
    assert_eq!(made(Assessment::CulturalFamily), 204);
    assert!(!Assessment::CulturalFamily.is_made_in(AreaKind::District));
}

proptest! {
    #[test]
    fn what_is_still_needed_is_the_smallest_number(
        numerator in 0_u64..5_000,
        denominator in 1_u64..5_000,
    ) {
        let directive = Directive::embedded();
        for it in directive.share_indicators().chain(directive.indicator(&IndicatorId::new("nong-thon-moi"))) {
            let numerator = numerator.min(denominator);
            let needed = it.still_needed(numerator, denominator).unwrap();
            let at = |by: u64| match it.direction {
                Direction::AtMost => it.meets(numerator - by, denominator).unwrap(),
                _ => it.meets(numerator + by, denominator).unwrap(),
            };
            prop_assert!(at(needed), "{} {numerator}/{denominator}", it.id);
            prop_assert!(needed == 0 || !at(needed - 1), "{} {numerator}/{denominator}", it.id);
        }
    }
}
