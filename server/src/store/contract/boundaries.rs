//! Boundaries of areas.

use super::fixture::*;
use crate::store::Database;
use thidua_domain::boundary::{Boundary, Shape, Spot};
use thidua_domain::date::Date;

pub async fn boundaries_take_the_place_of_those_before<D: Database>(database: &D) {
    let boundary = |place: usize, since: &str, east: i32| Boundary {
        area: commune(place),
        valid_from: Date::parse_iso(since).unwrap(),
        shape: Shape {
            parts: vec![vec![vec![
                Spot { x: 0, y: 0 },
                Spot { x: east, y: -7 },
                Spot {
                    x: east,
                    y: 10_500_000,
                },
            ]]],
        },
    };
    assert_eq!(database.boundaries().await.unwrap(), []);
    let (old, other) = (boundary(0, "2021-11-01", 5), boundary(1, "2021-11-01", 5));
    let both = vec![old.clone(), other.clone()];
    database.put_boundaries(both).await.unwrap();
    // The same code since another day is another area.
    let later = boundary(0, "2025-07-01", 6);
    let better = boundary(1, "2021-11-01", 9);
    let more = vec![later.clone(), better.clone()];
    database.put_boundaries(more).await.unwrap();
    assert_eq!(database.boundaries().await.unwrap(), [old, later, better]);
    database.drop_boundaries().await.unwrap();
    assert_eq!(database.boundaries().await.unwrap(), []);
}
