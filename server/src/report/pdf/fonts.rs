//! The fonts of this machine, and how wide words are in them.

use fontdb::{Database, Family, Query, Stretch, Style, Weight};
use krilla::text::Font;
use rustybuzz::{Face, UnicodeBuffer};
use std::sync::{Arc, OnceLock};

/// Fonts of the metrics of Times New Roman that have all Vietnamese letters, the wanted one first.
const FAMILIES: [&str; 4] = [
    "Times New Roman",
    "Liberation Serif",
    "Tinos",
    "TeX Gyre Termes",
];

/// One of the four cuts of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    Regular,
    Bold,
    Italic,
    BoldItalic,
}

impl Cut {
    const ALL: [Self; 4] = [Self::Regular, Self::Bold, Self::Italic, Self::BoldItalic];

    fn weight(self) -> Weight {
        match self {
            Self::Bold | Self::BoldItalic => Weight::BOLD,
            Self::Regular | Self::Italic => Weight::NORMAL,
        }
    }

    fn style(self) -> Style {
        match self {
            Self::Italic | Self::BoldItalic => Style::Italic,
            Self::Regular | Self::Bold => Style::Normal,
        }
    }
}

/// A family in its four cuts.
pub(super) struct Fonts {
    cuts: [Loaded; 4],
}

struct Loaded {
    bytes: Arc<Vec<u8>>,
    index: u32,
    font: Font,
}

impl Fonts {
    /// Looked for once: it takes a moment, and fonts are installed with the server. `None` where the
    /// machine has no family that would do.
    pub(super) fn shared() -> &'static Option<Self> {
        static SHARED: OnceLock<Option<Fonts>> = OnceLock::new();
        SHARED.get_or_init(|| {
            let mut installed = Database::new();
            installed.load_system_fonts();
            FAMILIES
                .into_iter()
                .find_map(|family| Self::of(&installed, family))
        })
    }

    fn of(installed: &Database, family: &str) -> Option<Self> {
        let cut = |cut: Cut| {
            let query = Query {
                families: &[Family::Name(family)],
                weight: cut.weight(),
                stretch: Stretch::Normal,
                style: cut.style(),
            };
            let face = installed.face(installed.query(&query)?)?;
            // What comes nearest would do for a screen, not for a paper.
            if face.weight != cut.weight() || face.style != cut.style() {
                return None;
            }
            let loaded = installed.with_face_data(face.id, |bytes, index| {
                let bytes = Arc::new(bytes.to_vec());
                let font = Font::new(Arc::clone(&bytes).into(), index)?;
                Some(Loaded { bytes, index, font })
            });
            loaded?.filter(|loaded| {
                let face = loaded.face();
                "ẮẰẲẴẶĐƠỢỮỹ"
                    .chars()
                    .all(|letter| face.glyph_index(letter).is_some())
            })
        };
        let [regular, bold, italic, bold_italic] = Cut::ALL.map(cut);
        Some(Self {
            cuts: [regular?, bold?, italic?, bold_italic?],
        })
    }

    fn loaded(&self, cut: Cut) -> &Loaded {
        &self.cuts[cut as usize]
    }

    pub(super) fn font(&self, cut: Cut) -> Font {
        self.loaded(cut).font.clone()
    }

    /// How wide these words are, shaped as they will be drawn.
    pub(super) fn width(&self, words: &str, cut: Cut, size: f32) -> f32 {
        let face = self.loaded(cut).face();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(words);
        let shaped = rustybuzz::shape(&face, &[], buffer);
        let positions = shaped.glyph_positions().iter();
        let units: i32 = positions.map(|glyph| glyph.x_advance).sum();
        units as f32 * size / face.units_per_em() as f32
    }

    /// The text with a question mark for what the font has no letter for: an archive's PDF may not hold
    /// an empty box.
    pub(super) fn settable(&self, text: &str, cut: Cut) -> String {
        let face = self.loaded(cut).face();
        text.chars()
            .map(|letter| match face.glyph_index(letter) {
                _ if letter.is_whitespace() && letter != '\u{a0}' => ' ',
                Some(_) => letter,
                None => '?',
            })
            .collect()
    }
}

impl Loaded {
    fn face(&self) -> Face<'_> {
        Face::from_slice(&self.bytes, self.index).expect("it was read before")
    }
}
