//! What every shell of the [replica](super::replica) has to do, written once and run on each: on plain
//! memory natively, and on IndexedDB in a real browser.
//!
//! Compiled only with the feature `shell-contract`, which tests alone ask for.
//! [`each_shell_case!`](crate::each_shell_case) names the cases to a macro that makes tests of them.

#![allow(missing_docs)] // Names of cases say what they hold.

mod answers;
mod fixture;
mod history;
mod memory;
mod writes;

pub use answers::*;
pub use history::*;
pub use memory::MemoryShell;
pub use writes::*;

use super::edit::{DeviceId, Edit, FieldChange};
use super::memory::MemoryReplica;
use super::replica::{Asked, Replica};
use super::wire::Response;
use crate::area::AreaCode;
use crate::record::RecordKey;

/// A replica that is stored somewhere. Whatever one opening of it has written, every other sees.
#[expect(
    async_fn_in_trait,
    reason = "shells live in one thread; tests alone use this"
)]
pub trait Shell: Sized {
    /// Why something was not stored.
    type Error: std::fmt::Debug;

    /// Opens it once more, as another tab does, or the next start.
    async fn again(&self) -> Self;

    /// Writes edits of one commune's records, all or nothing; whether there was anything to write.
    async fn write(
        &self,
        commune: &AreaCode,
        planned: Vec<(RecordKey, Vec<FieldChange>)>,
        now_ms: u64,
    ) -> Result<bool, Self::Error>;

    /// Takes a server's answer in, all or nothing; whether to sync again at once.
    async fn take(
        &self,
        asked: &Asked,
        response: &Response,
        fresh: DeviceId,
        now_ms: u64,
    ) -> Result<bool, Self::Error>;

    /// What to send next.
    async fn to_send(&self) -> Result<(Replica, Vec<Edit>), Self::Error>;

    /// Everything that is stored, read from where it is stored.
    async fn stored(&self) -> MemoryReplica;
}

/// Hands the names of all cases to the macro `$make`.
#[macro_export]
macro_rules! each_shell_case {
    ($make:ident) => {
        $make!(
            what_is_written_is_stored_whole,
            several_records_are_written_as_one,
            nothing_to_change_writes_nothing,
            any_value_and_unknown_names_are_kept,
            the_outbox_is_in_order_and_bounded,
            a_write_dropped_anywhere_leaves_all_or_nothing,
            two_tabs_never_give_a_number_twice,
            what_others_wrote_goes_below_what_waits,
            a_rejected_edit_leaves_the_screen_and_is_kept,
            a_page_moves_the_cursor_once,
            an_answer_dropped_anywhere_leaves_all_or_nothing,
            an_answer_and_a_save_at_once_lose_neither,
            a_restored_server_is_sent_everything_again,
            a_clone_gets_a_new_name_and_keeps_its_work,
            a_history_ends_as_in_memory,
        );
    };
}
