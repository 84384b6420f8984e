//! What of a feed somebody may see, and the cursors that go with it.
//!
//! Subjects that have moved stay in the feed they are in. Those who follow it for what is at home there are
//! shown nothing more of them than that they left; those who follow it for what has come to their own commune
//! are shown nothing else. A cursor of such a view says which view it belongs to: when another subject moves,
//! or the account gets other areas, the cursor is not known any more and the feed is read again from its
//! start. What comes twice is told apart on the tablet, record by record.

use crate::area::AreaCode;
use crate::place;
use crate::record::SubjectId;
use crate::sync::edit::{Edit, EditDigest};
use crate::sync::wire::Cursor;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The subjects of a feed that ever moved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedPlaces {
    /// Where each lives now.
    pub places: BTreeMap<SubjectId, AreaCode>,
    /// The number of the last edit of the feed that moved one of them.
    pub last: u64,
}

/// What somebody may see of a feed.
#[derive(Clone, Debug)]
pub struct View {
    places: BTreeMap<SubjectId, AreaCode>,
    readable: BTreeSet<AreaCode>,
    sees_home: bool,
    /// Tells this view from others of the feed; `None` if all of it is seen.
    mark: Option<EditDigest>,
}

impl View {
    /// All of a feed.
    pub fn whole() -> Self {
        Self {
            places: BTreeMap::new(),
            readable: BTreeSet::new(),
            sees_home: true,
            mark: None,
        }
    }

    /// What those see of the feed of `feed` who may read the records of `readable`.
    pub fn of(feed: &AreaCode, moved: FeedPlaces, readable: &BTreeSet<AreaCode>) -> Self {
        let FeedPlaces { places, last } = moved;
        let sees_home = readable.contains(feed);
        let seen: BTreeSet<AreaCode> = places
            .values()
            .filter(|place| readable.contains(place))
            .cloned()
            .collect();
        let whole = sees_home && places.values().all(|place| seen.contains(place));
        let mark = (!whole).then(|| mark(last, sees_home, &seen));
        Self {
            places,
            readable: seen,
            sees_home,
            mark,
        }
    }

    /// Whether an edit is shown. That a subject moved is shown to those it left as well.
    pub fn shows(&self, edit: &Edit) -> bool {
        match self.places.get(&edit.record.subject()) {
            None => self.sees_home,
            Some(place) => {
                self.readable.contains(place)
                    || (self.sees_home && place::is_place(&edit.record))
                    || self.mark.is_none()
            }
        }
    }

    /// The cursor that somebody with this view is told of a place in the feed.
    pub fn cursor(&self, plain: Cursor) -> Cursor {
        let check = self
            .mark
            .map_or(plain.check, |mark| plain.check.chain(mark));
        Cursor { check, ..plain }
    }

    /// Whether a cursor was told of the place in the feed whose running digest is `check`, to somebody who
    /// saw no less than this view shows: to whoever has this one, or saw all of the feed.
    pub fn knows(&self, asked: Cursor, check: EditDigest) -> bool {
        let number = asked.number;
        asked.check == check || asked == self.cursor(Cursor { number, check })
    }
}

fn mark(last: u64, sees_home: bool, seen: &BTreeSet<AreaCode>) -> EditDigest {
    let mut hasher = Sha256::new();
    hasher.update(last.to_be_bytes());
    hasher.update([u8::from(sees_home)]);
    for area in seen {
        hasher.update(area.as_str().as_bytes());
        hasher.update([0]);
    }
    let hash = hasher.finalize();
    let mut first = [0_u8; 8];
    first.copy_from_slice(&hash[..8]);
    // 53 bits, as every digest of the protocol.
    EditDigest(u64::from_be_bytes(first) >> 11)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::RecordKey;
    use crate::sync::clock::Hlc;
    use crate::sync::edit::{DeviceId, EditId};

    fn code(code: &str) -> AreaCode {
        AreaCode::parse(code).unwrap()
    }

    fn edit(record: &str, subject: u128) -> Edit {
        Edit {
            id: EditId {
                device: DeviceId(1),
                seq: 1,
            },
            time: Hlc(1),
            author: "x".to_owned(),
            commune: code("03751"),
            record: RecordKey::parse(&format!("{record}/{}", SubjectId(subject))).unwrap(),
            changes: Vec::new(),
        }
    }

    /// The feed of 03751, of which the first subject has gone to 03754 and the second came back.
    fn view(last: u64, readable: &[&str]) -> View {
        let places = [(SubjectId(1), code("03754")), (SubjectId(2), code("03751"))];
        let moved = FeedPlaces {
            places: places.into(),
            last,
        };
        let readable = readable.iter().map(|area| code(area)).collect();
        View::of(&code("03751"), moved, &readable)
    }

    #[test]
    fn each_sees_what_lives_where_they_may_read() {
        let (home, there) = (view(9, &["03751"]), view(9, &["03754"]));
        let both = view(9, &["03751", "03754"]);
        for (record, subject, at_home, at_theirs) in [
            ("family", 1, false, true),
            ("place", 1, true, true),
            ("family", 2, true, false),
            ("place", 2, true, false),
            ("family", 3, true, false),
        ] {
            let edit = edit(record, subject);
            assert_eq!(home.shows(&edit), at_home, "{record} {subject}");
            assert_eq!(there.shows(&edit), at_theirs, "{record} {subject}");
            assert!(both.shows(&edit), "{record} {subject}");
        }
    }

    #[test]
    fn a_cursor_belongs_to_what_was_seen() {
        let check = EditDigest(77);
        let plain = Cursor { number: 9, check };
        let (home, there) = (view(9, &["03751"]), view(9, &["03754"]));
        let both = view(9, &["03751", "03754"]);
        assert_eq!(both.cursor(plain), plain);
        for view in [&home, &there] {
            assert!(view.knows(view.cursor(plain), check));
            assert!(!both.knows(view.cursor(plain), check));
            // Who has seen everything has seen this.
            assert!(view.knows(plain, check));
        }
        assert!(!home.knows(there.cursor(plain), check));
        // Another subject has moved since.
        assert!(!view(12, &["03751"]).knows(home.cursor(plain), check));
    }
}
