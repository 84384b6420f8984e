//! The top and the end of a paper.

use super::{BODY, SMALL, TEXT_WIDTH, centred, run};
use crate::report::paper::{Letterhead, Signature};
use docx_rs::{
    BorderType, BreakType, LineSpacing, LineSpacingType, Paragraph, ParagraphBorder,
    ParagraphBorderPosition, ParagraphBorders, Run, Table, TableCell, TableLayoutType, TableRow,
    WidthType,
};

/// The narrower of two columns, the body that issues or those who receive.
const NARROW: usize = TEXT_WIDTH * 42 / 100;
const WIDE: usize = TEXT_WIDTH - NARROW;

/// The body that issues the paper on the left, the name of the state and its motto on the right.
pub(super) fn letterhead(letterhead: &Letterhead) -> Table {
    let mut left = TableCell::new();
    if let Some(superior) = &letterhead.superior {
        left = left.add_paragraph(centred(run(superior, SMALL)));
    }
    for line in &letterhead.issuer {
        left = left.add_paragraph(centred(run(line, SMALL).bold()));
    }
    let left = left
        .add_paragraph(rule(NARROW, 36))
        .add_paragraph(centred(run(&letterhead.number, SMALL + 2)));
    // The second line is a point larger than the first, and its rule as long as itself.
    let right = TableCell::new()
        .add_paragraph(centred(
            run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", SMALL).bold(),
        ))
        .add_paragraph(centred(
            run("Độc lập - Tự do - Hạnh phúc", SMALL + 2).bold(),
        ))
        .add_paragraph(rule(WIDE, 56))
        .add_paragraph(centred(run(&letterhead.place_and_date, SMALL + 2).italic()));
    two_columns(left, right)
}

/// Receivers on the left, post and name on the right. Nothing of it stands on another page than the rest.
pub(super) fn signature(signature: &Signature) -> Table {
    let mut left = TableCell::new().add_paragraph(
        Paragraph::new()
            .keep_next(true)
            .add_run(run("Nơi nhận:", SMALL).bold().italic()),
    );
    for receiver in &signature.receivers {
        let receiver = run(&format!("- {receiver}"), SMALL - 2);
        left = left.add_paragraph(Paragraph::new().keep_next(true).add_run(receiver));
    }
    let mut right = TableCell::new();
    for post in &signature.posts {
        right = right.add_paragraph(centred(run(post, BODY).bold()).keep_next(true));
    }
    let room = (0..4).fold(Run::new(), |room, _| {
        room.add_break(BreakType::TextWrapping)
    });
    let right = right
        .add_paragraph(Paragraph::new().keep_next(true).add_run(room))
        .add_paragraph(centred(run(&signature.name, BODY).bold()));
    two_columns(left, right)
}

fn two_columns(left: TableCell, right: TableCell) -> Table {
    let cells = vec![
        left.width(NARROW, WidthType::Dxa),
        right.width(WIDE, WidthType::Dxa),
    ];
    Table::without_borders(vec![TableRow::new(cells).cant_split()])
        .set_grid(vec![NARROW, WIDE])
        .layout(TableLayoutType::Fixed)
        .width(TEXT_WIDTH, WidthType::Dxa)
}

/// A line of so many percent of a column's width, in its middle.
pub(super) fn rule(width: usize, percent: usize) -> Paragraph {
    let aside = i32::try_from(width * (100 - percent) / 200).unwrap_or_default();
    let line = ParagraphBorder::new(ParagraphBorderPosition::Top)
        .val(BorderType::Single)
        .size(4)
        .space(1)
        .color("000000");
    let tight = LineSpacing::new()
        .line_rule(LineSpacingType::Exact)
        .line(120);
    let mut paragraph = Paragraph::new()
        .indent(Some(aside), None, Some(aside), None)
        .line_spacing(tight.before(40));
    let property = std::mem::take(&mut paragraph.property);
    paragraph.property = property.set_borders(ParagraphBorders::with_empty().set(line));
    paragraph
}
