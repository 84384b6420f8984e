//! What a person enters.

use super::Shell;
use super::fixture::*;
use crate::record::{RecordKey, Value};
use crate::sync::wire::MAX_EDITS_UP;

pub async fn what_is_written_is_stored_whole<S: Shell>(shell: S) {
    let before = audited(&shell).await;
    assert_eq!((before.replica.last_seq, before.records.len()), (0, 0));
    assert!(enter(&shell, &family(1), "head", "Quàng Văn Chung").await);
    let after = audited(&shell.again().await).await;
    assert_eq!(after.replica.last_seq, 1);
    assert_eq!(after.replica.waiting(), 1);
    let shown = after.shown(&family(1)).unwrap();
    assert_eq!(shown.text("head"), Some("Quàng Văn Chung"));
    let confirmed = after.records[&family(1)].confirmed.as_ref().unwrap();
    assert!(confirmed.fields.is_empty());
    let edit = after.log.values().next().unwrap();
    assert_eq!(edit.author, after.replica.account);
    assert_eq!(after.log.len(), 1);
}

pub async fn several_records_are_written_as_one<S: Shell>(shell: S) {
    let change = |number: u32| {
        let shown = crate::sync::state::RecordState::new(commune());
        let change = shown.change_of((name("head"), value(format!("Lò Văn {number}"))));
        (family(number), vec![change])
    };
    let planned: Vec<_> = (1..=120).map(change).collect();
    let written = shell.write(&commune(), planned, NOW).await.unwrap();
    assert!(written);
    let after = audited(&shell).await;
    assert_eq!((after.records.len(), after.replica.last_seq), (120, 120));
    // In the order in which they were asked for.
    for (number, edit) in (1..).zip(after.log.values()) {
        assert_eq!((edit.id.seq, &edit.record), (number, &family(number)));
    }
    // One record twice in one write: the second stands on the first.
    let twice = vec![change(7), change(7)];
    assert!(shell.write(&commune(), twice, NOW).await.unwrap());
    assert_eq!(audited(&shell).await.replica.last_seq, 122);
}

pub async fn nothing_to_change_writes_nothing<S: Shell>(shell: S) {
    enter(&shell, &family(1), "head", "Lò Văn Hặc").await;
    let before = audited(&shell).await;
    let nothing = vec![(family(1), Vec::new()), (family(2), Vec::new())];
    assert!(!shell.write(&commune(), nothing, NOW).await.unwrap());
    assert!(!shell.write(&commune(), Vec::new(), NOW).await.unwrap());
    assert_eq!(audited(&shell).await, before);
}

pub async fn any_value_and_unknown_names_are_kept<S: Shell>(shell: S) {
    let strange = RecordKey::parse(&format!("future-kind/{:032x}", 5)).unwrap();
    let values: Vec<(&str, Value)> = vec![
        ("future.thing", Value::Null),
        ("future.flag", true.into()),
        ("future.least", i64::MIN.into()),
        ("future.most", i64::MAX.into()),
        (
            "note",
            "Thào A Súa \"…\"\\ \u{1f33e}\r\n\t\u{0} </script>".into(),
        ),
        ("future.long", "ấ".repeat(1_300).into()),
        ("future.empty", "".into()),
    ];
    for (field, value) in &values {
        enter(&shell, &strange, field, value.clone()).await;
    }
    let after = audited(&shell.again().await).await;
    let shown = after.shown(&strange).unwrap();
    for (field, value) in &values {
        assert_eq!(shown.fields[&name(field)].value(), Some(value), "{field}");
    }
}

pub async fn the_outbox_is_in_order_and_bounded<S: Shell>(shell: S) {
    let most = u32::try_from(MAX_EDITS_UP).unwrap();
    let count = most + 5;
    for first in (1..=count).step_by(250) {
        let planned = (first..(first + 250).min(count + 1)).map(|number| {
            let shown = crate::sync::state::RecordState::new(commune());
            let change = shown.change_of((name("house-no"), value(i64::from(number))));
            (family(number % 50), vec![change])
        });
        let planned = planned.collect();
        shell.write(&commune(), planned, NOW).await.unwrap();
    }
    let (asked, edits) = asking(&shell).await;
    let numbers: Vec<u32> = edits.iter().map(|edit| edit.id.seq).collect();
    assert_eq!(numbers, (1..=most).collect::<Vec<_>>());
    assert!(shell.take(&asked, &holds(most), FRESH, NOW).await.unwrap());
    let (asked, edits) = asking(&shell).await;
    let numbers: Vec<u32> = edits.iter().map(|edit| edit.id.seq).collect();
    assert_eq!(numbers, (most + 1..=count).collect::<Vec<_>>());
    assert!(!shell.take(&asked, &holds(count), FRESH, NOW).await.unwrap());
    // Acknowledged, and kept all the same: the server may be restored from a backup.
    let after = audited(&shell).await;
    assert_eq!(
        (after.replica.waiting(), after.log.len()),
        (0, count as usize)
    );
}

pub async fn a_write_dropped_anywhere_leaves_all_or_nothing<S: Shell>(shell: S) {
    for number in 1..=3 {
        enter(&shell, &family(number), "head", "trước").await;
    }
    for steps in 0_usize.. {
        assert!(steps < 10_000, "a write comes to no end");
        let before = audited(&shell).await;
        let planned: Vec<_> = (2..=4)
            .map(|number| {
                let empty = crate::sync::state::RecordState::new(commune());
                let shown = before.shown(&family(number)).unwrap_or(&empty);
                let change = (name("head"), value(format!("lần {steps}")));
                (family(number), vec![shown.change_of(change)])
            })
            .collect();
        let written = dropped_after(steps, shell.write(&commune(), planned, NOW)).await;
        let after = audited(&shell.again().await).await;
        match written {
            Some(written) => {
                assert!(written.unwrap());
                assert_eq!(after.replica.last_seq, before.replica.last_seq + 3);
                return;
            }
            // The commit may have been asked for before the tab went.
            None if after.replica.last_seq == before.replica.last_seq + 3 => {}
            None => assert_eq!(after, before, "after {steps} steps"),
        }
    }
}

pub async fn two_tabs_never_give_a_number_twice<S: Shell>(shell: S) {
    const EACH: u32 = 40;
    let other = shell.again().await;
    let work = async |tab: &S, field: &str| {
        for number in 1..=EACH {
            let shown = crate::sync::state::RecordState::new(commune());
            let change = shown.change_of((name(field), value(i64::from(number))));
            let planned = vec![(family(number % 3), vec![change])];
            assert!(tab.write(&commune(), planned, NOW).await.unwrap());
        }
    };
    both(work(&shell, "one"), work(&other, "two")).await;
    let after = audited(&shell).await;
    assert_eq!(after.replica.last_seq, 2 * EACH);
    assert_eq!(after.log.len(), 2 * EACH as usize);
    for field in ["one", "two"] {
        let of_tab = after.log.values();
        let mut values: Vec<i64> = of_tab
            .flat_map(|edit| &edit.changes)
            .filter(|change| change.field == name(field))
            .filter_map(|change| change.value.as_int())
            .collect();
        // Each tab's in the order in which it wrote them.
        assert!(values.is_sorted());
        values.dedup();
        assert_eq!(values.len(), EACH as usize);
    }
}
