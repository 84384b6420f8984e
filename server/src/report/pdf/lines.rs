//! Text broken into lines. Vietnamese has a space after each syllable, so no word is ever divided unless
//! it is wider than its column.

use super::fonts::{Cut, Fonts};

/// How the lines of a paragraph stand in their column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Align {
    Left,
    Centre,
    /// From edge to edge, all but the last; the first begins so far in.
    Justified {
        indent: f32,
    },
}

impl Align {
    fn indent(self, first: bool) -> f32 {
        match self {
            Self::Justified { indent } if first => indent,
            _ => 0.0,
        }
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    words: Vec<(String, f32)>,
    space: f32,
    indent: f32,
    last: bool,
}

/// Breaks a text into lines of a column.
pub(super) fn broken(
    fonts: &Fonts,
    text: &str,
    cut: Cut,
    size: f32,
    width: f32,
    align: Align,
) -> Vec<Line> {
    let space = fonts.width(" ", cut, size);
    let text = fonts.settable(text, cut);
    let words = text
        .split(' ')
        .filter(|word| !word.is_empty())
        .flat_map(|word| pieces(fonts, word, cut, size, width));
    let mut lines = Vec::new();
    let mut line = Line::empty(space, align.indent(true));
    for (word, wide) in words {
        let needed = if line.words.is_empty() {
            wide
        } else {
            space + wide
        };
        if !line.words.is_empty() && line.width() + needed > width {
            lines.push(std::mem::replace(
                &mut line,
                Line::empty(space, align.indent(false)),
            ));
        }
        line.words.push((word, wide));
    }
    line.last = true;
    lines.push(line);
    lines
}

/// A word, or the parts of one that is wider than the column.
fn pieces(fonts: &Fonts, word: &str, cut: Cut, size: f32, width: f32) -> Vec<(String, f32)> {
    let whole = fonts.width(word, cut, size);
    if whole <= width {
        return vec![(word.to_owned(), whole)];
    }
    let mut pieces: Vec<(String, f32)> = Vec::new();
    for letter in word.chars() {
        let longer = match pieces.last() {
            Some((piece, _)) => format!("{piece}{letter}"),
            None => letter.to_string(),
        };
        let wide = fonts.width(&longer, cut, size);
        if wide <= width && !pieces.is_empty() {
            pieces.pop();
            pieces.push((longer, wide));
        } else {
            let letter = letter.to_string();
            let wide = fonts.width(&letter, cut, size);
            pieces.push((letter, wide));
        }
    }
    pieces
}

impl Line {
    fn empty(space: f32, indent: f32) -> Self {
        Self {
            words: Vec::new(),
            space,
            indent,
            last: false,
        }
    }

    fn width(&self) -> f32 {
        let gaps = self.words.len().saturating_sub(1) as f32;
        let words: f32 = self.words.iter().map(|(_, wide)| wide).sum();
        self.indent + words + gaps * self.space
    }

    /// What to draw, each with its distance from the column's left edge. A space ends each word but the
    /// last, so that copied text has them.
    pub(super) fn placed(&self, width: f32, align: Align) -> Vec<(f32, String)> {
        let whole = || {
            let words: Vec<_> = self.words.iter().map(|(word, _)| word.as_str()).collect();
            words.join(" ")
        };
        let gaps = self.words.len().saturating_sub(1);
        match align {
            Align::Left => vec![(self.indent, whole())],
            Align::Centre => vec![((width - self.width()) / 2.0, whole())],
            Align::Justified { .. } if self.last || gaps == 0 => vec![(self.indent, whole())],
            Align::Justified { .. } => {
                let gap = self.space + (width - self.width()) / gaps as f32;
                let mut x = self.indent;
                let mut placed = Vec::new();
                for (index, (word, wide)) in self.words.iter().enumerate() {
                    let end = if index < gaps { " " } else { "" };
                    placed.push((x, format!("{word}{end}")));
                    x += wide + gap;
                }
                placed
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: f32 = 14.0;

    fn fonts() -> &'static Fonts {
        let fonts = Fonts::shared().as_ref();
        fonts.expect("a font of the metrics of Times: script/bootstrap installs it")
    }

    fn texts(lines: &[Line], width: f32, align: Align) -> Vec<String> {
        let text = |line: &Line| {
            let placed = line.placed(width, align);
            placed
                .into_iter()
                .map(|(_, words)| words)
                .collect::<String>()
        };
        lines.iter().map(text).collect()
    }

    #[test]
    fn lines_keep_to_their_column_and_lose_nothing() {
        let text = "Chỉ hồ sơ đã được duyệt mới tính vào kết quả của phong trào thi đua.".repeat(5);
        for width in [60.0, 150.0, 400.0] {
            let align = Align::Justified { indent: 20.0 };
            let lines = broken(fonts(), &text, Cut::Regular, SIZE, width, align);
            assert!(lines.iter().all(|line| line.width() <= width + 0.01));
            let words: Vec<String> = lines
                .iter()
                .flat_map(|line| line.words.iter().map(|(word, _)| word.clone()))
                .collect();
            assert_eq!(words.concat(), text.replace(' ', ""));
            // Every line but the last reaches the right edge.
            for line in &lines[..lines.len() - 1] {
                let placed = line.placed(width, align);
                let (x, word) = placed.last().unwrap();
                let end = x + fonts().width(word, Cut::Regular, SIZE);
                assert!(
                    placed.len() == 1 || (end - width).abs() < 0.1,
                    "{end} {width}"
                );
            }
        }
    }

    #[test]
    fn a_word_wider_than_its_column_is_divided() {
        let lines = broken(
            fonts(),
            &"x".repeat(100),
            Cut::Bold,
            SIZE,
            50.0,
            Align::Left,
        );
        assert!(lines.len() > 10);
        assert_eq!(texts(&lines, 50.0, Align::Left).concat(), "x".repeat(100));
    }

    #[test]
    fn what_the_font_lacks_is_a_question_mark() {
        assert_eq!(fonts().settable("Ắt 😀\n", Cut::Regular), "Ắt ? ");
    }
}
