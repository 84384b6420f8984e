//! Fewer places for the same picture. Borders that areas share are cut at the places where three meet, and
//! each stretch is simplified once, so that no gap and no overlap comes between neighbours.

use super::geometry::{crosses_itself, doubled_area};
use super::{Boundary, MAX_KEPT, Ring, Shape, Spot};
use std::collections::{BTreeMap, BTreeSet};

/// How far the line may move, in hundred-thousandths of a degree: as little as will do.
const STEPS: [i64; 8] = [0, 10, 20, 40, 80, 160, 320, 640];

/// Simplified boundaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simplified {
    /// The boundaries.
    pub boundaries: Vec<Boundary>,
    /// Places before and after.
    pub positions: (usize, usize),
    /// How far the lines may have moved, in hundred-thousandths of a degree.
    pub moved: i64,
}

/// Simplifies boundaries until at most [`MAX_KEPT`] places are left; `None` if they would have to become
/// too rough for that.
pub fn simplify(boundaries: &[Boundary]) -> Option<Simplified> {
    let count = |all: &[Boundary]| all.iter().map(|one| one.shape.positions()).sum::<usize>();
    let before = count(boundaries);
    let junctions = junctions(boundaries);
    STEPS.into_iter().find_map(|moved| {
        let simpler = boundaries
            .iter()
            .map(|boundary| {
                let parts = boundary.shape.parts.iter();
                let parts = parts.map(|rings| {
                    let rings = rings.iter();
                    rings.map(|ring| simpler(ring, &junctions, moved)).collect()
                });
                Boundary {
                    shape: Shape {
                        parts: parts.collect(),
                    },
                    ..boundary.clone()
                }
            })
            .collect::<Vec<_>>();
        let after = count(&simpler);
        let sound = |ring: &Ring| {
            ring.len() >= 3 && doubled_area(ring) != 0 && crosses_itself(ring).is_none()
        };
        let all_sound = simpler.iter().flat_map(|one| one.shape.rings()).all(sound);
        (after <= MAX_KEPT && all_sound).then_some(Simplified {
            boundaries: simpler,
            positions: (before, after),
            moved,
        })
    })
}

/// Places where lines part: they have more or fewer than two different neighbours among all lines.
fn junctions(boundaries: &[Boundary]) -> BTreeSet<Spot> {
    let mut neighbours: BTreeMap<Spot, BTreeSet<Spot>> = BTreeMap::new();
    for ring in boundaries.iter().flat_map(|one| one.shape.rings()) {
        for (index, spot) in ring.iter().enumerate() {
            let next = ring[(index + 1) % ring.len()];
            neighbours.entry(*spot).or_default().insert(next);
            neighbours.entry(next).or_default().insert(*spot);
        }
    }
    neighbours.retain(|_, around| around.len() != 2);
    neighbours.into_keys().collect()
}

fn simpler(ring: &Ring, junctions: &BTreeSet<Spot>, moved: i64) -> Ring {
    if moved == 0 {
        return ring.clone();
    }
    let mut fixed: Vec<usize> = (0..ring.len())
        .filter(|index| junctions.contains(&ring[*index]))
        .collect();
    if fixed.len() < 2 {
        // An island: from a corner of it to the one farthest away, the same whoever holds it.
        let first = fixed.first().copied().or_else(|| {
            let places = 0..ring.len();
            places.min_by_key(|index| ring[*index])
        });
        let Some(first) = first else {
            return ring.clone();
        };
        let far =
            (0..ring.len()).max_by_key(|index| (distance(ring[first], ring[*index]), ring[*index]));
        fixed = vec![first];
        fixed.extend(far.filter(|far| *far != first));
        fixed.sort_unstable();
    }
    let mut found = Vec::new();
    for (place, from) in fixed.iter().enumerate() {
        let to = fixed[(place + 1) % fixed.len()];
        let length = (to + ring.len() - from - 1) % ring.len() + 1;
        let stretch: Vec<Spot> = (0..=length)
            .map(|step| ring[(from + step) % ring.len()])
            .collect();
        let mut kept = stretch_simpler(stretch, moved);
        kept.pop();
        found.extend(kept);
    }
    found
}

/// A stretch between two fixed ends, the same in whichever direction it is given.
fn stretch_simpler(mut stretch: Vec<Spot>, moved: i64) -> Vec<Spot> {
    let backwards = stretch.iter().rev().lt(stretch.iter());
    if backwards {
        stretch.reverse();
    }
    let mut keep = vec![false; stretch.len()];
    let last = stretch.len() - 1;
    (keep[0], keep[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let farthest = (from + 1..to)
            .map(|index| (off(stretch[from], stretch[to], stretch[index]), index))
            .max();
        if let Some((off, index)) = farthest
            && off > i128::from(moved) * i128::from(moved)
        {
            keep[index] = true;
            open.extend([(from, index), (index, to)]);
        }
    }
    let mut index = 0;
    stretch.retain(|_| {
        index += 1;
        keep[index - 1]
    });
    if backwards {
        stretch.reverse();
    }
    stretch
}

/// Square of the distance of two places.
fn distance(one: Spot, other: Spot) -> i64 {
    let (x, y) = (
        i64::from(other.x) - i64::from(one.x),
        i64::from(other.y) - i64::from(one.y),
    );
    x * x + y * y
}

/// Square of the distance of a place from the line through `a` and `b`, or from `a` where they are one.
fn off(a: Spot, b: Spot, spot: Spot) -> i128 {
    let length = distance(a, b);
    if length == 0 {
        return i128::from(distance(a, spot));
    }
    let (x, y) = (
        i128::from(b.x) - i128::from(a.x),
        i128::from(b.y) - i128::from(a.y),
    );
    let cross =
        x * (i128::from(spot.y) - i128::from(a.y)) - y * (i128::from(spot.x) - i128::from(a.x));
    cross * cross / i128::from(length)
}
