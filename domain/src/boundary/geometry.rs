//! What lines do to each other, reckoned exactly.

use super::{Ring, Shape, Spot};

/// Which side of the line from `a` to `b` a place lies on: positive to the left, 0 on it.
fn side(a: Spot, b: Spot, of: Spot) -> i64 {
    let wide = |n: i32| i64::from(n);
    (wide(b.x) - wide(a.x)) * (wide(of.y) - wide(a.y))
        - (wide(b.y) - wide(a.y)) * (wide(of.x) - wide(a.x))
}

/// Twice the area within a ring; positive where it goes against the clock.
pub(super) fn doubled_area(ring: &[Spot]) -> i64 {
    let Some(first) = ring.first() else { return 0 };
    let pairs = ring.iter().zip(ring.iter().skip(1));
    pairs.map(|(a, b)| side(*first, *a, *b)).sum()
}

/// Whether two stretches of line touch or cross.
fn meet(a: Spot, b: Spot, c: Spot, d: Spot) -> bool {
    let apart = |p: i32, q: i32, r: i32, s: i32| p.max(q) < r.min(s) || r.max(s) < p.min(q);
    if apart(a.x, b.x, c.x, d.x) || apart(a.y, b.y, c.y, d.y) {
        return false;
    }
    let (one, other) = (side(a, b, c).signum(), side(a, b, d).signum());
    let (third, fourth) = (side(c, d, a).signum(), side(c, d, b).signum());
    one * other <= 0 && third * fourth <= 0
}

/// Where a ring touches or crosses itself, if it does. Its stretches are looked at from west to east, so
/// that only those are compared whose longitudes overlap.
pub(super) fn crosses_itself(ring: &[Spot]) -> Option<Spot> {
    let count = ring.len();
    let stretch = |index: usize| (ring[index], ring[(index + 1) % count]);
    let mut order: Vec<usize> = (0..count).collect();
    let west = |index: &usize| {
        let (a, b) = stretch(*index);
        a.x.min(b.x)
    };
    order.sort_by_key(west);
    for (place, one) in order.iter().enumerate() {
        let (a, b) = stretch(*one);
        let east = a.x.max(b.x);
        for other in order[place + 1..]
            .iter()
            .take_while(|other| west(other) <= east)
        {
            let (c, d) = stretch(*other);
            let next = (one + 1) % count == *other;
            let before = (other + 1) % count == *one;
            let crossing = if next {
                // Neighbours share an end; they may not run back over each other.
                side(a, b, d) == 0 && runs_back(a, b, d)
            } else if before {
                side(c, d, b) == 0 && runs_back(c, d, b)
            } else {
                meet(a, b, c, d)
            };
            if crossing {
                return Some(c);
            }
        }
    }
    None
}

/// Whether the way from `a` over `b` to `c`, all on one line, turns round at `b`.
fn runs_back(a: Spot, b: Spot, c: Spot) -> bool {
    let wide = |n: i32| i64::from(n);
    let along = (wide(b.x) - wide(a.x)) * (wide(c.x) - wide(b.x))
        + (wide(b.y) - wide(a.y)) * (wide(c.y) - wide(b.y));
    along < 0
}

/// Whether a place lies within a ring.
pub(super) fn within(ring: &[Spot], spot: Spot) -> bool {
    let mut inside = false;
    for (index, a) in ring.iter().enumerate() {
        let b = ring[(index + 1) % ring.len()];
        if (a.y > spot.y) != (b.y > spot.y) {
            let (low, high) = if a.y < b.y { (*a, b) } else { (b, *a) };
            inside ^= side(low, high, spot) > 0;
        }
    }
    inside
}

/// A place for a label: in the middle of a wide stretch of the largest part, near the middle of its height.
pub fn label_spot(shape: &Shape) -> Option<Spot> {
    const LINES: i64 = 11;
    let part = shape
        .parts
        .iter()
        .max_by_key(|part| part.first().map_or(0, |outer| doubled_area(outer).abs()))?;
    let outer = part.first()?;
    let low = outer.iter().map(|spot| spot.y).min()?;
    let high = outer.iter().map(|spot| spot.y).max()?;
    let lines = (1..LINES).filter_map(|line| {
        let height = i64::from(high) - i64::from(low);
        let y = i32::try_from(i64::from(low) + height * line / LINES).ok()?;
        let mut crossings: Vec<i32> = part.iter().flat_map(|ring| crossings(ring, y)).collect();
        crossings.sort_unstable();
        let widest = crossings
            .chunks_exact(2)
            .max_by_key(|pair| pair[1] - pair[0])?;
        let off = (2 * line - LINES).abs();
        // Twice as wide beats the middle; a little wider does not.
        let worth = i64::from(widest[1] - widest[0]) * (2 * LINES - off);
        let x = i32::midpoint(widest[0], widest[1]);
        Some((worth, Spot { x, y }))
    });
    lines.max_by_key(|(worth, _)| *worth).map(|(_, spot)| spot)
}

fn crossings(ring: &Ring, y: i32) -> Vec<i32> {
    let mut found = Vec::new();
    for (index, a) in ring.iter().enumerate() {
        let b = ring[(index + 1) % ring.len()];
        if (a.y > y) != (b.y > y) {
            let (ax, ay, bx, by) = (
                i64::from(a.x),
                i64::from(a.y),
                i64::from(b.x),
                i64::from(b.y),
            );
            let x = ax + (i64::from(y) - ay) * (bx - ax) / (by - ay);
            found.extend(i32::try_from(x));
        }
    }
    found
}
