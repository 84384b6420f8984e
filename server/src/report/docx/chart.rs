//! Bars as a table of Word's own: cells that are filled with a pattern, of as many twentieths of the scale
//! as the figure takes. They can be edited, print as they stand, and need no picture.

use super::{TEXT_WIDTH, run, spaced};
use crate::report::paper::{Bar, Chart, Standing};
use docx_rs::{
    AlignmentType, BorderType, Paragraph, Shading, ShdType, Table, TableCell, TableCellBorder,
    TableCellBorderPosition, TableCellBorders, TableCellMargins, TableLayoutType, TableRow,
    VAlignType, WidthType,
};
use std::collections::BTreeSet;

/// Parts of the scale that a cell can begin or end at.
const PARTS: usize = 60;
/// Size of the letters, in half points.
const LETTERS: usize = 20;
/// Widths in twentieths of a point.
const LABEL: usize = 3_300;
const WORDS: usize = 2_200;
const PART: usize = (TEXT_WIDTH - LABEL - WORDS) / PARTS;

pub(super) fn bars(chart: &Chart) -> Table {
    let rows = chart.bars.iter().map(|bar| row(chart, bar)).collect();
    let mut widths = vec![LABEL];
    widths.extend([PART; PARTS]);
    widths.push(WORDS);
    let width = widths.iter().sum();
    Table::new(rows)
        .set_grid(widths)
        .clear_all_border()
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(0, 40, 0, 40))
        .width(width, WidthType::Dxa)
}

fn row(chart: &Chart, bar: &Bar) -> TableRow {
    let end = bar.length.map_or(0, |length| chart.part(length, PARTS));
    let target = chart.target.map(|target| chart.part(target, PARTS));
    let mut cuts: BTreeSet<usize> = [0, end, PARTS].into();
    cuts.extend(target);
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let mut cells = vec![words(&bar.label, LABEL)];
    for pair in cuts.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let mut cell = TableCell::new()
            .grid_span(to - from)
            .width((to - from) * PART, WidthType::Dxa)
            .set_borders(borders(from, to, target))
            .add_paragraph(spaced(Paragraph::new().add_run(run("", LETTERS)), 30, 30));
        if to <= end {
            cell = cell.shading(shading(bar.standing));
        }
        cells.push(cell);
    }
    cells.push(words(&bar.words, WORDS));
    TableRow::new(cells).cant_split()
}

fn words(text: &str, width: usize) -> TableCell {
    TableCell::new()
        .width(width, WidthType::Dxa)
        .clear_all_border()
        .vertical_align(VAlignType::Center)
        .add_paragraph(spaced(
            Paragraph::new()
                .align(AlignmentType::Left)
                .add_run(run(text, LETTERS)),
            30,
            30,
        ))
}

/// The axis to the left of the first cell, the target to the left or right of where it stands. Rows are
/// kept apart by white lines.
fn borders(from: usize, to: usize, target: Option<usize>) -> TableCellBorders {
    let line = |position, kind, size| {
        TableCellBorder::new(position)
            .border_type(kind)
            .size(size)
            .color("000000")
    };
    let between = |position| {
        TableCellBorder::new(position)
            .border_type(BorderType::Single)
            .size(24)
            .color("FFFFFF")
    };
    let mut borders = TableCellBorders::with_empty()
        .set(between(TableCellBorderPosition::Top))
        .set(between(TableCellBorderPosition::Bottom));
    if from == 0 {
        borders = borders.set(line(TableCellBorderPosition::Left, BorderType::Single, 4));
    }
    if target == Some(from) && from > 0 {
        borders = borders.set(line(TableCellBorderPosition::Left, BorderType::Dashed, 12));
    }
    if target == Some(to) {
        borders = borders.set(line(TableCellBorderPosition::Right, BorderType::Dashed, 12));
    }
    borders
}

fn shading(standing: Standing) -> Shading {
    let pattern = |kind| Shading::new().shd_type(kind).color("404040").fill("FFFFFF");
    match standing {
        Standing::Met => Shading::new()
            .shd_type(ShdType::Clear)
            .color("auto")
            .fill("5A5A5A"),
        Standing::NotMet => pattern(ShdType::DiagStripe),
        Standing::NoTarget => pattern(ShdType::Pct20),
        Standing::NotReported => Shading::new()
            .shd_type(ShdType::Clear)
            .color("auto")
            .fill("FFFFFF"),
    }
}
