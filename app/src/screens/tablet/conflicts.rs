//! The conflict inbox: every field that two people wrote differently, until somebody chooses.

use crate::model::conflicts::{self, ConflictWords, Side};
use crate::tablet::Tablet;
use crate::texts::{common, conflicts as say};
use crate::ui::{Icon, SaveNote, SaveState};
use leptos::prelude::*;

/// Everything in the commune that has to be chosen for.
#[component]
pub fn ConflictsScreen() -> impl IntoView {
    let tablet = Tablet::here();
    let saving = RwSignal::new(SaveState::default());
    let kept = RwSignal::new(None::<String>);
    let found = Memo::new(move |_| {
        conflicts::of_commune(&tablet.store(), &tablet.commune.get(), tablet.season)
    });
    let lead = move || match found.with(Vec::len) {
        0 => say::none_left().to_owned(),
        count => say::lead(count),
    };
    let rows = move || {
        found
            .get()
            .into_iter()
            .map(|conflict| {
                let (title, place) = (conflict.title.clone(), conflict.place.clone());
                let about = conflict.about;
                view! {
                    <li class="conflict-list__item">
                        <h2 class="conflict-list__title">
                            <a href=place>{title}</a>
                            <span class="conflict-list__about">{about}</span>
                        </h2>
                        <Conflict conflict saving kept />
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <section class="page" aria-labelledby="conflicts-title">
            <nav class="breadcrumb" aria-label=common::trail()>
                <a href="/">{common::overview()}</a>
            </nav>
            <h1 id="conflicts-title" class="page__title">{say::title()}</h1>
            <p class="page__lead">{lead}</p>
            <div class="conflict-list__said" role="status">
                <p>{move || kept.get()}</p>
                <SaveNote state=saving />
            </div>
            <ul class="conflict-list">{rows}</ul>
        </section>
    }
}

/// One field with what stood there, what each wrote, and a tap that keeps either.
#[component]
pub fn Conflict(
    /// The field.
    conflict: ConflictWords,
    /// How saving the choice went.
    saving: RwSignal<SaveState>,
    /// What was kept, in words.
    #[prop(optional)]
    kept: Option<RwSignal<Option<String>>>,
) -> impl IntoView {
    let tablet = Tablet::here();
    let ConflictWords {
        record,
        field,
        label,
        base,
        sides,
        ..
    } = conflict;
    let others = StoredValue::new(sides.clone());
    let about = StoredValue::new((record, field, label.clone()));
    let keep = move |side: &Side| {
        let (record, field, label) = about.get_value();
        if let Some(kept) = kept {
            let left = others.with_value(|all| {
                let left = all.iter().filter(|other| other.value != side.value);
                left.map(|other| format!("“{}”", other.said))
                    .collect::<Vec<_>>()
                    .join(", ")
            });
            kept.set(Some(say::settled(label, left, &side.said)));
        }
        tablet.settle(record, field, side.value.clone(), saving);
    };
    let base = match base {
        Some(base) => say::base(base),
        None => say::no_base().to_owned(),
    };
    let sides = sides
        .into_iter()
        .map(|side| {
            let (said, who, when) = (side.said.clone(), side.who.clone(), side.when.clone());
            let mine = side.mine;
            view! {
                <li class="conflict__side" data-mine=mine.then_some("")>
                    <p class="conflict__value">{said.clone()}</p>
                    <p class="conflict__who">
                        <Icon name=if mine { "device" } else { "user" } />
                        {format!("{who} · {when}")}
                    </p>
                    <button type="button" class="button" on:click=move |_| keep(&side)>
                        {say::keep(said)}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="conflict">
            <p class="conflict__field">
                <Icon name="conflict" />
                <strong>{label}</strong>
            </p>
            <p class="conflict__base">{base}</p>
            <ul class="conflict__sides">{sides}</ul>
        </div>
    }
}
