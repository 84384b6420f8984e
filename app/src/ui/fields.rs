//! Form fields. Each tells its change when a person has finished it, never while an input method is
//! composing; the value shown follows the store.

use leptos::prelude::*;
use thidua_domain::text;
use wasm_bindgen::JsCast as _;

/// Keeps an input showing the stored value. What a person is typing is never replaced: neither when
/// another field is saved meanwhile, nor when a sync brings a new value for this one; that is shown
/// once the field is left untouched.
#[derive(Clone, Copy)]
struct Shown {
    stored: Memo<String>,
    missed: StoredValue<bool>,
}

impl Shown {
    fn follow<E>(input: NodeRef<E>, stored: impl Fn() -> String + Send + Sync + 'static) -> Self
    where
        E: leptos::html::ElementType + 'static,
        E::Output: AsRef<web_sys::HtmlElement> + wasm_bindgen::JsCast + Clone + 'static,
    {
        let shown = Self {
            stored: Memo::new(move |_| stored()),
            missed: StoredValue::new(false),
        };
        Effect::new(move |_| {
            let value = shown.stored.get();
            let Some(element) = input.get() else { return };
            let element: &web_sys::HtmlElement = element.as_ref();
            let focused = element
                .owner_document()
                .and_then(|document| document.active_element());
            if focused.is_some_and(|focused| element.is_same_node(Some(&focused))) {
                shown.missed.set_value(true);
            } else {
                set_value(element, &value);
            }
        });
        shown
    }

    /// The person has changed the field: what is typed stays.
    fn typed(self) {
        self.missed.set_value(false);
    }

    /// The person leaves the field.
    fn left(self, event: &web_sys::FocusEvent) {
        let element = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
        if let (true, Some(element)) = (self.missed.get_value(), element) {
            self.missed.set_value(false);
            set_value(&element, &self.stored.get_untracked());
        }
    }
}

fn set_value(element: &web_sys::HtmlElement, value: &str) {
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        input.set_value(value);
    } else if let Some(area) = element.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        area.set_value(value);
    }
}

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
    /// Help below the field.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let input = if multiline {
        let node = NodeRef::<leptos::html::Textarea>::new();
        let shown = Shown::follow(node, move || value.get());
        view! {
            <textarea
                node_ref=node
                class="field__input"
                rows="3"
                maxlength=max_length
                on:blur=move |event| shown.left(&event)
                on:change=move |event| {
                    shown.typed();
                    on_change(text::nfc(event_target_value(&event).trim()));
                }
            ></textarea>
        }
        .into_any()
    } else {
        let node = NodeRef::<leptos::html::Input>::new();
        let shown = Shown::follow(node, move || value.get());
        view! {
            <input
                node_ref=node
                class="field__input"
                type="text"
                autocomplete="off"
                maxlength=max_length
                on:blur=move |event| shown.left(&event)
                on:change=move |event| {
                    shown.typed();
                    on_change(text::clean_line(&event_target_value(&event)));
                }
            />
        }
        .into_any()
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            {input}
            {hint.map(|hint| view! { <span class="field__hint">{hint}</span> })}
        </label>
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
) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let on_max = on_change.clone();
    let node = NodeRef::<leptos::html::Input>::new();
    let shown = Shown::follow(node, move || {
        value.get().map(text::format_int).unwrap_or_default()
    });
    let changed = move |event: leptos::ev::Event| {
        shown.typed();
        let typed = event_target_value(&event);
        let typed = typed.trim();
        if typed.is_empty() {
            problem.set(None);
            on_change(None);
            return;
        }
        match text::parse_int_vi(typed) {
            Ok(number) if (0..=max).contains(&number) => {
                problem.set(None);
                on_change(Some(number));
            }
            Ok(_) => problem.set(Some(format!(
                "Chưa lưu: số phải từ 0 đến {}.",
                text::format_int(max)
            ))),
            Err(_) => problem.set(Some(format!("Chưa lưu: “{typed}” không phải số nguyên."))),
        }
    };
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
                    on:blur=move |event| shown.left(&event)
                    on:change=changed
                />
            </label>
            {offer_max
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button button--small field__max"
                            aria-label=format!("{label}: cho điểm tối đa {max}")
                            on:click=move |_| {
                                problem.set(None);
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
        </div>
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
            Self::new("", "Chưa rõ"),
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
