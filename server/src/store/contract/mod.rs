//! What every implementation of [`super::Database`] has to do, written once and run on each.
//!
//! [`store_contract!`](crate::store_contract) makes a test of each function here.

#![allow(missing_docs)] // Names of tests say what they hold.

mod accounts;
mod audit;
mod boundaries;
#[cfg(unix)]
mod cluster;
mod days;
mod delegations;
mod endings;
mod entries;
mod feeds;
mod fixture;
mod lists;
mod moves;
mod packs;
mod papers;
mod photos;
mod pushes;
mod queue;
mod reviews;
mod signs;

pub use accounts::*;
pub use audit::*;
pub use boundaries::*;
#[cfg(unix)]
pub use cluster::{Cluster, connect};
pub use days::*;
pub use delegations::*;
pub use endings::*;
pub use entries::*;
pub use feeds::*;
pub use fixture::{
    Exchange, NOW, PERIOD, Tablet, accept, administrator, area_change, commune, complete_family,
    counts, decide, made, random, renamed, rules, set, whole_feed,
};
pub use lists::*;
pub use moves::*;
pub use packs::*;
pub use papers::*;
pub use photos::*;
pub use pushes::*;
pub use queue::*;
pub use reviews::*;
pub use signs::*;

/// Makes the tests. `$open` is an `async fn() -> (impl Database, Guard)` that opens an empty database,
/// which lives until the guard is dropped; `$again` is an `async fn(&Guard) -> impl Database` that opens
/// it once more, as another process would.
#[macro_export]
macro_rules! store_contract {
    ($open:path, $again:path) => {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn feeds_are_gap_free_under_concurrent_writers() {
            let (database, guard) = $open().await;
            let openings = [database, $again(&guard).await, $again(&guard).await];
            $crate::store::contract::feeds_are_gap_free_under_concurrent_writers(&openings).await;
        }
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn nothing_is_left_behind_in_a_commune_that_ends() {
            let (database, guard) = $open().await;
            let other = $again(&guard).await;
            $crate::store::contract::nothing_is_left_behind_in_a_commune_that_ends(
                &database, &other,
            )
            .await;
        }
        $crate::store_contract!(@each $open,
            a_commune_ends_when_it_is_empty,
            a_push_is_idempotent,
            edits_after_a_gap_wait_for_those_before,
            a_clone_is_told_to_renew_itself_and_loses_nothing,
            rejected_edits_are_kept_with_their_reason,
            a_foreign_device_is_refused,
            a_failed_plan_writes_nothing,
            any_text_is_kept,
            a_subject_is_of_one_commune_whoever_comes_first,
            pushes_of_one_device_at_once_are_taken_once,
            what_is_held_of_a_device_is_told_with_its_digest,
            a_device_is_spared_its_own_edits,
            feeds_keep_to_their_limits,
            an_unknown_cursor_starts_anew,
            kept_counts_equal_a_recount,
            days_are_kept_and_add_up,
            days_are_made_again_from_edits,
            counts_of_residential_areas_add_up,
            lists_come_in_vietnamese_order_page_by_page,
            lists_are_filtered,
            entries_that_stand_out_are_found,
            begun_entries_of_a_title_are_read_each_once,
            what_is_pushed_is_judged_by_the_criteria_in_force,
            a_review_counts_only_what_was_seen,
            an_entry_is_returned_and_handed_in_again,
            two_reviewers_at_once_decide_once,
            history_is_newest_first,
            the_longest_wait_comes_first,
            a_decision_leaves_the_queue_and_comes_back_reopened,
            what_is_not_corrected_in_time_is_listed,
            each_desk_has_its_own_queue,
            accounts_are_kept,
            sessions_begin_and_end,
            accounts_are_changed_and_their_sessions_and_devices_listed,
            a_secret_is_the_first_that_was_given,
            records_of_a_kind_come_in_pages,
            boundaries_take_the_place_of_those_before,
            deeds_are_noted_in_one_chain,
            issued_papers_are_kept_as_they_are,
            a_number_is_issued_once,
            tokens_end_and_are_taken_back,
            delegations_are_kept_and_end,
            an_area_moves_with_everything_in_it,
            unsent_edits_go_where_the_area_has_gone,
            what_is_another_communes_now_is_kept_and_taken_over,
            what_a_reassigned_officer_had_not_sent_is_kept,
            a_whole_commune_becomes_part_of_another,
            pushes_during_moves_lose_nothing,
            a_photo_arrives_in_pieces,
            a_kept_photo_stays_as_it_is,
            what_an_account_stores_is_added_up,
            unfinished_photos_expire,
            pieces_sent_at_once_are_taken_once,
        );
    };
    (@each $open:path, $($name:ident),+ $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let (database, _guard) = $open().await;
                $crate::store::contract::$name(&database).await;
            }
        )+
    };
}
