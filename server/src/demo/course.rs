//! How far work has come: from nothing at all to reviewed.

use super::character::Pace;
use super::luck::Luck;

/// How far the subjects of a place have come, in percent of them; decisions in percent of those that
/// were handed in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    pub(super) handed_in: i64,
    pub(super) begun: i64,
    pub(super) accepted: i64,
    pub(super) returned: i64,
}

impl Course {
    pub(super) const fn of(handed_in: i64, begun: i64, accepted: i64, returned: i64) -> Self {
        Self {
            handed_in,
            begun,
            accepted,
            returned,
        }
    }

    const REVIEWED: Self = Self::of(97, 1, 97, 2);
    const HANDED_IN: Self = Self::of(95, 3, 0, 0);
    const HALF: Self = Self::of(48, 6, 70, 3);
    const BEGUN: Self = Self::of(14, 10, 0, 0);
    const HARDLY: Self = Self::of(5, 5, 0, 0);
    const NOTHING: Self = Self::of(0, 0, 0, 0);

    /// A commune goes from one residential area to the next.
    pub(super) fn of_area(luck: &mut Luck, pace: Pace, is_first: bool) -> Self {
        match pace {
            Pace::OnTime => [Self::REVIEWED, Self::HANDED_IN][luck.weighted(&[93, 7])],
            Pace::Halfway => {
                let courses = [Self::REVIEWED, Self::HANDED_IN, Self::BEGUN, Self::NOTHING];
                courses[luck.weighted(&[34, 18, 10, 38])]
            }
            Pace::Late if is_first => Self::HARDLY,
            Pace::Late => Self::NOTHING,
        }
    }

    /// Units, and what is one of in a commune, have no such order.
    pub(super) fn of_commune(pace: Pace) -> Self {
        match pace {
            Pace::OnTime => Self::REVIEWED,
            Pace::Halfway => Self::HALF,
            Pace::Late => Self::HARDLY,
        }
    }
}
