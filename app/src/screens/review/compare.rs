//! Areas side by side on one scale, and the year before beside each.

use super::address::Address;
use super::area_filter::AreaFilter;
use super::download::Download;
use super::live::Live;
use super::overview::{asked_words, assessment_of};
use super::remote::Remote;
use super::season;
use crate::app::Current;
use crate::texts::{self, words};
use crate::ui::{Bar, BarChart, Choice, Icon, SelectField};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use thidua_domain::api::{Comparison, MAX_COMPARED};
use thidua_domain::area::{AreaCode, AreaLevel};
use thidua_domain::catalogue::{Directive, Indicator, IndicatorId, Measure};
use thidua_domain::progress::Tally;
use thidua_domain::quantity::Hundredths;
use thidua_domain::season::Season;

/// The page.
#[component]
pub fn CompareScreen() -> impl IntoView {
    let current = expect_context::<Current>();
    let own = Memo::new(move |_| {
        current
            .0
            .with(|session| session.as_ref().and_then(|s| s.areas.first().cloned()))
    });
    move || own.get().map(|own| view! { <Page own /> })
}

/// Indicators that are counted from entries, so that every area has a figure.
fn counted() -> impl Iterator<Item = &'static Indicator> {
    let all = Directive::embedded().indicators.iter();
    all.filter(|indicator| assessment_of(indicator).is_some())
}

/// What is compared where the address does not say: the areas below the account's own.
fn usual(own: &AreaCode, season: Season) -> Vec<AreaCode> {
    let below = crate::areas::tree().children(own, season.date);
    let below: Vec<_> = below.into_iter().map(|area| area.code.clone()).collect();
    match below.is_empty() {
        true => vec![own.clone()],
        false => below.into_iter().take(MAX_COMPARED).collect(),
    }
}

fn joined(codes: &[AreaCode]) -> String {
    let codes: Vec<_> = codes.iter().map(AreaCode::as_str).collect();
    codes.join(",")
}

#[component]
fn Page(own: AreaCode) -> impl IntoView {
    let season = season();
    let live = expect_context::<Live>();
    let address = Address::of("/so-sanh", &["chi-tieu", "dia-ban"]);
    let top = own.clone();
    let chosen = Memo::new(move |_| {
        let said = address.get("dia-ban");
        let mut codes: Vec<AreaCode> = Vec::new();
        for code in said
            .split(',')
            .filter_map(|code| AreaCode::parse(code).ok())
        {
            if !codes.contains(&code) && codes.len() < MAX_COMPARED {
                codes.push(code);
            }
        }
        if codes.is_empty() {
            usual(&top, season)
        } else {
            codes
        }
    });
    let indicator = Memo::new(move |_| {
        let id = IndicatorId::new(&address.get("chi-tieu"));
        let families =
            || counted().find(|indicator| indicator.id.to_string() == "gia-dinh-van-hoa");
        counted()
            .find(|indicator| indicator.id == id)
            .or_else(families)
    });
    let watched = own.clone();
    let news = live.news_of(move || Some(watched.clone()), season);
    let query = move || {
        let assessment = assessment_of(indicator.get()?)?;
        let areas = joined(&chosen.get());
        Some(format!("areas={areas}&assessment={}", assessment.as_str()))
    };
    let remote = Remote::<Comparison>::read(
        move || query().map(|query| format!("/api/compare?{query}")),
        move || {
            news.get();
        },
    );
    let navigate = StoredValue::new_local(use_navigate());
    let go = move |name: &'static str, value: String| {
        let to = address.with(name, &value);
        navigate.with_value(|navigate| navigate(&to, Default::default()));
    };
    let choices: Vec<Choice> = counted()
        .map(|indicator| {
            Choice::new(
                indicator.id.to_string(),
                texts::catalogue(&indicator.name).to_owned(),
            )
        })
        .collect();
    let body = move || {
        let comparison = remote.value.get()?;
        let indicator = indicator.get()?;
        Some(view! { <SideBySide areas=chosen.get() indicator comparison season /> })
    };
    let choose = move |codes: Vec<AreaCode>| go("dia-ban", joined(&codes));
    let csv = move || query().map(|query| format!("/api/compare/csv?{query}"));
    view! {
        <section class="page page--wide" aria-labelledby="compare-title">
            <h1 id="compare-title" class="page__title">{texts::compare::title()}</h1>
            <p class="page__lead">{texts::compare::lead()}</p>
            <div class="toolbar">
                <SelectField
                    label=texts::compare::indicator()
                    choices=Signal::stored(choices)
                    value=Signal::derive(move || {
                        indicator.get().map(|i| i.id.to_string()).unwrap_or_default()
                    })
                    on_change=move |value| go("chi-tieu", value)
                />
                <p class="toolbar__note">
                    {move || indicator.get().map(|i| texts::compare::target(asked_words(i, None)))}
                </p>
                <Download href=Signal::derive(csv) />
            </div>
            <Chosen own=own.clone() chosen season on_change=choose />
            {remote.notice()}
            {body}
        </section>
    }
}

/// The areas that are compared, and a way to add one.
#[component]
fn Chosen(
    own: AreaCode,
    chosen: Memo<Vec<AreaCode>>,
    season: Season,
    on_change: impl Fn(Vec<AreaCode>) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let at = RwSignal::new(own.clone());
    let top = StoredValue::new(own.clone());
    let chips = move || {
        let all = chosen.get();
        all.iter()
            .map(|code| {
                let name = words::area_name(code, season);
                let rest: Vec<_> = all.iter().filter(|other| *other != code).cloned().collect();
                let only = rest.is_empty();
                view! {
                    <li class="chips__item">
                        {name.clone()}
                        <button
                            type="button"
                            class="button button--quiet"
                            disabled=only
                            aria-label=texts::compare::remove(name)
                            on:click=move |_| on_change(rest.clone())
                        >
                            <Icon name="close" />
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    let add = move || {
        let code = at.get();
        let name = words::area_name(&code, season);
        let all = chosen.get();
        let disabled = all.contains(&code) || all.len() >= MAX_COMPARED;
        let more: Vec<_> = all.iter().cloned().chain([code]).collect();
        view! {
            <button
                type="button"
                class="button"
                disabled=disabled
                on:click=move |_| on_change(more.clone())
            >
                <Icon name="plus" />
                {texts::compare::add(name)}
            </button>
        }
    };
    let full = move || {
        (chosen.with(Vec::len) >= MAX_COMPARED)
            .then(|| view! { <p class="toolbar__note">{texts::compare::full(MAX_COMPARED)}</p> })
    };
    view! {
        <section class="compare__choice" aria-labelledby="compare-chosen">
            <h2 id="compare-chosen">{texts::compare::chosen()}</h2>
            <ul class="chips">{chips}</ul>
            <div class="toolbar">
                <AreaFilter
                    own=own.clone()
                    area=Memo::new(move |_| at.get())
                    season
                    on_change=move |value: String| {
                        at.set(AreaCode::parse(&value).unwrap_or_else(|_| top.get_value()));
                    }
                />
                {add}
                <button type="button" class="button button--quiet" on:click=move |_| on_change(Vec::new())>
                    {texts::compare::again()}
                </button>
                {full}
            </div>
        </section>
    }
}

/// A figure as it is drawn: a share in percent, or a count.
fn figure(indicator: &Indicator, tally: &Tally) -> Option<f64> {
    if tally.reported() == 0 {
        return None;
    }
    match indicator.measure {
        Measure::Count(_) => Some(tally.accepted.met as f64),
        _ if tally.expected > 0 => Some(tally.accepted.met as f64 * 100.0 / tally.expected as f64),
        _ => None,
    }
}

fn written(indicator: &Indicator, tally: &Tally) -> String {
    if tally.reported() == 0 {
        return texts::compare::not_reported().to_owned();
    }
    match indicator.measure {
        Measure::Count(_) => {
            format!(
                "{} {}",
                texts::int(tally.accepted.met),
                indicator.unit_label
            )
        }
        _ => texts::rate(
            tally.accepted.met.unsigned_abs(),
            tally.expected.unsigned_abs(),
        ),
    }
}

/// By how many points, or by how many, the figure differs from that of the year before.
fn change(indicator: &Indicator, now: &Tally, before: &Tally) -> Option<String> {
    let difference = match indicator.measure {
        Measure::Count(_) => {
            return Some(format!("{:+}", now.accepted.met - before.accepted.met));
        }
        _ => figure(indicator, now)? - figure(indicator, before)?,
    };
    let points = Hundredths((difference * 100.0).round() as i64);
    let sign = if points.0 > 0 { "+" } else { "" };
    let number = format!("{sign}{}", texts::hundredths(points));
    Some(texts::compare::points(number))
}

#[component]
fn SideBySide(
    areas: Vec<AreaCode>,
    indicator: &'static Indicator,
    comparison: Comparison,
    season: Season,
) -> impl IntoView {
    let mut years = comparison.years.into_iter();
    let Some(now) = years.next() else {
        return view! { <p class="empty">{texts::compare::nothing()}</p> }.into_any();
    };
    let before = years.next();
    let rows: Vec<(AreaCode, Tally, Option<Tally>)> = areas
        .into_iter()
        .zip(now.tallies)
        .enumerate()
        .map(|(index, (code, tally))| {
            let last = before.as_ref().and_then(|year| *year.tallies.get(index)?);
            (code, tally.unwrap_or_default(), last)
        })
        .collect();
    let bars: Vec<Bar> = rows
        .iter()
        .map(|(code, tally, last)| Bar {
            name: words::area_name(code, season),
            figure: figure(indicator, tally),
            words: written(indicator, tally),
            before: last.as_ref().and_then(|tally| figure(indicator, tally)),
        })
        .collect();
    let is_share = matches!(indicator.measure, Measure::Share(_));
    let unit = if is_share { "%" } else { "" };
    // "60 xã" is the province's: nothing below it has a figure of its own to be held against.
    let province_only = rows.iter().all(|(code, _, _)| {
        words::area(code, season).is_some_and(|area| area.level() == AreaLevel::Province)
    });
    let target = indicator
        .target
        .filter(|_| is_share || province_only)
        .map(|target| {
            let label =
                texts::compare::target_label(format!("{}{unit}", texts::hundredths(target)));
            (target.0 as f64 / 100.0, label)
        });
    let mut ordered: Vec<&Bar> = bars.iter().filter(|bar| bar.figure.is_some()).collect();
    ordered.sort_by(|one, other| {
        other
            .figure
            .partial_cmp(&one.figure)
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let named = |bar: &&&Bar| texts::compare::one(&bar.name, &bar.words);
    let told = ordered.first().zip(ordered.last()).map_or_else(
        || texts::compare::not_reported().to_owned(),
        |(best, worst)| texts::compare::told(named(&best), named(&worst)),
    );
    let year = now.period.to_string();
    let legend = match &before {
        Some(before) => view! {
            <ul class="legend">
                <li class="legend__item">{texts::compare::legend_now(year.clone())}</li>
                <li class="legend__item">{texts::compare::legend_before(before.period.to_string())}</li>
            </ul>
        }
        .into_any(),
        None => view! { <p class="chart__note">{texts::compare::no_before()}</p> }.into_any(),
    };
    let heads = before.as_ref().map(|before| {
        view! {
            <th scope="col" class="table__number">
                {texts::compare::year(before.period.to_string())}
            </th>
            <th scope="col" class="table__number">
                {texts::compare::change()}
            </th>
        }
    });
    let with_before = before.is_some();
    let lines = rows
        .iter()
        .map(|(code, tally, last)| {
            let cells = with_before.then(|| {
                let last = last.unwrap_or_default();
                view! {
                    <td class="table__number">{written(indicator, &last)}</td>
                    <td class="table__number">
                        {change(indicator, tally, &last).unwrap_or_else(|| "—".to_owned())}
                    </td>
                }
            });
            let coverage = format!(
                "{}/{}",
                texts::int(tally.reported()),
                texts::int(tally.expected)
            );
            view! {
                <tr data-area=code.to_string()>
                    <th scope="row">
                        <a href=format!("/dia-ban/{code}")>{words::area_name(code, season)}</a>
                    </th>
                    <td class="table__number">{written(indicator, tally)}</td>
                    <td class="table__number">{coverage}</td>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="compare">
            <figure class="trend__drawing">
                <BarChart
                    title=texts::compare::chart(texts::catalogue(&indicator.name))
                    description=told.clone()
                    bars
                    target
                    unit
                />
                <figcaption>{legend} <p class="chart__note">{told}</p></figcaption>
            </figure>
            <div class="table-scroll" tabindex="0" role="region" aria-label=texts::compare::table()>
                <table class="table table--compare">
                    <caption class="table__caption">{texts::catalogue(&indicator.name)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{texts::compare::area()}</th>
                            <th scope="col" class="table__number">
                                {texts::compare::year(year)}
                            </th>
                            <th scope="col" class="table__number">
                                {texts::compare::reported()}
                            </th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}
