//! The areas below one, with their rates.

use super::tally_of;
use crate::texts::{self, common, province as say, review, words};
use crate::ui::Icon;
use leptos::prelude::*;
use thidua_domain::api::{AreaTallies, AssessmentTally, ResidentialAreaTallies};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::season::Season;

const COLUMNS: [Assessment; 4] = [
    Assessment::CulturalFamily,
    Assessment::SafeResidentialArea,
    Assessment::SafeUnit,
    Assessment::PovertyReview,
];

/// Districts of the province, or communes of a district.
#[component]
pub(super) fn Children(of: AreaCode, areas: Vec<AreaTallies>, season: Season) -> impl IntoView {
    let map = format!("/ban-do/{of}");
    let rows = areas
        .into_iter()
        .map(|area| {
            let last = area
                .last_edit_ms
                .map_or_else(|| review::never_sent().to_owned(), texts::moment);
            view! {
                <tr data-area=area.area.to_string()>
                    <th scope="row">
                        <a href=format!(
                            "/dia-ban/{}",
                            area.area,
                        )>{words::area_name(&area.area, season)}</a>
                    </th>
                    <RateCells tallies=area.tallies />
                    <td class="table__number">{last}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="section-head">
            <h2>{review::areas()}</h2>
            <a class="button" href=map>
                <Icon name="map" />
                {say::on_map()}
            </a>
        </div>
        <div class="table-scroll" tabindex="0" role="region" aria-label=review::areas()>
            <table class="table table--areas">
                <thead>
                    <tr>
                        <th scope="col">{review::area()}</th>
                        <RateHeads />
                        <th scope="col" class="table__number">{review::last_sent()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn RateHeads() -> impl IntoView {
    COLUMNS
        .into_iter()
        .map(|assessment| {
            view! {
                <th scope="col" class="table__number">
                    {words::assessment(assessment)}
                </th>
            }
        })
        .collect_view()
}

#[component]
fn RateCells(tallies: Vec<AssessmentTally>) -> impl IntoView {
    COLUMNS
        .into_iter()
        .map(|assessment| {
            let tally = tally_of(&tallies, assessment);
            let rate = if tally.expected == 0 {
                "—".to_owned()
            } else if tally.reported() == 0 {
                say::not_reported().to_owned()
            } else {
                texts::rate(
                    tally.accepted.met.unsigned_abs(),
                    tally.expected.unsigned_abs(),
                )
            };
            let coverage = (tally.expected > 0).then(|| {
                format!(
                    "{}/{}",
                    texts::int(tally.reported()),
                    texts::int(tally.expected)
                )
            });
            view! {
                <td class="table__number" data-assessment=assessment.as_str()>
                    {rate}
                    <span class="table__note">{coverage}</span>
                </td>
            }
        })
        .collect_view()
}

/// Residential areas of a commune.
#[component]
pub(super) fn ResidentialAreas(
    commune: AreaCode,
    areas: Vec<ResidentialAreaTallies>,
) -> impl IntoView {
    let all = format!("/danh-sach/{commune}");
    let rows = areas
        .into_iter()
        .map(|area| {
            let link = match area.id {
                Some(id) => format!("/danh-sach/{commune}?residential_area={id}"),
                None => format!("/danh-sach/{commune}"),
            };
            let name = if area.name.is_empty() {
                say::no_area_recorded().to_owned()
            } else {
                area.name
            };
            view! {
                <tr>
                    <th scope="row">
                        <a href=link>{name}</a>
                    </th>
                    <RateCells tallies=area.tallies />
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="section-head">
            <h2>{common::residential_areas()}</h2>
            <a class="button" href=all>{say::all_sheets()}</a>
        </div>
        <div class="table-scroll" tabindex="0" role="region" aria-label=common::residential_areas()>
            <table class="table table--areas">
                <thead>
                    <tr>
                        <th scope="col">{common::residential_areas()}</th>
                        <RateHeads />
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
