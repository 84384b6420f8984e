//! A list of areas, chosen one after the other.

use super::season;
use crate::texts::accounts as texts;
use crate::texts::words;
use crate::ui::{Choice, Icon, SelectField};
use leptos::prelude::*;
use thidua_domain::area::{Area, AreaCode, AreaLevel};

/// The areas that are chosen, and one more to choose among those that `is_offered`.
#[component]
pub fn AreaChoice(
    /// Those chosen.
    areas: RwSignal<Vec<AreaCode>>,
    /// Whether an area may be chosen.
    is_offered: impl Fn(&Area) -> bool + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let season = season();
    let choices = Signal::derive(move || {
        let tree = crate::areas::tree();
        let chosen = areas.get();
        let free = tree
            .on(season.date)
            .filter(|area| !chosen.contains(&area.code) && is_offered(area));
        let label = |code: &AreaCode| {
            let above = tree.ancestors(code, season.date);
            let below_province = above
                .last()
                .filter(|area| area.level() != AreaLevel::Province);
            let name = words::area_name(code, season);
            match below_province {
                Some(district) => format!("{name}, {} ({code})", district.name),
                None => format!("{name} ({code})"),
            }
        };
        std::iter::once(Choice::new("", texts::choose_area()))
            .chain(free.map(|area| Choice::new(area.code.to_string(), label(&area.code))))
            .collect::<Vec<_>>()
    });
    let chosen = move || {
        areas
            .get()
            .into_iter()
            .map(|code| {
                let name = words::area_name(&code, season);
                let label = texts::drop_area(&name);
                let drop = move |_| areas.update(|all| all.retain(|other| *other != code));
                view! {
                    <li>
                        <button
                            type="button"
                            class="button button--small"
                            aria-label=label
                            on:click=drop
                        >
                            <Icon name="close" />
                            {name}
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Show
            when=move || areas.with(|areas| !areas.is_empty())
            fallback=|| view! { <p class="field__hint">{texts::no_area()}</p> }
        >
            <ul class="button-row" aria-label=texts::areas()>{chosen}</ul>
        </Show>
        <SelectField
            label=texts::add_area()
            choices
            value=Signal::stored(String::new())
            gives_away=true
            on_change=move |code: String| {
                if let Ok(code) = AreaCode::parse(&code) {
                    areas.update(|areas| areas.push(code));
                }
            }
        />
    }
}
