//! What the server answers.

use super::Shell;
use super::fixture::*;
use crate::sync::edit::EditId;
use crate::sync::wire::{Cursor, Identity, RejectReason, Rejection, Response};

pub async fn what_others_wrote_goes_below_what_waits<S: Shell>(shell: S) {
    enter(&shell, &family(1), "house-no", "12").await;
    let (asked, _) = asking(&shell).await;
    let mut answer = holds(0);
    answer.pages = vec![page(Cursor::default(), &others(2))];
    shell.take(&asked, &answer, FRESH, NOW).await.unwrap();
    let memory = audited(&shell).await;
    let record = &memory.records[&family(1)];
    assert_eq!(record.shown.text("head"), Some("Lò Văn 1"));
    assert_eq!(record.shown.text("house-no"), Some("12"));
    let confirmed = record.confirmed.as_ref().unwrap();
    assert_eq!(confirmed.text("head"), Some("Lò Văn 1"));
    assert_eq!(confirmed.text("house-no"), None);
    assert_eq!(memory.records[&family(2)].confirmed, None);

    let (asked, edits) = asking(&shell).await;
    assert_eq!(edits.len(), 1);
    shell.take(&asked, &holds(1), FRESH, NOW).await.unwrap();
    let memory = audited(&shell).await;
    let record = &memory.records[&family(1)];
    assert_eq!(record.confirmed, None);
    assert_eq!(record.shown.text("house-no"), Some("12"));
}

pub async fn a_rejected_edit_leaves_the_screen_and_is_kept<S: Shell>(shell: S) {
    enter(&shell, &family(1), "head", "đúng").await;
    enter(&shell, &family(1), "head", "không nhận").await;
    enter(&shell, &family(2), "head", "cũng không nhận").await;
    let (asked, _) = asking(&shell).await;
    let reason = RejectReason::WrongCommune;
    let mut answer = holds(3);
    answer.rejected = [2, 3].map(|seq| Rejection { seq, reason }).to_vec();
    // Said twice, as when an answer was lost.
    for _ in 0..2 {
        shell.take(&asked, &answer, FRESH, NOW).await.unwrap();
        let memory = audited(&shell).await;
        let shown = memory.shown(&family(1)).unwrap();
        assert_eq!(shown.text("head"), Some("đúng"));
        assert_eq!(memory.shown(&family(2)), None);
        let device = memory.replica.device;
        let kept = [2, 3].map(|seq| (EditId { device, seq }, reason));
        assert!(memory.rejected.iter().map(|(id, why)| (*id, *why)).eq(kept));
        assert_eq!(memory.log.len(), 3);
    }
}

pub async fn a_page_moves_the_cursor_once<S: Shell>(shell: S) {
    let feed = others(6);
    let (before_any, _) = asking(&shell).await;
    let first = page(Cursor::default(), &feed[..4]);
    let mut answer = holds(0);
    answer.pages = vec![first.clone()];
    shell.take(&before_any, &answer, FRESH, NOW).await.unwrap();
    let memory = audited(&shell).await;
    assert_eq!(memory.replica.cursors[&commune()], first.cursor);
    assert_eq!(memory.records.len(), 4);

    // The answer to a question asked before that: another tab's. It would leave a gap.
    let mut late = holds(0);
    late.pages = vec![page(first.cursor, &feed[4..])];
    let again = shell.take(&before_any, &late, FRESH, NOW).await.unwrap();
    assert!(again);
    assert_eq!(
        audited(&shell).await.replica.cursors,
        memory.replica.cursors
    );

    let (asked, _) = asking(&shell.again().await).await;
    shell.take(&asked, &late, FRESH, NOW).await.unwrap();
    let memory = audited(&shell).await;
    assert_eq!(memory.replica.cursors[&commune()], late.pages[0].cursor);
    assert_eq!(memory.records.len(), 6);
}

/// An answer with something of everything.
async fn mixed<S: Shell>(shell: &S, round: u32) -> Response {
    let memory = shell.stored().await;
    let cursor = memory.replica.cursors.get(&commune()).copied();
    let cursor = cursor.unwrap_or_default();
    let feed = others(u32::try_from(cursor.number).unwrap() + 3);
    let mut answer = holds(memory.replica.last_seq - 1);
    answer.pages = vec![page(cursor, &feed[cursor.number as usize..])];
    answer.rejected = vec![Rejection {
        seq: memory.replica.last_seq - 1,
        reason: RejectReason::TooLarge,
    }];
    answer.server_time += u64::from(round);
    answer
}

pub async fn an_answer_dropped_anywhere_leaves_all_or_nothing<S: Shell>(shell: S) {
    for steps in 0_usize.. {
        assert!(steps < 10_000, "an answer comes to no end");
        for field in ["head", "house-no", "note"] {
            enter(&shell, &family(1), field, format!("lần {steps}")).await;
        }
        let before = audited(&shell).await;
        let (asked, _) = asking(&shell).await;
        let answer = mixed(&shell, steps as u32).await;
        let mut expected = before.clone();
        expected.take(&asked, &answer, FRESH, NOW);
        let taken = dropped_after(steps, shell.take(&asked, &answer, FRESH, NOW)).await;
        let after = audited(&shell.again().await).await;
        match taken {
            Some(taken) => {
                taken.unwrap();
                assert_eq!(after, expected);
                return;
            }
            None if after == expected => {}
            None => assert_eq!(after, before, "after {steps} steps"),
        }
    }
}

pub async fn an_answer_and_a_save_at_once_lose_neither<S: Shell>(shell: S) {
    let other = shell.again().await;
    for round in 0..12_u32 {
        let field = format!("tab.{round}");
        enter(&shell, &family(1), "head", format!("lượt {round}")).await;
        enter(&shell, &family(2), "head", format!("lượt {round}")).await;
        let (asked, _) = asking(&shell).await;
        let answer = mixed(&shell, round).await;
        let before = audited(&shell).await;
        let shown = before.shown(&family(1)).unwrap();
        let change = shown.change_of((name(&field), value(i64::from(round))));
        let planned = vec![(family(1), vec![change])];
        let home = commune();
        let (taken, written) = both(
            shell.take(&asked, &answer, FRESH, NOW),
            other.write(&home, planned, NOW),
        )
        .await;
        taken.unwrap();
        assert!(written.unwrap());
        let after = audited(&other).await;
        assert_eq!(after.replica.last_seq, before.replica.last_seq + 1);
        assert_eq!(after.replica.held, answer.held);
        assert_eq!(after.replica.cursors[&commune()], answer.pages[0].cursor);
        let shown = after.shown(&family(1)).unwrap();
        assert_eq!(
            shown.fields[&name(&field)].value(),
            Some(&value(i64::from(round)))
        );
    }
}

pub async fn a_restored_server_is_sent_everything_again<S: Shell>(shell: S) {
    for number in 1..=5 {
        enter(&shell, &family(number), "head", "Cà Thị Ún").await;
    }
    let (asked, sent) = asking(&shell).await;
    shell.take(&asked, &holds(5), FRESH, NOW).await.unwrap();
    let acknowledged = audited(&shell).await;
    let (asked, nothing) = asking(&shell).await;
    assert_eq!(nothing, []);
    // It was restored from a backup and knows of two.
    assert!(shell.take(&asked, &holds(2), FRESH, NOW).await.unwrap());
    let memory = audited(&shell).await;
    assert_eq!(memory.records, acknowledged.records);
    let (asked, again) = asking(&shell.again().await).await;
    assert_eq!(again, sent[2..]);
    assert!(!shell.take(&asked, &holds(5), FRESH, NOW).await.unwrap());
    assert_eq!(audited(&shell).await, acknowledged);
}

pub async fn a_clone_gets_a_new_name_and_keeps_its_work<S: Shell>(shell: S) {
    for number in 1..=4 {
        enter(&shell, &family(1), "head", format!("lần {number}")).await;
    }
    let (asked, edits) = asking(&shell).await;
    let old = edits[0].id.device;
    shell.take(&asked, &holds(2), FRESH, NOW).await.unwrap();
    let (asked, _) = asking(&shell).await;
    let mut answer = holds(2);
    answer.identity = Identity::Renew { common: 2 };
    assert!(shell.take(&asked, &answer, FRESH, NOW).await.unwrap());

    let memory = audited(&shell.again().await).await;
    let new = memory.replica.device;
    assert_ne!(new, old);
    assert_eq!((memory.replica.last_seq, memory.replica.waiting()), (2, 2));
    assert_eq!(memory.replica.former[&old].last, 2);
    let shown = memory.shown(&family(1)).unwrap();
    assert_eq!(shown.text("head"), Some("lần 4"));
    assert_eq!(shown.conflicts().count(), 0);
    // Under both names: nothing that was ever written is deleted.
    assert_eq!(memory.log.len(), 4 + 2);
    let (_, edits) = asking(&shell).await;
    let ids: Vec<_> = edits
        .iter()
        .map(|edit| (edit.id.device, edit.id.seq))
        .collect();
    assert_eq!(ids, [(new, 1), (new, 2)]);

    // A restored server is told again under the former name first.
    let (asked, _) = asking(&shell).await;
    let mut restored = holds(0);
    restored.former_held = vec![(old, 1)];
    shell.take(&asked, &restored, FRESH, NOW).await.unwrap();
    let (_, edits) = asking(&shell).await;
    let ids: Vec<_> = edits
        .iter()
        .map(|edit| (edit.id.device, edit.id.seq))
        .collect();
    assert_eq!(ids, [(old, 2)]);
    audited(&shell).await;
}
