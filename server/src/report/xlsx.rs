//! The report as an Excel file: one sheet of indicators, one of the areas below, one of what the report
//! rests on. Everything is written as text, so that no cell can become a formula.

use super::{RenderError, Report};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

pub(super) fn render(report: &Report) -> Result<Vec<u8>, RenderError> {
    let mut workbook = Workbook::new();
    indicators(report, workbook.add_worksheet())?;
    if !report.parts.is_empty() {
        parts(report, workbook.add_worksheet())?;
    }
    basis(report, workbook.add_worksheet())?;
    Ok(workbook.save_to_buffer()?)
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

fn title(sheet: &mut Worksheet, text: &str, last: u16) -> Result<(), XlsxError> {
    let title = font().set_bold().set_font_size(14).set_text_wrap();
    let title = title.set_align(FormatAlign::Center);
    sheet.merge_range(0, 0, 0, last, text, &title)?;
    sheet.set_row_height(0, 40)?;
    Ok(())
}

fn table<'a>(
    sheet: &mut Worksheet,
    columns: &[(&str, f64)],
    rows: impl Iterator<Item = Vec<&'a str>>,
) -> Result<(), XlsxError> {
    let head = cell().set_bold().set_align(FormatAlign::Center);
    for (column, (name, width)) in (0_u16..).zip(columns) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(1, column, *name, &head)?;
    }
    for (row, texts) in (2_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(texts) {
            sheet.write_string_with_format(row, column, text, &cell())?;
        }
    }
    sheet.set_freeze_panes(2, 0)?;
    sheet
        .set_paper_size(9)
        .set_landscape()
        .set_print_fit_to_pages(1, 0);
    Ok(())
}

fn indicators(report: &Report, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("Chỉ tiêu")?;
    title(sheet, &report.subject, 6)?;
    let columns = [
        ("Mục", 7.0),
        ("Chỉ tiêu", 48.0),
        ("Đơn vị tính", 16.0),
        ("Chỉ tiêu giao", 22.0),
        ("Kết quả", 18.0),
        ("Đã nộp, nguồn", 24.0),
        ("Đánh giá", 16.0),
    ];
    let rows = report.indicators.iter().map(|line| {
        vec![
            line.section.as_str(),
            &line.name,
            &line.unit,
            &line.target,
            &line.result,
            &line.coverage,
            &line.verdict,
        ]
    });
    table(sheet, &columns, rows)
}

fn parts(report: &Report, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("Địa bàn")?;
    let last = u16::try_from(report.part_columns.len()).unwrap_or(u16::MAX);
    title(sheet, "Kết quả theo địa bàn", last.max(1))?;
    let mut columns = vec![("Địa bàn", 30.0)];
    columns.extend(report.part_columns.iter().map(|name| (name.as_str(), 24.0)));
    let rows = report.parts.iter().map(|part| {
        let results = part.results.iter().map(String::as_str);
        std::iter::once(part.name.as_str()).chain(results).collect()
    });
    table(sheet, &columns, rows)
}

fn basis(report: &Report, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("Căn cứ")?;
    sheet.set_column_width(0, 110)?;
    let text = font().set_text_wrap();
    let digest = format!("Mã đối chiếu số liệu: {}", report.digest());
    let issued = [&report.issuer, &report.number, &report.place_and_date];
    let late = report
        .late
        .iter()
        .map(|commune| format!("Nộp chậm: {commune}"));
    let all = issued
        .into_iter()
        .chain(&report.preamble)
        .chain(&report.summary)
        .cloned()
        .chain(late)
        .chain([digest]);
    for (row, sentence) in (0_u32..).zip(all) {
        sheet.write_string_with_format(row, 0, sentence, &text)?;
    }
    Ok(())
}
