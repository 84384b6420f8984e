//! Lists of entries: a residential area's, a commune's, or what waits for review.

use super::address::encode;
use super::desks::Desks;
use super::live::Live;
use super::overview::Breadcrumb;
use super::remote::Remote;
use super::season;
use crate::texts::{common, desks, queue, review as say, words};
use crate::ui::{Choice, CorrectBy, Icon, SelectField, StateBadge};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use thidua_domain::api::{StandingPage, StandingView};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::entry::EntryState;
use thidua_domain::record::RecordKey;
use thidua_domain::season::Season;

/// The list that the address describes: `?assessment=…&state=…&residential_area=…&after=…`.
#[component]
pub fn StandingsScreen() -> impl IntoView {
    let params = use_params_map();
    let area = Memo::new(move |_| {
        params
            .with(|params| params.get("code"))
            .and_then(|code| AreaCode::parse(&code).ok())
    });
    move || area.get().map(|code| view! { <List code /> })
}

#[component]
fn List(code: AreaCode) -> impl IntoView {
    let live = expect_context::<Live>();
    let season = season();
    let query = use_query_map();
    let navigate = StoredValue::new_local(use_navigate());
    let watched = code.clone();
    let news = live.news_of(move || Some(watched.clone()), season);
    let of = move |name: &str| query.with(|query| query.get(name)).unwrap_or_default();
    let asked = code.clone();
    let url = move || {
        let mut url = format!("/api/standings?area={asked}");
        for name in ["residential_area", "assessment", "state", "after"] {
            let value = of(name);
            if !value.is_empty() {
                url.push_str(&format!("&{name}={}", encode(&value)));
            }
        }
        Some(url)
    };
    let remote = Remote::<StandingPage>::read(url, move || {
        news.get();
    });
    let here = code.clone();
    let go = move |changed: &str, value: String| {
        let mut address = format!("/danh-sach/{here}?");
        for name in ["residential_area", "assessment", "state"] {
            let value = if name == changed {
                value.clone()
            } else {
                of(name)
            };
            if !value.is_empty() {
                address.push_str(&format!("{name}={}&", encode(&value)));
            }
        }
        navigate.with_value(|navigate| navigate(&address, Default::default()));
    };
    let go_assessment = go.clone();
    let go_state = go;
    let assessments = std::iter::once(Choice::new("", say::all_titles()))
        .chain(
            Assessment::ALL
                .into_iter()
                .map(|a| Choice::new(a.as_str(), words::assessment(a))),
        )
        .collect::<Vec<_>>();
    let states = std::iter::once(Choice::new("", say::all_states()))
        .chain(
            EntryState::ALL
                .into_iter()
                .map(|s| Choice::new(s.as_str(), words::state(s))),
        )
        .collect::<Vec<_>>();
    let sits = Desks::here();
    let rows = move || {
        remote.value.get().map(|page| {
            let empty = page.rows.is_empty();
            let rows = page
                .rows
                .into_iter()
                .map(|row| view! { <Row row sits season /> })
                .collect_view();
            let area = code.clone();
            let more = page.next.map(|next| {
                let mut address = format!("/danh-sach/{area}?after={}", encode(&next));
                for name in ["residential_area", "assessment", "state"] {
                    let value = of(name);
                    if !value.is_empty() {
                        address.push_str(&format!("&{name}={}", encode(&value)));
                    }
                }
                view! {
                    <a class="button" href=address>
                        {queue::more()}
                        <Icon name="chevron" />
                    </a>
                }
            });
            view! {
                <div class="table-scroll" tabindex="0" role="region" aria-label=say::sheets()>
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{say::name()}</th>
                                <th scope="col">{say::title()}</th>
                                <th scope="col">{say::commune_short()}</th>
                                <th scope="col">{common::residential_area()}</th>
                                <th scope="col">{say::result()}</th>
                                <th scope="col">{say::state()}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                {empty.then(|| view! { <p class="empty">{say::no_sheet()}</p> })}
                {more}
            }
        })
    };
    let place = StoredValue::new(params_code());
    view! {
        <section class="page page--wide" aria-labelledby="list-title">
            {move || {
                place
                    .get_value()
                    .map(|code| {
                        view! {
                            <Breadcrumb code=code.clone() season />
                            <h1 id="list-title" class="page__title">
                                {say::sheets_of(words::area_name(&code, season))}
                            </h1>
                        }
                    })
            }}
            <div class="toolbar">
                <SelectField
                    label=say::title()
                    choices=Signal::stored(assessments)
                    value=Signal::derive(move || of("assessment"))
                    on_change=move |value| go_assessment("assessment", value)
                />
                <SelectField
                    label=say::state()
                    choices=Signal::stored(states)
                    value=Signal::derive(move || of("state"))
                    on_change=move |value| go_state("state", value)
                />
            </div>
            {remote.notice()}
            {rows}
        </section>
    }
}

fn params_code() -> Option<AreaCode> {
    use_params_map()
        .with_untracked(|params| params.get("code"))
        .and_then(|code| AreaCode::parse(&code).ok())
}

#[component]
fn Row(row: StandingView, sits: Memo<Desks>, season: Season) -> impl IntoView {
    let key = RecordKey::entry(row.subject, row.assessment, season.period);
    let outcome =
        (row.state != EntryState::Empty).then(|| words::outcome(row.assessment, row.outcome));
    let points = row.points.map(say::points_suffix);
    let today = crate::platform::today();
    let correct_by = row.due.map(|due| view! { <CorrectBy due today /> });
    let (assessment, state, endorsed) = (row.assessment, row.state, row.endorsed);
    let waits_at = move || {
        let desk = sits.get().of(assessment, state, endorsed);
        desk.map(|desk| view! { <span class="table__note">{desks::waits(desk)}</span> })
    };
    let label = if row.label.is_empty() {
        words::area_name(&row.commune, season)
    } else {
        row.label
    };
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/phieu/{key}")>{label}</a>
                <span class="table__note">
                    {row.house_no.map(say::house)}
                </span>
            </th>
            <td>{words::assessment(row.assessment)}</td>
            <td>{words::area_name(&row.commune, season)}</td>
            <td>{row.residential_area}</td>
            <td>{outcome}{points}</td>
            <td>
                <StateBadge state />
                {waits_at}
                {correct_by}
            </td>
        </tr>
    }
}
