//! What both ends remember while a message goes by, so that it is said once.

use crate::record::{FieldName, SubjectId, Value};
use crate::sync::clock::Hlc;
use crate::sync::edit::{DeviceId, EditId};
use std::collections::BTreeMap;

/// Things numbered in the order in which they first appeared.
#[derive(Clone)]
pub(super) struct Table<T> {
    items: Vec<T>,
    numbers: BTreeMap<T, u32>,
    /// The one spoken of last.
    pub(super) last: u32,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            numbers: BTreeMap::new(),
            last: 0,
        }
    }
}

impl<T: Ord + Clone> Table<T> {
    pub(super) fn len(&self) -> u32 {
        // A message has fewer items than bytes, and its size is limited.
        self.items.len() as u32
    }

    pub(super) fn number<Q: Ord + ?Sized>(&self, item: &Q) -> Option<u32>
    where
        T: std::borrow::Borrow<Q>,
    {
        self.numbers.get(item).copied()
    }

    pub(super) fn get(&self, number: u32) -> Option<&T> {
        self.items.get(number as usize)
    }

    /// Adds an item; one that is there already keeps its number.
    pub(super) fn add(&mut self, item: T) -> u32 {
        let next = self.len();
        let number = *self.numbers.entry(item.clone()).or_insert(next);
        if number == next {
            self.items.push(item);
        }
        number
    }
}

/// What is known of a device.
#[derive(Clone, Default)]
pub(super) struct DeviceMemory {
    /// The number of its last edit, as far as this message goes.
    pub(super) seq: u32,
    /// The last number mentioned as a base.
    pub(super) base: u32,
    /// Its clock.
    pub(super) time: Hlc,
    pub(super) author: u32,
    pub(super) commune: u32,
}

/// What is known of a record from the edits of this body alone.
#[derive(Clone, Default)]
pub(super) struct RecordMemory {
    /// What its key looks like apart from the subject.
    pub(super) shape: u32,
    /// What was written last into each field, and by which edit.
    pub(super) fields: BTreeMap<u32, (EditId, Value)>,
    /// How many bytes all values written so far had.
    pub(super) bytes: usize,
}

/// Subjects whose identities are neighbours: drawn by one program from one start.
#[derive(Clone, Copy)]
pub(super) struct Run {
    /// The upper 96 bits.
    pub(super) prefix: u128,
    /// The lower 32 of the one mentioned last.
    pub(super) last: u32,
}

/// Identities of subjects.
#[derive(Clone, Default)]
pub(super) struct Subjects {
    pub(super) known: Table<SubjectId>,
    pub(super) runs: Vec<Run>,
    run_of: BTreeMap<u128, u32>,
    pub(super) last_run: u32,
    /// The last one in each place where subjects are mentioned.
    pub(super) last: BTreeMap<u32, u32>,
}

impl Subjects {
    /// The run an identity belongs to.
    pub(super) fn run(&self, id: SubjectId) -> Option<u32> {
        self.run_of.get(&(id.0 >> 32)).copied()
    }

    /// Takes note of an identity, and of the run it is now the last of.
    pub(super) fn add(&mut self, id: SubjectId) -> u32 {
        let (prefix, last) = (id.0 >> 32, id.0 as u32);
        let next = self.runs.len() as u32;
        let run = *self.run_of.entry(prefix).or_insert(next);
        if run == next {
            self.runs.push(Run { prefix, last });
        }
        self.runs[run as usize].last = last;
        self.last_run = run;
        self.known.add(id)
    }
}

/// What is known of a field, over all records.
#[derive(Clone, Default)]
pub(super) struct FieldMemory {
    /// The part of its name before the first dot, hashed: scores resemble each other.
    pub(super) group: u32,
    pub(super) value_type: u32,
    pub(super) ints: IntMemory,
    pub(super) texts: Table<String>,
}

/// Numbers seen in a field.
#[derive(Clone, Copy, Default)]
pub(super) struct IntMemory {
    pub(super) last: i64,
    pub(super) greatest: i64,
    /// Distance of the last number from what it was told by.
    pub(super) distance: u32,
    /// How far off each way of guessing has been of late, in 16ths of a bit.
    pub(super) cost: [u32; 3],
    pub(super) seen: bool,
}

impl IntMemory {
    /// The numbers that the next one may be near to: the greatest so far, the last, and the one before
    /// it in the same edit.
    pub(super) fn guesses(&self, before: i64) -> [i64; 3] {
        [self.greatest, self.last, before]
    }

    /// Which guess has been the best.
    pub(super) fn best(&self) -> usize {
        let least = self.cost.iter().min();
        self.cost
            .iter()
            .position(|cost| Some(cost) == least)
            .unwrap_or(0)
    }

    pub(super) fn learn(&mut self, value: i64, before: i64) {
        if self.seen {
            let guesses = self.guesses(before);
            for (cost, guess) in self.cost.iter_mut().zip(guesses) {
                let bits = u64::BITS - value.abs_diff(guess).leading_zeros();
                *cost = *cost - *cost / 8 + bits * 2;
            }
        }
        self.greatest = if self.seen {
            self.greatest.max(value)
        } else {
            value
        };
        self.seen = true;
        self.last = value;
    }
}

/// What is there before a body: learnt before it from the examples that both ends have.
#[derive(Clone, Default)]
pub(super) struct Lexicon {
    pub(super) fields: Table<FieldName>,
    pub(super) field: Vec<FieldMemory>,
    /// What stands before and after the subject in a record's key.
    pub(super) shapes: Table<(String, String)>,
    /// The field that followed last time, by where and after which; 0 is the end, then fields from 1.
    pub(super) next: BTreeMap<(u32, bool, u32), u32>,
}

/// Everything that belongs to one body.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) devices: Table<DeviceId>,
    pub(super) device: Vec<DeviceMemory>,
    pub(super) authors: Table<String>,
    pub(super) communes: Table<String>,
    pub(super) subjects: Subjects,
    pub(super) records: Table<String>,
    pub(super) record: Vec<RecordMemory>,
    pub(super) time: Hlc,
    /// What the last answer said of the server's clock.
    pub(super) server_time: u64,
    /// How the last two edits found their records.
    pub(super) found: u32,
    /// How the last edit's clock reading was told.
    pub(super) told: u32,
}
