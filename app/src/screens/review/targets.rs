//! What districts and communes set themselves of the directive's indicators, added up against what is asked of
//! them, and area by area beside where each stands.

mod form;

use super::address::Address;
use super::download::Download;
use super::live::Live;
use super::overview::{Breadcrumb, asked_words};
use super::remote::Remote;
use super::season;
use crate::app::Current;
use crate::texts::{self, review, targets as say, words};
use crate::ui::{Banner, Dialog, Icon};
use form::TargetForm;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use thidua_domain::api::{AreaTarget, IndicatorTargets, TargetsView};
use thidua_domain::area::{AreaCode, AreaLevel};
use thidua_domain::catalogue::{Directive, Indicator, Measure};
use thidua_domain::quantity::Hundredths;
use thidua_domain::target::held_against;
use thidua_domain::target::sum::{Reach, Sum};

/// Those of the account's area.
#[component]
pub fn OwnTargets() -> impl IntoView {
    let current = expect_context::<Current>();
    let area = Memo::new(move |_| {
        current
            .0
            .with(|session| session.as_ref().and_then(|s| s.areas.first().cloned()))
    });
    move || area.get().map(|code| view! { <TargetsOf code /> })
}

/// Those of the area that the address names.
#[component]
pub fn AreaTargets() -> impl IntoView {
    let params = use_params_map();
    let area = Memo::new(move |_| {
        params
            .with(|params| params.get("code"))
            .and_then(|code| AreaCode::parse(&code).ok())
    });
    move || area.get().map(|code| view! { <TargetsOf code /> })
}

/// The form that is open: of which indicator, and what was on the screen when it opened.
#[derive(Clone, Copy)]
struct Setting {
    open: RwSignal<bool>,
    what: RwSignal<Option<(&'static Indicator, AreaTarget)>>,
}

/// Which page: an area, and the indicator shown area by area.
#[derive(Clone, Copy)]
struct Page {
    level: Option<AreaLevel>,
    address: Address,
    chosen: Memo<&'static Indicator>,
    setting: Setting,
}

#[component]
fn TargetsOf(code: AreaCode) -> impl IntoView {
    let season = season();
    let live = expect_context::<Live>();
    let watched = code.clone();
    let news = live.news_of(move || Some(watched.clone()), season);
    let url = format!("/api/targets?area={code}");
    let saves = RwSignal::new(0_u32);
    let remote = Remote::<TargetsView>::read(
        move || Some(url.clone()),
        move || {
            news.get();
            saves.get();
        },
    );
    let address = Address::of(&format!("/chi-tieu/{code}"), &["muc"]);
    let chosen = Memo::new(move |_| {
        let wanted = address.get("muc");
        let mut all = thidua_domain::target::indicators();
        let first = all.next().expect("the directive has such indicators");
        all.find(|it| it.id.to_string() == wanted).unwrap_or(first)
    });
    let page = Page {
        level: words::area(&code, season).map(|area| area.level()),
        address,
        chosen,
        setting: Setting {
            open: RwSignal::new(false),
            what: RwSignal::new(None),
        },
    };
    let saved = RwSignal::new(None::<String>);
    let lead = match page.level {
        Some(AreaLevel::Commune) => say::lead_commune(),
        _ => say::lead(),
    };
    let body = move || {
        let all = remote.value.get()?;
        let below = all.indicators.iter().find(|one| {
            let shown = chosen.get();
            one.indicator == shown.id && !one.parts.is_empty()
        });
        let below = below.map(|one| (chosen.get(), one.parts.clone()));
        Some(view! {
            <Overall all=all.indicators page />
            {below.map(|(indicator, parts)| view! { <Parts indicator parts page /> })}
        })
    };
    let Setting { open, what } = page.setting;
    view! {
        <section class="page page--wide" aria-labelledby="targets-title">
            <Breadcrumb code=code.clone() season />
            <h1 id="targets-title" class="page__title">
                {say::title(words::area_name(&code, season))}
            </h1>
            <p class="page__lead">{lead}</p>
            <Show when=move || saved.with(Option::is_some)>
                <Banner tone="success" icon="check">
                    <p>{move || saved.get()}</p>
                </Banner>
            </Show>
            {remote.notice()}
            {body}
            <p class="button-row">
                <Download href=Signal::stored(Some(format!("/api/targets/csv?area={code}"))) />
            </p>
            <Dialog title=say::form_title() open>
                {move || {
                    let (indicator, own) = what.get().filter(|_| open.get())?;
                    let on_saved = move |_: TargetsView| {
                        open.set(false);
                        saved.set(Some(say::saved(texts::catalogue(&indicator.name))));
                        saves.update(|saves| *saves += 1);
                    };
                    Some(view! { <TargetForm indicator own on_saved /> })
                }}
            </Dialog>
        </section>
    }
}

/// Every indicator: what is asked, what the area has set, and what the areas below come to.
#[component]
fn Overall(all: Vec<IndicatorTargets>, page: Page) -> impl IntoView {
    let is = move |level| page.level == Some(level);
    let rows = all
        .into_iter()
        .filter_map(|one| {
            let indicator = Directive::embedded().indicator(&one.indicator)?;
            Some(view! { <OverallRow indicator one page /> })
        })
        .collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=say::overall()>
            <table class="table table--targets">
                <thead>
                    <tr>
                        <th scope="col">{review::indicator()}</th>
                        <th scope="col" class="table__number">{say::provinces()}</th>
                        {(!is(AreaLevel::Province))
                            .then(|| view! { <th scope="col" class="table__number">{say::own()}</th> })}
                        {is(AreaLevel::Province)
                            .then(|| view! { <th scope="col">{say::districts_sum()}</th> })}
                        {(!is(AreaLevel::Commune))
                            .then(|| view! { <th scope="col">{say::communes_sum()}</th> })}
                        <th scope="col" class="table__number">{say::now()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn OverallRow(indicator: &'static Indicator, one: IndicatorTargets, page: Page) -> impl IntoView {
    let name = texts::catalogue(&indicator.name);
    let level = page.level.unwrap_or(AreaLevel::Commune);
    let goal = held_against(indicator, level, one.own.target.goal);
    // In a commune there is nothing below to choose for.
    let title = match level {
        AreaLevel::Commune => name.into_any(),
        _ => view! {
            <a
                href=move || page.address.with("muc", &indicator.id.to_string())
                aria-current=move || (page.chosen.get().id == indicator.id).then_some("true")
            >
                {name}
            </a>
        }
        .into_any(),
    };
    let own = (level != AreaLevel::Province)
        .then(|| view! { <OwnCell indicator own=one.own.clone() page /> });
    let sums = [one.own.districts, one.own.communes]
        .into_iter()
        .zip(["districts", "communes"])
        .filter_map(|(sum, cell)| {
            let sum = sum?;
            Some(view! { <SumCell indicator sum goal cell named=level != AreaLevel::Province /> })
        })
        .collect_view();
    view! {
        <tr data-indicator=indicator.id.to_string()>
            <th scope="row">{title}</th>
            <td class="table__number" data-cell="province">{asked_words(indicator, Some(level))}</td>
            {own}
            {sums}
            <NowCell indicator own=one.own />
        </tr>
    }
}

/// The areas directly below, each with what it has set beside where it stands.
#[component]
fn Parts(indicator: &'static Indicator, parts: Vec<AreaTarget>, page: Page) -> impl IntoView {
    let summed = page.level == Some(AreaLevel::Province);
    let title = say::by_area(texts::catalogue(&indicator.name));
    let rows = parts
        .into_iter()
        .map(|own| view! { <PartRow indicator own page /> })
        .collect_view();
    view! {
        <h2>{title.clone()}</h2>
        <div class="table-scroll" tabindex="0" role="region" aria-label=title>
            <table class="table table--targets">
                <thead>
                    <tr>
                        <th scope="col">{review::area()}</th>
                        <th scope="col" class="table__number">{say::own()}</th>
                        <th scope="col" class="table__number">{say::now()}</th>
                        <th scope="col" class="table__number">{say::expected()}</th>
                        {summed.then(|| view! { <th scope="col">{say::communes_sum()}</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn PartRow(indicator: &'static Indicator, own: AreaTarget, page: Page) -> impl IntoView {
    let season = season();
    let level = words::area(&own.area, season).map(|area| area.level());
    let link = match level {
        Some(AreaLevel::District) => format!("/chi-tieu/{}?muc={}", own.area, indicator.id),
        _ => format!("/dia-ban/{}", own.area),
    };
    let sum = own.communes.zip(level).map(|(sum, level)| {
        let goal = held_against(indicator, level, own.target.goal);
        view! { <SumCell indicator sum goal cell="communes" named=true /> }
    });
    view! {
        <tr data-area=own.area.to_string()>
            <th scope="row">
                <a href=link>{words::area_name(&own.area, season)}</a>
            </th>
            <OwnCell indicator own=own.clone() page />
            <NowCell indicator own=own.clone() />
            <td class="table__number">{texts::int(own.expected)}</td>
            {sum}
        </tr>
    }
}

/// What an area has set itself, with the plan, and the way to set it.
#[component]
fn OwnCell(indicator: &'static Indicator, own: AreaTarget, page: Page) -> impl IntoView {
    let is_commune =
        words::area(&own.area, season()).is_some_and(|area| area.level() == AreaLevel::Commune);
    let goal = own.target.goal.map(|goal| match is_commune {
        true => say::commune_goal(indicator, goal),
        false => say::goal(indicator, goal),
    });
    let none = goal
        .is_none()
        .then(|| view! { <span class="table__unset">{say::none_set()}</span> });
    let plan = own.target.plan.clone();
    let name = texts::catalogue(&indicator.name);
    let (word, label) = match own.target.goal {
        None => (say::set_it(), say::set_of(name)),
        Some(_) => (texts::common::edit(), say::change_of(name)),
    };
    let label = format!("{label} · {}", words::area_name(&own.area, season()));
    let Setting { open, what } = page.setting;
    let button = own.may_set.then(|| {
        let own = own.clone();
        view! {
            <button
                class="button button--small"
                aria-label=label
                on:click=move |_| {
                    what.set(Some((indicator, own.clone())));
                    open.set(true);
                }
            >
                <Icon name="pencil" />
                {word}
            </button>
        }
    });
    view! {
        <td class="table__number" data-cell="own">
            <div class="targets__own">
                <span>{goal} {none}</span>
                <span class="table__note table__note--wrap">{plan}</span>
                {button}
            </div>
        </td>
    }
}

/// Where an area stands, of how many.
#[component]
fn NowCell(indicator: &'static Indicator, own: AreaTarget) -> impl IntoView {
    let met = own.met.unsigned_abs();
    let expected = own.expected.unsigned_abs();
    let said = match indicator.measure {
        _ if own.reported == 0 => view! {
            <span class="table__unset">{texts::province::not_reported()}</span>
        }
        .into_any(),
        Measure::Share(_) => texts::rate(met, expected).into_any(),
        _ => texts::int(own.met).into_any(),
    };
    let of = (own.expected > 0).then(|| {
        let coverage = format!("{}/{}", texts::int(own.reported), texts::int(own.expected));
        view! { <span class="table__note">{review::reported(coverage)}</span> }
    });
    view! {
        <td class="table__number" data-cell="now">
            {said}
            {of}
        </td>
    }
}

/// What own targets come to, of how many areas, and what that says of the figure above them.
#[component]
fn SumCell(
    indicator: &'static Indicator,
    sum: Sum,
    goal: Option<Hundredths>,
    cell: &'static str,
    /// Whether the figure above is said: it stands in no other column.
    named: bool,
) -> impl IntoView {
    let shown = sum
        .shown(indicator)
        .filter(|_| sum.set > 0)
        .map(|it| say::goal(indicator, it).replace("≥ ", "").replace("≤ ", ""));
    let reach = goal.and_then(|goal| sum.reach(indicator, goal));
    let verdict = reach.map(|reach| {
        let (tone, icon, word) = match reach {
            Reach::Enough => ("accepted", "check", say::enough()),
            Reach::Short { .. } => ("returned", "warning", say::short()),
            Reach::Open { .. } => ("empty", "circle", say::open()),
        };
        view! {
            <span class=format!("badge badge--{tone}")>
                <Icon name=icon />
                {word}
            </span>
        }
    });
    let why = reach.and_then(|said| say::reach(indicator, said, sum.missing()));
    let against = match goal {
        Some(goal) => named.then(|| say::against(say::goal(indicator, goal))),
        None => Some(say::nothing_above().to_owned()),
    };
    view! {
        <td class="targets__sum" data-cell=cell>
            <span class="targets__figure">
                <strong>{shown.unwrap_or_else(|| "—".to_owned())}</strong>
                {verdict}
            </span>
            <span class="table__note">
                {say::coverage(sum.set, sum.asked)}
                {against.map(|against| format!(" · {against}"))}
            </span>
            <span class="table__note">{why}</span>
        </td>
    }
}
