//! Reporting terms.

use super::sending::Sending;
use super::{History, Problem, refused, seen, typed_day, view_of};
use crate::screens::review::remote::Remote;
use crate::screens::review::season;
use crate::texts::settings as texts;
use crate::texts::{common, review};
use crate::ui::{Dialog, Icon, TextField};
use leptos::prelude::*;
use thidua_domain::api::{SettingInput, SettingsView};
use thidua_domain::criteria::Packs;
use thidua_domain::date::Date;
use thidua_domain::setting::term::{self, MAX_TERMS, Term, TermId};
use thidua_domain::setting::{Setting, SettingError};

/// The list, and the form behind it.
#[component]
pub(super) fn Terms(
    remote: Remote<SettingsView>,
    may_set: Memo<bool>,
    saved: RwSignal<Option<String>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let editing = RwSignal::new(None::<TermId>);
    let period = season().period;
    let terms = Memo::new(move |_| {
        let all = remote.value.get();
        let settings = all.map(|all| all.settings()).unwrap_or_default();
        let of_year = settings.terms.into_iter();
        let mut terms: Vec<_> = of_year
            .filter(|((year, _), _)| *year == period)
            .map(|((_, id), term)| (id, term))
            .collect();
        terms.sort_by_key(|(_, term)| (term.due, term.to));
        terms
    });
    // The first number that no term has; one that was withdrawn is used again and keeps its history.
    let free = move || {
        let used = terms.get_untracked();
        let mut numbers = (1..=MAX_TERMS).map(TermId);
        numbers.find(|id| used.iter().all(|(other, _)| other != id))
    };
    let rows = move || {
        terms
            .get()
            .into_iter()
            .map(|(id, term)| {
                let history = view_of(remote, &term::key(id, period));
                let history = history.map(|view| view.history).unwrap_or_default();
                let label = texts::change_term(&term.name);
                let change = move || {
                    view! {
                        <button
                            class="button button--small"
                            aria-label=label.clone()
                            on:click=move |_| {
                                editing.set(Some(id));
                                open.set(true);
                            }
                        >
                            <Icon name="pencil" />
                            {common::edit()}
                        </button>
                    }
                };
                view! {
                    <tr data-term=u8::from(id).to_string()>
                        <th scope="row">{term.name.clone()} <History items=history /></th>
                        <td>{texts::span(term.from, term.to)}</td>
                        <td data-cell="due">
                            {crate::texts::day(term.due)}
                            <span class="table__note">{term.paper.clone()}</span>
                        </td>
                        <td>{move || may_set.get().then(&change)}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    let add = move |_| match free() {
        Some(id) => {
            editing.set(Some(id));
            open.set(true);
        }
        None => saved.set(Some(texts::full().to_owned())),
    };
    view! {
        <div class="section-head">
            <div>
                <h2>{texts::terms_heading()}</h2>
                <p class="page__lead">{texts::terms_lead()}</p>
            </div>
            <Show when=move || may_set.get()>
                <button class="button" on:click=add>
                    <Icon name="plus" />
                    {texts::add_term()}
                </button>
            </Show>
        </div>
        <Show
            when=move || terms.with(|terms| !terms.is_empty())
            fallback=|| view! { <p class="empty">{texts::no_terms()}</p> }
        >
            <div class="table-scroll" tabindex="0" role="region" aria-label=texts::terms_heading()>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{texts::term_name()}</th>
                            <th scope="col">{texts::term_span()}</th>
                            <th scope="col">{texts::term_due()}</th>
                            <th scope="col">{texts::work()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </Show>
        <Dialog title=texts::term_title() open>
            {move || {
                let id = editing.get().filter(|_| open.get())?;
                Some(view! { <TermForm remote id open saved /> })
            }}
        </Dialog>
    }
}

#[derive(Clone, Copy)]
struct Typed {
    name: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    due: RwSignal<String>,
    paper: RwSignal<String>,
}

impl Typed {
    fn of(term: Option<&Term>) -> Self {
        let day = |day: Option<Date>| RwSignal::new(day.map(Date::format_vi).unwrap_or_default());
        let text = |text: Option<&String>| RwSignal::new(text.cloned().unwrap_or_default());
        Self {
            name: text(term.map(|term| &term.name)),
            from: day(term.map(|term| term.from)),
            to: day(term.map(|term| term.to)),
            due: day(term.map(|term| term.due)),
            paper: text(term.map(|term| &term.paper)),
        }
    }

    fn read(self) -> Result<Term, String> {
        let day = |typed: RwSignal<String>| {
            let missing = || refused(SettingError::Incomplete).to_owned();
            typed_day(&typed.get_untracked())?.ok_or_else(missing)
        };
        Ok(Term {
            name: self.name.get_untracked(),
            from: day(self.from)?,
            to: day(self.to)?,
            due: day(self.due)?,
            paper: self.paper.get_untracked(),
            set_ms: 0,
        })
    }
}

/// What it sends is bound to what was on the screen when it opened.
#[component]
fn TermForm(
    remote: Remote<SettingsView>,
    id: TermId,
    open: RwSignal<bool>,
    saved: RwSignal<Option<String>>,
) -> impl IntoView {
    let period = season().period;
    let view = untrack(|| view_of(remote, &term::key(id, period)));
    let all = untrack(|| remote.value.get()).map(|all| all.settings());
    let was = all.and_then(|all| all.terms.get(&(period, id)).cloned());
    let seen = StoredValue::new(seen(view.as_ref()));
    let typed = Typed::of(was.as_ref());
    let sending = Sending::new(remote, saved);
    let Sending { problem, busy, .. } = sending;
    let send = move |term: Option<Term>| {
        let setting = Setting::Term { id, term };
        if let Err(error) = setting.fields(period, Packs::default()) {
            return problem.set(Some(refused(error).to_owned()));
        }
        let input = SettingInput {
            seen: seen.get_value(),
            setting,
        };
        let words = texts::saved_term().to_owned();
        sending.set(input, words, move || open.set(false));
    };
    let withdraw = was.is_some().then(|| {
        view! {
            <button class="button" on:click=move |_| send(None)>
                {texts::withdraw()}
            </button>
        }
    });
    let save = move |_| match typed.read() {
        Ok(term) => send(Some(term)),
        Err(words) => problem.set(Some(words)),
    };
    let day = |label: &'static str, value: RwSignal<String>| {
        view! {
            <TextField
                label=label
                value=value
                on_change=move |text| value.set(text)
                max_length=10
                hint=review::day_hint()
            />
        }
    };
    view! {
        <TextField
            label=texts::term_name()
            value=typed.name
            on_change=move |text| typed.name.set(text)
            max_length=80
            hint=texts::term_name_hint()
        />
        {day(texts::from(), typed.from)}
        {day(texts::to(), typed.to)}
        {day(texts::term_due(), typed.due)}
        <TextField
            label=texts::paper()
            value=typed.paper
            on_change=move |text| typed.paper.set(text)
            max_length=200
            hint=texts::paper_hint()
        />
        <Problem problem />
        <div class="dialog__actions">
            {withdraw}
            <button class="button" on:click=move |_| open.set(false)>
                {common::cancel()}
            </button>
            <button class="button button--primary" disabled=move || busy.get() on:click=save>
                {common::save()}
            </button>
        </div>
    }
}
