//! How the bytes of one photo reach the server: what to do next, told from what it answered.
//!
//! The server knows of the photo already, by its record; it holds a beginning of the bytes and always says
//! how long that is. So whoever was cut asks, and goes on from there, and a chunk sent twice is harmless.

use super::CHUNK_BYTES;
use crate::api::ProblemCode;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What the server holds of a photo: the answer to a question and to each chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// How many bytes, from the first on.
    pub held: u32,
    /// Whether it has all of them, looked at and kept.
    pub stored: bool,
}

/// Why a request brought no answer that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No connection, or it broke, or something else than the server answered.
    NoConnection,
    /// The server refused, and says why.
    Refused(ProblemCode),
}

/// Why the server will not take a photo, however often it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// It is not what the server takes for a photo.
    NotAPhoto,
    /// What arrived was not what the record says, each time it was sent.
    Damaged,
    /// The album, or what the account may store, is full.
    Full,
    /// The account may not add to this record, or the record has been taken out.
    NotHere,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Ask how much the server holds.
    Ask,
    /// Send these bytes.
    Send(Range<u32>),
    /// The server has it: nothing more.
    Done,
    /// Try again after so many milliseconds.
    Wait(u32),
    /// The record has not arrived yet: after the next sync, ask again.
    AfterSync,
    /// Nothing goes on before the person has signed in.
    SignIn,
    /// It will not be taken. A person may let it be tried again.
    Refused(Refusal),
}

/// First and longest pause after a failure, in milliseconds.
const PAUSE_MS: (u32, u32) = (5_000, 300_000);
/// How often a photo that arrived damaged is sent from its start before that is said.
const MAX_DAMAGED: u8 = 3;
/// How often a chunk may leave the server where it was before a pause is made.
const MAX_STILL: u8 = 3;

/// One photo on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    size: u32,
    held: Option<u32>,
    step: Step,
    failures: u32,
    still: u8,
    damaged: u8,
}

impl Upload {
    /// Of a photo of so many bytes, of which nothing is known.
    pub fn new(size: u32) -> Self {
        Self {
            size,
            held: None,
            step: Step::Ask,
            failures: 0,
            still: 0,
            damaged: 0,
        }
    }

    /// What to do next.
    pub fn next(&self) -> Step {
        self.step.clone()
    }

    /// How many bytes the server is known to hold.
    pub fn held(&self) -> u32 {
        self.held.unwrap_or(0).min(self.size)
    }

    /// Takes in an answer.
    pub fn answered(&mut self, answer: Held) {
        if answer.stored {
            self.held = Some(self.size);
            self.step = Step::Done;
            return;
        }
        let moved = self.held.is_none_or(|before| answer.held > before);
        self.held = Some(answer.held);
        if moved {
            self.failures = 0;
            self.still = 0;
        } else {
            self.still += 1;
        }
        if answer.held >= self.size || self.still >= MAX_STILL {
            // All is there and not kept, or chunks change nothing: some other time.
            self.still = 0;
            self.pause();
            return;
        }
        let end = (answer.held + CHUNK_BYTES).min(self.size);
        self.step = Step::Send(answer.held..end);
    }

    /// Takes in that there was none.
    pub fn failed(&mut self, failure: Failure) {
        let refused = |refusal| Step::Refused(refusal);
        self.step = match failure {
            Failure::NoConnection => return self.pause(),
            Failure::Refused(code) => match code {
                ProblemCode::NotSignedIn => Step::SignIn,
                ProblemCode::NotFound => Step::AfterSync,
                ProblemCode::NotAllowed => refused(Refusal::NotHere),
                ProblemCode::PhotoQuota => refused(Refusal::Full),
                ProblemCode::PhotoRefused
                | ProblemCode::TooLarge
                | ProblemCode::WrongContentType
                | ProblemCode::Malformed => refused(Refusal::NotAPhoto),
                ProblemCode::PhotoDamaged => {
                    self.damaged += 1;
                    self.held = None;
                    if self.damaged < MAX_DAMAGED {
                        Step::Ask
                    } else {
                        refused(Refusal::Damaged)
                    }
                }
                // Too many at once, a fault of the server, or what a later program says.
                _ => return self.pause(),
            },
        };
    }

    /// A pause is over, a sync done, somebody signed in, or a person wants it tried again.
    pub fn again(&mut self) {
        if let Step::Refused(_) = self.step {
            self.damaged = 0;
        }
        if self.step != Step::Done {
            // What the server holds may be another count by now.
            self.held = None;
            self.step = Step::Ask;
        }
    }

    fn pause(&mut self) {
        let doubled = PAUSE_MS.0.saturating_mul(1 << self.failures.min(10));
        self.failures += 1;
        self.step = Step::Wait(doubled.min(PAUSE_MS.1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: u32 = 2 * CHUNK_BYTES + 10;

    fn holds(held: u32) -> Held {
        Held {
            held,
            stored: false,
        }
    }

    fn refused(code: ProblemCode) -> Failure {
        Failure::Refused(code)
    }

    #[test]
    fn a_photo_goes_chunk_by_chunk() {
        let mut upload = Upload::new(SIZE);
        assert_eq!(upload.next(), Step::Ask);
        let mut server = 0;
        upload.answered(holds(server));
        let mut sent = Vec::new();
        while let Step::Send(range) = upload.next() {
            assert_eq!(range.start, server);
            server = range.end;
            sent.push(range.len());
            let stored = server == SIZE;
            upload.answered(Held {
                held: server,
                stored,
            });
        }
        assert_eq!(sent, [CHUNK_BYTES as usize, CHUNK_BYTES as usize, 10]);
        assert_eq!(upload.next(), Step::Done);
        assert_eq!(upload.held(), SIZE);
    }

    #[test]
    fn after_a_cut_it_goes_on_from_what_the_server_holds() {
        let mut upload = Upload::new(SIZE);
        upload.answered(holds(0));
        upload.failed(Failure::NoConnection);
        assert_eq!(upload.next(), Step::Wait(5_000));
        upload.again();
        assert_eq!(upload.next(), Step::Ask);
        // The chunk had arrived; its answer had not.
        upload.answered(holds(CHUNK_BYTES));
        assert_eq!(upload.next(), Step::Send(CHUNK_BYTES..2 * CHUNK_BYTES));
        // A server restored from a backup holds less.
        upload.answered(holds(0));
        assert_eq!(upload.next(), Step::Send(0..CHUNK_BYTES));
    }

    #[test]
    fn pauses_grow_up_to_five_minutes_and_begin_anew_after_an_answer() {
        let mut upload = Upload::new(SIZE);
        let mut pauses = Vec::new();
        for _ in 0..8 {
            upload.failed(Failure::NoConnection);
            match upload.next() {
                Step::Wait(ms) => pauses.push(ms / 1_000),
                other => panic!("{other:?}"),
            }
            upload.again();
        }
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 300, 300]);
        upload.answered(holds(0));
        upload.failed(refused(ProblemCode::Internal));
        assert_eq!(upload.next(), Step::Wait(5_000));
    }

    #[test]
    fn what_cannot_be_mended_by_sending_again_is_said() {
        for (code, expected) in [
            (ProblemCode::NotSignedIn, Step::SignIn),
            (ProblemCode::NotFound, Step::AfterSync),
            (ProblemCode::NotAllowed, Step::Refused(Refusal::NotHere)),
            (ProblemCode::PhotoQuota, Step::Refused(Refusal::Full)),
            (ProblemCode::PhotoRefused, Step::Refused(Refusal::NotAPhoto)),
            (ProblemCode::TooMany, Step::Wait(5_000)),
        ] {
            let mut upload = Upload::new(SIZE);
            upload.answered(holds(0));
            upload.failed(refused(code));
            assert_eq!(upload.next(), expected, "{code:?}");
            upload.again();
            assert_eq!(upload.next(), Step::Ask, "{code:?}");
        }
    }

    #[test]
    fn a_photo_that_arrives_damaged_is_sent_three_times() {
        let mut upload = Upload::new(10);
        for _ in 1..MAX_DAMAGED {
            upload.answered(holds(0));
            upload.failed(refused(ProblemCode::PhotoDamaged));
            assert_eq!(upload.next(), Step::Ask);
        }
        upload.failed(refused(ProblemCode::PhotoDamaged));
        assert_eq!(upload.next(), Step::Refused(Refusal::Damaged));
    }

    #[test]
    fn a_server_that_takes_nothing_is_not_asked_for_ever() {
        let mut upload = Upload::new(SIZE);
        let mut answers = 0;
        upload.answered(holds(0));
        while let Step::Send(_) = upload.next() {
            upload.answered(holds(0));
            answers += 1;
        }
        assert_eq!(answers, i32::from(MAX_STILL));
        assert_eq!(upload.next(), Step::Wait(5_000));
        // All of it held, and yet not kept.
        upload.again();
        upload.answered(holds(SIZE));
        assert!(matches!(upload.next(), Step::Wait(_)));
    }
}
