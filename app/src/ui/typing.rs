//! What happens while a person types: the value shown follows the store without ever replacing what is
//! being typed, an unsaved text is kept as a draft, and an input method is left alone while it composes.

use super::draft::DraftSlot;
use crate::texts::{self, common, fields as say};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

/// The life of one text input. Copied freely; its handlers are wired by the field.
#[derive(Clone, Copy)]
pub(super) struct Typing {
    stored: Memo<String>,
    /// A newer stored value waits until the field is left.
    missed: StoredValue<bool>,
    composing: StoredValue<bool>,
    /// The field was finished while the input method was still composing.
    finish_later: StoredValue<bool>,
    draft: Option<DraftSlot>,
    /// When the unsaved text that was brought back was typed.
    brought_back: RwSignal<Option<u64>>,
    element: StoredValue<Option<web_sys::HtmlElement>, LocalStorage>,
    commit: StoredValue<Box<dyn Fn(String)>, LocalStorage>,
}

impl Typing {
    /// Follows `stored` in `input`; `commit` is told the text when a person has finished it.
    pub(super) fn new<E>(
        input: NodeRef<E>,
        stored: impl Fn() -> String + Send + Sync + 'static,
        draft: Option<DraftSlot>,
        commit: impl Fn(String) + 'static,
    ) -> Self
    where
        E: leptos::html::ElementType + 'static,
        E::Output: AsRef<web_sys::HtmlElement> + wasm_bindgen::JsCast + Clone + 'static,
    {
        let typing = Self {
            stored: Memo::new(move |_| stored()),
            missed: StoredValue::new(false),
            composing: StoredValue::new(false),
            finish_later: StoredValue::new(false),
            draft,
            brought_back: RwSignal::new(None),
            element: StoredValue::new_local(None),
            commit: StoredValue::new_local(Box::new(commit)),
        };
        Effect::new(move |_| {
            let value = typing.stored.get();
            let Some(element) = input.get() else { return };
            let element: &web_sys::HtmlElement = element.as_ref();
            let first = typing.element.with_value(Option::is_none);
            typing.element.set_value(Some(element.clone()));
            if first && typing.bring_back(element, &value) {
                return;
            }
            let focused = element
                .owner_document()
                .and_then(|document| document.active_element());
            let in_use = focused.is_some_and(|focused| element.is_same_node(Some(&focused)));
            if in_use || typing.brought_back.get_untracked().is_some() {
                typing.missed.set_value(true);
            } else {
                set_value(element, &value);
            }
        });
        typing
    }

    /// Puts back what was typed and not saved before the page went away.
    fn bring_back(self, element: &web_sys::HtmlElement, stored: &str) -> bool {
        let own = self.draft.filter(|slot| !slot.is_of_form());
        let Some((slot, draft)) = own.and_then(|slot| Some((slot, slot.kept()?))) else {
            return false;
        };
        if draft.text == stored {
            slot.forget();
            return false;
        }
        set_value(element, &draft.text);
        self.brought_back.set(Some(draft.at));
        true
    }

    pub(super) fn on_input(self) {
        if !self.composing.get_value() {
            self.note();
        }
    }

    pub(super) fn on_composition_start(self) {
        self.composing.set_value(true);
    }

    pub(super) fn on_composition_end(self) {
        self.composing.set_value(false);
        self.note();
        if self.finish_later.get_value() {
            self.finish_later.set_value(false);
            self.finish();
        }
    }

    pub(super) fn on_change(self) {
        if self.composing.get_value() {
            self.finish_later.set_value(true);
        } else {
            self.finish();
        }
    }

    /// Leaving a field saves what was brought back, as it would have the first time.
    pub(super) fn on_blur(self) {
        if self.brought_back.get_untracked().is_some() {
            self.on_change();
        } else if self.missed.get_value() {
            self.show_stored();
        }
    }

    /// Shows the stored value, whatever stands there.
    pub(super) fn show_stored(self) {
        self.missed.set_value(false);
        self.brought_back.set(None);
        let value = self.stored.get_untracked();
        self.element.with_value(|element| {
            if let Some(element) = element {
                set_value(element, &value);
            }
        });
    }

    fn note(self) {
        if let (Some(slot), Some(text)) = (self.draft, self.text()) {
            slot.typed(text);
        }
    }

    fn finish(self) {
        self.missed.set_value(false);
        self.brought_back.set(None);
        if let Some(text) = self.text() {
            self.commit.with_value(|commit| commit(text));
        }
    }

    fn text(self) -> Option<String> {
        self.element.with_value(|element| {
            let element = element.as_ref()?;
            if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
                return Some(input.value());
            }
            let area = element.dyn_ref::<web_sys::HtmlTextAreaElement>();
            area.map(web_sys::HtmlTextAreaElement::value)
        })
    }

    /// Below the field: that its text is unsaved, with a way to save it or let it go.
    pub(super) fn note_view(self) -> impl IntoView {
        let failed = move || self.draft.is_some_and(DraftSlot::failed);
        view! {
            <Show when=move || self.brought_back.get().is_some()>
                <div class="field__draft" role="status">
                    <span>
                        {move || {
                            let at = self.brought_back.get().map(texts::moment).unwrap_or_default();
                            say::half_typed(at)
                        }}
                    </span>
                    <button
                        type="button"
                        class="button button--small"
                        on:click=move |_| self.finish()
                    >
                        {common::save()}
                    </button>
                    <button
                        type="button"
                        class="button button--small button--quiet"
                        // Taking the focus would leave the field, and leaving it saves.
                        on:mousedown=move |event| event.prevent_default()
                        on:click=move |_| {
                            if let Some(slot) = self.draft {
                                slot.forget();
                            }
                            self.show_stored();
                        }
                    >
                        {say::drop_typed()}
                    </button>
                </div>
            </Show>
            <Show when=failed>
                <span class="field__hint">
                    {say::not_kept()}
                </span>
            </Show>
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
