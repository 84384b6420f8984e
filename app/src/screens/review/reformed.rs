//! The same year seen by the communes that the reform of 2025 made.

use super::download::Download;
use super::live::Live;
use super::overview::tally_of;
use super::remote::Remote;
use super::season;
use crate::texts::{self, reformed as say, words};
use crate::ui::{Choice, SelectField};
use leptos::prelude::*;
use thidua_domain::api::{AreaTallies, ReformedOverview};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;

/// The switch between the year's own areas and those since the reform, for pages of the whole province.
#[component]
pub fn TreeSwitch(
    /// Whether the page shows the new ones.
    reformed: bool,
) -> impl IntoView {
    let current = |here: bool| here.then_some("page");
    view! {
        <nav class="button-row" aria-label=say::trees()>
            <a class="button" href="/" aria-current=current(!reformed)>
                {say::old_tree()}
            </a>
            <a class="button" href="/dia-gioi-moi" aria-current=current(reformed)>
                {say::new_tree()}
            </a>
        </nav>
    }
}

/// The page.
#[component]
pub fn ReformedScreen() -> impl IntoView {
    let season = season();
    let live = expect_context::<Live>();
    let province = crate::areas::tree().province().code.clone();
    let news = live.news_of(move || Some(province.clone()), season);
    let remote = Remote::<ReformedOverview>::read(
        || Some("/api/overview/reformed".to_owned()),
        move || {
            news.get();
        },
    );
    let chosen = RwSignal::new(Assessment::CulturalFamily);
    let choices: Vec<Choice> = Assessment::ALL
        .into_iter()
        .map(|it| Choice::new(it.as_str(), words::assessment(it)))
        .collect();
    let rows = move || {
        let assessment = chosen.get();
        remote.value.get().map(|found| {
            let own = view! { <Row counts=found.own assessment /> };
            let communes = found.communes.into_iter();
            let communes = communes.map(|counts| view! { <Row counts assessment /> });
            (own, communes.collect_view())
        })
    };
    view! {
        <section class="page page--wide" aria-labelledby="reformed-title">
            <h1 id="reformed-title" class="page__title">
                {say::title()}
            </h1>
            <TreeSwitch reformed=true />
            <p class="field__hint">{say::lead()}</p>
            <div class="toolbar">
                <SelectField
                    label=say::indicator()
                    choices=Signal::stored(choices)
                    value=Signal::derive(move || chosen.get().as_str().to_owned())
                    on_change=move |value: String| {
                        if let Some(assessment) = Assessment::parse(&value) {
                            chosen.set(assessment);
                        }
                    }
                />
            </div>
            {remote.notice()}
            <div class="table-scroll" tabindex="0" role="region" aria-label=say::table()>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{say::commune()}</th>
                            <th scope="col">{say::made_of()}</th>
                            <th scope="col" class="table__number">{say::accepted()}</th>
                            <th scope="col" class="table__number">{say::expected()}</th>
                            <th scope="col" class="table__number">{say::rate()}</th>
                            <th scope="col" class="table__number">{say::reported()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="button-row">
                <Download href=Signal::stored(Some("/api/overview/reformed/csv".to_owned())) />
            </p>
        </section>
    }
}

/// Names of the communes of the season that became part of one.
fn parts(code: &AreaCode) -> String {
    let parts = crate::areas::tree().predecessors(code);
    let names = parts.map(|part| words::area_name(&part.from, season()));
    names.collect::<Vec<_>>().join(", ")
}

#[component]
fn Row(counts: AreaTallies, assessment: Assessment) -> impl IntoView {
    let tree = crate::areas::tree();
    let tally = tally_of(&counts.tallies, assessment);
    let whole = counts.area == tree.province().code;
    let name = match tree.get(&counts.area, tree.reformed_on()) {
        Some(area) if !whole => words::area_called(area),
        _ => say::province().to_owned(),
    };
    let made_of = if whole {
        String::new()
    } else {
        parts(&counts.area)
    };
    let (met, expected) = (tally.accepted.met, tally.expected);
    view! {
        <tr data-area=counts.area.to_string()>
            <th scope="row">{name}</th>
            <td>{made_of}</td>
            <td class="table__number">{texts::int(met)}</td>
            <td class="table__number">{texts::int(expected)}</td>
            <td class="table__number">
                {texts::rate(met.unsigned_abs(), expected.unsigned_abs())}
            </td>
            <td class="table__number">{texts::int(tally.reported())}</td>
        </tr>
    }
}
