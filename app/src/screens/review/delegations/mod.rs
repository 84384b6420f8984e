//! Review in colleagues' hands: what was given and taken, and the form for another.

mod form;

use super::download::Download;
use super::remote::Remote;
use super::season;
use crate::sync::transport;
use crate::texts::delegations as say;
use crate::texts::{common, words};
use crate::ui::{Banner, Dialog, Icon, Refused};
use form::Give;
use leptos::prelude::*;
use thidua_domain::api::{DelegationView, DelegationsView};
use thidua_domain::date::Date;
use thidua_domain::delegation::Stage;

/// What is open over the table.
#[derive(Clone, PartialEq)]
enum Doing {
    Giving,
    /// Asking before this one ends.
    Ending(DelegationView),
}

/// What the page shares with its parts.
#[derive(Clone, Copy)]
struct Page {
    remote: Remote<DelegationsView>,
    doing: RwSignal<Option<Doing>>,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
    said: RwSignal<Option<String>>,
    problem: RwSignal<Option<String>>,
}

impl Page {
    fn begin(self, doing: Doing) {
        self.problem.set(None);
        self.said.set(None);
        self.doing.set(Some(doing));
        self.open.set(true);
    }

    /// Sends, and shows what there is then.
    fn send<T: serde::Serialize + 'static>(self, url: String, body: T, said: String) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        leptos::task::spawn_local(async move {
            let answer = transport::json("POST", &url, Some(&body)).await;
            self.busy.set(false);
            match answer {
                Ok(view) => {
                    self.remote.value.set(Some(view));
                    self.said.set(Some(said));
                    self.open.set(false);
                }
                Err(error) => {
                    let words = crate::texts::faults::no_answer(&error);
                    self.problem.set(Some(words));
                }
            }
        });
    }
}

/// The page.
#[component]
pub fn DelegationsScreen() -> impl IntoView {
    let page = Page {
        remote: Remote::read(|| Some("/api/delegations".to_owned()), || {}),
        doing: RwSignal::new(None),
        open: RwSignal::new(false),
        busy: RwSignal::new(false),
        said: RwSignal::new(None),
        problem: RwSignal::new(None),
    };
    let rights = super::rights::Rights::here();
    let there = Memo::new(move |_| page.remote.value.get());
    let alone = move || {
        let nobody = |view: &DelegationsView| view.colleagues.is_empty();
        rights.own() && there.with(|view| view.as_ref().is_some_and(nobody))
    };
    let may_give = move || {
        let some = |view: &DelegationsView| !view.colleagues.is_empty();
        there.with(|view| view.as_ref().is_some_and(some))
    };
    let rows = move || {
        let view = there.get()?;
        let today = view.today;
        let rows = view.delegations.into_iter();
        Some(
            rows.map(|it| view! { <Row it today page /> })
                .collect_view(),
        )
    };
    let empty = move || {
        there.with(|view| {
            view.as_ref()
                .is_some_and(|view| view.delegations.is_empty())
        })
    };
    let some = move || {
        there.with(|view| {
            view.as_ref()
                .is_some_and(|view| !view.delegations.is_empty())
        })
    };
    view! {
        <section class="page page--wide" aria-labelledby="delegations-title">
            <div class="section-head">
                <div>
                    <h1 id="delegations-title" class="page__title">
                        {say::title()}
                    </h1>
                    <p class="page__lead">{say::lead()}</p>
                </div>
                <Show when=may_give>
                    <button
                        class="button button--primary"
                        on:click=move |_| page.begin(Doing::Giving)
                    >
                        <Icon name="plus" />
                        {say::give()}
                    </button>
                </Show>
            </div>
            {move || {
                page.said
                    .get()
                    .map(|said| {
                        view! {
                            <Banner tone="success" icon="check">
                                <p role="status">{said}</p>
                            </Banner>
                        }
                    })
            }}
            {page.remote.notice()}
            <Show when=alone>
                <p class="page__lead">{say::nobody()}</p>
            </Show>
            <Show when=empty>
                <p class="empty">
                    <Icon name="user" />
                    <span class="empty__title">{say::none()}</span>
                    <span class="empty__text">{say::none_text()}</span>
                </p>
            </Show>
            <Show when=some>
                <div class="table-scroll" tabindex="0" role="region" aria-label=say::table()>
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{say::who()}</th>
                                <th scope="col">{say::where_()}</th>
                                <th scope="col">{say::what()}</th>
                                <th scope="col">{say::term()}</th>
                                <th scope="col">{say::state()}</th>
                                <th scope="col">{say::work()}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <p class="button-row">
                    <Download href=Signal::stored(Some("/api/delegations/csv".to_owned())) />
                </p>
            </Show>
            <Dialog title=say::title() open=page.open>
                {move || match page.doing.get().filter(|_| page.open.get()) {
                    None => ().into_any(),
                    Some(Doing::Giving) => view! { <Give page /> }.into_any(),
                    Some(Doing::Ending(it)) => view! { <AskEnd it page /> }.into_any(),
                }}
            </Dialog>
        </section>
    }
}

#[component]
fn Row(it: DelegationView, today: Date, page: Page) -> impl IntoView {
    let season = season();
    let terms = &it.delegation.terms;
    let areas = terms.areas.iter();
    let areas: Vec<_> = areas.map(|area| words::area_name(area, season)).collect();
    let titles: Vec<_> = terms
        .titles
        .iter()
        .copied()
        .map(words::assessment)
        .collect();
    let titles = match titles.is_empty() {
        true => say::all_titles().to_owned(),
        false => titles.join(", "),
    };
    let days = say::days(
        crate::texts::day(terms.from),
        crate::texts::day(terms.until),
    );
    let stage = it.delegation.stage(today);
    let ended = it.delegation.ended.as_ref().map(|ended| {
        let when = crate::texts::moment(ended.at_ms);
        view! { <span class="table__note">{say::ended_by(&ended.by, when)}</span> }
    });
    let accounts = say::from_to(&it.delegation.by, &terms.to);
    let ending = it.clone();
    let end = it.may_end.then(|| {
        view! {
            <button
                class="button button--small"
                aria-label=say::end_of(&it.to_name)
                on:click=move |_| page.begin(Doing::Ending(ending.clone()))
            >
                {say::end()}
            </button>
        }
    });
    view! {
        <tr data-delegation=it.delegation.id.to_string()>
            <th scope="row">
                {say::from_to(&it.by_name, &it.to_name)} <span class="table__note">{accounts}</span>
            </th>
            <td>{areas.join(", ")}</td>
            <td>{titles}</td>
            <td>{days} <span class="table__note">{terms.paper.clone()}</span></td>
            <td>
                <StageBadge stage />
                {ended}
            </td>
            <td>{end}</td>
        </tr>
    }
}

#[component]
fn StageBadge(stage: Stage) -> impl IntoView {
    let (tone, icon) = match stage {
        Stage::Ahead => ("draft", "calendar"),
        Stage::InForce => ("accepted", "check"),
        Stage::Over => ("empty", "clock"),
        Stage::Ended => ("empty", "close"),
    };
    view! {
        <span class=format!("badge badge--{tone}")>
            <Icon name=icon />
            {say::stage(stage)}
        </span>
    }
}

#[component]
fn AskEnd(it: DelegationView, page: Page) -> impl IntoView {
    let url = format!("/api/delegations/{}/end", it.delegation.id);
    view! {
        <p>{say::confirm_end(it.by_name, it.to_name)}</p>
        <Refused problem=page.problem />
        <div class="dialog__actions">
            <button class="button" on:click=move |_| page.open.set(false)>
                {common::cancel()}
            </button>
            <button
                class="button button--primary"
                disabled=move || page.busy.get()
                on:click=move |_| page.send(url.clone(), (), say::ended().to_owned())
            >
                {say::end()}
            </button>
        </div>
    }
}
