use super::*;
use crate::area::AreaTree;
use serde_json::{Value, json};

fn collection(features: &[Value]) -> String {
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

fn polygon(code: &str, ring: &[(f64, f64)]) -> Value {
    let ring: Vec<Value> = ring.iter().map(|(x, y)| json!([x, y])).collect();
    json!({
        "type": "Feature",
        "properties": { "code": code },
        "geometry": { "type": "Polygon", "coordinates": [ring] },
    })
}

/// A square with its lower left corner there.
fn square(code: &str, x: f64, y: f64) -> Value {
    let (right, top) = (x + 0.1, y + 0.1);
    polygon(code, &[(x, y), (right, y), (right, top), (x, top), (x, y)])
}

fn trouble(feature: Value) -> Trouble {
    match read(&collection(&[square("118", 103.0, 21.0), feature])) {
        Err(ReadError::Invalid(troubles)) => {
            assert_eq!(troubles.len(), 1);
            assert_eq!(troubles[0].0, 2);
            troubles[0].1
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_is_read_strictly() {
    let features = read(&collection(&[square("118", 103.0, 21.0)])).unwrap();
    assert_eq!(features[0].code, "118");
    assert_eq!(features[0].shape.positions(), 4);
    assert_eq!(
        features[0].shape.parts[0][0][0],
        Spot {
            x: 10_300_000,
            y: 2_100_000
        }
    );

    let bow = [
        (103.0, 21.0),
        (103.1, 21.1),
        (103.1, 21.0),
        (103.0, 21.2),
        (103.0, 21.0),
    ];
    assert!(matches!(trouble(polygon("119", &bow)), Trouble::Crosses(_)));
    let there_and_back = [
        (103.0, 21.0),
        (103.2, 21.0),
        (103.1, 21.0),
        (103.1, 21.1),
        (103.0, 21.0),
    ];
    assert!(matches!(
        trouble(polygon("119", &there_and_back)),
        Trouble::Crosses(_)
    ));
    let open = [(103.0, 21.0), (103.1, 21.0), (103.1, 21.1), (103.0, 21.1)];
    assert_eq!(trouble(polygon("119", &open)), Trouble::Open);
    assert_eq!(trouble(polygon("119", &open[..3])), Trouble::TooFew);
    let flat = [(103.0, 21.0), (103.1, 21.0), (103.2, 21.0), (103.0, 21.0)];
    assert_eq!(trouble(polygon("119", &flat)), Trouble::TooFew);
    assert_eq!(trouble(square("119", 10.0, 21.0)), Trouble::Outside);
    assert_eq!(
        trouble(square("119", 21.0, 103.0)),
        Trouble::Outside,
        "latitude first"
    );
    let mut nameless = square("119", 103.0, 21.0);
    nameless["properties"] = Value::Null;
    assert_eq!(trouble(nameless), Trouble::NoCode);
    let mut pierced = square("119", 103.0, 21.0);
    let hole = square("", 103.5, 21.5)["geometry"]["coordinates"][0].clone();
    pierced["geometry"]["coordinates"]
        .as_array_mut()
        .unwrap()
        .push(hole);
    assert_eq!(trouble(pierced), Trouble::HoleOutside);

    for wrong in [
        "",
        "{}",
        "[]",
        r#"{"type":"Feature"}"#,
        r#"{"type":"FeatureCollection","features":[{"geometry":{"type":"Point","coordinates":[103,21]}}]}"#,
        r#"{"type":"FeatureCollection","features":[{"geometry":null}]}"#,
    ] {
        assert!(
            matches!(read(wrong), Err(ReadError::NotGeoJson(_))),
            "{wrong}"
        );
    }
    let many: Vec<Value> = (0..=MAX_FEATURES)
        .map(|_| square("118", 103.0, 21.0))
        .collect();
    assert_eq!(read(&collection(&many)), Err(ReadError::TooLarge));
}

#[test]
fn boundaries_find_their_areas() {
    let tree = AreaTree::embedded();
    let (then, now) = (Date::last_of_year(2022), Date::last_of_year(2025));
    let named = |code: &str, name: &str| {
        let mut feature = square(code, 103.5, 21.0);
        feature["properties"]["name"] = json!(name);
        feature
    };
    // 03646 was Chiềng Lề and is Tô Hiệu; written without marks it is the same name.
    let file = collection(&[named("03646", "Phường Tô Hiệu")]);
    let features = read(&file).unwrap();
    assert!(place(tree, now, &features).is_whole());
    let before = place(tree, then, &features);
    assert_eq!(before.misnamed.len(), 1);
    assert_eq!(before.misnamed[0].2, "Phường Chiềng Lề");

    let features = read(&collection(&[
        square("118", 103.0, 21.0),
        square("119", 103.1, 21.0),
        square("119", 103.1, 21.0),
        square("99999", 103.2, 21.0),
        square("14", 103.3, 21.0),
    ]))
    .unwrap();
    let placed = place(tree, then, &features);
    assert_eq!(placed.found.len(), 2);
    assert_eq!(placed.unknown.len(), 2);
    assert_eq!(placed.twice.len(), 1);
    assert_eq!(placed.missing.len(), 10);
    assert!(!placed.is_whole());
}

/// Two areas with a winding border between them, of far more places than are kept.
#[test]
fn neighbours_stay_neighbours() {
    let steps = 20_000;
    let border: Vec<(f64, f64)> = (0..=steps)
        .map(|step| {
            let along = f64::from(step) / f64::from(steps);
            (104.0 + 0.02 * (along * 40.0).sin(), 21.0 + along)
        })
        .collect();
    let mut west = vec![(103.5, 22.0), (103.5, 21.0)];
    west.extend(&border);
    west.push((103.5, 22.0));
    let mut east = vec![(104.5, 21.0), (104.5, 22.0)];
    east.extend(border.iter().rev());
    east.push((104.5, 21.0));
    let features = read(&collection(&[polygon("118", &west), polygon("119", &east)])).unwrap();
    let placed = place(AreaTree::embedded(), Date::last_of_year(2022), &features);
    let simple = simplify(&placed.found).unwrap();
    assert!(simple.positions.0 > 2 * MAX_KEPT);
    assert!(simple.positions.1 <= MAX_KEPT, "{:?}", simple.positions);
    assert!(simple.positions.1 > 100);
    let stretches = |index: usize| -> BTreeSet<(Spot, Spot)> {
        let ring = &simple.boundaries[index].shape.parts[0][0];
        let next = ring.iter().cycle().skip(1);
        ring.iter()
            .zip(next)
            .map(|(a, b)| (*a.min(b), *a.max(b)))
            .collect()
    };
    use std::collections::BTreeSet;
    let shared = stretches(0).intersection(&stretches(1)).count();
    // All of the border, and only the other three sides of each are their own.
    assert_eq!(shared, stretches(0).len() - 3);
    assert_eq!(shared, stretches(1).len() - 3);
    // What is small enough stays as it is.
    let few = simplify(&simple.boundaries).unwrap();
    assert_eq!(few.moved, 0);
    assert_eq!(few.boundaries, simple.boundaries);
}

#[test]
fn a_label_lies_within_its_area() {
    // A horseshoe, whose middle is outside of it.
    let shoe = [
        (103.0, 21.0),
        (103.9, 21.0),
        (103.9, 21.2),
        (103.3, 21.2),
        (103.3, 21.7),
        (103.9, 21.7),
        (103.9, 21.9),
        (103.0, 21.9),
        (103.0, 21.0),
    ];
    let shape = read(&collection(&[polygon("118", &shoe)]))
        .unwrap()
        .remove(0)
        .shape;
    let spot = label_spot(&shape).unwrap();
    assert!(geometry::within(&shape.parts[0][0], spot), "{spot:?}");
    assert_eq!(label_spot(&Shape::default()), None);
}
