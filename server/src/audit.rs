//! The log of deeds: who signed in, who was given or refused access, who looked at people's data.
//!
//! What officers and reviewers enter is in the communes' feeds, which are chained by digest themselves
//! (`docs/protocol.md`); this log has what leaves no edit behind. Each row carries the SHA-256 of the row
//! before and of itself, so that a row that is changed, taken out or slipped in later is noticed by
//! whoever holds a later digest.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// An account was added; about its name, role and areas.
    AccountAdded,
    /// An account was given another name, role or areas, or may sign in again; as in [`Deed::AccountAdded`].
    AccountChanged,
    /// A session was ended by an administrator; about its account and id.
    SessionEnded,
    /// An account was disabled; about its name.
    AccountDisabled,
    /// An account was given another password; about its name.
    PasswordSet,
    /// Somebody signed in; about the address they came from, as in [`Deed::SignInRefused`].
    SignedIn,
    /// A wrong password was given for an account that exists.
    SignInRefused,
    /// An entry was read with its history; about its key.
    EntryRead,
    /// Photos of a subject were seen; about the subject.
    PhotoRead,
    /// A list of families, areas or units was read; about the query.
    ListRead,
    /// A report was made; about its area and form.
    ReportMade,
    /// A paper was issued; about its id, kind and area.
    PaperIssued,
    /// Another system was given a token; about its id and areas.
    TokenAdded,
    /// A token was taken back; about its id.
    TokenRevoked,
    /// An area began to go to another commune; about the communes and the residential area.
    AreaMoved,
    /// An area was renamed, made or ended, or that was withdrawn; about the record that says so.
    AreaChanged,
    /// Criteria were adopted; about the record of their version.
    CriteriaAdopted,
    /// Something that was kept for another commune was taken over or declined; about the record.
    HandoverDecided,
    /// Review was given to a colleague; about the colleague, areas, titles (`*` for all), first and last day.
    ReviewDelegated,
    /// That was ended before its last day; about the giver and as in [`Deed::ReviewDelegated`].
    DelegationEnded,
    /// Somebody brought a bundle of another's edits; about its author, its id and how many edits are in it.
    BundleBrought,
}

/// The operator at the server's own command line.
pub const OPERATOR: &str = "*operator*";

/// One deed, before it is in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// When, in milliseconds since 1970 by the server's clock.
    pub at_ms: u64,
    /// The account, or [`OPERATOR`].
    pub actor: String,
    /// What.
    pub deed: Deed,
    /// To what; in what form depends on the deed. At most [`MAX_ABOUT`] bytes.
    pub about: String,
}

/// Longest [`Note::about`] in bytes.
pub const MAX_ABOUT: usize = 1 << 10;

impl Note {
    /// Makes one; what is too long is cut, and U+0000, which not every database takes, left out.
    pub fn new(at_ms: u64, actor: &str, deed: Deed, about: &str) -> Self {
        let mut about = about.replace('\0', "");
        about.truncate(about.floor_char_boundary(MAX_ABOUT));
        Self {
            at_ms,
            actor: actor.to_owned(),
            deed,
            about,
        }
    }
}

/// SHA-256 over the log up to a row.
pub type ChainDigest = [u8; 32];

/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotedRow {
    /// 1 for the first, without a gap.
    pub number: u64,
    /// What was done.
    pub note: Note,
    /// Digest of the log up to and with this row.
    pub digest: ChainDigest,
}

impl NotedRow {
    /// The row that follows `last`, the number and digest of the row before, if there is one.
    pub fn after(last: Option<(u64, ChainDigest)>, note: Note) -> Self {
        let (number, before) = last.unwrap_or_default();
        let number = number + 1;
        let digest = digest(&before, number, &note);
        Self {
            number,
            note,
            digest,
        }
    }
}

fn digest(before: &ChainDigest, number: u64, note: &Note) -> ChainDigest {
    let deed = crate::store::word(&note.deed);
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update(number.to_be_bytes());
    hasher.update(note.at_ms.to_be_bytes());
    // Lengths keep a text from borrowing letters of its neighbour.
    for text in [&note.actor, &deed, &note.about] {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize().into()
}

/// Follows the chain from the first row on; rows are shown to it in order.
#[derive(Clone, Debug, Default)]
pub struct Verifier {
    last: Option<(u64, ChainDigest)>,
}

impl Verifier {
    /// Whether `row` follows what was shown before.
    pub fn follows(&mut self, row: &NotedRow) -> bool {
        let expected = NotedRow::after(self.last, row.note.clone());
        self.last = Some((row.number, row.digest));
        expected == *row
    }

    /// The last row's number and digest; kept elsewhere, they show later that nothing up to it changed.
    pub fn end(&self) -> Option<(u64, ChainDigest)> {
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log() -> Vec<NotedRow> {
        let mut rows: Vec<NotedRow> = Vec::new();
        for (at_ms, deed) in [
            (1, Deed::SignedIn),
            (2, Deed::EntryRead),
            (3, Deed::ListRead),
        ] {
            let last = rows.last().map(|row| (row.number, row.digest));
            let note = Note::new(at_ms, "so-noi-vu", deed, "ho-1");
            rows.push(NotedRow::after(last, note));
        }
        rows
    }

    fn holds(rows: &[NotedRow]) -> bool {
        let mut verifier = Verifier::default();
        rows.iter().all(|row| verifier.follows(row))
    }

    #[test]
    fn what_is_changed_or_taken_out_breaks_the_chain() {
        let whole = log();
        assert!(holds(&whole));
        let mut actor = whole.clone();
        actor[1].note.actor = "huyen-1".to_owned();
        let mut without = whole.clone();
        without.remove(1);
        let mut swapped = whole.clone();
        swapped.swap(0, 1);
        let mut shifted = whole.clone();
        shifted[1].note.actor.push('h');
        shifted[1].note.about.remove(0);
        for broken in [actor, without, swapped, shifted] {
            assert!(!holds(&broken), "{broken:?}");
        }
    }

    #[test]
    fn long_texts_are_cut_between_letters() {
        let note = Note::new(1, "a", Deed::ListRead, &"ố".repeat(MAX_ABOUT));
        assert!(note.about.len() <= MAX_ABOUT && note.about.chars().all(|c| c == 'ố'));
        assert_eq!(Note::new(1, "a", Deed::ListRead, "a\0b").about, "ab");
    }
}
