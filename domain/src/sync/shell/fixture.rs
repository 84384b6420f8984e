//! What the cases share: a commune, its records, another tablet, a server's words.

use super::Shell;
use crate::area::AreaCode;
use crate::record::{FieldName, RecordKey, Value};
use crate::sync::edit::{DeviceId, Edit, EditDigest, EditId, FieldChange};
use crate::sync::memory::MemoryReplica;
use crate::sync::replica::{Asked, LocalRecord, Replica};
use crate::sync::wire::{Cursor, Identity, MAX_EDITS_UP, Page, Response};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

pub(super) const NOW: u64 = 1_660_000_000_000;
pub(super) const FRESH: DeviceId = DeviceId(0xF00);

pub(super) fn commune() -> AreaCode {
    AreaCode::parse("03751").unwrap()
}

pub(super) fn family(number: u32) -> RecordKey {
    RecordKey::parse(&format!("family/{number:032x}")).unwrap()
}

pub(super) fn name(name: &str) -> FieldName {
    FieldName::parse(name).unwrap()
}

pub(super) fn value(text: impl Into<Value>) -> Value {
    text.into()
}

/// Changes one field of a record, as seen by a screen that shows what is stored.
pub(super) async fn enter<S: Shell>(
    shell: &S,
    key: &RecordKey,
    field: &str,
    to: impl Into<Value>,
) -> bool {
    let memory = shell.stored().await;
    let change = (name(field), to.into());
    let change = match memory.shown(key) {
        Some(shown) => shown.change_of(change),
        None => FieldChange {
            field: change.0,
            value: change.1,
            bases: Vec::new(),
        },
    };
    let planned = vec![(key.clone(), vec![change])];
    shell.write(&commune(), planned, NOW).await.unwrap()
}

/// The request a shell would send now.
pub(super) async fn asking<S: Shell>(shell: &S) -> (Asked, Vec<Edit>) {
    let (replica, edits) = shell.to_send().await.unwrap();
    let request = replica.request(edits.clone());
    (Asked::of(&request), edits)
}

/// A server that holds edits up to a number and has nothing else to say.
pub(super) fn holds(held: u32) -> Response {
    Response {
        held,
        rejected: Vec::new(),
        former_held: Vec::new(),
        identity: Identity::Keep,
        follow: vec![commune()],
        pages: Vec::new(),
        server_time: NOW,
    }
}

/// The stretch of a feed behind a cursor.
pub(super) fn page(from: Cursor, edits: &[Edit]) -> Page {
    let chain = |check: EditDigest, edit: &Edit| check.chain(edit.digest());
    Page {
        commune: commune(),
        cursor: Cursor {
            number: from.number + edits.len() as u64,
            check: edits.iter().fold(from.check, chain),
        },
        edits: edits.to_vec(),
        more: false,
    }
}

/// What another tablet has written: a head's name in each of so many families.
pub(super) fn others(families: u32) -> Vec<Edit> {
    let replica = Replica::new(DeviceId(0xB), "nguoi-khac".to_owned(), vec![commune()]);
    let mut other = MemoryReplica::new(replica);
    for number in 1..=families {
        other.edit(&commune(), &family(number), NOW - 1_000, |shown| {
            let head = format!("Lò Văn {number}");
            vec![shown.change_of((name("head"), value(head)))]
        });
    }
    other.log.into_values().collect()
}

/// What must be so of every store at every moment.
pub(super) fn audit(memory: &MemoryReplica) {
    let replica = &memory.replica;
    let under = |device: DeviceId, last: u32| {
        for seq in 1..=last {
            let id = EditId { device, seq };
            assert!(memory.log.contains_key(&id), "{id} is not in the log");
        }
    };
    under(replica.device, replica.last_seq);
    for (device, own) in &replica.former {
        under(*device, own.last);
    }
    let own = memory
        .log
        .values()
        .filter(|edit| edit.id.device == replica.device);
    let waiting: Vec<&Edit> = own
        .filter(|edit| edit.id.seq > replica.confirmed)
        .inspect(|edit| assert!(edit.id.seq <= replica.last_seq))
        .collect();
    for edit in &waiting {
        assert!(memory.records.contains_key(&edit.record));
    }
    for (key, record) in &memory.records {
        let LocalRecord {
            shown, confirmed, ..
        } = record;
        let mut waiting = waiting.iter().filter(|edit| edit.record == *key).peekable();
        assert_eq!(confirmed.is_some(), waiting.peek().is_some(), "{key}");
        let mut merged = confirmed.clone().unwrap_or_else(|| shown.clone());
        for edit in waiting {
            merged.apply(edit);
        }
        assert_eq!(merged, *shown, "{key}");
    }
}

/// What is stored, which must be in order and the same for whoever opens it.
pub(super) async fn audited<S: Shell>(shell: &S) -> MemoryReplica {
    let memory = shell.stored().await;
    audit(&memory);
    assert_eq!(shell.again().await.stored().await, memory);
    let (replica, edits) = shell.to_send().await.unwrap();
    assert_eq!(replica, memory.replica);
    assert!(edits.len() <= MAX_EDITS_UP);
    assert_eq!(edits, memory.request().edits);
    memory
}

/// Lets `future` go on for so many steps, then drops it: as a tab that is closed in the middle.
pub(super) async fn dropped_after<F: Future>(steps: usize, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut left = steps;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

/// Both at once, in one thread.
pub(super) async fn both<A: Future, B: Future>(one: A, two: B) -> (A::Output, B::Output) {
    let (mut one, mut two) = (pin!(one), pin!(two));
    let (mut first, mut second) = (None, None);
    poll_fn(move |context| {
        if first.is_none()
            && let Poll::Ready(out) = one.as_mut().poll(context)
        {
            first = Some(out);
        }
        if second.is_none()
            && let Poll::Ready(out) = two.as_mut().poll(context)
        {
            second = Some(out);
        }
        match (first.take(), second.take()) {
            (Some(one), Some(two)) => Poll::Ready((one, two)),
            (one, two) => {
                (first, second) = (one, two);
                Poll::Pending
            }
        }
    })
    .await
}
