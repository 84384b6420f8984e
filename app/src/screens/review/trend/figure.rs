//! The way of a figure that a body reports: as it was said in the course of the year.

use super::super::live::Live;
use super::super::overview::figure_words;
use super::super::remote::Remote;
use crate::texts;
use crate::ui::{Line, LineChart, LineKind};
use leptos::prelude::*;
use thidua_domain::api::{FigureView, Figures};
use thidua_domain::catalogue::Indicator;
use thidua_domain::date::Date;
use thidua_domain::figure::{self, Figure};
use thidua_domain::quantity::Hundredths;

#[component]
pub(super) fn FigureTrend(indicator: &'static Indicator) -> impl IntoView {
    let live = expect_context::<Live>();
    let province = crate::areas::tree().province().code.clone();
    let news = live.news_of_feed(province);
    let remote = Remote::<Figures>::read(
        || Some("/api/figures".to_owned()),
        move || {
            news.get();
        },
    );
    let body = move || {
        let all = remote.value.get()?;
        let mut views = all.figures.into_iter();
        let view = views.find(|view| view.indicator == indicator.id)?;
        Some(drawing(indicator, &view))
    };
    view! {
        <p class="page__lead">{texts::trend::lead_figure()}</p>
        {remote.notice()}
        {body}
    }
}

fn drawing(indicator: &'static Indicator, view: &FigureView) -> AnyView {
    let edits = view
        .history
        .iter()
        .rev()
        .filter(|item| item.rejected.is_none());
    let points = figure::reported(edits.map(|item| &item.edit));
    let Some((last, value)) = points.last().copied() else {
        return view! { <p class="empty">{texts::trend::nothing_reported()}</p> }.into_any();
    };
    let value_of = |value: Hundredths| value.0 as f64 / 100.0;
    let written = |value: Hundredths| {
        let figure = Figure {
            value: Some(value),
            ..Figure::default()
        };
        figure_words(indicator, &figure)
    };
    let year = last.year();
    let first = Date::new(year, 1, 1).unwrap_or(last);
    let target = indicator.target.map(|target| {
        let label = texts::trend::target_label(texts::hundredths(target));
        (value_of(target), label)
    });
    let lines = vec![Line {
        name: texts::trend::figure().to_owned(),
        kind: LineKind::Main,
        points: points
            .iter()
            .map(|(day, value)| (*day, value_of(*value)))
            .collect(),
    }];
    let rows = points
        .iter()
        .rev()
        .map(|(day, value)| {
            view! {
                <tr>
                    <th scope="row">{texts::day(*day)}</th>
                    <td class="table__number">{written(*value)}</td>
                </tr>
            }
        })
        .collect_view();
    let told = texts::trend::told_figure(points.len(), written(value), last);
    let province = crate::areas::tree().province().name.clone();
    view! {
        <div class="trend">
            <figure class="trend__drawing">
                <LineChart
                    title=texts::trend::chart(texts::catalogue(&indicator.name), province)
                    description=told.clone()
                    span=(first, Date::last_of_year(year))
                    known_to=last
                    lines
                    target
                    fan=None
                    unit=""
                />
            </figure>
            <p>{told}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=texts::trend::figure()>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{texts::trend::day()}</th>
                            <th scope="col" class="table__number">
                                {texts::trend::figure()}
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}
