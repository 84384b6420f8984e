//! The choice of a district and of a commune in it, as far as the account's own area reaches.

use crate::texts::{review as say, words};
use crate::ui::{Choice, SelectField};
use leptos::prelude::*;
use thidua_domain::area::{AreaCode, AreaLevel};
use thidua_domain::season::Season;

/// Fields of a toolbar. `on_change` is told the code of the area chosen; nothing stands for the whole.
#[component]
pub fn AreaFilter(
    /// The area of the account.
    own: AreaCode,
    /// The area chosen.
    area: Memo<AreaCode>,
    /// The season whose areas there are.
    season: Season,
    /// Called with another choice.
    on_change: impl Fn(String) + Copy + 'static,
) -> impl IntoView {
    let tree = crate::areas::tree();
    let level = words::area(&own, season).map(|area| area.level());
    let choices_of = move |code: &AreaCode, all: &str| {
        let below = tree.children(code, season.date).into_iter();
        std::iter::once(Choice::new("", all))
            .chain(below.map(|area| Choice::new(area.code.to_string(), words::area_called(area))))
            .collect::<Vec<_>>()
    };
    let district = Memo::new(move |_| {
        let code = area.get();
        let above = tree
            .ancestors(&code, season.date)
            .into_iter()
            .map(|a| &a.code);
        above
            .chain(std::iter::once(&code))
            .find(|code| {
                words::area(code, season).is_some_and(|a| a.level() == AreaLevel::District)
            })
            .cloned()
    });
    let districts = (level == Some(AreaLevel::Province)).then(|| {
        let choices = choices_of(&own, say::whole_province());
        view! {
            <SelectField
                label=say::district()
                choices=Signal::stored(choices)
                value=Signal::derive(move || {
                    district.get().map(|code| code.to_string()).unwrap_or_default()
                })
                on_change=on_change
            />
        }
    });
    let communes = Signal::derive(move || match district.get() {
        Some(code) => choices_of(&code, say::all_communes()),
        None => vec![Choice::new("", say::all_communes())],
    });
    let commune = Signal::derive(move || {
        let code = area.get();
        let is_commune =
            words::area(&code, season).is_some_and(|area| area.level() == AreaLevel::Commune);
        if is_commune {
            code.to_string()
        } else {
            String::new()
        }
    });
    view! {
        {districts}
        <SelectField
            label=say::commune()
            choices=communes
            value=commune
            on_change=move |value: String| {
                let whole = district.get_untracked().map(|code| code.to_string());
                on_change(if value.is_empty() { whole.unwrap_or_default() } else { value });
            }
        />
    }
}
