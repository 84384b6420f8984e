//! Accounts as administrators keep them.

mod form;

use super::remote::Remote;
use super::season;
use crate::sync::transport;
use crate::texts::accounts as texts;
use crate::texts::{common, words};
use crate::ui::{Banner, Dialog, Icon, Refused, TextField};
use form::AccountForm;
use leptos::prelude::*;
use thidua_domain::api::{AccountView, NewPassword};
use thidua_domain::text::fold;

/// What is open over the table.
#[derive(Clone, PartialEq)]
enum Doing {
    Nothing,
    /// Adding one, or changing this one.
    Form(Option<AccountView>),
    /// Asking before this account gets another password.
    Password(String),
}

/// What the page shares with its parts.
#[derive(Clone, Copy)]
struct Page {
    remote: Remote<Vec<AccountView>>,
    doing: RwSignal<Doing>,
    open: RwSignal<bool>,
    /// The password that was made last, until it was written down.
    made: RwSignal<Option<NewPassword>>,
    said: RwSignal<Option<String>>,
    problem: RwSignal<Option<String>>,
    again: RwSignal<u32>,
}

impl Page {
    fn begin(self, doing: Doing) {
        self.problem.set(None);
        self.said.set(None);
        self.doing.set(doing);
        self.open.set(true);
    }

    /// A password was made: it is shown, and the list read again.
    fn made(self, password: NewPassword) {
        self.made.set(Some(password));
        self.open.set(false);
        self.again.update(|count| *count += 1);
    }
}

/// The page.
#[component]
pub fn AccountsScreen() -> impl IntoView {
    let again = RwSignal::new(0);
    let page = Page {
        remote: Remote::read(
            || Some("/api/accounts".to_owned()),
            move || {
                again.get();
            },
        ),
        doing: RwSignal::new(Doing::Nothing),
        open: RwSignal::new(false),
        made: RwSignal::new(None),
        said: RwSignal::new(None),
        problem: RwSignal::new(None),
        again,
    };
    let searched = RwSignal::new(String::new());
    let shown = Memo::new(move |_| {
        let wanted = fold(&searched.get());
        let mut all = page.remote.value.get().unwrap_or_default();
        all.retain(|account| {
            let areas = account.facts.areas.iter();
            let names = areas.map(|area| words::area_name(area, season()));
            let text = [account.name.clone(), account.facts.display_name.clone()];
            let mut text = text.into_iter().chain(names);
            text.any(|text| fold(&text).contains(&wanted))
        });
        all
    });
    let rows = move || {
        let shown = shown.get().into_iter();
        shown
            .map(|account| view! { <Row account page /> })
            .collect_view()
    };
    view! {
        <section class="page page--wide" aria-labelledby="accounts-title">
            <div class="section-head">
                <div>
                    <h1 id="accounts-title" class="page__title">{texts::title()}</h1>
                    <p class="page__lead">{texts::lead()}</p>
                </div>
                <div class="button-row">
                    <a class="button" href="/uy-quyen">
                        <Icon name="user" />
                        {crate::texts::delegations::title()}
                    </a>
                    <button
                        class="button button--primary"
                        on:click=move |_| page.begin(Doing::Form(None))
                    >
                        <Icon name="plus" />
                        {texts::add()}
                    </button>
                </div>
            </div>
            <Made page />
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
            <Show when=move || !page.open.get()>
                <Refused problem=page.problem />
            </Show>
            {page.remote.notice()}
            <Show when=move || page.remote.value.with(Option::is_some)>
                <TextField
                    label=texts::search()
                    value=searched
                    on_change=move |text| searched.set(text)
                    max_length=80
                />
                <p class="page__lead" role="status">
                    {move || texts::count(shown.with(Vec::len))}
                </p>
                <Show
                    when=move || shown.with(|shown| !shown.is_empty())
                    fallback=|| view! { <p class="empty">{texts::none_found()}</p> }
                >
                    <div class="table-scroll" tabindex="0" role="region" aria-label=texts::table()>
                        <table class="table">
                            <thead>
                                <tr>
                                    <th scope="col">{texts::name()}</th>
                                    <th scope="col">{texts::role()}</th>
                                    <th scope="col">{texts::areas()}</th>
                                    <th scope="col">{texts::where_()}</th>
                                    <th scope="col">{texts::work()}</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </Show>
            </Show>
            <Dialog title=texts::title() open=page.open>
                {move || {
                    match page.doing.get() {
                        _ if !page.open.get() => ().into_any(),
                        Doing::Nothing => ().into_any(),
                        Doing::Form(account) => view! { <AccountForm account page /> }.into_any(),
                        Doing::Password(name) => view! { <AskPassword name page /> }.into_any(),
                    }
                }}
            </Dialog>
        </section>
    }
}

/// The password that was made, until it was written down.
#[component]
fn Made(page: Page) -> impl IntoView {
    move || {
        page.made.get().map(|made| {
            view! {
                <Banner tone="warning" icon="info">
                    <p>{texts::password_made(made.account)}</p>
                    <p>
                        <code class="made-password" data-password="">
                            {made.password}
                        </code>
                    </p>
                    <p>{texts::password_note()}</p>
                    <button class="button" on:click=move |_| page.made.set(None)>
                        <Icon name="check" />
                        {texts::password_put_away()}
                    </button>
                </Banner>
            }
        })
    }
}

#[component]
fn Row(account: AccountView, page: Page) -> impl IntoView {
    let name = account.name.clone();
    let areas = account.facts.areas.iter();
    let areas: Vec<_> = areas.map(|area| words::area_name(area, season())).collect();
    let disabled = account.facts.disabled.then(|| {
        view! {
            <span class="badge badge--returned">
                <Icon name="warning" />
                {texts::disabled()}
            </span>
        }
    });
    let changed = account.clone();
    let change = move |_| page.begin(Doing::Form(Some(changed.clone())));
    let for_password = name.clone();
    let password = move |_| page.begin(Doing::Password(for_password.clone()));
    view! {
        <tr data-account=name.clone()>
            <th scope="row">
                {name.clone()} <span class="table__note">{account.facts.display_name.clone()}</span>
                {disabled}
            </th>
            <td>{words::role(account.facts.role)}</td>
            <td>{areas.join(", ")}</td>
            <td>
                <Whereabouts account=account.clone() page />
            </td>
            <td>
                <div class="button-row">
                    <button
                        class="button button--small"
                        aria-label=texts::change(&name)
                        on:click=change
                    >
                        <Icon name="pencil" />
                        {common::edit()}
                    </button>
                    <button
                        class="button button--small"
                        aria-label=texts::new_password_for(&name)
                        on:click=password
                    >
                        {texts::new_password()}
                    </button>
                </div>
            </td>
        </tr>
    }
}

/// Where an account is signed in, and from where it has sent.
#[component]
fn Whereabouts(account: AccountView, page: Page) -> impl IntoView {
    let (sessions, devices) = (account.sessions.len(), account.devices.len());
    let head = format!(
        "{} · {}",
        texts::sessions(sessions),
        texts::devices(devices)
    );
    if sessions + devices == 0 {
        return view! { <span class="table__note">{head}</span> }.into_any();
    }
    let name = account.name.clone();
    let open = account
        .sessions
        .into_iter()
        .map(|session| {
            let said = texts::session(
                crate::texts::moment(session.opened_ms),
                crate::texts::moment(session.used_ms),
            );
            let own = session
                .own
                .then(|| view! { <span class="table__note">{texts::own_session()}</span> });
            let url = format!("/api/accounts/{name}/sessions/{}", session.id);
            let end = move |_| {
                let url = url.clone();
                page.said.set(None);
                page.problem.set(None);
                leptos::task::spawn_local(async move {
                    match transport::json("DELETE", &url, None::<&()>).await {
                        Ok(all) => {
                            page.remote.value.set(Some(all));
                            page.said.set(Some(texts::session_ended().to_owned()));
                        }
                        Err(error) => page
                            .problem
                            .set(Some(crate::texts::faults::no_answer(&error))),
                    }
                });
            };
            let button = (!session.own).then(|| {
                view! {
                    <button
                        class="button button--small"
                        aria-label=texts::end_session_of(&name)
                        on:click=end
                    >
                        {texts::end_session()}
                    </button>
                }
            });
            view! { <li>{said} {own} {button}</li> }
        })
        .collect_view();
    let sent = account
        .devices
        .into_iter()
        .map(|device| {
            let last = device
                .last_ms
                .map_or_else(|| texts::never().to_owned(), crate::texts::moment);
            let id = device.device.to_string();
            view! { <li>{texts::device(id, device.held, last)}</li> }
        })
        .collect_view();
    view! {
        <details class="history">
            <summary class="history__summary">{head}</summary>
            <ul class="whereabouts">{open} {sent}</ul>
        </details>
    }
    .into_any()
}

#[component]
fn AskPassword(name: String, page: Page) -> impl IntoView {
    let busy = RwSignal::new(false);
    let url = format!("/api/accounts/{name}/password");
    let set = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let url = url.clone();
        leptos::task::spawn_local(async move {
            let answer = transport::json("POST", &url, Some(&())).await;
            busy.set(false);
            match answer {
                Ok(password) => page.made(password),
                Err(error) => page
                    .problem
                    .set(Some(crate::texts::faults::no_answer(&error))),
            }
        });
    };
    view! {
        <p>{texts::confirm_password(name)}</p>
        <Refused problem=page.problem />
        <div class="dialog__actions">
            <button class="button" on:click=move |_| page.open.set(false)>
                {common::cancel()}
            </button>
            <button class="button button--primary" disabled=move || busy.get() on:click=set>
                {texts::set_it()}
            </button>
        </div>
    }
}
