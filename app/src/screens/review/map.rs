//! A map: the areas' own boundaries where an administrator has imported them, else one tile for each
//! district or commune; beside it the same as a table, which can be sorted and filtered.

mod ground;
mod roving;
mod table;

use super::address::Address;
use super::overview::followed;
use super::overview::{Breadcrumb, asked_words, assessment_of, tally_of};
use super::remote::Remote;
use super::season;
use crate::app::Current;
use crate::texts::{self, map as say, review, words};
use crate::ui::{Choice, SelectField};
use ground::Ground;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use roving::follow_arrows;
use std::collections::BTreeMap;
use table::Table;
use thidua_domain::api::AreaTallies;
use thidua_domain::area::{Area, AreaCode, AreaLevel};
use thidua_domain::boundary::Boundary;
use thidua_domain::catalogue::{Directive, Indicator, IndicatorId, Measure};
use thidua_domain::progress::{Tally, Verdict};
use thidua_domain::season::Season;
use thidua_domain::text;
use thidua_domain::tiles::{self, Place, Step};

/// Size of a tile and the room between two, in units of the drawing.
const WIDTH: u16 = 124;
const HEIGHT: u16 = 104;
const GAP: u16 = 8;
/// Most letters of a name in one line of a tile.
const LINE: usize = 12;

/// The map of the area that the account is responsible for.
#[component]
pub fn OwnMap() -> impl IntoView {
    let current = expect_context::<Current>();
    let area = Memo::new(move |_| {
        current
            .0
            .with(|session| session.as_ref().and_then(|s| s.areas.first().cloned()))
    });
    move || area.get().map(|code| view! { <MapOf code /> })
}

/// The map of the area that the address names.
#[component]
pub fn AreaMap() -> impl IntoView {
    let params = use_params_map();
    let area = Memo::new(move |_| {
        params
            .with(|params| params.get("code"))
            .and_then(|code| AreaCode::parse(&code).ok())
    });
    move || area.get().map(|code| view! { <MapOf code /> })
}

/// Indicators that are counted from entries, so that every area has a figure.
fn counted() -> impl Iterator<Item = &'static Indicator> {
    let all = Directive::embedded().indicators.iter();
    all.filter(|indicator| assessment_of(indicator).is_some())
}

/// One area as the map and the table show it.
#[derive(Clone, PartialEq)]
struct Tile {
    area: &'static Area,
    place: Place,
    tally: Tally,
    verdict: Verdict,
    step: Step,
    value: String,
    coverage: String,
}

fn tiles_of(indicator: &Indicator, children: &[AreaTallies], season: Season) -> Vec<Tile> {
    let Some(assessment) = assessment_of(indicator) else {
        return Vec::new();
    };
    let areas: Vec<&'static Area> = children
        .iter()
        .filter_map(|child| words::area(&child.area, season))
        .collect();
    let places = tiles::places(&areas);
    let tallies: BTreeMap<_, _> = children
        .iter()
        .map(|child| (&child.area, tally_of(&child.tallies, assessment)))
        .collect();
    let mut all: Vec<Tile> = areas
        .into_iter()
        .filter_map(|area| {
            let tally = tallies.get(&area.code).copied().unwrap_or_default();
            let verdict = tiles::verdict(indicator, &tally, area.level());
            let value = match (tally.reported(), indicator.measure) {
                (0, _) => "—".to_owned(),
                (_, Measure::Count(_)) => format!(
                    "{} {}",
                    texts::int(tally.accepted.met),
                    texts::catalogue(&indicator.unit_label)
                ),
                _ => texts::rate(
                    tally.accepted.met.unsigned_abs(),
                    tally.expected.unsigned_abs(),
                ),
            };
            Some(Tile {
                area,
                place: *places.get(&area.code)?,
                tally,
                verdict,
                step: Step::of(indicator, verdict, &tally),
                value,
                coverage: format!(
                    "{}/{}",
                    texts::int(tally.reported()),
                    texts::int(tally.expected)
                ),
            })
        })
        .collect();
    // Screen reader and tab key go through the tiles as the table lists them.
    all.sort_by_cached_key(|tile| text::collation_key(tiles::short_name(tile.area)));
    all
}

#[component]
fn MapOf(code: AreaCode) -> impl IntoView {
    let season = season();
    let remote = followed(&code, season);
    let bounds_url = format!("/api/boundaries?area={code}");
    // Imported by hand, now and then: read once.
    let bounds = Remote::<Vec<Boundary>>::read(move || Some(bounds_url.clone()), || {});
    let address = Address::of(
        &format!("/ban-do/{code}"),
        &["chi-tieu", "xep", "tinh-trang"],
    );
    let indicator = Memo::new(move |_| {
        let id = IndicatorId::new(&address.get("chi-tieu"));
        let families =
            || counted().find(|indicator| indicator.id.to_string() == "gia-dinh-van-hoa");
        counted()
            .find(|indicator| indicator.id == id)
            .or_else(families)
    });
    let navigate = StoredValue::new_local(use_navigate());
    let choices: Vec<Choice> = counted()
        .map(|indicator| {
            Choice::new(
                indicator.id.to_string(),
                texts::catalogue(&indicator.name).to_owned(),
            )
        })
        .collect();
    let level = words::area(&code, season).map(|area| area.level());
    let name = words::area_name(&code, season);
    let body = move || {
        let indicator = indicator.get()?;
        let overview = remote.value.get()?;
        let tiles = tiles_of(indicator, &overview.children, season);
        if tiles.is_empty() {
            return Some(view! { <p class="empty">{say::no_parts()}</p> }.into_any());
        }
        let query = format!("?chi-tieu={}", indicator.id);
        Some(
            view! {
                <div class="map-columns">
                    <figure class="map" on:keydown=follow_arrows>
                        {drawing(&tiles, indicator, &query, bounds.value.get())}
                        <figcaption>
                            <Key />
                        </figcaption>
                    </figure>
                    <Table tiles indicator query address />
                </div>
            }
            .into_any(),
        )
    };
    let lead = move || {
        if bounds
            .value
            .with(|all| all.as_ref().is_some_and(|all| !all.is_empty()))
        {
            texts::map::lead_ground()
        } else if level == Some(AreaLevel::Province) {
            say::lead_districts()
        } else {
            say::lead_communes()
        }
    };
    let target = move || {
        indicator
            .get()
            .map(|indicator| say::goal(asked_words(indicator, level)))
    };
    view! {
        <section class="page page--wide" aria-labelledby="map-title">
            <Breadcrumb code=code.clone() season />
            <h1 id="map-title" class="page__title">{say::title(name)}</h1>
            <p class="page__lead">{lead}</p>
            <div class="toolbar">
                <SelectField
                    label=review::indicator()
                    choices=Signal::stored(choices)
                    value=Signal::derive(move || {
                        indicator.get().map(|i| i.id.to_string()).unwrap_or_default()
                    })
                    on_change=move |value| {
                        let to = address.with("chi-tieu", &value);
                        navigate.with_value(|navigate| navigate(&to, Default::default()));
                    }
                />
                <p class="toolbar__note">{target}</p>
            </div>
            {remote.notice()}
            {body}
        </section>
    }
}

fn step_word(step: Step) -> &'static str {
    match step {
        Step::Met => say::met(),
        Step::Near => say::near(),
        Step::Far => say::far(),
        Step::Told => say::told(),
        Step::NotReported => review::not_reported(),
    }
}

fn step_sign(step: Step) -> &'static str {
    match step {
        Step::Met => "✓",
        Step::Near => "◐",
        Step::Far => "◔",
        Step::Told => "•",
        Step::NotReported => "○",
    }
}

fn step_class(step: Step) -> &'static str {
    match step {
        Step::Met => "tile tile--met",
        Step::Near => "tile tile--near",
        Step::Far => "tile tile--far",
        Step::Told => "tile tile--told",
        Step::NotReported => "tile tile--none",
    }
}

/// Where a tile leads: a district to its own map, a commune to its page.
fn link(area: &Area, query: &str) -> String {
    match area.level() {
        AreaLevel::Commune => format!("/dia-ban/{}", area.code),
        _ => format!("/ban-do/{}{query}", area.code),
    }
}

/// The hatchings that tell the steps apart without colour.
#[component]
fn Hatchings() -> impl IntoView {
    view! {
        <svg class="map__hatchings" width="0" height="0" aria-hidden="true" focusable="false">
            <defs>
                <pattern
                    id="hatch-near"
                    width="6"
                    height="6"
                    patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)"
                >
                    <rect class="hatch hatch--near" width="3.5" height="6"></rect>
                </pattern>
                <pattern
                    id="hatch-far"
                    width="14"
                    height="14"
                    patternUnits="userSpaceOnUse"
                    patternTransform="rotate(-45)"
                >
                    <rect class="hatch hatch--far" width="3.5" height="14"></rect>
                </pattern>
            </defs>
        </svg>
    }
}

/// The areas' own ground where all of them have it, else tiles.
fn drawing(
    tiles: &[Tile],
    indicator: &'static Indicator,
    query: &str,
    bounds: Option<Vec<Boundary>>,
) -> AnyView {
    let bounds = bounds.unwrap_or_default();
    let all = tiles
        .iter()
        .all(|tile| bounds.iter().any(|one| one.area == tile.area.code));
    let (tiles, query) = (tiles.to_vec(), query.to_owned());
    if all && !bounds.is_empty() {
        view! { <Hatchings /> <Ground tiles bounds indicator query /> }.into_any()
    } else {
        view! { <Drawing tiles indicator query /> }.into_any()
    }
}

/// What is said of an area to those who do not see the drawing.
fn label_of(tile: &Tile) -> String {
    let value = (tile.step != Step::NotReported).then(|| tile.value.clone());
    let said = value.into_iter().chain([
        words::verdict(tile.verdict).to_lowercase(),
        texts::map::coverage(&tile.coverage),
    ]);
    let said: Vec<_> = said.collect();
    texts::map::said(words::area_called(tile.area), said.join(", "))
}

/// Follows a link of the drawing without loading the page anew.
fn go(to: String) -> impl Fn(leptos::ev::MouseEvent) {
    let navigate = StoredValue::new_local(use_navigate());
    move |event| {
        // With a key held, the browser opens a tab of its own.
        if event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0 {
            return;
        }
        event.prevent_default();
        navigate.with_value(|navigate| navigate(&to, Default::default()));
    }
}

#[component]
fn Drawing(tiles: Vec<Tile>, indicator: &'static Indicator, query: String) -> impl IntoView {
    let columns = tiles.iter().map(|tile| tile.place.column + 1).max();
    let rows = tiles.iter().map(|tile| tile.place.row + 1).max();
    let span = |count: Option<u16>, size: u16| count.unwrap_or(1) * (size + GAP) + GAP;
    let view_box = format!("0 0 {} {}", span(columns, WIDTH), span(rows, HEIGHT));
    let label = texts::map::drawing(texts::catalogue(&indicator.name));
    let drawn = tiles
        .into_iter()
        .map(|tile| view! { <TileOf tile query=query.clone() indicator /> })
        .collect_view();
    view! {
        <Hatchings />
        <svg class="map__drawing" viewBox=view_box role="group" aria-label=label>
            {drawn}
        </svg>
    }
}

/// A name in at most two lines.
fn lines(name: &str) -> (String, Option<String>) {
    if name.chars().count() <= LINE {
        return (name.to_owned(), None);
    }
    let mut first = String::new();
    let mut words = name.split(' ').peekable();
    while let Some(word) = words.peek() {
        if !first.is_empty() && first.chars().count() + 1 + word.chars().count() > LINE {
            break;
        }
        if !first.is_empty() {
            first.push(' ');
        }
        first.push_str(word);
        words.next();
    }
    let rest: Vec<_> = words.collect();
    (first, (!rest.is_empty()).then(|| rest.join(" ")))
}

#[component]
fn TileOf(tile: Tile, indicator: &'static Indicator, query: String) -> impl IntoView {
    let href = link(tile.area, &query);
    let value = (tile.step != Step::NotReported).then(|| tile.value.clone());
    let label = label_of(&tile);
    let transform = format!(
        "translate({} {})",
        GAP + tile.place.column * (WIDTH + GAP),
        GAP + tile.place.row * (HEIGHT + GAP)
    );
    let name = match tile.area.kind {
        thidua_domain::area::AreaKind::Township => {
            format!("TT. {}", tiles::short_name(tile.area))
        }
        thidua_domain::area::AreaKind::City => format!("TP. {}", tiles::short_name(tile.area)),
        _ => tiles::short_name(tile.area).to_owned(),
    };
    let (first, second) = lines(&name);
    // A single line stands in the middle of the room for two.
    let first_y = if second.is_some() { 31 } else { 40 };
    let told = format!("{} {}", step_sign(tile.step), step_word(tile.step));
    let go = go(href.clone());
    view! {
        <g transform=transform data-area=tile.area.code.to_string() data-indicator=indicator.id.to_string()>
            <a class=step_class(tile.step) href=href aria-label=label on:click=go>
                <rect class="tile__paper" width=WIDTH height=HEIGHT rx="6"></rect>
                <rect class="tile__band" x="1" y="1" width=WIDTH - 2 height="10" rx="5"></rect>
                <text class="tile__name" x=WIDTH / 2 y=first_y>
                    {first}
                </text>
                <text class="tile__name" x=WIDTH / 2 y="48">
                    {second}
                </text>
                <text class="tile__value" x=WIDTH / 2 y="74">
                    {value}
                </text>
                <text class="tile__step" x=WIDTH / 2 y="95">
                    {told}
                </text>
            </a>
        </g>
    }
}

/// What the steps look like.
#[component]
fn Key() -> impl IntoView {
    let items = Step::ALL
        .into_iter()
        .map(|step| {
            view! {
                <li class="legend__item">
                    <svg class="legend__swatch" viewBox="0 0 40 22" aria-hidden="true">
                        <g class=step_class(step)>
                            <rect class="tile__paper" x="1" y="1" width="38" height="20" rx="3"></rect>
                            <rect class="tile__band" x="2" y="2" width="36" height="10" rx="3"></rect>
                        </g>
                    </svg>
                    {format!("{} {}", step_sign(step), step_word(step))}
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="legend">{items}</ul>
        <p class="map__note">
            {say::explanation()}
        </p>
    }
}
