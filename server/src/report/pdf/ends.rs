//! The top and the end of a paper.

use super::fonts::Cut;
use super::lines::{self, Align};
use super::{BODY, Desk, LEADING, LEFT, MM, SMALL, WIDTH};
use crate::report::paper::{Letterhead, Signature};

/// The narrower of two columns, the body that issues or those who receive.
const NARROW: f32 = WIDTH * 0.42;
const WIDE: f32 = WIDTH - NARROW;
const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";

/// Room above the signature, and for the hand that signs.
const ABOVE: f32 = 12.0;
const ROOM: f32 = 26.0 * MM;

/// How much room a signature takes.
pub(super) fn signature_height(signature: &Signature) -> f32 {
    let posts = signature.posts.len() as f32 * BODY * LEADING;
    let receivers = (signature.receivers.len() + 1) as f32 * SMALL * LEADING;
    ABOVE + (posts + ROOM + BODY * LEADING).max(receivers)
}

impl Desk<'_> {
    /// The body that issues the paper on the left, the name of the state and its motto on the right.
    pub(super) fn letterhead(&mut self, letterhead: &Letterhead) {
        let top = self.y;
        if let Some(superior) = &letterhead.superior {
            self.left(superior, Cut::Regular, SMALL);
        }
        for line in &letterhead.issuer {
            self.left(line, Cut::Bold, SMALL);
        }
        self.rule(LEFT + NARROW / 2.0, 22.0 * MM);
        self.y += 3.0;
        self.left(&letterhead.number, Cut::Regular, SMALL + 1.0);
        let left_end = std::mem::replace(&mut self.y, top);

        self.right("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Cut::Bold, SMALL);
        self.right(MOTTO, Cut::Bold, SMALL + 1.0);
        // As long as the motto itself.
        let motto = self.fonts.width(MOTTO, Cut::Bold, SMALL + 1.0);
        self.rule(LEFT + NARROW + WIDE / 2.0, motto);
        self.y += 3.0;
        self.right(&letterhead.place_and_date, Cut::Italic, SMALL + 1.0);
        self.y = self.y.max(left_end) + 6.0;
    }

    /// Receivers on the left, post and name on the right, all on one page.
    pub(super) fn signature(&mut self, signature: &Signature) {
        self.room(signature_height(signature));
        self.y += ABOVE;
        let top = self.y;
        self.column(
            "Nơi nhận:",
            LEFT,
            NARROW,
            Cut::BoldItalic,
            SMALL,
            Align::Left,
        );
        for receiver in &signature.receivers {
            let line = format!("- {receiver}");
            self.column(&line, LEFT, NARROW, Cut::Regular, SMALL - 1.0, Align::Left);
        }
        let left_end = std::mem::replace(&mut self.y, top);
        for post in &signature.posts {
            self.right(post, Cut::Bold, BODY);
        }
        self.y += ROOM;
        self.right(&signature.name, Cut::Bold, BODY);
        self.y = self.y.max(left_end);
    }

    fn left(&mut self, text: &str, cut: Cut, size: f32) {
        self.column(text, LEFT, NARROW, cut, size, Align::Centre);
    }

    fn right(&mut self, text: &str, cut: Cut, size: f32) {
        self.column(text, LEFT + NARROW, WIDE, cut, size, Align::Centre);
    }

    fn column(&mut self, text: &str, x: f32, width: f32, cut: Cut, size: f32, align: Align) {
        for line in lines::broken(self.fonts, text, cut, size, width, align) {
            self.line(&line, x, width, cut, size, align);
            self.y += size * LEADING;
        }
    }
}
