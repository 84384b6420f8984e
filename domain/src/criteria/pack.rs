//! A pack: legal basis, criteria, scale, pass rule and exclusions, valid for a time.

use crate::catalogue::Assessment;
use crate::date::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::sync::OnceLock;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

text_id!(
    /// Short name of a pack, kept in every entry that is judged under it.
    PackId
);
text_id!(
    /// Short name of a criterion within its pack.
    CriterionId
);
text_id!(
    /// Code of a reason for which a subject is not considered.
    ExclusionCode
);

/// How well a rule's wording is known, the best known first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verification {
    /// Read in the legal text.
    Read,
    /// Remembered; to be compared with the text.
    Remembered,
    /// Not known; a proposal to be edited.
    Unverified,
}

/// How a pack's criteria are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// Points, at most `max` together.
    Points {
        /// The most there can be.
        max: u32,
    },
    /// Met or not met, each of them.
    PassFail,
    /// One of the classes of the poverty review.
    Classification,
}

/// One thing that is judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Short name.
    pub id: CriterionId,
    /// What it asks.
    pub text: String,
    /// Most points; 0 where it is met or not.
    pub max: u16,
    /// How well its wording is known.
    pub verification: Verification,
}

/// A group of criteria.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standard {
    /// Short name.
    pub id: String,
    /// What it asks.
    pub name: String,
    /// Most points of its criteria together.
    pub max: u32,
    /// Its criteria.
    pub criteria: Vec<Criterion>,
}

/// Points needed, by commune and household: Decree 122/2018/NĐ-CP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassMarks {
    /// Mountainous, island or specially difficult communes.
    pub mountainous: u32,
    /// Poor and near-poor households anywhere.
    pub poor_household: u32,
    /// Districts of centrally-run cities.
    pub central_city: u32,
    /// Elsewhere.
    pub other: u32,
}

/// Which pass mark a commune has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassMarkZone {
    /// Mountainous, island or specially difficult.
    MountainousIslandOrSpecial,
    /// A district of a centrally-run city.
    CentralCityDistrict,
    /// Any other.
    Other,
}

/// What a review meeting has to reach, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingRule {
    /// Of those invited, who attended.
    pub attendance_percent: u32,
    /// Of those attending, who agreed.
    pub agree_percent: u32,
}

/// A reason for which a subject is not considered: what a family did, an incident in a residential area.
/// Only its code is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// Code.
    pub code: ExclusionCode,
    /// What it says.
    pub text: String,
    /// How well its wording is known.
    #[serde(default = "read")]
    pub verification: Verification,
}

fn read() -> Verification {
    Verification::Read
}

/// The rules behind a title for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// Short name.
    pub id: PackId,
    /// What it judges.
    pub assessment: Assessment,
    /// Name of the title.
    pub name: String,
    /// The legal text.
    pub legal_basis: String,
    /// First day in force.
    pub valid_from: Date,
    /// Last day in force, if it has ended.
    pub valid_to: Option<Date>,
    /// How well the rules are known.
    pub verification: Verification,
    /// Whether an administrator may change it.
    pub editable: bool,
    /// How criteria are answered.
    pub scale: Scale,
    /// Least share of each standard's points, in percent.
    #[serde(default)]
    pub standard_min_percent: Option<u32>,
    /// Points needed.
    #[serde(default)]
    pub pass_marks: Option<PassMarks>,
    /// The meeting, where one is required.
    #[serde(default)]
    pub meeting: Option<MeetingRule>,
    /// Years running after which a certificate of merit is due.
    #[serde(default)]
    pub certificate_after_years: Option<u32>,
    /// Last day to register, as `MM-DD`.
    #[serde(default)]
    pub register_by: Option<String>,
    /// Last day of the review, as `MM-DD`.
    #[serde(default)]
    pub review_by: Option<String>,
    /// What is judged.
    pub standards: Vec<Standard>,
    /// Who is not considered.
    pub exclusions: Vec<Exclusion>,
}

const FILES: [&str; 6] = [
    include_str!("../../data/packs/gdvh-122-2018.json"),
    include_str!("../../data/packs/kdc-antt-124-2021.json"),
    include_str!("../../data/packs/kdcvh-122-2018.json"),
    include_str!("../../data/packs/dv-antt-124-2021.json"),
    include_str!("../../data/packs/ngheo-24-2021.json"),
    include_str!("../../data/packs/ntm-2021-2025.json"),
];

impl Pack {
    /// All packs, as compiled in.
    pub fn all() -> &'static [Self] {
        static PACKS: OnceLock<Vec<Pack>> = OnceLock::new();
        PACKS.get_or_init(|| {
            FILES
                .into_iter()
                .map(|file| serde_json::from_str(file).expect("the catalogue is checked by tests"))
                .collect()
        })
    }

    /// Names this set of packs: counts that were kept under another one have to be counted anew. 16
    /// hexadecimal digits.
    pub fn edition() -> String {
        let mut hasher = Sha256::new();
        for file in FILES {
            hasher.update(file.as_bytes());
        }
        let digest = hasher.finalize();
        digest[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The pack of an id.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        Self::all().iter().find(|pack| pack.id.0 == id)
    }

    /// The pack in force for an assessment on a day.
    pub fn for_assessment(assessment: Assessment, date: Date) -> Option<&'static Self> {
        Self::all()
            .iter()
            .find(|pack| pack.assessment == assessment && pack.is_valid_on(date))
    }

    /// Whether it is in force on a day.
    pub fn is_valid_on(&self, date: Date) -> bool {
        self.valid_from <= date && self.valid_to.is_none_or(|end| date <= end)
    }

    /// All criteria, in order.
    pub fn criteria(&self) -> impl Iterator<Item = &Criterion> {
        self.standards
            .iter()
            .flat_map(|standard| &standard.criteria)
    }

    /// How well the least known of its rules is known: what a reader has to be told.
    pub fn least_verified(&self) -> Verification {
        let criteria = self.criteria().map(|criterion| criterion.verification);
        let exclusions = self.exclusions.iter().map(|it| it.verification);
        criteria.chain(exclusions).fold(self.verification, Ord::max)
    }

    /// One criterion.
    pub fn criterion(&self, id: &CriterionId) -> Option<&Criterion> {
        self.criteria().find(|criterion| criterion.id == *id)
    }
}
