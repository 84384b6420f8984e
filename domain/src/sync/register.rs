//! One field's value, and what was written concurrently beside it.
//!
//! A register is the set of *heads*: changes that no other change held here was made in knowledge of.
//! With one head there is a value; with several of different values there is a conflict, of which a
//! fixed rule shows one and keeps the others until a person settles it.
//!
//! Changes may arrive in any order (a server restored from a backup is told later changes before
//! earlier ones), so each head remembers the ancestors it still expects: when one arrives late, it is
//! recognised as replaced already and does not come back to life.

use super::clock::Hlc;
use super::edit::EditId;
use crate::record::Value;
use serde::de::{SeqAccess, Visitor};
use serde::ser::SerializeSeq as _;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A change that nothing held here replaces.
#[derive(Clone, Debug, Eq)]
pub struct Head {
    /// The change's value.
    pub value: Value,
    /// When its writer's clock says it was made.
    pub time: Hlc,
    /// The edit that made it.
    pub edit: EditId,
    /// Ancestors that have not arrived here.
    awaited: Vec<EditId>,
    /// The value it replaced, where that was here when the change arrived. It is kept for a person who
    /// has to choose, depends on the order of arrival, and is no part of what replicas agree on.
    before: Option<Value>,
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        (&self.value, self.time, self.edit, &self.awaited)
            == (&other.value, other.time, other.edit, &other.awaited)
    }
}

/// A tuple, and one place longer where the value replaced is known: a commune's records hold a hundred
/// thousand heads.
impl Serialize for Head {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let length = 4 + usize::from(self.before.is_some());
        let mut tuple = serializer.serialize_seq(Some(length))?;
        tuple.serialize_element(&self.value)?;
        tuple.serialize_element(&self.time)?;
        tuple.serialize_element(&self.edit)?;
        tuple.serialize_element(&self.awaited)?;
        if let Some(before) = &self.before {
            tuple.serialize_element(before)?;
        }
        tuple.end()
    }
}

impl<'de> Deserialize<'de> for Head {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct HeadVisitor;
        impl<'de> Visitor<'de> for HeadVisitor {
            type Value = Head;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a head of four or five elements")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Head, A::Error> {
                let missing = || serde::de::Error::custom("a head is too short");
                Ok(Head {
                    value: seq.next_element()?.ok_or_else(missing)?,
                    time: seq.next_element()?.ok_or_else(missing)?,
                    edit: seq.next_element()?.ok_or_else(missing)?,
                    awaited: seq.next_element()?.ok_or_else(missing)?,
                    before: seq.next_element()?,
                })
            }
        }
        deserializer.deserialize_seq(HeadVisitor)
    }
}

/// What a change did to a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It replaced all it was based on, and is now shown.
    Applied,
    /// It and another were made without knowledge of each other and differ: both are kept.
    Concurrent,
    /// It was here, or something made in knowledge of it was.
    AlreadyHeld,
}

/// A field's heads, the one shown first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Register {
    heads: Vec<Head>,
}

impl Register {
    /// The value shown.
    pub fn value(&self) -> Option<&Value> {
        self.shown().map(|head| &head.value)
    }

    /// The head shown.
    pub fn shown(&self) -> Option<&Head> {
        self.heads.first()
    }

    /// Heads whose value differs from the one shown: the other side of a conflict.
    pub fn rivals(&self) -> impl Iterator<Item = &Head> {
        let shown = self.value();
        self.heads
            .iter()
            .skip(1)
            .filter(move |head| Some(&head.value) != shown)
    }

    /// Whether a person has to choose.
    pub fn in_conflict(&self) -> bool {
        self.rivals().next().is_some()
    }

    /// What stood there before the heads were written, as far as that is known here; nothing at all
    /// is [`Value::Null`].
    pub fn base(&self) -> Option<&Value> {
        static NOTHING: Value = Value::Null;
        let known = self.heads.iter().find_map(|head| head.before.as_ref());
        let first = || self.heads.iter().any(|head| head.awaited.is_empty());
        known.or_else(|| first().then_some(&NOTHING))
    }

    /// What a writer who means to replace the value shown names as bases: the head shown and all that
    /// agree with it.
    pub fn bases_of_shown(&self) -> Vec<EditId> {
        let shown = self.value();
        self.heads
            .iter()
            .filter(|head| Some(&head.value) == shown)
            .map(|head| head.edit)
            .collect()
    }

    /// What a writer who settles the conflict names as bases: everything.
    pub fn bases_of_all(&self) -> Vec<EditId> {
        self.heads.iter().map(|head| head.edit).collect()
    }

    /// Gives edits other identities, after the device that made them had to take a new one.
    pub fn rename(&mut self, renamed: impl Fn(EditId) -> EditId) {
        for head in &mut self.heads {
            head.edit = renamed(head.edit);
            for id in &mut head.awaited {
                *id = renamed(*id);
            }
        }
    }

    /// Merges one change. The result depends on the set of changes merged, not on their order.
    pub fn apply(&mut self, value: Value, time: Hlc, edit: EditId, bases: &[EditId]) -> Outcome {
        if self.heads.iter().any(|head| head.edit == edit) {
            return Outcome::AlreadyHeld;
        }

        // What this change replaces goes; what that had still been waiting for is waited for on.
        let mut awaited = Vec::new();
        let mut before = None;
        for base in bases {
            match self.heads.iter().position(|head| head.edit == *base) {
                Some(position) => {
                    let replaced = self.heads.remove(position);
                    awaited.extend(replaced.awaited);
                    before.get_or_insert(replaced.value);
                }
                None => awaited.push(*base),
            }
        }
        awaited.sort_unstable();
        awaited.dedup();

        // Somebody here was made in knowledge of this change: it is history already.
        let mut replaced = false;
        for head in &mut self.heads {
            if let Some(position) = head.awaited.iter().position(|id| *id == edit) {
                head.awaited.remove(position);
                head.awaited.extend(&awaited);
                head.awaited.sort_unstable();
                head.awaited.dedup();
                head.before.get_or_insert_with(|| value.clone());
                replaced = true;
            }
        }
        if replaced {
            return Outcome::AlreadyHeld;
        }

        self.heads.push(Head {
            value,
            time,
            edit,
            awaited,
            before,
        });
        self.heads
            .sort_by_key(|head| std::cmp::Reverse((head.time, head.edit)));
        if self.in_conflict() {
            Outcome::Concurrent
        } else {
            Outcome::Applied
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::edit::DeviceId;
    use proptest::prelude::*;

    fn id(device: u64, seq: u32) -> EditId {
        EditId {
            device: DeviceId(device),
            seq,
        }
    }

    #[derive(Clone, Debug)]
    struct Change {
        value: i64,
        time: u64,
        edit: EditId,
        bases: Vec<EditId>,
    }

    fn merge(changes: &[Change]) -> Register {
        let mut register = Register::default();
        for change in changes {
            register.apply(
                Value::Int(change.value),
                Hlc(change.time),
                change.edit,
                &change.bases,
            );
        }
        register
    }

    fn visible(register: &Register) -> Vec<(EditId, Value)> {
        register
            .heads
            .iter()
            .map(|head| (head.edit, head.value.clone()))
            .collect()
    }

    #[test]
    fn a_later_edit_wins_whatever_the_clocks_say() {
        let first = Change {
            value: 1,
            time: 9_999,
            edit: id(1, 1),
            bases: vec![],
        };
        let second = Change {
            value: 2,
            time: 5,
            edit: id(2, 1),
            bases: vec![id(1, 1)],
        };
        for order in [[first.clone(), second.clone()], [second, first]] {
            let register = merge(&order);
            assert_eq!(register.value(), Some(&Value::Int(2)));
            assert!(!register.in_conflict());
        }
    }

    #[test]
    fn concurrent_edits_are_both_kept_until_settled() {
        let mut register = merge(&[
            Change {
                value: 1,
                time: 10,
                edit: id(1, 1),
                bases: vec![],
            },
            Change {
                value: 2,
                time: 20,
                edit: id(2, 1),
                bases: vec![],
            },
        ]);
        assert_eq!(register.value(), Some(&Value::Int(2)));
        assert_eq!(register.rivals().count(), 1);

        // Editing the value shown does not settle anything.
        let bases = register.bases_of_shown();
        register.apply(Value::Int(3), Hlc(30), id(2, 2), &bases);
        assert_eq!(register.rivals().count(), 1);

        let bases = register.bases_of_all();
        let outcome = register.apply(Value::Int(1), Hlc(40), id(2, 3), &bases);
        assert_eq!(outcome, Outcome::Applied);
        assert!(!register.in_conflict());
    }

    #[test]
    fn a_conflict_knows_what_stood_there_before() {
        let change = |value, time, edit, bases: &[EditId]| Change {
            value,
            time,
            edit,
            bases: bases.to_vec(),
        };
        let first = change(1, 10, id(1, 1), &[]);
        let mine = change(2, 20, id(2, 1), &[id(1, 1)]);
        let theirs = change(3, 30, id(3, 1), &[id(1, 1)]);
        // Whichever comes first has replaced the base; one that comes before it is told later.
        for order in [
            [&first, &mine, &theirs],
            [&first, &theirs, &mine],
            [&theirs, &mine, &first],
        ] {
            let register = merge(&order.map(Clone::clone));
            assert!(register.in_conflict());
            assert_eq!(register.base(), Some(&Value::Int(1)));
            let stored = serde_json::to_string(&register).unwrap();
            let read: Register = serde_json::from_str(&stored).unwrap();
            assert_eq!(read, register);
            assert_eq!(read.base(), Some(&Value::Int(1)));
        }
        let unknown = merge(&[mine, theirs]);
        assert_eq!(unknown.base(), None);
        let from_nothing = merge(&[change(2, 20, id(2, 1), &[]), change(3, 30, id(3, 1), &[])]);
        assert_eq!(from_nothing.base(), Some(&Value::Null));
        // As heads were stored before the value replaced was kept.
        let older: Register = serde_json::from_str(r#"[[2,20,[2,1],[]]]"#).unwrap();
        assert_eq!(older.value(), Some(&Value::Int(2)));
    }

    #[test]
    fn the_same_value_twice_is_no_conflict() {
        let register = merge(&[
            Change {
                value: 1,
                time: 10,
                edit: id(1, 1),
                bases: vec![],
            },
            Change {
                value: 1,
                time: 20,
                edit: id(2, 1),
                bases: vec![],
            },
        ]);
        assert!(!register.in_conflict());
        assert_eq!(register.bases_of_shown().len(), 2);
    }

    /// Histories as they can really happen: each change is based on some of what was a head for its
    /// writer, who had seen a prefix-closed part of the history.
    fn histories() -> impl Strategy<Value = Vec<Change>> {
        prop::collection::vec((0_u64..4, 0_u64..50, any::<u64>()), 1..24).prop_map(|steps| {
            let mut changes: Vec<Change> = Vec::new();
            let mut seen: Vec<Vec<Change>> = vec![Vec::new(); 4];
            for (number, (device, time, luck)) in steps.into_iter().enumerate() {
                // The writer may have synced just before.
                if luck % 3 == 0 {
                    seen[device as usize] = changes.clone();
                }
                let register = merge(&seen[device as usize]);
                let bases = if luck % 5 == 0 {
                    register.bases_of_all()
                } else {
                    register.bases_of_shown()
                };
                let seq = changes.iter().filter(|c| c.edit.device.0 == device).count() as u32 + 1;
                let change = Change {
                    value: number as i64,
                    time,
                    edit: id(device, seq),
                    bases,
                };
                seen[device as usize].push(change.clone());
                changes.push(change);
            }
            changes
        })
    }

    proptest! {
        #[test]
        fn order_and_repetition_do_not_matter(
            history in histories(),
            shuffle in prop::collection::vec(any::<u32>(), 48),
        ) {
            let expected = visible(&merge(&history));
            let mut reordered: Vec<_> = history.iter().chain(&history).cloned().zip(shuffle).collect();
            reordered.sort_by_key(|(_, key)| *key);
            // Repetition is the hub's business (device and sequence); here each change comes once.
            let mut once: Vec<Change> = Vec::new();
            for (change, _) in reordered {
                if !once.iter().any(|other| other.edit == change.edit) {
                    once.push(change);
                }
            }
            prop_assert_eq!(visible(&merge(&once)), expected);
        }
    }
}
