//! The map on the areas' own ground, as an administrator has imported it.

use super::{Step, Tile, go, label_of, link, step_class, step_sign};
use crate::texts;
use leptos::prelude::*;
use std::fmt::Write as _;
use thidua_domain::boundary::{Boundary, PER_DEGREE, Shape, Spot, label_spot};
use thidua_domain::catalogue::Indicator;
use thidua_domain::tiles;

/// Width of the drawing, and the room around the ground, in its units.
const WIDTH: f64 = 820.0;
const MARGIN: f64 = 8.0;
/// More areas than this have no room for their figures: names and figures stand in the table.
const MOST_LABELLED: usize = 24;

/// From places to units of the drawing. A degree of longitude is shorter here than one of latitude.
struct Sheet {
    west: f64,
    north: f64,
    across: f64,
    scale: f64,
    height: f64,
}

impl Sheet {
    fn of(bounds: &[Boundary]) -> Option<Self> {
        let spots = || bounds.iter().flat_map(|one| one.shape.rings()).flatten();
        let (west, east) = (spots().map(|s| s.x).min()?, spots().map(|s| s.x).max()?);
        let (south, north) = (spots().map(|s| s.y).min()?, spots().map(|s| s.y).max()?);
        let middle = f64::midpoint(f64::from(south), f64::from(north)) / PER_DEGREE;
        let across = middle.to_radians().cos();
        let width = (f64::from(east) - f64::from(west)) * across;
        let scale = (WIDTH - 2.0 * MARGIN) / width.max(1.0);
        Some(Self {
            west: west.into(),
            north: north.into(),
            across,
            scale,
            height: (f64::from(north) - f64::from(south)) * scale + 2.0 * MARGIN,
        })
    }

    fn at(&self, spot: Spot) -> (f64, f64) {
        (
            MARGIN + (f64::from(spot.x) - self.west) * self.across * self.scale,
            MARGIN + (self.north - f64::from(spot.y)) * self.scale,
        )
    }

    fn path(&self, shape: &Shape) -> String {
        let mut path = String::new();
        for ring in shape.rings() {
            for (index, spot) in ring.iter().enumerate() {
                let (x, y) = self.at(*spot);
                let command = if index == 0 { 'M' } else { 'L' };
                let _ = write!(path, "{command}{x:.1} {y:.1}");
            }
            path.push('Z');
        }
        path
    }
}

/// The areas on their ground; links like the tiles.
#[component]
pub(super) fn Ground(
    tiles: Vec<Tile>,
    bounds: Vec<Boundary>,
    indicator: &'static Indicator,
    query: String,
) -> impl IntoView {
    let Some(sheet) = Sheet::of(&bounds) else {
        return ().into_any();
    };
    let view_box = format!("0 0 {WIDTH} {:.0}", sheet.height);
    let label = texts::map::drawing(texts::catalogue(&indicator.name));
    let labelled = tiles.len() <= MOST_LABELLED;
    let drawn = tiles
        .into_iter()
        .filter_map(|tile| {
            let shape = &bounds.iter().find(|one| one.area == tile.area.code)?.shape;
            let href = link(tile.area, &query);
            let go = go(href.clone());
            let path = sheet.path(shape);
            let (x, y) = sheet.at(label_spot(shape)?);
            let value = (tile.step != Step::NotReported).then(|| tile.value.clone());
            let words = labelled.then(|| {
                view! {
                    <text class="tile__name ground__words" x=x y=y - 4.0>
                        {tiles::short_name(tile.area).to_owned()}
                    </text>
                    <text class="tile__value ground__words" x=x y=y + 16.0>
                        {format!("{} {}", step_sign(tile.step), value.unwrap_or_default())}
                    </text>
                }
            });
            Some(view! {
                <g data-area=tile.area.code.to_string()>
                    <a
                        class=format!("{} ground", step_class(tile.step))
                        href=href
                        aria-label=label_of(&tile)
                        on:click=go
                    >
                        <title>{label_of(&tile)}</title>
                        <path class="tile__paper" d=path.clone()></path>
                        <path class="tile__band ground__hatching" d=path></path>
                        {words}
                    </a>
                </g>
            })
        })
        .collect_view();
    view! {
        <svg class="map__drawing" viewBox=view_box role="group" aria-label=label>
            {drawn}
        </svg>
    }
    .into_any()
}
