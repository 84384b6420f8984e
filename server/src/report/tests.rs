//! A commune whose right answers are counted by hand.

use super::collect::NOT_REPORTED;
use super::*;
use crate::store::contract::{
    NOW, PERIOD, Tablet, accept, commune, complete_family, decide, rules,
};
use crate::store::{Database, Sqlite};
use calamine::{Reader as _, Xlsx};
use std::io::Cursor;
use thidua_domain::catalogue::Assessment;
use thidua_domain::record::{RecordKey, SubjectId, Value};
use thidua_domain::sync::edit::DeviceId;

/// Three families: two accepted with the title, one not handed in.
async fn three_families(folder: &std::path::Path) -> Sqlite {
    let database = Sqlite::open(folder).unwrap();
    crate::store::prepare(&database, rules()).await.unwrap();
    let home = commune(0);
    let mut tablet = Tablet::new("ta-hoc", 1, std::slice::from_ref(&home));
    for id in 1..=3 {
        tablet.add_family(&home, SubjectId(id), "Lò Văn A", None);
    }
    let entry = |id| RecordKey::entry(SubjectId(id), Assessment::CulturalFamily, PERIOD);
    for id in 1..=2 {
        for (name, value) in complete_family() {
            let fields: [(&str, Value); 1] = [(name.as_str(), value)];
            tablet.write(&home, &entry(id), &fields);
        }
        tablet.submit(&home, &entry(id));
    }
    tablet.sync(&database).await;
    for id in 1..=2 {
        let verdict = accept(&database, &entry(id)).await;
        let hub = DeviceId(77);
        decide(&database, hub, &entry(id), verdict).await.unwrap();
    }
    database
}

async fn report_of(database: &impl Database, code: &str, issue: Option<&Issue>) -> Report {
    let code = thidua_domain::area::AreaCode::parse(code).unwrap();
    let area = rules().tree.get(&code, rules().season.date).unwrap();
    let day = Date::new(2022, 12, 15).unwrap();
    collect(database, rules(), area, issue, day).await.unwrap()
}

fn line<'a>(report: &'a Report, name: &str) -> &'a IndicatorLine {
    let found = report
        .indicators
        .iter()
        .find(|line| line.name.contains(name));
    found.unwrap_or_else(|| panic!("no line {name}"))
}

#[tokio::test]
async fn figures_are_those_counted_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let database = three_families(folder.path()).await;
    let report = report_of(&database, commune(0).as_str(), None).await;

    let families = line(&report, "Gia đình văn hóa");
    // 2 of 3, cut off; the third can still go either way.
    assert_eq!(families.result, "66,66%");
    assert_eq!(families.target, "Từ 70,5");
    assert_eq!(families.coverage, "2/3");
    assert_eq!(families.verdict, "Chưa đạt");
    assert_eq!(line(&report, "nghèo").result, NOT_REPORTED);
    assert!(report.draft);
    assert_eq!(report.number, "Số: ……/BC-UBND");
    assert!(report.summary[1].contains("3 hộ trong sổ, 2 hộ đã nộp hồ sơ, 2 hộ đã duyệt"));

    // The province sees the same families among nothing else, and who has not begun.
    let province = report_of(&database, "14", None).await;
    assert_eq!(line(&province, "Gia đình văn hóa").result, "66,66%");
    assert_eq!(line(&province, "GRDP").result, NOT_REPORTED);
    assert_eq!(province.parts.len(), 12);
    assert_eq!(province.late.len(), 203);
    assert_eq!(province.issuer, "Sở Nội vụ");
    assert_eq!(province.addressee, "Chủ tịch Ủy ban nhân dân tỉnh Sơn La");
}

#[tokio::test]
async fn a_final_report_names_number_day_and_signatory() {
    let folder = tempfile::tempdir().unwrap();
    let database = three_families(folder.path()).await;
    let issue = Issue {
        number: 215,
        date: Date::new(2022, 12, 30).unwrap(),
        signatory: "Nguyễn Thị Hoa".to_owned(),
    };
    let draft = report_of(&database, "14", None).await;
    let report = report_of(&database, "14", Some(&issue)).await;
    assert_eq!(report.number, "Số: 215/BC-SNV");
    assert_eq!(report.place_and_date, "Sơn La, ngày 30 tháng 12 năm 2022");
    assert_ne!(report.digest(), draft.digest());
    assert_eq!(report.digest(), report.clone().digest());
}

#[tokio::test]
async fn both_files_say_what_the_report_says() {
    let folder = tempfile::tempdir().unwrap();
    let database = three_families(folder.path()).await;
    let report = report_of(&database, "14", None).await;

    let docx = report.render(Format::Docx).unwrap();
    let text = docx_rs::read_docx(&docx).unwrap().json();
    let mut workbook: Xlsx<_> =
        Xlsx::new(Cursor::new(report.render(Format::Xlsx).unwrap())).unwrap();
    let names = workbook.sheet_names();
    assert_eq!(names, ["Chỉ tiêu", "Địa bàn", "Căn cứ"]);
    let cells: Vec<String> = names
        .iter()
        .flat_map(|name| {
            let range = workbook.worksheet_range(name).unwrap();
            let used = range.used_cells();
            used.map(|(_, _, cell)| cell.to_string())
                .collect::<Vec<_>>()
        })
        .collect();
    for line in &report.indicators {
        assert!(text.contains(&line.name), "{}", line.name);
        assert!(cells.contains(&line.name), "{}", line.name);
    }
    for part in &report.parts {
        assert!(text.contains(&part.name) && cells.contains(&part.name));
    }
    assert!(text.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") && text.contains("DỰ THẢO"));
    assert!(text.contains(&report.digest()));
    // Nothing is a formula, whatever the text begins with.
    for name in names {
        let formulas = workbook.worksheet_formula(&name).unwrap();
        assert_eq!(formulas.used_cells().count(), 0);
    }
}

#[test]
fn today_is_told_by_the_clocks_of_vietnam() {
    // 17:30 UTC is half past midnight of the next day there.
    let evening = NOW - NOW % 86_400_000 + 17 * 3_600_000 + 1_800_000;
    let next = today(evening);
    assert_eq!(
        next.to_epoch_days(),
        today(evening - 3_600_000).to_epoch_days() + 1
    );
}
