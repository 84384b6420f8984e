//! Rules broken on purpose, one at a time: a simulation that does not notice them shows nothing.

/// A broken rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutation {
    /// A tablet takes what it sent for delivered, whatever the answer.
    SentIsDelivered,
    /// A tablet drops edits from its log once the server holds them.
    LogIsPruned,
    /// The cursor is stored apart from the page: a crash in between moves one without the other.
    CursorBeforePage,
    /// A tablet does not remember what it has seen of other devices.
    SeenIsForgotten,
    /// A change does not say what it replaces: the later clock wins.
    BasesAreIgnored,
    /// Every conflict counts as settled by whoever writes next.
    ConflictsAreDropped,
    /// The hub does not remember how far it holds a device.
    HeldIsForgotten,
    /// The hub does not compare what it holds with what it is sent.
    ClonesAreBelieved,
    /// A clone goes on under its new name with mentions of the old one.
    RenewalForgetsBases,
    /// The hub commits records and feed apart: a crash in between keeps one without the other.
    FeedIsNotAtomic,
    /// The hub says once, and only once, what it did not take.
    RejectionIsSaidOnce,
    /// A rejected edit stays in what the tablet shows.
    RejectedIsShown,
    /// A restored hub recognises cursors of its lost future.
    CursorsAreBelieved,
    /// A tablet does not ask after the edits of its former names.
    FormerNamesAreForgotten,
    /// The hub says of more than it was sent that it holds it.
    MoreIsHeldThanSaid,
    /// The hub believes, without comparing, that what is said to have been sent is what it holds.
    SentIsBelieved,
    /// A clone is told what is new before it knows that it is one.
    TwinsAreNews,
    /// A review is taken for whatever the entry says now.
    ReviewIsUnbound,
    /// Counts are kept for the first edit of a push only.
    CountsAreSkipped,
    /// The same for counts of residential areas alone.
    PartsAreSkipped,
    /// A rival that lost is dropped from the feed.
    FeedHasGaps,
    /// What is taken back after the browser lost the store counts as sent.
    RegainedIsNotSent,
    /// What was written before the browser lost the store counts as still there, and is not read back.
    LostIsNotNews,
    /// The hub judges an edit by the feed of its record, wherever the subject has moved to.
    MovesAreOverlooked,
    /// A cursor does not say of which part of the feed it is: nobody reads again when subjects move.
    ViewsAreUnmarked,
    /// A tablet keeps account of what it has seen feed by feed, as programs before version 3 did.
    SeenIsPerFeed,
    /// A subject that moves is counted where it came to, and still where it was.
    MovedCountTwice,
    /// What is refused because a subject has moved is kept for nobody.
    KeptForNobody,
    /// What is taken over does not replace what its writer had replaced before.
    HandoverForgetsNames,
    /// A tablet goes by receipts for what a restored hub no longer holds.
    ReceiptsAreKept,
    /// The hub takes a bundle that was under way for long for a clone's.
    LateIsAClone,
    /// A bundle carries what waits under a former identity, and what was written since along with it. One
    /// history in thousands notices: it is among those that are kept, and not in [`Self::ALL`].
    AllIsCarriedAtOnce,
}

impl Mutation {
    pub const ALL: [Self; 31] = [
        Self::SentIsDelivered,
        Self::LogIsPruned,
        Self::CursorBeforePage,
        Self::SeenIsForgotten,
        Self::BasesAreIgnored,
        Self::ConflictsAreDropped,
        Self::HeldIsForgotten,
        Self::ClonesAreBelieved,
        Self::RenewalForgetsBases,
        Self::FeedIsNotAtomic,
        Self::RejectionIsSaidOnce,
        Self::RejectedIsShown,
        Self::CursorsAreBelieved,
        Self::FormerNamesAreForgotten,
        Self::MoreIsHeldThanSaid,
        Self::SentIsBelieved,
        Self::TwinsAreNews,
        Self::ReviewIsUnbound,
        Self::CountsAreSkipped,
        Self::PartsAreSkipped,
        Self::FeedHasGaps,
        Self::RegainedIsNotSent,
        Self::LostIsNotNews,
        Self::MovesAreOverlooked,
        Self::ViewsAreUnmarked,
        Self::SeenIsPerFeed,
        Self::MovedCountTwice,
        Self::KeptForNobody,
        Self::HandoverForgetsNames,
        Self::ReceiptsAreKept,
        Self::LateIsAClone,
    ];
}
