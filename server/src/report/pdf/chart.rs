//! Bars against a target, in greys and hatchings that every printer and copier keeps apart.

use super::fonts::Cut;
use super::lines::{self, Align, Line};
use super::{BOTTOM, Desk, LEFT, MM, Mark, SMALL, TOP, WIDTH};
use crate::report::paper::{Bar, Chart, Standing};

/// Room for labels to the left and for words to the right of the bars.
const LABELS: f32 = 58.0 * MM;
const WORDS: f32 = 40.0 * MM;
const ACROSS: f32 = WIDTH - LABELS - WORDS;
const TEXT: f32 = SMALL - 2.0;
const LINE: f32 = TEXT * 1.15;
const THICK: f32 = 9.0;
const GAP: f32 = 5.0;
/// From one stroke of a hatching to the next.
const HATCH: f32 = 3.5;

struct Row<'c> {
    bar: &'c Bar,
    label: Vec<Line>,
    words: Vec<Line>,
    height: f32,
}

impl Desk<'_> {
    pub(super) fn chart(&mut self, chart: &Chart) {
        let rows: Vec<Row<'_>> = chart.bars.iter().map(|bar| self.bar_row(bar)).collect();
        let all: f32 = rows.iter().map(|row| row.height).sum();
        self.y += 8.0;
        // A chart that fits on a page is not cut in two.
        self.room((all + 3.0 * LINE).min(BOTTOM - TOP));
        self.paragraph(&chart.title, Cut::Bold, SMALL, Align::Centre);
        self.y += 4.0;
        for row in &rows {
            self.room(row.height);
            self.bar(chart, row);
        }
        self.y += 4.0;
        self.paragraph(&chart.note, Cut::Italic, SMALL - 1.0, Align::Left);
        self.y += 4.0;
    }

    fn bar_row<'c>(&self, bar: &'c Bar) -> Row<'c> {
        let broken = |text: &str, width: f32| {
            lines::broken(
                self.fonts,
                text,
                Cut::Regular,
                TEXT,
                width - 6.0,
                Align::Left,
            )
        };
        let (label, words) = (broken(&bar.label, LABELS), broken(&bar.words, WORDS));
        let lines = label.len().max(words.len()) as f32;
        Row {
            bar,
            label,
            words,
            height: (lines * LINE).max(THICK) + GAP,
        }
    }

    fn bar(&mut self, chart: &Chart, row: &Row<'_>) {
        let top = self.y;
        let left = LEFT + LABELS;
        self.beside(&row.label, LEFT, LABELS - 6.0, top, row.height);
        self.beside(
            &row.words,
            left + ACROSS + 6.0,
            WORDS - 6.0,
            top,
            row.height,
        );
        let middle = top + (row.height - GAP) / 2.0;
        let y = middle - THICK / 2.0;
        let part = |figure: i64| chart.part(figure, 10_000) as f32 / 10_000.0 * ACROSS;
        let width = row.bar.length.map_or(0.0, part);
        self.fill_bar(row.bar.standing, (left, y), width);
        // The axis and the target go through all rows.
        let axis = |x: f32, width: f32, dashes: Vec<f32>| Mark::Stroke {
            from: (x, top),
            to: (x, top + row.height),
            width,
            dashes,
        };
        self.mark(axis(left, 0.5, Vec::new()));
        if let Some(target) = chart.target {
            self.mark(axis(left + part(target), 1.25, vec![4.0, 1.5]));
        }
        self.y = top + row.height;
    }

    fn beside(&mut self, lines: &[Line], x: f32, width: f32, top: f32, height: f32) {
        self.y = top + (height - GAP - lines.len() as f32 * LINE) / 2.0;
        for line in lines {
            self.line(line, x, width, Cut::Regular, TEXT, Align::Left);
            self.y += LINE;
        }
    }

    fn fill_bar(&mut self, standing: Standing, (x, y): (f32, f32), width: f32) {
        let size = (width, THICK);
        match standing {
            Standing::NotReported => return,
            Standing::Met => self.mark(Mark::Box {
                at: (x, y),
                size,
                grey: 90,
            }),
            Standing::NoTarget => self.mark(Mark::Box {
                at: (x, y),
                size,
                grey: 215,
            }),
            Standing::NotMet => {
                // Each stroke rises by the bar's height; what would leave the bar is cut off.
                let mut start = -THICK;
                while start < width {
                    let (from, to) = (start.max(0.0), (start + THICK).min(width));
                    self.mark(Mark::Rule {
                        from: (x + from, y + THICK - (from - start)),
                        to: (x + to, y + THICK - (to - start)),
                    });
                    start += HATCH;
                }
            }
        }
        let corners = [
            (x, y),
            (x + width, y),
            (x + width, y + THICK),
            (x, y + THICK),
            (x, y),
        ];
        for pair in corners.windows(2) {
            self.mark(Mark::Rule {
                from: pair[0],
                to: pair[1],
            });
        }
    }
}
