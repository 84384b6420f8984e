//! What both ends know before a message: the models are taught a short list of examples, so that the
//! first entry already costs little. The examples are part of the version: changing them changes the
//! bytes.

use super::coder::{Coder, Nowhere};
use super::model::Model;
use super::stream::Stream;
use super::tables::Lexicon;
use crate::sync::edit::Edit;
use std::sync::OnceLock;

/// Models and words as the examples leave them.
struct Primed {
    model: Model<Nowhere>,
    lexicon: Lexicon,
}

fn primed() -> &'static Primed {
    static PRIMED: OnceLock<Primed> = OnceLock::new();
    PRIMED.get_or_init(|| {
        let examples: Vec<Edit> =
            serde_json::from_str(include_str!("../../../data/wire-primer.json"))
                .expect("the examples are checked by a test");
        let mut stream = Stream::new(Model::blank(Nowhere), Lexicon::default());
        for edit in &examples {
            stream
                .edit(Some(edit))
                .expect("the examples keep the limits");
        }
        Primed {
            model: stream.model,
            lexicon: stream.lexicon,
        }
    })
}

/// A stream that has learnt the examples.
pub(super) fn stream<C: Coder>(coder: C) -> Stream<C> {
    let primed = primed();
    Stream::new(primed.model.driving(coder), primed.lexicon.clone())
}
