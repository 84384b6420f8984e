//! Decisions taken one after another on one entry.

use super::*;
use crate::access::Authority;
use crate::area::AreaCode;
use crate::record::{RecordKey, SubjectId};
use crate::sync::clock::Hlc;
use crate::sync::edit::{DeviceId, Edit, EditId, FieldChange};

const TODAY: Date = Date::last_of_year(2022);
const WITHOUT_STAGES: Sitting = Sitting {
    today: TODAY,
    authority: own(Desk::Province),
    district_first: false,
};

const fn own(desk: Desk) -> Authority {
    Authority {
        desk,
        on_behalf_of: None,
    }
}

/// An entry with its whole history.
struct History {
    state: RecordState,
    edits: Vec<Edit>,
    sitting: Sitting,
}

impl History {
    fn write(&mut self, values: Vec<(FieldName, Value)>) {
        self.change(self.state.changes_to(values));
    }

    fn change(&mut self, changes: Vec<FieldChange>) {
        let seq = u32::try_from(self.edits.len()).unwrap() + 1;
        let edit = Edit {
            id: EditId {
                device: DeviceId(7),
                seq,
            },
            time: Hlc(u64::from(seq)),
            author: "can-bo".to_owned(),
            commune: self.state.commune.clone(),
            record: RecordKey::parse(&format!("entry/{}", SubjectId(1))).unwrap(),
            changes,
        };
        self.state.apply(&edit);
        self.edits.push(edit);
    }

    fn set(&mut self, name: &str, value: i64) {
        self.write(vec![(FieldName::parse(name).unwrap(), value.into())]);
    }

    fn submit(&mut self) {
        let submission = entry::submit(&self.state);
        self.change(vec![self.state.change_of(submission)]);
    }

    fn decide(&mut self, decision: Decision, said: &[(&str, &str)]) -> Result<(), ReviewError> {
        let fields = said
            .iter()
            .map(|(about, comment)| (FieldName::parse(about).unwrap(), (*comment).to_owned()));
        self.take(&Verdict {
            comment: "Xem lại.".to_owned(),
            fields: fields.collect(),
            ..Verdict::new(decision, entry::content_digest(&self.state))
        })
    }

    fn take(&mut self, verdict: &Verdict) -> Result<(), ReviewError> {
        let values = decide(&self.state, verdict, &self.sitting)?;
        self.write(values);
        Ok(())
    }
}

#[test]
fn a_return_says_what_at_which_field_and_what_was_mended_since() {
    let commune = AreaCode::parse("03751").unwrap();
    let mut history = History {
        state: RecordState::new(commune),
        edits: Vec::new(),
        sitting: WITHOUT_STAGES,
    };
    history.set("meeting.invited", 30);
    history.set("meeting.attended", 31);
    history.submit();
    let said = ("meeting.attended", "Nhiều hơn số hộ mời.");
    let not_content = ("submitted", "Gửi sớm quá.");
    let refused = Err(ReviewError::FieldComment);
    assert_eq!(history.decide(Decision::Accept, &[said]), refused);
    assert_eq!(history.decide(Decision::Return, &[not_content]), refused);
    assert_eq!(history.decide(Decision::Return, &[("note", " ")]), refused);
    assert_eq!(entry::mended(&history.edits), None);

    history.decide(Decision::Return, &[said]).unwrap();
    let at = |history: &History, name| {
        entry::returned_comment_at(&history.state, name).map(str::to_owned)
    };
    assert_eq!(at(&history, "meeting.attended").as_deref(), Some(said.1));
    assert_eq!(at(&history, "meeting.invited"), None);
    assert_eq!(entry::mended(&history.edits), Some(Vec::new()));

    history.set("meeting.attended", 27);
    history.set("meeting.invited", 29);
    history.set("meeting.invited", 30);
    history.submit();
    let mended = entry::mended(&history.edits).unwrap();
    let [mended] = &mended[..] else {
        panic!("what was put back is no change: {mended:?}");
    };
    assert_eq!(mended.field.as_str(), "meeting.attended");
    assert_eq!((&mended.before, &mended.now), (&31.into(), &27.into()));
    assert_eq!(
        entry::written_since_returned(&history.state).map(|fields| fields.len()),
        Some(2)
    );

    // What was said the last time is not said again.
    let other = ("meeting.invited", "Thiếu một hộ.");
    history.decide(Decision::Return, &[other]).unwrap();
    assert_eq!(at(&history, "meeting.attended"), None);
    assert_eq!(at(&history, "meeting.invited").as_deref(), Some(other.1));
    history.submit();
    history.decide(Decision::Accept, &[]).unwrap();
    assert_eq!(entry::mended(&history.edits), None);
    assert_eq!(entry::written_since_returned(&history.state), None);
    assert_eq!(at(&history, "meeting.invited"), None);
}

/// An entry that was handed in.
fn handed_in() -> History {
    let commune = AreaCode::parse("03751").unwrap();
    let mut history = History {
        state: RecordState::new(commune),
        edits: Vec::new(),
        sitting: WITHOUT_STAGES,
    };
    history.set("meeting.attended", 31);
    history.submit();
    history
}

#[test]
fn a_return_may_name_the_last_day_for_corrections() {
    let day = |ahead| TODAY.plus_days(ahead);
    for (decision, due, expected) in [
        (Decision::Return, None, Ok(())),
        (Decision::Return, day(0), Ok(())),
        (Decision::Return, day(OFFERED_DUE_DAYS), Ok(())),
        (Decision::Return, day(MAX_DUE_DAYS), Ok(())),
        (Decision::Return, day(-1), Err(ReviewError::Due)),
        (
            Decision::Return,
            day(MAX_DUE_DAYS + 1),
            Err(ReviewError::Due),
        ),
        (Decision::Accept, day(7), Err(ReviewError::Due)),
    ] {
        let mut history = handed_in();
        let verdict = Verdict {
            comment: "Xem lại.".to_owned(),
            due,
            ..Verdict::new(decision, entry::content_digest(&history.state))
        };
        assert_eq!(history.take(&verdict), expected, "{decision:?} {due:?}");
        let kept = due.filter(|_| expected.is_ok());
        assert_eq!(entry::correction_due(&history.state), kept, "{due:?}");
    }
}

#[test]
fn the_day_holds_while_it_is_corrected_and_goes_with_the_next_decision() {
    let mut history = handed_in();
    let due = TODAY.plus_days(3);
    let verdict = Verdict {
        comment: "Xem lại.".to_owned(),
        due,
        ..Verdict::new(Decision::Return, entry::content_digest(&history.state))
    };
    history.take(&verdict).unwrap();
    let returned = entry::waiting_since(&history.state);
    history.set("meeting.attended", 27);
    assert_eq!(entry::entry_state(Some(&history.state)), EntryState::Draft);
    assert_eq!(entry::correction_due(&history.state), due);
    assert_eq!(entry::waiting_since(&history.state), returned);
    history.submit();
    assert_eq!(entry::correction_due(&history.state), None);
    history.decide(Decision::Return, &[]).unwrap();
    assert_eq!(entry::correction_due(&history.state), None);
    assert_eq!(history.state.text(field::REVIEW_DUE), None);
}

/// A decision at a desk, of a title that a district appraises first.
fn at(history: &mut History, desk: Desk, decision: Decision) -> Result<(), ReviewError> {
    verdict_at(history, desk, decision, false)
}

fn verdict_at(
    history: &mut History,
    desk: Desk,
    decision: Decision,
    instead: bool,
) -> Result<(), ReviewError> {
    history.sitting = Sitting {
        authority: own(desk),
        district_first: true,
        ..WITHOUT_STAGES
    };
    history.take(&Verdict {
        comment: "Đã xem.".to_owned(),
        instead,
        ..Verdict::new(decision, entry::content_digest(&history.state))
    })
}

#[test]
fn a_district_appraises_before_the_province_recognises() {
    use Decision::{Accept, Endorse, Reopen, Return};
    let mut history = handed_in();
    let state = |history: &History| entry::entry_state(Some(&history.state));
    let desk = |history: &History| Desk::of_entry(&history.state);
    assert_eq!(desk(&history), Some(Desk::District));
    for (who, decision, refused) in [
        (Desk::Province, Accept, ReviewError::NotEndorsed),
        (Desk::District, Accept, ReviewError::ForProvince),
        (Desk::Province, Endorse, ReviewError::NoAppraisal),
        (Desk::District, Reopen, ReviewError::NotDecided),
    ] {
        assert_eq!(
            at(&mut history, who, decision),
            Err(refused),
            "{who:?} {decision:?}"
        );
    }
    let handed_in = entry::waiting_since(&history.state);
    at(&mut history, Desk::District, Endorse).unwrap();
    assert_eq!(state(&history), EntryState::Submitted);
    assert_eq!(desk(&history), Some(Desk::Province));
    assert_ne!(entry::waiting_since(&history.state), handed_in);
    let twice = at(&mut history, Desk::District, Endorse);
    assert_eq!(twice, Err(ReviewError::NotWaiting));

    // Taken back, it lies on the district's desk; only the district takes it back.
    let not_theirs = at(&mut history, Desk::Province, Reopen);
    assert_eq!(not_theirs, Err(ReviewError::NotDecided));
    at(&mut history, Desk::District, Reopen).unwrap();
    assert_eq!(desk(&history), Some(Desk::District));
    assert_eq!(entry::waiting_since(&history.state), handed_in);

    at(&mut history, Desk::District, Endorse).unwrap();
    at(&mut history, Desk::Province, Accept).unwrap();
    assert_eq!(state(&history), EntryState::Accepted);
    assert_eq!(history.state.flag(field::REVIEW_INSTEAD), None);
    let not_theirs = at(&mut history, Desk::District, Reopen);
    assert_eq!(not_theirs, Err(ReviewError::ForProvince));
    // Reopened, it waits for the province, which the district has passed it on to.
    at(&mut history, Desk::Province, Reopen).unwrap();
    assert_eq!(desk(&history), Some(Desk::Province));

    // Returned at the second desk and handed in again, even unchanged, it starts at the first.
    at(&mut history, Desk::Province, Return).unwrap();
    assert_eq!(
        (state(&history), desk(&history)),
        (EntryState::Returned, None)
    );
    history.submit();
    assert_eq!(desk(&history), Some(Desk::District));
    at(&mut history, Desk::District, Return).unwrap();
    assert_eq!(state(&history), EntryState::Returned);
}

#[test]
fn the_province_appraises_in_the_districts_stead_only_by_saying_so() {
    let mut history = handed_in();
    verdict_at(&mut history, Desk::Province, Decision::Accept, true).unwrap();
    assert_eq!(history.state.flag(field::REVIEW_INSTEAD), Some(true));
    verdict_at(&mut history, Desk::Province, Decision::Reopen, false).unwrap();
    assert_eq!(history.state.flag(field::REVIEW_INSTEAD), None);

    // Where no stage is asked for there is none, whatever the verdict says.
    let mut history = handed_in();
    history
        .take(&Verdict {
            instead: true,
            ..Verdict::new(Decision::Accept, entry::content_digest(&history.state))
        })
        .unwrap();
    assert_eq!(history.state.flag(field::REVIEW_INSTEAD), None);
    let endorse = Verdict::new(Decision::Endorse, entry::content_digest(&history.state));
    assert_eq!(history.take(&endorse), Err(ReviewError::NoAppraisal));
}

#[test]
fn an_appraisal_is_of_one_content() {
    let mut history = handed_in();
    at(&mut history, Desk::District, Decision::Endorse).unwrap();
    history.set("meeting.attended", 30);
    assert!(!entry::is_endorsed(&history.state));
    history.submit();
    assert_eq!(Desk::of_entry(&history.state), Some(Desk::District));
    let seen = ContentDigest("0".repeat(32));
    let stale = Verdict::new(Decision::Endorse, seen);
    assert_eq!(history.take(&stale), Err(ReviewError::ContentChanged));
}

#[test]
fn what_is_decided_in_anothers_name_says_so() {
    let name = |history: &History, field| history.state.text(field).map(str::to_owned);
    let sit = |history: &mut History, desk, in_whose: Option<&str>| {
        history.sitting = Sitting {
            authority: Authority {
                desk,
                on_behalf_of: in_whose.map(str::to_owned),
            },
            district_first: true,
            ..WITHOUT_STAGES
        };
    };
    let take = |history: &mut History, decision| {
        let digest = entry::content_digest(&history.state);
        history.take(&Verdict::new(decision, digest)).unwrap();
    };
    let mut history = handed_in();
    sit(&mut history, Desk::District, Some("huyen-1"));
    take(&mut history, Decision::Endorse);
    assert_eq!(
        name(&history, field::REVIEW_ENDORSED_BEHALF).as_deref(),
        Some("huyen-1")
    );
    sit(&mut history, Desk::Province, Some("so-noi-vu"));
    take(&mut history, Decision::Accept);
    assert_eq!(
        name(&history, field::REVIEW_BEHALF).as_deref(),
        Some("so-noi-vu")
    );
    // The next decision is in one's own name, and no longer says otherwise.
    sit(&mut history, Desk::Province, None);
    take(&mut history, Decision::Reopen);
    assert_eq!(name(&history, field::REVIEW_BEHALF), None);
    sit(&mut history, Desk::District, None);
    take(&mut history, Decision::Reopen);
    assert_eq!(name(&history, field::REVIEW_ENDORSED_BEHALF), None);
}
