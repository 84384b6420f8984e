use super::*;
use crate::quantity::Hundredths;

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
        assert!(
            directive.indicator(&assessment.indicator()).is_some(),
            "{assessment:?}"
        );
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
