//! From what a report says to the paper it stands on.

use super::paper::{Block, Column, Grid, Holds, Letterhead, Paper, Row, Signature};
use super::{InspectionLine, LateLine, OwnTargets, Report, Table};

/// What stands in a table where nothing was reported.
pub(super) const NOTHING: &str = "–";

pub(super) fn paper(report: &Report) -> Paper {
    let mut blocks: Vec<Block> = report.preamble.iter().cloned().map(Block::Prose).collect();
    let mut sections = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI",
    ]
    .into_iter();
    let mut heading = |blocks: &mut Vec<Block>, text: &str| {
        let number = sections.next().unwrap_or_default();
        blocks.push(Block::Heading(format!("{number}. {text}")));
    };
    heading(&mut blocks, "KẾT QUẢ CHUNG");
    blocks.extend(report.summary.iter().cloned().map(Block::Prose));
    heading(&mut blocks, "KẾT QUẢ TỪNG CHỈ TIÊU");
    blocks.push(Block::Table(indicators(report)));
    blocks.extend(report.indicator_chart.clone().map(Block::Chart));
    let told = report
        .indicators
        .iter()
        .filter(|line| is_told(&line.result));
    blocks.extend(told.map(|line| Block::Prose(format!("- {}: {}", line.name, line.result))));
    if !report.parts.is_empty() {
        heading(&mut blocks, "KẾT QUẢ THEO ĐỊA BÀN");
        blocks.push(Block::Table(parts(report)));
        blocks.extend(report.part_chart.clone().map(Block::Chart));
    }
    for (title, content) in report.books.sections() {
        heading(&mut blocks, title);
        blocks.extend(content);
    }
    if !report.parts.is_empty() {
        heading(&mut blocks, "ĐỊA BÀN CHƯA LẬP SỔ HOẶC NỘP CHẬM");
        if report.late.is_empty() {
            blocks.push(Block::Prose("Không có.".to_owned()));
        } else {
            blocks.push(Block::Table(late(&report.late)));
        }
    }
    if let Some(own) = &report.own_targets {
        heading(&mut blocks, "CỤ THỂ HÓA CHỈ TIÊU");
        blocks.push(if own.is_set {
            Block::Table(own_targets(own))
        } else {
            Block::Prose("Chưa có địa bàn nào đặt chỉ tiêu riêng.".to_owned())
        });
    }
    if report.own_targets.is_some() {
        heading(&mut blocks, "KIỂM TRA");
        blocks.push(if report.inspections.is_empty() {
            Block::Prose("Chưa có cuộc kiểm tra nào.".to_owned())
        } else {
            Block::Table(inspections(&report.inspections))
        });
    }
    blocks.push(Block::Prose(format!(
        "Trên đây là báo cáo kết quả thực hiện phong trào thi đua năm {}, {} trân trọng báo cáo./.",
        report.period, report.issuer
    )));
    Paper {
        letterhead: Some(Letterhead {
            superior: report.superior.as_ref().map(|name| name.to_uppercase()),
            issuer: lines(&report.issuer),
            number: report.number.clone(),
            place_and_date: report.place_and_date.clone(),
        }),
        draft: report.draft,
        kind: "BÁO CÁO".to_owned(),
        subject: report.subject.clone(),
        attached_to: None,
        addressee: Some(report.addressee.clone()),
        blocks,
        signature: Some(Signature {
            posts: report.signatory_post.clone(),
            name: report.signatory.clone(),
            receivers: report.receivers.clone(),
        }),
        day: report.day,
        digest: report.digest(),
    }
}

/// One of the report's tables: titles and rows.
pub(super) fn table(report: &Report, table: Table) -> (Vec<String>, Vec<Vec<String>>) {
    let grid = match table {
        Table::Indicators => indicators(report),
        Table::Parts => parts(report),
        Table::Late => late(&report.late),
    };
    let titles = grid.columns.into_iter().map(|column| column.title);
    let rows = grid.rows.into_iter().map(|row| match row {
        Row::Cells(cells) => cells,
        Row::Group(text) => vec![text],
    });
    (titles.collect(), rows.collect())
}

/// A People's Committee takes two lines: the words, and of what.
fn lines(issuer: &str) -> Vec<String> {
    let capitals = issuer.to_uppercase();
    let committee = "ỦY BAN NHÂN DÂN";
    match capitals.strip_prefix(committee) {
        Some(of) => vec![committee.to_owned(), of.trim().to_owned()],
        None => vec![capitals],
    }
}

/// Whether a result is a story, for which a table's cell is too narrow.
fn is_told(result: &str) -> bool {
    result.chars().count() > 40
}

fn indicators(report: &Report) -> Grid {
    let rows = report.indicators.iter().map(|line| {
        let name = if line.unit.is_empty() {
            line.name.clone()
        } else {
            format!("{} ({})", line.name, line.unit)
        };
        Row::Cells(vec![
            line.section.clone(),
            name,
            line.target.clone(),
            if is_told(&line.result) {
                "Xem dưới bảng".to_owned()
            } else {
                line.result.clone()
            },
            line.coverage.clone(),
            line.verdict.clone(),
        ])
    });
    Grid {
        name: "Chỉ tiêu".to_owned(),
        columns: vec![
            Column::new("Mục", 9, Holds::Marks),
            Column::new("Chỉ tiêu", 31, Holds::Words),
            Column::new("Chỉ tiêu giao", 15, Holds::Marks),
            Column::new("Kết quả", 14, Holds::Numbers),
            Column::new("Đã nộp, nguồn", 18, Holds::Marks),
            Column::new("Đánh giá", 13, Holds::Marks),
        ],
        rows: rows.collect(),
        note: None,
    }
}

fn parts(report: &Report) -> Grid {
    let mut columns = vec![Column::new("Địa bàn", 28, Holds::Words)];
    let share = 72 / report.part_columns.len().max(1);
    let titles = report.part_columns.iter();
    columns.extend(titles.map(|title| Column::new(title, share, Holds::Numbers)));
    let rows = report.parts.iter().map(|part| {
        let results = part.results.iter().cloned();
        Row::Cells(std::iter::once(part.name.clone()).chain(results).collect())
    });
    Grid {
        name: "Địa bàn".to_owned(),
        columns,
        rows: rows.collect(),
        note: Some(format!(
            "Ghi chú: “{NOTHING}” là chưa báo cáo, khác với 0; tỷ lệ cắt bỏ phần sau hai chữ số thập phân, \
             không làm tròn lên."
        )),
    }
}

fn own_targets(own: &OwnTargets) -> Grid {
    let rows = own.lines.iter().map(|line| {
        Row::Cells(vec![
            line.name.clone(),
            line.asked.clone(),
            line.above.clone(),
            line.communes.clone(),
            line.verdict.clone(),
        ])
    });
    let (above, verdict) = match own.of_districts {
        true => ("Cộng các huyện", "Các xã so với tỉnh giao"),
        false => ("Huyện đặt", "Các xã so với mức trên"),
    };
    Grid {
        name: "Chỉ tiêu riêng".to_owned(),
        columns: vec![
            Column::new("Chỉ tiêu", 28, Holds::Words),
            Column::new("Tỉnh giao", 14, Holds::Marks),
            Column::new(above, 18, Holds::Marks),
            Column::new("Cộng các xã", 19, Holds::Marks),
            Column::new(verdict, 21, Holds::Words),
        ],
        rows: rows.collect(),
        note: Some(
            "Ghi chú: tỷ lệ cộng theo số phải đánh giá của từng nơi; so sánh theo đúng giá trị, không làm tròn."
                .to_owned(),
        ),
    }
}

fn inspections(lines: &[InspectionLine]) -> Grid {
    let rows = lines.iter().map(|line| {
        let counts = line.counts.iter().map(usize::to_string);
        Row::Cells(std::iter::once(line.name.clone()).chain(counts).collect())
    });
    let titles = [
        "Cuộc đã báo trước",
        "Đã kiểm tra",
        "Còn thiếu sót",
        "Việc đã khắc phục",
        "Việc chưa xong",
        "Trong đó chậm",
    ];
    let mut columns = vec![Column::new("Địa bàn", 28, Holds::Words)];
    columns.extend(titles.map(|title| Column::new(title, 12, Holds::Numbers)));
    Grid {
        name: "Kiểm tra".to_owned(),
        columns,
        rows: rows.collect(),
        note: None,
    }
}

fn late(lines: &[LateLine]) -> Grid {
    let rows = lines.iter().map(|line| {
        let not_begun = if line.not_begun.is_empty() {
            NOTHING.to_owned()
        } else if line.not_begun.len() == line.communes && line.communes > 1 {
            format!("Cả {} xã, phường, thị trấn", line.communes)
        } else {
            line.not_begun.join(", ")
        };
        let slow = if line.slow.is_empty() {
            NOTHING.to_owned()
        } else {
            line.slow.join("; ")
        };
        Row::Cells(vec![line.district.clone(), not_begun, slow])
    });
    Grid {
        name: "Nộp chậm".to_owned(),
        columns: vec![
            Column::new("Huyện, thành phố", 22, Holds::Words),
            Column::new("Chưa lập sổ", 40, Holds::Words),
            Column::new("Đã nộp dưới một nửa hồ sơ gia đình", 38, Holds::Words),
        ],
        rows: rows.collect(),
        note: None,
    }
}
