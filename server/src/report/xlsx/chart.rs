//! A sheet with the figures of a chart, and the chart as Excel draws it from them.

use super::{cell, font};
use crate::report::paper::{Chart, Standing};
use rust_xlsxwriter::{
    Chart as Drawing, ChartFormat, ChartLine, ChartLineDashType, ChartPatternFill,
    ChartPatternFillType, ChartPoint, ChartSolidFill, ChartType, FormatAlign, Worksheet, XlsxError,
};

/// Pixels that a bar takes with the room around it, and the title and the scale together.
const BAR: u32 = 34;
const AROUND: u32 = 130;
const WIDTH: u32 = 900;

pub(super) fn bars(chart: &Chart, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(&chart.name)?;
    let head = cell().set_bold().set_align(FormatAlign::Center);
    let columns = [
        ("Nội dung", 46.0),
        ("Mức", 12.0),
        ("Vạch so sánh", 14.0),
        ("Kết quả", 30.0),
    ];
    for (column, (title, width)) in (0_u16..).zip(columns) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, title, &head)?;
    }
    let percent = cell().set_num_format("0.00%");
    let share = |hundredths: i64| hundredths as f64 / 10_000.0;
    for (row, bar) in (1_u32..).zip(&chart.bars) {
        sheet.write_string_with_format(row, 0, &bar.label, &cell())?;
        match bar.length {
            Some(length) => sheet.write_number_with_format(row, 1, share(length), &percent)?,
            None => sheet.write_string_with_format(row, 1, "–", &cell())?,
        };
        if let Some(target) = chart.target {
            sheet.write_number_with_format(row, 2, share(target), &percent)?;
        }
        sheet.write_string_with_format(row, 3, &bar.words, &cell())?;
    }
    let last = u32::try_from(chart.bars.len()).unwrap_or(u32::MAX);
    sheet.merge_range(
        last + 1,
        0,
        last + 1,
        3,
        &chart.note,
        &font().set_text_wrap(),
    )?;
    sheet.set_row_height(last + 1, 52)?;
    sheet.insert_chart(last + 3, 0, &drawing(chart, last))?;
    sheet
        .set_paper_size(9)
        .set_landscape()
        .set_print_fit_to_pages(1, 1);
    Ok(())
}

fn drawing(chart: &Chart, last: u32) -> Drawing {
    let sheet = chart.name.as_str();
    let mut drawing = Drawing::new(ChartType::Column);
    drawing.title().set_name(&chart.title);
    let points: Vec<ChartPoint> = chart.bars.iter().map(|bar| point(bar.standing)).collect();
    drawing
        .add_series()
        .set_name((sheet, 0, 1))
        .set_categories((sheet, 1, 0, last, 0))
        .set_values((sheet, 1, 1, last, 1))
        .set_points(&points)
        .set_gap(60);
    if chart.target.is_some() {
        let mut line = Drawing::new(ChartType::Line);
        let mut dashes = ChartLine::new();
        dashes
            .set_color("#000000")
            .set_width(1.75)
            .set_dash_type(ChartLineDashType::Dash);
        line.add_series()
            .set_name((sheet, 0, 2))
            .set_categories((sheet, 1, 0, last, 0))
            .set_values((sheet, 1, 2, last, 2))
            .set_format(ChartFormat::new().set_line(&dashes));
        drawing.combine(&line);
    }
    drawing.y_axis().set_num_format("0%").set_min(0);
    drawing.set_width(WIDTH);
    drawing.set_height(AROUND + BAR * last.clamp(6, 14));
    drawing
}

fn point(standing: Standing) -> ChartPoint {
    let pattern = |kind| {
        let mut fill = ChartPatternFill::new();
        fill.set_pattern(kind)
            .set_foreground_color("#404040")
            .set_background_color("#FFFFFF");
        fill
    };
    let mut format = ChartFormat::new();
    format.set_border(ChartLine::new().set_color("#404040").set_width(0.75));
    match standing {
        Standing::Met | Standing::NotReported => {
            format.set_solid_fill(ChartSolidFill::new().set_color("#5A5A5A"));
        }
        Standing::NotMet => {
            format.set_pattern_fill(&pattern(ChartPatternFillType::DiagonalStripesWideUpwards));
        }
        Standing::NoTarget => {
            format.set_pattern_fill(&pattern(ChartPatternFillType::Dotted20Percent));
        }
    }
    ChartPoint::new().set_format(&mut format)
}
