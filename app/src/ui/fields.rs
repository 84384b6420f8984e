//! Form fields. Each tells its change when a person has finished it, never while an input method is
//! composing; the value shown follows the store.

use super::draft::DraftSlot;
use super::typing::Typing;
use crate::texts::{self, common, fields as say};
use leptos::prelude::*;
use thidua_domain::date::Date;
use thidua_domain::text;
use wasm_bindgen::JsCast as _;

/// One line, or several, of text.
#[component]
pub fn TextField(
    /// Label.
    #[prop(into)]
    label: String,
    /// Value shown.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the cleaned text when it has changed.
    on_change: impl Fn(String) + 'static,
    /// Longest text, in characters.
    #[prop(default = 200)]
    max_length: u32,
    /// Several lines.
    #[prop(optional)]
    multiline: bool,
    /// How many lines are seen at once, where there are several.
    #[prop(default = 3)]
    rows: u32,
    /// Help below the field.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Where what is typed is kept until it is saved.
    #[prop(optional)]
    draft: Option<DraftSlot>,
) -> impl IntoView {
    let (typing, input) = if multiline {
        let node = NodeRef::<leptos::html::Textarea>::new();
        let commit = move |text: String| on_change(text::nfc(text.trim()));
        let typing = Typing::new(node, move || value.get(), draft, commit);
        let input = view! {
            <textarea
                node_ref=node
                class="field__input"
                rows=rows
                maxlength=max_length
                on:input=move |_| typing.on_input()
                on:compositionstart=move |_| typing.on_composition_start()
                on:compositionend=move |_| typing.on_composition_end()
                on:change=move |_| typing.on_change()
                on:blur=move |_| typing.on_blur()
            ></textarea>
        };
        (typing, input.into_any())
    } else {
        let node = NodeRef::<leptos::html::Input>::new();
        let commit = move |text: String| on_change(text::clean_line(&text));
        let typing = Typing::new(node, move || value.get(), draft, commit);
        let input = view! {
            <input
                node_ref=node
                class="field__input"
                type="text"
                autocomplete="off"
                maxlength=max_length
                on:input=move |_| typing.on_input()
                on:compositionstart=move |_| typing.on_composition_start()
                on:compositionend=move |_| typing.on_composition_end()
                on:change=move |_| typing.on_change()
                on:blur=move |_| typing.on_blur()
            />
        };
        (typing, input.into_any())
    };
    view! {
        <div class="field">
            <label class="field__column">
                <span class="field__label">{label}</span>
                {input}
            </label>
            {hint.filter(|hint| !hint.is_empty()).map(|hint| view! { <span class="field__hint">{hint}</span> })}
            {typing.note_view()}
        </div>
    }
}

/// A whole number, written as people there do ("1.250"); empty means not reported.
#[component]
pub fn NumberField(
    /// Label.
    #[prop(into)]
    label: String,
    /// Value shown.
    #[prop(into)]
    value: Signal<Option<i64>>,
    /// Called with the number, or nothing, when it has changed.
    on_change: impl Fn(Option<i64>) + Clone + 'static,
    /// Largest number.
    max: i64,
    /// Offer the largest number at one tap, and say it behind the field.
    #[prop(optional)]
    offer_max: bool,
    /// Where what is typed is kept until it is saved.
    #[prop(optional)]
    draft: Option<DraftSlot>,
) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let on_max = on_change.clone();
    let node = NodeRef::<leptos::html::Input>::new();
    let commit = move |typed: String| {
        let typed = typed.trim();
        if typed.is_empty() {
            problem.set(None);
            on_change(None);
            return;
        }
        match texts::language().parse_int(typed) {
            Ok(number) if (0..=max).contains(&number) => {
                problem.set(None);
                on_change(Some(number));
            }
            Ok(_) => problem.set(Some(say::out_of_range(max))),
            Err(_) => problem.set(Some(say::no_number(typed))),
        }
    };
    let written = move || value.get().map(texts::int).unwrap_or_default();
    let typing = Typing::new(node, written, draft, commit);
    view! {
        <div class="field field--number">
            <label class="field__row">
                <span class="field__label">{label.clone()}</span>
                <input
                    class="field__input field__input--number"
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-invalid=move || problem.with(Option::is_some).to_string()
                    node_ref=node
                    on:input=move |_| typing.on_input()
                    on:compositionstart=move |_| typing.on_composition_start()
                    on:compositionend=move |_| typing.on_composition_end()
                    on:change=move |_| typing.on_change()
                    on:blur=move |_| typing.on_blur()
                />
            </label>
            {offer_max
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button button--small field__max"
                            aria-label=say::give_most(&label, max)
                            on:click=move |_| {
                                problem.set(None);
                                if let Some(draft) = draft {
                                    draft.forget();
                                }
                                typing.show_stored();
                                on_max(Some(max));
                            }
                        >
                            {format!("/ {max}")}
                        </button>
                    }
                })}
            <Show when=move || problem.with(Option::is_some)>
                <span class="field__error" role="alert">
                    {move || problem.get()}
                </span>
            </Show>
            {typing.note_view()}
        </div>
    }
}

/// A day, chosen in the device's own calendar.
#[component]
pub fn DateField(
    /// Label.
    #[prop(into)]
    label: String,
    /// Value shown.
    #[prop(into)]
    value: Signal<Option<Date>>,
    /// Called when another day, or none, has been chosen.
    on_change: impl Fn(Option<Date>) + 'static,
) -> impl IntoView {
    let value = Memo::new(move |_| value.get());
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input
                class="field__input"
                type="date"
                prop:value=move || value.get().map(|day| day.to_string()).unwrap_or_default()
                on:change=move |event| on_change(Date::parse_iso(&event_target_value(&event)))
            />
        </label>
    }
}

/// Yes or no, ticked or not.
#[component]
pub fn CheckField(
    /// Label.
    #[prop(into)]
    label: String,
    /// Value shown.
    #[prop(into)]
    value: Signal<bool>,
    /// Called when it has changed.
    on_change: impl Fn(bool) + 'static,
) -> impl IntoView {
    // Only a change of this very value may move the box: another field's save must not undo a tap
    // whose own save is still under way.
    let value = Memo::new(move |_| value.get());
    view! {
        <label class="check">
            <input
                type="checkbox"
                class="check__box"
                prop:checked=move || value.get()
                on:change=move |event| on_change(event_target_checked(&event))
            />
            <span>{label}</span>
        </label>
    }
}

/// One of several answers of a [`Segmented`] or [`SelectField`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value told.
    pub value: String,
    /// What people read.
    pub label: String,
}

impl Choice {
    /// Makes one.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }

    /// "Yes", "no" and "not reported", which are three different answers.
    pub fn yes_no_unknown(yes: &str, no: &str) -> Vec<Self> {
        vec![
            Self::new("yes", yes),
            Self::new("no", no),
            Self::new("", common::unknown()),
        ]
    }
}

/// A few answers side by side, one of them chosen.
#[component]
pub fn Segmented(
    /// Question.
    #[prop(into)]
    legend: String,
    /// Group name; unique on the page.
    #[prop(into)]
    name: String,
    /// The answers.
    choices: Vec<Choice>,
    /// The one chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Called when another is chosen.
    on_change: impl Fn(String) + Clone + 'static,
) -> impl IntoView {
    let value = Memo::new(move |_| value.get());
    let buttons = choices
        .into_iter()
        .map(|choice| {
            let on_change = on_change.clone();
            let told = choice.value.clone();
            let own = choice.value.clone();
            view! {
                <label class="segmented__choice">
                    <input
                        type="radio"
                        class="segmented__input"
                        name=name.clone()
                        value=choice.value
                        prop:checked=move || value.get() == own
                        on:change=move |_| on_change(told.clone())
                    />
                    <span class="segmented__label">{choice.label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="segmented">
            <legend class="segmented__legend">{legend}</legend>
            <div class="segmented__choices">{buttons}</div>
        </fieldset>
    }
}

/// One of many answers.
#[component]
pub fn SelectField(
    /// Label.
    #[prop(into)]
    label: String,
    /// The answers.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The one chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Called when another is chosen.
    on_change: impl Fn(String) + 'static,
    /// Whether what is chosen goes elsewhere: the field shows its first choice again.
    #[prop(optional)]
    gives_away: bool,
) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <select
                class="field__input"
                on:change=move |event| {
                    let select: web_sys::HtmlSelectElement = event
                        .target()
                        .expect("a change has a target")
                        .unchecked_into();
                    on_change(select.value());
                    if gives_away {
                        select.set_selected_index(0);
                    }
                }
            >
                {move || {
                    let chosen = value.get();
                    choices
                        .get()
                        .into_iter()
                        .map(|choice| {
                            let selected = choice.value == chosen;
                            view! {
                                <option value=choice.value selected=selected>
                                    {choice.label}
                                </option>
                            }
                        })
                        .collect_view()
                }}
            </select>
        </label>
    }
}
