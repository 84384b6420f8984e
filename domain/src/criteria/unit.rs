//! Which units are in the denominator of "An toàn về an ninh, trật tự": Circular 124/2021/TT-BCA leaves
//! some out.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// The word stored and sent.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the word.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words!(
    /// What a unit is.
    UnitKind {
        /// An agency.
        Agency = "agency",
        /// An enterprise or cooperative.
        Enterprise = "enterprise",
        /// A school.
        School = "school",
    }
);
words!(
    /// Size class of an enterprise.
    EnterpriseSize {
        /// Micro.
        Micro = "micro",
        /// Small.
        Small = "small",
        /// Medium.
        Medium = "medium",
        /// Large.
        Large = "large",
    }
);
words!(
    /// Level of a school.
    SchoolLevel {
        /// Nursery.
        Nursery = "nursery",
        /// Preschool.
        Preschool = "preschool",
        /// Primary.
        Primary = "primary",
        /// Lower secondary.
        LowerSecondary = "lower-secondary",
        /// Upper secondary.
        UpperSecondary = "upper-secondary",
        /// Continuing education.
        Continuing = "continuing",
        /// Vocational, college or university.
        VocationalOrHigher = "vocational-or-higher",
    }
);

/// What Circular 124 asks about a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitProfile {
    /// What it is.
    pub kind: UnitKind,
    /// Size, of an enterprise.
    pub size: Option<EnterpriseSize>,
    /// Level, of a school.
    pub school_level: Option<SchoolLevel>,
    /// An armed-forces body.
    pub armed_forces: bool,
}

/// Why a unit is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOut {
    /// An armed-forces body.
    ArmedForces,
    /// A small or micro enterprise.
    SmallEnterprise,
    /// A primary school, preschool or nursery.
    YoungChildrensSchool,
}

impl LeftOut {
    /// Every reason.
    pub const ALL: [Self; 3] = [
        Self::ArmedForces,
        Self::SmallEnterprise,
        Self::YoungChildrensSchool,
    ];

    /// What such units are, after a number.
    pub fn vi(self) -> &'static str {
        match self {
            Self::ArmedForces => "đơn vị lực lượng vũ trang",
            Self::SmallEnterprise => "doanh nghiệp nhỏ, siêu nhỏ",
            Self::YoungChildrensSchool => "trường tiểu học, mầm non, nhà trẻ",
        }
    }
}

/// Whether a unit is in the denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Eligibility {
    /// It is.
    Eligible,
    /// It is not.
    LeftOut(LeftOut),
    /// Size or level is not known yet.
    Unknown,
}

impl UnitProfile {
    /// Whether the unit is in the denominator.
    pub fn eligibility(&self) -> Eligibility {
        if self.armed_forces {
            return Eligibility::LeftOut(LeftOut::ArmedForces);
        }
        match (self.kind, self.size, self.school_level) {
            (UnitKind::Agency, _, _) => Eligibility::Eligible,
            (UnitKind::Enterprise, None, _) | (UnitKind::School, _, None) => Eligibility::Unknown,
            (UnitKind::Enterprise, Some(EnterpriseSize::Micro | EnterpriseSize::Small), _) => {
                Eligibility::LeftOut(LeftOut::SmallEnterprise)
            }
            (
                UnitKind::School,
                _,
                Some(SchoolLevel::Nursery | SchoolLevel::Preschool | SchoolLevel::Primary),
            ) => Eligibility::LeftOut(LeftOut::YoungChildrensSchool),
            _ => Eligibility::Eligible,
        }
    }
}

impl Eligibility {
    /// What people are told.
    pub fn vi(self) -> &'static str {
        match self {
            Self::Eligible => "Được tính vào mẫu số.",
            Self::LeftOut(LeftOut::ArmedForces) => {
                "Không tính vào mẫu số: đơn vị thuộc lực lượng vũ trang (Thông tư 124/2021/TT-BCA)."
            }
            Self::LeftOut(LeftOut::SmallEnterprise) => {
                "Không tính vào mẫu số: doanh nghiệp nhỏ hoặc siêu nhỏ (Thông tư 124/2021/TT-BCA)."
            }
            Self::LeftOut(LeftOut::YoungChildrensSchool) => {
                "Không tính vào mẫu số: trường tiểu học, mầm non, nhà trẻ (Thông tư 124/2021/TT-BCA)."
            }
            Self::Unknown => "Chưa rõ quy mô hoặc cấp học nên chưa được tính.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        kind: UnitKind,
        size: Option<EnterpriseSize>,
        school_level: Option<SchoolLevel>,
        expected: Eligibility,
    ) {
        let unit = UnitProfile {
            kind,
            size,
            school_level,
            armed_forces: false,
        };
        assert_eq!(unit.eligibility(), expected, "{unit:?}");
        let of_the_army = UnitProfile {
            armed_forces: true,
            ..unit
        };
        assert_eq!(
            of_the_army.eligibility(),
            Eligibility::LeftOut(LeftOut::ArmedForces),
            "{of_the_army:?}"
        );
    }

    #[test]
    fn circular_124_leaves_units_out() {
        use Eligibility::{Eligible, Unknown};
        let small = Eligibility::LeftOut(LeftOut::SmallEnterprise);
        let young = Eligibility::LeftOut(LeftOut::YoungChildrensSchool);
        check(UnitKind::Agency, None, None, Eligible);
        for (size, expected) in [
            (None, Unknown),
            (Some(EnterpriseSize::Micro), small),
            (Some(EnterpriseSize::Small), small),
            (Some(EnterpriseSize::Medium), Eligible),
            (Some(EnterpriseSize::Large), Eligible),
        ] {
            check(UnitKind::Enterprise, size, None, expected);
        }
        for (level, expected) in [
            (None, Unknown),
            (Some(SchoolLevel::Nursery), young),
            (Some(SchoolLevel::Preschool), young),
            (Some(SchoolLevel::Primary), young),
            (Some(SchoolLevel::LowerSecondary), Eligible),
            (Some(SchoolLevel::UpperSecondary), Eligible),
            (Some(SchoolLevel::Continuing), Eligible),
            (Some(SchoolLevel::VocationalOrHigher), Eligible),
        ] {
            check(UnitKind::School, None, level, expected);
        }
        assert_eq!(SchoolLevel::parse("primary"), Some(SchoolLevel::Primary));
        assert_eq!(SchoolLevel::parse("Primary"), None);
    }
}
