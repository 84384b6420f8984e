//! Subjects: what is assessed, as read out of a record's fields.

use crate::criteria::{EnterpriseSize, Meeting, SchoolLevel, UnitKind, UnitProfile};
use crate::record::{FieldName, Period, SubjectId};
use crate::sync::state::RecordState;

/// Names of the fields of subjects.
pub mod field {
    /// Name of a unit or residential area (text).
    pub const NAME: &str = "name";
    /// Name of the household head, or of the head of a residential area or unit (text).
    pub const HEAD: &str = "head";
    /// The residential area that a family or unit lies in (id as text).
    pub const AREA: &str = "area";
    /// House or book number (text).
    pub const HOUSE_NO: &str = "house_no";
    /// Members of a family (number).
    pub const MEMBERS: &str = "members";
    /// Poverty status on last year's list: `none`, `near-poor`, `poor` (text).
    pub const POVERTY: &str = "poverty";
    /// Whether the title was earned last year (yes or no).
    pub const LAST_RESULT: &str = "last_result";
    /// Years in a row with the title up to last year (number).
    pub const YEARS_RUNNING: &str = "years_running";
    /// `ban`, `tieu-khu` or `to-dan-pho` for a residential area; `agency`, `enterprise`, `school` for a
    /// unit (text).
    pub const KIND: &str = "kind";
    /// Size of an enterprise: `micro`, `small`, `medium`, `large` (text).
    pub const SIZE: &str = "size";
    /// Level of a school (text).
    pub const SCHOOL_LEVEL: &str = "school_level";
    /// An armed-forces body (yes or no).
    pub const ARMED_FORCES: &str = "armed_forces";
    /// Place in the commune's own list of residential areas (number).
    pub const ORDER: &str = "order";
    /// Why the subject is no longer in the register: `moved`, `dissolved`, `duplicate`, `mistake`
    /// (text). A tombstone: the record and its history stay.
    pub const CLOSED: &str = "closed";
    /// The family (id as text) that stays when this one was closed as its duplicate.
    pub const SAME_AS: &str = "same_as";
    /// Before the id of another family: a person has said that the two are not one (yes or no).
    pub const DISTINCT: &str = "distinct.";

    /// The field that says that this family and `other` are two.
    pub fn distinct_from(other: crate::record::SubjectId) -> String {
        format!("{DISTINCT}{other}")
    }
}

/// A number of a residential area's review meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeetingPart {
    /// Households invited.
    Invited,
    /// Households that attended.
    Attended,
    /// Of those attending, how many agreed with the list.
    Agreed,
}

impl MeetingPart {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Invited, Self::Attended, Self::Agreed];

    /// The field of a residential area that holds this number of the meeting of a year (number). One
    /// meeting speaks of all families of the area; each family's entry has its own copy, because that
    /// is what is judged and may differ.
    pub fn field(self, period: Period) -> FieldName {
        let part = match self {
            Self::Invited => "invited",
            Self::Attended => "attended",
            Self::Agreed => "agreed",
        };
        FieldName::parse(&format!("meeting.{period}.{part}")).expect("a valid name")
    }
}

/// What the minutes of a residential area's review meeting say beside its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MinutesPart {
    /// The day (ISO date).
    Day,
    /// Where (text).
    Place,
    /// Who chaired (text).
    Chair,
    /// Who took the minutes (text).
    Secretary,
    /// How they voted: a [`VoteMethod`] (text).
    Method,
    /// What was said (text).
    Discussion,
}

impl MinutesPart {
    /// The field of a residential area that holds this part of the minutes of a year (text).
    pub fn field(self, period: Period) -> FieldName {
        let part = match self {
            Self::Day => "day",
            Self::Place => "place",
            Self::Chair => "chair",
            Self::Secretary => "secretary",
            Self::Method => "method",
            Self::Discussion => "discussion",
        };
        FieldName::parse(&format!("meeting.{period}.{part}")).expect("a valid name")
    }
}

/// How a meeting voted: Decree 122/2018 leaves the choice to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoteMethod {
    /// By secret ballot.
    SecretBallot,
    /// By show of hands.
    ShowOfHands,
}

impl VoteMethod {
    /// Both.
    pub const ALL: [Self; 2] = [Self::SecretBallot, Self::ShowOfHands];

    /// The word stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SecretBallot => "secret-ballot",
            Self::ShowOfHands => "show-of-hands",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// What people call it.
    pub fn vi(self) -> &'static str {
        match self {
            Self::SecretBallot => "bỏ phiếu kín",
            Self::ShowOfHands => "giơ tay",
        }
    }
}

/// The review meeting of a residential area in a year, as far as it is known.
pub fn meeting(record: &RecordState, period: Period) -> Meeting {
    let number = |part: MeetingPart| {
        let number = record.int(part.field(period).as_str())?;
        u32::try_from(number).ok()
    };
    Meeting {
        invited: number(MeetingPart::Invited),
        attended: number(MeetingPart::Attended),
        agreed: number(MeetingPart::Agreed),
    }
}

/// Whether the subject is in the register.
pub fn is_open(record: &RecordState) -> bool {
    record.get(field::CLOSED).is_none()
}

/// The residential area a family or unit lies in.
pub fn residential_area(record: &RecordState) -> Option<SubjectId> {
    record.text(field::AREA).and_then(SubjectId::parse)
}

/// What the subject is called: a unit's or area's name, a family's head.
pub fn label(record: &RecordState) -> &str {
    record
        .text(field::NAME)
        .or_else(|| record.text(field::HEAD))
        .unwrap_or_default()
}

/// What Circular 124 asks about a unit; `None` if its kind is unknown.
pub fn unit_profile(record: &RecordState) -> Option<UnitProfile> {
    Some(UnitProfile {
        kind: record.text(field::KIND).and_then(UnitKind::parse)?,
        size: record.text(field::SIZE).and_then(EnterpriseSize::parse),
        school_level: record
            .text(field::SCHOOL_LEVEL)
            .and_then(SchoolLevel::parse),
        armed_forces: record.flag(field::ARMED_FORCES) == Some(true),
    })
}
