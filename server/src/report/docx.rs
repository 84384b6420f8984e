//! A paper as a Word file.
//!
//! Sizes are in half points, lengths in twentieths of a point (567 to the centimetre), as the format
//! has them.

mod chart;
mod ends;

use super::RenderError;
use super::paper::{Block, Grid, Holds, Paper, Row};
use docx_rs::{
    AlignmentType, Docx, Footer, Header, LineSpacing, PageMargin, PageNum, Paragraph, Run,
    RunFonts, SpecialIndentType, Table, TableCell, TableCellMargins, TableLayoutType, TableRow,
    VAlignType, WidthType,
};
use std::io::Cursor;

/// A font that every office has; where it lacks, one of the same metrics takes its place.
const FONT: &str = "Times New Roman";
const BODY: usize = 28;
const SMALL: usize = 24;
const FINE: usize = 16;
/// A4, and margins of 2 cm, 3 cm to the left, 1.5 cm to the right.
const A4: (u32, u32) = (11_906, 16_838);
const TEXT_WIDTH: usize = 11_906 - 1_701 - 850;

pub(super) fn render(paper: &Paper) -> Result<Vec<u8>, RenderError> {
    let mut docx = Docx::new()
        .default_fonts(fonts())
        .default_size(BODY)
        .page_size(A4.0, A4.1)
        .page_margin(
            PageMargin::new()
                .top(1_134)
                .bottom(1_134)
                .left(1_701)
                .right(850)
                .header(567)
                .footer(454),
        )
        // Numbered from the second page on.
        .title_pg()
        .first_header(Header::new())
        .first_footer(footer(paper))
        .footer(footer(paper))
        .header(
            Header::new().add_paragraph(
                Paragraph::new()
                    .align(AlignmentType::Center)
                    .add_page_num(PageNum::new()),
            ),
        );
    if let Some(letterhead) = &paper.letterhead {
        docx = docx.add_table(ends::letterhead(letterhead));
    }
    if paper.draft {
        docx = docx.add_paragraph(spaced(
            centred(run("DỰ THẢO", BODY).bold().italic()),
            120,
            0,
        ));
    }
    docx = docx
        .add_paragraph(spaced(centred(run(&paper.kind, BODY).bold()), 240, 0))
        .add_paragraph(centred(run(&paper.subject, BODY).bold()))
        .add_paragraph(match &paper.attached_to {
            Some(decision) => spaced(centred(run(decision, SMALL + 2).italic()), 60, 240),
            // The short line below the subject.
            None => ends::rule(TEXT_WIDTH, 36),
        });
    if let Some(addressee) = &paper.addressee {
        let words = format!("Kính gửi: {addressee}");
        docx = docx.add_paragraph(spaced(centred(run(&words, BODY)), 120, 240));
    }
    for (index, block) in paper.blocks.iter().enumerate() {
        // Nobody signs a page that says nothing: the last sentence goes with the signature.
        let last = paper.signature.is_some() && index + 1 == paper.blocks.len();
        docx = match block {
            Block::Heading(text) => docx.add_paragraph(heading(text)),
            Block::Prose(text) => docx.add_paragraph(prose(text).keep_next(last).keep_lines(last)),
            Block::Chart(bars) => {
                let title = centred(run(&bars.title, SMALL).bold()).keep_next(true);
                let note = Paragraph::new().add_run(run(&bars.note, SMALL - 2).italic());
                docx.add_paragraph(spaced(title, 160, 80))
                    .add_table(chart::bars(bars))
                    .add_paragraph(spaced(note, 60, 60))
            }
            Block::Table(table) => {
                let docx = docx.add_table(grid(table));
                let note = table.note.as_deref().unwrap_or_default();
                docx.add_paragraph(spaced(
                    Paragraph::new().add_run(run(note, SMALL - 2).italic()),
                    60,
                    0,
                ))
            }
        };
    }
    if let Some(signature) = &paper.signature {
        docx = docx
            .add_paragraph(Paragraph::new().keep_next(true))
            .add_table(ends::signature(signature));
    }
    let mut file = Cursor::new(Vec::new());
    docx.build()
        .pack(&mut file)
        .map_err(|error| RenderError::Docx(error.to_string()))?;
    Ok(file.into_inner())
}

fn fonts() -> RunFonts {
    RunFonts::new()
        .ascii(FONT)
        .hi_ansi(FONT)
        .cs(FONT)
        .east_asia(FONT)
}

/// What the figures can be compared by, on every page.
fn footer(paper: &Paper) -> Footer {
    let words = format!("Mã đối chiếu số liệu: {}", paper.digest);
    Footer::new().add_paragraph(centred(run(&words, FINE)))
}

fn run(text: &str, size: usize) -> Run {
    Run::new().add_text(text).size(size).fonts(fonts())
}

fn centred(run: Run) -> Paragraph {
    Paragraph::new().align(AlignmentType::Center).add_run(run)
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
        .line_spacing(LineSpacing::new().before(200).after(100))
        .add_run(run(text, BODY).bold())
}

fn grid(grid: &Grid) -> Table {
    let widths = grid.widths(TEXT_WIDTH);
    let width: usize = widths.iter().sum();
    let cell = |text: &str, width: usize, align: AlignmentType, bold: bool| {
        let run = run(text, SMALL);
        let run = if bold { run.bold() } else { run };
        TableCell::new()
            .width(width, WidthType::Dxa)
            .vertical_align(VAlignType::Center)
            .add_paragraph(spaced(Paragraph::new().align(align).add_run(run), 30, 30))
    };
    let head = grid.columns.iter().zip(&widths);
    let head = head.map(|(column, width)| cell(&column.title, *width, AlignmentType::Center, true));
    let mut rows = vec![TableRow::new(head.collect()).cant_split()];
    for row in &grid.rows {
        let cells = match row {
            Row::Group(text) => {
                vec![cell(text, width, AlignmentType::Left, true).grid_span(widths.len())]
            }
            Row::Cells(texts) => {
                let columns = grid.columns.iter().zip(&widths);
                let cells = texts.iter().zip(columns).map(|(text, (column, width))| {
                    let align = match column.holds {
                        Holds::Words => AlignmentType::Left,
                        Holds::Marks | Holds::Numbers => AlignmentType::Center,
                    };
                    cell(text, *width, align, false)
                });
                cells.collect()
            }
        };
        rows.push(TableRow::new(cells).cant_split());
    }
    Table::new(rows)
        .set_grid(widths)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(0, 70, 0, 70))
        .width(width, WidthType::Dxa)
}
