//! Figures that bodies report for the province as a whole, entered with day and source.

mod form;

use super::download::Download;
use super::live::Live;
use super::overview::{figure_words, target_words};
use super::remote::Remote;
use super::season;
use crate::texts::{self, common, figures as say, review, stored};
use crate::ui::{Banner, Dialog, Icon, VerdictBadge};
use form::FigureForm;
use leptos::prelude::*;
use std::collections::BTreeMap;
use thidua_domain::api::{FigureView, Figures, HistoryItem};
use thidua_domain::catalogue::{Direction, Directive, Indicator};
use thidua_domain::date::Date;
use thidua_domain::figure::{self, field};
use thidua_domain::quantity::Hundredths;
use thidua_domain::record::Value;

/// The page.
#[component]
pub fn FiguresScreen() -> impl IntoView {
    let live = expect_context::<Live>();
    let province = crate::areas::tree().province().code.clone();
    let news = live.news_of_feed(province);
    let remote = Remote::<Figures>::read(
        || Some("/api/figures".to_owned()),
        move || {
            news.get();
        },
    );
    let editing = RwSignal::new(None::<FigureView>);
    let open = RwSignal::new(false);
    let saved = RwSignal::new(None::<String>);
    let may_report = Memo::new(move |_| {
        remote
            .value
            .with(|all| all.as_ref().is_some_and(|all| all.may_report))
    });
    let rows = move || {
        let all = remote.value.get()?;
        let rows = all
            .figures
            .into_iter()
            .filter_map(|view| {
                let indicator = Directive::embedded().indicator(&view.indicator)?;
                Some(view! { <Row view indicator may_report editing open /> })
            })
            .collect_view();
        Some(view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label=say::table()>
                <table class="table table--figures">
                    <thead>
                        <tr>
                            <th scope="col">{review::indicator()}</th>
                            <th scope="col" class="table__number">{say::figure()}</th>
                            <th scope="col">{review::verdict()}</th>
                            <th scope="col">{say::source()}</th>
                            <th scope="col">{say::action()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        })
    };
    view! {
        <section class="page page--wide" aria-labelledby="figures-title">
            <h1 id="figures-title" class="page__title">{review::figures()}</h1>
            <p class="page__lead">
                {say::lead()}
            </p>
            <Show when=move || saved.with(Option::is_some)>
                <Banner tone="success" icon="check">
                    <p>{move || saved.get()}</p>
                </Banner>
            </Show>
            {remote.notice()}
            {rows}
            <p class="button-row">
                <Download href=Signal::stored(Some("/api/figures/csv".to_owned())) />
            </p>
            <Dialog title=say::enter_figure() open>
                {move || {
                    let view = editing.get()?;
                    let indicator = Directive::embedded().indicator(&view.indicator)?;
                    Some(
                        view! {
                            <FigureForm
                                view
                                indicator
                                on_saved=move |all: Figures| {
                                    remote.value.set(Some(all));
                                    open.set(false);
                                    saved.set(Some(say::saved(texts::catalogue(&indicator.name))));
                                }
                            />
                        },
                    )
                }}
            </Dialog>
        </section>
    }
}

#[component]
fn Row(
    view: FigureView,
    indicator: &'static Indicator,
    may_report: Memo<bool>,
    editing: RwSignal<Option<FigureView>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let figure = view.figure.clone();
    let there = figure.is_there(indicator);
    let verdict = figure::verdict(indicator, Some(&figure));
    let value = if there {
        figure_words(indicator, &figure)
    } else {
        "—".to_owned()
    };
    let as_of = figure.as_of.filter(|_| there).map(review::until);
    let compared = figure.baseline.or(indicator.baseline).map(|baseline| {
        let number = texts::hundredths(baseline);
        say::last_year(number)
    });
    let missing = (there
        && figure.baseline.is_none()
        && matches!(
            indicator.direction,
            Direction::Increase | Direction::Decrease
        ))
    .then(|| say::no_last_year().to_owned());
    let source = if there {
        figure.source.clone()
    } else {
        say::reports(texts::catalogue(&indicator.entered_by))
    };
    let note = figure.note.clone();
    let history = (!view.history.is_empty()).then(|| {
        view! { <History history=view.history.clone() /> }
    });
    let goal = match indicator.target {
        Some(_) => say::goal(target_words(indicator)),
        None => target_words(indicator),
    };
    let name = texts::catalogue(&indicator.name);
    let (word, label) = if there {
        (common::edit(), say::edit_of(name))
    } else {
        (say::enter(), say::enter_of(name))
    };
    let chosen = StoredValue::new(view);
    let edit = move || {
        let label = label.clone();
        view! {
            <button
                class="button button--small"
                aria-label=label
                on:click=move |_| {
                    editing.set(Some(chosen.get_value()));
                    open.set(true);
                }
            >
                <Icon name="pencil" />
                {word}
            </button>
        }
    };
    view! {
        <tr data-indicator=indicator.id.to_string()>
            <th scope="row">
                {texts::catalogue(&indicator.name)}
                <span class="table__note">
                    {say::section_goal(&indicator.section, goal)}
                </span>
            </th>
            <td class="table__number" data-cell="value">
                {value}
                <span class="table__note">{as_of}</span>
                <span class="table__note">{compared}</span>
            </td>
            <td class="table__verdict">
                <VerdictBadge verdict />
                <span class="table__note">{missing}</span>
            </td>
            <td class="table__source">
                {source}
                <span class="table__note">{note}</span>
                {history}
            </td>
            <td>{move || may_report.get().then(&edit)}</td>
        </tr>
    }
}

/// Who changed what, and from what.
#[component]
fn History(history: Vec<HistoryItem>) -> impl IntoView {
    let count = history.len();
    let items = steps(&history)
        .into_iter()
        .map(|(item, changes)| {
            let changes = changes
                .into_iter()
                .map(|(name, before, after)| {
                    let before = before.map(|value| format!("{} → ", shown(&name, &value)));
                    view! {
                        <li>
                            {format!("{}: ", label(&name))} {before}
                            <strong>{shown(&name, &after)}</strong>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <li class="timeline__item">
                    <p class="timeline__when">
                        <strong>{item.edit.author.clone()}</strong>
                        {format!(" · {}", texts::moment(item.received_ms))}
                    </p>
                    <ul>{changes}</ul>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="history">
            <summary class="history__summary">{say::history(count)}</summary>
            <ol class="timeline">{items}</ol>
        </details>
    }
}

type Step = (String, Option<Value>, Value);

/// The edits with what each value replaced, newest first as they came.
fn steps(history: &[HistoryItem]) -> Vec<(HistoryItem, Vec<Step>)> {
    let mut known: BTreeMap<String, Value> = BTreeMap::new();
    let mut steps: Vec<_> = history
        .iter()
        .rev()
        .map(|item| {
            let changes = item
                .edit
                .changes
                .iter()
                .map(|change| {
                    let name = change.field.as_str().to_owned();
                    let before = known.insert(name.clone(), change.value.clone());
                    (name, before, change.value.clone())
                })
                .collect();
            (item.clone(), changes)
        })
        .collect();
    steps.reverse();
    steps
}

fn label(name: &str) -> &str {
    match name {
        field::VALUE => say::figure(),
        field::BASELINE => say::field_last_year(),
        field::AS_OF => say::closing_date(),
        field::SOURCE => say::source(),
        field::NOTE => common::note(),
        other => other,
    }
}

fn shown(name: &str, value: &Value) -> String {
    match (name, value) {
        (field::VALUE | field::BASELINE, Value::Int(number)) => {
            texts::hundredths(Hundredths(*number))
        }
        (field::AS_OF, Value::Text(date)) => {
            Date::parse_iso(date).map_or_else(|| date.clone(), Date::format_vi)
        }
        (_, Value::Text(text)) => text.clone(),
        (_, Value::Null) => say::empty().to_owned(),
        (_, other) => stored::value_words(other),
    }
}
