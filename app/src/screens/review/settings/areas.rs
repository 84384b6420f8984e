//! Areas that are renamed, made or ended: the list, and the form behind it.

use super::sending::Sending;
use super::{History, Problem, refused, seen, typed_day, view_of};
use crate::screens::review::area_filter::AreaFilter;
use crate::screens::review::remote::Remote;
use crate::screens::review::season;
use crate::texts::area_changes as texts;
use crate::texts::{common, review, settings as shared, words};
use crate::ui::{CheckField, Choice, Dialog, Icon, SelectField, TextField};
use leptos::prelude::*;
use std::collections::BTreeSet;
use thidua_domain::api::{SettingInput, SettingsView};
use thidua_domain::area::{AreaChange, AreaCode, AreaEvent, AreaKind, AreaLevel};
use thidua_domain::criteria::Packs;
use thidua_domain::setting::areas::{self, Entered, MAX_CHANGES};
use thidua_domain::setting::{Setting, SettingError};

/// The list, for administrators.
#[component]
pub(super) fn AreaChanges(
    remote: Remote<SettingsView>,
    saved: RwSignal<Option<String>>,
) -> impl IntoView {
    let may = Memo::new(move |_| {
        let may = |view: &SettingsView| view.may_adopt;
        remote.value.with(|view| view.as_ref().is_some_and(may))
    });
    let open = RwSignal::new(false);
    let changes = Memo::new(move |_| {
        let all = remote.value.get();
        let settings = all.map(|all| all.settings()).unwrap_or_default();
        let mut changes: Vec<_> = settings.areas.into_iter().collect();
        changes.sort_by_key(|(number, entered)| (entered.change.from, *number));
        changes
    });
    let sending = Sending::new(remote, saved);
    let rows = move || {
        let rows = changes.get().into_iter();
        rows.map(|(number, entered)| view! { <Row remote number entered may sending /> })
            .collect_view()
    };
    view! {
        <div class="section-head">
            <div>
                <h2>{texts::heading()}</h2>
                <p class="page__lead">{texts::lead()}</p>
            </div>
            <Show when=move || may.get()>
                <button class="button" on:click=move |_| open.set(true)>
                    <Icon name="plus" />
                    {texts::add()}
                </button>
            </Show>
        </div>
        <Problem problem=sending.problem />
        <Show
            when=move || changes.with(|all| !all.is_empty())
            fallback=|| view! { <p class="empty">{texts::none()}</p> }
        >
            <div class="table-scroll" tabindex="0" role="region" aria-label=texts::heading()>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{texts::area()}</th>
                            <th scope="col">{texts::what()}</th>
                            <th scope="col">{texts::from_day()}</th>
                            <th scope="col">{shared::work()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </Show>
        <Dialog title=texts::add() open>
            {move || open.get().then(|| view! { <ChangeForm remote open saved /> })}
        </Dialog>
    }
}

/// A name that an area has or had at any time.
fn name_of(code: &AreaCode) -> String {
    let tree = crate::areas::tree();
    let on_day = tree.get(code, season().date);
    let area = on_day.or_else(|| tree.all().find(|area| area.code == *code));
    area.map_or_else(|| code.to_string(), words::area_called)
}

fn said(entered: &Entered) -> String {
    let listed = |codes: &[AreaCode]| {
        let names: Vec<_> = codes.iter().map(name_of).collect();
        names.join(", ")
    };
    match &entered.change.what {
        AreaEvent::Renamed { name, .. } => texts::renamed(name),
        AreaEvent::Made { name, of, .. } => texts::made(name, listed(of)),
        AreaEvent::Ended { into } if into.is_empty() => texts::ended().to_owned(),
        AreaEvent::Ended { into } => texts::ended_into(listed(into)),
    }
}

#[component]
fn Row(
    remote: Remote<SettingsView>,
    number: u16,
    entered: Entered,
    may: Memo<bool>,
    sending: Sending,
) -> impl IntoView {
    let record = areas::key(number);
    let history = view_of(remote, &record).map(|view| view.history);
    let code = entered.change.code.clone();
    let label = texts::withdraw_of(name_of(&code));
    let withdraw = move |_| {
        let input = SettingInput {
            seen: seen(view_of(remote, &record).as_ref()),
            setting: Setting::Area {
                number,
                entered: None,
            },
        };
        sending.set(input, texts::withdrawn().to_owned(), || ());
    };
    let withdraw = StoredValue::new_local(withdraw);
    view! {
        <tr data-area-change=number.to_string()>
            <th scope="row">
                {name_of(&code)} <span class="table__note">{code.to_string()}</span>
                <History items=history.unwrap_or_default() />
            </th>
            <td>
                {said(&entered)} <span class="table__note">{entered.paper.clone()}</span>
            </td>
            <td>{crate::texts::day(entered.change.from)}</td>
            <td>
                <Show when=move || may.get()>
                    <button
                        class="button button--small"
                        aria-label=label.clone()
                        disabled=move || sending.busy.get()
                        on:click=move |event| withdraw.with_value(|withdraw| withdraw(event))
                    >
                        {texts::withdraw()}
                    </button>
                </Show>
            </td>
        </tr>
    }
}

/// What is done to an area, as the form names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Rename,
    Make,
    End,
}

impl What {
    const ALL: [Self; 3] = [Self::Rename, Self::Make, Self::End];

    fn word(self) -> &'static str {
        match self {
            Self::Rename => "renamed",
            Self::Make => "made",
            Self::End => "ended",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Rename => texts::rename(),
            Self::Make => texts::make(),
            Self::End => texts::end(),
        }
    }
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    what: RwSignal<What>,
    /// What is renamed or ends; of a new commune, the area above.
    area: RwSignal<AreaCode>,
    code: RwSignal<String>,
    name: RwSignal<String>,
    kind: RwSignal<String>,
    /// What a new commune is made of.
    parts: RwSignal<BTreeSet<AreaCode>>,
    /// What one that ends becomes part of.
    into: RwSignal<AreaCode>,
    from: RwSignal<String>,
    paper: RwSignal<String>,
}

impl Typed {
    fn new() -> Self {
        let province = || RwSignal::new(crate::areas::tree().province().code.clone());
        let text = || RwSignal::new(String::new());
        Self {
            what: RwSignal::new(What::Rename),
            area: province(),
            code: text(),
            name: text(),
            kind: RwSignal::new(areas::word(AreaKind::Commune).to_owned()),
            parts: RwSignal::new(BTreeSet::new()),
            into: province(),
            from: text(),
            paper: text(),
        }
    }

    fn read(self) -> Result<Entered, String> {
        let missing = || refused(SettingError::Incomplete).to_owned();
        let province = &crate::areas::tree().province().code;
        let area = self.area.get_untracked();
        if area == *province {
            return Err(texts::choose_area().to_owned());
        }
        let name = self.name.get_untracked();
        let kind = areas::kind_of(&self.kind.get_untracked()).ok_or_else(missing)?;
        let (code, what) = match self.what.get_untracked() {
            What::Rename => (area, AreaEvent::Renamed { name, kind }),
            What::Make => {
                let code = self.code.get_untracked();
                let code =
                    AreaCode::parse(code.trim()).map_err(|_| texts::code_hint().to_owned())?;
                let of = self.parts.get_untracked().into_iter().collect();
                let parent = area;
                (
                    code,
                    AreaEvent::Made {
                        name,
                        kind,
                        parent,
                        of,
                    },
                )
            }
            What::End => {
                let into = self.into.get_untracked();
                let into = (into != *province).then_some(into).into_iter().collect();
                (area, AreaEvent::Ended { into })
            }
        };
        let from = typed_day(&self.from.get_untracked())?.ok_or_else(missing)?;
        Ok(Entered {
            change: AreaChange { code, from, what },
            paper: self.paper.get_untracked(),
            set_ms: 0,
        })
    }
}

#[component]
fn ChangeForm(
    remote: Remote<SettingsView>,
    open: RwSignal<bool>,
    saved: RwSignal<Option<String>>,
) -> impl IntoView {
    let period = season().period;
    let typed = Typed::new();
    let sending = Sending::new(remote, saved);
    let Sending { problem, busy, .. } = sending;
    let number = untrack(|| {
        let settings = remote.value.get().map(|all| all.settings());
        let used = settings.unwrap_or_default().areas;
        // One that was withdrawn keeps its number and its history.
        let free = |number: &u16| {
            let record = areas::key(*number);
            !used.contains_key(number) && view_of(remote, &record).is_none()
        };
        (1..=MAX_CHANGES).find(free)
    });
    let save = move |_| {
        let entered = match typed.read() {
            Ok(entered) => entered,
            Err(words) => return problem.set(Some(words)),
        };
        let Some(number) = number else {
            return problem.set(Some(refused(SettingError::OutOfRange).to_owned()));
        };
        let setting = Setting::Area {
            number,
            entered: Some(entered),
        };
        if let Err(error) = setting.fields(period, Packs::default()) {
            return problem.set(Some(refused(error).to_owned()));
        }
        let input = SettingInput {
            seen: seen(None),
            setting,
        };
        sending.set(input, texts::saved().to_owned(), move || open.set(false));
    };
    let choices: Vec<_> = What::ALL
        .into_iter()
        .map(|what| Choice::new(what.word(), what.label()))
        .collect();
    let text = |label: &'static str, value: RwSignal<String>, most: u32, hint: &'static str| {
        view! {
            <TextField
                label=label
                value=value
                on_change=move |text| value.set(text)
                max_length=most
                hint=hint
            />
        }
    };
    view! {
        <SelectField
            label=texts::what()
            choices=Signal::stored(choices)
            value=Signal::derive(move || typed.what.get().word().to_owned())
            on_change=move |word: String| {
                let all = What::ALL.into_iter();
                typed.what.set(all.clone().find(|what| what.word() == word).unwrap_or(What::Rename));
            }
        />
        {move || {
            let what = typed.what.get();
            let chosen = match what {
                What::Rename => texts::renamed_area(),
                What::Make => texts::parent(),
                What::End => texts::ended_area(),
            };
            view! {
                <Where legend=chosen area=typed.area />
                {(what == What::Make)
                    .then(|| {
                        view! {
                            <Parts typed />
                            {text(texts::code(), typed.code, 5, texts::code_hint())}
                        }
                    })}
                {(what != What::End)
                    .then(|| {
                        view! {
                            {text(texts::name(), typed.name, 80, texts::name_hint())}
                            <Kinds typed />
                        }
                    })}
                {(what == What::End)
                    .then(|| view! { <Where legend=texts::into() area=typed.into /> })}
            }
        }}
        {text(texts::from_day(), typed.from, 10, review::day_hint())}
        {text(shared::paper(), typed.paper, 200, texts::paper_hint())}
        <Problem problem />
        <div class="dialog__actions">
            <button class="button" on:click=move |_| open.set(false)>
                {common::cancel()}
            </button>
            <button class="button button--primary" disabled=move || busy.get() on:click=save>
                {common::save()}
            </button>
        </div>
    }
}

/// The choice of an area.
#[component]
fn Where(legend: &'static str, area: RwSignal<AreaCode>) -> impl IntoView {
    let own = crate::areas::tree().province().code.clone();
    let chosen = Memo::new(move |_| area.get());
    let choose = move |code: String| {
        let province = &crate::areas::tree().province().code;
        area.set(AreaCode::parse(&code).unwrap_or_else(|_| province.clone()));
    };
    view! {
        <fieldset class="form-group">
            <legend>{legend}</legend>
            <AreaFilter own area=chosen season=season() on_change=choose />
        </fieldset>
    }
}

/// The kinds of the level of what is chosen.
#[component]
fn Kinds(typed: Typed) -> impl IntoView {
    let choices = Signal::derive(move || {
        let area = words::area(&typed.area.get(), season());
        let level = match typed.what.get() {
            What::Rename => area.map(|area| area.level()),
            _ => None,
        };
        let level = level.filter(|level| *level == AreaLevel::District);
        areas::kinds_of(level.unwrap_or(AreaLevel::Commune))
            .map(|kind| Choice::new(areas::word(kind), words::area_kind(kind)))
            .collect::<Vec<_>>()
    });
    // Another level has other kinds: its first is chosen.
    Effect::new(move |_| {
        let known = choices.get();
        let now = typed.kind.get_untracked();
        if !known.iter().any(|choice| choice.value == now)
            && let Some(first) = known.first()
        {
            typed.kind.set(first.value.clone());
        }
    });
    view! {
        <SelectField
            label=texts::kind()
            choices
            value=typed.kind
            on_change=move |kind| typed.kind.set(kind)
        />
    }
}

/// What a new commune is made of: communes of the district above it.
#[component]
fn Parts(typed: Typed) -> impl IntoView {
    let boxes = move || {
        let parent = typed.area.get();
        let tree = crate::areas::tree();
        let district = words::area(&parent, season());
        if district.is_none_or(|area| area.level() != AreaLevel::District) {
            return view! { <p class="field__hint">{texts::choose_parent()}</p> }.into_any();
        }
        tree.communes_under(&parent, season().date)
            .into_iter()
            .map(|area| {
                let code = area.code.clone();
                let (is, change) = (code.clone(), code);
                view! {
                    <CheckField
                        label=words::area_called(area)
                        value=Signal::derive(move || typed.parts.with(|parts| parts.contains(&is)))
                        on_change=move |checked| {
                            typed
                                .parts
                                .update(|parts| {
                                    if checked {
                                        parts.insert(change.clone());
                                    } else {
                                        parts.remove(&change);
                                    }
                                });
                        }
                    />
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <fieldset class="form-group">
            <legend>{texts::parts()}</legend>
            <div class="check-columns">{boxes}</div>
        </fieldset>
    }
}
