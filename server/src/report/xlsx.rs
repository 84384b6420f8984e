//! A paper as an Excel file: a sheet for each table, and one of what they rest on. Numbers are numbers,
//! so that an office can go on reckoning with them; everything else is written as text, so that no cell
//! can become a formula.

mod chart;

use super::paper::{Block, Grid, Holds, Paper, Row};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use thidua_domain::text::parse_hundredths_vi;

pub(super) fn render(paper: &Paper) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    for block in &paper.blocks {
        match block {
            Block::Table(table) => grid(paper, table, workbook.add_worksheet())?,
            Block::Chart(bars) => chart::bars(bars, workbook.add_worksheet())?,
            Block::Heading(_) | Block::Prose(_) => {}
        }
    }
    basis(paper, workbook.add_worksheet())?;
    workbook.save_to_buffer()
}

fn font() -> Format {
    Format::new()
        .set_font_name("Times New Roman")
        .set_font_size(12)
}

fn cell() -> Format {
    font()
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
}

fn grid(paper: &Paper, grid: &Grid, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(&grid.name)?;
    let last = u16::try_from(grid.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let draft = if paper.draft { " (DỰ THẢO)" } else { "" };
    let title = format!("{}{draft}\n{}", paper.kind, paper.subject);
    let style = font().set_bold().set_font_size(14).set_text_wrap();
    let style = style
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter);
    sheet.merge_range(0, 0, 0, last.max(1), &title, &style)?;
    sheet.set_row_height(0, 42)?;

    let head = cell().set_bold().set_align(FormatAlign::Center);
    // In characters; 120 of them across fit on a sheet of A4 turned on its side.
    let widths = grid.widths(120);
    let titles: Vec<String> = grid
        .columns
        .iter()
        .map(|column| column.title.clone())
        .collect();
    sheet.set_row_height(1, height(&titles, &widths))?;
    for (place, (column, width)) in (0_u16..).zip(grid.columns.iter().zip(&widths)) {
        sheet.set_column_width(place, u16::try_from((*width).max(8)).unwrap_or(u16::MAX))?;
        sheet.write_string_with_format(1, place, &column.title, &head)?;
    }
    for (at, row) in (2_u32..).zip(&grid.rows) {
        match row {
            Row::Group(text) => {
                let style = cell().set_bold();
                sheet.merge_range(at, 0, at, last.max(1), text, &style)?;
            }
            Row::Cells(texts) => {
                sheet.set_row_height(at, height(texts, &widths))?;
                for (place, (text, column)) in (0_u16..).zip(texts.iter().zip(&grid.columns)) {
                    write(sheet, at, place, text, column.holds)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(2, 0)?;
    sheet.set_repeat_rows(1, 1)?;
    sheet
        .set_paper_size(9)
        .set_landscape()
        .set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Height of a row of these cells. Programs that open the file do not all reckon the height of wrapped
/// text themselves.
fn height(texts: &[String], widths: &[usize]) -> u16 {
    let lines = texts.iter().zip(widths);
    let lines = lines.map(|(text, width)| text.chars().count().div_ceil((*width).max(8)));
    let lines = lines.max().unwrap_or(1).clamp(1, 24);
    u16::try_from(lines * 17).unwrap_or(u16::MAX)
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    holds: Holds,
) -> Result<(), XlsxError> {
    if holds == Holds::Numbers {
        let (digits, percent) = match text.strip_suffix('%') {
            Some(digits) => (digits, true),
            None => (text, false),
        };
        if let Ok(number) = parse_hundredths_vi(digits) {
            let value = number.0 as f64 / if percent { 10_000.0 } else { 100.0 };
            let shape = match (percent, number.0 % 100) {
                (true, _) => "0.00%",
                (false, 0) => "#,##0",
                (false, _) => "#,##0.00",
            };
            let style = cell().set_num_format(shape).set_align(FormatAlign::Center);
            sheet.write_number_with_format(row, column, value, &style)?;
            return Ok(());
        }
    }
    let style = match holds {
        Holds::Words => cell(),
        Holds::Marks | Holds::Numbers => cell().set_align(FormatAlign::Center),
    };
    sheet.write_string_with_format(row, column, text, &style)?;
    Ok(())
}

/// Characters across a sheet of A4, also where the letters are a little wider than Word's.
const WIDTH: u16 = 68;

/// Number, date, sentences, notes and the digest.
fn basis(paper: &Paper, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("Căn cứ")?;
    sheet.set_column_width(0, WIDTH)?;
    let style = font().set_text_wrap().set_align(FormatAlign::Top);
    let heading = style.clone().set_bold();
    let mut sentences = Vec::new();
    if let Some(letterhead) = &paper.letterhead {
        sentences.extend(letterhead.issuer.iter().cloned());
        sentences.extend([letterhead.number.clone(), letterhead.place_and_date.clone()]);
    }
    sentences.extend(paper.attached_to.clone());
    let mut headings = Vec::new();
    for block in &paper.blocks {
        match block {
            Block::Heading(text) => {
                headings.push(sentences.len());
                sentences.push(text.clone());
            }
            Block::Prose(text) => sentences.push(text.clone()),
            Block::Table(table) => sentences.extend(table.note.clone()),
            Block::Chart(bars) => sentences.push(bars.note.clone()),
        }
    }
    sentences.push(format!("Mã đối chiếu số liệu: {}", paper.digest));
    for (place, (row, sentence)) in (0_u32..).zip(sentences).enumerate() {
        let one = std::slice::from_ref(&sentence);
        sheet.set_row_height(row, height(one, &[usize::from(WIDTH)]))?;
        let is_heading = headings.contains(&place);
        let style = if is_heading { &heading } else { &style };
        sheet.write_string_with_format(row, 0, sentence, style)?;
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}
