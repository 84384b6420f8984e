//! Whole histories, told to a shell and to the reference beside it.

use super::fixture::*;
use super::{MemoryShell, Shell};
use crate::record::{RecordKey, Value};
use crate::sync::edit::DeviceId;
use crate::sync::replica::Asked;
use crate::sync::state::RecordState;
use crate::sync::wire::{Identity, RejectReason, Rejection, Response};

const HISTORIES: u64 = 6;
const STEPS: usize = 80;

/// Numbers that look random: splitmix64.
struct Luck(u64);

impl Luck {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// Whatever people enter and servers answer, also what no right-minded server would: a shell ends with
/// what the reference ends with, to the last number.
pub async fn a_history_ends_as_in_memory<S: Shell>(mut shell: S) {
    for seed in 1..=HISTORIES {
        let mut luck = Luck(seed);
        let reference = MemoryShell::new(shell.stored().await);
        let feed = others(200);
        let mut earlier: Option<Asked> = None;
        for step in 0..STEPS {
            let now = NOW + luck.below(1 << 40);
            if luck.chance(55) {
                let planned = entered(&mut luck, &shell).await;
                let written = shell.write(&commune(), planned.clone(), now).await;
                let expected = reference.write(&commune(), planned, now).await;
                assert_eq!(written.unwrap(), expected.unwrap());
            } else {
                let (asked, edits) = asking(&shell).await;
                // Now and then the answer to an older question.
                let asked = match earlier.take() {
                    Some(earlier) if luck.chance(15) => earlier,
                    _ => asked,
                };
                let memory = shell.stored().await;
                let mut answer = answered(&mut luck, &memory.replica, edits.len());
                let cursor = memory.replica.cursors.get(&commune()).copied();
                let cursor = cursor.unwrap_or_default();
                let read = usize::try_from(cursor.number).unwrap().min(feed.len());
                let until = (read + luck.below(4) as usize).min(feed.len());
                answer.pages = vec![page(cursor, &feed[read..until])];
                let fresh = DeviceId::from_random(luck.below(u64::MAX));
                let again = shell.take(&asked, &answer, fresh, now).await;
                let expected = reference.take(&asked, &answer, fresh, now).await;
                assert_eq!(again.unwrap(), expected.unwrap());
                earlier = Some(asked);
            }
            if luck.chance(20) {
                shell = shell.again().await;
            }
            let (stored, expected) = (shell.stored().await, reference.stored().await);
            let at = format!("seed {seed}, step {step}");
            assert_eq!(stored.replica, expected.replica, "{at}");
            assert_eq!(stored.rejected, expected.rejected, "{at}");
            assert!(stored.log == expected.log, "{at}: the log");
            assert_eq!(stored.records, expected.records, "{at}");
        }
    }
}

async fn entered<S: Shell>(
    luck: &mut Luck,
    shell: &S,
) -> Vec<(RecordKey, Vec<crate::sync::edit::FieldChange>)> {
    let memory = shell.stored().await;
    let empty = RecordState::new(commune());
    (0..=luck.below(3))
        .map(|_| {
            let key = family(luck.below(5) as u32);
            let shown = memory.shown(&key).unwrap_or(&empty);
            let field = ["head", "house-no", "future.thing"][luck.below(3) as usize];
            let to: Value = match luck.below(4) {
                0 => Value::Null,
                1 => luck.chance(50).into(),
                2 => (luck.below(1_000) as i64 - 500).into(),
                _ => format!("Giàng A {}", luck.below(1_000)).into(),
            };
            let change = if luck.chance(20) {
                shown.change_to_settle(name(field), to)
            } else {
                shown.change_of((name(field), to))
            };
            (key, vec![change])
        })
        .collect()
}

fn answered(luck: &mut Luck, replica: &crate::sync::replica::Replica, sent: usize) -> Response {
    let last = u64::from(replica.last_seq);
    let mut answer = holds(match luck.below(6) {
        // Restored from a backup.
        0 => luck.below(last + 1) as u32,
        1 => replica.held,
        _ => replica.held + luck.below(sent as u64 + 1) as u32,
    });
    for seq in replica.held + 1..=answer.held.min(replica.last_seq) {
        if luck.chance(10) {
            let reason = RejectReason::NotYourArea;
            answer.rejected.push(Rejection { seq, reason });
        }
    }
    if luck.chance(6) {
        let common = luck.below(last + 1) as u32;
        answer.identity = Identity::Renew { common };
        answer.held = common;
    }
    for (device, own) in &replica.former {
        if luck.chance(90) {
            answer.former_held.push((*device, own.last));
        }
    }
    answer
}
