//! The unit or residential area that is inspected: chosen from the commune's register, or said in words.

use super::form::TypedPlan;
use crate::screens::review::address::encode;
use crate::sync::transport::{self, TransportError};
use crate::texts::{common, inspections as say, words};
use crate::ui::Icon;
use leptos::prelude::*;
use thidua_domain::api::{StandingPage, StandingView};
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::{Assessment, SubjectKind};
use thidua_domain::record::RecordKey;
use thidua_domain::text;

/// Most that are offered at once: whoever sees more types on.
const MOST_OFFERED: usize = 6;
/// Most pages of a commune's register that are read.
const MOST_PAGES: usize = 10;
/// Each unit and each residential area has one entry of its title.
const TITLES: [Assessment; 2] = [Assessment::SafeUnit, Assessment::SafeResidentialArea];

/// One of the register.
#[derive(Clone, Debug, PartialEq)]
struct Listed {
    key: RecordKey,
    name: String,
    /// What tells it from another of its name.
    note: String,
}

impl Listed {
    fn of(row: StandingView) -> Self {
        let what = match row.kind {
            SubjectKind::ResidentialArea => common::residential_area(),
            _ => say::unit(),
        };
        let note = match row.residential_area {
            Some(area) if row.kind == SubjectKind::Unit => format!("{what} · {area}"),
            _ => what.to_owned(),
        };
        Self {
            key: RecordKey::subject_record(row.kind, row.subject),
            name: row.label,
            note,
        }
    }
}

/// The units and residential areas of a commune's register.
async fn read(commune: &AreaCode) -> Result<Vec<Listed>, TransportError> {
    let mut all = Vec::new();
    for title in TITLES {
        let title = title.as_str();
        let first = format!("/api/standings?area={commune}&assessment={title}");
        let mut url = first.clone();
        for _ in 0..MOST_PAGES {
            let page: StandingPage = transport::json("GET", &url, None::<&()>).await?;
            let named = page.rows.into_iter().filter(|row| !row.label.is_empty());
            all.extend(named.map(Listed::of));
            match page.next {
                Some(next) => url = format!("{first}&after={}", encode(&next)),
                None => break,
            }
        }
    }
    Ok(all)
}

/// The field. What is typed is searched for, without tone marks, in the register of the commune inspected, as long
/// as that is one; what is not found there is kept as it is typed.
#[component]
pub fn InspectedField(
    typed: TypedPlan,
    /// The commune inspected, if it is one.
    #[prop(into)]
    commune: Signal<Option<AreaCode>>,
) -> impl IntoView {
    let register = RwSignal::new(None::<Vec<Listed>>);
    let input = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |before: Option<Option<AreaCode>>| {
        let now = commune.get();
        if before.as_ref() == Some(&now) {
            return now;
        }
        register.set(None);
        // Another commune's register has no such unit.
        if before.is_some() {
            typed.inspected.set(None);
        }
        if let Some(code) = now.clone() {
            leptos::task::spawn_local(async move {
                // Where it cannot be read, words do.
                let Ok(all) = read(&code).await else { return };
                if commune.try_get_untracked().flatten() == Some(code) {
                    register.set(Some(all));
                }
            });
        }
        now
    });
    let wanted = Memo::new(move |_| text::fold(typed.place.get().trim()));
    let offered = Memo::new(move |_| {
        let wanted = wanted.get();
        if wanted.is_empty() || typed.inspected.with(Option::is_some) {
            return None;
        }
        register.with(|all| {
            let fits = |it: &&Listed| text::fold(&it.name).contains(&wanted);
            let fitting = all.as_ref()?.iter().filter(fits).take(MOST_OFFERED);
            Some(fitting.cloned().collect::<Vec<_>>())
        })
    });
    let choose = move |listed: Listed| {
        typed.place.set(listed.name);
        typed.inspected.set(Some(listed.key));
        // The button that was pressed goes away.
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
        }
    };
    let list = move || {
        let items = offered.get().filter(|all| !all.is_empty())?.into_iter();
        let items = items.map(|listed| {
            let kept = StoredValue::new(listed.clone());
            view! {
                <li>
                    <button
                        type="button"
                        class="inspected__offer"
                        on:click=move |_| choose(kept.get_value())
                    >
                        <strong>{listed.name}</strong>
                        <span>{listed.note}</span>
                    </button>
                </li>
            }
        });
        Some(view! {
            <ul class="inspected__offers" aria-label=say::in_register()>
                {items.collect_view()}
            </ul>
        })
    };
    let said = move || {
        if typed.inspected.with(Option::is_some) {
            return say::is_chosen().to_owned();
        }
        match (offered.get(), commune.get()) {
            (Some(offered), _) if offered.is_empty() => say::not_in_register().to_owned(),
            (Some(offered), _) => say::offered(offered.len()),
            (None, Some(code)) => say::type_to_search(words::area_name(&code, super::season())),
            (None, None) => say::one_commune_to_search().to_owned(),
        }
    };
    view! {
        <div class="field inspected">
            <label class="field__column">
                <span class="field__label">{say::place()}</span>
                <input
                    node_ref=input
                    class="field__input"
                    type="text"
                    autocomplete="off"
                    maxlength="200"
                    prop:value=move || typed.place.get()
                    on:input=move |event| {
                        typed.inspected.set(None);
                        typed.place.set(event_target_value(&event));
                    }
                />
            </label>
            <p class="field__hint inspected__said" role="status">
                <Show when=move || typed.inspected.with(Option::is_some)>
                    <Icon name="check" />
                </Show>
                {said}
            </p>
            {list}
        </div>
    }
}
