//! A commune whose right answers are counted by hand.

use super::collect::NOT_REPORTED;
use super::*;
use crate::store::contract::{
    NOW, PERIOD, Tablet, accept, commune, complete_family, decide, rules,
};
use crate::store::{Database, Sqlite};
use calamine::{Data, Reader as _, Xlsx};
use std::io::Cursor;
use thidua_domain::area::AreaCode;
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

async fn report_of(database: &impl Database, code: &str, issue: &Issue) -> Report {
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
    let report = report_of(&database, commune(0).as_str(), &Issue::default()).await;

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
    let province = report_of(&database, "14", &Issue::default()).await;
    assert_eq!(line(&province, "Gia đình văn hóa").result, "66,66%");
    assert_eq!(line(&province, "GRDP").result, NOT_REPORTED);
    assert_eq!(province.parts.len(), 12);
    let not_begun = province.late.iter().map(|line| line.not_begun.len());
    assert_eq!((province.late.len(), not_begun.sum::<usize>()), (12, 203));
    assert_eq!(province.issuer, "Sở Nội vụ");
    assert_eq!(province.addressee, "Chủ tịch Ủy ban nhân dân tỉnh Sơn La");
}

/// Two communes of two districts: one joined a movement, one did not; one has a plan; a model; words of two terms.
#[tokio::test]
async fn books_are_told_as_the_communes_wrote_them() {
    use thidua_domain::book::{Book, YEAR};
    let folder = tempfile::tempdir().unwrap();
    let database = three_families(folder.path()).await;
    let fixed = |id: &str, place: usize, line: usize| {
        let lines = Book::by_id(id).unwrap().fixed(&commune(place), PERIOD);
        lines[line].key.clone()
    };
    let year = || (YEAR, Value::Int(i64::from(PERIOD.0)));
    for (place, joined, people) in [(0, true, 120_i64), (1, false, 0)] {
        let home = commune(place);
        let device = place as u64 + 20;
        let mut tablet = Tablet::new("ghi-so", device, std::slice::from_ref(&home));
        let said = [
            ("joined", Value::Bool(joined)),
            ("people", people.into()),
            year(),
        ];
        tablet.write(&home, &fixed("phong-trao", place, 0), &said);
        if place == 0 {
            let plan = [
                ("done", Value::Bool(true)),
                ("number", "15/KH-UBND".into()),
                year(),
            ];
            tablet.write(&home, &fixed("hoi-dong", 0, 0), &plan);
            let model = [
                ("name", "Tổ trồng mận".into()),
                ("stage", "nhan-rong".into()),
                ("story", "Cả bản làm theo".into()),
                year(),
            ];
            tablet.write(
                &home,
                &Book::by_id("dien-hinh").unwrap().key(SubjectId(900)),
                &model,
            );
            let early = [("done", "Đã phát động".into()), year()];
            tablet.write(&home, &fixed("bao-cao", 0, 0), &early);
        } else {
            let late = [
                ("done", "=1+1".into()),
                ("obstacles", "Chưa có sóng".into()),
                year(),
            ];
            tablet.write(&home, &fixed("bao-cao", 1, 1), &late);
        }
        tablet.sync(&database).await;
    }
    let report = report_of(&database, "14", &Issue::default()).await;
    let first = &report.books.movements[0];
    assert_eq!(
        (first.yes, first.no, first.silent, first.sum),
        (1, 1, 202, Some(120))
    );
    let plan = &report.books.duties[0];
    assert_eq!((plan.yes, plan.no, plan.silent), (1, 0, 203));
    assert_eq!(report.books.stages, [("Đã nhân rộng".to_owned(), 1)]);
    assert_eq!(report.books.models[0].name, "Tổ trồng mận");
    // Of the last term that anybody wrote for, and not of the one before.
    assert_eq!(report.books.term.as_deref(), Some("6 tháng đầu năm"));
    let told: Vec<_> = report
        .books
        .told
        .iter()
        .map(|told| told.done.as_str())
        .collect();
    assert_eq!(told, ["=1+1"]);

    // A commune is told what it says itself; one that wrote nothing, that it did not.
    let own = report_of(&database, commune(0).as_str(), &Issue::default()).await;
    assert!(own.books.single);
    let paper = serde_json::to_string(&own.paper()).unwrap();
    assert!(
        paper.contains("Tham gia") && !paper.contains("Số xã"),
        "{paper}"
    );
    let silent = report_of(&database, commune(2).as_str(), &Issue::default()).await;
    let paper = serde_json::to_string(&silent.paper()).unwrap();
    assert!(
        paper.contains("chưa ghi") || paper.contains("Chưa có xã"),
        "{paper}"
    );
    for format in Format::ALL {
        assert!(!report.paper().render(format).unwrap().is_empty());
    }
}

#[tokio::test]
async fn charts_show_what_the_tables_say() {
    use super::paper::Standing;
    let folder = tempfile::tempdir().unwrap();
    let database = three_families(folder.path()).await;
    let report = report_of(&database, "14", &Issue::default()).await;
    let chart = report.indicator_chart.unwrap();
    let bar = |name: &str| {
        let mut bars = chart.bars.iter();
        bars.find(|bar| bar.label.contains(name)).unwrap()
    };
    // 66,66 of 70,5 is 94,55 percent of the target, which stands at 100.
    let families = bar("Gia đình văn hóa");
    assert_eq!(families.length, Some(9_455));
    assert_eq!(families.standing, Standing::NotMet);
    assert_eq!(families.words, "Chưa đạt: 66,66%");
    assert_eq!(chart.target, Some(10_000));
    let grdp = bar("GRDP");
    assert_eq!((grdp.length, grdp.standing), (None, Standing::NotReported));
    assert_eq!(grdp.words, "Chưa báo cáo");

    let parts = report.part_chart.unwrap();
    assert_eq!(parts.bars.len(), 12);
    assert_eq!(parts.target, Some(7_050));
    let reported: Vec<_> = parts.bars.iter().filter_map(|bar| bar.length).collect();
    assert_eq!(reported, [6_666]);

    // A commune has nothing below it to compare.
    let commune = report_of(&database, commune(0).as_str(), &Issue::default()).await;
    assert!(commune.indicator_chart.is_some());
    assert_eq!(commune.part_chart, None);
}

#[tokio::test]
async fn a_final_report_names_number_day_and_signatory() {
    let folder = tempfile::tempdir().unwrap();
    let database = three_families(folder.path()).await;
    let issue = Issue {
        draft: false,
        number: Some(215),
        date: Date::new(2022, 12, 30),
        signatory: "Nguyễn Thị Hoa".to_owned(),
        summary: Vec::new(),
    };
    let draft = report_of(&database, "14", &Issue::default()).await;
    let report = report_of(&database, "14", &issue).await;
    assert_eq!(report.number, "Số: 215/BC-SNV");
    assert_eq!(report.place_and_date, "Sơn La, ngày 30 tháng 12 năm 2022");
    assert_ne!(report.digest(), draft.digest());
    assert_eq!(report.digest(), report.clone().digest());
}

/// A summary of one's own takes the place of the program's, and nothing else's.
#[tokio::test]
async fn a_summary_can_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let database = three_families(folder.path()).await;
    let issue = Issue {
        summary: vec!["Phong trào lan rộng.".to_owned(), "=1+1".to_owned()],
        ..Issue::default()
    };
    let draft = report_of(&database, "14", &Issue::default()).await;
    let report = report_of(&database, "14", &issue).await;
    assert_eq!(report.summary, issue.summary);
    assert_eq!(report.indicators, draft.indicators);
    assert_ne!(report.digest(), draft.digest());
}

#[tokio::test]
async fn all_files_say_what_the_report_says() {
    let folder = tempfile::tempdir().unwrap();
    let database = three_families(folder.path()).await;
    let issue = Issue {
        summary: vec!["=1+1".to_owned()],
        ..Issue::default()
    };
    let report = report_of(&database, "14", &issue).await;
    let paper = report.paper();

    let docx = paper.render(Format::Docx).unwrap();
    let text = docx_rs::read_docx(&docx).unwrap().json();
    let mut workbook: Xlsx<_> =
        Xlsx::new(Cursor::new(paper.render(Format::Xlsx).unwrap())).unwrap();
    let names = workbook.sheet_names();
    assert_eq!(
        names,
        [
            "Chỉ tiêu",
            "Biểu đồ chỉ tiêu",
            "Địa bàn",
            "Biểu đồ địa bàn",
            "Nộp chậm",
            "Căn cứ"
        ]
    );
    let mut cells: Vec<Data> = Vec::new();
    for name in &names {
        let range = workbook.worksheet_range(name).unwrap();
        cells.extend(range.used_cells().map(|(_, _, cell)| cell.clone()));
    }
    let written = |said: &str| cells.iter().any(|cell| cell.to_string().contains(said));
    for line in &report.indicators {
        assert!(text.contains(&line.name), "{}", line.name);
        assert!(written(&line.name), "{}", line.name);
    }
    for part in &report.parts {
        assert!(text.contains(&part.name) && written(&part.name));
    }
    let charts = [&report.indicator_chart, &report.part_chart];
    for chart in charts.into_iter().flatten() {
        assert!(text.contains(&chart.title), "{}", chart.title);
        for bar in &chart.bars {
            assert!(
                text.contains(&bar.label) && written(&bar.label),
                "{}",
                bar.label
            );
            assert!(
                text.contains(&bar.words) && written(&bar.words),
                "{}",
                bar.words
            );
        }
    }
    assert!(text.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") && text.contains("DỰ THẢO"));
    assert!(written(&report.digest()) && written("=1+1"));
    // Numbers are numbers, and nothing is a formula, whatever the text begins with.
    assert!(cells.contains(&Data::Float(0.6666)));
    for name in names {
        let formulas = workbook.worksheet_formula(&name).unwrap();
        assert_eq!(formulas.used_cells().count(), 0);
    }

    let pdf = paper.render(Format::Pdf).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7"));
    assert_eq!(pdf, paper.render(Format::Pdf).unwrap());
}

#[tokio::test]
async fn the_list_of_a_title_holds_those_who_earned_it() {
    let folder = tempfile::tempdir().unwrap();
    let database = three_families(folder.path()).await;
    let list = async |code: &AreaCode, title| {
        let area = rules().tree.get(code, rules().season.date).unwrap();
        let day = Date::new(2022, 12, 15).unwrap();
        recognition(&database, rules(), area, title, &Issue::default(), day).await
    };
    let paper = list(&commune(0), Assessment::CulturalFamily).await.unwrap();
    let paper::Block::Table(grid) = &paper.blocks[0] else {
        panic!("a list is a table");
    };
    assert_eq!(grid.rows.len(), 2);
    assert!(matches!(&grid.rows[1], paper::Row::Cells(cells) if cells[0] == "2"));
    assert!(
        paper
            .attached_to
            .as_ref()
            .unwrap()
            .contains("Quyết định số ……/QĐ-UBND")
    );
    for format in Format::ALL {
        assert!(!paper.render(format).unwrap().is_empty());
    }
    // Elsewhere there is nobody yet, and being poor is no title.
    let elsewhere = list(&commune(1), Assessment::CulturalFamily).await.unwrap();
    assert_ne!(elsewhere.digest, paper.digest);
    let poor = list(&commune(0), Assessment::PovertyReview).await;
    assert!(matches!(poor, Err(PaperError::NoTitle)));
}

/// A table that is longer than a page, and a cell that is.
#[test]
fn a_pdf_goes_on_from_page_to_page() {
    use paper::{Block, Column, Grid, Holds, Row};
    let grid = |rows: Vec<Row>| Grid {
        name: "Bảng".to_owned(),
        columns: vec![
            Column::new("TT", 10, Holds::Numbers),
            Column::new("Tên", 90, Holds::Words),
        ],
        rows,
        note: None,
    };
    let pages = |rows: Vec<Row>| {
        let paper = Paper {
            letterhead: None,
            draft: true,
            kind: "DANH SÁCH".to_owned(),
            subject: "Thử".to_owned(),
            attached_to: None,
            addressee: None,
            blocks: vec![Block::Table(grid(rows))],
            signature: None,
            day: Date::new(2022, 12, 15).unwrap(),
            digest: "0".repeat(64),
        };
        assert!(paper.render(Format::Pdf).unwrap().starts_with(b"%PDF"));
        pdf::pages(&paper)
    };
    let row = |text: String| Row::Cells(vec!["1".to_owned(), text]);
    assert_eq!(pages(vec![row("Lò Văn A".to_owned())]), 1);
    let many = (0..200).map(|_| row("Lò Văn A".to_owned())).collect();
    assert!(pages(many) > 3);
    assert!(pages(vec![row("dài ".repeat(4_000))]) > 3);
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
