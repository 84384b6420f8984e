//! A paper as a PDF, of the kind that archives take (PDF/A-2u).
//!
//! `krilla` writes the file and shapes the letters; what stands where is decided here, in points from
//! the upper left corner, as marks on pages. Only then are the marks drawn: how many pages there are is
//! known by then.

mod chart;
mod ends;
mod fonts;
mod lines;
mod table;

use super::RenderError;
use super::paper::{Block, Paper};
use fonts::{Cut, Fonts};
use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::TextDirection;
use lines::Align;

/// Points in a millimetre.
const MM: f32 = 72.0 / 25.4;
const PAGE: (f32, f32) = (210.0 * MM, 297.0 * MM);
const LEFT: f32 = 30.0 * MM;
const TOP: f32 = 20.0 * MM;
const BOTTOM: f32 = PAGE.1 - 20.0 * MM;
const WIDTH: f32 = PAGE.0 - 45.0 * MM;
const CENTRE: f32 = LEFT + WIDTH / 2.0;

const BODY: f32 = 14.0;
const SMALL: f32 = 12.0;
const FINE: f32 = 8.0;
/// From one line to the next, in sizes of the text.
const LEADING: f32 = 1.22;
/// Where a line's letters stand within it.
const BASELINE: f32 = 0.93;

/// Something on a page.
enum Mark {
    Text {
        at: (f32, f32),
        cut: Cut,
        size: f32,
        words: String,
    },
    Rule {
        from: (f32, f32),
        to: (f32, f32),
    },
    /// A thicker line, broken or not.
    Stroke {
        from: (f32, f32),
        to: (f32, f32),
        width: f32,
        dashes: Vec<f32>,
    },
    /// A box filled with a grey, from 0 (black) to 255.
    Box {
        at: (f32, f32),
        size: (f32, f32),
        grey: u8,
    },
}

/// Pages being filled from the top down.
struct Desk<'f> {
    fonts: &'f Fonts,
    pages: Vec<Vec<Mark>>,
    y: f32,
    headings: Vec<(String, usize, f32)>,
}

pub(super) fn render(paper: &Paper) -> Result<Vec<u8>, RenderError> {
    laid_out(paper)?.draw(paper)
}

/// How many pages it takes.
#[cfg(test)]
pub(super) fn pages(paper: &Paper) -> usize {
    laid_out(paper).map_or(0, |desk| desk.pages.len())
}

fn laid_out(paper: &Paper) -> Result<Desk<'static>, RenderError> {
    let fonts = Fonts::shared().as_ref().ok_or(RenderError::NoFont)?;
    let mut desk = Desk {
        fonts,
        pages: vec![Vec::new()],
        y: TOP,
        headings: Vec::new(),
    };
    desk.set(paper);
    Ok(desk)
}

impl Desk<'_> {
    fn set(&mut self, paper: &Paper) {
        if let Some(letterhead) = &paper.letterhead {
            self.letterhead(letterhead);
        }
        if paper.draft {
            self.centred("DỰ THẢO", Cut::BoldItalic, BODY);
        }
        self.y += 10.0;
        self.centred(&paper.kind, Cut::Bold, BODY);
        self.centred(&paper.subject, Cut::Bold, BODY);
        match &paper.attached_to {
            Some(decision) => self.centred(decision, Cut::Italic, BODY - 1.0),
            None => self.rule(CENTRE, 36.0 * MM),
        }
        self.y += 10.0;
        if let Some(addressee) = &paper.addressee {
            self.centred(&format!("Kính gửi: {addressee}"), Cut::Regular, BODY);
            self.y += 8.0;
        }
        for (index, block) in paper.blocks.iter().enumerate() {
            if let (Some(signature), true) = (&paper.signature, index + 1 == paper.blocks.len()) {
                // Nobody signs a page that says nothing: the last sentence goes with the signature.
                let sentence = 4.0 + 3.0 * BODY * LEADING;
                self.room(sentence + ends::signature_height(signature));
            }
            match block {
                Block::Heading(text) => self.heading(text),
                Block::Prose(text) => {
                    self.y += 4.0;
                    self.paragraph(
                        text,
                        Cut::Regular,
                        BODY,
                        Align::Justified { indent: 10.0 * MM },
                    );
                }
                Block::Chart(chart) => self.chart(chart),
                Block::Table(grid) => {
                    self.y += 4.0;
                    self.table(grid);
                    if let Some(note) = &grid.note {
                        self.y += 3.0;
                        self.paragraph(note, Cut::Italic, SMALL - 1.0, Align::Left);
                    }
                    self.y += 4.0;
                }
            }
        }
        if let Some(signature) = &paper.signature {
            self.signature(signature);
        }
    }

    /// Goes on to the next page unless so much room is left on this one.
    fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.turn();
        }
    }

    fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
    }

    fn mark(&mut self, mark: Mark) {
        self.pages.last_mut().expect("there is a page").push(mark);
    }

    fn centred(&mut self, text: &str, cut: Cut, size: f32) {
        self.paragraph(text, cut, size, Align::Centre);
    }

    fn paragraph(&mut self, text: &str, cut: Cut, size: f32, align: Align) {
        for line in lines::broken(self.fonts, text, cut, size, WIDTH, align) {
            self.room(size * LEADING);
            self.line(&line, LEFT, WIDTH, cut, size, align);
            self.y += size * LEADING;
        }
    }

    /// Puts a line into the column at `x` without moving on.
    fn line(&mut self, line: &lines::Line, x: f32, width: f32, cut: Cut, size: f32, align: Align) {
        let y = self.y + size * BASELINE;
        for (offset, words) in line.placed(width, align) {
            self.mark(Mark::Text {
                at: (x + offset, y),
                cut,
                size,
                words,
            });
        }
    }

    fn heading(&mut self, text: &str) {
        self.y += 8.0;
        // A heading does not stand alone at the foot of a page: a table's titles and first row go with it.
        self.room(BODY * LEADING * 7.0);
        let page = self.pages.len() - 1;
        self.headings.push((text.to_owned(), page, self.y));
        self.paragraph(text, Cut::Bold, BODY, Align::Left);
    }

    /// A short line below what stands above it.
    fn rule(&mut self, centre: f32, length: f32) {
        let y = self.y + 2.5;
        self.mark(Mark::Rule {
            from: (centre - length / 2.0, y),
            to: (centre + length / 2.0, y),
        });
        self.y += 5.0;
    }

    /// Numbers from the second page on, and what the figures can be compared by on every page.
    fn number_pages(&mut self, digest: &str) {
        let fonts = self.fonts;
        let middle = |words: String, y: f32, size: f32| Mark::Text {
            at: (CENTRE - fonts.width(&words, Cut::Regular, size) / 2.0, y),
            cut: Cut::Regular,
            size,
            words,
        };
        for (index, page) in self.pages.iter_mut().enumerate() {
            if index > 0 {
                page.push(middle((index + 1).to_string(), TOP - 6.0 * MM, BODY - 1.0));
            }
            let words = format!("Mã đối chiếu số liệu: {digest}");
            page.push(middle(words, BOTTOM + 10.0 * MM, FINE));
        }
    }

    fn draw(mut self, paper: &Paper) -> Result<Vec<u8>, RenderError> {
        self.number_pages(&paper.digest);
        let configuration = ConfigurationBuilder::new()
            .with_archival_validator(Archival::A2_U)
            .finish()
            .map_err(|error| RenderError::Pdf(format!("{error:?}")))?;
        let mut document = Document::new_with(SerializeSettings {
            configuration,
            ..SerializeSettings::default()
        });
        let size = PageSettings::from_wh(PAGE.0, PAGE.1);
        let size = size.ok_or_else(|| RenderError::Pdf("page".to_owned()))?;
        for marks in &self.pages {
            let mut page = document.start_page_with(size.clone());
            let mut surface = page.surface();
            for mark in marks {
                match mark {
                    Mark::Text {
                        at: (x, y),
                        cut,
                        size,
                        words,
                    } => {
                        surface.set_stroke(None);
                        surface.set_fill(Some(Fill {
                            paint: rgb::Color::black().into(),
                            ..Fill::default()
                        }));
                        let font = self.fonts.font(*cut);
                        let at = Point::from_xy(*x, *y);
                        let direction = TextDirection::LeftToRight;
                        surface.draw_text(at, font, *size, words, false, direction);
                    }
                    Mark::Rule { from, to } => stroke(&mut surface, *from, *to, 0.5, &[]),
                    Mark::Stroke {
                        from,
                        to,
                        width,
                        dashes,
                    } => stroke(&mut surface, *from, *to, *width, dashes),
                    Mark::Box { at, size, grey } => fill(&mut surface, *at, *size, *grey),
                }
            }
            surface.finish();
            page.finish();
        }
        document.set_metadata(
            Metadata::new()
                .title(format!("{} {}", paper.kind, paper.subject))
                .language("vi".to_owned())
                .creator("Sổ Thi Đua".to_owned())
                .creation_date(
                    DateTime::new(paper.day.year())
                        .month(paper.day.month())
                        .day(paper.day.day()),
                )
                .document_id(paper.digest.clone()),
        );
        let mut outline = Outline::new();
        for (heading, page, y) in self.headings {
            let at = krilla::destination::XyzDestination::new(page, Point::from_xy(LEFT, y));
            outline.push_child(OutlineNode::new(heading, at));
        }
        document.set_outline(outline);
        document
            .finish()
            .map_err(|error| RenderError::Pdf(format!("{error:?}")))
    }
}

fn stroke(surface: &mut Surface<'_>, from: (f32, f32), to: (f32, f32), width: f32, dashes: &[f32]) {
    let mut path = PathBuilder::new();
    path.move_to(from.0, from.1);
    path.line_to(to.0, to.1);
    let Some(path) = path.finish() else { return };
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        paint: rgb::Color::black().into(),
        width,
        dash: (!dashes.is_empty()).then(|| StrokeDash {
            array: dashes.to_vec(),
            offset: 0.0,
        }),
        ..Stroke::default()
    }));
    surface.draw_path(&path);
}

fn fill(surface: &mut Surface<'_>, (x, y): (f32, f32), (width, height): (f32, f32), grey: u8) {
    let mut path = PathBuilder::new();
    path.move_to(x, y);
    path.line_to(x + width, y);
    path.line_to(x + width, y + height);
    path.line_to(x, y + height);
    path.close();
    let Some(path) = path.finish() else { return };
    surface.set_stroke(None);
    surface.set_fill(Some(Fill {
        paint: rgb::Color::new(grey, grey, grey).into(),
        ..Fill::default()
    }));
    surface.draw_path(&path);
}
