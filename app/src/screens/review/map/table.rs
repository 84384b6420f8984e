//! The map as a table, in the order and with the areas that a person asks for.

use super::super::address::Address;
use super::{Step, Tile, link, step_word};
use crate::texts::{self, words};
use crate::ui::{Choice, SelectField, VerdictBadge};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use thidua_domain::catalogue::Indicator;

/// What the rows are ordered by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Name,
    Highest,
    Lowest,
    LeastReported,
}

impl Order {
    const ALL: [Self; 4] = [Self::Name, Self::Highest, Self::Lowest, Self::LeastReported];

    fn slug(self) -> &'static str {
        match self {
            Self::Name => "",
            Self::Highest => "cao-nhat",
            Self::Lowest => "thap-nhat",
            Self::LeastReported => "it-bao-cao",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Name => texts::map::by_name(),
            Self::Highest => texts::map::highest(),
            Self::Lowest => texts::map::lowest(),
            Self::LeastReported => texts::map::least_reported(),
        }
    }

    /// Shares are compared as products, exactly. Those who have reported nothing come last.
    fn sort(self, tiles: &mut [Tile]) {
        let share = |tile: &Tile| (tile.tally.accepted.met, tile.tally.expected.max(1));
        let compare =
            |one: (i64, i64), other: (i64, i64)| (one.0 * other.1).cmp(&(other.0 * one.1));
        let silent = |tile: &Tile| tile.tally.reported() == 0;
        match self {
            Self::Name => {}
            Self::Highest => tiles.sort_by(|one, other| {
                silent(one)
                    .cmp(&silent(other))
                    .then_with(|| compare(share(other), share(one)))
            }),
            Self::Lowest => tiles.sort_by(|one, other| {
                silent(one)
                    .cmp(&silent(other))
                    .then_with(|| compare(share(one), share(other)))
            }),
            Self::LeastReported => tiles.sort_by(|one, other| {
                let reported = |tile: &Tile| (tile.tally.reported(), tile.tally.expected.max(1));
                compare(reported(one), reported(other))
            }),
        }
    }
}

fn step_slug(step: Step) -> &'static str {
    match step {
        Step::Met => "dat",
        Step::Near => "gan-dat",
        Step::Far => "con-xa",
        Step::Told => "co-so-lieu",
        Step::NotReported => "chua-bao-cao",
    }
}

/// The rows, with the choice of their order.
#[component]
pub(super) fn Table(
    tiles: Vec<Tile>,
    indicator: &'static Indicator,
    query: String,
    address: Address,
) -> impl IntoView {
    let navigate = StoredValue::new_local(use_navigate());
    let go = move |name: &'static str, value: String| {
        let to = address.with(name, &value);
        navigate.with_value(|navigate| navigate(&to, Default::default()));
    };
    let orders: Vec<Choice> = Order::ALL
        .map(|order| Choice::new(order.slug(), order.word()))
        .to_vec();
    let steps: Vec<Choice> = std::iter::once(Choice::new("", texts::map::all()))
        .chain(Step::ALL.map(|step| Choice::new(step_slug(step), step_word(step))))
        .collect();
    let rows = move || {
        let wanted = address.get("tinh-trang");
        let order = address.get("xep");
        let order = Order::ALL.into_iter().find(|one| one.slug() == order);
        let mut tiles = tiles.clone();
        tiles.retain(|tile| wanted.is_empty() || step_slug(tile.step) == wanted);
        order.unwrap_or(Order::Name).sort(&mut tiles);
        if tiles.is_empty() {
            return view! {
                <tr>
                    <td colspan="4">{texts::map::none()}</td>
                </tr>
            }
            .into_any();
        }
        tiles
            .into_iter()
            .map(|tile| {
                view! {
                    <tr data-area=tile.area.code.to_string()>
                        <th scope="row">
                            <a href=link(tile.area, &query)>{words::area_called(tile.area)}</a>
                        </th>
                        <td class="table__number">{tile.value}</td>
                        <td class="table__number">{tile.coverage}</td>
                        <td class="table__verdict">
                            <VerdictBadge verdict=tile.verdict />
                        </td>
                    </tr>
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <div class="map__table">
            <div class="toolbar toolbar--filters">
                <SelectField
                    label=texts::map::order()
                    choices=Signal::stored(orders)
                    value=Signal::derive(move || address.get("xep"))
                    on_change=move |value| go("xep", value)
                />
                <SelectField
                    label=texts::map::step()
                    choices=Signal::stored(steps)
                    value=Signal::derive(move || address.get("tinh-trang"))
                    on_change=move |value| go("tinh-trang", value)
                />
            </div>
            <div class="table-scroll" tabindex="0" role="region" aria-label=texts::map::table()>
                <table class="table table--map">
                    <caption class="table__caption">{texts::catalogue(&indicator.name)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{texts::map::area()}</th>
                            <th scope="col" class="table__number">
                                {texts::map::accepted()}
                            </th>
                            <th scope="col" class="table__number">
                                {texts::map::reported()}
                            </th>
                            <th scope="col">{texts::map::verdict()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    }
}
