//! What waits for this person, on the first screen: each line leads to where it is done.

use crate::store::Draft;
use crate::tablet::Tablet;
use crate::ui::Icon;
use crate::words;
use leptos::prelude::*;
use thidua_domain::record::RecordKey;
use thidua_domain::subject;

/// Text that was typed and never saved.
#[component]
pub fn Unfinished() -> impl IntoView {
    let tablet = Tablet::here();
    let drafts = tablet.drafts().kept();
    // The subject is named where the draft belongs to a record; the place alone says less.
    let whose = move |key: &str| {
        let record = key
            .split('|')
            .next()
            .and_then(|key| RecordKey::parse(key).ok())?;
        let subject = tablet.subject(record.subject())?;
        Some(subject::label(&subject.record).to_owned())
    };
    let rows = move || {
        drafts
            .get()
            .into_iter()
            .map(|(key, draft)| view! { <UnfinishedRow whose=whose(&key) draft /> })
            .collect_view()
    };
    view! {
        <Show when=move || drafts.with(|drafts| !drafts.is_empty())>
            <section class="todo" aria-labelledby="unfinished-title">
                <h2 id="unfinished-title">"Gõ dở, chưa lưu"</h2>
                <ul class="todo__list">{rows}</ul>
            </section>
        </Show>
    }
}

#[component]
fn UnfinishedRow(whose: Option<String>, draft: Draft) -> impl IntoView {
    let what = match whose {
        Some(name) => format!("{name} · {}", draft.what),
        None => draft.what,
    };
    view! {
        <li class="todo__item">
            <a class="todo__link" href=draft.place>
                <Icon name="pencil" />
                <span class="todo__what">{what}</span>
                <span class="todo__said">{format!("“{}”", draft.text)}</span>
                <span class="todo__when">{words::moment(draft.at)}</span>
                <Icon name="chevron" />
            </a>
        </li>
    }
}
