//! How an indicator's figures came about in the course of the year, and where they lead.

mod counts;
mod figure;

use super::address::Address;
use super::overview::{Breadcrumb, assessment_of, target_words};
use super::season;
use crate::app::Current;
use crate::texts::{self, words};
use crate::ui::{Choice, SelectField};
use counts::CountsTrend;
use figure::FigureTrend;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use thidua_domain::area::{AreaCode, AreaLevel};
use thidua_domain::catalogue::{Directive, Indicator, IndicatorId, Measure};

/// The trend of the area that the account is responsible for.
#[component]
pub fn OwnTrend() -> impl IntoView {
    let current = expect_context::<Current>();
    let area = Memo::new(move |_| {
        current
            .0
            .with(|session| session.as_ref().and_then(|s| s.areas.first().cloned()))
    });
    move || area.get().map(|code| view! { <TrendOf code /> })
}

/// The trend of the area that the address names.
#[component]
pub fn AreaTrend() -> impl IntoView {
    let params = use_params_map();
    let area = Memo::new(move |_| {
        params
            .with(|params| params.get("code"))
            .and_then(|code| AreaCode::parse(&code).ok())
    });
    move || area.get().map(|code| view! { <TrendOf code /> })
}

/// Indicators that have figures: those counted from entries, and for the province those that are reported.
fn shown(level: Option<AreaLevel>) -> Vec<&'static Indicator> {
    let all = Directive::embedded().indicators.iter();
    all.filter(|indicator| match indicator.measure {
        Measure::Share(_) | Measure::Count(_) => true,
        Measure::Figure => level == Some(AreaLevel::Province),
        Measure::Narrative => false,
    })
    .collect()
}

#[component]
fn TrendOf(code: AreaCode) -> impl IntoView {
    let season = season();
    let address = Address::of(&format!("/xu-huong/{code}"), &["chi-tieu", "ngay"]);
    let level = words::area(&code, season).map(|area| area.level());
    let all = shown(level);
    let choices: Vec<Choice> = all
        .iter()
        .map(|indicator| {
            Choice::new(
                indicator.id.to_string(),
                texts::catalogue(&indicator.name).to_owned(),
            )
        })
        .collect();
    let indicator = Memo::new(move |_| {
        let id = IndicatorId::new(&address.get("chi-tieu"));
        let all = shown(level).into_iter();
        let families = || {
            let all = shown(level).into_iter();
            let mut counted = all.filter(|indicator| assessment_of(indicator).is_some());
            counted.find(|indicator| indicator.id.to_string() == "gia-dinh-van-hoa")
        };
        all.into_iter()
            .find(|indicator| indicator.id == id)
            .or_else(families)
    });
    let navigate = StoredValue::new_local(use_navigate());
    let area = StoredValue::new(code.clone());
    let body = move || {
        let indicator = indicator.get()?;
        let code = area.get_value();
        Some(match assessment_of(indicator) {
            Some(assessment) => {
                view! { <CountsTrend code indicator assessment address /> }.into_any()
            }
            None => view! { <FigureTrend indicator /> }.into_any(),
        })
    };
    let target = move || {
        let indicator = indicator.get()?;
        // "60 xã" is the province's own.
        let below =
            matches!(indicator.measure, Measure::Count(_)) && level != Some(AreaLevel::Province);
        (!below).then(|| texts::trend::target(target_words(indicator)))
    };
    let name = words::area_name(&code, season);
    view! {
        <section class="page page--wide" aria-labelledby="trend-title">
            <Breadcrumb code=code.clone() season itself=true />
            <h1 id="trend-title" class="page__title">{texts::trend::title(name)}</h1>
            <div class="toolbar">
                <SelectField
                    label=texts::trend::indicator()
                    choices=Signal::stored(choices)
                    value=Signal::derive(move || {
                        indicator.get().map(|i| i.id.to_string()).unwrap_or_default()
                    })
                    on_change=move |value| {
                        let to = address.with("chi-tieu", &value);
                        navigate.with_value(|navigate| navigate(&to, Default::default()));
                    }
                />
                <p class="toolbar__note">{target}</p>
            </div>
            {body}
        </section>
    }
}
