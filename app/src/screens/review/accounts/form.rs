//! Adding an account, and changing one.

use super::Page;
use crate::screens::review::area_choice::AreaChoice;
use crate::sync::transport;
use crate::texts::accounts as texts;
use crate::texts::{common, words};
use crate::ui::{Choice, Refused, SelectField, TextField};
use leptos::prelude::*;
use thidua_domain::access::Role;
use thidua_domain::api::{AccountChange, AccountFacts, AccountView, NewAccount};
use thidua_domain::area::{Area, AreaLevel};

/// The form; what it changes is bound to what was on the screen.
#[component]
pub(super) fn AccountForm(account: Option<AccountView>, page: Page) -> impl IntoView {
    let seen = account.as_ref().map(|account| account.facts.clone());
    let known = account.map(|account| account.name);
    let name = RwSignal::new(known.clone().unwrap_or_default());
    let start = seen.clone().unwrap_or(AccountFacts {
        display_name: String::new(),
        role: Role::CommuneOfficer,
        areas: Vec::new(),
        disabled: false,
    });
    let display_name = RwSignal::new(start.display_name);
    let role = RwSignal::new(start.role);
    let areas = RwSignal::new(start.areas);
    let disabled = RwSignal::new(start.disabled);
    let busy = RwSignal::new(false);
    let before = StoredValue::new(seen);
    let save = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        page.problem.set(None);
        let facts = AccountFacts {
            display_name: display_name.get_untracked(),
            role: role.get_untracked(),
            areas: areas.get_untracked(),
            disabled: disabled.get_untracked(),
        };
        let name = name.get_untracked().trim().to_owned();
        leptos::task::spawn_local(async move {
            let outcome = match before.get_value() {
                None => {
                    let asked = NewAccount { name, facts };
                    transport::json("POST", "/api/accounts", Some(&asked))
                        .await
                        .map(|password| page.made(password))
                }
                Some(seen) => {
                    let url = format!("/api/accounts/{name}");
                    let asked = AccountChange { seen, facts };
                    transport::json("POST", &url, Some(&asked))
                        .await
                        .map(|all| {
                            page.remote.value.set(Some(all));
                            page.said.set(Some(texts::saved(name)));
                            page.open.set(false);
                        })
                }
            };
            busy.set(false);
            if let Err(error) = outcome {
                page.problem
                    .set(Some(crate::texts::faults::no_answer(&error)));
            }
        });
    };
    let roles: Vec<_> = Role::ALL
        .into_iter()
        .map(|role| Choice::new(role.as_str(), words::role(role)))
        .collect();
    let is_new = known.is_none();
    let heading = known
        .clone()
        .map(|name| view! { <p><strong>{name}</strong></p> });
    let name_field = is_new.then(|| {
        view! {
            <TextField
                label=texts::name()
                value=name
                on_change=move |text| name.set(text)
                max_length=32
                hint=texts::name_hint()
            />
        }
    });
    let lock = (!is_new).then(|| view! { <Lock disabled /> });
    view! {
        {heading}
        {name_field}
        <TextField
            label=texts::display_name()
            value=display_name
            on_change=move |text| display_name.set(text)
            max_length=100
        />
        <SelectField
            label=texts::role()
            choices=Signal::stored(roles)
            value=Signal::derive(move || role.get().as_str().to_owned())
            on_change=move |word: String| {
                if let Some(chosen) = Role::parse(&word) {
                    role.set(chosen);
                }
            }
        />
        <AreaChoice
            areas
            is_offered=move |area: &Area| {
                role.get() != Role::CommuneOfficer || area.level() == AreaLevel::Commune
            }
        />
        {lock}
        <Refused problem=page.problem />
        <div class="dialog__actions">
            <button class="button" on:click=move |_| page.open.set(false)>
                {common::cancel()}
            </button>
            <button class="button button--primary" disabled=move || busy.get() on:click=save>
                {common::save()}
            </button>
        </div>
    }
}

/// Whether the account may sign in.
#[component]
fn Lock(disabled: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                class="check__box"
                prop:checked=move || !disabled.get()
                on:change=move |event| disabled.set(!event_target_checked(&event))
            />
            {texts::may_sign_in()}
        </label>
        <p class="field__hint">{texts::disable_hint()}</p>
    }
}
