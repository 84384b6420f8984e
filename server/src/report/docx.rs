//! The report as a Word file.
//!
//! Sizes are in half points, lengths in twentieths of a point (567 to the centimetre), as the format
//! has them.

use super::{RenderError, Report};
use docx_rs::{
    AlignmentType, BreakType, Docx, Header, LineSpacing, PageMargin, PageNum, Paragraph, Run,
    RunFonts, SpecialIndentType, Table, TableCell, TableLayoutType, TableRow, VAlignType,
    WidthType,
};
use std::io::Cursor;

/// A font that every office has; where it lacks, one of the same metrics takes its place.
const FONT: &str = "Times New Roman";
const BODY: usize = 28;
const SMALL: usize = 24;
/// A4, and margins of 2 cm, 3 cm to the left, 1.5 cm to the right.
const A4: (u32, u32) = (11_906, 16_838);
const TEXT_WIDTH: usize = 11_906 - 1_701 - 850;

pub(super) fn render(report: &Report) -> Result<Vec<u8>, RenderError> {
    let mut docx = Docx::new()
        .default_fonts(RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT))
        .default_size(BODY)
        .page_size(A4.0, A4.1)
        .page_margin(
            PageMargin::new()
                .top(1_134)
                .bottom(1_134)
                .left(1_701)
                .right(850)
                .header(567),
        )
        // Numbered from the second page on.
        .title_pg()
        .first_header(Header::new())
        .header(
            Header::new().add_paragraph(
                Paragraph::new()
                    .align(AlignmentType::Center)
                    .add_page_num(PageNum::new()),
            ),
        )
        .add_table(letterhead(report));
    if report.draft {
        docx = docx.add_paragraph(centred("DỰ THẢO", BODY).italic());
    }
    docx = docx
        .add_paragraph(spaced(centred("BÁO CÁO", BODY).bold(), 240, 0))
        .add_paragraph(spaced(centred(&report.subject, BODY).bold(), 0, 240))
        .add_paragraph(spaced(
            centred(&format!("Kính gửi: {}", report.addressee), BODY),
            0,
            240,
        ));
    for sentence in &report.preamble {
        docx = docx.add_paragraph(prose(sentence));
    }
    docx = docx.add_paragraph(heading("I. Kết quả chung"));
    for sentence in &report.summary {
        docx = docx.add_paragraph(prose(sentence));
    }
    docx = docx
        .add_paragraph(heading("II. Kết quả từng chỉ tiêu"))
        .add_table(indicators(report));
    if !report.parts.is_empty() {
        docx = docx
            .add_paragraph(heading("III. Kết quả theo địa bàn"))
            .add_table(parts(report));
    }
    docx = docx.add_paragraph(heading(if report.parts.is_empty() {
        "III. Địa bàn nộp chậm"
    } else {
        "IV. Địa bàn nộp chậm"
    }));
    if report.late.is_empty() {
        docx = docx.add_paragraph(prose("Không có."));
    }
    for commune in &report.late {
        docx = docx.add_paragraph(prose(&format!("- {commune}.")));
    }
    docx = docx
        .add_paragraph(Paragraph::new())
        .add_table(signature(report))
        .add_paragraph(
            Paragraph::new()
                .line_spacing(LineSpacing::new().before(360))
                .add_run(run(
                    &format!("Mã đối chiếu số liệu: {}", report.digest()),
                    16,
                )),
        );
    let mut file = Cursor::new(Vec::new());
    docx.build()
        .pack(&mut file)
        .map_err(|error| RenderError::Docx(error.to_string()))?;
    Ok(file.into_inner())
}

fn run(text: &str, size: usize) -> Run {
    Run::new()
        .add_text(text)
        .size(size)
        .fonts(RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT))
}

fn centred(text: &str, size: usize) -> Paragraph {
    Paragraph::new()
        .align(AlignmentType::Center)
        .add_run(run(text, size))
}

fn spaced(paragraph: Paragraph, before: u32, after: u32) -> Paragraph {
    paragraph.line_spacing(LineSpacing::new().before(before).after(after))
}

fn prose(text: &str) -> Paragraph {
    Paragraph::new()
        .align(AlignmentType::Both)
        .indent(None, Some(SpecialIndentType::FirstLine(567)), None, None)
        .line_spacing(LineSpacing::new().before(80).after(80))
        .add_run(run(text, BODY))
}

fn heading(text: &str) -> Paragraph {
    Paragraph::new()
        .keep_next(true)
        .line_spacing(LineSpacing::new().before(240).after(120))
        .add_run(run(text, BODY).bold())
}

/// The body that reports on the left, the name of the state and its motto on the right.
fn letterhead(report: &Report) -> Table {
    let mut left = TableCell::new();
    if let Some(superior) = &report.superior {
        left = left.add_paragraph(centred(&superior.to_uppercase(), SMALL));
    }
    let left = left
        .add_paragraph(underlined(&report.issuer.to_uppercase(), SMALL))
        .add_paragraph(spaced(centred(&report.number, SMALL), 160, 0));
    let right = TableCell::new()
        .add_paragraph(centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", SMALL).bold())
        .add_paragraph(underlined("Độc lập - Tự do - Hạnh phúc", BODY))
        .add_paragraph(spaced(
            centred(&report.place_and_date, SMALL).italic(),
            160,
            0,
        ));
    two_columns(left, right)
}

fn underlined(text: &str, size: usize) -> Paragraph {
    Paragraph::new()
        .align(AlignmentType::Center)
        .add_run(run(text, size).bold().underline("single"))
}

fn signature(report: &Report) -> Table {
    let mut left = TableCell::new()
        .add_paragraph(Paragraph::new().add_run(run("Nơi nhận:", SMALL).bold().italic()));
    for receiver in &report.receivers {
        left = left.add_paragraph(Paragraph::new().add_run(run(&format!("- {receiver}"), 22)));
    }
    let mut right = TableCell::new();
    for post in &report.signatory_post {
        right = right.add_paragraph(centred(post, BODY).bold());
    }
    let room = Run::new()
        .add_break(BreakType::TextWrapping)
        .add_break(BreakType::TextWrapping)
        .add_break(BreakType::TextWrapping);
    let right = right
        .add_paragraph(Paragraph::new().add_run(room))
        .add_paragraph(centred(&report.signatory, BODY).bold());
    two_columns(left, right)
}

fn two_columns(left: TableCell, right: TableCell) -> Table {
    let narrow = TEXT_WIDTH * 42 / 100;
    let cells = vec![
        left.width(narrow, WidthType::Dxa),
        right.width(TEXT_WIDTH - narrow, WidthType::Dxa),
    ];
    Table::without_borders(vec![TableRow::new(cells)])
        .set_grid(vec![narrow, TEXT_WIDTH - narrow])
        .layout(TableLayoutType::Fixed)
        .width(TEXT_WIDTH, WidthType::Dxa)
}

fn indicators(report: &Report) -> Table {
    let head = [
        "Mục",
        "Chỉ tiêu",
        "Chỉ tiêu giao",
        "Kết quả",
        "Đã nộp, nguồn",
        "Đánh giá",
    ];
    let shares = [7, 33, 17, 14, 15, 14];
    let rows = report.indicators.iter().map(|line| {
        vec![
            line.section.clone(),
            format!("{} ({})", line.name, line.unit),
            line.target.clone(),
            line.result.clone(),
            line.coverage.clone(),
            line.verdict.clone(),
        ]
    });
    grid(head.map(str::to_owned).to_vec(), &shares, rows)
}

fn parts(report: &Report) -> Table {
    let mut head = vec!["Địa bàn".to_owned()];
    head.extend(report.part_columns.iter().cloned());
    let others = report.part_columns.len().max(1);
    let mut shares = vec![28];
    shares.extend(std::iter::repeat_n(72 / others, report.part_columns.len()));
    let rows = report.parts.iter().map(|part| {
        let mut row = vec![part.name.clone()];
        row.extend(part.results.iter().cloned());
        row
    });
    grid(head, &shares, rows)
}

/// A table whose columns take these shares of the text's width, in percent.
fn grid(head: Vec<String>, shares: &[usize], rows: impl Iterator<Item = Vec<String>>) -> Table {
    let widths: Vec<usize> = shares
        .iter()
        .map(|share| TEXT_WIDTH * share / 100)
        .collect();
    let row = |texts: Vec<String>, bold: bool| {
        let cells = texts
            .into_iter()
            .zip(&widths)
            .enumerate()
            .map(|(place, (text, width))| {
                let run = run(&text, SMALL);
                let align = match (bold, place) {
                    (false, 0 | 1) => AlignmentType::Left,
                    _ => AlignmentType::Center,
                };
                let paragraph =
                    Paragraph::new()
                        .align(align)
                        .add_run(if bold { run.bold() } else { run });
                TableCell::new()
                    .width(*width, WidthType::Dxa)
                    .vertical_align(VAlignType::Center)
                    .add_paragraph(paragraph)
            });
        TableRow::new(cells.collect()).cant_split()
    };
    let mut all = vec![row(head, true)];
    all.extend(rows.map(|texts| row(texts, false)));
    Table::new(all)
        .set_grid(widths.clone())
        .layout(TableLayoutType::Fixed)
        .width(widths.iter().sum(), WidthType::Dxa)
}
