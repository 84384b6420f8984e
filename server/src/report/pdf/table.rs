//! Tables, which go on from page to page under the titles of their columns.

use super::fonts::Cut;
use super::lines::{self, Align, Line};
use super::{BOTTOM, Desk, LEFT, Mark, SMALL, WIDTH};
use crate::report::paper::{Grid, Holds, Row};

const PADDING: (f32, f32) = (3.0, 2.5);
const LINE: f32 = SMALL * 1.15;

/// A cell: where it stands, and its lines.
struct Cell {
    x: f32,
    width: f32,
    cut: Cut,
    align: Align,
    lines: Vec<Line>,
}

impl Desk<'_> {
    pub(super) fn table(&mut self, grid: &Grid) {
        let shares: usize = grid.columns.iter().map(|column| column.share).sum();
        let mut x = LEFT;
        let columns: Vec<(f32, f32)> = grid
            .columns
            .iter()
            .map(|column| {
                let width = WIDTH * column.share as f32 / shares.max(1) as f32;
                let place = (x, width);
                x += width;
                place
            })
            .collect();
        let titles = grid.columns.iter().zip(&columns);
        let head: Vec<Cell> = titles
            .map(|(column, place)| self.cell(&column.title, *place, Cut::Bold, Align::Centre))
            .collect();
        // Titles stand above at least one more row.
        self.room(height(&head) + 2.0 * LINE + 2.0 * PADDING.1);
        self.rule_across();
        self.row(&head);
        for row in &grid.rows {
            let cells: Vec<Cell> = match row {
                Row::Group(text) => vec![self.cell(text, (LEFT, WIDTH), Cut::Bold, Align::Left)],
                Row::Cells(texts) => {
                    let cells = texts.iter().zip(&grid.columns).zip(&columns);
                    cells
                        .map(|((text, column), place)| {
                            let align = match column.holds {
                                Holds::Words => Align::Left,
                                Holds::Marks | Holds::Numbers => Align::Centre,
                            };
                            self.cell(text, *place, Cut::Regular, align)
                        })
                        .collect()
                }
            };
            self.row_or_turn(cells, &head, matches!(row, Row::Group(_)));
        }
    }

    /// A row that has no room goes to the next page, under the titles; one that is longer than a page
    /// goes on there.
    fn row_or_turn(&mut self, mut cells: Vec<Cell>, head: &[Cell], group: bool) {
        // The heading of a group does not stand alone at the foot of a page.
        let with = if group { LINE + 2.0 * PADDING.1 } else { 0.0 };
        loop {
            if self.y + height(&cells) + with <= BOTTOM {
                self.row(&cells);
                return;
            }
            let top = self.y <= super::TOP + height(head) + 1.0;
            if top {
                let lines = ((BOTTOM - self.y - 2.0 * PADDING.1) / LINE).max(1.0) as usize;
                let mut part = Vec::new();
                for cell in &mut cells {
                    let rest = cell.lines.split_off(lines.min(cell.lines.len()));
                    part.push(Cell {
                        lines: std::mem::replace(&mut cell.lines, rest),
                        ..*cell
                    });
                }
                self.row(&part);
                if cells.iter().all(|cell| cell.lines.is_empty()) {
                    return;
                }
            }
            self.turn();
            self.rule_across();
            self.row(head);
        }
    }

    fn cell(&self, text: &str, (x, width): (f32, f32), cut: Cut, align: Align) -> Cell {
        let inner = width - 2.0 * PADDING.0;
        Cell {
            x,
            width,
            cut,
            align,
            lines: lines::broken(self.fonts, text, cut, SMALL, inner, align),
        }
    }

    fn row(&mut self, cells: &[Cell]) {
        let (top, height) = (self.y, height(cells));
        for cell in cells {
            let text = cell.lines.len() as f32 * LINE;
            self.y = top + (height - text) / 2.0;
            for line in &cell.lines {
                let inner = cell.width - 2.0 * PADDING.0;
                let x = cell.x + PADDING.0;
                self.line(line, x, inner, cell.cut, SMALL, cell.align);
                self.y += LINE;
            }
            self.upright(cell.x, top, height);
        }
        self.upright(LEFT + WIDTH, top, height);
        self.y = top + height;
        self.rule_across();
    }

    fn rule_across(&mut self) {
        self.mark(Mark::Rule {
            from: (LEFT, self.y),
            to: (LEFT + WIDTH, self.y),
        });
    }

    fn upright(&mut self, x: f32, top: f32, height: f32) {
        self.mark(Mark::Rule {
            from: (x, top),
            to: (x, top + height),
        });
    }
}

fn height(cells: &[Cell]) -> f32 {
    let lines = cells.iter().map(|cell| cell.lines.len()).max();
    lines.unwrap_or(1) as f32 * LINE + 2.0 * PADDING.1
}
