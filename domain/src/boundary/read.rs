//! A file of boundaries: GeoJSON (RFC 7946) as far as areas need it, read strictly.

use super::geometry::{crosses_itself, doubled_area, within};
use super::{MAX_FEATURES, MAX_FILE_BYTES, MAX_POSITIONS, PER_DEGREE, PROVINCE, Ring, Shape, Spot};
use crate::text;
use serde::Deserialize;
use thiserror::Error;

/// One area of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its place in the file, from 1.
    pub number: usize,
    /// The property `code`.
    pub code: String,
    /// The property `name`, where there is one.
    pub name: Option<String>,
    /// The ground it covers.
    pub shape: Shape,
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// It is larger than [`MAX_FILE_BYTES`], or holds more than [`MAX_FEATURES`] or [`MAX_POSITIONS`].
    #[error("the file is too large")]
    TooLarge,
    /// It is not a GeoJSON collection of polygons.
    #[error("not GeoJSON: {0}")]
    NotGeoJson(String),
    /// Something is the matter with some of its features: the number of each, and what.
    #[error("{} features are not valid", .0.len())]
    Invalid(Vec<(usize, Trouble)>),
}

/// What is the matter with a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Trouble {
    /// It has no property `code` that is a text.
    #[error("no property `code`")]
    NoCode,
    /// A line has fewer than four positions, or encloses nothing.
    #[error("a line with too few positions")]
    TooFew,
    /// A line does not end where it begins.
    #[error("a line that does not end where it begins")]
    Open,
    /// A position lies outside the province.
    #[error("a position outside the province")]
    Outside,
    /// A line crosses or touches itself at this place (longitude and latitude in 1/100000 degree).
    #[error("a line that crosses itself near {0:?}")]
    Crosses((i32, i32)),
    /// A line that should cut something out lies outside the line around it.
    #[error("a hole outside of its polygon")]
    HoleOutside,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Collection {
    FeatureCollection { features: Vec<File> },
}

#[derive(Deserialize)]
struct File {
    geometry: Geometry,
    #[serde(default)]
    properties: Option<Properties>,
}

#[derive(Default, Deserialize)]
struct Properties {
    #[serde(default)]
    code: Option<serde_json::Value>,
    #[serde(default)]
    name: Option<serde_json::Value>,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Polygon(Vec<Vec<Position>>),
    MultiPolygon(Vec<Vec<Vec<Position>>>),
}

/// Longitude, latitude, and what RFC 7946 allows to follow.
type Position = Vec<f64>;

/// Reads and checks a file. A file in which anything is the matter is not taken at all.
pub fn read(json: &str) -> Result<Vec<Feature>, ReadError> {
    if json.len() > MAX_FILE_BYTES {
        return Err(ReadError::TooLarge);
    }
    let Collection::FeatureCollection { features } =
        serde_json::from_str(json).map_err(|error| ReadError::NotGeoJson(error.to_string()))?;
    let parts: Vec<(Properties, Vec<Vec<Vec<Position>>>)> = features
        .into_iter()
        .map(|feature| {
            let parts = match feature.geometry {
                Geometry::Polygon(rings) => vec![rings],
                Geometry::MultiPolygon(parts) => parts,
            };
            (feature.properties.unwrap_or_default(), parts)
        })
        .collect();
    let positions: usize = parts
        .iter()
        .flat_map(|(_, parts)| parts.iter().flatten())
        .map(Vec::len)
        .sum();
    if parts.len() > MAX_FEATURES || positions > MAX_POSITIONS {
        return Err(ReadError::TooLarge);
    }
    let mut found = Vec::new();
    let mut troubles = Vec::new();
    for (number, (properties, parts)) in (1..).zip(parts) {
        match feature(number, &properties, &parts) {
            Ok(feature) => found.push(feature),
            Err(trouble) => troubles.push((number, trouble)),
        }
    }
    if troubles.is_empty() {
        Ok(found)
    } else {
        Err(ReadError::Invalid(troubles))
    }
}

fn feature(
    number: usize,
    properties: &Properties,
    parts: &[Vec<Vec<Position>>],
) -> Result<Feature, Trouble> {
    let words = |value: &Option<serde_json::Value>| {
        let value = value.as_ref()?.as_str()?;
        Some(text::clean_line(value)).filter(|words| !words.is_empty())
    };
    let code = words(&properties.code).ok_or(Trouble::NoCode)?;
    let parts: Vec<Vec<Ring>> = parts
        .iter()
        .map(|rings| part(rings))
        .collect::<Result<_, _>>()?;
    if parts.is_empty() {
        return Err(Trouble::TooFew);
    }
    Ok(Feature {
        number,
        code,
        name: words(&properties.name),
        shape: Shape { parts },
    })
}

fn part(rings: &[Vec<Position>]) -> Result<Vec<Ring>, Trouble> {
    let mut rings: Vec<Ring> = rings
        .iter()
        .map(|ring| read_ring(ring))
        .collect::<Result<_, _>>()?;
    let (outer, holes) = rings.split_first_mut().ok_or(Trouble::TooFew)?;
    // RFC 7946: around an area against the clock, around a hole with it. Files do it either way.
    if doubled_area(outer) < 0 {
        outer.reverse();
    }
    for hole in holes {
        if doubled_area(hole) > 0 {
            hole.reverse();
        }
        // A hole may touch the line around it; one place at least lies within.
        if !hole.iter().any(|spot| within(outer, *spot)) {
            return Err(Trouble::HoleOutside);
        }
    }
    Ok(rings)
}

fn read_ring(positions: &[Position]) -> Result<Ring, Trouble> {
    if positions.len() < 4 {
        return Err(Trouble::TooFew);
    }
    let mut ring: Ring = positions.iter().map(spot).collect::<Result<_, _>>()?;
    if ring.first() != ring.last() {
        return Err(Trouble::Open);
    }
    ring.pop();
    ring.dedup();
    if ring.len() < 3 || doubled_area(&ring) == 0 {
        return Err(Trouble::TooFew);
    }
    match crosses_itself(&ring) {
        Some(at) => Err(Trouble::Crosses(at.into())),
        None => Ok(ring),
    }
}

fn spot(position: &Position) -> Result<Spot, Trouble> {
    let [longitude, latitude, ..] = position[..] else {
        return Err(Trouble::TooFew);
    };
    let [(west, south), (east, north)] = PROVINCE;
    let inside = (west..=east).contains(&longitude) && (south..=north).contains(&latitude);
    if !inside {
        return Err(Trouble::Outside);
    }
    // The province lies far within what the numbers hold.
    Ok(Spot {
        x: (longitude * PER_DEGREE).round() as i32,
        y: (latitude * PER_DEGREE).round() as i32,
    })
}
